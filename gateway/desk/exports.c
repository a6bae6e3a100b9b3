#include "gateway/desk/exports.h"

#include <assert.h>

#include "gateway/base/marked_words.h"
#include "gateway/desk/release.h"
#include "store/audit.h"

MUST_USE static enum outcome
refuse(enum export_reason why, enum export_reason *why_r)
{
	*why_r = why;
	return (REFUSED);
}

int
exports_may(const struct staff *staff)
{
	return (cases_may_see(staff) && strcmp(staff->role, "lead") == 0);
}

int
exports_may_case(const struct caseworker *worker, const struct request *request)
{
	int is_claimed = request->state == REQUEST_CLAIMED;

	if (!is_claimed && request->state != REQUEST_OPEN &&
	    request->state != REQUEST_CLOSED)
		return (0);
	return (exports_may(worker->staff) ||
	    (is_claimed && request->claimed_by == worker->staff->id));
}

enum outcome
exports_ledger(const struct caseworker *worker, struct release_ledger *ledger_r)
{
	if (!exports_may(worker->staff))
		return (REFUSED);
	return (releases_list(worker->store, ledger_r));
}

void
exports_set_rule(struct export_tallies *wish, const struct data_rules *house)
{
	wish->least_people = house->least_people;
	if (wish->rule.k == 0)
		wish->rule.k = house->least_people;
	if (wish->rule.base == 0)
		wish->rule.base = house->rounding;
}

MUST_USE static enum outcome
check_wish(const struct caseworker *worker, const struct export_tallies *wish,
    enum export_reason *why_r)
{
	struct tally_week now = tally_week_of(wish->now_utc_s);
	int64_t utc_s;

	if (!exports_may(worker->staff))
		return (refuse(EXPORT_NOT_LEAD, why_r));
	if (wish->rule.k < ANONYMOUS_K_LEAST ||
	    wish->rule.k > ANONYMOUS_K_MOST ||
	    wish->rule.base < ANONYMOUS_BASE_LEAST ||
	    wish->rule.base > ANONYMOUS_BASE_MOST)
		return (refuse(EXPORT_BAD_RULE, why_r));
	if (wish->rule.k < wish->least_people)
		return (refuse(EXPORT_UNDER_HOUSE, why_r));
	if (!tally_week_begins(wish->first_week, &utc_s) ||
	    !tally_week_begins(wish->last_week, &utc_s) ||
	    strcmp(wish->first_week, wish->last_week) > 0)
		return (refuse(EXPORT_BAD_WEEKS, why_r));
	/* Counts of a week that still runs would grow between two releases. */
	if (strcmp(wish->last_week, now.text) >= 0)
		return (refuse(EXPORT_NOT_OVER, why_r));
	return (DONE);
}

MUST_USE static enum outcome
write_audit(const struct caseworker *worker, const struct export_tallies *wish,
    int is_repeat)
{
	char detail[64];
	struct audit_entry entry = { .at_utc_s = wish->now_utc_s,
		.staff = worker->staff->id,
		.what = is_repeat ? WORDS("tallies released again")
				  : WORDS("tallies released"),
		.ref = "",
		.detail = detail };

	snprintf(detail, sizeof(detail), "%s to %s", wish->first_week,
	    wish->last_week);
	return (audit_add(worker->store, &entry));
}

MUST_USE static enum outcome
release(const struct caseworker *worker, const struct export_tallies *wish,
    struct release *made, enum export_reason *why_r)
{
	int is_repeat = 0;
	enum outcome outcome = release_read(worker->store, wish, made);

	if (outcome != DONE)
		return (outcome);
	if (release_count_shown(made) == 0) {
		*why_r = EXPORT_EMPTY;
		return (NOTHING);
	}
	outcome = release_check(worker->store, wish, made, &is_repeat, why_r);
	if (outcome == DONE && !is_repeat)
		outcome =
		    release_write(worker->store, worker->staff->id, wish, made);
	if (outcome == DONE)
		outcome = write_audit(worker, wish, is_repeat);
	return (outcome);
}

enum outcome
exports_tallies(const struct caseworker *worker,
    const struct export_tallies *wish, struct text *out,
    enum export_reason *why_r)
{
	struct release made = { 0 };
	enum outcome outcome;

	*why_r = EXPORT_STORE;
	outcome = check_wish(worker, wish, why_r);
	if (outcome != DONE)
		return (outcome);
	outcome = store_begin(worker->store);
	if (outcome != DONE)
		return (outcome);
	outcome = release(worker, wish, &made, why_r);
	if (outcome == DONE)
		outcome = store_commit(worker->store);
	if (outcome == DONE)
		release_print(&made, wish, out);
	else
		store_rollback(worker->store);
	if (outcome == DONE)
		*why_r = EXPORT_FINE;
	release_free(&made);
	return (outcome);
}

/* -- words ------------------------------------------------------------------ */

static const char *const reason_words[] = {
	[EXPORT_FINE] = WORDS("done"),
	[EXPORT_NOT_LEAD] =
	    WORDS("only a lead may export; nothing was exported"),
	[EXPORT_BAD_WEEKS] =
	    WORDS("say two weeks in order, such as 2026-W01 and 2026-W13"),
	[EXPORT_NOT_OVER] = WORDS("the last of these weeks is not over yet"),
	[EXPORT_BAD_RULE] =
	    WORDS("a count is shown from eleven people or more, or"
		  " from a larger number; rounding is by five to a"
		  " hundred"),
	[EXPORT_UNDER_HOUSE] =
	    WORDS("the configuration asks for more people behind each count;"
		  " it can only be more"),
	[EXPORT_OTHER_FORM] =
	    WORDS("these weeks were released in another form; the"
		  " two side by side could single somebody out"),
	[EXPORT_OVERLAPS] =
	    WORDS("an earlier release has some of these weeks and"
		  " others; choose weeks that are all new"),
	[EXPORT_SINGLES_OUT] =
	    WORDS("laid beside an earlier release this one would"
		  " single somebody out; choose weeks that are"
		  " all new"),
	[EXPORT_EMPTY] = WORDS("there is nothing that may be shown"),
	[EXPORT_STORE] =
	    WORDS("the store is busy or its disk is full; nothing was"
		  " exported, try again"),
};
static_assert(
    COUNT_OF(reason_words) == EXPORT_STORE + 1, "every reason has its words");

const char *
export_reason_words(enum export_reason why)
{
	return (reason_words[why]);
}
