#include "store/statement.h"

#include <sqlite3.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "store/database.h"

static void
fail(struct query *query, const char *what, const char *name)
{
	if (query->failed != DONE)
		return;
	query->failed = BROKEN;
	log_err("%s %s in statement: %s", what, name,
	    query->statement != NULL ? sqlite3_sql(query->statement) : "?");
}

/* The prepared statement of a module's table, made at its first use. */
static sqlite3_stmt *
prepared(struct database *database, const struct sql_table *table, int which)
{
	sqlite3_stmt ***kept = &database->kept[table->module];
	int code;

	if (*kept == NULL) {
		*kept = memory_new(table->count, sizeof(**kept));
		database->kept_count[table->module] = table->count;
	}
	if ((*kept)[which] != NULL)
		return ((*kept)[which]);
	code = sqlite3_prepare_v3(database->connection, table->text[which], -1,
	    SQLITE_PREPARE_PERSISTENT, &(*kept)[which], NULL);
	if (code != SQLITE_OK)
		database_judge(database, code, table->text[which]);
	return ((*kept)[which]);
}

struct query
query_of(struct database *database, const struct sql_table *table, int which)
{
	struct query query = { .database = database, .failed = DONE };
	sqlite3_stmt *statement = prepared(database, table, which);

	query.statement = statement;
	if (statement == NULL) {
		query.failed = BROKEN;
		return (query);
	}
	if (sqlite3_stmt_busy(statement))
		fail(&query, "already in use:", "query");
	/* When a full disk made SQLite end the transaction, the rest of it
	 * must not go on by itself, each statement on its own. */
	if (query.failed == DONE && !sqlite3_stmt_readonly(statement))
		query.failed = database_check(database);
	return (query);
}

static int
parameter(struct query *query, const char *name)
{
	const char *next;
	int index;

	if (query->failed != DONE)
		return (0);
	/* Mostly they are bound in the order in which they stand. */
	next = sqlite3_bind_parameter_name(query->statement, query->bound + 1);
	index = next != NULL && strcmp(next, name) == 0
	    ? query->bound + 1
	    : sqlite3_bind_parameter_index(query->statement, name);
	if (index == 0)
		fail(query, "no parameter", name);
	query->bound++;
	return (index);
}

static void
check_bound(struct query *query, const char *name, int code)
{
	if (code != SQLITE_OK)
		fail(query, "cannot bind", name);
}

void
query_integer(struct query *query, const char *name, int64_t value)
{
	int index = parameter(query, name);

	if (index > 0)
		check_bound(query, name,
		    sqlite3_bind_int64(query->statement, index, value));
}

void
query_text(struct query *query, const char *name, const char *value)
{
	int index = parameter(query, name);

	if (index > 0)
		check_bound(query, name,
		    sqlite3_bind_text(
			query->statement, index, value, -1, SQLITE_STATIC));
}

void
query_bytes(
    struct query *query, const char *name, const void *bytes, size_t length)
{
	int index = parameter(query, name);

	if (index > 0)
		check_bound(query, name,
		    sqlite3_bind_blob64(
			query->statement, index, bytes, length, SQLITE_STATIC));
}

void
query_blob(struct query *query, const char *name, const struct text *value)
{
	if (value->length == 0)
		query_null(query, name);
	else
		query_bytes(query, name, value->bytes, value->length);
}

void
query_null(struct query *query, const char *name)
{
	int index = parameter(query, name);

	if (index > 0)
		check_bound(
		    query, name, sqlite3_bind_null(query->statement, index));
}

void
query_end(struct query *query)
{
	if (query->statement == NULL)
		return;
	sqlite3_reset(query->statement);
	sqlite3_clear_bindings(query->statement);
	query->statement = NULL;
}

MUST_USE static enum outcome
step(struct query *query)
{
	int code;

	if (query->failed == DONE &&
	    query->bound != sqlite3_bind_parameter_count(query->statement))
		fail(query, "a parameter was left out or bound twice:", "");
	if (query->failed != DONE)
		return (query->failed);
	code = sqlite3_step(query->statement);
	if (code == SQLITE_ROW)
		return (DONE);
	if (code == SQLITE_DONE)
		return (NOTHING);
	query->failed = database_judge(
	    query->database, code, sqlite3_sql(query->statement));
	return (query->failed);
}

enum outcome
query_next(struct query *query)
{
	enum outcome outcome = step(query);

	if (outcome != DONE)
		query_end(query);
	return (outcome);
}

enum outcome
query_run(struct query *query, int64_t *changed_r)
{
	enum outcome outcome;

	do {
		outcome = step(query);
	} while (outcome == DONE);
	query_end(query);
	if (outcome != NOTHING)
		return (outcome);
	if (changed_r != NULL)
		*changed_r = sqlite3_changes64(query->database->connection);
	return (DONE);
}

enum outcome
query_move(struct query *query)
{
	int64_t changed = 0;
	enum outcome outcome = query_run(query, &changed);

	if (outcome != DONE)
		return (outcome);
	if (changed > 1) {
		log_err("a move changed %lld rows", (long long)changed);
		return (BROKEN);
	}
	return (changed == 1 ? DONE : NOTHING);
}

enum outcome
query_add(struct query *query, int64_t *row_r)
{
	struct database *database = query->database;
	enum outcome outcome = query_move(query);

	if (outcome == DONE)
		*row_r = sqlite3_last_insert_rowid(database->connection);
	return (outcome);
}

/* -- columns ---------------------------------------------------------------- */

int64_t
query_get_integer(const struct query *query, int column)
{
	return (sqlite3_column_int64(query->statement, column));
}

const char *
query_get_text(const struct query *query, int column)
{
	const unsigned char *text =
	    sqlite3_column_text(query->statement, column);

	return (text != NULL ? (const char *)text : "");
}

const void *
query_get_bytes(const struct query *query, int column, size_t *length_r)
{
	const void *bytes = sqlite3_column_blob(query->statement, column);

	*length_r = (size_t)sqlite3_column_bytes(query->statement, column);
	return (bytes);
}

int
query_get_is_null(const struct query *query, int column)
{
	return (sqlite3_column_type(query->statement, column) == SQLITE_NULL);
}

void
query_copy_text(const struct query *query, int column, char *into, size_t size)
{
	const char *text = query_get_text(query, column);
	size_t length = strlen(text);

	if (length > size - 1)
		length = size - 1;
	memcpy(into, text, length);
	into[length] = '\0';
}
