/* What is kept ends: by the clock of its outcome, or on the word of two; and
 * then no file of the helpline holds a word of it. */
#include <dirent.h>
#include <sqlite3.h>

#include "gateway/base/file.h"
#include "gateway/desk/case_erase.h"
#include "gateway/desk/case_facts_set.h"
#include "gateway/desk/case_referral.h"
#include "store/retention.h"
#include "tests/check_main.h"
#include "tests/desk_world.h"

#define REF      "KM7P4"
#define HOUSE    "Asha House"
#define HER_NAME "Durga-of-the-test"
#define HER_TEXT "they-took-my-passport-on-the-ninth"
#define OUR_NOTE "brother-in-Pokhara-knows"
#define REPLY    "we-are-here-for-you-today"
#define OUTCOME  "advice given"
#define LABEL    "label-of-the-test"

enum { DAY_S = 86400 };

static struct world world;
static struct text key_words;

/* The first column of a query, read beside the store. */
static void
read_beside(const char *query, struct text *value)
{
	char *path = file_path(world.folder, "waymark.db");
	sqlite3 *connection;
	sqlite3_stmt *statement;

	ck_assert_int_eq(
	    sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY, NULL),
	    SQLITE_OK);
	ck_assert_int_eq(
	    sqlite3_prepare_v2(connection, query, -1, &statement, NULL),
	    SQLITE_OK);
	if (sqlite3_step(statement) == SQLITE_ROW)
		text_add_bytes(value, sqlite3_column_blob(statement, 0),
		    (size_t)sqlite3_column_bytes(statement, 0));
	sqlite3_finalize(statement);
	sqlite3_close(connection);
	free(path);
}

/* Whether these bytes stand in the store, its log, or any file beside it. */
static int
holds_bytes(const void *bytes, size_t length)
{
	DIR *entries = opendir(world.folder);
	const struct dirent *entry;
	int found = 0;

	ck_assert_ptr_nonnull(entries);
	while ((entry = readdir(entries)) != NULL) {
		char *path = file_path(world.folder, entry->d_name);
		struct text content = { 0 };

		if (entry->d_type == DT_REG &&
		    file_read(path, 1 << 26, &content) == DONE &&
		    content.length > 0)
			found |= memmem(content.bytes, content.length, bytes,
				     length) != NULL;
		text_free(&content);
		free(path);
	}
	closedir(entries);
	return (found);
}

static void
add_partner(void)
{
	struct partner partner = { .name = HOUSE, .has_key = 1 };
	int64_t id;

	sealed_file_make_pair(&partner.key, &key_words);
	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(
	    partners_put(world.store, &partner, WORLD_NOW_UTC_S, &id), DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
}

static void
answer_request(void)
{
	struct request request = world_request(&world, REF);

	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(
	    requests_update(world.store, request.id, URGENCY_HIGH, "yes", 0,
		"name\tWhat name can we call you?\t" HER_NAME "\n",
		WORLD_NOW_UTC_S),
	    DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
}

static void
refer(void)
{
	const char *fields[] = { "name", "number" };
	struct referral_pass pass = {
		.form = REFERRAL_FILE, .fields = fields, .field_count = 2
	};
	struct referral_errand step = { .errand = { .worker = &world.sita,
					    .ref = REF,
					    .now_utc_s = WORLD_NOW_UTC_S },
		.partner = HOUSE };
	struct text out = { 0 };

	ck_assert_int_eq(case_referral_note(&step, "agreed: " HER_NAME), DONE);
	ck_assert_int_eq(case_referral_pass(&step, &pass, &out), DONE);
	text_free(&out);
}

/* A case with everything a case can have, claimed by Sita. */
static void
open_world(void)
{
	struct case_reply reply = { .text = REPLY };
	struct text trouble = { 0 };
	unsigned parts;

	world_open(&world);
	add_partner();
	world_add_request(&world, REF, WORLD_NUMBER);
	answer_request();
	world_add_text(&world, REF, HER_TEXT);
	ck_assert_int_eq(
	    cases_claim(world_errand(&world, &world.sita, REF)), DONE);
	ck_assert_int_eq(
	    cases_note(world_errand(&world, &world.sita, REF), OUR_NOTE), DONE);
	ck_assert_int_eq(
	    cases_reply(world_errand(&world, &world.sita, REF), &reply, &parts),
	    DONE);
	ck_assert_int_eq(cases_set_fact(world_errand(&world, &world.sita, REF),
			     "wmk_AgeBand", "18-24", &trouble),
	    DONE);
	ck_assert_int_eq(
	    cases_label(world_errand(&world, &world.sita, REF), LABEL), DONE);
	refer();
	text_free(&trouble);
}

static void
close_world(void)
{
	text_free(&key_words);
	world_close(&world);
}

static void
close_case(void)
{
	struct case_sheet sheet;

	/* Looking at it makes it read. */
	ck_assert_int_eq(
	    cases_show(world_errand(&world, &world.sita, REF), 0, &sheet),
	    DONE);
	case_sheet_free(&sheet);
	ck_assert_int_eq(
	    cases_close(world_errand(&world, &world.sita, REF), OUTCOME), DONE);
}

static const struct retention_rule rules[] = { { "Advice given", 30 },
	{ "referred", 90000 } };
static const struct retention retention = { 365, rules, COUNT_OF(rules) };

/* The hub's hourly tidying, so often that its own time has caught up. */
static size_t
run_until(int64_t now_utc_s)
{
	size_t sum = 0;

	for (int i = 0; i < 1000; i++) {
		size_t erased;

		ck_assert_int_eq(
		    retention_run(world.store, &retention, now_utc_s, &erased),
		    DONE);
		sum += erased;
	}
	return (sum);
}

/* Whether what is sealed of the case is still in any file. */
static void
holds_nothing_of_the_case(const struct text *sealed)
{
	static const char *const words[] = { HER_NAME, HER_TEXT, OUR_NOTE,
		REPLY, WORLD_NUMBER, "9841234567", OUTCOME, LABEL, "18-24",
		"wmk_AgeBand" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		ck_assert_msg(
		    !world_holds(&world, words[i]), "%s is there", words[i]);
	ck_assert_int_eq(holds_bytes(sealed->bytes, sealed->length), 0);
}

/* Every sealed or boxed thing of the case as it stands in the store. */
struct sealed_things {
	struct text items[16];
	size_t count;
};

static void
find_sealed(struct sealed_things *things)
{
	static const char *const queries[] = {
		"SELECT number FROM requests WHERE number IS NOT NULL",
		"SELECT answers FROM requests WHERE answers IS NOT NULL",
		"SELECT caller FROM requests WHERE caller IS NOT NULL",
		"SELECT content FROM case_texts ORDER BY id LIMIT 1",
		"SELECT content FROM case_texts ORDER BY id DESC LIMIT 1",
		"SELECT content FROM case_facts",
		"SELECT content FROM referral_parts ORDER BY id LIMIT 1",
		"SELECT content FROM outbox WHERE content IS NOT NULL",
	};

	things->count = COUNT_OF(queries);
	for (size_t i = 0; i < things->count; i++) {
		read_beside(queries[i], &things->items[i]);
		ck_assert_msg(things->items[i].length > 0, "%s", queries[i]);
		ck_assert_int_eq(holds_bytes(things->items[i].bytes,
				     things->items[i].length),
		    1);
	}
}

static void
empty_log(void)
{
	ck_assert_int_eq(store_empty_log(world.store), DONE);
}

/* -- the clock -------------------------------------------------------------- */

START_TEST(a_closed_case_ends_by_the_clock_of_its_outcome)
{
	close_case();
	ck_assert_uint_eq(run_until(WORLD_NOW_UTC_S + 29 * DAY_S), 0);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_CLOSED);
	ck_assert_uint_eq(run_until(WORLD_NOW_UTC_S + 31 * DAY_S), 1);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_FORGOTTEN);
	ck_assert_str_eq(world_request(&world, REF).outcome, "");
	ck_assert_int_eq(
	    world_count_events(&world, REF, "kept long enough"), 1);
}
END_TEST

START_TEST(an_open_case_is_held)
{
	ck_assert_uint_eq(run_until(WORLD_NOW_UTC_S + 3000 * DAY_S), 0);
	ck_assert_int_eq(
	    cases_pass(world_errand(&world, &world.sita, REF)), DONE);
	ck_assert_uint_eq(run_until(WORLD_NOW_UTC_S + 3000 * DAY_S), 0);
}
END_TEST

START_TEST(a_case_with_texts_nobody_read_is_held)
{
	close_case();
	world_add_text(&world, REF, "one more thing");
	ck_assert_uint_eq(run_until(WORLD_NOW_UTC_S + 3000 * DAY_S), 0);
}
END_TEST

START_TEST(no_clock_runs_longer_than_the_hard_maximum)
{
	static const struct retention forever = { 1 << 20, NULL, 0 };

	ck_assert_int_eq((int)retention_days(&retention, "referred"),
	    RETENTION_HARD_MOST_DAYS);
	ck_assert_int_eq(
	    (int)retention_days(&forever, ""), RETENTION_HARD_MOST_DAYS);
	ck_assert_int_eq((int)retention_days(&retention, "ADVICE GIVEN"), 30);
	ck_assert_int_eq((int)retention_days(&retention, "else"), 365);
}
END_TEST

START_TEST(a_clock_that_jumps_a_year_erases_nothing_for_days)
{
	size_t erased;

	close_case();
	ck_assert_int_eq(
	    retention_run(world.store, &retention, WORLD_NOW_UTC_S, &erased),
	    DONE);
	for (int hour = 0; hour < 14; hour++) {
		ck_assert_int_eq(retention_run(world.store, &retention,
				     WORLD_NOW_UTC_S + 400 * DAY_S, &erased),
		    DONE);
		ck_assert_uint_eq(erased, 0);
	}
	/* Somebody set it right again: as if nothing had been. */
	ck_assert_int_eq(retention_run(world.store, &retention,
			     WORLD_NOW_UTC_S + DAY_S, &erased),
	    DONE);
	ck_assert_uint_eq(run_until(WORLD_NOW_UTC_S + 29 * DAY_S), 0);
}
END_TEST

START_TEST(what_the_clock_erases_is_in_no_file)
{
	struct sealed_things things = { 0 };
	struct partner partner;

	find_sealed(&things);
	close_case();
	ck_assert_uint_eq(run_until(WORLD_NOW_UTC_S + 31 * DAY_S), 1);
	empty_log();
	for (size_t i = 0; i < things.count; i++) {
		holds_nothing_of_the_case(&things.items[i]);
		text_free(&things.items[i]);
	}
	/* It was passed rightly: nothing is to be told. */
	ck_assert_int_eq(partners_find(world.store, HOUSE, &partner), DONE);
	ck_assert_int_eq((int)partner.to_tell, 0);
}
END_TEST

START_TEST(a_caller_with_another_case_stays_known_for_that_one)
{
	struct request request = world_request(&world, REF);
	struct caller_key key = request.caller;
	struct caller caller;

	close_case();
	world_add_request(&world, "Q3QAC", WORLD_NUMBER);
	ck_assert_uint_eq(run_until(WORLD_NOW_UTC_S + 31 * DAY_S), 1);
	ck_assert_int_eq(callers_find(world.store, &key, &caller), DONE);
	ck_assert_int_eq(world_request(&world, "Q3QAC").state, REQUEST_OPEN);
}
END_TEST

START_TEST(who_said_stop_stays_stopped_without_a_number)
{
	struct request request = world_request(&world, REF);
	struct caller_key key = request.caller;
	struct number number;
	struct caller caller;

	close_case();
	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(callers_find(world.store, &key, &caller), DONE);
	ck_assert_int_eq(callers_number(world.store, &key, &number), DONE);
	caller.is_stopped = 1;
	ck_assert_int_eq(callers_put(world.store, &caller, &number), DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
	ck_assert_uint_eq(run_until(WORLD_NOW_UTC_S + 31 * DAY_S), 1);
	ck_assert_int_eq(callers_find(world.store, &key, &caller), DONE);
	ck_assert_int_eq(caller.is_stopped, 1);
	ck_assert_int_eq(callers_number(world.store, &key, &number), NOTHING);
}
END_TEST

/* -- on the word of two ----------------------------------------------------- */

#define WHY "she asked us to, by voice"

START_TEST(one_person_alone_erases_nothing)
{
	enum erase_result result;
	struct errand *errand = world_errand(&world, &world.sita, REF);

	ck_assert_int_eq(cases_erase(errand, WHY, &result), DONE);
	ck_assert_int_eq(result, ERASE_ASKED);
	ck_assert_int_eq(cases_erase(errand, NULL, &result), REFUSED);
	ck_assert_int_eq(result, ERASE_OWN);
	ck_assert_int_eq(cases_erase(errand, WHY, &result), REFUSED);
	ck_assert_int_eq(result, ERASE_OWN);
	ck_assert_int_eq(errand->why, CASE_FINE);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_CLAIMED);
}
END_TEST

START_TEST(two_people_erase_and_partners_are_to_be_told)
{
	struct sealed_things things = { 0 };
	struct partner partner;
	enum erase_result result;

	find_sealed(&things);
	ck_assert_int_eq(
	    cases_erase(world_errand(&world, &world.sita, REF), WHY, &result),
	    DONE);
	ck_assert_int_eq(
	    cases_erase(world_errand(&world, &world.ram, REF), NULL, &result),
	    DONE);
	ck_assert_int_eq(result, ERASE_DONE);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_FORGOTTEN);
	ck_assert_int_eq(partners_find(world.store, HOUSE, &partner), DONE);
	ck_assert_int_eq((int)partner.to_tell, 1);
	empty_log();
	for (size_t i = 0; i < things.count; i++) {
		holds_nothing_of_the_case(&things.items[i]);
		text_free(&things.items[i]);
	}
}
END_TEST

START_TEST(what_was_asked_a_week_ago_is_asked_anew)
{
	enum erase_result result;
	struct errand *errand = world_errand(&world, &world.sita, REF);

	ck_assert_int_eq(cases_erase(errand, WHY, &result), DONE);
	errand = world_errand(&world, &world.ram, REF);
	errand->now_utc_s = WORLD_NOW_UTC_S + 8 * DAY_S;
	ck_assert_int_eq(cases_erase(errand, NULL, &result), REFUSED);
	ck_assert_int_eq(result, ERASE_NOBODY_ASKED);
	ck_assert_int_eq(cases_erase(errand, WHY, &result), DONE);
	ck_assert_int_eq(result, ERASE_ASKED);
	ck_assert_int_ne(world_request(&world, REF).state, REQUEST_FORGOTTEN);
}
END_TEST

START_TEST(it_can_be_taken_back)
{
	enum erase_result result;

	ck_assert_int_eq(
	    cases_keep(world_errand(&world, &world.ram, REF), &result),
	    NOTHING);
	ck_assert_int_eq(
	    cases_erase(world_errand(&world, &world.sita, REF), WHY, &result),
	    DONE);
	ck_assert_int_eq(
	    cases_keep(world_errand(&world, &world.ram, REF), &result), DONE);
	ck_assert_int_eq(result, ERASE_TAKEN_BACK);
	ck_assert_int_eq(
	    cases_erase(world_errand(&world, &world.ram, REF), WHY, &result),
	    DONE);
	ck_assert_int_eq(result, ERASE_ASKED);
}
END_TEST

/* Who did not know that it was asked does not confirm it by asking. */
START_TEST(asking_twice_confirms_nothing)
{
	enum erase_result result;

	ck_assert_int_eq(
	    cases_erase(world_errand(&world, &world.sita, REF), WHY, &result),
	    DONE);
	ck_assert_int_eq(
	    cases_erase(world_errand(&world, &world.ram, REF), WHY, &result),
	    REFUSED);
	ck_assert_int_eq(result, ERASE_ASKED_ALREADY);
	ck_assert_int_ne(world_request(&world, REF).state, REQUEST_FORGOTTEN);
}
END_TEST

START_TEST(what_waits_is_listed_with_its_reason)
{
	enum erase_result result;
	struct erasure_list list;
	struct erasure erasure;
	struct text reason = { 0 };

	ck_assert_int_eq(
	    cases_erase(world_errand(&world, &world.sita, REF), WHY, &result),
	    DONE);
	ck_assert_int_eq(
	    cases_erasures(&world.ram, WORLD_NOW_UTC_S, &list), DONE);
	ck_assert_uint_eq(list.count, 1);
	ck_assert_str_eq(list.items[0].ref, REF);
	ck_assert_str_eq(list.items[0].asked.staff_name, "Sita");
	free(list.items);
	ck_assert_int_eq(cases_erasure(world_errand(&world, &world.ram, REF),
			     &erasure, &reason),
	    DONE);
	ck_assert_str_eq(reason.bytes, WHY);
	text_free(&reason);
	ck_assert_int_eq(
	    cases_keep(world_errand(&world, &world.ram, REF), &result), DONE);
	ck_assert_int_eq(
	    cases_erasures(&world.ram, WORLD_NOW_UTC_S, &list), DONE);
	ck_assert_uint_eq(list.count, 0);
	free(list.items);
}
END_TEST

static Suite *
suite_of_retention(void)
{
	Suite *suite = suite_create("retention");
	TCase *tests = tcase_create("retention");

	tcase_set_timeout(tests, 60);
	tcase_add_unchecked_fixture(tests, world_make_once, world_remove);
	tcase_add_checked_fixture(tests, open_world, close_world);
	tcase_add_test(tests, a_closed_case_ends_by_the_clock_of_its_outcome);
	tcase_add_test(tests, an_open_case_is_held);
	tcase_add_test(tests, a_case_with_texts_nobody_read_is_held);
	tcase_add_test(tests, no_clock_runs_longer_than_the_hard_maximum);
	tcase_add_test(
	    tests, a_clock_that_jumps_a_year_erases_nothing_for_days);
	tcase_add_test(tests, what_the_clock_erases_is_in_no_file);
	tcase_add_test(
	    tests, a_caller_with_another_case_stays_known_for_that_one);
	tcase_add_test(tests, who_said_stop_stays_stopped_without_a_number);
	tcase_add_test(tests, one_person_alone_erases_nothing);
	tcase_add_test(tests, two_people_erase_and_partners_are_to_be_told);
	tcase_add_test(tests, what_was_asked_a_week_ago_is_asked_anew);
	tcase_add_test(tests, it_can_be_taken_back);
	tcase_add_test(tests, asking_twice_confirms_nothing);
	tcase_add_test(tests, what_waits_is_listed_with_its_reason);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_retention);
