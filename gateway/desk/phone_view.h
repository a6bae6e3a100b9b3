/* What the small screen of the phone shows: the messages so far, cut into
 * rows, and which of the rows are in sight.  Pure; phone_screen.c draws it.
 *
 * A message is a row with who and when, its rows, and an empty row after it.
 * What one writes oneself shows its end.  A message that comes in shows its
 * beginning, since it is often longer than the screen: it is unread until a
 * key is pressed, and later ones do not push it away.
 */
#ifndef GATEWAY_DESK_PHONE_VIEW_H
#define GATEWAY_DESK_PHONE_VIEW_H

#include <stddef.h>

enum { PHONE_VIEW_MESSAGES_MOST = 200 };

enum phone_row_kind {
	PHONE_ROW_EMPTY,
	PHONE_ROW_HEADING,
	PHONE_ROW_THEIRS,
	PHONE_ROW_MINE,
};

struct phone_row {
	enum phone_row_kind kind;
	const char *bytes; /* not ended by a NUL; borrowed until a change */
	size_t length;
};

struct phone_view;

struct phone_view *phone_view_new(size_t columns, size_t height);
void phone_view_free(struct phone_view *view);

/* The screen has another size. */
void phone_view_resize(struct phone_view *view, size_t columns, size_t height);

/* One's own text, and one that came in; both clean. */
void phone_view_add_mine(
    struct phone_view *view, const char *heading, const char *words);
void phone_view_add_theirs(
    struct phone_view *view, const char *heading, const char *words);

/* Moves by so many rows, up when negative, as far as there are any. */
void phone_view_scroll(struct phone_view *view, long rows);

/* A key was pressed: nothing is unread any more. */
void phone_view_read(struct phone_view *view);
size_t phone_view_unread(const struct phone_view *view);

/* Row 0 is the top of the screen; beyond the end rows are empty. */
struct phone_row phone_view_row(const struct phone_view *view, size_t row);

/* Whether there are rows out of sight. */
int phone_view_has_above(const struct phone_view *view);
int phone_view_has_below(const struct phone_view *view);

#endif
