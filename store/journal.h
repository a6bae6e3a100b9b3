/* The journal: every arrival once, whatever crashes.
 *
 *              +-> handled      answered, joined to a case, or a command;
 *              |                aside, when its answer could not be sent
 *   (arrival) -+-> ignored      short code, name, binary: journalled only
 *              +-> part ------> joined        the long text went on whole
 *              +-> waiting ---> handled | ignored | aside
 *
 *   part      waits for the other parts; its text is boxed until then
 *   waiting   ours, but not yet handled (it failed, or the hub is careful
 *             after a crash); text boxed, `tries` counted
 *   aside     sealed for a person: it failed JOURNAL_TRIES_MOST times, is
 *             unreadable, its caller gets no more answers, it rang to be
 *             called back, or its answer (which then is the text) could not be
 *             sent
 *
 * The dedupe key (line, sender, network time, token, join reference, part,
 * parts, text; hashed with the box key) is unique, so that a message which the
 * modem shows again after a crash is known.  It begins with the token where
 * there is one, since lines count theirs: keys of arrivals that come together
 * then lie together.
 */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include "gateway/base/text.h"
#include "store/store.h"

enum {
	JOURNAL_TRIES_MOST = 5,
	JOURNAL_AGAIN_S = 600,		/* so far back a network brings again
					   what it got no answer for */
	JOURNAL_PARTS_MOST = 255,	/* a long SMS counts them in an octet */
	JOURNAL_TEXT_MAX_BYTES = 65536,	/* a joined text longer than this is
					   cut, with "...", and is_partial */
};

struct journal_id {
	int64_t row;
};

enum journal_state {
	JOURNAL_WAITING,
	JOURNAL_PART,
	JOURNAL_HANDLED,
	JOURNAL_JOINED,
	JOURNAL_IGNORED,
	JOURNAL_ASIDE,
};

/* What is written down of one arrival.  All borrowed. */
struct journal_entry {
	const char *line;
	const char *kind;		/* "sms", "call", "binary" */
	const char *sender_kind;	/* sender_kind_name() */
	const struct caller_key *caller;	/* NULL if not a number */
	const char *number;		/* E.164 or the raw sender, for boxes */
	int64_t network_utc_s;
	int64_t arrived_utc_s;
	uint64_t token;
	int is_again;			/* it may be known by the beginning of
					   its token, JOURNAL_AGAIN_S back */
	int64_t join_reference;		/* -1 when whole */
	int64_t join_bits;
	int64_t part;
	int64_t parts;
	const char *text;		/* clean UTF-8 */
};

/*
 * Writes an arrival down in the given state; the text is kept, boxed, only for
 * WAITING and PART.  Inside a transaction.
 *
 * DONE     *id_r is new
 * NOTHING  it is known already: *id_r is the row it has; release it
 */
MUST_USE enum outcome journal_add(struct store *store,
    const struct journal_entry *entry, enum journal_state state,
    struct journal_id *id_r);

/* Moves a row; its boxed text is erased on the way to HANDLED, JOINED and
 * IGNORED.  NOTHING when it was not in state `from`. */
MUST_USE enum outcome journal_move(struct store *store, struct journal_id id,
    enum journal_state from, enum journal_state to);

/* Counts a try of a WAITING row; *tries_r is the new count. */
MUST_USE enum outcome journal_count_try(struct store *store,
    struct journal_id id, int64_t next_utc_s, int *tries_r);

/* WAITING to ASIDE: sealed for a person with this cause (log-safe words). */
MUST_USE enum outcome journal_set_aside(struct store *store,
    struct journal_id id, const char *cause);

/* A row that was handled, but whose answer could not be sent: ASIDE, with these
 * sealed.  NOTHING when there is no such row. */
MUST_USE enum outcome journal_list_unsent(struct store *store,
    struct journal_id id, const char *number, const char *text,
    const char *cause);

/* What stands aside, as a list shows it: nothing of a person.  At most `most`,
 * oldest first; the items are yours: free(). */
struct journal_aside {
	struct journal_id id;
	char line[32];
	char kind[16];
	char cause[64];
	int64_t arrived_utc_s;
};
struct journal_aside_list {
	struct journal_aside *items;
	size_t count;
};
MUST_USE enum outcome journal_list_aside(
    struct store *store, size_t most, struct journal_aside_list *list_r);

/* Whether one of this caller and kind stands aside: DONE or NOTHING. */
MUST_USE enum outcome journal_find_aside(struct store *store,
    const struct caller_key *caller, const char *kind);

/* Opens a row that stands aside, for someone signed in; adds to both texts.
 * NOTHING: no such row; REFUSED: it does not open. */
MUST_USE enum outcome journal_unseal_aside(struct store *store,
    const struct team_secret *secret, struct journal_id id,
    struct text *number, struct text *text);

/* A row as it waits; `sender` and `text` are unboxed and yours to free with
 * journal_row_free(). */
struct journal_row {
	struct journal_id id;
	struct text line;
	struct text kind;
	struct text sender_kind;
	struct text number;
	struct text text;
	int64_t network_utc_s;
	int64_t arrived_utc_s;
	int tries;
	int is_partial;		/* joined from less than all its parts */
};
void journal_row_free(struct journal_row *row);

/* The next WAITING row that is due: DONE, or NOTHING. */
MUST_USE enum outcome journal_next_waiting(struct store *store,
    int64_t now_utc_s, struct journal_row *row_r);

/* When the next WAITING row or incomplete long text is due; NOTHING if
 * none. */
MUST_USE enum outcome journal_next_due(struct store *store,
    int64_t parts_wait_s, int64_t *utc_s_r);

/*
 * If the long text that this PART row belongs to is complete (same line,
 * caller, reference, size of reference and count; parts that came within
 * JOURNAL_JOIN_WITHIN_S of one another), turns it into one row: the parts
 * become JOINED, and *whole_r is a WAITING row with the whole text.
 * DONE, or NOTHING while parts are missing.
 */
enum { JOURNAL_JOIN_WITHIN_S = 86400 };
MUST_USE enum outcome journal_join(struct store *store,
    struct journal_id part, struct journal_row *whole_r);

/* Long texts whose first part has waited parts_wait_s: joined with a mark
 * where parts are missing ("..."), is_partial set.  DONE for one, or
 * NOTHING. */
MUST_USE enum outcome journal_join_late(struct store *store,
    int64_t now_utc_s, int64_t parts_wait_s, struct journal_row *whole_r);

/* How many rows are in each state, indexed by enum journal_state. */
MUST_USE enum outcome journal_count(struct store *store, int64_t counts_r[6]);

const char *journal_state_name(enum journal_state state);

#endif
