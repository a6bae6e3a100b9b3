/* Two desks, four caseworkers and their callers do whatever comes, ten
 * thousand times, and the store must be what the model says: never two owners,
 * never an orphan, never a text queued twice, the audit trail whole.
 *
 *   SEED=7 ACTIONS=100000 tests/desk_model_test
 */
#include "gateway/base/memory.h"
#include "gateway/desk/cases_list.h"
#include "store/audit.h"
#include "tests/check_main.h"
#include "tests/desk_model.h"
#include "tests/desk_world.h"

enum {
	HOUR_S = 3600,
	YEAR_S = 365 * 86400,
	DESKS = 2,
	REF_MAX = 8,
};

static const char *const names[MODEL_WORKERS] = { "Sita", "Ram", "Maya",
	"Gita" };
static const char *const labels[MODEL_LABELS] = { "agent", "minor",
	"passport" };
static const struct case_rules rules = { .lease_s = MODEL_LEASE_S };

/* What a worker last saw of a case: entries, and the newest one's id. */
struct glance {
	int count;
	int64_t seen;
	char token[24]; /* of their last reply that was taken */
};

struct play {
	struct world world; /* its own connection is the hub's */
	struct store *desks[DESKS];
	struct staff staff[MODEL_WORKERS];
	struct caseworker workers[MODEL_WORKERS];
	struct model model;
	struct glance (*glances)[MODEL_WORKERS]; /* of each case */
	uint64_t random;
	long replies;
	long done;
};

static struct play play;

/* -- chance ----------------------------------------------------------------- */

static int64_t
number_from_environment(const char *name, int64_t otherwise)
{
	const char *words = getenv(name);
	int64_t value = otherwise;

	if (words != NULL && !text_read_integer(words, 1, INT64_MAX, &value))
		ck_abort_msg("%s=%s is no number", name, words);
	return (value);
}

/* From 0 up to below `most` (xorshift64). */
static int
chance(int most)
{
	play.random ^= play.random << 13;
	play.random ^= play.random >> 7;
	play.random ^= play.random << 17;
	return ((int)(play.random % (uint64_t)most));
}

/* -- the set-up ------------------------------------------------------------- */

static void
add_staff(void)
{
	ck_assert_int_eq(store_begin(play.world.store), DONE);
	for (int i = 2; i < MODEL_WORKERS; i++)
		ck_assert_int_eq(staff_add(play.world.store, names[i],
				     "caseworker", "a-long-password",
				     play.world.sita.secret, WORLD_NOW_UTC_S),
		    DONE);
	ck_assert_int_eq(store_commit(play.world.store), DONE);
}

static void
connect_workers(void)
{
	for (int i = 0; i < MODEL_WORKERS; i++) {
		ck_assert_int_eq(
		    staff_find(play.world.store, names[i], &play.staff[i]),
		    DONE);
		play.workers[i] = (struct caseworker){
			.store = play.desks[i % DESKS],
			.staff = &play.staff[i],
			.secret = play.world.sita.secret,
			.rules = &rules,
		};
		play.model.is_lead[i] = strcmp(play.staff[i].role, "lead") == 0;
	}
}

static void
open_play(void)
{
	play.random = (uint64_t)number_from_environment("SEED", 20261122);
	play.model.now_utc_s = WORLD_NOW_UTC_S;
	play.glances = memory_new(MODEL_CASES_MOST, sizeof(*play.glances));
	world_open(&play.world);
	add_staff();
	for (int i = 0; i < DESKS; i++)
		play.desks[i] = world_connect(&play.world);
	connect_workers();
}

static void
close_play(void)
{
	for (int i = 0; i < DESKS; i++)
		store_close(play.desks[i]);
	world_close(&play.world);
	free(play.glances);
}

/* -- callers ---------------------------------------------------------------- */

static void
number_of(int caller, char *number, size_t size)
{
	snprintf(number, size, "+97798000%05d", caller);
}

/* "KAAAB": letters only, none of which is read as another. */
static void
ref_of(int place, char ref[REF_MAX])
{
	snprintf(ref, REF_MAX, "KAAAA");
	for (int i = 4; i > 0; i--, place /= 10)
		ref[i] = (char)('A' + place % 10);
}

static void
open_case(int caller)
{
	char number[32];
	char ref[REF_MAX];

	number_of(caller, number, sizeof(number));
	ref_of(play.model.count, ref);
	world_add_request(&play.world, ref, number);
	model_open(&play.model, caller, ref);
	play.model.is_stopped[caller] = 0;
}

static void
set_stopped(int caller, int is_stopped)
{
	struct number number = { "" };
	struct caller row;
	struct caller_key key;

	number_of(caller, number.e164, sizeof(number.e164));
	seal_caller_key(play.world.box, &number, &key);
	ck_assert_int_eq(callers_find(play.world.store, &key, &row), DONE);
	row.is_stopped = is_stopped;
	ck_assert_int_eq(callers_put(play.world.store, &row, &number), DONE);
	play.model.is_stopped[caller] = is_stopped;
}

static void
write_to_case(struct model_case *one)
{
	struct request request = world_request(&play.world, one->ref);
	struct store *store = play.world.store;
	int64_t now_utc_s = play.model.now_utc_s;
	int what = chance(60);

	ck_assert_int_eq(store_begin(store), DONE);
	if (what == 0) {
		ck_assert_int_eq(
		    requests_withdraw(store, request.id, now_utc_s), DONE);
		model_withdraw(&play.model, one);
	} else if (what == 1) {
		ck_assert_int_eq(
		    callers_forget(store, &request.caller, now_utc_s), DONE);
		model_forget(&play.model, one->caller);
	} else if (what < 6) {
		set_stopped(one->caller, what == 2);
	} else if (what < 10) {
		ck_assert_int_eq(requests_asked_again(store, request.id,
				     URGENCY_HIGH, now_utc_s),
		    DONE);
		model_caller_asks_again(&play.model, one);
	} else {
		ck_assert_int_eq(requests_add_text(store, request.id, "Hello?",
				     (struct journal_id){ 0 }, now_utc_s),
		    DONE);
		model_caller_writes(&play.model, one);
	}
	ck_assert_int_eq(store_commit(store), DONE);
}

static void
some_caller_writes(void)
{
	int caller = chance(MODEL_CALLERS);
	struct model_case *one = model_running(&play.model, caller);

	if (one != NULL)
		write_to_case(one);
	else if (play.model.count < MODEL_CASES_MOST)
		open_case(caller);
}

/* -- comparing -------------------------------------------------------------- */

static void
labels_of(const struct model_case *one, char *words, size_t size)
{
	size_t length = 0;

	words[0] = '\0';
	for (int i = 0; i < MODEL_LABELS; i++) {
		if (one->labels & 1u << i)
			length +=
			    (size_t)snprintf(words + length, size - length,
				"%s%s", length > 0 ? "\n" : "", labels[i]);
	}
}

static void
compare(const struct model_case *one)
{
	struct request request = world_request(&play.world, one->ref);
	char words[128];

	labels_of(one, words, sizeof(words));
	ck_assert_msg(request.state == one->state, "%s is %s, not %s", one->ref,
	    request_state_name(request.state), request_state_name(one->state));
	ck_assert_str_eq(request.labels, words);
	ck_assert_int_eq(request.snoozed_until_utc_s, one->until_utc_s);
	ck_assert_int_eq(request.wakes_on_reply, one->wakes_on_reply);
	if (one->state != REQUEST_CLAIMED)
		return;
	ck_assert_str_eq(request.claimed_by_name, names[one->owner]);
	if (one->until_utc_s == 0)
		ck_assert_int_eq(request.renewed_utc_s, one->renewed_utc_s);
}

/* -- caseworkers ------------------------------------------------------------ */

/* One action, as the desk is asked for it and as the model is. */
struct action {
	struct model_act act;
	struct errand errand;
	enum outcome outcome;
	struct model_answer wanted;
};

static void
do_look(struct action *action, struct glance *glance)
{
	struct case_sheet sheet;

	action->outcome = cases_show(&action->errand, 0, &sheet);
	action->wanted = model_look(&action->act);
	ck_assert_int_eq(action->outcome, DONE);
	ck_assert_int_eq(
	    (int)sheet.thread.count, action->act.one->thread_count);
	glance->count = (int)sheet.thread.count;
	glance->seen = sheet.seen;
	case_sheet_free(&sheet);
}

static void
do_reply(struct action *action, struct glance *glance)
{
	char text[48];
	char token[24];
	int is_again = glance->token[0] != '\0' && chance(8) == 0;
	int compares = glance->seen != 0 && chance(4) != 0;
	struct case_reply reply = { .text = text,
		.seen = compares ? glance->seen : 0,
		.token = is_again ? glance->token : token };
	unsigned parts;

	snprintf(text, sizeof(text), "reply %ld", play.replies);
	snprintf(token, sizeof(token), "form-%ld", play.replies);
	action->outcome = cases_reply(&action->errand, &reply, &parts);
	action->wanted =
	    model_reply(&action->act, compares ? glance->count : -1, is_again);
	if (action->outcome == DONE) {
		snprintf(glance->token, sizeof(glance->token), "%s", token);
		play.replies++;
	}
}

static void
do_snooze(struct action *action)
{
	int64_t for_s = chance(20) == 0 ? -1 : (chance(100) + 1) * HOUR_S / 2;
	int wakes = chance(2);

	action->outcome = cases_snooze(
	    &action->errand, action->errand.now_utc_s + for_s, wakes);
	action->wanted = model_snooze(&action->act, for_s, wakes);
}

static void
do_label(struct action *action)
{
	int label = chance(MODEL_LABELS);
	int adds = chance(2);

	action->outcome = adds ? cases_label(&action->errand, labels[label])
			       : cases_unlabel(&action->errand, labels[label]);
	action->wanted = model_label(&action->act, label, adds);
}

static void
do_give(struct action *action)
{
	int to = chance(MODEL_WORKERS);

	action->outcome = cases_give(&action->errand, names[to]);
	action->wanted = model_give(&action->act, to);
}

static void
do_small(struct action *action, int which)
{
	struct errand *errand = &action->errand;
	const struct model_act *act = &action->act;

	switch (which) {
	case 0:
		action->outcome = cases_wake(errand);
		action->wanted = model_wake(act);
		return;
	case 1:
		action->outcome = cases_pass(errand);
		action->wanted = model_pass(act);
		return;
	case 2:
		action->outcome = cases_close(errand, "advice given");
		action->wanted = model_close(act);
		return;
	case 3:
		action->outcome = cases_reopen(errand);
		action->wanted = model_reopen(act);
		return;
	case 4:
		action->outcome = cases_note(errand, "a note");
		action->wanted = model_note(act);
		return;
	default:
		action->outcome = cases_claim(errand);
		action->wanted = model_claim(act);
		return;
	}
}

/* Newer cases are met more often, and those that go on. */
static int
some_place(void)
{
	int newest = play.model.count < 20 ? play.model.count : 20;
	int place = play.model.count - 1 - chance(newest);

	for (int tries = 0; tries < 5; tries++) {
		if (play.model.cases[place].state <= REQUEST_CLAIMED)
			break;
		place = play.model.count - 1 - chance(newest);
	}
	return (place);
}

static void
act_on_some_case(void)
{
	int place = some_place();
	int owner = play.model.cases[place].owner;
	int worker = owner != MODEL_NOBODY && chance(2) == 0
	    ? owner
	    : chance(MODEL_WORKERS);
	struct model_case *one = &play.model.cases[place];
	struct glance *glance = &play.glances[place][worker];
	struct action action = {
		.act = { &play.model, one, worker },
		.errand = { .worker = &play.workers[worker],
		    .ref = one->ref,
		    .now_utc_s = play.model.now_utc_s },
	};
	int what = chance(20);

	if (what < 5 && chance(2) == 0)
		do_look(&action, glance);
	if (what < 5)
		do_reply(&action, glance);
	else if (what < 8)
		do_look(&action, glance);
	else if (what == 8)
		do_snooze(&action);
	else if (what == 9)
		do_label(&action);
	else if (what == 10)
		do_give(&action);
	else
		do_small(&action, what - 11);
	ck_assert_msg(action.outcome == action.wanted.outcome &&
		action.errand.why == action.wanted.why,
	    "%s by %s, action %d: came to %s (%d), not to %s (%d)", one->ref,
	    names[worker], what, outcome_name(action.outcome),
	    (int)action.errand.why, outcome_name(action.wanted.outcome),
	    (int)action.wanted.why);
	play.done += action.outcome == DONE;
	compare(one);
}

/* -- at the end ------------------------------------------------------------- */

static size_t
count_shelf(enum request_shelf shelf)
{
	struct request_filter filter = { .shelf = shelf,
		.most = MODEL_CASES_MOST };
	struct request_list list;

	ck_assert_int_eq(requests_page(play.world.store, &filter, &list), DONE);
	free(list.items);
	return (list.count);
}

/* Every case stands on one shelf, and all on all. */
static void
compare_all(void)
{
	for (int i = 0; i < play.model.count; i++)
		compare(&play.model.cases[i]);
	ck_assert_uint_eq(count_shelf(SHELF_QUEUE) +
		count_shelf(SHELF_SNOOZED) + count_shelf(SHELF_ENDED),
	    (size_t)play.model.count);
	ck_assert_uint_eq(count_shelf(SHELF_ANY), (size_t)play.model.count);
}

static void
check_trail(void)
{
	struct audit_verdict verdict;

	ck_assert_int_eq(audit_verify(play.world.store, NULL, &verdict), DONE);
}

/* Takes all that is queued as the hub does: no text twice. */
static void
check_outbox(void)
{
	char *was_taken = memory_new((size_t)play.replies + 1, 1);
	struct outbox_row rows[16];
	struct outbox_turn turn = { .line = WORLD_LINE,
		.now_utc_s = INT64_MAX / 2,
		.most = COUNT_OF(rows) };
	size_t count = 1;

	while (count > 0) {
		ck_assert_int_eq(store_begin(play.world.store), DONE);
		ck_assert_int_eq(
		    outbox_take(play.world.store, &turn, rows, &count), DONE);
		for (size_t i = 0; i < count; i++) {
			long serial = -1;

			ck_assert_int_eq(sscanf(text_string(&rows[i].text),
					     "reply %ld", &serial),
			    1);
			ck_assert_int_lt(serial, play.replies);
			ck_assert_msg(!was_taken[serial],
			    "reply %ld was queued twice", serial);
			was_taken[serial] = 1;
			ck_assert_int_eq(
			    outbox_sent(play.world.store, rows[i].id, 0), DONE);
			outbox_row_free(&rows[i]);
		}
		ck_assert_int_eq(store_commit(play.world.store), DONE);
	}
	free(was_taken);
	ck_assert_int_eq(world_count_outbox(&play.world), play.replies);
}

/* -- the plays -------------------------------------------------------------- */

static void
let_time_pass(void)
{
	int what = chance(400);

	if (what == 0)
		play.model.now_utc_s += YEAR_S;
	else if (what == 1)
		play.model.now_utc_s -= YEAR_S;
	else if (what < 40)
		play.model.now_utc_s += chance(30 * HOUR_S);
	else
		play.model.now_utc_s += chance(600);
}

/* The two desks and the hub do so by turns. */
static void
tidy(void)
{
	const struct caseworker *worker = &play.workers[chance(MODEL_WORKERS)];

	ck_assert_int_eq(cases_tidy(worker, play.model.now_utc_s), DONE);
	model_tidy(&play.model);
}

START_TEST(ten_thousand_actions_come_to_what_the_model_says)
{
	int64_t actions = number_from_environment("ACTIONS", 10000);

	for (int64_t i = 0; i < actions; i++) {
		let_time_pass();
		if (play.model.count < 5 || chance(5) == 0) {
			some_caller_writes();
			continue;
		}
		if (chance(25) == 0)
			tidy();
		act_on_some_case();
		if (i % 1000 == 0)
			compare_all();
	}
	tidy();
	compare_all();
	check_trail();
	check_outbox();
	/* A model that says no to everything would prove nothing. */
	ck_assert_int_gt(play.done, actions / 5);
	ck_assert_int_gt(play.replies, actions / 50);
	printf("%d cases, %ld actions done, %ld replies\n", play.model.count,
	    play.done, play.replies);
}
END_TEST

static Suite *
suite_of_desk_model(void)
{
	Suite *suite = suite_create("desk model");
	TCase *tcase = tcase_create("desk model");

	suite_add_tcase(suite, tcase);
	tcase_set_timeout(tcase, 1200);
	tcase_add_unchecked_fixture(tcase, world_make_once, world_remove);
	tcase_add_checked_fixture(tcase, open_play, close_play);
	tcase_add_test(tcase, ten_thousand_actions_come_to_what_the_model_says);
	return (suite);
}

CHECK_MAIN(suite_of_desk_model);
