/* Packets of the line protocol: written, read, cut, wrong. */
#include "tests/protocol_samples.h"

START_TEST(a_message_reads_back_as_it_was_written)
{
	struct line_message message;
	struct text packet = { 0 };

	memset(&message, 0xa5, sizeof(message));
	text_add(&packet, "left over");
	protocol_write(&samples[_i], &packet);
	ck_assert_int_eq(
	    read_exactly(packet.bytes, packet.length, &message), DONE);
	check_same(&message, &samples[_i]);
	text_free(&packet);
}
END_TEST

START_TEST(a_packet_cut_anywhere_is_refused)
{
	struct line_message message;
	struct text packet = { 0 };

	protocol_write(&samples[_i], &packet);
	for (size_t length = 0; length < packet.length; length++)
		ck_assert_int_eq(
		    read_exactly(packet.bytes, length, &message), REFUSED);
	text_free(&packet);
}
END_TEST

START_TEST(a_packet_with_a_byte_too_many_is_refused)
{
	struct line_message message;
	struct text packet = { 0 };

	protocol_write(&samples[_i], &packet);
	text_add_byte(&packet, 0);
	ck_assert_int_eq(
	    read_exactly(packet.bytes, packet.length, &message), REFUSED);
	text_free(&packet);
}
END_TEST

START_TEST(a_flipped_bit_gives_a_sound_message_or_none)
{
	struct line_message message;
	struct text packet = { 0 };
	struct text again = { 0 };

	protocol_write(&samples[_i], &packet);
	for (size_t bit = 0; bit < packet.length * 8; bit++) {
		char flip = (char)(1 << bit % 8);

		packet.bytes[bit / 8] ^= flip;
		memset(&message, 0xa5, sizeof(message));
		/* What is read can be written, which checks every range. */
		if (read_exactly(packet.bytes, packet.length, &message) ==
		    DONE) {
			protocol_write(&message, &again);
			ck_assert_uint_eq(again.length, packet.length);
			ck_assert_mem_eq(
			    again.bytes, packet.bytes, again.length);
		}
		packet.bytes[bit / 8] ^= flip;
	}
	text_free(&packet);
	text_free(&again);
}
END_TEST

START_TEST(random_bytes_never_crash)
{
	struct line_message message;
	uint32_t state = 11;
	uint8_t bytes[160];

	for (int round = 0; round < 5000; round++) {
		for (size_t i = 0; i < sizeof(bytes); i++) {
			state = state * 1664525 + 1013904223;
			bytes[i] = (uint8_t)(state >> 24);
			/* Mostly small, so that it gets past the lengths. */
			bytes[i] &= (state & 0x700) == 0 ? 0xff : 0x01;
		}
		bytes[0] =
		    (uint8_t)(state % 12 < 8 ? 1 + state % 7 : 65 + state % 4);
		if (read_exactly(bytes, state % sizeof(bytes), &message) ==
		    DONE)
			ck_assert_str_ne(
			    line_message_kind_name(message.kind), "unknown");
	}
}
END_TEST

/* What a malicious line may send: a sound packet with one field changed. */
static const struct bad_row {
	struct line_message message; /* sound, what changes aside */
	size_t offset; /* in the packet */
	const char *bytes;
	size_t length;
} bad_rows[] = {
	{ { .kind = LINE_HELLO, .version = 1, .window = 1 }, 16, "\0", 1 },
	{ { .kind = LINE_HELLO, .version = 1, .window = 1 }, 15, "\1\1", 2 },
	{ { .kind = LINE_HELLO, .version = 1, .window = 1 }, 8, "\0", 1 },
	{ { .kind = LINE_HELLO, .version = 1, .window = 1 }, 0, "\0", 1 },
	{ { .kind = LINE_HELLO, .version = 1, .window = 1 }, 0, "\x08", 1 },
	{ { .kind = LINE_HELLO, .version = 1, .window = 1 }, 0, "\xff", 1 },
	{ { .kind = LINE_FAILED, .how = REFUSED }, 16, "\0", 1 },
	{ { .kind = LINE_FAILED, .how = REFUSED }, 16, "\4", 1 },
	{ { .kind = LINE_FAILED, .how = REFUSED, .cause = "ab" }, 21, "\n", 1 },
	{ { .kind = LINE_FAILED, .how = REFUSED, .cause = "ab" }, 21, "\0", 1 },
	{ { .kind = LINE_FAILED, .how = REFUSED, .cause = "ab" }, 21, "\xff",
	    1 },
	{ { .kind = LINE_FAILED, .how = REFUSED, .cause = "ab" }, 20, "\3", 1 },
	{ { .kind = LINE_FAILED, .how = REFUSED, .cause = "ab" }, 17,
	    "\xff\xff\xff\xff", 4 },
	{ { .kind = LINE_HEALTH, .is_up = 1 }, 8, "\2", 1 },
	{ { .kind = LINE_HEALTH, .is_up = 1 }, 16, "\x65", 1 },
	{ { .kind = LINE_HEALTH, .is_up = 1 }, 40, "\x07", 1 },
	{ { .kind = LINE_WORKS }, 8, "\5", 1 },
	{ { .kind = LINE_HEALTH, .own = "+9779801000001" }, 68, "0", 1 },
	{ { .kind = LINE_REPORTED, .part = 1, .how = DONE }, 16, "\0", 1 },
	{ { .kind = LINE_REPORTED, .part = 1, .how = DONE }, 24, "\1", 1 },
	{ { .kind = LINE_REPORTED, .part = 1, .how = DONE }, 24, "\2", 1 },
	{ { .kind = LINE_REPORTED, .part = 1, .how = DONE }, 24, "\4", 1 },
	{ { .kind = HUB_UNLOCK, .text = "1234" }, 8, "x", 1 },
	{ { .kind = LINE_PART_SENT, .part = 1 }, 16, "\0", 1 },
	{ { .kind = LINE_PART_SENT, .part = 1 }, 15, "\1\0", 2 },
	{ { .kind = LINE_PART_SENT, .part = 1 }, 23, "\1\0", 2 },
	{ { .kind = LINE_PART_SENT, .part = 1 }, 17, "\x80", 1 },
	{ { .kind = HUB_SEND, .to = "+1234567", .first_part = 1 }, 13, "x", 1 },
	{ { .kind = HUB_SEND, .to = "+1234567", .first_part = 1 }, 14, "0", 1 },
	{ { .kind = HUB_SEND, .to = "+1234567", .first_part = 1 }, 27, "\1",
	    1 },
	{ { .kind = HUB_SEND, .to = "+1234567", .first_part = 1 }, 36, "\0",
	    1 },
	{ { .kind = HUB_DIAL, .text = "1" }, 5, "\r", 1 },
};

START_TEST(a_field_out_of_its_range_is_refused)
{
	const struct bad_row *row = &bad_rows[_i];
	struct line_message message;
	struct text packet = { 0 };

	protocol_write(&row->message, &packet);
	ck_assert_int_eq(
	    read_exactly(packet.bytes, packet.length, &message), DONE);
	ck_assert_uint_le(row->offset + row->length, packet.length);
	memcpy(packet.bytes + row->offset, row->bytes, row->length);
	ck_assert_int_eq(
	    read_exactly(packet.bytes, packet.length, &message), REFUSED);
	text_free(&packet);
}
END_TEST

/* Where the fields of an arrival without a sender begin in its packet. */
enum {
	AT_KIND = 9,
	AT_UTC = 21,
	AT_REFERENCE = 45,
	AT_BITS = 53,
	AT_PART = 61,
	AT_PARTS = 69,
	AT_FLASH = 77,
	INTEGER_BYTES = 8,
};

static const struct arrival_row {
	int64_t kind;
	int64_t reference;
	int64_t bits;
	int64_t part;
	int64_t parts;
	int64_t flash;
	enum outcome outcome;
} arrival_rows[] = {
	{ ARRIVAL_SMS, -1, 0, 1, 1, 0, DONE },
	{ ARRIVAL_SMS, -1, 0, 1, 1, 1, DONE },
	{ ARRIVAL_BINARY, -1, 0, 1, 1, 0, DONE },
	{ ARRIVAL_CALL, -1, 0, 1, 1, 0, DONE },
	{ ARRIVAL_SMS, 0, 8, 1, 1, 0, DONE },
	{ ARRIVAL_SMS, 255, 8, 255, 255, 0, DONE },
	{ ARRIVAL_SMS, 65535, 16, 1, 2, 0, DONE },
	{ 3, -1, 0, 1, 1, 0, REFUSED },
	{ -1, -1, 0, 1, 1, 0, REFUSED },
	{ INT64_C(1) << 32, -1, 0, 1, 1, 0, REFUSED },
	{ ARRIVAL_SMS, -1, 0, 1, 2, 0, REFUSED },
	{ ARRIVAL_SMS, -1, 8, 1, 1, 0, REFUSED },
	{ ARRIVAL_SMS, -2, 0, 1, 1, 0, REFUSED },
	{ ARRIVAL_SMS, 1, 0, 1, 2, 0, REFUSED },
	{ ARRIVAL_SMS, 1, 7, 1, 2, 0, REFUSED },
	{ ARRIVAL_SMS, 256, 8, 1, 2, 0, REFUSED },
	{ ARRIVAL_SMS, 65536, 16, 1, 2, 0, REFUSED },
	{ ARRIVAL_SMS, 1, 8, 0, 2, 0, REFUSED },
	{ ARRIVAL_SMS, 1, 8, 3, 2, 0, REFUSED },
	{ ARRIVAL_SMS, 1, 8, 1, 256, 0, REFUSED },
	{ ARRIVAL_SMS, 1, 8, 1, 0, 0, REFUSED },
	{ ARRIVAL_SMS, 1, 8, 1, 2, 2, REFUSED },
	{ ARRIVAL_CALL, 1, 8, 1, 2, 0, REFUSED },
};

static void
overwrite(struct text *packet, size_t offset, int64_t value)
{
	for (size_t i = 0; i < INTEGER_BYTES; i++)
		packet->bytes[offset + i] =
		    (char)((uint64_t)value >> (8 * (INTEGER_BYTES - 1 - i)));
}

START_TEST(the_facts_of_an_arrival_have_to_fit_each_other)
{
	const struct arrival_row *row = &arrival_rows[_i];
	struct line_message message = { .kind = LINE_ARRIVED,
		.arrived = { .join_reference = -1, .part = 1, .parts = 1 } };
	struct text packet = { 0 };

	protocol_write(&message, &packet);
	overwrite(&packet, AT_KIND, row->kind);
	overwrite(&packet, AT_REFERENCE, row->reference);
	overwrite(&packet, AT_BITS, row->bits);
	overwrite(&packet, AT_PART, row->part);
	overwrite(&packet, AT_PARTS, row->parts);
	overwrite(&packet, AT_FLASH, row->flash);
	ck_assert_int_eq(
	    read_exactly(packet.bytes, packet.length, &message), row->outcome);
	text_free(&packet);
}
END_TEST

START_TEST(a_time_before_1970_is_refused)
{
	struct line_message message = { .kind = LINE_ARRIVED,
		.arrived = { .join_reference = -1, .part = 1, .parts = 1 } };
	struct text packet = { 0 };

	protocol_write(&message, &packet);
	overwrite(&packet, AT_UTC, -1);
	ck_assert_int_eq(
	    read_exactly(packet.bytes, packet.length, &message), REFUSED);
	overwrite(&packet, AT_UTC, INT64_MAX);
	ck_assert_int_eq(
	    read_exactly(packet.bytes, packet.length, &message), REFUSED);
	text_free(&packet);
}
END_TEST

START_TEST(a_call_has_no_text)
{
	struct line_message message = { .kind = LINE_ARRIVED,
		.arrived = { .join_reference = -1,
		    .part = 1,
		    .parts = 1,
		    .text = "words" } };
	struct text packet = { 0 };

	protocol_write(&message, &packet);
	overwrite(&packet, AT_KIND, ARRIVAL_CALL);
	ck_assert_int_eq(
	    read_exactly(packet.bytes, packet.length, &message), REFUSED);
	text_free(&packet);
}
END_TEST

START_TEST(the_longest_text_is_carried)
{
	static struct line_message message;
	static struct line_message back;
	struct text packet = { 0 };

	message = (struct line_message){ .kind = LINE_ARRIVED,
		.arrived = { .join_reference = -1, .part = 1, .parts = 1 } };
	memset(message.arrived.text, 'x', PROTOCOL_TEXT_MAX_BYTES);
	memset(message.arrived.sender, 's', PROTOCOL_SENDER_MAX_BYTES);
	protocol_write(&message, &packet);
	ck_assert_int_eq(
	    read_exactly(packet.bytes, packet.length, &back), DONE);
	check_same(&message, &back);
	text_free(&packet);
}
END_TEST

START_TEST(kinds_have_names)
{
	ck_assert_str_eq(line_message_kind_name(LINE_ARRIVED), "arrived");
	ck_assert_str_eq(line_message_kind_name(HUB_STOP), "stop");
	ck_assert_str_eq(line_message_kind_name(0), "unknown");
}
END_TEST

static Suite *
suite_of_protocol(void)
{
	Suite *suite = suite_create("protocol");
	TCase *tests = tcase_create("packets");

	tcase_add_loop_test(
	    tests, a_message_reads_back_as_it_was_written, 0, SAMPLES);
	tcase_add_loop_test(
	    tests, a_packet_cut_anywhere_is_refused, 0, SAMPLES);
	tcase_add_loop_test(
	    tests, a_packet_with_a_byte_too_many_is_refused, 0, SAMPLES);
	tcase_add_loop_test(
	    tests, a_flipped_bit_gives_a_sound_message_or_none, 0, SAMPLES);
	tcase_add_test(tests, random_bytes_never_crash);
	tcase_add_loop_test(
	    tests, a_field_out_of_its_range_is_refused, 0, COUNT_OF(bad_rows));
	tcase_add_loop_test(tests,
	    the_facts_of_an_arrival_have_to_fit_each_other, 0,
	    COUNT_OF(arrival_rows));
	tcase_add_test(tests, a_time_before_1970_is_refused);
	tcase_add_test(tests, a_call_has_no_text);
	tcase_add_test(tests, the_longest_text_is_carried);
	tcase_add_test(tests, kinds_have_names);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_protocol);
