/* Cases in the words of the standard: exports_htcds(). */
#include <inttypes.h>
#include <stdlib.h>

#include "gateway/base/csv_write.h"
#include "gateway/base/json.h"
#include "gateway/base/marked_words.h"
#include "gateway/base/memory.h"
#include "gateway/desk/exports.h"
#include "gateway/desk/htcds.h"
#include "store/audit.h"
#include "store/case_facts.h"

static const char record_name[] = "wmk_Record";
static const char consent[] = "con_Consent";

enum { ORDER_SIGNS = 16 };

/* A case that may leave: its facts, and its place by chance. */
struct record {
	char order[ORDER_SIGNS];
	char *facts; /* as case_facts_unseal() gives them */
};
struct records {
	struct record *items;
	size_t count;
	size_t left_out;
};

static void
records_free(struct records *records)
{
	for (size_t i = 0; i < records->count; i++) {
		char *facts = records->items[i].facts;

		explicit_bzero(facts, strlen(facts));
		free(facts);
	}
	free(records->items);
}

/* 1 when the caller agreed that their data is passed on like this. */
static int
has_consent(const char *facts)
{
	char *value = case_facts_value(facts, consent);
	int is_given = value != NULL && strcmp(value, "TRUE") == 0;

	free(value);
	return (is_given);
}

static void
keep(struct records *records, struct text *facts)
{
	struct record *record;

	if (!has_consent(text_string(facts))) {
		records->left_out++;
		return;
	}
	records->items = memory_grow(records->items, records->count,
	    records->count + 1, sizeof(*records->items));
	record = &records->items[records->count++];
	seal_random_signs(record->order, sizeof(record->order));
	record->facts = text_take(facts);
}

/* So that the order says nothing of when a case came. */
static int
compare(const void *left, const void *right)
{
	const struct record *a = left;
	const struct record *b = right;

	return (memcmp(a->order, b->order, sizeof(a->order)));
}

MUST_USE static enum outcome
read_records(const struct caseworker *worker, struct records *records)
{
	struct request_id *ids;
	size_t count;
	enum outcome outcome = case_facts_list(worker->store, &ids, &count);

	if (outcome != DONE)
		return (outcome);
	for (size_t i = 0; i < count && outcome == DONE; i++) {
		struct text facts = { 0 };

		outcome = case_facts_unseal(
		    worker->store, worker->secret, ids[i], &facts);
		if (outcome == DONE)
			keep(records, &facts);
		text_free(&facts);
	}
	free(ids);
	if (records->count > 0)
		qsort(records->items, records->count, sizeof(*records->items),
		    compare);
	return (outcome);
}

/* -- as CSV and JSON -------------------------------------------------------- */

static void
print_csv(const struct records *records, struct text *out)
{
	size_t count;
	const struct htcds_field *fields = htcds_fields(&count);
	const char **row = memory_new(count + 1, sizeof(*row));

	row[0] = record_name;
	for (size_t k = 0; k < count; k++)
		row[k + 1] = fields[k].name;
	csv_write_row(out, row, count + 1);
	for (size_t i = 0; i < records->count; i++) {
		char number[24];

		snprintf(number, sizeof(number), "%zu", i + 1);
		row[0] = number;
		for (size_t k = 0; k < count; k++)
			row[k + 1] = case_facts_value(
			    records->items[i].facts, fields[k].name);
		csv_write_row(out, row, count + 1);
		for (size_t k = 0; k < count; k++)
			free((void *)(uintptr_t)row[k + 1]);
	}
	free(row);
}

static void
print_json(const struct records *records, struct text *out)
{
	size_t count;
	const struct htcds_field *fields = htcds_fields(&count);
	struct json json = { 0 };

	json_open_array(&json, NULL);
	for (size_t i = 0; i < records->count; i++) {
		json_open_object(&json, NULL);
		json_integer(&json, record_name, (int64_t)i + 1);
		for (size_t k = 0; k < count; k++) {
			char *value = case_facts_value(
			    records->items[i].facts, fields[k].name);

			if (value != NULL)
				json_string(&json, fields[k].name, value);
			free(value);
		}
		json_close_object(&json);
	}
	json_close_array(&json);
	text_add_bytes(out, text_string(&json.text), json.text.length);
	text_add_byte(out, '\n');
	json_free(&json);
}

MUST_USE static enum outcome
write_audit(const struct caseworker *worker, const struct records *records,
    int64_t now_utc_s)
{
	char detail[64];
	struct audit_entry entry = { .at_utc_s = now_utc_s,
		.staff = worker->staff->id,
		.what = WORDS("cases exported"),
		.ref = "",
		.detail = detail };

	snprintf(detail, sizeof(detail), "HTCDS, cases: %zu", records->count);
	return (audit_add(worker->store, &entry));
}

MUST_USE static enum outcome
export_all(const struct caseworker *worker, struct records *records,
    int64_t now_utc_s, enum export_reason *why_r)
{
	enum outcome outcome = read_records(worker, records);

	if (outcome == DONE && records->count == 0) {
		*why_r = EXPORT_EMPTY;
		return (NOTHING);
	}
	return (outcome == DONE ? write_audit(worker, records, now_utc_s)
				: outcome);
}

enum outcome
exports_htcds(const struct caseworker *worker, struct export_htcds *wish,
    struct text *out, enum export_reason *why_r)
{
	struct records records = { 0 };
	enum outcome outcome;

	*why_r = EXPORT_STORE;
	wish->left_out = 0;
	if (!exports_may(worker->staff)) {
		*why_r = EXPORT_NOT_LEAD;
		return (REFUSED);
	}
	outcome = store_begin(worker->store);
	if (outcome != DONE)
		return (outcome);
	outcome = export_all(worker, &records, wish->now_utc_s, why_r);
	wish->left_out = records.left_out;
	if (outcome == DONE)
		outcome = store_commit(worker->store);
	if (outcome != DONE)
		store_rollback(worker->store);
	else if (wish->form == EXPORT_JSON)
		print_json(&records, out);
	else
		print_csv(&records, out);
	if (outcome == DONE)
		*why_r = EXPORT_FINE;
	records_free(&records);
	return (outcome);
}
