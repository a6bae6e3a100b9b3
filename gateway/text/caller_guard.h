/* The guard of a caller: how many answers one number gets by itself.
 *
 * Two machines that answer each other burn a month's credit in a night, so
 * what the helpline answers by itself has a budget for each caller, an hour's
 * and a day's, and the same exchange is not made for ever.  It is set so that
 * somebody in distress who texts forty times in an hour does not meet it.
 *
 *                   in the budget         spent
 *   the menu's      answered              told once that a person can be asked
 *                                         for, then silence
 *   a help request  answered              answered, up to help_answers_a_day
 *   STOP, FORGET    answered              the same; obeyed also in silence
 *   joins a case    answered              the same; joined also in silence
 *
 * An exchange (the same text, the same answer) that was made GUARD_SAME_MOST
 * times running is not made again until the caller writes something else or
 * GUARD_SAME_REST_S have passed; a help request's never counts as the same.
 * Whoever sends "1" through a checklist gets another answer each time.
 *
 * Two helplines pointed at each other: each answers the other's text, one
 * budget is spent first, that side is silent, the other hears nothing more.
 *
 * Pages of USSD cost nothing; they have a limit against machines only.
 *
 * Pure: no clock, no store.  It stands in text/ because the hub asks it and
 * the store keeps what it counts (store/guards.h).  Windows are fixed: an hour
 * begins with the first answer in it.  A clock that jumps back begins new ones.
 */
#ifndef GATEWAY_TEXT_CALLER_GUARD_H
#define GATEWAY_TEXT_CALLER_GUARD_H

#include <stdint.h>

#include "gateway/base/guard_rules.h"

enum {
	GUARD_SAME_MOST = 3,
	GUARD_SAME_REST_S = 3600,
	GUARD_HOUR_S = 3600,
	GUARD_DAY_S = 86400,
	GUARD_EXCHANGE_BYTES = 16, /* of a keyed hash */
};

/* What a text is about. */
enum guard_need {
	GUARD_MENU,
	GUARD_HELP, /* opens a help request, or belongs to its questions */
	GUARD_CASE, /* goes to a caseworker */
	GUARD_ORDER, /* STOP, START, FORGET */
};

/* What was told or listed already; bits. */
enum guard_note {
	GUARD_TOLD_HOUR = 1 << 0, /* that this hour's answers are spent */
	GUARD_TOLD_DAY = 1 << 1,
	GUARD_LISTED = 1 << 2, /* for a person to look at, today */
};

/* What is counted of one caller.  All 0 for one who is new. */
struct guard_count {
	int64_t hour_utc_s; /* when the hour began; 0: none */
	int64_t hour_answers;
	int64_t hour_pages;
	int64_t day_utc_s;
	int64_t day_answers;
	int64_t help_answers; /* of the day, beyond the budget */
	int64_t withheld; /* answers of the day that were not given */
	unsigned notes; /* bits of enum guard_note */
	int64_t same_answers; /* of one exchange, running */
	int64_t same_utc_s; /* when it was made last */
	unsigned char exchange[GUARD_EXCHANGE_BYTES];
};

/* An answer that is about to be given. */
struct guard_exchange {
	enum guard_need need;
	int is_page; /* of USSD */
	unsigned char bytes[GUARD_EXCHANGE_BYTES]; /* of text and answer */
};

enum guard_verdict {
	GUARD_ANSWER,
	GUARD_TELL, /* instead of it: how to ask for a person */
	GUARD_SILENT_SPENT,
	GUARD_SILENT_SAME,
};

/* Judges an answer and counts it. */
enum guard_verdict guard_judge(const struct guard_rules *rules,
    struct guard_count *count, const struct guard_exchange *exchange,
    int64_t now_utc_s);

/* 1 when guard_judge() might say anything else than GUARD_ANSWER: the text is
 * to be kept until that is known.  Changes nothing but windows that are over. */
int guard_may_silence(const struct guard_rules *rules,
    struct guard_count *count, int64_t now_utc_s);

/* 1 the first time in a day that a caller who got no answer is to be listed for
 * a person; notes that. */
int guard_list_once(struct guard_count *count);

/* "spent", "same" ...: of the log and the list for a person. */
const char *guard_verdict_name(enum guard_verdict verdict);

#endif
