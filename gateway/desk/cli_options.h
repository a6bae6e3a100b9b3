/* Options of a command line, by a table.
 *
 * getopt_long() does the reading; its <getopt.h> stays inside cli_options.c,
 * since it claims the word `option` that menus/ and base/ use as well.
 */
#ifndef GATEWAY_DESK_CLI_OPTIONS_H
#define GATEWAY_DESK_CLI_OPTIONS_H

#include <stddef.h>

#include "gateway/base/command.h"

enum { CLI_OPTIONS_MOST = 32, CLI_MAY_TAKE_VALUE = 2 };

struct cli_option {
	const char *name; /* "staff" is given as --staff */
	int takes_value; /* 1; 0 not; or CLI_MAY_TAKE_VALUE, then only as
			    --name=VALUE */
	int id; /* a letter is a short option too */
};

/* How to read: `take` gets each option as it comes, with its value or NULL,
 * and returns an exit status of its own, EXIT_DONE to go on. */
struct cli_reading {
	const struct command *command;
	const struct cli_option *options;
	size_t count;
	int (*take)(int id, char *value, void *into);
	void *into;
};

/* EXIT_DONE, and *first_r is the index in argv (which is put in order) of the
 * first word that is no option; else an exit status, and the person has been
 * told. */
int cli_read_options(
    const struct cli_reading *reading, int argc, char **argv, int *first_r);

#endif
