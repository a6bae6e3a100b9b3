#include "gateway/line/smpp_line.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "gateway/base/log.h"

enum { WORD_MOST = 16 };

/* message_state (section 5.2.28), and the words that stand for it in the text
 * of a receipt (appendix B).  On the way still, and unknown, say nothing. */
static const struct {
	int state;
	const char *word;
	enum outcome how;
} states[] = {
	{ 2, "DELIVRD", DONE },
	{ 3, "EXPIRED", REFUSED },
	{ 4, "DELETED", REFUSED },
	{ 5, "UNDELIV", REFUSED },
	{ 8, "REJECTD", REFUSED },
};

void
smpp_receipts_expect(struct smpp_line *line, const struct smpp_text *text,
    const struct smpp_pdu *pdu)
{
	struct smpp_sent *sent = &line->sent[line->sent_count % SMPP_SENT_KEPT];

	if (!line->arguments->receipts)
		return;
	*sent = (struct smpp_sent){ .id = text->id, .part = text->part };
	smpp_read_id(pdu, sent->name);
	if (sent->name[0] != '\0')
		line->sent_count++;
}

/* The word behind "id:" or "stat:" in a receipt's text; "" when it has none. */
static void
find_word(const struct smpp_message *message, const char *before, char *word_r,
    size_t room)
{
	const char *at =
	    memmem(message->text, message->text_length, before, strlen(before));
	const char *end = (const char *)message->text + message->text_length;
	size_t length = 0;

	word_r[0] = '\0';
	if (at == NULL)
		return;
	at += strlen(before);
	while (at + length < end && length < room - 1 && at[length] > ' ')
		length++;
	memcpy(word_r, at, length);
	word_r[length] = '\0';
}

/* Names that come up twice (some centres give all the same) say nothing. */
static const struct smpp_sent *
find_sent(const struct smpp_line *line, const char *name)
{
	const struct smpp_sent *found = NULL;

	for (size_t i = 0; i < SMPP_SENT_KEPT && name[0] != '\0'; i++) {
		const struct smpp_sent *sent = &line->sent[i];

		if (strcasecmp(sent->name, name) != 0)
			continue;
		if (found != NULL)
			return (NULL);
		found = sent;
	}
	return (found);
}

void
smpp_receipts_take(struct smpp_line *line, const struct smpp_message *message)
{
	char name[SMPP_ID_MOST + 1], word[WORD_MOST];
	const struct smpp_sent *sent;

	snprintf(name, sizeof(name), "%s", message->receipt_of);
	if (name[0] == '\0')
		find_word(message, "id:", name, sizeof(name));
	find_word(message, "stat:", word, sizeof(word));
	sent = find_sent(line, name);
	log_info("a receipt: state %d", message->state);
	if (sent == NULL)
		return;
	for (size_t i = 0; i < COUNT_OF(states); i++) {
		if (message->state >= 0 ? states[i].state != message->state
					: strcmp(states[i].word, word) != 0)
			continue;
		line->hub.said.kind = LINE_REPORTED;
		line->hub.said.id = sent->id;
		line->hub.said.part = sent->part;
		line->hub.said.how = states[i].how;
		hub_link_tell(&line->hub);
		return;
	}
}
