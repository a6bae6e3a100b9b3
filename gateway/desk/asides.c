#include "gateway/desk/asides.h"

#include <inttypes.h>

#include "gateway/base/marked_words.h"
#include "gateway/text/number.h"
#include "store/audit.h"

enum outcome
asides_list(const struct caseworker *worker, size_t most,
    struct journal_aside_list *list_r)
{
	if (!cases_may_see(worker->staff))
		return (REFUSED);
	return (journal_list_aside(worker->store, most, list_r));
}

/* A message has no reference: the trail tells its number in the journal. */
MUST_USE static enum outcome
audit(const struct aside_errand *errand, const char *what)
{
	struct text detail = { 0 };
	struct audit_entry entry = {
		.at_utc_s = errand->now_utc_s,
		.staff = errand->worker->staff->id,
		.what = what,
		.ref = "",
	};
	enum outcome outcome;

	text_printf(&detail, "message %" PRId64, errand->id.row);
	entry.detail = text_string(&detail);
	outcome = audit_add(errand->worker->store, &entry);
	text_free(&detail);
	return (outcome);
}

MUST_USE static enum outcome
end(const struct aside_errand *errand, enum outcome outcome)
{
	if (outcome == DONE)
		return (store_commit(errand->worker->store));
	store_rollback(errand->worker->store);
	return (outcome);
}

static void
add_number(const struct text *opened, int is_whole, struct text *number)
{
	struct number masked = { "" };

	snprintf(masked.e164, sizeof(masked.e164), "%s", text_string(opened));
	text_add(number, is_whole ? masked.e164 : number_mask(&masked).text);
	explicit_bzero(&masked, sizeof(masked));
}

enum outcome
asides_open(const struct aside_errand *errand, int with_number,
    struct text *number, struct text *text)
{
	const struct caseworker *worker = errand->worker;
	struct text opened_number = { 0 };
	struct text opened_text = { 0 };
	enum outcome outcome;

	if (!cases_may_see(worker->staff))
		return (REFUSED);
	outcome = store_begin(worker->store);
	if (outcome != DONE)
		return (outcome);
	outcome = journal_unseal_aside(worker->store, worker->secret,
	    errand->id, &opened_number, &opened_text);
	if (outcome == DONE)
		outcome = audit(errand, WORDS("set aside: read"));
	if (outcome == DONE && with_number)
		outcome = audit(errand, WORDS("set aside: number shown"));
	/* Committed before anything is shown: no number without its row. */
	outcome = end(errand, outcome);
	if (outcome == DONE) {
		text_add(text, text_string(&opened_text));
		add_number(&opened_number, with_number, number);
	}
	text_free(&opened_number);
	text_free(&opened_text);
	return (outcome);
}

enum outcome
asides_file(const struct aside_errand *errand)
{
	const struct caseworker *worker = errand->worker;
	enum outcome outcome;

	if (!cases_may_see(worker->staff))
		return (REFUSED);
	outcome = store_begin(worker->store);
	if (outcome != DONE)
		return (outcome);
	outcome = journal_move(
	    worker->store, errand->id, JOURNAL_ASIDE, JOURNAL_HANDLED);
	if (outcome == DONE)
		outcome = audit(errand, WORDS("set aside: filed"));
	return (end(errand, outcome));
}
