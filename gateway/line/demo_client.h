/* One phone (or bench, or script) on the demo line's socket: its bytes in, cut
 * into lines, and its texts out.
 *
 * Texts wait in a bounded buffer until the socket takes them.  A text counts as
 * sent once the last of its bytes, the newline, is in the client's socket:
 * from there on only the client's own end can keep it from being read.  A text
 * whose newline never got there was certainly not delivered, since a client
 * takes whole lines only.
 *
 * A client may close its writing side and still read (`... | nc -U`), or go
 * away with texts of its own still unread; those are still taken.
 */
#ifndef GATEWAY_LINE_DEMO_CLIENT_H
#define GATEWAY_LINE_DEMO_CLIENT_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum {
	/* A line of the longest text with every character escaped, the longest
	 * number and what stands between. */
	CLIENT_LINE_MAX_BYTES = 2 * (8192 + 80) + 64,
	CLIENT_IN_BYTES = 64 * 1024,
	CLIENT_OUT_MAX_BYTES = 64 * 1024,
	CLIENT_OUT_MAX_TEXTS = 64,
};

/* A text on its way out. */
struct client_text {
	uint64_t id; /* the hub's */
	uint64_t end; /* position of its last byte among all bytes */
};

struct demo_client {
	int fd;
	uint64_t handle; /* never reused */
	int read_ended; /* it will write no more */
	int write_ended; /* it will read no more */

	char *in; /* CLIENT_IN_BYTES */
	size_t in_start;
	size_t in_end;
	size_t in_searched; /* no newline before this */
	int skips_line; /* inside a line that is too long */

	struct text out;
	size_t out_start; /* bytes before it are in the socket */
	uint64_t written; /* bytes ever put in the socket */
	struct client_text texts[CLIENT_OUT_MAX_TEXTS]; /* a ring */
	size_t first_text;
	size_t text_count;
	int64_t stalled_since_ms; /* -1 when nothing waits for it */
};

/* Takes the descriptor, which must not block. */
struct demo_client *demo_client_new(int fd_take, uint64_t handle);
void demo_client_free(struct demo_client *client);

/* 1 when more can be read before a line is taken. */
int demo_client_has_room(const struct demo_client *client);

/* Reads what is there and fits.  Sets read_ended at the end. */
void demo_client_read(struct demo_client *client);

/*
 * The next whole line, without its newline; borrowed until the next
 * demo_client_read().
 *
 * DONE     *line_r and *length_r are filled in
 * NOTHING  no whole line is here
 * REFUSED  a line was longer than CLIENT_LINE_MAX_BYTES; said once for a line,
 *          which is left out
 */
MUST_USE enum outcome demo_client_next_line(
    struct demo_client *client, const char **line_r, size_t *length_r);

/*
 * Queues a text.
 *
 * DONE       it is in the buffer; demo_client_next_sent() will name it
 * TRY_LATER  the buffer is full, or the client reads no more
 */
MUST_USE enum outcome demo_client_put_text(struct demo_client *client,
    uint64_t id, const char *number, const char *text);

/* Queues a page, if there is room: who reads so slowly dials again. */
void demo_client_put_page(struct demo_client *client, const char *number,
    const char *text, int is_last);

/* Queues words about a line that made no sense, if there is room. */
void demo_client_put_error(struct demo_client *client, const char *words);

/* Writes what the socket takes.  Sets write_ended when the client is gone,
 * stalled_since_ms when it takes nothing. */
void demo_client_flush(struct demo_client *client, int64_t now_ms);

/* Whether bytes wait for the socket. */
int demo_client_has_output(const struct demo_client *client);

/* Ids of texts that are wholly in the socket, each once: DONE or NOTHING. */
MUST_USE enum outcome demo_client_next_sent(
    struct demo_client *client, uint64_t *id_r);

/* Ids of texts that are not, when the client is given up: DONE or NOTHING. */
MUST_USE enum outcome demo_client_next_unsent(
    struct demo_client *client, uint64_t *id_r);

#endif
