/* A simulated modem as a child process, and a connection to its control
 * socket: what test programs link.
 *
 *   struct sim sim;
 *   sim_start(&sim, "./modem_sim", directory);
 *   sim_ask(&sim, "text", "+9779812345678", "HELP", NULL);
 *   sim_ask(&sim, "sent-wait", "1", NULL);
 *   ...
 *   sim_stop(&sim);
 *
 * Whatever does not go as it must prints why and aborts: a test that has no
 * modem proves nothing.  The modem ends with its parent.
 */
#ifndef TESTS_SIM_SIM_CLIENT_H
#define TESTS_SIM_SIM_CLIENT_H

#include <stddef.h>
#include <sys/types.h>

#include "gateway/base/text.h"
#include "tests/sim/fields.h"

/* A connection to a control socket; several may be open. */
struct sim_connection {
	int socket;
	struct text in;
	size_t in_at;
	struct text line; /* the last one read, which fields point into */
};

struct sim {
	pid_t process;
	char *device; /* directory + "/modem" */
	char *control; /* directory + "/modem.control" */
	struct sim_connection connection;
	struct fields answer; /* of the last sim_ask(): list[0] is "ok" */
};

/* Starts one and waits until it is ready.  More than one in a directory:
 * sim_start_named() with a name instead of "modem"; profile may be NULL. */
void sim_start(struct sim *sim, const char *program, const char *directory);
void sim_start_named(struct sim *sim, const char *program,
    const char *directory, const char *name, const char *profile);
void sim_stop(struct sim *sim);

/* Sends a command, its fields up to a NULL, and reads up to its last line,
 * which must be ok; it is then in sim->answer.  Waits as long as that takes
 * (two minutes, then it gives up). */
void sim_ask(struct sim *sim, const char *command, ...)
    __attribute__((sentinel));

/* The number in the n-th field of the last answer (1 is behind "ok"). */
long sim_answer_number(const struct sim *sim, size_t n);

void sim_connect(struct sim_connection *connection, const char *path);
void sim_disconnect(struct sim_connection *connection);
void sim_send(
    struct sim_connection *connection, const char *const *fields, size_t count);

/* The next line: 1 and its fields, which stand until the next call; 0 when
 * none came in that time or the other side has gone. */
int sim_read_line(
    struct sim_connection *connection, int wait_ms, struct fields *fields_r);

#endif
