/* Official lists of recruiters, in memory, for finding one by its licence
 * number or by its name however it is written.
 *
 * An index is built from records when the hub starts or loads anew and never
 * changes after lookup_finish(); finding is pure and takes well under a
 * millisecond among some thousands of names.  Names are found by how they
 * sound (sound_key.h): trigrams over the whole name, rare ones weighing more,
 * choose a few dozen, whose words are then laid side by side.  Licence numbers
 * are compared by their groups of digits and letters, so "892-67-68" is
 * "892/067/068".
 *
 * What is found is not a verdict: an entry has a status of the day its list
 * was made, and what is not found may be new or misspelt.  Who shows an entry
 * shows its status, its authority and its date (walk_lookup_say.c).
 */
#ifndef MENUS_LOOKUP_H
#define MENUS_LOOKUP_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum { LOOKUP_MOST = 3, LOOKUP_NAME_MAX_BYTES = 150 };

/* From the best to the worst; of an agency listed twice the worse counts. */
enum lookup_status {
	LOOKUP_VALID,
	LOOKUP_UNCLEAR, /* the list says something we cannot read */
	LOOKUP_EXPIRED,
	LOOKUP_SUSPENDED,
	LOOKUP_CANCELLED,
	LOOKUP_BANNED,
	LOOKUP_STATUSES,
};

/* "valid", "unclear" ...: as the store keeps it. */
const char *lookup_status_name(enum lookup_status status);
/* 1 and *status_r when it is one of these names, else 0. */
int lookup_status_read(const char *name, enum lookup_status *status_r);

/* One agency as it is handed in; borrowed. */
struct lookup_record {
	const char *name;
	const char *other_names; /* former ones and twins, a line each */
	const char *licences; /* as written, a line each; the first is shown */
	const char *place;
	enum lookup_status status;
};

struct lookup_entry {
	char *id; /* the same in the next list of the country */
	char *name;
	char *licence; /* "" when the list has none */
	char *place; /* "" unknown */
	enum lookup_status status;
};

/* Whose list it is and of which day. */
struct lookup_source {
	char country[3];
	char *authority;
	int64_t as_of_utc_s;
	size_t count; /* agencies */
};

struct lookup_index; /* opaque */

/* Building: a new index; for each country its source, then its records; then
 * the finish.  A country is begun once. */
struct lookup_index *lookup_new(void);
void lookup_begin(struct lookup_index *index, const char *country,
    const char *authority, int64_t as_of_utc_s);
void lookup_add(struct lookup_index *index, const struct lookup_record *record);
void lookup_finish(struct lookup_index *index);
void lookup_free(struct lookup_index *index);

/* The source of a country's list, or NULL when there is none.  `index` may be
 * NULL: nothing was loaded. */
const struct lookup_source *lookup_source(
    const struct lookup_index *index, const char *country);

/* What was found, the likeliest first. */
struct lookup_result {
	int is_sure; /* exactly what was written, and only one */
	size_t count;
	const struct lookup_entry *found[LOOKUP_MOST];
};

/* By licence number when the text has one that is on the list, else by name.
 * `text` is clean UTF-8; a country without a list finds nothing. */
void lookup_find(const struct lookup_index *index, const char *country,
    const char *text, struct lookup_result *result_r);

/* The entry of this id, or NULL when the list no longer has it. */
const struct lookup_entry *lookup_by_id(
    const struct lookup_index *index, const char *country, const char *id);

/* Adds a licence number as it is compared: capitals and digits of ASCII in
 * groups, zeros in front of a group left out, '-' between groups. */
void lookup_licence_key(const char *licence, struct text *key);

#endif
