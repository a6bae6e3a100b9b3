/* Whose a request is, what the queue shows of it, and who sees none at
 * all. */
#include <sys/wait.h>
#include <unistd.h>

#include "tests/cases_world.h"

/* -- claiming --------------------------------------------------------------- */

START_TEST(a_claimed_request_has_an_owner)
{
	claim_as(&world.sita, REF);
	ck_assert_int_eq(world.errand.why, CASE_FINE);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_CLAIMED);
	ck_assert_str_eq(world_request(&world, REF).claimed_by_name, "Sita");
}
END_TEST

START_TEST(a_reference_is_read_in_small_letters_too)
{
	claim_as(&world.sita, "km7p4");
	ck_assert_str_eq(world.errand.request.ref, REF);
}
END_TEST

START_TEST(an_unknown_reference_is_nothing)
{
	struct errand *errand = world_errand(&world, &world.sita, "AAAAA");

	ck_assert_int_eq(cases_claim(errand), NOTHING);
	ck_assert_int_eq(errand->why, CASE_NOT_FOUND);
	ck_assert_int_eq(errand->was_found, 0);
}
END_TEST

START_TEST(a_claim_is_passed_on_by_its_owner_only)
{
	claim_as(&world.sita, REF);
	ck_assert_int_eq(
	    cases_pass(world_errand(&world, &world.ram, REF)), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_TAKEN);
	ck_assert_int_eq(
	    cases_pass(world_errand(&world, &world.sita, REF)), DONE);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_OPEN);
	ck_assert_int_eq(
	    cases_pass(world_errand(&world, &world.sita, REF)), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_UNCLAIMED);
	claim_as(&world.ram, REF);
	ck_assert_str_eq(world_request(&world, REF).claimed_by_name, "Ram");
}
END_TEST

START_TEST(the_second_to_claim_learns_who_was_first)
{
	struct errand *errand;

	claim_as(&world.sita, REF);
	errand = world_errand(&world, &world.ram, REF);
	ck_assert_int_eq(cases_claim(errand), NOTHING);
	ck_assert_int_eq(errand->why, CASE_TAKEN);
	ck_assert_str_eq(errand->request.claimed_by_name, "Sita");
}
END_TEST

/* Claims over a connection of its own once the pipe closes; exits with the
 * outcome. */
static pid_t
start_claiming(const struct caseworker *as, int go_fd, int other_fd)
{
	pid_t pid = fork();
	struct caseworker worker = *as;
	struct errand errand = {
		.worker = &worker, .ref = REF, .now_utc_s = WORLD_NOW_UTC_S
	};
	char byte;

	ck_assert_int_ge(pid, 0);
	if (pid > 0)
		return (pid);
	close(other_fd);
	worker.store = world_connect(&world);
	while (read(go_fd, &byte, 1) > 0)
		;
	_exit((int)cases_claim(&errand));
}

static enum outcome
end_of(pid_t pid)
{
	int status;

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return ((enum outcome)WEXITSTATUS(status));
}

START_TEST(two_who_claim_at_once_leave_one_owner)
{
	int go[2];
	pid_t sita;
	pid_t ram;
	enum outcome one;
	enum outcome other;

	/* A connection must not live on in a child. */
	store_close(world.store);
	ck_assert_int_eq(pipe(go), 0);
	sita = start_claiming(&world.sita, go[0], go[1]);
	ram = start_claiming(&world.ram, go[0], go[1]);
	close(go[1]);
	one = end_of(sita);
	other = end_of(ram);
	close(go[0]);
	world.store = world_connect(&world);
	ck_assert((one == DONE && other == NOTHING) ||
	    (one == NOTHING && other == DONE));
	ck_assert_str_eq(world_request(&world, REF).claimed_by_name,
	    one == DONE ? "Sita" : "Ram");
	ck_assert_int_eq(world_count_events(&world, REF, "claimed"), 1);
}
END_TEST

START_TEST(claiming_what_is_ones_own_changes_nothing)
{
	claim_as(&world.sita, REF);
	claim_as(&world.sita, REF);
	ck_assert_int_eq(world_count_events(&world, REF, "claimed"), 1);
}
END_TEST

/* -- the queue -------------------------------------------------------------- */

static void
list_as(const struct caseworker *worker, const struct case_filter *filter,
    struct request_list *list)
{
	ck_assert_int_eq(
	    cases_list(worker, filter, WORLD_NOW_UTC_S, list), DONE);
}

START_TEST(the_queue_has_the_most_urgent_first_then_the_oldest)
{
	struct case_filter filter = { .most = 10 };
	struct request_list list;

	world_add_request(&world, OTHER_REF, OTHER_PHONE);
	claim_as(&world.sita, REF);
	list_as(&world.ram, &filter, &list);
	ck_assert_uint_eq(list.count, 2);
	ck_assert_str_eq(list.items[0].ref, REF);
	free(list.items);
	update("yes", 0, URGENCY_LOW);
	list_as(&world.ram, &filter, &list);
	ck_assert_uint_eq(list.count, 2);
	ck_assert_str_eq(list.items[0].ref, OTHER_REF);
	ck_assert_str_eq(list.items[1].claimed_by_name, "Sita");
	free(list.items);
	filter.most = 1;
	list_as(&world.ram, &filter, &list);
	ck_assert_uint_eq(list.count, 1);
	ck_assert_str_eq(list.items[0].ref, OTHER_REF);
	free(list.items);
}
END_TEST

START_TEST(the_queue_leaves_out_what_has_ended_unless_asked)
{
	struct case_filter filter = { .most = 10 };
	struct request_list list;

	claim_as(&world.sita, REF);
	close_as(&world.sita, REF);
	list_as(&world.sita, &filter, &list);
	ck_assert_uint_eq(list.count, 0);
	free(list.items);
	filter.shelf = SHELF_ANY;
	list_as(&world.sita, &filter, &list);
	ck_assert_uint_eq(list.count, 1);
	free(list.items);
}
END_TEST

START_TEST(the_queue_can_show_ones_own_only)
{
	struct case_filter filter = { .only_mine = 1, .most = 10 };
	struct request_list list;

	world_add_request(&world, OTHER_REF, OTHER_PHONE);
	claim_as(&world.sita, REF);
	list_as(&world.sita, &filter, &list);
	ck_assert_uint_eq(list.count, 1);
	ck_assert_str_eq(list.items[0].ref, REF);
	free(list.items);
	list_as(&world.ram, &filter, &list);
	ck_assert_uint_eq(list.count, 0);
	free(list.items);
}
END_TEST

/* -- roles ------------------------------------------------------------------ */

static const struct {
	const char *role;
	int is_disabled;
} strangers[] = { { "technician", 0 }, { "lead", 1 }, { "", 0 } };

START_TEST(a_technician_and_who_is_disabled_sees_no_case)
{
	struct staff staff = { .id = 1,
		.name = "Hari",
		.is_disabled = strangers[_i].is_disabled };
	struct caseworker worker = { .store = world.store,
		.staff = &staff,
		.secret = world.sita.secret };
	struct case_filter filter = { .most = 10 };
	struct request_list list;
	struct case_sheet sheet;

	snprintf(staff.role, sizeof(staff.role), "%s", strangers[_i].role);
	ck_assert_int_eq(
	    cases_list(&worker, &filter, WORLD_NOW_UTC_S, &list), REFUSED);
	ck_assert_int_eq(
	    cases_claim(world_errand(&world, &worker, REF)), REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_NO_RIGHT);
	ck_assert_int_eq(
	    cases_show(world_errand(&world, &worker, REF), 0, &sheet), REFUSED);
	ck_assert_int_eq(
	    cases_note(world_errand(&world, &worker, REF), "x"), REFUSED);
	ck_assert_int_eq(world_request(&world, REF).state, REQUEST_OPEN);
}
END_TEST

static Suite *
suite_of_case_claims(void)
{
	Suite *suite = suite_create("case claims");
	TCase *tcase = cases_tcase(suite);

	tcase_add_test(tcase, a_claimed_request_has_an_owner);
	tcase_add_test(tcase, a_reference_is_read_in_small_letters_too);
	tcase_add_test(tcase, an_unknown_reference_is_nothing);
	tcase_add_test(tcase, a_claim_is_passed_on_by_its_owner_only);
	tcase_add_test(tcase, the_second_to_claim_learns_who_was_first);
	tcase_add_loop_test(tcase, two_who_claim_at_once_leave_one_owner, 0, 8);
	tcase_add_test(tcase, claiming_what_is_ones_own_changes_nothing);
	tcase_add_test(
	    tcase, the_queue_has_the_most_urgent_first_then_the_oldest);
	tcase_add_test(tcase, the_queue_leaves_out_what_has_ended_unless_asked);
	tcase_add_test(tcase, the_queue_can_show_ones_own_only);
	tcase_add_loop_test(tcase,
	    a_technician_and_who_is_disabled_sees_no_case, 0,
	    COUNT_OF(strangers));
	return (suite);
}

CHECK_MAIN(suite_of_case_claims);
