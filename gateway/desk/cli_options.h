/* Options of a command line, by a table.
 *
 * getopt_long() does the reading; its <getopt.h> stays inside cli_options.c,
 * since it claims the word `option` that menus/ and base/ use as well.
 */
#ifndef GATEWAY_DESK_CLI_OPTIONS_H
#define GATEWAY_DESK_CLI_OPTIONS_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/command.h"
#include "gateway/base/text.h"

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

/* The same for a command that has no option but -c, --config FILE: *config_r is
 * the file, or NULL. */
int cli_read_config(const struct command *command, int argc, char **argv,
    const char **config_r, int *first_r);

/* -- reading into a struct -------------------------------------------------- */

/*
 * Most commands keep what was given in a struct of their own.  A table then
 * says where each option goes and nobody writes the reading again:
 *
 *     struct wish {
 *             struct session_who who;
 *             unsigned given;
 *             const char *output;
 *             int64_t weeks;
 *     };
 *     static const struct cli_field fields[] = {
 *             CLI_WHO(struct wish),
 *             CLI_WORD("output", 'o', TAKES_OUTPUT, struct wish, output),
 *             CLI_NUMBER("weeks", TAKES_WEEKS, struct wish, weeks, 1, 52),
 *             CLI_FLAG("json", TAKES_JSON),
 *     };
 */
enum cli_kind {
	CLI_IS_FLAG, /* it is given or not */
	CLI_IS_WORD, /* a const char * */
	CLI_IS_MAYBE, /* the same, or NULL: only as --name=WORD or --name */
	CLI_IS_NUMBER, /* an int64_t within min and max */
	CLI_IS_LIST, /* a struct cli_list: each time one more */
};

enum { CLI_LIST_MOST = 64 };
struct cli_list {
	const char *items[CLI_LIST_MOST];
	size_t count;
};

struct cli_field {
	const char *name;
	char letter; /* a short option too, or 0 */
	enum cli_kind kind;
	unsigned takes; /* bits that join `given`; 0: every action takes it */
	size_t place; /* in the struct */
	int64_t min;
	int64_t max;
};

#define CLI_FLAG(name, takes) \
	{ \
		(name), 0, CLI_IS_FLAG, (takes), 0, 0, 0 \
	}
#define CLI_WORD(name, letter, takes, type, member) \
	{ \
		(name), (letter), CLI_IS_WORD, (takes), \
		    offsetof(type, member), 0, 0 \
	}
#define CLI_MAYBE(name, takes, type, member) \
	{ \
		(name), 0, CLI_IS_MAYBE, (takes), offsetof(type, member), 0, 0 \
	}
#define CLI_NUMBER(name, takes, type, member, min, max) \
	{ \
		(name), 0, CLI_IS_NUMBER, (takes), offsetof(type, member), \
		    (min), (max) \
	}
#define CLI_LIST(name, takes, type, member) \
	{ \
		(name), 0, CLI_IS_LIST, (takes), offsetof(type, member), 0, 0 \
	}
/* The configuration and who signs in, of a struct with a `who`. */
#define CLI_WHO(type) \
	CLI_WORD("config", 'c', 0, type, who.config), \
	    CLI_WORD("staff", 0, 0, type, who.staff), \
	    CLI_WORD("password-file", 0, 0, type, who.password_file)

/* A word behind the command that says what to do. */
struct cli_action {
	const char *name;
	unsigned takes; /* bits of the options it takes */
	int least; /* words behind it */
	int most; /* or CLI_ANY_WORDS */
	const char *needs; /* what is said when there are fewer: "a name" */
};
enum { CLI_ANY_WORDS = -1 };

/* A command line that is read by tables. */
struct cli_line {
	const struct command *command;
	const struct cli_field *fields;
	size_t field_count;
	void *into; /* the struct */
	unsigned *given;
	/* The command's own rows; each begins with a struct cli_action. */
	const void *actions;
	size_t action_count;
	size_t action_bytes; /* of a row */
};

/* Reads the options; as cli_read_options(). */
int cli_read_fields(
    const struct cli_line *line, int argc, char **argv, int *first_r);

/* The same for a command without a word behind its options: EXIT_DONE, or an
 * exit status and the person has been told. */
int cli_read_fields_alone(const struct cli_line *line, int argc, char **argv);

/* The row that words[0] names, once the options and the number of words behind
 * it are what it takes: EXIT_DONE and *row_r; else EXIT_WRONG_USE, told. */
int cli_choose_action(
    const struct cli_line *line, int count, char **words, const void **row_r);

#endif
