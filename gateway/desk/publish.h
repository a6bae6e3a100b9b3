/* Versions of menus and languages beside the configuration, one in use.
 *
 *   published/versions/20261122T004512Z/{menus,locales}
 *   published/current -> versions/20261122T004512Z
 *
 * A version is complete before it has its name and never changes after, and
 * the link is replaced by rename(2): whatever line a power cut hits, the old
 * version is in use or the new one, menus and languages together.  What is in
 * use is never removed.  Nothing here checks menus: that is done before.
 */
#ifndef GATEWAY_DESK_PUBLISH_H
#define GATEWAY_DESK_PUBLISH_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"

enum { PUBLISH_KEPT = 5, PUBLISH_NAME_MAX_BYTES = 31 };

struct publish_version {
	char name[PUBLISH_NAME_MAX_BYTES + 1];
	int64_t published_utc_s;
	int is_current;
};

/* The newest first.  Zeroed it is empty. */
struct publish_versions {
	struct publish_version *list;
	size_t count;
};

/* All that are there: DONE (maybe none), or REFUSED (cannot be read;
 * logged). */
MUST_USE enum outcome publish_list(
    const char *config_folder, struct publish_versions *versions_r);
void publish_versions_free(struct publish_versions *versions);

/*
 * Copies both folders into a new version.  It is not in use yet.
 *
 * DONE       *version_r is it
 * TRY_LATER  it cannot be written, or somebody else publishes; logged
 */
MUST_USE enum outcome publish_add(const char *config_folder, const char *menus,
    const char *locales, int64_t now_utc_s, struct publish_version *version_r);

/* Puts a version in use; NULL none, so that what is installed holds again:
 * DONE, or TRY_LATER (logged). */
MUST_USE enum outcome publish_use(const char *config_folder, const char *name);

/* The folder of a version; yours to free. */
char *publish_folder(const char *config_folder, const char *name);

/* Takes a version away that is not in use; a failure is logged. */
void publish_remove(const char *config_folder, const char *name);

/* Removes all but the newest PUBLISH_KEPT and the one in use. */
void publish_tidy(const char *config_folder);

#endif
