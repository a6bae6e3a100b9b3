#include "gateway/desk/phone_screen.h"

#ifdef HAVE_CURSES
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

#include "gateway/base/command.h"
#include "gateway/desk/phone_draw.h"
#include "gateway/desk/phone_wrap.h"
#include "gateway/text/utf8.h"

enum {
	LOOK_AGAIN_MS = 1000, /* for the network */
	ESCAPE_WAIT_MS = 25, /* a lone Esc from one that starts a key */
	TYPED_MAX_BYTES = 4096,
	KEY_CTRL_C = 3,
	KEY_CTRL_D = 4,
	KEY_CTRL_H = 8,
	KEY_CTRL_L = 12,
	KEY_CTRL_R = 18,
	KEY_CTRL_U = 21,
	KEY_ESCAPE = 27,
	KEY_DELETE = 127,
};

struct screen {
	const struct phone_setup *setup;
	struct phone_link *link; /* NULL without network */
	struct phone_frame frame;
	struct phone_view *view;
	struct text typed;
	int in_session; /* of USSD: what is typed answers its page */
	int is_over;
};

/* "Helpline 14:05", by the clock on the wall. */
static void
add_heading(struct text *heading, const char *who)
{
	time_t now = time(NULL);
	struct tm parts;

	if (localtime_r(&now, &parts) == NULL)
		text_add(heading, who);
	else
		text_printf(
		    heading, "%s %02d:%02d", who, parts.tm_hour, parts.tm_min);
}

static void
show_mine(struct screen *screen, const char *words)
{
	struct text heading = { 0 };

	add_heading(&heading, "You");
	phone_view_add_mine(screen->view, text_string(&heading), words);
	text_free(&heading);
}

/* A page of USSD covers the screen, as on a phone; nothing of it stays. */
static void
show_page(struct screen *screen, const struct phone_line *line)
{
	struct text words = { 0 };

	phone_view_free(screen->view);
	screen->view = phone_view_new(
	    (size_t)screen->frame.columns, (size_t)screen->frame.message_rows);
	utf8_add_clean(&words, text_string(&line->text), line->text.length);
	phone_view_add_theirs(screen->view,
	    line->is_last ? "The session has ended" : "Answer, Enter; F3 ends",
	    text_string(&words));
	screen->in_session = !line->is_last;
	text_free(&words);
}

static void
show_theirs(struct screen *screen, const struct phone_line *line)
{
	struct text heading = { 0 };
	struct text words = { 0 };

	add_heading(
	    &heading, line->kind == PHONE_ERROR ? "Network" : "Helpline");
	utf8_add_clean(&words, text_string(&line->text), line->text.length);
	phone_view_add_theirs(
	    screen->view, text_string(&heading), text_string(&words));
	text_free(&heading);
	text_free(&words);
}

static void
lose_network(struct screen *screen)
{
	phone_link_close(screen->link);
	screen->link = NULL;
}

static void
look_for_network(struct screen *screen)
{
	if (screen->link == NULL &&
	    phone_link_open(screen->setup->socket_path, &screen->link) != DONE)
		return;
	if (phone_link_say(screen->link, PHONE_ON, screen->setup->number, "") !=
	    DONE)
		lose_network(screen);
}

static void
receive(struct screen *screen)
{
	struct phone_line line;
	enum outcome outcome;

	while ((outcome = phone_link_receive(screen->link, 0, &line)) == DONE) {
		if (line.kind == PHONE_PAGE)
			show_page(screen, &line);
		else
			show_theirs(screen, &line);
		phone_line_free(&line);
		beep();
	}
	if (outcome == REFUSED)
		lose_network(screen);
}

/* Without network nothing is sent, and what was typed stays. */
static int
say(struct screen *screen, enum phone_line_kind kind, const char *text)
{
	if (screen->link != NULL &&
	    phone_link_say(screen->link, kind, screen->setup->number, text) !=
		DONE)
		lose_network(screen);
	if (screen->link == NULL)
		beep();
	return (screen->link != NULL);
}

/* "*384#": typed without a session, it is dialled and not texted. */
static int
is_code(const char *typed)
{
	size_t length = strlen(typed);

	return (length > 2 && typed[0] == '*' && typed[length - 1] == '#' &&
	    strspn(typed, "*#0123456789") == length);
}

static void
dial(struct screen *screen, const char *code)
{
	if (say(screen, PHONE_USSD, code))
		screen->in_session = 1;
}

static void
hang_up(struct screen *screen)
{
	if (!screen->in_session || !say(screen, PHONE_HANG_UP, ""))
		return;
	screen->in_session = 0;
	show_mine(screen, "(you ended the session)");
}

static void
send_typed(struct screen *screen)
{
	const char *typed = text_string(&screen->typed);

	if (screen->typed.length == 0)
		return;
	if (screen->in_session || is_code(typed)) {
		dial(screen, typed);
		text_clear(&screen->typed);
		return;
	}
	if (!say(screen, PHONE_SMS, typed))
		return;
	show_mine(screen, screen->typed.bytes);
	text_clear(&screen->typed);
}

static void
ring_once(struct screen *screen)
{
	if (say(screen, PHONE_CALL, ""))
		show_mine(screen, "(you let it ring once)");
}

static void
type(struct screen *screen, wint_t character)
{
	char bytes[MB_LEN_MAX];
	mbstate_t state = { 0 };
	size_t length = wcrtomb(bytes, (wchar_t)character, &state);

	if (length != (size_t)-1 && character >= ' ' &&
	    screen->typed.length + length <= TYPED_MAX_BYTES)
		utf8_add_clean(&screen->typed, bytes, length);
}

static void
set_size(struct screen *screen)
{
	screen->frame = phone_frame_for(LINES, COLS);
	if (!screen->frame.is_too_small)
		phone_view_resize(screen->view, (size_t)screen->frame.columns,
		    (size_t)screen->frame.message_rows);
}

static void
press_key(struct screen *screen, wint_t key)
{
	long page =
	    screen->frame.message_rows > 1 ? screen->frame.message_rows - 1 : 1;

	switch (key) {
	case KEY_UP:
		phone_view_scroll(screen->view, -1);
		return;
	case KEY_DOWN:
		phone_view_scroll(screen->view, 1);
		return;
	case KEY_PPAGE:
		phone_view_scroll(screen->view, -page);
		return;
	case KEY_NPAGE:
		phone_view_scroll(screen->view, page);
		return;
	case KEY_HOME:
		phone_view_scroll(screen->view, LONG_MIN / 2);
		return;
	case KEY_END:
		phone_view_scroll(screen->view, LONG_MAX / 2);
		return;
	case KEY_BACKSPACE:
	case KEY_DC:
		text_cut(&screen->typed,
		    phone_without_last(text_string(&screen->typed)));
		return;
	case KEY_F(2):
		ring_once(screen);
		return;
	case KEY_F(3):
		hang_up(screen);
		return;
	case KEY_ENTER:
		send_typed(screen);
		return;
	default:
		return;
	}
}

static void
press_character(struct screen *screen, wint_t character)
{
	switch (character) {
	case KEY_CTRL_C:
	case KEY_CTRL_D:
	case KEY_ESCAPE:
		screen->is_over = 1;
		return;
	case '\n':
	case '\r':
		send_typed(screen);
		return;
	case KEY_DELETE:
	case KEY_CTRL_H:
		press_key(screen, KEY_BACKSPACE);
		return;
	case KEY_CTRL_U:
		text_clear(&screen->typed);
		return;
	case KEY_CTRL_R:
		ring_once(screen);
		return;
	case KEY_CTRL_L:
		clearok(curscr, TRUE);
		return;
	default:
		type(screen, character);
		return;
	}
}

static void
take_keys(struct screen *screen)
{
	wint_t key;
	int kind;

	while (!screen->is_over && (kind = get_wch(&key)) != ERR) {
		if (kind == KEY_CODE_YES && key == KEY_RESIZE) {
			set_size(screen);
			continue;
		}
		phone_view_read(screen->view);
		if (kind == KEY_CODE_YES)
			press_key(screen, key);
		else
			press_character(screen, key);
	}
}

static void
turn(struct screen *screen)
{
	struct pollfd wishes[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = -1, .events = POLLIN },
	};
	int timeout_ms = -1;

	if (screen->link != NULL)
		wishes[1].fd = phone_link_fd(screen->link);
	else
		timeout_ms = LOOK_AGAIN_MS;
	(void)!poll(wishes, COUNT_OF(wishes), timeout_ms);
	/* The terminal was closed. */
	if ((wishes[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
		screen->is_over = 1;
	if (screen->link == NULL)
		look_for_network(screen);
	else if (wishes[1].revents != 0)
		receive(screen);
	take_keys(screen);
}

static void
start_curses(void)
{
	/* Nepali must show also where nobody set a locale. */
	if (setlocale(LC_CTYPE, "") == NULL || MB_CUR_MAX == 1)
		setlocale(LC_CTYPE, "C.UTF-8");
	initscr();
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	set_escdelay(ESCAPE_WAIT_MS);
	phone_draw_start();
}

int
phone_screen_run(struct phone_link *link_take, const struct phone_setup *setup)
{
	struct screen screen = {
		.setup = setup,
		.link = link_take,
		.view = phone_view_new(
		    PHONE_FRAME_COLUMNS_MOST, PHONE_FRAME_ROWS_MOST),
	};

	start_curses();
	set_size(&screen);
	look_for_network(&screen);
	if (setup->code != NULL)
		dial(&screen, setup->code);
	while (!screen.is_over) {
		phone_draw(&(struct phone_picture){
		    .frame = &screen.frame,
		    .view = screen.view,
		    .typed = text_string(&screen.typed),
		    .has_network = screen.link != NULL,
		});
		turn(&screen);
	}
	endwin();
	hang_up(&screen);
	phone_link_close(screen.link);
	phone_view_free(screen.view);
	text_free(&screen.typed);
	return (EXIT_DONE);
}
#endif
