/* What the files behind requests.h share; for store/ only. */
#ifndef STORE_REQUESTS_PARTS_H
#define STORE_REQUESTS_PARTS_H

#include "store/requests.h"
#include "store/store_parts.h"

/* The columns request_read() reads, in its order, and who has claimed it. */
#define REQUEST_COLUMNS \
	"requests.id, requests.ref, requests.state, requests.urgency," \
	" requests.consent, requests.is_on_hold, requests.menu_is_back," \
	" requests.caller, requests.line, requests.corridor," \
	" requests.language, requests.opened_by, requests.opened_utc_s," \
	" requests.changed_utc_s, requests.claimed_by, staff.name," \
	" requests.outcome, requests.unread, requests.renewed_utc_s," \
	" requests.waits_since_utc_s, requests.snoozed_until_utc_s," \
	" requests.wakes_on_reply, requests.feedback, requests.labels"
#define REQUEST_OWNER " LEFT JOIN staff ON staff.id = requests.claimed_by"

void request_read(const struct query *query, struct request *request);

/* The caller wrote: what sleeps until then wakes (with `always`, whatever
 * sleeps). */
MUST_USE enum outcome requests_wake_for_caller(
    struct store *store, struct request_id id, int always, int64_t now_utc_s);

#endif
