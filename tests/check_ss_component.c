#include "gateway/line/ss_component.h"

#include <string.h>

#include "tests/check_main.h"

/* Octets as a phone and a network write them. */
static const struct vector {
	size_t length;
	uint8_t octets[64];
	struct ss_component component;
} vectors[] = {
	/* processUnstructuredSS-Request "*100#" */
	{ 20,
	    { 0xa1, 0x12, 0x02, 0x01, 0x01, 0x02, 0x01, 0x3b, 0x30, 0x0a, 0x04,
		0x01, 0x0f, 0x04, 0x05, 0xaa, 0x18, 0x0c, 0x36, 0x02 },
	    { .kind = SS_INVOKE,
		.invoke_id = 1,
		.operation = SS_PROCESS_UNSTRUCTURED,
		.has_string = 1,
		.string = { 0x0f, 5, { 0xaa, 0x18, 0x0c, 0x36, 0x02 } } } },
	/* The final page "hello" */
	{ 22,
	    { 0xa2, 0x14, 0x02, 0x01, 0x07, 0x30, 0x0f, 0x02, 0x01, 0x3b, 0x30,
		0x0a, 0x04, 0x01, 0x0f, 0x04, 0x05, 0xe8, 0x32, 0x9b, 0xfd,
		0x06 },
	    { .kind = SS_RETURN_RESULT,
		.invoke_id = 7,
		.operation = SS_PROCESS_UNSTRUCTURED,
		.has_string = 1,
		.string = { 0x0f, 5, { 0xe8, 0x32, 0x9b, 0xfd, 0x06 } } } },
	/* An acknowledgement */
	{ 5, { 0xa2, 0x03, 0x02, 0x01, 0x02 },
	    { .kind = SS_RETURN_RESULT, .invoke_id = 2 } },
	{ 8, { 0xa3, 0x06, 0x02, 0x01, 0xff, 0x02, 0x01, 0x22 },
	    { .kind = SS_RETURN_ERROR, .invoke_id = 255, .error = 34 } },
	{ 8, { 0xa4, 0x06, 0x02, 0x01, 0x03, 0x80, 0x01, 0x00 },
	    { .kind = SS_REJECT, .invoke_id = 3 } },
	{ 7, { 0xa4, 0x05, 0x05, 0x00, 0x80, 0x01, 0x00 },
	    { .kind = SS_REJECT, .invoke_id = -1 } },
};

static void
assert_same(const struct ss_component *one, const struct ss_component *other)
{
	ck_assert_int_eq(one->kind, other->kind);
	ck_assert_int_eq(one->invoke_id, other->invoke_id);
	ck_assert_int_eq(one->operation, other->operation);
	ck_assert_int_eq(one->error, other->error);
	ck_assert_int_eq(one->has_string, other->has_string);
	ck_assert_uint_eq(one->string.dcs, other->string.dcs);
	ck_assert_uint_eq(one->string.length, other->string.length);
	ck_assert_int_eq(memcmp(one->string.octets, other->string.octets,
			     one->string.length),
	    0);
}

START_TEST(a_component_is_written_as_networks_write_it)
{
	uint8_t octets[SS_COMPONENT_MAX_BYTES];
	size_t length = ss_component_write(&vectors[_i].component, octets);

	ck_assert_uint_eq(length, vectors[_i].length);
	ck_assert_mem_eq(octets, vectors[_i].octets, length);
}
END_TEST

START_TEST(a_component_of_a_network_is_read)
{
	struct ss_component component;

	memset(&component, 0xa5, sizeof(component));
	ck_assert_int_eq(ss_component_read(vectors[_i].octets,
			     vectors[_i].length, &component),
	    DONE);
	assert_same(&component, &vectors[_i].component);
}
END_TEST

/* Where the forms of the lengths change. */
START_TEST(a_string_of_every_length_comes_back)
{
	struct ss_component before = { .kind = _i % 2 ? SS_INVOKE
						      : SS_RETURN_RESULT,
		.invoke_id = _i,
		.operation = SS_UNSTRUCTURED_REQUEST,
		.has_string = 1,
		.string = { .dcs = 0x48, .length = (size_t)_i } };
	struct ss_component after;
	uint8_t octets[SS_COMPONENT_MAX_BYTES];
	size_t length;

	memset(before.string.octets, _i, sizeof(before.string.octets));
	length = ss_component_write(&before, octets);
	ck_assert_int_eq(ss_component_read(octets, length, &after), DONE);
	assert_same(&after, &before);
	/* What osmo-hlr takes must not need the long form. */
	if (_i <= 112)
		ck_assert_uint_le(length, 129);
}
END_TEST

START_TEST(no_cut_and_no_octet_more_is_a_component)
{
	struct ss_component component;
	uint8_t octets[65] = { 0 };

	memcpy(octets, vectors[_i].octets, vectors[_i].length);
	for (size_t length = 0; length < vectors[_i].length; length++)
		ck_assert_int_eq(
		    ss_component_read(octets, length, &component), REFUSED);
	ck_assert_int_eq(
	    ss_component_read(octets, vectors[_i].length + 1, &component),
	    REFUSED);
}
END_TEST

/* The same as the first vector: with a length in its long form, and with
 * elements that we have no use for. */
static const struct odd {
	size_t length;
	uint8_t octets[32];
} odds[] = {
	{ 21,
	    { 0xa1, 0x81, 0x12, 0x02, 0x01, 0x01, 0x02, 0x01, 0x3b, 0x30, 0x0a,
		0x04, 0x01, 0x0f, 0x04, 0x05, 0xaa, 0x18, 0x0c, 0x36, 0x02 } },
	{ 22,
	    { 0xa1, 0x82, 0x00, 0x12, 0x02, 0x01, 0x01, 0x02, 0x01, 0x3b, 0x30,
		0x0a, 0x04, 0x01, 0x0f, 0x04, 0x05, 0xaa, 0x18, 0x0c, 0x36,
		0x02 } },
	/* An alerting pattern, and a number of three octets. */
	{ 28,
	    { 0xa1, 0x1a, 0x02, 0x01, 0x01, 0x02, 0x01, 0x3b, 0x30, 0x12, 0x04,
		0x01, 0x0f, 0x04, 0x05, 0xaa, 0x18, 0x0c, 0x36, 0x02, 0x84,
		0x01, 0x05, 0x80, 0x03, 0x91, 0x21, 0x43 } },
};

START_TEST(long_lengths_and_unknown_elements_change_nothing)
{
	struct ss_component component;

	memset(&component, 0xa5, sizeof(component));
	ck_assert_int_eq(
	    ss_component_read(odds[_i].octets, odds[_i].length, &component),
	    DONE);
	assert_same(&component, &vectors[0].component);
}
END_TEST

static const struct hostile {
	size_t length;
	uint8_t octets[16];
} hostiles[] = {
	{ 2, { 0xa1, 0x80 } }, /* a length without end */
	{ 3, { 0xa1, 0x83, 0x01 } }, /* a length of a length */
	{ 6, { 0xa1, 0x84, 0xff, 0xff, 0xff, 0xff } },
	{ 4, { 0xa1, 0x82, 0xff, 0xff } },
	{ 5, { 0xa1, 0x03, 0x02, 0x04, 0x01 } }, /* longer than its envelope */
	{ 8, { 0xa1, 0x06, 0x02, 0x02, 0x00, 0x01, 0x02, 0x00 } },
	{ 8, { 0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x3b } },
	{ 10, { 0xa2, 0x08, 0x02, 0x01, 0x01, 0x30, 0x03, 0x04, 0x01, 0x3b } },
	{ 0, { 0 } },
};

START_TEST(what_is_no_component_is_refused)
{
	struct ss_component component;

	ck_assert_int_eq(ss_component_read(hostiles[_i].octets,
			     hostiles[_i].length, &component),
	    REFUSED);
}
END_TEST

/* Every octet of every vector, replaced by everything. */
START_TEST(a_changed_octet_never_reads_beyond_its_component)
{
	const struct vector *vector = &vectors[_i];
	struct ss_component component;

	for (size_t at = 0; at < vector->length; at++) {
		for (unsigned value = 0; value < 256; value++) {
			/* On the heap and of its size, so that one octet too
			 * far is found. */
			uint8_t *octets = malloc(vector->length);

			memcpy(octets, vector->octets, vector->length);
			octets[at] = (uint8_t)value;
			if (ss_component_read(
				octets, vector->length, &component) == DONE)
				ck_assert_uint_le(
				    component.string.length, USSD_OCTETS_MOST);
			free(octets);
		}
	}
}
END_TEST

static Suite *
suite_of_ss_component(void)
{
	Suite *suite = suite_create("ss_component");
	TCase *tcase = tcase_create("ss_component");
	int count = (int)COUNT_OF(vectors);

	tcase_add_loop_test(tcase,
	    long_lengths_and_unknown_elements_change_nothing, 0,
	    COUNT_OF(odds));
	tcase_add_loop_test(
	    tcase, a_component_is_written_as_networks_write_it, 0, count);
	tcase_add_loop_test(tcase, a_component_of_a_network_is_read, 0, count);
	tcase_add_loop_test(tcase, a_string_of_every_length_comes_back, 0,
	    USSD_OCTETS_MOST + 1);
	tcase_add_loop_test(
	    tcase, no_cut_and_no_octet_more_is_a_component, 0, count);
	tcase_add_loop_test(
	    tcase, what_is_no_component_is_refused, 0, COUNT_OF(hostiles));
	tcase_add_loop_test(
	    tcase, a_changed_octet_never_reads_beyond_its_component, 0, count);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_ss_component);
