/* What the hub holds while it runs, and who may change it.
 *
 * One process, one thread, one poll loop (hub.c).  Everything that must
 * survive is in the store; what stands here can be lost at any instant.
 *
 * A round of the loop: take what the lines and the desk have ready (up to
 * BATCH_MOST arrivals), write it all in one transaction, and only after the
 * commit tell the lines: release what was journalled, send what was answered.
 * `after` collects these words during the transaction; a rollback forgets
 * them.
 *
 * An arrival that cannot be handled takes none of its round with it: the round
 * is rolled back and made again with a savepoint for each.  Rounds without one,
 * nearly all, are spared the savepoints: they were a fifth of a step's time.
 */
#ifndef GATEWAY_HUB_STATE_H
#define GATEWAY_HUB_STATE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/un.h>

#include "gateway/base/settings.h"
#include "gateway/base/text.h"
#include "gateway/hub/caps.h"
#include "gateway/line/protocol.h"
#include "gateway/line/suspects.h"
#include "gateway/text/caller_guard.h"
#include "gateway/text/number.h"
#include "menus/lookup.h"
#include "menus/menu.h"
#include "store/journal.h"
#include "store/outbox.h"

enum {
	BATCH_MOST = 64, /* arrivals in one commit */
	RESULTS_MOST = 512, /* ends of sending in one commit */
	AFTER_MOST = 640, /* words to lines after one commit */
	LATE_DIALOGUES_MOST = 128, /* as many as careful times hold, and more */
	CAREFUL_ARRIVALS = 64, /* after a crash, each with its own commit */
};

/*
 * A line's process.
 *
 *   resting --(time)--> starting --hello--> up --(ends, hangs)--> resting
 *                           \------(ends)-----------------------/
 */
enum child_state {
	CHILD_RESTING,
	CHILD_STARTING,
	CHILD_UP,
};

/* What is left on a SIM. */
struct credit {
	int is_asking;
	int is_known;
	int is_low;
	int is_unread; /* the last answer had no amount */
	int64_t hundredths;
	int has_expiry;
	int64_t expires_utc_s; /* the day it ends on */
	int64_t next_ms; /* when to ask (monotonic) */
	int sent; /* texts since it was asked */
};

/* What it may send, and whether it has. */
struct child_caps {
	struct cap cap;
	struct pace pace;
	int64_t day; /* that was looked at last, in its zone */
	int is_spent; /* a cap of its day is reached */
	int64_t until_utc_s; /* then: when the next day begins */
};

/* Who asked something over the control socket, and where an answer goes. */
struct asker {
	struct sockaddr_un address;
	socklen_t length;
};

/* A technician who waits for what an operator answers (line_dial.h). */
struct dial {
	int is_waiting;
	struct asker asker;
	int64_t until_ms; /* then nothing will come any more (monotonic) */
};

enum { PUSHED_MAX_BYTES = 728 }; /* of 182 characters */

struct child {
	const struct line_settings *line;
	struct number own; /* the SIM's number as it is set, "" if not */
	struct number learnt; /* as its modem says, where it is not set */
	enum child_state state;
	pid_t pid; /* -1 when there is none */
	int socket; /* -1 when there is none */
	unsigned generation; /* grows with each start */
	int failures; /* in a row, for the pause */
	int has_died; /* its end is not thought about yet */
	int died_status; /* as wait() gave it */
	int64_t start_at_ms; /* RESTING: when to start (monotonic) */
	int64_t up_since_ms;
	int64_t window; /* texts it takes at a time */
	int device_is_up; /* by its own word */
	int has_listened; /* a demo line's socket may be left behind */
	int64_t signal_percent;
	int64_t storage_percent;
	int storage_was_told; /* that it is nearly full */
	int needs_hand;
	struct ladder ladder; /* kept when the process ends */
	enum sim_state sim;
	char network[PROTOCOL_NETWORK_MAX_BYTES + 1];
	char cause[PROTOCOL_WORDS_MAX_BYTES + 1]; /* why it is away */
	int64_t away_since_ms; /* monotonic; 0 while it is not */
	int64_t unwell_since_ms; /* the same, of its process as well */
	int64_t well_since_ms; /* 0 while it is not */
	const char *stand_in; /* the line that carries its texts, or NULL */
	struct child_caps caps;

	int says_work; /* it says what it begins */
	int odd_words; /* things it said that cannot be */
	uint64_t begun; /* the text it has begun, 0 for none */
	enum line_work work; /* what it reads */
	int64_t work_location;
	struct suspects suspects; /* messages at which processes ended */
	int is_careful; /* the last one ended as it looked through the memory */
	struct credit credit;
	struct dial dial;
	char pushed[PUSHED_MAX_BYTES + 1]; /* what the network sent last by
					      itself, if that is kept */
	int64_t sent_count; /* texts since the hub runs */
	int64_t pace_minute; /* which minute `pace_now` counts */
	int pace_now;
	int pace_last; /* texts in the whole minute before it */
	int64_t hidden_calls; /* of nobody who can be answered */
	pid_t power; /* the command that turns its power; -1 none */
	int64_t power_ms; /* when it was started; 0 never */

	uint64_t *in_flight; /* outbox ids handed over, not ended */
	size_t in_flight_count;
	int64_t progress_ms; /* last sign of life while sending */

	struct text *waiting; /* packets the socket had no room for */
	size_t waiting_count;
	size_t waiting_room;

	int has_backlog; /* queued texts, due now or at backlog_utc_s */
	int64_t backlog_utc_s;
	int is_blocked; /* what is queued waits for texts in flight */
	unsigned turn; /* texts taken: whose turn is next */
	struct served served; /* callers, in this round */
};

/* An arrival of this round and where it came from. */
struct batch_item {
	size_t child;
	unsigned generation;
	struct arrival arrival;
};

/* The end of a text's sending, to be written in the next transaction. */
struct result {
	enum line_message_kind kind; /* PART_SENT, SENT, FAILED, UNSURE, or
					   HUB_SEND: it never left the hub */
	struct outbox_id id;
	enum outcome how;
	int64_t part;
	size_t child; /* of LINE_REPORTED: the line that says so */
};

/* A word to a line once the transaction is committed. */
struct after {
	size_t child;
	unsigned generation;
	int is_release;
	uint64_t slot;
	struct outbox_id id;
	struct number to;
	int reference;
	int first_part;
	char *text; /* owned */
	uint64_t dialogue; /* a page to it, else 0 */
	int is_last;
	char *closing; /* owned; of a page */
};

/* The dialogue that a row of the journal came by which waits to be handled. */
struct late_dialogue {
	struct journal_id journal;
	size_t child;
	unsigned generation;
	uint64_t id; /* 0: none */
};

/* Who rang lately (missed_calls.h). */
enum { MISSED_CALLS_KEPT = 1024 };

struct missed_call_entry {
	size_t child;
	struct caller_key caller;
	uint64_t token;
	int64_t utc_s;
};

struct missed_calls {
	struct missed_call_entry entries[MISSED_CALLS_KEPT];
	size_t count;
	size_t next;
};

/* What a guard counted of callers who asked to be forgotten: not on the disk any
 * more, but FORGET must not be a way round it. */
enum { GUARDS_FORGOTTEN_KEPT = 256 };

struct guard_forgotten {
	struct caller_key caller;
	struct guard_count count; /* day_utc_s 0: an empty place */
};

struct hub {
	struct settings settings;
	struct box_key *box_key;
	struct store *store;
	struct menus *menus;
	struct lookup_index *recruiters;

	struct child *children;
	size_t child_count;
	size_t first_heard; /* whose turn it is to be heard first */

	struct batch_item *batch;
	size_t batch_count;
	struct result results[RESULTS_MOST];
	size_t result_count;
	int64_t results_ms; /* when they are to be written at the latest */
	struct after after[AFTER_MOST];
	size_t after_count;

	struct late_dialogue late[LATE_DIALOGUES_MOST];
	size_t late_count;

	struct missed_calls missed_calls;
	struct guard_forgotten forgotten[GUARDS_FORGOTTEN_KEPT];
	size_t forgotten_next;

	int outbox_was_poked; /* the desk queued something */
	int keys_were_replaced; /* a new epoch is to begin at once */
	int store_failures; /* in a row; the batch is kept meanwhile */
	int64_t store_retry_ms;
	int careful; /* arrivals still to be taken carefully */
	int has_savepoints; /* one of this round cannot be handled: each stands
			       under a savepoint of its own */

	struct cap all_caps; /* over all lines */
	int64_t all_day; /* that was looked at last */
	int64_t spending_ms; /* when to look after days */
	int64_t fail_over_ms; /* when to look after routes */
	int a_line_was_away; /* at the last look */
	int texts_of_gone; /* texts wait, or may, for a line that is configured
			      no more */
	int gone_is_told; /* in the log */
	int64_t line_alarms_ms; /* when to look after troubles of lines */
	int fail_over_waits; /* something was heard since the last look */
	int line_alarms_wait; /* the same for its look */
	int a_line_was_in_trouble; /* at the last look */
	int looks_again_soon; /* something happened since the last looks, or
				 a line is away or in trouble */
	int64_t stale_ms; /* when to look for answers that grew stale */

	int64_t journal_due_utc_s; /* -1: nothing waits */
	int64_t alarms_ms; /* when to look for urgent requests */
	int64_t alarms_looked_ms; /* when it was done last */
	int64_t alarm_burst_utc_s; /* since when alarm_burst counts */
	int alarm_burst; /* rounds of texts to phones on duty */
	int64_t cases_ms; /* when to look after leases and snoozes */
	int64_t prompts_due_utc_s; /* when to ask what is due */
	int64_t overdue_utc_s; /* when a text may have waited too long */
	int64_t quiet_work_ms; /* when to empty the log and tidy up */
	int64_t tidied_utc_s;

	int signals; /* signalfd */
	int control; /* datagram socket, -1 before it is open */
	int is_stopping;
};

#endif
