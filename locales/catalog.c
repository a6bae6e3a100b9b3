#include "locales/catalog.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <gettext-po.h>
#include <stdint.h>
#include <sys/stat.h>

#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/text.h"
#include "locales/fit.h"
#include "locales/kept_po.h"

enum { LANGUAGES_MOST = 200 };

struct entry {
	char *id;
	char *source;
	char *translation;
	uint32_t hash;
};

struct language {
	struct catalog_language facts; /* points into the strings below */
	char *tag;
	char *script;
	char *review;
	struct review signed_by;
	char *file;
	struct entry *entries;
	size_t entry_count;
	uint32_t *slots; /* entry number + 1, by hash of the id */
	size_t slot_count; /* a power of two, at least twice the entries */
};

struct catalog {
	struct language *languages;
	size_t language_count;
	int complaints;
};

/* libgettextpo hands its handler no context, so the file being read stands
 * here for the time of one call.  catalog_load() is not reentrant. */
static struct reading {
	const char *file;
	int complaints;
	size_t last_line; /* libgettextpo complains byte by byte */
} reading;

#ifdef SANITIZED
/* The lexer of libgettextpo 0.21 forgets the name of every file it has read,
 * that of libconfig 1.5 a text next to a syntax error: a few bytes a reload,
 * which the leak check need not report. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return ("leak:libgettextpo\nleak:libconfig\n");
}

const char *__lsan_default_options(void);

const char *
__lsan_default_options(void)
{
	return ("print_suppressions=0");
}
#endif

static uint32_t
hash_of(const char *id)
{
	uint32_t hash = 2166136261u;

	for (; *id != '\0'; id++)
		hash = (hash ^ (unsigned char)*id) * 16777619u;
	return (hash);
}

static void __attribute__((format(printf, 2, 3)))
complain(size_t line, const char *format, ...)
{
	va_list arguments;
	char *made = NULL;

	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		abort();
	va_end(arguments);
	if (line > 0 && line != (size_t)-1)
		log_err("%s:%zu: %s", reading.file, line, made);
	else
		log_err("%s: %s", reading.file, made);
	free(made);
	reading.complaints++;
}

/* The one severity that "must not return" is sent when a file had errors, as a
 * last word after parsing; returning from it is what lets us read on and tell
 * of the next file.  (Jumping out of it leaves the parser's counter standing,
 * and every later file would fail.)  Out of memory exits by itself. */
static void
on_message(int severity, po_message_t message, const char *file, size_t line,
    size_t column, int is_multiline, const char *words)
{
	char *first;

	(void)message;
	(void)column;
	(void)is_multiline;
	if (severity == PO_SEVERITY_WARNING)
		return;
	if (severity == PO_SEVERITY_FATAL_ERROR && file == NULL &&
	    reading.complaints > 0)
		return;
	if (file != NULL && line == reading.last_line)
		return;
	reading.last_line = file != NULL ? line : 0;
	first = memory_copy(words);
	first[strcspn(first, "\n")] = '\0';
	complain(file != NULL ? line : 0, "%s", first);
	free(first);
}

static void
on_two_messages(int severity, po_message_t message1, const char *file1,
    size_t line1, size_t column1, int is_multiline1, const char *words1,
    po_message_t message2, const char *file2, size_t line2, size_t column2,
    int is_multiline2, const char *words2)
{
	(void)message2;
	(void)file2;
	(void)column2;
	(void)is_multiline2;
	(void)words2;
	on_message(
	    severity, message1, file1, line1, column1, is_multiline1, words1);
	if (severity != PO_SEVERITY_WARNING && file2 != NULL)
		complain(line2, "it stands here as well");
}

static const struct po_xerror_handler handler = {
	.xerror = on_message,
	.xerror2 = on_two_messages,
};

/* Where an entry stands, for a complaint.  libgettextpo keeps the line of the
 * source reference, not of the entry; so we look for the msgctxt ourselves. */
static size_t
line_of_entry(const char *content, const char *id)
{
	size_t line = 1;
	size_t length = strlen(id);

	for (const char *at = content; *at != '\0'; line++) {
		const char *end = at + strcspn(at, "\n");

		if (strncmp(at, "msgctxt \"", 9) == 0 &&
		    strncmp(at + 9, id, length) == 0 && at[9 + length] == '"')
			return (line);
		if (*end == '\0')
			break;
		at = end + 1;
	}
	return (0);
}

/* An entry whose translation is looked at. */
struct looked_at {
	const char *content;
	const char *id;
};

static void
tell_unfit(void *context, const char *what)
{
	const struct looked_at *entry = context;

	complain(line_of_entry(entry->content, entry->id),
	    "the translation of '%s' %s", entry->id, what);
}

static void
add_entry(struct language *language, const char *id, const char *source,
    const char *translation)
{
	struct entry *entry;

	language->entries =
	    memory_grow(language->entries, language->entry_count,
		language->entry_count + 1, sizeof(*language->entries));
	entry = &language->entries[language->entry_count++];
	entry->id = memory_copy(id);
	entry->source = memory_copy(source);
	entry->translation = memory_copy(translation);
	entry->hash = hash_of(id);
}

/* A gap: what the source stands in for, and somebody should look at. */
static void
count_gap(struct language *language, po_message_t message)
{
	language->facts.gaps++;
	if (!po_message_is_fuzzy(message))
		language->facts.missing++;
	else if (po_message_prev_msgid(message) != NULL)
		language->facts.stale++;
	else
		language->facts.fuzzy++;
}

static void
add_message(
    struct language *language, const char *content, po_message_t message)
{
	const char *id = po_message_msgctxt(message);
	const char *source = po_message_msgid(message);
	const char *translation = po_message_msgstr(message);
	struct looked_at looked_at = { content, id };

	if (id == NULL) {
		complain(0,
		    "the entry '%.60s' has no msgctxt, so nobody knows"
		    " which text it is",
		    source);
	} else if (!po_message_is_fuzzy(message) && translation[0] == '\0' &&
	    po_comments_say_unneeded(po_message_comments(message))) {
		language->facts.unneeded++;
		add_entry(language, id, source, source);
	} else if (po_message_is_fuzzy(message) || translation[0] == '\0') {
		count_gap(language, message);
	} else if (translation_fits(
		       source, translation, tell_unfit, &looked_at)) {
		language->facts.translated++;
		add_entry(language, id, source, translation);
	}
}

static void
index_entries(struct language *language)
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

/* A header field without the blanks around it; yours to free, never NULL. */
static char *
header_field(const char *header, const char *name)
{
	char *value = header != NULL ? po_header_field(header, name) : NULL;
	size_t length;

	if (value == NULL)
		return (memory_copy(""));
	length = strlen(value);
	while (length > 0 && isspace((unsigned char)value[length - 1]))
		value[--length] = '\0';
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
read_header(struct language *language, const char *header)
{
	char *written = header_field(header, "Language");

	if (strcmp(written, language->tag) != 0)
		complain(1,
		    "the header says Language: '%s' but the file's"
		    " name says '%s'",
		    written, language->tag);
	free(written);
	language->script = header_field(header, "X-Script");
	if (!script_is_good(language->script))
		complain(1,
		    "the header must say X-Script: with the script's"
		    " four letters, such as Latn or Deva");
	language->review = header_field(header, "X-Review");
	language->facts.script = language->script;
	language->facts.review = language->review;
	if (!review_read(language->review, &language->signed_by))
		log_warning("%s:1: X-Review: '%s' is not signed as \"%s: NAME,"
			    " YYYY-MM-DD\"; it counts as a draft",
		    reading.file, language->review,
		    review_state_name(REVIEW_NATIVE_CHECKED));
	language->facts.is_draft = language->signed_by.state == REVIEW_DRAFT;
	language->facts.review_state = language->signed_by.state;
	language->facts.reviewed_by = language->signed_by.by;
	language->facts.reviewed_on = language->signed_by.date;
}

/* The header is the entry without an id.  po_file_domain_header() would hand
 * out a copy that nobody may free. */
static int
is_header(po_message_t message)
{
	return (po_message_msgctxt(message) == NULL &&
	    po_message_msgid(message)[0] == '\0');
}

static void
read_messages(struct language *language, po_file_t file, const char *content)
{
	po_message_iterator_t iterator = po_message_iterator(file, NULL);
	int has_header = 0;
	po_message_t message;

	while ((message = po_next_message(iterator)) != NULL) {
		if (is_header(message)) {
			read_header(language, po_message_msgstr(message));
			has_header = 1;
		} else if (!po_message_is_obsolete(message)) {
			add_message(language, content, message);
		}
		/* po_file_free() of 0.21 forgets to free these. */
		po_message_set_msgctxt(message, NULL);
	}
	po_message_iterator_free(iterator);
	if (!has_header)
		read_header(language, NULL);
}

/* Asked for before parsing: with another charset every native letter would be
 * blamed. */
static int
says_utf8(const char *content)
{
	if (strcasestr(content, "charset=utf-8") != NULL)
		return (1);
	complain(
	    1, "the header must say Content-Type: text/plain; charset=UTF-8");
	return (0);
}

static void
read_language(struct language *language, const char *path)
{
	enum { MOST_BYTES = 16 << 20 };
	struct text content = { 0 };
	po_file_t file;

	reading = (struct reading){ .file = path };
	language->facts.tag = language->tag;
	if (file_read(path, MOST_BYTES, &content) != DONE) {
		complain(0, "it cannot be read");
		return;
	}
	if (!says_utf8(text_string(&content))) {
		text_free(&content);
		return;
	}
	file = po_file_read(path, &handler);
	if (file == NULL)
		complain(0, "it cannot be read");
	if (file != NULL && reading.complaints == 0)
		read_messages(language, file, text_string(&content));
	if (file != NULL)
		po_file_free(file);
	text_free(&content);
	index_entries(language);
}

static void
add_language(struct catalog *catalog, const char *folder, const char *name)
{
	struct language *language;

	catalog->languages =
	    memory_grow(catalog->languages, catalog->language_count,
		catalog->language_count + 1, sizeof(*catalog->languages));
	language = &catalog->languages[catalog->language_count++];
	language->tag = memory_copy(name);
	language->tag[strlen(name) - strlen(".po")] = '\0';
	language->file = file_path(folder, name);
	read_language(language, language->file);
	catalog->complaints += reading.complaints;
	reading = (struct reading){ 0 };
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
	index_entries(english);
}

static int
is_po_file(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return (entry->d_name[0] != '.' && length > 3 &&
	    strcmp(entry->d_name + length - 3, ".po") == 0 &&
	    strcmp(entry->d_name, "en.po") != 0);
}

enum outcome
catalog_load(const char *folder, struct catalog **catalog_r)
{
	struct catalog *catalog;
	struct dirent **names = NULL;
	int count = scandir(folder, &names, is_po_file, alphasort);

	if (count < 0) {
		log_err("cannot read the folder of translations '%s': %s",
		    folder, strerror(errno));
		return (REFUSED);
	}
	catalog = memory_new(1, sizeof(*catalog));
	add_english(catalog);
	for (int i = 0; i < count; i++) {
		if (i < LANGUAGES_MOST)
			add_language(catalog, folder, names[i]->d_name);
		free(names[i]);
	}
	free(names);
	if (catalog->complaints > 0) {
		catalog_free(catalog);
		return (REFUSED);
	}
	*catalog_r = catalog;
	return (DONE);
}

static void
free_language(struct language *language)
{
	for (size_t i = 0; i < language->entry_count; i++) {
		free(language->entries[i].id);
		free(language->entries[i].source);
		free(language->entries[i].translation);
	}
	free(language->entries);
	free(language->slots);
	free(language->tag);
	free(language->script);
	free(language->review);
	review_free(&language->signed_by);
	free(language->file);
}

void
catalog_free(struct catalog *catalog)
{
	if (catalog == NULL)
		return;
	for (size_t i = 0; i < catalog->language_count; i++)
		free_language(&catalog->languages[i]);
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

static const struct entry *
find_entry(const struct catalog *catalog, const char *tag, const char *id,
    const char *source)
{
	const struct language *language = find_language(catalog, tag);
	uint32_t hash;
	size_t slot;

	if (language == NULL || language->entry_count == 0)
		return (NULL);
	hash = hash_of(id);
	slot = hash & (language->slot_count - 1);
	for (; language->slots[slot] != 0;
	     slot = (slot + 1) & (language->slot_count - 1)) {
		const struct entry *entry =
		    &language->entries[language->slots[slot] - 1];

		if (entry->hash == hash && strcmp(entry->id, id) == 0 &&
		    strcmp(entry->source, source) == 0)
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
