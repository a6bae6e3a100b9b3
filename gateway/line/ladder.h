/* How a line mends its modem by itself: a ladder from the gentlest means to
 * the last one.  Pure: tables of what was found, where the line stands, and
 * what is next; no clock, no device.
 *
 *   well -> again -> initialise -> radio -> reopen -> power -> rest
 *            ^                                                  |
 *            +------------- the next round, from a rung --------+
 *
 * The line looks (a real exchange with the modem, its registration, its SIM),
 * tells the ladder what it found, does what the new rung says once, waits, and
 * looks again.  A rung is looked at several times before the next one.
 *
 * A modem that answers and falls again soon has not been mended: until it has
 * stood for LADDER_STEADY_MS each fall starts higher up, with growing waits, so
 * that nothing ever spins.
 *
 * The hub keeps a line's place on the ladder when the line's process ends, and
 * hands it to the next one: a process that had to be ended counts as one more
 * look that found silence.
 */
#ifndef GATEWAY_LINE_LADDER_H
#define GATEWAY_LINE_LADDER_H

#include <stdint.h>

enum {
	LADDER_STEADY_MS = 60000,
	LADDER_COUNT_MOST = 1000, /* of tries, rounds and falls */
};

enum ladder_rung {
	RUNG_WELL, /* nothing to mend */
	RUNG_AGAIN, /* ask again */
	RUNG_INITIALISE, /* the modem's settings taken back, all set anew */
	RUNG_RADIO, /* CFUN off and on */
	RUNG_REOPEN, /* restarted, closed, looked for again by its path */
	RUNG_POWER, /* the hub turns its power off and on */
	RUNG_REST, /* leave it alone for a while */
	RUNG_COUNT,
};

enum ladder_finding {
	FOUND_WELL,
	FOUND_SILENT, /* it is there and does not answer as it should */
	FOUND_GONE, /* the device is not there */
	FOUND_NO_NETWORK, /* it answers and is in no network */
	FOUND_BUSY, /* another process holds the device */
	FOUND_LOCKED, /* the SIM is missing, or wants its PIN or PUK */
	FOUND_COUNT,
};

struct ladder {
	enum ladder_rung rung;
	int tries; /* looks on this rung that did not find it well */
	int rounds; /* whole ladders climbed since it was well */
	int falls; /* from well, since it last stood for long */
};

/* What the settings of a line allow. */
struct ladder_limits {
	int may_power; /* there is a command that turns the power off and on */
	int64_t rest_ms; /* the longest wait */
};

/*
 * One look more.  *ladder is moved; returns how long to wait before what the
 * new rung asks for (when it is another one than before) is done and the
 * modem is looked at again: 0 to rest_ms.  Nothing to wait for when well.
 */
int64_t ladder_climb(struct ladder *ladder, enum ladder_finding finding,
    const struct ladder_limits *limits);

/* It has stood for LADDER_STEADY_MS: falls and rounds are forgotten. */
void ladder_steady(struct ladder *ladder);

/* Whether somebody has to come: the SIM is locked or missing, or the whole
 * ladder was climbed LADDER_ROUNDS_ALONE times. */
enum { LADDER_ROUNDS_ALONE = 2 };
int ladder_needs_hand(const struct ladder *ladder, enum ladder_finding finding);

/* "well", "again" ...: for logs and `waymark status`. */
const char *ladder_rung_name(enum ladder_rung rung);

#endif
