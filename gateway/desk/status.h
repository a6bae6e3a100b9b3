/* What `waymark status` knows, and three ways to say it.  Counts and times only:
 * nobody signs in for it, so it shows nobody.
 */
#ifndef GATEWAY_DESK_STATUS_H
#define GATEWAY_DESK_STATUS_H

#include "gateway/base/settings.h"
#include "gateway/base/text.h"
#include "store/ages.h"
#include "store/journal.h"
#include "store/outbox.h"
#include "store/requests.h"

/* A line as the hub says it is (gateway/hub/control.h). */
struct status_line {
	const char *name;
	const char *state;
	int is_up; /* the device answers and is in the network */
	int64_t signal_percent; /* -1 unknown */
	int64_t in_flight;
	const char *rung; /* of the ladder */
	int64_t needs_hand;
	int64_t storage_percent; /* -1 unknown */
	const char *network; /* "" unknown */
	const char *credit; /* none, unknown, unread, low or enough */
	int64_t hundredths;
	int64_t sent; /* since the hub runs */
	int64_t pace; /* texts in the last whole minute */
	int64_t hidden_calls;
	int64_t away_s;
	const char *cause;
};

struct status {
	int64_t now_utc_s;
	int hub_runs;
	struct text lines_text; /* holds what `lines` points into */
	struct status_line *lines;
	size_t line_count;
	struct request_counts requests;
	int64_t outbox[OUTBOX_GIVEN_UP + 1];
	int64_t journal[JOURNAL_ASIDE + 1];
	struct ages ages;
	int64_t store_bytes;
	int64_t free_bytes; /* of the disk the store is on; -1 unknown */
};

/* DONE, or what the store said. */
MUST_USE enum outcome status_read(
    const struct settings *settings, struct status *status_r);
void status_free(struct status *status);

/* Reads one line of the hub's answer, which is cut up: 1 when it is sound. */
int status_read_line(char *text, struct status_line *line_r);

/* Seconds since a time of the store; 0 for none. */
int64_t status_age_s(const struct status *status, int64_t utc_s);

void status_add_text(const struct status *status, struct text *out);
void status_add_json(const struct status *status, struct text *out);
/* The text format of Prometheus, 0.0.4. */
void status_add_prometheus(const struct status *status, struct text *out);

#endif
