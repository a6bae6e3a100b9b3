#include "store/staff.h"

#include <assert.h>
#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>

#include "gateway/base/memory.h"
#include "store/staff_parts.h"
#include "store/store_parts.h"

enum sql {
	SQL_GET,
	SQL_FIND,
	SQL_LIST,
	SQL_LIST_UNREADY,
	SQL_DISABLE,
	SQL_HAS_LEAD,
	SQL_DISABLE_UNREADY,
	SQL_SET_DUTY,
	SQL_COUNT
};

/* Before they have signed in once, a new key of the team's cannot be sealed to
 * them.  A technician holds none. */
#define IS_UNREADY \
	" public_key IS NULL AND wrapped IS NOT NULL AND is_disabled = 0" \
	" AND role <> 'technician'"

#define NOTHING_IN_HAND \
	"is_disabled = 1, wrapped = NULL, team_sealed = NULL," \
	" public_key = NULL, is_on_duty = 0"

static const char *const sql_text[] = {
	[SQL_GET] = "SELECT " STAFF_COLUMNS " FROM staff WHERE id = :id",
	[SQL_FIND] =
	    "SELECT " STAFF_COLUMNS " FROM staff WHERE name_folded = :folded",
	[SQL_LIST] = "SELECT " STAFF_COLUMNS " FROM staff"
		     " ORDER BY is_disabled, name_folded",
	[SQL_LIST_UNREADY] = "SELECT " STAFF_COLUMNS " FROM staff"
			     " WHERE" IS_UNREADY " ORDER BY name_folded",
	[SQL_DISABLE] = "UPDATE staff SET " NOTHING_IN_HAND
			" WHERE id = :id AND is_disabled = 0",
	[SQL_HAS_LEAD] = "SELECT 1 FROM staff WHERE role = 'lead'"
			 " AND is_disabled = 0 AND id <> :id LIMIT 1",
	[SQL_DISABLE_UNREADY] =
	    "UPDATE staff SET " NOTHING_IN_HAND " WHERE" IS_UNREADY,
	[SQL_SET_DUTY] =
	    "UPDATE staff SET is_on_duty = :is_on, duty_from_minute = :from,"
	    " duty_until_minute = :until WHERE id = :id AND is_disabled = 0",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_STAFF, SQL_COUNT, sql_text };

char *
staff_fold(const char *name)
{
	const uint8_t *bytes = (const uint8_t *)name;
	size_t length = strlen(name) + 1;

	if (u8_check(bytes, length) != NULL)
		return (NULL);
	return ((char *)u8_casefold(
	    bytes, length, NULL, UNINORM_NFKC, NULL, &length));
}

/* -- looking ---------------------------------------------------------------- */

void
staff_read(const struct query *query, struct staff *staff)
{
	enum {
		ID,
		NAME,
		ROLE,
		IS_DISABLED,
		IS_ON_DUTY,
		DUTY_FROM,
		DUTY_UNTIL,
		HAS_PHONE,
		MUST_SIGN_IN,
		WRONG_CODES,
		CODES_LEFT,
		END
	};

	static_assert(
	    (int)END == (int)STAFF_COLUMN_COUNT, "every column is read");
	memset(staff, 0, sizeof(*staff));
	staff->id = query_get_integer(query, ID);
	query_copy_text(query, NAME, staff->name, sizeof(staff->name));
	query_copy_text(query, ROLE, staff->role, sizeof(staff->role));
	staff->is_disabled = (int)query_get_integer(query, IS_DISABLED);
	staff->is_on_duty = (int)query_get_integer(query, IS_ON_DUTY);
	staff->duty_from_minute = (int)query_get_integer(query, DUTY_FROM);
	staff->duty_until_minute = (int)query_get_integer(query, DUTY_UNTIL);
	staff->has_phone = (int)query_get_integer(query, HAS_PHONE);
	staff->must_sign_in = (int)query_get_integer(query, MUST_SIGN_IN);
	staff->is_locked =
	    query_get_integer(query, WRONG_CODES) >= STAFF_WRONG_CODES_MOST;
	staff->codes_left = query_get_integer(query, CODES_LEFT);
}

MUST_USE static enum outcome
read_one(struct query *query, struct staff *staff_r)
{
	enum outcome outcome = query_next(query);

	if (outcome != DONE)
		return (outcome);
	staff_read(query, staff_r);
	query_end(query);
	return (DONE);
}

enum outcome
staff_get(struct store *store, int64_t id, struct staff *staff_r)
{
	struct query query = query_of(store->database, &sql, SQL_GET);

	query_integer(&query, ":id", id);
	return (read_one(&query, staff_r));
}

enum outcome
staff_find(struct store *store, const char *name, struct staff *staff_r)
{
	struct query query = query_of(store->database, &sql, SQL_FIND);
	char *folded = staff_fold(name);
	enum outcome outcome;

	query_text(&query, ":folded", folded != NULL ? folded : "");
	outcome = read_one(&query, staff_r);
	free(folded);
	return (outcome);
}

enum outcome
staff_read_list(struct query *query, struct staff_list *list_r)
{
	struct staff_list list = { 0 };
	enum outcome outcome;

	while ((outcome = query_next(query)) == DONE) {
		list.items = memory_grow(list.items, list.count, list.count + 1,
		    sizeof(*list.items));
		staff_read(query, &list.items[list.count++]);
	}
	if (outcome != NOTHING) {
		free(list.items);
		return (outcome);
	}
	*list_r = list;
	return (DONE);
}

enum outcome
staff_list(struct store *store, struct staff_list *list_r)
{
	struct query query = query_of(store->database, &sql, SQL_LIST);

	return (staff_read_list(&query, list_r));
}

enum outcome
staff_list_unready(struct store *store, struct staff_list *list_r)
{
	struct query query = query_of(store->database, &sql, SQL_LIST_UNREADY);

	return (staff_read_list(&query, list_r));
}

/* -- disabling -------------------------------------------------------------- */

enum outcome
staff_check_not_last_lead(struct store *store, int64_t id)
{
	struct query query = query_of(store->database, &sql, SQL_HAS_LEAD);
	enum outcome outcome;

	query_integer(&query, ":id", id);
	outcome = query_next(&query);
	query_end(&query);
	return (outcome == NOTHING ? REFUSED : outcome);
}

enum outcome
staff_disable(struct store *store, int64_t id)
{
	struct staff staff;
	struct query query;
	enum outcome outcome = staff_get(store, id, &staff);

	if (outcome != DONE)
		return (outcome);
	if (staff.is_disabled)
		return (NOTHING);
	outcome = staff_check_not_last_lead(store, id);
	if (outcome != DONE)
		return (outcome);
	query = query_of(store->database, &sql, SQL_DISABLE);
	query_integer(&query, ":id", id);
	outcome = query_move(&query);
	return (outcome == DONE ? staff_erase_phone(store, id) : outcome);
}

enum outcome
staff_disable_unready(struct store *store)
{
	struct query query =
	    query_of(store->database, &sql, SQL_DISABLE_UNREADY);

	return (query_run(&query, NULL));
}

/* -- duty ------------------------------------------------------------------- */

enum outcome
staff_set_duty(struct store *store, int64_t id, const struct staff_duty *duty)
{
	struct query query = query_of(store->database, &sql, SQL_SET_DUTY);

	query_integer(&query, ":id", id);
	query_integer(&query, ":is_on", duty->is_on != 0);
	query_integer(&query, ":from", duty->from_minute);
	query_integer(&query, ":until", duty->until_minute);
	return (query_move(&query));
}
