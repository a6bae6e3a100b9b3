#include "tests/desk_model.h"

#include <stdlib.h>

enum { CLOCK_SLACK_S = 3600 };

static const struct model_answer done = { DONE, CASE_FINE };

static struct model_answer
refused(enum case_reason why)
{
	return ((struct model_answer){ REFUSED, why });
}

/* -- time ------------------------------------------------------------------- */

static void
awake(struct model_case *one)
{
	one->until_utc_s = 0;
	one->snoozed_utc_s = 0;
	one->wakes_on_reply = 0;
}

static void
wake(struct model_case *one, int64_t now_utc_s)
{
	awake(one);
	one->renewed_utc_s = now_utc_s;
}

static void
open_again(struct model_case *one)
{
	one->state = REQUEST_OPEN;
	one->owner = MODEL_NOBODY;
	awake(one);
}

static int
is_running(const struct model_case *one)
{
	return (one->state == REQUEST_OPEN || one->state == REQUEST_CLAIMED);
}

static int
is_lapsed(const struct model_case *one, int64_t now_utc_s)
{
	return (one->state == REQUEST_CLAIMED && one->until_utc_s == 0 &&
	    one->renewed_utc_s <= now_utc_s - MODEL_LEASE_S);
}

void
model_tidy(struct model *model)
{
	int64_t now_utc_s = model->now_utc_s;

	for (int i = 0; i < model->count; i++) {
		struct model_case *one = &model->cases[i];

		if (one->state == REQUEST_CLAIMED && one->until_utc_s == 0 &&
		    one->renewed_utc_s > now_utc_s + CLOCK_SLACK_S)
			one->renewed_utc_s = now_utc_s;
		if (one->until_utc_s != 0 &&
		    (one->until_utc_s <= now_utc_s ||
			one->snoozed_utc_s > now_utc_s + CLOCK_SLACK_S))
			wake(one, now_utc_s);
		if (is_lapsed(one, now_utc_s))
			open_again(one);
	}
}

/* -- callers ---------------------------------------------------------------- */

struct model_case *
model_open(struct model *model, int caller, const char *ref)
{
	struct model_case *one = &model->cases[model->count];

	if (model->count == MODEL_CASES_MOST)
		abort();
	model->count++;
	*one = (struct model_case){ .caller = caller, .owner = MODEL_NOBODY };
	snprintf(one->ref, sizeof(one->ref), "%s", ref);
	return (one);
}

struct model_case *
model_running(struct model *model, int caller)
{
	for (int i = 0; i < model->count; i++) {
		if (model->cases[i].caller == caller &&
		    is_running(&model->cases[i]))
			return (&model->cases[i]);
	}
	return (NULL);
}

static void
add_entry(struct model_case *one, enum case_text_kind kind, int worker)
{
	if (one->thread_count == MODEL_THREAD_MOST)
		abort();
	one->thread[one->thread_count++] =
	    (struct model_entry){ .kind = (signed char)kind,
		    .worker = (signed char)worker };
}

void
model_caller_writes(struct model *model, struct model_case *one)
{
	add_entry(one, CASE_TEXT_CALLER, MODEL_NOBODY);
	if (one->until_utc_s != 0 && one->wakes_on_reply)
		wake(one, model->now_utc_s);
}

void
model_caller_asks_again(struct model *model, struct model_case *one)
{
	if (one->until_utc_s != 0)
		wake(one, model->now_utc_s);
}

static void
end(struct model_case *one, enum request_state state)
{
	one->state = state;
	one->labels = 0;
	one->thread_count = 0;
	awake(one);
}

void
model_withdraw(struct model *model, struct model_case *one)
{
	(void)model;
	end(one, REQUEST_WITHDRAWN);
}

void
model_forget(struct model *model, int caller)
{
	for (int i = 0; i < model->count; i++) {
		struct model_case *one = &model->cases[i];

		if (one->caller == caller &&
		    (is_running(one) || one->state == REQUEST_CLOSED))
			end(one, REQUEST_FORGOTTEN);
	}
	model->is_stopped[caller] = 0;
}

/* -- caseworkers ------------------------------------------------------------ */

/* The case as somebody who does something with it finds it; what is refused
 * leaves it as it was. */
static struct model_case
found(const struct model_act *act)
{
	struct model_case one = *act->one;
	int64_t now_utc_s = act->model->now_utc_s;

	if (one.until_utc_s != 0 && one.until_utc_s <= now_utc_s)
		wake(&one, now_utc_s);
	if (one.owner != act->worker && is_lapsed(&one, now_utc_s))
		open_again(&one);
	return (one);
}

static struct model_answer
keep(const struct model_act *act, const struct model_case *one)
{
	*act->one = *one;
	return (done);
}

struct model_answer
model_look(const struct model_act *act)
{
	struct model_case one = found(act);

	return (keep(act, &one));
}

static void
renew(const struct model_act *act, struct model_case *one)
{
	if (one->state == REQUEST_CLAIMED && one->owner == act->worker)
		one->renewed_utc_s = act->model->now_utc_s;
}

/* CASE_FINE, or why nobody may do more with it. */
static enum case_reason
is_ended(const struct model_case *one)
{
	if (one->state == REQUEST_WITHDRAWN)
		return (CASE_WITHDRAWN);
	return (one->state == REQUEST_FORGOTTEN ? CASE_FORGOTTEN : CASE_FINE);
}

static enum case_reason
is_not_free(const struct model_act *act, const struct model_case *one)
{
	enum case_reason why = is_ended(one);

	if (why != CASE_FINE)
		return (why);
	if (one->state == REQUEST_CLOSED)
		return (CASE_CLOSED);
	if (one->state == REQUEST_CLAIMED && one->owner != act->worker)
		return (CASE_TAKEN);
	return (CASE_FINE);
}

static enum case_reason
is_not_own(const struct model_act *act, const struct model_case *one)
{
	enum case_reason why = is_not_free(act, one);

	if (why == CASE_FINE && one->state == REQUEST_OPEN)
		return (CASE_UNCLAIMED);
	return (why);
}

static void
own_anew(const struct model_act *act, struct model_case *one, int owner)
{
	one->state = REQUEST_CLAIMED;
	one->owner = owner;
	wake(one, act->model->now_utc_s);
}

struct model_answer
model_claim(const struct model_act *act)
{
	struct model_case one = found(act);
	enum case_reason why = is_not_free(act, &one);

	if (why == CASE_TAKEN)
		return ((struct model_answer){ NOTHING, CASE_TAKEN });
	if (why != CASE_FINE)
		return (refused(why));
	if (one.state == REQUEST_CLAIMED)
		renew(act, &one);
	else
		own_anew(act, &one, act->worker);
	return (keep(act, &one));
}

/* A lead may move what others have. */
static enum case_reason
may_not_move(const struct model_act *act, const struct model_case *one)
{
	enum case_reason why = is_not_own(act, one);

	return (why == CASE_TAKEN && act->model->is_lead[act->worker]
		? CASE_FINE
		: why);
}

struct model_answer
model_pass(const struct model_act *act)
{
	struct model_case one = found(act);
	enum case_reason why = may_not_move(act, &one);

	if (why != CASE_FINE)
		return (refused(why));
	open_again(&one);
	return (keep(act, &one));
}

struct model_answer
model_give(const struct model_act *act, int to)
{
	struct model_case one = found(act);
	enum case_reason why = may_not_move(act, &one);

	if (why == CASE_UNCLAIMED && act->model->is_lead[act->worker])
		why = CASE_FINE;
	if (why == CASE_FINE && one.state == REQUEST_CLAIMED && one.owner == to)
		why = CASE_OWN_ALREADY;
	if (why != CASE_FINE)
		return (refused(why));
	own_anew(act, &one, to);
	return (keep(act, &one));
}

struct model_answer
model_close(const struct model_act *act)
{
	struct model_case one = found(act);
	enum case_reason why = is_not_own(act, &one);

	if (why != CASE_FINE)
		return (refused(why));
	one.state = REQUEST_CLOSED;
	awake(&one);
	return (keep(act, &one));
}

struct model_answer
model_reopen(const struct model_act *act)
{
	struct model_case one = found(act);
	enum case_reason why = is_ended(&one);

	if (why == CASE_FINE && one.state != REQUEST_CLOSED)
		why = CASE_NOT_CLOSED;
	if (why == CASE_FINE && model_running(act->model, one.caller) != NULL)
		why = CASE_HAS_ANOTHER;
	if (why != CASE_FINE)
		return (refused(why));
	open_again(&one);
	return (keep(act, &one));
}

struct model_answer
model_note(const struct model_act *act)
{
	struct model_case one = found(act);
	enum case_reason why = is_ended(&one);

	if (why != CASE_FINE)
		return (refused(why));
	add_entry(&one, CASE_TEXT_NOTE, act->worker);
	renew(act, &one);
	return (keep(act, &one));
}

struct model_answer
model_label(const struct model_act *act, int label, int adds)
{
	struct model_case one = found(act);
	enum case_reason why = is_ended(&one);
	unsigned after =
	    adds ? one.labels | 1u << label : one.labels & ~(1u << label);

	if (why != CASE_FINE)
		return (refused(why));
	if (after != one.labels)
		renew(act, &one);
	one.labels = after;
	return (keep(act, &one));
}

struct model_answer
model_snooze(const struct model_act *act, int64_t for_s, int wakes_on_reply)
{
	struct model_case one = found(act);
	enum case_reason why = is_not_free(act, &one);

	if (why == CASE_FINE && (for_s <= 0 || for_s > CASE_SNOOZE_MOST_S))
		why = CASE_BAD_TIME;
	if (why != CASE_FINE)
		return (refused(why));
	one.snoozed_utc_s = act->model->now_utc_s;
	one.until_utc_s = act->model->now_utc_s + for_s;
	one.wakes_on_reply = wakes_on_reply;
	renew(act, &one);
	return (keep(act, &one));
}

struct model_answer
model_wake(const struct model_act *act)
{
	struct model_case one = found(act);
	enum case_reason why = is_not_free(act, &one);

	if (why != CASE_FINE)
		return (refused(why));
	if (one.until_utc_s == 0)
		return ((struct model_answer){ NOTHING, CASE_NOT_SNOOZED });
	wake(&one, act->model->now_utc_s);
	return (keep(act, &one));
}

/* Somebody else's entry, or a reply, that the writer has not seen. */
static int
moved_on(const struct model_act *act, const struct model_case *one, int seen)
{
	for (int i = seen; i >= 0 && i < one->thread_count; i++) {
		if (one->thread[i].kind != CASE_TEXT_NOTE ||
		    one->thread[i].worker != act->worker)
			return (1);
	}
	return (0);
}

struct model_answer
model_reply(const struct model_act *act, int seen, int is_again)
{
	struct model_case one = found(act);
	enum case_reason why = is_not_own(act, &one);

	if (is_again && is_ended(&one) == CASE_FINE)
		return ((struct model_answer){ NOTHING, CASE_SENT_ALREADY });
	if (why == CASE_FINE && moved_on(act, &one, seen))
		why = CASE_MOVED_ON;
	if (why == CASE_FINE && act->model->is_stopped[one.caller])
		why = CASE_STOPPED;
	if (why != CASE_FINE)
		return (refused(why));
	add_entry(&one, CASE_TEXT_REPLY, act->worker);
	one.replies++;
	renew(act, &one);
	return (keep(act, &one));
}
