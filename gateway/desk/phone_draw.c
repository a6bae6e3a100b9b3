#include "gateway/desk/phone_draw.h"

#ifdef HAVE_CURSES
#include <curses.h>

#include "gateway/desk/phone_wrap.h"
#include "gateway/text/segments.h"
#include "gateway/text/utf8.h"

/* Colour pairs: dark on pale green, as those screens were. */
enum { PAIR_SCREEN = 1, PAIR_MINE, PAIR_FAINT };
enum { BLACK = 16, DARK_GREEN = 22, GREY_GREEN = 65, PALE_GREEN = 151 };

/* What fits into one segment and into each of several (segments.h). */
enum { GSM_ALONE = 160, GSM_JOINED = 153, UCS2_ALONE = 70, UCS2_JOINED = 67 };

static const char *const keys[PHONE_FRAME_KEY_ROWS - 1][3] = {
	{ "1", "2 abc", "3 def" },
	{ "4 ghi", "5 jkl", "6 mno" },
	{ "7 pqrs", "8 tuv", "9 wxyz" },
	{ "*", "0 +", "#" },
};

void
phone_draw_start(void)
{
	if (!has_colors())
		return;
	start_color();
	use_default_colors();
	if (COLORS < 256)
		return;
	init_pair(PAIR_SCREEN, BLACK, PALE_GREEN);
	init_pair(PAIR_MINE, DARK_GREEN, PALE_GREEN);
	init_pair(PAIR_FAINT, GREY_GREEN, PALE_GREEN);
}

static chtype
look(short pair)
{
	if (has_colors() && COLORS >= 256)
		return (COLOR_PAIR(pair));
	return (pair == PAIR_FAINT ? A_DIM : A_NORMAL);
}

static void
put_repeated(int y, int x, const char *piece, int count)
{
	move(y, x);
	for (int i = 0; i < count; i++)
		addstr(piece);
}

static void
put_middle(int y, int left, int width, const char *words)
{
	int columns = (int)utf8_count_columns(words);

	if (columns <= width)
		mvaddstr(y, left + (width - columns) / 2, words);
}

static void
put_right(int y, int end, const char *words)
{
	mvaddstr(y, end - (int)utf8_count_columns(words), words);
}

static void
put_box(int top, int left, int height, int width)
{
	mvaddstr(top, left, "┌");
	put_repeated(top, left + 1, "─", width - 2);
	mvaddstr(top, left + width - 1, "┐");
	for (int y = top + 1; y < top + height - 1; y++) {
		mvaddstr(y, left, "│");
		mvaddstr(y, left + width - 1, "│");
	}
	mvaddstr(top + height - 1, left, "└");
	put_repeated(top + height - 1, left + 1, "─", width - 2);
	mvaddstr(top + height - 1, left + width - 1, "┘");
}

static void
draw_keys(const struct phone_frame *frame, int top)
{
	int third = (frame->width - 2) / 3;
	int left = frame->left + 1;

	put_middle(top, left, third, "(──)");
	put_middle(top, left + third, third, "[ ▲▼ ]");
	put_middle(top, left + 2 * third, third, "(──)");
	for (int row = 0; row < PHONE_FRAME_KEY_ROWS - 1; row++) {
		for (int column = 0; column < 3; column++)
			mvaddstr(top + 1 + row,
			    left + column * third + third / 2 - 2,
			    keys[row][column]);
	}
}

static void
draw_body(const struct phone_frame *frame)
{
	int screen_rows = frame->message_rows + 3 + PHONE_FRAME_TYPED_ROWS;

	if (!frame->has_edge)
		return;
	attrset(A_DIM);
	put_box(frame->top, frame->left, frame->height, frame->width);
	put_box(frame->screen_top - 1, frame->screen_left - 1, screen_rows + 2,
	    frame->columns + 2);
	if (frame->has_keys)
		draw_keys(frame, frame->screen_top + screen_rows + 1);
	attrset(A_BOLD);
	put_middle(frame->top + 1, frame->left, frame->width, "w a y m a r k");
}

/* Signal, who is at the other end, battery. */
static void
draw_signs(const struct phone_picture *picture, int y)
{
	const struct phone_frame *frame = picture->frame;
	int end = frame->screen_left + frame->columns;

	attrset(look(PAIR_SCREEN) | A_REVERSE);
	put_repeated(y, frame->screen_left, " ", frame->columns);
	if (picture->has_network)
		mvaddstr(y, frame->screen_left, "▂▄▆█");
	else
		mvaddstr(y, frame->screen_left, "▁▁▁▁");
	put_right(y, end, "▐██▌");
	put_middle(y, frame->screen_left + 4, frame->columns - 8,
	    picture->has_network ? "Helpline" : "No network");
}

static attr_t
look_of(enum phone_row_kind kind)
{
	switch (kind) {
	case PHONE_ROW_HEADING:
		return (look(PAIR_FAINT));
	case PHONE_ROW_MINE:
		return (look(PAIR_MINE) | A_BOLD);
	case PHONE_ROW_EMPTY:
	case PHONE_ROW_THEIRS:
		break;
	}
	return (look(PAIR_SCREEN));
}

static void
draw_messages(const struct phone_picture *picture, int y)
{
	const struct phone_frame *frame = picture->frame;

	for (int i = 0; i < frame->message_rows; i++) {
		struct phone_row row = phone_view_row(picture->view, (size_t)i);

		attrset(look_of(row.kind));
		put_repeated(y + i, frame->screen_left, " ", frame->columns);
		mvaddnstr(
		    y + i, frame->screen_left, row.bytes, (int)row.length);
	}
}

/* How many messages are new, and whether there is more above or below. */
static void
draw_divider(const struct phone_picture *picture, int y)
{
	const struct phone_frame *frame = picture->frame;
	size_t unread = phone_view_unread(picture->view);
	struct text words = { 0 };

	attrset(look(PAIR_FAINT));
	put_repeated(y, frame->screen_left, "─", frame->columns);
	attrset(look(PAIR_SCREEN) | A_BOLD);
	if (unread > 0) {
		text_printf(
		    &words, " %zu message%s ", unread, unread > 1 ? "s" : "");
		put_middle(
		    y, frame->screen_left, frame->columns, text_string(&words));
	}
	if (phone_view_has_above(picture->view))
		mvaddstr(y, frame->screen_left + 1, "▲");
	if (phone_view_has_below(picture->view))
		mvaddstr(y, frame->screen_left + frame->columns - 2, "▼");
	text_free(&words);
}

/* "152/1": what still fits, and how many messages it costs. */
static void
draw_hints(const struct phone_picture *picture, int y)
{
	const struct phone_frame *frame = picture->frame;
	enum alphabet alphabet = ALPHABET_GSM;
	struct text words = { 0 };
	unsigned units = 0;
	unsigned count = segments_count(picture->typed, &alphabet, &units);
	int is_gsm = alphabet == ALPHABET_GSM;
	unsigned room = is_gsm ? GSM_ALONE : UCS2_ALONE;

	if (count > 1)
		room = count * (is_gsm ? GSM_JOINED : UCS2_JOINED);
	attrset(look(PAIR_SCREEN) | A_REVERSE);
	put_repeated(y, frame->screen_left, " ", frame->columns);
	mvaddstr(y, frame->screen_left, "⏎ Send");
	put_right(y, frame->screen_left + frame->columns, "Esc End");
	text_printf(&words, "%u/%u", units < room ? room - units : 0,
	    count > 0 ? count : 1);
	if (picture->typed[0] != '\0')
		put_middle(
		    y, frame->screen_left, frame->columns, text_string(&words));
	text_free(&words);
}

/* The last rows of what is typed; the cursor stays behind it. */
static void
draw_typed(const struct phone_picture *picture, int y)
{
	const struct phone_frame *frame = picture->frame;
	struct phone_slices slices = { 0 };
	size_t first;

	attrset(look(PAIR_SCREEN));
	for (int i = 0; i < PHONE_FRAME_TYPED_ROWS; i++)
		put_repeated(y + i, frame->screen_left, " ", frame->columns);
	phone_wrap(picture->typed, (size_t)frame->columns - 1,
	    PHONE_WRAP_ANYWHERE, &slices);
	first = slices.count > PHONE_FRAME_TYPED_ROWS
	    ? slices.count - PHONE_FRAME_TYPED_ROWS
	    : 0;
	for (size_t i = first; i < slices.count; i++)
		mvaddnstr(y + (int)(i - first), frame->screen_left,
		    picture->typed + slices.list[i].start,
		    (int)slices.list[i].length);
	phone_slices_free(&slices);
}

void
phone_draw(const struct phone_picture *picture)
{
	const struct phone_frame *frame = picture->frame;
	int y = frame->screen_top;
	int cursor_y;
	int cursor_x;

	attrset(A_NORMAL);
	erase();
	if (frame->is_too_small) {
		mvaddstr(0, 0, "too small");
		refresh();
		return;
	}
	draw_body(frame);
	draw_signs(picture, y);
	draw_messages(picture, y + 1);
	draw_divider(picture, y + 1 + frame->message_rows);
	draw_hints(
	    picture, y + 2 + frame->message_rows + PHONE_FRAME_TYPED_ROWS);
	draw_typed(picture, y + 2 + frame->message_rows);
	/* mvaddnstr() of nothing still moves, so the cursor is right. */
	getyx(stdscr, cursor_y, cursor_x);
	attrset(A_NORMAL);
	move(cursor_y, cursor_x);
	refresh();
}
#endif
