/* Counts that may leave: which cells of a table of counts can be shown so that
 * nobody is singled out.  Pure.
 *
 * A table has up to four attributes (corridor, urgency ...).  A cell is a
 * count for some values of at most three of them, the others taken together:
 * the total, each corridor, each corridor with each urgency, and so on.
 *
 *   1. a cell of fewer than k is hidden (k is 11 or more)
 *   2. where a shown sum and its shown parts would give a hidden one away,
 *      more is hidden: behind every shown sum stand either no hidden parts, or
 *      at least two of them with k or more together; and no hidden cell is
 *      what is left over of an equation of shown ones
 *   3. what is shown is rounded down to a multiple of a base, so that even the
 *      sums of many tables cannot be solved exactly
 *
 * A cell that is hidden and one that is zero look the same: neither is there.
 * Laid beside an earlier release, the differences of all cells shown in both,
 * and what is left over of their sums, must be zero, or k or more.
 */
#ifndef GATEWAY_DESK_ANONYMOUS_H
#define GATEWAY_DESK_ANONYMOUS_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/text.h"

enum {
	ANONYMOUS_K_LEAST = 11,
	ANONYMOUS_K_MOST = 1000,
	ANONYMOUS_BASE_LEAST = 5,
	ANONYMOUS_BASE_MOST = 100,
	ANONYMOUS_ATTRIBUTES_MOST = 4,
	ANONYMOUS_TOGETHER_MOST = 3,
};

/* What is counted, and by what.  Constant and borrowed. */
struct anonymous_shape {
	const char *what; /* "request" */
	const char *attributes[ANONYMOUS_ATTRIBUTES_MOST];
	size_t attribute_count;
	unsigned always; /* attributes (a bit each) no cell leaves out: adding
			    up over them would count one person often */
};

struct anonymous_rule {
	int64_t k;
	int64_t base;
};

struct anonymous_cell {
	unsigned mask; /* attributes it has a value of */
	int values[ANONYMOUS_ATTRIBUTES_MOST]; /* places among the names; -1 */
	int64_t count;
	int is_shown;
};

/* A part and the sum it belongs to, by the attribute it has more. */
struct anonymous_link {
	size_t sum;
	unsigned attribute;
	size_t part;
};

/* Zeroed it is empty; fill it with anonymous_add(), then finish it. */
struct anonymous {
	const struct anonymous_shape *shape;
	struct anonymous_rule rule;
	char **names; /* of all attributes' values */
	size_t name_count;
	struct anonymous_cell *cells; /* in order of mask and values */
	size_t cell_count;
	struct anonymous_link *links; /* in order of sum and attribute */
	size_t link_count;
};

/* Counts more of something; one value per attribute, copied. */
void anonymous_add(
    struct anonymous *table, const char *const *values, int64_t count);

/* Makes all cells and says which are shown. */
void anonymous_finish(
    struct anonymous *table, const struct anonymous_rule *rule);
void anonymous_free(struct anonymous *table);

/* The value a cell has of an attribute, or "" when it is any. */
const char *anonymous_value(const struct anonymous *table,
    const struct anonymous_cell *cell, size_t attribute);
/* "request|corridor=nepal-gulf|urgency=now": the same in every release. */
void anonymous_key(const struct anonymous *table,
    const struct anonymous_cell *cell, struct text *key);
/* What is shown of a count. */
int64_t anonymous_rounded(const struct anonymous_rule *rule, int64_t count);

/* What is known from earlier releases of each cell, in the order of `cells`:
 * whether it was shown in all of them, and the sum of its counts. */
struct anonymous_past {
	int is_known;
	int64_t count;
};

/* 1 when no difference between the cells shown now and the past isolates fewer
 * than k. */
int anonymous_differs_safely(
    const struct anonymous *table, const struct anonymous_past *past);

#endif
