/* waymark export: data that may leave the helpline. */
#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/json.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/desk.h"
#include "gateway/desk/exports.h"
#include "gateway/desk/markup.h"
#include "gateway/desk/session.h"
#include "gateway/desk/trends.h"

enum {
	TAKES_JSON = 1 << 0,
	TAKES_WEEKS = 1 << 1,
	TAKES_RULE = 1 << 2,
	TAKES_TRENDS = 1 << 3,
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
	int by_word;
	const char *ref;
};

struct action {
	const char *name;
	unsigned takes;
	int takes_ref;
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

/* The terminal speaks English. */
static const struct page english = { 0 };

static void
print_trends(const struct trends *trends, struct text *out)
{
	for (size_t i = 0; i < trends->count; i++) {
		const struct trend *trend = &trends->items[i];

		text_add(out, i > 0 ? "\n" : "");
		trend_title(&english, trend, out);
		text_add_byte(out, '\n');
		trend_sentences(&english, trend, out);
		text_add(out, "\n\n");
		trend_text_table(&english, trend, out);
	}
}

/* One picture: the plots one below the other. */
static void
draw_trends(const struct trends *trends, struct text *svg)
{
	enum { WIDTH = 720, STEP = 260, TITLE = 20 };

	text_printf(svg,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\""
	    " height=\"%zu\" viewBox=\"0 0 %d %zu\" color=\"black\""
	    " font-family=\"sans-serif\">\n",
	    (int)WIDTH, trends->count * STEP, (int)WIDTH, trends->count * STEP);
	for (size_t i = 0; i < trends->count; i++) {
		struct text title = { 0 };
		char id[32];

		trend_title(&english, &trends->items[i], &title);
		snprintf(id, sizeof(id), "trend-%zu", i + 1);
		text_printf(svg, "<text x=\"8\" y=\"%zu\" font-size=\"15\">",
		    i * STEP + TITLE);
		markup_add(svg, title.bytes);
		text_printf(svg,
		    "</text>\n<svg y=\"%zu\" width=\"%d\" height=\"220\">\n",
		    i * STEP + TITLE, (int)WIDTH);
		trend_svg(&english, &trends->items[i], id, svg);
		text_add(svg, "</svg>\n");
		text_free(&title);
	}
	text_add(svg, "</svg>\n");
}

static int
write_svg(const struct trends *trends, const char *path)
{
	struct text svg = { 0 };
	enum outcome outcome;

	draw_trends(trends, &svg);
	outcome = file_write(path, 0644, svg.bytes, svg.length);
	text_free(&svg);
	if (outcome != DONE)
		return (cli_failed("export", "cannot write '%s'", path));
	fprintf(stderr, "%s: made\n", path);
	return (EXIT_DONE);
}

static void
add_week_json(const struct trend_week *week, struct json *json)
{
	struct text count = { 0 };

	trend_add_count(&english, week->count, &count);
	json_open_object(json, NULL);
	json_string(json, "week", week->week.text);
	json_string(json, "count", count.bytes);
	json_boolean(json, "stands_out", week->stands_out);
	json_boolean(json, "is_running", week->is_running);
	json_close_object(json);
	text_free(&count);
}

static void
print_trends_json(const struct trends *trends, struct text *out)
{
	struct json json = { 0 };

	json_open_array(&json, NULL);
	for (size_t i = 0; i < trends->count; i++) {
		const struct trend *trend = &trends->items[i];

		json_open_object(&json, NULL);
		json_string(&json, "what", tally_what_name(trend->what));
		json_string(&json, "corridor", trend->corridor);
		json_string(&json, "word",
		    trend->first[0] != '\0' ? trend->first : NULL);
		json_open_array(&json, "weeks");
		for (size_t k = 0; k < trend->week_count; k++)
			add_week_json(&trend->weeks[k], &json);
		json_close_array(&json);
		json_close_object(&json);
	}
	json_close_array(&json);
	text_add_bytes(out, text_string(&json.text), json.text.length);
	text_add_byte(out, '\n');
	json_free(&json);
}

static int
run_trends(const struct session *session, const struct wish *wish)
{
	struct trends_wish trends_wish = { .now_utc_s = clock_utc_s(),
		.weeks = wish->weeks,
		.corridor = wish->corridor,
		.by_word = wish->by_word };
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
		status = write_svg(&trends, wish->svg);
	if (wish->given & TAKES_JSON)
		print_trends_json(&trends, &out);
	else
		print_trends(&trends, &out);
	trends_free(&trends);
	if (status == EXIT_DONE)
		return (put(wish, &out));
	text_free(&out);
	return (status);
}

/* -- the command line ------------------------------------------------------- */

static const struct action actions[] = {
	{ "tallies", TAKES_JSON | TAKES_WEEKS | TAKES_RULE, 0, run_tallies },
	{ "htcds", TAKES_JSON, 0, run_htcds },
	{ "case", TAKES_JSON, 1, run_case },
	{ "trends", TAKES_TRENDS | TAKES_JSON, 0, run_trends },
};

enum {
	OPTION_STAFF = 256,
	OPTION_PASSWORD_FILE,
	OPTION_JSON,
	OPTION_FROM,
	OPTION_TO,
	OPTION_LEAST,
	OPTION_ROUNDING,
	OPTION_SVG,
	OPTION_WEEKS,
	OPTION_CORRIDOR,
	OPTION_BY_WORD,
};

static const struct cli_option options[] = {
	{ "config", 1, 'c' },
	{ "staff", 1, OPTION_STAFF },
	{ "password-file", 1, OPTION_PASSWORD_FILE },
	{ "output", 1, 'o' },
	{ "json", 0, OPTION_JSON },
	{ "from", 1, OPTION_FROM },
	{ "to", 1, OPTION_TO },
	{ "least", 1, OPTION_LEAST },
	{ "rounding", 1, OPTION_ROUNDING },
	{ "svg", 1, OPTION_SVG },
	{ "weeks", 1, OPTION_WEEKS },
	{ "corridor", 1, OPTION_CORRIDOR },
	{ "by-word", 0, OPTION_BY_WORD },
};

/* Options with a number: 1 when it was one of them. */
static int
take_number(int id, const char *value, struct wish *wish, int *status_r)
{
	const struct {
		int id;
		const char *name;
		int64_t min;
		int64_t max;
		unsigned given;
		int64_t *into;
	} rows[] = {
		{ OPTION_LEAST, "least", ANONYMOUS_K_LEAST, ANONYMOUS_K_MOST,
		    TAKES_RULE, &wish->least },
		{ OPTION_ROUNDING, "rounding", ANONYMOUS_BASE_LEAST,
		    ANONYMOUS_BASE_MOST, TAKES_RULE, &wish->rounding },
		{ OPTION_WEEKS, "weeks", 1, TRENDS_WEEKS_MOST, TAKES_TRENDS,
		    &wish->weeks },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (rows[i].id != id)
			continue;
		wish->given |= rows[i].given;
		*status_r = EXIT_DONE;
		if (!text_read_integer(
			value, rows[i].min, rows[i].max, rows[i].into))
			*status_r = command_wrong_use(&command_export,
			    "--%s takes a number from %" PRId64 " to %" PRId64,
			    rows[i].name, rows[i].min, rows[i].max);
		return (1);
	}
	return (0);
}

static int
take_option(int id, char *value, void *into)
{
	struct wish *wish = into;
	const struct {
		int id;
		unsigned given;
		const char **into;
	} rows[] = {
		{ 'c', 0, &wish->who.config },
		{ OPTION_STAFF, 0, &wish->who.staff },
		{ OPTION_PASSWORD_FILE, 0, &wish->who.password_file },
		{ 'o', 0, &wish->output },
		{ OPTION_JSON, TAKES_JSON, NULL },
		{ OPTION_FROM, TAKES_WEEKS, &wish->from },
		{ OPTION_TO, TAKES_WEEKS, &wish->to },
		{ OPTION_SVG, TAKES_TRENDS, &wish->svg },
		{ OPTION_CORRIDOR, TAKES_TRENDS, &wish->corridor },
		{ OPTION_BY_WORD, TAKES_TRENDS, NULL },
	};
	int status;

	if (take_number(id, value, wish, &status))
		return (status);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (rows[i].id != id)
			continue;
		wish->given |= rows[i].given;
		if (rows[i].into != NULL)
			*rows[i].into = value;
	}
	if (id == OPTION_BY_WORD)
		wish->by_word = 1;
	return (EXIT_DONE);
}

static int
act(int count, char **words, struct wish *wish)
{
	const struct action *action = NULL;
	struct session session;
	int status;

	if (count == 0)
		return (
		    command_wrong_use(&command_export, "say what to export"));
	for (size_t i = 0; i < COUNT_OF(actions); i++) {
		if (strcmp(actions[i].name, words[0]) == 0)
			action = &actions[i];
	}
	if (action == NULL)
		return (command_wrong_use(
		    &command_export, "there is nothing called '%s'", words[0]));
	if (wish->given & ~action->takes)
		return (command_wrong_use(&command_export,
		    "%s does not take one of these options", action->name));
	if (count - 1 != action->takes_ref)
		return (command_wrong_use(&command_export,
		    action->takes_ref ? "%s takes one reference"
				      : "%s takes no more words",
		    action->name));
	wish->ref = words[1];
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
	struct cli_reading reading = { &command_export, options,
		COUNT_OF(options), take_option, &wish };
	int first;
	int status;

	if (command_asked_help(&command_export, argc, argv))
		return (EXIT_DONE);
	status = cli_read_options(&reading, argc, argv, &first);
	if (status != EXIT_DONE)
		return (status);
	return (act(argc - first, argv + first, &wish));
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
