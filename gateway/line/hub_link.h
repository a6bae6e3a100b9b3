/* The hub, as the process of a line sees it: what lines over a network (gsup,
 * ussd, smpp) and the demo line share in saying and hearing.
 *
 * The hub never blocks on a line, so a line may wait until the hub has taken
 * what it says.  `said` is large, and so kept; whoever says something fills in
 * what its kind uses.
 */
#ifndef GATEWAY_LINE_HUB_LINK_H
#define GATEWAY_LINE_HUB_LINK_H

#include "gateway/line/dialogues.h"
#include "gateway/line/protocol.h"

struct hub_link {
	int socket;
	int is_gone; /* its end is closed: nothing is said any more */
	int is_stopped; /* the hub said so */
	int keeps_nothing; /* of what it announces: it wants no releases */
	uint64_t slots; /* of arrivals, counted from 1 */
	uint64_t tokens; /* counted from a random one, so that no process of
			    a line uses those of another */
	struct line_message said;
	struct line_message heard;
};

/* A random number, for what must not be guessed or repeat. */
uint64_t hub_link_random(void);

/* Makes the socket one that does not block: DONE, or REFUSED; logged. */
MUST_USE enum outcome hub_link_open(struct hub_link *hub, int socket);

/* Says `said`. */
void hub_link_tell(struct hub_link *hub);

/* Hello, once, first; the window as in LINE_HELLO. */
void hub_link_say_hello(struct hub_link *hub, int64_t window);

/* How the device is; "" for no cause.  Its signal stands in `said`, -1 unless it
 * was set. */
void hub_link_tell_health(struct hub_link *hub, int is_up, const char *cause);

/* `said` is an arrival of its own slot and token with nothing in it: to be
 * filled in and told. */
struct arrival *hub_link_begin_arrival(
    struct hub_link *hub, enum arrival_kind kind);

/* A step of a dialogue, its text cut to what fits. */
void hub_link_tell_step(struct hub_link *hub, const struct dialogue *dialogue,
    enum arrival_kind kind, const char *text);

/* A text that was certainly not sent. */
void hub_link_tell_failed(
    struct hub_link *hub, uint64_t id, enum outcome how, const char *cause);

/* What a line does with what the hub says; NULL for what it has no use for.
 * A text for a line that carries none is refused. */
struct hub_duties {
	void (*send)(void *line, const struct line_message *message);
	void (*release)(void *line, const struct line_message *message);
	void (*page)(void *line, const struct line_message *message);
};

/* Hears until the hub has no more to say for now. */
void hub_link_listen(
    struct hub_link *hub, const struct hub_duties *duties, void *line);

#endif
