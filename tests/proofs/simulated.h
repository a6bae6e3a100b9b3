/* A simulated clock: the processes of a helpline see the machine's time plus
 * what the test added to it, and the test knows what each of them waits for.
 *
 * tests/simulated.so, loaded before the C library, answers clock_gettime(),
 * gettimeofday() and time(), and waits in poll() and epoll_wait() by
 * that clock.  While a process works, the clock runs as the machine's does:
 * a modem that answers in time is never too late.  Only when all of them wait
 * does the test move the clock to the next moment at which one of them has
 * something to do; so days pass in a minute, and each wake-up is one they
 * asked for.
 *
 * The clock is in a file that test and processes share; it is mapped before a
 * line is confined.
 */
#ifndef TESTS_PROOFS_SIMULATED_H
#define TESTS_PROOFS_SIMULATED_H

#include <stdatomic.h>
#include <stdint.h>

/* Where the shared file is. */
#define SIMULATED_ENVIRONMENT "SIMULATED_CLOCK"

enum {
	SIMULATED_PROCESSES = 64,
	SIMULATED_LOOK_MS = 200, /* a waiting process looks at the clock so
				    often, by the machine's time, even if
				    nobody says that it was moved */
};

/* Says so. */
#define SIMULATED_SIGNAL (SIGRTMIN + 5)

enum simulated_state {
	SIMULATED_WORKS,
	SIMULATED_WAITS,
};

/* What one process says of itself. */
struct simulated_process {
	atomic_int pid; /* 0: this place is free; -1: taken, for a process
			   that is about to be forked */
	atomic_int role; /* the first letter of what it is: serve, line ... */
	atomic_int state;
	atomic_llong due_ms; /* by its own CLOCK_MONOTONIC; -1 never */
	atomic_llong wakeups; /* waits of some time that ended */
};

/* Octets between lines and simulated modems: a pseudo terminal hands them on
 * by a thread of the kernel's, so that for a moment both sides may sleep while
 * they are under way. */
struct simulated_wire {
	atomic_llong written;
	atomic_llong read;
};

struct simulated {
	atomic_llong ahead_ms; /* of the machine's clocks */
	struct simulated_wire to_line;
	struct simulated_wire to_modem;
	struct simulated_process processes[SIMULATED_PROCESSES];
};

#endif
