#include "store/audit.h"

#include <sys/wait.h>

#include "store/statement.h"
#include "tests/store_fixture.h"

enum { ROWS = 7 };

static void
add(int64_t at_utc_s, int64_t staff, const char *what, const char *ref,
    const char *detail)
{
	struct audit_entry entry = { at_utc_s, staff, what, ref, detail };

	MUST(store_begin(fixture_store));
	MUST(audit_add(fixture_store, &entry));
	MUST(store_commit(fixture_store));
}

static void
open_with_rows(void)
{
	fixture_open();
	MUST(store_begin(fixture_store));
	MUST(staff_add(fixture_store, "Sita", "lead", "password one",
	    fixture_secret, 1000));
	MUST(store_commit(fixture_store));
	for (int i = 1; i <= ROWS; i++)
		add(1000 + i, i % 2, i % 2 ? "claimed" : "tidied",
		    i % 2 ? "KM7P4" : "", "words");
}

/* Runs SQL on the store's file behind its back. */
static enum outcome
tamper(const char *script)
{
	struct database *database;
	enum outcome outcome;

	MUST(database_open(fixture_store_path, DATABASE_WRITE, &database));
	outcome = database_script(database, script);
	database_close(database);
	return (outcome);
}

static struct audit_verdict
verdict_of(const struct audit_noted *noted, enum outcome expected)
{
	struct audit_verdict verdict;

	memset(&verdict, 0xa5, sizeof(verdict));
	ck_assert_int_eq(
	    audit_verify(fixture_store, noted, &verdict), expected);
	return (verdict);
}

static struct audit_noted
note_head(void)
{
	struct audit_verdict verdict = verdict_of(NULL, DONE);
	struct audit_head_text text = audit_head_text(&verdict.head);
	struct audit_noted noted;

	memset(&noted, 0xa5, sizeof(noted));
	MUST(audit_noted_read(text.text, &noted));
	return (noted);
}

START_TEST(an_empty_trail_holds)
{
	struct audit_verdict verdict;

	fixture_open();
	verdict = verdict_of(NULL, DONE);
	ck_assert_int_eq(verdict.head.id, 0);
	ck_assert_int_eq(verdict.broken_id, 0);
	fixture_close();
}
END_TEST

START_TEST(a_trail_holds_and_its_head_is_found_again)
{
	struct audit_noted noted = note_head();
	struct audit_verdict verdict;

	ck_assert_int_eq(noted.id, ROWS);
	add(9000, 1, "closed", "KM7P4", "");
	verdict = verdict_of(&noted, DONE);
	ck_assert_int_eq(verdict.head.id, ROWS + 1);
	fixture_reopen();
	verdict = verdict_of(&noted, DONE);
}
END_TEST

static const char lift[] =
    "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_erased;"
    " DROP TRIGGER audit_is_not_replaced;";

/* What somebody with the file does, and the first row that breaks. */
static const struct {
	const char *script;
	int64_t broken_id;
} changes[] = {
	{ "UPDATE audit SET at_utc_s = 1 WHERE id = 3", 3 },
	{ "UPDATE audit SET staff = 2 WHERE id = 3", 3 },
	{ "UPDATE audit SET what = 'passed' WHERE id = 1", 1 },
	{ "UPDATE audit SET ref = 'KM7P5' WHERE id = 7", 7 },
	{ "UPDATE audit SET detail = 'word' WHERE id = 4", 4 },
	{ "UPDATE audit SET ref = ref || 'w', detail = 'ords' WHERE id = 4",
	    4 },
	{ "UPDATE audit SET hash = zeroblob(32) WHERE id = 5", 5 },
	{ "DELETE FROM audit WHERE id = 1", 2 },
	{ "DELETE FROM audit WHERE id = 4", 5 },
	{ ("DELETE FROM audit WHERE id = 4;"
	   " UPDATE audit SET id = id - 1 WHERE id > 4"),
	    4 },
	{ ("INSERT INTO audit SELECT 8, at_utc_s, staff, what, ref, detail, hash"
	   " FROM audit WHERE id = 7"),
	    8 },
	{ ("INSERT INTO audit SELECT 99, at_utc_s, staff, what, ref, detail,"
	   " hash FROM audit WHERE id = 7"),
	    99 },
};

START_TEST(the_first_row_that_was_meddled_with_is_found)
{
	MUST(tamper(lift));
	MUST(tamper(changes[_i].script));
	ck_assert_int_eq(
	    verdict_of(NULL, REFUSED).broken_id, changes[_i].broken_id);
}
END_TEST

START_TEST(rows_are_neither_changed_nor_erased_nor_replaced)
{
	static const char *const scripts[] = {
		"UPDATE audit SET what = 'x' WHERE id = 1",
		"DELETE FROM audit",
		"INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE id = 2",
		("REPLACE INTO audit SELECT 3, 0, 0, 'x', '', '', hash"
		 " FROM audit WHERE id = 2"),
	};

	ck_assert_int_ne(tamper(scripts[_i]), DONE);
	ck_assert_int_eq(verdict_of(NULL, DONE).head.id, ROWS);
}
END_TEST

START_TEST(an_end_that_was_cut_off_shows_against_a_noted_head)
{
	struct audit_noted noted = note_head();
	struct audit_verdict verdict;

	MUST(tamper(lift));
	MUST(tamper("DELETE FROM audit WHERE id > 5"));
	verdict = verdict_of(NULL, DONE);
	verdict = verdict_of(&noted, REFUSED);
	ck_assert_int_eq(verdict.is_cut_off, 1);
	ck_assert_int_eq(verdict.broken_id, 0);
	ck_assert_int_eq(verdict.head.id, 5);
}
END_TEST

START_TEST(a_trail_written_anew_shows_against_a_noted_head)
{
	struct audit_noted noted = note_head();
	struct audit_verdict verdict;

	MUST(tamper(lift));
	MUST(tamper("DELETE FROM audit"));
	for (int i = 1; i <= ROWS + 1; i++)
		add(1000, 0, "tidied", "", "");
	verdict = verdict_of(NULL, DONE);
	verdict = verdict_of(&noted, REFUSED);
	ck_assert_int_eq(verdict.is_rewritten, 1);
	ck_assert_int_eq(verdict.is_cut_off, 0);
}
END_TEST

START_TEST(a_head_is_read_as_people_write_it)
{
	static const struct {
		const char *text;
		enum outcome outcome;
	} vectors[] = {
		{ "7:0123456789abcdef", DONE },
		{ " 7 : 0123-4567-89AB CDEF 01", DONE },
		{ "7:0123456789abcde", REFUSED },
		{ "0:0123456789abcdef", REFUSED },
		{ "7 0123456789abcdef", REFUSED },
		{ "7:0123456789abcdeg", REFUSED },
		{ ":0123456789abcdef", REFUSED },
		{ "", REFUSED },
		{ "7:0123456789abcdef0123456789abcdef0123456789abcdef0123456789"
		  "abcdef0",
		    REFUSED },
	};
	struct audit_noted noted;

	ck_assert_int_eq(
	    audit_noted_read(vectors[_i].text, &noted), vectors[_i].outcome);
	if (vectors[_i].outcome != DONE)
		return;
	ck_assert_int_eq(noted.id, 7);
	ck_assert_int_eq(strncmp(noted.digits, "0123456789abcdef", 16), 0);
}
END_TEST

START_TEST(a_page_is_newest_first_and_goes_on_before_its_last)
{
	struct audit_filter filter = { .since_utc_s = INT64_MIN, .most = 3 };
	struct audit_list list;
	int64_t expected = ROWS;

	for (int page = 0; page < 3; page++) {
		MUST(audit_read(fixture_store, &filter, &list));
		for (size_t i = 0; i < list.count; i++)
			ck_assert_int_eq(list.items[i].id, expected--);
		filter.before_id = list.items[list.count - 1].id;
		free(list.items);
	}
	ck_assert_int_eq(expected, 0);
	MUST(audit_read(fixture_store, &filter, &list));
	ck_assert_uint_eq(list.count, 0);
	free(list.items);
}
END_TEST

START_TEST(a_list_holds_what_was_asked_for)
{
	struct audit_filter filter = {
		.ref = "KM7P4", .since_utc_s = 1003, .most = 100
	};
	struct audit_list list;

	MUST(audit_read(fixture_store, &filter, &list));
	ck_assert_uint_eq(list.count, 3);
	ck_assert_int_eq(list.items[2].id, 3);
	ck_assert_str_eq(list.items[2].staff_name, "Sita");
	ck_assert_str_eq(list.items[2].what, "claimed");
	ck_assert_str_eq(list.items[2].detail, "words");
	ck_assert_int_eq(list.items[2].at_utc_s, 1003);
	free(list.items);
	filter.ref = "";
	MUST(audit_read(fixture_store, &filter, &list));
	ck_assert_uint_eq(list.count, 0);
	free(list.items);
}
END_TEST

START_TEST(a_detail_is_cut_between_two_characters)
{
	struct audit_filter filter = { .since_utc_s = 5000, .most = 1 };
	struct text detail = { 0 };
	struct audit_list list;

	text_add_byte(&detail, 'x');
	for (int i = 0; i < AUDIT_DETAIL_MAX_BYTES; i++)
		text_add(&detail, "é");
	add(5000, 0, "tidied", "", text_string(&detail));
	MUST(audit_read(fixture_store, &filter, &list));
	ck_assert_uint_eq(
	    strlen(list.items[0].detail), AUDIT_DETAIL_MAX_BYTES - 1);
	free(list.items);
	text_free(&detail);
	(void)verdict_of(NULL, DONE);
}
END_TEST

START_TEST(what_cannot_be_kept_is_a_mistake_of_ours)
{
	static const struct audit_entry entries[] = {
		{ 1, 0, "", "", "" },
		{ 1, 0, "123456789 123456789 123456789 123456789 12345678", "",
		    "" },
		{ 1, 0, "claimed", "KM7P4KM7", "" },
	};

	MUST(store_begin(fixture_store));
	ck_assert_int_eq(audit_add(fixture_store, &entries[_i]), BROKEN);
	store_rollback(fixture_store);
	ck_assert_int_eq(audit_add(fixture_store,
			     &(struct audit_entry){ 1, 0, "claimed", "", "" }),
	    BROKEN);
}
END_TEST

START_TEST(what_is_rolled_back_leaves_no_row)
{
	MUST(store_begin(fixture_store));
	MUST(audit_add(fixture_store,
	    &(struct audit_entry){ 1, 0, "claimed", "KM7P4", "" }));
	store_rollback(fixture_store);
	ck_assert_int_eq(verdict_of(NULL, DONE).head.id, ROWS);
	add(2000, 1, "claimed", "KM7P4", "");
	ck_assert_int_eq(verdict_of(NULL, DONE).head.id, ROWS + 1);
}
END_TEST

/* Writes so many rows over a connection of its own. */
static int
write_rows(int count)
{
	struct audit_entry entry = { 3000, 1, "claimed", "KM7P4", "" };
	struct store *store;

	if (store_open(fixture_store_path, STORE_DESK, fixture_box, &store) !=
	    DONE)
		return (1);
	for (int i = 0; i < count; i++) {
		if (store_begin(store) != DONE ||
		    audit_add(store, &entry) != DONE ||
		    store_commit(store) != DONE)
			return (1);
	}
	store_close(store);
	return (0);
}

START_TEST(several_who_write_at_once_make_one_chain)
{
	enum { WRITERS = 3, EACH = 40 };
	pid_t writers[WRITERS];

	store_close(fixture_store);
	fixture_store = NULL;
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = fork();
		if (writers[i] == 0)
			_exit(write_rows(EACH));
	}
	for (int i = 0; i < WRITERS; i++) {
		int status = -1;

		ck_assert_int_eq(waitpid(writers[i], &status, 0), writers[i]);
		ck_assert_int_eq(status, 0);
	}
	MUST(store_open(
	    fixture_store_path, STORE_HUB, fixture_box, &fixture_store));
	ck_assert_int_eq(verdict_of(NULL, DONE).head.id, ROWS + WRITERS * EACH);
}
END_TEST

static Suite *
suite_of_audit(void)
{
	Suite *suite = suite_create("audit");
	TCase *empty = tcase_create("empty");
	TCase *tests = tcase_create("trail");

	tcase_add_test(empty, an_empty_trail_holds);
	suite_add_tcase(suite, empty);
	tcase_add_checked_fixture(tests, open_with_rows, fixture_close);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, a_trail_holds_and_its_head_is_found_again);
	tcase_add_loop_test(tests, the_first_row_that_was_meddled_with_is_found,
	    0, COUNT_OF(changes));
	tcase_add_loop_test(
	    tests, rows_are_neither_changed_nor_erased_nor_replaced, 0, 4);
	tcase_add_test(
	    tests, an_end_that_was_cut_off_shows_against_a_noted_head);
	tcase_add_test(tests, a_trail_written_anew_shows_against_a_noted_head);
	tcase_add_loop_test(tests, a_head_is_read_as_people_write_it, 0, 9);
	tcase_add_test(
	    tests, a_page_is_newest_first_and_goes_on_before_its_last);
	tcase_add_test(tests, a_list_holds_what_was_asked_for);
	tcase_add_test(tests, a_detail_is_cut_between_two_characters);
	tcase_add_loop_test(
	    tests, what_cannot_be_kept_is_a_mistake_of_ours, 0, 3);
	tcase_add_test(tests, what_is_rolled_back_leaves_no_row);
	tcase_add_test(tests, several_who_write_at_once_make_one_chain);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_audit);
