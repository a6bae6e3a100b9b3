/* What `waymark status` knows, and three ways to say it.  Counts and times only:
 * nobody signs in for it, so it shows nobody.
 */
#ifndef GATEWAY_DESK_STATUS_H
#define GATEWAY_DESK_STATUS_H

#include "gateway/base/settings.h"
#include "gateway/base/text.h"
#include "store/ages.h"
#include "store/guards.h"
#include "store/journal.h"
#include "store/outbox.h"
#include "store/requests.h"
#include "store/troubles.h"

/* A line as the hub says it is (gateway/hub/control.h). */
struct status_line {
	const char *name;
	const char *state;
	int64_t is_up; /* the device answers and is in the network */
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
	const char *stand_in; /* the line that carries its texts; "" none */
	int64_t credit_days; /* until it expires; -1 unknown */
	int64_t texts_today; /* in the line's zone */
	int64_t parts_today;
	int64_t spent_today; /* hundredths */
	int64_t day_cap; /* texts; 0 none */
	int64_t spend_cap; /* hundredths; 0 none */
	int64_t pace_most; /* a minute; 0 none */
	int64_t cap_wait_s; /* until its next day, when a cap is reached */
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
	struct outbox_queue queues[OUTBOX_KINDS]; /* what waits, by kind */
	struct waited_line gone[WAITED_LINES_MOST]; /* lines that texts wait for
						and nobody configured */
	size_t gone_count;
	struct trouble_list troubles; /* somebody has been or is to be told */
	int64_t backed_up_utc_s; /* 0 never */
	struct guard_totals guards;
	int64_t store_bytes;
	int64_t free_bytes; /* of the disk the store is on; -1 unknown */
};

/* DONE, or what the store said. */
MUST_USE enum outcome status_read(
    const struct settings *settings, struct status *status_r);
/* The same by a store that is open, and what the hub said of its lines before
 * (NULL: it did not answer); asks nobody, and waits for nobody. */
MUST_USE enum outcome status_read_kept(struct store *store,
    const struct settings *settings, const char *lines,
    struct status *status_r);
void status_free(struct status *status);

/* Reads one line of the hub's answer, which is cut up: 1 when it is sound. */
int status_read_line(char *text, struct status_line *line_r);

/* Seconds since a time of the store; 0 for none. */
int64_t status_age_s(const struct status *status, int64_t utc_s);

/* -- the fields of a line --------------------------------------------------- */

/* Every field of a line has its row: the JSON and the page of health are
 * written from these, so that neither misses one. */
enum status_kind {
	STATUS_WORDS, /* const char * of ours, "" unknown */
	STATUS_NAME, /* const char * of others: a name, "" unknown */
	STATUS_FLAG,
	STATUS_COUNT,
	STATUS_PERCENT,
	STATUS_SECONDS,
	STATUS_AMOUNT, /* money in hundredths */
};
struct status_field {
	const char *key; /* in the JSON */
	const char *label; /* English, of the page; NULL: told otherwise */
	enum status_kind kind;
	size_t offset; /* in struct status_line, of a pointer or an int64_t */
	int64_t unknown; /* what a number is when nobody knows it */
};
extern const struct status_field status_fields[];
extern const size_t status_field_count;

const char *status_field_words(
    const struct status_field *field, const struct status_line *line);
int64_t status_field_number(
    const struct status_field *field, const struct status_line *line);

/* -- what to do ------------------------------------------------------------- */

enum status_weight {
	STATUS_LOOK, /* it works, and may not for long */
	STATUS_BAD,
};
/* Something that wants a person; borrows from the status and constants. */
struct status_advice {
	enum status_weight weight;
	const char *line; /* its name, or "" */
	const char *what; /* English: what is so */
	const char *mend; /* English: what to do */
};
/* The worst first; yours: free(). */
struct status_advices {
	struct status_advice *items;
	size_t count;
};
void status_advise(
    const struct status *status, struct status_advices *advices_r);

/* -- saying it -------------------------------------------------------------- */

/* What guards did (status_guards.c); nothing as text where they did nothing. */
struct json;
void status_guards_add_text(const struct status *status, struct text *out);
void status_guards_add_json(const struct status *status, struct json *json);
void status_guards_add_prometheus(
    const struct status *status, struct text *out);

void status_add_text(const struct status *status, struct text *out);
void status_add_json(const struct status *status, struct text *out);
/* The text format of Prometheus, 0.0.4. */
void status_add_prometheus(const struct status *status, struct text *out);

#endif
