#include "gateway/line/smpp_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/base/log.h"
#include "gateway/line/smpp_text.h"
#include "gateway/text/gsm0338.h"
#include "gateway/text/utf8.h"

enum {
	HUB_MOST_MS = 15000, /* a full disk: the caller hears of it before
				the network gives up */
	SEPTETS_MOST = 182, /* of a page; more are cut on the air */
	UCS2_OCTETS_MOST = 160,
	OCTET_BITS = 8,
	LENGTH_SHIFT = 56, /* of a session's octets in dialogue->peer */
	LAST_BIT = 0x01, /* of its_session_info: the session ends */
};

/* Said when the hub has not told how to close in the caller's language. */
static const char closed[] = "Closed. Please dial again.";
static const char busy[] = "Busy. Please dial again later.";

/* -- sessions --------------------------------------------------------------- */

static uint64_t
pack(const struct smpp_session *session)
{
	uint64_t packed = (uint64_t)session->length << LENGTH_SHIFT;

	for (size_t i = 0; i < session->length; i++)
		packed |= (uint64_t)session->octets[i] << (OCTET_BITS * i);
	return (packed);
}

static struct smpp_session
unpack(uint64_t packed)
{
	struct smpp_session session = { .length = packed >> LENGTH_SHIFT };

	for (size_t i = 0; i < session.length && i < SMPP_SESSION_MOST; i++)
		session.octets[i] = (uint8_t)(packed >> (OCTET_BITS * i));
	return (session);
}

/* "NUMBER SESSION": of its_session_info the last octet counts the steps, so it
 * is no part of the name. */
static void
make_key(const struct smpp_line *line, const struct smpp_message *message,
    char key[DIALOGUE_KEY_MAX_BYTES + 1])
{
	const struct smpp_session *session = &message->sessions[line->session];
	size_t named = session->length;
	size_t at = strcspn(message->from.address, " ");

	if (line->session == SMPP_SESSION_INFO && named > 0)
		named--;
	memcpy(key, message->from.address, at);
	key[at++] = ' ';
	for (size_t i = 0; i < named; i++)
		at +=
		    (size_t)snprintf(key + at, DIALOGUE_KEY_MAX_BYTES + 1 - at,
			"%02x", session->octets[i]);
	key[at] = '\0';
}

_Static_assert(
    SMPP_ADDRESS_MOST + 1 + 2 * SMPP_SESSION_MOST <= DIALOGUE_KEY_MAX_BYTES,
    "the longest key has room");

/* -- to the caller ---------------------------------------------------------- */

/* DONE, or REFUSED: the text is longer than a page. */
MUST_USE static enum outcome
send_page(struct smpp_line *line, const struct dialogue *dialogue,
    const char *words, int is_last)
{
	struct smpp_message message = smpp_message_empty();
	struct smpp_session *session = &message.sessions[line->session];
	struct text octets = { 0 };
	int is_gsm = gsm0338_count(words) >= 0;
	enum outcome outcome = REFUSED;

	message.from = line->from;
	if (dialogue->ours != NULL && dialogue->ours[0] != '\0')
		snprintf(message.from.address, sizeof(message.from.address),
		    "%s", dialogue->ours);
	message.to.type = (uint8_t)(dialogue->invoke_id >> OCTET_BITS);
	message.to.plan = (uint8_t)dialogue->invoke_id;
	snprintf(message.to.address, sizeof(message.to.address), "%.*s",
	    (int)strcspn(dialogue->key, " "), dialogue->key);
	message.ussd_op = is_last ? line->ops.last : line->ops.page;
	*session = unpack(dialogue->peer);
	if (line->session == SMPP_SESSION_INFO && session->length > 0) {
		session->octets[session->length - 1] &= (uint8_t)~LAST_BIT;
		session->octets[session->length - 1] |=
		    (uint8_t)(is_last ? LAST_BIT : 0);
	}
	message.coding = smpp_text_add(
	    &octets, words, is_gsm ? ALPHABET_GSM : ALPHABET_UCS2);
	message.text = (const uint8_t *)text_string(&octets);
	message.text_length = octets.length;
	if (octets.length <= (is_gsm ? SEPTETS_MOST : UCS2_OCTETS_MOST)) {
		smpp_add_message(&line->link.peer.out, SMPP_SUBMIT,
		    smpp_link_next_sequence(&line->link), &message);
		outcome = DONE;
	}
	text_free(&octets);
	return (outcome);
}

/* The last words of a dialogue, and its end. */
static void
close_dialogue(
    struct smpp_line *line, struct dialogue *dialogue, const char *words)
{
	if (words == NULL || send_page(line, dialogue, words, 1) != DONE)
		(void)!send_page(line, dialogue, closed, 1);
	dialogue_end(line->dialogues, dialogue);
}

/* -- from the caller -------------------------------------------------------- */

static int
is_ours(const char *code, const char *dialled)
{
	size_t stem = strcspn(code, "#");

	return (code[0] == '\0' ||
	    (strncmp(dialled, code, stem) == 0 &&
		(dialled[stem] == '#' || dialled[stem] == '*')));
}

/* What was dialled stands in the text, or (with some centres) in the address,
 * there also without its signs. */
static const char *
dialled_code(const struct smpp_line *line, const struct smpp_message *message,
    const char *text)
{
	const char *code = line->arguments->code;
	const char *to = message->to.address;
	size_t digits = strlen(to);

	if (text[0] != '\0' && is_ours(code, text))
		return (text);
	if (is_ours(code, to))
		return (to);
	if (digits > 0 && strlen(code) == digits + 2 &&
	    strncmp(code + 1, to, digits) == 0)
		return (code);
	return (NULL);
}

/* What the answers to a session need to find their way. */
static void
set_way(const struct smpp_line *line, struct dialogue *dialogue,
    const struct smpp_message *message)
{
	dialogue->peer = pack(&message->sessions[line->session]);
	dialogue->invoke_id =
	    message->from.type << OCTET_BITS | message->from.plan;
	dialogue_set_ours(dialogue, message->to.address);
}

/* More than any network has at a time, so it is mischief or a mistake. */
static void
turn_away(
    struct smpp_line *line, const struct smpp_message *message, const char *key)
{
	struct dialogue none = { .handle = 0 };

	memcpy(none.key, key, strlen(key) + 1);
	set_way(line, &none, message);
	(void)!send_page(line, &none, busy, 1);
	free(none.ours);
}

static uint32_t
begin(struct smpp_line *line, const struct smpp_message *message,
    const char *text, int64_t now_ms)
{
	char key[DIALOGUE_KEY_MAX_BYTES + 1];
	const char *dialled = dialled_code(line, message, text);
	struct dialogue *dialogue;

	make_key(line, message, key);
	if (dialled == NULL || message->from.address[0] == '\0') {
		log_info("a code that is not ours was dialled");
		return (SMPP_BAD_DESTINATION);
	}
	dialogue = dialogues_begin(line->dialogues, key);
	if (dialogue == NULL) {
		turn_away(line, message, key);
		return (SMPP_OK);
	}
	set_way(line, dialogue, message);
	smpp_read_sender(
	    &message->from, dialogue->number, sizeof(dialogue->number));
	dialogue_set(line->dialogues, dialogue, DIALOGUE_WAITS_FOR_HUB,
	    now_ms + HUB_MOST_MS);
	hub_link_tell_step(&line->hub, dialogue, ARRIVAL_DIALLED, dialled);
	return (SMPP_OK);
}

static void
go_on(struct smpp_line *line, struct dialogue *dialogue,
    const struct smpp_message *message, const char *text, int64_t now_ms)
{
	const struct smpp_session *session = &message->sessions[line->session];

	if (line->session == SMPP_SESSION_INFO && session->length > 0 &&
	    (session->octets[session->length - 1] & LAST_BIT) != 0) {
		dialogue_end(line->dialogues, dialogue);
		return;
	}
	if (dialogue->state != DIALOGUE_WAITS_FOR_CALLER) {
		log_info("an answer to no page was passed over");
		return;
	}
	dialogue->peer = pack(session);
	dialogue_set(line->dialogues, dialogue, DIALOGUE_WAITS_FOR_HUB,
	    now_ms + HUB_MOST_MS);
	hub_link_tell_step(&line->hub, dialogue, ARRIVAL_TYPED, text);
}

uint32_t
smpp_pages_take(
    struct smpp_line *line, const struct smpp_message *message, int64_t now_ms)
{
	char key[DIALOGUE_KEY_MAX_BYTES + 1];
	struct dialogue *dialogue;
	struct text text = { 0 };
	uint32_t status = SMPP_OK;

	make_key(line, message, key);
	dialogue = dialogues_by_key(line->dialogues, key);
	/* What is no text is an answer all the same: it cannot be read. */
	(void)smpp_text_read(message, &text);
	if (message->ussd_op == line->ops.dialled)
		status = begin(line, message, text_string(&text), now_ms);
	else if (dialogue == NULL)
		log_info("a step of a session that is not open");
	else if (message->ussd_op == line->ops.typed)
		go_on(line, dialogue, message, text_string(&text), now_ms);
	else
		/* They hung up, or the network gave up; centres have many
		 * codes for it. */
		dialogue_end(line->dialogues, dialogue);
	text_free(&text);
	return (status);
}

/* -- from the hub ----------------------------------------------------------- */

void
smpp_pages_show(
    struct smpp_line *line, const struct line_message *message, int64_t now_ms)
{
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
		    DIALOGUE_WAITS_FOR_CALLER, now_ms + line->idle_ms);
	}
}

/* -- ends ------------------------------------------------------------------- */

void
smpp_pages_end_what_is_due(struct smpp_line *line, int64_t now_ms)
{
	struct dialogue *dialogue;

	while ((dialogue = dialogues_due(line->dialogues, now_ms)) != NULL) {
		const char *words = dialogue->closing;

		if (words == NULL && dialogue->state == DIALOGUE_WAITS_FOR_HUB)
			words = busy;
		close_dialogue(line, dialogue, words);
	}
}

void
smpp_pages_close_all(struct smpp_line *line)
{
	struct dialogue *dialogue;

	while ((dialogue = dialogues_any(line->dialogues)) != NULL)
		close_dialogue(line, dialogue, dialogue->closing);
}

void
smpp_pages_forget_all(struct smpp_line *line)
{
	struct dialogue *dialogue;

	while ((dialogue = dialogues_any(line->dialogues)) != NULL)
		dialogue_end(line->dialogues, dialogue);
}
