/* What the files of `waymark staff` share. */
#ifndef GATEWAY_DESK_CLI_STAFF_H
#define GATEWAY_DESK_CLI_STAFF_H

#include "gateway/base/command.h"
#include "gateway/desk/people.h"
#include "gateway/desk/session.h"

/* The command line, read.  All borrowed. */
struct staff_wish {
	struct session_who who;
	char **words; /* after the action, ended by NULL */
	const char *role;
	const char *new_password_file;
	const char *recovery_file;
	const char *line;
	int as_json;
	int may_cut_off;
	int is_none;
	int64_t count;
};

/* `name` NULL: whoever is signed in. */
struct people_errand staff_errand_of(
    const struct session *session, const char *name);

/* Says why an errand failed; an exit status. */
int staff_tell_failed(const struct people_errand *errand, enum outcome outcome);

/* Each is an action; an exit status. */
int staff_run_list(struct session *session, const struct staff_wish *wish);
int staff_run_rotate(struct session *session, const struct staff_wish *wish);
int staff_run_recover(struct session *session, const struct staff_wish *wish);
int staff_run_duty(struct session *session, const struct staff_wish *wish);
int staff_run_phone(struct session *session, const struct staff_wish *wish);
int staff_run_codes(struct session *session, const struct staff_wish *wish);

#endif
