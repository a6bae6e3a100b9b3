/* What a line and the hub say to each other.
 *
 * They hold the two ends of a SOCK_SEQPACKET socketpair; one packet is one
 * message.  A packet is a kind byte and then the kind's fields in a fixed
 * order: integers as 8 octets big endian, strings as 4 octets of length and
 * their bytes.  One byte short, one left over, a string longer than its limit,
 * a value out of range or text that is not clean UTF-8 is REFUSED as a whole:
 * the hub believes nothing it has not checked, since the line reads what
 * strangers send.  Both sides use these functions and nothing else.
 *
 * The line says hello once, first.  It announces every message with a slot, a
 * handle of its own choosing, and keeps the message (on the SIM, in memory)
 * until the hub releases the slot; unreleased messages are announced again
 * after a restart, with the same facts, so that the journal knows them.  The
 * hub hands over at most `window` texts at a time; each is ended by exactly
 * one of sent, failed or unsure.  The end of the socket is the end of the
 * line process.
 *
 * A step of a USSD session is an arrival too, with the line's handle of the
 * dialogue; the hub answers it by one page.  A page for a dialogue that is
 * gone is dropped: the step is stored, and who dials again goes on there.
 *
 * A network may report what became of a part it took.  A line that hears so
 * says it of the text's id, once for each part; it need not remember which
 * part that was beyond its own process.  It is a hint for people, never logic.
 *
 * A line that says so in its hello tells what it is about to do before it does
 * it: when its process dies the hub then knows that a text was not begun
 * (it goes back into the queue), and which message was being read (a message
 * that ends the process is not read a second time).
 *
 *   line -> hub   hello  arrived  part_sent  sent  failed  unsure  health
 *                 works  returned  dialled  reported  pushed
 *   hub -> line   release  send  dial  stop  page  unlock
 */
#ifndef GATEWAY_LINE_PROTOCOL_H
#define GATEWAY_LINE_PROTOCOL_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"
#include "gateway/line/ladder.h"

enum {
	PROTOCOL_VERSION = 2,
	PROTOCOL_SENDER_MAX_BYTES = 80, /* as the network wrote it */
	PROTOCOL_TEXT_MAX_BYTES = 8192, /* UTF-8 of one part or one text */
	PROTOCOL_WORDS_MAX_BYTES = 120, /* a cause, for the log */
	PROTOCOL_CLOSING_MAX_BYTES = 480, /* of a USSD session's last words */
	PROTOCOL_CODES_MAX_BYTES = 120, /* USSD codes to dial */
	PROTOCOL_NETWORK_MAX_BYTES = 40, /* an operator's name */
	PROTOCOL_PACKET_MAX_BYTES = 16384,
};

enum line_message_kind {
	LINE_HELLO = 1,
	LINE_ARRIVED,
	LINE_PART_SENT,
	LINE_SENT,
	LINE_FAILED,
	LINE_UNSURE,
	LINE_HEALTH,
	LINE_WORKS, /* it begins to do something that may end it */
	LINE_RETURNED, /* a text was not begun, through no fault of its own */
	LINE_DIALLED, /* what became of a code, page by page */
	LINE_REPORTED, /* what the network says became of a part, later */
	LINE_PUSHED, /* the network began a USSD session, or sent a text of
			one, by itself */
	HUB_RELEASE = 65,
	HUB_SEND,
	HUB_DIAL,
	HUB_STOP,
	HUB_PAGE,
	HUB_UNLOCK, /* the SIM's PIN, to be tried once */
};

/* What LINE_WORKS begins, with its `id`. */
enum line_work {
	WORK_NONE, /* nothing any more */
	WORK_SEND, /* the text of this id */
	WORK_READ, /* the message at this location */
	WORK_SWEEP, /* the message that is listed behind this location */
	WORK_READ_WELL, /* nothing: what processes ended at could be read */
};

enum sim_state {
	SIM_UNKNOWN,
	SIM_READY,
	SIM_WANTS_PIN,
	SIM_PIN_WAS_WRONG, /* the one of HUB_UNLOCK */
	SIM_WANTS_PUK,
	SIM_MISSING,
};

enum arrival_kind {
	ARRIVAL_SMS,
	ARRIVAL_CALL, /* it rang; no text */
	ARRIVAL_BINARY, /* an SMS that is not text: journalled, not answered */
	ARRIVAL_DIALLED, /* USSD: a session begins; the text is the code */
	ARRIVAL_TYPED, /* USSD: the answer to a page */
	ARRIVAL_UNREADABLE, /* an SMS that nobody can read: its bytes, in
			       hexadecimal digits, are the text; "" when they
			       cannot be had and it stays with the modem */
};

/* One thing that came in, as the line read it.  A part of a long SMS is an
 * arrival of its own (3GPP TS 23.040 section 9.2.3.24.1). */
struct arrival {
	uint64_t slot; /* the line's handle; 0: it keeps nothing, and wants no
			  release */
	enum arrival_kind kind;
	char sender[PROTOCOL_SENDER_MAX_BYTES + 1];
	int64_t network_utc_s; /* TP-SCTS; 0 when the network gave none */
	int64_t is_again; /* 1: the line was started a moment ago and cannot
			     know whether it announced this before; what its
			     token begins with (48 bits) says what it is */
	uint64_t token; /* what else tells two alike arrivals apart: a count
			   of the line's from a random start, derived from
			   what is not text; 0 for a text on a modem */
	int64_t join_reference; /* of a long SMS; -1 when it is whole */
	int64_t join_bits; /* 8 or 16, the size of that reference */
	int64_t part; /* from 1 */
	int64_t parts; /* 1 when it is whole */
	int64_t flash; /* 1 for class 0 */
	uint64_t dialogue; /* USSD: the line's handle, never 0 and never used
				   twice; else 0 */
	char text[PROTOCOL_TEXT_MAX_BYTES + 1];
};

/* Filled in by kind.  When read, what a kind does not use is 0 or "", and
 * strings are undefined behind their NUL.  Who writes one fills in what its
 * kind uses; setting all 16 KiB to 0 for each message is not needed. */
struct line_message {
	enum line_message_kind kind;

	struct arrival arrived; /* LINE_ARRIVED; HUB_RELEASE uses its slot */

	/* LINE_HELLO */
	int64_t version;
	int64_t window; /* texts it takes at a time, 1 to 256 */
	int64_t says_work; /* 1: LINE_WORKS comes before everything it does */

	/* HUB_SEND; LINE_PART_SENT, SENT, FAILED, UNSURE, RETURNED name its id,
	 * LINE_WORKS what it works on */
	uint64_t id;
	char to[17]; /* E.164 */
	int64_t reference; /* 0 to 255, joins the segments; the same at
				   every try of one text */
	int64_t first_part; /* from 1: segments before it went out already */
	char text[PROTOCOL_TEXT_MAX_BYTES + 1]; /* and HUB_DIAL's codes
				   ("*100#", or "*100#,1,2" for a menu), the
				   answer of LINE_DIALLED, HUB_UNLOCK's PIN */

	/* HUB_PAGE: `text` to the dialogue `id` */
	int64_t is_last; /* 1 when the session ends with it; LINE_DIALLED: 0
			    for a page that the next of the codes answers;
			    LINE_PUSHED: 0 when it wanted an answer, and was
			    closed */
	char closing[PROTOCOL_CLOSING_MAX_BYTES + 1]; /* for the line's own
				   timer to end the session with, in the
				   caller's language */

	/* LINE_PART_SENT; LINE_REPORTED, with `how` DONE (it is on the phone)
	 * or REFUSED (it never will be) */
	int64_t part;
	int64_t network_reference; /* TP-MR, -1 unknown */

	/* LINE_FAILED: TRY_LATER or REFUSED, certainly not sent; LINE_DIALLED:
	 * DONE, with a hint or "" as its cause, or one of these and a cause */
	enum outcome how;
	enum line_work work; /* LINE_WORKS */

	/* LINE_HEALTH, with 1 for is; LINE_FAILED and UNSURE fill in the cause */
	int64_t is_up; /* the device answers and is in the network */
	int64_t signal_percent; /* -1 unknown */
	int64_t storage_percent; /* of the fullest memory; -1 unknown */
	int64_t needs_hand; /* nothing it can do itself will help */
	enum ladder_rung rung;
	int64_t rounds; /* of the ladder, and falls: 0 to LADDER_COUNT_MOST */
	int64_t falls;
	enum sim_state sim;
	char own[17]; /* the SIM's number, E.164; "" unknown */
	char network[PROTOCOL_NETWORK_MAX_BYTES + 1]; /* "" unknown */
	char cause[PROTOCOL_WORDS_MAX_BYTES + 1]; /* log-safe words */
};

/* Writes a message as a packet into *packet (emptied first).  A field that is
 * over its limit or out of its range is our own mistake and aborts, as does
 * one that does not fit the others: a part beyond its parts, join_bits other
 * than 0 when whole and 8 or 16 when not, a call with a text, a dialogue that
 * is none or of something else than USSD, a `to` that is not E.164, an empty code to dial, a newline in a cause.  What the kind does
 * not use is not looked at.  Text that is not clean is not noticed here; the
 * other side refuses it. */
void protocol_write(const struct line_message *message, struct text *packet);

/*
 * Reads a packet.
 *
 * DONE     *message_r is filled in and every field is in its range
 * REFUSED  it is not a message, or a field is not as protocol_write() writes
 *          it; *message_r is undefined, nothing is logged
 */
MUST_USE enum outcome protocol_read(
    const void *packet, size_t length, struct line_message *message_r);

/*
 * Sends a message, blocking on a blocking socket.
 *
 * DONE       it is in the socket
 * TRY_LATER  a non-blocking socket is full
 * REFUSED    the other side is gone
 */
MUST_USE enum outcome protocol_send(
    int socket, const struct line_message *message);

/*
 * Takes the next message off a socket.
 *
 * DONE     *message_r is filled in
 * NOTHING  a non-blocking socket has none
 * REFUSED  the other side is gone (or sent what is not a message: then
 *          *was_garbage_r is 1 and the socket can still be read)
 */
MUST_USE enum outcome protocol_receive(
    int socket, struct line_message *message_r, int *was_garbage_r);

/* "arrived", "send" ...: for logs. */
const char *line_message_kind_name(enum line_message_kind kind);

#endif
