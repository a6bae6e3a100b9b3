/* The audit trail: who did what on the desk, in a chain nobody can rewrite
 * unseen.
 *
 * Rows are only ever added; each holds the hash of the row before it, so that
 * a row changed, removed or put in between breaks the chain from there on, and
 * the last hash, written down on paper, also tells when the end was cut off.
 * A row is words and references only, nothing of a caller; it outlives the
 * case it tells of.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "store/store.h"

enum { AUDIT_WHAT_MAX_BYTES = 47, AUDIT_DETAIL_MAX_BYTES = 200 };

/* Something somebody did.  All borrowed. */
struct audit_entry {
	int64_t at_utc_s;
	int64_t staff; /* who; 0: the helpline itself, or nobody signed in */
	const char *what; /* "claimed", "number shown", "signed in" ... */
	const char *ref; /* of a help request, or "" */
	const char *detail; /* words of the desk's own, or "" */
};

/* Adds a row.  Inside the transaction of what it tells of, so that neither is
 * there without the other. */
MUST_USE enum outcome audit_add(
    struct store *store, const struct audit_entry *entry);

#endif
