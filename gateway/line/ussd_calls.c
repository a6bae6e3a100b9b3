#include "gateway/line/ussd_calls.h"

enum {
	STATUS_BAD_REQUEST = 400,
	STATUS_BUSY = 503,
};

static const char busy[] = "Busy. Please dial again later.";
static const char closed[] = "Closed. Please dial again.";

static void
answer(struct ussd_call *call, const char *page, int is_last)
{
	text_clear(&call->page);
	text_add(&call->page, page);
	call->is_last = is_last;
	call->is_answered = 1;
}

/* Nobody is there to read a page. */
static void
answer_over(struct ussd_call *call)
{
	answer(call, "", 1);
	call->is_over = 1;
}

/* All calls that wait for a dialogue read the same page. */
static void
answer_all(
    struct ussd_calls *calls, uint64_t dialogue, const char *page, int is_last)
{
	struct ussd_call **link = &calls->waiting;

	while (*link != NULL) {
		struct ussd_call *call = *link;

		if (call->dialogue != dialogue) {
			link = &call->next;
			continue;
		}
		*link = call->next;
		call->dialogue = 0;
		answer(call, page, is_last);
		calls->wake(calls->context, call);
	}
}

static void
wait_for(struct ussd_calls *calls, struct ussd_call *call,
    const struct dialogue *dialogue)
{
	call->dialogue = dialogue->handle;
	call->next = calls->waiting;
	calls->waiting = call;
}

void
ussd_calls_forget(struct ussd_calls *calls, struct ussd_call *call)
{
	struct ussd_call **link = &calls->waiting;

	while (*link != NULL && *link != call)
		link = &(*link)->next;
	if (*link == call)
		*link = call->next;
	ussd_fields_free(&call->fields);
	text_free(&call->body);
	text_free(&call->page);
}

/* -- steps ------------------------------------------------------------------ */

/* A number cannot speak for another's session, where each request says whose it
 * is. */
static int
make_key(const struct ussd_calls *calls, const struct ussd_asked *asked,
    char *key, size_t room)
{
	int says_once = calls->profile->keeps[0] != '\0';
	int length = snprintf(
	    key, room, "%s %s", asked->session, says_once ? "" : asked->number);

	return (length > 0 && (size_t)length < room);
}

/* What its session's first request said; where that is gone, with a process
 * that was started again, what the provider gives back of our last answer. */
static void
recall(struct ussd_calls *calls, struct ussd_call *call)
{
	struct ussd_asked asked = {
		.session = ussd_profile_follows(calls->profile, &call->fields),
	};
	char key[DIALOGUE_KEY_MAX_BYTES + 1];
	const struct dialogue *dialogue = NULL;
	const char *kept;

	if (asked.session[0] == '\0' ||
	    !make_key(calls, &asked, key, sizeof(key)))
		return;
	dialogue = dialogues_by_key(calls->dialogues, key);
	kept = dialogue != NULL && dialogue->kept != NULL
	    ? dialogue->kept
	    : ussd_profile_returned(calls->profile, &call->fields);
	if (ussd_profile_recall(calls->profile, kept, &call->fields) != DONE)
		call->refused = STATUS_BAD_REQUEST;
}

static void
keep(const struct ussd_calls *calls, const struct ussd_call *call,
    struct dialogue *dialogue)
{
	struct text kept = { 0 };

	ussd_profile_keep(calls->profile, &call->fields, &kept);
	if (kept.length > 0)
		dialogue_set_kept(dialogue, kept.bytes);
	text_free(&kept);
}

static int
is_cumulative(const struct ussd_calls *calls)
{
	return (calls->profile->text_mode[0] == 'c');
}

/* What tells a request from the one before it. */
static void
mark(const struct ussd_asked *asked, struct text *marked)
{
	text_printf(marked, "%s\n%s", asked->text, asked->sequence);
}

static int
repeats(const struct ussd_calls *calls, const struct dialogue *dialogue,
    const struct ussd_asked *asked, int64_t now_ms)
{
	struct text marked = { 0 };
	int is_same;

	mark(asked, &marked);
	is_same = dialogue->typed != NULL &&
	    strcmp(dialogue->typed, text_string(&marked)) == 0;
	text_free(&marked);
	if (!is_same)
		return (0);
	if (is_cumulative(calls) || asked->sequence[0] != '\0' ||
	    dialogue->state == DIALOGUE_WAITS_FOR_HUB)
		return (1);
	/* It begins once; if it was really another, it begins all the same. */
	if (asked->step == USSD_BEGINS && dialogue->state != DIALOGUE_OVER)
		return (1);
	return (now_ms < dialogue->since_ms + USSD_REPEAT_MS);
}

static void
take_repeat(
    struct ussd_calls *calls, struct ussd_call *call, struct dialogue *dialogue)
{
	if (dialogue->state == DIALOGUE_WAITS_FOR_HUB)
		wait_for(calls, call, dialogue);
	else
		answer(call, dialogue->shown != NULL ? dialogue->shown : busy,
		    dialogue->state == DIALOGUE_OVER);
}

static void
ask_hub(struct ussd_calls *calls, struct ussd_call *call,
    struct dialogue *dialogue, const struct ussd_asked *asked, int64_t now_ms)
{
	enum arrival_kind kind =
	    dialogue->state == DIALOGUE_FREE ? ARRIVAL_DIALLED : ARRIVAL_TYPED;
	const char *typed = asked->text;
	struct text marked = { 0 };

	if (is_cumulative(calls) && kind == ARRIVAL_TYPED) {
		/* Without its mark. */
		dialogue->typed[strcspn(dialogue->typed, "\n")] = '\0';
		typed = ussd_typed(asked->text, dialogue->typed);
	}
	dialogue_set(calls->dialogues, dialogue, DIALOGUE_WAITS_FOR_HUB,
	    now_ms + USSD_HUB_MOST_MS);
	calls->tell(calls->context, dialogue, kind, typed);
	mark(asked, &marked);
	dialogue_set_typed(dialogue, text_string(&marked));
	text_free(&marked);
	wait_for(calls, call, dialogue);
}

static void
take_step(struct ussd_calls *calls, struct ussd_call *call,
    const struct ussd_asked *asked, int64_t now_ms)
{
	char key[DIALOGUE_KEY_MAX_BYTES + 1];
	struct dialogue *dialogue;

	if (!make_key(calls, asked, key, sizeof(key))) {
		call->refused = STATUS_BAD_REQUEST;
		return;
	}
	dialogue = dialogues_by_key(calls->dialogues, key);
	if (dialogue != NULL && repeats(calls, dialogue, asked, now_ms)) {
		take_repeat(calls, call, dialogue);
		return;
	}
	if (dialogue != NULL && dialogue->state == DIALOGUE_WAITS_FOR_HUB) {
		/* Another answer before there was a page: nobody saw it. */
		call->refused = STATUS_BUSY;
		return;
	}
	if (dialogue == NULL || dialogue->state == DIALOGUE_OVER ||
	    asked->step == USSD_BEGINS) {
		dialogue = dialogues_begin(calls->dialogues, key);
		if (dialogue == NULL) {
			answer(call, busy, 1);
			return;
		}
		snprintf(dialogue->number, sizeof(dialogue->number), "%s",
		    asked->number);
		keep(calls, call, dialogue);
	}
	ask_hub(calls, call, dialogue, asked, now_ms);
}

/* Who ends may or may not say whose session it was. */
static void
take_end(struct ussd_calls *calls, struct ussd_call *call,
    const struct ussd_asked *asked)
{
	char key[DIALOGUE_KEY_MAX_BYTES + 1];
	struct dialogue *dialogue = NULL;

	if (make_key(calls, asked, key, sizeof(key)))
		dialogue = dialogues_by_key(calls->dialogues, key);
	if (dialogue != NULL) {
		answer_all(calls, dialogue->handle, closed, 1);
		dialogue_end(calls->dialogues, dialogue);
	}
	answer_over(call);
}

void
ussd_calls_take(
    struct ussd_calls *calls, struct ussd_call *call, int64_t now_ms)
{
	struct ussd_asked asked;

	call->is_read = 1;
	recall(calls, call);
	if (call->refused != 0)
		return;
	if (ussd_profile_read(calls->profile, &call->fields, &asked) != DONE)
		call->refused = STATUS_BAD_REQUEST;
	else if (asked.step == USSD_ENDS)
		take_end(calls, call, &asked);
	else
		take_step(calls, call, &asked, now_ms);
}

/* -- pages ------------------------------------------------------------------ */

void
ussd_calls_show(struct ussd_calls *calls, const struct line_message *message,
    int64_t now_ms)
{
	struct dialogue *dialogue =
	    dialogues_by_handle(calls->dialogues, message->id);

	if (dialogue == NULL || dialogue->state != DIALOGUE_WAITS_FOR_HUB)
		return;
	dialogue_set_shown(dialogue, message->text);
	dialogue->since_ms = now_ms;
	if (message->is_last)
		dialogue_set(calls->dialogues, dialogue, DIALOGUE_OVER,
		    now_ms + USSD_KEPT_MS);
	else
		dialogue_set(calls->dialogues, dialogue,
		    DIALOGUE_WAITS_FOR_CALLER, now_ms + calls->idle_ms);
	answer_all(
	    calls, dialogue->handle, message->text, (int)message->is_last);
}

void
ussd_calls_end_what_is_due(struct ussd_calls *calls, int64_t now_ms)
{
	struct dialogue *dialogue;

	while ((dialogue = dialogues_due(calls->dialogues, now_ms)) != NULL) {
		answer_all(calls, dialogue->handle, busy, 1);
		dialogue_end(calls->dialogues, dialogue);
	}
}

void
ussd_calls_end_all(struct ussd_calls *calls)
{
	struct dialogue *dialogue;

	while ((dialogue = dialogues_any(calls->dialogues)) != NULL) {
		answer_all(calls, dialogue->handle, closed, 1);
		dialogue_end(calls->dialogues, dialogue);
	}
}
