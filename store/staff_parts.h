/* What the modules of store/staff.h share; for staff*.c only. */
#ifndef STORE_STAFF_PARTS_H
#define STORE_STAFF_PARTS_H

#include "store/staff.h"
#include "store/statement.h"

/* The columns of a struct staff, for a SELECT from staff; read by
 * staff_read() from column 0 on. */
#define STAFF_COLUMNS \
	"staff.id, name, role, is_disabled, is_on_duty, duty_from_minute," \
	" duty_until_minute, phone_key IS NOT NULL," \
	" public_key IS NULL AND wrapped IS NOT NULL, wrong_codes," \
	" (SELECT count(*) FROM staff_codes" \
	"  WHERE staff_codes.staff = staff.id AND used_utc_s IS NULL)"
enum { STAFF_COLUMN_COUNT = 11 };

void staff_read(const struct query *query, struct staff *staff);

/* Reads all rows of a query into a list. */
MUST_USE enum outcome staff_read_list(
    struct query *query, struct staff_list *list_r);

/* A name without regard to case and ways of writing it; free() it.  NULL when
 * it is no UTF-8. */
char *staff_fold(const char *name);

/* The secret under a recovery key; adds to *wrapped.  And its row. */
void staff_wrap_recovery(const struct recovery_key *key,
    const struct team_secret *secret, struct text *wrapped);
MUST_USE enum outcome staff_write_recovery(
    struct store *store, const struct text *wrapped, int64_t now_utc_s);

/* DONE, or REFUSED: without this one there would be no lead. */
MUST_USE enum outcome staff_check_not_last_lead(
    struct store *store, int64_t id);

/* Erases a person's phone and codes. */
MUST_USE enum outcome staff_erase_phone(struct store *store, int64_t id);

/* Takes from everybody whose row has the old form what it opens. */
MUST_USE enum outcome staff_disable_unready(struct store *store);

#endif
