/* What goes out over the air of a simulated modem, as whole texts. */
#ifndef TESTS_PROOFS_AIR_H
#define TESTS_PROOFS_AIR_H

#include "tests/sim/sim_client.h"

enum { AIR_PARTS_MOST = 16, AIR_OPEN_MOST = 64, AIR_NUMBER_BYTES = 40 };

/* The parts of a text that is still coming in. */
struct air_assembly {
	char to[AIR_NUMBER_BYTES];
	long reference;
	long parts;
	char *part[AIR_PARTS_MOST];
	int64_t at_ms[AIR_PARTS_MOST]; /* by our clock */
};

struct air {
	struct sim_connection connection;
	int64_t began_ms;
	struct air_assembly open[AIR_OPEN_MOST];
	long repeated; /* parts that came twice */
	char last_repeated[160]; /* of which text, and when both came */
};

/* Listens to what goes out from now on. */
void air_open(struct air *air, const struct sim *sim);
void air_close(struct air *air);

/* The next whole text: 1 and to whom and what (yours), the references of help
 * requests in it masked; or 0 when none came in that time. */
int air_hear(
    struct air *air, int wait_ms, char to[AIR_NUMBER_BYTES], char **text_r);

/* Forgets texts of which not all parts came; how many parts that were. */
long air_forget_pieces(struct air *air);

#endif
