/* A set-up for the desk's tests: a store with two caseworkers, Sita and Ram,
 * in a folder of its own, and a technician, Hari.
 *
 * Passwords are slow on purpose, so world_make_once() makes the set-up one
 * time, before the tests fork, and every test opens a copy.
 */
#ifndef TESTS_DESK_WORLD_H
#define TESTS_DESK_WORLD_H

#include "gateway/desk/cases.h"
#include "store/callers.h"

#define WORLD_LINE   "demo"
#define WORLD_NUMBER "+9779841234567"

enum { WORLD_NOW_UTC_S = 1795000000 };

struct world {
	char folder[64];
	struct box_key *box;
	struct store *store;
	struct caseworker sita;
	struct caseworker ram;
	struct errand errand; /* the last one */
};

/* Unchecked fixtures. */
void world_make_once(void);
void world_remove(void);

/* A copy of its own for one test. */
void world_open(struct world *world);
void world_close(struct world *world);
/* One more connection to the same store, as another process has. */
struct store *world_connect(const struct world *world);

/* A request as the hub opens one, of the caller with this number: urgency
 * normal, consent yes, with one answer. */
void world_add_request(struct world *world, const char *ref, const char *e164);
/* A text of the caller's joins the request. */
void world_add_text(struct world *world, const char *ref, const char *text);

/* The request as it stands; it must be there. */
struct request world_request(struct world *world, const char *ref);
/* How many events with these words a request has. */
int world_count_events(struct world *world, const char *ref, const char *what);
/* How many texts are in the outbox, in whatever state. */
int64_t world_count_outbox(struct world *world);

/* An errand at WORLD_NOW_UTC_S, kept in world->errand. */
struct errand *world_errand(
    struct world *world, const struct caseworker *worker, const char *ref);

/* 1 when the bytes stand in a file of the world's folder. */
int world_holds(const struct world *world, const char *bytes);

#endif
