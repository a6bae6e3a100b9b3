#include "gateway/line/ussd_calls.h"

enum {
	STATUS_BAD_REQUEST = 400,
	STATUS_BUSY = 503,
};

static const char busy[] = "Busy. Please dial again later.";
static const char over[] = "Goodbye.";

static void
answer(struct ussd_call *call, const char *page, int is_last)
{
	text_clear(&call->page);
	text_add(&call->page, page);
	call->is_last = is_last;
	call->is_answered = 1;
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

/* A number cannot speak for another's session. */
static int
make_key(const struct ussd_asked *asked, char *key, size_t room)
{
	int length =
	    snprintf(key, room, "%s %s", asked->session, asked->number);

	return (length > 0 && (size_t)length < room);
}

static int
is_cumulative(const struct ussd_calls *calls)
{
	return (calls->profile->text_mode[0] == 'c');
}

static int
repeats(const struct ussd_calls *calls, const struct dialogue *dialogue,
    const struct ussd_asked *asked, int64_t now_ms)
{
	if (dialogue->typed == NULL ||
	    strcmp(dialogue->typed, asked->text) != 0)
		return (0);
	if (is_cumulative(calls) || dialogue->state == DIALOGUE_WAITS_FOR_HUB)
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
	const char *typed = is_cumulative(calls) && kind == ARRIVAL_TYPED
	    ? ussd_typed(asked->text, dialogue->typed)
	    : asked->text;

	dialogue_set(calls->dialogues, dialogue, DIALOGUE_WAITS_FOR_HUB,
	    now_ms + USSD_HUB_MOST_MS);
	calls->tell(calls->context, dialogue, kind, typed);
	dialogue_set_typed(dialogue, asked->text);
	wait_for(calls, call, dialogue);
}

static void
take_step(struct ussd_calls *calls, struct ussd_call *call,
    const struct ussd_asked *asked, int64_t now_ms)
{
	char key[DIALOGUE_KEY_MAX_BYTES + 1];
	struct dialogue *dialogue;

	if (!make_key(asked, key, sizeof(key))) {
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

	if (make_key(asked, key, sizeof(key)))
		dialogue = dialogues_by_key(calls->dialogues, key);
	if (dialogue != NULL) {
		answer_all(calls, dialogue->handle, over, 1);
		dialogue_end(calls->dialogues, dialogue);
	}
	answer(call, over, 1);
}

void
ussd_calls_take(
    struct ussd_calls *calls, struct ussd_call *call, int64_t now_ms)
{
	struct ussd_asked asked;

	call->is_read = 1;
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
