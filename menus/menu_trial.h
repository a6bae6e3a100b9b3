/* The helpline without a hub: phones that talk to the production engine, and
 * a scratch memory of what the hub would keep between two texts.
 *
 * For trying menus and for playing talks against them.  Nothing is stored and
 * nothing is sent; time is what the trial says it is, and every text moves it
 * on by TRIAL_TEXT_S.  Pure.
 */
#ifndef MENUS_MENU_TRIAL_H
#define MENUS_MENU_TRIAL_H

#include "menus/menu_walk.h"

enum {
	TRIAL_TEXT_S = 10,
	TRIAL_RESUME_AFTER_S = 21600, /* the defaults of waymark.conf */
	TRIAL_FORGET_AFTER_S = 604800,
};

/* The reference of every help request of a trial. */
#define TRIAL_REF "KX47M"

struct trial;

/* The line the phones talk to; all borrowed until trial_free(). */
struct trial_line {
	const struct menus *menus;
	const char *corridor; /* must be one of them */
	const char *language;
	const struct channel_limit *channel;
	const struct channel_limit *pages; /* of a code that is dialled, where
					      the channel is no USSD itself */
	int64_t start_utc_s;
};

/* What came of one text.  Zeroed it is empty. */
struct trial_result {
	struct text reply; /* "" when nothing is answered */
	struct text besides; /* a text that comes after a page, or "" */
	struct text notes; /* what else happens, a line each, for an editor */
};

struct trial *trial_new(const struct trial_line *line);
void trial_free(struct trial *trial);

/* A phone texts or rings, or types into its USSD session while it has one; fills
 * *result, which is emptied first. */
void trial_say(struct trial *trial, const char *number, enum input_kind kind,
    const char *text, struct trial_result *result);
/* It dials: the reply is a page of its session, which lasts until a page is the
 * last one or it hangs up. */
void trial_dial(struct trial *trial, const char *number, const char *code,
    struct trial_result *result);
void trial_hang_up(struct trial *trial, const char *number);
void trial_result_free(struct trial_result *result);

/* Time passes without a word. */
void trial_wait(struct trial *trial, int64_t seconds);

/* A caseworker takes the open help request of a phone: 1, or 0 when there is
 * none. */
int trial_claim(struct trial *trial, const char *number);

#endif
