/* Many modems: how busy each is kept while there is work, and whether sixteen do
 * sixteen times the work of one.
 *
 *   lines_bench [--seconds N] [--send-ms N] [--lines N]
 *
 * Simulated modems that need --send-ms (3000) for a text, and callers enough
 * that each always has one waiting; measured for --seconds (60) with one line
 * and with --lines (16).  A modem's busy share is what it sent times what a
 * text takes, of the time; its texts a minute at 3 s are 20 at most.  Prints
 * figures; asserts nothing: what must hold whatever the machine does is
 * asserted by check_carried (a_line_has_its_next_text_before_the_last_one_ends).
 */
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <unistd.h>

#include "gateway/base/memory.h"
#include "tests/bench/measure.h"
#include "tests/lab.h"
#include "tests/sim/sim_client.h"

enum {
	LINES_MOST = 64,
	SETTLE_S = 5, /* until all are busy */
	SECOND_US = 1000000,
	MINUTE_S = 60,
};

struct world {
	struct lab lab;
	struct sim sims[LINES_MOST];
	size_t count;
	int64_t send_ms;
};

struct result {
	double texts_a_minute;
	double busy_least;
	double busy_mean;
	double cpu_per_1000;
};

static void
add_lines(struct world *world)
{
	struct text words = { 0 };

	for (size_t i = 0; i < world->count; i++) {
		char name[32];

		snprintf(name, sizeof(name), "sim-%zu", i);
		sim_start_named(&world->sims[i], "./modem_sim",
		    world->lab.folder, name, NULL);
		text_printf(&words,
		    ",\n{ name = \"m%zu\"; kind = \"modem\"; device = \"%s\";"
		    " pause_ms = 0; corridor = \"nepal-gulf\"; }",
		    i, world->sims[i].device);
	}
	text_add(&words, "\n);\n");
	lab_configure(&world->lab, "\n);\n", words.bytes);
	text_free(&words);
}

static void
open_world(struct world *world, size_t count, int64_t send_ms)
{
	*world = (struct world){ .count = count, .send_ms = send_ms };
	lab_open(&world->lab, NULL);
	add_lines(world);
	lab_start(&world->lab);
	for (size_t i = 0; i < count; i++) {
		char wait[24];

		snprintf(wait, sizeof(wait), "%" PRId64, send_ms);
		sim_ask(&world->sims[i], "pace", wait, NULL);
		sim_ask(&world->sims[i], "open-wait", "1", NULL);
	}
}

static void
close_world(struct world *world)
{
	(void)lab_stop(&world->lab, SIGTERM);
	for (size_t i = 0; i < world->count; i++)
		sim_stop(&world->sims[i]);
	lab_close(&world->lab);
}

static long
sent_by(struct sim *sim)
{
	sim_ask(sim, "sent", "1000000", NULL);
	return (sim_answer_number(sim, 1));
}

/* Callers enough for the whole time, and some more. */
static void
add_work(struct world *world, int64_t seconds)
{
	int64_t each = (seconds + SETTLE_S) * 1000 / world->send_ms * 3 / 2 + 4;

	for (size_t i = 0; i < world->count; i++) {
		for (int64_t n = 0; n < each; n++) {
			char number[48];

			snprintf(number, sizeof(number),
			    "+97798%02zu%06" PRId64, 10 + i, n);
			sim_ask(&world->sims[i], "text", number, "hello", NULL);
		}
	}
}

static struct result
measure(struct world *world, int64_t seconds)
{
	struct result result = { .busy_least = 1 };
	long before[LINES_MOST];
	double began_s, took_s, cpu_s;
	long all = 0;

	add_work(world, seconds);
	usleep(SETTLE_S * SECOND_US);
	for (size_t i = 0; i < world->count; i++)
		before[i] = sent_by(&world->sims[i]);
	cpu_s = measure_family_cpu_s(world->lab.hub);
	began_s = measure_now_s();
	usleep((useconds_t)(seconds * SECOND_US));
	for (size_t i = 0; i < world->count; i++) {
		long sent = sent_by(&world->sims[i]) - before[i];
		double share = (double)sent * (double)world->send_ms / 1000 /
		    (measure_now_s() - began_s);

		all += sent;
		result.busy_mean += share / (double)world->count;
		if (share < result.busy_least)
			result.busy_least = share;
	}
	took_s = measure_now_s() - began_s;
	cpu_s = measure_family_cpu_s(world->lab.hub) - cpu_s;
	result.texts_a_minute = (double)all * MINUTE_S / took_s;
	result.cpu_per_1000 = all > 0 ? cpu_s * 1000 / (double)all : 0;
	return (result);
}

static struct result
run(size_t count, int64_t seconds, int64_t send_ms)
{
	static struct world world;
	struct result result;

	open_world(&world, count, send_ms);
	result = measure(&world, seconds);
	close_world(&world);
	printf("%5zu %10.1f %12.1f %12.1f %14.3f\n", count,
	    result.texts_a_minute, result.busy_mean * 100,
	    result.busy_least * 100, result.cpu_per_1000);
	fflush(stdout);
	return (result);
}

int
main(int argc, char **argv)
{
	static const struct option long_options[] = {
		{ "seconds", required_argument, NULL, 's' },
		{ "send-ms", required_argument, NULL, 'm' },
		{ "lines", required_argument, NULL, 'l' },
		{ 0 },
	};
	int64_t seconds = 60, send_ms = 3000, lines = 16;
	struct result one, many;
	int option;

	while (
	    (option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		int64_t *into = option == 's' ? &seconds
		    : option == 'm'           ? &send_ms
					      : &lines;

		if (option == '?' ||
		    !text_read_integer(
			optarg, 1, option == 'l' ? LINES_MOST : 1000000, into))
			return (EXIT_FAILURE);
	}
	printf("a text takes %" PRId64 " ms, %" PRId64 " s measured\n"
	       "lines texts/min  busy mean %%  busy least %%"
	       "  CPU s per 1000\n",
	    send_ms, seconds);
	one = run(1, seconds, send_ms);
	many = run((size_t)lines, seconds, send_ms);
	printf("%" PRId64 " lines send %.2f times what one sends\n", lines,
	    many.texts_a_minute / one.texts_a_minute);
	return (EXIT_SUCCESS);
}
