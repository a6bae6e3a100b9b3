/* A new key for the team. */
#include <signal.h>
#include <sys/wait.h>

#include "tests/team_fixture.h"

/* -- a new key for the team ------------------------------------------------- */

static struct recovery_key
rotate(const char *name, const char *password)
{
	struct staff_rotation *rotation;
	struct recovery_key key;
	struct team_secret *secret;

	MUST(sign_in(name, password, &secret));
	MUST(staff_rotate_prepare(fixture_store, secret, &rotation));
	MUST(store_begin(fixture_store));
	MUST(staff_rotate_write(fixture_store, rotation, 2000));
	MUST(store_commit(fixture_store));
	key = *staff_rotation_recovery(rotation);
	staff_rotation_free(rotation);
	team_secret_close(secret);
	return (key);
}

START_TEST(after_a_new_key_everybody_reads_old_cases_with_their_password)
{
	fixture_begin_epoch(5000);
	fixture_begin_epoch(9000);
	rotate("Sita", LEAD_PASSWORD);
	check_reads("Sita", LEAD_PASSWORD);
	check_reads("Hari", HARI_PASSWORD);
	rotate("Sita", LEAD_PASSWORD);
	check_reads("Hari", HARI_PASSWORD);
	check_refused("Hari", "not this one");
}
END_TEST

START_TEST(a_key_made_a_little_at_a_time_is_as_good)
{
	enum { EPOCHS = 5 };
	struct staff_rotation *rotation;
	enum outcome outcome;
	int slices = 0;

	for (int i = 1; i < EPOCHS; i++)
		fixture_begin_epoch(4000 + i);
	MUST(staff_rotate_begin(fixture_store, fixture_secret, &rotation));
	while (
	    (outcome = staff_rotate_go_on(fixture_store, rotation, 2)) == DONE)
		slices++;
	ck_assert_int_eq(outcome, NOTHING);
	ck_assert_int_eq(slices, (EPOCHS + 1) / 2);
	check_reads("Hari", HARI_PASSWORD);
	MUST(store_begin(fixture_store));
	MUST(staff_rotate_write(fixture_store, rotation, 5000));
	MUST(store_commit(fixture_store));
	staff_rotation_free(rotation);
	check_reads("Sita", LEAD_PASSWORD);
	check_reads("Hari", HARI_PASSWORD);
	ck_assert_int_eq(count_opened(fixture_secret, TEAM_WORDS), 0);
}
END_TEST

START_TEST(an_old_secret_opens_nothing_of_the_new_team)
{
	ck_assert_int_eq(count_opened(fixture_secret, TEAM_WORDS), 1);
	MUST(staff_check_secret(fixture_store, fixture_secret));
	rotate("Sita", LEAD_PASSWORD);
	ck_assert_int_eq(count_opened(fixture_secret, TEAM_WORDS), 0);
	ck_assert_int_eq(
	    staff_check_secret(fixture_store, fixture_secret), REFUSED);
}
END_TEST

START_TEST(a_hub_that_runs_seals_to_the_new_key)
{
	struct team_secret *secret;
	struct store *desk;
	struct store *hub = fixture_store;

	/* The desk replaces the key; the hub's handle was open before. */
	MUST(store_open(fixture_store_path, STORE_DESK, fixture_box, &desk));
	fixture_store = desk;
	rotate("Sita", LEAD_PASSWORD);
	fixture_store = hub;
	seal_words("of the epoch that runs on", 2001);
	fixture_begin_epoch(6000);
	seal_words("of the next epoch", 6001);
	MUST(sign_in("Hari", HARI_PASSWORD, &secret));
	ck_assert_int_eq(count_opened(secret, TEAM_WORDS), 1);
	ck_assert_int_eq(count_opened(secret, "of the epoch that runs on"), 1);
	ck_assert_int_eq(count_opened(secret, "of the next epoch"), 1);
	ck_assert_int_eq(count_opened(fixture_secret, "of the next epoch"), 0);
	team_secret_close(secret);
	store_close(desk);
}
END_TEST

START_TEST(an_epoch_that_began_while_a_key_was_prepared_is_not_lost)
{
	struct staff_rotation *rotation;
	struct team_secret *secret;

	MUST(staff_rotate_prepare(fixture_store, fixture_secret, &rotation));
	fixture_begin_epoch(6000);
	seal_words("in between", 6001);
	MUST(store_begin(fixture_store));
	MUST(staff_rotate_write(fixture_store, rotation, 2000));
	MUST(store_commit(fixture_store));
	staff_rotation_free(rotation);
	MUST(sign_in("Hari", HARI_PASSWORD, &secret));
	ck_assert_int_eq(count_opened(secret, "in between"), 1);
	team_secret_close(secret);
}
END_TEST

START_TEST(two_who_replace_the_key_at_once_do_not_both)
{
	struct staff_rotation *first, *second;

	MUST(staff_rotate_prepare(fixture_store, fixture_secret, &first));
	MUST(staff_rotate_prepare(fixture_store, fixture_secret, &second));
	MUST(store_begin(fixture_store));
	MUST(staff_rotate_write(fixture_store, first, 2000));
	MUST(store_commit(fixture_store));
	MUST(store_begin(fixture_store));
	ck_assert_int_eq(
	    staff_rotate_write(fixture_store, second, 2000), REFUSED);
	store_rollback(fixture_store);
	ck_assert_int_eq(
	    staff_rotate_prepare(fixture_store, fixture_secret, &second),
	    REFUSED);
	check_reads("Hari", HARI_PASSWORD);
	staff_rotation_free(first);
	staff_rotation_free(second);
}
END_TEST

START_TEST(a_key_that_was_rolled_back_changed_nothing)
{
	struct staff_rotation *rotation;
	struct team_secret *secret = NULL;

	MUST(staff_rotate_prepare(fixture_store, fixture_secret, &rotation));
	MUST(store_begin(fixture_store));
	MUST(staff_rotate_write(fixture_store, rotation, 2000));
	store_rollback(fixture_store);
	check_reads("Sita", LEAD_PASSWORD);
	check_reads("Hari", HARI_PASSWORD);
	ck_assert_int_eq(staff_recover(fixture_store,
			     staff_rotation_recovery(rotation)->text, &secret),
	    REFUSED);
	staff_rotation_free(rotation);
}
END_TEST

START_TEST(only_the_newest_recovery_key_opens)
{
	struct recovery_key first = rotate("Sita", LEAD_PASSWORD);
	struct recovery_key second = rotate("Sita", LEAD_PASSWORD);
	struct team_secret *secret = NULL;

	ck_assert_int_eq(
	    staff_recover(fixture_store, first.text, &secret), REFUSED);
	MUST(staff_recover(fixture_store, second.text, &secret));
	ck_assert_int_eq(count_opened(secret, TEAM_WORDS), 1);
	team_secret_close(secret);
}
END_TEST

START_TEST(who_has_not_signed_in_is_named_and_cut_off_by_a_new_key)
{
	struct staff_list list;
	struct staff staff;

	make_old("Hari", HARI_PASSWORD);
	make_old("Tek", TEK_PASSWORD);
	MUST(staff_list_unready(fixture_store, &list));
	ck_assert_uint_eq(list.count, 1);
	ck_assert_str_eq(list.items[0].name, "Hari");
	free(list.items);
	rotate("Sita", LEAD_PASSWORD);
	check_refused("Hari", HARI_PASSWORD);
	MUST(staff_find(fixture_store, "Hari", &staff));
	ck_assert_int_eq(staff.is_disabled, 1);
	/* A technician holds no secret: nothing is cut off. */
	MUST(staff_find(fixture_store, "Tek", &staff));
	ck_assert_int_eq(staff.is_disabled, 0);
}
END_TEST

START_TEST(an_epoch_that_is_damaged_does_not_hold_up_a_new_key)
{
	fixture_begin_epoch(5000);
	tamper("UPDATE epochs SET wrapped = zeroblob(80) WHERE id ="
	       " (SELECT max(id) FROM epochs)");
	rotate("Sita", LEAD_PASSWORD);
	check_reads("Hari", HARI_PASSWORD);
}
END_TEST

/* Replaces the key in a process of its own, which says when it begins to
 * write. */
static pid_t
start_replacing(int say)
{
	pid_t pid = fork();
	struct staff_rotation *rotation;
	struct team_secret *secret;
	struct staff staff;

	if (pid != 0)
		return (pid);
	if (store_open(fixture_store_path, STORE_DESK, fixture_box,
		&fixture_store) == DONE &&
	    staff_sign_in(fixture_store, "Sita", LEAD_PASSWORD, &staff,
		&secret) == DONE &&
	    staff_rotate_prepare(fixture_store, secret, &rotation) == DONE &&
	    write(say, "w", 1) == 1 && store_begin(fixture_store) == DONE &&
	    staff_rotate_write(fixture_store, rotation, 2000) == DONE &&
	    store_commit(fixture_store) == DONE)
		_exit(0);
	_exit(1);
}

START_TEST(a_replacement_killed_while_it_is_written_leaves_one_key)
{
	enum { EPOCHS = 400, ROUNDS = 24, STEP_US = 700 };
	struct team_public before, after;
	int replaced = 0;

	for (int i = 0; i < EPOCHS; i++)
		fixture_begin_epoch(5000 + i);
	for (int round = 0; round < ROUNDS; round++) {
		int ends[2];
		char byte;
		pid_t pid;

		MUST(store_team(fixture_store, &before));
		store_close(fixture_store);
		fixture_store = NULL;
		ck_assert_int_eq(pipe(ends), 0);
		pid = start_replacing(ends[1]);
		ck_assert_int_eq(read(ends[0], &byte, 1), 1);
		usleep((useconds_t)(round * STEP_US));
		kill(pid, SIGKILL);
		ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
		close(ends[0]);
		close(ends[1]);
		fixture_reopen();
		MUST(store_team(fixture_store, &after));
		replaced += memcmp(&before, &after, sizeof(before)) != 0;
		check_reads("Hari", HARI_PASSWORD);
	}
	check_reads("Sita", LEAD_PASSWORD);
	printf(
	    "killed while writing: %d of %d were replaced\n", replaced, ROUNDS);
	ck_assert_int_lt(replaced, ROUNDS);
}
END_TEST

static Suite *
suite_of_rotation(void)
{
	Suite *suite = suite_create("rotation");
	TCase *tests = tcase_create("rotation");

	tcase_add_checked_fixture(tests, open_team, fixture_close);
	tcase_set_timeout(tests, 180);
	tcase_add_test(tests,
	    after_a_new_key_everybody_reads_old_cases_with_their_password);
	tcase_add_test(tests, a_key_made_a_little_at_a_time_is_as_good);
	tcase_add_test(tests, an_old_secret_opens_nothing_of_the_new_team);
	tcase_add_test(tests, a_hub_that_runs_seals_to_the_new_key);
	tcase_add_test(
	    tests, an_epoch_that_began_while_a_key_was_prepared_is_not_lost);
	tcase_add_test(tests, two_who_replace_the_key_at_once_do_not_both);
	tcase_add_test(tests, a_key_that_was_rolled_back_changed_nothing);
	tcase_add_test(tests, only_the_newest_recovery_key_opens);
	tcase_add_test(
	    tests, who_has_not_signed_in_is_named_and_cut_off_by_a_new_key);
	tcase_add_test(
	    tests, an_epoch_that_is_damaged_does_not_hold_up_a_new_key);
	tcase_add_test(
	    tests, a_replacement_killed_while_it_is_written_leaves_one_key);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_rotation);
