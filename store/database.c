#include "store/database.h"

#include "gateway/base/log.h"
#include "gateway/base/memory.h"

/* A desk and a hub write beside each other in short transactions, but SQLite
 * is not fair about whose turn it is: seconds of waiting were measured. */
enum { LOCK_WAIT_MS = 5000 };

/* Larger than any row of ours; a damaged file must not make us allocate. */
enum { ROW_MAX_BYTES = 8 * 1024 * 1024 };

/* -- results ---------------------------------------------------------------- */

/* Which causes pass by themselves: room is made, a disk comes back, another
 * connection ends its turn. */
static int
is_passing(int code)
{
	static const int passing[] = { SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL,
		SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PROTOCOL, SQLITE_PERM,
		SQLITE_READONLY, SQLITE_INTERRUPT };

	for (size_t i = 0; i < COUNT_OF(passing); i++) {
		if ((code & 0xff) == passing[i])
			return (1);
	}
	return (0);
}

enum outcome
database_judge(struct database *database, int code, const char *statement)
{
	if ((code & 0xff) == SQLITE_NOMEM) {
		log_err("out of memory in the store");
		abort();
	}
	if (!is_passing(code)) {
		log_err("the store is broken: %s (%d): %s",
		    sqlite3_errmsg(database->connection), code, statement);
		return (BROKEN);
	}
	if (database->trouble != code) {
		database->trouble = code;
		log_err("the store cannot be written or read: %s (%d);"
			" trying again",
		    sqlite3_errstr(code), code);
	}
	return (TRY_LATER);
}

/* -- the connection --------------------------------------------------------- */

static void
harden(sqlite3 *connection)
{
	static const struct {
		int what;
		int on;
	} choices[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		/* The audit trail's refuse whoever would change it. */
		{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 1 },
		{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
	};

	for (size_t i = 0; i < COUNT_OF(choices); i++)
		sqlite3_db_config(
		    connection, choices[i].what, choices[i].on, (int *)NULL);
	sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, ROW_MAX_BYTES);
	sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_extended_result_codes(connection, 1);
	sqlite3_busy_timeout(connection, LOCK_WAIT_MS);
}

/* Nobody asks SQLite how much memory it has, and counting it takes a lock at
 * each piece.  Whoever has opened SQLite before us has it counted. */
static void
set_library(void)
{
	static int is_set;

	if (!is_set)
		(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	is_set = 1;
}

enum outcome
database_open(
    const char *path, enum database_mode mode, struct database **database_r)
{
	static const int flags[] = {
		[DATABASE_MAKE] = SQLITE_OPEN_READWRITE,
		[DATABASE_WRITE] = SQLITE_OPEN_READWRITE,
		[DATABASE_READ] = SQLITE_OPEN_READONLY,
	};
	struct database *database = memory_new(1, sizeof(*database));
	int code;

	set_library();
	code = sqlite3_open_v2(path, &database->connection,
	    flags[mode] | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
		SQLITE_OPEN_EXRESCODE,
	    NULL);
	if (code != SQLITE_OK) {
		log_err(
		    "cannot open store '%s': %s", path, sqlite3_errstr(code));
		database_close(database);
		return (TRY_LATER);
	}
	harden(database->connection);
	*database_r = database;
	return (DONE);
}

void
database_close(struct database *database)
{
	if (database == NULL)
		return;
	for (size_t module = 0; module < SQL_MODULES; module++) {
		for (size_t i = 0; i < database->kept_count[module]; i++)
			sqlite3_finalize(database->kept[module][i]);
		free(database->kept[module]);
	}
	if (sqlite3_close(database->connection) != SQLITE_OK)
		log_err("the store was closed while in use: %s",
		    sqlite3_errmsg(database->connection));
	free(database);
}

enum outcome
database_copy(struct database *from, struct database *to)
{
	enum { ALL_PAGES = -1 };
	sqlite3_backup *backup = sqlite3_backup_init(
	    to->connection, "main", from->connection, "main");
	int code;

	if (backup == NULL)
		return (database_judge(to, sqlite3_errcode(to->connection),
		    "the beginning of a copy"));
	code = sqlite3_backup_step(backup, ALL_PAGES);
	if (code == SQLITE_DONE)
		code = sqlite3_backup_finish(backup);
	else
		(void)sqlite3_backup_finish(backup); /* it says the same */
	return (code == SQLITE_OK ? DONE : database_judge(to, code, "a copy"));
}

enum outcome
database_script(struct database *database, const char *script)
{
	int code = sqlite3_exec(database->connection, script, NULL, NULL, NULL);

	if (code != SQLITE_OK)
		return (database_judge(database, code,
		    strchr(script, '\n') == NULL ? script : "schema file"));
	return (DONE);
}

/* Prepares a statement and steps to its first row. */
MUST_USE static enum outcome
first_row(struct database *database, const char *sql, sqlite3_stmt **row_r)
{
	sqlite3_stmt *statement = NULL;
	int code =
	    sqlite3_prepare_v2(database->connection, sql, -1, &statement, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW) {
		*row_r = statement;
		return (DONE);
	}
	sqlite3_finalize(statement);
	return (code == SQLITE_DONE ? NOTHING
				    : database_judge(database, code, sql));
}

enum outcome
database_integer(struct database *database, const char *sql, int64_t *value_r)
{
	sqlite3_stmt *row = NULL;
	enum outcome outcome = first_row(database, sql, &row);

	if (outcome != DONE)
		return (outcome);
	*value_r = sqlite3_column_int64(row, 0);
	sqlite3_finalize(row);
	return (DONE);
}

enum outcome
database_text(struct database *database, const char *sql, struct text *value)
{
	sqlite3_stmt *row = NULL;
	enum outcome outcome = first_row(database, sql, &row);
	const unsigned char *text;

	if (outcome != DONE)
		return (outcome);
	text = sqlite3_column_text(row, 0);
	text_add(value, text != NULL ? (const char *)text : "");
	sqlite3_finalize(row);
	return (DONE);
}

MUST_USE static enum outcome
set_one(struct database *database, const struct pragma *pragma)
{
	struct text value = { 0 };
	enum outcome outcome = DONE;

	if (pragma->set[0] != '\0')
		outcome = database_script(database, pragma->set);
	if (outcome == DONE)
		outcome = database_text(database, pragma->look, &value);
	if ((outcome == DONE &&
		strcmp(text_string(&value), pragma->expected) != 0) ||
	    outcome == NOTHING) {
		log_err("the store does not take '%s': %s gives '%s', not"
			" '%s'",
		    pragma->set, pragma->look, text_string(&value),
		    pragma->expected);
		outcome = REFUSED;
	}
	text_free(&value);
	return (outcome == BROKEN ? REFUSED : outcome);
}

enum outcome
database_set(
    struct database *database, const struct pragma *pragmas, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		enum outcome outcome = set_one(database, &pragmas[i]);

		if (outcome != DONE)
			return (outcome);
	}
	return (DONE);
}

/* -- transactions ----------------------------------------------------------- */

enum outcome
database_begin(struct database *database)
{
	enum outcome outcome;

	if (database->in_transaction) {
		log_err("a transaction was begun inside another");
		return (BROKEN);
	}
	outcome = database_script(database, "BEGIN IMMEDIATE");
	if (outcome == DONE)
		database->in_transaction = 1;
	return (outcome);
}

enum outcome
database_commit(struct database *database)
{
	enum outcome outcome;

	if (!database->in_transaction) {
		log_err("a commit without a transaction");
		return (BROKEN);
	}
	if (sqlite3_get_autocommit(database->connection)) {
		/* SQLite rolled it back by itself; whoever commits has not
		 * looked at what came before. */
		database->in_transaction = 0;
		return (TRY_LATER);
	}
	outcome = database_script(database, "COMMIT");
	if (outcome != DONE) {
		database_rollback(database);
		return (outcome);
	}
	database->in_transaction = 0;
	if (database->trouble != 0) {
		database->trouble = 0;
		log_notice("the store can be written again");
	}
	return (DONE);
}

void
database_rollback(struct database *database)
{
	database->in_transaction = 0;
	if (sqlite3_get_autocommit(database->connection))
		return;
	if (sqlite3_exec(database->connection, "ROLLBACK", NULL, NULL, NULL) !=
		SQLITE_OK ||
	    !sqlite3_get_autocommit(database->connection)) {
		log_err("cannot roll back: %s",
		    sqlite3_errmsg(database->connection));
		abort();
	}
}

enum outcome
database_check(struct database *database)
{
	if (!database->in_transaction) {
		log_err("a write outside of a transaction");
		return (BROKEN);
	}
	if (sqlite3_get_autocommit(database->connection))
		return (TRY_LATER);
	return (DONE);
}

enum outcome
database_empty_log(struct database *database)
{
	int code;

	sqlite3_busy_timeout(database->connection, 0);
	code = sqlite3_wal_checkpoint_v2(
	    database->connection, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_busy_timeout(database->connection, LOCK_WAIT_MS);
	if (code == SQLITE_OK)
		return (DONE);
	if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED)
		return (TRY_LATER);
	return (database_judge(database, code, "wal_checkpoint"));
}
