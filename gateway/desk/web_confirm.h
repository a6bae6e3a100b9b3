/* A browser left open must not be enough to take somebody's place, or to give
 * one away: whoever changes people, phones or keys gives their own password
 * again first.  It counts for some minutes, so that a lead who adds four people
 * types it once; guessing at it is as slow as at the door.
 */
#ifndef GATEWAY_DESK_WEB_CONFIRM_H
#define GATEWAY_DESK_WEB_CONFIRM_H

#include "gateway/desk/web.h"

enum { WEB_CONFIRMED_MS = 10 * 60 * 1000 };

/*
 * Whether this is the password of whoever is signed in.
 *
 * DONE       it is
 * REFUSED    it is not; it was counted, and the trail knows
 * TRY_LATER  too many were wrong, or the desk is busy
 */
MUST_USE enum outcome web_check_password(
    struct web_visit *visit, const char *typed);

/* What to say of it: English. */
const char *web_password_words(enum outcome outcome);

/* 1 while the password given last counts. */
int web_is_confirmed(const struct web_visit *visit);

/* Writes the form that asks for it and leads back to a page of the desk. */
void web_confirm_add(struct web_visit *visit, const char *back);

/* For what changes something: 1 to go on; 0: they are told, and sent back. */
int web_confirm_check(struct web_visit *visit, const char *back);

#endif
