/* The audit trail: who did what on the desk, in a chain nobody can rewrite
 * unseen.
 *
 * Rows are only ever added; each holds the hash of the row before it, so that
 * a row changed, removed or put in between breaks the chain from there on, and
 * the last hash, written down on paper, also tells when the end was cut off or
 * the whole trail was written anew.  A row is words and references only,
 * nothing of a caller; it outlives the case it tells of.
 *
 *   hash of row n = BLAKE2b-256 (hash of row n - 1, n, time, who, what,
 *                                reference, detail)
 *
 * Before row 1 stands a hash of zeros; ids have no gaps.
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
 * there without the other.  A longer detail is cut between two characters. */
MUST_USE enum outcome audit_add(
    struct store *store, const struct audit_entry *entry);

/* -- reading ---------------------------------------------------------------- */

/* Whether somebody has a row like this one of the same day (UTC) already, so
 * that what happens again and again is told once: DONE, or NOTHING.  The
 * entry has a reference; its detail is not asked for. */
MUST_USE enum outcome audit_has_today(
    struct store *store, const struct audit_entry *entry);

struct audit_row {
	int64_t id;
	int64_t at_utc_s;
	int64_t staff;
	char staff_name[64]; /* "" for the helpline itself */
	char what[AUDIT_WHAT_MAX_BYTES + 1];
	char ref[8];
	char detail[AUDIT_DETAIL_MAX_BYTES + 1];
};

/* Which rows a page holds. */
struct audit_filter {
	const char *ref; /* of one help request, as it stands; NULL: all */
	int64_t since_utc_s; /* INT64_MIN: from the beginning */
	int64_t before_id; /* rows older than this one; 0: from the newest */
	size_t most;
};

/* A page, newest first.  The next one begins before the last item's id. */
struct audit_list {
	struct audit_row *items; /* yours: free() */
	size_t count;
};
MUST_USE enum outcome audit_read(struct store *store,
    const struct audit_filter *filter, struct audit_list *list_r);

/* -- proving ---------------------------------------------------------------- */

/* The last row and its hash: what a person writes down. */
struct audit_head {
	int64_t id; /* 0: the trail is empty */
	unsigned char hash[32];
};

/* "1204:9f31 77c0 ...": the row, and its hash in 64 hexadecimal digits by
 * fours. */
struct audit_head_text {
	char text[104];
};
struct audit_head_text audit_head_text(const struct audit_head *head);

/* A head as it was written down: digits in any case, with or without spaces
 * and hyphens, and not necessarily all of them. */
enum { AUDIT_NOTED_DIGITS_LEAST = 16 };
struct audit_noted {
	int64_t id;
	char digits[65]; /* lower case */
};
/* DONE, or REFUSED: that is no head. */
MUST_USE enum outcome audit_noted_read(
    const char *text, struct audit_noted *noted_r);

/* What a look through the whole trail found. */
struct audit_verdict {
	struct audit_head head; /* the last row that holds */
	int64_t broken_id; /* the first row that does not; 0: all hold */
	int is_cut_off; /* the noted row is not there any more */
	int is_rewritten; /* it is, and all hold, but with another hash */
};

/*
 * Looks through the trail; `noted` may be NULL.  Needs no transaction.
 *
 * DONE     every row follows from the one before, and the noted one is there
 * REFUSED  it does not; *verdict_r says where
 * others   as store.h says, nothing was found out
 */
MUST_USE enum outcome audit_verify(struct store *store,
    const struct audit_noted *noted, struct audit_verdict *verdict_r);

#endif
