#include "gateway/hub/hub.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/retry.h"
#include "gateway/hub/alarms.h"
#include "gateway/hub/arrivals.h"
#include "gateway/hub/children.h"
#include "gateway/hub/control.h"
#include "gateway/hub/departures.h"
#include "gateway/hub/fail_over.h"
#include "gateway/hub/line_alarms.h"
#include "gateway/hub/open.h"
#include "gateway/hub/overdue.h"
#include "gateway/hub/prompts.h"
#include "gateway/hub/spending.h"
#include "gateway/hub/stale.h"
#include "gateway/hub/state.h"
#include "store/requests.h"
#include "store/retention.h"

enum {
	EPOCH_S = 3600,
	RESULTS_WAIT_MS = 20, /* what became of texts waits so long for the next
				 arrivals, to be written in their commit; a
				 crash in between makes them unsure */
	QUIET_MS = 5000, /* after so long without work the log is
				   emptied, so that what was erased is gone */
	TIDY_S = 3600,
	TIDY_MS = TIDY_S * 1000,
	CASES_MS = 60000, /* leases and snoozes are looked after so often */
};

/* -- one round: everything that waits, in one transaction ------------------- */

static int
has_work(const struct hub *hub, int64_t now_utc_s)
{
	if (hub->batch_count > 0 || hub->outbox_was_poked ||
	    hub->keys_were_replaced)
		return (1);
	if (hub->prompts_due_utc_s <= now_utc_s ||
	    hub->overdue_utc_s <= now_utc_s)
		return (1);
	if (hub->result_count > 0 && clock_monotonic_ms() >= hub->results_ms)
		return (1);
	for (size_t i = 0; i < hub->child_count; i++) {
		const struct child *child = &hub->children[i];

		if (child->has_backlog && child->backlog_utc_s <= now_utc_s &&
		    child_can_send(child))
			return (1);
	}
	return (0);
}

MUST_USE static enum outcome
write_round(struct hub *hub, int64_t now_utc_s)
{
	int64_t age_s = now_utc_s - store_epoch_began_utc_s(hub->store);
	enum outcome outcome = DONE;

	if (hub->keys_were_replaced || age_s >= EPOCH_S || age_s < 0)
		outcome = store_begin_epoch(hub->store, now_utc_s);
	if (outcome == DONE)
		outcome = departures_settle(hub, now_utc_s);
	if (outcome == DONE)
		outcome = arrivals_take(hub, now_utc_s);
	if (outcome == DONE)
		outcome = prompts_tend(hub, now_utc_s);
	if (outcome == DONE)
		outcome = overdue_tend(hub, now_utc_s);
	if (outcome == DONE)
		outcome = departures_take(hub, now_utc_s);
	return (outcome);
}

MUST_USE static enum outcome
store_round(struct hub *hub, int64_t now_utc_s)
{
	enum outcome outcome = store_begin(hub->store);

	if (outcome == DONE)
		outcome = write_round(hub, now_utc_s);
	if (outcome == DONE)
		outcome = store_commit(hub->store);
	if (outcome != DONE) {
		store_rollback(hub->store);
		departures_forget(hub);
	}
	return (outcome);
}

MUST_USE static enum outcome
make_round(struct hub *hub, int64_t now_utc_s)
{
	enum outcome outcome;

	if (hub->outbox_was_poked) {
		hub->prompts_due_utc_s = 0;
		departures_expect(hub);
		/* A case may belong to a line that is gone. */
		hub->texts_of_gone = 1;
	}
	outcome = store_round(hub, now_utc_s);
	if (outcome == UNSURE && hub->has_savepoints)
		outcome = store_round(hub, now_utc_s);
	hub->has_savepoints = 0;
	if (outcome != DONE)
		return (outcome);
	if (hub->careful > 0)
		hub->careful -= hub->careful < (int)hub->batch_count
		    ? hub->careful
		    : (int)hub->batch_count;
	hub->batch_count = 0;
	hub->result_count = 0;
	hub->outbox_was_poked = 0;
	hub->keys_were_replaced = 0;
	departures_release_and_send(hub, clock_monotonic_ms());
	alarms_expect(hub);
	return (DONE);
}

/* The store cannot write: what came in stays with the lines, what we hold
 * stays here, and we look again after a growing pause. */
static void
note_store_failure(struct hub *hub)
{
	hub->store_failures++;
	hub->store_retry_ms = clock_monotonic_ms() +
	    retry_start_wait_ms(hub->store_failures + 3) / 2;
}

static void
work(struct hub *hub)
{
	int64_t now_utc_s = clock_utc_s();
	enum outcome outcome = DONE;
	int worked;

	/* A clock that jumped back. */
	if (hub->prompts_due_utc_s > now_utc_s + PROMPTS_S) {
		hub->prompts_due_utc_s = now_utc_s;
		hub->overdue_utc_s = now_utc_s;
	}
	worked = has_work(hub, now_utc_s);
	if (hub->store_failures > 0 &&
	    clock_monotonic_ms() < hub->store_retry_ms)
		return;
	if (worked)
		outcome = make_round(hub, now_utc_s);
	if (outcome == DONE && hub->journal_due_utc_s >= 0 &&
	    hub->journal_due_utc_s <= now_utc_s) {
		worked = 1;
		outcome = arrivals_tend(hub, now_utc_s);
		departures_release_and_send(hub, clock_monotonic_ms());
	}
	if (outcome == BROKEN) {
		log_err("the store does not hold what it should; ending");
		abort();
	}
	if (outcome != DONE) {
		note_store_failure(hub);
		return;
	}
	hub->store_failures = 0;
	if (worked)
		hub->quiet_work_ms = clock_monotonic_ms() + QUIET_MS;
}

MUST_USE static enum outcome
end_what_was_kept(struct hub *hub, int64_t now_utc_s)
{
	const struct data_rules *rules = &hub->settings.data;
	struct retention_rule *clocks =
	    memory_new(rules->outcome_count, sizeof(*clocks));
	struct retention retention = { .default_days = rules->keep_days,
		.rules = clocks,
		.rule_count = rules->outcome_count };
	size_t erased = 0;
	enum outcome outcome;

	for (size_t i = 0; i < rules->outcome_count; i++)
		clocks[i] = (struct retention_rule){ rules->outcomes[i].words,
			rules->outcomes[i].days };
	outcome = retention_run(hub->store, &retention, now_utc_s, &erased);
	free(clocks);
	if (outcome == DONE && erased > 0)
		log_notice(
		    "%zu cases were kept long enough and are erased", erased);
	return (outcome);
}

/* When nothing has happened for a while: erase what is past its time and
 * empty the write-ahead log. */
static void
work_in_quiet(struct hub *hub)
{
	int64_t now_utc_s = clock_utc_s();
	enum outcome outcome = DONE;

	if (hub->quiet_work_ms < 0 || clock_monotonic_ms() < hub->quiet_work_ms)
		return;
	if (now_utc_s - hub->tidied_utc_s >= TIDY_S) {
		outcome = store_tidy(hub->store, now_utc_s,
		    hub->settings.keep_handled_s, hub->settings.forget_after_s);
		if (outcome == DONE)
			outcome = end_what_was_kept(hub, now_utc_s);
		hub->tidied_utc_s = now_utc_s;
	}
	if (outcome == DONE)
		outcome = store_empty_log(hub->store);
	/* Cases end by their clock, also when nobody writes. */
	hub->quiet_work_ms =
	    clock_monotonic_ms() + (outcome == DONE ? TIDY_MS : QUIET_MS);
}

/* Claims whose lease ran out are open again and sleepers wake, and a reply
 * leaves of which nobody told us, whether or not anybody writes; a store that
 * is busy just now is tried again next time. */
static void
look_after_cases(struct hub *hub)
{
	enum { HOUR_S = 3600 };
	struct requests_tidied tidied;
	int64_t now_ms = clock_monotonic_ms();

	if (now_ms < hub->cases_ms)
		return;
	hub->cases_ms = now_ms + CASES_MS;
	if (hub->store_failures == 0 &&
	    (departures_look(hub) == BROKEN ||
		requests_tidy(hub->store, clock_utc_s(),
		    hub->settings.lease_h * HOUR_S, &tidied) == BROKEN)) {
		log_err("the store does not hold what it should; ending");
		abort();
	}
}

/* Urgent requests ring the phones of those on duty. */
static void
look_after_alarms(struct hub *hub)
{
	enum outcome outcome;

	if (hub->store_failures > 0)
		return;
	outcome = alarms_tend(hub, clock_utc_s());
	if (outcome == BROKEN) {
		log_err("the store does not hold what it should; ending");
		abort();
	}
}

/* A day begins, a line goes away or comes back, a text grows old. */
static void
look_after_routes(struct hub *hub)
{
	int64_t now_ms = clock_monotonic_ms();
	enum outcome outcome;

	if (hub->store_failures > 0)
		return;
	hub->looks_again_soon = 0;
	outcome = spending_tend(hub, clock_utc_s(), now_ms);
	if (outcome == DONE)
		outcome = fail_over_tend(hub, now_ms);
	if (outcome == DONE)
		outcome = stale_tend(hub, clock_utc_s());
	if (outcome == DONE)
		outcome = line_alarms_tend(hub, clock_utc_s());
	if (outcome == BROKEN) {
		log_err("the store does not hold what it should; ending");
		abort();
	}
}

/* -- waiting ---------------------------------------------------------------- */

static int64_t
earlier(int64_t a, int64_t b)
{
	if (a < 0)
		return (b);
	return (b < 0 || a < b ? a : b);
}

static int64_t
due_in_ms(int64_t utc_s)
{
	int64_t wait_s = utc_s - clock_utc_s();

	return (clock_monotonic_ms() + (wait_s > 0 ? wait_s * 1000 : 0));
}

/* When lines and their troubles are looked after again. */
static int64_t
next_look_ms(const struct hub *hub)
{
	int64_t now_ms = clock_monotonic_ms();

	/* Only one of them may have been too early. */
	if (hub->fail_over_ms <= now_ms)
		return (hub->line_alarms_ms);
	return (hub->line_alarms_ms <= now_ms
		? hub->fail_over_ms
		: earlier(hub->fail_over_ms, hub->line_alarms_ms));
}

/* The next moment at which something is due, -1 never. */
static int64_t
next_due_ms(const struct hub *hub, int64_t children_ms)
{
	int64_t next_ms = earlier(earlier(children_ms, hub->quiet_work_ms),
	    earlier(hub->cases_ms, hub->alarms_ms));

	if (hub->store_failures > 0)
		return (earlier(next_ms, hub->store_retry_ms));
	if (hub->result_count > 0)
		next_ms = earlier(next_ms, hub->results_ms);
	next_ms = earlier(next_ms, due_in_ms(hub->prompts_due_utc_s));
	next_ms = earlier(next_ms, due_in_ms(hub->overdue_utc_s));
	if (hub->journal_due_utc_s >= 0)
		next_ms = earlier(next_ms, due_in_ms(hub->journal_due_utc_s));
	if (hub->looks_again_soon)
		next_ms = earlier(next_ms, next_look_ms(hub));
	for (size_t i = 0; i < hub->child_count; i++) {
		const struct child *child = &hub->children[i];

		if (child->has_backlog && child_can_send(child))
			next_ms =
			    earlier(next_ms, due_in_ms(child->backlog_utc_s));
		else if (child->has_backlog &&
		    pace_next_ms(&child->caps.pace) > clock_monotonic_ms())
			next_ms =
			    earlier(next_ms, pace_next_ms(&child->caps.pace));
	}
	return (has_work(hub, 0) ? clock_monotonic_ms() : next_ms);
}

static int
timeout_ms(int64_t at_ms)
{
	int64_t wait_ms = at_ms - clock_monotonic_ms();

	if (at_ms < 0)
		return (-1);
	if (wait_ms < 0)
		return (0);
	return (wait_ms < 3600000 ? (int)wait_ms : 3600000);
}

static void
hear_signals(struct hub *hub)
{
	struct signalfd_siginfo info;

	while (
	    read(hub->signals, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		switch (info.ssi_signo) {
		case SIGHUP:
			(void)hub_reload(hub); /* it has told */
			break;
		case SIGCHLD:
			children_reap(hub, clock_monotonic_ms());
			break;
		default:
			hub->is_stopping = 1;
			break;
		}
	}
}

enum {
	POLL_SIGNALS,
	POLL_CONTROL,
	POLL_LINES,
};

static void
fill_polls(const struct hub *hub, struct pollfd *polls)
{
	polls[POLL_SIGNALS] = (struct pollfd){ hub->signals, POLLIN, 0 };
	polls[POLL_CONTROL] = (struct pollfd){ hub->control, POLLIN, 0 };
	for (size_t i = 0; i < hub->child_count; i++) {
		const struct child *child = &hub->children[i];
		short events = hub->store_failures == 0 ? POLLIN : 0;

		if (child->waiting_count > 0)
			events |= POLLOUT;
		/* While the store cannot write, nobody is listened to: what
		 * they have stays with them. */
		polls[POLL_LINES + i] = (struct pollfd){
			events != 0 ? child->socket : -1,
			events,
			0,
		};
	}
}

static void
hear_all(struct hub *hub, const struct pollfd *polls)
{
	int64_t now_ms = clock_monotonic_ms();
	int had_results = hub->result_count > 0;

	/* Whatever it is, it may be of a line that goes or comes back. */
	hub->fail_over_waits = 1;
	hub->line_alarms_wait = 1;
	if (polls[POLL_SIGNALS].revents != 0)
		hear_signals(hub);
	if (polls[POLL_CONTROL].revents != 0)
		control_hear(hub);
	/* Another line is first each time: one that always has a full batch
	 * ready must not keep the others waiting. */
	hub->first_heard++;
	for (size_t n = 0; n < hub->child_count; n++) {
		size_t i = (hub->first_heard + n) % hub->child_count;
		short events = polls[POLL_LINES + i].revents;

		if (events & POLLOUT)
			child_flush(&hub->children[i]);
		if (events & (POLLIN | POLLHUP | POLLERR))
			children_hear(hub, i, now_ms);
	}
	if (hub->result_count > RESULTS_MOST / 2)
		hub->results_ms = now_ms;
	else if (!had_results)
		hub->results_ms = now_ms + RESULTS_WAIT_MS;
}

static void
run(struct hub *hub)
{
	struct pollfd *polls =
	    memory_new(POLL_LINES + hub->child_count, sizeof(*polls));

	while (!hub->is_stopping) {
		int64_t children_ms = children_tend(hub, clock_monotonic_ms());
		int ready;

		fill_polls(hub, polls);
		ready = poll(polls, POLL_LINES + hub->child_count,
		    timeout_ms(next_due_ms(hub, children_ms)));
		if (ready < 0 && errno != EINTR) {
			log_err("cannot wait: %s", strerror(errno));
			abort();
		}
		if (ready > 0)
			hear_all(hub, polls);
		work(hub);
		work_in_quiet(hub);
		look_after_cases(hub);
		look_after_alarms(hub);
		look_after_routes(hub);
	}
	free(polls);
}

/* What became of texts that were on their way when we were told to end. */
MUST_USE static enum outcome
settle_last(struct hub *hub)
{
	enum outcome outcome = store_begin(hub->store);

	if (outcome == DONE)
		outcome = departures_settle(hub, clock_utc_s());
	if (outcome == DONE)
		outcome = store_commit(hub->store);
	if (outcome != DONE)
		store_rollback(hub->store);
	return (outcome);
}

static void
end(struct hub *hub)
{
	/* Arrivals not yet journalled stay with their lines. */
	hub->batch_count = 0;
	children_close(hub);
	hub->batch_count = 0;
	if (settle_last(hub) != DONE || store_mark_clean(hub->store) != DONE)
		log_warning("ended, but the store could not be written: the"
			    " next start goes on carefully");
	else if (store_empty_log(hub->store) == DONE)
		log_notice("ended cleanly");
}

enum exit_status
hub_run(struct hub *hub)
{
	children_open(hub);
	if (spending_open(hub, clock_utc_s()) != DONE)
		log_warning("what left in the last minute cannot be read");
	run(hub);
	end(hub);
	spending_close(hub);
	return (EXIT_DONE);
}
