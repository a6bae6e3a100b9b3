/* A world whose commands are run as a person or a program runs them: arguments
 * in, words and an exit status out.
 */
#ifndef TESTS_DESK_TERMINAL_H
#define TESTS_DESK_TERMINAL_H

#include "gateway/desk/desk.h"
#include "tests/desk_world.h"

#define REF "KM7P4"

/* One a test program: the request REF is in it, Sita's password in a file. */
extern struct world world;
extern char config_path[96];
extern char password_path[96];
extern char control_path[96];
extern struct text out; /* what the last command said */
extern struct text err;

/* Checked fixtures, after world_make_once(). */
void terminal_open(void);
void terminal_close(void);

/* Runs a command with these words after its name; `out` and `err` hold what
 * it said.  An exit status. */
int terminal_run(const struct command *command, const char *const *words);

#define RUN(command, ...) \
	terminal_run(command, (const char *const[]){ __VA_ARGS__, NULL })
#define AS_SITA    "--staff", "Sita", "--password-file", password_path
#define QUEUE(...) RUN(&command_queue, __VA_ARGS__, AS_SITA)

/* 1 when the words are in it. */
int says(const struct text *text, const char *words);

#endif
