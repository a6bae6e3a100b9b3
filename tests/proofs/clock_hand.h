/* The test's half of simulated.h: the hand that moves the clock. */
#ifndef TESTS_PROOFS_CLOCK_HAND_H
#define TESTS_PROOFS_CLOCK_HAND_H

#include "tests/proofs/simulated.h"

struct clock_hand {
	struct simulated *shared;
	char path[120];
};

/* Makes the shared file in a folder, and has programs that are started from now
 * on find it by their environment (simulated.so is up to whoever starts
 * them). */
void clock_hand_open(struct clock_hand *hand, const char *folder);
void clock_hand_close(struct clock_hand *hand);

/* The simulated time. */
int64_t clock_hand_utc_s(const struct clock_hand *hand);
int64_t clock_hand_ms(const struct clock_hand *hand);

/* Waits until every process waits and nothing is under way: 1 and the moment the first
 * of them is due (-1: none is), or 0 when they still work after so long. */
int clock_hand_rests(struct clock_hand *hand, int most_ms, int64_t *due_ms_r);

/* Moves the clock to a moment, if it is not there yet. */
void clock_hand_move_to(struct clock_hand *hand, int64_t ms);

/* How many processes of a role live, and how often they were woken. */
int clock_hand_count(struct clock_hand *hand, int role);
int64_t clock_hand_wakeups(struct clock_hand *hand, int role);
/* 1 when this process takes part and has waited once: it is started. */
int clock_hand_has_waited(struct clock_hand *hand, pid_t pid);

#endif
