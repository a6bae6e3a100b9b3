/* What the files of `waymark partners` share. */
#ifndef GATEWAY_DESK_CLI_PARTNERS_H
#define GATEWAY_DESK_CLI_PARTNERS_H

#include "gateway/desk/cli_options.h"
#include "gateway/desk/partner_book.h"
#include "gateway/desk/session.h"

enum { PARTNERS_FILE_MOST_BYTES = 1 << 20 };

/* What only some actions take. */
enum {
	TAKES_ALL = 1 << 0,
	TAKES_JSON = 1 << 1,
	TAKES_FIELDS = 1 << 2,
	TAKES_KEY = 1 << 3,
	TAKES_LOCK = 1 << 4,
};

/* The command line, read. */
struct partners_wish {
	struct session_who who;
	unsigned given;
	struct partner_wish partner;
	const char *new_password_file;
	const char *word; /* the name or the file */
	const char *new_name;
};

/* Each is an action; an exit status, told.  cli_partners_import.c: a list of
 * partners from a spreadsheet program. */
int partners_run_import(const struct partners_wish *wish);

/* cli_partners_key.c: the partner's own side; no store, and nobody signs in. */
int partners_run_key(const struct partners_wish *wish);
int partners_run_lock(const struct partners_wish *wish);
int partners_run_open(const struct partners_wish *wish);

#endif
