/* Where things stand on the phone in the terminal, for any size of terminal.
 * Pure.
 *
 *     the phone's edge     from PHONE_FRAME_EDGE_LINES lines on
 *     the keys under it    from PHONE_FRAME_KEYS_LINES lines on
 *
 * A smaller terminal is all screen.
 */
#ifndef GATEWAY_DESK_PHONE_FRAME_H
#define GATEWAY_DESK_PHONE_FRAME_H

enum {
	PHONE_FRAME_COLUMNS_MOST = 26, /* of the screen: two inches */
	PHONE_FRAME_ROWS_MOST = 12, /* of messages */
	PHONE_FRAME_TYPED_ROWS = 2,
	PHONE_FRAME_EDGE_LINES = 14,
	PHONE_FRAME_KEYS_LINES = 25,
	PHONE_FRAME_KEY_ROWS = 5,
};

struct phone_frame {
	int is_too_small; /* nothing else is filled in */
	int has_edge;
	int has_keys;
	int top; /* of the whole phone */
	int left;
	int height;
	int width;
	int screen_top; /* of the screen: a row of signs, the messages, a
			   dividing row, the typed rows, a row of hints */
	int screen_left;
	int columns;
	int message_rows;
};

struct phone_frame phone_frame_for(int lines, int columns);

#endif
