#include "locales/catalog.h"

#include <dirent.h>
#include <errno.h>

#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "locales/catalog_inside.h"

enum { LANGUAGES_MOST = 200 };

struct catalog {
	int ids_are_sources;
	struct language *languages;
	size_t language_count;
};

/* 1 when the file is right. */
static int
add_language(struct catalog *catalog, const char *folder, const char *name)
{
	char *path = file_path(folder, name);
	struct language *language;
	enum outcome outcome;

	catalog->languages =
	    memory_grow(catalog->languages, catalog->language_count,
		catalog->language_count + 1, sizeof(*catalog->languages));
	language = &catalog->languages[catalog->language_count++];
	language->ids_are_sources = catalog->ids_are_sources;
	language->tag = memory_copy(name);
	language->tag[strlen(name) - strlen(".po")] = '\0';
	outcome = language_read(language, path);
	free(path);
	return (outcome == DONE);
}

/* English is the source: it has no entries of its own and needs none. */
static void
add_english(struct catalog *catalog)
{
	struct language *english;

	catalog->languages = memory_new(1, sizeof(*catalog->languages));
	catalog->language_count = 1;
	english = &catalog->languages[0];
	english->tag = memory_copy("en");
	english->script = memory_copy("Latn");
	english->review = memory_copy("source");
	english->facts = (struct catalog_language){
		.tag = english->tag,
		.script = english->script,
		.review = english->review,
		.reviewed_by = "",
		.reviewed_on = "",
	};
	language_make_slots(english);
}

static int
is_po_file(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return (entry->d_name[0] != '.' && length > 3 &&
	    strcmp(entry->d_name + length - 3, ".po") == 0 &&
	    strcmp(entry->d_name, "en.po") != 0);
}

MUST_USE static enum outcome
load(const char *folder, int ids_are_sources, struct catalog **catalog_r)
{
	struct catalog *catalog;
	struct dirent **names = NULL;
	int count = scandir(folder, &names, is_po_file, alphasort);
	int wrong = 0;

	if (count < 0) {
		log_err("cannot read the folder of translations '%s': %s",
		    folder, strerror(errno));
		return (REFUSED);
	}
	catalog = memory_new(1, sizeof(*catalog));
	catalog->ids_are_sources = ids_are_sources;
	add_english(catalog);
	for (int i = 0; i < count; i++) {
		if (i < LANGUAGES_MOST)
			wrong |=
			    !add_language(catalog, folder, names[i]->d_name);
		free(names[i]);
	}
	free(names);
	if (wrong) {
		catalog_free(catalog);
		return (REFUSED);
	}
	*catalog_r = catalog;
	return (DONE);
}

enum outcome
catalog_load(const char *folder, struct catalog **catalog_r)
{
	return (load(folder, 0, catalog_r));
}

enum outcome
catalog_load_words(const char *folder, struct catalog **catalog_r)
{
	return (load(folder, 1, catalog_r));
}

void
catalog_free(struct catalog *catalog)
{
	if (catalog == NULL)
		return;
	for (size_t i = 0; i < catalog->language_count; i++)
		language_free(&catalog->languages[i]);
	free(catalog->languages);
	free(catalog);
}

size_t
catalog_language_count(const struct catalog *catalog)
{
	return (catalog->language_count);
}

const struct catalog_language *
catalog_language_at(const struct catalog *catalog, size_t index)
{
	return (&catalog->languages[index].facts);
}

static const struct language *
find_language(const struct catalog *catalog, const char *tag)
{
	for (size_t i = 0; i < catalog->language_count; i++)
		if (strcmp(catalog->languages[i].tag, tag) == 0)
			return (&catalog->languages[i]);
	return (NULL);
}

const struct catalog_language *
catalog_find_language(const struct catalog *catalog, const char *tag)
{
	const struct language *language = find_language(catalog, tag);

	return (language != NULL ? &language->facts : NULL);
}

/* What the helpline listens to is no translation of the English list: a word
 * more there must not make a language lose its own. */
static int
is_own_words(const char *id)
{
	return (strncmp(id, "keyword/", strlen("keyword/")) == 0 ||
	    strcmp(id, "language/name") == 0);
}

static const struct entry *
find_entry(const struct catalog *catalog, const char *tag, const char *id,
    const char *source)
{
	const struct language *language = find_language(catalog, tag);
	uint32_t hash;
	size_t slot;

	if (language == NULL || language->entry_count == 0)
		return (NULL);
	hash = language_hash(id);
	slot = hash & (language->slot_count - 1);
	for (; language->slots[slot] != 0;
	     slot = (slot + 1) & (language->slot_count - 1)) {
		const struct entry *entry =
		    &language->entries[language->slots[slot] - 1];

		if (entry->hash == hash && strcmp(entry->id, id) == 0 &&
		    (is_own_words(id) || strcmp(entry->source, source) == 0))
			return (entry);
	}
	return (NULL);
}

const char *
catalog_text(const struct catalog *catalog, const char *tag, const char *id,
    const char *source)
{
	const struct entry *entry = find_entry(catalog, tag, id, source);

	return (entry != NULL ? entry->translation : source);
}

int
catalog_has(const struct catalog *catalog, const char *tag, const char *id,
    const char *source)
{
	return (find_entry(catalog, tag, id, source) != NULL);
}
