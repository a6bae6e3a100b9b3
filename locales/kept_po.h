/* A PO file with all its bytes: for tools that change an entry and leave every
 * other byte as the translator's program wrote it.
 *
 * libgettextpo reads translations for the helpline (catalog.h), but it writes
 * a file anew: lines wrapped its way, entries sorted its way, and a translator
 * who compares two versions sees nothing but noise.  So here each entry keeps
 * its own lines; only one that was changed is written again, and of that only
 * the part that changed.  Plural forms are not read: no text of ours has any.
 *
 * Owns all its strings.  One process, one thread.
 */
#ifndef LOCALES_KEPT_PO_H
#define LOCALES_KEPT_PO_H

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

/* The lines of an entry by what they are, in the order they are written. */
enum po_part {
	PO_COMMENTS, /* "# " of the translator */
	PO_NOTES, /* "#." for the translator */
	PO_REFERENCES, /* "#:" where the text stands */
	PO_FLAGS, /* "#," fuzzy */
	PO_PREVIOUS, /* "#|" the source that was translated */
	PO_CONTEXT, /* msgctxt */
	PO_SOURCE, /* msgid */
	PO_TRANSLATION, /* msgstr */
	PO_PART_COUNT,
};

struct po_entry {
	struct text parts[PO_PART_COUNT]; /* whole lines, without "#~ " */
	struct text raw; /* all of it, as it was read */
	struct text gap; /* the blank lines behind it */
	char *id; /* msgctxt; NULL for the header */
	char *source;
	char *translation;
	char *previous; /* msgid of "#|"; NULL when there is none */
	int line; /* of its msgctxt or msgid */
	int is_fuzzy;
	int is_unneeded; /* see po_entry_set_unneeded() */
	int is_obsolete;
	int is_loose; /* no entry: comments at the end */
	int is_changed; /* raw is out of date */
};

struct kept_po {
	char *path;
	struct po_entry **list; /* each of its own, so that they stay put */
	size_t count;
	size_t cursor; /* where kept_po_find() found last */
};

/* How things stand with an entry. */
enum po_state {
	PO_MISSING,
	PO_FUZZY, /* somebody's or some program's guess */
	PO_STALE, /* fuzzy, since the source has changed */
	PO_TRANSLATED,
	PO_UNNEEDED, /* the source stands in, and that is right */
	PO_STATE_COUNT,
};

/*
 * Reads a file.
 *
 * DONE     *file_r is yours until kept_po_free()
 * NOTHING  there is no such file
 * REFUSED  it is no PO file; logged with file and line
 */
MUST_USE enum outcome kept_po_read(const char *path, struct kept_po **file_r);
/* The same from memory; `path` is what complaints name. */
MUST_USE enum outcome kept_po_parse(
    const char *path, const char *content, struct kept_po **file_r);
void kept_po_free(struct kept_po *file);

/* Adds the whole file: what was not changed comes out byte for byte. */
void kept_po_write(const struct kept_po *file, struct text *out);

/* The entry of this id and source, or with a source of NULL of this id; not
 * the obsolete ones.  NULL when there is none. */
struct po_entry *kept_po_find(
    struct kept_po *file, const char *id, const char *source);

enum po_state po_entry_state(const struct po_entry *entry);
/* "missing", "fuzzy", "stale", "translated", "not needed". */
const char *po_state_name(enum po_state state);

/* A field of the header ("X-Review"); yours to free, "" when not there. */
char *kept_po_header(const struct kept_po *file, const char *name);

/* -- changing an entry ------------------------------------------------------ */

/* A new one, empty but for these; `note` may be "". */
struct po_entry *po_entry_new(const char *id, const char *source);
void po_entry_free(struct po_entry *entry);

void po_entry_set_notes(struct po_entry *entry, const char *note);
void po_entry_set_reference(struct po_entry *entry, const char *reference);
void po_entry_set_source(struct po_entry *entry, const char *source);
void po_entry_set_translation(struct po_entry *entry, const char *translation);
/* NULL takes it away. */
void po_entry_set_previous(struct po_entry *entry, const char *source);
void po_entry_set_fuzzy(struct po_entry *entry, int is_fuzzy);
void po_entry_set_obsolete(struct po_entry *entry, int is_obsolete);

/* The comment "no translation needed", on a line of its own, says that the
 * English text is right in this language too (a name, a number): an empty
 * translation is then no gap.  A comment, since every program that writes PO
 * files keeps those, and most drop flags they do not know. */
extern const char po_unneeded_comment[];
void po_entry_set_unneeded(struct po_entry *entry, int is_unneeded);

/* 1 when one line of these translator's comments is that one. */
int po_comments_say_unneeded(const char *comments);

/* Adds `keyword "text"` as lines of a PO file, `prefix` before each. */
void po_add_quoted(struct text *out, const char *prefix, const char *keyword,
    const char *text);

#endif
