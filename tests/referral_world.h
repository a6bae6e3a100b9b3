/* A claimed case, two partners, and the steps of a referral, for the suites of
 * referring. */
#ifndef TESTS_REFERRAL_WORLD_H
#define TESTS_REFERRAL_WORLD_H

#include "gateway/desk/case_facts_set.h"
#include "gateway/desk/case_referral.h"
#include "store/audit.h"
#include "tests/check_main.h"
#include "tests/desk_world.h"

#define REF      "KM7P4"
#define HOUSE    "Asha House"
#define LAWYERS  "Nyaya Lawyers"
#define QUESTION "May we tell Asha House about you? Reply YES or NO"
#define HER_NAME "Durga-of-the-test"

static struct world world;
static struct referral_errand step;
static struct text secret_words;

static inline void
add_partner(const char *name, int has_key)
{
	struct partner partner = { .kind = "shelter",
		.place = "Kathmandu",
		.reach = "ask for Maya",
		.languages = "ne en",
		.serves = "women",
		.has_key = has_key };
	int64_t id;

	snprintf(partner.name, sizeof(partner.name), "%s", name);
	text_free(&secret_words);
	sealed_file_make_pair(&partner.key, &secret_words);
	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(
	    partners_put(world.store, &partner, WORLD_NOW_UTC_S, &id), DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
}

static inline void
answer_request(void)
{
	struct request request = world_request(&world, REF);

	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(
	    requests_update(world.store, request.id, URGENCY_HIGH, "yes", 0,
		"need\tWhat help is needed most?\tSafe place\n"
		"name\tWhat name can we call you?\t" HER_NAME "\n",
		WORLD_NOW_UTC_S),
	    DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
}

static inline void
open_world(void)
{
	world_open(&world);
	world_add_request(&world, REF, WORLD_NUMBER);
	answer_request();
	add_partner(LAWYERS, 0);
	add_partner(HOUSE, 1);
	ck_assert_int_eq(
	    cases_claim(world_errand(&world, &world.sita, REF)), DONE);
}

static inline void
close_world(void)
{
	text_free(&secret_words);
	world_close(&world);
}

static inline struct referral_errand *
step_as(const struct caseworker *worker, const char *partner)
{
	memset(&step, 0xa5, sizeof(step));
	step.errand.worker = worker;
	step.errand.ref = REF;
	step.errand.now_utc_s = WORLD_NOW_UTC_S + 60;
	step.partner = partner;
	return (&step);
}

static inline void
note_consent(const char *partner)
{
	ck_assert_int_eq(case_referral_note(step_as(&world.sita, partner),
			     "Yes, tell them, she said on the phone"),
	    DONE);
}

static inline void
ask(void)
{
	unsigned parts = 0;

	ck_assert_int_eq(
	    case_referral_ask(step_as(&world.sita, HOUSE), QUESTION, &parts),
	    DONE);
	ck_assert_int_eq((int)parts, 1);
}

/* What the hub does with what waits. */
static inline void
send_all(void)
{
	struct outbox_turn turn = {
		.line = WORLD_LINE, .now_utc_s = WORLD_NOW_UTC_S + 60, .most = 1
	};
	struct outbox_row row;
	size_t count = 1;

	ck_assert_int_eq(store_begin(world.store), DONE);
	while (count > 0) {
		ck_assert_int_eq(
		    outbox_take(world.store, &turn, &row, &count), DONE);
		if (count == 0)
			break;
		ck_assert_int_eq(
		    outbox_sent(world.store, row.id, WORLD_NOW_UTC_S + 60),
		    DONE);
		outbox_row_free(&row);
	}
	ck_assert_int_eq(store_commit(world.store), DONE);
}

/* What the hub does with a yes or no by text. */
static inline void
hear(int is_yes, const char *text, enum outcome expected)
{
	struct request request = world_request(&world, REF);

	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(referrals_hear(world.store, request.id, is_yes, text,
			     WORLD_NOW_UTC_S + 120),
	    expected);
	ck_assert_int_eq(store_commit(world.store), DONE);
}

static inline enum outcome
pass_to(const char *partner, enum referral_form form, const char *field,
    struct text *out)
{
	const char *fields[] = { field };
	struct referral_pass pass = { .form = form,
		.fields = fields,
		.field_count = 1,
		.from = "Test helpline" };

	return (case_referral_pass(step_as(&world.sita, partner), &pass, out));
}

static inline enum referral_state
state_of(const char *partner)
{
	struct request request = world_request(&world, REF);
	struct referral referral;
	struct partner found;

	ck_assert_int_eq(partners_find(world.store, partner, &found), DONE);
	ck_assert_int_eq(
	    referrals_find(world.store, request.id, found.id, &referral), DONE);
	return (referral.state);
}

static inline int64_t
count_to_tell(void)
{
	struct referral_list list;
	size_t count;

	ck_assert_int_eq(referrals_to_tell(world.store, &list), DONE);
	count = list.count;
	free(list.items);
	return ((int64_t)count);
}

static inline void
refuses_to_pass(const char *partner, enum referral_reason why)
{
	struct text out = { 0 };

	ck_assert_int_eq(
	    pass_to(partner, REFERRAL_SHEET, "need", &out), REFUSED);
	ck_assert_int_eq(step.why, why);
	ck_assert_uint_eq(out.length, 0);
}

#endif
