#include "store/staff.h"

#include "tests/store_fixture.h"

static void
open_in_transaction(void)
{
	fixture_open();
	MUST(store_begin(fixture_store));
}

static void
add(const char *name, const char *password)
{
	MUST(staff_add(
	    fixture_store, name, "caseworker", password, fixture_secret, 1000));
}

/* What the secret is for: it opens what was sealed. */
static void
check_secret(const struct team_secret *secret)
{
	struct text sealed = { 0 }, plain = { 0 };

	store_seal(fixture_store, SEAL_ANSWERS, "words", 5, &sealed);
	MUST(store_unseal(fixture_store, secret, store_epoch(fixture_store),
	    SEAL_ANSWERS, sealed.bytes, sealed.length, &plain));
	ck_assert_str_eq(text_string(&plain), "words");
	text_free(&sealed);
	text_free(&plain);
}

START_TEST(a_name_in_any_case_and_its_password_sign_in)
{
	static const char *const names[] = { "Sita Ramén", "SITA RAMÉN",
		"sita rame\xcc\x81n" };
	struct team_secret *secret = NULL;
	struct staff staff;

	add("Sita Ramén", "password one");
	add("Hari", "password two");
	memset(&staff, 0xa5, sizeof(staff));
	MUST(staff_sign_in(
	    fixture_store, names[_i], "password one", &staff, &secret));
	ck_assert_str_eq(staff.name, "Sita Ramén");
	ck_assert_str_eq(staff.role, "caseworker");
	ck_assert_int_eq(staff.is_disabled, 0);
	ck_assert_int_gt(staff.id, 0);
	check_secret(secret);
	team_secret_close(secret);
}
END_TEST

START_TEST(a_wrong_name_or_password_is_refused_alike)
{
	static const struct {
		const char *name;
		const char *password;
	} vectors[] = { { "Sita", "password two" }, { "Hari", "wrong" },
		{ "Nobody", "password one" }, { "", "password one" },
		{ "\xff\xfe", "password one" }, { "Sita", "" } };
	struct team_secret *secret = NULL;
	struct staff staff;

	add("Sita", "password one");
	add("Hari", "password two");
	ck_assert_int_eq(staff_sign_in(fixture_store, vectors[_i].name,
			     vectors[_i].password, &staff, &secret),
	    REFUSED);
	ck_assert_ptr_null(secret);
}
END_TEST

START_TEST(nobody_signs_in_where_nobody_is)
{
	struct team_secret *secret = NULL;
	struct staff staff;

	ck_assert_int_eq(staff_sign_in(fixture_store, "Sita", "password one",
			     &staff, &secret),
	    REFUSED);
	ck_assert_int_eq(
	    staff_recover(fixture_store, "AAAAA", &secret), REFUSED);
	ck_assert_ptr_null(secret);
}
END_TEST

START_TEST(names_and_passwords_that_do_not_fit_are_refused)
{
	char long_name[STAFF_NAME_MAX_BYTES + 2] = { 0 };
	const struct {
		const char *name;
		const char *role;
		const char *password;
	} vectors[] = { { "", "lead", "password" },
		{ long_name, "lead", "password" },
		{ "Hari", "lead", "passwor" }, { "Hari", "king", "password" },
		{ "SITA", "lead", "password" },
		{ "\xff", "lead", "password" } };

	memset(long_name, 'x', STAFF_NAME_MAX_BYTES + 1);
	add("Sita", "password one");
	ck_assert_int_eq(
	    staff_add(fixture_store, vectors[_i].name, vectors[_i].role,
		vectors[_i].password, fixture_secret, 1),
	    REFUSED);
}
END_TEST

START_TEST(the_recovery_key_opens_however_it_is_typed)
{
	struct recovery_key key, other;
	struct team_secret *secret = NULL;
	struct text typed = { 0 };

	recovery_key_make(&key);
	recovery_key_make(&other);
	MUST(staff_set_recovery(fixture_store, &other, fixture_secret, 1));
	MUST(staff_set_recovery(fixture_store, &key, fixture_secret, 2));
	ck_assert_int_eq(
	    staff_recover(fixture_store, other.text, &secret), REFUSED);
	MUST(staff_recover(fixture_store, key.text, &secret));
	team_secret_close(secret);
	for (const char *at = key.text; *at != '\0'; at++)
		text_add_byte(
		    &typed, *at == '-' ? ' ' : (*at >= 'A' ? *at | 0x20 : *at));
	MUST(staff_recover(fixture_store, text_string(&typed), &secret));
	check_secret(secret);
	team_secret_close(secret);
	text_free(&typed);
}
END_TEST

static Suite *
suite_of_staff(void)
{
	Suite *suite = suite_create("staff");
	TCase *tests = tcase_create("staff");

	tcase_add_checked_fixture(tests, open_in_transaction, fixture_close);
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(
	    tests, a_name_in_any_case_and_its_password_sign_in, 0, 3);
	tcase_add_loop_test(
	    tests, a_wrong_name_or_password_is_refused_alike, 0, 6);
	tcase_add_test(tests, nobody_signs_in_where_nobody_is);
	tcase_add_loop_test(
	    tests, names_and_passwords_that_do_not_fit_are_refused, 0, 6);
	tcase_add_test(tests, the_recovery_key_opens_however_it_is_typed);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_staff);
