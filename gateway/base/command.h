/* What `waymark <command>` is made of: a row of a table.
 */
#ifndef GATEWAY_BASE_COMMAND_H
#define GATEWAY_BASE_COMMAND_H

/* Exit statuses, the same for every command. */
enum exit_status {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_WRONG_USE = 2,
	EXIT_NOTHING_FOUND = 3,
};

/* A command.  `run` gets its own name as argv[0] and returns an exit status.
 * Every one answers --help with `usage` on standard output and status 0;
 * command_wrong_use() is the other end. */
struct command {
	const char *name;
	const char *summary; /* one line, for `waymark --help` */
	const char *usage; /* whole text of --help */
	int (*run)(int argc, char **argv);
};

/* 1 when --help is among the arguments; prints the usage then. */
int command_asked_help(const struct command *command, int argc, char **argv);

/* Prints what is wrong and where help is, to standard error; returns
 * EXIT_WRONG_USE. */
int command_wrong_use(const struct command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The command of this name in a table, or NULL. */
const struct command *command_find(
    const struct command *const *commands, const char *name);

#endif
