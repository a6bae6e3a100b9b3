#include "gateway/desk/cli_aside.h"

#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/json.h"
#include "gateway/desk/asides.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/desk.h"

static int
tell_store(const struct session *session)
{
	enum case_reason why =
	    cases_may_see(session->worker.staff) ? CASE_STORE : CASE_NO_RIGHT;

	return (cli_failed("queue", "%s", case_reason_words(why)));
}

static void
add_list_json(
    const struct journal_aside_list *list, int64_t now_utc_s, struct text *out)
{
	struct json json = { 0 };

	json_open_array(&json, NULL);
	for (size_t i = 0; i < list->count; i++) {
		const struct journal_aside *aside = &list->items[i];

		json_open_object(&json, NULL);
		json_integer(&json, "id", aside->id.row);
		json_string(&json, "line", aside->line);
		json_string(&json, "kind", aside->kind);
		json_string(
		    &json, "arrived_at", clock_iso(aside->arrived_utc_s).text);
		json_integer(
		    &json, "age_seconds", now_utc_s - aside->arrived_utc_s);
		json_string(&json, "cause", aside->cause);
		json_close_object(&json);
	}
	json_close_array(&json);
	text_printf(out, "%s\n", text_string(&json.text));
	json_free(&json);
}

static void
add_list(
    const struct journal_aside_list *list, int64_t now_utc_s, struct text *out)
{
	static const char *const headings[] = { "ID", "AGE", "LINE", "KIND",
		"CAUSE" };
	struct cli_table table = { .columns = COUNT_OF(headings) };

	for (size_t i = 0; i < COUNT_OF(headings); i++)
		cli_table_add(&table, headings[i]);
	for (size_t i = 0; i < list->count; i++) {
		const struct journal_aside *aside = &list->items[i];
		struct text id = { 0 };

		text_printf(&id, "%" PRId64, aside->id.row);
		cli_table_add(&table, id.bytes);
		cli_table_add(
		    &table, cli_age(now_utc_s - aside->arrived_utc_s).text);
		cli_table_add(&table, aside->line);
		cli_table_add(&table, aside->kind);
		cli_table_add(&table, aside->cause);
		text_free(&id);
	}
	cli_table_print(&table, out);
	cli_table_free(&table);
}

static int
list_all(const struct session *session, const struct aside_wish *wish)
{
	struct journal_aside_list list = { 0 };
	struct text out = { 0 };
	int is_empty, status;

	if (asides_list(&session->worker, wish->most, &list) != DONE)
		return (tell_store(session));
	is_empty = list.count == 0;
	if (wish->as_json)
		add_list_json(&list, clock_utc_s(), &out);
	else if (!is_empty)
		add_list(&list, clock_utc_s(), &out);
	else
		fputs("Nothing was set aside.\n", stderr);
	free(list.items);
	status = cli_put("queue", &out);
	return (status == EXIT_DONE && is_empty ? EXIT_NOTHING_FOUND : status);
}

static int
tell_failed(const struct session *session, const char *id, enum outcome outcome)
{
	if (outcome == NOTHING) {
		cli_failed("queue", "no message %s stands aside", id);
		return (EXIT_NOTHING_FOUND);
	}
	if (outcome == REFUSED && cases_may_see(session->worker.staff))
		return (cli_failed("queue",
		    "message %s does not open: sealed for another team, or"
		    " damaged",
		    id));
	return (tell_store(session));
}

MUST_USE static enum outcome
show(const struct aside_errand *errand, const struct aside_wish *wish,
    struct text *out)
{
	struct text number = { 0 };
	struct text words = { 0 };
	enum outcome outcome =
	    asides_open(errand, wish->with_number, &number, &words);

	if (outcome == DONE) {
		text_printf(out, "From      %s\n", text_string(&number));
		cli_add_words(out, "      ", text_string(&words));
	}
	text_free(&number);
	text_free(&words);
	return (outcome);
}

int
cli_aside(const struct session *session, const struct aside_wish *wish)
{
	struct aside_errand errand = { .now_utc_s = clock_utc_s() };
	struct text out = { 0 };
	enum outcome outcome;

	if (wish->id == NULL && (wish->is_done || wish->with_number))
		return (command_wrong_use(&command_queue,
		    "aside needs an id for --done and --number"));
	if (wish->id == NULL)
		return (list_all(session, wish));
	if (!text_read_integer(wish->id, 1, INT64_MAX, &errand.id.row))
		return (command_wrong_use(&command_queue,
		    "'%s' is not an id; `waymark queue aside` lists them",
		    wish->id));
	errand.worker = &session->worker;
	outcome =
	    wish->is_done ? asides_file(&errand) : show(&errand, wish, &out);
	if (outcome != DONE) {
		text_free(&out);
		return (tell_failed(session, wish->id, outcome));
	}
	if (wish->is_done)
		text_printf(&out, "%s: filed\n", wish->id);
	return (cli_put("queue", &out));
}
