#include "store/recruiters.h"

#include <assert.h>
#include <string.h>

#include "gateway/base/memory.h"
#include "store/store_parts.h"

enum sql {
	SQL_EMPTY,
	SQL_PUT_LIST,
	SQL_ADD,
	SQL_LISTS,
	SQL_EACH,
	SQL_COUNT,
};

static const char *const sql_text[] = {
	[SQL_EMPTY] = "DELETE FROM recruiters WHERE country = :country",
	[SQL_PUT_LIST] = "INSERT INTO recruiter_lists"
			 " (country, authority, as_of_utc_s, imported_utc_s)"
			 " VALUES (:country, :authority, :as_of, :now)"
			 " ON CONFLICT (country) DO UPDATE SET"
			 " authority = excluded.authority,"
			 " as_of_utc_s = excluded.as_of_utc_s,"
			 " imported_utc_s = excluded.imported_utc_s",
	[SQL_ADD] = "INSERT INTO recruiters (country, name, other_names,"
		    " licences, place, status) VALUES (:country, :name,"
		    " :other_names, :licences, :place, :status)",
	[SQL_LISTS] = "SELECT country, authority, as_of_utc_s, imported_utc_s,"
		      " (SELECT count(*) FROM recruiters WHERE"
		      " recruiters.country = recruiter_lists.country)"
		      " FROM recruiter_lists ORDER BY country",
	[SQL_EACH] = ("SELECT name, other_names, licences, place, status"
		      " FROM recruiters WHERE country = :country ORDER BY id"),
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_RECRUITERS, SQL_COUNT, sql_text };

static int
is_status(const char *word)
{
	static const char *const words[] = { "valid", "unclear", "expired",
		"suspended", "cancelled", "banned" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcmp(words[i], word) == 0)
			return (1);
	return (0);
}

static int
is_country(const char *country)
{
	return (strlen(country) == 2 &&
	    strspn(country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2);
}

MUST_USE static enum outcome
add_rows(struct store *store, const char *country, const struct recruiter *rows,
    size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct query query = query_of(store->database, &sql, SQL_ADD);
		int64_t row;
		enum outcome outcome;

		query_text(&query, ":country", country);
		query_text(&query, ":name", rows[i].name);
		query_text(&query, ":other_names", rows[i].other_names);
		query_text(&query, ":licences", rows[i].licences);
		query_text(&query, ":place", rows[i].place);
		query_text(&query, ":status", rows[i].status);
		outcome = query_add(&query, &row);
		if (outcome != DONE)
			return (outcome);
	}
	return (DONE);
}

MUST_USE static enum outcome
replace(struct store *store, const struct recruiter_list *list,
    const struct recruiter *rows, size_t count)
{
	struct query query = query_of(store->database, &sql, SQL_EMPTY);
	enum outcome outcome;

	query_text(&query, ":country", list->country);
	outcome = query_run(&query, NULL);
	if (outcome != DONE)
		return (outcome);
	query = query_of(store->database, &sql, SQL_PUT_LIST);
	query_text(&query, ":country", list->country);
	query_text(&query, ":authority", list->authority);
	query_integer(&query, ":as_of", list->as_of_utc_s);
	query_integer(&query, ":now", list->imported_utc_s);
	outcome = query_run(&query, NULL);
	if (outcome != DONE)
		return (outcome);
	return (add_rows(store, list->country, rows, count));
}

enum outcome
recruiters_replace(struct store *store, const struct recruiter_list *list,
    const struct recruiter *rows, size_t count)
{
	enum outcome outcome;

	if (!is_country(list->country) || list->authority[0] == '\0')
		return (REFUSED);
	for (size_t i = 0; i < count; i++)
		if (rows[i].name[0] == '\0' || !is_status(rows[i].status))
			return (REFUSED);
	outcome = store_begin(store);
	if (outcome != DONE)
		return (outcome);
	outcome = replace(store, list, rows, count);
	if (outcome == DONE)
		outcome = store_commit(store);
	if (outcome != DONE)
		store_rollback(store);
	return (outcome);
}

enum outcome
recruiters_lists(
    struct store *store, struct recruiter_list **lists_r, size_t *count_r)
{
	enum { COUNTRY, AUTHORITY, AS_OF, IMPORTED, HAS };
	struct query query = query_of(store->database, &sql, SQL_LISTS);
	struct recruiter_list *lists = NULL;
	size_t count = 0;
	enum outcome outcome;

	while ((outcome = query_next(&query)) == DONE) {
		struct recruiter_list *list;

		lists = memory_grow(lists, count, count + 1, sizeof(*lists));
		list = &lists[count++];
		query_copy_text(
		    &query, COUNTRY, list->country, sizeof(list->country));
		query_copy_text(&query, AUTHORITY, list->authority,
		    sizeof(list->authority));
		list->as_of_utc_s = query_get_integer(&query, AS_OF);
		list->imported_utc_s = query_get_integer(&query, IMPORTED);
		list->count = query_get_integer(&query, HAS);
	}
	if (outcome != NOTHING) {
		free(lists);
		return (outcome);
	}
	*lists_r = lists;
	*count_r = count;
	return (DONE);
}

enum outcome
recruiters_each(struct store *store, const char *country,
    void (*take)(const struct recruiter *row, void *into), void *into)
{
	enum { NAME, OTHER_NAMES, LICENCES, PLACE, STATUS };
	struct query query = query_of(store->database, &sql, SQL_EACH);
	enum outcome outcome;

	query_text(&query, ":country", country);
	while ((outcome = query_next(&query)) == DONE) {
		struct recruiter row = {
			.name = query_get_text(&query, NAME),
			.other_names = query_get_text(&query, OTHER_NAMES),
			.licences = query_get_text(&query, LICENCES),
			.place = query_get_text(&query, PLACE),
			.status = query_get_text(&query, STATUS),
		};

		take(&row, into);
	}
	return (outcome == NOTHING ? DONE : outcome);
}
