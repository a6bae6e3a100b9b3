#include "gateway/desk/phone_view.h"

#include "gateway/base/memory.h"
#include "gateway/desk/phone_wrap.h"

struct message {
	enum phone_row_kind kind; /* mine or theirs */
	char *heading;
	char *words;
	size_t first_row;
};

struct phone_view {
	size_t columns;
	size_t height;
	struct message messages[PHONE_VIEW_MESSAGES_MOST];
	size_t message_count;
	struct phone_row *rows;
	size_t row_count;
	size_t row_room;
	size_t top;
	size_t unread;
	struct phone_slices slices;
};

struct phone_view *
phone_view_new(size_t columns, size_t height)
{
	struct phone_view *view = memory_new(1, sizeof(*view));

	view->columns = columns;
	view->height = height;
	return (view);
}

static void
free_message(struct message *message)
{
	explicit_bzero(message->words, strlen(message->words));
	free(message->words);
	free(message->heading);
}

void
phone_view_free(struct phone_view *view)
{
	if (view == NULL)
		return;
	for (size_t i = 0; i < view->message_count; i++)
		free_message(&view->messages[i]);
	phone_slices_free(&view->slices);
	free(view->rows);
	free(view);
}

static void
add_row(struct phone_view *view, enum phone_row_kind kind, const char *bytes,
    size_t length)
{
	if (view->row_count == view->row_room) {
		size_t room = view->row_room > 0 ? view->row_room * 2 : 64;

		view->rows = memory_grow(
		    view->rows, view->row_room, room, sizeof(*view->rows));
		view->row_room = room;
	}
	view->rows[view->row_count++] = (struct phone_row){
		.kind = kind,
		.bytes = bytes,
		.length = length,
	};
}

static void
add_wrapped(
    struct phone_view *view, enum phone_row_kind kind, const char *words)
{
	phone_wrap(words, view->columns, PHONE_WRAP_WORDS, &view->slices);
	for (size_t i = 0; i < view->slices.count; i++)
		add_row(view, kind, words + view->slices.list[i].start,
		    view->slices.list[i].length);
}

static void
add_rows(struct phone_view *view, struct message *message)
{
	if (view->row_count > 0)
		add_row(view, PHONE_ROW_EMPTY, "", 0);
	message->first_row = view->row_count;
	add_wrapped(view, PHONE_ROW_HEADING, message->heading);
	add_wrapped(view, message->kind, message->words);
}

static void
add_all_rows(struct phone_view *view)
{
	view->row_count = 0;
	for (size_t i = 0; i < view->message_count; i++)
		add_rows(view, &view->messages[i]);
}

static size_t
last_top(const struct phone_view *view)
{
	return (view->row_count > view->height ? view->row_count - view->height
					       : 0);
}

/* The end in sight, but not at the cost of the first unread row. */
static void
show_end(struct phone_view *view)
{
	view->top = last_top(view);
	if (view->unread > 0) {
		size_t first = view->message_count - view->unread;

		if (view->messages[first].first_row < view->top)
			view->top = view->messages[first].first_row;
	}
}

void
phone_view_resize(struct phone_view *view, size_t columns, size_t height)
{
	int was_at_end = view->top == last_top(view);

	view->columns = columns;
	view->height = height;
	add_all_rows(view);
	if (was_at_end || view->unread > 0)
		show_end(view);
	else if (view->top > last_top(view))
		view->top = last_top(view);
}

static void
forget_first(struct phone_view *view)
{
	free_message(&view->messages[0]);
	view->message_count--;
	memmove(&view->messages[0], &view->messages[1],
	    view->message_count * sizeof(view->messages[0]));
	if (view->unread > view->message_count)
		view->unread = view->message_count;
	add_all_rows(view);
}

static void
add_message(struct phone_view *view, enum phone_row_kind kind,
    const char *heading, const char *words)
{
	struct message *message;

	if (view->message_count == PHONE_VIEW_MESSAGES_MOST)
		forget_first(view);
	message = &view->messages[view->message_count++];
	*message = (struct message){
		.kind = kind,
		.heading = memory_copy(heading),
		.words = memory_copy(words),
	};
	add_rows(view, message);
}

void
phone_view_add_mine(
    struct phone_view *view, const char *heading, const char *words)
{
	view->unread = 0;
	add_message(view, PHONE_ROW_MINE, heading, words);
	show_end(view);
}

void
phone_view_add_theirs(
    struct phone_view *view, const char *heading, const char *words)
{
	add_message(view, PHONE_ROW_THEIRS, heading, words);
	view->unread++;
	show_end(view);
}

void
phone_view_scroll(struct phone_view *view, long rows)
{
	size_t up = rows < 0 ? (size_t)-rows : 0;

	if (up > view->top)
		up = view->top;
	view->top = view->top - up + (rows > 0 ? (size_t)rows : 0);
	if (view->top > last_top(view))
		view->top = last_top(view);
}

void
phone_view_read(struct phone_view *view)
{
	view->unread = 0;
}

size_t
phone_view_unread(const struct phone_view *view)
{
	return (view->unread);
}

struct phone_row
phone_view_row(const struct phone_view *view, size_t row)
{
	if (view->top + row >= view->row_count)
		return (struct phone_row){ PHONE_ROW_EMPTY, "", 0 };
	return (view->rows[view->top + row]);
}

int
phone_view_has_above(const struct phone_view *view)
{
	return (view->top > 0);
}

int
phone_view_has_below(const struct phone_view *view)
{
	return (view->top < last_top(view));
}
