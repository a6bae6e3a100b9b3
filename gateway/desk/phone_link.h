/* A phone's connection to a demo line's socket (phone_wire.h). */
#ifndef GATEWAY_DESK_PHONE_LINK_H
#define GATEWAY_DESK_PHONE_LINK_H

#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/text/phone_wire.h"

struct phone_link;

/*
 * Connects.  Logs nothing: a phone tries again and again.
 *
 * DONE       *link_r is yours to close
 * TRY_LATER  nobody answers there
 * REFUSED    it cannot be used; errno says why (not allowed, too long)
 */
MUST_USE enum outcome phone_link_open(
    const char *path, struct phone_link **link_r);
void phone_link_close(struct phone_link *link);

/* For poll(): readable when phone_link_receive() may have something. */
int phone_link_fd(const struct phone_link *link);

/* Says one thing: DONE, or REFUSED when the line is gone. */
MUST_USE enum outcome phone_link_say(struct phone_link *link,
    enum phone_line_kind kind, const char *number, const char *text);

/*
 * The next thing the line says.
 *
 * DONE     *line_r is filled in; give it back with phone_line_free()
 * NOTHING  it said nothing within wait_ms (0: right now)
 * REFUSED  the line is gone
 */
MUST_USE enum outcome phone_link_receive(
    struct phone_link *link, int64_t wait_ms, struct phone_line *line_r);

#endif
