/* What a password opens: people's own keys. */
#include <time.h>

#include "tests/team_fixture.h"

/* -- people ----------------------------------------------------------------- */

START_TEST(each_reads_the_same_case_with_a_password_of_their_own)
{
	check_reads("Sita", LEAD_PASSWORD);
	check_reads("Hari", HARI_PASSWORD);
	check_refused("Hari", LEAD_PASSWORD);
}
END_TEST

START_TEST(a_technician_signs_in_and_holds_no_secret)
{
	struct team_secret *secret = (void *)1;
	struct staff staff;

	MUST(
	    staff_sign_in(fixture_store, "Tek", TEK_PASSWORD, &staff, &secret));
	ck_assert_ptr_null(secret);
	ck_assert_str_eq(staff.role, "technician");
	check_refused("Tek", HARI_PASSWORD);
}
END_TEST

/* What stands in a row of Hari's. */
static void
read_hari(struct text *wrapped, struct text *sealed)
{
	struct database *database;

	MUST(database_open(fixture_store_path, DATABASE_READ, &database));
	MUST(database_text(database,
	    "SELECT hex(wrapped) FROM staff WHERE name = 'Hari'", wrapped));
	MUST(database_text(database,
	    "SELECT hex(team_sealed) FROM staff WHERE name = 'Hari'", sealed));
	database_close(database);
}

static int
has_hex(const struct text *hex)
{
	unsigned char bytes[256];
	size_t length;

	ck_assert_int_eq(sodium_hex2bin(bytes, sizeof(bytes), hex->bytes,
			     hex->length, NULL, &length, NULL),
	    0);
	return (fixture_has_bytes(bytes, length));
}

START_TEST(whoever_is_disabled_leaves_nothing_their_password_opens)
{
	struct text wrapped = { 0 }, sealed = { 0 };
	struct staff staff;

	read_hari(&wrapped, &sealed);
	ck_assert_int_eq(has_hex(&wrapped) && has_hex(&sealed), 1);
	MUST(store_begin(fixture_store));
	MUST(staff_disable(fixture_store, id_of("Hari")));
	ck_assert_int_eq(staff_disable(fixture_store, id_of("Hari")), NOTHING);
	MUST(store_commit(fixture_store));
	check_refused("Hari", HARI_PASSWORD);
	/* Nor in the file, nor in its log. */
	MUST(store_empty_log(fixture_store));
	ck_assert_int_eq(has_hex(&wrapped), 0);
	ck_assert_int_eq(has_hex(&sealed), 0);
	MUST(staff_find(fixture_store, "hari", &staff));
	ck_assert_int_eq(staff.is_disabled, 1);
	check_reads("Sita", LEAD_PASSWORD);
	text_free(&wrapped);
	text_free(&sealed);
}
END_TEST

START_TEST(a_disabled_person_comes_back_with_a_new_password_only)
{
	struct staff_renewal renewal = { .staff = id_of("Hari"),
		.password = "a new password",
		.secret = fixture_secret };

	MUST(store_begin(fixture_store));
	MUST(staff_disable(fixture_store, renewal.staff));
	MUST(staff_renew(fixture_store, &renewal));
	MUST(store_commit(fixture_store));
	check_refused("Hari", HARI_PASSWORD);
	check_reads("Hari", "a new password");
}
END_TEST

START_TEST(the_last_lead_stays)
{
	MUST(store_begin(fixture_store));
	ck_assert_int_eq(staff_disable(fixture_store, id_of("Sita")), REFUSED);
	ck_assert_int_eq(staff_set_role(fixture_store, id_of("Sita"),
			     "caseworker", fixture_secret),
	    REFUSED);
	MUST(staff_set_role(
	    fixture_store, id_of("Hari"), "lead", fixture_secret));
	MUST(staff_disable(fixture_store, id_of("Sita")));
	ck_assert_int_eq(staff_disable(fixture_store, id_of("Hari")), REFUSED);
	MUST(store_commit(fixture_store));
	check_reads("Hari", HARI_PASSWORD);
	check_refused("Sita", LEAD_PASSWORD);
}
END_TEST

START_TEST(who_becomes_a_technician_loses_the_secret_and_may_get_it_back)
{
	struct team_secret *secret;

	MUST(store_begin(fixture_store));
	MUST(staff_set_role(
	    fixture_store, id_of("Hari"), "technician", fixture_secret));
	MUST(store_commit(fixture_store));
	MUST(sign_in("Hari", HARI_PASSWORD, &secret));
	ck_assert_ptr_null(secret);
	MUST(store_begin(fixture_store));
	ck_assert_int_eq(staff_set_role(fixture_store, id_of("Hari"), "king",
			     fixture_secret),
	    REFUSED);
	MUST(staff_set_role(
	    fixture_store, id_of("Hari"), "caseworker", fixture_secret));
	MUST(store_commit(fixture_store));
	check_reads("Hari", HARI_PASSWORD);
}
END_TEST

START_TEST(a_key_that_is_not_the_teams_is_given_to_nobody)
{
	struct staff_renewal renewal = { .staff = id_of("Hari"),
		.password = "a new password" };
	struct team_secret *other;
	struct team_public public;

	team_make(&public, &other);
	renewal.secret = other;
	MUST(store_begin(fixture_store));
	ck_assert_int_eq(
	    staff_add(fixture_store, "Ram", "caseworker", "password", other, 1),
	    REFUSED);
	ck_assert_int_eq(staff_renew(fixture_store, &renewal), REFUSED);
	renewal.secret = NULL;
	ck_assert_int_eq(staff_renew(fixture_store, &renewal), BROKEN);
	MUST(store_commit(fixture_store));
	check_reads("Hari", HARI_PASSWORD);
	team_secret_close(other);
}
END_TEST

/* -- rows of before people had keys ----------------------------------------- */

START_TEST(a_row_of_the_old_form_is_changed_when_its_owner_signs_in)
{
	make_old("Hari", HARI_PASSWORD);
	ck_assert_int_eq(must_sign_in("Hari"), 1);
	check_refused("Hari", "not this one");
	ck_assert_int_eq(must_sign_in("Hari"), 1);
	check_reads("Hari", HARI_PASSWORD);
	ck_assert_int_eq(must_sign_in("Hari"), 0);
	check_reads("Hari", HARI_PASSWORD);
}
END_TEST

START_TEST(a_technicians_old_row_loses_the_secret_at_the_next_sign_in)
{
	struct team_secret *secret;

	make_old("Tek", TEK_PASSWORD);
	for (int i = 0; i < 2; i++) {
		MUST(sign_in("Tek", TEK_PASSWORD, &secret));
		ck_assert_ptr_null(secret);
		ck_assert_int_eq(must_sign_in("Tek"), 0);
	}
}
END_TEST

START_TEST(an_old_row_signs_in_while_the_store_cannot_be_written)
{
	struct store *other;

	make_old("Hari", HARI_PASSWORD);
	MUST(store_open(fixture_store_path, STORE_DESK, fixture_box, &other));
	MUST(store_begin(other));
	check_reads("Hari", HARI_PASSWORD);
	ck_assert_int_eq(must_sign_in("Hari"), 1);
	store_rollback(other);
	store_close(other);
}
END_TEST

static void
add_hex(struct text *script, const void *bytes, size_t length)
{
	char hex[512];

	sodium_bin2hex(hex, sizeof(hex), bytes, length);
	text_printf(script, "x'%s'", hex);
}

/* A store as version 2 left it: Hari, and Ram, who was disabled then. */
static void
write_version_2(const char *path)
{
	struct database *database;
	struct text script = { 0 };
	struct text wrapped = { 0 };
	unsigned char fingerprint[8];

	box_key_fingerprint(fixture_box, fingerprint);
	team_secret_wrap(fixture_secret, HARI_PASSWORD, &wrapped);
	text_add(&script, "INSERT INTO meta VALUES (1, ");
	add_hex(&script, fixture_team.bytes, sizeof(fixture_team.bytes));
	text_add(&script, ", ");
	add_hex(&script, fingerprint, sizeof(fingerprint));
	text_add(&script,
	    ", '2026-01-01', 1); INSERT INTO staff (name,"
	    " name_folded, role, is_disabled, added_utc_s,"
	    " wrapped) VALUES ('Hari', 'hari', 'caseworker', 0, 1,");
	add_hex(&script, wrapped.bytes, wrapped.length);
	text_add(&script, "), ('Ram', 'ram', 'lead', 1, 1, ");
	add_hex(&script, wrapped.bytes, wrapped.length);
	text_add(&script, ");");
	MUST(file_write(path, 0600, "", 0));
	MUST(database_open(path, DATABASE_MAKE, &database));
	MUST(schema_upgrade(database, schemas, 2));
	MUST(database_script(database, script.bytes));
	database_close(database);
	text_free(&script);
	text_free(&wrapped);
}

START_TEST(people_of_an_older_store_sign_in_and_the_disabled_do_not)
{
	char *path = file_path(fixture_folder, "old.db");
	struct store *now = fixture_store;
	struct team_secret *secret;
	struct team_public public;

	write_version_2(path);
	MUST(store_open(path, STORE_HUB, fixture_box, &fixture_store));
	ck_assert_int_eq(must_sign_in("Hari"), 1);
	ck_assert_int_eq(must_sign_in("Ram"), 0);
	MUST(sign_in("Hari", HARI_PASSWORD, &secret));
	team_secret_public(secret, &public);
	ck_assert_mem_eq(&public, &fixture_team, sizeof(public));
	team_secret_close(secret);
	ck_assert_int_eq(must_sign_in("Hari"), 0);
	check_refused("Ram", HARI_PASSWORD);
	store_close(fixture_store);
	fixture_store = now;
	free(path);
}
END_TEST

/* -- what a guess costs ----------------------------------------------------- */

static double
cost_of(const char *name, const char *password)
{
	struct timespec before, after;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
	check_refused(name, password);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
	return ((double)(after.tv_sec - before.tv_sec) +
	    (double)(after.tv_nsec - before.tv_nsec) / 1e9);
}

START_TEST(a_wrong_name_costs_the_work_of_a_wrong_password)
{
	double password, nobody, disabled;

	MUST(store_begin(fixture_store));
	MUST(staff_disable(fixture_store, id_of("Hari")));
	MUST(store_commit(fixture_store));
	(void)cost_of("Sita", "to warm up");
	password = cost_of("Sita", "not this one");
	nobody = cost_of("Nobody", "not this one");
	disabled = cost_of("Hari", HARI_PASSWORD);
	ck_assert(nobody > password / 3 && nobody < password * 3);
	ck_assert(disabled > password / 3 && disabled < password * 3);
}
END_TEST

static Suite *
suite_of_keys(void)
{
	Suite *suite = suite_create("keys");
	TCase *tests = tcase_create("keys");

	tcase_add_checked_fixture(tests, open_team, fixture_close);
	tcase_set_timeout(tests, 180);
	tcase_add_test(
	    tests, each_reads_the_same_case_with_a_password_of_their_own);
	tcase_add_test(tests, a_technician_signs_in_and_holds_no_secret);
	tcase_add_test(
	    tests, whoever_is_disabled_leaves_nothing_their_password_opens);
	tcase_add_test(
	    tests, a_disabled_person_comes_back_with_a_new_password_only);
	tcase_add_test(tests, the_last_lead_stays);
	tcase_add_test(tests,
	    who_becomes_a_technician_loses_the_secret_and_may_get_it_back);
	tcase_add_test(tests, a_key_that_is_not_the_teams_is_given_to_nobody);
	tcase_add_test(
	    tests, a_row_of_the_old_form_is_changed_when_its_owner_signs_in);
	tcase_add_test(
	    tests, a_technicians_old_row_loses_the_secret_at_the_next_sign_in);
	tcase_add_test(
	    tests, an_old_row_signs_in_while_the_store_cannot_be_written);
	tcase_add_test(
	    tests, people_of_an_older_store_sign_in_and_the_disabled_do_not);
	tcase_add_test(tests, a_wrong_name_costs_the_work_of_a_wrong_password);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_keys);
