/* Case facts: what a caseworker has set of a case for statistics, in the words
 * of the Human Trafficking Case Data Standard (gateway/desk/htcds.h says which
 * names and values there are; here they are only words).
 *
 * All facts of a case are sealed as one text, so that not even the names tell
 * anything.  Erased with the case.
 */
#ifndef STORE_CASE_FACTS_H
#define STORE_CASE_FACTS_H

#include "store/requests.h"

/* All facts of a case, "name<TAB>value<TAB>who set it<TAB>when, in seconds<LF>"
 * (the last two are not there of what was set before version 7), added to
 * *facts.  NOTHING when none is set. */
MUST_USE enum outcome case_facts_unseal(struct store *store,
    const struct team_secret *secret, struct request_id id, struct text *facts);

/* The value of a name among such lines: a copy of yours to free, or NULL. */
char *case_facts_value(const char *facts, const char *name);

/* One fact among such lines. */
struct case_fact_line {
	char *value; /* yours: free() */
	char *by; /* yours; "" when it was not kept */
	int64_t at_utc_s; /* 0 when it was not kept */
};
/* 1 and *line_r, or 0: there is none of this name. */
int case_facts_find(
    const char *facts, const char *name, struct case_fact_line *line_r);

/* Replaces them as a whole ("" takes all away), inside a transaction with an
 * epoch.  NOTHING when the request keeps nothing any more. */
MUST_USE enum outcome case_facts_put(struct store *store, struct request_id id,
    const char *facts, int64_t now_utc_s);

/* The requests that have facts; *ids_r is yours: free(). */
MUST_USE enum outcome case_facts_list(
    struct store *store, struct request_id **ids_r, size_t *count_r);

#endif
