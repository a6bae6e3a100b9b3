/* Conditions: SQL expressions over answers and scores.
 *
 * SQLite parses and evaluates them on a connection in memory whose authorizer
 * allows one SELECT of one expression and six functions, and nothing else: no
 * tables, no subqueries, no clock, no chance.  Length, depth and running time
 * are bounded.  Values come in through named parameters only (`:fee`).
 *
 * Owns the connection; expressions must be freed before it is closed.  One
 * process, one thread.
 */
#ifndef MENUS_EXPRESSION_H
#define MENUS_EXPRESSION_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

struct expression_home;
struct expression;

enum { EXPRESSION_MAX_BYTES = 2000, EXPRESSION_NAMES_MOST = 64 };

/* What a parameter stands for.  Zeroed, it is NULL. */
struct expression_value {
	int is_number;
	int64_t number;
	const char *words; /* when not a number; NULL is SQL's NULL */
};

/* Says what a parameter is worth now.  `name` is without its colon. */
typedef void (*expression_lookup)(
    const void *context, const char *name, struct expression_value *value_r);

struct expression_home *expression_home_open(void);
void expression_home_close(struct expression_home *home);

/*
 * Compiles an expression.
 *
 * DONE     *expression_r is yours until expression_free()
 * REFUSED  it is none, or does what is not allowed; *why says what to mend
 */
MUST_USE enum outcome expression_compile(struct expression_home *home,
    const char *words, struct expression **expression_r, struct text *why);
void expression_free(struct expression *expression);

/* The names it asks for, each once. */
size_t expression_name_count(const struct expression *expression);
const char *expression_name(const struct expression *expression, size_t index);

/* Adds it as it was written. */
void expression_add_words(
    const struct expression *expression, struct text *out);

/* 1 when it holds; NULL does not. */
int expression_holds(const struct expression *expression,
    expression_lookup lookup, const void *context);

/* Its value with every number taken as a real one, so that 7 / 2 is 3.5: 1
 * and *value_r, or 0 when it is NULL. */
int expression_real(const struct expression *expression,
    expression_lookup lookup, const void *context, double *value_r);

/* Its value as a whole number, or `otherwise` when it is NULL. */
int64_t expression_number(const struct expression *expression,
    expression_lookup lookup, const void *context, int64_t otherwise);

#endif
