/* Opening the hub: configuration, keys, menus, store, sockets; and reloading
 * what an editor changed.
 */
#ifndef GATEWAY_HUB_OPEN_H
#define GATEWAY_HUB_OPEN_H

#include "gateway/base/command.h"
#include "gateway/hub/state.h"

/* Everything a hub needs, or REFUSED with the cause in the log. */
MUST_USE enum outcome hub_open(struct hub *hub, const char *config_path);
void hub_close(struct hub *hub);

/* Whether the menus and languages that these settings name can be used and
 * have what the lines ask for: DONE, or REFUSED with the cause in the log. */
MUST_USE enum outcome hub_check_menus(const struct settings *settings);

/* Menus and languages anew (SIGHUP): a set with a mistake is told in the log
 * and the old one stays. */
enum outcome hub_reload(struct hub *hub);

/* The loop, until SIGTERM; in hub.c. */
enum exit_status hub_run(struct hub *hub);

#endif
