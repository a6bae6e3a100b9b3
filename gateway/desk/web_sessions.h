/* Who is signed in at the desk's pages.
 *
 * A session is named by 60 random signs (more than 256 bits) in a cookie and
 * holds the team's secret in locked memory.  It ends by sign-out, after a time
 * of silence, when its person is disabled, and with the process: nothing of it
 * is ever written down.  Silence is counted by the clock that only grows, so
 * that a clock set wrong keeps nobody signed in.
 *
 * Every form carries the session's token, so that no other site can fill one
 * in; what sends a text carries a mark of its own as well, which works once
 * (struct case_reply).
 */
#ifndef GATEWAY_DESK_WEB_SESSIONS_H
#define GATEWAY_DESK_WEB_SESSIONS_H

#include "gateway/desk/cases.h"

enum {
	WEB_SESSION_SIGNS = 60,
	WEB_TOKEN_SIGNS = 60,
	WEB_ONCE_SIGNS = 20,
	WEB_SESSIONS_MOST = 128,
	WEB_SESSIONS_EACH_MOST = 6, /* of one person: the oldest goes */
};

/* The page seen last, kept for when it is asked for again (web_kept.h). */
struct web_kept {
	struct text path; /* with its query; "" when there is none */
	struct text language;
	struct text body;
	int64_t health_version;
	struct store_changes changes; /* of the store, when it was made */
	int64_t made_ms;
};

/* What a person is told at the top of the next page. */
enum web_tone {
	WEB_TONE_DONE,
	WEB_TONE_REFUSED,
};

struct web_session {
	char id[WEB_SESSION_SIGNS + 1]; /* "" when it is free */
	char token[WEB_TOKEN_SIGNS + 1];
	struct staff staff;
	struct team_secret *secret;
	struct caseworker worker; /* borrows from the fields above */
	struct store_changes checked; /* when its person was looked up */
	int64_t began_ms;
	int64_t used_ms;
	int64_t confirmed_ms; /* when they gave their password again; 0 */
	char codes_once[WEB_ONCE_SIGNS + 1]; /* of the last codes shown */
	struct staff_rotation *rotation; /* a new key, being made or shown and
					    not yet confirmed, or NULL */
	int rotation_is_made;
	struct text notice; /* "" when there is nothing to tell */
	enum web_tone notice_tone;
	struct web_kept kept;
};

struct web_sessions {
	struct web_session items[WEB_SESSIONS_MOST];
	int64_t idle_ms;
};

/* Opens a session for somebody who has just signed in; takes the secret.
 * Never fails: when all are in use, the longest silent one ends. */
struct web_session *web_sessions_begin(struct web_sessions *sessions,
    struct store *store, const struct staff *staff,
    struct team_secret *secret_take, int64_t now_ms);

/* The session of a cookie's value, or NULL; compares in constant time. */
struct web_session *web_sessions_find(
    struct web_sessions *sessions, const char *id, int64_t now_ms);

/* Ends what has been silent too long. */
void web_sessions_tidy(struct web_sessions *sessions, int64_t now_ms);

/* Goes on for a hundredth of a second with each new key that is being made, so
 * that nobody else waits for it: 1 while one is not made.  One that cannot be is
 * gone. */
int web_sessions_go_on(struct web_sessions *sessions, struct store *store);

void web_session_end(struct web_session *session);
/* Ends all of one person's but `except`, which may be NULL. */
void web_sessions_end_of(struct web_sessions *sessions, int64_t staff,
    const struct web_session *except);
void web_sessions_end_all(struct web_sessions *sessions);

/* A new mark for a form that may be sent once. */
struct web_once {
	char signs[WEB_ONCE_SIGNS + 1];
};
struct web_once web_once_make(void);

/* 1 when both are the same; takes the same time whatever they are. */
int web_same_secret(const char *one, const char *other);

#endif
