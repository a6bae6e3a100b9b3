/* waymark queue: a caseworker's day in a terminal; its command line. */
#include <inttypes.h>

#include "gateway/base/command.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/cli_queue.h"
#include "gateway/desk/cli_refer.h"
#include "gateway/desk/desk.h"

enum { LIST_MOST = 200, LIST_MOST_EVER = 100000, INPUT_MAX_BYTES = 64000 };

struct action {
	struct cli_action is; /* `most` counts the reference and one text */
	int takes_text; /* of as many words as there are */
	int (*run)(const struct session *session, const struct wish *wish);
};

enum {
	TAKES_FILTER = TAKES_ALL | TAKES_MINE | TAKES_SNOOZED | TAKES_ENDED |
	    TAKES_STATE | TAKES_CORRIDOR | TAKES_LANGUAGE | TAKES_LABEL |
	    TAKES_MOST | TAKES_JSON,
};

static const char a_ref[] = "a reference";
static const char a_text[] = "a reference and a text";

/* Nothing but options; a reference; a reference and a text. */
#define BARE(name, takes, run) \
	{ \
		{ name, takes, 0, 0, NULL }, 0, run \
	}
#define ON_CASE(name, takes, run) \
	{ \
		{ name, takes, 1, 1, a_ref }, 0, run \
	}
#define WITH_TEXT(name, takes, run) \
	{ \
		{ name, takes, 2, CLI_ANY_WORDS, a_text }, 1, run \
	}

static const struct action actions[] = {
	BARE("list", TAKES_FILTER | TAKES_AFTER, queue_list),
	BARE("watch", TAKES_FILTER, queue_watch),
	BARE("health", TAKES_JSON, queue_health),
	ON_CASE("show", TAKES_NUMBER | TAKES_JSON, queue_show),
	BARE("next", 0, queue_next),
	ON_CASE("claim", 0, queue_claim),
	WITH_TEXT(
	    "reply", TAKES_DESPITE | TAKES_SEEN | TAKES_AT_ONCE, queue_reply),
	ON_CASE("templates", TAKES_JSON, queue_templates),
	WITH_TEXT("note", 0, queue_note),
	WITH_TEXT("give", 0, queue_give),
	ON_CASE("pass", 0, queue_pass),
	WITH_TEXT("snooze", TAKES_WAKE, queue_snooze),
	ON_CASE("wake", 0, queue_wake),
	WITH_TEXT("label", 0, queue_label),
	WITH_TEXT("unlabel", 0, queue_unlabel),
	BARE("labels", TAKES_JSON, queue_labels),
	ON_CASE("close", TAKES_OUTCOME, queue_close),
	ON_CASE("reopen", 0, queue_reopen),
	{ { "aside", TAKES_MOST | TAKES_JSON | TAKES_NUMBER | TAKES_DONE, 0, 1,
	      NULL },
	    0, queue_aside },
};

/* -- the command line ------------------------------------------------------- */

static const struct cli_field fields[] = {
	CLI_WHO(struct wish),
	CLI_FLAG("all", TAKES_ALL),
	CLI_FLAG("mine", TAKES_MINE),
	CLI_NUMBER("most", TAKES_MOST, struct wish, most, 1, LIST_MOST_EVER),
	CLI_FLAG("json", TAKES_JSON),
	CLI_FLAG("number", TAKES_NUMBER),
	CLI_WORD("despite", 0, TAKES_DESPITE, struct wish, despite),
	CLI_WORD("outcome", 0, TAKES_OUTCOME, struct wish, outcome),
	CLI_FLAG("done", TAKES_DONE),
	CLI_FLAG("snoozed", TAKES_SNOOZED),
	CLI_FLAG("ended", TAKES_ENDED),
	CLI_WORD("state", 0, TAKES_STATE, struct wish, filter.state),
	CLI_WORD("corridor", 0, TAKES_CORRIDOR, struct wish, filter.corridor),
	CLI_WORD("language", 0, TAKES_LANGUAGE, struct wish, filter.language),
	CLI_WORD("label", 0, TAKES_LABEL, struct wish, filter.label),
	CLI_WORD("after", 0, TAKES_AFTER, struct wish, after),
	CLI_FLAG("at-once", TAKES_AT_ONCE),
	CLI_NUMBER(
	    "seen", TAKES_SEEN, struct wish, seen, CASE_SEEN_NONE, INT64_MAX),
	CLI_FLAG("wake-on-reply", TAKES_WAKE),
};

static int
is_state(const char *word)
{
	for (int i = 0; i <= (int)REQUEST_FORGOTTEN; i++) {
		if (strcmp(request_state_name((enum request_state)i), word) ==
		    0)
			return (1);
	}
	return (0);
}

/* What a table cannot say of a value: EXIT_DONE, or EXIT_WRONG_USE (told). */
static int
check_values(struct wish *wish)
{
	if (wish->filter.state != NULL && !is_state(wish->filter.state))
		return (command_wrong_use(&command_queue,
		    "--state takes open, claimed, closed, withdrawn or"
		    " forgotten"));
	if (wish->after != NULL &&
	    !case_place_read(wish->after, &wish->filter.after))
		return (command_wrong_use(
		    &command_queue, "--after takes what the page before said"));
	return (EXIT_DONE);
}

/* Which list the options mean together. */
static void
choose_list(struct wish *wish)
{
	struct case_filter *filter = &wish->filter;

	filter->most = (size_t)wish->most;
	filter->only_mine = (wish->given & TAKES_MINE) != 0;
	if (wish->given & TAKES_SNOOZED)
		filter->shelf = SHELF_SNOOZED;
	else if (wish->given & TAKES_ENDED)
		filter->shelf = SHELF_ENDED;
	else if (wish->given & (TAKES_ALL | TAKES_STATE))
		filter->shelf = SHELF_ANY;
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

/* The action's own words, then the work. */
static int
act(const struct action *action, char **words, struct wish *wish)
{
	struct session session;
	int status = EXIT_DONE;

	choose_list(wish);
	wish->ref = action->is.most != 0 ? words[0] : NULL;
	if (action->takes_text)
		status = read_text(words + 1, &wish->text);
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
	const struct cli_line line = { &command_queue, fields, COUNT_OF(fields),
		&wish, &wish.given, actions, COUNT_OF(actions),
		sizeof(actions[0]) };
	const void *action;
	int first;
	int status;

	/* They have command lines of their own. */
	if (argc > 1 && strcmp(argv[1], "refer") == 0)
		return (command_refer.run(argc - 1, argv + 1));
	if (argc > 1 && strcmp(argv[1], "fact") == 0)
		return (command_fact.run(argc - 1, argv + 1));
	if (command_asked_help(&command_queue, argc, argv))
		return (EXIT_DONE);
	status = cli_read_fields(&line, argc, argv, &first);
	if (status == EXIT_DONE)
		status = check_values(&wish);
	if (status == EXIT_DONE)
		status = cli_choose_action(
		    &line, argc - first, argv + first, &action);
	if (status == EXIT_DONE)
		status = act(action, argv + first + 1, &wish);
	text_free(&wish.text);
	return (status);
}

const struct command command_queue = {
	.name = "queue",
	.summary =
	    "help requests: list, watch, show, next, claim, reply, note, give,"
	    " snooze, close ...",
	.usage =
	    "Usage: waymark queue list [FILTER] [--after PLACE] [--json]\n"
	    "       waymark queue watch [FILTER] [--json]\n"
	    "       waymark queue health [--json]\n"
	    "       waymark queue show REF [--number] [--json]\n"
	    "       waymark queue next\n"
	    "       waymark queue claim REF\n"
	    "       waymark queue reply REF TEXT [--seen N] [--despite REASON\n"
	    "                             [--at-once]]\n"
	    "       waymark queue templates REF [--json]\n"
	    "       waymark queue note REF TEXT\n"
	    "       waymark queue give REF NAME\n"
	    "       waymark queue pass REF\n"
	    "       waymark queue snooze REF WHEN [--wake-on-reply]\n"
	    "       waymark queue wake REF\n"
	    "       waymark queue label REF WORDS\n"
	    "       waymark queue unlabel REF WORDS\n"
	    "       waymark queue labels [--json]\n"
	    "       waymark queue close REF [--outcome WORDS]\n"
	    "       waymark queue reopen REF\n"
	    "       waymark queue refer REF ...   (--help says more)\n"
	    "       waymark queue fact REF ...    (--help says more)\n"
	    "       waymark queue aside [ID] [--number] [--done] [--most N]"
	    " [--json]\n"
	    "\n"
	    "The help requests of callers, for caseworkers who sign in.\n"
	    "A TEXT of - is read from standard input.  WHEN is a span (3h, 2d)"
	    " or a date\n"
	    "(2026-11-30, \"2026-11-30 14:00\", UTC).  watch shows the list"
	    " anew whenever\n"
	    "something changes, until q is pressed.\n"
	    "\n"
	    "FILTER: what a list holds, if not the queue (open or claimed, and"
	    " awake)\n"
	    "  --mine                  only what you have claimed, asleep too\n"
	    "  --snoozed               only what is asleep\n"
	    "  --ended                 only what has ended\n"
	    "  --all                   everything\n"
	    "  --state STATE           open, claimed, closed, withdrawn or"
	    " forgotten\n"
	    "  --corridor ID, --language TAG, --label WORDS\n"
	    "                          only those\n"
	    "  --most N                at most N requests (200)\n"
	    "\n"
	    "  -c, --config FILE       the configuration; else"
	    " $WAYMARK_CONFIG,\n"
	    "                          else /etc/waymark/waymark.conf\n"
	    "  --staff NAME            who signs in; else it asks\n"
	    "  --password-file FILE    the password is its first line; else it"
	    " asks\n"
	    "  --after PLACE           the next page, as the page before told\n"
	    "  --json                  for programs\n"
	    "  --number                show the caller's number; the case"
	    " remembers that\n"
	    "                          you have seen it\n"
	    "  --seen N                send only if nothing was written after what"
	    " `show`\n"
	    "                          showed\n"
	    "  --despite REASON        reply although the caller is on hold or"
	    " has not agreed;\n"
	    "                          the case keeps the reason\n"
	    "  --at-once               the reason is also for the hour, and for"
	    " not sending\n"
	    "                          a neutral text first\n"
	    "  --wake-on-reply         it also wakes when the caller writes\n"
	    "  --done                  of a message set aside: somebody has seen"
	    " to it; its\n"
	    "                          words are erased\n"
	    "  --outcome WORDS         a few words without names or digits,"
	    " such as\n"
	    "                          \"advice given\"\n",
	.run = run,
};
