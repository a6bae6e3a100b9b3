#include "gateway/desk/anonymous_solve.h"

#include <stdlib.h>

#include "gateway/base/memory.h"

/* Whole numbers modulo a large prime: exact, and never too large.  That
 * something seems solved by chance of the prime hides one cell too many; that
 * something seems unsolved is one in 2^31. */
enum { PRIME = 2147483647 };

/* A matrix of equations (rows) over the hidden cells (columns). */
struct system {
	size_t columns;
	size_t rows;
	uint32_t *values; /* rows one after the other */
	size_t *cell_of; /* a column's */
	size_t *column_of; /* a hidden cell's */
};

static uint32_t *
row_at(const struct system *system, size_t row)
{
	return (system->values + row * system->columns);
}

static void
number_hidden(
    const struct anonymous *table, const char *shown, struct system *system)
{
	system->cell_of = memory_new(table->cell_count + 1, sizeof(size_t));
	system->column_of = memory_new(table->cell_count + 1, sizeof(size_t));
	for (size_t i = 0; i < table->cell_count; i++) {
		if (shown[i])
			continue;
		system->column_of[i] = system->columns;
		system->cell_of[system->columns++] = i;
	}
}

static int
begins_equation(const struct anonymous *table, size_t at)
{
	const struct anonymous_link *link = &table->links[at];

	return (at == 0 || link[-1].sum != link->sum ||
	    link[-1].attribute != link->attribute);
}

static void
fill(const struct anonymous *table, const char *shown, struct system *system)
{
	size_t row = 0;

	for (size_t i = 0; i < table->link_count; i++)
		system->rows += begins_equation(table, i) != 0;
	system->values = memory_new(
	    (system->rows + 1) * (system->columns + 1), sizeof(uint32_t));
	for (size_t i = 0; i < table->link_count; i++) {
		const struct anonymous_link *link = &table->links[i];
		uint32_t *values;

		row += i > 0 && begins_equation(table, i);
		values = row_at(system, row);
		if (begins_equation(table, i) && !shown[link->sum])
			values[system->column_of[link->sum]] = PRIME - 1;
		if (!shown[link->part])
			values[system->column_of[link->part]] = 1;
	}
}

static uint32_t
times(uint64_t a, uint64_t b)
{
	return ((uint32_t)(a * b % PRIME));
}

/* 1 / value: the power of PRIME - 2. */
static uint32_t
inverse_of(uint32_t value)
{
	uint32_t result = 1;

	for (uint32_t exponent = PRIME - 2; exponent > 0; exponent /= 2) {
		if (exponent % 2 == 1)
			result = times(result, value);
		value = times(value, value);
	}
	return (result);
}

static void
swap_rows(const struct system *system, size_t one, size_t other)
{
	uint32_t *a = row_at(system, one);
	uint32_t *b = row_at(system, other);

	for (size_t i = 0; i < system->columns && one != other; i++) {
		uint32_t kept = a[i];

		a[i] = b[i];
		b[i] = kept;
	}
}

/* Takes a column out of all rows but the one that has it first. */
static void
clear_column(const struct system *system, size_t done, size_t column)
{
	uint32_t *pivot = row_at(system, done);
	uint32_t factor = inverse_of(pivot[column]);

	for (size_t i = column; i < system->columns; i++)
		pivot[i] = times(pivot[i], factor);
	for (size_t row = 0; row < system->rows; row++) {
		uint32_t *values = row_at(system, row);
		uint64_t less = PRIME - (uint64_t)values[column];

		if (row == done || values[column] == 0)
			continue;
		for (size_t i = column; i < system->columns; i++) {
			if (pivot[i] != 0)
				values[i] =
				    (uint32_t)((values[i] + less * pivot[i]) %
					PRIME);
		}
	}
}

/* Leaves the rows reduced: each begins with a one that no other row has. */
static void
eliminate(const struct system *system)
{
	size_t done = 0;

	for (size_t column = 0; column < system->columns && done < system->rows;
	     column++) {
		size_t row = done;

		while (row < system->rows && row_at(system, row)[column] == 0)
			row++;
		if (row == system->rows)
			continue;
		swap_rows(system, done, row);
		clear_column(system, done, column);
		done++;
	}
}

/* A hidden cell is known when a row of it alone is left. */
static size_t
find_alone(const struct system *system, char *solved_r)
{
	size_t solved = 0;

	for (size_t row = 0; row < system->rows; row++) {
		const uint32_t *values = row_at(system, row);
		size_t terms = 0;
		size_t column = 0;

		for (size_t i = 0; i < system->columns && terms < 2; i++) {
			if (values[i] == 0)
				continue;
			terms++;
			column = i;
		}
		if (terms != 1)
			continue;
		solved_r[system->cell_of[column]] = 1;
		solved++;
	}
	return (solved);
}

size_t
anonymous_solve(
    const struct anonymous *table, const char *shown, char *solved_r)
{
	struct system system = { 0 };
	size_t solved;

	memset(solved_r, 0, table->cell_count);
	number_hidden(table, shown, &system);
	fill(table, shown, &system);
	eliminate(&system);
	solved = find_alone(&system, solved_r);
	free(system.values);
	free(system.cell_of);
	free(system.column_of);
	return (solved);
}
