/* The queue: which cases there are, page by page, and how the helpline is.
 *
 * Pages follow one another by key: `after` is where the page before ended, so
 * the hundredth page costs what the first does, and a case that comes or goes
 * meanwhile makes none appear twice.  Order: most urgent first, then oldest.
 *
 * Each function may first put right what time has done (leases that ran out,
 * snoozes that are over), in a transaction of its own.
 */
#ifndef GATEWAY_DESK_CASES_LIST_H
#define GATEWAY_DESK_CASES_LIST_H

#include "gateway/desk/cases.h"

/* Which cases a list holds; zeroed: the queue from its top. */
struct case_filter {
	enum request_shelf shelf; /* SHELF_QUEUE: open or claimed, and awake;
				     SHELF_SNOOZED; SHELF_ENDED; SHELF_ANY */
	int only_mine; /* claimed by the one who asks, awake or not */
	const char *state; /* "open", "claimed", "closed" ...; NULL any */
	const char *corridor; /* NULL any; so for the next two */
	const char *language;
	const char *label;
	struct request_place after;
	size_t most;
};

/* At most filter->most; DONE also when there is none, REFUSED for a
 * technician.  list_r->has_more tells of a next page, which begins after
 * request_place_of() the last item.  The items are yours: free(). */
MUST_USE enum outcome cases_list(const struct caseworker *worker,
    const struct case_filter *filter, int64_t now_utc_s,
    struct request_list *list_r);

/* Claims what is first among those that nobody has; whoever was faster with one
 * leaves the next.  errand->worker and ->now_utc_s are given; errand->request
 * is the one.  DONE; NOTHING, nobody waits; REFUSED for a technician. */
MUST_USE enum outcome cases_claim_first(struct errand *errand);

/* A place in a link or on a command line: "2-1234".  1 when it is one. */
struct case_place_text {
	char text[32];
};
struct case_place_text case_place_write(const struct request_place *place);
int case_place_read(const char *words, struct request_place *place_r);

/* The labels in use on cases that have not ended, by name, with how many have
 * them.  Yours: free(). */
MUST_USE enum outcome cases_labels(const struct caseworker *worker,
    struct request_label_use **labels_r, size_t *count_r);

/* How it stands with the helpline: a health light from the store. */
enum case_light {
	CASE_LIGHT_GREEN,
	CASE_LIGHT_YELLOW, /* somebody waits longer than an hour, texts are
			      unread, or the hub does not answer */
	CASE_LIGHT_RED, /* somebody urgent waits longer than a quarter of an
			   hour, or anybody longer than a day; or a line is
			   down */
};
struct case_health {
	enum case_light light;
	struct request_health counts;
	int64_t waits_s; /* the longest that anybody waits, 0 nobody */
	int hub_answers;
	int lines;
	int lines_down;
};
/* `lines` is what poke_ask_lines() gave, or NULL when no hub answered. */
MUST_USE enum outcome cases_health(const struct caseworker *worker,
    const char *lines, int64_t now_utc_s, struct case_health *health_r);

/* Lets run out what has run out: what the hub does in its quiet moments
 * (requests_tidy()) for a desk without one. */
MUST_USE enum outcome cases_tidy(
    const struct caseworker *worker, int64_t now_utc_s);

#endif
