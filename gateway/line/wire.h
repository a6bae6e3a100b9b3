/* A modem's wire, past libGammu: the device itself, a question and its answer.
 *
 * For what libGammu cannot do or does badly: asking a modem whether it is there
 * at all (libGammu waits half a minute for one that is not), waking it up
 * again, and what `waymark doctor` wants to know.  Never on a device that
 * libGammu has open, except through wire_exchange() on libGammu's own
 * descriptor between two of its calls.
 */
#ifndef GATEWAY_LINE_WIRE_H
#define GATEWAY_LINE_WIRE_H

#include <stddef.h>

#include "gateway/line/ladder.h"

enum {
	WIRE_ANSWER_MAX_BYTES = 1024,
	WIRE_SOON_MS = 2000, /* for what a modem knows by heart */
};

/*
 * Opens a device (by its path; a symbolic link of /dev/serial/by-id is followed
 * anew each time) with libGammu's connection word, which may end in a speed.
 *
 * FOUND_WELL     *wire_r is the descriptor; close with wire_close()
 * FOUND_GONE     there is no such device, or it is just going
 * FOUND_BUSY     another process holds it, or we may not open it
 *
 * On the last two *cause_r is a constant string of log-safe words.
 */
enum ladder_finding wire_open(const char *device, const char *connection,
    int *wire_r, const char **cause_r);
void wire_close(int wire);

/* Lets a modem that minds its control lines know that nobody is there, for a
 * moment. */
void wire_drop(int wire);

/* 1 when all of the line could be written. */
int wire_write(int wire, const char *line);

/* Writes a line and reads up to a final OK or ERROR, at most wait_ms: 1 when it
 * was OK.  The answer, echo and all, ends in a NUL. */
int wire_exchange(
    int wire, const char *line, int wait_ms, char *answer_r, size_t size);

/* What came back, in room of the caller's. */
struct wire_answer {
	char *bytes; /* ends in a NUL */
	size_t size;
	int has_notice; /* of a message that came in meanwhile, or what may be
			   the beginning of one */
};

/* The same for a modem that echoes: only what stands behind the echo of this
 * line counts, so that what came too late for the one before is not taken for
 * its answer. */
int wire_ask(
    int wire, const char *line, int wait_ms, struct wire_answer *answer);

/* Whether it answers at all: half a line, or a text that nobody ended, is
 * thrown away first. */
int wire_answers(int wire);

/* The words behind `name` ("+CREG: ") in an answer, up to the end of that line,
 * as a copy; 1, or 0 when the answer has no such line. */
int wire_find(const char *answer, const char *name, char *words_r, size_t size);

#endif
