/* What a message centre sends: PDUs, messages and the words in them. */
#include "gateway/line/smpp.h"
#include "gateway/line/smpp_text.h"
#include "gateway/text/utf8.h"
#include "tests/fuzz/target.h"

static void
read_message(const struct smpp_pdu *pdu)
{
	struct smpp_message message, again;
	struct text text = { 0 };
	struct text out = { 0 };
	struct smpp_pdu written;
	size_t used;

	if (smpp_message_read(pdu, &message) != DONE)
		return;
	(void)smpp_text_read(&message, &text);
	if (!utf8_is_clean(text_string(&text), text.length))
		abort();
	/* What was read is written so that it reads the same. */
	smpp_add_message(&out, SMPP_DELIVER, pdu->sequence, &message);
	if (smpp_read((const uint8_t *)out.bytes, out.length, &written,
		&used) != DONE ||
	    used != out.length || smpp_message_read(&written, &again) != DONE ||
	    again.text_length != message.text_length ||
	    again.ussd_op != message.ussd_op ||
	    again.sar_parts != message.sar_parts ||
	    smpp_is_receipt(&again) != smpp_is_receipt(&message))
		abort();
	text_free(&out);
	text_free(&text);
}

static void
one(const uint8_t *octets, size_t length)
{
	struct smpp_pdu pdu;
	char id[SMPP_ID_MOST + 1];
	size_t used = 0;

	while (smpp_read(octets, length, &pdu, &used) == DONE) {
		smpp_read_id(&pdu, id);
		read_message(&pdu);
		octets += used;
		length -= used;
	}
}
