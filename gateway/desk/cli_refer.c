/* waymark queue refer: a caller is told of to a partner, step by step. */
#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/json.h"
#include "gateway/desk/case_referral.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/cli_refer.h"
#include "gateway/desk/poke.h"
#include "gateway/desk/session.h"

enum {
	TAKES_FIELDS = 1 << 0,
	TAKES_HTML = 1 << 1,
	TAKES_WORDS = 1 << 2,
	TAKES_OUTPUT = 1 << 3,
	TAKES_JSON = 1 << 4,
	TAKES_LIST_FIELDS = 1 << 5,
	TAKES_PASS = TAKES_FIELDS | TAKES_WORDS | TAKES_OUTPUT,
};

/* The command line, read. */
struct wish {
	struct session_who who;
	unsigned given;
	struct cli_list fields;
	const char *words;
	const char *from;
	const char *output;
	const char *ref;
	const char *partner;
	const char *step;
	struct text text; /* of a question or a noted consent */
};

struct step_row {
	struct cli_action is;
	enum outcome (*move)(struct referral_errand *step); /* or NULL */
	int (*run)(const struct session *session, const struct wish *wish);
	const char *done;
};

static struct referral_errand
step_of(const struct session *session, const struct wish *wish)
{
	return ((struct referral_errand){
	    .errand = { .worker = &session->worker,
		.ref = wish->ref,
		.now_utc_s = clock_utc_s() },
	    .partner = wish->partner,
	});
}

static int
tell_failed(const struct referral_errand *step)
{
	const struct errand *errand = &step->errand;
	const char *ref = errand->was_found ? errand->request.ref : errand->ref;

	if (errand->why != CASE_FINE)
		cli_failed(
		    "queue", "%s: %s", ref, case_reason_words(errand->why));
	else if (step->why == REFERRAL_NO_FIELD)
		cli_failed("queue", "%s: '%s': %s", ref, step->field,
		    referral_reason_words(step->why));
	else
		cli_failed(
		    "queue", "%s: %s", ref, referral_reason_words(step->why));
	return (
	    errand->why == CASE_NOT_FOUND ? EXIT_NOTHING_FOUND : EXIT_FAILED);
}

/* -- looking ---------------------------------------------------------------- */

static const char *
consent_words(const struct referral *referral)
{
	if (referral->consent == CONSENT_BY_TEXT)
		return ("by text");
	return (referral->consent == CONSENT_NOTED ? "noted" : "-");
}

static void
add_row(struct cli_table *table, const struct referral *referral)
{
	char state[64];

	snprintf(state, sizeof(state), "%s%s%s",
	    referral_state_name(referral->state),
	    referral->is_in_doubt ? ", in doubt" : "",
	    referral->state == REFERRAL_WITHDRAWN &&
		    referral->passed_utc_s != 0 && referral->told_utc_s == 0
		? ": tell them"
		: "");
	cli_table_add(table, referral->partner_name);
	cli_table_add(table, state);
	cli_table_add(table, consent_words(referral));
	cli_table_add(table, clock_date_time(referral->asked_utc_s).text);
	cli_table_add(table, referral->staff_name);
	cli_table_add(
	    table, referral->passed_as[0] != '\0' ? referral->passed_as : "-");
}

static void
print_table(const struct referral_list *list, struct text *out)
{
	static const char *const headings[] = { "PARTNER", "STATE", "CONSENT",
		"ASKED", "BY", "PASSED AS" };
	struct cli_table table = { .columns = COUNT_OF(headings) };

	for (size_t i = 0; i < COUNT_OF(headings); i++)
		cli_table_add(&table, headings[i]);
	for (size_t i = 0; i < list->count; i++)
		add_row(&table, &list->items[i]);
	cli_table_print(&table, out);
	cli_table_free(&table);
}

static void
json_time(struct json *json, const char *name, int64_t utc_s)
{
	json_string(json, name, utc_s != 0 ? clock_iso(utc_s).text : NULL);
}

static void
print_json(const struct referral_list *list, struct text *out)
{
	struct json json = { 0 };

	json_open_array(&json, NULL);
	for (size_t i = 0; i < list->count; i++) {
		const struct referral *referral = &list->items[i];

		json_open_object(&json, NULL);
		json_string(&json, "partner", referral->partner_name);
		json_string(
		    &json, "state", referral_state_name(referral->state));
		json_string(&json, "consent", consent_words(referral));
		json_string(&json, "by", referral->staff_name);
		json_time(&json, "asked_at", referral->asked_utc_s);
		json_time(&json, "agreed_at", referral->agreed_utc_s);
		json_time(&json, "passed_at", referral->passed_utc_s);
		json_time(&json, "ended_at", referral->ended_utc_s);
		json_boolean(&json, "in_doubt", referral->is_in_doubt);
		json_close_object(&json);
	}
	json_close_array(&json);
	text_add_bytes(out, text_string(&json.text), json.text.length);
	text_add_byte(out, '\n');
	json_free(&json);
}

/* The wording behind each, under the table. */
static void
print_consents(
    struct errand *errand, const struct referral_list *list, struct text *out)
{
	for (size_t i = 0; i < list->count; i++) {
		struct text wording = { 0 };
		struct text answer = { 0 };

		if (case_referral_consent(
			errand, &list->items[i], &wording, &answer) == DONE &&
		    wording.length > 0) {
			text_printf(out, "\n%s was put as\n",
			    list->items[i].partner_name);
			cli_add_words(out, "      ", wording.bytes);
		}
		if (answer.length > 0) {
			text_add(out, "  and the caller wrote\n");
			cli_add_words(out, "      ", answer.bytes);
		}
		text_free(&wording);
		text_free(&answer);
	}
}

static int
run_list(const struct session *session, const struct wish *wish)
{
	struct referral_errand step = step_of(session, wish);
	struct referral_list list = { 0 };
	struct text out = { 0 };
	int status;

	if (case_referral_list(&step.errand, &list) != DONE)
		return (tell_failed(&step));
	if (wish->given & TAKES_JSON) {
		print_json(&list, &out);
	} else if (list.count > 0) {
		print_table(&list, &out);
		print_consents(&step.errand, &list, &out);
	} else {
		fputs("Nobody was told of this caller.\n", stderr);
	}
	status = cli_put("queue", &out);
	if (status == EXIT_DONE && list.count == 0)
		status = EXIT_NOTHING_FOUND;
	free(list.items);
	return (status);
}

static int
run_fields(const struct session *session, const struct wish *wish)
{
	struct referral_errand step = step_of(session, wish);
	struct referral_fields fields = { 0 };
	struct cli_table table = { .columns = 2 };
	struct text out = { 0 };

	if (case_referral_fields(&step.errand, &fields) != DONE)
		return (tell_failed(&step));
	cli_table_add(&table, "FIELD");
	cli_table_add(&table, "WHAT IT IS");
	for (size_t i = 0; i < fields.count; i++) {
		cli_table_add(&table, fields.items[i].name);
		cli_table_add(&table, fields.items[i].label);
	}
	cli_table_print(&table, &out);
	cli_table_free(&table);
	referral_fields_free(&fields);
	return (cli_put("queue", &out));
}

/* -- steps ------------------------------------------------------------------ */

static int
run_ask(const struct session *session, const struct wish *wish)
{
	struct referral_errand step = step_of(session, wish);
	unsigned parts = 0;

	if (case_referral_ask(&step, text_string(&wish->text), &parts) != DONE)
		return (tell_failed(&step));
	printf("%s: asked, %u %s; a YES by text is the caller's consent\n",
	    step.errand.request.ref, parts, parts == 1 ? "part" : "parts");
	if (poke_hub(session->settings.control_path) != DONE)
		puts("The hub is not running: it goes out when it starts.");
	return (EXIT_DONE);
}

static int
run_agreed(const struct session *session, const struct wish *wish)
{
	struct referral_errand step = step_of(session, wish);

	if (case_referral_note(&step, text_string(&wish->text)) != DONE)
		return (tell_failed(&step));
	printf("%s: consent noted with its wording\n", step.errand.request.ref);
	return (EXIT_DONE);
}

/* The file is the partner's; only the one who made it may read it here. */
static int
put(const struct wish *wish, struct text *out)
{
	enum outcome outcome;

	if (wish->output == NULL)
		return (cli_put("queue", out));
	outcome = file_write(wish->output, 0600, text_string(out), out->length);
	text_free(out);
	if (outcome != DONE)
		return (cli_failed("queue",
		    "cannot write '%s'; it is noted as"
		    " passed, make it again",
		    wish->output));
	printf(
	    "%s: made; destroy it here when it is delivered\n", wish->output);
	return (EXIT_DONE);
}

static int
run_pass(const struct session *session, const struct wish *wish)
{
	struct referral_errand step = step_of(session, wish);
	int is_file = strcmp(wish->step, "file") == 0;
	struct referral_pass pass = {
		.form = is_file                ? REFERRAL_FILE
		    : wish->given & TAKES_HTML ? REFERRAL_SHEET_HTML
					       : REFERRAL_SHEET,
		.fields = wish->fields.items,
		.field_count = wish->fields.count,
		.words = wish->words,
		.from = wish->from,
	};
	struct text out = { 0 };

	if (is_file && wish->output == NULL)
		return (command_wrong_use(
		    &command_refer, "say where the file goes: -o FILE"));
	if (case_referral_pass(&step, &pass, &out) != DONE)
		return (tell_failed(&step));
	return (put(wish, &out));
}

static enum outcome
accept(struct referral_errand *step)
{
	return (case_referral_answer(step, 1));
}

static enum outcome
decline(struct referral_errand *step)
{
	return (case_referral_answer(step, 0));
}

static const char wording[] = "the wording";

/* `least` and `most` are of the words behind the step. */
static const struct step_row steps[] = {
	{ { "ask", 0, 1, CLI_ANY_WORDS, wording }, NULL, run_ask, NULL },
	{ { "agreed", 0, 1, CLI_ANY_WORDS, wording }, NULL, run_agreed, NULL },
	{ { "sheet", TAKES_PASS | TAKES_HTML, 0, 0, NULL }, NULL, run_pass,
	    NULL },
	{ { "file", TAKES_PASS, 0, 0, NULL }, NULL, run_pass, NULL },
	{ { "accepted", 0, 0, 0, NULL }, accept, NULL, "accepted" },
	{ { "declined", 0, 0, 0, NULL }, decline, NULL, "declined" },
	{ { "withdraw", 0, 0, 0, NULL }, case_referral_withdraw, NULL,
	    "withdrawn; nothing more is passed" },
	{ { "still-agrees", 0, 0, 0, NULL }, case_referral_settle, NULL,
	    "the caller still agrees" },
	{ { "told", 0, 0, 0, NULL }, case_referral_told, NULL,
	    "the partner knows that it is withdrawn" },
};

static int
run_step(const struct session *session, const struct wish *wish,
    const struct step_row *row)
{
	struct referral_errand step = step_of(session, wish);

	if (row->run != NULL)
		return (row->run(session, wish));
	if (row->move(&step) != DONE)
		return (tell_failed(&step));
	printf("%s: %s\n", step.errand.request.ref, row->done);
	return (EXIT_DONE);
}

/* -- the command line ------------------------------------------------------- */

static const struct cli_field fields[] = {
	CLI_WHO(struct wish),
	CLI_LIST("field", TAKES_FIELDS, struct wish, fields),
	CLI_FLAG("fields", TAKES_LIST_FIELDS),
	CLI_WORD("words", 0, TAKES_WORDS, struct wish, words),
	CLI_WORD("from", 0, TAKES_WORDS, struct wish, from),
	CLI_FLAG("html", TAKES_HTML),
	CLI_WORD("output", 'o', TAKES_OUTPUT, struct wish, output),
	CLI_FLAG("json", TAKES_JSON),
};

static void
join_words(char **words, struct text *text)
{
	for (; *words != NULL; words++)
		text_printf(text, "%s%s", text->length > 0 ? " " : "", *words);
}

/* EXIT_DONE and *row_r (NULL: only looking). */
static int
check_words(const struct cli_line *line, int count, char **words,
    const struct step_row **row_r)
{
	struct wish *wish = line->into;
	const void *row;
	int status;

	if (count == 0)
		return (command_wrong_use(
		    &command_refer, "refer needs a reference"));
	wish->ref = words[0];
	*row_r = NULL;
	if (count == 1)
		return (wish->given & ~(TAKES_JSON | TAKES_LIST_FIELDS)
			? command_wrong_use(
			      &command_refer, "say to whom, and which step")
			: EXIT_DONE);
	if (count == 2)
		return (command_wrong_use(&command_refer,
		    "behind the partner stands a step: ask, agreed, sheet,"
		    " file, accepted, declined, withdraw, still-agrees or"
		    " told"));
	status = cli_choose_action(line, count - 2, words + 2, &row);
	if (status != EXIT_DONE)
		return (status);
	wish->partner = words[1];
	wish->step = words[2];
	join_words(words + 3, &wish->text);
	*row_r = row;
	return (EXIT_DONE);
}

static int
act(const struct cli_line *line, int count, char **words)
{
	const struct wish *wish = line->into;
	const struct step_row *row;
	struct session session;
	int status = check_words(line, count, words, &row);

	if (status != EXIT_DONE)
		return (status);
	if (session_open(&wish->who, &session) != DONE)
		return (EXIT_FAILED);
	if (row != NULL)
		status = run_step(&session, wish, row);
	else if (wish->given & TAKES_LIST_FIELDS)
		status = run_fields(&session, wish);
	else
		status = run_list(&session, wish);
	session_close(&session);
	return (status);
}

static int
run(int argc, char **argv)
{
	struct wish wish = { .who.command = "queue" };
	const struct cli_line line = { &command_refer, fields, COUNT_OF(fields),
		&wish, &wish.given, steps, COUNT_OF(steps), sizeof(steps[0]) };
	int first;
	int status;

	if (command_asked_help(&command_refer, argc, argv))
		return (EXIT_DONE);
	status = cli_read_fields(&line, argc, argv, &first);
	if (status == EXIT_DONE)
		status = act(&line, argc - first, argv + first);
	text_free(&wish.text);
	return (status);
}

const struct command command_refer = {
	.name = "queue refer",
	.summary = "tell a partner of a caller, with their consent",
	.usage =
	    "Usage: waymark queue refer REF [--json]\n"
	    "       waymark queue refer REF --fields\n"
	    "       waymark queue refer REF PARTNER ask QUESTION\n"
	    "       waymark queue refer REF PARTNER agreed WORDING\n"
	    "       waymark queue refer REF PARTNER sheet --field NAME..."
	    " [--html] [-o FILE]\n"
	    "       waymark queue refer REF PARTNER file --field NAME..."
	    " -o FILE\n"
	    "       waymark queue refer REF PARTNER accepted|declined\n"
	    "       waymark queue refer REF PARTNER withdraw|still-agrees"
	    "|told\n"
	    "\n"
	    "Refers the caller of a case you have claimed to a partner. First"
	    " consent: `ask`\n"
	    "sends your question by text, and a YES is recorded as the"
	    " caller's own; `agreed`\n"
	    "writes down what they agreed to by voice. Only then a sheet to"
	    " print, or a file\n"
	    "sealed to the partner's key, with the fields you name and no"
	    " others.\n"
	    "\n"
	    "  -c, --config FILE       the configuration; else"
	    " $WAYMARK_CONFIG,\n"
	    "                          else /etc/waymark/waymark.conf\n"
	    "  --staff NAME            who signs in; else it asks\n"
	    "  --password-file FILE    the password is its first line; else it"
	    " asks\n"
	    "  --fields                which fields this case has\n"
	    "  --field NAME            pass this one; once for each\n"
	    "  --words TEXT            a few words of your own on the sheet\n"
	    "  --from NAME             your organisation, as the sheet names"
	    " it\n"
	    "  --html                  a page to print instead of plain text\n"
	    "  -o, --output FILE       instead of standard output\n"
	    "  --json                  for programs\n",
	.run = run,
};
