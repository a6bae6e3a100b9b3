/* Entries of a PO file changed and written; see kept_po.h. */
#include "gateway/base/memory.h"
#include "locales/kept_po.h"

const char po_unneeded_comment[] = "no translation needed";

/* -- writing ---------------------------------------------------------------- */

static void
add_escaped(struct text *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '"' || text[i] == '\\')
			text_add_byte(out, '\\');
		if (text[i] == '\n')
			text_add(out, "\\n");
		else if (text[i] == '\t')
			text_add(out, "\\t");
		else
			text_add_byte(out, (unsigned char)text[i]);
	}
}

/* A text of several lines begins with "" and has a line each, as every PO
 * program writes it; others stand on one line, however long. */
void
po_add_quoted(
    struct text *out, const char *prefix, const char *keyword, const char *text)
{
	const char *newline = strchr(text, '\n');

	text_printf(out, "%s%s ", prefix, keyword);
	if (newline == NULL || newline[1] == '\0') {
		text_add_byte(out, '"');
		add_escaped(out, text, strlen(text));
		text_add(out, "\"\n");
		return;
	}
	text_add(out, "\"\"\n");
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");

		length += text[length] == '\n';
		text_printf(out, "%s\"", prefix);
		add_escaped(out, text, length);
		text_add(out, "\"\n");
		text += length;
	}
}

/* Lines with "#~ " before each, or "#~|" for what was "#|". */
static void
add_obsolete(struct text *out, const struct text *lines)
{
	const char *at = text_string(lines);

	while (*at != '\0') {
		size_t length = strcspn(at, "\n");

		if (at[0] == '#' && at[1] == '|')
			text_printf(out, "#~%.*s\n", (int)length - 1, at + 1);
		else
			text_printf(out, "#~ %.*s\n", (int)length, at);
		at += length + (at[length] == '\n');
	}
}

static void
write_entry(const struct po_entry *entry, struct text *out)
{
	if (!entry->is_changed || entry->is_loose) {
		text_add_bytes(
		    out, text_string(&entry->raw), entry->raw.length);
	} else {
		for (int i = 0; i < PO_PART_COUNT; i++) {
			if (i >= PO_PREVIOUS && entry->is_obsolete)
				add_obsolete(out, &entry->parts[i]);
			else
				text_add(out, text_string(&entry->parts[i]));
		}
	}
	text_add(out, text_string(&entry->gap));
}

/* Between two entries stands a blank line, which the last one of a file that
 * gets another behind it may not have. */
static void
part_from_next(struct text *out, const struct po_entry *entry)
{
	if (entry->gap.length > 0 || out->length == 0)
		return;
	if (out->bytes[out->length - 1] != '\n')
		text_add_byte(out, '\n');
	text_add_byte(out, '\n');
}

void
kept_po_write(const struct kept_po *file, struct text *out)
{
	for (size_t i = 0; i < file->count; i++) {
		write_entry(file->list[i], out);
		if (i + 1 < file->count &&
		    (file->list[i]->is_changed ||
			file->list[i + 1]->is_changed))
			part_from_next(out, file->list[i]);
	}
}

/* -- changing --------------------------------------------------------------- */

struct po_entry *
po_entry_new(const char *id, const char *source)
{
	struct po_entry *entry = memory_new(1, sizeof(*entry));

	entry->id = memory_copy(id);
	entry->source = memory_copy("");
	entry->translation = memory_copy("");
	po_add_quoted(&entry->parts[PO_CONTEXT], "", "msgctxt", id);
	po_entry_set_source(entry, source);
	po_add_quoted(&entry->parts[PO_TRANSLATION], "", "msgstr", "");
	entry->is_changed = 1;
	return (entry);
}

void
po_entry_free(struct po_entry *entry)
{
	for (int i = 0; i < PO_PART_COUNT; i++)
		text_free(&entry->parts[i]);
	text_free(&entry->raw);
	text_free(&entry->gap);
	free(entry->id);
	free(entry->source);
	free(entry->translation);
	free(entry->previous);
	free(entry);
}

/* Puts these lines in place of a part's, if they are others. */
static void
set_part(struct po_entry *entry, enum po_part part, struct text *lines)
{
	if (strcmp(text_string(&entry->parts[part]), text_string(lines)) != 0)
		entry->is_changed = 1;
	text_free(&entry->parts[part]);
	entry->parts[part] = *lines;
	*lines = (struct text){ 0 };
}

/* Each line of `words` with a mark before it. */
static void
set_marked(struct po_entry *entry, enum po_part part, const char *mark,
    const char *words)
{
	struct text lines = { 0 };

	while (*words != '\0') {
		size_t length = strcspn(words, "\n");

		text_printf(&lines, "%s %.*s\n", mark, (int)length, words);
		words += length + (words[length] == '\n');
	}
	set_part(entry, part, &lines);
}

void
po_entry_set_notes(struct po_entry *entry, const char *note)
{
	set_marked(entry, PO_NOTES, "#.", note);
}

void
po_entry_set_reference(struct po_entry *entry, const char *reference)
{
	set_marked(entry, PO_REFERENCES, "#:", reference);
}

void
po_entry_set_source(struct po_entry *entry, const char *source)
{
	struct text lines = { 0 };

	if (strcmp(entry->source, source) == 0 &&
	    entry->parts[PO_SOURCE].length > 0)
		return;
	po_add_quoted(&lines, "", "msgid", source);
	set_part(entry, PO_SOURCE, &lines);
	free(entry->source);
	entry->source = memory_copy(source);
}

void
po_entry_set_translation(struct po_entry *entry, const char *translation)
{
	struct text lines = { 0 };

	if (strcmp(entry->translation, translation) == 0)
		return;
	po_add_quoted(&lines, "", "msgstr", translation);
	set_part(entry, PO_TRANSLATION, &lines);
	free(entry->translation);
	entry->translation = memory_copy(translation);
}

void
po_entry_set_previous(struct po_entry *entry, const char *source)
{
	struct text lines = { 0 };
	char *copy = source != NULL ? memory_copy(source) : NULL;

	if (source != NULL) {
		/* The msgctxt is as it was, and said again as gettext does. */
		po_add_quoted(&lines, "#| ", "msgctxt", entry->id);
		po_add_quoted(&lines, "#| ", "msgid", source);
	}
	set_part(entry, PO_PREVIOUS, &lines);
	free(entry->previous);
	entry->previous = copy;
}

/* The flags without "fuzzy"; others stay. */
static void
add_other_flags(const char *flags, struct text *out)
{
	char *copy = memory_copy(flags);
	char *rest = copy;

	for (char *flag = strsep(&rest, ",\n"); flag != NULL;
	     flag = strsep(&rest, ",\n")) {
		size_t length;

		flag += strspn(flag, "# \t\r");
		length = strcspn(flag, " \t\r");
		flag[length] = '\0';
		if (length > 0 && strcmp(flag, "fuzzy") != 0)
			text_printf(out, ", %s", flag);
	}
	free(copy);
}

void
po_entry_set_fuzzy(struct po_entry *entry, int is_fuzzy)
{
	struct text flags = { 0 };
	struct text line = { 0 };

	if (entry->is_fuzzy == is_fuzzy)
		return;
	if (is_fuzzy)
		text_add(&flags, ", fuzzy");
	add_other_flags(text_string(&entry->parts[PO_FLAGS]), &flags);
	if (flags.length > 0)
		text_printf(&line, "#%s\n", text_string(&flags));
	set_part(entry, PO_FLAGS, &line);
	text_free(&flags);
	entry->is_fuzzy = is_fuzzy;
}

void
po_entry_set_obsolete(struct po_entry *entry, int is_obsolete)
{
	if (entry->is_obsolete == is_obsolete)
		return;
	entry->is_obsolete = is_obsolete;
	entry->is_changed = 1;
	if (is_obsolete) {
		po_entry_set_notes(entry, "");
		po_entry_set_reference(entry, "");
	}
}

void
po_entry_set_unneeded(struct po_entry *entry, int is_unneeded)
{
	struct text lines = { 0 };
	const char *at = text_string(&entry->parts[PO_COMMENTS]);

	if (entry->is_unneeded == is_unneeded)
		return;
	while (*at != '\0') {
		size_t length = strcspn(at, "\n");
		struct text line = { 0 };

		text_add_bytes(&line, at, length);
		if (!po_comments_say_unneeded(text_string(&line)))
			text_printf(&lines, "%s\n", text_string(&line));
		text_free(&line);
		at += length + (at[length] == '\n');
	}
	if (is_unneeded)
		text_printf(&lines, "# %s\n", po_unneeded_comment);
	set_part(entry, PO_COMMENTS, &lines);
	entry->is_unneeded = is_unneeded;
}
