/* waymark menus try: a phone in the terminal, on the engine, without a hub. */
#include <stdio.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_menus.h"
#include "gateway/desk/talk_try.h"
#include "gateway/desk/talk_write.h"
#include "gateway/text/utf8.h"

enum { SAVED_MODE = 0644, DAY_S = 86400 };

enum { WANTS_PAGES = 1 };

struct wish {
	struct menus_asked asked;
	const char *corridor;
	const char *language;
	const char *save;
	const char *letters; /* of a USSD page, as they were given */
	int page; /* the same; 0: by SMS */
	struct cli_list talks;
	unsigned given;
};

/* A phone in use. */
struct session {
	const struct wish *wish;
	struct trial *trial;
	struct text number;
	struct text saved; /* as a talk */
	int is_terminal;
};

/* -- playing talks ---------------------------------------------------------- */

static void
print_played(
    void *into, const struct talk_step *step, const struct trial_result *result)
{
	const struct talk *talk = into;
	struct text out = { 0 };

	talk_write_step(&out, step);
	if (step->kind == TALK_SEND || step->kind == TALK_CALL ||
	    step->kind == TALK_DIAL)
		talk_write_result(&out, result, talk->page);
	fputs(text_string(&out), stdout);
	text_free(&out);
}

static int
play(const struct wish *wish, const struct menus *menus,
    const struct corridor *corridor, const char *path)
{
	struct talk talk;
	struct trial_line line;
	struct talk_listener listener = { print_played, &talk };
	struct text told = { 0 };
	enum outcome outcome;

	if (talk_load(path, &talk) != DONE)
		return (EXIT_FAILED);
	if (wish->language != NULL) {
		free(talk.language);
		talk.language = memory_copy(wish->language);
	}
	if (wish->page != 0)
		talk.page = wish->page;
	line = talk_line(&talk, menus, corridor, clock_utc_s());
	printf("# %s\n", path);
	outcome = talk_try(&talk, &line, &listener, &told);
	fflush(stdout);
	if (outcome != DONE)
		fprintf(stderr, "%s\n", text_string(&told));
	text_free(&told);
	talk_free(&talk);
	return (outcome == DONE ? EXIT_DONE : EXIT_FAILED);
}

/* -- a phone in the hand ---------------------------------------------------- */

/* Shown, and saved if that was asked for. */
static void
put(struct session *session, const struct text *out)
{
	fputs(text_string(out), stdout);
	fflush(stdout);
	text_add(&session->saved, text_string(out));
}

static void
do_step(struct session *session, const struct talk_step *step)
{
	struct trial_result result = { 0 };
	struct text out = { 0 };

	talk_write_step(&out, step);
	/* On a terminal they have typed it and see it. */
	if (session->is_terminal)
		text_add(&session->saved, text_string(&out));
	else
		put(session, &out);
	text_clear(&out);
	if (step->kind == TALK_DIAL)
		trial_dial(session->trial, text_string(&session->number),
		    step->words, &result);
	else
		trial_say(session->trial, text_string(&session->number),
		    step->kind == TALK_CALL ? INPUT_CALL : INPUT_TEXT,
		    step->words, &result);
	talk_write_result(&out, &result, session->wish->page);
	text_add_byte(&out, '\n');
	put(session, &out);
	text_free(&out);
	trial_result_free(&result);
}

static void
do_other(struct session *session, const struct talk_step *step)
{
	struct text out = { 0 };

	if (step->kind == TALK_WAIT) {
		trial_wait(session->trial, step->wait_s);
	} else if (step->kind == TALK_FROM) {
		text_clear(&session->number);
		text_add(&session->number, step->words);
	} else if (step->kind == TALK_HANG_UP) {
		trial_hang_up(session->trial, text_string(&session->number));
	} else if (!trial_claim(
		       session->trial, text_string(&session->number))) {
		puts("# there is no open help request to claim");
		return;
	}
	talk_write_step(&out, step);
	text_add(&session->saved, text_string(&out));
	fputs(session->is_terminal ? "" : text_string(&out), stdout);
	text_free(&out);
}

/* Hears why a line is no line of a talk, and says it as a comment. */
static void
tell_as_comment(enum log_level level, const char *words, void *into)
{
	(void)level;
	(void)into;
	printf("# %s\n", words);
}

/* What stands after a colon is a line of a talk: "call", "wait 2 days". */
static void
do_command(struct session *session, const char *words)
{
	struct text content = { 0 };
	struct talk talk;
	enum outcome outcome;

	words += strspn(words, " ");
	if (strcmp(words, "help") == 0) {
		puts("# :call  :dial *384#  :hang up  :wait 2 days  :claim"
		     "  :from +9779800000002");
		return;
	}
	/* A talk must say something to be one. */
	text_printf(&content, "%s\n>\n", words);
	log_listen(tell_as_comment, NULL);
	outcome = talk_read("your line", &content, &talk);
	log_listen(NULL, NULL);
	if (outcome != DONE) {
		puts("# :help lists what can stand after a colon");
	} else {
		if (talk.steps[0].kind == TALK_CALL ||
		    talk.steps[0].kind == TALK_DIAL)
			do_step(session, &talk.steps[0]);
		else if (talk.steps[0].kind == TALK_SEND)
			puts("# this is set when the phone is switched on");
		else
			do_other(session, &talk.steps[0]);
		talk_free(&talk);
	}
	text_free(&content);
}

static void
do_line(struct session *session, char *line)
{
	struct talk_step step = { .kind = TALK_SEND };
	struct text clean = { 0 };

	line[strcspn(line, "\r\n")] = '\0';
	if (line[0] == ':') {
		do_command(session, line + 1);
		return;
	}
	utf8_add_clean(&clean, line, strlen(line));
	step.words = clean.bytes != NULL ? clean.bytes : line;
	do_step(session, &step);
	text_free(&clean);
}

static int
save(const struct session *session)
{
	const struct text *saved = &session->saved;

	if (session->wish->save == NULL)
		return (EXIT_DONE);
	if (file_write(session->wish->save, SAVED_MODE, saved->bytes,
		saved->length) != DONE)
		return (EXIT_FAILED);
	printf("# saved as %s\n", session->wish->save);
	return (EXIT_DONE);
}

static int
use_phone(const struct wish *wish, const struct menus *menus,
    const struct corridor *corridor)
{
	/* Facts have dates, and a saved talk must say the same tomorrow: the
	 * trial takes place at noon of a day, which the talk names. */
	struct talk asked = { .page = wish->page,
		.on_utc_s = clock_utc_s() / DAY_S * DAY_S + DAY_S / 2 };
	struct trial_line trial_line = talk_line(&asked, menus, corridor, 0);
	struct session session = {
		.wish = wish,
		.is_terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO),
	};
	char *line = NULL;
	size_t room = 0;
	int status;

	if (wish->language != NULL)
		trial_line.language = wish->language;
	session.trial = trial_new(&trial_line);
	text_add(&session.number, TALK_PHONE);
	talk_write_head(&session.saved, &trial_line, wish->page);
	if (session.is_terminal)
		puts("Write a text and press Enter; :help says what else;"
		     " Ctrl-D ends.");
	for (;;) {
		fputs(session.is_terminal ? "> " : "", stdout);
		fflush(stdout);
		if (getline(&line, &room, stdin) < 0)
			break;
		do_line(&session, line);
	}
	free(line);
	status = save(&session);
	text_free(&session.saved);
	text_free(&session.number);
	trial_free(session.trial);
	return (status);
}

/* -- the command line ------------------------------------------------------- */

static const struct cli_field fields[] = {
	MENUS_FIELDS(struct wish),
	CLI_WORD("corridor", 0, 0, struct wish, corridor),
	CLI_WORD("language", 0, 0, struct wish, language),
	CLI_MAYBE("ussd", WANTS_PAGES, struct wish, letters),
	CLI_WORD("save", 0, 0, struct wish, save),
	CLI_LIST("talk", 0, struct wish, talks),
};

static int
read_page(struct wish *wish)
{
	if (!(wish->given & WANTS_PAGES))
		return (EXIT_DONE);
	wish->page =
	    wish->letters == NULL ? TALK_PAGE : talk_read_page(wish->letters);
	if (wish->page == 0)
		return (command_wrong_use(&menus_command_try,
		    "a USSD page has 182, 160, 128 or 120 letters, not '%s'",
		    wish->letters));
	return (EXIT_DONE);
}

static int
try_menus(const struct wish *wish, const struct menus *menus)
{
	const struct corridor *corridor =
	    menus_choose_corridor(&menus_command_try, menus, wish->corridor);
	int status = EXIT_DONE;

	if (corridor == NULL)
		return (EXIT_NOTHING_FOUND);
	if (!menus_has_language(&menus_command_try, menus, wish->language))
		return (EXIT_NOTHING_FOUND);
	if (wish->talks.count == 0)
		return (use_phone(wish, menus, corridor));
	for (size_t i = 0; i < wish->talks.count; i++) {
		if (play(wish, menus, corridor, wish->talks.items[i]) !=
		    EXIT_DONE)
			status = EXIT_FAILED;
	}
	return (status);
}

static int
run(int argc, char **argv)
{
	struct wish wish = { 0 };
	const struct cli_line line = { .command = &menus_command_try,
		.fields = fields,
		.field_count = COUNT_OF(fields),
		.into = &wish,
		.given = &wish.given };
	struct menus *menus = NULL;
	int status = cli_read_fields_alone(&line, argc, argv);

	if (status == EXIT_DONE)
		status = read_page(&wish);
	if (status != EXIT_DONE)
		return (status);
	if (wish.talks.count > 0 && wish.save != NULL)
		return (command_wrong_use(&menus_command_try,
		    "--save and --talk do not go together"));
	if (menus_load_asked(&wish.asked, &menus) != DONE)
		return (EXIT_FAILED);
	status = try_menus(&wish, menus);
	menus_free(menus);
	return (status);
}

const struct command menus_command_try = {
	.name = "menus try",
	.summary = "a phone in the terminal, without a helpline running",
	.usage =
	    "Usage: waymark menus try [options] [--save FILE.talk]\n"
	    "       waymark menus try [options] --talk FILE.talk ...\n"
	    "\n"
	    "A phone that talks to the menus as callers would meet them; no"
	    " helpline runs and\n"
	    "nothing is kept.  Write a text and press Enter; Ctrl-D ends.  What"
	    " else happens,\n"
	    "a help request for example, is said after a #.  After a colon:\n"
	    "\n"
	    "  :call               the phone rings once\n"
	    "  :dial *384#         it dials a code: then pages of USSD\n"
	    "  :hang up            ... until it hangs up\n"
	    "  :wait 2 days        nobody writes for so long\n"
	    "  :claim              a caseworker takes the help request\n"
	    "  :from NUMBER        another phone goes on\n"
	    "\n"
	    "  --corridor ID       the corridor, where there are several\n"
	    "  --language TAG      of the line; else the corridor's first\n"
	    "  --ussd[=SIZE]       as USSD pages instead of SMS, of 182 letters"
	    " (if left out),\n"
	    "                      160, 128 or 120, as the network has them\n"
	    "  --save FILE         write the conversation as a talk, to be"
	    " played as a test\n"
	    "  --talk FILE         play a talk and check it; may be given"
	    " again\n" MENUS_OPTIONS_USAGE "\n"
	    "Exit status: 0 done, 1 a talk went otherwise or the menus are"
	    " wrong, 2 wrong use,\n"
	    "3 no such corridor or language.\n",
	.run = run,
};
