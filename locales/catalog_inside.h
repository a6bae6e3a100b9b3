/* What stands behind `struct catalog`: for catalog.c and catalog_read.c.
 */
#ifndef LOCALES_CATALOG_INSIDE_H
#define LOCALES_CATALOG_INSIDE_H

#include <stdint.h>

#include "locales/catalog.h"

/* A text that is used; points into the strings of its language. */
struct entry {
	const char *id;
	const char *source;
	const char *translation;
	uint32_t hash; /* of the id */
};

struct language {
	struct catalog_language facts; /* points into what follows */
	int ids_are_sources; /* catalog_load_words() */
	char *tag;
	char *script;
	char *review;
	struct review signed_by;
	char *strings; /* of the entries, one behind the other */
	size_t string_bytes;
	size_t string_room;
	struct entry *entries;
	size_t entry_count;
	size_t entry_room;
	uint32_t *slots; /* entry number + 1, by hash of the id */
	size_t slot_count; /* a power of two, at least twice the entries */
};

uint32_t language_hash(const char *id);

/* Reads `path` into a language of which only the tag is set (and whether its
 * ids are sources), and makes its slots: DONE, or REFUSED with every complaint in the log.  Free in both
 * cases. */
MUST_USE enum outcome language_read(
    struct language *language, const char *path);
void language_make_slots(struct language *language);
void language_free(struct language *language);

#endif
