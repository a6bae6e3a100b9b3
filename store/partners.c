#include "store/partners.h"

#include <assert.h>
#include <string.h>

#include "gateway/base/memory.h"
#include "gateway/text/answer.h"
#include "store/store_parts.h"

enum sql {
	SQL_PUT,
	SQL_RENAME,
	SQL_IS_TAKEN,
	SQL_REMOVE,
	SQL_FIND,
	SQL_LIST,
	SQL_COUNT
};

/* Together with enum column. */
#define PARTNER_ROWS \
	"SELECT partners.id, name, kind, place, reach, languages, serves," \
	" public_key, is_removed, (SELECT count(*) FROM referrals" \
	"  WHERE referrals.partner = partners.id AND state = 'withdrawn'" \
	"  AND passed_utc_s IS NOT NULL AND told_utc_s IS NULL)" \
	" FROM partners"
enum column {
	ID,
	NAME,
	KIND,
	PLACE,
	REACH,
	LANGUAGES,
	SERVES,
	PUBLIC_KEY,
	IS_REMOVED,
	TO_TELL
};

static const char *const sql_text[] = {
	[SQL_PUT] =
	    "INSERT INTO partners (name, name_folded, kind, place, reach,"
	    " languages, serves, public_key, is_removed, changed_utc_s)"
	    " VALUES (:name, :folded, :kind, :place, :reach, :languages,"
	    " :serves, :key, 0, :now)"
	    " ON CONFLICT (name_folded) DO UPDATE SET name = excluded.name,"
	    " kind = excluded.kind, place = excluded.place,"
	    " reach = excluded.reach, languages = excluded.languages,"
	    " serves = excluded.serves, public_key = excluded.public_key,"
	    " is_removed = 0, changed_utc_s = excluded.changed_utc_s"
	    " RETURNING id",
	[SQL_RENAME] = "UPDATE partners SET name = :name,"
		       " name_folded = :folded, changed_utc_s = :now"
		       " WHERE id = :id",
	[SQL_IS_TAKEN] = "SELECT 1 FROM partners"
			 " WHERE name_folded = :folded AND id <> :id",
	[SQL_REMOVE] = "UPDATE partners SET is_removed = 1,"
		       " changed_utc_s = :now"
		       " WHERE name_folded = :folded AND is_removed = 0",
	[SQL_FIND] = PARTNER_ROWS " WHERE name_folded = :folded",
	[SQL_LIST] = PARTNER_ROWS " WHERE is_removed = 0 OR :removed = 1"
				  " ORDER BY name_folded",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_PARTNERS, SQL_COUNT, sql_text };

enum outcome
partners_put(struct store *store, const struct partner *partner,
    int64_t now_utc_s, int64_t *id_r)
{
	struct text folded = { 0 };
	struct query query;
	enum outcome outcome;

	answer_fold(partner->name, &folded);
	if (folded.length == 0) {
		text_free(&folded);
		return (REFUSED);
	}
	query = query_of(store->database, &sql, SQL_PUT);
	query_text(&query, ":name", partner->name);
	query_text(&query, ":folded", folded.bytes);
	query_text(&query, ":kind", partner->kind);
	query_text(&query, ":place", partner->place);
	query_text(&query, ":reach", partner->reach);
	query_text(&query, ":languages", partner->languages);
	query_text(&query, ":serves", partner->serves);
	if (partner->has_key)
		query_bytes(&query, ":key", partner->key.bytes,
		    sizeof(partner->key.bytes));
	else
		query_null(&query, ":key");
	query_integer(&query, ":now", now_utc_s);
	outcome = query_next(&query);
	if (outcome == DONE) {
		*id_r = query_get_integer(&query, 0);
		query_end(&query);
	}
	text_free(&folded);
	return (outcome);
}

/* REFUSED when the name is another's. */
MUST_USE static enum outcome
check_is_free(struct store *store, int64_t id, const char *folded)
{
	struct query query = query_of(store->database, &sql, SQL_IS_TAKEN);
	enum outcome outcome;

	query_integer(&query, ":id", id);
	query_text(&query, ":folded", folded);
	outcome = query_next(&query);
	if (outcome == DONE)
		query_end(&query);
	if (outcome == NOTHING)
		return (DONE);
	return (outcome == DONE ? REFUSED : outcome);
}

enum outcome
partners_rename(
    struct store *store, int64_t id, const char *name, int64_t now_utc_s)
{
	struct text folded = { 0 };
	struct query query;
	enum outcome outcome = REFUSED;

	answer_fold(name, &folded);
	if (folded.length > 0)
		outcome = check_is_free(store, id, folded.bytes);
	if (outcome == DONE) {
		query = query_of(store->database, &sql, SQL_RENAME);
		query_integer(&query, ":id", id);
		query_text(&query, ":name", name);
		query_text(&query, ":folded", folded.bytes);
		query_integer(&query, ":now", now_utc_s);
		outcome = query_move(&query);
	}
	text_free(&folded);
	return (outcome);
}

enum outcome
partners_remove(struct store *store, const char *name, int64_t now_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_REMOVE);
	struct text folded = { 0 };
	enum outcome outcome;

	answer_fold(name, &folded);
	query_text(&query, ":folded", text_string(&folded));
	query_integer(&query, ":now", now_utc_s);
	outcome = query_move(&query);
	text_free(&folded);
	return (outcome);
}

static void
read_partner(const struct query *query, struct partner *partner)
{
	const void *key;
	size_t length;

	memset(partner, 0, sizeof(*partner));
	partner->id = query_get_integer(query, ID);
	query_copy_text(query, NAME, partner->name, sizeof(partner->name));
	query_copy_text(query, KIND, partner->kind, sizeof(partner->kind));
	query_copy_text(query, PLACE, partner->place, sizeof(partner->place));
	query_copy_text(query, REACH, partner->reach, sizeof(partner->reach));
	query_copy_text(
	    query, LANGUAGES, partner->languages, sizeof(partner->languages));
	query_copy_text(
	    query, SERVES, partner->serves, sizeof(partner->serves));
	key = query_get_bytes(query, PUBLIC_KEY, &length);
	partner->has_key = length == sizeof(partner->key.bytes);
	if (partner->has_key)
		memcpy(partner->key.bytes, key, length);
	partner->is_removed = (int)query_get_integer(query, IS_REMOVED);
	partner->to_tell = query_get_integer(query, TO_TELL);
}

enum outcome
partners_find(struct store *store, const char *name, struct partner *partner_r)
{
	struct query query = query_of(store->database, &sql, SQL_FIND);
	struct text folded = { 0 };
	enum outcome outcome;

	answer_fold(name, &folded);
	query_text(&query, ":folded", text_string(&folded));
	outcome = query_next(&query);
	if (outcome == DONE) {
		read_partner(&query, partner_r);
		query_end(&query);
	}
	text_free(&folded);
	return (outcome);
}

enum outcome
partners_list(
    struct store *store, int with_removed, struct partner_list *list_r)
{
	struct query query = query_of(store->database, &sql, SQL_LIST);
	struct partner_list list = { 0 };
	enum outcome outcome;

	query_integer(&query, ":removed", with_removed != 0);
	while ((outcome = query_next(&query)) == DONE) {
		list.items = memory_grow(list.items, list.count, list.count + 1,
		    sizeof(*list.items));
		read_partner(&query, &list.items[list.count++]);
	}
	if (outcome != NOTHING) {
		free(list.items);
		return (outcome);
	}
	*list_r = list;
	return (DONE);
}
