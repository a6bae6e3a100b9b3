#include "gateway/line/protocol.h"

#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/check_main.h"

/* One message of each kind, and more of those with more than one shape. */
static const struct line_message samples[] = {
	{ .kind = LINE_HELLO, .version = 1, .window = 1 },
	{ .kind = LINE_HELLO, .version = PROTOCOL_VERSION, .window = 256 },
	{ .kind = LINE_ARRIVED,
	    .arrived = { .slot = UINT64_MAX,
		.sender = "+9779841234567",
		.network_utc_s = 1795000000,
		.token = 7,
		.join_reference = -1,
		.part = 1,
		.parts = 1,
		.text = "मद्दत\nhelp" } },
	{ .kind = LINE_ARRIVED,
	    .arrived = { .slot = 2,
		.sender = "",
		.join_reference = 255,
		.join_bits = 8,
		.part = 3,
		.parts = 3,
		.flash = 1,
		.text = "" } },
	{ .kind = LINE_ARRIVED,
	    .arrived = { .slot = 3,
		.kind = ARRIVAL_BINARY,
		.sender = "NTC",
		.join_reference = 65535,
		.join_bits = 16,
		.part = 1,
		.parts = 255 } },
	{ .kind = LINE_ARRIVED,
	    .arrived = { .slot = 4,
		.kind = ARRIVAL_CALL,
		.sender = "+9779841234567",
		.join_reference = -1,
		.part = 1,
		.parts = 1 } },
	{ .kind = LINE_PART_SENT, .id = 9, .part = 2, .network_reference = -1 },
	{ .kind = LINE_PART_SENT,
	    .id = 9,
	    .part = 255,
	    .network_reference = 255 },
	{ .kind = LINE_SENT, .id = 9 },
	{ .kind = LINE_FAILED,
	    .id = 9,
	    .how = TRY_LATER,
	    .cause = "no network" },
	{ .kind = LINE_FAILED, .id = 9, .how = REFUSED, .cause = "" },
	{ .kind = LINE_UNSURE, .id = 9, .cause = "no answer in 30 s" },
	{ .kind = LINE_HEALTH, .is_up = 1, .signal_percent = 100 },
	{ .kind = LINE_HEALTH,
	    .signal_percent = -1,
	    .storage_percent = 80,
	    .needs_hand = 1,
	    .rung = RUNG_REST,
	    .rounds = LADDER_COUNT_MOST,
	    .falls = 3,
	    .sim = SIM_MISSING,
	    .own = "+9779801000001",
	    .network = "Simulated" },
	{ .kind = LINE_WORKS, .work = WORK_SWEEP, .id = 100003 },
	{ .kind = LINE_RETURNED, .id = 9 },
	{ .kind = LINE_DIALLED, .how = DONE, .text = "1 Main" },
	{ .kind = LINE_DIALLED,
	    .how = DONE,
	    .is_last = 1,
	    .text = "Rs 7\nvalid",
	    .cause = "it waits" },
	{ .kind = LINE_PUSHED, .text = "Reply 1" },
	{ .kind = LINE_PUSHED, .is_last = 1, .text = "You paid" },
	{ .kind = LINE_DIALLED, .how = TRY_LATER, .cause = "no answer" },
	{ .kind = LINE_REPORTED, .id = 9, .part = 255, .how = DONE },
	{ .kind = LINE_REPORTED, .id = 9, .part = 1, .how = REFUSED },
	{ .kind = HUB_UNLOCK, .text = "1234" },
	{ .kind = LINE_HEALTH, .signal_percent = -1, .cause = "gone" },
	{ .kind = HUB_RELEASE, .arrived = { .slot = 77 } },
	{ .kind = HUB_SEND,
	    .id = 1,
	    .to = "+977984123456789",
	    .reference = 255,
	    .first_part = 1,
	    .text = "one\ntwo" },
	{ .kind = HUB_SEND, .id = 1, .to = "+1234567", .first_part = 16 },
	{ .kind = HUB_DIAL, .text = "*100#" },
	{ .kind = HUB_STOP },
};

enum { SAMPLES = COUNT_OF(samples) };

static void
check_same(const struct line_message *a, const struct line_message *b)
{
	ck_assert_int_eq(a->kind, b->kind);
	ck_assert_uint_eq(a->arrived.slot, b->arrived.slot);
	ck_assert_int_eq(a->arrived.kind, b->arrived.kind);
	ck_assert_str_eq(a->arrived.sender, b->arrived.sender);
	ck_assert_int_eq(a->arrived.network_utc_s, b->arrived.network_utc_s);
	ck_assert_uint_eq(a->arrived.token, b->arrived.token);
	ck_assert_int_eq(a->arrived.join_reference, b->arrived.join_reference);
	ck_assert_int_eq(a->arrived.join_bits, b->arrived.join_bits);
	ck_assert_int_eq(a->arrived.part, b->arrived.part);
	ck_assert_int_eq(a->arrived.parts, b->arrived.parts);
	ck_assert_int_eq(a->arrived.flash, b->arrived.flash);
	ck_assert_str_eq(a->arrived.text, b->arrived.text);
	ck_assert_int_eq(a->version, b->version);
	ck_assert_int_eq(a->window, b->window);
	ck_assert_uint_eq(a->id, b->id);
	ck_assert_str_eq(a->to, b->to);
	ck_assert_int_eq(a->reference, b->reference);
	ck_assert_int_eq(a->first_part, b->first_part);
	ck_assert_str_eq(a->text, b->text);
	ck_assert_int_eq(a->part, b->part);
	ck_assert_str_eq(a->own, b->own);
	ck_assert_int_eq(a->network_reference, b->network_reference);
	ck_assert_int_eq(a->how, b->how);
	ck_assert_int_eq(a->is_up, b->is_up);
	ck_assert_int_eq(a->signal_percent, b->signal_percent);
	ck_assert_int_eq(a->storage_percent, b->storage_percent);
	ck_assert_int_eq(a->needs_hand, b->needs_hand);
	ck_assert_int_eq(a->rung, b->rung);
	ck_assert_int_eq(a->rounds, b->rounds);
	ck_assert_int_eq(a->falls, b->falls);
	ck_assert_int_eq(a->sim, b->sim);
	ck_assert_str_eq(a->network, b->network);
	ck_assert_int_eq(a->work, b->work);
	ck_assert_int_eq(a->says_work, b->says_work);
	ck_assert_str_eq(a->cause, b->cause);
}

/* In a block of exactly its size, so that reading beyond it is caught. */
static enum outcome
read_exactly(const void *bytes, size_t length, struct line_message *message_r)
{
	char *block = malloc(length > 0 ? length : 1);
	enum outcome outcome;

	ck_assert_ptr_nonnull(block);
	memcpy(block, bytes, length);
	outcome = protocol_read(block, length, message_r);
	free(block);
	return (outcome);
}

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
	AT_REFERENCE = 37,
	AT_BITS = 45,
	AT_PART = 53,
	AT_PARTS = 61,
	AT_FLASH = 69,
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

static void
write_wrong(int which)
{
	static struct line_message message;
	struct text packet = { 0 };

	message = (struct line_message){
		.kind = HUB_SEND, .to = "+1234567", .first_part = 1
	};
	if (which == 0)
		message.kind = 0;
	else if (which == 1)
		memset(message.text, 'x', sizeof(message.text));
	else if (which == 2)
		message.reference = 256;
	else if (which == 3)
		message.to[0] = '\0';
	else
		message =
		    (struct line_message){ .kind = LINE_HELLO, .version = 1 };
	protocol_write(&message, &packet);
}

START_TEST(our_own_mistake_ends_the_process)
{
	write_wrong(_i);
}
END_TEST

static void
make_pair(int pair[2], int flags)
{
	ck_assert_int_eq(
	    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | flags, 0, pair),
	    0);
}

START_TEST(a_message_passes_through_a_socket)
{
	struct line_message message;
	int was_garbage = 5;
	int pair[2];

	make_pair(pair, 0);
	memset(&message, 0xa5, sizeof(message));
	ck_assert_int_eq(protocol_send(pair[0], &samples[_i]), DONE);
	ck_assert_int_eq(
	    protocol_receive(pair[1], &message, &was_garbage), DONE);
	ck_assert_int_eq(was_garbage, 0);
	check_same(&message, &samples[_i]);
	close(pair[0]);
	close(pair[1]);
}
END_TEST

START_TEST(an_empty_socket_has_nothing_and_a_full_one_is_tried_later)
{
	static struct line_message message;
	int was_garbage = 5;
	unsigned sent = 0;
	enum outcome outcome;
	int pair[2];

	make_pair(pair, SOCK_NONBLOCK);
	ck_assert_int_eq(
	    protocol_receive(pair[1], &message, &was_garbage), NOTHING);
	ck_assert_int_eq(was_garbage, 0);
	while ((outcome = protocol_send(pair[0], &samples[2])) == DONE)
		sent++;
	ck_assert_int_eq(outcome, TRY_LATER);
	ck_assert_uint_gt(sent, 0);
	for (; sent > 0; sent--)
		ck_assert_int_eq(
		    protocol_receive(pair[1], &message, &was_garbage), DONE);
	ck_assert_int_eq(
	    protocol_receive(pair[1], &message, &was_garbage), NOTHING);
	close(pair[0]);
	close(pair[1]);
}
END_TEST

START_TEST(the_end_of_the_other_side_is_told)
{
	static struct line_message message;
	int was_garbage = 5;
	int pair[2];

	make_pair(pair, 0);
	close(pair[0]);
	ck_assert_int_eq(
	    protocol_receive(pair[1], &message, &was_garbage), REFUSED);
	ck_assert_int_eq(was_garbage, 0);
	ck_assert_int_eq(protocol_send(pair[1], &samples[0]), REFUSED);
	close(pair[1]);
}
END_TEST

START_TEST(garbage_is_told_and_the_next_message_still_read)
{
	static char garbage[PROTOCOL_PACKET_MAX_BYTES + 1];
	static const size_t lengths[] = { 1, 17, PROTOCOL_PACKET_MAX_BYTES,
		PROTOCOL_PACKET_MAX_BYTES + 1 };
	static struct line_message message;
	int pair[2];

	make_pair(pair, 0);
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		int was_garbage = 5;

		ck_assert_int_eq(
		    send(pair[0], garbage, lengths[i], 0), (ssize_t)lengths[i]);
		ck_assert_int_eq(protocol_send(pair[0], &samples[0]), DONE);
		ck_assert_int_eq(
		    protocol_receive(pair[1], &message, &was_garbage), REFUSED);
		ck_assert_int_eq(was_garbage, 1);
		ck_assert_int_eq(
		    protocol_receive(pair[1], &message, &was_garbage), DONE);
		ck_assert_int_eq(was_garbage, 0);
	}
	close(pair[0]);
	close(pair[1]);
}
END_TEST

START_TEST(what_is_no_socket_is_gone)
{
	static struct line_message message;
	int was_garbage = 5;

	ck_assert_int_eq(protocol_receive(-1, &message, &was_garbage), REFUSED);
	ck_assert_int_eq(was_garbage, 0);
	ck_assert_int_eq(protocol_send(-1, &samples[0]), REFUSED);
}
END_TEST

START_TEST(kinds_have_names)
{
	ck_assert_str_eq(line_message_kind_name(LINE_ARRIVED), "arrived");
	ck_assert_str_eq(line_message_kind_name(HUB_STOP), "stop");
	ck_assert_str_eq(line_message_kind_name(0), "unknown");
}
END_TEST

static TCase *
packet_tests(void)
{
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
	return (tests);
}

static Suite *
suite_of_protocol(void)
{
	Suite *suite = suite_create("protocol");
	TCase *sockets = tcase_create("sockets");
	TCase *mistakes = tcase_create("mistakes");

	suite_add_tcase(suite, packet_tests());
	tcase_add_loop_test(
	    sockets, a_message_passes_through_a_socket, 0, SAMPLES);
	tcase_add_test(
	    sockets, an_empty_socket_has_nothing_and_a_full_one_is_tried_later);
	tcase_add_test(sockets, the_end_of_the_other_side_is_told);
	tcase_add_test(
	    sockets, garbage_is_told_and_the_next_message_still_read);
	tcase_add_test(sockets, what_is_no_socket_is_gone);
	suite_add_tcase(suite, sockets);
	tcase_add_loop_test_raise_signal(
	    mistakes, our_own_mistake_ends_the_process, SIGABRT, 0, 5);
	suite_add_tcase(suite, mistakes);
	return (suite);
}

CHECK_MAIN(suite_of_protocol);
