/* What passes through a line on a local network's register: dialogues between
 * phones and the hub.  ussd_gsup.c waits for both and calls these.
 *
 * Nothing is known of a caller but the IMSI; the number comes from the
 * register's control interface, and who has none there is a caller without a
 * number.  What was measured of osmo-hlr, and why things are as they are:
 * shared/facts/ussd.md section 1.
 */
#ifndef GATEWAY_LINE_GSUP_TRAFFIC_H
#define GATEWAY_LINE_GSUP_TRAFFIC_H

#include "gateway/line/dialogues.h"
#include "gateway/line/gsup_echo.h"
#include "gateway/line/hub_link.h"

enum {
	/* What osmo-hlr passes on: longer components need lengths of two
	 * octets, which it rejects. */
	GSUP_PAGE_OCTETS_MOST = 112,
};

/* A line's whole state; one a process. */
struct gsup_line {
	const char *name; /* of the entity, as the register routes to it */
	const char *code; /* "*384#": what it starts with is ours */
	int64_t idle_ms; /* how long a page waits for its answer */
	struct hub_link hub;
	struct ipa_link link; /* GSUP */
	struct ipa_link control; /* numbers of subscribers */
	struct gsup_echo echo; /* of the link */
	unsigned generation; /* of the link that the dialogues came by */
	int is_up; /* as the hub was last told */
	const char *trouble; /* the same, of the link */
	struct dialogues *dialogues;
};

/* Tells the hub when the link came up or went; with it went its dialogues. */
void gsup_note_link(struct gsup_line *line);

/* Takes what the register and its control interface say. */
void gsup_take_frames(struct gsup_line *line, int64_t now_ms);

/* Does what the hub says, until it has no more to say for now. */
void gsup_listen_to_hub(struct gsup_line *line);

/* Ends what nobody answered in time, with a kind page. */
void gsup_end_what_is_due(struct gsup_line *line, int64_t now_ms);

/* Ends everything, for a stop. */
void gsup_end_all(struct gsup_line *line);

#endif
