/* The reading half of cases.h: one request opened as a whole, and the queue. */
#include <assert.h>

#include "gateway/base/memory.h"
#include "gateway/desk/case_errand.h"
#include "store/callers.h"

/* A caseworker's own cases are looked for among this many. */
enum { CLAIMED_MOST = 100000 };

/* -- one request ------------------------------------------------------------ */

/* Cuts a line "name<TAB>question<TAB>answer" in place.  A line without tabs
 * is shown whole, as an answer to nothing. */
static struct case_answer
read_answer(char *line)
{
	struct case_answer answer = {
		.name = "", .question = "", .answer = line
	};
	char *question = strchr(line, '\t');
	char *words = question != NULL ? strchr(question + 1, '\t') : NULL;

	if (words == NULL)
		return (answer);
	*question++ = '\0';
	*words++ = '\0';
	return ((struct case_answer){
	    .name = line, .question = question, .answer = words });
}

static void
read_answers(struct case_sheet *sheet)
{
	char *rest = sheet->answers_text.bytes;
	size_t most = 1;

	for (size_t i = 0; i < sheet->answers_text.length; i++)
		most += rest[i] == '\n';
	sheet->answers = memory_new(most, sizeof(*sheet->answers));
	while (rest != NULL && *rest != '\0') {
		char *line = strsep(&rest, "\n");

		if (line[0] != '\0')
			sheet->answers[sheet->answer_count++] =
			    read_answer(line);
	}
}

/* NOTHING there is as good as an empty part. */
MUST_USE static enum outcome
unless_nothing(enum outcome outcome)
{
	return (outcome == NOTHING ? DONE : outcome);
}

MUST_USE static enum outcome
read_caller(struct store *store, struct case_sheet *sheet)
{
	struct caller caller;
	enum outcome outcome =
	    callers_find(store, &sheet->request.caller, &caller);

	if (outcome == DONE)
		sheet->is_stopped = caller.is_stopped;
	return (unless_nothing(outcome));
}

MUST_USE static enum outcome
read_sheet(const struct caseworker *worker, struct case_sheet *sheet)
{
	struct store *store = worker->store;
	struct request_id id = sheet->request.id;
	enum outcome outcome = read_caller(store, sheet);

	if (outcome == DONE)
		outcome = unless_nothing(requests_unseal_answers(
		    store, worker->secret, id, &sheet->answers_text));
	if (outcome == DONE)
		outcome = unless_nothing(requests_unseal_thread(
		    store, worker->secret, id, &sheet->thread));
	if (outcome == DONE)
		outcome = unless_nothing(requests_events(
		    store, id, &sheet->events, &sheet->event_count));
	return (outcome);
}

/* What looking at a case writes down. */
MUST_USE static enum outcome
write_traces(const struct errand *errand, int with_number)
{
	struct store *store = errand->worker->store;
	int64_t staff = errand->worker->staff->id;
	const struct request *request = &errand->request;
	enum outcome outcome = DONE;

	if (request->state == REQUEST_CLAIMED && request->claimed_by == staff)
		outcome = requests_mark_read(store, request->id);
	if (outcome == DONE && with_number)
		outcome = requests_add_event(store, request->id, staff,
		    "number shown", errand->now_utc_s);
	return (outcome);
}

MUST_USE static enum outcome
fill_sheet(struct errand *errand, int with_number, struct case_sheet *sheet)
{
	const struct caseworker *worker = errand->worker;
	enum outcome outcome;

	sheet->request = errand->request;
	outcome = write_traces(errand, with_number);
	if (outcome == DONE)
		outcome = read_sheet(worker, sheet);
	if (outcome == DONE && with_number)
		outcome = unless_nothing(requests_unseal_number(worker->store,
		    worker->secret, errand->request.id, &sheet->number));
	return (outcome);
}

enum outcome
cases_show(struct errand *errand, int with_number, struct case_sheet *sheet_r)
{
	struct case_sheet sheet = { 0 };
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	/* Committed before anything is shown: no number without its event. */
	outcome =
	    case_errand_end(errand, fill_sheet(errand, with_number, &sheet));
	if (outcome != DONE) {
		case_sheet_free(&sheet);
		return (outcome);
	}
	read_answers(&sheet);
	*sheet_r = sheet;
	return (DONE);
}

void
case_sheet_free(struct case_sheet *sheet)
{
	free(sheet->answers);
	text_free(&sheet->answers_text);
	text_free(&sheet->number);
	case_thread_free(&sheet->thread);
	free(sheet->events);
	*sheet = (struct case_sheet){ 0 };
}

/* -- the queue -------------------------------------------------------------- */

static int
compare(const void *left, const void *right)
{
	const struct request *a = left;
	const struct request *b = right;

	if (a->urgency != b->urgency)
		return (a->urgency > b->urgency ? -1 : 1);
	if (a->opened_utc_s != b->opened_utc_s)
		return (a->opened_utc_s < b->opened_utc_s ? -1 : 1);
	return (a->id.row < b->id.row ? -1 : a->id.row > b->id.row);
}

/* Adds the second list to the first and frees it. */
static void
join(struct request_list *list, struct request_list *more)
{
	list->items = memory_grow(list->items, list->count,
	    list->count + more->count, sizeof(*list->items));
	if (more->count > 0)
		memcpy(list->items + list->count, more->items,
		    more->count * sizeof(*more->items));
	list->count += more->count;
	free(more->items);
	*more = (struct request_list){ 0 };
}

static void
keep_only(struct request_list *list, int64_t staff)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].state == REQUEST_CLAIMED &&
		    list->items[i].claimed_by == staff)
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
}

MUST_USE static enum outcome
list_going_on(struct store *store, size_t most, struct request_list *list)
{
	struct request_list claimed = { 0 };
	enum outcome outcome = requests_list(store, REQUEST_OPEN, most, list);

	if (outcome == DONE)
		outcome = requests_list(store, REQUEST_CLAIMED, most, &claimed);
	if (outcome == DONE)
		join(list, &claimed);
	return (outcome);
}

enum outcome
cases_list(const struct caseworker *worker, const struct case_filter *filter,
    struct request_list *list_r)
{
	struct request_list list = { 0 };
	enum outcome outcome;

	if (!cases_may_see(worker->staff))
		return (REFUSED);
	if (filter->only_mine)
		outcome = requests_list(
		    worker->store, REQUEST_CLAIMED, CLAIMED_MOST, &list);
	else if (filter->with_ended)
		outcome = requests_list(worker->store, -1, filter->most, &list);
	else
		outcome = list_going_on(worker->store, filter->most, &list);
	if (outcome == NOTHING)
		outcome = DONE;
	if (outcome != DONE) {
		free(list.items);
		return (outcome);
	}
	if (filter->only_mine)
		keep_only(&list, worker->staff->id);
	if (list.count > 0)
		qsort(list.items, list.count, sizeof(*list.items), compare);
	if (list.count > filter->most)
		list.count = filter->most;
	*list_r = list;
	return (DONE);
}

/* -- words ------------------------------------------------------------------ */

static const char *const reason_words[] = {
	[CASE_FINE] = "done",
	[CASE_NO_RIGHT] = "you may not see cases; ask a lead",
	[CASE_NOT_FOUND] = "there is no such help request",
	[CASE_UNCLAIMED] = "nobody has claimed it; claim it first",
	[CASE_TAKEN] = "somebody else has claimed it",
	[CASE_CLOSED] = "it is closed; reopen it first",
	[CASE_NOT_CLOSED] = "it is not closed",
	[CASE_WITHDRAWN] = "the caller wanted nothing kept; it has ended",
	[CASE_FORGOTTEN] = "the caller asked to be forgotten; it has ended",
	[CASE_HAS_ANOTHER] = "the same caller has a newer request; work on"
			     " that one",
	[CASE_ON_HOLD] = "the caller said that texting is not safe now; nothing"
			 " was sent",
	[CASE_NO_CONSENT] = "the caller has not agreed to be contacted; nothing"
			    " was sent",
	[CASE_STOPPED] = "the caller said STOP; nothing was sent",
	[CASE_CALL_ME] = "the caller asked to be called, not texted; nothing"
			 " was sent",
	[CASE_NO_NUMBER] = "the caller wants texts on another number, and what"
			   " they wrote cannot be read as one; nothing was"
			   " sent",
	[CASE_WRONG_PERSON] = "somebody else answered at that number; nothing"
			      " was sent",
	[CASE_EMPTY] = "there are no words in it",
	[CASE_TOO_LONG] = "it is too long",
	[CASE_NOT_TEXT] = "it is not valid UTF-8 text; check the terminal's"
			  " language settings",
	[CASE_NOT_PLAIN] = "an outcome is a few plain words without digits;"
			   " details belong in a note",
	[CASE_STORE] = "the store is busy or its disk is full; nothing was"
		       " changed, try again",
};
static_assert(
    COUNT_OF(reason_words) == CASE_STORE + 1, "every reason has its words");

const char *
case_reason_words(enum case_reason why)
{
	return (reason_words[why]);
}

const char *
case_delivery_words(const char *outbox_state)
{
	static const struct {
		enum outbox_state state;
		const char *words;
	} deliveries[] = {
		{ OUTBOX_QUEUED, "waiting" },
		{ OUTBOX_SENDING, "waiting" },
		{ OUTBOX_SENT, "sent" },
		{ OUTBOX_UNSURE, "unsure: it may have arrived" },
		{ OUTBOX_FAILED,
		    "not sent: the network refuses it, or the caller wants no"
		    " texts now" },
		{ OUTBOX_GIVEN_UP, "given up after many tries" },
	};

	for (size_t i = 0; i < COUNT_OF(deliveries); i++) {
		if (strcmp(outbox_state_name(deliveries[i].state),
			outbox_state) == 0)
			return (deliveries[i].words);
	}
	return ("");
}
