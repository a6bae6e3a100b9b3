/* The lists of requests.h, page by page, and how many there are of what.
 *
 * A page is read an urgency at a time, each from an index that leads to the
 * very rows, so that its cost is that of the rows it shows.  One statement for
 * each index that may lead; whatever else a filter asks for is looked at row
 * by row.
 */
#include <assert.h>

#include "gateway/base/memory.h"
#include "store/requests_parts.h"

enum sql {
	SQL_ANY,
	SQL_ON_SHELF,
	SQL_OF_STATE,
	SQL_OF_CORRIDOR,
	SQL_OF_LANGUAGE,
	SQL_OF_OWNER,
	SQL_OF_LABEL,
	SQL_LABELS,
	SQL_NEXT_FEEDBACK,
	SQL_SET_FEEDBACK,
	SQL_COUNT
};

/* What is looked at row by row; a filter that leads is bound here as well. */
#define REST \
	" AND (:shelf IS NULL OR requests.shelf = :shelf)" \
	" AND (:state IS NULL OR requests.state = :state)" \
	" AND (:corridor IS NULL OR requests.corridor = :corridor)" \
	" AND (:language IS NULL OR requests.language = :language)" \
	" AND (:staff IS NULL OR (requests.state = 'claimed'" \
	"  AND requests.claimed_by = :staff))" \
	" AND (:label IS NULL OR EXISTS (SELECT 1 FROM case_labels" \
	"  WHERE case_labels.request = requests.id" \
	"  AND case_labels.label = :label))"
#define LED_BY(index) \
	"SELECT " REQUEST_COLUMNS \
	" FROM requests INDEXED BY " index REQUEST_OWNER
#define PAGE \
	" AND requests.urgency = :urgency AND requests.id > :after" REST \
	" ORDER BY requests.id LIMIT :most"

static const char *const sql_text[] = {
	[SQL_ANY] = LED_BY("requests_in_order") " WHERE 1" PAGE,
	[SQL_ON_SHELF] =
	    LED_BY("requests_on_shelf") " WHERE requests.shelf = :shelf" PAGE,
	[SQL_OF_STATE] =
	    LED_BY("requests_of_state") " WHERE requests.state = :state" PAGE,
	[SQL_OF_CORRIDOR] = LED_BY(
	    "requests_of_corridor") " WHERE requests.corridor = :corridor"
				    " AND requests.shelf = :shelf" PAGE,
	[SQL_OF_LANGUAGE] = LED_BY(
	    "requests_of_language") " WHERE requests.language = :language"
				    " AND requests.shelf = :shelf" PAGE,
	[SQL_OF_OWNER] = LED_BY(
	    "requests_of_staff") " WHERE requests.state = 'claimed'"
				 " AND requests.claimed_by = :staff" PAGE,
	[SQL_OF_LABEL] =
	    "SELECT " REQUEST_COLUMNS
	    " FROM case_labels AS lead INDEXED BY case_labels_in_order"
	    " CROSS JOIN requests ON requests.id = lead.request" REQUEST_OWNER
	    " WHERE lead.label = :label AND lead.shelf = :shelf"
	    " AND lead.urgency = :urgency AND lead.request > :after" REST
	    " ORDER BY lead.request LIMIT :most",
	[SQL_LABELS] = "SELECT label, count(*) FROM case_labels"
		       " WHERE shelf <> 'ended' GROUP BY label ORDER BY label",
	[SQL_NEXT_FEEDBACK] =
	    LED_BY("requests_feedback_due") " WHERE feedback = 'due'"
					    " ORDER BY requests.id LIMIT 1",
	[SQL_SET_FEEDBACK] = "UPDATE requests SET feedback = :to"
			     " WHERE id = :id AND feedback = :from",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_QUEUE, SQL_COUNT, sql_text };

/* -- pages ------------------------------------------------------------------ */

/* The index that leads to the fewest rows. */
static enum sql
leading(const struct request_filter *filter)
{
	int has_shelf = filter->shelf != SHELF_ANY;

	if (filter->staff != 0)
		return (SQL_OF_OWNER);
	if (filter->label != NULL && has_shelf)
		return (SQL_OF_LABEL);
	if (filter->corridor != NULL && has_shelf)
		return (SQL_OF_CORRIDOR);
	if (filter->language != NULL && has_shelf)
		return (SQL_OF_LANGUAGE);
	if (filter->state != NULL)
		return (SQL_OF_STATE);
	return (has_shelf ? SQL_ON_SHELF : SQL_ANY);
}

static struct query
query_of_filter(struct store *store, const struct request_filter *filter)
{
	struct query query =
	    query_of(store->database, &sql, (int)leading(filter));
	const char *shelf = filter->shelf != SHELF_ANY
	    ? request_shelf_name(filter->shelf)
	    : NULL;

	query_text(&query, ":shelf", shelf);
	query_text(&query, ":state", filter->state);
	query_text(&query, ":corridor", filter->corridor);
	query_text(&query, ":language", filter->language);
	query_text(&query, ":label", filter->label);
	if (filter->staff != 0)
		query_integer(&query, ":staff", filter->staff);
	else
		query_null(&query, ":staff");
	return (query);
}

/* Adds those of one urgency behind a row, up to `most` in the list. */
MUST_USE static enum outcome
add_urgency(struct store *store, const struct request_filter *filter,
    const struct request_place *after, size_t most, struct request_list *list)
{
	struct query query = query_of_filter(store, filter);
	enum outcome outcome;

	query_integer(&query, ":urgency", after->urgency);
	query_integer(&query, ":after", after->row);
	query_integer(&query, ":most", (int64_t)(most - list->count));
	while ((outcome = query_next(&query)) == DONE) {
		list->items = memory_grow(list->items, list->count,
		    list->count + 1, sizeof(*list->items));
		request_read(&query, &list->items[list->count++]);
	}
	return (outcome == NOTHING ? DONE : outcome);
}

enum outcome
requests_page(struct store *store, const struct request_filter *filter,
    struct request_list *list_r)
{
	struct request_place after = filter->after;
	struct request_list list = { 0 };
	enum outcome outcome = DONE;
	/* One more tells whether there is a next page. */
	size_t most = filter->most + 1;

	if (after.row == 0)
		after.urgency = URGENCY_NOW;
	for (int urgency = (int)after.urgency; urgency >= (int)URGENCY_LOW &&
	     outcome == DONE && list.count < most;
	     urgency--) {
		after.urgency = (enum request_urgency)urgency;
		outcome = add_urgency(store, filter, &after, most, &list);
		after.row = 0;
	}
	if (outcome != DONE) {
		free(list.items);
		return (outcome);
	}
	list.has_more = list.count > filter->most;
	if (list.has_more)
		list.count = filter->most;
	*list_r = list;
	return (DONE);
}

enum outcome
requests_list(struct store *store, int state_or_all, size_t most,
    struct request_list *list_r)
{
	struct request_filter filter = { .shelf = SHELF_ANY, .most = most };

	if (state_or_all >= 0)
		filter.state =
		    request_state_name((enum request_state)state_or_all);
	return (requests_page(store, &filter, list_r));
}

/* -- labels and feedback ---------------------------------------------------- */

enum outcome
requests_labels(
    struct store *store, struct request_label_use **labels_r, size_t *count_r)
{
	struct query query = query_of(store->database, &sql, SQL_LABELS);
	struct request_label_use *labels = NULL;
	size_t count = 0;
	enum outcome outcome;

	while ((outcome = query_next(&query)) == DONE) {
		labels = memory_grow(labels, count, count + 1, sizeof(*labels));
		query_copy_text(&query, 0, labels[count].label,
		    sizeof(labels[count].label));
		labels[count++].count = query_get_integer(&query, 1);
	}
	if (outcome != NOTHING) {
		free(labels);
		return (outcome);
	}
	*labels_r = labels;
	*count_r = count;
	return (DONE);
}

enum outcome
requests_next_feedback(struct store *store, struct request *request_r)
{
	struct query query = query_of(store->database, &sql, SQL_NEXT_FEEDBACK);
	enum outcome outcome = query_next(&query);

	if (outcome != DONE)
		return (outcome);
	request_read(&query, request_r);
	query_end(&query);
	return (DONE);
}

enum outcome
requests_set_feedback(
    struct store *store, struct request_id id, const char *from, const char *to)
{
	struct query query = query_of(store->database, &sql, SQL_SET_FEEDBACK);

	query_integer(&query, ":id", id.row);
	query_text(&query, ":from", from);
	query_text(&query, ":to", to);
	return (query_move(&query));
}
