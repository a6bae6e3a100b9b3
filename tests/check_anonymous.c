/* Counts that may leave: on random data nothing small is shown, derived, or
 * left over between two releases. */
#include "gateway/base/memory.h"
#include "gateway/base/outcome.h"
#include "gateway/desk/anonymous.h"
#include "tests/check_main.h"

enum { TABLES = 200, VALUES_MOST = 6 };

static const struct anonymous_shape shape = { "request",
	{ "corridor", "urgency", "opened_by", "language" }, 4, 0 };
static const struct anonymous_shape sign_shape = { "sign",
	{ "corridor", "sign" }, 2, 1u << 1 };
static const struct anonymous_rule rule = { 11, 5 };

/* A generator of our own: the same tables on every machine. */
static uint64_t seed;

static int
random_below(int limit)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return ((int)(seed % (uint64_t)limit));
}

/* Some values are common and most are rare, as in life. */
static void
fill(struct anonymous *table, int rows)
{
	static const char *const names[][VALUES_MOST] = {
		{ "nepal", "dhaka", "kiev", "addis", "yangon", "manila" },
		{ "low", "normal", "high", "now", "low", "normal" },
		{ "help", "menu", "unclear", "help", "help", "menu" },
		{ "ne", "bn", "uk", "am", "my", "en" },
	};

	for (int i = 0; i < rows; i++) {
		const char *values[4];

		for (size_t k = 0; k < 4; k++) {
			int place = random_below(VALUES_MOST);

			values[k] = names[k][place * random_below(2)];
		}
		anonymous_add(table, values,
		    1 + random_below(random_below(4) == 0 ? 40 : 3));
	}
}

static void
make(struct anonymous *table, int number)
{
	*table = (struct anonymous){ .shape = &shape };
	seed = 88172645463325252u + (uint64_t)number;
	fill(table, 5 + random_below(120));
}

/* -- the attacker, who knows all counts shown exactly, and every zero ------- */

enum { PRIME = 1000003 };

static int64_t
power(int64_t base, int64_t exponent)
{
	int64_t result = 1;

	for (; exponent > 0; exponent /= 2) {
		if (exponent % 2 == 1)
			result = result * base % PRIME;
		base = base * base % PRIME;
	}
	return (result);
}

struct attack {
	const struct anonymous *table;
	int *place; /* of a cell among the unknown, or -1 */
	size_t *cell; /* and back */
	size_t unknown;
	int64_t *rows; /* `unknown` columns each */
	size_t row_count;
};

static void
attack_begin(struct attack *attack, const struct anonymous *table)
{
	size_t count = table->cell_count;

	*attack = (struct attack){ .table = table };
	attack->place = memory_new(count + 1, sizeof(int));
	attack->cell = memory_new(count + 1, sizeof(size_t));
	for (size_t i = 0; i < count; i++) {
		attack->place[i] = -1;
		if (table->cells[i].is_shown)
			continue;
		attack->cell[attack->unknown] = i;
		attack->place[i] = (int)attack->unknown++;
	}
	attack->rows = memory_new(
	    (table->link_count + 1) * (attack->unknown + 1), sizeof(int64_t));
}

static void
attack_end(struct attack *attack)
{
	free(attack->place);
	free(attack->cell);
	free(attack->rows);
}

static void
add_equations(struct attack *attack)
{
	const struct anonymous *table = attack->table;

	for (size_t i = 0; i < table->link_count; i++) {
		const struct anonymous_link *link = &table->links[i];
		int is_new = i == 0 || link[-1].sum != link->sum ||
		    link[-1].attribute != link->attribute;
		int64_t *row;

		attack->row_count += is_new;
		row = attack->rows + (attack->row_count - 1) * attack->unknown;
		if (is_new && attack->place[link->sum] >= 0)
			row[attack->place[link->sum]] = PRIME - 1;
		if (attack->place[link->part] >= 0)
			row[attack->place[link->part]] = 1;
	}
}

static void
subtract(int64_t *row, const int64_t *pivot, int64_t times, size_t columns)
{
	for (size_t i = 0; i < columns; i++)
		row[i] = (row[i] + (PRIME - times) * pivot[i]) % PRIME;
}

static void
eliminate(struct attack *attack)
{
	size_t columns = attack->unknown;
	size_t done = 0;

	for (size_t column = 0; column < columns; column++) {
		size_t pivot = done;
		int64_t *row;
		int64_t inverse;

		while (pivot < attack->row_count &&
		    attack->rows[pivot * columns + column] == 0)
			pivot++;
		if (pivot == attack->row_count)
			continue;
		row = attack->rows + done * columns;
		for (size_t i = 0; i < columns && pivot != done; i++) {
			int64_t kept = row[i];

			row[i] = attack->rows[pivot * columns + i];
			attack->rows[pivot * columns + i] = kept;
		}
		inverse = power(row[column], PRIME - 2);
		for (size_t i = 0; i < columns; i++)
			row[i] = row[i] * inverse % PRIME;
		for (size_t other = 0; other < attack->row_count; other++) {
			int64_t *with = attack->rows + other * columns;

			if (other != done && with[column] != 0)
				subtract(with, row, with[column], columns);
		}
		done++;
	}
}

/* How many hidden cells with fewer than k have one solution. */
static size_t
count_solved(struct attack *attack)
{
	size_t solved = 0;

	for (size_t i = 0; i < attack->row_count; i++) {
		const int64_t *row = attack->rows + i * attack->unknown;
		size_t terms = 0;
		size_t last = 0;

		for (size_t k = 0; k < attack->unknown; k++) {
			terms += row[k] != 0;
			last = row[k] != 0 ? k : last;
		}
		if (terms == 1 &&
		    attack->table->cells[attack->cell[last]].count < rule.k)
			solved++;
	}
	return (solved);
}

START_TEST(what_is_hidden_cannot_be_solved_for)
{
	size_t solved = 0;
	size_t hidden = 0;
	size_t shown = 0;

	for (int number = 0; number < TABLES; number++) {
		struct anonymous table;
		struct attack attack;

		make(&table, number);
		anonymous_finish(&table, &rule);
		attack_begin(&attack, &table);
		add_equations(&attack);
		eliminate(&attack);
		solved += count_solved(&attack);
		hidden += attack.unknown;
		shown += table.cell_count - attack.unknown;
		attack_end(&attack);
		anonymous_free(&table);
	}
	ck_assert_uint_eq(solved, 0);
	ck_assert_uint_gt(hidden, 1000);
	ck_assert_uint_gt(shown, 1000);
}
END_TEST

START_TEST(nothing_under_k_is_shown_and_all_is_rounded)
{
	for (int number = 0; number < TABLES; number++) {
		struct anonymous table;

		make(&table, number);
		anonymous_finish(&table, &rule);
		for (size_t i = 0; i < table.cell_count; i++) {
			const struct anonymous_cell *cell = &table.cells[i];
			int64_t said = anonymous_rounded(&rule, cell->count);

			ck_assert_int_eq((int)(said % rule.base), 0);
			ck_assert(said <= cell->count &&
			    cell->count < said + rule.base);
			if (cell->is_shown)
				ck_assert_int_ge((int)cell->count, 11);
		}
		anonymous_free(&table);
	}
}
END_TEST

/* Sums are found again by hand, without the links. */
static int
is_part_of(const struct anonymous_cell *part, const struct anonymous_cell *sum)
{
	for (size_t i = 0; i < ANONYMOUS_ATTRIBUTES_MOST; i++) {
		if (sum->values[i] >= 0 && sum->values[i] != part->values[i])
			return (0);
	}
	return (1);
}

START_TEST(behind_a_shown_sum_no_group_under_k_is_left)
{
	for (int number = 0; number < TABLES / 4; number++) {
		struct anonymous table;

		make(&table, number);
		anonymous_finish(&table, &rule);
		for (size_t i = 0; i < table.cell_count; i++) {
			for (unsigned k = 0; k < 4; k++) {
				const struct anonymous_cell *sum =
				    &table.cells[i];
				int64_t rest = sum->count;

				if (!sum->is_shown ||
				    (sum->mask & 1u << k) != 0 ||
				    __builtin_popcount(sum->mask) > 2)
					continue;
				for (size_t j = 0; j < table.cell_count; j++) {
					const struct anonymous_cell *part =
					    &table.cells[j];

					if (part->is_shown &&
					    part->mask ==
						(sum->mask | 1u << k) &&
					    is_part_of(part, sum))
						rest -= part->count;
				}
				ck_assert(rest == 0 || rest >= rule.k);
			}
		}
		anonymous_free(&table);
	}
}
END_TEST

START_TEST(what_adds_up_over_signs_is_no_count_of_people_and_not_there)
{
	struct anonymous table = { .shape = &sign_shape };

	anonymous_add(&table, (const char *[]){ "nepal", "papers" }, 40);
	anonymous_add(&table, (const char *[]){ "nepal", "locked" }, 40);
	anonymous_add(&table, (const char *[]){ "dhaka", "papers" }, 40);
	anonymous_finish(&table, &rule);
	ck_assert_uint_eq(table.cell_count, 5);
	for (size_t i = 0; i < table.cell_count; i++)
		ck_assert_uint_ne(table.cells[i].mask & 1u << 1, 0);
	anonymous_free(&table);
}
END_TEST

START_TEST(one_small_part_takes_another_with_it)
{
	struct anonymous table = { .shape = &shape };
	struct text key = { 0 };
	size_t shown = 0;

	anonymous_add(
	    &table, (const char *[]){ "nepal", "low", "help", "ne" }, 50);
	anonymous_add(
	    &table, (const char *[]){ "nepal", "now", "help", "ne" }, 3);
	anonymous_add(
	    &table, (const char *[]){ "nepal", "high", "help", "ne" }, 20);
	anonymous_finish(&table, &rule);
	for (size_t i = 0; i < table.cell_count; i++) {
		if (!table.cells[i].is_shown || table.cells[i].mask != 1u << 1)
			continue;
		text_clear(&key);
		anonymous_key(&table, &table.cells[i], &key);
		ck_assert_str_eq(key.bytes, "request|urgency=low");
		shown++;
	}
	ck_assert_uint_eq(shown, 1);
	text_free(&key);
	anonymous_free(&table);
}
END_TEST

/* -- two releases ----------------------------------------------------------- */

static const struct anonymous_cell *
find_key(const struct anonymous *table, const char *wanted)
{
	for (size_t i = 0; i < table->cell_count; i++) {
		struct text key = { 0 };
		int is_it;

		anonymous_key(table, &table->cells[i], &key);
		is_it = strcmp(key.bytes, wanted) == 0;
		text_free(&key);
		if (is_it)
			return (&table->cells[i]);
	}
	return (NULL);
}

static struct anonymous_past *
past_of(const struct anonymous *later, const struct anonymous *earlier)
{
	struct anonymous_past *past =
	    memory_new(later->cell_count + 1, sizeof(*past));

	for (size_t i = 0; i < later->cell_count; i++) {
		const struct anonymous_cell *was;
		struct text key = { 0 };

		anonymous_key(later, &later->cells[i], &key);
		was = find_key(earlier, key.bytes);
		past[i].is_known = was != NULL && was->is_shown;
		past[i].count = past[i].is_known ? was->count : 0;
		text_free(&key);
	}
	return (past);
}

/* The same rows, and some more of a later week. */
static void
make_pair(int number, struct anonymous *earlier, struct anonymous *later)
{
	int rows;

	*earlier = (struct anonymous){ .shape = &shape };
	*later = (struct anonymous){ .shape = &shape };
	seed = 88172645463325252u + (uint64_t)number;
	rows = 20 + random_below(60);
	fill(earlier, rows);
	seed = 88172645463325252u + (uint64_t)number;
	(void)random_below(60);
	fill(later, rows);
	if (number % 3 == 0)
		return;
	if (number % 3 == 1) {
		fill(later, 1 + random_below(4));
		return;
	}
	/* A later time like the first one, only larger. */
	for (int times = 0; times < 12; times++) {
		seed = 88172645463325252u + (uint64_t)number;
		(void)random_below(60);
		fill(later, rows);
	}
}

START_TEST(a_release_beside_an_earlier_one_isolates_nobody)
{
	int allowed = 0;
	int refused = 0;

	for (int number = 0; number < 60; number++) {
		struct anonymous earlier;
		struct anonymous later;
		struct anonymous_past *past;
		int is_small = 0;

		make_pair(number, &earlier, &later);
		anonymous_finish(&earlier, &rule);
		anonymous_finish(&later, &rule);
		past = past_of(&later, &earlier);
		for (size_t i = 0; i < later.cell_count; i++) {
			int64_t more = later.cells[i].count - past[i].count;

			if (later.cells[i].is_shown && past[i].is_known)
				is_small |= more > 0 && more < rule.k;
		}
		if (anonymous_differs_safely(&later, past)) {
			ck_assert_int_eq(is_small, 0);
			allowed++;
		} else {
			refused++;
		}
		free(past);
		anonymous_free(&earlier);
		anonymous_free(&later);
	}
	ck_assert_int_gt(allowed, 10);
	ck_assert_int_gt(refused, 10);
}
END_TEST

START_TEST(an_empty_table_shows_nothing)
{
	struct anonymous table = { .shape = &shape };

	anonymous_finish(&table, &rule);
	ck_assert_uint_eq(table.cell_count, 0);
	anonymous_free(&table);
}
END_TEST

static Suite *
suite_of_anonymous(void)
{
	Suite *suite = suite_create("anonymous");
	TCase *tests = tcase_create("anonymous");

	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, what_is_hidden_cannot_be_solved_for);
	tcase_add_test(tests, nothing_under_k_is_shown_and_all_is_rounded);
	tcase_add_test(tests, behind_a_shown_sum_no_group_under_k_is_left);
	tcase_add_test(
	    tests, what_adds_up_over_signs_is_no_count_of_people_and_not_there);
	tcase_add_test(tests, one_small_part_takes_another_with_it);
	tcase_add_test(tests, a_release_beside_an_earlier_one_isolates_nobody);
	tcase_add_test(tests, an_empty_table_shows_nothing);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_anonymous);
