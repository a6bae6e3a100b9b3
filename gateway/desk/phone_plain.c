#include "gateway/desk/phone_plain.h"

#include <poll.h>
#include <unistd.h>

#include "gateway/base/command.h"
#include "gateway/desk/phone_play.h"
#include "gateway/text/utf8.h"

static int
tell_gone(void)
{
	fflush(stdout);
	fputs("waymark phone: no network: the helpline was stopped\n", stderr);
	return (EXIT_FAILED);
}

/* A reply, or on standard error what the line did not understand: 1 when it
 * was a reply. */
static int
print_line(struct phone_line *line, int is_first)
{
	int is_reply = line->kind == PHONE_SMS || line->kind == PHONE_PAGE;
	struct text clean = { 0 };

	utf8_add_clean(&clean, text_string(&line->text), line->text.length);
	if (is_reply)
		printf("%s%s\n", is_first ? "" : "\n", text_string(&clean));
	else
		fprintf(stderr, "waymark phone: the line says: %s\n",
		    text_string(&clean));
	fflush(stdout);
	text_free(&clean);
	phone_line_free(line);
	return (is_reply);
}

/* Prints replies until it is quiet; an exit status.  *count counts them. */
static int
print_replies(
    struct phone_link *link, const struct phone_setup *setup, size_t *count)
{
	int64_t wait_ms = setup->wait_ms;
	size_t before = *count;
	struct phone_line line;
	enum outcome outcome;

	while ((outcome = phone_link_receive(link, wait_ms, &line)) == DONE) {
		if (!print_line(&line, *count == 0))
			return (EXIT_FAILED);
		(*count)++;
		wait_ms = PHONE_QUIET_MS;
	}
	if (outcome == REFUSED)
		return (tell_gone());
	return (*count > before ? EXIT_DONE : EXIT_NOTHING_FOUND);
}

static enum outcome
say(struct phone_link *link, const struct phone_setup *setup, const char *text)
{
	if (text == NULL)
		return (phone_link_say(link, PHONE_CALL, setup->number, ""));
	return (phone_link_say(link, PHONE_SMS, setup->number, text));
}

int
phone_plain_send(
    struct phone_link *link, const struct phone_setup *setup, const char *text)
{
	size_t count = 0;
	int status;

	if (say(link, setup, text) != DONE)
		return (tell_gone());
	status = print_replies(link, setup, &count);
	if (status == EXIT_NOTHING_FOUND)
		fprintf(stderr, "waymark phone: no reply came within %g s\n",
		    (double)setup->wait_ms / 1000);
	return (status);
}

/* A line of standard input without its newline: 1, or 0 at the end. */
static int
read_line(char **line, size_t *room)
{
	ssize_t length = getline(line, room, stdin);

	if (length < 0)
		return (0);
	if (length > 0 && (*line)[length - 1] == '\n')
		(*line)[length - 1] = '\0';
	return (1);
}

/* A page, on standard output: DONE, or NOTHING when it was the last; else an
 * end of another kind, told. */
MUST_USE static enum outcome
print_page(struct phone_link *link, const struct phone_setup *setup)
{
	struct phone_line line;
	enum outcome outcome = phone_link_receive(link, setup->wait_ms, &line);
	int is_last;

	if (outcome == REFUSED) {
		tell_gone();
		return (REFUSED);
	}
	if (outcome == NOTHING) {
		fprintf(stderr, "waymark phone: no page came within %g s\n",
		    (double)setup->wait_ms / 1000);
		return (TRY_LATER);
	}
	is_last = line.kind == PHONE_PAGE && line.is_last;
	if (!print_line(&line, 1))
		return (REFUSED);
	return (is_last ? NOTHING : DONE);
}

int
phone_plain_dial(struct phone_link *link, const struct phone_setup *setup)
{
	const char *said = setup->code;
	enum outcome outcome = DONE;
	char *line = NULL;
	size_t room = 0;

	while (outcome == DONE) {
		if (phone_link_say(link, PHONE_USSD, setup->number, said) !=
		    DONE) {
			tell_gone();
			outcome = REFUSED;
			break;
		}
		outcome = print_page(link, setup);
		if (outcome != DONE || !read_line(&line, &room))
			break;
		putchar('\n');
		said = line;
	}
	if (outcome == DONE)
		(void)!phone_link_say(link, PHONE_HANG_UP, setup->number, "");
	free(line);
	if (outcome == TRY_LATER)
		return (EXIT_NOTHING_FOUND);
	return (outcome == REFUSED ? EXIT_FAILED : EXIT_DONE);
}

/* Each line waits for the replies to the one before, so that what is printed
 * reads as it was said. */
static int
run_script(struct phone_link *link, const struct phone_setup *setup)
{
	char *line = NULL;
	size_t room = 0;
	size_t count = 0;
	int status = EXIT_DONE;

	while (status != EXIT_FAILED && read_line(&line, &room)) {
		if (say(link, setup, line) != DONE)
			status = tell_gone();
		else
			status = print_replies(link, setup, &count);
	}
	free(line);
	if (status == EXIT_FAILED)
		return (status);
	return (count > 0 ? EXIT_DONE : EXIT_NOTHING_FOUND);
}

/* Replies may come at any time, also while nobody types. */
static int
run_terminal(struct phone_link *link, const struct phone_setup *setup)
{
	struct pollfd wishes[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = phone_link_fd(link), .events = POLLIN },
	};
	enum outcome outcome = NOTHING;
	struct phone_line message;
	char *line = NULL;
	size_t room = 0;

	printf("This phone is %s. Write a text and press Enter; Ctrl-D ends.\n",
	    setup->number);
	while (outcome == NOTHING) {
		(void)!poll(wishes, COUNT_OF(wishes), -1);
		while (
		    (outcome = phone_link_receive(link, 0, &message)) == DONE)
			print_line(&message, 0);
		if (wishes[0].revents == 0 || outcome == REFUSED)
			continue;
		if (!read_line(&line, &room))
			break;
		if (say(link, setup, line) != DONE)
			outcome = REFUSED;
	}
	free(line);
	return (outcome == REFUSED ? tell_gone() : EXIT_DONE);
}

int
phone_plain_run(struct phone_link *link, const struct phone_setup *setup)
{
	if (phone_link_say(link, PHONE_ON, setup->number, "") != DONE)
		return (tell_gone());
	return (isatty(STDIN_FILENO) ? run_terminal(link, setup)
				     : run_script(link, setup));
}
