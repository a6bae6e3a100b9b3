#include "gateway/desk/case_errand.h"

#include "gateway/base/marked_words.h"
#include "gateway/text/utf8.h"
#include "store/audit.h"

/* The hub changes its key each hour; a desk that stays open does the same. */
enum { EPOCH_LASTS_S = 3600 };

enum outcome
case_refuse(struct errand *errand, enum case_reason why)
{
	errand->why = why;
	return (REFUSED);
}

int
cases_may_see(const struct staff *staff)
{
	return (!staff->is_disabled &&
	    (strcmp(staff->role, "caseworker") == 0 ||
		strcmp(staff->role, "lead") == 0));
}

struct case_rules
case_rules_of(const struct settings *settings)
{
	enum { HOUR_S = 3600 };

	return ((struct case_rules){
	    .lease_s = settings->lease_h * HOUR_S,
	    .outcomes = (const char *const *)settings->outcomes.items,
	    .outcome_count = settings->outcomes.count,
	    .part_price = settings->part_price,
	    .currency = settings->currency,
	});
}

int64_t
case_lease_s(const struct caseworker *worker)
{
	return (worker->rules != NULL ? worker->rules->lease_s
				      : CASE_LEASE_USUAL_S);
}

/* -- the transaction -------------------------------------------------------- */

MUST_USE static enum outcome
find(struct errand *errand)
{
	const struct caseworker *worker = errand->worker;
	enum outcome outcome =
	    requests_find(worker->store, errand->ref, &errand->request);

	if (outcome == NOTHING)
		errand->why = CASE_NOT_FOUND;
	if (outcome != DONE)
		return (outcome);
	errand->was_found = 1;
	return (requests_settle(worker->store, &errand->request,
	    worker->staff->id, errand->now_utc_s, case_lease_s(worker)));
}

enum outcome
case_errand_begin(struct errand *errand)
{
	struct store *store = errand->worker->store;
	enum outcome outcome;

	errand->why = CASE_STORE;
	errand->was_found = 0;
	if (!cases_may_see(errand->worker->staff))
		return (case_refuse(errand, CASE_NO_RIGHT));
	if (errand->worker->is_inside)
		return (find(errand));
	outcome = store_begin(store);
	if (outcome != DONE)
		return (outcome);
	outcome = find(errand);
	if (outcome != DONE)
		store_rollback(store);
	return (outcome);
}

enum outcome
case_errand_end(struct errand *errand, enum outcome outcome)
{
	struct store *store = errand->worker->store;
	int is_inside = errand->worker->is_inside;

	if (outcome == DONE && !is_inside)
		outcome = store_commit(store);
	if (outcome == DONE)
		errand->why = CASE_FINE;
	else if (!is_inside)
		store_rollback(store);
	return (outcome);
}

enum outcome
case_ready_to_seal(const struct errand *errand)
{
	struct store *store = errand->worker->store;
	int64_t age_s = errand->now_utc_s - store_epoch_began_utc_s(store);

	if (store_epoch(store) != 0 && age_s >= 0 && age_s < EPOCH_LASTS_S)
		return (DONE);
	return (store_begin_epoch(store, errand->now_utc_s));
}

/* -- checks ----------------------------------------------------------------- */

enum outcome
case_check_is_kept(struct errand *errand)
{
	if (errand->request.state == REQUEST_WITHDRAWN)
		return (case_refuse(errand, CASE_WITHDRAWN));
	if (errand->request.state == REQUEST_FORGOTTEN)
		return (case_refuse(errand, CASE_FORGOTTEN));
	return (DONE);
}

enum outcome
case_check_is_free_or_own(struct errand *errand)
{
	const struct request *request = &errand->request;
	enum outcome outcome = case_check_is_kept(errand);

	if (outcome != DONE)
		return (outcome);
	if (request->state == REQUEST_CLOSED)
		return (case_refuse(errand, CASE_CLOSED));
	if (request->state == REQUEST_CLAIMED &&
	    request->claimed_by != errand->worker->staff->id)
		return (case_refuse(errand, CASE_TAKEN));
	return (DONE);
}

enum outcome
case_check_is_own(struct errand *errand)
{
	enum outcome outcome = case_check_is_free_or_own(errand);

	if (outcome == DONE && errand->request.state == REQUEST_OPEN)
		return (case_refuse(errand, CASE_UNCLAIMED));
	return (outcome);
}

unsigned
cases_allowed(const struct caseworker *worker, const struct request *request)
{
	int is_own = request->state == REQUEST_CLAIMED &&
	    request->claimed_by == worker->staff->id;
	int is_lead = strcmp(worker->staff->role, "lead") == 0;
	unsigned sleep = request->snoozed_until_utc_s != 0
	    ? CASE_MAY_SNOOZE | CASE_MAY_WAKE
	    : CASE_MAY_SNOOZE;

	if (!cases_may_see(worker->staff))
		return (0);
	switch (request->state) {
	case REQUEST_OPEN:
		return (CASE_MAY_CLAIM | CASE_MAY_NOTE | CASE_MAY_LABEL |
		    sleep | (is_lead ? CASE_MAY_GIVE : 0));
	case REQUEST_CLAIMED:
		if (is_own)
			return (CASE_MAY_REPLY | CASE_MAY_NOTE |
			    CASE_MAY_LABEL | sleep | CASE_MAY_GIVE |
			    CASE_MAY_PASS | CASE_MAY_CLOSE);
		return (CASE_MAY_NOTE | CASE_MAY_LABEL |
		    (is_lead ? CASE_MAY_GIVE | CASE_MAY_PASS : 0));
	case REQUEST_CLOSED:
		return (CASE_MAY_NOTE | CASE_MAY_LABEL | CASE_MAY_REOPEN);
	case REQUEST_WITHDRAWN:
	case REQUEST_FORGOTTEN:
		break;
	}
	return (0);
}

/* -- what people type ------------------------------------------------------- */

static void
trim(struct text *text)
{
	size_t start = 0;
	struct text kept = { 0 };

	while (text->length > 0 &&
	    strchr(" \n", text->bytes[text->length - 1]) != NULL)
		text_cut(text, text->length - 1);
	while (
	    start < text->length && strchr(" \n", text->bytes[start]) != NULL)
		start++;
	text_add_bytes(&kept, text_string(text) + start, text->length - start);
	text_free(text);
	*text = kept;
}

enum outcome
case_read_typed(struct errand *errand, const char *typed, struct text *clean)
{
	static const char replacement[] = "\xef\xbf\xbd";

	utf8_add_clean(clean, typed, strlen(typed));
	trim(clean);
	if (clean->length == 0)
		return (case_refuse(errand, CASE_EMPTY));
	if (clean->length > CASE_TEXT_MAX_BYTES)
		return (case_refuse(errand, CASE_TOO_LONG));
	if (strstr(clean->bytes, replacement) != NULL)
		return (case_refuse(errand, CASE_NOT_TEXT));
	return (DONE);
}

enum outcome
case_read_words(struct errand *errand, const char *typed, size_t max_bytes,
    struct text *words)
{
	enum outcome outcome = case_read_typed(errand, typed, words);

	if (outcome != DONE)
		return (outcome);
	if (words->length > max_bytes)
		return (case_refuse(errand, CASE_TOO_LONG));
	if (utf8_has_digit(words->bytes) ||
	    strpbrk(words->bytes, "\n@") != NULL)
		return (case_refuse(errand, CASE_NOT_PLAIN));
	return (DONE);
}

/* -- traces ----------------------------------------------------------------- */

enum outcome
case_add_event(const struct errand *errand, const char *what)
{
	return (requests_add_event(errand->worker->store, errand->request.id,
	    errand->worker->staff->id, what, errand->now_utc_s));
}

static struct audit_entry
entry_of(const struct errand *errand, const char *what, const char *detail)
{
	return ((struct audit_entry){
	    .at_utc_s = errand->now_utc_s,
	    .staff = errand->worker->staff->id,
	    .what = what,
	    .ref = errand->request.ref,
	    .detail = detail,
	});
}

enum outcome
case_audit(const struct errand *errand, const char *what, const char *detail)
{
	struct audit_entry entry = entry_of(errand, what, detail);

	return (audit_add(errand->worker->store, &entry));
}

enum outcome
case_note_look(const struct errand *errand)
{
	struct audit_entry entry = entry_of(errand, WORDS("looked at"), "");
	enum outcome outcome = audit_has_today(errand->worker->store, &entry);

	if (outcome != NOTHING)
		return (outcome);
	return (audit_add(errand->worker->store, &entry));
}

enum outcome
case_renew(const struct errand *errand)
{
	enum outcome outcome = requests_renew(errand->worker->store,
	    errand->request.id, errand->worker->staff->id, errand->now_utc_s);

	return (outcome == NOTHING ? DONE : outcome);
}
