/* A year of releases by somebody who tries everything: whatever the ledger let
 * out, no two of them, and no sum of two taken from a third, differ by a few. */
#include "gateway/base/memory.h"
#include "gateway/desk/exports.h"
#include "store/releases.h"
#include "tests/check_main.h"
#include "tests/desk_world.h"

enum { WEEK_S = 7 * 86400, WEEKS = 24, TRIES = 150, LEAST = 11 };

static struct world world;
static uint64_t seed = 88172645463325252u;

static int
random_below(int limit)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return ((int)(seed % (uint64_t)limit));
}

static void
open_world(void)
{
	world_open(&world);
}

static void
close_world(void)
{
	world_close(&world);
}

/* Many of one kind, few of another, in most weeks. */
static void
count_a_year(void)
{
	static const char *const corridors[] = { "nepal-gulf", "ukraine-eu" };
	static const char *const urgencies[] = { "low", "low", "now" };

	ck_assert_int_eq(store_begin(world.store), DONE);
	for (int week = 1; week <= WEEKS; week++) {
		for (int i = random_below(60); i > 0; i--) {
			struct tally tally = { .what = TALLY_REQUEST,
				.corridor = corridors[random_below(9) / 8],
				.first = urgencies[random_below(3)],
				.second = "help",
				.third = "ne" };

			ck_assert_int_eq(
			    tallies_add(world.store, &tally,
				WORLD_NOW_UTC_S - week * (int64_t)WEEK_S),
			    DONE);
		}
	}
	ck_assert_int_eq(store_commit(world.store), DONE);
}

static enum export_reason
try_release(void)
{
	int from = 1 + random_below(WEEKS);
	int to = 1 + random_below(from);
	struct tally_week first =
	    tally_week_of(WORLD_NOW_UTC_S - from * (int64_t)WEEK_S);
	struct tally_week last =
	    tally_week_of(WORLD_NOW_UTC_S - to * (int64_t)WEEK_S);
	struct export_tallies wish = { .first_week = first.text,
		.last_week = last.text,
		.rule = { LEAST, 5 },
		.now_utc_s = WORLD_NOW_UTC_S };
	struct text out = { 0 };
	enum export_reason why;
	enum outcome outcome = exports_tallies(&world.sita, &wish, &out, &why);

	ck_assert_int_eq(outcome == DONE, why == EXPORT_FINE);
	ck_assert_int_eq(outcome == DONE, out.length > 0);
	text_free(&out);
	return (why);
}

/* -- looking back ----------------------------------------------------------- */

struct cells {
	char **keys;
	int64_t *counts;
	size_t count;
};

static void
keep(const char *cell, int64_t count, void *into)
{
	struct cells *cells = into;

	cells->keys = memory_grow(
	    cells->keys, cells->count, cells->count + 1, sizeof(*cells->keys));
	cells->counts = memory_grow(cells->counts, cells->count,
	    cells->count + 1, sizeof(*cells->counts));
	cells->keys[cells->count] = memory_copy(cell);
	cells->counts[cells->count++] = count;
}

/* The count of a cell in a release, or -1. */
static int64_t
count_in(const struct cells *cells, const char *key)
{
	for (size_t i = 0; i < cells->count; i++) {
		if (strcmp(cells->keys[i], key) == 0)
			return (cells->counts[i]);
	}
	return (-1);
}

static int
lies_in(const struct release_entry *part, const struct release_entry *whole)
{
	return (part != whole &&
	    strcmp(part->first_week, whole->first_week) >= 0 &&
	    strcmp(part->last_week, whole->last_week) <= 0);
}

static int
is_apart(const struct release_entry *one, const struct release_entry *other)
{
	return (strcmp(one->last_week, other->first_week) < 0 ||
	    strcmp(other->last_week, one->first_week) < 0);
}

static void
is_none_or_many(int64_t rest)
{
	ck_assert_msg(
	    rest <= 0 || rest >= LEAST, "%d are left over", (int)rest);
}

/* One release less another, or less two that are apart. */
static void
compare(const struct release_ledger *ledger, const struct cells *cells,
    size_t whole)
{
	for (size_t k = 0; k < cells[whole].count; k++) {
		const char *key = cells[whole].keys[k];
		int64_t all = cells[whole].counts[k];

		ck_assert_int_ge((int)all, LEAST);
		for (size_t a = 0; a < ledger->count; a++) {
			int64_t one = count_in(&cells[a], key);

			if (one < 0 ||
			    !lies_in(&ledger->items[a], &ledger->items[whole]))
				continue;
			is_none_or_many(all - one);
			for (size_t b = 0; b < a; b++) {
				int64_t other = count_in(&cells[b], key);

				if (other >= 0 &&
				    lies_in(&ledger->items[b],
					&ledger->items[whole]) &&
				    is_apart(
					&ledger->items[a], &ledger->items[b]))
					is_none_or_many(all - one - other);
			}
		}
	}
}

START_TEST(whatever_is_tried_no_releases_differ_by_a_few)
{
	struct release_ledger ledger;
	struct cells *cells;
	size_t reasons[EXPORT_STORE + 1] = { 0 };

	seed += (uint64_t)_i * 977;
	count_a_year();
	for (int i = 0; i < TRIES; i++)
		reasons[try_release()]++;
	ck_assert_int_eq(releases_list(world.store, &ledger), DONE);
	cells = memory_new(ledger.count, sizeof(*cells));
	for (size_t i = 0; i < ledger.count; i++)
		ck_assert_int_eq(releases_cells(world.store, ledger.items[i].id,
				     keep, &cells[i]),
		    DONE);
	for (size_t i = 0; i < ledger.count; i++)
		compare(&ledger, cells, i);
	/* Something of each kind happened, or nothing was tried. */
	ck_assert_uint_gt(ledger.count, 3);
	ck_assert_uint_gt(reasons[EXPORT_SINGLES_OUT], 0);
	ck_assert_uint_gt(reasons[EXPORT_OVERLAPS], 0);
	for (size_t i = 0; i < ledger.count; i++) {
		for (size_t k = 0; k < cells[i].count; k++)
			free(cells[i].keys[k]);
		free(cells[i].keys);
		free(cells[i].counts);
	}
	free(cells);
	free(ledger.items);
}
END_TEST

static Suite *
suite_of_ledger(void)
{
	Suite *suite = suite_create("release ledger");
	TCase *tests = tcase_create("ledger");

	tcase_set_timeout(tests, 120);
	tcase_add_unchecked_fixture(tests, world_make_once, world_remove);
	tcase_add_checked_fixture(tests, open_world, close_world);
	/* Another year each time. */
	tcase_add_loop_test(
	    tests, whatever_is_tried_no_releases_differ_by_a_few, 0, 6);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_ledger);
