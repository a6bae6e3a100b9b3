/* A helpline on a wire that carries texts as fast as they are read. */
#include <errno.h>
#include <math.h>
#include <poll.h>
#include <unistd.h>

#include "gateway/base/memory.h"
#include "tests/bench/contest.h"
#include "tests/bench/measure.h"

enum {
	CALLERS_MOST = 200000,
	IN_FLIGHT = 256,
	ONE_BY_ONE = 500,
	KILLED_TEXTS = 1000, /* for each kill */
	WARM_MS = 30000,
	QUIET_MS = 6000, /* without an answer: no more will come */
};

#define NUMBER_BEGIN "+97798"

struct contest {
	struct peer peer;
	int wire;
	struct text in;
	struct text out;
	long callers;
	long answered; /* callers with an answer at least */
	unsigned char *heard;
};

static void
text_in(struct contest *contest)
{
	char number[24];

	if (contest->callers == CALLERS_MOST)
		lab_fail("too many callers");
	snprintf(
	    number, sizeof(number), NUMBER_BEGIN "%08ld", contest->callers++);
	contest->peer.kind->write_text(&contest->out, number);
}

/* 1, or 0 when the other side has gone. */
static int
put(struct contest *contest)
{
	size_t done = 0;

	while (done < contest->out.length) {
		ssize_t put = write(contest->wire, contest->out.bytes + done,
		    contest->out.length - done);

		if (put < 0)
			break;
		done += (size_t)put;
	}
	text_clear(&contest->out);
	return (done > 0);
}

static void
take_line(struct contest *contest, const char *line)
{
	char number[24];
	long caller;

	if (!contest->peer.kind->read_answer(line, number, sizeof(number)) ||
	    strlen(number) <= sizeof(NUMBER_BEGIN) - 1)
		return;
	caller = strtol(number + sizeof(NUMBER_BEGIN) - 1, NULL, 10);
	if (caller < 0 || caller >= contest->callers)
		return;
	if (contest->heard[caller]++ == 0)
		contest->answered++;
}

/* 1 when something came, 0 when nothing did or the other side has gone. */
static int
hear(struct contest *contest, int wait_ms)
{
	struct pollfd poll_entry = { .fd = contest->wire, .events = POLLIN };
	char block[65536];
	char *line, *end;
	ssize_t got;

	if (poll(&poll_entry, 1, wait_ms) <= 0)
		return (0);
	got = read(contest->wire, block, sizeof(block));
	if (got <= 0)
		return (0);
	text_add_bytes(&contest->in, block, (size_t)got);
	line = contest->in.bytes;
	while ((end = strchr(line, '\n')) != NULL) {
		*end = '\0';
		take_line(contest, line);
		line = end + 1;
	}
	memmove(contest->in.bytes, line, strlen(line) + 1);
	contest->in.length = strlen(contest->in.bytes);
	return (1);
}

/* So many texts, at most `in_flight` of them unanswered; the seconds. */
static double
pump(struct contest *contest, long count, long in_flight)
{
	long answered_before = contest->answered;
	double began_s = measure_now_s();
	long sent = 0;

	while (contest->answered - answered_before < count) {
		while (sent < count &&
		    sent - (contest->answered - answered_before) < in_flight) {
			text_in(contest);
			sent++;
		}
		put(contest);
		if (!hear(contest, WARM_MS))
			lab_fail(
			    "%s answers no more", contest->peer.kind->name);
	}
	return (measure_now_s() - began_s);
}

static void
measure_one_by_one(struct contest *contest, double *figures_r)
{
	double took_ms[ONE_BY_ONE];

	for (int i = 0; i < ONE_BY_ONE; i++)
		took_ms[i] = pump(contest, 1, 1) * 1000;
	figures_r[FIGURE_ONE_MS] = measure_percentile(took_ms, ONE_BY_ONE, 0.5);
}

/* -- killing -------------------------------------------------------------------- */

/* Ours loses its wire with it: phones are switched on again. */
static void
dial_again(struct contest *contest, long from)
{
	if (contest->peer.kind->program != NULL)
		return;
	close(contest->wire);
	text_clear(&contest->in);
	contest->wire = contest->peer.kind->dial(&contest->peer);
	for (long i = from; i < contest->callers; i++) {
		if (contest->heard[i] == 0)
			text_printf(
			    &contest->out, "on\t" NUMBER_BEGIN "%08ld\n", i);
	}
	if (contest->out.length > 0)
		put(contest);
}

/* Texts pour in; when some are answered, what answers is killed. */
static void
kill_once(struct contest *contest, long first)
{
	long from = contest->answered;
	long until = from + rand() % (KILLED_TEXTS / 2);

	for (int i = 0; i < KILLED_TEXTS; i++)
		text_in(contest);
	put(contest);
	while (contest->answered < until && hear(contest, QUIET_MS))
		continue;
	contest->peer.kind->restart_killed(&contest->peer);
	dial_again(contest, first);
	while (contest->answered < contest->callers && hear(contest, QUIET_MS))
		continue;
}

/* What the demo line had not yet handed to a hub that was killed is nobody's:
 * its wire has no receipts.  Ours is held to what its journal says it heard. */
static double
heard_of(struct contest *contest)
{
	if (contest->peer.kind->program != NULL)
		return ((double)contest->callers);
	return ((double)lab_query_integer(
	    &contest->peer.lab, "SELECT count(*) FROM journal"));
}

static void
measure_kills(struct contest *contest, int kills, double *figures_r)
{
	long first = contest->callers;
	double heard_before = heard_of(contest);
	long answered_before = contest->answered;
	double unsure_before = contest_unsure(&contest->peer);

	for (int i = 0; i < kills; i++)
		kill_once(contest, first);
	figures_r[FIGURE_KILLED_TEXTS] = heard_of(contest) - heard_before;
	figures_r[FIGURE_LOST] = figures_r[FIGURE_KILLED_TEXTS] -
	    (double)(contest->answered - answered_before);
	figures_r[FIGURE_LOST_MARKED] = fmin(figures_r[FIGURE_LOST],
	    contest_unsure(&contest->peer) - unsure_before);
	figures_r[FIGURE_TWICE] = 0;
	for (long i = first; i < contest->callers; i++)
		figures_r[FIGURE_TWICE] += contest->heard[i] > 1;
}

void
contest_on_fast_wire(const struct peer_kind *kind,
    const struct contest_sizes *sizes, double *figures_r)
{
	struct contest contest = { .callers = 0 };
	double before_s;

	contest.heard = memory_new(CALLERS_MOST, 1);
	peer_open(&contest.peer, kind);
	contest.wire = kind->dial(&contest.peer);
	pump(&contest, 1, 1);
	pump(&contest, sizes->messages / 10, IN_FLIGHT);
	before_s = peer_cpu_s(&contest.peer);
	figures_r[FIGURE_PER_S] = (double)sizes->messages /
	    pump(&contest, sizes->messages, IN_FLIGHT);
	figures_r[FIGURE_CPU_S] = (peer_cpu_s(&contest.peer) - before_s) *
	    1000 / (double)sizes->messages;
	figures_r[FIGURE_RSS_MIB] = (double)peer_rss_kib(&contest.peer) / 1024;
	measure_one_by_one(&contest, figures_r);
	figures_r[FIGURE_WAKES] =
	    contest_idle_wakes(&contest.peer, sizes->idle_s);
	measure_kills(&contest, sizes->kills, figures_r);
	close(contest.wire);
	peer_close(&contest.peer);
	text_free(&contest.in);
	text_free(&contest.out);
	free(contest.heard);
}
