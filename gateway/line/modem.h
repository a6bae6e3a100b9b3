/* The modem line from the inside: shared by modem_*.c and nothing else.
 *
 * One process holds one modem through libGammu, which may block for minutes,
 * be killed in the middle of any call and say what is not so.  Hence:
 *
 *   - Nothing is only here.  A message stays on the SIM until the hub released
 *     it; whatever the kill hits, it is announced again with the same facts.
 *   - Callbacks only take notes.  The loop acts on them between two calls.
 *   - Whoever meets a failure that may have left an answer on its way calls
 *     modem_lose(): the next step is then a new connection and never another
 *     command, because libGammu would take an old answer for the new one.
 *   - What libGammu decoded is checked before it is believed.
 *
 * No threads.  Everything below is called from the one loop in modem.c.
 *
 *            +--------- retry pause ---------+
 *            v                               |
 *          gone --connect--> up --modem_lose--> lost --disconnect--> gone
 */
#ifndef GATEWAY_LINE_MODEM_H
#define GATEWAY_LINE_MODEM_H

#include <gammu.h>
#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/line/line.h"
#include "gateway/line/protocol.h"

enum {
	MODEM_NOTICES_MOST = 64, /* more than that: a sweep finds all */
	MODEM_RINGS_KEPT = 8,
};

/* "A message lies there", as the modem said it. */
struct modem_notice {
	GSM_MemoryType memory;
	int location; /* libGammu's, over all memories */
	int is_report; /* a status report */
};

/* A message that was announced and still lies on the SIM.
 *
 *   announced --HUB_RELEASE--> released --deleted on the SIM--> (forgotten)
 */
enum modem_slot_state {
	SLOT_ANNOUNCED,
	SLOT_RELEASED,
};

struct modem_slot {
	uint64_t handle; /* what the hub knows it by */
	enum modem_slot_state state;
	int location; /* libGammu's, over all memories; 0: it came
				   without being stored */
	int tries; /* deletions that failed */
	int64_t try_at_ms; /* no deletion before */
};

/* A telephone that rings.  Kept after its end, so that a late notice of the
 * same call is not taken for the next one. */
struct modem_ring {
	char sender[PROTOCOL_SENDER_MAX_BYTES + 1];
	int64_t over_at_ms; /* silence until then ends it */
	int wants_announcing;
	int wants_hanging_up;
};

/* What came of one segment. */
struct modem_send_result {
	int is_known; /* the callback came */
	int status; /* 0, or the modem's error, or -1 */
	int reference; /* TP-MR, or -1 */
};

struct modem {
	const struct line_arguments *arguments;
	int is_over; /* the hub is gone or said stop */

	GSM_StateMachine *machine; /* NULL while gone */
	int descriptor; /* of the device; -1 while gone */
	int is_lost; /* reconnect before any other command */
	int empty_reads; /* in a row, although poll() promised */
	long unexplained_bytes; /* read, and in no notice that we know */
	long explained_bytes; /* by the callbacks of this read */
	int failures; /* connections in a row that failed */
	int64_t retry_at_ms;
	int64_t connected_at_ms;
	unsigned char smsc[(GSM_MAX_NUMBER_LENGTH + 1) * 2];

	struct modem_notice notices[MODEM_NOTICES_MOST];
	size_t notice_count;
	struct arrival *direct; /* came whole, without being stored */
	size_t direct_count;
	struct modem_ring rings[MODEM_RINGS_KEPT];
	struct modem_send_result send_result;

	GSM_MultiSMSMessage *batch; /* 266 kB: too large for the stack */
	struct modem_slot *slots;
	size_t slot_count;
	uint64_t last_handle;
	int was_scanned;
	int64_t sweep_at_ms;
	int64_t check_at_ms;
	int checks; /* of the network in a row that found none */

	struct line_message to_send;
	int has_to_send;

	int told_health; /* 0: the hub knows nothing yet */
	int is_up;
	int signal_percent;
	char cause[PROTOCOL_WORDS_MAX_BYTES + 1];
};

/* modem.c */

/* Sends to the hub; a hub that is gone ends the loop. */
void modem_tell(struct modem *modem, const struct line_message *message);

/* Tells the hub how the modem is, if that changed.  `cause` "" when up. */
void modem_tell_health(struct modem *modem, int is_up, const char *cause);

/* modem_device.c */

/* Connects, registers the callbacks and asks for notices.  Where that fails
 * the cause is in the log and with the hub, modem->machine stays NULL and
 * modem->retry_at_ms says when to try again. */
void modem_connect(struct modem *modem);
void modem_disconnect(struct modem *modem);

/* Gives up the connection; the loop disconnects and comes back. */
void modem_lose(struct modem *modem, const char *cause);

/* Waits at most wait_ms for the modem to say something and lets libGammu read
 * it; callbacks run inside.  1 when something was read. */
int modem_pump(struct modem *modem, int wait_ms);

/* Reads what poll() already said is there. */
void modem_read_ready(struct modem *modem, short revents);

/*
 * Writes a line past libGammu and pumps until the modem's answer is in, at most
 * wait_ms.  What the answer says is not known; but afterwards libGammu's buffer
 * is empty, so that garbage before it cannot spoil the next command.
 */
void modem_write_raw(struct modem *modem, const char *line, int wait_ms);

/* Empties libGammu's buffer with a plain "AT": always, or if anything came that
 * we did not know. */
void modem_flush(struct modem *modem);
void modem_settle(struct modem *modem);

/* Puts a question past libGammu and reads the answer, echo and all, which ends
 * in a NUL, within wait_ms: 1 when it ended in OK. */
int modem_ask_raw(struct modem *modem, const char *line, int wait_ms,
    char *answer_r, size_t size);

/* 1 when an error says that the modem, not the message, is the trouble: the
 * connection is lost then. */
int modem_check(struct modem *modem, GSM_Error error, const char *what);

/* modem_network.c */

/* The SMSC's number from the SIM, into modem->smsc; empty when it has none. */
void modem_read_smsc(struct modem *modem);

/* Is the modem in its network?  Tells the hub, and when not, sets the time of
 * the next check. */
void modem_check_network(struct modem *modem);

/* modem_receive.c */

void modem_note_sms(
    GSM_StateMachine *machine, GSM_SMSMessage *sms, void *modem);
void modem_read_notice(struct modem *modem);
void modem_announce_direct(struct modem *modem);
/* Announces everything that lies in the modem and was not announced yet. */
void modem_sweep(struct modem *modem);
/* Lets the next sweep be soon, since something could not be read. */
void modem_sweep_soon(struct modem *modem);
/* Reads one location into modem->batch. */
GSM_Error modem_read_location(struct modem *modem, int location);
/* The number that AT commands know a location by. */
int modem_location_index(struct modem *modem, int location);

/* modem_scan.c */

/*
 * A PDU whose TP-UDL is over 168 makes libGammu 1.42 overrun a buffer, and the
 * process ends: at every reading of it, so at every start.  No network carries
 * one, but a broken modem may hold one.  So once in every process, before the
 * first sweep and past libGammu, the lists are looked through for such; they
 * are announced as unreadable and deleted at once, the only messages that are
 * not kept until they are released.
 *
 * libGammu chooses the memory anew in the sweep that has to follow.
 */
void modem_scan(struct modem *modem);
int modem_scan_is_deadly(const char *hex);

/* modem_slots.c */

/* The slot of a location that was announced and not deleted yet, or NULL;
 * borrowed until the next call. */
struct modem_slot *modem_slot_find(struct modem *modem, int location);
/* A new slot; returns its handle. */
uint64_t modem_slot_add(
    struct modem *modem, int location, enum modem_slot_state state);
void modem_slot_forget(struct modem *modem, struct modem_slot *slot);
void modem_slot_release(struct modem *modem, uint64_t handle);
/* The next released slot whose message may be deleted now, or NULL; with NULL
 * *at_ms_r is when to look again, or left alone. */
struct modem_slot *modem_slot_due(
    struct modem *modem, int64_t now_ms, int64_t *at_ms_r);
void modem_slot_delete(struct modem *modem, struct modem_slot *slot);

/* Deletes what lies at a location, by libGammu or past it.  1 when the SIM has
 * nothing there any more. */
int modem_delete(struct modem *modem, GSM_MemoryType memory, int location);

/* modem_call.c */

void modem_note_call(GSM_StateMachine *machine, GSM_Call *call, void *modem);
/* Hangs up and announces what rings; 1 when something did. */
int modem_handle_rings(struct modem *modem);

/* modem_send.c */

void modem_note_sent(
    GSM_StateMachine *machine, int status, int reference, void *modem);
void modem_send(struct modem *modem);

/* modem_message.c: from libGammu's words to ours and back.  Pure. */

/* What a decoded message is to us. */
enum modem_message_kind {
	MESSAGE_ARRIVAL,
	MESSAGE_REPORT, /* a status report */
	MESSAGE_OWN, /* something written or sent from here */
};
enum modem_message_kind modem_message_read(
    const GSM_SMSMessage *sms, struct arrival *arrival_r);

/* The announcement of a message that cannot be decoded, wherever it lies. */
void modem_message_unreadable(int location, struct arrival *arrival_r);

/* libGammu's UTF-16BE, at most `room` bytes of it, as clean UTF-8 of at most
 * max_bytes (and a NUL). */
void modem_message_words(
    const unsigned char *utf16, size_t room, size_t max_bytes, char *utf8_r);

/* One segment as libGammu takes it.  `total` 1: no header. */
struct modem_segment {
	const char *to;
	const char *utf8;
	int is_unicode;
	int reference;
	int part;
	int total;
};
void modem_message_write(const struct modem_segment *segment,
    const unsigned char *smsc, GSM_SMSMessage *sms_r);

/* modem_cause.c */

/*
 * What an error after a send means (3GPP TS 27.005, 24.011, 23.040).
 *
 * TRY_LATER, REFUSED  certainly not sent
 * UNSURE              the network may have it
 */
enum outcome modem_cause_read(int status, const char **words_r);

/* modem_pause.c */

/* Caps libGammu's blind pauses in this process. */
void modem_pause_cap(int64_t longest_ms);

#endif
