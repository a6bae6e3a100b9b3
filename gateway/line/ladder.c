#include "gateway/line/ladder.h"

#include "gateway/base/outcome.h"
#include "gateway/base/retry.h"

/* On this rung, with this found: so often looked at, with such a wait before
 * each look, and then the next rung.  A wait of -1 is the rest.  `begins` ends
 * a round.  No row: straight to the first rung of the finding. */
static const struct row {
	enum ladder_finding finding;
	enum ladder_rung rung;
	int looks;
	int64_t wait_ms;
	enum ladder_rung next;
} rows[] = {
	/* A late answer is cheap to wait for; what libGammu and the modem have
	 * agreed on may be wrong; the radio part hangs more often than the
	 * rest; only then is the modem restarted. */
	{ FOUND_SILENT, RUNG_AGAIN, 2, 1000, RUNG_INITIALISE },
	{ FOUND_SILENT, RUNG_INITIALISE, 1, 1000, RUNG_RADIO },
	{ FOUND_SILENT, RUNG_RADIO, 1, 2000, RUNG_REOPEN },
	{ FOUND_SILENT, RUNG_REOPEN, 3, 3000, RUNG_POWER },
	{ FOUND_SILENT, RUNG_POWER, 2, 5000, RUNG_REST },
	{ FOUND_SILENT, RUNG_REST, 2, -1, RUNG_INITIALISE },

	/* Nobody can be asked anything; looking for the path costs nothing. */
	{ FOUND_GONE, RUNG_REOPEN, 15, 1000, RUNG_POWER },
	{ FOUND_GONE, RUNG_POWER, 5, 2000, RUNG_REST },
	{ FOUND_GONE, RUNG_REST, 15, 2000, RUNG_REOPEN },

	/* Networks come back by themselves; a modem that lost one sometimes
	 * does not.  The power is for the second round. */
	{ FOUND_NO_NETWORK, RUNG_AGAIN, 5, 3000, RUNG_RADIO },
	{ FOUND_NO_NETWORK, RUNG_INITIALISE, 1, 3000, RUNG_RADIO },
	{ FOUND_NO_NETWORK, RUNG_RADIO, 6, 5000, RUNG_REOPEN },
	{ FOUND_NO_NETWORK, RUNG_REOPEN, 6, 5000, RUNG_POWER },
	{ FOUND_NO_NETWORK, RUNG_POWER, 6, 5000, RUNG_REST },
	{ FOUND_NO_NETWORK, RUNG_REST, 15, -1, RUNG_RADIO },

	/* Nothing on the ladder opens a lock. */
	{ FOUND_BUSY, RUNG_REST, LADDER_COUNT_MOST, 5000, RUNG_REST },
	{ FOUND_LOCKED, RUNG_REST, LADDER_COUNT_MOST, -1, RUNG_REST },
};

/* Where each finding starts, from a rung that has no row for it. */
static const enum ladder_rung first_rungs[FOUND_COUNT] = {
	[FOUND_WELL] = RUNG_WELL,
	[FOUND_SILENT] = RUNG_AGAIN,
	[FOUND_GONE] = RUNG_REOPEN,
	[FOUND_NO_NETWORK] = RUNG_AGAIN,
	[FOUND_BUSY] = RUNG_REST,
	[FOUND_LOCKED] = RUNG_REST,
};

/* Who falls again and again starts higher up. */
static const struct {
	int falls;
	enum ladder_rung rung;
} starts[] = {
	{ 9, RUNG_POWER },
	{ 7, RUNG_REOPEN },
	{ 5, RUNG_RADIO },
	{ 3, RUNG_INITIALISE },
};

static const struct row *
find_row(enum ladder_finding finding, enum ladder_rung rung)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (rows[i].finding == finding && rows[i].rung == rung)
			return (&rows[i]);
	}
	return (NULL);
}

static int
one_more(int count)
{
	return (count < LADDER_COUNT_MOST ? count + 1 : count);
}

static enum ladder_rung
first_rung(const struct ladder *ladder, enum ladder_finding finding,
    const struct ladder_limits *limits)
{
	enum ladder_rung rung = first_rungs[finding];

	for (size_t i = 0; i < COUNT_OF(starts); i++) {
		/* A network that comes and goes is looked for by the radio. */
		if (ladder->falls < starts[i].falls || rung >= starts[i].rung ||
		    (starts[i].rung == RUNG_POWER && !limits->may_power) ||
		    (finding == FOUND_NO_NETWORK &&
			starts[i].rung > RUNG_RADIO))
			continue;
		if (find_row(finding, starts[i].rung) != NULL)
			return (starts[i].rung);
	}
	return (rung);
}

/* The power is left out where nobody may turn it, and in the first round where
 * only the network is missing. */
static enum ladder_rung
skip_power(const struct ladder *ladder, enum ladder_finding finding,
    enum ladder_rung rung, const struct ladder_limits *limits)
{
	if (rung != RUNG_POWER)
		return (rung);
	if (!limits->may_power ||
	    (finding == FOUND_NO_NETWORK && ladder->rounds == 0))
		return (RUNG_REST);
	return (rung);
}

static void
step_to(struct ladder *ladder, enum ladder_rung rung)
{
	if (ladder->rung == RUNG_REST && rung != RUNG_REST)
		ladder->rounds = one_more(ladder->rounds);
	ladder->rung = rung;
	ladder->tries = 0;
}

static int64_t
wait_on(const struct ladder *ladder, const struct row *row,
    const struct ladder_limits *limits)
{
	int64_t wait_ms = row->wait_ms;
	int64_t pause_ms = retry_start_wait_ms(ladder->falls);

	if (wait_ms < 0)
		return (limits->rest_ms);
	/* The first look after the first fall is at once. */
	if (row->rung == RUNG_AGAIN && ladder->tries == 0)
		wait_ms = 0;
	if (ladder->falls > 1 && wait_ms < pause_ms)
		wait_ms = pause_ms;
	return (wait_ms < limits->rest_ms ? wait_ms : limits->rest_ms);
}

int64_t
ladder_climb(struct ladder *ladder, enum ladder_finding finding,
    const struct ladder_limits *limits)
{
	const struct row *row;
	enum ladder_rung next;

	if (finding == FOUND_WELL) {
		ladder->rung = RUNG_WELL;
		ladder->tries = 0;
		return (0);
	}
	if (ladder->rung == RUNG_WELL)
		ladder->falls = one_more(ladder->falls);
	row = find_row(finding, ladder->rung);
	if (row == NULL) {
		next = first_rung(ladder, finding, limits);
		step_to(ladder, skip_power(ladder, finding, next, limits));
	} else if (++ladder->tries >= row->looks) {
		next = skip_power(ladder, finding, row->next, limits);
		step_to(ladder, next);
	}
	row = find_row(finding, ladder->rung);
	return (row != NULL ? wait_on(ladder, row, limits) : limits->rest_ms);
}

void
ladder_steady(struct ladder *ladder)
{
	ladder->falls = 0;
	ladder->rounds = 0;
}

int
ladder_needs_hand(const struct ladder *ladder, enum ladder_finding finding)
{
	return (
	    finding == FOUND_LOCKED || ladder->rounds >= LADDER_ROUNDS_ALONE);
}

const char *
ladder_rung_name(enum ladder_rung rung)
{
	static const char *const names[RUNG_COUNT] = {
		[RUNG_WELL] = "well",
		[RUNG_AGAIN] = "again",
		[RUNG_INITIALISE] = "initialise",
		[RUNG_RADIO] = "radio",
		[RUNG_REOPEN] = "reopen",
		[RUNG_POWER] = "power",
		[RUNG_REST] = "rest",
	};

	return (names[rung]);
}
