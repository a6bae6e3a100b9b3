/* waymark recruiters find and list. */
#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/json.h"
#include "gateway/base/log.h"
#include "gateway/base/settings.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_recruiters.h"
#include "gateway/desk/desk.h"
#include "gateway/text/utf8.h"
#include "menus/lookup.h"
#include "store/recruiters.h"

int
cli_is_country(const char *country)
{
	return (country != NULL && strlen(country) == 2 &&
	    strspn(country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2);
}

/* What the store holds, read. */
struct shelf {
	struct recruiter_list *lists;
	size_t count;
	struct lookup_index *index;
};

static void
take_row(const struct recruiter *row, void *into)
{
	struct lookup_record record = {
		.name = row->name,
		.other_names = row->other_names,
		.licences = row->licences,
		.place = row->place,
		.status = LOOKUP_UNCLEAR,
	};

	(void)lookup_status_read(row->status, &record.status);
	lookup_add(into, &record);
}

MUST_USE static enum outcome
read_shelf(struct store *store, struct shelf *shelf)
{
	enum outcome outcome =
	    recruiters_lists(store, &shelf->lists, &shelf->count);

	shelf->index = lookup_new();
	for (size_t i = 0; outcome == DONE && i < shelf->count; i++) {
		const struct recruiter_list *list = &shelf->lists[i];

		lookup_begin(shelf->index, list->country, list->authority,
		    list->as_of_utc_s);
		outcome = recruiters_each(
		    store, list->country, take_row, shelf->index);
	}
	lookup_finish(shelf->index);
	return (outcome);
}

MUST_USE static enum outcome
open_shelf(const struct recruiters_wish *wish, struct shelf *shelf)
{
	struct settings settings;
	struct store *store = NULL;
	enum outcome outcome =
	    settings_load(settings_default_path(wish->config), &settings);

	if (outcome != DONE)
		return (outcome);
	log_open("recruiters", settings.log_level);
	seal_start();
	outcome = store_open(settings.store_path, STORE_READ, NULL, &store);
	if (outcome == DONE)
		outcome = read_shelf(store, shelf);
	store_close(store);
	settings_free(&settings);
	return (outcome);
}

static void
close_shelf(struct shelf *shelf)
{
	lookup_free(shelf->index);
	free(shelf->lists);
}

/* What is printed of what was found. */
struct printing {
	struct cli_table table;
	struct json json;
	size_t count;
};

static void
add_found(struct printing *printing, const struct lookup_entry *entry,
    const struct recruiter_list *list, int is_sure)
{
	struct clock_text as_of = clock_date(list->as_of_utc_s);
	const char *cells[] = { entry->name, entry->licence, entry->place,
		lookup_status_name(entry->status), list->country,
		list->authority, as_of.text };

	printing->count++;
	for (size_t i = 0; i < COUNT_OF(cells); i++)
		cli_table_add(&printing->table, cells[i]);
	json_open_object(&printing->json, NULL);
	json_string(&printing->json, "name", entry->name);
	json_string(&printing->json, "licence", entry->licence);
	json_string(&printing->json, "place", entry->place);
	json_string(
	    &printing->json, "status", lookup_status_name(entry->status));
	json_string(&printing->json, "country", list->country);
	json_string(&printing->json, "authority", list->authority);
	json_string(&printing->json, "as_of", as_of.text);
	json_boolean(&printing->json, "sure", is_sure);
	json_close_object(&printing->json);
}

static int
print(struct printing *printing, int as_json, const char *otherwise)
{
	struct text out = { 0 };
	int status;

	json_close_array(&printing->json);
	if (as_json)
		text_printf(&out, "%s\n", text_string(&printing->json.text));
	else if (printing->count > 0)
		cli_table_print(&printing->table, &out);
	else
		text_printf(&out, "%s\n", otherwise);
	status = cli_put("recruiters", &out);
	cli_table_free(&printing->table);
	json_free(&printing->json);
	if (status == EXIT_DONE && printing->count == 0)
		status = EXIT_NOTHING_FOUND;
	return (status);
}

static void
open_printing(
    struct printing *printing, const char *const *headings, size_t count)
{
	printing->table.columns = count;
	for (size_t i = 0; i < count; i++)
		cli_table_add(&printing->table, headings[i]);
	json_open_array(&printing->json, NULL);
}

int
cli_recruiters_find(const struct recruiters_wish *wish)
{
	static const char *const headings[] = { "NAME", "LICENCE", "PLACE",
		"STATUS", "COUNTRY", "LIST OF", "AS OF" };
	struct printing printing = { 0 };
	struct shelf shelf = { 0 };

	if (wish->words == NULL ||
	    !utf8_is_clean(wish->words, strlen(wish->words)))
		return (command_wrong_use(&command_recruiters,
		    "say what to find: a licence number or a name"));
	if (wish->country != NULL && !cli_is_country(wish->country))
		return (command_wrong_use(&command_recruiters,
		    "--country takes two capitals, such as NP"));
	if (open_shelf(wish, &shelf) != DONE) {
		close_shelf(&shelf);
		return (cli_failed("recruiters", "the store cannot be read"));
	}
	open_printing(&printing, headings, COUNT_OF(headings));
	for (size_t i = 0; i < shelf.count; i++) {
		const struct recruiter_list *list = &shelf.lists[i];
		struct lookup_result result;

		if (wish->country != NULL &&
		    strcmp(wish->country, list->country) != 0)
			continue;
		lookup_find(shelf.index, list->country, wish->words, &result);
		for (size_t k = 0; k < result.count; k++)
			add_found(
			    &printing, result.found[k], list, result.is_sure);
	}
	close_shelf(&shelf);
	return (print(&printing, wish->as_json,
	    "not on a list that is here; it may be new or misspelt"));
}

static void
add_list(struct printing *printing, const struct recruiter_list *list,
    const struct recruiters_wish *wish)
{
	const struct clock_text as_of = clock_date(list->as_of_utc_s);
	const struct clock_text imported = clock_date(list->imported_utc_s);
	char count[24];

	printing->count++;
	snprintf(count, sizeof(count), "%" PRId64, list->count);
	cli_table_add(&printing->table, list->country);
	cli_table_add(&printing->table, count);
	json_open_object(&printing->json, NULL);
	json_string(&printing->json, "country", list->country);
	json_integer(&printing->json, "agencies", list->count);
	if (!wish->counts_only) {
		cli_table_add(&printing->table, list->authority);
		cli_table_add(&printing->table, as_of.text);
		cli_table_add(&printing->table, imported.text);
		json_string(&printing->json, "authority", list->authority);
		json_string(&printing->json, "as_of", as_of.text);
		json_string(&printing->json, "imported", imported.text);
	}
	json_close_object(&printing->json);
}

int
cli_recruiters_list(const struct recruiters_wish *wish)
{
	static const char *const headings[] = { "COUNTRY", "AGENCIES",
		"LIST OF", "AS OF", "IMPORTED" };
	struct printing printing = { 0 };
	struct shelf shelf = { 0 };

	if (wish->words != NULL)
		return (command_wrong_use(&command_recruiters,
		    "'%s' is one word too many", wish->words));
	if (open_shelf(wish, &shelf) != DONE) {
		close_shelf(&shelf);
		return (cli_failed("recruiters", "the store cannot be read"));
	}
	open_printing(&printing, headings, wish->counts_only ? 2 : 5);
	for (size_t i = 0; i < shelf.count; i++)
		if (wish->country == NULL ||
		    strcmp(wish->country, shelf.lists[i].country) == 0)
			add_list(&printing, &shelf.lists[i], wish);
	close_shelf(&shelf);
	return (print(&printing, wish->as_json,
	    "no list is here yet: waymark recruiters import"));
}
