#include "locales/kept_po.h"

#include <ctype.h>

#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"

enum { PO_MOST_BYTES = 16 << 20 };

/* What a line is, by its beginning. */
enum line_kind {
	LINE_BLANK,
	LINE_PART, /* of the entry's part `part` */
	LINE_STRING, /* "...", which goes on with the part before */
	LINE_WRONG,
};

struct reading {
	struct kept_po *file;
	struct po_entry *entry; /* being read, or NULL */
	enum po_part part; /* the last line's */
	int has_part; /* there was one in this entry */
	int line;
	int complaints;
};

static void
complain(struct reading *reading, const char *what)
{
	log_err("%s:%d: %s", reading->file->path, reading->line, what);
	reading->complaints++;
}

static int
starts_with(const char *line, const char *beginning)
{
	return (strncmp(line, beginning, strlen(beginning)) == 0);
}

/* -- strings ---------------------------------------------------------------- */

static int
unescape(int byte)
{
	switch (byte) {
	case 'n':
		return ('\n');
	case 't':
		return ('\t');
	case 'r':
		return ('\r');
	default:
		return (byte);
	}
}

/* Adds what stands between the quotation marks of one line: 1, or 0 when it is
 * not such a line. */
static int
add_string(const char *line, struct text *out)
{
	const char *at = strchr(line, '"');

	if (at == NULL)
		return (0);
	for (at++; *at != '"'; at++) {
		if (*at == '\0')
			return (0);
		if (*at == '\\' && at[1] != '\0')
			text_add_byte(out, unescape((unsigned char)*++at));
		else
			text_add_byte(out, (unsigned char)*at);
	}
	at++;
	return (at[strspn(at, " \t\r")] == '\0');
}

/* The text of a part: all its strings, those of `keyword` where a part has
 * several keywords ("#| msgctxt" and "#| msgid"). */
static int
read_part(struct text *lines, const char *keyword, char **value_r)
{
	char *copy = memory_copy(text_string(lines));
	char *rest = copy;
	struct text value = { 0 };
	int is_ours = 0;
	int is_good = 1;

	for (char *line = strsep(&rest, "\n"); line != NULL;
	     line = strsep(&rest, "\n")) {
		if (starts_with(line, "#|"))
			line += 2;
		line += strspn(line, " \t");
		if (*line != '"')
			is_ours = starts_with(line, keyword);
		if (is_ours && *line != '\0')
			is_good &= add_string(line, &value);
	}
	free(copy);
	*value_r = text_take(&value);
	return (is_good);
}

/* -- entries ---------------------------------------------------------------- */

int
po_comments_say_unneeded(const char *comments)
{
	const size_t length = strlen(po_unneeded_comment);

	while (*comments != '\0') {
		size_t line = strcspn(comments, "\n");
		size_t front = strspn(comments, "# \t");

		if (front < line &&
		    strncasecmp(
			comments + front, po_unneeded_comment, length) == 0) {
			const char *end = comments + front + length;

			if (end[strspn(end, " \t\r.")] == '\n' ||
			    end[strspn(end, " \t\r.")] == '\0')
				return (1);
		}
		comments += line + (comments[line] == '\n');
	}
	return (0);
}

static int
has_flag(const char *flags, const char *flag)
{
	const char *found = strstr(flags, flag);

	return (found != NULL && strchr(" ,\t", found[-1]) != NULL &&
	    strchr(" ,\t\r\n", found[strlen(flag)]) != NULL);
}

static void
understand(struct reading *reading, struct po_entry *entry)
{
	int is_good = 1;

	if (entry->parts[PO_CONTEXT].length > 0)
		is_good &=
		    read_part(&entry->parts[PO_CONTEXT], "msgctxt", &entry->id);
	is_good &= read_part(&entry->parts[PO_SOURCE], "msgid", &entry->source);
	is_good &= read_part(
	    &entry->parts[PO_TRANSLATION], "msgstr", &entry->translation);
	if (strstr(text_string(&entry->parts[PO_PREVIOUS]), "msgid") != NULL)
		is_good &= read_part(
		    &entry->parts[PO_PREVIOUS], "msgid", &entry->previous);
	entry->is_fuzzy =
	    has_flag(text_string(&entry->parts[PO_FLAGS]), "fuzzy");
	entry->is_unneeded =
	    po_comments_say_unneeded(text_string(&entry->parts[PO_COMMENTS]));
	if (!is_good)
		complain(reading, "a quotation mark is missing in this entry");
}

/* The entry is over: what it says is read from its lines. */
static void
end_entry(struct reading *reading)
{
	struct po_entry *entry = reading->entry;

	reading->has_part = 0;
	if (entry == NULL || entry->source != NULL || entry->is_loose)
		return;
	if (entry->parts[PO_SOURCE].length == 0 &&
	    entry->parts[PO_CONTEXT].length == 0 &&
	    entry->parts[PO_TRANSLATION].length == 0) {
		entry->is_loose = 1;
		return;
	}
	if (entry->parts[PO_SOURCE].length == 0)
		complain(reading, "an entry has no msgid");
	else if (entry->parts[PO_TRANSLATION].length == 0)
		complain(reading, "an entry has no msgstr");
	else
		understand(reading, entry);
}

static void
begin_entry(struct reading *reading)
{
	struct kept_po *file = reading->file;

	end_entry(reading);
	file->list = memory_grow(
	    file->list, file->count, file->count + 1, sizeof(*file->list));
	reading->entry = memory_new(1, sizeof(*reading->entry));
	reading->entry->line = reading->line;
	file->list[file->count++] = reading->entry;
}

static enum line_kind
comment_kind(const char *line, enum po_part *part_r)
{
	static const char *const marks[] = { [PO_NOTES] = "#.",
		[PO_REFERENCES] = "#:",
		[PO_FLAGS] = "#,",
		[PO_PREVIOUS] = "#|" };

	*part_r = PO_COMMENTS;
	for (enum po_part part = PO_NOTES; part <= PO_PREVIOUS; part++)
		if (starts_with(line, marks[part]))
			*part_r = part;
	return (LINE_PART);
}

static enum line_kind
line_kind(const char *line, enum po_part *part_r)
{
	static const char *const keywords[] = { [PO_CONTEXT] = "msgctxt",
		[PO_SOURCE] = "msgid",
		[PO_TRANSLATION] = "msgstr" };

	if (*line == '#')
		return (comment_kind(line, part_r));
	line += strspn(line, " \t");
	if (line[strspn(line, "\r")] == '\0')
		return (LINE_BLANK);
	if (*line == '"')
		return (LINE_STRING);
	for (enum po_part part = PO_CONTEXT; part <= PO_TRANSLATION; part++) {
		size_t length = strlen(keywords[part]);

		if (!starts_with(line, keywords[part]) ||
		    strchr(" \t\"", line[length]) == NULL)
			continue;
		*part_r = part;
		return (LINE_PART);
	}
	return (LINE_WRONG);
}

static int
begins_new_entry(const struct reading *reading, enum po_part part)
{
	const struct po_entry *entry = reading->entry;

	return (entry == NULL || entry->gap.length > 0 ||
	    (reading->has_part && reading->part == PO_TRANSLATION &&
		part != PO_TRANSLATION));
}

static void
take_part(struct reading *reading, const char *line, const char *raw,
    enum po_part part)
{
	struct po_entry *entry;

	if (begins_new_entry(reading, part))
		begin_entry(reading);
	entry = reading->entry;
	if (raw != line)
		entry->is_obsolete = 1;
	if (part >= PO_CONTEXT && !reading->has_part)
		entry->line = reading->line;
	if (part >= PO_CONTEXT && entry->parts[part].length > 0)
		complain(reading, "the same word stands twice in one entry");
	reading->part = part;
	reading->has_part |= part >= PO_CONTEXT;
	text_printf(&entry->parts[part], "%s\n", line);
	text_printf(&entry->raw, "%s\n", raw);
}

static void
take_blank(struct reading *reading, const char *line)
{
	if (reading->entry == NULL)
		begin_entry(reading);
	end_entry(reading);
	text_printf(&reading->entry->gap, "%s\n", line);
}

/* A line of an obsolete entry as it was before: `#~| msgid` is `#| msgid`. */
static void
undo_obsolete(char *line)
{
	char *to = line;
	char *from = line + 2;

	if (*from == '|')
		*to++ = '#';
	else
		from += strspn(from, " ");
	memmove(to, from, strlen(from) + 1);
}

static void
take_line(struct reading *reading, const char *raw)
{
	char *line = memory_copy(raw);
	const char *seen = line;
	enum po_part part = PO_COMMENTS;

	if (starts_with(line, "#~"))
		undo_obsolete(line);
	else
		seen = raw;
	switch (line_kind(line, &part)) {
	case LINE_BLANK:
		take_blank(reading, raw);
		break;
	case LINE_PART:
		take_part(reading, seen, raw, part);
		break;
	case LINE_STRING:
		if (reading->entry != NULL && reading->entry->gap.length == 0 &&
		    reading->has_part)
			text_printf(&reading->entry->parts[reading->part],
			    "%s\n", line);
		else
			complain(reading, "a text belongs to no entry");
		if (reading->entry != NULL)
			text_printf(&reading->entry->raw, "%s\n", raw);
		break;
	case LINE_WRONG:
		complain(reading,
		    "this is neither a comment nor msgctxt, msgid or msgstr"
		    " (plural forms are not used here)");
		break;
	}
	free(line);
}

/* A last line without a newline stays so. */
static void
cut_last_newline(struct kept_po *file)
{
	struct po_entry *last;

	if (file->count == 0)
		return;
	last = file->list[file->count - 1];
	if (last->gap.length > 0)
		text_cut(&last->gap, last->gap.length - 1);
	else
		text_cut(&last->raw, last->raw.length - 1);
}

enum outcome
kept_po_parse(const char *path, const char *content, struct kept_po **file_r)
{
	struct kept_po *file = memory_new(1, sizeof(*file));
	struct reading reading = { .file = file };
	size_t length = strlen(content);

	file->path = memory_copy(path);
	for (const char *at = content; *at != '\0';) {
		size_t line_length = strcspn(at, "\n");
		struct text line = { 0 };

		text_add_bytes(&line, at, line_length);
		reading.line++;
		take_line(&reading, text_string(&line));
		text_free(&line);
		at += line_length + (at[line_length] == '\n');
	}
	end_entry(&reading);
	if (length > 0 && content[length - 1] != '\n' && !reading.complaints)
		cut_last_newline(file);
	if (reading.complaints > 0) {
		kept_po_free(file);
		return (REFUSED);
	}
	*file_r = file;
	return (DONE);
}

enum outcome
kept_po_read(const char *path, struct kept_po **file_r)
{
	struct text content = { 0 };
	enum outcome outcome = file_read(path, PO_MOST_BYTES, &content);

	if (outcome == DONE &&
	    strlen(text_string(&content)) != content.length) {
		log_err("%s:1: it holds a NUL, so it is no PO file", path);
		outcome = REFUSED;
	}
	if (outcome == DONE)
		outcome = kept_po_parse(path, text_string(&content), file_r);
	text_free(&content);
	return (outcome);
}

void
kept_po_free(struct kept_po *file)
{
	if (file == NULL)
		return;
	for (size_t i = 0; i < file->count; i++)
		po_entry_free(file->list[i]);
	free(file->list);
	free(file->path);
	free(file);
}

/* -- asking ----------------------------------------------------------------- */

static int
is_of(const struct po_entry *entry, const char *id, const char *source)
{
	return (!entry->is_loose && !entry->is_obsolete && entry->id != NULL &&
	    strcmp(entry->id, id) == 0 &&
	    (source == NULL || strcmp(entry->source, source) == 0));
}

/* Whoever asks goes through a template in nearly the order of the file, so the
 * search goes on where it last found something. */
struct po_entry *
kept_po_find(struct kept_po *file, const char *id, const char *source)
{
	for (size_t i = 0; i < file->count; i++) {
		size_t place = (file->cursor + i) % file->count;

		if (!is_of(file->list[place], id, source))
			continue;
		file->cursor = place;
		return (file->list[place]);
	}
	return (NULL);
}

enum po_state
po_entry_state(const struct po_entry *entry)
{
	if (entry->is_fuzzy)
		return (entry->previous != NULL ? PO_STALE : PO_FUZZY);
	if (entry->translation[0] != '\0')
		return (PO_TRANSLATED);
	return (entry->is_unneeded ? PO_UNNEEDED : PO_MISSING);
}

const char *
po_state_name(enum po_state state)
{
	static const char *const names[PO_STATE_COUNT] = {
		[PO_MISSING] = "missing",
		[PO_FUZZY] = "fuzzy",
		[PO_STALE] = "stale",
		[PO_TRANSLATED] = "translated",
		[PO_UNNEEDED] = "not needed",
	};

	return (names[state]);
}

static const struct po_entry *
find_header(const struct kept_po *file)
{
	for (size_t i = 0; i < file->count; i++)
		if (!file->list[i]->is_loose && !file->list[i]->is_obsolete &&
		    file->list[i]->id == NULL &&
		    file->list[i]->source[0] == '\0')
			return (file->list[i]);
	return (NULL);
}

char *
kept_po_header(const struct kept_po *file, const char *name)
{
	const struct po_entry *header = find_header(file);
	const char *at = header != NULL ? header->translation : "";
	const size_t length = strlen(name);
	struct text value = { 0 };

	while (*at != '\0') {
		size_t line = strcspn(at, "\n");

		if (line > length && at[length] == ':' &&
		    strncmp(at, name, length) == 0) {
			const char *from = at + length + 1;

			from += strspn(from, " \t");
			text_add_bytes(
			    &value, from, (size_t)(at + line - from));
			while (value.length > 0 &&
			    isspace(
				(unsigned char)value.bytes[value.length - 1]))
				text_cut(&value, value.length - 1);
			break;
		}
		at += line + (at[line] == '\n');
	}
	return (text_take(&value));
}
