#include "gateway/desk/phone_frame.h"

enum {
	/* Signs, dividing row, typed rows, hints. */
	OTHER_ROWS = 3 + PHONE_FRAME_TYPED_ROWS,
	/* The phone's edge and name, and the screen's edge. */
	EDGE_ROWS = 5,
	EDGE_COLUMNS = 6,
	LINES_LEAST = OTHER_ROWS + 2,
	COLUMNS_LEAST = 16,
};

static int
at_most(int value, int most)
{
	return (value < most ? value : most);
}

struct phone_frame
phone_frame_for(int lines, int columns)
{
	struct phone_frame frame = { 0 };
	int edge_rows;

	if (lines < LINES_LEAST || columns < COLUMNS_LEAST)
		return (struct phone_frame){ .is_too_small = 1 };
	frame.has_edge = lines >= PHONE_FRAME_EDGE_LINES &&
	    columns >= COLUMNS_LEAST + EDGE_COLUMNS;
	frame.has_keys = frame.has_edge && lines >= PHONE_FRAME_KEYS_LINES;
	edge_rows = frame.has_edge ? EDGE_ROWS : 0;
	edge_rows += frame.has_keys ? PHONE_FRAME_KEY_ROWS : 0;
	frame.message_rows =
	    at_most(lines - edge_rows - OTHER_ROWS, PHONE_FRAME_ROWS_MOST);
	frame.columns = at_most(columns - (frame.has_edge ? EDGE_COLUMNS : 0),
	    PHONE_FRAME_COLUMNS_MOST);
	frame.height = frame.message_rows + OTHER_ROWS + edge_rows;
	frame.width = frame.columns + (frame.has_edge ? EDGE_COLUMNS : 0);
	frame.top = (lines - frame.height) / 2;
	frame.left = (columns - frame.width) / 2;
	frame.screen_top = frame.top + (frame.has_edge ? 3 : 0);
	frame.screen_left = frame.left + (frame.has_edge ? 3 : 0);
	return (frame);
}
