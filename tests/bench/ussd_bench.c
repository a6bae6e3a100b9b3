/* What a step of a USSD session costs through the real osmo-hlr: figures, no
 * test.
 *
 *   tests/bench/ussd_bench [SESSIONS [IN-FLIGHT [READ-MS]]]
 *
 * Sessions of two or three steps, one in ten hung up on; so many of them in
 * flight.  Callers begin to check a job offer, fall out, dial again and start
 * again; every page is stored before it is shown.  Three runs:
 *
 *   - a code that the register refuses by itself: what network and register
 *     alone cost;
 *   - the helpline, callers who answer at once: as much as it can do;
 *   - the helpline, callers who read each page for READ-MS on average, which
 *     is far less than anybody needs: how long one of them waits when it is not
 *     the processor that everybody waits for.
 *
 * A caller dials a hundred times at most, so that the guards let all of them
 * through, and each run has a helpline of its own: the register tells nobody
 * that somebody hung up, so that every session stays open for the line until it
 * has been idle for long, and it holds DIALOGUES_MOST.  Build without
 * sanitizers for figures that mean something.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/base/memory.h"
#include "gateway/text/segments.h"
#include "tests/lab.h"
#include "tests/mobile_centre.h"

enum {
	WAIT_MS = 20000,
	SESSIONS = 10000,
	IN_FLIGHT = 100,
	READ_MS = 50, /* on average */
	STEPS = 3,
	DIALS_MOST = 100, /* of one caller */
	SESSIONS_MOST = 16000, /* below DIALOGUES_MOST */
	STAT_MAX_BYTES = 4096,
};

static const char code_of_helpline[] = "*384#";
static const char code_of_nobody[] = "*99#";

static struct network network;
static struct lab lab;
static struct shown shown;

/* What is run: `callers` is a multiple of `in_flight`, and each lane dials with
 * those of its own in turn. */
struct load {
	size_t sessions;
	int in_flight;
	int callers;
	double read_ms;
	const char *code;
};

struct lane {
	int caller;
	uint32_t session;
	int steps_left;
	int hangs_up;
	const char *answer; /* to the page that is being read, or NULL */
	double answers_ms;
	double asked_ms;
};

struct figures {
	double *step_ms;
	size_t count;
	size_t lost;
	size_t refused; /* sessions that ended sooner than they should */
	double seconds;
	double hub_us; /* of a processor, a step */
};

static double
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return ((double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6);
}

static int
by_size(const void *one, const void *other)
{
	double a = *(const double *)one, b = *(const double *)other;

	return ((a > b) - (a < b));
}

static double
at(const struct figures *figures, double share)
{
	size_t place = (size_t)((double)figures->count * share);

	if (figures->count == 0)
		return (0);
	return (figures->step_ms[place < figures->count ? place
							: figures->count - 1]);
}

static void
dial(const struct load *load, struct lane *lane, size_t serial)
{
	lane->caller = (lane->caller + load->in_flight) % load->callers;
	lane->steps_left = 2 + (serial % 3 != 0);
	lane->hangs_up = serial % 10 == 0;
	lane->answer = NULL;
	lane->asked_ms = now_ms();
	lane->session = network_dial(&network, lane->caller, load->code);
}

/* Who dials again is asked whether to go on or to start again; whatever else is
 * asked, the first answer is one. */
static const char *
answer_to(const char *page)
{
	return (strstr(page, "Start again") != NULL ? "2" : "1");
}

static void
answer(struct lane *lane)
{
	lane->asked_ms = now_ms();
	network_type(&network, lane->caller, lane->session, lane->answer);
	lane->answer = NULL;
}

/* What the phone shows is read, or was the last: 1 when it is over. */
static int
look(const struct load *load, struct lane *lane, struct figures *figures)
{
	double shown_ms = now_ms();

	figures->step_ms[figures->count++] = shown_ms - lane->asked_ms;
	if (shown.kind != SHOWN_PAGE) {
		figures->refused += lane->steps_left > 1;
		return (1);
	}
	if (--lane->steps_left == 0 || lane->hangs_up) {
		network_hang_up(&network, lane->caller, lane->session);
		return (1);
	}
	lane->answer = answer_to(text_string(&shown.text));
	lane->answers_ms =
	    shown_ms + load->read_ms * (0.5 + (double)rand() / RAND_MAX);
	return (0);
}

/* Whoever has read their page answers it; how long until the next has. */
static int
answer_all(const struct load *load, struct lane *lanes)
{
	double next_ms = now_ms() + WAIT_MS;

	for (int i = 0; i < load->in_flight; i++) {
		if (lanes[i].answer != NULL && lanes[i].answers_ms <= now_ms())
			answer(&lanes[i]);
		else if (lanes[i].answer != NULL &&
		    lanes[i].answers_ms < next_ms)
			next_ms = lanes[i].answers_ms;
	}
	return ((int)(next_ms - now_ms()) + 1);
}

static void
run(const struct load *load, struct figures *figures)
{
	struct lane *lanes =
	    memory_new((size_t)load->in_flight, sizeof(*lanes));
	size_t begun = 0, over = 0;
	double start_ms = now_ms(), heard_ms = start_ms;

	figures->step_ms = memory_new(load->sessions * STEPS, sizeof(double));
	for (int i = 0; i < load->in_flight && begun < load->sessions; i++) {
		lanes[i].caller = i;
		dial(load, &lanes[i], begun++);
	}
	while (over < load->sessions && now_ms() - heard_ms < WAIT_MS) {
		int wait_ms =
		    load->read_ms > 0 ? answer_all(load, lanes) : WAIT_MS;
		struct lane *lane;

		network_hear(&network, &shown, wait_ms);
		if (shown.kind == SHOWN_NOTHING)
			continue;
		heard_ms = now_ms();
		lane = &lanes[shown.subscriber % load->in_flight];
		if (lane->session != shown.session)
			continue;
		if (!look(load, lane, figures)) {
			if (load->read_ms <= 0)
				answer(lane);
			continue;
		}
		over++;
		if (begun < load->sessions)
			dial(load, lane, begun++);
	}
	figures->lost = load->sessions - over;
	figures->seconds = (now_ms() - start_ms) / 1e3;
	qsort(figures->step_ms, figures->count, sizeof(double), by_size);
	free(lanes);
}

/* What a process has used of a processor. */
static double
processor_us(pid_t process)
{
	char path[64];
	struct text content = { 0 };
	unsigned long user = 0, system = 0;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)process);
	if (file_read(path, STAT_MAX_BYTES, &content) == DONE)
		(void)!sscanf(text_string(&content),
		    "%*d %*s %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu"
		    " %lu",
		    &user, &system);
	text_free(&content);
	return ((double)(user + system) * 1e6 / (double)sysconf(_SC_CLK_TCK));
}

static void
print(const char *what, const struct figures *figures)
{
	printf("%-26s %7zu steps %7.0f/s   p50 %6.2f  p95 %6.2f  p99 %6.2f"
	       "  most %6.2f ms   lost %zu, refused %zu\n",
	    what, figures->count, (double)figures->count / figures->seconds,
	    at(figures, 0.5), at(figures, 0.95), at(figures, 0.99),
	    at(figures, 1), figures->lost, figures->refused);
}

static void
wait_for_helpline(void)
{
	do {
		uint32_t session = network_dial(&network, 0, code_of_helpline);

		network_hear(&network, &shown, WAIT_MS);
		if (shown.kind == SHOWN_PAGE)
			network_hang_up(&network, 0, session);
		nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
	} while (shown.kind != SHOWN_PAGE);
}

static void
open_both(int callers)
{
	char line[400];

	network_open(&network, callers);
	lab_open(&lab, NULL);
	snprintf(line, sizeof(line),
	    "lines = (\n { name = \"helpline\"; kind = \"gsup\"; peer ="
	    " \"%s:4222\"; control = \"%s:4259\"; code = \"*384#\"; corridor ="
	    " \"nepal-gulf\"; },\n",
	    network.address, network.address);
	lab_configure(&lab, "lines = (\n", line);
	lab_start(&lab);
	wait_for_helpline();
}

/* One run with a register and a helpline of its own. */
static void
run_apart(const char *what, const struct load *load, struct figures *figures)
{
	open_both(load->callers);
	figures->hub_us = processor_us(lab.hub);
	run(load, figures);
	figures->hub_us =
	    (processor_us(lab.hub) - figures->hub_us) / (double)figures->count;
	print(what, figures);
	free(figures->step_ms);
	lab_close(&lab);
	network_close(&network);
}

static void
run_all(const struct load *load)
{
	struct figures alone = { 0 }, at_once = { 0 }, reading = { 0 };
	struct load refused = *load, hurried = *load;

	refused.read_ms = 0;
	refused.code = code_of_nobody;
	hurried.read_ms = 0;
	printf("%zu sessions, %d in flight, of %d callers\n", load->sessions,
	    load->in_flight, load->callers);
	run_apart("a code that is refused", &refused, &alone);
	run_apart("answered at once", &hurried, &at_once);
	if (load->read_ms > 0) {
		run_apart("read before it is answered", load, &reading);
		printf("read for %.0f ms; ", load->read_ms);
	}
	printf("the hub computes %.0f us a step when it is in a hurry\n",
	    at_once.hub_us);
}

int
main(int argc, char **argv)
{
	int64_t sessions = SESSIONS, in_flight = IN_FLIGHT, read_ms = READ_MS;
	struct load load;

	if ((argc > 1 &&
		!text_read_integer(argv[1], 1, SESSIONS_MOST, &sessions)) ||
	    (argc > 2 && !text_read_integer(argv[2], 1, 10000, &in_flight)) ||
	    (argc > 3 && !text_read_integer(argv[3], 0, 60000, &read_ms))) {
		fprintf(stderr,
		    "ussd_bench [SESSIONS [IN-FLIGHT [READ-MS]]], %d sessions"
		    " at most\n",
		    SESSIONS_MOST);
		return (2);
	}
	if (!network_can_run()) {
		puts("there is no osmo-hlr here");
		return (EXIT_SUCCESS);
	}
	load = (struct load){ (size_t)sessions, (int)in_flight,
		(int)(in_flight * (1 + sessions / in_flight / DIALS_MOST)),
		(double)read_ms, code_of_helpline };
	run_all(&load);
	text_free(&shown.text);
	return (EXIT_SUCCESS);
}
