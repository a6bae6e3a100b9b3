#include "store/case_facts.h"

#include <assert.h>
#include <string.h>

#include "gateway/base/memory.h"
#include "store/store_parts.h"

enum sql { SQL_GET, SQL_PUT, SQL_ERASE, SQL_LIST, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_GET] = "SELECT epoch, content FROM case_facts"
		    " WHERE request = :id",
	[SQL_PUT] =
	    "INSERT INTO case_facts (request, changed_utc_s, epoch, content)"
	    " SELECT id, :now, :epoch, :content FROM requests WHERE id = :id"
	    " AND state IN ('open', 'claimed', 'closed')"
	    " ON CONFLICT (request) DO UPDATE SET"
	    " changed_utc_s = excluded.changed_utc_s,"
	    " epoch = excluded.epoch, content = excluded.content",
	[SQL_ERASE] = "DELETE FROM case_facts WHERE request = :id",
	[SQL_LIST] = "SELECT request FROM case_facts ORDER BY request",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_CASE_FACTS, SQL_COUNT, sql_text };

enum outcome
case_facts_unseal(struct store *store, const struct team_secret *secret,
    struct request_id id, struct text *facts)
{
	struct query query = query_of(store->database, &sql, SQL_GET);
	const void *sealed;
	size_t length;
	enum outcome outcome;

	query_integer(&query, ":id", id.row);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	sealed = query_get_bytes(&query, 1, &length);
	outcome = store_unseal(store, secret, query_get_integer(&query, 0),
	    SEAL_CASE_FACTS, sealed, length, facts);
	query_end(&query);
	return (outcome == NOTHING ? REFUSED : outcome);
}

/* Cuts the next word off a line: a copy, "" at its end. */
static char *
next_word(const char **at, const char *end)
{
	const char *tab = memchr(*at, '\t', (size_t)(end - *at));
	const char *stop = tab != NULL ? tab : end;
	char *word = strndup(*at, (size_t)(stop - *at));

	*at = tab != NULL ? tab + 1 : end;
	return (word);
}

int
case_facts_find(
    const char *facts, const char *name, struct case_fact_line *line_r)
{
	size_t length = strlen(name);

	for (const char *at = facts; *at != '\0';) {
		size_t has = strcspn(at, "\n");
		const char *end = at + has;

		if (has > length && at[length] == '\t' &&
		    strncmp(at, name, length) == 0) {
			char *when;

			at += length + 1;
			line_r->value = next_word(&at, end);
			line_r->by = next_word(&at, end);
			when = next_word(&at, end);
			if (!text_read_integer(
				when, 0, INT64_MAX, &line_r->at_utc_s))
				line_r->at_utc_s = 0;
			free(when);
			return (1);
		}
		at = end + (*end == '\n');
	}
	return (0);
}

char *
case_facts_value(const char *facts, const char *name)
{
	struct case_fact_line line;

	if (!case_facts_find(facts, name, &line))
		return (NULL);
	free(line.by);
	return (line.value);
}

enum outcome
case_facts_put(struct store *store, struct request_id id, const char *facts,
    int64_t now_utc_s)
{
	struct text sealed = { 0 };
	struct query query;
	enum outcome outcome = store_check_epoch(store);

	if (outcome != DONE)
		return (outcome);
	if (facts[0] == '\0') {
		query = query_of(store->database, &sql, SQL_ERASE);
		query_integer(&query, ":id", id.row);
		return (query_run(&query, NULL));
	}
	store_seal(store, SEAL_CASE_FACTS, facts, strlen(facts), &sealed);
	query = query_of(store->database, &sql, SQL_PUT);
	query_integer(&query, ":id", id.row);
	query_integer(&query, ":now", now_utc_s);
	query_integer(&query, ":epoch", store_epoch(store));
	query_blob(&query, ":content", &sealed);
	outcome = query_move(&query);
	text_free(&sealed);
	return (outcome);
}

enum outcome
case_facts_list(struct store *store, struct request_id **ids_r, size_t *count_r)
{
	struct query query = query_of(store->database, &sql, SQL_LIST);
	struct request_id *ids = NULL;
	size_t count = 0;
	enum outcome outcome;

	while ((outcome = query_next(&query)) == DONE) {
		ids = memory_grow(ids, count, count + 1, sizeof(*ids));
		ids[count++].row = query_get_integer(&query, 0);
	}
	if (outcome != NOTHING) {
		free(ids);
		return (outcome);
	}
	*ids_r = ids;
	*count_r = count;
	return (DONE);
}
