/* A helpline with a team: for the long tests of keys, phones and alarms.
 *
 * The lead is the lab's own (LAB_STAFF); team_add_hari() adds a caseworker.
 */
#ifndef TESTS_TEAM_LAB_H
#define TESTS_TEAM_LAB_H

#include "tests/caller.h"
#include "tests/lab.h"
#include "tests/proof.h"

#define HARI          "Hari"
#define HARI_PASSWORD "river and mountain"
#define HARI_NUMBER   "+9779810000055"
#define LEAD_NUMBER   "+9779810000066"
#define CALLER_NUMBER "+9779810000007"

/* Runs a command signed in as `who` (NULL: the lead), words ended by NULL: its
 * exit status; standard output into *out (emptied first), which may be NULL. */
int team_run(struct lab *lab, const char *who, struct text *out,
    const char *const *words);
#define RUN(lab, who, out, ...) \
	team_run(lab, who, out, (const char *const[]){ __VA_ARGS__, NULL })

void team_add_hari(struct lab *lab);

/* From HELP to the end of its questions: a request of high urgency, with
 * "Qatar" among its answers and the code word "bluebird". */
void team_walk_to_request(struct caller_phone *phone);
/* The reference of the newest request. */
void team_read_ref(struct lab *lab, char ref[16]);

/* Waits until a query gives this number; the number it gave last. */
int64_t team_wait_for(struct lab *lab, const char *sql, int64_t value);

/* 1 when `queue show` of `who` holds these words. */
int team_shows(
    struct lab *lab, const char *who, const char *ref, const char *words);

#endif
