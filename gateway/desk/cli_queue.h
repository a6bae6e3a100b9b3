/* What the parts of `waymark queue` share: the command line as it was read,
 * and how what came of it is told. */
#ifndef GATEWAY_DESK_CLI_QUEUE_H
#define GATEWAY_DESK_CLI_QUEUE_H

#include "gateway/desk/cases_list.h"
#include "gateway/desk/session.h"

/* What only some actions take. */
enum {
	TAKES_ALL = 1 << 0,
	TAKES_MINE = 1 << 1,
	TAKES_MOST = 1 << 2,
	TAKES_JSON = 1 << 3,
	TAKES_NUMBER = 1 << 4,
	TAKES_DESPITE = 1 << 5,
	TAKES_OUTCOME = 1 << 6,
	TAKES_DONE = 1 << 7,
	TAKES_SNOOZED = 1 << 8,
	TAKES_ENDED = 1 << 9,
	TAKES_STATE = 1 << 10,
	TAKES_CORRIDOR = 1 << 11,
	TAKES_LANGUAGE = 1 << 12,
	TAKES_LABEL = 1 << 13,
	TAKES_AFTER = 1 << 14,
	TAKES_SEEN = 1 << 15,
	TAKES_WAKE = 1 << 16,
	TAKES_AT_ONCE = 1 << 17,
};

/* The command line, read. */
struct wish {
	struct session_who who;
	unsigned given; /* TAKES_... */
	int64_t most;
	int64_t seen; /* --seen, or 0 */
	const char *despite;
	const char *outcome;
	const char *after; /* as typed */
	const char *ref;
	struct case_filter filter; /* of a list */
	struct text text; /* of a reply or note, a name, a label, a time */
};

/* An errand now, for the reference on the command line. */
struct errand queue_errand(
    const struct session *session, const struct wish *wish);

/* Tells what an errand came to; an exit status. */
int queue_tell(
    const struct errand *errand, enum outcome outcome, const char *done);
int queue_tell_failed(const struct errand *errand, enum outcome outcome);
/* Why a list cannot be had. */
int queue_tell_no_list(enum outcome outcome);

/* Each action; an exit status, told.  cli_queue_case.c: */
int queue_claim(const struct session *session, const struct wish *wish);
int queue_next(const struct session *session, const struct wish *wish);
int queue_reply(const struct session *session, const struct wish *wish);
int queue_note(const struct session *session, const struct wish *wish);
int queue_give(const struct session *session, const struct wish *wish);
int queue_pass(const struct session *session, const struct wish *wish);
int queue_snooze(const struct session *session, const struct wish *wish);
int queue_wake(const struct session *session, const struct wish *wish);
int queue_label(const struct session *session, const struct wish *wish);
int queue_unlabel(const struct session *session, const struct wish *wish);
int queue_close(const struct session *session, const struct wish *wish);
int queue_reopen(const struct session *session, const struct wish *wish);

/* cli_queue_list.c: */
int queue_list(const struct session *session, const struct wish *wish);
int queue_show(const struct session *session, const struct wish *wish);
int queue_labels(const struct session *session, const struct wish *wish);
int queue_templates(const struct session *session, const struct wish *wish);
int queue_health(const struct session *session, const struct wish *wish);
int queue_aside(const struct session *session, const struct wish *wish);

/* cli_queue_watch.c: shows the list and what changes in it until q is pressed
 * or the program is told to end. */
int queue_watch(const struct session *session, const struct wish *wish);

#endif
