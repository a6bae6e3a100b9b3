/* The hub: `waymark serve`. */
#ifndef GATEWAY_HUB_HUB_H
#define GATEWAY_HUB_HUB_H

#include "gateway/base/command.h"

extern const struct command command_serve;

#endif
