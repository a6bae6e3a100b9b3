#include "gateway/line/gsup.h"

#include <string.h>

#include "tests/check_main.h"

/* As osmo-hlr hands a dialled code to a USSD entity. */
static const uint8_t begin[] = { 0x00, 0x23, 0xee, 0x05, 0x20, 0x01, 0x08, 0x09,
	0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0xf1, 0x30, 0x04, 0x20, 0x00, 0x00,
	0x01, 0x31, 0x01, 0x01, 0x0a, 0x01, 0x03, 0x35, 0x05, 0xa2, 0x03, 0x02,
	0x01, 0x02, 0x60, 0x02, 'M', 0x00 };
enum { BEGIN_BYTES = 0x23 + 3 };

START_TEST(a_request_of_the_register_is_read)
{
	struct ipa_frame frame;
	struct gsup_message message;
	size_t used;

	memset(&message, 0xa5, sizeof(message));
	ck_assert_int_eq(ipa_read(begin, BEGIN_BYTES, &frame, &used), DONE);
	ck_assert_uint_eq(used, BEGIN_BYTES);
	ck_assert_int_eq(frame.kind, IPA_GSUP);
	/* The last element, cut short, and left out. */
	ck_assert_int_eq(
	    gsup_read(frame.payload, frame.length - 1, &message), REFUSED);
	ck_assert_int_eq(
	    gsup_read(frame.payload, frame.length - 4, &message), DONE);
	ck_assert_int_eq(message.kind, GSUP_SS_REQUEST);
	ck_assert_str_eq(message.imsi, "901010000000001");
	ck_assert_uint_eq(message.session, 0x20000001);
	ck_assert_int_eq(message.state, GSUP_BEGIN);
	ck_assert_int_eq(message.cause, 0);
	ck_assert_uint_eq(message.component_length, 5);
}
END_TEST

static const char *const imsis[] = { "1", "12", "00101", "901700000000001",
	"90170000000000" };

START_TEST(a_message_comes_back_with_an_imsi_of_any_length)
{
	struct gsup_message before = {
		.kind = GSUP_SS_RESULT,
		.session = 0xfffffffe,
		.state = GSUP_END,
		.cause = 96,
		.component_length = GSUP_COMPONENT_MOST,
	};
	struct gsup_message after;
	struct ipa_frame frame;
	struct text out = { 0 };
	size_t used;

	snprintf(before.imsi, sizeof(before.imsi), "%s", imsis[_i]);
	memset(before.component, 0x5a, sizeof(before.component));
	gsup_add(&out, &before);
	ck_assert_int_eq(
	    ipa_read((const uint8_t *)out.bytes, out.length, &frame, &used),
	    DONE);
	ck_assert_uint_eq(used, out.length);
	ck_assert_int_eq(gsup_read(frame.payload, frame.length, &after), DONE);
	ck_assert_str_eq(after.imsi, imsis[_i]);
	ck_assert_uint_eq(after.session, before.session);
	ck_assert_int_eq(after.state, GSUP_END);
	ck_assert_int_eq(after.cause, 96);
	ck_assert_uint_eq(after.component_length, GSUP_COMPONENT_MOST);
	text_free(&out);
}
END_TEST

START_TEST(half_a_frame_waits_and_an_endless_one_is_refused)
{
	struct ipa_frame frame;
	size_t used;
	const uint8_t endless[] = { 0xff, 0xff, 0xee };

	for (size_t length = 0; length < BEGIN_BYTES; length++)
		ck_assert_int_eq(
		    ipa_read(begin, length, &frame, &used), NOTHING);
	ck_assert_int_eq(
	    ipa_read(endless, sizeof(endless), &frame, &used), REFUSED);
}
END_TEST

static const struct control {
	size_t length;
	uint8_t bytes[8];
	enum ipa_kind kind;
} controls[] = {
	{ 4, { 0, 1, 0xfe, 0x00 }, IPA_PING },
	{ 4, { 0, 1, 0xfe, 0x01 }, IPA_PONG },
	{ 8, { 0, 5, 0xfe, 0x04, 0x01, 0x08, 0x01, 0x00 }, IPA_IDENTITY_ASKED },
	{ 4, { 0, 1, 0xfe, 0x06 }, IPA_IDENTITY_ACKNOWLEDGED },
	{ 4, { 0, 1, 0xfe, 0x99 }, IPA_OTHER },
	{ 3, { 0, 0, 0xfe }, IPA_OTHER },
	{ 3, { 0, 0, 0xee }, IPA_OTHER },
	{ 4, { 0, 1, 0xee, 0x00 }, IPA_CONTROL },
	{ 4, { 0, 1, 0xee, 0x01 }, IPA_OTHER },
	{ 4, { 0, 1, 0xee, 0x05 }, IPA_GSUP },
};

START_TEST(each_frame_is_known_by_its_kind)
{
	struct ipa_frame frame;
	size_t used;

	ck_assert_int_eq(
	    ipa_read(controls[_i].bytes, controls[_i].length, &frame, &used),
	    DONE);
	ck_assert_int_eq(frame.kind, controls[_i].kind);
}
END_TEST

START_TEST(the_identity_holds_a_unit_and_the_routed_name)
{
	static const uint8_t expected[] = { 0x00, 0x1b, 0xfe, 0x05, 0x00, 0x07,
		0x08, '0', '/', '0', '/', '0', 0x00, 0x00, 0x0f, 0x00, 'E', 'U',
		'S', 'E', '-', 'h', 'e', 'l', 'p', 'l', 'i', 'n', 'e', 0x00 };
	struct text out = { 0 };

	ipa_add_identity(&out, "EUSE-helpline");
	ck_assert_uint_eq(out.length, sizeof(expected));
	ck_assert_mem_eq(out.bytes, expected, sizeof(expected));
	text_free(&out);
}
END_TEST

static const struct senseless {
	enum outcome outcome;
	size_t length;
	uint8_t bytes[24];
} senselesses[] = {
	{ REFUSED, 0, { 0 } },
	{ NOTHING, 1, { 0x04 } }, /* a location update */
	{ REFUSED, 1, { 0x20 } },
	{ REFUSED, 2, { 0x20, 0x01 } },
	/* no session; no state; no caller */
	{ REFUSED, 7, { 0x20, 0x01, 0x01, 0x21, 0x31, 0x01, 0x01 } },
	{ REFUSED, 10, { 0x20, 0x01, 0x01, 0x21, 0x30, 0x04, 0, 0, 0, 1 } },
	{ REFUSED, 10, { 0x20, 0x31, 0x01, 0x01, 0x30, 0x04, 0, 0, 0, 1 } },
	/* a state that is none, an IMSI that is none, two of them */
	{ REFUSED, 13,
	    { 0x20, 0x01, 0x01, 0x21, 0x30, 0x04, 0, 0, 0, 1, 0x31, 0x01,
		0x04 } },
	{ REFUSED, 13,
	    { 0x20, 0x01, 0x01, 0xab, 0x30, 0x04, 0, 0, 0, 1, 0x31, 0x01,
		0x01 } },
	{ REFUSED, 16,
	    { 0x20, 0x01, 0x01, 0x21, 0x01, 0x01, 0x21, 0x30, 0x04, 0, 0, 0, 1,
		0x31, 0x01, 0x01 } },
	{ REFUSED, 12,
	    { 0x20, 0x01, 0x01, 0x21, 0x30, 0x03, 0, 0, 1, 0x31, 0x01, 0x01 } },
};

START_TEST(a_message_without_sense_is_refused)
{
	struct gsup_message message;

	ck_assert_int_eq(
	    gsup_read(senselesses[_i].bytes, senselesses[_i].length, &message),
	    senselesses[_i].outcome);
}
END_TEST

START_TEST(a_changed_octet_never_reads_beyond_its_message)
{
	struct gsup_message message;
	size_t length = BEGIN_BYTES - 8;

	for (unsigned value = 0; value < 256; value++) {
		uint8_t *payload = malloc(length);

		memcpy(payload, begin + 4, length);
		payload[(size_t)_i % length] = (uint8_t)value;
		if (gsup_read(payload, length, &message) == DONE)
			ck_assert_uint_le(
			    strlen(message.imsi), GSUP_IMSI_DIGITS_MOST);
		free(payload);
	}
}
END_TEST

START_TEST(an_unknown_element_changes_nothing)
{
	static const uint8_t unknown[] = { 0x7e, 0x03, 0x01, 0x02, 0x03, 0x7f,
		0x00 };
	const struct gsup_message message = { .kind = GSUP_SS_REQUEST,
		.imsi = "901700000000001",
		.session = 7,
		.state = GSUP_BEGIN,
		.component_length = 2,
		.component = { 0xa1, 0x00 } };
	struct text out = { 0 };
	struct text payload = { 0 };
	struct ipa_frame frame;
	struct gsup_message read;
	size_t used;

	gsup_add(&out, &message);
	ck_assert_int_eq(
	    ipa_read((const uint8_t *)out.bytes, out.length, &frame, &used),
	    DONE);
	text_add_bytes(&payload, frame.payload, frame.length);
	text_add_bytes(&payload, unknown, sizeof(unknown));
	memset(&read, 0xa5, sizeof(read));
	ck_assert_int_eq(
	    gsup_read((const uint8_t *)payload.bytes, payload.length, &read),
	    DONE);
	ck_assert_str_eq(read.imsi, message.imsi);
	ck_assert_uint_eq(read.session, message.session);
	ck_assert_uint_eq(read.component_length, message.component_length);
	/* And one that says it is longer than what is there. */
	ck_assert_int_eq(gsup_read((const uint8_t *)payload.bytes,
			     payload.length - 3, &read),
	    REFUSED);
	text_free(&payload);
	text_free(&out);
}
END_TEST

START_TEST(what_is_said_to_our_own_name_is_read_when_it_comes_back)
{
	struct text out = { 0 };
	struct ipa_frame frame;
	struct gsup_message message;
	size_t used;

	gsup_add_echo(&out, "EUSE-helpline", 0x01020304);
	ck_assert_int_eq(
	    ipa_read((const uint8_t *)out.bytes, out.length, &frame, &used),
	    DONE);
	ck_assert_uint_eq(used, out.length);
	ck_assert_int_eq(frame.kind, IPA_GSUP);
	/* Both names, each with its NUL. */
	ck_assert_ptr_nonnull(memmem(frame.payload, frame.length,
	    "\x60\x0e"
	    "EUSE-helpline\0\x61\x0e"
	    "EUSE-helpline",
	    32));
	memset(&message, 0xa5, sizeof(message));
	ck_assert_int_eq(
	    gsup_read(frame.payload, frame.length, &message), DONE);
	ck_assert_int_eq(message.kind, GSUP_SS_RESULT);
	ck_assert_str_eq(message.imsi, GSUP_ECHO_IMSI);
	ck_assert_uint_eq(message.session, 0x01020304);
	ck_assert_uint_eq(message.component_length, 0);
	text_free(&out);
}
END_TEST

static Suite *
suite_of_gsup(void)
{
	Suite *suite = suite_create("gsup");
	TCase *tcase = tcase_create("gsup");

	tcase_add_test(tcase, an_unknown_element_changes_nothing);
	tcase_add_test(
	    tcase, what_is_said_to_our_own_name_is_read_when_it_comes_back);
	tcase_add_test(tcase, a_request_of_the_register_is_read);
	tcase_add_loop_test(tcase,
	    a_message_comes_back_with_an_imsi_of_any_length, 0,
	    COUNT_OF(imsis));
	tcase_add_test(tcase, half_a_frame_waits_and_an_endless_one_is_refused);
	tcase_add_loop_test(
	    tcase, each_frame_is_known_by_its_kind, 0, COUNT_OF(controls));
	tcase_add_test(tcase, the_identity_holds_a_unit_and_the_routed_name);
	tcase_add_loop_test(tcase, a_message_without_sense_is_refused, 0,
	    COUNT_OF(senselesses));
	tcase_add_loop_test(tcase,
	    a_changed_octet_never_reads_beyond_its_message, 0, BEGIN_BYTES - 8);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_gsup);
