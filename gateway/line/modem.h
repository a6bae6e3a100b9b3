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
 *            +-- climb the ladder, wait, mend --+
 *            v                                  |
 *          gone --connect--> up --modem_lose--> lost --disconnect--> gone
 *
 * What libGammu 1.42 cannot do, and what is done about it here:
 *
 *   - tell whether a modem is there in less than half a minute: wire.h asks.
 *   - be stopped in a call: the alarm (patience_s) ends the process.
 *   - read texts by the national language tables: their septets are read from
 *     the PDU itself (modem_pdu.c).  Those of class 0 that come whole, past
 *     the SIM, never show us their PDU: they are read by the default table.
 *   - deliver a +CUSD text with a line feed, or one packed by a modem it does
 *     not know: codes are dialled past it (modem_dial.c).
 *   - survive every PDU: what ended processes is taken by its bytes.
 *   - power-cycle a USB port, or see a device come back under another name:
 *     the hub runs a command, and the path is looked up anew at each opening.
 */
#ifndef GATEWAY_LINE_MODEM_H
#define GATEWAY_LINE_MODEM_H

#include <gammu.h>
#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"
#include "gateway/line/ladder.h"
#include "gateway/line/line.h"
#include "gateway/line/protocol.h"
#include "gateway/line/suspects.h"

enum {
	MODEM_NOTICES_MOST = 64, /* more than that: a sweep finds all */
	MODEM_RINGS_KEPT = 8,
	MODEM_PARTS_KEPT = 256, /* as many as a TP-MR tells apart */
	MODEM_REPORTS_MOST = 64, /* between two looks; more are dropped */
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
				   without being stored, or it stays */
	uint64_t print; /* of what lies there, as is_raw says */
	int is_raw; /* libGammu cannot read it, and so not delete it */
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

/* A part that the network took, by the reference it gave. */
struct modem_part {
	uint64_t id; /* of its text; 0: none, or reported */
	int part;
	char to[17];
};

/* What the network said of one, to be told. */
struct modem_report {
	uint64_t id;
	int part;
	int is_delivered;
};

/* What LINE_HEALTH tells. */
struct modem_health {
	int is_up;
	int signal_percent;
	int storage_percent;
	struct ladder ladder;
	int needs_hand;
	enum sim_state sim;
	char own[17]; /* the SIM's number, "" unknown */
	char network[PROTOCOL_NETWORK_MAX_BYTES + 1];
	char cause[PROTOCOL_WORDS_MAX_BYTES + 1];
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
	struct ladder ladder;
	enum ladder_finding finding; /* of the last look */
	int has_to_mend; /* what the rung says is not done yet */
	int64_t ladder_wait_ms; /* after that, before the next look */
	int64_t retry_at_ms;
	int64_t well_since_ms; /* 0: it is not */
	int counts_from_zero; /* seen to, and libGammu does not know it */
	int gives_notices; /* it was asked to, and agreed */
	unsigned char smsc[(GSM_MAX_NUMBER_LENGTH + 1) * 2];

	struct modem_notice notices[MODEM_NOTICES_MOST];
	size_t notice_count;
	struct arrival *direct; /* came whole, without being stored */
	size_t direct_count;
	struct modem_ring rings[MODEM_RINGS_KEPT];
	struct modem_send_result send_result;
	struct modem_part parts[MODEM_PARTS_KEPT];
	struct modem_report reports[MODEM_REPORTS_MOST];
	size_t report_count;
	int has_asked_own; /* on this connection */

	GSM_MultiSMSMessage *batch; /* 266 kB: too large for the stack */
	struct modem_slot *slots;
	size_t slot_count;
	uint64_t last_handle;
	int was_scanned;
	int is_careful; /* libGammu must not list, until a list was whole */
	int has_chosen_memory; /* past libGammu */
	struct suspects suspects;
	int64_t sweep_at_ms;
	int64_t check_at_ms;
	int checks; /* of the network in a row that found none */

	struct line_message to_send;
	int has_to_send;

	enum line_work work; /* what the hub was told that we begin */
	uint64_t work_id;

	enum sim_state sim;
	char pin[16]; /* of HUB_UNLOCK, until it is tried */
	char codes[PROTOCOL_CODES_MAX_BYTES + 1]; /* to dial; "" none */

	int has_told_health; /* 0: the hub knows nothing yet */
	struct modem_health told;
	struct modem_health health; /* as it is */
};

/* modem.c */

/* Sends to the hub; a hub that is gone ends the loop. */
void modem_tell(struct modem *modem, const struct line_message *message);

/* Tells the hub how the modem is, if that changed.  `cause` "" when up. */
void modem_tell_health(struct modem *modem, int is_up, const char *cause);

/* Tells the hub what is about to be done, if that is something else. */
void modem_tell_work(struct modem *modem, enum line_work work, uint64_t id);

/* From here on the next step with the modem has all its patience again. */
void modem_be_patient(const struct modem *modem, int64_t extra_s);

/* modem_device.c */

/* Connects libGammu, registers the callbacks and asks for notices.  On anything
 * but FOUND_WELL modem->machine stays NULL and *cause_r says why. */
enum ladder_finding modem_connect(struct modem *modem, const char **cause_r);
void modem_disconnect(struct modem *modem);

/* 1 for a device file, which wire.h can open. */
int modem_has_wire(const struct line_arguments *arguments);

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

/* modem_mend.c: the ladder at work */

/* One look found this: climbs, tells the hub, and sets what comes next. */
void modem_find(
    struct modem *modem, enum ladder_finding finding, const char *cause);

/* Gives up the connection; the loop disconnects and comes back. */
void modem_lose(
    struct modem *modem, enum ladder_finding finding, const char *cause);

/* While there is no connection: does what the rung says, or looks whether the
 * modem can be had again.  1 when it did something. */
int modem_mend(struct modem *modem);

/* modem_network.c */

/* The SMSC's number from the SIM, into modem->smsc; empty when it has none. */
void modem_read_smsc(struct modem *modem);

/* A real exchange: does it answer, is it in its network, how full are its
 * memories, does it still give notices?  Climbs the ladder and sets the time of
 * the next check. */
void modem_check_network(struct modem *modem);

/* modem_receive.c */

void modem_note_sms(
    GSM_StateMachine *machine, GSM_SMSMessage *sms, void *modem);
void modem_read_notice(struct modem *modem);
/* Reads what a sweep has seen at a location, and takes it; surely, past any
 * garbage. */
void modem_read_again(struct modem *modem, int location);
/* Reads at last what something went wrong at before. */
void modem_read_suspect(struct modem *modem, struct suspect *suspect);
/* Lets the next sweep be soon, since something could not be read. */
void modem_sweep_soon(struct modem *modem);
/* Reads one location into modem->batch. */
GSM_Error modem_read_location(struct modem *modem, int location);
/* A modem that libGammu does not know counts from 0: it is told so, and all is
 * read anew. */
void modem_count_from_zero(struct modem *modem);
/* The number that AT commands know a location by. */
int modem_location_index(struct modem *modem, int location);

/* modem_take.c */

/* Announces what was read into modem->batch, if it is a message to us. */
void modem_take(struct modem *modem, int location);

/*
 * Takes what libGammu could not read by its bytes: as a text when they can be
 * decoded after all (and may be: what ended processes may not), else as
 * unreadable, with its bytes.  What cannot be had at all stays where it is and
 * becomes a suspect.
 */
void modem_take_by_bytes(struct modem *modem, int location, int may_decode);
void modem_announce_direct(struct modem *modem);

/* modem_reports.c: what the network says of parts it took.  The part of
 * modem->to_send was taken; a report was read (may be called by callbacks);
 * what was noted is told. */
void modem_note_part(struct modem *modem, int part);
void modem_note_report(struct modem *modem, const GSM_SMSMessage *sms);
void modem_tell_reports(struct modem *modem);

/* It is no suspect any more; the hub is told if it was one. */
void modem_note_read_well(struct modem *modem, int location);
/* The modem did not give it: again later, and sometime somebody hears of it. */
void modem_note_not_had(struct modem *modem, int location);

/* modem_sweep.c */

/*
 * Announces everything that lies in the modem and was not announced yet.
 *
 * A PDU whose TP-UDL is over 168 makes libGammu 1.42 overrun a buffer, and the
 * process ends: at every reading of it, so at every start.  No network carries
 * one, but a broken modem may hold one.  So once in every process, before the
 * first sweep and past libGammu, the lists are looked through for such.
 */
void modem_sweep(struct modem *modem);

/* modem_raw.c: past libGammu */

enum modem_raw {
	RAW_READ,
	RAW_EMPTY, /* nothing lies there */
	RAW_NOT_HAD, /* the modem did not say */
};

/* The PDU at a location, read twice alike. */
enum modem_raw modem_raw_read(
    struct modem *modem, int location, struct text *pdu);

/* Deletes what has this print (modem_message_print_of()): 1 when it is gone,
 * also when another lies there by now. */
int modem_raw_delete(struct modem *modem, int location, uint64_t print);

/* All places that hold something; 1 when the list is whole.  The list is yours
 * to free in any case. */
struct modem_place {
	int location;
	int is_deadly;
};
struct modem_places {
	struct modem_place *list;
	size_t count;
};
int modem_raw_list(struct modem *modem, struct modem_places *places_r);

/* 1 when a PDU is sound, all of it, and *sms_r what libGammu makes of it. */
int modem_raw_decode(
    struct modem *modem, const char *pdu, GSM_SMSMessage *sms_r);

/* Gives the choice of the memory back to libGammu. */
void modem_raw_end(struct modem *modem);

/* modem_pdu.c */

int modem_pdu_is_deadly(const char *hex);

/* Who sent it, "+9779...", into room for PROTOCOL_SENDER_MAX_BYTES and a NUL;
 * "" when it does not say so. */
void modem_pdu_sender(const char *hex, char *sender_r);

/* 1 when a header (its length octet in front) names a national language
 * table. */
int modem_pdu_names_tables(const unsigned char *header, size_t length);

/*
 * Adds the text of a PDU that is written by national language tables.
 *
 * DONE     it was added
 * NOTHING  it names none
 * REFUSED  it is no seven-bit text with a header, or is cut short
 */
MUST_USE enum outcome modem_pdu_read_national(
    const char *hex, struct text *text);

/* modem_dial.c */

/* Dials modem->codes and tells the hub what came of it, page by page. */
void modem_dial(struct modem *modem);

/* What the network sent by itself: closed if it waits for an answer, and
 * told. */
void modem_take_pushed(struct modem *modem);

/* modem_slots.c */

/* The slot of a location that was announced and not deleted yet, or NULL;
 * borrowed until the next call. */
struct modem_slot *modem_slot_find(struct modem *modem, int location);
/* A new one; borrowed until the next call. */
struct modem_slot *modem_slot_add(
    struct modem *modem, int location, enum modem_slot_state state);
void modem_slot_forget(struct modem *modem, struct modem_slot *slot);
void modem_slot_release(struct modem *modem, uint64_t handle);
/* The next released slot whose message may be deleted now, or NULL; with NULL
 * *at_ms_r is when to look again, or left alone. */
struct modem_slot *modem_slot_due(
    struct modem *modem, int64_t now_ms, int64_t *at_ms_r);
void modem_slot_delete(struct modem *modem, struct modem_slot *slot);

/* 1 when something lies in the modem that libGammu must not list. */
int modem_slots_are_raw(const struct modem *modem);
/* 1 when a status report is gone. */
int modem_delete_report(struct modem *modem, int location);

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

/* libGammu takes some answers for the one it waits for that are another
 * command's, and says that all is well though it has read nothing: ERR_UNKNOWN
 * then, else the error as it was. */
GSM_Error modem_message_believe(GSM_Error error, const GSM_SMSMessage *sms);

/* What tells one message from another at the same place: as libGammu read it,
 * and by its bytes. */
uint64_t modem_message_print(const GSM_SMSMessage *sms);
uint64_t modem_message_print_of(const char *pdu);

/* The announcement of a message that cannot be decoded: known by where it lies
 * and by its PDU, "" when that cannot be had either. */
void modem_message_unreadable(
    int location, const char *pdu, struct arrival *arrival_r);

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

/* modem_filter.c */

enum {
	FILTER_HELD_MOST = 24, /* longer than every beginning */
	FILTER_BLOCK_BYTES = 16384,
	FILTER_KEPT_MOST = 1024, /* a +CUSD in hexadecimal digits */
};

struct modem_filter {
	enum {
		FILTER_BEGINS, /* at the beginning of a line */
		FILTER_PASSES, /* in one that goes through */
		FILTER_DROPS, /* in one that does not */
		FILTER_KEEPS, /* in a +CUSD that nobody asked for, which may
				 go over several lines */
	} place;
	char held[FILTER_HELD_MOST]; /* what a beginning may become */
	size_t held_count;
	long dropped; /* bytes */
	int keeps_ussd; /* else +CUSD passes */
	char kept[FILTER_KEPT_MOST + 1]; /* ends in a NUL */
	size_t kept_count;
	int kept_is_whole;
};

/* Passes bytes on to `out`, which has room for FILTER_HELD_MOST more than
 * these; returns how many it now holds. */
size_t modem_filter_bytes(
    struct modem_filter *filter, const char *bytes, size_t length, char *out);

/* Whether a +CUSD is kept from here on: not while somebody reads what a code
 * brought. */
void modem_filter_keep(int keeps_ussd);
/* One that is whole, or NULL; kept until it is forgotten, and what comes
 * meanwhile is lost. */
const char *modem_filter_pushed(void);
void modem_filter_forget_pushed(void);

/* From here on, and afresh, for what this process reads from devices. */
void modem_filter_start(void);
long modem_filter_dropped(void);

/* modem_pause.c */

/* Caps libGammu's blind pauses in this process. */
void modem_pause_cap(int64_t longest_ms);

#endif
