/* What passes through a demo line: from clients to the hub and back.  demo.c
 * waits for both and calls these.
 */
#ifndef GATEWAY_LINE_DEMO_TRAFFIC_H
#define GATEWAY_LINE_DEMO_TRAFFIC_H

#include <stdint.h>

#include "gateway/line/demo_arrivals.h"
#include "gateway/line/demo_client.h"
#include "gateway/line/demo_phones.h"
#include "gateway/line/dialogues.h"
#include "gateway/line/hub_link.h"

enum { DEMO_CLIENTS_MOST = 256 };

/* A demo line's whole state; one a process. */
struct demo {
	struct hub_link hub;
	int listener;
	int accept_pauses; /* out of descriptors, until a client goes */
	uint64_t rounds; /* makes handles that are never used twice */
	struct demo_client *clients[DEMO_CLIENTS_MOST];
	size_t client_count;
	struct demo_phones *phones;
	struct demo_arrivals *arrivals;
	struct dialogues *dialogues;
};

/* Hello and the line's health, once, first. */
void demo_say_hello(struct demo *demo);

/* Takes new clients in; one too many is told so and hung up on. */
void demo_accept_clients(struct demo *demo);

/* Tells the hub of one thing; there must be a slot. */
void demo_tell_arrival(struct demo *demo, const struct demo_event *event);

/* The next line of what a client wrote: 1, or 0 when there is none whole, or no
 * slot left for it. */
int demo_take_line(struct demo *demo, struct demo_client *client);

/* Tells the hub again what it did not release in time. */
void demo_tell_again(struct demo *demo, int64_t now_ms);

/* Does what the hub says, until it has no more to say for now. */
void demo_listen_to_hub(struct demo *demo);

/* Writes what the client's socket takes and tells the hub of texts sent. */
void demo_flush_client(struct demo *demo, struct demo_client *client);

/* Hangs up on a client.  Its texts that are not sent are told as such, with
 * this cause. */
void demo_drop_client(
    struct demo *demo, struct demo_client *client, const char *cause);

#endif
