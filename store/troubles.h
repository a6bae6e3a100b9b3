/* Troubles of lines and of the box, as somebody has to be told of them.
 *
 * A row is there from when the hub saw the trouble until it saw it over; it
 * counts the texts that told of it, so that a restart tells nobody anew.
 * Everything here is called inside a transaction, but for the looking.
 */
#ifndef STORE_TROUBLES_H
#define STORE_TROUBLES_H

#include "store/store.h"

enum trouble_kind {
	TROUBLE_AWAY, /* its modem has been away too long */
	TROUBLE_SIM, /* its SIM is missing, locked or refused */
	TROUBLE_CREDIT, /* is low, or its answer cannot be read */
	TROUBLE_EXPIRY, /* the SIM or its credit runs out soon */
	TROUBLE_STORAGE, /* its memory for messages is nearly full */
	TROUBLE_CAP, /* a day's cap is reached */
	TROUBLE_DISK, /* of the box: nearly full */
	TROUBLE_KINDS
};

enum { TROUBLE_LINE_BYTES = 32 };

struct trouble {
	char line[TROUBLE_LINE_BYTES]; /* "": of the box */
	enum trouble_kind kind;
	int64_t since_utc_s;
	int rounds; /* texts to each phone so far */
	int64_t next_utc_s; /* when to tell again */
};

struct trouble_list {
	struct trouble *items; /* yours: free() */
	size_t count;
};
MUST_USE enum outcome troubles_list(
    struct store *store, struct trouble_list *list_r);

/* Notes it once: NOTHING when it is there already. */
MUST_USE enum outcome troubles_begin(
    struct store *store, const struct trouble *trouble);
/* It was told: one round more, the next at next_utc_s. */
MUST_USE enum outcome troubles_note_round(
    struct store *store, const struct trouble *trouble, int64_t next_utc_s);
/* It is over. */
MUST_USE enum outcome troubles_end(
    struct store *store, const struct trouble *trouble);

/* The word in the store and in `waymark status`. */
const char *trouble_kind_name(enum trouble_kind kind);

#endif
