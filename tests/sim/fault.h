/* What goes wrong: each fault is a row of a table, switched on and off by the
 * control socket while everything runs.
 *
 * A row says what happens when the fault begins and ends, and at three points
 * where it may step in: a line came, a PDU was typed, an answer leaves.  A
 * fault with `times` ends by itself after stepping in that often.
 */
#ifndef TESTS_SIM_FAULT_H
#define TESTS_SIM_FAULT_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

struct modem;
struct fault;

enum fault_verdict {
	FAULT_PASS, /* as if it were not there */
	FAULT_TAKEN, /* it dealt with it; nothing else happens */
};

struct fault_kind {
	const char *name;
	const char *usage; /* its words behind the name */
	const char *what;

	/* DONE, or REFUSED when the words are wrong. */
	enum outcome (*begin)(struct modem *modem, struct fault *fault);
	void (*end)(struct modem *modem, struct fault *fault);
	enum fault_verdict (*on_line)(
	    struct modem *modem, struct fault *fault, const char *line);
	enum fault_verdict (*on_pdu)(
	    struct modem *modem, struct fault *fault, const char *hex);
	/* May change the answer, and its wait. */
	enum fault_verdict (*on_answer)(struct modem *modem,
	    struct fault *fault, struct text *answer, int64_t *wait_ms);
};

enum {
	FAULTS_MOST = 16,
	FAULT_WORD_SIZE = 256,
};

struct fault {
	const struct fault_kind *kind;
	char word[FAULT_WORD_SIZE]; /* its own words, "" if none given */
	char second[FAULT_WORD_SIZE];
	int64_t number; /* the first word as a number, or -1 */
	int64_t times_left; /* -1: until it is switched off */
	int64_t ends_at_ms; /* 0: not by the clock */
};

struct faults {
	struct fault list[FAULTS_MOST];
	size_t count;
};

/* The rows; each table ends in one without a name. */
extern const struct fault_kind fault_kinds[]; /* of one answer or text */
extern const struct fault_kind fault_kinds_deep[]; /* of the modem itself */
extern const struct fault_kind fault_kinds_hostile[]; /* of what it says */
extern const struct fault_kind *const fault_tables[3];

/*
 * Switches one on; one of the same name that is on is switched off first.
 * Words: WORD SECOND, then "times=N" or "for=MS", in any order.
 *
 * DONE     it is on
 * REFUSED  no such fault, its words are wrong, or too many are on
 */
MUST_USE enum outcome fault_begin(struct modem *modem, const char *name,
    const char *const *words, size_t count);

/* DONE, or NOTHING when it was not on. */
enum outcome fault_end(struct modem *modem, const char *name);
void fault_end_all(struct modem *modem);

/* Switches off those whose time is over; ms until the next, or -1. */
void fault_work(struct modem *modem);
int64_t fault_wait_ms(const struct modem *modem);

/* The points where faults step in. */
enum fault_verdict fault_on_line(struct modem *modem, const char *line);
enum fault_verdict fault_on_pdu(struct modem *modem, const char *hex);
void fault_on_answer(
    struct modem *modem, struct text *answer, int64_t *wait_ms);

#endif
