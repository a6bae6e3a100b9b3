/* waymark queue: what is looked at. */
#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/command.h"
#include "gateway/base/json.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_aside.h"
#include "gateway/desk/cli_queue.h"
#include "gateway/desk/poke.h"
#include "gateway/desk/queue_print.h"

int
queue_tell_no_list(enum outcome outcome)
{
	return (cli_failed("queue", "%s",
	    case_reason_words(
		outcome == REFUSED ? CASE_NO_RIGHT : CASE_STORE)));
}

int
queue_list(const struct session *session, const struct wish *wish)
{
	struct request_list list = { 0 };
	struct text out = { 0 };
	enum outcome outcome =
	    cases_list(&session->worker, &wish->filter, clock_utc_s(), &list);
	int status;

	if (outcome != DONE)
		return (queue_tell_no_list(outcome));
	if (wish->given & TAKES_JSON)
		queue_print_list_json(&list, clock_utc_s(), &out);
	else if (list.count > 0)
		queue_print_list(&list, clock_utc_s(), &out);
	else
		fputs("Nothing here.\n", stderr);
	if (list.has_more) {
		struct request_place last =
		    request_place_of(&list.items[list.count - 1]);

		fprintf(stderr, "There are more: --after %s\n",
		    case_place_write(&last).text);
	}
	status = cli_put("queue", &out);
	if (status == EXIT_DONE && list.count == 0)
		status = EXIT_NOTHING_FOUND;
	free(list.items);
	return (status);
}

int
queue_show(const struct session *session, const struct wish *wish)
{
	struct errand errand = queue_errand(session, wish);
	struct case_sheet sheet;
	struct text out = { 0 };
	enum outcome outcome =
	    cases_show(&errand, (wish->given & TAKES_NUMBER) != 0, &sheet);

	if (outcome != DONE)
		return (queue_tell_failed(&errand, outcome));
	if (wish->given & TAKES_JSON)
		queue_print_sheet_json(&sheet, errand.now_utc_s, &out);
	else
		queue_print_sheet(&sheet, errand.now_utc_s, &out);
	case_sheet_free(&sheet);
	return (cli_put("queue", &out));
}

/* -- labels ----------------------------------------------------------------- */

static void
add_labels(
    const struct request_label_use *labels, size_t count, struct text *out)
{
	struct cli_table table = { .columns = 2 };

	cli_table_add(&table, "LABEL");
	cli_table_add(&table, "CASES");
	for (size_t i = 0; i < count; i++) {
		struct text uses = { 0 };

		text_printf(&uses, "%" PRId64, labels[i].count);
		cli_table_add(&table, labels[i].label);
		cli_table_add(&table, uses.bytes);
		text_free(&uses);
	}
	cli_table_print(&table, out);
	cli_table_free(&table);
}

static void
add_labels_json(
    const struct request_label_use *labels, size_t count, struct text *out)
{
	struct json json = { 0 };

	json_open_array(&json, NULL);
	for (size_t i = 0; i < count; i++) {
		json_open_object(&json, NULL);
		json_string(&json, "label", labels[i].label);
		json_integer(&json, "cases", labels[i].count);
		json_close_object(&json);
	}
	json_close_array(&json);
	text_printf(out, "%s\n", text_string(&json.text));
	json_free(&json);
}

int
queue_labels(const struct session *session, const struct wish *wish)
{
	struct request_label_use *labels;
	struct text out = { 0 };
	size_t count;
	enum outcome outcome = cases_labels(&session->worker, &labels, &count);
	int status;

	if (outcome != DONE)
		return (queue_tell_no_list(outcome));
	if (wish->given & TAKES_JSON)
		add_labels_json(labels, count, &out);
	else if (count > 0)
		add_labels(labels, count, &out);
	else
		fputs("No label is in use.\n", stderr);
	free(labels);
	status = cli_put("queue", &out);
	return (
	    status == EXIT_DONE && count == 0 ? EXIT_NOTHING_FOUND : status);
}

/* -- templates, health, asides ---------------------------------------------- */

int
queue_templates(const struct session *session, const struct wish *wish)
{
	struct errand errand = queue_errand(session, wish);
	struct case_template_list list;
	struct menus *menus = NULL;
	struct text out = { 0 };
	enum outcome outcome;
	int is_empty;
	int status;

	if (menus_load(session->settings.menus_path,
		session->settings.locales_path, &menus) != DONE)
		return (cli_failed("queue",
		    "the menus cannot be read; `waymark menus check` says"
		    " why"));
	outcome = cases_templates(&errand, menus, &list);
	if (outcome != DONE) {
		menus_free(menus);
		return (queue_tell_failed(&errand, outcome));
	}
	is_empty = list.count == 0;
	if (wish->given & TAKES_JSON)
		queue_print_templates_json(&list, &out);
	else if (!is_empty)
		queue_print_templates(&list, &out);
	else
		fputs("There are no templates.\n", stderr);
	case_templates_free(&list);
	menus_free(menus);
	status = cli_put("queue", &out);
	return (status == EXIT_DONE && is_empty ? EXIT_NOTHING_FOUND : status);
}

int
queue_health(const struct session *session, const struct wish *wish)
{
	struct case_health health;
	struct text lines = { 0 };
	struct text out = { 0 };
	int hub_answers =
	    poke_ask_lines(session->settings.control_path, &lines) == DONE;
	enum outcome outcome = cases_health(&session->worker,
	    hub_answers ? text_string(&lines) : NULL, clock_utc_s(), &health);

	text_free(&lines);
	if (outcome != DONE)
		return (queue_tell_no_list(outcome));
	if (wish->given & TAKES_JSON)
		queue_print_health_json(&health, &out);
	else
		queue_print_health(&health, &out);
	return (cli_put("queue", &out));
}

int
queue_aside(const struct session *session, const struct wish *wish)
{
	struct aside_wish aside = {
		.id = wish->ref,
		.is_done = (wish->given & TAKES_DONE) != 0,
		.with_number = (wish->given & TAKES_NUMBER) != 0,
		.as_json = (wish->given & TAKES_JSON) != 0,
		.most = (size_t)wish->most,
	};

	return (cli_aside(session, &aside));
}
