#include "gateway/desk/anonymous.h"

#include <stdlib.h>
#include <string.h>

#include "gateway/base/memory.h"
#include "gateway/desk/anonymous_solve.h"

static int
count_bits(unsigned mask)
{
	return (__builtin_popcount(mask));
}

/* -- cells ------------------------------------------------------------------ */

static int
place_of_name(struct anonymous *table, const char *name)
{
	for (size_t i = 0; i < table->name_count; i++) {
		if (strcmp(table->names[i], name) == 0)
			return ((int)i);
	}
	table->names = memory_grow(table->names, table->name_count,
	    table->name_count + 1, sizeof(*table->names));
	table->names[table->name_count] = memory_copy(name);
	return ((int)table->name_count++);
}

static int
compare_cells(const void *left, const void *right)
{
	const struct anonymous_cell *a = left;
	const struct anonymous_cell *b = right;

	if (a->mask != b->mask)
		return (a->mask < b->mask ? -1 : 1);
	for (size_t i = 0; i < ANONYMOUS_ATTRIBUTES_MOST; i++) {
		if (a->values[i] != b->values[i])
			return (a->values[i] < b->values[i] ? -1 : 1);
	}
	return (0);
}

/* Adds the counts of equal cells up; leaves them in order. */
static void
merge_cells(struct anonymous *table)
{
	size_t kept = 0;

	if (table->cell_count == 0)
		return;
	qsort(table->cells, table->cell_count, sizeof(*table->cells),
	    compare_cells);
	for (size_t i = 1; i < table->cell_count; i++) {
		if (compare_cells(&table->cells[kept], &table->cells[i]) == 0)
			table->cells[kept].count += table->cells[i].count;
		else
			table->cells[++kept] = table->cells[i];
	}
	table->cell_count = kept + 1;
}

/* Room grows by doubling: there are many. */
static struct anonymous_cell *
new_cell(struct anonymous *table)
{
	size_t count = table->cell_count;

	if ((count & (count - 1)) == 0)
		table->cells = memory_grow(table->cells, count,
		    count > 0 ? 2 * count : 1, sizeof(*table->cells));
	table->cell_count++;
	return (&table->cells[count]);
}

void
anonymous_add(struct anonymous *table, const char *const *values, int64_t count)
{
	size_t attributes = table->shape->attribute_count;
	struct anonymous_cell cell = { .mask = (1u << attributes) - 1,
		.count = count };

	for (size_t i = 0; i < ANONYMOUS_ATTRIBUTES_MOST; i++)
		cell.values[i] =
		    i < attributes ? place_of_name(table, values[i]) : -1;
	if (count > 0)
		*new_cell(table) = cell;
}

/* All sums over the cells there are, which have every attribute. */
static void
add_sums(struct anonymous *table)
{
	const struct anonymous_shape *shape = table->shape;
	unsigned all = (1u << shape->attribute_count) - 1;
	struct anonymous_cell *whole = table->cells;
	size_t whole_count = table->cell_count;

	table->cells = NULL;
	table->cell_count = 0;
	for (size_t i = 0; i < whole_count; i++) {
		for (unsigned mask = 0; mask <= all; mask++) {
			struct anonymous_cell *cell;

			if ((mask & shape->always) != shape->always ||
			    count_bits(mask) > ANONYMOUS_TOGETHER_MOST)
				continue;
			cell = new_cell(table);
			*cell = whole[i];
			cell->mask = mask;
			for (size_t k = 0; k < ANONYMOUS_ATTRIBUTES_MOST; k++) {
				if ((mask & 1u << k) == 0)
					cell->values[k] = -1;
			}
		}
	}
	free(whole);
	merge_cells(table);
}

/* -- which parts make which sum --------------------------------------------- */

static int
compare_links(const void *left, const void *right)
{
	const struct anonymous_link *a = left;
	const struct anonymous_link *b = right;

	if (a->sum != b->sum)
		return (a->sum < b->sum ? -1 : 1);
	if (a->attribute != b->attribute)
		return (a->attribute < b->attribute ? -1 : 1);
	return (a->part < b->part ? -1 : a->part > b->part);
}

static void
add_link(struct anonymous *table, size_t part, unsigned attribute)
{
	struct anonymous_cell sum = table->cells[part];
	const struct anonymous_cell *found;
	size_t count = table->link_count;

	sum.mask &= ~(1u << attribute);
	sum.values[attribute] = -1;
	found = bsearch(&sum, table->cells, table->cell_count,
	    sizeof(*table->cells), compare_cells);
	if (found == NULL)
		return;
	if ((count & (count - 1)) == 0)
		table->links = memory_grow(table->links, count,
		    count > 0 ? 2 * count : 1, sizeof(*table->links));
	table->links[table->link_count++] = (struct anonymous_link){
		.sum = (size_t)(found - table->cells),
		.attribute = attribute,
		.part = part,
	};
}

static void
add_links(struct anonymous *table)
{
	for (size_t i = 0; i < table->cell_count; i++) {
		for (unsigned k = 0; k < table->shape->attribute_count; k++) {
			if ((table->cells[i].mask & 1u << k) != 0 &&
			    (table->shape->always & 1u << k) == 0)
				add_link(table, i, k);
		}
	}
	if (table->link_count > 0)
		qsort(table->links, table->link_count, sizeof(*table->links),
		    compare_links);
}

/* The links of one equation: a sum and its parts along one attribute. */
struct equation {
	const struct anonymous_link *links;
	size_t count;
};

/* The equation that begins at `at`. */
static struct equation
equation_at(const struct anonymous *table, size_t at)
{
	struct equation equation = { &table->links[at], 1 };

	while (at + equation.count < table->link_count &&
	    table->links[at + equation.count].sum == table->links[at].sum &&
	    table->links[at + equation.count].attribute ==
		table->links[at].attribute)
		equation.count++;
	return (equation);
}

/* -- hiding ----------------------------------------------------------------- */

/* Whether an equation gives something hidden away, where `shown` says which
 * cells are known. */
static int
gives_away(const struct anonymous *table, const struct equation *equation,
    const char *shown)
{
	int is_sum_shown = shown[equation->links[0].sum] != 0;
	size_t unknown = is_sum_shown ? 0 : 1;
	int64_t hidden = 0;

	for (size_t i = 0; i < equation->count; i++) {
		size_t part = equation->links[i].part;

		if (shown[part])
			continue;
		unknown++;
		hidden += table->cells[part].count;
	}
	if (unknown == 1)
		return (1);
	return (is_sum_shown && unknown > 0 && hidden < table->rule.k);
}

/* Hides the smallest known member of an equation: a part, else the sum.  0
 * when all are hidden. */
static int
hide_one_more(
    const struct anonymous *table, const struct equation *equation, char *shown)
{
	size_t smallest = equation->links[0].sum;
	int has_part = 0;

	for (size_t i = 0; i < equation->count; i++) {
		size_t part = equation->links[i].part;

		if (!shown[part])
			continue;
		if (!has_part ||
		    table->cells[part].count < table->cells[smallest].count)
			smallest = part;
		has_part = 1;
	}
	if (!shown[smallest])
		return (0);
	shown[smallest] = 0;
	return (1);
}

/* Each round hides at least one more, so it ends. */
static void
hide_in_equations(const struct anonymous *table, char *shown)
{
	int has_changed;

	do {
		has_changed = 0;
		for (size_t at = 0; at < table->link_count;) {
			struct equation equation = equation_at(table, at);

			while (gives_away(table, &equation, shown) &&
			    hide_one_more(table, &equation, shown))
				has_changed = 1;
			at += equation.count;
		}
	} while (has_changed);
}

/* Where every equation with it is hidden as a whole, the finest and smallest
 * of all that is shown goes. */
static void
hide_finest(const struct anonymous *table, char *shown)
{
	const struct anonymous_cell *cells = table->cells;
	size_t finest = table->cell_count;

	for (size_t i = 0; i < table->cell_count; i++) {
		int bits = count_bits(cells[i].mask);

		if (!shown[i])
			continue;
		if (finest == table->cell_count ||
		    bits > count_bits(cells[finest].mask) ||
		    (bits == count_bits(cells[finest].mask) &&
			cells[i].count < cells[finest].count))
			finest = i;
	}
	if (finest < table->cell_count)
		shown[finest] = 0;
}

/* Hides one more beside each small cell that many equations together give
 * away. */
static void
hide_beside(const struct anonymous *table, const char *solved, char *shown)
{
	int has_changed = 0;

	for (size_t at = 0; at < table->link_count;) {
		struct equation equation = equation_at(table, at);
		int is_given_away = 0;

		for (size_t i = 0; i < equation.count; i++) {
			size_t part = equation.links[i].part;

			is_given_away |= solved[part] &&
			    table->cells[part].count < table->rule.k;
		}
		if (is_given_away)
			has_changed |= hide_one_more(table, &equation, shown);
		at += equation.count;
	}
	if (!has_changed)
		hide_finest(table, shown);
}

static int
solves_small(const struct anonymous *table, const char *solved)
{
	for (size_t i = 0; i < table->cell_count; i++) {
		if (solved[i] && table->cells[i].count < table->rule.k)
			return (1);
	}
	return (0);
}

/* Until nothing small can be worked out; at the latest when nothing is shown
 * any more. */
static void
hide(const struct anonymous *table, char *shown)
{
	char *solved = memory_new(table->cell_count + 1, 1);

	for (;;) {
		hide_in_equations(table, shown);
		if (anonymous_solve(table, shown, solved) == 0 ||
		    !solves_small(table, solved))
			break;
		hide_beside(table, solved, shown);
	}
	free(solved);
}

void
anonymous_finish(struct anonymous *table, const struct anonymous_rule *rule)
{
	char *shown;

	table->rule = *rule;
	merge_cells(table);
	add_sums(table);
	add_links(table);
	shown = memory_new(table->cell_count + 1, 1);
	for (size_t i = 0; i < table->cell_count; i++)
		shown[i] = table->cells[i].count >= rule->k;
	hide(table, shown);
	for (size_t i = 0; i < table->cell_count; i++)
		table->cells[i].is_shown = shown[i];
	free(shown);
}

void
anonymous_free(struct anonymous *table)
{
	for (size_t i = 0; i < table->name_count; i++)
		free(table->names[i]);
	free(table->names);
	free(table->cells);
	free(table->links);
	*table = (struct anonymous){ .shape = table->shape };
}

/* -- what is shown ---------------------------------------------------------- */

const char *
anonymous_value(const struct anonymous *table,
    const struct anonymous_cell *cell, size_t attribute)
{
	if (cell->values[attribute] < 0)
		return ("");
	return (table->names[cell->values[attribute]]);
}

void
anonymous_key(const struct anonymous *table, const struct anonymous_cell *cell,
    struct text *key)
{
	text_add(key, table->shape->what);
	for (size_t i = 0; i < table->shape->attribute_count; i++) {
		if ((cell->mask & 1u << i) != 0)
			text_printf(key, "|%s=%s", table->shape->attributes[i],
			    anonymous_value(table, cell, i));
	}
}

int64_t
anonymous_rounded(const struct anonymous_rule *rule, int64_t count)
{
	return (count - count % rule->base);
}

/* -- beside earlier releases ------------------------------------------------ */

static int
isolates(const struct anonymous *table, int64_t difference)
{
	int64_t size = difference < 0 ? -difference : difference;

	return (size > 0 && size < table->rule.k);
}

/* What is left over of an equation between the differences known. */
static int64_t
left_over(const struct anonymous *table, const struct equation *equation,
    const struct anonymous_past *past)
{
	size_t sum = equation->links[0].sum;
	int64_t rest = table->cells[sum].count - past[sum].count;

	for (size_t i = 0; i < equation->count; i++) {
		size_t part = equation->links[i].part;

		if (table->cells[part].is_shown && past[part].is_known)
			rest -= table->cells[part].count - past[part].count;
	}
	return (rest);
}

int
anonymous_differs_safely(
    const struct anonymous *table, const struct anonymous_past *past)
{
	for (size_t i = 0; i < table->cell_count; i++) {
		if (table->cells[i].is_shown && past[i].is_known &&
		    isolates(table, table->cells[i].count - past[i].count))
			return (0);
	}
	for (size_t at = 0; at < table->link_count;) {
		struct equation equation = equation_at(table, at);
		size_t sum = equation.links[0].sum;

		if (table->cells[sum].is_shown && past[sum].is_known &&
		    isolates(table, left_over(table, &equation, past)))
			return (0);
		at += equation.count;
	}
	return (1);
}
