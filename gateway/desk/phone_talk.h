/* A talk: a whole conversation with the helpline in a file, to be played and
 * checked.
 *
 *   # a comment
 *   from +977 9841234567      who texts from here on
 *   > hello                   the caller sends this
 *   < Welcome                 the next reply must have these words in it
 *   < 1 Check a job           ... and these
 *   > STOP
 *   -                         no reply comes to that
 *   call                      it rings once
 *   dial *384#                the code is dialled: what the caller sends from
 *                             here on answers pages, until the last one
 *   hang up                   ... or until the session falls away
 *   wait 2 days               nobody writes: minutes, hours or days
 *   claim                     a caseworker takes the caller's help request
 *
 * Before the first text may stand, each once, what line the caller texts:
 *
 *   language ne               the line's language
 *   channel ussd              the menus come as USSD pages; else sms, but
 *                             for a code that is dialled
 *   channel ussd 128          ... of so many letters: 182 (if left out), 160
 *                             or 128
 *   on 2026-11-21             the day: facts have dates
 *
 * `waymark menus` plays all of it on the engine.  A phone plays a talk to a
 * running helpline, so it cannot wait or claim, and the line is as it is.
 *
 * `<` lines without an empty line between them speak of one reply, those after
 * an empty line of the next one.  A text with neither `<` nor `-` after it
 * gets one reply that may say anything.
 */
#ifndef GATEWAY_DESK_PHONE_TALK_H
#define GATEWAY_DESK_PHONE_TALK_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum { TALK_PAGE = 182 }; /* of `channel ussd` alone */

enum talk_step_kind {
	TALK_FROM,
	TALK_SEND,
	TALK_CALL,
	TALK_DIAL,
	TALK_HANG_UP,
	TALK_NEXT_REPLY, /* a reply with these words comes */
	TALK_SAME_REPLY, /* and it has these words too */
	TALK_NO_REPLY,
	TALK_WAIT,
	TALK_CLAIM,
};

struct talk_step {
	enum talk_step_kind kind;
	unsigned line; /* in the file, from 1 */
	char *words; /* "" where the kind has none */
	int64_t wait_s; /* TALK_WAIT */
};

struct talk {
	char *path;
	char *language; /* NULL: the line's own */
	int page; /* letters of a USSD page; 0: by SMS */
	int64_t on_utc_s; /* noon of the day, 0: today */
	struct talk_step *steps;
	size_t count;
};

/*
 * Reads a talk; `path` is only for what is said of it.
 *
 * DONE     *talk_r is filled in; give it back with talk_free()
 * REFUSED  it is wrong; every mistake is in the log with file and line
 */
MUST_USE enum outcome talk_read(
    const char *path, const struct text *content, struct talk *talk_r);

/* The same from a file; one that is not there is REFUSED too. */
MUST_USE enum outcome talk_load(const char *path, struct talk *talk_r);

void talk_free(struct talk *talk);

/* The letters of a USSD page by these digits: 182, 160, 128 or 120, else 0. */
int talk_read_page(const char *digits);

/* Whether a reply has the words in it, where any white space is as good as any
 * other. */
int talk_reply_has(const char *reply, const char *words);

#endif
