#include "gateway/desk/phone_wrap.h"

#include "gateway/base/memory.h"
#include "gateway/text/utf8.h"

/* A text while it is cut; places are bytes. */
struct wrap {
	const char *utf8;
	size_t most_columns;
	enum phone_wrap_way way;
	struct phone_slices *slices;
	size_t row_start;
	size_t row_columns;
	size_t word_start; /* of the word that `row_columns` ends in */
	size_t word_columns; /* columns since there */
};

static void
add_slice(struct phone_slices *slices, size_t start, size_t length)
{
	if (slices->count == slices->room) {
		size_t room = slices->room > 0 ? slices->room * 2 : 16;

		slices->list = memory_grow(
		    slices->list, slices->room, room, sizeof(*slices->list));
		slices->room = room;
	}
	slices->list[slices->count++] = (struct phone_slice){ start, length };
}

/* Ends the row before `end`; the next one starts at `next`. */
static void
end_row(struct wrap *wrap, size_t end, size_t next)
{
	if (wrap->way == PHONE_WRAP_WORDS) {
		while (end > wrap->row_start && wrap->utf8[end - 1] == ' ')
			end--;
	}
	add_slice(wrap->slices, wrap->row_start, end - wrap->row_start);
	wrap->row_start = next;
	wrap->row_columns = 0;
	wrap->word_start = next;
	wrap->word_columns = 0;
}

static size_t
columns_of(const char *character, size_t bytes)
{
	char one[256];

	if (bytes >= sizeof(one))
		return (1);
	memcpy(one, character, bytes);
	one[bytes] = '\0';
	return (utf8_count_columns(one));
}

/* The character at `at` does not fit any more. */
static void
make_room(struct wrap *wrap, size_t at)
{
	size_t columns = wrap->word_columns;

	if (wrap->way == PHONE_WRAP_WORDS &&
	    wrap->word_start > wrap->row_start) {
		end_row(wrap, wrap->word_start, wrap->word_start);
		wrap->row_columns = columns;
		wrap->word_columns = columns;
	} else if (at > wrap->row_start) {
		end_row(wrap, at, at);
	}
}

static void
take_character(struct wrap *wrap, size_t at, size_t bytes)
{
	size_t columns = columns_of(wrap->utf8 + at, bytes);
	int is_blank = bytes == 1 && wrap->utf8[at] == ' ';

	if (wrap->row_columns + columns > wrap->most_columns) {
		if (is_blank && wrap->way == PHONE_WRAP_WORDS) {
			/* Blanks may hang over the edge. */
			wrap->word_start = at + bytes;
			wrap->word_columns = 0;
			return;
		}
		make_room(wrap, at);
		/* A word that fills a row by itself, and a wide character. */
		if (wrap->row_columns + columns > wrap->most_columns)
			make_room(wrap, at);
	}
	wrap->row_columns += columns;
	wrap->word_columns += columns;
	if (is_blank) {
		wrap->word_start = at + bytes;
		wrap->word_columns = 0;
	}
}

void
phone_wrap(const char *utf8, size_t columns, enum phone_wrap_way way,
    struct phone_slices *slices)
{
	struct wrap wrap = {
		.utf8 = utf8,
		.most_columns = columns > 0 ? columns : 1,
		.way = way,
		.slices = slices,
	};
	size_t at = 0;
	size_t bytes;

	slices->count = 0;
	while ((bytes = utf8_character_bytes(utf8 + at)) > 0) {
		if (utf8[at] == '\n')
			end_row(&wrap, at, at + bytes);
		else
			take_character(&wrap, at, bytes);
		at += bytes;
	}
	end_row(&wrap, at, at);
}

void
phone_slices_free(struct phone_slices *slices)
{
	free(slices->list);
	*slices = (struct phone_slices){ 0 };
}

size_t
phone_without_last(const char *utf8)
{
	size_t before = 0;
	size_t at = 0;
	size_t bytes;

	while ((bytes = utf8_character_bytes(utf8 + at)) > 0) {
		before = at;
		at += bytes;
	}
	return (before);
}
