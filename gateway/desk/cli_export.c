/* waymark export: data that may leave the helpline. */
#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_export_trends.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/desk.h"
#include "gateway/desk/exports.h"
#include "gateway/desk/session.h"

enum {
	TAKES_JSON = 1 << 0,
	TAKES_WEEKS = 1 << 1,
	TAKES_RULE = 1 << 2,
	TAKES_TRENDS = 1 << 3,
	TAKES_BY_WORD = 1 << 4,
};

/* The command line, read. */
struct wish {
	struct session_who who;
	unsigned given;
	const char *output;
	const char *from;
	const char *to;
	const char *svg;
	const char *corridor;
	int64_t least; /* 0: what the configuration says */
	int64_t rounding;
	int64_t weeks;
	const char *ref;
};

struct action {
	struct cli_action is;
	int (*run)(const struct session *session, const struct wish *wish);
};

/* Only the one who made it may read it. */
static int
put(const struct wish *wish, struct text *out)
{
	enum outcome outcome;

	if (wish->output == NULL)
		return (cli_put("export", out));
	outcome = file_write(wish->output, 0600, text_string(out), out->length);
	text_free(out);
	if (outcome != DONE)
		return (
		    cli_failed("export", "cannot write '%s'", wish->output));
	printf("%s: made\n", wish->output);
	return (EXIT_DONE);
}

static int
tell_failed(enum outcome outcome, enum export_reason why)
{
	cli_failed("export", "%s", export_reason_words(why));
	return (outcome == NOTHING ? EXIT_NOTHING_FOUND : EXIT_FAILED);
}

static enum export_form
form_of(const struct wish *wish)
{
	return (wish->given & TAKES_JSON ? EXPORT_JSON : EXPORT_CSV);
}

static int
run_tallies(const struct session *session, const struct wish *wish)
{
	struct export_tallies tallies = {
		.first_week = wish->from,
		.last_week = wish->to,
		.rule = { wish->least, wish->rounding },
		.form = form_of(wish),
		.now_utc_s = clock_utc_s(),
	};
	struct text out = { 0 };
	enum export_reason why;
	enum outcome outcome;

	if (wish->from == NULL || wish->to == NULL)
		return (command_wrong_use(&command_export,
		    "say which weeks: --from 2026-W01 --to 2026-W13"));
	exports_set_rule(&tallies, &session->settings.data);
	outcome = exports_tallies(&session->worker, &tallies, &out, &why);
	if (outcome != DONE)
		return (tell_failed(outcome, why));
	return (put(wish, &out));
}

static int
run_htcds(const struct session *session, const struct wish *wish)
{
	struct export_htcds htcds = { .form = form_of(wish),
		.now_utc_s = clock_utc_s() };
	struct text out = { 0 };
	enum export_reason why;
	enum outcome outcome =
	    exports_htcds(&session->worker, &htcds, &out, &why);

	if (htcds.left_out > 0)
		fprintf(stderr,
		    "%zu cases with facts are left out: con_Consent is not"
		    " TRUE\n",
		    htcds.left_out);
	if (outcome != DONE)
		return (tell_failed(outcome, why));
	return (put(wish, &out));
}

static int
run_case(const struct session *session, const struct wish *wish)
{
	struct errand errand = { .worker = &session->worker,
		.ref = wish->ref,
		.now_utc_s = clock_utc_s() };
	struct text out = { 0 };
	enum outcome outcome = exports_case(&errand,
	    wish->given & TAKES_JSON ? EXPORT_CASE_JSON : EXPORT_CASE_TEXT,
	    &out);

	if (outcome != DONE) {
		cli_failed("export", "%s: %s", wish->ref,
		    case_reason_words(errand.why));
		return (outcome == NOTHING ? EXIT_NOTHING_FOUND : EXIT_FAILED);
	}
	fputs("Look through it before you hand it over: it holds the team's"
	      " notes, too.\n",
	    stderr);
	return (put(wish, &out));
}

/* -- trends ----------------------------------------------------------------- */

static int
run_trends(const struct session *session, const struct wish *wish)
{
	struct trends_wish trends_wish = { .now_utc_s = clock_utc_s(),
		.weeks = wish->weeks,
		.corridor = wish->corridor,
		.by_word = (wish->given & TAKES_BY_WORD) != 0 };
	struct trends trends = { 0 };
	struct text out = { 0 };
	int status = EXIT_DONE;

	if (!cases_may_see(&session->staff))
		return (cli_failed("export",
		    "you may not see trends; ask a"
		    " lead"));
	if (trends_read(session->store, &trends_wish, &trends) != DONE)
		return (tell_failed(TRY_LATER, EXPORT_STORE));
	if (trends.count == 0) {
		fputs("Nothing was counted in these weeks.\n", stderr);
		return (EXIT_NOTHING_FOUND);
	}
	if (wish->svg != NULL)
		status = cli_trends_draw(&trends, wish->svg);
	if (wish->given & TAKES_JSON)
		cli_trends_print_json(&trends, &out);
	else
		cli_trends_print(&trends, &out);
	trends_free(&trends);
	if (status == EXIT_DONE)
		return (put(wish, &out));
	text_free(&out);
	return (status);
}

/* -- the command line ------------------------------------------------------- */

static const struct action actions[] = {
	{ { "tallies", TAKES_JSON | TAKES_WEEKS | TAKES_RULE, 0, 0, NULL },
	    run_tallies },
	{ { "htcds", TAKES_JSON, 0, 0, NULL }, run_htcds },
	{ { "case", TAKES_JSON, 1, 1, "a reference" }, run_case },
	{ { "trends", TAKES_TRENDS | TAKES_BY_WORD | TAKES_JSON, 0, 0, NULL },
	    run_trends },
};

static const struct cli_field fields[] = {
	CLI_WHO(struct wish),
	CLI_WORD("output", 'o', 0, struct wish, output),
	CLI_FLAG("json", TAKES_JSON),
	CLI_WORD("from", 0, TAKES_WEEKS, struct wish, from),
	CLI_WORD("to", 0, TAKES_WEEKS, struct wish, to),
	CLI_NUMBER("least", TAKES_RULE, struct wish, least, ANONYMOUS_K_LEAST,
	    ANONYMOUS_K_MOST),
	CLI_NUMBER("rounding", TAKES_RULE, struct wish, rounding,
	    ANONYMOUS_BASE_LEAST, ANONYMOUS_BASE_MOST),
	CLI_WORD("svg", 0, TAKES_TRENDS, struct wish, svg),
	CLI_NUMBER(
	    "weeks", TAKES_TRENDS, struct wish, weeks, 1, TRENDS_WEEKS_MOST),
	CLI_WORD("corridor", 0, TAKES_TRENDS, struct wish, corridor),
	CLI_FLAG("by-word", TAKES_BY_WORD),
};

static int
act(const struct wish *wish, const struct action *action)
{
	struct session session;
	int status;

	if (session_open(&wish->who, &session) != DONE)
		return (EXIT_FAILED);
	status = action->run(&session, wish);
	session_close(&session);
	return (status);
}

static int
run(int argc, char **argv)
{
	struct wish wish = { .who.command = "export",
		.weeks = TRENDS_WEEKS_DEFAULT };
	const struct cli_line line = { &command_export, fields,
		COUNT_OF(fields), &wish, &wish.given, actions,
		COUNT_OF(actions), sizeof(actions[0]) };
	const void *action;
	int first;
	int status;

	if (command_asked_help(&command_export, argc, argv))
		return (EXIT_DONE);
	status = cli_read_fields(&line, argc, argv, &first);
	if (status == EXIT_DONE)
		status = cli_choose_action(
		    &line, argc - first, argv + first, &action);
	if (status != EXIT_DONE)
		return (status);
	wish.ref = argv[first + 1];
	return (act(&wish, action));
}

const struct command command_export = {
	.name = "export",
	.summary = "data that may leave: tallies, htcds, a caller's own case;"
		   " trends",
	.usage =
	    "Usage: waymark export tallies --from WEEK --to WEEK [--least N]\n"
	    "           [--rounding N] [--json] [-o FILE]\n"
	    "       waymark export htcds [--json] [-o FILE]\n"
	    "       waymark export case REF [--json] [-o FILE]\n"
	    "       waymark export trends [--weeks N] [--corridor ID]"
	    " [--by-word]\n"
	    "           [--svg FILE] [--json] [-o FILE]\n"
	    "\n"
	    "tallies  counts of whole weeks (2026-W01), each of at least"
	    " eleven and rounded\n"
	    "         down, that single nobody out, also beside earlier"
	    " releases; for leads\n"
	    "htcds    what caseworkers set of cases, in the words of the Human"
	    " Trafficking\n"
	    "         Case Data Standard (IOM), where con_Consent is TRUE; for"
	    " leads\n"
	    "case     all that is kept of one case, for the caller who asks\n"
	    "trends   requests, warning signs and recruiters by week\n"
	    "\n"
	    "  -c, --config FILE       the configuration; else"
	    " $WAYMARK_CONFIG,\n"
	    "                          else /etc/waymark/waymark.conf\n"
	    "  --staff NAME            who signs in; else it asks\n"
	    "  --password-file FILE    the password is its first line; else it"
	    " asks\n"
	    "  --from, --to WEEK       the first and the last week; the last"
	    " must be over\n"
	    "  --least N               hide counts under N; never under what is"
	    " configured\n"
	    "  --rounding N            round down to a multiple of N\n"
	    "  --weeks N               of trends: how many, with this one"
	    " (26)\n"
	    "  --corridor ID           of trends: only this one\n"
	    "  --by-word               of trends: each sign and recruiter by"
	    " itself\n"
	    "  --svg FILE              of trends: a picture as well\n"
	    "  --json                  for programs; else CSV, or text\n"
	    "  -o, --output FILE       instead of standard output\n",
	.run = run,
};
