/* Asks an HTTPS server the same thing over many connections that stay open,
 * and takes the times.
 */
#ifndef TESTS_BENCH_DESK_LOAD_H
#define TESTS_BENCH_DESK_LOAD_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/text.h"

enum { LOAD_CONNECTIONS_MOST = 64 };

struct load;

/* Opens connections to 127.0.0.1; ends the program when it cannot. */
struct load *load_open(int port, size_t connections);
void load_close(struct load *load);

/* How a run goes: `pace_per_s` 0 asks again as soon as the answer is there,
 * else so often over all connections. */
struct load_plan {
	const char *request; /* whole, with its empty line */
	int64_t run_ms;
	int64_t pace_per_s;
};
struct load_result {
	uint64_t answers;
	uint64_t bad; /* another status than 200 */
	int64_t took_us;
	int64_t p50_us;
	int64_t p99_us;
	size_t body_bytes; /* of the last answer */
};
struct load_result load_run(struct load *load, const struct load_plan *plan);

/* One request on a connection of its own; the whole answer is added to
 * *answer. */
void load_ask(int port, const char *request, struct text *answer);

#endif
