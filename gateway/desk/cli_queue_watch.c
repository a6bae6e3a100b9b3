/* waymark queue watch: the list, shown anew whenever it changes.
 *
 * Looks once a second whether another connection has changed the store, which
 * costs a page of memory and no more, and once a minute at the clock.  On a
 * terminal it draws on a screen of its own and leaves the one before as it
 * was; elsewhere it prints the list, or with --json an object a change.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/command.h"
#include "gateway/base/memory.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_queue.h"
#include "gateway/desk/poke.h"
#include "gateway/desk/queue_print.h"
#include "gateway/text/utf8.h"

enum {
	LOOK_MS = 1000,
	CLOCK_S = 60,
	USUAL_ROWS = 24,
	USUAL_COLUMNS = 80,
	KEY_CTRL_C = 3,
	KEY_CTRL_D = 4,
};

struct watch {
	const struct session *session;
	const struct wish *wish;
	struct staff staff; /* as it is now, not when they signed in */
	struct caseworker worker;
	struct request_list list; /* as it was shown last */
	struct store_changes changes; /* of the store, when it was read */
	int64_t looked_utc_s;
	int is_shown; /* anything at all, yet */
	int has_screen;
	int input_fd; /* -1: nobody types */
	int status;
};

static volatile sig_atomic_t is_told_to_end;

static void
note_end(int signal)
{
	(void)signal;
	is_told_to_end = 1;
}

/* -- what is seen ----------------------------------------------------------- */

static void
add_health(const struct watch *watch, int64_t now_utc_s, struct text *out)
{
	struct text lines = { 0 };
	struct case_health health;
	int hub_answers = poke_ask_lines(watch->session->settings.control_path,
			      &lines) == DONE;

	if (cases_health(&watch->worker,
		hub_answers ? text_string(&lines) : NULL, now_utc_s,
		&health) == DONE)
		queue_print_health(&health, out);
	text_free(&lines);
}

/* A line cut to the terminal's width, so that each takes one row. */
static void
add_cut(struct text *out, const char *line, size_t columns)
{
	size_t used = 0;

	while (*line != '\0' && *line != '\n') {
		size_t bytes = utf8_character_bytes(line);
		char one[64];

		if (bytes == 0 || bytes >= sizeof(one))
			break;
		memcpy(one, line, bytes);
		one[bytes] = '\0';
		used += utf8_count_columns(one);
		if (used > columns)
			break;
		text_add(out, one);
		line += bytes;
	}
}

static void
draw(const struct text *page)
{
	static const char home[] = "\033[H";
	static const char end_of_line[] = "\033[K\r\n";
	static const char end_of_screen[] = "\033[J";
	struct winsize size = { 0 };
	struct text out = { 0 };
	const char *line = text_string(page);
	int rows;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0)
		size = (struct winsize){ .ws_row = USUAL_ROWS,
			.ws_col = USUAL_COLUMNS };
	text_add(&out, home);
	/* The last row stays empty, so that nothing scrolls. */
	for (rows = 1; rows < size.ws_row && *line != '\0'; rows++) {
		add_cut(&out, line, size.ws_col);
		text_add(&out, end_of_line);
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	text_add(&out, end_of_screen);
	(void)!write(STDOUT_FILENO, text_string(&out), out.length);
	text_free(&out);
}

static void
show_list(
    struct watch *watch, const struct request_list *list, int64_t now_utc_s)
{
	struct text page = { 0 };

	if (watch->has_screen)
		text_printf(&page, "%s UTC   q ends\n",
		    clock_date_time(now_utc_s).text);
	add_health(watch, now_utc_s, &page);
	text_add_byte(&page, '\n');
	if (list->count > 0)
		queue_print_list(list, now_utc_s, &page);
	else
		text_add(&page, "Nothing here.\n");
	if (list->has_more)
		text_add(&page, "There are more.\n");
	if (watch->has_screen) {
		draw(&page);
		text_free(&page);
		return;
	}
	if (watch->is_shown)
		putchar('\n');
	watch->status = cli_put("queue", &page);
}

/* -- what changes ----------------------------------------------------------- */

static const struct request *
find(const struct request_list *list, int64_t row)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].id.row == row)
			return (&list->items[i]);
	}
	return (NULL);
}

/* Every field is written whole when it is read: the bytes say it. */
static int
is_same(const struct request *one, const struct request *other)
{
	return (memcmp(one, other, sizeof(*one)) == 0);
}

static void
show_changes(
    struct watch *watch, const struct request_list *list, int64_t now_utc_s)
{
	struct text out = { 0 };

	for (size_t i = 0; i < watch->list.count; i++) {
		const struct request *before = &watch->list.items[i];

		if (find(list, before->id.row) == NULL)
			queue_print_change_json(
			    "gone", before, now_utc_s, &out);
	}
	for (size_t i = 0; i < list->count; i++) {
		const struct request *now = &list->items[i];
		const struct request *before = find(&watch->list, now->id.row);

		if (before == NULL)
			queue_print_change_json("new", now, now_utc_s, &out);
		else if (!is_same(before, now))
			queue_print_change_json(
			    "changed", now, now_utc_s, &out);
	}
	watch->status = cli_put("queue", &out);
}

static int
is_changed(const struct watch *watch, const struct request_list *list)
{
	if (!watch->is_shown || list->count != watch->list.count)
		return (1);
	for (size_t i = 0; i < list->count; i++) {
		if (!is_same(&list->items[i], &watch->list.items[i]))
			return (1);
	}
	return (0);
}

/* Shows the list when there is something new to see. */
static void
look(struct watch *watch, int64_t now_utc_s)
{
	struct request_list list = { 0 };
	enum outcome outcome = staff_get(
	    watch->session->store, watch->worker.staff->id, &watch->staff);

	if (outcome == DONE)
		outcome = cases_list(
		    &watch->worker, &watch->wish->filter, now_utc_s, &list);
	/* A store that is busy just now is looked at again in a second. */
	if (outcome == TRY_LATER)
		return;
	if (outcome != DONE) {
		watch->status = queue_tell_no_list(REFUSED);
		return;
	}
	if (watch->wish->given & TAKES_JSON)
		show_changes(watch, &list, now_utc_s);
	else if (watch->has_screen || is_changed(watch, &list))
		show_list(watch, &list, now_utc_s);
	free(watch->list.items);
	watch->list = list;
	watch->is_shown = 1;
	watch->looked_utc_s = now_utc_s;
}

static void
look_if_new(struct watch *watch)
{
	int64_t now_utc_s = clock_utc_s();
	int64_t age_s = now_utc_s - watch->looked_utc_s;
	struct store_changes changes;

	if (store_changes(watch->session->store, &changes) != DONE)
		return;
	if (watch->is_shown && changes.by_others == watch->changes.by_others &&
	    age_s >= 0 && age_s < CLOCK_S)
		return;
	watch->changes = changes;
	look(watch, now_utc_s);
}

/* -- keys ------------------------------------------------------------------- */

static void
take_keys(struct watch *watch)
{
	char keys[64];
	ssize_t got = read(watch->input_fd, keys, sizeof(keys));

	/* What was not a terminal has ended: we go on without it. */
	if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
		watch->input_fd = -1;
	for (ssize_t i = 0; i < got; i++) {
		if (keys[i] == 'q' || keys[i] == 'Q' || keys[i] == KEY_CTRL_C ||
		    keys[i] == KEY_CTRL_D)
			is_told_to_end = 1;
	}
}

static void
wait_for_key(struct watch *watch)
{
	struct pollfd wish = { .fd = watch->input_fd, .events = POLLIN };

	if (poll(&wish, 1, LOOK_MS) == 1)
		take_keys(watch);
}

/* -- the terminal ----------------------------------------------------------- */

static void
run(struct watch *watch)
{
	while (!is_told_to_end && watch->status == EXIT_DONE) {
		look_if_new(watch);
		if (watch->status == EXIT_DONE && !is_told_to_end)
			wait_for_key(watch);
	}
}

static void
run_on_screen(struct watch *watch)
{
	static const char other_screen[] = "\033[?1049h\033[?25l\033[2J";
	static const char first_screen[] = "\033[?25h\033[?1049l";
	struct termios before;
	struct termios keys;

	if (tcgetattr(watch->input_fd, &before) != 0) {
		run(watch);
		return;
	}
	keys = before;
	keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
	tcsetattr(watch->input_fd, TCSANOW, &keys);
	(void)!write(STDOUT_FILENO, other_screen, sizeof(other_screen) - 1);
	watch->has_screen = 1;
	run(watch);
	(void)!write(STDOUT_FILENO, first_screen, sizeof(first_screen) - 1);
	tcsetattr(STDIN_FILENO, TCSANOW, &before);
}

static int
can_draw(const struct wish *wish)
{
	const char *kind = getenv("TERM");

	return (!(wish->given & TAKES_JSON) && isatty(STDIN_FILENO) &&
	    isatty(STDOUT_FILENO) && kind != NULL && kind[0] != '\0' &&
	    strcmp(kind, "dumb") != 0);
}

int
queue_watch(const struct session *session, const struct wish *wish)
{
	struct sigaction end = { .sa_handler = note_end };
	struct watch watch = { .session = session,
		.wish = wish,
		.staff = session->staff,
		.worker = session->worker,
		.input_fd = STDIN_FILENO,
		.status = EXIT_DONE };

	watch.worker.staff = &watch.staff;
	is_told_to_end = 0;
	sigaction(SIGINT, &end, NULL);
	sigaction(SIGTERM, &end, NULL);
	sigaction(SIGHUP, &end, NULL);
	if (can_draw(wish))
		run_on_screen(&watch);
	else
		run(&watch);
	free(watch.list.items);
	return (watch.status);
}
