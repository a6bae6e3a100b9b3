/* A helpline that runs on a simulated modem, people who write to it, and the
 * account of what became of their texts: for tests of faults.
 */
#ifndef TESTS_FAULT_WORLD_H
#define TESTS_FAULT_WORLD_H

#include <stdint.h>

#include "tests/lab.h"
#include "tests/sim/sim_client.h"

/* Whoever rings; is greeted, and not counted. */
#define FAULT_RINGER "+9779860000001"

struct fault_world {
	struct lab lab;
	struct sim sim;
	struct sim_connection air; /* what goes out */
	long writers; /* numbers that wrote, each once */
	uint8_t *seen; /* a bit a part, by writer */
	uint8_t *parts;
	long doubled;
	long data; /* messages put in that are no text */
	long unreadable; /* put in, that nobody can read */
	long alike; /* of these, those of which nothing tells them apart */
	long failures;
	uint64_t chance;
};

/* Waits and pauses are shortened, unless as_set_up. */
void fault_world_open(struct fault_world *world, int as_set_up);
/* Kept for a look when it failed and KEEP is set. */
void fault_world_close(struct fault_world *world);

uint64_t fault_world_chance(struct fault_world *world, uint64_t most);

/* A number that has not written yet. */
long fault_world_writer(struct fault_world *world);
void fault_world_number(long writer, char *number, size_t size);
/* Somebody new writes. */
void fault_world_write(struct fault_world *world, const char *text);

/* Milliseconds until somebody who writes now is answered, or -1.  Who got no
 * answer for a while writes again, as another. */
int64_t fault_world_time_service(struct fault_world *world, int64_t most_ms);

/* Waits until all is done that can be, and checks that every text was handled
 * once, and answered once or unsure; prints what is not so, and adds it to the
 * failures. */
struct fault_account {
	long texts;
	long answered; /* whole */
	long unsure;
	long aside; /* unreadable, with their bytes */
};
void fault_world_settle(
    struct fault_world *world, struct fault_account *account_r);

#endif
