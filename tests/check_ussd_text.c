#include "gateway/text/ussd_text.h"

#include "gateway/text/utf8.h"
#include "tests/check_main.h"

/* Octets as 3GPP TS 23.038 packs them. */
static const struct packing {
	const char *text;
	uint8_t dcs;
	size_t length;
	uint8_t octets[24];
} packings[] = {
	{ "", 0x0f, 0, { 0 } },
	{ "*100#", 0x0f, 5, { 0xaa, 0x18, 0x0c, 0x36, 0x02 } },
	{ "hello", 0x0f, 5, { 0xe8, 0x32, 0x9b, 0xfd, 0x06 } },
	/* Seven: the spare bits are a CR. */
	{ "1234567", 0x0f, 7, { 0x31, 0xd9, 0x8c, 0x56, 0xb3, 0xdd, 0x1a } },
	/* Eight fill their seven octets. */
	{ "12345678", 0x0f, 7, { 0x31, 0xd9, 0x8c, 0x56, 0xb3, 0xdd, 0x70 } },
	{ "\xe2\x82\xac", 0x0f, 2, { 0x9b, 0x32 } },
	{ "\xe0\xa4\x95", 0x48, 2, { 0x09, 0x15 } },
	{ "\xf0\x9f\x98\x80", 0x48, 4, { 0xd8, 0x3d, 0xde, 0x00 } },
};

START_TEST(a_page_is_packed_as_the_standard_packs_it)
{
	const struct packing *row = &packings[_i];
	struct ussd_string string;

	memset(&string, 0xa5, sizeof(string));
	ck_assert_int_eq(ussd_text_write(row->text, 160, &string), DONE);
	ck_assert_uint_eq(string.dcs, row->dcs);
	ck_assert_uint_eq(string.length, row->length);
	ck_assert_mem_eq(string.octets, row->octets, row->length);
}
END_TEST

START_TEST(what_was_packed_reads_as_it_was)
{
	const struct packing *row = &packings[_i];
	struct text text = { 0 };

	ck_assert_int_eq(
	    ussd_text_read(row->dcs, row->octets, row->length, &text), DONE);
	ck_assert_str_eq(text_string(&text), row->text);
	text_free(&text);
}
END_TEST

START_TEST(a_text_of_any_length_comes_back)
{
	struct text before = { 0 }, after = { 0 };
	struct ussd_string string;

	for (int i = 0; i < _i; i++)
		text_add_byte(&before, 'a' + i % 26);
	if (_i > 182) {
		ck_assert_int_eq(
		    ussd_text_write(text_string(&before), 160, &string),
		    REFUSED);
	} else {
		ck_assert_int_eq(
		    ussd_text_write(text_string(&before), 160, &string), DONE);
		ck_assert_int_eq(ussd_text_read(string.dcs, string.octets,
				     string.length, &after),
		    DONE);
		ck_assert_str_eq(text_string(&after), text_string(&before));
	}
	text_free(&before);
	text_free(&after);
}
END_TEST

static const struct limit {
	size_t octets;
	int septets; /* that fit */
	int units;
} limits[] = { { 160, 182, 80 }, { 140, 160, 70 }, { 112, 128, 56 } };

START_TEST(a_page_holds_what_its_octets_hold_and_not_one_more)
{
	const struct limit *limit = &limits[_i];
	struct text page = { 0 };
	struct ussd_string string;

	for (int i = 0; i < limit->septets; i++)
		text_add_byte(&page, 'x');
	ck_assert_int_eq(
	    ussd_text_write(page.bytes, limit->octets, &string), DONE);
	text_add_byte(&page, 'x');
	ck_assert_int_eq(
	    ussd_text_write(page.bytes, limit->octets, &string), REFUSED);
	text_clear(&page);
	for (int i = 0; i < limit->units; i++)
		text_add(&page, "\xe0\xa4\x95");
	ck_assert_int_eq(
	    ussd_text_write(page.bytes, limit->octets, &string), DONE);
	text_add(&page, "\xe0\xa4\x95");
	ck_assert_int_eq(
	    ussd_text_write(page.bytes, limit->octets, &string), REFUSED);
	text_free(&page);
}
END_TEST

static const struct reading {
	uint8_t dcs;
	size_t length;
	uint8_t octets[16];
	const char *text; /* NULL: refused */
} readings[] = {
	{ 0x00, 5, { 0xe8, 0x32, 0x9b, 0xfd, 0x06 }, "hello" },
	/* Coding groups that are reserved are GSM 7-bit. */
	{ 0x80, 5, { 0xe8, 0x32, 0x9b, 0xfd, 0x06 }, "hello" },
	{ 0xf0, 5, { 0xe8, 0x32, 0x9b, 0xfd, 0x06 }, "hello" },
	{ 0x40, 5, { 0xe8, 0x32, 0x9b, 0xfd, 0x06 }, "hello" },
	/* "en", CR, "hi" */
	{ 0x10, 5, { 0x65, 0x77, 0x03, 0x9d, 0x06 }, "hi" },
	{ 0x11, 4, { 0x65, 0x37, 0x09, 0x15 }, "\xe0\xa4\x95" },
	{ 0x11, 1, { 0x65 }, "" },
	{ 0x48, 3, { 0x09, 0x15, 0x09 }, "\xe0\xa4\x95" },
	{ 0x48, 2, { 0xd8, 0x3d }, "\xef\xbf\xbd" },
	/* An escape at the very end, and a character nobody knows. */
	{ 0x0f, 1, { 0x1b }, "" },
	/* 8-bit data, compressed, a header, WAP. */
	{ 0x44, 2, { 0x41, 0x42 }, NULL },
	{ 0xf4, 2, { 0x41, 0x42 }, NULL },
	{ 0x60, 2, { 0x41, 0x42 }, NULL },
	{ 0x90, 2, { 0x41, 0x42 }, NULL },
	{ 0xe0, 2, { 0x41, 0x42 }, NULL },
};

START_TEST(each_coding_scheme_is_read_or_refused)
{
	const struct reading *row = &readings[_i];
	struct text text = { 0 };
	enum outcome outcome =
	    ussd_text_read(row->dcs, row->octets, row->length, &text);

	ck_assert_int_eq(outcome, row->text != NULL ? DONE : REFUSED);
	ck_assert_str_eq(
	    text_string(&text), row->text != NULL ? row->text : "");
	text_free(&text);
}
END_TEST

START_TEST(any_octets_under_any_scheme_give_clean_text)
{
	uint8_t octets[USSD_OCTETS_MOST];
	uint32_t random = 12345;

	for (int round = 0; round < 40; round++) {
		struct text text = { 0 };
		size_t length = (size_t)(round * 4);

		for (size_t i = 0; i < length; i++) {
			random = random * 1664525 + 1013904223;
			octets[i] = (uint8_t)(random >> 24);
		}
		if (ussd_text_read((uint8_t)_i, octets, length, &text) == DONE)
			ck_assert(
			    utf8_is_clean(text_string(&text), text.length));
		else
			ck_assert_uint_eq(text.length, 0);
		text_free(&text);
	}
}
END_TEST

static Suite *
suite_of_ussd_text(void)
{
	Suite *suite = suite_create("ussd_text");
	TCase *tcase = tcase_create("ussd_text");

	tcase_add_loop_test(tcase, a_page_is_packed_as_the_standard_packs_it, 0,
	    COUNT_OF(packings));
	tcase_add_loop_test(
	    tcase, what_was_packed_reads_as_it_was, 0, COUNT_OF(packings));
	tcase_add_loop_test(tcase, a_text_of_any_length_comes_back, 0, 190);
	tcase_add_loop_test(tcase,
	    a_page_holds_what_its_octets_hold_and_not_one_more, 0,
	    COUNT_OF(limits));
	tcase_add_loop_test(tcase, each_coding_scheme_is_read_or_refused, 0,
	    COUNT_OF(readings));
	tcase_add_loop_test(
	    tcase, any_octets_under_any_scheme_give_clean_text, 0, 256);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_ussd_text);
