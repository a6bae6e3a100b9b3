/* What time does to requests: leases that run out and snoozes that end. */
#include <assert.h>

#include "gateway/base/log.h"
#include "gateway/base/marked_words.h"
#include "store/audit.h"
#include "store/requests_parts.h"

enum {
	/* Clocks of two machines, or of one that was set right, differ by so
	 * much without anything being wrong. */
	CLOCK_SLACK_S = 3600,
	AT_ONCE_MOST = 200, /* so that nobody waits long for the store */
};

enum sql {
	SQL_IS_DUE,
	SQL_FIND_LEASES,
	SQL_FIND_LEAVERS,
	SQL_FIND_SNOOZES,
	SQL_RELEASE,
	SQL_RENEW_FUTURE,
	SQL_WAITS_FUTURE,
	SQL_IS_LEAVER,
	SQL_COUNT
};

/* The planner would rather read every claimed request. */
#define LEASED \
	" requests INDEXED BY requests_leased WHERE state = 'claimed'" \
	" AND snoozed_until_utc_s IS NULL"
#define WAITING \
	" requests INDEXED BY requests_waiting" \
	" WHERE waits_since_utc_s IS NOT NULL" \
	" AND snoozed_until_utc_s IS NULL AND urgency IN (0, 1, 2, 3)"
#define MAY_NOT_SEE \
	" (staff.is_disabled <> 0 OR staff.role NOT IN ('caseworker', 'lead'))"
#define OF_LEAVERS \
	" staff CROSS JOIN requests INDEXED BY requests_of_staff" \
	" ON requests.state = 'claimed'" \
	" AND requests.claimed_by = staff.id WHERE" MAY_NOT_SEE
/* A snooze from the future is of a clock that has jumped back since. */
#define SNOOZE_IS_OVER \
	" requests INDEXED BY requests_snoozed" \
	" WHERE snoozed_until_utc_s IS NOT NULL" \
	" AND snoozed_until_utc_s <= :now"
#define SNOOZE_IS_OF_FUTURE \
	" requests INDEXED BY requests_asleep_since" \
	" WHERE snoozed_utc_s IS NOT NULL AND snoozed_utc_s > :future"

static const char *const sql_text[] = {
	[SQL_IS_DUE] =
	    "SELECT EXISTS (SELECT 1 FROM" LEASED
	    "  AND renewed_utc_s <= :lease_before)"
	    " OR EXISTS (SELECT 1 FROM" LEASED " AND renewed_utc_s > :future)"
	    " OR EXISTS (SELECT 1 FROM" SNOOZE_IS_OVER ")"
	    " OR EXISTS (SELECT 1 FROM" SNOOZE_IS_OF_FUTURE ")"
	    " OR EXISTS (SELECT 1 FROM" OF_LEAVERS ")"
	    " OR EXISTS (SELECT 1 FROM" WAITING
	    "  AND waits_since_utc_s > :future)",
	[SQL_FIND_LEASES] = "SELECT id FROM" LEASED
			    " AND renewed_utc_s <= :lease_before LIMIT :most",
	[SQL_FIND_LEAVERS] =
	    "SELECT requests.id FROM" OF_LEAVERS " LIMIT :most",
	[SQL_FIND_SNOOZES] =
	    "SELECT id FROM" SNOOZE_IS_OVER
	    " UNION SELECT id FROM" SNOOZE_IS_OF_FUTURE " LIMIT :most",
	[SQL_RELEASE] =
	    "UPDATE requests SET state = 'open', claimed_by = NULL,"
	    " menu_is_back = 0, changed_utc_s = :now, snoozed_utc_s = NULL,"
	    " snoozed_until_utc_s = NULL, wakes_on_reply = 0,"
	    " waits_since_utc_s = coalesce(waits_since_utc_s, :now)"
	    " WHERE id = :id AND state = 'claimed' AND claimed_by = :owner",
	[SQL_RENEW_FUTURE] =
	    "UPDATE requests SET renewed_utc_s = :now WHERE id IN"
	    " (SELECT id FROM" LEASED " AND renewed_utc_s > :future)",
	[SQL_WAITS_FUTURE] =
	    "UPDATE requests SET waits_since_utc_s = :now WHERE id IN"
	    " (SELECT id FROM" WAITING " AND waits_since_utc_s > :future)",
	[SQL_IS_LEAVER] =
	    ("SELECT 1 FROM staff WHERE id = :id AND" MAY_NOT_SEE),
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_LEASES, SQL_COUNT, sql_text };

struct tidying {
	struct store *store;
	int64_t now_utc_s;
	int64_t lease_s;
	struct requests_tidied tidied;
};

/* -- one request ------------------------------------------------------------ */

/* Both the case and the trail tell of it; `owner` had it, 0 nobody. */
MUST_USE static enum outcome
tell(const struct tidying *tidying, const struct request *request,
    int64_t owner, const char *what)
{
	struct audit_entry entry = {
		.at_utc_s = tidying->now_utc_s,
		.what = what,
		.ref = request->ref,
		.detail = owner != 0 ? request->claimed_by_name : "",
	};
	enum outcome outcome = requests_add_event(
	    tidying->store, request->id, owner, what, tidying->now_utc_s);

	if (outcome != DONE)
		return (outcome);
	return (audit_add(tidying->store, &entry));
}

MUST_USE static enum outcome
release(struct tidying *tidying, const struct request *request)
{
	struct query query =
	    query_of(tidying->store->database, &sql, SQL_RELEASE);
	enum outcome outcome;

	query_integer(&query, ":id", request->id.row);
	query_integer(&query, ":owner", request->claimed_by);
	query_integer(&query, ":now", tidying->now_utc_s);
	outcome = query_move(&query);
	if (outcome == DONE)
		outcome = tell(tidying, request, request->claimed_by,
		    WORDS("lease ran out"));
	if (outcome != DONE)
		return (outcome);
	tidying->tidied.released++;
	log_notice("request=%s: the lease of its claim ran out", request->ref);
	return (DONE);
}

MUST_USE static enum outcome
wake(struct tidying *tidying, const struct request *request)
{
	struct audit_entry entry = {
		.at_utc_s = tidying->now_utc_s,
		.what = WORDS("woke up"),
		.ref = request->ref,
		.detail = "",
	};
	enum outcome outcome =
	    requests_wake(tidying->store, request->id, 0, tidying->now_utc_s);

	if (outcome == DONE)
		outcome = audit_add(tidying->store, &entry);
	if (outcome == DONE)
		tidying->tidied.woken++;
	return (outcome);
}

/* -- all of them ------------------------------------------------------------ */

static void
bind_times(struct query *query, const struct tidying *tidying, enum sql which)
{
	int64_t now_utc_s = tidying->now_utc_s;

	if (which == SQL_IS_DUE || which == SQL_FIND_LEASES)
		query_integer(
		    query, ":lease_before", now_utc_s - tidying->lease_s);
	if (which == SQL_IS_DUE || which == SQL_FIND_SNOOZES ||
	    which == SQL_RENEW_FUTURE || which == SQL_WAITS_FUTURE) {
		query_integer(query, ":future", now_utc_s + CLOCK_SLACK_S);
		query_integer(query, ":now", now_utc_s);
	}
}

/* Does it to each that a statement finds; the ids first, since what is done
 * changes what is found. */
MUST_USE static enum outcome
for_each(struct tidying *tidying, enum sql which,
    enum outcome (*act)(struct tidying *, const struct request *))
{
	struct query query =
	    query_of(tidying->store->database, &sql, (int)which);
	struct request_id found[AT_ONCE_MOST];
	struct request request;
	size_t count = 0;
	enum outcome outcome;

	bind_times(&query, tidying, which);
	query_integer(&query, ":most", AT_ONCE_MOST);
	while ((outcome = query_next(&query)) == DONE)
		found[count++].row = query_get_integer(&query, 0);
	outcome = outcome == NOTHING ? DONE : outcome;
	for (size_t i = 0; i < count && outcome == DONE; i++) {
		outcome = requests_get(tidying->store, found[i], &request);
		if (outcome == DONE)
			outcome = act(tidying, &request);
	}
	return (outcome);
}

MUST_USE static enum outcome
run(struct tidying *tidying, enum sql which)
{
	struct query query =
	    query_of(tidying->store->database, &sql, (int)which);

	bind_times(&query, tidying, which);
	return (query_run(&query, NULL));
}

/* DONE when something is to be done, else NOTHING. */
MUST_USE static enum outcome
is_due(const struct tidying *tidying)
{
	struct query query =
	    query_of(tidying->store->database, &sql, SQL_IS_DUE);
	enum outcome outcome;
	int due;

	bind_times(&query, tidying, SQL_IS_DUE);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	due = query_get_integer(&query, 0) != 0;
	query_end(&query);
	return (due ? DONE : NOTHING);
}

/* What stands in the future first, so that nothing is judged by it. */
MUST_USE static enum outcome
tidy(struct tidying *tidying)
{
	enum outcome outcome = run(tidying, SQL_RENEW_FUTURE);

	if (outcome == DONE)
		outcome = run(tidying, SQL_WAITS_FUTURE);
	if (outcome == DONE)
		outcome = for_each(tidying, SQL_FIND_LEAVERS, release);
	if (outcome == DONE)
		outcome = for_each(tidying, SQL_FIND_SNOOZES, wake);
	if (outcome == DONE)
		outcome = for_each(tidying, SQL_FIND_LEASES, release);
	return (outcome);
}

enum outcome
requests_tidy(struct store *store, int64_t now_utc_s, int64_t lease_s,
    struct requests_tidied *tidied_r)
{
	struct tidying tidying = {
		.store = store, .now_utc_s = now_utc_s, .lease_s = lease_s
	};
	enum outcome outcome = is_due(&tidying);

	if (outcome == NOTHING) {
		*tidied_r = tidying.tidied;
		return (DONE);
	}
	if (outcome == DONE)
		outcome = store_begin(store);
	if (outcome != DONE)
		return (outcome);
	outcome = tidy(&tidying);
	if (outcome == DONE)
		outcome = store_commit(store);
	else
		store_rollback(store);
	if (outcome == DONE)
		*tidied_r = tidying.tidied;
	return (outcome);
}

/* -- before somebody does something ----------------------------------------- */

MUST_USE static enum outcome
is_leaver(struct store *store, int64_t staff)
{
	struct query query = query_of(store->database, &sql, SQL_IS_LEAVER);
	enum outcome outcome;

	query_integer(&query, ":id", staff);
	outcome = query_next(&query);
	query_end(&query);
	return (outcome);
}

/* DONE when others may have it, else NOTHING. */
MUST_USE static enum outcome
is_abandoned(const struct tidying *tidying, const struct request *request)
{
	if (request->state != REQUEST_CLAIMED)
		return (NOTHING);
	if (request->snoozed_until_utc_s == 0 &&
	    request->renewed_utc_s <= tidying->now_utc_s - tidying->lease_s)
		return (DONE);
	return (is_leaver(tidying->store, request->claimed_by));
}

enum outcome
requests_settle(struct store *store, struct request *request, int64_t staff,
    int64_t now_utc_s, int64_t lease_s)
{
	struct tidying tidying = {
		.store = store, .now_utc_s = now_utc_s, .lease_s = lease_s
	};
	enum outcome outcome;

	if (request->snoozed_until_utc_s != 0 &&
	    request->snoozed_until_utc_s <= now_utc_s) {
		outcome = wake(&tidying, request);
		if (outcome == DONE)
			outcome = requests_get(store, request->id, request);
		if (outcome != DONE)
			return (outcome);
	}
	if (request->claimed_by == staff)
		return (DONE);
	outcome = is_abandoned(&tidying, request);
	if (outcome != DONE)
		return (outcome == NOTHING ? DONE : outcome);
	outcome = release(&tidying, request);
	return (outcome == DONE ? requests_get(store, request->id, request)
				: outcome);
}
