/* What the suites about the line protocol share: messages of every kind and
 * shape, and reading them from exactly their bytes. */
#ifndef TESTS_PROTOCOL_SAMPLES_H
#define TESTS_PROTOCOL_SAMPLES_H

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

static inline void
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
static inline enum outcome
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

#endif
