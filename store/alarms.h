/* Alarms: which urgent requests the phones of those on duty have been told of.
 *
 * A request that is urgent, open and awake has a row here from the first round
 * of texts on; each round says when the next one is due if still nobody has
 * claimed it.  When it is not open any more the row goes, so that a request
 * which comes back to the queue alarms anew.  Who is texted, and when, is the
 * hub's (gateway/hub/alarms.h).
 */
#ifndef STORE_ALARMS_H
#define STORE_ALARMS_H

#include "store/requests.h"

enum { ALARM_ROUNDS_MOST = 5 }; /* after these the desk's own light is red */

/* A request that an alarm is due for: nothing of its caller. */
struct alarm {
	struct request_id request;
	char ref[8];
	enum request_urgency urgency;
	char corridor[32];
	int rounds; /* already made; 0: nobody has been told */
};

/* Which are due.  What is due later than any round makes it has been noted
 * by a clock that had jumped ahead, and is due now. */
struct alarm_filter {
	enum request_urgency least;
	int64_t now_utc_s;
	int64_t longest_wait_s; /* from one round to the next */
	size_t most;
};
/* Most urgent and oldest first; the items are yours: free(). */
struct alarm_list {
	struct alarm *items;
	size_t count;
};
/* Reads only. */
MUST_USE enum outcome alarms_due(struct store *store,
    const struct alarm_filter *filter, struct alarm_list *list_r);

/* A round was made; the next is due then. */
MUST_USE enum outcome alarms_note_round(
    struct store *store, const struct alarm *alarm, int64_t next_utc_s);

/* Whether rows are left of requests that are not open any more: DONE or
 * NOTHING.  Reads only. */
MUST_USE enum outcome alarms_find_over(struct store *store);
MUST_USE enum outcome alarms_erase_over(struct store *store);

#endif
