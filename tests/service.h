/* The helpline as a service that is ended as a whole, for tests that look at
 * what callers see of it.
 */
#ifndef TESTS_SERVICE_H
#define TESTS_SERVICE_H

#include "tests/lab.h"

/* A connection to who listens here, for whom it waits. */
int service_connect(int port);

/* SIGTERM to the hub, which must end well. */
void service_end_hub(struct lab *lab);
/* SIGTERM to all processes at once, as the control group of a service that has
 * no KillMode of its own; in two halves: the signals, and waiting for the end. */
void service_signal_all(struct lab *lab);
void service_wait(struct lab *lab);

/* That no text waits for its line: what is said on a dialled code stays there. */
void service_expect_no_texts(struct lab *lab);

#endif
