/* `waymark phone` */
#include <errno.h>
#include <getopt.h>
#include <unistd.h>

#include "gateway/base/memory.h"
#include "gateway/base/settings.h"
#include "gateway/desk/desk.h"
#include "gateway/desk/phone_plain.h"
#include "gateway/desk/phone_play.h"
#include "gateway/desk/phone_screen.h"

enum { WAIT_MOST_S = 3600, TALKS_MOST = 256 };

enum option_id {
	OPTION_SOCKET = 256,
	OPTION_NUMBER,
	OPTION_TEXT_TO_SEND,
	OPTION_TALK,
	OPTION_CALL,
	OPTION_USSD,
	OPTION_WAIT,
};

static const struct option long_options[] = {
	{ "config", required_argument, NULL, 'c' },
	{ "socket", required_argument, NULL, OPTION_SOCKET },
	{ "number", required_argument, NULL, OPTION_NUMBER },
	{ "text", required_argument, NULL, OPTION_TEXT_TO_SEND },
	{ "talk", required_argument, NULL, OPTION_TALK },
	{ "call", no_argument, NULL, OPTION_CALL },
	{ "ussd", required_argument, NULL, OPTION_USSD },
	{ "wait", required_argument, NULL, OPTION_WAIT },
	{ 0 },
};

/* What was asked for. */
struct wishes {
	const char *config_path;
	const char *socket_path;
	const char *number;
	const char *text;
	const char *code;
	const char *talks[TALKS_MOST];
	size_t talk_count;
	int call;
	int64_t wait_s;
};

/* Where the phone is and who it is; what was found out is ours to free. */
struct place {
	char *socket_path;
	char *number;
};

static int
take_option(struct wishes *wishes, int option, const char *value)
{
	switch (option) {
	case 'c':
		wishes->config_path = value;
		return (1);
	case OPTION_SOCKET:
		wishes->socket_path = value;
		return (1);
	case OPTION_NUMBER:
		wishes->number = value;
		return (1);
	case OPTION_TEXT_TO_SEND:
		wishes->text = value;
		return (1);
	case OPTION_TALK:
		if (wishes->talk_count == TALKS_MOST)
			return (0);
		wishes->talks[wishes->talk_count++] = value;
		return (1);
	case OPTION_CALL:
		wishes->call = 1;
		return (1);
	case OPTION_USSD:
		wishes->code = value;
		return (value[0] != '\0');
	case OPTION_WAIT:
		return (
		    text_read_integer(value, 0, WAIT_MOST_S, &wishes->wait_s));
	default:
		return (0);
	}
}

static const char *
config_path(const struct wishes *wishes)
{
	const char *path = getenv("WAYMARK_CONFIG");

	if (wishes->config_path != NULL)
		return (wishes->config_path);
	return (path != NULL && path[0] != '\0' ? path
						: "/etc/waymark/waymark.conf");
}

/* A made-up number of the line's country, when none is given. */
static char *
made_up_number(const char *country)
{
	struct text number = { 0 };

	text_printf(
	    &number, "+%s9800000001", country[0] != '\0' ? country : "977");
	return (text_take(&number));
}

MUST_USE static enum outcome
find_demo_line(const struct wishes *wishes, struct place *place_r)
{
	const char *path = config_path(wishes);
	struct settings settings;
	size_t i = 0;

	if (settings_load(path, &settings) != DONE)
		return (REFUSED);
	while (i < settings.line_count &&
	    strcmp(settings.lines[i].kind, "demo") != 0)
		i++;
	if (i == settings.line_count) {
		fprintf(stderr,
		    "waymark phone: %s has no demo line; add lines = ("
		    " { name = \"demo\"; kind = \"demo\"; corridor = \"...\"; }"
		    " );\n",
		    path);
		settings_free(&settings);
		return (REFUSED);
	}
	place_r->socket_path = memory_copy(settings.lines[i].listen);
	place_r->number = made_up_number(settings.lines[i].country);
	settings_free(&settings);
	return (DONE);
}

MUST_USE static enum outcome
find_place(const struct wishes *wishes, struct place *place_r)
{
	if (wishes->socket_path == NULL)
		return (find_demo_line(wishes, place_r));
	place_r->socket_path = memory_copy(wishes->socket_path);
	place_r->number = made_up_number("");
	return (DONE);
}

MUST_USE static enum outcome
open_link(const char *path, struct phone_link **link_r)
{
	enum outcome outcome = phone_link_open(path, link_r);

	if (outcome == TRY_LATER)
		fprintf(stderr,
		    "waymark phone: nobody answers at '%s'. Is the helpline"
		    " running? `waymark serve` starts it.\n",
		    path);
	else if (outcome != DONE)
		fprintf(stderr, "waymark phone: cannot use '%s': %s%s\n", path,
		    strerror(errno),
		    errno == EACCES
			? ". Only the user who runs the helpline may."
			: "");
	return (outcome);
}

/* Every talk is read before the first is played. */
static int
play_talks(const struct wishes *wishes, const struct phone_setup *setup)
{
	struct talk *talks = memory_new(wishes->talk_count, sizeof(*talks));
	enum outcome outcome = DONE;

	for (size_t i = 0; i < wishes->talk_count; i++) {
		if (talk_load(wishes->talks[i], &talks[i]) != DONE)
			outcome = REFUSED;
	}
	for (size_t i = 0; i < wishes->talk_count && outcome == DONE; i++) {
		struct phone_link *link = NULL;

		printf("%s# %s\n", i > 0 ? "\n" : "", wishes->talks[i]);
		/* A link of its own: what a talk left unread is not the next
		 * one's. */
		outcome = open_link(setup->socket_path, &link);
		if (outcome == DONE)
			outcome = phone_play(
			    link, &talks[i], setup->number, setup->wait_ms);
		phone_link_close(link);
	}
	for (size_t i = 0; i < wishes->talk_count; i++)
		talk_free(&talks[i]);
	free(talks);
	return (outcome == DONE ? EXIT_DONE : EXIT_FAILED);
}

static int
run_interactive(struct phone_link *link_take, const struct phone_setup *setup)
{
	int status;

#ifdef HAVE_CURSES
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		return (phone_screen_run(link_take, setup));
#endif
	status = setup->code != NULL ? phone_plain_dial(link_take, setup)
				     : phone_plain_run(link_take, setup);
	phone_link_close(link_take);
	return (status);
}

static int
run_phone(const struct wishes *wishes, const struct phone_setup *setup)
{
	struct phone_link *link = NULL;
	int status;

	if (wishes->talk_count > 0)
		return (play_talks(wishes, setup));
	if (open_link(setup->socket_path, &link) != DONE)
		return (EXIT_FAILED);
	if (wishes->text == NULL && !wishes->call)
		return (run_interactive(link, setup));
	status = phone_plain_send(link, setup, wishes->text);
	phone_link_close(link);
	return (status);
}

static int
run(int argc, char **argv)
{
	struct wishes wishes = { .wait_s = 10 };
	struct place place = { 0 };
	struct phone_setup setup;
	int option;
	int status;

	if (command_asked_help(&command_phone, argc, argv))
		return (EXIT_DONE);
	optind = 1;
	while ((option = getopt_long(argc, argv, "c:", long_options, NULL)) !=
	    -1) {
		if (!take_option(&wishes, option, optarg))
			return (command_wrong_use(&command_phone,
			    "an option is unknown or out of range"));
	}
	if (optind < argc)
		return (command_wrong_use(&command_phone,
		    "'%s' is not an option; a text goes after --text",
		    argv[optind]));
	if ((wishes.text != NULL) + wishes.call + (wishes.code != NULL) +
		(wishes.talk_count > 0) >
	    1)
		return (command_wrong_use(&command_phone,
		    "--text, --talk, --call and --ussd do not go together"));
	if (find_place(&wishes, &place) != DONE)
		return (EXIT_FAILED);
	setup = (struct phone_setup){
		.socket_path = place.socket_path,
		.number = wishes.number != NULL ? wishes.number : place.number,
		.code = wishes.code,
		.wait_ms = wishes.wait_s * 1000,
	};
	status = run_phone(&wishes, &setup);
	free(place.socket_path);
	free(place.number);
	return (status);
}

const struct command command_phone = {
	.name = "phone",
	.summary = "a small phone in the terminal, to try the helpline",
	.usage =
	    "Usage: waymark phone [options]\n"
	    "\n"
	    "A phone in the terminal that talks to a demo line of a running\n"
	    "helpline.  Without --text, --talk or --call: write a text, press\n"
	    "Enter; the arrow keys scroll; F2 or Ctrl-R lets it ring once; a code\n"
	    "such as *384# is dialled, F3 hangs up; Esc\n"
	    "ends.  Without a terminal every line of the input is a text.\n"
	    "\n"
	    "  -c, --config FILE  configuration ($WAYMARK_CONFIG, or\n"
	    "                     /etc/waymark/waymark.conf)\n"
	    "  --socket PATH      the demo line's socket, instead of looking it\n"
	    "                     up in the configuration\n"
	    "  --number NUMBER    the phone's own number\n"
	    "  --text TEXT        send one text, print what comes back, end\n"
	    "  --ussd CODE        dial a code and walk its pages: each line"
	    " typed\n"
	    "                     answers one\n"
	    "  --call             let it ring once, print what comes back, end\n"
	    "  --talk FILE        play a whole conversation and check it; may be\n"
	    "                     given more than once\n"
	    "  --wait SECONDS     for a reply (10)\n"
	    "\n"
	    "Exit status: 0 done, 1 failed or a talk went otherwise, 2 wrong\n"
	    "use, 3 no reply came.  See waymark-phone(1).\n",
	.run = run,
};
