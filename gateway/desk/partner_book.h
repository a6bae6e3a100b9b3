/* The partners' list: who may change it, and how.
 *
 * Everybody who may see cases may read it; leads change it, and each change is
 * in the audit trail.  Nothing of it is ever said to a caller by the program.
 */
#ifndef GATEWAY_DESK_PARTNER_BOOK_H
#define GATEWAY_DESK_PARTNER_BOOK_H

#include "gateway/desk/cases.h"
#include "store/partners.h"

enum partner_reason {
	PARTNER_FINE,
	PARTNER_NO_RIGHT,
	PARTNER_NOT_LEAD,
	PARTNER_NO_NAME,
	PARTNER_TOO_LONG, /* one of the fields */
	PARTNER_NOT_TEXT, /* not UTF-8, or with line ends */
	PARTNER_BAD_KEY,
	PARTNER_UNKNOWN,
	PARTNER_NAME_TAKEN, /* by another, perhaps one that was removed */
	PARTNER_STORE,
};
const char *partner_reason_words(enum partner_reason why);

/* What a partner shall be; NULL leaves what was there.  Borrowed. */
struct partner_wish {
	const char *name; /* who; somebody new when nobody has it */
	const char *new_name; /* what they are called from now on */
	const char *kind;
	const char *place;
	const char *reach;
	const char *languages;
	const char *serves;
	const char *key; /* "waymark-public-..."; "" takes it away */
};

struct partner_trouble {
	enum partner_reason why;
	size_t wrong; /* the place of the one that is */
};

/* Adds or changes partners, all or none.  DONE; REFUSED and *trouble_r;
 * others: the store. */
MUST_USE enum outcome partner_book_put(const struct caseworker *worker,
    const struct partner_wish *wishes, size_t count, int64_t now_utc_s,
    struct partner_trouble *trouble_r);

/* Another name alone, also for one who was removed.  What was passed to them
 * stays theirs, and the trail keeps both names.  NOTHING: there is no such
 * partner. */
MUST_USE enum outcome partner_book_rename(const struct caseworker *worker,
    const struct partner_wish *wish, int64_t now_utc_s,
    enum partner_reason *why_r);

MUST_USE enum outcome partner_book_remove(const struct caseworker *worker,
    const char *name, int64_t now_utc_s, enum partner_reason *why_r);

MUST_USE enum outcome partner_book_list(const struct caseworker *worker,
    int with_removed, struct partner_list *list_r, enum partner_reason *why_r);

#endif
