/* A line process: `waymark line <kind> ...`, started by the hub.
 *
 * It holds one end of a SOCK_SEQPACKET pair (protocol.h) and its device, and
 * nothing else: no store, no keys, no configuration file.  What it must know
 * stands in its arguments.  It ends when the socket does.
 */
#ifndef GATEWAY_LINE_LINE_H
#define GATEWAY_LINE_LINE_H

#include <stdint.h>

#include "gateway/base/command.h"
#include "gateway/base/log.h"
#include "gateway/line/ladder.h"
#include "gateway/line/protocol.h"

/* What the arguments said. */
struct line_arguments {
	const char *name;
	int socket; /* the hub's end of the pair is on the other */
	const char *device; /* modem */
	const char *connection;
	const char *model;
	int64_t sweep_s;
	int64_t patience_s;
	int64_t pause_ms;
	int64_t check_s; /* ask the modem how it is this often */
	int64_t answer_s; /* for the network to take a text */
	int64_t rest_s; /* the longest rest of the ladder */
	int64_t reports; /* modem: ask the network what became of parts */
	int64_t may_power; /* the hub can turn its power off and on */
	struct ladder ladder; /* where the process before this one stood */
	const char *suspects; /* as suspects_write() wrote them, or "" */
	int64_t is_careful; /* one before it ended as it looked through the
			       memory */
	const char *listen; /* demo */
	const char *address; /* ussd: to listen on; smpp: of the centre */
	const char *profile; /* ussd: path of the provider's profile */
	const char *allow; /* ussd: addresses that may ask, or "" */
	const char *token_file; /* ussd: path of the token they need, or "" */
	const char *peer; /* gsup: address of the register */
	const char *control; /* gsup: address of its control interface */
	const char *code; /* gsup, smpp: the code that is ours */
	int64_t idle_s; /* gsup, ussd: how long a page waits for an
			   answer */
	const char *system_id; /* smpp: who we are to the centre */
	const char *system_type;
	const char *password_file; /* smpp: path, or "" */
	const char *source; /* smpp: our own address, "384" */
	int64_t source_ton; /* its type of number and numbering plan */
	int64_t source_npi;
	int64_t dest_ton; /* those of callers' numbers */
	int64_t dest_npi;
	int64_t receipts; /* smpp: 1, they are asked for */
	const char *ops; /* smpp: "1 2 17 18", of a USSD session */
	const char *session; /* smpp: the field that names one */
	enum log_level log_level;
};

/* Each kind of line: runs until the hub is gone or says stop; an exit
 * status. */
int line_run_modem(const struct line_arguments *arguments);
int line_run_demo(const struct line_arguments *arguments);
int line_run_ussd(const struct line_arguments *arguments);
int line_run_gsup(const struct line_arguments *arguments);
int line_run_smpp(const struct line_arguments *arguments);

extern const struct command command_line;

#endif
