#include "store/seal.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "tests/store_fixture.h"

static const char words[] = "my employer keeps my passport";

START_TEST(a_box_opens_with_its_key_purpose_and_row_only)
{
	struct text box = { 0 }, plain = { 0 };
	struct box_key *other;
	char *path = file_path(fixture_folder, "other.key");

	MUST(box_key_make(path));
	MUST(box_key_open(path, &other));
	seal_box(
	    fixture_box, SEAL_WALK, "row 1", 5, words, sizeof(words), &box);
	ck_assert_int_eq(seal_unbox(other, SEAL_WALK, "row 1", 5, box.bytes,
			     box.length, &plain),
	    REFUSED);
	ck_assert_int_eq(seal_unbox(fixture_box, SEAL_OUTBOX, "row 1", 5,
			     box.bytes, box.length, &plain),
	    REFUSED);
	ck_assert_int_eq(seal_unbox(fixture_box, SEAL_WALK, "row 2", 5,
			     box.bytes, box.length, &plain),
	    REFUSED);
	ck_assert_int_eq(seal_unbox(fixture_box, SEAL_WALK, "row 1", 4,
			     box.bytes, box.length, &plain),
	    REFUSED);
	ck_assert_uint_eq(plain.length, 0);
	MUST(seal_unbox(
	    fixture_box, SEAL_WALK, "row 1", 5, box.bytes, box.length, &plain));
	ck_assert_uint_eq(plain.length, sizeof(words));
	ck_assert_mem_eq(plain.bytes, words, sizeof(words));
	text_free(&box);
	text_free(&plain);
	box_key_close(other);
	free(path);
}
END_TEST

START_TEST(a_box_with_any_bit_turned_or_byte_missing_does_not_open)
{
	struct text box = { 0 }, plain = { 0 };

	seal_box(fixture_box, SEAL_NUMBER, "r", 1, "+9779812345678", 14, &box);
	for (size_t i = 0; i < box.length; i++) {
		box.bytes[i] ^= 0x20;
		ck_assert_int_eq(seal_unbox(fixture_box, SEAL_NUMBER, "r", 1,
				     box.bytes, box.length, &plain),
		    REFUSED);
		box.bytes[i] ^= 0x20;
		ck_assert_int_eq(seal_unbox(fixture_box, SEAL_NUMBER, "r", 1,
				     box.bytes, i, &plain),
		    REFUSED);
	}
	ck_assert_uint_eq(plain.length, 0);
	text_free(&box);
}
END_TEST

START_TEST(lengths_are_hidden_in_steps_of_64)
{
	static const struct {
		size_t plain;
		size_t box;
	} vectors[] = { { 0, 104 }, { 1, 104 }, { 63, 104 }, { 64, 168 },
		{ 127, 168 }, { 128, 232 }, { 5000, 5096 } };
	char *plain = memory_new(5000, 1);
	struct text box = { 0 }, opened = { 0 };

	memset(plain, 'x', 5000);
	seal_box(
	    fixture_box, SEAL_WALK, "r", 1, plain, vectors[_i].plain, &box);
	ck_assert_uint_eq(box.length, vectors[_i].box);
	MUST(seal_unbox(
	    fixture_box, SEAL_WALK, "r", 1, box.bytes, box.length, &opened));
	ck_assert_uint_eq(opened.length, vectors[_i].plain);
	text_free(&box);
	text_free(&opened);
	free(plain);
}
END_TEST

START_TEST(two_boxes_of_the_same_words_differ)
{
	struct text one = { 0 }, two = { 0 };

	seal_box(fixture_box, SEAL_WALK, "r", 1, words, sizeof(words), &one);
	seal_box(fixture_box, SEAL_WALK, "r", 1, words, sizeof(words), &two);
	ck_assert_mem_ne(one.bytes, two.bytes, 64);
	text_free(&one);
	text_free(&two);
}
END_TEST

START_TEST(a_number_has_one_key_under_one_box_key)
{
	struct person a = person_of(1), again = person_of(1);
	struct person b = person_of(2);

	ck_assert_mem_eq(&a.key, &again.key, sizeof(a.key));
	ck_assert_mem_ne(&a.key, &b.key, sizeof(a.key));
}
END_TEST

START_TEST(a_key_file_that_others_read_or_of_a_wrong_size_is_refused)
{
	char *path = file_path(fixture_folder, "box.key");
	struct box_key *key = fixture_secret == NULL ? NULL : fixture_box;
	struct stat facts;

	ck_assert_int_eq(stat(path, &facts), 0);
	ck_assert_int_eq(facts.st_mode & 0777, 0600);
	ck_assert_int_eq(box_key_make(path), REFUSED);
	ck_assert_int_eq(chmod(path, 0640), 0);
	ck_assert_int_eq(box_key_open(path, &key), REFUSED);
	ck_assert_int_eq(chmod(path, 0600), 0);
	ck_assert_int_eq(truncate(path, 31), 0);
	ck_assert_int_eq(box_key_open(path, &key), REFUSED);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(box_key_open(path, &key), NOTHING);
	ck_assert_int_eq(box_key_open(fixture_folder, &key), REFUSED);
	ck_assert_ptr_eq(key, fixture_box);
	free(path);
}
END_TEST

START_TEST(what_an_epoch_sealed_opens_by_the_team_alone)
{
	struct epoch_key *epoch = epoch_key_make(), *opened = NULL;
	struct text wrapped = { 0 }, sealed = { 0 }, plain = { 0 };
	struct team_public other_public;
	struct team_secret *other_secret;

	team_make(&other_public, &other_secret);
	epoch_key_wrap(epoch, &fixture_team, &wrapped);
	seal_text(epoch, SEAL_CASE_TEXT, words, sizeof(words), &sealed);
	ck_assert_int_eq(epoch_key_unwrap(wrapped.bytes, wrapped.length,
			     &other_public, other_secret, &opened),
	    REFUSED);
	ck_assert_int_eq(epoch_key_unwrap(wrapped.bytes, wrapped.length - 1,
			     &fixture_team, fixture_secret, &opened),
	    REFUSED);
	ck_assert_ptr_null(opened);
	MUST(epoch_key_unwrap(wrapped.bytes, wrapped.length, &fixture_team,
	    fixture_secret, &opened));
	ck_assert_int_eq(seal_open(opened, SEAL_ANSWERS, sealed.bytes,
			     sealed.length, &plain),
	    REFUSED);
	MUST(seal_open(
	    opened, SEAL_CASE_TEXT, sealed.bytes, sealed.length, &plain));
	ck_assert_str_eq(plain.bytes, words);
	epoch_key_close(epoch);
	epoch_key_close(opened);
	team_secret_close(other_secret);
	text_free(&wrapped);
	text_free(&sealed);
	text_free(&plain);
}
END_TEST

START_TEST(the_secret_unwraps_with_its_password_only)
{
	struct text wrapped = { 0 }, again = { 0 };
	struct team_secret *opened = NULL;
	struct epoch_key *epoch = epoch_key_make(), *unwrapped = NULL;
	struct text key = { 0 };

	team_secret_wrap(fixture_secret, "correct horse", &wrapped);
	team_secret_wrap(fixture_secret, "correct horse", &again);
	ck_assert_mem_ne(wrapped.bytes, again.bytes, wrapped.length);
	ck_assert_int_eq(team_secret_unwrap(wrapped.bytes, wrapped.length,
			     "correct hors", &opened),
	    REFUSED);
	ck_assert_ptr_null(opened);
	MUST(team_secret_unwrap(
	    wrapped.bytes, wrapped.length, "correct horse", &opened));
	epoch_key_wrap(epoch, &fixture_team, &key);
	MUST(epoch_key_unwrap(
	    key.bytes, key.length, &fixture_team, opened, &unwrapped));
	epoch_key_close(epoch);
	epoch_key_close(unwrapped);
	team_secret_close(opened);
	text_free(&wrapped);
	text_free(&again);
	text_free(&key);
}
END_TEST

START_TEST(a_damaged_wrapping_is_refused_before_it_costs_memory)
{
	struct text wrapped = { 0 };
	struct team_secret *opened = NULL;
	static const size_t places[] = { 0, 1, 2, 5, 6, 30, 70 };

	team_secret_wrap(fixture_secret, "correct horse", &wrapped);
	wrapped.bytes[places[_i]] = (char)(wrapped.bytes[places[_i]] ^ 0x7f);
	ck_assert_int_eq(team_secret_unwrap(wrapped.bytes, wrapped.length,
			     "correct horse", &opened),
	    REFUSED);
	ck_assert_int_eq(
	    team_secret_unwrap(wrapped.bytes, 5, "correct horse", &opened),
	    REFUSED);
	ck_assert_ptr_null(opened);
	text_free(&wrapped);
}
END_TEST

START_TEST(recovery_keys_are_long_and_use_clear_signs_only)
{
	struct recovery_key key, other;

	memset(&key, 0xa5, sizeof(key));
	recovery_key_make(&key);
	recovery_key_make(&other);
	ck_assert_uint_eq(strlen(key.text), 47);
	ck_assert_str_ne(key.text, other.text);
	for (int i = 0; i < 47; i++) {
		if (i % 6 == 5)
			ck_assert_int_eq(key.text[i], '-');
		else
			ck_assert_ptr_nonnull(
			    strchr("ACDEFGHJKMNPQRTWXY34679", key.text[i]));
	}
}
END_TEST

START_TEST(a_process_with_keys_leaves_no_core)
{
	struct rlimit limit = { 1, 1 };

	ck_assert_int_eq(getrlimit(RLIMIT_CORE, &limit), 0);
	ck_assert_uint_eq(limit.rlim_cur, 0);
	ck_assert_uint_eq(limit.rlim_max, 0);
#ifndef SANITIZED
	ck_assert_int_eq(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
#endif
}
END_TEST

static Suite *
suite_of_seal(void)
{
	Suite *suite = suite_create("seal");
	TCase *tests = tcase_create("seal");

	tcase_add_checked_fixture(tests, fixture_make_keys, fixture_close);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, a_box_opens_with_its_key_purpose_and_row_only);
	tcase_add_test(
	    tests, a_box_with_any_bit_turned_or_byte_missing_does_not_open);
	tcase_add_loop_test(tests, lengths_are_hidden_in_steps_of_64, 0, 7);
	tcase_add_test(tests, two_boxes_of_the_same_words_differ);
	tcase_add_test(tests, a_number_has_one_key_under_one_box_key);
	tcase_add_test(
	    tests, a_key_file_that_others_read_or_of_a_wrong_size_is_refused);
	tcase_add_test(tests, what_an_epoch_sealed_opens_by_the_team_alone);
	tcase_add_test(tests, the_secret_unwraps_with_its_password_only);
	tcase_add_loop_test(
	    tests, a_damaged_wrapping_is_refused_before_it_costs_memory, 0, 7);
	tcase_add_test(tests, recovery_keys_are_long_and_use_clear_signs_only);
	tcase_add_test(tests, a_process_with_keys_leaves_no_core);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_seal);
