/* What must come of anything somebody does with cases, written a second time
 * and without a store: the yardstick of desk_model_test.c.
 *
 * The model knows cases by their place, caseworkers and callers by numbers
 * from 0.  Each function says what the desk must answer and, where that is
 * DONE, becomes what the store must then be.
 */
#ifndef TESTS_DESK_MODEL_H
#define TESTS_DESK_MODEL_H

#include "gateway/desk/cases.h"

enum {
	MODEL_WORKERS = 4,
	MODEL_CALLERS = 12,
	MODEL_CASES_MOST = 2000,
	MODEL_THREAD_MOST = 400,
	MODEL_LABELS = 3,
	MODEL_NOBODY = -1,
	MODEL_LEASE_S = 24 * 3600,
};

/* One entry of a thread. */
struct model_entry {
	signed char kind; /* enum case_text_kind */
	signed char worker;
};

struct model_case {
	char ref[8];
	int caller;
	enum request_state state;
	int owner;
	int64_t renewed_utc_s;
	int64_t snoozed_utc_s;
	int64_t until_utc_s; /* 0 awake */
	int wakes_on_reply;
	unsigned labels; /* a bit each */
	struct model_entry thread[MODEL_THREAD_MOST];
	int thread_count;
	int replies;
};

struct model {
	struct model_case cases[MODEL_CASES_MOST];
	int count;
	int is_stopped[MODEL_CALLERS];
	int is_lead[MODEL_WORKERS];
	int64_t now_utc_s;
};

/* What must come of it. */
struct model_answer {
	enum outcome outcome;
	enum case_reason why;
};

/* -- what time and callers do ----------------------------------------------- */

void model_tidy(struct model *model);
struct model_case *model_open(struct model *model, int caller, const char *ref);
/* The caller's open or claimed case, or NULL. */
struct model_case *model_running(struct model *model, int caller);
void model_caller_writes(struct model *model, struct model_case *one);
void model_caller_asks_again(struct model *model, struct model_case *one);
void model_withdraw(struct model *model, struct model_case *one);
void model_forget(struct model *model, int caller);

/* -- what caseworkers do ---------------------------------------------------- */

/* One thing somebody does with a case. */
struct model_act {
	struct model *model;
	struct model_case *one;
	int worker;
};

struct model_answer model_look(const struct model_act *act);
struct model_answer model_claim(const struct model_act *act);
struct model_answer model_pass(const struct model_act *act);
struct model_answer model_give(const struct model_act *act, int to);
struct model_answer model_close(const struct model_act *act);
struct model_answer model_reopen(const struct model_act *act);
struct model_answer model_note(const struct model_act *act);
struct model_answer model_label(
    const struct model_act *act, int label, int adds);
struct model_answer model_snooze(
    const struct model_act *act, int64_t for_s, int wakes_on_reply);
struct model_answer model_wake(const struct model_act *act);
/* `seen` is how many entries the writer saw, -1: not compared; is_again: with
 * the token of a reply that was taken. */
struct model_answer model_reply(
    const struct model_act *act, int seen, int is_again);

#endif
