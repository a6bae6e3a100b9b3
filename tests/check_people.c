/* Who may do what with the people of the team. */
#include "gateway/desk/people.h"

#include "store/audit.h"
#include "store/statement.h"
#include "tests/check_main.h"
#include "tests/desk_world.h"

#define MUST(call) ck_assert_int_eq((call), DONE)

static struct world world;
static struct people_errand errand;

/* A helpline with lines in two countries. */
static char line_names[2][8] = { "north", "gulf" };
static char line_countries[2][8] = { "977", "974" };
static struct line_settings lines[2];
static struct settings settings;

static void
make_settings(void)
{
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		lines[i].name = line_names[i];
		lines[i].country = line_countries[i];
	}
	settings.lines = lines;
	settings.line_count = COUNT_OF(lines);
}

static void
open_world(void)
{
	make_settings();
	world_open(&world);
}

static void
close_world(void)
{
	world_close(&world);
}

static struct people_errand *
errand_of(const struct caseworker *by, const char *name)
{
	memset(&errand, 0xa5, sizeof(errand));
	errand.store = world.store;
	errand.by = by->staff;
	errand.secret = by->secret;
	errand.name = name;
	errand.now_utc_s = WORLD_NOW_UTC_S;
	return (&errand);
}

/* The newest row of the trail. */
static struct audit_row
newest(void)
{
	struct audit_filter filter = { .since_utc_s = INT64_MIN, .most = 1 };
	struct audit_list list;
	struct audit_row row = { 0 };

	MUST(audit_read(world.store, &filter, &list));
	if (list.count == 1)
		row = list.items[0];
	free(list.items);
	return (row);
}

static void
check_newest(const char *what, const char *detail)
{
	struct audit_row row = newest();

	ck_assert_str_eq(row.what, what);
	ck_assert_str_eq(row.detail, detail);
	ck_assert_int_eq(row.at_utc_s, WORLD_NOW_UTC_S);
}

static enum outcome
sign_in(const char *name, const char *password)
{
	struct team_secret *secret = NULL;
	struct staff staff;
	enum outcome outcome =
	    staff_sign_in(world.store, name, password, &staff, &secret);

	team_secret_close(secret);
	return (outcome);
}

static void
tamper(const char *script)
{
	struct text path = { 0 };
	struct database *database;

	text_printf(&path, "%s/waymark.db", world.folder);
	MUST(database_open(path.bytes, DATABASE_WRITE, &database));
	MUST(database_script(database, script));
	database_close(database);
	text_free(&path);
}

/* -- rights ----------------------------------------------------------------- */

enum action {
	ADD,
	DISABLE,
	ENABLE,
	ROLE,
	PASSWORD,
	DUTY,
	PHONE,
	CODES,
	ACTIONS
};

static enum outcome
act(enum action action, const struct caseworker *by, const char *name)
{
	struct people_errand *one = errand_of(by, name);
	struct staff_code code;
	size_t count;

	switch (action) {
	case ADD:
		return (people_add(one, "caseworker", "a password"));
	case DISABLE:
		return (people_disable(one, &count));
	case ENABLE:
		return (people_enable(one, NULL, "a password"));
	case ROLE:
		return (people_set_role(one, "lead", &count));
	case PASSWORD:
		return (people_set_password(one, "a password"));
	case DUTY:
		return (people_set_duty(one, 1, NULL));
	case PHONE:
		return (people_set_phone(one, &settings, "9812345678", ""));
	case CODES:
		return (people_make_codes(one, &code, 1));
	case ACTIONS:
		break;
	}
	return (BROKEN);
}

START_TEST(a_caseworker_changes_nobody_else_and_learns_no_names)
{
	static const char *const names[] = { "Sita", "Nobody" };
	struct audit_row before = newest();

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		ck_assert_int_eq(
		    act((enum action)_i, &world.ram, names[i]), REFUSED);
		ck_assert_int_eq(errand.why, PEOPLE_NO_RIGHT);
	}
	ck_assert_int_eq(newest().id, before.id);
}
END_TEST

START_TEST(a_caseworker_changes_what_is_their_own)
{
	static const enum action own[] = { PASSWORD, DUTY, PHONE, CODES };

	for (size_t i = 0; i < COUNT_OF(own); i++) {
		MUST(act(own[i], &world.ram, _i == 0 ? NULL : "RAM"));
		ck_assert_int_eq(errand.why, PEOPLE_FINE);
		ck_assert_str_eq(errand.whom.name, "Ram");
	}
	check_newest("codes made", "Ram");
	ck_assert_int_eq(sign_in("Ram", "river-mountain"), REFUSED);
	MUST(sign_in("Ram", "a password"));
	ck_assert_int_eq(act(DISABLE, &world.ram, NULL), REFUSED);
	ck_assert_int_eq(act(ROLE, &world.ram, NULL), REFUSED);
}
END_TEST

START_TEST(a_lead_does_all_of_it_for_everybody)
{
	static const struct {
		enum action action;
		const char *what;
		const char *detail;
	} acts[] = {
		{ ADD, "person added", "Gita (caseworker)" },
		{ PASSWORD, "password changed", "Gita" },
		{ DUTY, "on duty", "Gita" },
		{ PHONE, "phone set", "Gita" },
		{ CODES, "codes made", "Gita" },
		{ DISABLE, "person disabled", "Gita" },
		{ ENABLE, "person enabled", "Gita" },
		{ ROLE, "role changed", "Gita (lead)" },
	};

	for (size_t i = 0; i < COUNT_OF(acts); i++) {
		MUST(act(acts[i].action, &world.sita, "Gita"));
		check_newest(acts[i].what, acts[i].detail);
		ck_assert_int_eq(newest().staff, world.sita.staff->id);
	}
	MUST(sign_in("Gita", "a password"));
}
END_TEST

START_TEST(a_lead_who_was_disabled_meanwhile_changes_nothing)
{
	MUST(act(ROLE, &world.sita, "Ram"));
	MUST(store_begin(world.store));
	MUST(staff_disable(world.store, world.sita.staff->id));
	MUST(store_commit(world.store));
	ck_assert_int_eq(act((enum action)_i, &world.sita, "Ram"), REFUSED);
	ck_assert_int_eq(errand.why, PEOPLE_NO_RIGHT);
}
END_TEST

START_TEST(what_does_not_fit_is_refused_with_its_reason)
{
	static const struct {
		enum action action;
		const char *name;
		enum outcome outcome;
		enum people_reason why;
	} vectors[] = {
		{ ADD, "ram", REFUSED, PEOPLE_NAME_TAKEN },
		{ ADD, "", REFUSED, PEOPLE_UNFIT_NAME },
		{ ADD, "Gi\nta", REFUSED, PEOPLE_UNFIT_NAME },
		{ DISABLE, "Nobody", NOTHING, PEOPLE_NOT_FOUND },
		{ DISABLE, "Sita", REFUSED, PEOPLE_LAST_LEAD },
		{ ENABLE, "Ram", REFUSED, PEOPLE_NOT_DISABLED },
		{ CODES, "Ram", REFUSED, PEOPLE_NO_PHONE },
		{ DUTY, "\xff\xfe", NOTHING, PEOPLE_NOT_FOUND },
	};

	ck_assert_int_eq(act(vectors[_i].action, &world.sita, vectors[_i].name),
	    vectors[_i].outcome);
	ck_assert_int_eq(errand.why, vectors[_i].why);
}
END_TEST

static const struct {
	int is_on;
	const char *hours;
	enum people_reason why;
	const char *words; /* of duty, then */
} duties[] = {
	{ 1, NULL, PEOPLE_FINE, "always" },
	{ 1, "", PEOPLE_FINE, "always" },
	{ 1, "08:00-20:00", PEOPLE_FINE, "08:00-20:00" },
	{ 1, "21:00-05:30", PEOPLE_FINE, "21:00-05:30" },
	{ 0, "", PEOPLE_FINE, "no" },
	{ 0, NULL, PEOPLE_FINE, "no" },
	{ 0, "08:00-20:00", PEOPLE_BAD_HOURS, "no" },
	{ 1, "8-20", PEOPLE_BAD_HOURS, "no" },
	{ 1, "08:00-", PEOPLE_BAD_HOURS, "no" },
	{ 1, "25:00-26:00", PEOPLE_BAD_HOURS, "no" },
};

START_TEST(hours_of_duty_are_read_as_they_are_typed)
{
	struct staff staff;
	enum outcome outcome = people_set_duty(
	    errand_of(&world.ram, NULL), duties[_i].is_on, duties[_i].hours);

	ck_assert_int_eq(
	    outcome, duties[_i].why == PEOPLE_FINE ? DONE : REFUSED);
	ck_assert_int_eq(errand.why, duties[_i].why);
	MUST(staff_find(world.store, "Ram", &staff));
	ck_assert_str_eq(people_duty_words(&staff).text, duties[_i].words);
}
END_TEST

static const struct {
	const char *typed;
	const char *line;
	enum people_reason why;
	const char *number; /* that the helpline then texts */
} phones[] = {
	{ "+9779812345678", "", PEOPLE_FINE, "+9779812345678" },
	{ "9812345678", "", PEOPLE_FINE, "+9779812345678" },
	{ "55123456", "gulf", PEOPLE_FINE, "+97455123456" },
	{ "9812345678", "south", PEOPLE_NO_LINE, "" },
	{ "my phone", "", PEOPLE_NO_NUMBER, "" },
	{ "", "north", PEOPLE_NO_NUMBER, "" },
};

START_TEST(a_phone_is_read_as_its_line_dials_it)
{
	struct staff_phones list = { 0 };
	enum outcome outcome = people_set_phone(errand_of(&world.sita, NULL),
	    &settings, phones[_i].typed, phones[_i].line);

	ck_assert_int_eq(
	    outcome, phones[_i].why == PEOPLE_FINE ? DONE : REFUSED);
	ck_assert_int_eq(errand.why, phones[_i].why);
	MUST(staff_list_phones(world.store, STAFF_ON_DUTY_OR_LEAD, 0, &list));
	ck_assert_uint_eq(list.count, outcome == DONE);
	if (outcome == DONE) {
		ck_assert_str_eq(list.items[0].number.e164, phones[_i].number);
		ck_assert_str_eq(list.items[0].line, phones[_i].line);
		MUST(people_take_phone(errand_of(&world.sita, NULL)));
		check_newest("phone taken away", "Sita");
	}
	staff_phones_free(&list);
}
END_TEST

START_TEST(passwords_and_roles_are_looked_at_first)
{
	struct audit_row before = newest();

	ck_assert_int_eq(
	    people_add(errand_of(&world.sita, "Gita"), "caseworker", "1234567"),
	    REFUSED);
	ck_assert_int_eq(errand.why, PEOPLE_SHORT_PASSWORD);
	ck_assert_int_eq(
	    people_add(errand_of(&world.sita, "Gita"), "king", "a password"),
	    REFUSED);
	ck_assert_int_eq(errand.why, PEOPLE_NO_ROLE);
	ck_assert_int_eq(
	    people_set_password(errand_of(&world.ram, NULL), "1234567"),
	    REFUSED);
	ck_assert_int_eq(errand.why, PEOPLE_SHORT_PASSWORD);
	ck_assert_int_eq(newest().id, before.id);
}
END_TEST

START_TEST(a_technician_has_a_phone_for_lines_but_no_codes_and_no_secret)
{
	struct team_secret *secret = NULL;
	struct staff staff;

	MUST(people_add(
	    errand_of(&world.sita, "Tek"), "technician", "a password"));
	MUST(staff_sign_in(world.store, "Tek", "a password", &staff, &secret));
	ck_assert_ptr_null(secret);
	MUST(act(PHONE, &world.sita, "Tek"));
	MUST(act(DUTY, &world.sita, "Tek"));
	ck_assert_int_eq(act(CODES, &world.sita, "Tek"), REFUSED);
	ck_assert_int_eq(errand.why, PEOPLE_NO_CASES);
	/* Their own password they change without a secret. */
	{
		struct caseworker tek = { .store = world.store,
			.staff = &staff };

		MUST(people_set_password(
		    errand_of(&tek, NULL), "another password"));
	}
	MUST(sign_in("Tek", "another password"));
}
END_TEST

/* -- cases ------------------------------------------------------------------ */

START_TEST(the_cases_of_whoever_leaves_go_back_to_the_queue)
{
	size_t count = 99;

	world_add_request(&world, "AAAAA", "+9779841000001");
	world_add_request(&world, "CCCCC", "+9779841000002");
	world_add_request(&world, "DDDDD", "+9779841000003");
	MUST(cases_claim(world_errand(&world, &world.ram, "AAAAA")));
	MUST(cases_claim(world_errand(&world, &world.ram, "CCCCC")));
	MUST(cases_claim(world_errand(&world, &world.sita, "DDDDD")));
	if (_i == 0)
		MUST(people_disable(errand_of(&world.sita, "Ram"), &count));
	else
		MUST(people_set_role(
		    errand_of(&world.sita, "Ram"), "technician", &count));
	ck_assert_uint_eq(count, 2);
	ck_assert_int_eq(world_request(&world, "AAAAA").state, REQUEST_OPEN);
	ck_assert_int_eq(world_request(&world, "CCCCC").state, REQUEST_OPEN);
	ck_assert_int_eq(world_request(&world, "DDDDD").state, REQUEST_CLAIMED);
}
END_TEST

/* -- the team's key --------------------------------------------------------- */

static struct recovery_key kept;

static int
keep(const struct recovery_key *key, void *into)
{
	kept = *key;
	return (*(const int *)into);
}

static enum outcome
rotate(const struct caseworker *by, int may_cut_off, int is_kept,
    struct people_rotation *rotation)
{
	*rotation = (struct people_rotation){
		.may_cut_off = may_cut_off, .keep = keep, .into = &is_kept
	};
	return (people_rotate(errand_of(by, NULL), rotation));
}

START_TEST(only_a_lead_replaces_the_key)
{
	struct people_rotation rotation;

	ck_assert_int_eq(rotate(&world.ram, 0, 1, &rotation), REFUSED);
	ck_assert_int_eq(errand.why, PEOPLE_NO_RIGHT);
	MUST(rotate(&world.sita, 0, 1, &rotation));
	check_newest("team key replaced", "");
	free(rotation.unready.items);
	MUST(sign_in("Ram", "river-mountain"));
}
END_TEST

START_TEST(a_recovery_key_that_is_not_kept_leaves_all_as_it_was)
{
	struct people_rotation rotation;
	struct audit_row before = newest();

	ck_assert_int_eq(rotate(&world.sita, 0, 0, &rotation), REFUSED);
	ck_assert_int_eq(errand.why, PEOPLE_NOT_KEPT);
	free(rotation.unready.items);
	ck_assert_int_eq(newest().id, before.id);
	MUST(staff_check_secret(world.store, world.sita.secret));
	ck_assert_int_eq(people_recover(errand_of(&world.sita, "Sita"),
			     kept.text, "a password"),
	    REFUSED);
}
END_TEST

START_TEST(whoever_would_be_cut_off_is_named_first)
{
	struct people_rotation rotation;

	tamper("UPDATE staff SET public_key = NULL, team_sealed = NULL"
	       " WHERE name = 'Ram'");
	ck_assert_int_eq(rotate(&world.sita, 0, 1, &rotation), REFUSED);
	ck_assert_int_eq(errand.why, PEOPLE_UNREADY);
	ck_assert_uint_eq(rotation.unready.count, 1);
	ck_assert_str_eq(rotation.unready.items[0].name, "Ram");
	free(rotation.unready.items);
	MUST(staff_check_secret(world.store, world.sita.secret));
	MUST(rotate(&world.sita, 1, 1, &rotation));
	ck_assert_uint_eq(rotation.unready.count, 1);
	free(rotation.unready.items);
	ck_assert_int_eq(sign_in("Ram", "river-mountain"), REFUSED);
}
END_TEST

START_TEST(who_signed_in_before_the_new_key_must_sign_in_again)
{
	static const enum action acts[] = { ADD, PASSWORD };
	struct people_rotation rotation;

	MUST(rotate(&world.sita, 0, 1, &rotation));
	free(rotation.unready.items);
	ck_assert_int_eq(
	    act(acts[_i], &world.sita, _i == 0 ? "Gita" : NULL), REFUSED);
	ck_assert_int_eq(errand.why, PEOPLE_KEY_REPLACED);
	ck_assert_int_eq(rotate(&world.sita, 0, 1, &rotation), REFUSED);
	ck_assert_int_eq(errand.why, PEOPLE_KEY_REPLACED);
	free(rotation.unready.items);
}
END_TEST

/* -- recovery --------------------------------------------------------------- */

START_TEST(the_printed_key_gives_a_lead_a_new_password)
{
	struct caseworker nobody = { .store = world.store };
	struct people_rotation rotation;

	MUST(rotate(&world.sita, 0, 1, &rotation));
	free(rotation.unready.items);
	errand_of(&nobody, "Ram");
	ck_assert_int_eq(
	    people_recover(&errand, kept.text, "a password"), REFUSED);
	ck_assert_int_eq(errand.why, PEOPLE_NOT_LEAD);
	errand_of(&nobody, "Nobody");
	ck_assert_int_eq(
	    people_recover(&errand, kept.text, "a password"), NOTHING);
	errand_of(&nobody, "Sita");
	ck_assert_int_eq(
	    people_recover(&errand, kept.text, "1234567"), REFUSED);
	ck_assert_int_eq(errand.why, PEOPLE_SHORT_PASSWORD);
	MUST(people_recover(&errand, kept.text, "a password"));
	check_newest("recovered by the printed key", "Sita");
	MUST(sign_in("Sita", "a password"));
	ck_assert_int_eq(sign_in("Sita", "mountain-river"), REFUSED);
}
END_TEST

START_TEST(a_wrong_recovery_key_stands_in_the_trail)
{
	struct caseworker nobody = { .store = world.store };

	errand_of(&nobody, "Sita");
	ck_assert_int_eq(
	    people_recover(&errand, "AAAAA-CCCCC", "a password"), REFUSED);
	ck_assert_int_eq(errand.why, PEOPLE_WRONG_RECOVERY);
	check_newest("recovery refused", "terminal");
	MUST(sign_in("Sita", "mountain-river"));
}
END_TEST

START_TEST(every_reason_has_words_of_its_own)
{
	for (int why = PEOPLE_FINE; why <= PEOPLE_STORE; why++) {
		const char *words =
		    people_reason_words((enum people_reason)why);

		ck_assert_uint_gt(strlen(words), 3);
		for (int other = PEOPLE_FINE; other < why; other++)
			ck_assert_str_ne(words,
			    people_reason_words((enum people_reason)other));
	}
}
END_TEST

static Suite *
suite_of_people(void)
{
	Suite *suite = suite_create("people");
	TCase *tests = tcase_create("people");

	tcase_add_unchecked_fixture(tests, world_make_once, world_remove);
	tcase_add_checked_fixture(tests, open_world, close_world);
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests,
	    a_caseworker_changes_nobody_else_and_learns_no_names, 0, ACTIONS);
	tcase_add_loop_test(
	    tests, a_caseworker_changes_what_is_their_own, 0, 2);
	tcase_add_test(tests, a_lead_does_all_of_it_for_everybody);
	tcase_add_loop_test(tests,
	    a_lead_who_was_disabled_meanwhile_changes_nothing, 0, ACTIONS);
	tcase_add_loop_test(
	    tests, what_does_not_fit_is_refused_with_its_reason, 0, 8);
	tcase_add_loop_test(tests, hours_of_duty_are_read_as_they_are_typed, 0,
	    COUNT_OF(duties));
	tcase_add_loop_test(
	    tests, a_phone_is_read_as_its_line_dials_it, 0, COUNT_OF(phones));
	tcase_add_test(tests, passwords_and_roles_are_looked_at_first);
	tcase_add_test(tests,
	    a_technician_has_a_phone_for_lines_but_no_codes_and_no_secret);
	tcase_add_loop_test(
	    tests, the_cases_of_whoever_leaves_go_back_to_the_queue, 0, 2);
	tcase_add_test(tests, only_a_lead_replaces_the_key);
	tcase_add_test(
	    tests, a_recovery_key_that_is_not_kept_leaves_all_as_it_was);
	tcase_add_test(tests, whoever_would_be_cut_off_is_named_first);
	tcase_add_loop_test(
	    tests, who_signed_in_before_the_new_key_must_sign_in_again, 0, 2);
	tcase_add_test(tests, the_printed_key_gives_a_lead_a_new_password);
	tcase_add_test(tests, a_wrong_recovery_key_stands_in_the_trail);
	tcase_add_test(tests, every_reason_has_words_of_its_own);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_people);
