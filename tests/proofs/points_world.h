/* A helpline on a modem, by the simulated clock, whose processes can be killed
 * at any of their points (points.h).
 *
 * Every run starts from the same store, at the same second, so that runs can be
 * held against each other.
 */
#ifndef TESTS_PROOFS_POINTS_WORLD_H
#define TESTS_PROOFS_POINTS_WORLD_H

#include "tests/lab.h"
#include "tests/proofs/air.h"
#include "tests/proofs/clock_hand.h"
#include "tests/proofs/points.h"

struct points_world {
	struct lab lab;
	struct sim sim;
	struct air air; /* of this run */
	int listens;
	struct clock_hand clock;
	struct points *points;
	int64_t began_utc_s; /* of every run, by the simulated clock */
	int cuts_power; /* whoever kills the hub takes back what it did not
			   sync */
	long kill_again_at; /* the point of the hub's next life; 0 none */
	int64_t unsure; /* texts, seen in this run: they may be tidied away */
	long restarts;
	long taken_back; /* writes, by power cuts */
	char trouble[200]; /* why a run cannot go on; "" */
};

/* What may be wanted to be heard. */
typedef void points_heard(void *into, const char *to, char *text_take);

void points_world_open(struct points_world *world);
void points_world_close(struct points_world *world);

/* The store of the first day, the first second, counts of nought; the hub does
 * not run. */
void points_world_reset(struct points_world *world);

/* From now on this role is killed at its n-th point; -1 nobody. */
void points_world_arm(struct points_world *world, int role, long at);

/* Starts the hub, again if it is killed meanwhile. */
void points_world_start(struct points_world *world);
/* SIGTERM, and again until it has ended cleanly. */
void points_world_stop(struct points_world *world);

/* Goes on until nothing is under way anywhere, starting what was killed and
 * moving the clock when all wait; whole texts that leave go to `heard`. */
void points_world_settle(
    struct points_world *world, points_heard *heard, void *into);

/* Time passes, from one due moment to the next. */
void points_world_pass(struct points_world *world, int64_t seconds,
    points_heard *heard, void *into);
/* The same at one stroke, as for a machine that slept. */
void points_world_jump(struct points_world *world, int64_t seconds);

#endif
