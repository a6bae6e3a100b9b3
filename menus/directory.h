/* The directory: services an NGO knows and has checked, by place and need,
 * from directory/<corridor>.csv.
 *
 * Like a fact, a service is told only while it is shown, checked and not
 * expired.  Where a shelter is stands nowhere: a row of the kind `shelter`
 * with an address, or with more than a phone number to reach it, is refused.
 * Read only after loading; finding is pure.
 */
#ifndef MENUS_DIRECTORY_H
#define MENUS_DIRECTORY_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "menus/sound_key.h"

enum { DIRECTORY_MOST = 3 };

struct service {
	char *name;
	char *kind;
	char *place; /* as shown; "" serves everywhere */
	struct sound_name *places; /* ways the place is written */
	size_t place_count;
	char *need;
	char *hours;
	char *languages;
	char *cost;
	char *how; /* to reach it */
	char *address;
	char checked_on[12]; /* "2026-11-21", "" never */
	int64_t checked_utc_s;
	int64_t expires_utc_s; /* 0: not said */
	int is_shown;
	int line;
};

struct directory {
	char *file;
	struct service *list;
	size_t count;
};

/*
 * Reads a directory file (columns in menus/README.md).
 *
 * DONE     *directory_r is yours until directory_free()
 * NOTHING  there is no such file
 * REFUSED  it is wrong; every mistake is in the log with file and line
 */
MUST_USE enum outcome directory_load(
    const char *path, struct directory **directory_r);
void directory_free(struct directory *directory);

/* 1 when it may be told at this time. */
int service_may_be_told(const struct service *service, int64_t now_utc_s);

/* 1 when there is a service for a need (NULL: any) that may be told, wherever
 * it is; `directory` may be NULL. */
int directory_knows(
    const struct directory *directory, const char *need, int64_t now_utc_s);

/* Services for a need (NULL: any) at the place somebody wrote, however it is
 * spelt; those of everywhere come behind.  Returns how many. */
size_t directory_find(const struct directory *directory, const char *place,
    const char *need, int64_t now_utc_s,
    const struct service *found_r[DIRECTORY_MOST]);

#endif
