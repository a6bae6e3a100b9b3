/* waymark status: is it alive, and does anything wait? */
#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/json.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/settings.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/desk.h"
#include "gateway/desk/poke.h"
#include "store/journal.h"
#include "store/outbox.h"
#include "store/requests.h"

/* A line as the hub says it is. */
struct line_facts {
	const char *name;
	const char *state;
	int is_up; /* the device answers and is in the network */
	int64_t signal_percent; /* -1 unknown */
	int64_t in_flight;
};

/* Counts and times only: nobody signs in for this, so it shows nobody. */
struct facts {
	int64_t now_utc_s;
	int hub_runs;
	struct text lines_text; /* holds what `lines` points into */
	struct line_facts *lines;
	size_t line_count;
	struct request_counts requests;
	int64_t outbox[OUTBOX_GIVEN_UP + 1];
	int64_t journal[JOURNAL_ASIDE + 1];
};

/* 1 when it is the five fields of poke.h. */
static int
read_line(char *text, struct line_facts *line_r)
{
	const char *fields[5];

	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		fields[i] = strsep(&text, "\t");
		if (fields[i] == NULL)
			return (0);
	}
	line_r->name = fields[0];
	line_r->state = fields[1];
	line_r->is_up = strcmp(fields[2], "up") == 0;
	return (
	    text_read_integer(fields[3], -1, 100, &line_r->signal_percent) &&
	    text_read_integer(fields[4], 0, INT32_MAX, &line_r->in_flight));
}

static void
read_lines(const struct settings *settings, struct facts *facts)
{
	char *rest;

	facts->lines = memory_new(settings->line_count, sizeof(*facts->lines));
	if (poke_ask_lines(settings->control_path, &facts->lines_text) != DONE)
		return;
	rest = facts->lines_text.bytes;
	while (rest != NULL && facts->line_count < settings->line_count) {
		if (read_line(
			strsep(&rest, "\n"), &facts->lines[facts->line_count]))
			facts->line_count++;
	}
}

static void
facts_free(struct facts *facts)
{
	free(facts->lines);
	text_free(&facts->lines_text);
}

MUST_USE static enum outcome
read_facts(const struct settings *settings, struct facts *facts_r)
{
	struct facts facts = { .now_utc_s = clock_utc_s() };
	struct store *store;
	enum outcome outcome =
	    store_open(settings->store_path, STORE_READ, NULL, &store);

	if (outcome != DONE)
		return (outcome);
	facts.hub_runs = store_hub_runs(settings->store_path);
	outcome = requests_count(store, &facts.requests);
	if (outcome == DONE)
		outcome = outbox_count(store, facts.outbox);
	if (outcome == DONE)
		outcome = journal_count(store, facts.journal);
	store_close(store);
	if (outcome != DONE)
		return (outcome);
	if (facts.hub_runs)
		read_lines(settings, &facts);
	*facts_r = facts;
	return (DONE);
}

static int64_t
oldest_open_s(const struct facts *facts)
{
	int64_t since = facts->requests.oldest_open_utc_s;

	return (since == 0 ? 0 : facts->now_utc_s - since);
}

/* -- as text ---------------------------------------------------------------- */

static void
add_count(struct text *out, const char *name, int64_t count)
{
	text_printf(out, "  %-10s %" PRId64 "\n", name, count);
}

static void
add_lines(const struct facts *facts, struct text *out)
{
	if (facts->line_count > 0)
		text_add(out, "\nLines\n");
	for (size_t i = 0; i < facts->line_count; i++) {
		const struct line_facts *line = &facts->lines[i];

		text_printf(out, "  %-10s %s, %s", line->name, line->state,
		    line->is_up ? "in the network" : "NOT IN THE NETWORK");
		if (line->signal_percent >= 0)
			text_printf(out, ", signal %" PRId64 " %%",
			    line->signal_percent);
		text_add_byte(out, '\n');
	}
}

static void
add_text(const struct facts *facts, struct text *out)
{
	text_printf(out, "Hub       %s\n",
	    facts->hub_runs ? "running" : "NOT RUNNING: waymark serve");
	text_printf(out, "Store     version %d\n", store_version());
	add_lines(facts, out);
	text_add(out, "\nHelp requests\n");
	for (int i = 0; i <= REQUEST_FORGOTTEN; i++)
		add_count(out, request_state_name((enum request_state)i),
		    facts->requests.by_state[i]);
	if (facts->requests.by_state[REQUEST_OPEN] > 0)
		text_printf(out, "  the oldest open one has waited %s\n",
		    cli_age(oldest_open_s(facts)).text);
	text_add(out, "\nTexts on their way out\n");
	for (int i = 0; i <= OUTBOX_GIVEN_UP; i++)
		add_count(out, outbox_state_name((enum outbox_state)i),
		    facts->outbox[i]);
	text_add(out, "\nMessages that came in\n");
	for (int i = 0; i <= JOURNAL_ASIDE; i++)
		add_count(out, journal_state_name((enum journal_state)i),
		    facts->journal[i]);
	if (facts->journal[JOURNAL_ASIDE] > 0)
		text_add(out,
		    "  what stands aside could not be handled and got no"
		    " answer:\n"
		    "  waymark queue aside\n");
}

/* -- as JSON ---------------------------------------------------------------- */

static void
add_lines_json(const struct facts *facts, struct json *json)
{
	json_open_array(json, "lines");
	for (size_t i = 0; i < facts->line_count; i++) {
		const struct line_facts *line = &facts->lines[i];

		json_open_object(json, NULL);
		json_string(json, "name", line->name);
		json_string(json, "state", line->state);
		json_boolean(json, "up", line->is_up);
		json_integer(json, "signal_percent", line->signal_percent);
		json_integer(json, "in_flight", line->in_flight);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
add_json(const struct facts *facts, struct text *out)
{
	struct json json = { 0 };

	json_open_object(&json, NULL);
	json_boolean(&json, "hub_running", facts->hub_runs);
	json_integer(&json, "store_version", store_version());
	add_lines_json(facts, &json);
	json_open_object(&json, "requests");
	for (int i = 0; i <= REQUEST_FORGOTTEN; i++)
		json_integer(&json, request_state_name((enum request_state)i),
		    facts->requests.by_state[i]);
	json_close_object(&json);
	json_integer(&json, "oldest_open_seconds", oldest_open_s(facts));
	json_open_object(&json, "outbox");
	for (int i = 0; i <= OUTBOX_GIVEN_UP; i++)
		json_integer(&json, outbox_state_name((enum outbox_state)i),
		    facts->outbox[i]);
	json_close_object(&json);
	json_open_object(&json, "journal");
	for (int i = 0; i <= JOURNAL_ASIDE; i++)
		json_integer(&json, journal_state_name((enum journal_state)i),
		    facts->journal[i]);
	json_close_object(&json);
	json_close_object(&json);
	text_add_bytes(out, json.text.bytes, json.text.length);
	text_add_byte(out, '\n');
	json_free(&json);
}

/* -- the command line ------------------------------------------------------- */

static int
show(const char *config, int as_json)
{
	struct settings settings;
	struct facts facts;
	struct text out = { 0 };
	enum outcome outcome;

	if (settings_load(settings_default_path(config), &settings) != DONE)
		return (EXIT_FAILED);
	log_open("status", settings.log_level);
	seal_start();
	outcome = read_facts(&settings, &facts);
	settings_free(&settings);
	if (outcome != DONE)
		return (cli_failed("status", "the store cannot be read"));
	if (as_json)
		add_json(&facts, &out);
	else
		add_text(&facts, &out);
	facts_free(&facts);
	return (cli_put("status", &out));
}

enum { OPTION_JSON = 256 };

static const struct cli_option options[] = {
	{ "config", 1, 'c' },
	{ "json", 0, OPTION_JSON },
};

struct wish {
	const char *config;
	int as_json;
};

static int
take_option(int id, char *value, void *into)
{
	struct wish *wish = into;

	if (id == OPTION_JSON)
		wish->as_json = 1;
	else
		wish->config = value;
	return (EXIT_DONE);
}

static int
run(int argc, char **argv)
{
	struct wish wish = { 0 };
	struct cli_reading reading = { &command_status, options,
		COUNT_OF(options), take_option, &wish };
	int first;
	int status;

	if (command_asked_help(&command_status, argc, argv))
		return (EXIT_DONE);
	status = cli_read_options(&reading, argc, argv, &first);
	if (status != EXIT_DONE)
		return (status);
	if (first < argc)
		return (command_wrong_use(
		    &command_status, "'%s' is one word too many", argv[first]));
	return (show(wish.config, wish.as_json));
}

const struct command command_status = {
	.name = "status",
	.summary = "is the hub running, and does anything wait",
	.usage =
	    "Usage: waymark status [-c FILE] [--json]\n"
	    "\n"
	    "Says whether the hub runs and how much waits: help requests, texts"
	    " on their way\n"
	    "out, messages that came in.  Counts only: it needs no password"
	    " and shows nobody.\n"
	    "\n"
	    "  -c, --config FILE   the configuration; else $WAYMARK_CONFIG,"
	    " else\n"
	    "                      /etc/waymark/waymark.conf\n"
	    "  --json              for programs\n",
	.run = run,
};
