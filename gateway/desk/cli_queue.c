/* waymark queue: a caseworker's day in a terminal. */
#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/desk/cases_list.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_aside.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/cli_refer.h"
#include "gateway/desk/desk.h"
#include "gateway/desk/poke.h"
#include "gateway/desk/queue_print.h"
#include "gateway/desk/session.h"
#include "gateway/text/segments.h"

enum { LIST_MOST = 200, LIST_MOST_EVER = 100000, INPUT_MAX_BYTES = 64000 };

/* What only some actions take. */
enum {
	TAKES_ALL = 1 << 0,
	TAKES_MINE = 1 << 1,
	TAKES_MOST = 1 << 2,
	TAKES_JSON = 1 << 3,
	TAKES_NUMBER = 1 << 4,
	TAKES_DESPITE = 1 << 5,
	TAKES_OUTCOME = 1 << 6,
	TAKES_DONE = 1 << 7,
};

/* The command line, read. */
struct wish {
	struct session_who who;
	unsigned given; /* TAKES_... */
	int64_t most;
	const char *despite;
	const char *outcome;
	const char *ref;
	struct text text; /* of a reply or note */
};

enum { REF_MAY_BE = 2 };

struct action {
	const char *name;
	unsigned takes;
	int takes_ref; /* or an id; REF_MAY_BE when it may be left out */
	int takes_text;
	int (*run)(const struct session *session, const struct wish *wish);
};

static struct errand
errand_of(const struct session *session, const struct wish *wish)
{
	return ((struct errand){ .worker = &session->worker,
	    .ref = wish->ref,
	    .now_utc_s = clock_utc_s() });
}

/* Says why an errand failed; an exit status. */
static int
tell_failed(const struct errand *errand, enum outcome outcome)
{
	const char *ref = errand->was_found ? errand->request.ref : errand->ref;
	const char *who = errand->request.claimed_by_name;

	if (errand->why == CASE_TAKEN && errand->was_found && who[0] != '\0')
		cli_failed("queue", "%s: %s (%s)", ref,
		    case_reason_words(errand->why), who);
	else
		cli_failed(
		    "queue", "%s: %s", ref, case_reason_words(errand->why));
	if (case_takes_exception(errand->why))
		fputs("If you must write all the same, add --despite \"your"
		      " reason\"; the case keeps it.\n",
		    stderr);
	return (outcome == NOTHING && errand->why == CASE_NOT_FOUND
		? EXIT_NOTHING_FOUND
		: EXIT_FAILED);
}

static int
tell(const struct errand *errand, enum outcome outcome, const char *done)
{
	if (outcome != DONE)
		return (tell_failed(errand, outcome));
	printf("%s: %s\n", errand->request.ref, done);
	return (EXIT_DONE);
}

/* -- actions ---------------------------------------------------------------- */

static int
run_list(const struct session *session, const struct wish *wish)
{
	struct case_filter filter = {
		.shelf = wish->given & TAKES_ALL ? SHELF_ANY : SHELF_QUEUE,
		.only_mine = (wish->given & TAKES_MINE) != 0,
		.most = (size_t)wish->most,
	};
	struct request_list list = { 0 };
	struct text out = { 0 };
	enum outcome outcome =
	    cases_list(&session->worker, &filter, clock_utc_s(), &list);
	int status;

	if (outcome != DONE)
		return (cli_failed("queue", "%s",
		    case_reason_words(
			outcome == REFUSED ? CASE_NO_RIGHT : CASE_STORE)));
	if (wish->given & TAKES_JSON)
		queue_print_list_json(&list, clock_utc_s(), &out);
	else if (list.count > 0)
		queue_print_list(&list, clock_utc_s(), &out);
	else
		fputs("Nothing here.\n", stderr);
	if (list.has_more)
		fprintf(
		    stderr, "There may be more: --most %zu\n", filter.most * 2);
	status = cli_put("queue", &out);
	if (status == EXIT_DONE && list.count == 0)
		status = EXIT_NOTHING_FOUND;
	free(list.items);
	return (status);
}

static int
run_show(const struct session *session, const struct wish *wish)
{
	struct errand errand = errand_of(session, wish);
	struct case_sheet sheet;
	struct text out = { 0 };
	enum outcome outcome =
	    cases_show(&errand, (wish->given & TAKES_NUMBER) != 0, &sheet);

	if (outcome != DONE)
		return (tell_failed(&errand, outcome));
	if (wish->given & TAKES_JSON)
		queue_print_sheet_json(&sheet, errand.now_utc_s, &out);
	else
		queue_print_sheet(&sheet, errand.now_utc_s, &out);
	case_sheet_free(&sheet);
	return (cli_put("queue", &out));
}

static int
run_claim(const struct session *session, const struct wish *wish)
{
	struct errand errand = errand_of(session, wish);
	enum outcome outcome = cases_claim(&errand);

	return (tell(&errand, outcome, "claimed; it is yours"));
}

static int
run_reply(const struct session *session, const struct wish *wish)
{
	struct errand errand = errand_of(session, wish);
	struct case_reply reply = { .text = text_string(&wish->text),
		.despite = wish->despite };
	unsigned parts = 0;
	enum outcome outcome = cases_reply(&errand, &reply, &parts);

	if (outcome != DONE && errand.why == CASE_TOO_LONG && parts > 0) {
		cli_failed("queue", "%s: it takes %u parts, at most %d go",
		    errand.request.ref, parts, SEGMENTS_MOST);
		return (EXIT_FAILED);
	}
	if (outcome != DONE)
		return (tell_failed(&errand, outcome));
	printf("%s: queued, %u %s\n", errand.request.ref, parts,
	    parts == 1 ? "part" : "parts");
	if (poke_hub(session->settings.control_path) != DONE)
		puts("The hub is not running: it goes out when it starts.");
	return (EXIT_DONE);
}

static int
run_note(const struct session *session, const struct wish *wish)
{
	struct errand errand = errand_of(session, wish);
	enum outcome outcome = cases_note(&errand, text_string(&wish->text));

	return (tell(&errand, outcome, "note kept"));
}

static int
run_close(const struct session *session, const struct wish *wish)
{
	struct errand errand = errand_of(session, wish);
	enum outcome outcome = cases_close(&errand, wish->outcome);

	return (tell(&errand, outcome, "closed"));
}

static int
run_pass(const struct session *session, const struct wish *wish)
{
	struct errand errand = errand_of(session, wish);
	enum outcome outcome = cases_pass(&errand);

	return (tell(&errand, outcome, "passed on; nobody has claimed it"));
}

static int
run_reopen(const struct session *session, const struct wish *wish)
{
	struct errand errand = errand_of(session, wish);
	enum outcome outcome = cases_reopen(&errand);

	return (tell(&errand, outcome, "open again; nobody has claimed it"));
}

static int
run_aside(const struct session *session, const struct wish *wish)
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

static const struct action actions[] = {
	{ "list", TAKES_ALL | TAKES_MINE | TAKES_MOST | TAKES_JSON, 0, 0,
	    run_list },
	{ "show", TAKES_NUMBER | TAKES_JSON, 1, 0, run_show },
	{ "claim", 0, 1, 0, run_claim },
	{ "reply", TAKES_DESPITE, 1, 1, run_reply },
	{ "note", 0, 1, 1, run_note },
	{ "close", TAKES_OUTCOME, 1, 0, run_close },
	{ "pass", 0, 1, 0, run_pass },
	{ "reopen", 0, 1, 0, run_reopen },
	{ "aside", TAKES_MOST | TAKES_JSON | TAKES_NUMBER | TAKES_DONE,
	    REF_MAY_BE, 0, run_aside },
};

/* -- the command line ------------------------------------------------------- */

enum { OPTION_STAFF = 256, OPTION_PASSWORD_FILE, OPTION_FLAG };

/* `val` of what only some actions take is OPTION_FLAG plus its bit. */
static const struct cli_option options[] = {
	{ "config", 1, 'c' },
	{ "staff", 1, OPTION_STAFF },
	{ "password-file", 1, OPTION_PASSWORD_FILE },
	{ "all", 0, OPTION_FLAG + TAKES_ALL },
	{ "mine", 0, OPTION_FLAG + TAKES_MINE },
	{ "most", 1, OPTION_FLAG + TAKES_MOST },
	{ "json", 0, OPTION_FLAG + TAKES_JSON },
	{ "number", 0, OPTION_FLAG + TAKES_NUMBER },
	{ "despite", 1, OPTION_FLAG + TAKES_DESPITE },
	{ "outcome", 1, OPTION_FLAG + TAKES_OUTCOME },
	{ "done", 0, OPTION_FLAG + TAKES_DONE },
};

/* EXIT_DONE, or EXIT_WRONG_USE (told). */
static int
take_option(int id, char *value, void *into)
{
	struct wish *wish = into;

	if (id == 'c')
		wish->who.config = value;
	else if (id == OPTION_STAFF)
		wish->who.staff = value;
	else if (id == OPTION_PASSWORD_FILE)
		wish->who.password_file = value;
	else
		wish->given |= (unsigned)(id - OPTION_FLAG);
	if (id == OPTION_FLAG + TAKES_DESPITE)
		wish->despite = value;
	if (id == OPTION_FLAG + TAKES_OUTCOME)
		wish->outcome = value;
	if (id == OPTION_FLAG + TAKES_MOST &&
	    !text_read_integer(value, 1, LIST_MOST_EVER, &wish->most))
		return (command_wrong_use(&command_queue,
		    "--most takes a number from 1 to %d", LIST_MOST_EVER));
	return (EXIT_DONE);
}

static const struct action *
find_action(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(actions); i++) {
		if (strcmp(actions[i].name, name) == 0)
			return (&actions[i]);
	}
	return (NULL);
}

/* The words after REF, or what standard input says when they are "-". */
static int
read_text(char **words, struct text *text)
{
	char block[4096];
	size_t got;

	if (strcmp(words[0], "-") != 0 || words[1] != NULL) {
		for (; *words != NULL; words++)
			text_printf(
			    text, "%s%s", text->length > 0 ? " " : "", *words);
		return (EXIT_DONE);
	}
	while ((got = fread(block, 1, sizeof(block), stdin)) > 0) {
		text_add_bytes(text, block, got);
		if (text->length > INPUT_MAX_BYTES)
			return (cli_failed("queue", "the text is too long"));
	}
	return (EXIT_DONE);
}

static int
check_wish(
    const struct action *action, int count, char **words, struct wish *wish)
{
	int least = (action->takes_ref == 1) + action->takes_text;
	int most = (action->takes_ref != 0) + action->takes_text;

	if (wish->given & ~action->takes)
		return (command_wrong_use(&command_queue,
		    "%s does not take one of these options", action->name));
	if (count < least)
		return (command_wrong_use(&command_queue, "%s needs %s",
		    action->name,
		    action->takes_text ? "a reference and a text"
				       : "a reference"));
	if (count > most && !action->takes_text)
		return (command_wrong_use(
		    &command_queue, "'%s' is one word too many", words[most]));
	if (action->takes_ref && count > 0)
		wish->ref = words[0];
	if (action->takes_text)
		return (read_text(words + 1, &wish->text));
	return (EXIT_DONE);
}

/* The action's own words, then the work. */
static int
act(int count, char **words, struct wish *wish)
{
	const struct action *action;
	struct session session;
	int status;

	if (count == 0)
		return (command_wrong_use(&command_queue, "say what to do"));
	action = find_action(words[0]);
	if (action == NULL)
		return (command_wrong_use(
		    &command_queue, "there is no action '%s'", words[0]));
	status = check_wish(action, count - 1, words + 1, wish);
	if (status != EXIT_DONE)
		return (status);
	if (session_open(&wish->who, &session) != DONE)
		return (EXIT_FAILED);
	status = action->run(&session, wish);
	session_close(&session);
	return (status);
}

static int
run(int argc, char **argv)
{
	struct wish wish = { .who.command = "queue", .most = LIST_MOST };
	struct cli_reading reading = { &command_queue, options,
		COUNT_OF(options), take_option, &wish };
	int first;
	int status;

	/* They have command lines of their own. */
	if (argc > 1 && strcmp(argv[1], "refer") == 0)
		return (command_refer.run(argc - 1, argv + 1));
	if (argc > 1 && strcmp(argv[1], "fact") == 0)
		return (command_fact.run(argc - 1, argv + 1));
	if (command_asked_help(&command_queue, argc, argv))
		return (EXIT_DONE);
	status = cli_read_options(&reading, argc, argv, &first);
	if (status == EXIT_DONE)
		status = act(argc - first, argv + first, &wish);
	text_free(&wish.text);
	return (status);
}

const struct command command_queue = {
	.name = "queue",
	.summary = "help requests: list, show, claim, reply, note, pass, close,"
		   " reopen, aside",
	.usage =
	    "Usage: waymark queue list [--all] [--mine] [--most N] [--json]\n"
	    "       waymark queue show REF [--number] [--json]\n"
	    "       waymark queue claim REF\n"
	    "       waymark queue reply REF TEXT [--despite REASON]\n"
	    "       waymark queue note REF TEXT\n"
	    "       waymark queue pass REF\n"
	    "       waymark queue close REF [--outcome WORDS]\n"
	    "       waymark queue reopen REF\n"
	    "       waymark queue refer REF ...   (--help says more)\n"
	    "       waymark queue fact REF ...    (--help says more)\n"
	    "       waymark queue aside [ID] [--number] [--done] [--most N]"
	    " [--json]\n"
	    "\n"
	    "The help requests of callers, for caseworkers who sign in.\n"
	    "A TEXT of - is read from standard input.\n"
	    "\n"
	    "  -c, --config FILE       the configuration; else"
	    " $WAYMARK_CONFIG,\n"
	    "                          else /etc/waymark/waymark.conf\n"
	    "  --staff NAME            who signs in; else it asks\n"
	    "  --password-file FILE    the password is its first line; else it"
	    " asks\n"
	    "  --all                   closed and ended requests too\n"
	    "  --mine                  only what you have claimed\n"
	    "  --most N                at most N requests (200)\n"
	    "  --json                  for programs\n"
	    "  --number                show the caller's number; the case"
	    " remembers that\n"
	    "                          you have seen it\n"
	    "  --despite REASON        reply although the caller is on hold or"
	    " has not agreed;\n"
	    "                          the case keeps the reason\n"
	    "  --done                  of a message set aside: somebody has seen"
	    " to it; its\n"
	    "                          words are erased\n"
	    "  --outcome WORDS         a few words without names or digits,"
	    " such as\n"
	    "                          \"advice given\"\n",
	.run = run,
};
