/* Long texts out of their parts.
 *
 * The parts of one text share line, sender, reference, size of the reference
 * and count.  A phone takes a reference again sooner or later, so rows that
 * share all of this are split into runs, in the order they came: a new run
 * begins where a part comes again with another text, or JOURNAL_JOIN_WITHIN_S
 * after the run's first.  A part that comes again with the same text belongs
 * to its run and adds nothing.  So an orphan of an earlier text is not mixed
 * into a later one that is whole, and goes out late, by itself.
 */
#include <assert.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "store/journal_parts.h"

enum sql { SQL_LIKE_PART, SQL_OLDEST_LATE, SQL_COUNT };

#define PART_COLUMNS \
	"other.id, other.dedupe, other.content, other.part," \
	" other.network_utc_s, other.arrived_utc_s, other.parts," \
	" other.line, other.kind, other.sender_kind, other.caller"
enum column {
	ID,
	DEDUPE,
	CONTENT,
	PART,
	NETWORK,
	ARRIVED,
	PARTS,
	LINE,
	KIND,
	SENDER_KIND,
	CALLER
};

static const char *const sql_text[] = {
	[SQL_LIKE_PART] = "SELECT " PART_COLUMNS " FROM journal AS one"
			  " JOIN journal AS other ON other.caller = one.caller"
			  " AND other.state = 'part' AND other.line = one.line"
			  " AND other.join_reference = one.join_reference"
			  " AND other.join_bits = one.join_bits"
			  " AND other.parts = one.parts"
			  " WHERE one.id = :id AND one.state = 'part'"
			  " ORDER BY other.arrived_utc_s, other.id LIMIT :most",
	[SQL_OLDEST_LATE] =
	    "SELECT id FROM journal WHERE state = 'part'"
	    " AND arrived_utc_s <= :before ORDER BY arrived_utc_s, id"
	    " LIMIT 1",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_JOINS, SQL_COUNT, sql_text };

/* Rows looked at together; more of one sender with one reference is somebody
 * playing, and goes out late. */
enum { ROWS_MOST = 2 * JOURNAL_PARTS_MOST };

/* What stands for parts that are missing. */
static const char gap[] = "...";

struct part_row {
	struct journal_row row; /* number and text opened */
	struct dedupe_key dedupe;
	unsigned char caller[sizeof(struct caller_key)];
	size_t caller_length;
	int64_t part;
	int64_t parts;
};

/* Rows of one run: the text of each part number, or NULL. */
struct run {
	size_t first; /* of the rows */
	size_t end;
	int64_t parts_there;
	const struct part_row *by_part[JOURNAL_PARTS_MOST + 1];
};

struct part_rows {
	struct part_row *items;
	size_t count;
};

static void
free_rows(struct part_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		journal_row_free(&rows->items[i].row);
	free(rows->items);
}

static void
read_part(struct store *store, const struct query *query, struct part_row *row)
{
	const void *bytes;
	size_t length;

	row->row.id.row = query_get_integer(query, ID);
	row->row.network_utc_s = query_get_integer(query, NETWORK);
	row->row.arrived_utc_s = query_get_integer(query, ARRIVED);
	text_add(&row->row.line, query_get_text(query, LINE));
	text_add(&row->row.kind, query_get_text(query, KIND));
	text_add(&row->row.sender_kind, query_get_text(query, SENDER_KIND));
	row->part = query_get_integer(query, PART);
	row->parts = query_get_integer(query, PARTS);
	bytes = query_get_bytes(query, DEDUPE, &length);
	if (length == sizeof(row->dedupe.bytes))
		memcpy(row->dedupe.bytes, bytes, length);
	bytes = query_get_bytes(query, CALLER, &length);
	if (length <= sizeof(row->caller)) {
		memcpy(row->caller, bytes, length);
		row->caller_length = length;
	}
	/* A part that does not open counts as one with a gap for a text: the
	 * others must not wait for it. */
	if (journal_unbox_content(store, query, DEDUPE, CONTENT, &row->row) !=
	    DONE) {
		log_err(
		    "journal=%lld does not open", (long long)row->row.id.row);
		text_add(&row->row.text, gap);
	}
}

MUST_USE static enum outcome
read_rows(struct store *store, struct journal_id part, struct part_rows *rows)
{
	struct query query = query_of(store->database, &sql, SQL_LIKE_PART);
	enum outcome outcome;

	query_integer(&query, ":id", part.row);
	query_integer(&query, ":most", ROWS_MOST);
	while ((outcome = query_next(&query)) == DONE) {
		rows->items = memory_grow(rows->items, rows->count,
		    rows->count + 1, sizeof(*rows->items));
		read_part(store, &query, &rows->items[rows->count++]);
	}
	return (outcome == NOTHING ? DONE : outcome);
}

static int
is_same_text(const struct part_row *a, const struct part_row *b)
{
	return (
	    strcmp(text_string(&a->row.text), text_string(&b->row.text)) == 0);
}

static int
begins_new_run(const struct run *run, const struct part_rows *rows,
    const struct part_row *row)
{
	const struct part_row *same = run->by_part[row->part];

	return (
	    row->row.arrived_utc_s - rows->items[run->first].row.arrived_utc_s >
		JOURNAL_JOIN_WITHIN_S ||
	    (same != NULL && !is_same_text(same, row)));
}

/* The run that row `id` belongs to: 1, or 0 when it is not among the rows. */
static int
find_run(const struct part_rows *rows, struct journal_id id, struct run *run)
{
	int is_ours = 0;

	memset(run, 0, sizeof(*run));
	for (size_t i = 0; i < rows->count; i++) {
		const struct part_row *row = &rows->items[i];

		if (begins_new_run(run, rows, row)) {
			if (is_ours)
				return (1);
			memset(run, 0, sizeof(*run));
			run->first = i;
		}
		if (run->by_part[row->part] == NULL) {
			run->by_part[row->part] = row;
			run->parts_there++;
		}
		run->end = i + 1;
		is_ours |= row->row.id.row == id.row;
	}
	return (is_ours);
}

/* The whole text; 1 when something of it is missing. */
static int
add_whole(const struct run *run, int64_t parts, struct text *whole)
{
	int is_partial = 0, in_gap = 0;

	for (int64_t part = 1; part <= parts; part++) {
		const struct part_row *row = run->by_part[part];

		if (row != NULL)
			text_add_bytes(whole, text_string(&row->row.text),
			    row->row.text.length);
		else if (!in_gap)
			text_add(whole, gap);
		in_gap = row == NULL;
		is_partial |= in_gap;
	}
	if (whole->length > JOURNAL_TEXT_MAX_BYTES) {
		size_t end = JOURNAL_TEXT_MAX_BYTES - (sizeof(gap) - 1);

		while (end > 0 &&
		    ((unsigned char)whole->bytes[end] & 0xc0) == 0x80)
			end--;
		text_cut(whole, end);
		text_add(whole, gap);
		is_partial = 1;
	}
	return (is_partial);
}

/* The dedupe keys of the parts make that of the whole. */
static struct dedupe_key
dedupe_of(
    struct store *store, const struct part_rows *rows, const struct run *run)
{
	struct text facts = { 0 };
	struct dedupe_key key;

	for (size_t i = run->first; i < run->end; i++)
		text_add_bytes(&facts, rows->items[i].dedupe.bytes,
		    sizeof(rows->items[i].dedupe.bytes));
	seal_dedupe_key(store->box, facts.bytes, facts.length, &key);
	text_free(&facts);
	return (key);
}

MUST_USE static enum outcome
join_run(struct store *store, const struct part_rows *rows,
    const struct run *run, struct journal_row *whole_r)
{
	const struct part_row *first = &rows->items[run->first];
	const struct part_row *last = &rows->items[run->end - 1];
	struct dedupe_key dedupe = dedupe_of(store, rows, run);
	struct journal_row whole = { .network_utc_s = first->row.network_utc_s,
		.arrived_utc_s = last->row.arrived_utc_s };
	struct journal_entry entry = { .join_reference = -1 };
	struct journal_insert insert = { .entry = &entry,
		.state = JOURNAL_WAITING,
		.dedupe = &dedupe,
		.caller_length = first->caller_length };
	enum outcome outcome = DONE;

	text_add(&whole.line, text_string(&first->row.line));
	text_add(&whole.kind, text_string(&first->row.kind));
	text_add(&whole.sender_kind, text_string(&first->row.sender_kind));
	text_add(&whole.number, text_string(&first->row.number));
	whole.is_partial = add_whole(run, first->parts, &whole.text);
	entry.line = text_string(&whole.line);
	entry.kind = text_string(&whole.kind);
	entry.sender_kind = text_string(&whole.sender_kind);
	entry.number = text_string(&whole.number);
	entry.text = text_string(&whole.text);
	entry.network_utc_s = whole.network_utc_s;
	entry.arrived_utc_s = whole.arrived_utc_s;
	insert.is_partial = whole.is_partial;
	insert.caller = first->caller;
	for (size_t i = run->first; i < run->end && outcome == DONE; i++)
		outcome = journal_move(
		    store, rows->items[i].row.id, JOURNAL_PART, JOURNAL_JOINED);
	if (outcome == DONE)
		outcome = journal_insert(store, &insert, &whole.id);
	if (outcome != DONE) {
		journal_row_free(&whole);
		return (outcome == NOTHING ? BROKEN : outcome);
	}
	*whole_r = whole;
	return (DONE);
}

/* Joins the run of a part when it is complete, or in any case. */
MUST_USE static enum outcome
join(struct store *store, struct journal_id part, int in_any_case,
    struct journal_row *whole_r)
{
	struct part_rows rows = { 0 };
	struct run run;
	enum outcome outcome = read_rows(store, part, &rows);

	if (outcome == DONE && !find_run(&rows, part, &run))
		outcome = NOTHING;
	if (outcome == DONE && !in_any_case &&
	    run.parts_there < rows.items[run.first].parts)
		outcome = NOTHING;
	if (outcome == DONE)
		outcome = join_run(store, &rows, &run, whole_r);
	free_rows(&rows);
	return (outcome);
}

enum outcome
journal_join(
    struct store *store, struct journal_id part, struct journal_row *whole_r)
{
	return (join(store, part, 0, whole_r));
}

enum outcome
journal_join_late(struct store *store, int64_t now_utc_s, int64_t parts_wait_s,
    struct journal_row *whole_r)
{
	struct query query = query_of(store->database, &sql, SQL_OLDEST_LATE);
	struct journal_id part;
	enum outcome outcome;

	query_integer(&query, ":before", now_utc_s - parts_wait_s);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	part.row = query_get_integer(&query, 0);
	query_end(&query);
	return (join(store, part, 1, whole_r));
}
