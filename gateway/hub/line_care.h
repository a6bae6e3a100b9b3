/* What the hub does for a line's modem that the line cannot do itself: it keeps
 * its place on the ladder when its process ends, learns from how it ended,
 * turns the modem's power, gives the SIM its PIN, and tells when somebody has
 * to come.
 *
 * Nothing here blocks: the power is turned by a process of its own.  A PIN is
 * noted in a file beside the store before it is tried, and the note is removed
 * when it was right: whatever happens in between, it is not tried twice.
 */
#ifndef GATEWAY_HUB_LINE_CARE_H
#define GATEWAY_HUB_LINE_CARE_H

#include "gateway/hub/state.h"

enum {
	LINE_POWER_MOST_MS = 60000, /* then its command is ended */
	LINE_STORAGE_ALARM_PERCENT = 80,
};

/* A line's word on its modem. */
void line_care_hear_health(struct hub *hub, struct child *child,
    const struct line_message *message, int64_t now_ms);

/* A line's word on what it begins. */
void line_care_hear_works(
    struct child *child, const struct line_message *message);

/* How a process ended (wait status), once all its words were heard: moves the
 * ladder, and marks the message it was reading (suspects.h). */
void line_care_note_death(struct child *child, int status, int64_t now_ms);

/* 1 when the process that ended was one that turns power. */
int line_care_reap(struct hub *hub, pid_t pid, int status);

/* When a command that turns power must be ended, -1 never; ends it when that
 * time has come. */
int64_t line_care_tend(struct child *child, int64_t now_ms);

#endif
