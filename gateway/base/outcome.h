/* How a call ended, named by what the caller should do about it.
 *
 * DONE        it happened; the _r parameters are filled in
 * NOTHING     there was nothing to do or to find; not a failure
 * TRY_LATER   it did not happen, and may work later (busy, full, no network)
 * REFUSED     it did not happen, and never will as it stands (bad input,
 *             not allowed, no such thing)
 * UNSURE      it may have happened; never repeat it without asking the policy
 * BROKEN      our own assumptions do not hold; log and abort, or give up the
 *             whole object
 *
 * On anything but DONE the _r parameters are untouched unless a header says
 * otherwise.  Compare with `!= DONE`; never negate an outcome.
 */
#ifndef GATEWAY_BASE_OUTCOME_H
#define GATEWAY_BASE_OUTCOME_H

enum outcome {
	DONE = 0,
	NOTHING,
	TRY_LATER,
	REFUSED,
	UNSURE,
	BROKEN,
};

#define MUST_USE __attribute__((warn_unused_result))

/* "done", "nothing" ...: for logs and tests; never NULL. */
const char *outcome_name(enum outcome outcome);

/* How many entries a constant table has. */
#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

#endif
