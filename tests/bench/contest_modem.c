/* A helpline on a simulated modem: how long callers wait, how many it answers,
 * and what becomes of texts when it is killed. */
#include <inttypes.h>
#include <math.h>
#include <unistd.h>

#include "tests/bench/contest.h"
#include "tests/bench/measure.h"

enum {
	CALLERS_MOST = 4096,
	WARM_MS = 90000, /* until the first answer */
	ANSWER_MS = 120000, /* then there is none */
	BURST_MS = 300000,
	QUIET_MS = 45000, /* without an answer: no more will come */
	QUIET_WHEN_ALL_MS = 12000, /* ... but perhaps a second one */
	APART_MS = 1000, /* texts one by one, at most: polls are met anywhere */
	KILL_TEXT_MS = 500,
	KILL_PACE_MS = 500,
	KILL_APART_MS = 1500, /* on average */
	MS = 1000,
	US_PER_MS = 1000,
};

struct contest {
	struct peer peer;
	struct sim_connection air;
	long callers;
	int heard[CALLERS_MOST]; /* answers to each */
	double heard_s[CALLERS_MOST]; /* when the first began to go out */
};

static void
set_pace(struct contest *contest, int64_t ms)
{
	char words[24];

	snprintf(words, sizeof(words), "%" PRId64, ms);
	sim_ask(&contest->peer.sim, "pace", words, NULL);
}

/* A new caller texts; who it is. */
static long
text_in(struct contest *contest)
{
	char number[24];

	if (contest->callers == CALLERS_MOST)
		lab_fail("too many callers");
	snprintf(number, sizeof(number), "+9779860%06ld", contest->callers);
	sim_ask(&contest->peer.sim, "text", number, "hello", NULL);
	return (contest->callers++);
}

/* 1 when an answer went out in this time; of a long one its first part. */
static int
hear(struct contest *contest, int wait_ms)
{
	static const size_t from = sizeof("+9779860") - 1;
	struct fields fields;
	const char *to;
	long caller;

	if (!sim_read_line(&contest->air, wait_ms, &fields))
		return (0);
	if (strcmp(fields.list[0], "sent") != 0 ||
	    strcmp(fields.list[6], "1") != 0)
		return (1);
	to = fields.list[2];
	caller = strlen(to) > from ? strtol(to + from, NULL, 10) : -1;
	if (caller < 0 || caller >= contest->callers)
		lab_fail("an answer to nobody");
	if (contest->heard[caller]++ == 0)
		contest->heard_s[caller] = measure_now_s();
	return (1);
}

static long
count_answered(const struct contest *contest, long from)
{
	long count = 0;

	for (long i = from; i < contest->callers; i++)
		count += contest->heard[i] > 0;
	return (count);
}

/* Hears until all from this caller on are answered, or nothing comes. */
static void
hear_all(struct contest *contest, long from, int quiet_ms)
{
	double until_s = measure_now_s() + (double)BURST_MS / MS;

	while (count_answered(contest, from) < contest->callers - from &&
	    measure_now_s() < until_s) {
		if (!hear(contest, quiet_ms))
			return;
	}
}

static void
open_contest(struct contest *contest, const struct peer_kind *kind)
{
	*contest = (struct contest){ .callers = 0 };
	peer_open(&contest->peer, kind);
	sim_connect(&contest->air, contest->peer.sim.control);
	sim_send(&contest->air, (const char *const[]){ "follow", "1" }, 2);
	set_pace(contest, 0);
	text_in(contest);
	hear_all(contest, 0, WARM_MS);
	if (contest->heard[0] == 0)
		lab_fail("%s answers nothing", kind->name);
}

/* -- what is measured ----------------------------------------------------------- */

static void
measure_answers(struct contest *contest, int count, double *figures_r)
{
	double took_s[CALLERS_MOST];

	for (int i = 0; i < count; i++) {
		double began_s = measure_now_s();
		long caller;

		caller = text_in(contest);
		hear_all(contest, caller, ANSWER_MS);
		if (contest->heard[caller] == 0)
			lab_fail("%s: no answer", contest->peer.kind->name);
		took_s[i] = contest->heard_s[caller] - began_s;
		usleep((useconds_t)(rand() % APART_MS) * US_PER_MS);
	}
	figures_r[FIGURE_ANSWER_S] =
	    measure_percentile(took_s, (size_t)count, 0.5);
	figures_r[FIGURE_ANSWER_WORST_S] =
	    measure_percentile(took_s, (size_t)count, 1);
}

struct burst {
	long from;
	double began_s;
	double first_s;
	double last_s;
	long answered;
};

/* So many texts at once, each answered. */
static struct burst
pour(struct contest *contest, int count, int64_t pace_ms)
{
	struct burst burst = {
		.from = contest->callers,
		.began_s = measure_now_s(),
		.first_s = INFINITY,
	};

	set_pace(contest, pace_ms);
	for (int i = 0; i < count; i++)
		text_in(contest);
	hear_all(contest, burst.from, QUIET_MS);
	for (long i = burst.from; i < contest->callers; i++) {
		if (contest->heard[i] == 0)
			continue;
		burst.answered++;
		burst.first_s = fmin(burst.first_s, contest->heard_s[i]);
		burst.last_s = fmax(burst.last_s, contest->heard_s[i]);
	}
	set_pace(contest, 0);
	return (burst);
}

static void
measure_throughput(struct contest *contest, const struct contest_sizes *sizes,
    double *figures_r)
{
	double before_s = peer_cpu_s(&contest->peer);
	struct burst burst = pour(contest, sizes->burst, 0);

	/* What follows an answer is its cost as well. */
	sleep(2);
	figures_r[FIGURE_CPU_S] = (peer_cpu_s(&contest->peer) - before_s) *
	    1000 / (double)burst.answered;
	figures_r[FIGURE_AT_ONCE] =
	    (double)burst.answered * 60 / (burst.last_s - burst.began_s);
	burst = pour(contest, sizes->in_3_s, 3 * MS);
	figures_r[FIGURE_IN_3_S] =
	    (double)(burst.answered - 1) * 60 / (burst.last_s - burst.first_s);
}

static void
measure_kills(struct contest *contest, int kills, double *figures_r)
{
	long from = contest->callers;
	double now_s = measure_now_s();
	double text_s = now_s;
	double kill_s = now_s + 1;
	double unsure_before = contest_unsure(&contest->peer);

	set_pace(contest, KILL_PACE_MS);
	while (kills > 0) {
		hear(contest, 20);
		now_s = measure_now_s();
		if (now_s >= text_s) {
			text_in(contest);
			text_s += (double)KILL_TEXT_MS / MS;
		}
		if (now_s >= kill_s) {
			contest->peer.kind->restart_killed(&contest->peer);
			kills--;
			kill_s = measure_now_s() +
			    (double)(rand() % (2 * KILL_APART_MS)) / MS;
		}
	}
	hear_all(contest, from, QUIET_MS);
	while (hear(contest, QUIET_WHEN_ALL_MS))
		continue;
	figures_r[FIGURE_KILLED_TEXTS] = (double)(contest->callers - from);
	figures_r[FIGURE_LOST] = figures_r[FIGURE_TWICE] = 0;
	for (long i = from; i < contest->callers; i++) {
		figures_r[FIGURE_LOST] += contest->heard[i] == 0;
		figures_r[FIGURE_TWICE] += contest->heard[i] > 1;
	}
	/* A marked one may have gone out all the same. */
	figures_r[FIGURE_LOST_MARKED] = fmin(figures_r[FIGURE_LOST],
	    contest_unsure(&contest->peer) - unsure_before);
}

void
contest_on_modem(const struct peer_kind *kind,
    const struct contest_sizes *sizes, double *figures_r)
{
	static struct contest contest;

	open_contest(&contest, kind);
	measure_answers(&contest, sizes->answers, figures_r);
	figures_r[FIGURE_RSS_MIB] = (double)peer_rss_kib(&contest.peer) / 1024;
	figures_r[FIGURE_WAKES] =
	    contest_idle_wakes(&contest.peer, sizes->idle_s);
	measure_throughput(&contest, sizes, figures_r);
	measure_kills(&contest, sizes->kills, figures_r);
	sim_disconnect(&contest.air);
	peer_close(&contest.peer);
}
