/* A new key for the team: the rotating half of store/staff.h. */
#include <assert.h>
#include <inttypes.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "store/staff_parts.h"
#include "store/store_parts.h"

enum sql {
	SQL_EPOCHS_AFTER,
	SQL_SET_EPOCH,
	SQL_SET_TEAM,
	SQL_HOLDERS,
	SQL_SET_SEALED,
	SQL_COUNT
};

static const char *const sql_text[] = {
	[SQL_EPOCHS_AFTER] =
	    "SELECT id, wrapped FROM epochs WHERE id > :after ORDER BY id"
	    " LIMIT :most",
	[SQL_SET_EPOCH] = "UPDATE epochs SET wrapped = :wrapped WHERE id = :id",
	[SQL_SET_TEAM] = "UPDATE meta SET team_public = :new"
			 " WHERE only_row = 1 AND team_public = :old",
	[SQL_HOLDERS] = "SELECT id, public_key FROM staff"
			" WHERE team_sealed IS NOT NULL AND is_disabled = 0"
			" AND role <> 'technician'",
	[SQL_SET_SEALED] = "UPDATE staff SET team_sealed = :sealed"
			   " WHERE id = :id AND team_sealed IS NOT NULL",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_ROTATION, SQL_COUNT, sql_text };

enum { EPOCHS_AT_ONCE = 1024 };

/* Bytes that a row is to hold. */
struct sealed_row {
	int64_t id;
	struct text sealed;
};

struct rows {
	struct sealed_row *items;
	size_t count;
	size_t room;
};

struct staff_rotation {
	struct team_public old_public;
	const struct team_secret *old_secret; /* borrowed */
	struct team_public public;
	struct team_secret *secret;
	struct recovery_key recovery;
	struct text recovery_wrapped;
	struct rows epochs;
	int64_t last_epoch;
};

static struct sealed_row *
add_row(struct rows *rows, int64_t id)
{
	if (rows->count == rows->room) {
		size_t room = rows->room * 2 + 64;

		rows->items = memory_grow(
		    rows->items, rows->room, room, sizeof(*rows->items));
		rows->room = room;
	}
	rows->items[rows->count].id = id;
	return (&rows->items[rows->count++]);
}

static void
free_rows(struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		text_free(&rows->items[i].sealed);
	free(rows->items);
	*rows = (struct rows){ 0 };
}

/* -- preparing -------------------------------------------------------------- */

/* An epoch's key for the new team.  What does not open now would not open
 * afterwards either: it stays as it is. */
static void
seal_again(struct staff_rotation *rotation, const struct query *query)
{
	int64_t id = query_get_integer(query, 0);
	struct epoch_key *key = NULL;
	size_t length;
	const void *wrapped = query_get_bytes(query, 1, &length);

	rotation->last_epoch = id;
	if (epoch_key_unwrap(wrapped, length, &rotation->old_public,
		rotation->old_secret, &key) != DONE) {
		log_warning(
		    "epoch=%" PRId64 " does not open and stays as it is", id);
		return;
	}
	epoch_key_wrap(
	    key, &rotation->public, &add_row(&rotation->epochs, id)->sealed);
	epoch_key_close(key);
}

enum outcome
staff_rotate_go_on(
    struct store *store, struct staff_rotation *rotation, size_t most)
{
	struct query query = query_of(store->database, &sql, SQL_EPOCHS_AFTER);
	size_t count = 0;
	enum outcome outcome;

	query_integer(&query, ":after", rotation->last_epoch);
	query_integer(&query, ":most", (int64_t)most);
	while ((outcome = query_next(&query)) == DONE) {
		seal_again(rotation, &query);
		count++;
	}
	return (outcome == NOTHING && count > 0 ? DONE : outcome);
}

/* Those that came since the last look. */
MUST_USE static enum outcome
take_epochs(struct store *store, struct staff_rotation *rotation)
{
	enum outcome outcome;

	while ((outcome = staff_rotate_go_on(
		    store, rotation, EPOCHS_AT_ONCE)) == DONE)
		;
	return (outcome == NOTHING ? DONE : outcome);
}

enum outcome
staff_rotate_begin(struct store *store, const struct team_secret *secret,
    struct staff_rotation **rotation_r)
{
	struct staff_rotation *rotation;
	enum outcome outcome = staff_check_secret(store, secret);

	if (outcome != DONE)
		return (outcome);
	rotation = memory_new(1, sizeof(*rotation));
	rotation->old_secret = secret;
	team_secret_public(secret, &rotation->old_public);
	team_make(&rotation->public, &rotation->secret);
	recovery_key_make(&rotation->recovery);
	staff_wrap_recovery(
	    &rotation->recovery, rotation->secret, &rotation->recovery_wrapped);
	*rotation_r = rotation;
	return (DONE);
}

enum outcome
staff_rotate_prepare(struct store *store, const struct team_secret *secret,
    struct staff_rotation **rotation_r)
{
	struct staff_rotation *rotation = NULL;
	enum outcome outcome = staff_rotate_begin(store, secret, &rotation);

	if (outcome == DONE)
		outcome = take_epochs(store, rotation);
	if (outcome == DONE)
		*rotation_r = rotation;
	else
		staff_rotation_free(rotation);
	return (outcome);
}

void
staff_rotation_free(struct staff_rotation *rotation)
{
	if (rotation == NULL)
		return;
	team_secret_close(rotation->secret);
	text_free(&rotation->recovery_wrapped);
	free_rows(&rotation->epochs);
	explicit_bzero(rotation, sizeof(*rotation));
	free(rotation);
}

const struct recovery_key *
staff_rotation_recovery(const struct staff_rotation *rotation)
{
	return (&rotation->recovery);
}

/* -- writing ---------------------------------------------------------------- */

MUST_USE static enum outcome
write_team(struct store *store, const struct staff_rotation *rotation)
{
	struct query query = query_of(store->database, &sql, SQL_SET_TEAM);
	enum outcome outcome;

	query_bytes(&query, ":old", rotation->old_public.bytes,
	    sizeof(rotation->old_public.bytes));
	query_bytes(&query, ":new", rotation->public.bytes,
	    sizeof(rotation->public.bytes));
	outcome = query_move(&query);
	return (outcome == NOTHING ? REFUSED : outcome);
}

MUST_USE static enum outcome
write_rows(struct store *store, enum sql which, const char *name,
    const struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		struct query query =
		    query_of(store->database, &sql, (int)which);
		enum outcome outcome;

		query_integer(&query, ":id", rows->items[i].id);
		query_blob(&query, name, &rows->items[i].sealed);
		outcome = query_move(&query);
		/* NOTHING: it has been erased meanwhile. */
		if (outcome != DONE && outcome != NOTHING)
			return (outcome);
	}
	return (DONE);
}

/* The new secret for each who holds the old one. */
MUST_USE static enum outcome
seal_to_holders(struct store *store, const struct staff_rotation *rotation,
    struct rows *holders)
{
	struct query query = query_of(store->database, &sql, SQL_HOLDERS);
	enum outcome outcome;

	while ((outcome = query_next(&query)) == DONE) {
		struct person_public person;
		size_t length;
		const void *public = query_get_bytes(&query, 1, &length);

		if (length != sizeof(person.bytes))
			continue;
		memcpy(person.bytes, public, length);
		team_secret_seal(rotation->secret, &person,
		    &add_row(holders, query_get_integer(&query, 0))->sealed);
	}
	return (outcome == NOTHING ? DONE : outcome);
}

enum outcome
staff_rotate_write(
    struct store *store, struct staff_rotation *rotation, int64_t now_utc_s)
{
	struct rows holders = { 0 };
	enum outcome outcome = write_team(store, rotation);

	if (outcome == DONE)
		outcome = take_epochs(store, rotation);
	if (outcome == DONE)
		outcome = write_rows(
		    store, SQL_SET_EPOCH, ":wrapped", &rotation->epochs);
	if (outcome == DONE)
		outcome = staff_disable_unready(store);
	if (outcome == DONE)
		outcome = seal_to_holders(store, rotation, &holders);
	if (outcome == DONE)
		outcome =
		    write_rows(store, SQL_SET_SEALED, ":sealed", &holders);
	if (outcome == DONE)
		outcome = staff_write_recovery(
		    store, &rotation->recovery_wrapped, now_utc_s);
	free_rows(&holders);
	return (outcome);
}
