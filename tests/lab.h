/* A helpline in a folder of its own, run by the real program: for tests that
 * need the whole of it.
 *
 * Every function ends the test program with a message when the machinery
 * itself fails; what is being tested comes back as a value.
 */
#ifndef TESTS_LAB_H
#define TESTS_LAB_H

#include <stdint.h>
#include <sys/types.h>

#include "gateway/base/text.h"

#define LAB_STAFF    "tester"
#define LAB_PASSWORD "a password for tests"

struct lab {
	char folder[64]; /* everything of it; removed by lab_close() */
	char config[100]; /* waymark.conf */
	char demo_socket[100];
	char store[100];
	char log[100]; /* of the hub and its lines, appended */
	char password_file[100];
	pid_t hub; /* -1 when it does not run */
	int forgets_unsynced; /* it runs on a disk that does: tests/power.h */
	const char
	    *preload; /* libraries before all others, or NULL; borrowed */
};

/* `waymark setup` with a demo line and, unless NULL, a line on a modem at this
 * device (connection dku2at, named modem-1 by set-up). */
void lab_open(struct lab *lab, const char *modem_device);
void lab_open_corridor(
    struct lab *lab, const char *corridor, const char *modem_device);
void lab_close(struct lab *lab);

/* Replaces words in waymark.conf, once; they must stand there. */
void lab_configure(struct lab *lab, const char *from, const char *to);

/* Starts the hub and waits until its demo line listens. */
void lab_start(struct lab *lab);
/* The same in pieces, for a hub that may end at any moment: starts it; 1 when
 * its demo line listens; 1 when it has ended by itself, and all its lines. */
void lab_launch(struct lab *lab);
int lab_listens(const struct lab *lab);
int lab_has_ended(struct lab *lab);
/* Signals the hub, which must run. */
void lab_kill(const struct lab *lab, int signal);
/* Ends it by a signal and waits; its wait status. */
int lab_stop(struct lab *lab, int signal);

/* Runs the program with these arguments (NULL at the end; the configuration
 * comes from the environment): its exit status; standard output into *out,
 * which may be NULL. */
int lab_run(struct lab *lab, struct text *out, const char *const *arguments);

/* Starts the program with these arguments beside the hub: its process, which
 * the caller ends and waits for. */
pid_t lab_spawn(struct lab *lab, const char *const *arguments);

/* A row of the store: the first column of the first row of a query, as text;
 * "" for none; *out is emptied first. */
void lab_query(const struct lab *lab, const char *sql, struct text *out);
int64_t lab_query_integer(const struct lab *lab, const char *sql);

/* The program's own id of a line's process (child of the hub), or -1. */
pid_t lab_line_process(struct lab *lab, const char *kind);

/* 1 when the bytes stand in one of the files of the store or the log. */
int lab_finds(struct lab *lab, const char *bytes);

/* Runs from now on the program of $fast_builddir, built without sanitizers, if
 * it is there and no other was asked for. */
void lab_prefer_fast(void);

/* 1 once `waymark status OPTION` says these words, which it has wait_ms for;
 * else it tells what was said. */
int lab_status_says(
    struct lab *lab, const char *option, const char *words, int wait_ms);

/* How often the bytes stand in the log. */
long lab_log_count(struct lab *lab, const char *bytes);

/* Ends the test program. */
void lab_fail(const char *format, ...) __attribute__((noreturn))
__attribute__((format(printf, 1, 2)));

#endif
