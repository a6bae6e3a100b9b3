/* One PO file as a language of the catalog. */
#include <ctype.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "locales/catalog_inside.h"
#include "locales/fit.h"
#include "locales/read_po.h"

enum { ENTRIES_FIRST = 512 };

uint32_t
language_hash(const char *id)
{
	uint32_t hash = 2166136261u;

	for (; *id != '\0'; id++)
		hash = (hash ^ (unsigned char)*id) * 16777619u;
	return (hash);
}

/* -- entries ---------------------------------------------------------------- */

/* The strings of a file are shorter than the file, quotation marks and all. */
static const char *
keep_string(struct language *language, const char *string)
{
	size_t bytes = strlen(string) + 1;
	char *kept = language->strings + language->string_bytes;

	if (bytes > language->string_room - language->string_bytes)
		abort();
	memcpy(kept, string, bytes);
	language->string_bytes += bytes;
	return (kept);
}

static void
add_entry(struct language *language, const struct po_read_entry *read,
    const char *translation)
{
	struct entry *entry;

	if (language->entry_count == language->entry_room) {
		size_t room = language->entry_room > 0
		    ? 2 * language->entry_room
		    : ENTRIES_FIRST;

		language->entries = memory_grow(language->entries,
		    language->entry_room, room, sizeof(*language->entries));
		language->entry_room = room;
	}
	entry = &language->entries[language->entry_count++];
	entry->id = keep_string(language, read->id);
	entry->source = keep_string(language, read->source);
	entry->translation = translation == read->source
	    ? entry->source
	    : keep_string(language, translation);
	entry->hash = language_hash(read->id);
}

/* An entry whose translation is looked at. */
struct looked_at {
	const struct po_reading *reading;
	const struct po_read_entry *entry;
};

/* No reason to leave callers without a helpline: nobody reads the broken text,
 * and whoever checks or publishes the menus is told that it is an error. */
static void
tell_unfit(void *context, const char *what)
{
	const struct looked_at *looked_at = context;

	log_err("%s:%zu: the translation of '%s' %s (until then callers read"
		" the English text)",
	    looked_at->reading->path,
	    po_line_of(looked_at->reading, looked_at->entry),
	    looked_at->entry->id, what);
}

/* A gap: what the source stands in for, and somebody should look at. */
static void
count_gap(struct catalog_language *facts, const struct po_read_entry *entry)
{
	facts->gaps++;
	if (!entry->is_fuzzy)
		facts->missing++;
	else if (entry->is_stale)
		facts->stale++;
	else
		facts->fuzzy++;
}

static void
take_text(struct language *language, struct po_reading *reading,
    const struct po_read_entry *entry)
{
	struct looked_at looked_at = { reading, entry };
	struct catalog_language *facts = &language->facts;

	if (entry->is_unneeded && !entry->is_fuzzy) {
		facts->unneeded++;
		add_entry(language, entry, entry->source);
	} else if (entry->is_fuzzy || entry->translation[0] == '\0') {
		count_gap(facts, entry);
	} else if (translation_fits(entry->source, entry->translation,
		       tell_unfit, &looked_at)) {
		facts->translated++;
		add_entry(language, entry, entry->translation);
	} else {
		facts->gaps++;
		facts->unfit++;
	}
}

/* -- the header ------------------------------------------------------------- */

/* A field of the header without the blanks around it; yours to free, never
 * NULL. */
static char *
header_field(const char *header, const char *name)
{
	size_t name_length = strlen(name);
	const char *end;
	char *value;

	while (strncmp(header, name, name_length) != 0 ||
	    header[name_length] != ':') {
		header += strcspn(header, "\n");
		if (*header == '\0')
			return (memory_copy(""));
		header++;
	}
	header += name_length + 1;
	header += strspn(header, " \t");
	end = header + strcspn(header, "\n");
	while (end > header && isspace((unsigned char)end[-1]))
		end--;
	value = memory_new((size_t)(end - header) + 1, 1);
	memcpy(value, header, (size_t)(end - header));
	return (value);
}

static int
script_is_good(const char *script)
{
	return (strlen(script) == 4 && isupper((unsigned char)script[0]) &&
	    islower((unsigned char)script[1]) &&
	    islower((unsigned char)script[2]) &&
	    islower((unsigned char)script[3]));
}

static void
read_review(struct language *language, const struct po_reading *reading)
{
	struct catalog_language *facts = &language->facts;

	if (!review_read(language->review, &language->signed_by))
		log_warning("%s:%zu: X-Review: '%s' is not signed as \"%s:"
			    " NAME, YYYY-MM-DD\"; it counts as a draft",
		    reading->path, po_line_of_field(reading, "X-Review"),
		    language->review, review_state_name(REVIEW_NATIVE_CHECKED));
	facts->review = language->review;
	facts->is_draft = language->signed_by.state == REVIEW_DRAFT;
	facts->review_state = language->signed_by.state;
	facts->reviewed_by = language->signed_by.by;
	facts->reviewed_on = language->signed_by.date;
}

static void
read_header(
    struct language *language, struct po_reading *reading, const char *header)
{
	char *written = header_field(header, "Language");

	if (strcmp(written, language->tag) != 0)
		po_complain(reading, po_line_of_field(reading, "Language"),
		    "the header says Language: '%s' but the file's name says"
		    " '%s'",
		    written, language->tag);
	free(written);
	language->script = header_field(header, "X-Script");
	if (!script_is_good(language->script))
		po_complain(reading, po_line_of_field(reading, "X-Script"),
		    "the header must say X-Script: with the script's four"
		    " letters, such as Latn or Deva");
	language->facts.script = language->script;
	language->review = header_field(header, "X-Review");
	read_review(language, reading);
}

/* -- the file --------------------------------------------------------------- */

/* Words of pages have no msgctxt: the source is the id. */
static void
take_word(struct language *language, struct po_reading *reading,
    const struct po_read_entry *entry)
{
	struct po_read_entry word = *entry;

	word.id = entry->source;
	take_text(language, reading, &word);
}

static void
take_entry(struct po_reading *reading, const struct po_read_entry *entry)
{
	struct language *language = reading->context;

	if (language->strings == NULL) {
		/* A source that is an id as well is kept twice. */
		language->string_room = (language->ids_are_sources ? 2 : 1) *
			reading->content.length +
		    1;
		language->strings = memory_new(language->string_room, 1);
	}
	if (entry->id != NULL)
		take_text(language, reading, entry);
	else if (entry->source[0] != '\0' && language->ids_are_sources)
		take_word(language, reading, entry);
	else if (entry->source[0] != '\0')
		po_complain(reading, po_line_of(reading, entry),
		    "the entry '%.60s' has no msgctxt, so nobody knows which"
		    " text it is",
		    entry->source);
	else if (language->script == NULL)
		read_header(language, reading, entry->translation);
}

void
language_make_slots(struct language *language)
{
	language->slot_count = 16;
	while (language->slot_count < 2 * language->entry_count)
		language->slot_count *= 2;
	language->slots =
	    memory_new(language->slot_count, sizeof(*language->slots));
	for (size_t i = 0; i < language->entry_count; i++) {
		size_t slot =
		    language->entries[i].hash & (language->slot_count - 1);

		while (language->slots[slot] != 0)
			slot = (slot + 1) & (language->slot_count - 1);
		language->slots[slot] = (uint32_t)i + 1;
	}
}

enum outcome
language_read(struct language *language, const char *path)
{
	struct po_reading reading = {
		.path = path,
		.take = take_entry,
		.context = language,
	};
	enum outcome outcome;

	language->facts.tag = language->tag;
	outcome = po_read(&reading);
	/* An empty file has no header either. */
	if (outcome == DONE && language->script == NULL) {
		read_header(language, &reading, "");
		outcome = REFUSED;
	}
	language_make_slots(language);
	text_free(&reading.content);
	return (outcome);
}

void
language_free(struct language *language)
{
	free(language->strings);
	free(language->entries);
	free(language->slots);
	free(language->tag);
	free(language->script);
	free(language->review);
	review_free(&language->signed_by);
}
