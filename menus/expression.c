#include "menus/expression.h"

#include <ctype.h>
#include <sqlite3.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"

enum {
	MOST_DEPTH = 50,
	MOST_BYTES_OF_A_VALUE = 20000,
	MOST_PROGRAM = 4000,
	MOST_STEPS = 20000,
	MOST_ARGUMENTS = 8,
};

struct expression_home {
	sqlite3 *connection;
	int selects; /* seen while compiling */
	const char *refused; /* what the authorizer stumbled over */
	char refused_name[40];
};

/* What stands around an expression to make it a statement. */
#define EXPRESSION_FRONT "SELECT ("
#define EXPRESSION_BACK  "\n)"

struct expression {
	sqlite3_stmt *statement;
	size_t name_count;
	const char *names[EXPRESSION_NAMES_MOST];
};

static const char *const allowed_functions[] = {
	"coalesce",
	"abs",
	"min",
	"max",
	"round",
	"length",
};

static int
function_is_allowed(const char *name)
{
	for (size_t i = 0; name != NULL && i < COUNT_OF(allowed_functions); i++)
		if (sqlite3_stricmp(name, allowed_functions[i]) == 0)
			return (1);
	return (0);
}

static int
refuse(struct expression_home *home, const char *what, const char *name)
{
	if (home->refused == NULL) {
		home->refused = what;
		snprintf(home->refused_name, sizeof(home->refused_name), "%s",
		    name != NULL ? name : "");
	}
	return (SQLITE_DENY);
}

static int
authorize(void *context, int action, const char *first, const char *second,
    const char *database, const char *trigger)
{
	struct expression_home *home = context;

	(void)database;
	(void)trigger;
	switch (action) {
	case SQLITE_SELECT:
		if (++home->selects == 1)
			return (SQLITE_OK);
		return (refuse(home, "SELECT is not allowed here", NULL));
	case SQLITE_FUNCTION:
		if (function_is_allowed(second))
			return (SQLITE_OK);
		return (refuse(home,
		    "there is no such function here;"
		    " use coalesce abs min max round length",
		    second));
	default:
		return (
		    refuse(home, "only an expression is allowed here", first));
	}
}

static int
stop_running(void *context)
{
	(void)context;
	return (1);
}

static void
set_limits(sqlite3 *connection)
{
	static const struct {
		int id;
		int most;
	} limits[] = {
		{ SQLITE_LIMIT_SQL_LENGTH, EXPRESSION_MAX_BYTES + 32 },
		{ SQLITE_LIMIT_LENGTH, MOST_BYTES_OF_A_VALUE },
		{ SQLITE_LIMIT_EXPR_DEPTH, MOST_DEPTH },
		{ SQLITE_LIMIT_COLUMN, 8 },
		{ SQLITE_LIMIT_COMPOUND_SELECT, 1 },
		{ SQLITE_LIMIT_VDBE_OP, MOST_PROGRAM },
		{ SQLITE_LIMIT_FUNCTION_ARG, MOST_ARGUMENTS },
		{ SQLITE_LIMIT_ATTACHED, 0 },
		{ SQLITE_LIMIT_VARIABLE_NUMBER, EXPRESSION_NAMES_MOST },
		{ SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
		{ SQLITE_LIMIT_WORKER_THREADS, 0 },
	};

	for (size_t i = 0; i < COUNT_OF(limits); i++)
		sqlite3_limit(connection, limits[i].id, limits[i].most);
}

struct expression_home *
expression_home_open(void)
{
	struct expression_home *home = memory_new(1, sizeof(*home));

	if (sqlite3_open_v2(":memory:", &home->connection,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
		NULL) != SQLITE_OK) {
		log_err("cannot open SQLite in memory");
		abort();
	}
	/* "yes" in double quotes would quietly be a text. */
	sqlite3_db_config(home->connection, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(home->connection, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(home->connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	set_limits(home->connection);
	sqlite3_progress_handler(
	    home->connection, MOST_STEPS, stop_running, NULL);
	sqlite3_set_authorizer(home->connection, authorize, home);
	return (home);
}

void
expression_home_close(struct expression_home *home)
{
	if (home == NULL)
		return;
	if (sqlite3_close(home->connection) != SQLITE_OK) {
		log_err("a condition outlived the menus it belongs to");
		abort();
	}
	free(home);
}

/* A quoted text from its opening quote: the place of the closing one, or NULL.
 * A doubled quote inside reads as two texts side by side, which is as good. */
static const char *
skip_quoted(const char *quote)
{
	return (strchr(quote + 1, *quote));
}

/* What a bracket or a semicolon can do to the statement around the expression
 * is refused before SQLite sees it. */
static const char *
find_escape(const char *words)
{
	int depth = 0;

	for (const char *c = words; *c != '\0'; c++) {
		if (*c == '\'' || *c == '"') {
			c = skip_quoted(c);
			if (c == NULL)
				return ("a quotation mark is missing");
		} else if (*c == '(') {
			depth++;
		} else if (*c == ')' && --depth < 0) {
			return ("there is a ) too many");
		} else if (*c == ';') {
			return ("a ; has no place in it");
		} else if ((c[0] == '-' && c[1] == '-') ||
		    (c[0] == '/' && c[1] == '*')) {
			return ("SQL comments have no place in it");
		} else if (strchr("?@$#[]`{}\\", *c) != NULL) {
			return ("answers and scores are written :name");
		}
	}
	return (depth > 0 ? "a ) is missing" : NULL);
}

static void
say_why(struct expression_home *home, const char *words, struct text *why)
{
	const char *sqlite = sqlite3_errmsg(home->connection);

	if (home->refused != NULL && home->refused_name[0] != '\0')
		text_printf(why, "'%s': %s", home->refused_name, home->refused);
	else if (home->refused != NULL)
		text_add(why, home->refused);
	else if (strncmp(sqlite, "no such column", 14) == 0)
		text_printf(why,
		    "%s; answers and scores are written :name,"
		    " texts 'in single quotes'",
		    sqlite);
	else
		text_add(why, sqlite);
	text_printf(why, " (in: %s)", words);
}

static enum outcome
keep_names(struct expression *expression, struct text *why)
{
	int count = sqlite3_bind_parameter_count(expression->statement);

	for (int i = 1; i <= count; i++) {
		const char *name =
		    sqlite3_bind_parameter_name(expression->statement, i);

		if (name == NULL || name[0] != ':') {
			text_add(why, "answers and scores are written :name");
			return (REFUSED);
		}
		expression->names[expression->name_count++] = name + 1;
	}
	return (DONE);
}

static enum outcome
prepare(struct expression_home *home, const char *words,
    struct expression *expression, struct text *why)
{
	struct text sql = { 0 };
	const char *tail = NULL;
	int code;

	/* The newline keeps an unseen comment from eating the bracket. */
	text_printf(&sql, EXPRESSION_FRONT "%s" EXPRESSION_BACK, words);
	home->selects = 0;
	home->refused = NULL;
	code = sqlite3_prepare_v3(home->connection, text_string(&sql),
	    (int)sql.length + 1, SQLITE_PREPARE_PERSISTENT,
	    &expression->statement, &tail);
	if (code != SQLITE_OK)
		say_why(home, words, why);
	text_free(&sql);
	if (code != SQLITE_OK)
		return (REFUSED);
	if (expression->statement == NULL ||
	    sqlite3_column_count(expression->statement) != 1) {
		text_add(why, "it must be one expression");
		return (REFUSED);
	}
	return (keep_names(expression, why));
}

enum outcome
expression_compile(struct expression_home *home, const char *words,
    struct expression **expression_r, struct text *why)
{
	struct expression *expression;
	const char *escape = find_escape(words);

	if (strlen(words) > EXPRESSION_MAX_BYTES)
		escape = "it is too long";
	if (words[strspn(words, " \n")] == '\0')
		escape = "it is empty";
	if (escape != NULL) {
		text_printf(why, "%s (in: %.200s)", escape, words);
		return (REFUSED);
	}
	expression = memory_new(1, sizeof(*expression));
	if (prepare(home, words, expression, why) != DONE) {
		expression_free(expression);
		return (REFUSED);
	}
	*expression_r = expression;
	return (DONE);
}

void
expression_free(struct expression *expression)
{
	if (expression == NULL)
		return;
	sqlite3_finalize(expression->statement);
	free(expression);
}

size_t
expression_name_count(const struct expression *expression)
{
	return (expression->name_count);
}

const char *
expression_name(const struct expression *expression, size_t index)
{
	return (expression->names[index]);
}

static void
bind_all(const struct expression *expression, expression_lookup lookup,
    const void *context, int as_real)
{
	for (size_t i = 0; i < expression->name_count; i++) {
		struct expression_value value = { 0 };
		int place = (int)i + 1;

		lookup(context, expression->names[i], &value);
		if (value.is_number && as_real)
			sqlite3_bind_double(
			    expression->statement, place, (double)value.number);
		else if (value.is_number)
			sqlite3_bind_int64(
			    expression->statement, place, value.number);
		else if (value.words != NULL)
			sqlite3_bind_text(expression->statement, place,
			    value.words, -1, SQLITE_STATIC);
		else
			sqlite3_bind_null(expression->statement, place);
	}
}

/* Steps to the one row; 0 when it failed (a sum that overflows, a value that
 * is too long), which counts as NULL. */
static int
run(const struct expression *expression, expression_lookup lookup,
    const void *context, int as_real)
{
	bind_all(expression, lookup, context, as_real);
	return (sqlite3_step(expression->statement) == SQLITE_ROW);
}

/* Answers are people's words: the statement keeps none of them. */
static void
finish(const struct expression *expression)
{
	sqlite3_reset(expression->statement);
	sqlite3_clear_bindings(expression->statement);
}

int
expression_holds(const struct expression *expression, expression_lookup lookup,
    const void *context)
{
	int holds = 0;

	if (run(expression, lookup, context, 0))
		holds = sqlite3_column_double(expression->statement, 0) != 0;
	finish(expression);
	return (holds);
}

int
expression_real(const struct expression *expression, expression_lookup lookup,
    const void *context, double *value_r)
{
	int is_there = run(expression, lookup, context, 1) &&
	    sqlite3_column_type(expression->statement, 0) != SQLITE_NULL;

	if (is_there)
		*value_r = sqlite3_column_double(expression->statement, 0);
	finish(expression);
	return (is_there);
}

int64_t
expression_number(const struct expression *expression, expression_lookup lookup,
    const void *context, int64_t otherwise)
{
	int64_t number = otherwise;

	if (run(expression, lookup, context, 0) &&
	    sqlite3_column_type(expression->statement, 0) != SQLITE_NULL)
		number = sqlite3_column_int64(expression->statement, 0);
	finish(expression);
	return (number);
}

void
expression_add_words(const struct expression *expression, struct text *out)
{
	const char *sql = sqlite3_sql(expression->statement);
	size_t around = strlen(EXPRESSION_FRONT) + strlen(EXPRESSION_BACK);

	text_add_bytes(
	    out, sql + strlen(EXPRESSION_FRONT), strlen(sql) - around);
}
