#include "gateway/desk/release.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "gateway/base/memory.h"
#include "store/releases.h"

enum { FORM_BYTES = 64, INSIDE_MOST = 8 };

static const struct {
	enum tally_what what;
	struct anonymous_shape shape;
} kinds[] = {
	{ TALLY_REQUEST,
	    { "request", { "corridor", "urgency", "opened_by", "language" }, 4,
		0 } },
	{ TALLY_NEED, { "need", { "corridor", "need" }, 2, 0 } },
	{ TALLY_SIGN, { "sign", { "corridor", "sign" }, 2, 1u << 1 } },
	{ TALLY_FEEDBACK,
	    { "feedback", { "corridor", "question", "answer" }, 3, 1u << 1 } },
};
static_assert(COUNT_OF(kinds) == RELEASE_TABLES, "one table for each");

/* -- reading ---------------------------------------------------------------- */

/* People, not what they did: nobody is counted twice, in whatever weeks. */
static void
take(const struct tally_row *row, void *into)
{
	const char *const values[] = { row->corridor, row->first, row->second,
		row->third };

	if (row->new_callers > 0)
		anonymous_add(into, values, row->new_callers);
}

enum outcome
release_read(struct store *store, const struct export_tallies *wish,
    struct release *release)
{
	enum outcome outcome = DONE;

	*release = (struct release){ 0 };
	for (size_t i = 0; i < RELEASE_TABLES && outcome == DONE; i++) {
		struct tally_range range = { .what = kinds[i].what,
			.first_week = wish->first_week,
			.last_week = wish->last_week };

		release->tables[i].shape = &kinds[i].shape;
		outcome =
		    tallies_each(store, &range, take, &release->tables[i]);
		if (outcome == DONE)
			anonymous_finish(&release->tables[i], &wish->rule);
	}
	return (outcome);
}

void
release_free(struct release *release)
{
	for (size_t i = 0; i < RELEASE_TABLES; i++)
		anonymous_free(&release->tables[i]);
}

size_t
release_count_shown(const struct release *release)
{
	size_t shown = 0;

	for (size_t i = 0; i < RELEASE_TABLES; i++) {
		for (size_t k = 0; k < release->tables[i].cell_count; k++)
			shown += release->tables[i].cells[k].is_shown != 0;
	}
	return (shown);
}

/* -- what earlier releases showed ------------------------------------------- */

struct shown_cell {
	char *key;
	int64_t count;
};
struct shown {
	struct shown_cell *items; /* in order of keys */
	size_t count;
};

static void
keep_cell(const char *cell, int64_t count, void *into)
{
	struct shown *shown = into;

	shown->items = memory_grow(shown->items, shown->count, shown->count + 1,
	    sizeof(*shown->items));
	shown->items[shown->count++] =
	    (struct shown_cell){ memory_copy(cell), count };
}

static void
shown_free(struct shown *shown)
{
	for (size_t i = 0; i < shown->count; i++)
		free(shown->items[i].key);
	free(shown->items);
	*shown = (struct shown){ 0 };
}

static int
compare_shown(const void *left, const void *right)
{
	const struct shown_cell *a = left;
	const struct shown_cell *b = right;

	return (strcmp(a->key, b->key));
}

static const struct shown_cell *
find_shown(const struct shown *shown, const char *key)
{
	struct shown_cell wanted = { .key = (char *)(uintptr_t)key };

	if (shown->count == 0)
		return (NULL);
	return (bsearch(&wanted, shown->items, shown->count,
	    sizeof(*shown->items), compare_shown));
}

/* Adds what `shown` says to what is known of a table's cells. */
static void
add_past(const struct anonymous *table, const struct shown *shown, int is_first,
    struct anonymous_past *past)
{
	for (size_t i = 0; i < table->cell_count; i++) {
		const struct shown_cell *cell;
		struct text key = { 0 };

		anonymous_key(table, &table->cells[i], &key);
		cell = find_shown(shown, text_string(&key));
		past[i].is_known =
		    cell != NULL && (is_first || past[i].is_known);
		past[i].count += cell != NULL ? cell->count : 0;
		text_free(&key);
	}
}

/* -- beside the ledger ------------------------------------------------------ */

/* Of the earlier releases those whose weeks are among ours. */
struct beside {
	const struct release *release;
	struct shown inside[INSIDE_MOST];
	size_t count;
};

/* Whether one sum of earlier releases (a bit each) may be taken from ours. */
static int
differs_safely(const struct beside *beside, unsigned chosen)
{
	int is_safe = 1;

	for (size_t i = 0; i < RELEASE_TABLES && is_safe; i++) {
		const struct anonymous *table = &beside->release->tables[i];
		struct anonymous_past *past =
		    memory_new(table->cell_count + 1, sizeof(*past));
		int is_first = 1;

		for (size_t k = 0; k < beside->count; k++) {
			if ((chosen & 1u << k) == 0)
				continue;
			add_past(table, &beside->inside[k], is_first, past);
			is_first = 0;
		}
		is_safe = anonymous_differs_safely(table, past);
		free(past);
	}
	return (is_safe);
}

/* Earlier releases do not overlap each other unless one lies in the other, so
 * some sums are of weeks counted twice: these are compared as well, which
 * refuses too much rather than too little. */
static int
all_differ_safely(const struct beside *beside)
{
	for (unsigned chosen = 1; chosen < 1u << beside->count; chosen++) {
		if (!differs_safely(beside, chosen))
			return (0);
	}
	return (1);
}

static void
write_form(const struct export_tallies *wish, char form[FORM_BYTES])
{
	snprintf(form, FORM_BYTES, "1 k=%" PRId64 " base=%" PRId64,
	    wish->rule.k, wish->rule.base);
}

MUST_USE static enum outcome
refuse(enum export_reason why, enum export_reason *why_r)
{
	*why_r = why;
	return (REFUSED);
}

MUST_USE static enum outcome
compare_one(struct store *store, const struct export_tallies *wish,
    const struct release_entry *entry, struct beside *beside,
    enum export_reason *why_r)
{
	struct shown *shown = &beside->inside[beside->count];
	enum outcome outcome;

	if (strcmp(entry->last_week, wish->first_week) < 0 ||
	    strcmp(entry->first_week, wish->last_week) > 0)
		return (NOTHING);
	if (strcmp(entry->first_week, wish->first_week) < 0 ||
	    strcmp(entry->last_week, wish->last_week) > 0 ||
	    beside->count == INSIDE_MOST)
		return (refuse(EXPORT_OVERLAPS, why_r));
	outcome = releases_cells(store, entry->id, keep_cell, shown);
	if (shown->count > 0)
		qsort(shown->items, shown->count, sizeof(*shown->items),
		    compare_shown);
	beside->count++;
	return (outcome);
}

/* The very same cells with the very same counts. */
static int
is_same(const struct release *release, const struct shown *shown)
{
	size_t found = 0;

	for (size_t i = 0; i < RELEASE_TABLES; i++) {
		const struct anonymous *table = &release->tables[i];

		for (size_t k = 0; k < table->cell_count; k++) {
			const struct shown_cell *cell;
			struct text key = { 0 };

			if (!table->cells[k].is_shown)
				continue;
			anonymous_key(table, &table->cells[k], &key);
			cell = find_shown(shown, text_string(&key));
			text_free(&key);
			if (cell == NULL ||
			    cell->count != table->cells[k].count)
				return (0);
			found++;
		}
	}
	return (found == shown->count);
}

MUST_USE static enum outcome
compare_all(struct store *store, const struct export_tallies *wish,
    const struct release_ledger *ledger, struct beside *beside,
    enum export_reason *why_r)
{
	char form[FORM_BYTES];

	write_form(wish, form);
	for (size_t i = 0; i < ledger->count; i++) {
		const struct release_entry *entry = &ledger->items[i];
		int is_same_weeks =
		    strcmp(entry->first_week, wish->first_week) == 0 &&
		    strcmp(entry->last_week, wish->last_week) == 0;
		enum outcome outcome =
		    compare_one(store, wish, entry, beside, why_r);

		if (outcome != DONE && outcome != NOTHING)
			return (outcome);
		if (!is_same_weeks)
			continue;
		if (strcmp(entry->form, form) != 0 ||
		    !is_same(
			beside->release, &beside->inside[beside->count - 1]))
			return (refuse(EXPORT_OTHER_FORM, why_r));
		return (NOTHING);
	}
	return (DONE);
}

enum outcome
release_check(struct store *store, const struct export_tallies *wish,
    const struct release *release, int *is_repeat_r, enum export_reason *why_r)
{
	struct release_ledger ledger;
	struct beside beside = { .release = release };
	enum outcome outcome = releases_list(store, &ledger);

	if (outcome != DONE)
		return (outcome);
	outcome = compare_all(store, wish, &ledger, &beside, why_r);
	*is_repeat_r = outcome == NOTHING;
	if (outcome == DONE && !all_differ_safely(&beside))
		outcome = refuse(EXPORT_SINGLES_OUT, why_r);
	for (size_t i = 0; i < INSIDE_MOST; i++)
		shown_free(&beside.inside[i]);
	free(ledger.items);
	return (outcome == NOTHING ? DONE : outcome);
}

MUST_USE static enum outcome
write_cells(struct store *store, int64_t release, const struct anonymous *table)
{
	enum outcome outcome = DONE;

	for (size_t i = 0; i < table->cell_count && outcome == DONE; i++) {
		struct text key = { 0 };

		if (!table->cells[i].is_shown)
			continue;
		anonymous_key(table, &table->cells[i], &key);
		outcome = releases_add_cell(
		    store, release, text_string(&key), table->cells[i].count);
		text_free(&key);
	}
	return (outcome);
}

enum outcome
release_write(struct store *store, int64_t staff,
    const struct export_tallies *wish, const struct release *release)
{
	struct release_entry entry = { .made_utc_s = wish->now_utc_s,
		.staff = staff };
	int64_t id;
	enum outcome outcome;

	snprintf(
	    entry.first_week, sizeof(entry.first_week), "%s", wish->first_week);
	snprintf(
	    entry.last_week, sizeof(entry.last_week), "%s", wish->last_week);
	write_form(wish, entry.form);
	outcome = releases_add(store, &entry, &id);
	for (size_t i = 0; i < RELEASE_TABLES && outcome == DONE; i++)
		outcome = write_cells(store, id, &release->tables[i]);
	return (outcome);
}
