/* The health light: how the hub's lines are, who has waited longest, how many
 * cases have texts nobody has read.
 */
#ifndef GATEWAY_DESK_WEB_HEALTH_H
#define GATEWAY_DESK_WEB_HEALTH_H

#include "gateway/desk/web.h"

/* Takes what the hub says of its lines (poke.h); NULL: no hub answered. */
void web_health_take(struct web_health *health, const char *answer);

/* Writes the light into the page. */
void web_health_add(struct web_visit *visit);

#endif
