/* One command's work on a set-up: configuration, store, and who is signed in.
 *
 * Whatever cannot be had is told to the person on standard error (or stands in
 * the log with its file and line), and everything opened so far is closed.
 */
#ifndef GATEWAY_DESK_SESSION_H
#define GATEWAY_DESK_SESSION_H

#include "gateway/base/settings.h"
#include "gateway/desk/cases.h"
#include "store/staff.h"

struct session {
	struct settings settings;
	struct box_key *box;
	struct store *store;
	struct staff staff;
	struct team_secret *secret;
	struct case_rules rules; /* borrows from the settings */
	struct caseworker worker; /* borrows from the fields above */
};

/* How somebody wants to sign in; what is NULL is asked for. */
struct session_who {
	const char *command; /* for messages */
	const char *config; /* of -c, or NULL */
	const char *staff;
	const char *password_file;
};

/* DONE and *session_r is yours until session_close(), else REFUSED (told).
 * Who signed in, or was refused, stands in the audit trail then. */
MUST_USE enum outcome session_open(
    const struct session_who *who, struct session *session_r);

/* The same without signing in: `staff` is empty and `secret` NULL. */
MUST_USE enum outcome session_open_store(
    const struct session_who *who, struct session *session_r);
void session_close(struct session *session);

#endif
