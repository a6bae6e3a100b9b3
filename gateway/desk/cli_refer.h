/* `waymark queue refer` and `waymark queue fact`: command lines of their own
 * behind the words of the queue. */
#ifndef GATEWAY_DESK_CLI_REFER_H
#define GATEWAY_DESK_CLI_REFER_H

#include "gateway/base/command.h"

/* argv[0] is "refer" or "fact"; an exit status. */
extern const struct command command_refer;
extern const struct command command_fact;

#endif
