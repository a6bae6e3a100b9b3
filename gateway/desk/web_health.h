/* The health light: how the hub's lines are, who has waited longest, how many
 * texts nobody has read.
 */
#ifndef GATEWAY_DESK_WEB_HEALTH_H
#define GATEWAY_DESK_WEB_HEALTH_H

#include "gateway/desk/web.h"

/* Takes what the hub says of its lines (poke.h); cuts `answer` apart.  NULL:
 * no hub answered. */
void web_health_take(struct web_health *health, char *answer);

/* Writes the light into the page. */
void web_health_add(struct web_visit *visit);

#endif
