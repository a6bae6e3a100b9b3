#include "store/journal.h"

#include <assert.h>

#include "gateway/base/log.h"
#include "gateway/base/marked_words.h"
#include "store/journal_parts.h"

enum sql {
	SQL_ADD,
	SQL_FIND,
	SQL_FIND_AGAIN,
	SQL_MOVE,
	SQL_COUNT_TRY,
	SQL_TRIES,
	SQL_NEXT_WAITING,
	SQL_ONE_WAITING,
	SQL_NEXT_DUE,
	SQL_SET_ASIDE,
	SQL_LIST_UNSENT,
	SQL_COUNT_STATES,
	SQL_COUNT
};

/* Together with enum column. */
#define ROW_COLUMNS \
	"id, dedupe, content, line, kind, sender_kind," \
	" network_utc_s, arrived_utc_s, tries, is_partial"
enum column {
	ID,
	DEDUPE,
	CONTENT,
	LINE,
	KIND,
	SENDER_KIND,
	NETWORK,
	ARRIVED,
	TRIES,
	IS_PARTIAL
};

static const char *const sql_text[] = {
	[SQL_ADD] =
	    "INSERT INTO journal (dedupe, state, line, kind, sender_kind,"
	    " network_utc_s, arrived_utc_s, next_utc_s, is_partial, caller,"
	    " content, join_reference, join_bits, part, parts)"
	    " VALUES (:dedupe, :state, :line, :kind, :sender_kind, :network,"
	    " :arrived, :arrived, :is_partial, :caller, :content, :reference,"
	    " :bits, :part, :parts) ON CONFLICT (dedupe) DO NOTHING",
	[SQL_FIND] = "SELECT id FROM journal WHERE dedupe = :dedupe",
	[SQL_FIND_AGAIN] = "SELECT id FROM journal WHERE dedupe BETWEEN :first"
			   " AND :last AND line = :line"
			   " AND arrived_utc_s BETWEEN :since AND :now LIMIT 1",
	[SQL_MOVE] =
	    "UPDATE journal SET state = :to, caller = NULL, content = NULL,"
	    " aside = NULL, aside_epoch = NULL"
	    " WHERE id = :id AND state = :from",
	[SQL_COUNT_TRY] =
	    "UPDATE journal SET tries = tries + 1, next_utc_s = :next"
	    " WHERE id = :id AND state = 'waiting'",
	[SQL_TRIES] = "SELECT tries FROM journal WHERE id = :id",
	[SQL_NEXT_WAITING] =
	    "SELECT " ROW_COLUMNS " FROM journal WHERE state = 'waiting'"
	    " AND next_utc_s <= :now ORDER BY next_utc_s, id LIMIT 1",
	[SQL_ONE_WAITING] = "SELECT " ROW_COLUMNS " FROM journal"
			    " WHERE id = :id AND state = 'waiting'",
	[SQL_NEXT_DUE] =
	    "SELECT min(utc_s) FROM"
	    " (SELECT min(next_utc_s) AS utc_s FROM journal"
	    "   WHERE state = 'waiting'"
	    "  UNION ALL SELECT min(arrived_utc_s) + :wait FROM journal"
	    "   WHERE state = 'part')",
	[SQL_SET_ASIDE] =
	    "UPDATE journal SET state = 'aside', content = NULL,"
	    " aside = :aside, aside_epoch = :epoch, cause = :cause"
	    " WHERE id = :id AND state = 'waiting'",
	[SQL_LIST_UNSENT] =
	    "UPDATE journal SET state = 'aside', aside = :aside,"
	    " aside_epoch = :epoch, cause = :cause"
	    " WHERE id = :id AND state = 'handled'",
	[SQL_COUNT_STATES] =
	    "SELECT state, count(*) FROM journal GROUP BY state",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_JOURNAL, SQL_COUNT, sql_text };

/* Which states a row may be moved to by journal_move().  WAITING to ASIDE is
 * journal_set_aside()'s, which seals. */
static const struct {
	const char *name;
	unsigned next;
} states[] = {
	[JOURNAL_WAITING] = { "waiting",
	    1u << JOURNAL_HANDLED | 1u << JOURNAL_IGNORED },
	[JOURNAL_PART] = { "part", 1u << JOURNAL_JOINED },
	[JOURNAL_HANDLED] = { "handled", 0 },
	[JOURNAL_JOINED] = { "joined", 0 },
	[JOURNAL_IGNORED] = { "ignored", 0 },
	[JOURNAL_ASIDE] = { "aside", 1u << JOURNAL_HANDLED },
};

const char *
journal_state_name(enum journal_state state)
{
	return (states[state].name);
}

void
journal_row_free(struct journal_row *row)
{
	text_free(&row->line);
	text_free(&row->kind);
	text_free(&row->sender_kind);
	text_free(&row->number);
	text_free(&row->text);
	memset(row, 0, sizeof(*row));
}

/* -- boxes ------------------------------------------------------------------ */

void
journal_box_content(struct store *store, const struct dedupe_key *dedupe,
    const char *number, const char *text, struct text *box)
{
	struct text plain = { 0 };

	text_add(&plain, number);
	text_add_byte(&plain, '\0');
	text_add(&plain, text);
	seal_box(store->box, SEAL_JOURNAL, dedupe->bytes, sizeof(dedupe->bytes),
	    plain.bytes, plain.length, box);
	text_free(&plain);
}

enum outcome
journal_unbox_content(struct store *store, const struct query *query,
    int dedupe_column, int content_column, struct journal_row *row)
{
	struct text plain = { 0 };
	size_t dedupe_length, box_length, number_length;
	const void *dedupe =
	    query_get_bytes(query, dedupe_column, &dedupe_length);
	const void *box = query_get_bytes(query, content_column, &box_length);
	enum outcome outcome = REFUSED;

	if (dedupe_length == sizeof(struct dedupe_key))
		outcome = seal_unbox(store->box, SEAL_JOURNAL, dedupe,
		    dedupe_length, box, box_length, &plain);
	if (outcome == DONE) {
		number_length = strlen(text_string(&plain));
		text_add(&row->number, plain.bytes);
		if (plain.length > number_length)
			text_add_bytes(&row->text,
			    plain.bytes + number_length + 1,
			    plain.length - number_length - 1);
	}
	text_free(&plain);
	return (outcome);
}

/* Reads a row; its line, kind and times also when its box does not open, which
 * is REFUSED. */
MUST_USE static enum outcome
read_row(
    struct store *store, const struct query *query, struct journal_row *row)
{
	memset(row, 0, sizeof(*row));
	row->id.row = query_get_integer(query, ID);
	text_add(&row->line, query_get_text(query, LINE));
	text_add(&row->kind, query_get_text(query, KIND));
	text_add(&row->sender_kind, query_get_text(query, SENDER_KIND));
	row->network_utc_s = query_get_integer(query, NETWORK);
	row->arrived_utc_s = query_get_integer(query, ARRIVED);
	row->tries = (int)query_get_integer(query, TRIES);
	row->is_partial = (int)query_get_integer(query, IS_PARTIAL);
	return (journal_unbox_content(store, query, DEDUPE, CONTENT, row));
}

/* -- adding ----------------------------------------------------------------- */

enum {
	TOKEN_AT = 8, /* the second of the integers that dedupe_of() adds */
	TOKEN_BYTES = 8,
	AGAIN_BYTES = 6, /* of them: what is_again goes by */
};

static void
add_integer(struct text *facts, int64_t value)
{
	unsigned char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)((uint64_t)value >> (56 - 8 * i));
	text_add_bytes(facts, bytes, sizeof(bytes));
}

/* What tells two arrivals apart.  Every string ends in a NUL, which none
 * holds, so that no two sets of facts give the same bytes. */
static struct dedupe_key
dedupe_of(struct store *store, const struct journal_entry *entry)
{
	const char *const strings[] = { entry->line, entry->kind, entry->number,
		entry->text };
	const int64_t integers[] = { entry->network_utc_s,
		(int64_t)entry->token, entry->join_reference, entry->join_bits,
		entry->part, entry->parts };
	struct text facts = { 0 };
	struct dedupe_key key;

	for (size_t i = 0; i < COUNT_OF(integers); i++)
		add_integer(&facts, integers[i]);
	for (size_t i = 0; i < COUNT_OF(strings); i++)
		text_add_bytes(&facts, strings[i], strlen(strings[i]) + 1);
	seal_dedupe_key(store->box, facts.bytes, facts.length, &key);
	/* Lines count their tokens, so keys that begin with them lie side by
	 * side: a page or two of the index is written for a whole commit, not
	 * one for every arrival in it. */
	if (entry->token != 0)
		memcpy(key.bytes, facts.bytes + TOKEN_AT, TOKEN_BYTES);
	text_free(&facts);
	return (key);
}

static void
bind_join(struct query *query, const struct journal_insert *insert)
{
	const struct journal_entry *entry = insert->entry;

	if (insert->state == JOURNAL_PART) {
		query_integer(query, ":reference", entry->join_reference);
		query_integer(query, ":bits", entry->join_bits);
		query_integer(query, ":part", entry->part);
		query_integer(query, ":parts", entry->parts);
	} else {
		query_null(query, ":reference");
		query_null(query, ":bits");
		query_null(query, ":part");
		query_null(query, ":parts");
	}
}

enum outcome
journal_insert(struct store *store, const struct journal_insert *insert,
    struct journal_id *id_r)
{
	const struct journal_entry *entry = insert->entry;
	int is_kept =
	    insert->state == JOURNAL_WAITING || insert->state == JOURNAL_PART;
	struct query query = query_of(store->database, &sql, SQL_ADD);
	struct text box = { 0 };
	enum outcome outcome;

	if (is_kept)
		journal_box_content(
		    store, insert->dedupe, entry->number, entry->text, &box);
	query_bytes(&query, ":dedupe", insert->dedupe->bytes,
	    sizeof(insert->dedupe->bytes));
	query_text(&query, ":state", states[insert->state].name);
	query_text(&query, ":line", entry->line);
	query_text(&query, ":kind", entry->kind);
	query_text(&query, ":sender_kind", entry->sender_kind);
	query_integer(&query, ":network", entry->network_utc_s);
	query_integer(&query, ":arrived", entry->arrived_utc_s);
	query_integer(&query, ":is_partial", insert->is_partial);
	if (is_kept && insert->caller != NULL)
		query_bytes(
		    &query, ":caller", insert->caller, insert->caller_length);
	else
		query_null(&query, ":caller");
	query_blob(&query, ":content", &box);
	bind_join(&query, insert);
	outcome = query_add(&query, &id_r->row);
	text_free(&box);
	return (outcome);
}

/* A part of nothing that can be joined is handled by itself. */
static int
is_joinable(const struct journal_entry *entry)
{
	return (entry->join_reference >= 0 && entry->parts >= 1 &&
	    entry->parts <= JOURNAL_PARTS_MOST && entry->part >= 1 &&
	    entry->part <= entry->parts);
}

/* What a network brings again, after the process that heard it died before it
 * could say so. */
MUST_USE static enum outcome
find_again(struct store *store, const struct journal_entry *entry,
    const struct dedupe_key *dedupe, struct journal_id *id_r)
{
	struct dedupe_key first = { 0 }, last;
	struct query query;
	enum outcome outcome;

	memcpy(first.bytes, dedupe->bytes, AGAIN_BYTES);
	memset(last.bytes, UINT8_MAX, sizeof(last.bytes));
	memcpy(last.bytes, dedupe->bytes, AGAIN_BYTES);
	query = query_of(store->database, &sql, SQL_FIND_AGAIN);
	query_bytes(&query, ":first", first.bytes, sizeof(first.bytes));
	query_bytes(&query, ":last", last.bytes, sizeof(last.bytes));
	query_text(&query, ":line", entry->line);
	query_integer(&query, ":since", entry->arrived_utc_s - JOURNAL_AGAIN_S);
	query_integer(&query, ":now", entry->arrived_utc_s);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	id_r->row = query_get_integer(&query, 0);
	query_end(&query);
	return (DONE);
}

enum outcome
journal_add(struct store *store, const struct journal_entry *entry,
    enum journal_state state, struct journal_id *id_r)
{
	struct dedupe_key dedupe = dedupe_of(store, entry);
	struct journal_insert insert = {
		.entry = entry, .state = state, .dedupe = &dedupe
	};
	struct dedupe_key sender;
	struct query query;
	enum outcome outcome;

	if (state == JOURNAL_JOINED || state == JOURNAL_ASIDE) {
		log_err("an arrival cannot begin as %s", states[state].name);
		return (BROKEN);
	}
	if (entry->is_again && entry->token != 0) {
		outcome = find_again(store, entry, &dedupe, id_r);
		if (outcome != NOTHING)
			return (outcome == DONE ? NOTHING : outcome);
	}
	if (state == JOURNAL_PART && !is_joinable(entry))
		insert.state = JOURNAL_WAITING;
	if (entry->caller != NULL) {
		insert.caller = entry->caller->bytes;
		insert.caller_length = sizeof(entry->caller->bytes);
	} else if (insert.state == JOURNAL_PART) {
		/* Names write long texts too; they join by sender as well. */
		seal_dedupe_key(
		    store->box, entry->number, strlen(entry->number), &sender);
		insert.caller = sender.bytes;
		insert.caller_length = sizeof(sender.bytes);
	}
	outcome = journal_insert(store, &insert, id_r);
	if (outcome != NOTHING)
		return (outcome);
	query = query_of(store->database, &sql, SQL_FIND);
	query_bytes(&query, ":dedupe", dedupe.bytes, sizeof(dedupe.bytes));
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome == NOTHING ? BROKEN : outcome);
	id_r->row = query_get_integer(&query, 0);
	query_end(&query);
	return (NOTHING);
}

/* -- moves ------------------------------------------------------------------ */

enum outcome
journal_move(struct store *store, struct journal_id id, enum journal_state from,
    enum journal_state to)
{
	struct query query;

	if ((states[from].next & 1u << to) == 0) {
		log_err("journal=%lld: no way from %s to %s", (long long)id.row,
		    states[from].name, states[to].name);
		return (BROKEN);
	}
	query = query_of(store->database, &sql, SQL_MOVE);
	query_integer(&query, ":id", id.row);
	query_text(&query, ":from", states[from].name);
	query_text(&query, ":to", states[to].name);
	return (query_move(&query));
}

enum outcome
journal_count_try(
    struct store *store, struct journal_id id, int64_t next_utc_s, int *tries_r)
{
	struct query query = query_of(store->database, &sql, SQL_COUNT_TRY);
	enum outcome outcome;

	query_integer(&query, ":id", id.row);
	query_integer(&query, ":next", next_utc_s);
	outcome = query_move(&query);
	if (outcome != DONE)
		return (outcome);
	query = query_of(store->database, &sql, SQL_TRIES);
	query_integer(&query, ":id", id.row);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	*tries_r = (int)query_get_integer(&query, 0);
	query_end(&query);
	return (DONE);
}

/* `row` NULL: its box does not open, and there is nothing left to seal. */
MUST_USE static enum outcome
put_aside(struct store *store, enum sql how, struct journal_id id,
    const struct journal_row *row, const char *cause)
{
	struct text plain = { 0 };
	struct text sealed = { 0 };
	struct query query;
	enum outcome outcome = store_check_epoch(store);

	if (outcome != DONE)
		return (outcome);
	if (row != NULL) {
		text_add(&plain, text_string(&row->number));
		text_add_byte(&plain, '\0');
		text_add(&plain, text_string(&row->text));
		store_seal(
		    store, SEAL_ASIDE, plain.bytes, plain.length, &sealed);
	}
	query = query_of(store->database, &sql, (int)how);
	query_integer(&query, ":id", id.row);
	query_blob(&query, ":aside", &sealed);
	query_integer(&query, ":epoch", store_epoch(store));
	query_text(&query, ":cause", cause);
	outcome = query_move(&query);
	text_free(&plain);
	text_free(&sealed);
	return (outcome);
}

enum outcome
journal_set_aside(struct store *store, struct journal_id id, const char *cause)
{
	struct query query = query_of(store->database, &sql, SQL_ONE_WAITING);
	struct journal_row row;
	enum outcome opened, outcome;

	query_integer(&query, ":id", id.row);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	opened = read_row(store, &query, &row);
	query_end(&query);
	outcome = put_aside(
	    store, SQL_SET_ASIDE, id, opened == DONE ? &row : NULL, cause);
	journal_row_free(&row);
	return (outcome);
}

enum outcome
journal_list_unsent(struct store *store, struct journal_id id,
    const char *number, const char *text, const char *cause)
{
	struct journal_row row = { .id = id };
	enum outcome outcome;

	text_add(&row.number, number);
	text_add(&row.text, text);
	outcome = put_aside(store, SQL_LIST_UNSENT, id, &row, cause);
	journal_row_free(&row);
	return (outcome);
}

/* -- what waits ------------------------------------------------------------- */

enum outcome
journal_next_waiting(
    struct store *store, int64_t now_utc_s, struct journal_row *row_r)
{
	for (;;) {
		struct query query =
		    query_of(store->database, &sql, SQL_NEXT_WAITING);
		struct journal_row row;
		enum outcome opened, outcome;

		query_integer(&query, ":now", now_utc_s);
		outcome = query_next(&query);
		if (outcome != DONE)
			return (outcome);
		opened = read_row(store, &query, &row);
		query_end(&query);
		if (opened == DONE) {
			*row_r = row;
			return (DONE);
		}
		/* It will never open; it must not hold up the rest. */
		log_err("journal=%lld does not open; set aside",
		    (long long)row.id.row);
		outcome = put_aside(
		    store, SQL_SET_ASIDE, row.id, NULL, WORDS("does not open"));
		journal_row_free(&row);
		if (outcome != DONE)
			return (outcome == NOTHING ? BROKEN : outcome);
	}
}

enum outcome
journal_next_due(struct store *store, int64_t parts_wait_s, int64_t *utc_s_r)
{
	struct query query = query_of(store->database, &sql, SQL_NEXT_DUE);
	enum outcome outcome;

	query_integer(&query, ":wait", parts_wait_s);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	if (query_get_is_null(&query, 0))
		outcome = NOTHING;
	else
		*utc_s_r = query_get_integer(&query, 0);
	query_end(&query);
	return (outcome);
}

enum outcome
journal_count(struct store *store, int64_t counts_r[6])
{
	struct query query = query_of(store->database, &sql, SQL_COUNT_STATES);
	int64_t counts[COUNT_OF(states)] = { 0 };
	enum outcome outcome;

	while ((outcome = query_next(&query)) == DONE) {
		for (size_t i = 0; i < COUNT_OF(states); i++) {
			if (strcmp(query_get_text(&query, 0), states[i].name) ==
			    0)
				counts[i] = query_get_integer(&query, 1);
		}
	}
	if (outcome != NOTHING)
		return (outcome);
	memcpy(counts_r, counts, sizeof(counts));
	return (DONE);
}
