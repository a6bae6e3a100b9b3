/* The simulated modem: one terminal, one AT interpreter, one SIM.
 *
 *   bytes from the client --> modem_take() --> lines --> commands (a table)
 *        --> an answer, through the faults that are on, at once or later
 *   texts of the network --> the card (or straight to the client) --> a notice
 *
 * Nothing here waits or sleeps: what is to happen later has a time
 * (held_until_ms) that the loop of modem_sim.c watches.  While an answer is
 * held, what the client writes waits unread, as with a real modem that is
 * busy.  The modem's state survives its clients; a client that dies in the
 * middle of a line leaves no trace of it.
 */
#ifndef TESTS_SIM_MODEM_H
#define TESTS_SIM_MODEM_H

#include <stddef.h>
#include <stdint.h>

#include "tests/sim/card.h"
#include "tests/sim/fault.h"
#include "tests/sim/network.h"
#include "tests/sim/terminal.h"

enum modem_memory {
	MEMORY_SIM,
	MEMORY_MODEM,
	MEMORY_COUNT,
};

/* How one make of modem differs from another. */
struct profile {
	const char *name;
	const char *manufacturer;
	const char *model;
	const char *revision;
	const char *maker_commands; /* names, or NULL for none */
	int packs_ussd; /* codes and answers in packed hexadecimal */
	const char *chatter; /* lines nobody asked for, parted by |; or NULL */
	enum modem_memory receives_in;
	int first_place; /* the number of a memory's first place */
	int card_places;
};

/* NULL when there is none of this name. */
const struct profile *profile_find(const char *name);

enum charset {
	CHARSET_GSM,
	CHARSET_IRA,
	CHARSET_UCS2,
};

/* What AT commands set; the modem forgets it when unplugged. */
struct settings {
	int echo;
	int error_words; /* CMEE */
	enum charset charset;
	int notice_mode; /* CNMI: mode, mt, ds */
	int notice_text;
	int notice_report;
	int show_caller; /* CLIP */
	int long_ring; /* CRC */
	int report_registration; /* CREG */
	int operator_format; /* COPS=3,n */
	int show_ussd; /* CUSD */
	char centre[24]; /* CSCA */
};

enum modem_mode {
	MODE_COMMAND,
	MODE_SEND, /* the PDU of AT+CMGS is being typed */
	MODE_STORE, /* that of AT+CMGW */
};

/* What the modem has counted since it started. */
struct counts {
	uint64_t commands;
	uint64_t sends;
	uint64_t send_errors;
	uint64_t deletes;
	uint64_t notices;
	uint64_t hung_up;
	uint64_t clients_gone;
	uint64_t resets; /* ATZ */
	uint64_t radio; /* CFUN=0, =1 */
	uint64_t restarts; /* CFUN=1,1 */
	uint64_t power;
	uint64_t pins; /* AT+CPIN= */
};

struct modem {
	const struct profile *profile;
	char *link_path;
	char own_number[24]; /* on the SIM, "" for none */
	int64_t now_ms;
	struct terminal terminal;
	struct settings settings;
	struct network network;
	struct faults faults;
	struct counts counts;

	struct card cards[MEMORY_COUNT];
	enum modem_memory read_memory;
	enum modem_memory write_memory;
	enum modem_memory receive_memory;

	struct text input;
	size_t input_at; /* what is before it was taken */
	struct text line;
	int line_is_too_long;
	enum modem_mode mode;
	size_t announced_length; /* of AT+CMGS */

	struct text held; /* the answer that is to come */
	int is_held;
	int64_t held_until_ms;
	int has_pending; /* it ends this submit */
	struct pdu_submit pending;
	char *pending_hex;

	struct text notices; /* that wait while a PDU is typed */
	struct text late_ussd; /* +CUSD comes after its OK, at this time */
	int64_t late_ussd_ms;
	int is_ringing;
	int is_hung; /* hears nothing, says nothing */
	int cannot_echo;
	int needs_pin;
	int has_no_sim;
	int gives_no_notice;
	int radio_is_stuck; /* in no network until the radio is turned */
	int radio_is_off;
	int spare; /* a terminal that keeps the old name taken; -1 */
	unsigned chatter_at; /* the next of its own lines */
	int64_t chatter_ms; /* not before */
};

/* DONE, or REFUSED when the terminal could not be made (logged).  What is
 * given is borrowed for the modem's life. */
MUST_USE enum outcome modem_start(
    struct modem *modem, const struct profile *profile, const char *link_path);
void modem_stop(struct modem *modem);

/* The terminal has something to read, or the watch has. */
void modem_read(struct modem *modem);

/* Does all that is due: the held answer, lines that wait, texts that can
 * arrive.  Call after everything that changes something. */
void modem_work(struct modem *modem);

/* Milliseconds until modem_work() has something to do, or -1. */
int modem_wait_ms(const struct modem *modem);

/* Bytes for the client, unless the modem hangs. */
void modem_say(struct modem *modem, const char *bytes, size_t length);

/* A line the client did not ask for; now, or after the PDU being typed. */
void modem_notice(struct modem *modem, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* It starts anew: all that was set is forgotten, its texts are not. */
void modem_restart(struct modem *modem);

/* The power goes, and comes back with the terminal under this name. */
void modem_unplug(struct modem *modem);
void modem_plug_in(struct modem *modem, const char *link_path);

/* Ring once, with RING or +CRING and +CLIP as set; the caller gives up. */
void modem_ring(struct modem *modem, const char *number);
void modem_caller_gives_up(struct modem *modem);

/* +CUSD without being asked. */
void modem_ussd_notice(struct modem *modem, int mode, const char *utf8);

#endif
