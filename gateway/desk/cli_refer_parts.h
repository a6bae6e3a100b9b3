/* What the files of `waymark queue refer` share. */
#ifndef GATEWAY_DESK_CLI_REFER_PARTS_H
#define GATEWAY_DESK_CLI_REFER_PARTS_H

#include "gateway/desk/case_referral.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/session.h"

enum {
	TAKES_FIELDS = 1 << 0,
	TAKES_HTML = 1 << 1,
	TAKES_WORDS = 1 << 2,
	TAKES_OUTPUT = 1 << 3,
	TAKES_JSON = 1 << 4,
	TAKES_LIST_FIELDS = 1 << 5,
	TAKES_PASS = TAKES_FIELDS | TAKES_WORDS | TAKES_OUTPUT,
};

/* The command line, read. */
struct refer_wish {
	struct session_who who;
	unsigned given;
	struct cli_list fields;
	const char *words;
	const char *from;
	const char *output;
	const char *ref;
	const char *partner;
	const char *step;
	struct text text; /* of a question or a noted consent */
};

/* The partner of the command line, now. */
struct referral_errand refer_step_of(
    const struct session *session, const struct refer_wish *wish);

/* Why a step failed; an exit status. */
int refer_tell_failed(const struct referral_errand *step);

/* cli_refer_look.c: what was passed to whom, and what could be; an exit status,
 * told. */
int refer_run_list(
    const struct session *session, const struct refer_wish *wish);
int refer_run_fields(
    const struct session *session, const struct refer_wish *wish);

#endif
