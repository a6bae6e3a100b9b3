/* Official lists of recruiters: one a country, with its authority and day.
 *
 * Public facts, kept plain; nothing here is of a caller.  `waymark recruiters
 * import` replaces a whole list in one transaction, so that no list is ever
 * half new; the hub reads all of them when it starts or loads anew and answers
 * from memory (menus/lookup.h).
 */
#ifndef STORE_RECRUITERS_H
#define STORE_RECRUITERS_H

#include <stddef.h>

#include "store/store.h"

/* An agency.  Handed in and out as borrowed. */
struct recruiter {
	const char *name;
	const char *other_names; /* former ones and twins, a line each */
	const char *licences; /* as written, a line each */
	const char *place; /* "" unknown */
	const char *status; /* "valid", "unclear", "expired", "suspended",
				   "cancelled", "banned" */
};

enum { RECRUITER_AUTHORITY_MAX_BYTES = 40 };

struct recruiter_list {
	char country[3]; /* two capitals, "NP" */
	char authority[RECRUITER_AUTHORITY_MAX_BYTES + 1];
	int64_t as_of_utc_s;
	int64_t imported_utc_s;
	int64_t count; /* of its agencies; not used by replacing */
};

/* Puts a list in the place of the country's list before, all or nothing: has a
 * transaction of its own.  REFUSED: a field is not as said above. */
MUST_USE enum outcome recruiters_replace(struct store *store,
    const struct recruiter_list *list, const struct recruiter *rows,
    size_t count);

/* All lists by country; free() *lists_r. */
MUST_USE enum outcome recruiters_lists(
    struct store *store, struct recruiter_list **lists_r, size_t *count_r);

/* Hands each agency of a country to `take`, in the order of the import. */
MUST_USE enum outcome recruiters_each(struct store *store, const char *country,
    void (*take)(const struct recruiter *row, void *into), void *into);

#endif
