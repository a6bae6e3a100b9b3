/* A request REF of one caller in a world with a team, and what tests of the
 * desk's policy do with it. */
#ifndef TESTS_CASES_WORLD_H
#define TESTS_CASES_WORLD_H

#include "gateway/desk/cases_list.h"
#include "store/audit.h"
#include "tests/check_main.h"
#include "tests/desk_world.h"

#define REF         "KM7P4"
#define OTHER_REF   "Q3QAC"
#define OTHER_PHONE "+9779807654321"

static struct world world;

static inline void
open_world(void)
{
	world_open(&world);
	world_add_request(&world, REF, WORLD_NUMBER);
}

/* Whatever was done, the trail of it is whole. */
static inline void
close_world(void)
{
	struct audit_verdict verdict;

	ck_assert_int_eq(audit_verify(world.store, NULL, &verdict), DONE);
	world_close(&world);
}

/* How many rows of the trail say this of the case (NULL: of any); by this
 * person, or NULL. */
static inline int
count_audit_of(const char *ref, const char *what, const struct caseworker *by)
{
	struct audit_filter filter = {
		.ref = ref, .since_utc_s = INT64_MIN, .most = 1000
	};
	struct audit_list list;
	int count = 0;

	ck_assert_int_eq(audit_read(world.store, &filter, &list), DONE);
	for (size_t i = 0; i < list.count; i++)
		count += strcmp(list.items[i].what, what) == 0 &&
		    (by == NULL || list.items[i].staff == by->staff->id);
	free(list.items);
	return (count);
}

static inline int
count_audit(const char *what)
{
	return (count_audit_of(REF, what, NULL));
}

static inline struct errand *
errand_of(const struct caseworker *worker, const char *ref, int64_t after_s)
{
	struct errand *errand = world_errand(&world, worker, ref);

	errand->now_utc_s += after_s;
	return (errand);
}

static inline struct errand *
errand_at(const struct caseworker *worker, int64_t after_s)
{
	return (errand_of(worker, REF, after_s));
}

static inline void
claim(const struct caseworker *worker, int64_t after_s)
{
	ck_assert_int_eq(cases_claim(errand_at(worker, after_s)), DONE);
}

static inline void
claim_as(const struct caseworker *worker, const char *ref)
{
	ck_assert_int_eq(cases_claim(world_errand(&world, worker, ref)), DONE);
}

MUST_USE static inline enum outcome
reply_as(const struct caseworker *worker, const char *text, const char *despite)
{
	struct case_reply reply = { .text = text, .despite = despite };
	unsigned parts;

	return (cases_reply(world_errand(&world, worker, REF), &reply, &parts));
}

static inline void
close_as(const struct caseworker *worker, const char *ref)
{
	ck_assert_int_eq(
	    cases_close(world_errand(&world, worker, ref), "advice given"),
	    DONE);
}

static inline void
show_as(
    const struct caseworker *worker, int with_number, struct case_sheet *sheet)
{
	ck_assert_int_eq(
	    cases_show(world_errand(&world, worker, REF), with_number, sheet),
	    DONE);
}

/* What the hub does with a request, in one transaction. */
static inline void
update(const char *consent, int is_on_hold, enum request_urgency urgency)
{
	struct request request = world_request(&world, REF);

	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(requests_update(world.store, request.id, urgency,
			     consent, is_on_hold, NULL, WORLD_NOW_UTC_S),
	    DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
}

static inline void
stop_caller(void)
{
	struct request request = world_request(&world, REF);
	struct number number;
	struct caller caller;

	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(
	    callers_find(world.store, &request.caller, &caller), DONE);
	ck_assert_int_eq(
	    callers_number(world.store, &request.caller, &number), DONE);
	caller.is_stopped = 1;
	ck_assert_int_eq(callers_put(world.store, &caller, &number), DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
}

static inline void
end_request(enum request_state state)
{
	struct request request = world_request(&world, REF);

	ck_assert_int_eq(store_begin(world.store), DONE);
	if (state == REQUEST_WITHDRAWN)
		ck_assert_int_eq(
		    requests_withdraw(world.store, request.id, WORLD_NOW_UTC_S),
		    DONE);
	else
		ck_assert_int_eq(callers_forget(world.store, &request.caller,
				     WORLD_NOW_UTC_S),
		    DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
}

/* The cases of a suite, each in a world of its own. */
static inline TCase *
cases_tcase(Suite *suite)
{
	TCase *tcase = tcase_create("cases");

	suite_add_tcase(suite, tcase);
	tcase_set_timeout(tcase, 60);
	tcase_add_unchecked_fixture(tcase, world_make_once, world_remove);
	tcase_add_checked_fixture(tcase, open_world, close_world);
	return (tcase);
}

#endif
