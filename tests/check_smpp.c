#include "gateway/line/smpp.h"

#include <string.h>

#include "gateway/base/memory.h"
#include "gateway/line/smpp_text.h"
#include "gateway/text/utf8.h"
#include "tests/check_main.h"

/* A submit_sm_resp with message_id "abc", and the answer to a bind. */
static const uint8_t answers[] = { 0, 0, 0, 20, 0x80, 0, 0, 4, 0, 0, 0, 0, 0, 0,
	0, 7, 'a', 'b', 'c', 0, 0, 0, 0, 16, 0x80, 0, 0, 9, 0, 0, 0, 0x0e, 0, 0,
	0, 1 };

START_TEST(a_pdu_is_cut_off_the_stream)
{
	struct smpp_pdu pdu;
	char id[SMPP_ID_MOST + 1];
	size_t used = 0;

	memset(&pdu, 0xa5, sizeof(pdu));
	ck_assert_int_eq(
	    smpp_read(answers, sizeof(answers), &pdu, &used), DONE);
	ck_assert_uint_eq(used, 20);
	ck_assert_uint_eq(pdu.command, SMPP_SUBMIT | SMPP_ANSWER);
	ck_assert_uint_eq(pdu.status, SMPP_OK);
	ck_assert_uint_eq(pdu.sequence, 7);
	smpp_read_id(&pdu, id);
	ck_assert_str_eq(id, "abc");
	ck_assert_int_eq(
	    smpp_read(answers + used, sizeof(answers) - used, &pdu, &used),
	    DONE);
	ck_assert_uint_eq(pdu.status, SMPP_BAD_PASSWORD);
	smpp_read_id(&pdu, id);
	ck_assert_str_eq(id, "");
}
END_TEST

START_TEST(half_a_pdu_is_nothing_yet)
{
	struct smpp_pdu pdu;
	size_t used;

	for (size_t length = 0; length < 20; length++)
		ck_assert_int_eq(
		    smpp_read(answers, length, &pdu, &used), NOTHING);
}
END_TEST

static const uint32_t lengths[] = { 0, 1, 15, SMPP_PDU_MOST + 1, 0x7fffffff,
	0xffffffff };

START_TEST(a_length_that_cannot_be_is_refused)
{
	const uint8_t bytes[SMPP_HEADER_BYTES] = { (uint8_t)(lengths[_i] >> 24),
		(uint8_t)(lengths[_i] >> 16), (uint8_t)(lengths[_i] >> 8),
		(uint8_t)lengths[_i] };
	struct smpp_pdu pdu;
	size_t used;

	ck_assert_int_eq(smpp_read(bytes, sizeof(bytes), &pdu, &used), REFUSED);
}
END_TEST

/* The section 4.1.5 layout, octet by octet. */
START_TEST(a_bind_is_written_as_the_standard_has_it)
{
	static const uint8_t wanted[] = { 0, 0, 0, 33, 0, 0, 0, 9, 0, 0, 0, 0,
		0, 0, 0, 5, 'm', 'e', 0, 's', 'e', 'c', 'r', 'e', 't', 0, 'V',
		0, 0x34, 0, 0, 0 };
	const struct smpp_bind bind = { "me", "secret", "V" };
	struct text out = { 0 };

	smpp_add_bind(&out, 5, &bind);
	ck_assert_uint_eq(out.length, sizeof(wanted) - 0);
	ck_assert_uint_eq((uint8_t)out.bytes[3], out.length);
	ck_assert_mem_eq(out.bytes + 4, wanted + 4, sizeof(wanted) - 4);
	text_free(&out);
}
END_TEST

/* -- messages --------------------------------------------------------------- */

static struct smpp_message
read_back(struct text *out)
{
	struct smpp_message message;
	struct smpp_pdu pdu;
	size_t used;

	ck_assert_int_eq(
	    smpp_read((const uint8_t *)out->bytes, out->length, &pdu, &used),
	    DONE);
	ck_assert_uint_eq(used, out->length);
	memset(&message, 0xa5, sizeof(message));
	ck_assert_int_eq(smpp_message_read(&pdu, &message), DONE);
	return (message);
}

static struct smpp_message
full_message(const uint8_t *text, size_t length)
{
	struct smpp_message message = smpp_message_empty();

	message.from = (struct smpp_address){ 1, 1, "9779841000001" };
	message.to = (struct smpp_address){ 3, 0, "*384#" };
	message.esm_class = SMPP_ESM_HEADER;
	message.protocol = 0x41;
	message.coding = SMPP_CODING_UCS2;
	message.receipts = 1;
	message.valid = "000001000000000R";
	message.text = text;
	message.text_length = length;
	message.ussd_op = 0x81;
	message.sessions[SMPP_SESSION_INFO] =
	    (struct smpp_session){ 2, { 0x12, 0x34 } };
	message.sessions[SMPP_SESSION_REFERENCE] =
	    (struct smpp_session){ 7, { 1, 2, 3, 4, 5, 6, 7 } };
	message.sar_reference = 0xbeef;
	message.sar_parts = 3;
	message.sar_part = 2;
	message.state = 5;
	snprintf(
	    message.receipt_of, sizeof(message.receipt_of), "%s", "id-of-it");
	return (message);
}

static const size_t text_lengths[] = { 0, 1, 140, SMPP_SHORT_MOST,
	SMPP_SHORT_MOST + 1, 4000, 65535 };

START_TEST(a_message_comes_back_with_a_text_of_any_length)
{
	static uint8_t octets[65535];
	struct smpp_message before = full_message(octets, text_lengths[_i]);
	struct smpp_message after;
	struct text out = { 0 };

	for (size_t i = 0; i < sizeof(octets); i++)
		octets[i] = (uint8_t)(i * 7);
	smpp_add_message(&out, SMPP_DELIVER, 9, &before);
	after = read_back(&out);
	ck_assert_int_eq(after.from.type, 1);
	ck_assert_int_eq(after.from.plan, 1);
	ck_assert_str_eq(after.from.address, "9779841000001");
	ck_assert_int_eq(after.to.type, 3);
	ck_assert_str_eq(after.to.address, "*384#");
	ck_assert_int_eq(after.esm_class, SMPP_ESM_HEADER);
	ck_assert_int_eq(after.protocol, 0x41);
	ck_assert_int_eq(after.coding, SMPP_CODING_UCS2);
	ck_assert_int_eq(after.receipts, 1);
	ck_assert_uint_eq(after.text_length, text_lengths[_i]);
	ck_assert_mem_eq(after.text, octets, text_lengths[_i]);
	ck_assert_int_eq(after.ussd_op, 0x81);
	ck_assert_uint_eq(after.sessions[SMPP_SESSION_INFO].length, 2);
	ck_assert_mem_eq(
	    after.sessions[SMPP_SESSION_INFO].octets, "\x12\x34", 2);
	ck_assert_uint_eq(after.sessions[SMPP_SESSION_REFERENCE].length, 7);
	ck_assert_uint_eq(after.sar_reference, 0xbeef);
	ck_assert_uint_eq(after.sar_parts, 3);
	ck_assert_uint_eq(after.sar_part, 2);
	ck_assert_int_eq(after.state, 5);
	ck_assert_str_eq(after.receipt_of, "id-of-it");
	text_free(&out);
}
END_TEST

START_TEST(what_is_not_there_reads_as_absent)
{
	struct smpp_message before = smpp_message_empty();
	struct smpp_message after;
	struct text out = { 0 };

	smpp_add_message(&out, SMPP_SUBMIT, 1, &before);
	after = read_back(&out);
	ck_assert_int_eq(after.ussd_op, -1);
	ck_assert_int_eq(after.state, -1);
	ck_assert_uint_eq(after.sar_parts, 0);
	ck_assert_uint_eq(after.sessions[0].length, 0);
	ck_assert_uint_eq(after.sessions[1].length, 0);
	ck_assert_str_eq(after.receipt_of, "");
	ck_assert_int_eq(smpp_is_receipt(&after), 0);
	text_free(&out);
}
END_TEST

/* A deliver_sm without a text, and one more optional field behind it. */
static struct smpp_message
with_field(struct text *out, unsigned tag, const uint8_t *value, size_t length)
{
	struct smpp_message before = smpp_message_empty();
	const uint8_t header[] = { (uint8_t)(tag >> 8), (uint8_t)tag,
		(uint8_t)(length >> 8), (uint8_t)length };
	/* And one that is sound behind it. */
	static const uint8_t op[] = { 0x05, 0x01, 0, 1, 18 };

	smpp_add_message(out, SMPP_DELIVER, 1, &before);
	text_add_bytes(out, header, sizeof(header));
	text_add_bytes(out, value, length);
	text_add_bytes(out, op, sizeof(op));
	out->bytes[2] = (char)(out->length >> 8);
	out->bytes[3] = (char)out->length;
	return (read_back(out));
}

static const unsigned tags[] = { 0x001e, 0x0204, 0x020c, 0x020e, 0x020f, 0x0424,
	0x0427, 0x0501, 0x1383, 0x1400, 0x0000, 0xffff };

START_TEST(a_field_of_any_length_leaves_the_next_one_in_step)
{
	uint8_t value[300];

	memset(value, 0x5a, sizeof(value));
	for (size_t length = 0; length <= sizeof(value); length++) {
		struct text out = { 0 };
		struct smpp_message message =
		    with_field(&out, tags[_i], value, length);

		ck_assert_int_eq(message.ussd_op, 18);
		text_free(&out);
	}
}
END_TEST

START_TEST(a_reference_of_one_octet_or_of_four_is_read)
{
	static const uint8_t octets[] = { 1, 2, 3, 4 };

	for (size_t length = 1; length <= sizeof(octets); length++) {
		struct text out = { 0 };
		struct smpp_message message =
		    with_field(&out, 0x0204, octets, length);
		const struct smpp_session *session =
		    &message.sessions[SMPP_SESSION_REFERENCE];

		ck_assert_uint_eq(session->length, length);
		ck_assert_mem_eq(session->octets, octets, length);
		text_free(&out);
	}
}
END_TEST

START_TEST(a_field_that_runs_past_the_end_is_passed_over)
{
	struct smpp_message before = smpp_message_empty();
	static const uint8_t cut[] = { 0x05, 0x01, 0, 9, 18 };
	struct smpp_message message;
	struct text out = { 0 };

	smpp_add_message(&out, SMPP_DELIVER, 1, &before);
	text_add_bytes(&out, cut, sizeof(cut));
	out.bytes[3] = (char)out.length;
	message = read_back(&out);
	ck_assert_int_eq(message.ussd_op, -1);
	text_free(&out);
}
END_TEST

START_TEST(an_address_that_is_too_long_is_cut_and_the_rest_read)
{
	uint8_t octets[] = { 'H', 'i' };
	struct smpp_message before = full_message(octets, sizeof(octets));
	struct smpp_message after;
	struct text out = { 0 };
	struct text longer = { 0 };
	size_t at;

	smpp_add_message(&out, SMPP_DELIVER, 1, &before);
	/* Behind the length, service_type and the types of the address. */
	at = SMPP_HEADER_BYTES + 3;
	text_add_bytes(&longer, out.bytes, at);
	for (int i = 0; i < 100; i++)
		text_add_byte(&longer, '7');
	text_add_bytes(&longer, out.bytes + at, out.length - at);
	longer.bytes[2] = (char)(longer.length >> 8);
	longer.bytes[3] = (char)longer.length;
	after = read_back(&longer);
	ck_assert_uint_eq(strlen(after.from.address), SMPP_ADDRESS_MOST);
	ck_assert_str_eq(after.to.address, "*384#");
	ck_assert_uint_eq(after.text_length, 2);
	text_free(&out);
	text_free(&longer);
}
END_TEST

START_TEST(a_part_of_nothing_is_whole)
{
	static const unsigned parts[][2] = { { 0, 3 }, { 4, 3 }, { 1, 1 } };
	struct smpp_message before = smpp_message_empty();
	struct smpp_message after;
	struct text out = { 0 };

	before.sar_reference = 5;
	before.sar_part = parts[_i][0];
	before.sar_parts = parts[_i][1];
	smpp_add_message(&out, SMPP_DELIVER, 1, &before);
	after = read_back(&out);
	ck_assert_uint_eq(after.sar_parts, 0);
	text_free(&out);
}
END_TEST

static const struct {
	uint8_t esm_class;
	const char *receipt_of;
	int state;
	int is_receipt;
} receipts[] = {
	{ 0x00, "", -1, 0 },
	{ SMPP_ESM_RECEIPT, "", -1, 1 },
	{ SMPP_ESM_RECEIPT | 0x03, "x", 2, 1 },
	{ SMPP_ESM_ACKNOWLEDGEMENT, "", -1, 1 },
	{ SMPP_ESM_USER_ACKNOWLEDGEMENT, "", -1, 0 },
	{ SMPP_ESM_NOTICE, "", -1, 1 },
	{ SMPP_ESM_HEADER, "", -1, 0 },
	{ 0x00, "x", 2, 1 },
	{ 0x00, "x", -1, 0 },
};

START_TEST(receipts_are_told_from_texts)
{
	struct smpp_message message = smpp_message_empty();

	message.esm_class = receipts[_i].esm_class;
	message.state = receipts[_i].state;
	snprintf(message.receipt_of, sizeof(message.receipt_of), "%s",
	    receipts[_i].receipt_of);
	ck_assert_int_eq(smpp_is_receipt(&message), receipts[_i].is_receipt);
}
END_TEST

/* -- what strangers send ---------------------------------------------------- */

static void
read_anything(const uint8_t *bytes, size_t length)
{
	struct smpp_pdu pdu;
	struct smpp_message message;
	struct text text = { 0 };
	char id[SMPP_ID_MOST + 1];
	size_t used;

	if (smpp_read(bytes, length, &pdu, &used) != DONE)
		return;
	smpp_read_id(&pdu, id);
	ck_assert_uint_le(strlen(id), SMPP_ID_MOST);
	if (smpp_message_read(&pdu, &message) != DONE)
		return;
	ck_assert(message.text_length == 0 ||
	    (message.text >= pdu.body &&
		message.text + message.text_length <= pdu.body + pdu.length));
	(void)smpp_text_read(&message, &text);
	ck_assert(utf8_is_clean(text_string(&text), text.length));
	text_free(&text);
}

START_TEST(every_cut_and_every_changed_octet_is_survived)
{
	uint8_t words[] = { 5, 0, 3, 9, 2, 1, 0x09, 0x2e, 0xd8, 0x3d, 0xde };
	struct smpp_message message = full_message(words, sizeof(words));
	struct text out = { 0 };
	uint8_t *copy;

	smpp_add_message(&out, SMPP_DELIVER, 1, &message);
	for (size_t at = 4; at < out.length; at++) {
		for (int value = 0; value < 256; value++) {
			char kept = out.bytes[at];

			out.bytes[at] = (char)value;
			/* An own block, so that one octet too far is seen. */
			copy = memory_new(out.length, 1);
			memcpy(copy, out.bytes, out.length);
			read_anything(copy, out.length);
			free(copy);
			out.bytes[at] = kept;
		}
	}
	for (size_t length = SMPP_HEADER_BYTES; length < out.length; length++) {
		copy = memory_new(length, 1);
		memcpy(copy, out.bytes, length);
		copy[2] = (uint8_t)(length >> 8);
		copy[3] = (uint8_t)length;
		read_anything(copy, length);
		free(copy);
	}
	text_free(&out);
}
END_TEST

/* -- words ------------------------------------------------------------------ */

static const struct {
	uint8_t coding;
	uint8_t esm_class;
	const char *octets;
	size_t length;
	const char *words; /* NULL: no text */
	int is_flash;
} readings[] = {
	{ 0x00, 0, "HELP", 4, "HELP", 0 },
	{ 0x00, 0, "\x00\x02\x1b\x65", 4, "@$€", 0 },
	{ 0x0f, 0, "1", 1, "1", 0 },
	/* Where the default alphabet has eight bits. */
	{ 0x00, 0, "caf\xe9", 4, "café", 0 },
	{ 0x00, 0, "caf\xc3\xa9", 5, "café", 0 },
	{ 0x01, 0, "a@b", 3, "a@b", 0 },
	{ 0x01, 0, "a\x00z\x1b\x65", 5, "a@z€", 0 },
	{ 0x03, 0, "\xe9\x40", 2, "é@", 0 },
	{ 0x06, 0, "\xbf\xe0\xd8\xf0", 4, "При№", 0 },
	{ 0x08, 0, "\x09\x2e\x09\x26", 4, "मद", 0 },
	/* An odd octet at the end, and half a pair. */
	{ 0x08, 0, "\x09\x2e\x09", 3, "म", 0 },
	{ 0x08, 0, "\xd8\x3d", 2, "\xef\xbf\xbd", 0 },
	{ 0x02, 0, "\x01\x02", 2, NULL, 0 },
	{ 0x04, 0, "\x01\x02", 2, NULL, 0 },
	{ 0x10, 0, "Hi", 2, "Hi", 1 },
	{ 0x11, 0, "Hi", 2, "Hi", 0 },
	{ 0x18, 0, "\x09\x2e", 2, "म", 1 },
	{ 0x14, 0, "\x01", 1, NULL, 1 },
	{ 0x20, 0, "\x01", 1, NULL, 0 },
	{ 0x48, 0, "\x09\x2e", 2, "म", 0 },
	{ 0xf0, 0, "Hi", 2, "Hi", 1 },
	{ 0xf4, 0, "Hi", 2, NULL, 1 },
	{ 0xe0, 0, "\x09\x2e", 2, "म", 0 },
	{ 0xc0, 0, "Hi", 2, "Hi", 0 },
	{ 0x80, 0, "Hi", 2, NULL, 0 },
	{ 0x00, SMPP_ESM_HEADER, "\x05\x00\x03\x07\x02\x01Hi", 8, "Hi", 0 },
	/* Turkish by the single shift table: escape and s is ş. */
	{ 0x00, SMPP_ESM_HEADER, "\x03\x24\x01\x01\x1bs", 6, "ş", 0 },
	/* A header longer than the message is none. */
	{ 0x00, SMPP_ESM_HEADER, "\x09Hi", 3, "ÇHi", 0 },
	{ 0x00, SMPP_ESM_HEADER, "", 0, "", 0 },
};

START_TEST(words_are_read_by_their_coding)
{
	struct smpp_message message = smpp_message_empty();
	struct smpp_words words;
	struct text text = { 0 };

	message.coding = readings[_i].coding;
	message.esm_class = readings[_i].esm_class;
	message.text = (const uint8_t *)readings[_i].octets;
	message.text_length = readings[_i].length;
	words = smpp_text_read(&message, &text);
	ck_assert_int_eq(words.is_text, readings[_i].words != NULL);
	ck_assert_int_eq(words.is_flash, readings[_i].is_flash);
	if (readings[_i].words != NULL)
		ck_assert_str_eq(text_string(&text), readings[_i].words);
	text_free(&text);
}
END_TEST

static const struct {
	const char *octets;
	size_t length;
	struct smpp_join join;
} joins[] = {
	{ "\x05\x00\x03\xfe\x03\x02", 6, { 0xfe, 8, 2, 3 } },
	{ "\x06\x08\x04\x12\x34\x03\x02", 7, { 0x1234, 16, 2, 3 } },
	{ "\x08\x24\x01\x01\x00\x03\x01\x02\x01", 9, { 1, 8, 1, 2 } },
	{ "\x05\x00\x03\x01\x00\x01", 6, { 0, 0, 0, 0 } },
	{ "\x05\x00\x03\x01\x02\x03", 6, { 0, 0, 0, 0 } },
	{ "\x05\x00\x04\x01\x02\x01", 6, { 0, 0, 0, 0 } },
	{ "\x05\x00\x09\x01\x02\x01", 6, { 0, 0, 0, 0 } },
};

START_TEST(parts_are_read_from_their_header)
{
	struct smpp_message message = smpp_message_empty();
	struct smpp_words words;
	struct text text = { 0 };
	struct text octets = { 0 };

	text_add_bytes(&octets, joins[_i].octets, joins[_i].length);
	text_add(&octets, "words");
	message.esm_class = SMPP_ESM_HEADER;
	message.text = (const uint8_t *)octets.bytes;
	message.text_length = octets.length;
	words = smpp_text_read(&message, &text);
	ck_assert_uint_eq(words.join.bits, joins[_i].join.bits);
	ck_assert_uint_eq(words.join.reference, joins[_i].join.reference);
	ck_assert_uint_eq(words.join.part, joins[_i].join.part);
	ck_assert_uint_eq(words.join.parts, joins[_i].join.parts);
	ck_assert_str_eq(text_string(&text), "words");
	text_free(&text);
	text_free(&octets);
}
END_TEST

static const char *const written[] = { "", "HELP 1", "@£$¥èéùìòÇ{}[]~\\|^€",
	"मद्दत 😀", "Ünïcödé ş" };

START_TEST(what_we_write_reads_the_same)
{
	struct smpp_message message = smpp_message_empty();
	struct segments segments;
	struct text octets = { 0 };
	struct text text = { 0 };
	const struct smpp_join join = { 200, 8, 1, 2 };
	struct smpp_words words;

	ck_assert_int_eq(segments_cut(written[_i], &segments), DONE);
	smpp_join_add(&octets, &join);
	message.esm_class = SMPP_ESM_HEADER;
	message.coding = smpp_text_add(&octets, written[_i], segments.alphabet);
	message.text = (const uint8_t *)octets.bytes;
	message.text_length = octets.length;
	words = smpp_text_read(&message, &text);
	ck_assert_str_eq(text_string(&text), written[_i]);
	ck_assert_uint_eq(words.join.reference, 200);
	ck_assert_uint_eq(words.join.parts, 2);
	text_free(&octets);
	text_free(&text);
}
END_TEST

static Suite *
suite_of_smpp(void)
{
	Suite *suite = suite_create("smpp");
	TCase *tcase = tcase_create("smpp");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, a_pdu_is_cut_off_the_stream);
	tcase_add_test(tcase, half_a_pdu_is_nothing_yet);
	tcase_add_loop_test(
	    tcase, a_length_that_cannot_be_is_refused, 0, COUNT_OF(lengths));
	tcase_add_test(tcase, a_bind_is_written_as_the_standard_has_it);
	tcase_add_loop_test(tcase,
	    a_message_comes_back_with_a_text_of_any_length, 0,
	    COUNT_OF(text_lengths));
	tcase_add_test(tcase, what_is_not_there_reads_as_absent);
	tcase_add_loop_test(tcase,
	    a_field_of_any_length_leaves_the_next_one_in_step, 0,
	    COUNT_OF(tags));
	tcase_add_test(tcase, a_reference_of_one_octet_or_of_four_is_read);
	tcase_add_test(tcase, a_field_that_runs_past_the_end_is_passed_over);
	tcase_add_test(
	    tcase, an_address_that_is_too_long_is_cut_and_the_rest_read);
	tcase_add_loop_test(tcase, a_part_of_nothing_is_whole, 0, 3);
	tcase_add_loop_test(
	    tcase, receipts_are_told_from_texts, 0, COUNT_OF(receipts));
	tcase_add_test(tcase, every_cut_and_every_changed_octet_is_survived);
	tcase_add_loop_test(
	    tcase, words_are_read_by_their_coding, 0, COUNT_OF(readings));
	tcase_add_loop_test(
	    tcase, parts_are_read_from_their_header, 0, COUNT_OF(joins));
	tcase_add_loop_test(
	    tcase, what_we_write_reads_the_same, 0, COUNT_OF(written));
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_smpp);
