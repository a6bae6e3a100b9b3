/* Facts: numbers, fees, laws and their dates, from facts/<name>.csv.
 *
 * A fact is sent only while it is shown, checked and not expired; the texts
 * that name it have a neutral wording for all other times.  Read only after
 * loading; owns its strings.
 */
#ifndef MENUS_FACTS_H
#define MENUS_FACTS_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"

struct fact {
	char *name;
	char *value;
	char *unit;
	char checked_on[12]; /* "2026-11-21", "" when never */
	char expires_on[12];
	int64_t checked_utc_s;
	int64_t expires_utc_s;
	int is_shown; /* show = yes */
	int line;
};

struct facts {
	char *file;
	struct fact *list;
	size_t count;
};

/*
 * Reads a facts file (RFC 4180, UTF-8, the columns of menus/README.md in any
 * order).
 *
 * DONE     *facts_r is yours until facts_free()
 * REFUSED  it is missing or wrong; every mistake is in the log with its line
 */
MUST_USE enum outcome facts_load(const char *path, struct facts **facts_r);
void facts_free(struct facts *facts);

/* The fact of this name, or NULL. */
const struct fact *facts_find(
    const struct facts *facts, const char *name, size_t name_length);

/* 1 when it may be sent at this time. */
int fact_may_be_sent(const struct fact *fact, int64_t now_utc_s);

#endif
