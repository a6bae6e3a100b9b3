/* The simulated network's own PDUs, against examples others have published
 * and the limits of 3GPP TS 23.040. */
#include "tests/sim/alphabet.h"
#include "tests/sim/pdu.h"

#include "tests/check_main.h"

/* Packed texts as tutorials, questions and the specification's readers quote
 * them. */
static const struct {
	const char *utf8;
	const char *packed;
} packings[] = {
	{ "Hi", "C834" },
	{ "CIAO", "C364F009" },
	{ "Google", "C7F7FBCC2E03" },
	{ "hellohello", "E8329BFD4697D9EC37" },
	{ "How are you?", "C8F71D14969741F977FD07" },
	{ "Hello World!", "C8329BFD065DDF72363904" },
	/* Seven septets are 49 bits; eight fill seven octets to the brim. */
	{ "1234567", "31D98C56B3DD00" },
	{ "12345678", "31D98C56B3DD70" },
	{ "€", "9B32" },
};

START_TEST(septets_are_packed_as_published)
{
	struct text septets = { 0 };
	struct text octets = { 0 };
	struct text hex = { 0 };

	ck_assert_int_eq(alphabet_add_septets(&septets, packings[_i].utf8), 1);
	alphabet_pack(&octets, septets.bytes, septets.length, 0);
	alphabet_add_hex(&hex, octets.bytes, octets.length);
	ck_assert_str_eq(hex.bytes, packings[_i].packed);
	text_free(&septets);
	text_free(&octets);
	text_free(&hex);
}
END_TEST

START_TEST(septets_are_unpacked_as_published)
{
	struct text septets = { 0 };
	struct text octets = { 0 };
	struct text utf8 = { 0 };
	size_t count;

	ck_assert_int_eq(alphabet_read_hex(&octets, packings[_i].packed), 1);
	alphabet_add_septets(&septets, packings[_i].utf8);
	count = septets.length;
	text_clear(&septets);
	alphabet_unpack(&septets, octets.bytes, count, 0);
	alphabet_read_septets(&utf8, septets.bytes, septets.length);
	ck_assert_str_eq(utf8.bytes, packings[_i].utf8);
	text_free(&septets);
	text_free(&octets);
	text_free(&utf8);
}
END_TEST

START_TEST(every_septet_survives_its_way_through_utf8)
{
	struct text utf8 = { 0 };
	struct text back = { 0 };
	char septet = (char)_i;

	if (_i == 0x1b)
		return;
	alphabet_read_septets(&utf8, &septet, 1);
	ck_assert_int_eq(alphabet_add_septets(&back, utf8.bytes), 1);
	ck_assert_uint_eq(back.length, 1);
	ck_assert_int_eq(back.bytes[0], septet);
	text_free(&utf8);
	text_free(&back);
}
END_TEST

START_TEST(an_emoji_is_a_surrogate_pair)
{
	struct text octets = { 0 };
	struct text hex = { 0 };
	struct text utf8 = { 0 };

	alphabet_add_ucs2(&octets, "\xf0\x9f\x99\x82");
	alphabet_add_hex(&hex, octets.bytes, octets.length);
	ck_assert_str_eq(hex.bytes, "D83DDE42");
	alphabet_read_ucs2(&utf8, octets.bytes, octets.length);
	ck_assert_str_eq(utf8.bytes, "\xf0\x9f\x99\x82");
	text_free(&octets);
	text_free(&hex);
	text_free(&utf8);
}
END_TEST

START_TEST(half_a_surrogate_pair_is_shown_as_broken)
{
	struct text utf8 = { 0 };

	alphabet_read_ucs2(&utf8, "\xd8\x3d\x00\x41", 4);
	ck_assert_str_eq(utf8.bytes,
	    "\xef\xbf\xbd"
	    "A");
	text_free(&utf8);
}
END_TEST

/* A published delivery of "Hi", its time zone set to ours (UTC). */
START_TEST(a_delivery_is_written_as_published)
{
	struct text septets = { 0 };
	struct text hex = { 0 };
	struct pdu_deliver deliver = {
		.sender = "+919838295732",
		.utc_s = 1200444104, /* 2008-01-16 00:41:44 */
		.message_class = PDU_NO_CLASS,
		.join = { .parts = 1, .part = 1 },
	};

	alphabet_add_septets(&septets, "Hi");
	deliver.body = septets.bytes;
	deliver.length = septets.length;
	pdu_add_deliver(&hex, &deliver);
	ck_assert_str_eq(hex.bytes + 2 * 8 + 2,
	    "040C9119898392752300008010610014440002C834");
	text_free(&septets);
	text_free(&hex);
}
END_TEST

START_TEST(the_length_leaves_out_the_service_centre)
{
	ck_assert_uint_eq(pdu_length("07911326040000F00405"), 2);
	ck_assert_uint_eq(pdu_length("000405"), 2);
	ck_assert_uint_eq(pdu_length(""), 0);
	ck_assert_uint_eq(pdu_length("09"), 0);
}
END_TEST

/* "hellohello" to +46708251358, as every tutorial sends it. */
static const char published_submit[] =
    "0011000B916407281553F80000AA0AE8329BFD4697D9EC37";

START_TEST(a_submission_is_read_as_published)
{
	struct pdu_submit submit;

	memset(&submit, 0xa5, sizeof(submit));
	ck_assert_int_eq(pdu_read_submit(published_submit,
			     sizeof(published_submit) / 2 - 1, &submit),
	    DONE);
	ck_assert_str_eq(submit.to, "+46708251358");
	ck_assert_str_eq(submit.text.bytes, "hellohello");
	ck_assert_int_eq(submit.alphabet, PDU_GSM);
	ck_assert_int_eq(submit.join.parts, 1);
	ck_assert_int_eq(submit.wants_report, 0);
	pdu_submit_free(&submit);
}
END_TEST

START_TEST(the_second_part_of_a_long_text_is_read_with_its_place)
{
	struct pdu_submit submit;

	/* UCS2 "ok" behind a header: reference 0x68, part 2 of 3. */
	ck_assert_int_eq(pdu_read_submit("0051000491214300"
					 "08AA0A050003680302006F006B",
			     20, &submit),
	    DONE);
	ck_assert_str_eq(submit.to, "+1234");
	ck_assert_str_eq(submit.text.bytes, "ok");
	ck_assert_int_eq(submit.join.reference, 0x68);
	ck_assert_int_eq(submit.join.parts, 3);
	ck_assert_int_eq(submit.join.part, 2);
	pdu_submit_free(&submit);
}
END_TEST

/* Every shorter and longer thing, and what is no submission. */
static const struct {
	const char *hex;
	size_t length;
} refusals[] = {
	{ "", 0 },
	{ "0", 0 },
	{ "00", 0 },
	{ "zz11000B916407281553F80000AA0AE8329BFD4697D9EC37", 23 },
	{ published_submit, 22 },
	{ published_submit, 24 },
	{ "0011000B916407281553F80000AA0AE8329BFD4697D9EC", 22 },
	{ "0011000B916407281553F80000AA0AE8329BFD4697D9EC3700", 24 },
	{ "0010000B916407281553F80000AA0AE8329BFD4697D9EC37", 23 },
	{ "FF11000B916407281553F80000AA0AE8329BFD4697D9EC37", 23 },
	{ "0011FF", 2 },
	/* A header longer than the text. */
	{ "005100049121430008AA04FF030201", 14 },
	{ "0041000491214300000105", 10 },
};

START_TEST(what_is_no_submission_is_refused)
{
	struct pdu_submit submit;

	ck_assert_int_eq(
	    pdu_read_submit(refusals[_i].hex, refusals[_i].length, &submit),
	    REFUSED);
}
END_TEST

static Suite *
suite_of_sim_pdu(void)
{
	Suite *suite = suite_create("the simulated network's PDUs");
	TCase *tcase = tcase_create("pdu");

	tcase_add_loop_test(
	    tcase, septets_are_packed_as_published, 0, COUNT_OF(packings));
	tcase_add_loop_test(
	    tcase, septets_are_unpacked_as_published, 0, COUNT_OF(packings));
	tcase_add_loop_test(
	    tcase, every_septet_survives_its_way_through_utf8, 0, 128);
	tcase_add_test(tcase, an_emoji_is_a_surrogate_pair);
	tcase_add_test(tcase, half_a_surrogate_pair_is_shown_as_broken);
	tcase_add_test(tcase, a_delivery_is_written_as_published);
	tcase_add_test(tcase, the_length_leaves_out_the_service_centre);
	tcase_add_test(tcase, a_submission_is_read_as_published);
	tcase_add_test(
	    tcase, the_second_part_of_a_long_text_is_read_with_its_place);
	tcase_add_loop_test(
	    tcase, what_is_no_submission_is_refused, 0, COUNT_OF(refusals));
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_sim_pdu);
