/* The commands of the control socket as rows of tables.
 */
#ifndef TESTS_SIM_CONTROL_COMMAND_H
#define TESTS_SIM_CONTROL_COMMAND_H

#include "tests/sim/control.h"

/* A command: its words are behind fields->list[0].  It adds its answer, or
 * sets client->wait. */
struct control_command {
	const char *name;
	size_t least_fields;
	size_t most_fields;
	void (*run)(struct control *control, struct client *client,
	    const struct fields *fields);
};

/* Each ends in a row without a name. */
extern const struct control_command control_incoming[];
extern const struct control_command control_observing[];

/* The answers "error<TAB>words" and "ok". */
void control_refuse(struct client *client, const char *words);
void control_accept(struct client *client);

/* An optional number: 1, or 0 when it is there and none. */
int control_read_number(
    const char *field, int64_t otherwise, int64_t *number_r);

#endif
