/* waymark queue refer: a caller is told of to a partner, step by step. */
#include "gateway/desk/cli_refer.h"
#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_refer_parts.h"
#include "gateway/desk/poke.h"

struct step_row {
	struct cli_action is;
	enum outcome (*move)(struct referral_errand *step); /* or NULL */
	int (*run)(
	    const struct session *session, const struct refer_wish *wish);
	const char *done;
};

struct referral_errand
refer_step_of(const struct session *session, const struct refer_wish *wish)
{
	return ((struct referral_errand){
	    .errand = { .worker = &session->worker,
		.ref = wish->ref,
		.now_utc_s = clock_utc_s() },
	    .partner = wish->partner,
	});
}

int
refer_tell_failed(const struct referral_errand *step)
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

/* -- steps ------------------------------------------------------------------ */

static int
run_ask(const struct session *session, const struct refer_wish *wish)
{
	struct referral_errand step = refer_step_of(session, wish);
	unsigned parts = 0;

	if (case_referral_ask(&step, text_string(&wish->text), &parts) != DONE)
		return (refer_tell_failed(&step));
	printf("%s: asked, %u %s; a YES by text is the caller's consent\n",
	    step.errand.request.ref, parts, parts == 1 ? "part" : "parts");
	if (poke_hub(session->settings.control_path) != DONE)
		puts("The hub is not running: it goes out when it starts.");
	return (EXIT_DONE);
}

static int
run_agreed(const struct session *session, const struct refer_wish *wish)
{
	struct referral_errand step = refer_step_of(session, wish);

	if (case_referral_note(&step, text_string(&wish->text)) != DONE)
		return (refer_tell_failed(&step));
	printf("%s: consent noted with its wording\n", step.errand.request.ref);
	return (EXIT_DONE);
}

/* The file is the partner's; only the one who made it may read it here. */
static int
put(const struct refer_wish *wish, struct text *out)
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
run_pass(const struct session *session, const struct refer_wish *wish)
{
	struct referral_errand step = refer_step_of(session, wish);
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
		return (refer_tell_failed(&step));
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
run_step(const struct session *session, const struct refer_wish *wish,
    const struct step_row *row)
{
	struct referral_errand step = refer_step_of(session, wish);

	if (row->run != NULL)
		return (row->run(session, wish));
	if (row->move(&step) != DONE)
		return (refer_tell_failed(&step));
	printf("%s: %s\n", step.errand.request.ref, row->done);
	return (EXIT_DONE);
}

/* -- the command line ------------------------------------------------------- */

static const struct cli_field fields[] = {
	CLI_WHO(struct refer_wish),
	CLI_LIST("field", TAKES_FIELDS, struct refer_wish, fields),
	CLI_FLAG("fields", TAKES_LIST_FIELDS),
	CLI_WORD("words", 0, TAKES_WORDS, struct refer_wish, words),
	CLI_WORD("from", 0, TAKES_WORDS, struct refer_wish, from),
	CLI_FLAG("html", TAKES_HTML),
	CLI_WORD("output", 'o', TAKES_OUTPUT, struct refer_wish, output),
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
	struct refer_wish *wish = line->into;
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
	const struct refer_wish *wish = line->into;
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
		status = refer_run_fields(&session, wish);
	else
		status = refer_run_list(&session, wish);
	session_close(&session);
	return (status);
}

static int
run(int argc, char **argv)
{
	struct refer_wish wish = { .who.command = "queue" };
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
