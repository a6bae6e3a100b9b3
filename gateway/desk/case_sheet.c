/* The reading half of cases.h: one request opened as a whole. */
#include "gateway/base/memory.h"
#include "gateway/desk/case_errand.h"
#include "store/callers.h"

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
		outcome = contacts_get(store, id, &sheet->contact);
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
	enum outcome outcome = case_note_look(errand);

	if (outcome == DONE && request->state == REQUEST_CLAIMED &&
	    request->claimed_by == staff)
		outcome = requests_mark_read(store, request->id);
	if (outcome == DONE && with_number)
		outcome = case_add_event(errand, "number shown");
	if (outcome == DONE && with_number)
		outcome = case_audit(errand, "number shown", "");
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
	if (outcome == DONE)
		outcome = case_find_outlook(errand, 0, &sheet->outlook);
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
	sheet.allowed = cases_allowed(errand->worker, &sheet.request);
	sheet.seen = sheet.thread.count > 0
	    ? sheet.thread.items[sheet.thread.count - 1].row
	    : CASE_SEEN_NONE;
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
