/* What a technician sets about data: `retention = { ... };`, how long a closed
 * case is kept, and `export = { ... };`, how small a count may be that leaves.
 */
#ifndef GATEWAY_BASE_DATA_RULES_H
#define GATEWAY_BASE_DATA_RULES_H

#include <stddef.h>
#include <stdint.h>

struct config;

/* One of `retention.outcomes = ( { words; days; } ... )`. */
struct retention_outcome {
	char *words; /* a case was closed with */
	int64_t days;
};

struct data_rules {
	int64_t keep_days; /* for every other outcome */
	struct retention_outcome *outcomes;
	size_t outcome_count;
	int64_t least_people; /* k of what is exported */
	int64_t rounding;
};

/* Reads both groups; complaints are counted by the configuration. */
void data_rules_read(struct config *config, struct data_rules *rules_r);
void data_rules_free(struct data_rules *rules);

#endif
