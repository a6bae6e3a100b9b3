/* waymark queue: a caseworker's day in a terminal; its command line. */
#include <inttypes.h>

#include "gateway/base/command.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/cli_queue.h"
#include "gateway/desk/cli_refer.h"
#include "gateway/desk/desk.h"

enum { LIST_MOST = 200, LIST_MOST_EVER = 100000, INPUT_MAX_BYTES = 64000 };

enum { REF_MAY_BE = 2 };

struct action {
	const char *name;
	unsigned takes;
	int takes_ref; /* or an id; REF_MAY_BE when it may be left out */
	int takes_text;
	int (*run)(const struct session *session, const struct wish *wish);
};

enum {
	TAKES_FILTER = TAKES_ALL | TAKES_MINE | TAKES_SNOOZED | TAKES_ENDED |
	    TAKES_STATE | TAKES_CORRIDOR | TAKES_LANGUAGE | TAKES_LABEL |
	    TAKES_MOST | TAKES_JSON,
};

static const struct action actions[] = {
	{ "list", TAKES_FILTER | TAKES_AFTER, 0, 0, queue_list },
	{ "watch", TAKES_FILTER, 0, 0, queue_watch },
	{ "health", TAKES_JSON, 0, 0, queue_health },
	{ "show", TAKES_NUMBER | TAKES_JSON, 1, 0, queue_show },
	{ "claim", 0, 1, 0, queue_claim },
	{ "reply", TAKES_DESPITE | TAKES_SEEN | TAKES_AT_ONCE, 1, 1,
	    queue_reply },
	{ "templates", TAKES_JSON, 1, 0, queue_templates },
	{ "note", 0, 1, 1, queue_note },
	{ "give", 0, 1, 1, queue_give },
	{ "pass", 0, 1, 0, queue_pass },
	{ "snooze", TAKES_WAKE, 1, 1, queue_snooze },
	{ "wake", 0, 1, 0, queue_wake },
	{ "label", 0, 1, 1, queue_label },
	{ "unlabel", 0, 1, 1, queue_unlabel },
	{ "labels", TAKES_JSON, 0, 0, queue_labels },
	{ "close", TAKES_OUTCOME, 1, 0, queue_close },
	{ "reopen", 0, 1, 0, queue_reopen },
	{ "aside", TAKES_MOST | TAKES_JSON | TAKES_NUMBER | TAKES_DONE,
	    REF_MAY_BE, 0, queue_aside },
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
	{ "snoozed", 0, OPTION_FLAG + TAKES_SNOOZED },
	{ "ended", 0, OPTION_FLAG + TAKES_ENDED },
	{ "state", 1, OPTION_FLAG + TAKES_STATE },
	{ "corridor", 1, OPTION_FLAG + TAKES_CORRIDOR },
	{ "language", 1, OPTION_FLAG + TAKES_LANGUAGE },
	{ "label", 1, OPTION_FLAG + TAKES_LABEL },
	{ "after", 1, OPTION_FLAG + TAKES_AFTER },
	{ "at-once", 0, OPTION_FLAG + TAKES_AT_ONCE },
	{ "seen", 1, OPTION_FLAG + TAKES_SEEN },
	{ "wake-on-reply", 0, OPTION_FLAG + TAKES_WAKE },
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

/* The value of what only some actions take; EXIT_DONE, or EXIT_WRONG_USE
 * (told). */
static int
take_value(unsigned flag, const char *value, struct wish *wish)
{
	switch (flag) {
	case TAKES_DESPITE:
		wish->despite = value;
		break;
	case TAKES_OUTCOME:
		wish->outcome = value;
		break;
	case TAKES_CORRIDOR:
		wish->filter.corridor = value;
		break;
	case TAKES_LANGUAGE:
		wish->filter.language = value;
		break;
	case TAKES_LABEL:
		wish->filter.label = value;
		break;
	case TAKES_STATE:
		wish->filter.state = value;
		if (!is_state(value))
			return (command_wrong_use(&command_queue,
			    "--state takes open, claimed, closed, withdrawn or"
			    " forgotten"));
		break;
	case TAKES_AFTER:
		if (!case_place_read(value, &wish->filter.after))
			return (command_wrong_use(&command_queue,
			    "--after takes what the page before said"));
		break;
	case TAKES_SEEN:
		if (!text_read_integer(
			value, CASE_SEEN_NONE, INT64_MAX, &wish->seen))
			return (command_wrong_use(&command_queue,
			    "--seen takes the number `show` tells"));
		break;
	case TAKES_MOST:
		if (!text_read_integer(value, 1, LIST_MOST_EVER, &wish->most))
			return (command_wrong_use(&command_queue,
			    "--most takes a number from 1 to %d",
			    LIST_MOST_EVER));
		break;
	default:
		break;
	}
	return (EXIT_DONE);
}

/* EXIT_DONE, or EXIT_WRONG_USE (told). */
static int
take_option(int id, char *value, void *into)
{
	struct wish *wish = into;
	unsigned flag = (unsigned)(id - OPTION_FLAG);

	if (id == 'c')
		wish->who.config = value;
	else if (id == OPTION_STAFF)
		wish->who.staff = value;
	else if (id == OPTION_PASSWORD_FILE)
		wish->who.password_file = value;
	if (id < OPTION_FLAG)
		return (EXIT_DONE);
	wish->given |= flag;
	return (take_value(flag, value, wish));
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
	choose_list(wish);
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
	.summary = "help requests: list, watch, show, claim, reply, note, give,"
		   " snooze, close ...",
	.usage =
	    "Usage: waymark queue list [FILTER] [--after PLACE] [--json]\n"
	    "       waymark queue watch [FILTER] [--json]\n"
	    "       waymark queue health [--json]\n"
	    "       waymark queue show REF [--number] [--json]\n"
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
