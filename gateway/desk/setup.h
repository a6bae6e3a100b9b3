/* A new set-up: configuration, store, keys, the first caseworker and the
 * recovery key, all of it or nothing.
 *
 * It never touches a set-up that is there.  The configuration is written last,
 * so that a folder with a waymark.conf is a whole one; when a step fails, what
 * was made so far is removed.
 */
#ifndef GATEWAY_DESK_SETUP_H
#define GATEWAY_DESK_SETUP_H

#include <stddef.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"
#include "store/seal.h"

enum { SETUP_MODEMS_MOST = 32 };

/* What is to be made.  All borrowed. */
struct setup_plan {
	const char *folder;
	const char *modems[SETUP_MODEMS_MOST]; /* libGammu's device each */
	size_t modem_count;
	const char *corridor;
	const char *language;
	const char *staff;
	const char *password;
	const char *recovery_file; /* NULL: only in *recovery_r */
};

/*
 * Looks before anything is asked or made.
 *
 * DONE     the folder is free (or not there) and so is the recovery file
 * REFUSED  a set-up is there, or a word of the plan cannot be used; told
 */
MUST_USE enum outcome setup_check(const struct setup_plan *plan);

/* DONE, *recovery_r and *config_path (absolute, added to), or REFUSED (told)
 * and nothing is left behind. */
MUST_USE enum outcome setup_make(const struct setup_plan *plan,
    struct recovery_key *recovery_r, struct text *config_path);

/* The text of the new configuration file, with comments in plain words. */
void setup_add_config(const struct setup_plan *plan, const char *path,
    int64_t now_utc_s, struct text *config);

#endif
