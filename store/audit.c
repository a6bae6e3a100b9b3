#include "store/audit.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <sodium.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "store/store_parts.h"

enum sql {
	SQL_LAST,
	SQL_ADD,
	SQL_HAS,
	SQL_READ,
	SQL_READ_REF,
	SQL_ALL,
	SQL_COUNT
};

#define ROWS \
	"SELECT audit.id, at_utc_s, staff, staff.name, what, ref, detail" \
	" FROM audit LEFT JOIN staff ON staff.id = audit.staff"
#define PAGE \
	" audit.id < :before AND at_utc_s >= :since" \
	" ORDER BY audit.id DESC LIMIT :most"

static const char *const sql_text[] = {
	[SQL_LAST] = "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1",
	[SQL_ADD] = "INSERT INTO audit (id, at_utc_s, staff, what, ref, detail,"
		    " hash) VALUES (:id, :at, :staff, :what, :ref, :detail,"
		    " :hash)",
	[SQL_HAS] = "SELECT 1 FROM audit WHERE ref = :ref AND ref <> ''"
		    " AND staff = :staff AND what = :what"
		    " AND at_utc_s >= :from AND at_utc_s < :until LIMIT 1",
	[SQL_READ] = (ROWS " WHERE" PAGE),
	[SQL_READ_REF] = (ROWS " WHERE ref = :ref AND ref <> '' AND" PAGE),
	[SQL_ALL] = "SELECT id, at_utc_s, staff, what, ref, detail, hash"
		    " FROM audit ORDER BY id",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_AUDIT, SQL_COUNT, sql_text };

static_assert(
    crypto_generichash_BYTES == sizeof(((struct audit_head *)0)->hash),
    "a hash is BLAKE2b-256");

/* -- the chain -------------------------------------------------------------- */

static void
hash_integer(crypto_generichash_state *state, int64_t value)
{
	unsigned char bytes[8];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)((uint64_t)value >> (56 - 8 * i));
	crypto_generichash_update(state, bytes, sizeof(bytes));
}

/* Its length in front, so that no two rows read the same. */
static void
hash_words(crypto_generichash_state *state, const char *words)
{
	hash_integer(state, (int64_t)strlen(words));
	crypto_generichash_update(
	    state, (const unsigned char *)words, strlen(words));
}

/* The head after one more row. */
static struct audit_head
follow(const struct audit_head *before, int64_t id,
    const struct audit_entry *entry)
{
	struct audit_head head = { .id = id };
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, sizeof(head.hash));
	crypto_generichash_update(&state, before->hash, sizeof(before->hash));
	hash_integer(&state, id);
	hash_integer(&state, entry->at_utc_s);
	hash_integer(&state, entry->staff);
	hash_words(&state, entry->what);
	hash_words(&state, entry->ref);
	hash_words(&state, entry->detail);
	crypto_generichash_final(&state, head.hash, sizeof(head.hash));
	return (head);
}

MUST_USE static enum outcome
read_last(struct store *store, struct audit_head *head_r)
{
	struct query query = query_of(store->database, &sql, SQL_LAST);
	struct audit_head head = { 0 };
	const void *hash;
	size_t length;
	enum outcome outcome = query_next(&query);

	if (outcome == NOTHING) {
		*head_r = head;
		return (DONE);
	}
	if (outcome != DONE)
		return (outcome);
	head.id = query_get_integer(&query, 0);
	hash = query_get_bytes(&query, 1, &length);
	if (length == sizeof(head.hash))
		memcpy(head.hash, hash, length);
	query_end(&query);
	*head_r = head;
	return (DONE);
}

/* Cut between two characters. */
static void
add_cut(struct text *text, const char *words, size_t most)
{
	size_t length = strlen(words);

	if (length > most) {
		length = most;
		while (
		    length > 0 && ((unsigned char)words[length] & 0xc0) == 0x80)
			length--;
	}
	text_add_bytes(text, words, length);
}

enum outcome
audit_add(struct store *store, const struct audit_entry *entry)
{
	struct audit_entry kept = *entry;
	struct audit_head head;
	struct text detail = { 0 };
	struct query query;
	enum outcome outcome = database_check(store->database);

	if (outcome != DONE)
		return (outcome);
	if (entry->what[0] == '\0' ||
	    strlen(entry->what) > AUDIT_WHAT_MAX_BYTES ||
	    strlen(entry->ref) >= sizeof(((struct audit_row *)0)->ref)) {
		log_err("an audit row of this form cannot be kept");
		return (BROKEN);
	}
	outcome = read_last(store, &head);
	if (outcome != DONE)
		return (outcome);
	add_cut(&detail, entry->detail, AUDIT_DETAIL_MAX_BYTES);
	kept.detail = text_string(&detail);
	head = follow(&head, head.id + 1, &kept);
	query = query_of(store->database, &sql, SQL_ADD);
	query_integer(&query, ":id", head.id);
	query_integer(&query, ":at", kept.at_utc_s);
	query_integer(&query, ":staff", kept.staff);
	query_text(&query, ":what", kept.what);
	query_text(&query, ":ref", kept.ref);
	query_text(&query, ":detail", kept.detail);
	query_bytes(&query, ":hash", head.hash, sizeof(head.hash));
	outcome = query_move(&query);
	text_free(&detail);
	return (outcome == NOTHING ? BROKEN : outcome);
}

/* -- reading ---------------------------------------------------------------- */

enum outcome
audit_has_today(struct store *store, const struct audit_entry *entry)
{
	enum { DAY_S = 86400 };
	struct query query = query_of(store->database, &sql, SQL_HAS);
	int64_t from = entry->at_utc_s - entry->at_utc_s % DAY_S;
	enum outcome outcome;

	query_text(&query, ":ref", entry->ref);
	query_integer(&query, ":staff", entry->staff);
	query_text(&query, ":what", entry->what);
	/* A whole day, and not what is newer than its beginning: a clock that
	 * was ahead for a while would hide every look until it gets there. */
	query_integer(&query, ":from", from);
	query_integer(&query, ":until", from + DAY_S);
	outcome = query_next(&query);
	query_end(&query);
	return (outcome);
}

static void
read_row(const struct query *query, struct audit_row *row)
{
	enum { ID, AT, STAFF, STAFF_NAME, WHAT, REF, DETAIL };

	row->id = query_get_integer(query, ID);
	row->at_utc_s = query_get_integer(query, AT);
	row->staff = query_get_integer(query, STAFF);
	query_copy_text(
	    query, STAFF_NAME, row->staff_name, sizeof(row->staff_name));
	query_copy_text(query, WHAT, row->what, sizeof(row->what));
	query_copy_text(query, REF, row->ref, sizeof(row->ref));
	query_copy_text(query, DETAIL, row->detail, sizeof(row->detail));
}

enum outcome
audit_read(struct store *store, const struct audit_filter *filter,
    struct audit_list *list_r)
{
	struct query query = query_of(store->database, &sql,
	    filter->ref != NULL ? SQL_READ_REF : SQL_READ);
	struct audit_list list = { 0 };
	enum outcome outcome;

	if (filter->ref != NULL)
		query_text(&query, ":ref", filter->ref);
	query_integer(&query, ":before",
	    filter->before_id > 0 ? filter->before_id : INT64_MAX);
	query_integer(&query, ":since", filter->since_utc_s);
	query_integer(&query, ":most", (int64_t)filter->most);
	while ((outcome = query_next(&query)) == DONE) {
		list.items = memory_grow(list.items, list.count, list.count + 1,
		    sizeof(*list.items));
		read_row(&query, &list.items[list.count++]);
	}
	if (outcome != NOTHING) {
		free(list.items);
		return (outcome);
	}
	*list_r = list;
	return (DONE);
}

/* -- heads ------------------------------------------------------------------ */

enum { HASH_DIGITS = 64, GROUP_DIGITS = 4 };

struct audit_head_text
audit_head_text(const struct audit_head *head)
{
	struct audit_head_text text;
	char digits[HASH_DIGITS + 1];
	size_t at;

	sodium_bin2hex(digits, sizeof(digits), head->hash, sizeof(head->hash));
	at = (size_t)snprintf(
	    text.text, sizeof(text.text), "%" PRId64 ":", head->id);
	for (size_t i = 0; i < HASH_DIGITS; i++) {
		if (i > 0 && i % GROUP_DIGITS == 0)
			text.text[at++] = ' ';
		text.text[at++] = digits[i];
	}
	text.text[at] = '\0';
	return (text);
}

enum outcome
audit_noted_read(const char *text, struct audit_noted *noted_r)
{
	struct audit_noted noted = { 0 };
	const char *colon = strchr(text, ':');
	struct text id = { 0 };
	size_t count = 0;
	int is_read;

	if (colon == NULL)
		return (REFUSED);
	text_add_bytes(&id, text, (size_t)(colon - text));
	is_read = text_read_integer(text_string(&id), 1, INT64_MAX, &noted.id);
	text_free(&id);
	if (!is_read)
		return (REFUSED);
	for (const char *at = colon + 1; *at != '\0'; at++) {
		if (strchr(" -\t\n", *at) != NULL)
			continue;
		if (!isxdigit((unsigned char)*at) || count == HASH_DIGITS)
			return (REFUSED);
		noted.digits[count++] = (char)tolower((unsigned char)*at);
	}
	if (count < AUDIT_NOTED_DIGITS_LEAST)
		return (REFUSED);
	*noted_r = noted;
	return (DONE);
}

/* -- proving ---------------------------------------------------------------- */

static int
is_noted(const struct audit_head *head, const struct audit_noted *noted)
{
	char digits[HASH_DIGITS + 1];

	sodium_bin2hex(digits, sizeof(digits), head->hash, sizeof(head->hash));
	return (strncmp(digits, noted->digits, strlen(noted->digits)) == 0);
}

/* 1 when the row read follows from the head, which it then becomes. */
static int
holds(const struct query *query, struct audit_head *head)
{
	enum { ID, AT, STAFF, WHAT, REF, DETAIL, HASH };
	struct audit_entry entry = {
		.at_utc_s = query_get_integer(query, AT),
		.staff = query_get_integer(query, STAFF),
		.what = query_get_text(query, WHAT),
		.ref = query_get_text(query, REF),
		.detail = query_get_text(query, DETAIL),
	};
	size_t length;
	const void *hash = query_get_bytes(query, HASH, &length);
	struct audit_head after =
	    follow(head, query_get_integer(query, ID), &entry);

	if (after.id != head->id + 1 || length != sizeof(after.hash) ||
	    memcmp(after.hash, hash, length) != 0)
		return (0);
	*head = after;
	return (1);
}

enum outcome
audit_verify(struct store *store, const struct audit_noted *noted,
    struct audit_verdict *verdict_r)
{
	struct query query = query_of(store->database, &sql, SQL_ALL);
	struct audit_verdict verdict = { 0 };
	enum outcome outcome;

	while ((outcome = query_next(&query)) == DONE) {
		if (!holds(&query, &verdict.head)) {
			verdict.broken_id = query_get_integer(&query, 0);
			query_end(&query);
			break;
		}
		if (noted != NULL && verdict.head.id == noted->id &&
		    !is_noted(&verdict.head, noted))
			verdict.is_rewritten = 1;
	}
	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	if (noted != NULL && verdict.broken_id == 0 &&
	    verdict.head.id < noted->id)
		verdict.is_cut_off = 1;
	*verdict_r = verdict;
	return (
	    verdict.broken_id != 0 || verdict.is_cut_off || verdict.is_rewritten
		? REFUSED
		: DONE);
}
