#include "gateway/desk/case_step.h"

#include "gateway/text/utf8.h"
#include "store/audit.h"

/* The hub changes its key each hour; a desk that stays open does the same. */
enum { EPOCH_LASTS_S = 3600 };

enum outcome
case_step_refuse(struct errand *errand, enum case_reason why)
{
	errand->why = why;
	return (REFUSED);
}

enum outcome
case_step_check_kept(struct errand *errand)
{
	if (errand->request.state == REQUEST_WITHDRAWN)
		return (case_step_refuse(errand, CASE_WITHDRAWN));
	if (errand->request.state == REQUEST_FORGOTTEN)
		return (case_step_refuse(errand, CASE_FORGOTTEN));
	return (DONE);
}

enum outcome
case_step_check_own(struct errand *errand)
{
	const struct request *request = &errand->request;
	enum outcome outcome = case_step_check_kept(errand);

	if (outcome != DONE)
		return (outcome);
	if (request->state == REQUEST_OPEN)
		return (case_step_refuse(errand, CASE_UNCLAIMED));
	if (request->state == REQUEST_CLOSED)
		return (case_step_refuse(errand, CASE_CLOSED));
	if (request->claimed_by != errand->worker->staff->id)
		return (case_step_refuse(errand, CASE_TAKEN));
	return (DONE);
}

enum outcome
case_step_ready_to_seal(const struct errand *errand)
{
	struct store *store = errand->worker->store;
	int64_t age_s = errand->now_utc_s - store_epoch_began_utc_s(store);

	if (store_epoch(store) != 0 && age_s >= 0 && age_s < EPOCH_LASTS_S)
		return (DONE);
	return (store_begin_epoch(store, errand->now_utc_s));
}

enum outcome
case_step_read_typed(struct errand *errand, const char *typed,
    size_t most_bytes, struct text *words)
{
	static const char replacement[] = "\xef\xbf\xbd";
	static const char blanks[] = " \n";
	struct text clean = { 0 };
	const char *at;
	size_t length;
	enum outcome outcome = DONE;

	utf8_add_clean(&clean, typed, strlen(typed));
	at = text_string(&clean);
	at += strspn(at, blanks);
	length = strlen(at);
	while (length > 0 && strchr(blanks, at[length - 1]) != NULL)
		length--;
	if (length == 0)
		outcome = case_step_refuse(errand, CASE_EMPTY);
	else if (length > most_bytes)
		outcome = case_step_refuse(errand, CASE_TOO_LONG);
	else if (strstr(at, replacement) != NULL)
		outcome = case_step_refuse(errand, CASE_NOT_TEXT);
	else
		text_add_bytes(words, at, length);
	text_free(&clean);
	return (outcome);
}

enum outcome
case_step_trace(const struct errand *errand, const char *event,
    const char *what, const char *detail)
{
	const struct caseworker *worker = errand->worker;
	struct audit_entry entry = {
		.at_utc_s = errand->now_utc_s,
		.staff = worker->staff->id,
		.what = what,
		.ref = errand->request.ref,
		.detail = detail != NULL ? detail : "",
	};
	enum outcome outcome = DONE;

	if (event != NULL)
		outcome = requests_add_event(worker->store, errand->request.id,
		    worker->staff->id, event, errand->now_utc_s);
	return (outcome == DONE ? audit_add(worker->store, &entry) : outcome);
}
