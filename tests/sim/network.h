/* The network around the simulated modem: texts on their way to it, what it
 * sent, USSD codes that are answered.
 *
 * Every text gets a second of its own as its time of sending (TP-SCTS): the
 * wall clock's, or the one after the last text's if that is later, so a flood
 * runs ahead of the clock.  All parts of a long text share its second, also
 * when they are injected one by one with the same sender, reference and number
 * of parts.
 */
#ifndef TESTS_SIM_NETWORK_H
#define TESTS_SIM_NETWORK_H

#include <stddef.h>
#include <stdint.h>

#include "tests/sim/pdu.h"

enum network_registration {
	NETWORK_HOME = 1,
	NETWORK_SEARCHING = 2,
};

/* On its way to the modem. */
struct network_arrival {
	char *hex;
	int is_report;
};

struct network_sent {
	struct pdu_submit submit;
	char *hex;
	int message_reference;
	int64_t utc_s;
};

/* How a modem writes down what a code was answered; field STYLE of control.h. */
enum ussd_style {
	USSD_OWN, /* "own": as the profile does, dcs 15 */
	USSD_PLAIN, /* "plain": as it is, without a dcs */
	USSD_UCS2, /* "ucs2": hexadecimal, dcs 72 */
	USSD_UCS2_15, /* "ucs2-15": the same, called dcs 15 */
	USSD_UCS2_17, /* "ucs2-17": two octets of language in front, dcs 17 */
	USSD_PACKED, /* "packed": septets in hexadecimal, dcs 15 */
	USSD_PACKED_0, /* "packed-0": the same, dcs 0 */
	USSD_STYLES,
};

struct network_ussd {
	char *code;
	char *answer;
	int mode; /* the m of +CUSD: m,... */
	enum ussd_style style;
};

struct network {
	enum network_registration registration;
	int has_wrong_date; /* texts come with a time that is none */
	int64_t pace_ms; /* how long the network takes for a send */

	struct network_arrival *arrivals;
	size_t arrival_first; /* those before it have arrived */
	size_t arrival_count;
	size_t arrival_room;

	struct network_sent *sent;
	size_t sent_count;
	size_t sent_room;
	int next_message_reference;

	struct network_ussd *ussd;
	size_t ussd_count;

	int64_t last_utc_s;
	int next_join_reference;
	char *group; /* the long text whose parts are being injected */
	int64_t group_utc_s;
};

/* One text to inject.  utc_s of 0 takes the network's own second. */
struct network_text {
	const char *sender;
	const char *utf8;
	int message_class;
	struct pdu_join join; /* parts 0: as many as it takes */
	int64_t utc_s;
};

/*
 * Sends a text, cut into parts where it is too long, towards the modem.
 *
 * DONE     *parts_r and *utc_s_r (both may be NULL) say how
 * REFUSED  it does not fit what was asked for
 */
MUST_USE enum outcome network_add_text(struct network *network,
    const struct network_text *text, int *parts_r, int64_t *utc_s_r);

/* The same for a PDU as it is; copied. */
void network_add_arrival(
    struct network *network, const char *hex, int is_report);

/* The oldest on its way, or NULL; and: it has arrived. */
const struct network_arrival *network_first(const struct network *network);
void network_drop_first(struct network *network);
size_t network_waiting(const struct network *network);

/* Records a sent text; takes the submit's memory.  Returns its TP-MR. */
int network_take_sent(
    struct network *network, struct pdu_submit *submit, const char *hex);
/* The TP-MR the next one will get. */
int network_next_reference(const struct network *network);

/* Both strings are copied. */
void network_set_ussd(struct network *network, const char *code,
    const char *answer, int mode, enum ussd_style style);
const struct network_ussd *network_find_ussd(
    const struct network *network, const char *code);

void network_forget_sent(struct network *network);
void network_free(struct network *network);

#endif
