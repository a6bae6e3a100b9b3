/* A release as CSV or JSON. */
#include <inttypes.h>

#include "gateway/base/csv_write.h"
#include "gateway/base/json.h"
#include "gateway/desk/release.h"

static const char *const columns[] = { "what", "first_week", "last_week",
	"corridor", "urgency", "opened_by", "language", "need", "sign",
	"question", "answer", "at_least" };
enum { COLUMNS = COUNT_OF(columns), COLUMN_COUNT = COLUMNS - 1 };

/* What a cell has under a heading, or "". */
static const char *
value_under(const struct anonymous *table, const struct anonymous_cell *cell,
    const char *heading)
{
	for (size_t i = 0; i < table->shape->attribute_count; i++) {
		if (strcmp(table->shape->attributes[i], heading) == 0)
			return (anonymous_value(table, cell, i));
	}
	return ("");
}

static void
add_csv(const struct anonymous *table, const struct export_tallies *wish,
    struct text *out)
{
	for (size_t i = 0; i < table->cell_count; i++) {
		const struct anonymous_cell *cell = &table->cells[i];
		const char *fields[COLUMNS];
		char count[24];

		if (!cell->is_shown)
			continue;
		snprintf(count, sizeof(count), "%" PRId64,
		    anonymous_rounded(&wish->rule, cell->count));
		for (size_t k = 0; k < COLUMN_COUNT; k++)
			fields[k] = value_under(table, cell, columns[k]);
		fields[0] = table->shape->what;
		fields[1] = wish->first_week;
		fields[2] = wish->last_week;
		fields[COLUMN_COUNT] = count;
		csv_write_row(out, fields, COLUMNS);
	}
}

static void
add_json(const struct anonymous *table, const struct export_tallies *wish,
    struct json *json)
{
	for (size_t i = 0; i < table->cell_count; i++) {
		const struct anonymous_cell *cell = &table->cells[i];

		if (!cell->is_shown)
			continue;
		json_open_object(json, NULL);
		json_string(json, "what", table->shape->what);
		for (size_t k = 0; k < table->shape->attribute_count; k++) {
			if ((cell->mask & 1u << k) != 0)
				json_string(json, table->shape->attributes[k],
				    anonymous_value(table, cell, k));
		}
		json_integer(json, "at_least",
		    anonymous_rounded(&wish->rule, cell->count));
		json_close_object(json);
	}
}

static void
print_json(const struct release *release, const struct export_tallies *wish,
    struct text *out)
{
	struct json json = { 0 };

	json_open_object(&json, NULL);
	json_string(&json, "first_week", wish->first_week);
	json_string(&json, "last_week", wish->last_week);
	json_integer(&json, "k", wish->rule.k);
	json_integer(&json, "rounded_down_to", wish->rule.base);
	json_open_array(&json, "counts");
	for (size_t i = 0; i < RELEASE_TABLES; i++)
		add_json(&release->tables[i], wish, &json);
	json_close_array(&json);
	json_close_object(&json);
	text_add_bytes(out, text_string(&json.text), json.text.length);
	text_add_byte(out, '\n');
	json_free(&json);
}

void
release_print(const struct release *release, const struct export_tallies *wish,
    struct text *out)
{
	if (wish->form == EXPORT_JSON) {
		print_json(release, wish, out);
		return;
	}
	csv_write_row(out, columns, COLUMNS);
	for (size_t i = 0; i < RELEASE_TABLES; i++)
		add_csv(&release->tables[i], wish, out);
}
