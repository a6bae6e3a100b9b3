/* The requests of a USSD gateway, and the dialogues they belong to.
 *
 * A request waits, suspended, until the hub has stored its step and says the
 * page.  A request that repeats the one before is answered from the page that
 * was shown, and never moves anybody twice: with a cumulative text it is known
 * by that text; else by coming while the first one is still being answered, or
 * within USSD_REPEAT_MS after, which is faster than anybody reads and types.
 */
#ifndef GATEWAY_LINE_USSD_CALLS_H
#define GATEWAY_LINE_USSD_CALLS_H

#include "gateway/line/dialogues.h"
#include "gateway/line/ussd_profile.h"

enum {
	USSD_REPEAT_MS = 1000,
	USSD_HUB_MOST_MS = 4000, /* gateways give up after about five seconds */
	USSD_KEPT_MS = 30000, /* a session that is over */
};

/* A request, from its first line to its answer. */
struct ussd_call {
	struct ussd_fields fields;
	struct text body;
	size_t heard_bytes; /* of its body */
	int64_t begun_ms;
	unsigned refused; /* HTTP status of what cannot be served, else 0 */
	int is_read;
	int is_answered; /* `page` and `is_last` are there */
	int is_over; /* there is no page: the provider said so */
	int is_suspended;
	uint64_t dialogue; /* that it waits for, else 0 */
	struct text page;
	int is_last;
	void *connection; /* whatever carries it */
	struct ussd_call *next; /* of those that wait */
};

struct ussd_calls {
	const struct ussd_profile *profile;
	struct dialogues *dialogues;
	struct ussd_call *waiting;
	int64_t idle_ms;
	/* Tells the hub of a step. */
	void (*tell)(void *context, const struct dialogue *dialogue,
	    enum arrival_kind kind, const char *text);
	/* A call that waited is answered. */
	void (*wake)(void *context, struct ussd_call *call);
	void *context;
};

/* Reads a call whose fields are all there: it is then answered, refused or
 * waits. */
void ussd_calls_take(
    struct ussd_calls *calls, struct ussd_call *call, int64_t now_ms);

/* The call is gone, answered or not. */
void ussd_calls_forget(struct ussd_calls *calls, struct ussd_call *call);

/* A page of the hub's. */
void ussd_calls_show(struct ussd_calls *calls,
    const struct line_message *message, int64_t now_ms);

/* Answers all that wait, before the line ends: who reads it dials again. */
void ussd_calls_end_all(struct ussd_calls *calls);

/* Answers what the hub left unanswered, and forgets old sessions. */
void ussd_calls_end_what_is_due(struct ussd_calls *calls, int64_t now_ms);

#endif
