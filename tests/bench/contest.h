/* What is measured of a helpline, and how.  Figures that were not measured are
 * NAN.
 */
#ifndef TESTS_BENCH_CONTEST_H
#define TESTS_BENCH_CONTEST_H

#include "tests/bench/peer.h"

enum figure {
	/* on a modem */
	FIGURE_ANSWER_S, /* notice to the answer's PDU, median */
	FIGURE_ANSWER_WORST_S,
	FIGURE_AT_ONCE, /* answers a minute, a modem that sends at once */
	FIGURE_IN_3_S, /* answers a minute, a modem that sends in 3 s */
	/* on a fast wire */
	FIGURE_PER_S, /* messages a second, many in flight */
	FIGURE_ONE_MS, /* one at a time, median */
	/* on both */
	FIGURE_CPU_S, /* for 1,000 answers */
	FIGURE_RSS_MIB,
	FIGURE_WAKES, /* a minute, when idle */
	FIGURE_KILLED_TEXTS, /* sent in while it was killed again and again */
	FIGURE_LOST, /* of them never answered */
	FIGURE_LOST_MARKED, /* of those, such as a person is told of */
	FIGURE_TWICE, /* answered more than once */
	FIGURES,
};

struct contest_sizes {
	int answers; /* one by one, on a modem */
	int burst;
	int in_3_s;
	int messages; /* on a fast wire */
	int kills;
	int idle_s;
};

void contest_on_modem(const struct peer_kind *kind,
    const struct contest_sizes *sizes, double *figures_r);
void contest_on_fast_wire(const struct peer_kind *kind,
    const struct contest_sizes *sizes, double *figures_r);

/* For both: what an idle minute costs, and which texts ours are marked. */
double contest_idle_wakes(const struct peer *peer, int idle_s);
double contest_unsure(struct peer *peer);

#endif
