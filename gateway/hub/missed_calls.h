/* What a ring becomes.  It was hung up before anybody paid for it; a line is set
 * to greet whoever rang by a text, to put them on the list of those to call
 * back (`waymark queue aside`), or to do nothing.  A caller who rings again within the line's
 * window has been heard; hidden numbers are counted, since nobody can be
 * answered.
 *
 * Who rang lately is kept in memory: after a restart a ring counts anew.
 */
#ifndef GATEWAY_HUB_MISSED_CALLS_H
#define GATEWAY_HUB_MISSED_CALLS_H

#include "gateway/hub/state.h"
#include "store/seal.h"

enum missed_call {
	MISSED_GREET,
	MISSED_LIST,
	MISSED_AGAIN, /* heard already, in this window */
	MISSED_IGNORE,
};

/* One more ring; `caller` NULL when its number is hidden.  The same ring asked
 * about again (its token) is answered the same. */
enum missed_call missed_calls_sort(struct hub *hub, size_t child,
    const struct caller_key *caller, uint64_t token, int64_t now_utc_s);

/* Whether a line's rings go to the list. */
int missed_calls_are_listed(const struct line_settings *line);

#endif
