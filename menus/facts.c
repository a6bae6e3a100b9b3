#include "menus/facts.h"

#include "gateway/base/memory.h"
#include "gateway/text/utf8.h"
#include "menus/csv_table.h"

enum column {
	COLUMN_NAME,
	COLUMN_VALUE,
	COLUMN_UNIT,
	COLUMN_SOURCE,
	COLUMN_SOURCE_URL,
	COLUMN_SOURCE_DATE,
	COLUMN_CHECKED_ON,
	COLUMN_EXPIRES_ON,
	COLUMN_RISK_NOTE,
	COLUMN_SHOW,
	COLUMN_COUNT,
};

static const char *const column_names[COLUMN_COUNT] = {
	[COLUMN_NAME] = "name",
	[COLUMN_VALUE] = "value",
	[COLUMN_UNIT] = "unit",
	[COLUMN_SOURCE] = "source",
	[COLUMN_SOURCE_URL] = "source_url",
	[COLUMN_SOURCE_DATE] = "source_date",
	[COLUMN_CHECKED_ON] = "checked_on",
	[COLUMN_EXPIRES_ON] = "expires_on",
	[COLUMN_RISK_NOTE] = "risk_note",
	[COLUMN_SHOW] = "show",
};

static int
name_is_good(const char *name)
{
	return (name[0] != '\0' &&
	    name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-")] ==
		'\0');
}

static void
check_name(struct csv_table *table, const struct facts *facts)
{
	const char *name = csv_table_field(table, COLUMN_NAME);
	const struct fact *twin = facts_find(facts, name, strlen(name));

	if (!name_is_good(name))
		csv_table_complain(table,
		    "the name '%s' must be made of small letters, digits, -"
		    " and _",
		    name);
	else if (twin != NULL)
		csv_table_complain(table,
		    "the fact '%s' stands already on line %d", name,
		    twin->line);
}

static void
check_fields(struct csv_table *table)
{
	for (size_t i = 0; i < table->csv.count; i++) {
		const char *words = csv_field(&table->csv, i);

		if (!utf8_is_clean(words, strlen(words)))
			csv_table_complain(table,
			    "column %zu is not clean UTF-8; save the file as"
			    " UTF-8",
			    i + 1);
	}
	if (strpbrk(csv_table_field(table, COLUMN_VALUE), "\n{}") != NULL)
		csv_table_complain(
		    table, "a value must be one line without { }");
}

static void
read_date(struct csv_table *table, enum column column, char date[12],
    int64_t *utc_s_r)
{
	*utc_s_r = csv_table_date(table, column);
	if (*utc_s_r != 0)
		snprintf(date, 12, "%s", csv_table_field(table, column));
}

static void
add_fact(struct csv_table *table, struct facts *facts)
{
	struct fact *fact;

	check_name(table, facts);
	check_fields(table);
	facts->list = memory_grow(
	    facts->list, facts->count, facts->count + 1, sizeof(*facts->list));
	fact = &facts->list[facts->count++];
	fact->name = memory_copy(csv_table_field(table, COLUMN_NAME));
	fact->value = memory_copy(csv_table_field(table, COLUMN_VALUE));
	fact->unit = memory_copy(csv_table_field(table, COLUMN_UNIT));
	fact->is_shown = csv_table_yes(table, COLUMN_SHOW);
	fact->line = csv_table_line(table);
	if (fact->is_shown && fact->value[0] == '\0')
		csv_table_complain(table,
		    "the fact '%s' is shown but has no value", fact->name);
	read_date(
	    table, COLUMN_CHECKED_ON, fact->checked_on, &fact->checked_utc_s);
	read_date(
	    table, COLUMN_EXPIRES_ON, fact->expires_on, &fact->expires_utc_s);
}

enum outcome
facts_load(const char *path, struct facts **facts_r)
{
	struct csv_table table = {
		.path = path,
		.names = column_names,
		.name_count = COLUMN_COUNT,
	};
	struct facts *facts = memory_new(1, sizeof(*facts));
	enum outcome outcome = csv_table_open(&table);

	facts->file = memory_copy(path);
	if (outcome == NOTHING)
		csv_table_complain(&table,
		    "there is no such file; copy the header of another facts"
		    " file");
	while (outcome == DONE && csv_table_next(&table))
		add_fact(&table, facts);
	csv_table_close(&table);
	if (outcome != DONE || table.complaints > 0) {
		facts_free(facts);
		return (REFUSED);
	}
	*facts_r = facts;
	return (DONE);
}

void
facts_free(struct facts *facts)
{
	if (facts == NULL)
		return;
	for (size_t i = 0; i < facts->count; i++) {
		free(facts->list[i].name);
		free(facts->list[i].value);
		free(facts->list[i].unit);
	}
	free(facts->list);
	free(facts->file);
	free(facts);
}

const struct fact *
facts_find(const struct facts *facts, const char *name, size_t name_length)
{
	for (size_t i = 0; facts != NULL && i < facts->count; i++) {
		const struct fact *fact = &facts->list[i];

		if (strncmp(fact->name, name, name_length) == 0 &&
		    fact->name[name_length] == '\0')
			return (fact);
	}
	return (NULL);
}

int
fact_may_be_sent(const struct fact *fact, int64_t now_utc_s)
{
	return (fact != NULL && fact->is_shown && fact->checked_on[0] != '\0' &&
	    fact->expires_on[0] != '\0' && fact->checked_utc_s <= now_utc_s &&
	    now_utc_s < fact->expires_utc_s);
}
