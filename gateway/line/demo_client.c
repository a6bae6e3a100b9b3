#include "gateway/line/demo_client.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/base/memory.h"
#include "gateway/line/protocol.h"
#include "gateway/text/phone_wire.h"

_Static_assert(CLIENT_LINE_MAX_BYTES >
	2 * (PROTOCOL_TEXT_MAX_BYTES + PROTOCOL_SENDER_MAX_BYTES),
    "a line holds the longest text");
_Static_assert(CLIENT_IN_BYTES > CLIENT_LINE_MAX_BYTES,
    "the longest line and more fit in the buffer");

struct demo_client *
demo_client_new(int fd_take, uint64_t handle)
{
	struct demo_client *client = memory_new(1, sizeof(*client));

	client->fd = fd_take;
	client->handle = handle;
	client->in = memory_new(CLIENT_IN_BYTES, 1);
	client->stalled_since_ms = -1;
	return (client);
}

void
demo_client_free(struct demo_client *client)
{
	if (client == NULL)
		return;
	close(client->fd);
	explicit_bzero(client->in, CLIENT_IN_BYTES);
	free(client->in);
	text_free(&client->out);
	free(client);
}

static void
make_room(struct demo_client *client)
{
	size_t left = client->in_end - client->in_start;

	if (client->in_start == 0)
		return;
	memmove(client->in, client->in + client->in_start, left);
	client->in_searched -= client->in_start;
	client->in_start = 0;
	client->in_end = left;
}

int
demo_client_has_room(const struct demo_client *client)
{
	return (client->in_end - client->in_start < CLIENT_IN_BYTES);
}

void
demo_client_read(struct demo_client *client)
{
	ssize_t got;

	make_room(client);
	if (client->read_ended || client->in_end == CLIENT_IN_BYTES)
		return;
	do {
		got = read(client->fd, client->in + client->in_end,
		    CLIENT_IN_BYTES - client->in_end);
	} while (got < 0 && errno == EINTR);
	if (got > 0)
		client->in_end += (size_t)got;
	else if (got == 0 || errno != EAGAIN)
		client->read_ended = 1;
}

/* Leaves out what is here of a line that is too long; says so at its start. */
static enum outcome
skip_line(struct demo_client *client)
{
	int was_skipping = client->skips_line;

	client->in_start = client->in_end;
	client->skips_line = 1;
	return (was_skipping ? NOTHING : REFUSED);
}

enum outcome
demo_client_next_line(
    struct demo_client *client, const char **line_r, size_t *length_r)
{
	for (;;) {
		const char *line = client->in + client->in_start;
		const char *newline = memchr(client->in + client->in_searched,
		    '\n', client->in_end - client->in_searched);
		size_t length = client->in_end - client->in_start;
		int was_skipping = client->skips_line;

		client->in_searched = client->in_end;
		if (newline == NULL)
			return (length <= CLIENT_LINE_MAX_BYTES
				? NOTHING
				: skip_line(client));
		length = (size_t)(newline - line);
		client->in_start += length + 1;
		client->in_searched = client->in_start;
		client->skips_line = 0;
		if (was_skipping)
			continue;
		if (length > CLIENT_LINE_MAX_BYTES)
			return (REFUSED);
		*line_r = line;
		*length_r = length;
		return (DONE);
	}
}

static size_t
waiting_bytes(const struct demo_client *client)
{
	return (client->out.length - client->out_start);
}

enum outcome
demo_client_put_text(struct demo_client *client, uint64_t id,
    const char *number, const char *text)
{
	size_t place =
	    (client->first_text + client->text_count) % CLIENT_OUT_MAX_TEXTS;

	if (client->write_ended || client->text_count == CLIENT_OUT_MAX_TEXTS ||
	    waiting_bytes(client) >= CLIENT_OUT_MAX_BYTES)
		return (TRY_LATER);
	phone_wire_add(&client->out, PHONE_SMS, number, text);
	client->texts[place] = (struct client_text){
		.id = id,
		.end = client->written + waiting_bytes(client),
	};
	client->text_count++;
	return (DONE);
}

void
demo_client_put_page(struct demo_client *client, const char *number,
    const char *text, int is_last)
{
	if (!client->write_ended &&
	    waiting_bytes(client) < CLIENT_OUT_MAX_BYTES)
		phone_wire_add_page(&client->out, number, text, is_last);
}

void
demo_client_put_error(struct demo_client *client, const char *words)
{
	if (!client->write_ended &&
	    waiting_bytes(client) < CLIENT_OUT_MAX_BYTES)
		phone_wire_add(&client->out, PHONE_ERROR, "", words);
}

static void
note_progress(struct demo_client *client, size_t put, int64_t now_ms)
{
	client->written += put;
	client->out_start += put;
	if (waiting_bytes(client) == 0) {
		text_clear(&client->out);
		client->out_start = 0;
		client->stalled_since_ms = -1;
		return;
	}
	if (put > 0 || client->stalled_since_ms < 0)
		client->stalled_since_ms = now_ms;
	/* A client that is always a little behind must not make it grow. */
	if (client->out_start >= CLIENT_OUT_MAX_BYTES) {
		size_t left = waiting_bytes(client);

		memmove(client->out.bytes,
		    client->out.bytes + client->out_start, left);
		text_cut(&client->out, left);
		client->out_start = 0;
	}
}

void
demo_client_flush(struct demo_client *client, int64_t now_ms)
{
	ssize_t put;

	if (client->write_ended || waiting_bytes(client) == 0)
		return;
	do {
		put = send(client->fd, client->out.bytes + client->out_start,
		    waiting_bytes(client), MSG_NOSIGNAL | MSG_DONTWAIT);
	} while (put < 0 && errno == EINTR);
	if (put < 0 && errno != EAGAIN)
		client->write_ended = 1;
	else
		note_progress(client, put > 0 ? (size_t)put : 0, now_ms);
}

int
demo_client_has_output(const struct demo_client *client)
{
	return (!client->write_ended && waiting_bytes(client) > 0);
}

static uint64_t
take_first_text(struct demo_client *client)
{
	uint64_t id = client->texts[client->first_text].id;

	client->first_text = (client->first_text + 1) % CLIENT_OUT_MAX_TEXTS;
	client->text_count--;
	return (id);
}

enum outcome
demo_client_next_sent(struct demo_client *client, uint64_t *id_r)
{
	if (client->text_count == 0 ||
	    client->texts[client->first_text].end > client->written)
		return (NOTHING);
	*id_r = take_first_text(client);
	return (DONE);
}

enum outcome
demo_client_next_unsent(struct demo_client *client, uint64_t *id_r)
{
	if (client->text_count == 0)
		return (NOTHING);
	*id_r = take_first_text(client);
	return (DONE);
}
