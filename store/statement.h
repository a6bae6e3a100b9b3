/* The database under the store: the only code that calls SQLite.
 *
 * A struct database is one connection.  Modules keep the text of their
 * statements in a constant table and name one by its place there; it is
 * prepared when first used and kept until the connection closes.  A use of a
 * statement is a struct query on the stack:
 *
 *     struct query query = query_of(database, &sql, SQL_MARK_SENT);
 *
 *     query_integer(&query, ":id", id.row);
 *     query_integer(&query, ":now", now_utc_s);
 *     return (query_move(&query));
 *
 * A name that is no parameter, a parameter left out and a value that cannot be
 * bound are remembered in the query and make its end BROKEN, so that they can
 * not be ignored.  What is bound is borrowed until the query ends; every query
 * ends with query_run(), query_move(), query_end(), or a query_next() that is
 * not DONE.
 *
 * Whatever writes does so inside a transaction: outside of one, or after
 * SQLite rolled it back by itself, it does not happen.
 *
 * TRY_LATER  the disk is full or fails, or another connection holds the lock
 *            too long; logged once until a transaction commits again
 * BROKEN     a mistake of ours or a damaged file; logged
 */
#ifndef STORE_STATEMENT_H
#define STORE_STATEMENT_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

struct database;

/* Which module a table of statements belongs to. */
enum sql_module {
	SQL_OF_STORE,
	SQL_OF_EPOCHS,
	SQL_OF_TIDY,
	SQL_OF_JOURNAL,
	SQL_OF_JOINS,
	SQL_OF_ASIDE,
	SQL_OF_CALLERS,
	SQL_OF_OUTBOX,
	SQL_OF_OUTBOX_LOOK,
	SQL_OF_OUTBOX_END,
	SQL_OF_CONTACTS,
	SQL_OF_CONTACT_FACTS,
	SQL_OF_REQUESTS,
	SQL_OF_CASES,
	SQL_OF_MOVES,
	SQL_OF_QUEUE,
	SQL_OF_LEASES,
	SQL_OF_STAFF,
	SQL_OF_STAFF_KEYS,
	SQL_OF_STAFF_PHONES,
	SQL_OF_ROTATION,
	SQL_OF_AUDIT,
	SQL_OF_ALARMS,
	SQL_OF_DESK,
	SQL_OF_RECRUITERS,
	SQL_OF_PARTNERS,
	SQL_OF_REFERRALS,
	SQL_OF_REFERRALS_READ,
	SQL_OF_CASE_FACTS,
	SQL_OF_TALLIES,
	SQL_OF_RELEASES,
	SQL_OF_RETENTION,
	SQL_OF_ERASURES,
	SQL_OF_CHANGES,
	SQL_OF_AGES,
	SQL_OF_GUARDS,
	SQL_OF_DISTANCES,
	SQL_OF_OUTBOX_ROUTES,
	SQL_OF_LINE_DAYS,
	SQL_OF_TROUBLES,
	SQL_OF_BACKUP,
	SQL_OF_RESTORE,
	SQL_MODULES,
};

struct sql_table {
	enum sql_module module;
	size_t count;
	const char *const *text;
};

/* -- the connection --------------------------------------------------------- */

enum database_mode {
	DATABASE_MAKE, /* an empty file is there */
	DATABASE_WRITE,
	DATABASE_READ,
};

/* Opens a file and sets nothing yet.  DONE, or TRY_LATER; logged. */
MUST_USE enum outcome database_open(
    const char *path, enum database_mode mode, struct database **database_r);
void database_close(struct database *database);

/* A pragma, how it is set ("" is only looked at), and what must be read
 * back. */
struct pragma {
	const char *set;
	const char *look;
	const char *expected;
};

/* Sets and reads back each.  DONE, REFUSED (one did not take, or the file is
 * no database; logged) or TRY_LATER. */
MUST_USE enum outcome database_set(
    struct database *database, const struct pragma *pragmas, size_t count);

/* Runs statements separated by semicolons, without parameters or rows. */
MUST_USE enum outcome database_script(
    struct database *database, const char *script);

/* The first column of the first row of a statement without parameters. */
MUST_USE enum outcome database_integer(
    struct database *database, const char *sql, int64_t *value_r);
MUST_USE enum outcome database_text(
    struct database *database, const char *sql, struct text *value);

/* BEGIN IMMEDIATE, COMMIT, ROLLBACK.  A rollback always succeeds; a commit
 * that did not happen is rolled back. */
MUST_USE enum outcome database_begin(struct database *database);
MUST_USE enum outcome database_commit(struct database *database);
void database_rollback(struct database *database);
/* Whether there is a transaction to write in: DONE; TRY_LATER, SQLite ended it
 * by itself (a full disk), so that it is to be rolled back; or BROKEN, nobody
 * began one; logged. */
MUST_USE enum outcome database_check(struct database *database);

/* All of one database into another, as it stands at one moment.  DONE,
 * TRY_LATER or BROKEN. */
MUST_USE enum outcome database_copy(
    struct database *from, struct database *to);

/* Copies the write-ahead log into the file and empties it, waiting for
 * nobody.  DONE, or TRY_LATER. */
MUST_USE enum outcome database_empty_log(struct database *database);

/* -- statements ------------------------------------------------------------- */

struct query {
	struct database *database;
	void *statement; /* NULL when it could not be prepared */
	int bound; /* how many parameters have a value */
	enum outcome failed; /* DONE while nothing is wrong */
};

struct query query_of(
    struct database *database, const struct sql_table *table, int which);

void query_integer(struct query *query, const char *name, int64_t value);
/* NULL is bound as NULL. */
void query_text(struct query *query, const char *name, const char *value);
void query_bytes(
    struct query *query, const char *name, const void *bytes, size_t length);
/* The bytes of a text; an empty one is bound as NULL. */
void query_blob(
    struct query *query, const char *name, const struct text *value);
void query_null(struct query *query, const char *name);

/* Runs it to its end, past any rows; *changed_r, which may be NULL, is how
 * many rows it changed. */
MUST_USE enum outcome query_run(struct query *query, int64_t *changed_r);
/* Runs it and wants one row changed: DONE; NOTHING when none was; more is
 * BROKEN. */
MUST_USE enum outcome query_move(struct query *query);
/* An INSERT: DONE and the new row's id, or NOTHING when a conflict it names
 * let nothing be added. */
MUST_USE enum outcome query_add(struct query *query, int64_t *row_r);
/* DONE: there is a row to read; NOTHING: it is over. */
MUST_USE enum outcome query_next(struct query *query);
void query_end(struct query *query);

/* Columns of the row, from 0; borrowed until the next call on the query. */
int64_t query_get_integer(const struct query *query, int column);
const char *query_get_text(const struct query *query, int column);
const void *query_get_bytes(
    const struct query *query, int column, size_t *length_r);
int query_get_is_null(const struct query *query, int column);
/* Copies a text into an array, cut to its size; "" for NULL. */
void query_copy_text(
    const struct query *query, int column, char *into, size_t size);

#endif
