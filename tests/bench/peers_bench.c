/* Ours beside the programs that others run for the same: gammu-smsd and
 * smstools on the same simulated modem, Kannel with its fake message centre
 * beside our demo line.  One command, one table, in one run.
 *
 *   peers_bench [--quick] [--kills N] [--only NAME]
 *
 * Prints figures; asserts nothing.  A peer that is not installed is left out
 * and named: apt-get install gammu-smsd smstools kannel (and stop the services
 * that these packages start).
 */
#include <getopt.h>
#include <math.h>
#include <signal.h>
#include <unistd.h>

#include "gateway/base/outcome.h"
#include "tests/bench/contest.h"

enum {
	SETTLE_S = 8, /* the work that quiet brings comes first */
	PEERS_MOST = 4,
};

double
contest_idle_wakes(const struct peer *peer, int idle_s)
{
	long before;

	if (idle_s == 0)
		return (NAN);
	sleep(SETTLE_S);
	before = peer_wakes(peer);
	sleep((unsigned)idle_s);
	return ((double)(peer_wakes(peer) - before) * 60 / idle_s);
}

double
contest_unsure(struct peer *peer)
{
	if (peer->kind->program != NULL)
		return (0);
	return ((double)lab_query_integer(
	    &peer->lab, "SELECT count(*) FROM outbox WHERE state = 'unsure'"));
}

/* -- the table ------------------------------------------------------------------ */

struct row {
	const char *what;
	enum figure figure;
	int decimals;
	int has_ratio;
};

static const struct row on_modem[] = {
	{ "notice to answer's PDU, median, s", FIGURE_ANSWER_S, 3, 1 },
	{ "... the longest, s", FIGURE_ANSWER_WORST_S, 3, 1 },
	{ "answers/min, sending at once", FIGURE_AT_ONCE, 0, 1 },
	{ "answers/min, sending takes 3 s", FIGURE_IN_3_S, 1, 1 },
	{ "CPU s for 1,000 answers", FIGURE_CPU_S, 2, 1 },
	{ "resident memory, MiB", FIGURE_RSS_MIB, 1, 1 },
	{ "wake-ups in an idle minute", FIGURE_WAKES, 0, 0 },
	{ "texts while it was killed", FIGURE_KILLED_TEXTS, 0, 0 },
	{ "... never answered", FIGURE_LOST, 0, 0 },
	{ "    of those marked unsure", FIGURE_LOST_MARKED, 0, 0 },
	{ "... answered twice or more", FIGURE_TWICE, 0, 0 },
};

static const struct row on_fast_wire[] = {
	{ "messages/s", FIGURE_PER_S, 0, 1 },
	{ "one at a time, median, ms", FIGURE_ONE_MS, 2, 1 },
	{ "CPU s for 1,000 answers", FIGURE_CPU_S, 3, 1 },
	{ "resident memory, MiB", FIGURE_RSS_MIB, 1, 1 },
	{ "wake-ups in an idle minute", FIGURE_WAKES, 0, 0 },
	{ "texts while it was killed", FIGURE_KILLED_TEXTS, 0, 0 },
	{ "... never answered", FIGURE_LOST, 0, 0 },
	{ "    of those marked unsure", FIGURE_LOST_MARKED, 0, 0 },
	{ "... answered twice or more", FIGURE_TWICE, 0, 0 },
};

struct table {
	const char *title;
	const struct row *rows;
	size_t row_count;
	void (*measure)(const struct peer_kind *kind,
	    const struct contest_sizes *sizes, double *figures_r);
	const struct peer_kind *kinds[PEERS_MOST]; /* ours first */
};

static const struct table tables[] = {
	{ "on a simulated modem", on_modem, COUNT_OF(on_modem),
	    contest_on_modem,
	    { &peer_waymark, &peer_gammu_smsd, &peer_smstools, NULL } },
	{ "on a fast wire (ours durable, Kannel never calls fsync)",
	    on_fast_wire, COUNT_OF(on_fast_wire), contest_on_fast_wire,
	    { &peer_waymark_fast, &peer_kannel, NULL } },
};

static void
print_cell(const struct row *row, double value, double ours)
{
	char number[32];
	char cell[64];

	if (isnan(value)) {
		snprintf(cell, sizeof(cell), "-");
	} else {
		snprintf(number, sizeof(number), "%.*f", row->decimals, value);
		snprintf(cell, sizeof(cell), "%s", number);
		if (row->has_ratio && ours > 0)
			snprintf(cell, sizeof(cell), "%s (x%.2g)", number,
			    value / ours);
	}
	printf("%20s", cell);
}

static void
measure_table(const struct table *table, const struct contest_sizes *sizes,
    const char *only)
{
	double figures[PEERS_MOST][FIGURES];
	const struct peer_kind *kinds[PEERS_MOST];
	size_t count = 0;

	for (size_t i = 0; table->kinds[i] != NULL; i++) {
		const struct peer_kind *kind = table->kinds[i];

		if (only != NULL && strcmp(only, kind->name) != 0)
			continue;
		if (!peer_is_here(kind)) {
			printf("%s is not here: apt-get install %s\n",
			    kind->name, kind->package);
			continue;
		}
		for (size_t j = 0; j < FIGURES; j++)
			figures[count][j] = NAN;
		table->measure(kind, sizes, figures[count]);
		kinds[count++] = kind;
	}
	printf("\n%-36s", table->title);
	if (strlen(table->title) > 35)
		printf("\n%-36s", "");
	for (size_t i = 0; i < count; i++)
		printf("%20s", kinds[i]->name);
	printf("\n");
	for (size_t i = 0; i < table->row_count; i++) {
		const struct row *row = &table->rows[i];

		printf("%-36s", row->what);
		for (size_t j = 0; j < count; j++)
			print_cell(row, figures[j][row->figure],
			    j == 0 ? 0 : figures[0][row->figure]);
		printf("\n");
	}
	fflush(stdout);
}

static const struct option long_options[] = {
	{ "quick", no_argument, NULL, 'q' },
	{ "kills", required_argument, NULL, 'k' },
	{ "only", required_argument, NULL, 'o' },
	{ 0 },
};

int
main(int argc, char **argv)
{
	static const struct contest_sizes whole = { 15, 60, 22, 20000, 20, 60 };
	static const struct contest_sizes quick = { 3, 8, 4, 2000, 2, 10 };
	struct contest_sizes sizes = whole;
	const char *only = NULL;
	int64_t kills = -1;
	int option;

	while (
	    (option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (option == 'q')
			sizes = quick;
		else if (option == 'o')
			only = optarg;
		else if (option != 'k' ||
		    !text_read_integer(optarg, 0, 1000, &kills))
			return (EXIT_FAILURE);
	}
	if (kills >= 0)
		sizes.kills = (int)kills;
	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < COUNT_OF(tables); i++)
		measure_table(&tables[i], &sizes, only);
	return (EXIT_SUCCESS);
}
