/* waymark queue fact: what is set of a case for statistics. */
#include "gateway/base/clock.h"
#include "gateway/base/json.h"
#include "gateway/desk/case_facts_set.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/cli_refer.h"
#include "gateway/desk/session.h"

enum { TAKES_JSON = 1 << 0 };

/* The command line, read. */
struct wish {
	struct session_who who;
	unsigned given;
	const char *ref;
	const char *name;
	const char *value;
};

static struct errand
errand_of(const struct session *session, const struct wish *wish)
{
	return ((struct errand){ .worker = &session->worker,
	    .ref = wish->ref,
	    .now_utc_s = clock_utc_s() });
}

static int
tell_failed(const struct errand *errand)
{
	cli_failed(
	    "queue", "%s: %s", errand->ref, case_reason_words(errand->why));
	return (
	    errand->why == CASE_NOT_FOUND ? EXIT_NOTHING_FOUND : EXIT_FAILED);
}

/* The names there are: without a case, nobody signs in. */
static int
run_names(void)
{
	struct cli_table table = { .columns = 2 };
	struct text out = { 0 };
	size_t count;
	const struct htcds_field *fields = htcds_fields(&count);

	cli_table_add(&table, "FACT");
	cli_table_add(&table, "WHAT IT IS");
	for (size_t i = 0; i < count; i++) {
		cli_table_add(&table, fields[i].name);
		cli_table_add(&table, fields[i].label);
	}
	cli_table_print(&table, &out);
	cli_table_free(&table);
	return (cli_put("queue", &out));
}

static void
print_json(const struct case_facts *facts, struct text *out)
{
	struct json json = { 0 };

	json_open_object(&json, NULL);
	for (size_t i = 0; i < facts->count; i++)
		json_string(
		    &json, facts->items[i].field->name, facts->items[i].value);
	json_close_object(&json);
	text_add_bytes(out, text_string(&json.text), json.text.length);
	text_add_byte(out, '\n');
	json_free(&json);
}

static void
print_table(const struct case_facts *facts, struct text *out)
{
	static const char *const headings[] = { "FACT", "WHAT IT IS", "VALUE",
		"SET BY", "ON" };
	struct cli_table table = { .columns = COUNT_OF(headings) };

	for (size_t i = 0; i < COUNT_OF(headings); i++)
		cli_table_add(&table, headings[i]);
	for (size_t i = 0; i < facts->count; i++) {
		const struct case_fact *fact = &facts->items[i];

		cli_table_add(&table, fact->field->name);
		cli_table_add(&table, fact->field->label);
		cli_table_add(&table, fact->value);
		cli_table_add(&table, fact->by[0] != '\0' ? fact->by : "-");
		cli_table_add(&table,
		    fact->at_utc_s > 0 ? clock_date(fact->at_utc_s).text : "-");
	}
	cli_table_print(&table, out);
	cli_table_free(&table);
}

static int
run_show(const struct session *session, const struct wish *wish)
{
	struct errand errand = errand_of(session, wish);
	struct case_facts facts = { 0 };
	struct text out = { 0 };
	int has_any;
	int status;

	if (cases_facts(&errand, &facts) != DONE)
		return (tell_failed(&errand));
	has_any = facts.count > 0;
	if (wish->given & TAKES_JSON)
		print_json(&facts, &out);
	else if (has_any)
		print_table(&facts, &out);
	else
		fputs("No fact is set.\n", stderr);
	case_facts_free(&facts);
	status = cli_put("queue", &out);
	return (status == EXIT_DONE && !has_any ? EXIT_NOTHING_FOUND : status);
}

static int
run_set(const struct session *session, const struct wish *wish)
{
	struct errand errand = errand_of(session, wish);
	struct text trouble = { 0 };
	enum outcome outcome =
	    cases_set_fact(&errand, wish->name, wish->value, &trouble);
	int status = EXIT_DONE;

	if (outcome == REFUSED && errand.why == CASE_FINE)
		status = cli_failed("queue", "%s", text_string(&trouble));
	else if (outcome != DONE)
		status = tell_failed(&errand);
	else
		printf("%s: %s\n", errand.request.ref,
		    wish->value[0] != '\0' ? "fact set" : "fact taken away");
	text_free(&trouble);
	return (status);
}

/* -- the command line ------------------------------------------------------- */

static const struct cli_field fields[] = {
	CLI_WHO(struct wish),
	CLI_FLAG("json", TAKES_JSON),
};

static int
act(int count, char **words, struct wish *wish)
{
	struct session session;
	int status;

	if (count == 0)
		return (run_names());
	if (count != 1 && count != 3)
		return (command_wrong_use(&command_fact,
		    "fact takes a reference, a name and a value"));
	wish->ref = words[0];
	if (count == 3) {
		wish->name = words[1];
		wish->value = words[2];
	}
	if (session_open(&wish->who, &session) != DONE)
		return (EXIT_FAILED);
	status =
	    count == 3 ? run_set(&session, wish) : run_show(&session, wish);
	session_close(&session);
	return (status);
}

static int
run(int argc, char **argv)
{
	struct wish wish = { .who.command = "queue" };
	const struct cli_line line = { .command = &command_fact,
		.fields = fields,
		.field_count = COUNT_OF(fields),
		.into = &wish,
		.given = &wish.given };
	int first;
	int status;

	if (command_asked_help(&command_fact, argc, argv))
		return (EXIT_DONE);
	status = cli_read_fields(&line, argc, argv, &first);
	if (status != EXIT_DONE)
		return (status);
	return (act(argc - first, argv + first, &wish));
}

const struct command command_fact = {
	.name = "queue fact",
	.summary = "what is set of a case for statistics",
	.usage =
	    "Usage: waymark queue fact\n"
	    "       waymark queue fact REF [--json]\n"
	    "       waymark queue fact REF NAME VALUE\n"
	    "\n"
	    "Facts of a case in the words of the Human Trafficking Case Data"
	    " Standard (IOM),\n"
	    "and a few of our own (wmk_). Without a case it lists the names."
	    " Several values\n"
	    "stand with ; between; a VALUE of \"\" takes the fact away. Only"
	    " cases with\n"
	    "con_Consent TRUE are ever exported.\n"
	    "\n"
	    "  -c, --config FILE       the configuration; else"
	    " $WAYMARK_CONFIG,\n"
	    "                          else /etc/waymark/waymark.conf\n"
	    "  --staff NAME            who signs in; else it asks\n"
	    "  --password-file FILE    the password is its first line; else it"
	    " asks\n"
	    "  --json                  for programs\n",
	.run = run,
};
