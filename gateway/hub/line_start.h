/* A line's process: what it is told at its start. */
#ifndef GATEWAY_HUB_LINE_START_H
#define GATEWAY_HUB_LINE_START_H

#include "gateway/hub/state.h"

/* In the new process: becomes the line, or ends. */
void line_start_become(const struct child *child, int socket,
    enum log_level log_level) __attribute__((noreturn));

#endif
