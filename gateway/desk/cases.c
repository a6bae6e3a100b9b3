/* Whose a case is, from claim to close. */
#include "gateway/desk/cases.h"

#include "gateway/desk/case_errand.h"
#include "gateway/text/utf8.h"
#include "store/referrals.h"

static int
is_lead(const struct errand *errand)
{
	return (strcmp(errand->worker->staff->role, "lead") == 0);
}

/* -- claim ------------------------------------------------------------------ */

MUST_USE static enum outcome
claim(struct errand *errand)
{
	const struct request *request = &errand->request;
	int64_t staff = errand->worker->staff->id;
	enum outcome outcome = case_check_is_kept(errand);

	if (outcome != DONE)
		return (outcome);
	if (request->state == REQUEST_CLOSED)
		return (case_refuse(errand, CASE_CLOSED));
	if (request->state == REQUEST_CLAIMED && request->claimed_by == staff)
		return (case_renew(errand));
	if (request->state == REQUEST_CLAIMED) {
		errand->why = CASE_TAKEN;
		return (NOTHING);
	}
	outcome = requests_claim(
	    errand->worker->store, request->id, staff, errand->now_utc_s);
	if (outcome == NOTHING)
		errand->why = CASE_TAKEN;
	if (outcome != DONE)
		return (outcome);
	return (case_audit(errand, "claimed", ""));
}

enum outcome
cases_next(const struct caseworker *worker, int64_t now_utc_s,
    struct request *request_r)
{
	struct request_filter filter = { .shelf = SHELF_QUEUE,
		.state = request_state_name(REQUEST_OPEN),
		.most = 1 };
	struct errand errand = { .worker = worker, .now_utc_s = now_utc_s };
	struct request_list list = { 0 };
	enum outcome outcome;

	if (!cases_may_see(worker->staff))
		return (REFUSED);
	outcome = requests_page(worker->store, &filter, &list);
	if (outcome == DONE && list.count == 0)
		outcome = NOTHING;
	if (outcome == DONE) {
		errand.ref = list.items[0].ref;
		outcome = case_errand_begin(&errand);
		if (outcome == DONE)
			outcome =
			    case_errand_end(&errand, case_note_look(&errand));
	}
	if (outcome == DONE)
		*request_r = errand.request;
	free(list.items);
	return (outcome);
}

enum outcome
cases_claim(struct errand *errand)
{
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	return (case_errand_end(errand, claim(errand)));
}

/* -- hand over, pass -------------------------------------------------------- */

/* The owner may, and a lead with what anybody has. */
MUST_USE static enum outcome
check_may_move(struct errand *errand)
{
	enum outcome outcome = case_check_is_own(errand);

	if (outcome == REFUSED && errand->why == CASE_TAKEN && is_lead(errand))
		return (DONE);
	return (outcome);
}

/* DONE and *staff_r; REFUSED when nobody of this name may have a case. */
MUST_USE static enum outcome
find_colleague(struct errand *errand, const char *typed, struct staff *staff_r)
{
	struct text name = { 0 };
	enum outcome outcome = case_read_typed(errand, typed, &name);

	if (outcome == DONE)
		outcome = staff_find(
		    errand->worker->store, text_string(&name), staff_r);
	text_free(&name);
	if (outcome == NOTHING || (outcome == DONE && !cases_may_see(staff_r)))
		return (case_refuse(errand, CASE_NO_COLLEAGUE));
	return (outcome);
}

MUST_USE static enum outcome
hand_over(struct errand *errand, const struct staff *to)
{
	const struct request *request = &errand->request;
	struct request_handing handing = {
		.from =
		    request->state == REQUEST_CLAIMED ? request->claimed_by : 0,
		.to = to->id,
		.by = errand->worker->staff->id,
		.now_utc_s = errand->now_utc_s,
	};
	struct text detail = { 0 };
	enum outcome outcome;

	if (handing.from == handing.to)
		return (case_refuse(errand, CASE_OWN_ALREADY));
	text_printf(&detail, "to %s", to->name);
	outcome =
	    requests_hand_over(errand->worker->store, request->id, &handing);
	if (outcome == DONE)
		outcome =
		    case_audit(errand, "handed over", text_string(&detail));
	text_free(&detail);
	return (outcome);
}

enum outcome
cases_give(struct errand *errand, const char *colleague)
{
	struct staff to;
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = check_may_move(errand);
	if (outcome == REFUSED && errand->why == CASE_UNCLAIMED &&
	    is_lead(errand))
		outcome = DONE;
	if (outcome == DONE)
		outcome = find_colleague(errand, colleague, &to);
	if (outcome == DONE)
		outcome = hand_over(errand, &to);
	return (case_errand_end(errand, outcome));
}

MUST_USE static enum outcome
pass(struct errand *errand)
{
	const struct request *request = &errand->request;
	struct store *store = errand->worker->store;
	struct request_handing handing = {
		.from = request->claimed_by,
		.by = errand->worker->staff->id,
		.now_utc_s = errand->now_utc_s,
	};
	struct text detail = { 0 };
	enum outcome outcome;

	if (handing.from == handing.by) {
		outcome = requests_give_back(
		    store, request->id, handing.by, handing.now_utc_s);
		return (outcome != DONE ? outcome
					: case_audit(errand, "given back", ""));
	}
	text_printf(&detail, "from %s", request->claimed_by_name);
	outcome = requests_take_back(store, request->id, &handing);
	if (outcome == DONE)
		outcome =
		    case_audit(errand, "taken back", text_string(&detail));
	text_free(&detail);
	return (outcome);
}

enum outcome
cases_pass(struct errand *errand)
{
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = check_may_move(errand);
	if (outcome == DONE)
		outcome = pass(errand);
	return (case_errand_end(errand, outcome));
}

enum outcome
cases_colleagues(const struct caseworker *worker,
    struct request_owner **colleagues_r, size_t *count_r)
{
	struct request_owner *owners;
	size_t kept = 0;
	size_t count;
	enum outcome outcome;

	if (!cases_may_see(worker->staff))
		return (REFUSED);
	outcome = requests_owners(worker->store, &owners, &count);
	if (outcome != DONE)
		return (outcome);
	for (size_t i = 0; i < count; i++) {
		if (owners[i].staff != worker->staff->id)
			owners[kept++] = owners[i];
	}
	*colleagues_r = owners;
	*count_r = kept;
	return (DONE);
}

/* -- close, reopen ---------------------------------------------------------- */

/* An outcome of the rules is written as they have it. */
static void
take_outcome_of_rules(const struct case_rules *rules, struct text *words)
{
	char *wanted = utf8_fold(text_string(words));

	for (size_t i = 0; rules != NULL && i < rules->outcome_count; i++) {
		char *folded = utf8_fold(rules->outcomes[i]);

		if (strcmp(folded, wanted) == 0) {
			text_clear(words);
			text_add(words, rules->outcomes[i]);
		}
		free(folded);
	}
	free(wanted);
}

MUST_USE static enum outcome
read_outcome(struct errand *errand, const char *typed, struct text *words)
{
	enum outcome outcome;

	if (typed == NULL)
		return (DONE);
	outcome = case_read_words(errand, typed, CASE_OUTCOME_MAX_BYTES, words);
	if (outcome == DONE)
		take_outcome_of_rules(errand->worker->rules, words);
	return (outcome);
}

/* A no that nobody saw to would be forgotten with the case. */
MUST_USE static enum outcome
check_no_doubt(struct errand *errand)
{
	struct referral_list list = { 0 };
	enum outcome outcome = referrals_of_request(
	    errand->worker->store, errand->request.id, &list);

	for (size_t i = 0; i < list.count && outcome == DONE; i++) {
		if (list.items[i].is_in_doubt)
			outcome = case_refuse(errand, CASE_IN_DOUBT);
	}
	free(list.items);
	return (outcome);
}

enum outcome
cases_close(struct errand *errand, const char *typed)
{
	struct text words = { 0 };
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = case_check_is_own(errand);
	if (outcome == DONE)
		outcome = check_no_doubt(errand);
	if (outcome == DONE)
		outcome = read_outcome(errand, typed, &words);
	if (outcome == DONE)
		outcome = requests_close(errand->worker->store,
		    errand->request.id, errand->worker->staff->id,
		    text_string(&words), errand->now_utc_s);
	if (outcome == DONE)
		outcome = case_audit(errand, "closed", "");
	text_free(&words);
	return (case_errand_end(errand, outcome));
}

MUST_USE static enum outcome
reopen(struct errand *errand)
{
	struct store *store = errand->worker->store;
	struct request other;
	enum outcome outcome = case_check_is_kept(errand);

	if (outcome != DONE)
		return (outcome);
	if (errand->request.state != REQUEST_CLOSED)
		return (case_refuse(errand, CASE_NOT_CLOSED));
	outcome = requests_of_caller(store, &errand->request.caller, &other);
	if (outcome == DONE)
		return (case_refuse(errand, CASE_HAS_ANOTHER));
	if (outcome != NOTHING)
		return (outcome);
	outcome = requests_reopen(store, errand->request.id,
	    errand->worker->staff->id, errand->now_utc_s);
	if (outcome != DONE)
		return (outcome);
	return (case_audit(errand, "reopened", ""));
}

enum outcome
cases_reopen(struct errand *errand)
{
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	return (case_errand_end(errand, reopen(errand)));
}
