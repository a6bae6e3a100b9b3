/* Messages in a modem at which something went wrong: a process of the line
 * ended there, or the modem fell silent.  Pure.
 *
 * Nobody's text is given up because its modem hung: what was only waited for
 * is read last, so that all behind it is read first, and again after pauses
 * that grow up to a day, for ever.  What ended the
 * process by a crash SUSPECT_CRASHES_MOST times is not read by libGammu again:
 * its bytes are taken past it.
 *
 * The line keeps one table for its modem, and the hub another for the line,
 * since it sees how processes end: it hands its own to each new process.
 */
#ifndef GATEWAY_LINE_SUSPECTS_H
#define GATEWAY_LINE_SUSPECTS_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/text.h"

enum {
	SUSPECTS_MOST = 16,
	SUSPECT_CRASHES_MOST = 2,
	SUSPECT_WAITS_NOTED = 3, /* then the log has it */
	SUSPECT_WAITS_TOLD = 8, /* then somebody hears of it */
	SUSPECT_PAUSE_LEAST_MS = 2000, /* doubled each time */
	SUSPECT_PAUSE_MOST_MS = 86400000,
	SUSPECT_COUNT_MOST = 1000,
};

struct suspect {
	int64_t location; /* libGammu's, over all memories */
	int crashes;
	int waits;
	int64_t retry_ms; /* not read before (monotonic) */
	int is_there; /* the last look through the memory saw it */
	int is_told; /* that it cannot be had; by this process */
};

struct suspects {
	struct suspect list[SUSPECTS_MOST];
	size_t count;
};

/* Borrowed until the table changes; NULL when it is none. */
struct suspect *suspects_find(struct suspects *suspects, int64_t location);

/* Something went wrong at a location once more.  When the table is full the
 * one with the fewest marks goes. */
struct suspect *suspects_note_crash(
    struct suspects *suspects, int64_t location, int64_t now_ms);
struct suspect *suspects_note_wait(
    struct suspects *suspects, int64_t location, int64_t now_ms);

/* It could be read, or nothing lies there any more. */
void suspects_clear(struct suspects *suspects, int64_t location);

/* Not to be read by libGammu any more. */
int suspect_is_given_up(const struct suspect *suspect);

/* The next one that is there and whose pause is over, or NULL; with NULL
 * *at_ms_r is when that may change, or left alone. */
struct suspect *suspects_due(
    struct suspects *suspects, int64_t now_ms, int64_t *at_ms_r);

/* For a process's arguments: "LOCATION:CRASHES:WAITS:PAUSE_MS,...", added to
 * *words; and back, 1 when that is what they are. */
void suspects_write(
    const struct suspects *suspects, int64_t now_ms, struct text *words);
int suspects_read(
    const char *words, int64_t now_ms, struct suspects *suspects_r);

#endif
