#include "gateway/desk/asides.h"

enum outcome
asides_list(const struct caseworker *worker, size_t most,
    struct journal_aside_list *list_r)
{
	if (!cases_may_see(worker->staff))
		return (REFUSED);
	return (journal_list_aside(worker->store, most, list_r));
}

enum outcome
asides_open(const struct caseworker *worker, struct journal_id id,
    struct text *number, struct text *text)
{
	if (!cases_may_see(worker->staff))
		return (REFUSED);
	return (journal_unseal_aside(
	    worker->store, worker->secret, id, number, text));
}

enum outcome
asides_file(const struct caseworker *worker, struct journal_id id)
{
	enum outcome outcome;

	if (!cases_may_see(worker->staff))
		return (REFUSED);
	outcome = store_begin(worker->store);
	if (outcome != DONE)
		return (outcome);
	outcome =
	    journal_move(worker->store, id, JOURNAL_ASIDE, JOURNAL_HANDLED);
	if (outcome == DONE)
		return (store_commit(worker->store));
	store_rollback(worker->store);
	return (outcome);
}
