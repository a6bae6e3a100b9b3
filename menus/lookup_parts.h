/* The inside of a list of recruiters: for lookup*.c only.
 */
#ifndef MENUS_LOOKUP_PARTS_H
#define MENUS_LOOKUP_PARTS_H

#include "menus/lookup.h"
#include "menus/sound_key.h"

/* A word of a name and how much it tells: 1 nobody else has it, near 0
 * everybody has. */
struct lookup_word {
	struct sound_word sound;
	float weight;
};

/* One of an agency's names. */
struct lookup_name {
	size_t entry;
	size_t first_word;
	size_t word_count;
	float gram_weight; /* of all its trigrams */
};

struct lookup_licence {
	char *key; /* groups with '-' between: "892-67-68" */
	char *signs; /* all signs as written, zeros too: "892067068" */
	size_t entry;
};

enum { LOOKUP_GRAMS = 1 << 15, LOOKUP_COMMON_MOST = 64 };

struct lookup_list {
	struct lookup_source source;
	struct lookup_entry *entries;
	size_t entry_room;
	struct lookup_name *names;
	size_t name_count;
	size_t name_room;
	struct lookup_word *words;
	size_t word_count;
	size_t word_room;
	struct sound_word common[LOOKUP_COMMON_MOST]; /* "overseas" */
	size_t common_count;
	struct lookup_licence *licences;
	size_t licence_count;
	size_t licence_room;
	/* The names that have a trigram, for each. */
	size_t *gram_ends; /* of its part of gram_names */
	uint32_t *gram_names;
	float *gram_weights;
};

/* lookup_name.c */
void lookup_add_name(struct lookup_list *list, const char *name, size_t entry);
void lookup_finish_names(struct lookup_list *list);
void lookup_find_name(const struct lookup_list *list, const char *text,
    struct lookup_result *result);

/* lookup_licence.c */
void lookup_add_licence(
    struct lookup_list *list, const char *licence, size_t entry);
void lookup_find_licence(const struct lookup_list *list, const char *text,
    struct lookup_result *result);

/* Room for one more in an array that doubles. */
void *lookup_room(void *block, size_t count, size_t *room, size_t size);

#endif
