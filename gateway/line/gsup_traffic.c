#include "gateway/line/gsup_traffic.h"

#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/line/ss_component.h"

enum {
	NUMBER_MOST_MS = 8000, /* with ten thousand that dial at a time; with
				  HUB_MOST_MS it is less than 30 s */
	HUB_MOST_MS = 15000, /* a full disk: the caller hears of it before
				the network gives up at 30 s */
	OWN_INVOKE_ID = 1, /* of the pages, which go one at a time */
};

/* Said when the hub has not told how to close in the caller's language. */
static const char closed[] = "Closed. Please dial again.";
static const char busy[] = "Busy. Please dial again later.";

/* -- to the phone ----------------------------------------------------------- */

/* A dialogue as the register knows it; `key` is "IMSI SESSION". */
struct peer {
	char imsi[GSUP_IMSI_DIGITS_MOST + 1];
	uint32_t session;
};

static void
make_key(const struct gsup_message *message, char *key, size_t room)
{
	snprintf(key, room, "%s %" PRIu32, message->imsi, message->session);
}

static struct peer
peer_of(const struct dialogue *dialogue)
{
	struct peer peer = { .session = 0 };
	size_t digits = strcspn(dialogue->key, " ");
	int64_t session = 0;

	if (digits < sizeof(peer.imsi))
		memcpy(peer.imsi, dialogue->key, digits);
	if (text_read_integer(dialogue->key + digits, 0, UINT32_MAX, &session))
		peer.session = (uint32_t)session;
	return (peer);
}

static void
send_component(struct gsup_line *line, const struct peer *peer, int is_last,
    const struct ss_component *component)
{
	struct gsup_message message = {
		.kind = is_last ? GSUP_SS_RESULT : GSUP_SS_REQUEST,
		.session = peer->session,
		.state = is_last ? GSUP_END : GSUP_CONTINUE,
	};

	memcpy(message.imsi, peer->imsi, sizeof(message.imsi));
	message.component_length =
	    ss_component_write(component, message.component);
	gsup_add(&line->link.peer.out, &message);
}

/* A session that we cannot go on with.  An end without a component would be
 * swallowed and leave the caller waiting, so it is an error. */
static void
send_error(struct gsup_line *line, const struct peer *peer, int invoke_id)
{
	const struct ss_component component = { .kind = SS_RETURN_ERROR,
		.invoke_id = invoke_id,
		.error = SS_ERROR_SYSTEM_FAILURE };

	send_component(line, peer, 1, &component);
}

/* DONE, or REFUSED: the text is longer than a page of this network. */
MUST_USE static enum outcome
send_page(struct gsup_line *line, const struct dialogue *dialogue,
    const char *text, int is_last)
{
	struct peer peer = peer_of(dialogue);
	struct ss_component component = {
		.kind = is_last ? SS_RETURN_RESULT : SS_INVOKE,
		.invoke_id = is_last ? dialogue->invoke_id : OWN_INVOKE_ID,
		.operation =
		    is_last ? SS_PROCESS_UNSTRUCTURED : SS_UNSTRUCTURED_REQUEST,
		.has_string = 1,
	};
	enum outcome outcome =
	    ussd_text_write(text, GSUP_PAGE_OCTETS_MOST, &component.string);

	if (outcome == DONE)
		send_component(line, &peer, is_last, &component);
	return (outcome);
}

/* The last words of a dialogue, and its end. */
static void
close_dialogue(
    struct gsup_line *line, struct dialogue *dialogue, const char *words)
{
	if (words == NULL || send_page(line, dialogue, words, 1) != DONE)
		(void)!send_page(line, dialogue, closed, 1);
	dialogue_end(line->dialogues, dialogue);
}

/* -- to the hub ------------------------------------------------------------- */

static void
tell_arrival(struct gsup_line *line, struct dialogue *dialogue,
    enum arrival_kind kind, const char *text, int64_t now_ms)
{
	dialogue_set(line->dialogues, dialogue, DIALOGUE_WAITS_FOR_HUB,
	    now_ms + HUB_MOST_MS);
	hub_link_tell_step(&line->hub, dialogue, kind, text);
}

void
gsup_note_link(struct gsup_line *line)
{
	int is_up = gsup_echo_is_served(&line->echo, &line->link);
	const char *trouble = is_up ? "" : line->link.peer.trouble;
	char cause[PROTOCOL_WORDS_MAX_BYTES];
	struct dialogue *dialogue;

	if (line->generation != line->link.generation ||
	    !ipa_link_is_up(&line->link)) {
		/* The register forgot them with the link. */
		while ((dialogue = dialogues_any(line->dialogues)) != NULL)
			dialogue_end(line->dialogues, dialogue);
		line->generation = line->link.generation;
	}
	/* While it connects, what was wrong still is. */
	if (is_up == line->is_up &&
	    (trouble[0] == '\0' || trouble == line->trouble))
		return;
	line->is_up = is_up;
	line->trouble = trouble;
	snprintf(cause, sizeof(cause), "%s%s", is_up ? "" : "the register ",
	    trouble[0] != '\0' || is_up ? trouble : "does not answer");
	hub_link_tell_health(&line->hub, is_up, cause);
}

/* -- numbers of subscribers ------------------------------------------------- */

static void
begin_with(struct gsup_line *line, struct dialogue *dialogue,
    const char *number, int64_t now_ms)
{
	/* Subscribers' numbers stand there with their country, without "+". */
	if (number[0] != '\0')
		snprintf(
		    dialogue->number, sizeof(dialogue->number), "+%s", number);
	tell_arrival(line, dialogue, ARRIVAL_DIALLED, dialogue->typed, now_ms);
}

static void
ask_number(struct gsup_line *line, struct dialogue *dialogue, const char *imsi,
    int64_t now_ms)
{
	struct text question = { 0 };

	if (!ipa_link_is_up(&line->control)) {
		begin_with(line, dialogue, "", now_ms);
		return;
	}
	text_printf(&question, "GET %" PRIu64 " subscriber.by-imsi-%s.msisdn",
	    dialogue->handle, imsi);
	ipa_add_control(&line->control.peer.out, text_string(&question));
	text_free(&question);
	dialogue_set(line->dialogues, dialogue, DIALOGUE_ASKS_NUMBER,
	    now_ms + NUMBER_MOST_MS);
}

/* "GET_REPLY 7 subscriber.by-imsi-901....msisdn 9771234", or "ERROR 7 ..." */
static void
take_number(
    struct gsup_line *line, const struct ipa_frame *frame, int64_t now_ms)
{
	struct text answer = { 0 };
	char *save = NULL;
	const char *word, *id, *number;
	struct dialogue *dialogue;
	int64_t handle;

	text_add_bytes(&answer, frame->payload, frame->length);
	word = strtok_r(answer.bytes, " \n", &save);
	id = strtok_r(NULL, " \n", &save);
	(void)!strtok_r(NULL, " \n", &save);
	number = strtok_r(NULL, " \n", &save);
	if (word == NULL || id == NULL ||
	    !text_read_integer(id, 1, INT64_MAX, &handle))
		goto out;
	dialogue = dialogues_by_handle(line->dialogues, (uint64_t)handle);
	if (dialogue == NULL || dialogue->state != DIALOGUE_ASKS_NUMBER)
		goto out;
	if (strcmp(word, "GET_REPLY") != 0 || number == NULL ||
	    strspn(number, "0123456789") != strlen(number) ||
	    strlen(number) >= sizeof(dialogue->number) - 1)
		number = "";
	begin_with(line, dialogue, number, now_ms);
out:
	text_free(&answer);
}

/* -- from the phone --------------------------------------------------------- */

/* The register matches codes loosely, and not at all under some coding
 * schemes, so we look ourselves: "*384#" is the code, "*384*1#" below it. */
static int
is_ours(const struct gsup_line *line, const char *dialled)
{
	size_t stem = strcspn(line->code, "#");

	return (strncmp(dialled, line->code, stem) == 0 &&
	    (dialled[stem] == '#' || dialled[stem] == '*'));
}

static void
take_begin(struct gsup_line *line, const struct gsup_message *message,
    const struct ss_component *component, int64_t now_ms)
{
	struct peer peer = { .session = message->session };
	char key[DIALOGUE_KEY_MAX_BYTES + 1];
	struct dialogue *dialogue = NULL;
	struct text dialled = { 0 };

	memcpy(peer.imsi, message->imsi, sizeof(peer.imsi));
	make_key(message, key, sizeof(key));
	if (component->kind == SS_INVOKE && component->has_string &&
	    component->operation == SS_PROCESS_UNSTRUCTURED &&
	    ussd_text_read(component->string.dcs, component->string.octets,
		component->string.length, &dialled) == DONE &&
	    is_ours(line, text_string(&dialled)))
		dialogue = dialogues_begin(line->dialogues, key);
	else
		log_info("a code that is not ours was dialled");
	if (dialogue == NULL) {
		send_error(line, &peer, component->invoke_id);
	} else {
		dialogue->invoke_id = component->invoke_id;
		dialogue_set_typed(dialogue, text_string(&dialled));
		ask_number(line, dialogue, message->imsi, now_ms);
	}
	text_free(&dialled);
}

static void
take_answer(struct gsup_line *line, struct dialogue *dialogue,
    const struct ss_component *component, int64_t now_ms)
{
	struct text typed = { 0 };

	if (dialogue->state != DIALOGUE_WAITS_FOR_CALLER) {
		log_info("an answer to no page was passed over");
		return;
	}
	/* The phone does not show pages just now, or its owner pressed no. */
	if (component->kind != SS_RETURN_RESULT) {
		close_dialogue(line, dialogue, dialogue->closing);
		return;
	}
	/* What is no text is an answer all the same: it cannot be read. */
	if (component->has_string &&
	    ussd_text_read(component->string.dcs, component->string.octets,
		component->string.length, &typed) != DONE)
		text_clear(&typed);
	tell_arrival(
	    line, dialogue, ARRIVAL_TYPED, text_string(&typed), now_ms);
	text_free(&typed);
}

static void
take_message(
    struct gsup_line *line, const struct gsup_message *message, int64_t now_ms)
{
	struct peer peer = { .session = message->session };
	struct ss_component component = { .invoke_id = 0 };
	char key[DIALOGUE_KEY_MAX_BYTES + 1];
	struct dialogue *dialogue;
	int is_read = message->component_length > 0 &&
	    ss_component_read(message->component, message->component_length,
		&component) == DONE;

	memcpy(peer.imsi, message->imsi, sizeof(peer.imsi));
	make_key(message, key, sizeof(key));
	dialogue = dialogues_by_key(line->dialogues, key);
	if (message->kind != GSUP_SS_REQUEST || message->state == GSUP_END) {
		if (dialogue != NULL)
			dialogue_end(line->dialogues, dialogue);
	} else if (!is_read) {
		send_error(line, &peer, 0);
		if (dialogue != NULL)
			dialogue_end(line->dialogues, dialogue);
	} else if (message->state == GSUP_BEGIN) {
		take_begin(line, message, &component, now_ms);
	} else if (dialogue != NULL) {
		take_answer(line, dialogue, &component, now_ms);
	} else {
		/* Of a time before we were started again. */
		send_error(line, &peer, component.invoke_id);
	}
}

static void
take_frame(
    struct gsup_line *line, const struct ipa_frame *frame, int64_t now_ms)
{
	struct gsup_message message;

	switch (frame->kind) {
	case IPA_IDENTITY_ASKED:
		ipa_add_identity(&line->link.peer.out, line->echo.serial);
		gsup_echo_note_named(&line->echo, &line->link, now_ms);
		return;
	case IPA_IDENTITY_ACKNOWLEDGED:
		return;
	case IPA_GSUP:
		if (gsup_read(frame->payload, frame->length, &message) ==
			DONE &&
		    !gsup_echo_hear(&line->echo, &message, now_ms))
			take_message(line, &message, now_ms);
		return;
	case IPA_PING:
	case IPA_PONG:
	case IPA_CONTROL:
	case IPA_OTHER:
		return;
	}
}

void
gsup_take_frames(struct gsup_line *line, int64_t now_ms)
{
	struct ipa_frame frame;

	while (ipa_link_next(&line->link, now_ms, &frame) == DONE)
		take_frame(line, &frame, now_ms);
	while (ipa_link_next(&line->control, now_ms, &frame) == DONE) {
		if (frame.kind == IPA_CONTROL)
			take_number(line, &frame, now_ms);
	}
}

/* -- from the hub ----------------------------------------------------------- */

static void
show_page(void *of_line, const struct line_message *message)
{
	struct gsup_line *line = of_line;
	struct dialogue *dialogue =
	    dialogues_by_handle(line->dialogues, message->id);

	/* They hung up, or the time ran out: the step is stored, and who dials
	 * again goes on there. */
	if (dialogue == NULL || dialogue->state != DIALOGUE_WAITS_FOR_HUB)
		return;
	if (message->closing[0] != '\0')
		dialogue_set_closing(dialogue, message->closing);
	if (message->is_last) {
		close_dialogue(line, dialogue, message->text);
	} else if (send_page(line, dialogue, message->text, 0) != DONE) {
		log_err("a page is too long for this network");
		close_dialogue(line, dialogue, dialogue->closing);
	} else {
		dialogue_set(line->dialogues, dialogue,
		    DIALOGUE_WAITS_FOR_CALLER,
		    clock_monotonic_ms() + line->idle_ms);
	}
}

void
gsup_listen_to_hub(struct gsup_line *line)
{
	static const struct hub_duties duties = { .page = show_page };

	hub_link_listen(&line->hub, &duties, line);
}

/* -- time ------------------------------------------------------------------- */

void
gsup_end_what_is_due(struct gsup_line *line, int64_t now_ms)
{
	struct dialogue *dialogue;

	while ((dialogue = dialogues_due(line->dialogues, now_ms)) != NULL) {
		if (dialogue->state == DIALOGUE_ASKS_NUMBER)
			begin_with(line, dialogue, "", now_ms);
		else if (dialogue->state == DIALOGUE_WAITS_FOR_HUB)
			close_dialogue(line, dialogue,
			    dialogue->closing != NULL ? dialogue->closing
						      : busy);
		else
			close_dialogue(line, dialogue, dialogue->closing);
	}
}

void
gsup_end_all(struct gsup_line *line)
{
	struct dialogue *dialogue;

	while ((dialogue = dialogues_any(line->dialogues)) != NULL)
		close_dialogue(line, dialogue, dialogue->closing);
}
