/* What a step of a USSD session costs through the real osmo-hlr: figures, no
 * test.
 *
 *   tests/bench/ussd_bench [SESSIONS [IN-FLIGHT]]
 *
 * Sessions of two or three steps, one in ten hung up on; so many of them in
 * flight; against sessions of one step to a code that the register refuses by
 * itself, which is what network and register alone cost.  Callers begin to check
 * a job offer, fall out, dial again and start again; every page is stored before
 * it is shown.  Build without sanitizers for figures that mean something.
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
	STEPS = 3,
	STAT_MAX_BYTES = 4096,
};

static const char code_of_helpline[] = "*384#";

static struct network network;
static struct lab lab;
static struct shown shown;

struct running {
	uint32_t session;
	int steps_left;
	int step;
	double asked_ms;
};

struct figures {
	double *step_ms;
	size_t count;
	size_t lost;
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
begin(struct running *running, int i, size_t serial, const char *code)
{
	running->step = 0;
	running->steps_left = 2 + (serial % 3 != 0);
	running->asked_ms = now_ms();
	running->session = network_dial(&network, i, code);
}

/* Who dials again is asked whether to go on or to start again; whatever else is
 * asked, the first answer is one. */
static const char *
answer_to(const char *page)
{
	return (strstr(page, "Start again") != NULL ? "2" : "1");
}

/* What the phone shows was answered or was the last: 1 when it is over. */
static int
go_on(struct running *running, int i, size_t serial)
{
	running->step++;
	if (shown.kind != SHOWN_PAGE)
		return (1);
	if (--running->steps_left == 0 || (serial % 10 == 0)) {
		network_hang_up(&network, i, running->session);
		return (1);
	}
	running->asked_ms = now_ms();
	network_type(
	    &network, i, running->session, answer_to(text_string(&shown.text)));
	return (0);
}

static void
run(size_t sessions, int in_flight, const char *code, struct figures *figures)
{
	struct running *running =
	    memory_new((size_t)in_flight, sizeof(*running));
	size_t begun = 0, over = 0;
	double start_ms = now_ms();

	figures->step_ms = memory_new(sessions * STEPS, sizeof(double));
	for (int i = 0; i < in_flight && begun < sessions; i++)
		begin(&running[i], i, begun++, code);
	while (over < sessions) {
		int i;

		network_hear(&network, &shown, WAIT_MS);
		if (shown.kind == SHOWN_NOTHING)
			break;
		i = shown.subscriber;
		if (running[i].session != shown.session)
			continue;
		figures->step_ms[figures->count++] =
		    now_ms() - running[i].asked_ms;
		if (!go_on(&running[i], i, begun))
			continue;
		over++;
		if (begun < sessions)
			begin(&running[i], i, begun++, code);
	}
	figures->lost = sessions - over;
	figures->seconds = (now_ms() - start_ms) / 1e3;
	qsort(figures->step_ms, figures->count, sizeof(double), by_size);
	free(running);
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
	printf("%-28s %8zu steps %8.0f/s   p50 %7.2f ms   p99 %7.2f ms"
	       "   most %7.2f ms   %zu sessions lost\n",
	    what, figures->count, (double)figures->count / figures->seconds,
	    at(figures, 0.5), at(figures, 0.99), at(figures, 1), figures->lost);
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
open_both(int in_flight)
{
	char line[400];

	network_open(&network, in_flight);
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

int
main(int argc, char **argv)
{
	int64_t sessions = SESSIONS, in_flight = IN_FLIGHT;
	struct figures alone = { 0 }, helpline = { 0 };

	if ((argc > 1 && !text_read_integer(argv[1], 1, 10000000, &sessions)) ||
	    (argc > 2 && !text_read_integer(argv[2], 1, 10000, &in_flight))) {
		fputs("ussd_bench [SESSIONS [IN-FLIGHT]]\n", stderr);
		return (2);
	}
	if (!network_can_run()) {
		puts("there is no osmo-hlr here");
		return (EXIT_SUCCESS);
	}
	open_both((int)in_flight);
	run((size_t)sessions, (int)in_flight, "*99#", &alone);
	helpline.hub_us = processor_us(lab.hub);
	run((size_t)sessions, (int)in_flight, code_of_helpline, &helpline);
	helpline.hub_us =
	    (processor_us(lab.hub) - helpline.hub_us) / (double)helpline.count;
	print("a code that is refused", &alone);
	print("the helpline", &helpline);
	printf("the hub computes %.0f us a step\n", helpline.hub_us);
	printf("%" PRId64 " in flight; a step of the helpline takes %.1f times"
	       " one that is refused (p50)\n",
	    in_flight, at(&helpline, 0.5) / at(&alone, 0.5));
	lab_close(&lab);
	network_close(&network);
	text_free(&shown.text);
	free(alone.step_ms);
	free(helpline.step_ms);
	return (EXIT_SUCCESS);
}
