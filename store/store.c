#include "store/store.h"

#include <assert.h>

#include "gateway/base/log.h"
#include "store/schema.h"
#include "store/store_parts.h"

enum sql {
	SQL_ADD_EPOCH,
	SQL_GET_EPOCH,
	SQL_GET_TEAM,
	SQL_SAVEPOINT,
	SQL_RELEASE,
	SQL_ROLLBACK_TO,
	SQL_COUNT
};

static const char *const sql_text[] = {
	[SQL_ADD_EPOCH] = ("INSERT INTO epochs (began_utc_s, wrapped)"
			   " VALUES (:now, :wrapped)"),
	[SQL_GET_EPOCH] = "SELECT wrapped FROM epochs WHERE id = :id",
	[SQL_GET_TEAM] = "SELECT team_public FROM meta WHERE only_row = 1",
	[SQL_SAVEPOINT] = "SAVEPOINT arrival",
	[SQL_RELEASE] = "RELEASE arrival",
	[SQL_ROLLBACK_TO] = "ROLLBACK TO arrival",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_EPOCHS, SQL_COUNT, sql_text };

int
store_version(void)
{
	return ((int)schema_count);
}

const struct box_key *
store_box_key(const struct store *store)
{
	return (store->box);
}

int
store_was_clean(const struct store *store)
{
	return (store->was_clean);
}

enum outcome
store_empty_log(struct store *store)
{
	return (database_empty_log(store->database));
}

/* -- transactions ----------------------------------------------------------- */

/* An epoch whose row was rolled back must not seal: nobody could ever open
 * what it sealed.  The one before it runs on. */
static void
forget_new_epoch(struct store *store)
{
	if (!store->epoch_is_new)
		return;
	epoch_key_close(store->epoch.key);
	store->epoch = store->epoch_before;
	store->epoch_is_new = 0;
}

static void
keep_new_epoch(struct store *store)
{
	if (!store->epoch_is_new)
		return;
	if (store->epoch_before.key != NULL)
		epoch_key_close(store->epoch_before.key);
	store->epoch_is_new = 0;
}

enum outcome
store_begin(struct store *store)
{
	return (database_begin(store->database));
}

enum outcome
store_commit(struct store *store)
{
	enum outcome outcome = database_commit(store->database);

	store->has_savepoint = 0;
	if (outcome == DONE)
		keep_new_epoch(store);
	else
		forget_new_epoch(store);
	return (outcome);
}

void
store_rollback(struct store *store)
{
	store->has_savepoint = 0;
	database_rollback(store->database);
	forget_new_epoch(store);
}

MUST_USE static enum outcome
run_plain(struct store *store, enum sql which)
{
	enum outcome outcome = database_check(store->database);
	struct query query;

	if (outcome != DONE)
		return (outcome);
	query = query_of(store->database, &sql, which);
	return (query_run(&query, NULL));
}

enum outcome
store_savepoint(struct store *store)
{
	enum outcome outcome;

	if (store->has_savepoint) {
		log_err("a savepoint inside another");
		return (BROKEN);
	}
	outcome = run_plain(store, SQL_SAVEPOINT);
	store->has_savepoint = outcome == DONE;
	return (outcome);
}

enum outcome
store_savepoint_release(struct store *store)
{
	store->has_savepoint = 0;
	return (run_plain(store, SQL_RELEASE));
}

void
store_savepoint_rollback(struct store *store)
{
	enum outcome outcome = run_plain(store, SQL_ROLLBACK_TO);

	store->has_savepoint = 0;
	if (outcome == DONE)
		outcome = run_plain(store, SQL_RELEASE);
	/* TRY_LATER: SQLite rolled the whole transaction back by itself, and
	 * says so at the next statement and at the commit. */
	if (outcome != DONE && outcome != TRY_LATER) {
		log_err("cannot roll back to a savepoint");
		abort();
	}
}

/* -- epochs ----------------------------------------------------------------- */

enum outcome
store_team(struct store *store, struct team_public *team_r)
{
	struct query query = query_of(store->database, &sql, SQL_GET_TEAM);
	const void *team;
	size_t length;
	enum outcome outcome = query_next(&query);

	if (outcome != DONE)
		return (outcome == NOTHING ? BROKEN : outcome);
	team = query_get_bytes(&query, 0, &length);
	if (length == sizeof(team_r->bytes))
		memcpy(team_r->bytes, team, length);
	else
		outcome = BROKEN;
	query_end(&query);
	return (outcome);
}

enum outcome
store_begin_epoch(struct store *store, int64_t now_utc_s)
{
	struct epoch epoch = { NULL, 0, now_utc_s };
	struct team_public team;
	struct text wrapped = { 0 };
	struct query query;
	enum outcome outcome;

	if (store->epoch_is_new || store->has_savepoint) {
		log_err("an epoch begins once in a transaction, outside of"
			" savepoints");
		return (BROKEN);
	}
	/* Inside the transaction, so that no epoch is ever sealed to a team's
	 * key that was replaced meanwhile. */
	outcome = store_team(store, &team);
	if (outcome != DONE)
		return (outcome);
	epoch.key = epoch_key_make();
	epoch_key_wrap(epoch.key, &team, &wrapped);
	query = query_of(store->database, &sql, SQL_ADD_EPOCH);
	query_integer(&query, ":now", now_utc_s);
	query_blob(&query, ":wrapped", &wrapped);
	outcome = query_add(&query, &epoch.id);
	text_free(&wrapped);
	if (outcome != DONE) {
		epoch_key_close(epoch.key);
		return (outcome);
	}
	store->epoch_before = store->epoch;
	store->epoch = epoch;
	store->epoch_is_new = 1;
	return (DONE);
}

int64_t
store_epoch(const struct store *store)
{
	return (store->epoch.id);
}

int64_t
store_epoch_began_utc_s(const struct store *store)
{
	return (store->epoch.began_utc_s);
}

enum outcome
store_check_epoch(const struct store *store)
{
	if (store->epoch.key == NULL) {
		log_err("sealing before store_begin_epoch()");
		return (BROKEN);
	}
	return (DONE);
}

void
store_seal(struct store *store, enum seal_purpose purpose, const void *plain,
    size_t length, struct text *sealed)
{
	if (store_check_epoch(store) != DONE)
		abort();
	seal_text(store->epoch.key, purpose, plain, length, sealed);
}

enum outcome
store_unseal(struct store *store, const struct team_secret *secret,
    int64_t epoch, enum seal_purpose purpose, const void *sealed, size_t length,
    struct text *plain)
{
	struct query query = query_of(store->database, &sql, SQL_GET_EPOCH);
	struct epoch_key *key = NULL;
	struct team_public team;
	const void *wrapped;
	size_t wrapped_length;
	enum outcome outcome;

	team_secret_public(secret, &team);
	query_integer(&query, ":id", epoch);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	wrapped = query_get_bytes(&query, 0, &wrapped_length);
	outcome =
	    epoch_key_unwrap(wrapped, wrapped_length, &team, secret, &key);
	query_end(&query);
	if (outcome != DONE)
		return (outcome);
	outcome = seal_open(key, purpose, sealed, length, plain);
	epoch_key_close(key);
	return (outcome);
}
