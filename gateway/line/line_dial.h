/* `waymark line dial` and `waymark line pushed`: the technician asks the running
 * hub, whose lines hold the modems, over its control socket.  The words they
 * say to each other: gateway/hub/line_dial.h.
 */
#ifndef GATEWAY_LINE_LINE_DIAL_H
#define GATEWAY_LINE_LINE_DIAL_H

#include "gateway/base/command.h"

extern const struct command command_line_dial;
extern const struct command command_line_pushed;

#endif
