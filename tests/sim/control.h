/* The control socket: the hand of a test on the simulated modem.
 *
 * A unix stream socket; lines of tab-separated fields (fields.h).  Each command
 * is answered by one last line, `ok...` or `error<TAB>words`, some by more
 * lines before it:
 *
 *   text SENDER TEXT [UTC_S]      a text comes in: ok PARTS UTC_S
 *   flash SENDER TEXT             the same, of class 0
 *   part SENDER REF PARTS PART TEXT [BITS] [UTC_S]
 *                                 one part of a long text: ok UTC_S
 *   pdu HEX                       a PDU comes in as it is
 *   report N STATUS               what became of the N-th sent text
 *   own-number NUMBER             what AT+CNUM tells
 *   report-unknown REFERENCE      of a text that nobody here sent
 *   ring NUMBER                   it rings once
 *   give-up                       the caller gives up
 *   notice LINE                   a line the client did not ask for
 *   ussd CODE ANSWER [MODE] [STYLE]
 *                                 what the network answers to a code, in the
 *                                 manner of network.h (own)
 *   ussd-notice TEXT [MODE]       USSD the client did not ask for
 *   sent [FROM]                   sent... lines, from the FROM-th: ok COUNT
 *   follow [FROM]                 ok, and then a sent... line for each, now
 *                                 and whenever one goes out
 *   sent-wait N                   ok COUNT, when N were sent
 *   stored                        ok STORED WAITING: in the memories, and on
 *                                 their way in the network
 *   stored-wait N                 ok N 0, when so many are stored and none
 *                                 waits
 *   unread-wait N                 ok N, when so many stored texts are unread
 *   notices-wait                  ok, when the client wants notices of texts
 *   open-wait N                   ok N, when so many have the device open
 *   places N [MEMORY]             the size of a memory (SM)
 *   pace MS                       how long the network takes for a send
 *   clear                         empties memories, network and sent
 *   power                         the power is turned off and on
 *   fault NAME [WORDS...] [times=N] [for=MS]
 *   heal [NAME]                   ends one fault, or all
 *   faults                        fault NAME USAGE WHAT lines: ok COUNT
 *   stats                         stat NAME VALUE lines: ok
 *   stop                          ok, and the modem ends
 *
 * A sent line:
 *   sent N TO MESSAGE_REFERENCE JOIN_REFERENCE PARTS PART ALPHABET TEXT HEX
 * with N from 1, JOIN_REFERENCE -1 for a whole text, ALPHABET gsm, ucs2 or
 * data (then TEXT is hexadecimal).
 *
 * A command that waits holds up its own connection only; others go on.
 */
#ifndef TESTS_SIM_CONTROL_H
#define TESTS_SIM_CONTROL_H

#include <poll.h>

#include "tests/sim/fields.h"
#include "tests/sim/modem.h"

enum {
	CONTROL_CLIENTS_MOST = 16,
};

struct control;
struct client;

/* Looks whether what a client waits for has come: 1 and the answer. */
typedef int client_wait(struct control *control, struct client *client);

struct client {
	int socket; /* -1: this place is free */
	struct text in;
	size_t in_at;
	struct text out;
	size_t out_at;
	size_t follow_next; /* the next sent text to show, from 1; 0: none */
	client_wait *wait;
	int64_t wanted; /* what it waits for */
};

struct control {
	struct modem *modem;
	int listener;
	const char *path;
	int is_stopping;
	struct client clients[CONTROL_CLIENTS_MOST];
};

/* DONE, or REFUSED when the socket could not be made (logged).  `path` is
 * borrowed; a socket in the way is replaced. */
MUST_USE enum outcome control_start(
    struct control *control, struct modem *modem, const char *path);
void control_stop(struct control *control);

/* Fills in what to poll (room for CONTROL_CLIENTS_MOST + 1); returns how
 * many.  control_serve() takes the same entries back. */
nfds_t control_polls(const struct control *control, struct pollfd *polls);
void control_serve(
    struct control *control, const struct pollfd *polls, nfds_t count);

/* Ends waits that are over, shows followers what was sent, writes. */
void control_work(struct control *control);

/* Runs one command of a client. */
void control_run(struct control *control, struct client *client,
    const struct fields *fields);

/* Adds one sent line, of the text at this index. */
void control_add_sent(
    struct text *out, const struct network *network, size_t index);

#endif
