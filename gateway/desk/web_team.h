/* What the pages of the team share: web_team*.c. */
#ifndef GATEWAY_DESK_WEB_TEAM_H
#define GATEWAY_DESK_WEB_TEAM_H

#include "gateway/desk/web.h"

/* The choice of a role. */
void web_team_add_roles(struct web_visit *visit, const char *chosen);

/* Two fields for somebody's new password, and what was typed in them: NULL when
 * they differ (they are told, and sent to `back`). */
void web_team_add_password(struct web_visit *visit);
const char *web_team_password(struct web_visit *visit, const char *back);

#endif
