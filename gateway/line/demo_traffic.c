#include "gateway/line/demo_traffic.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/line/demo_dialogues.h"
#include "gateway/text/phone_wire.h"
#include "gateway/text/utf8.h"

enum {
	WINDOW = 256, /* texts the hub hands over at a time */
	ACCEPTED_A_TURN = 16,
};

static int
is_over(const struct demo *demo)
{
	return (demo->hub.is_gone || demo->hub.is_stopped);
}

static void
tell_sent(struct demo *demo, uint64_t id)
{
	demo->hub.said.kind = LINE_SENT;
	demo->hub.said.id = id;
	hub_link_tell(&demo->hub);
}

static void
tell_failed(struct demo *demo, uint64_t id, const char *cause)
{
	hub_link_tell_failed(&demo->hub, id, TRY_LATER, cause);
}

void
demo_say_hello(struct demo *demo)
{
	hub_link_say_hello(&demo->hub, WINDOW);
	demo->hub.said.signal_percent = 100;
	hub_link_tell_health(&demo->hub, 1, "");
}

/* Clients. */

static struct demo_client *
find_client(struct demo *demo, uint64_t handle)
{
	struct demo_client *client = demo->clients[handle % DEMO_CLIENTS_MOST];

	return (client != NULL && client->handle == handle ? client : NULL);
}

void
demo_drop_client(
    struct demo *demo, struct demo_client *client, const char *cause)
{
	uint64_t id;

	while (demo_client_next_sent(client, &id) == DONE)
		tell_sent(demo, id);
	while (demo_client_next_unsent(client, &id) == DONE)
		tell_failed(demo, id, cause);
	demo_phones_forget_client(demo->phones, client->handle);
	demo->clients[client->handle % DEMO_CLIENTS_MOST] = NULL;
	demo->client_count--;
	demo->accept_pauses = 0;
	demo_client_free(client);
}

static void
add_client(struct demo *demo, int fd)
{
	static const char full[] = "error\ttoo many phones are on already\n";
	size_t place = 0;

	if (demo->client_count == DEMO_CLIENTS_MOST) {
		(void)!send(fd, full, sizeof(full) - 1, MSG_NOSIGNAL);
		close(fd);
		return;
	}
	while (demo->clients[place] != NULL)
		place++;
	demo->rounds++;
	demo->clients[place] =
	    demo_client_new(fd, demo->rounds * DEMO_CLIENTS_MOST + place);
	demo->client_count++;
}

void
demo_accept_clients(struct demo *demo)
{
	for (int i = 0; i < ACCEPTED_A_TURN; i++) {
		int fd = accept4(
		    demo->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd >= 0) {
			add_client(demo, fd);
		} else if (errno == EMFILE || errno == ENFILE ||
		    errno == ENOMEM || errno == ENOBUFS) {
			log_warning(
			    "no room for another phone: %s", strerror(errno));
			demo->accept_pauses = 1;
			return;
		} else if (errno != EINTR && errno != ECONNABORTED) {
			return;
		}
	}
}

/* From clients to the hub. */

void
demo_tell_arrival(struct demo *demo, const struct demo_event *event)
{
	demo->hub.said.kind = LINE_ARRIVED;
	demo_arrivals_add(demo->arrivals, event, clock_monotonic_ms(),
	    &demo->hub.said.arrived);
	hub_link_tell(&demo->hub);
}

static void
take_message(struct demo *demo, struct demo_client *client,
    const struct phone_line *line)
{
	struct text sender = { 0 };
	struct text text = { 0 };

	utf8_add_clean(
	    &sender, text_string(&line->number), line->number.length);
	utf8_add_clean(&text, text_string(&line->text), line->text.length);
	if (sender.length > PROTOCOL_SENDER_MAX_BYTES) {
		demo_client_put_error(client, "the number is too long");
	} else if (text.length > PROTOCOL_TEXT_MAX_BYTES) {
		demo_client_put_error(client, "the text is too long");
	} else {
		demo_phones_note(
		    demo->phones, text_string(&sender), client->handle);
		if (line->kind == PHONE_USSD)
			demo_take_ussd(demo, client, text_string(&sender),
			    text_string(&text));
		else if (line->kind == PHONE_HANG_UP)
			demo_hang_up(demo, text_string(&sender));
		else if (line->kind != PHONE_ON)
			demo_tell_arrival(demo,
			    &(struct demo_event){
				.kind = line->kind == PHONE_CALL ? ARRIVAL_CALL
								 : ARRIVAL_SMS,
				.sender = text_string(&sender),
				.text = text_string(&text),
				.utc_s = clock_utc_s(),
			    });
	}
	text_free(&sender);
	text_free(&text);
}

static void
take_line(struct demo *demo, struct demo_client *client, const char *bytes,
    size_t length)
{
	struct phone_line line;

	if (phone_wire_read(bytes, length, &line) != DONE) {
		demo_client_put_error(client,
		    "a line is sms, ussd, hangup, call or on, a number and,"
		    " for sms and ussd, a text, with tabs between");
		return;
	}
	if (line.kind == PHONE_ERROR || line.kind == PHONE_PAGE)
		demo_client_put_error(client, "only the line says that");
	else
		take_message(demo, client, &line);
	phone_line_free(&line);
}

/* None when there is no slot left: what is unread slows the client down. */
int
demo_take_line(struct demo *demo, struct demo_client *client)
{
	const char *bytes;
	size_t length;
	enum outcome outcome;

	if (demo_arrivals_are_full(demo->arrivals) || is_over(demo))
		return (0);
	outcome = demo_client_next_line(client, &bytes, &length);
	if (outcome == NOTHING)
		return (0);
	if (outcome == DONE)
		take_line(demo, client, bytes, length);
	else
		demo_client_put_error(client, "the line is too long");
	return (1);
}

void
demo_tell_again(struct demo *demo, int64_t now_ms)
{
	while (demo_arrivals_again(
		   demo->arrivals, now_ms, &demo->hub.said.arrived) == DONE) {
		demo->hub.said.kind = LINE_ARRIVED;
		hub_link_tell(&demo->hub);
	}
}

/* From the hub to clients. */

void
demo_flush_client(struct demo *demo, struct demo_client *client)
{
	uint64_t id;

	demo_client_flush(client, clock_monotonic_ms());
	while (demo_client_next_sent(client, &id) == DONE)
		tell_sent(demo, id);
}

static void
send_text(struct demo *demo, const struct line_message *message)
{
	struct demo_client *client = NULL;
	enum outcome outcome = TRY_LATER;
	uint64_t handle;

	if (demo_phones_find(demo->phones, message->to, &handle) == DONE)
		client = find_client(demo, handle);
	if (client == NULL || client->write_ended) {
		tell_failed(demo, message->id, "phone is off");
		return;
	}
	outcome = demo_client_put_text(
	    client, message->id, message->to, message->text);
	if (outcome != DONE) {
		/* Full may only mean not yet written. */
		demo_flush_client(demo, client);
		outcome = demo_client_put_text(
		    client, message->id, message->to, message->text);
	}
	if (outcome != DONE)
		tell_failed(demo, message->id, "phone takes no more texts");
}

static void
hear_release(void *of_demo, const struct line_message *message)
{
	struct demo *demo = of_demo;

	demo_arrivals_release(demo->arrivals, message->arrived.slot);
}

static void
hear_send(void *demo, const struct line_message *message)
{
	send_text(demo, message);
}

static void
hear_page(void *demo, const struct line_message *message)
{
	demo_show_page(demo, message);
}

void
demo_listen_to_hub(struct demo *demo)
{
	static const struct hub_duties duties = { hear_send, hear_release,
		hear_page };

	hub_link_listen(&demo->hub, &duties, demo);
}
