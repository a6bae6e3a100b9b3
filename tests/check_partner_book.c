/* The partners' list: names that change while what was passed stays theirs. */
#include "gateway/desk/partner_book.h"
#include "tests/referral_world.h"

#define NEW_NAME "Asha Ghar, Kathmandu"

static enum partner_reason why;

static enum outcome
rename_as(const struct caseworker *worker, const char *name, const char *to)
{
	const struct partner_wish wish = { .name = name, .new_name = to };

	memset(&why, 0xa5, sizeof(why));
	return (partner_book_rename(worker, &wish, WORLD_NOW_UTC_S, &why));
}

static struct partner
partner_of(const char *name)
{
	struct partner partner;

	memset(&partner, 0xa5, sizeof(partner));
	ck_assert_int_eq(partners_find(world.store, name, &partner), DONE);
	return (partner);
}

static int
is_there(const char *name)
{
	struct partner partner;

	return (partners_find(world.store, name, &partner) == DONE);
}

static struct audit_row
last_row(void)
{
	const struct audit_filter filter = { .since_utc_s = INT64_MIN,
		.most = 1 };
	struct audit_list list;
	struct audit_row row;

	ck_assert_int_eq(audit_read(world.store, &filter, &list), DONE);
	ck_assert_uint_eq(list.count, 1);
	row = list.items[0];
	free(list.items);
	return (row);
}

START_TEST(a_renamed_partner_is_the_same_one)
{
	struct partner before = partner_of(HOUSE);
	struct partner after;

	ck_assert_int_eq(rename_as(&world.sita, "asha house", NEW_NAME), DONE);
	ck_assert_int_eq(why, PARTNER_FINE);
	ck_assert(!is_there(HOUSE));
	after = partner_of(NEW_NAME);
	ck_assert_int_eq(after.id, before.id);
	ck_assert_str_eq(after.name, NEW_NAME);
	ck_assert_str_eq(after.kind, before.kind);
	ck_assert_str_eq(after.reach, before.reach);
	ck_assert(after.has_key);
	ck_assert_mem_eq(&after.key, &before.key, sizeof(after.key));
}
END_TEST

START_TEST(referrals_of_before_are_theirs_and_go_on)
{
	struct text out = { 0 };
	struct referral_list list;

	note_consent(HOUSE);
	ck_assert_int_eq(rename_as(&world.sita, HOUSE, NEW_NAME), DONE);
	ck_assert_int_eq(state_of(NEW_NAME), REFERRAL_AGREED);
	ck_assert_int_eq(pass_to(NEW_NAME, REFERRAL_SHEET, "need", &out), DONE);
	ck_assert_int_eq(state_of(NEW_NAME), REFERRAL_PASSED);
	ck_assert_int_eq(
	    case_referral_withdraw(step_as(&world.sita, NEW_NAME)), DONE);
	ck_assert_int_eq(referrals_to_tell(world.store, &list), DONE);
	ck_assert_uint_eq(list.count, 1);
	ck_assert_str_eq(list.items[0].partner_name, NEW_NAME);
	free(list.items);
	text_free(&out);
}
END_TEST

START_TEST(the_trail_has_both_names)
{
	struct audit_row row;

	ck_assert_int_eq(rename_as(&world.sita, HOUSE, NEW_NAME), DONE);
	row = last_row();
	ck_assert_str_eq(row.what, "partner renamed");
	ck_assert_str_eq(row.detail, HOUSE " -> " NEW_NAME);
}
END_TEST

START_TEST(the_same_name_in_other_capitals_may_be_given)
{
	ck_assert_int_eq(rename_as(&world.sita, HOUSE, "ASHA house"), DONE);
	ck_assert_str_eq(partner_of(HOUSE).name, "ASHA house");
}
END_TEST

START_TEST(the_very_same_name_changes_nothing)
{
	struct audit_row before = last_row();

	ck_assert_int_eq(rename_as(&world.sita, HOUSE, HOUSE), DONE);
	ck_assert_int_eq(last_row().id, before.id);
}
END_TEST

static const struct refusal {
	const char *from, *to;
	enum outcome outcome;
	enum partner_reason why;
} refusals[] = {
	{ HOUSE, LAWYERS, REFUSED, PARTNER_NAME_TAKEN },
	{ HOUSE, "nyaya LAWYERS", REFUSED, PARTNER_NAME_TAKEN },
	{ HOUSE, "", REFUSED, PARTNER_NO_NAME },
	{ HOUSE, "two\nlines", REFUSED, PARTNER_NOT_TEXT },
	{ HOUSE, "\xff", REFUSED, PARTNER_NOT_TEXT },
	{ "Nobody", NEW_NAME, NOTHING, PARTNER_UNKNOWN },
};

START_TEST(a_name_that_cannot_be_given_changes_nothing)
{
	const struct refusal *refusal = &refusals[_i];
	struct audit_row before = last_row();

	ck_assert_int_eq(rename_as(&world.sita, refusal->from, refusal->to),
	    refusal->outcome);
	ck_assert_int_eq(why, refusal->why);
	ck_assert(is_there(HOUSE));
	ck_assert_int_eq(last_row().id, before.id);
}
END_TEST

START_TEST(a_name_too_long_changes_nothing)
{
	char name[sizeof(((struct partner *)0)->name) + 1];

	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	ck_assert_int_eq(rename_as(&world.sita, HOUSE, name), REFUSED);
	ck_assert_int_eq(why, PARTNER_TOO_LONG);
	ck_assert(is_there(HOUSE));
}
END_TEST

START_TEST(the_name_of_one_who_was_removed_stays_theirs)
{
	enum partner_reason reason;

	ck_assert_int_eq(
	    partner_book_remove(&world.sita, LAWYERS, WORLD_NOW_UTC_S, &reason),
	    DONE);
	ck_assert_int_eq(rename_as(&world.sita, HOUSE, LAWYERS), REFUSED);
	ck_assert_int_eq(why, PARTNER_NAME_TAKEN);
	ck_assert_int_eq(
	    rename_as(&world.sita, LAWYERS, "Nyaya, closed"), DONE);
	ck_assert(partner_of("Nyaya, closed").is_removed);
	ck_assert_int_eq(rename_as(&world.sita, HOUSE, LAWYERS), DONE);
}
END_TEST

START_TEST(only_a_lead_gives_names)
{
	ck_assert_int_eq(rename_as(&world.ram, HOUSE, NEW_NAME), REFUSED);
	ck_assert_int_eq(why, PARTNER_NOT_LEAD);
	ck_assert(is_there(HOUSE));
}
END_TEST

START_TEST(a_name_is_given_with_other_changes_or_none_of_them_is)
{
	const struct partner_wish wishes[] = {
		{ .name = HOUSE, .new_name = NEW_NAME, .place = "Pokhara" },
		{ .name = LAWYERS, .new_name = NEW_NAME },
	};
	struct partner_trouble trouble;

	ck_assert_int_eq(
	    partner_book_put(&world.sita, wishes, 2, WORLD_NOW_UTC_S, &trouble),
	    REFUSED);
	ck_assert_int_eq(trouble.why, PARTNER_NAME_TAKEN);
	ck_assert_uint_eq(trouble.wrong, 1);
	ck_assert(!is_there(NEW_NAME));
	ck_assert_int_eq(
	    partner_book_put(&world.sita, wishes, 1, WORLD_NOW_UTC_S, &trouble),
	    DONE);
	ck_assert_str_eq(partner_of(NEW_NAME).place, "Pokhara");
	ck_assert_int_eq(
	    partner_book_put(&world.sita, wishes, 1, WORLD_NOW_UTC_S, &trouble),
	    REFUSED);
	ck_assert_int_eq(trouble.why, PARTNER_UNKNOWN);
}
END_TEST

static Suite *
suite_of_partner_book(void)
{
	Suite *suite = suite_create("partner_book");
	TCase *tests = tcase_create("names");

	tcase_add_unchecked_fixture(tests, world_make_once, world_remove);
	tcase_add_checked_fixture(tests, open_world, close_world);
	tcase_add_test(tests, a_renamed_partner_is_the_same_one);
	tcase_add_test(tests, referrals_of_before_are_theirs_and_go_on);
	tcase_add_test(tests, the_trail_has_both_names);
	tcase_add_test(tests, the_same_name_in_other_capitals_may_be_given);
	tcase_add_test(tests, the_very_same_name_changes_nothing);
	tcase_add_loop_test(tests, a_name_that_cannot_be_given_changes_nothing,
	    0, (int)COUNT_OF(refusals));
	tcase_add_test(tests, a_name_too_long_changes_nothing);
	tcase_add_test(tests, the_name_of_one_who_was_removed_stays_theirs);
	tcase_add_test(tests, only_a_lead_gives_names);
	tcase_add_test(
	    tests, a_name_is_given_with_other_changes_or_none_of_them_is);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_partner_book);
