#include "locales/read_po.h"

#include <errno.h>
#include <gettext-po.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/text/utf8.h"
#include "locales/kept_po.h"

enum { PO_MOST_BYTES = 16 << 20 };

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

/* libgettextpo hands its handler no context, so the file being read stands
 * here for the time of one call. */
static struct po_reading *current;

void
po_complain(struct po_reading *reading, size_t line, const char *format, ...)
{
	va_list arguments;
	char *made = NULL;

	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		abort();
	va_end(arguments);
	log_err("%s:%zu: %s", reading->path, line, made);
	free(made);
	reading->complaints++;
}

/* -- what libgettextpo complains about -------------------------------------- */

/* The one severity that "must not return" is sent when a file had errors, as a
 * last word after parsing; returning from it is what lets us read on and tell
 * of the next file.  (Jumping out of it leaves the parser's counter standing,
 * and every later file would fail.)  Out of memory exits by itself. */
static void
on_message(int severity, po_message_t message, const char *file, size_t line,
    size_t column, int is_multiline, const char *words)
{
	int has_line = file != NULL && line != (size_t)-1;
	char *first;

	(void)message;
	(void)column;
	(void)is_multiline;
	if (severity == PO_SEVERITY_WARNING)
		return;
	if (severity == PO_SEVERITY_FATAL_ERROR && file == NULL &&
	    current->complaints > 0)
		return;
	/* It complains byte by byte. */
	if (has_line && line == current->last_line)
		return;
	current->last_line = has_line ? line : 0;
	first = memory_copy(words);
	first[strcspn(first, "\n")] = '\0';
	po_complain(current, has_line ? line : 1, "%s", first);
	free(first);
}

static void
on_two_messages(int severity, po_message_t message1, const char *file1,
    size_t line1, size_t column1, int is_multiline1, const char *words1,
    po_message_t message2, const char *file2, size_t line2, size_t column2,
    int is_multiline2, const char *words2)
{
	(void)message2;
	(void)column2;
	(void)is_multiline2;
	(void)words2;
	on_message(
	    severity, message1, file1, line1, column1, is_multiline1, words1);
	if (severity != PO_SEVERITY_WARNING && file2 != NULL)
		po_complain(current, line2, "it stands here as well");
}

static const struct po_xerror_handler handler = {
	.xerror = on_message,
	.xerror2 = on_two_messages,
};

/* -- the copy it reads ------------------------------------------------------ */

static size_t
line_at(const char *content, size_t place)
{
	size_t line = 1;

	for (size_t i = 0; i < place; i++)
		line += content[i] == '\n';
	return (line);
}

static int
bytes_are_good(struct po_reading *reading)
{
	const char *content = text_string(&reading->content);
	size_t length = reading->content.length;
	size_t good = utf8_valid_bytes(content, length);

	if (good < length) {
		po_complain(reading, line_at(content, good),
		    "this line is not UTF-8; save the file as UTF-8");
		return (0);
	}
	if (strlen(content) < length) {
		po_complain(reading, line_at(content, strlen(content)),
		    "there is a NUL in this line, so this is no PO file");
		return (0);
	}
	return (1);
}

size_t
po_line_of_field(const struct po_reading *reading, const char *name)
{
	const char *content = text_string(&reading->content);
	size_t name_length = strlen(name);
	size_t line = 1;

	for (const char *at = content; *at != '\0'; line++) {
		if (at[0] == '"' && strncmp(at + 1, name, name_length) == 0 &&
		    at[1 + name_length] == ':')
			return (line);
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
	return (1);
}

/* Takes the charset out of the header, the first entry. */
static int
take_charset(struct po_reading *reading)
{
	static const char name[] = "charset=";
	char *content = reading->content.bytes;
	const char *end = content != NULL ? strstr(content, "\n\n") : NULL;
	char *charset =
	    content != NULL ? strcasestr(content, "charset=utf-8") : NULL;

	if (charset == NULL) {
		po_complain(reading, po_line_of_field(reading, "Content-Type"),
		    "the header must say Content-Type: text/plain;"
		    " charset=UTF-8");
		return (0);
	}
	/* Elsewhere it could be somebody's text: slow, but read as it is. */
	if (end == NULL || charset < end)
		charset[sizeof(name) - 2] = ':';
	return (1);
}

/* The notes ("#.") and places ("#:") of a file become blank lines, so that all
 * others keep their number. */
static void
take_notes(struct text *content)
{
	const char *from = content->bytes;
	const char *end = from + content->length;
	char *to = content->bytes;

	while (from < end) {
		const char *newline = memchr(from, '\n', (size_t)(end - from));
		const char *next = newline != NULL ? newline + 1 : end;

		if (newline != NULL && from[0] == '#' &&
		    (from[1] == '.' || from[1] == ':'))
			from = newline;
		memmove(to, from, (size_t)(next - from));
		to += next - from;
		from = next;
	}
	text_cut(content, (size_t)(to - content->bytes));
}

static int
write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(fd, bytes, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return (0);
		bytes += written;
		length -= (size_t)written;
	}
	return (1);
}

/* The library takes nothing but the name of a file. */
static po_file_t
read_copy(struct po_reading *reading)
{
	char path[sizeof("/proc/self/fd/") + 3 * sizeof(int)];
	int fd = memfd_create("translations", MFD_CLOEXEC);
	po_file_t file = NULL;

	if (fd < 0 ||
	    !write_all(fd, reading->content.bytes, reading->content.length)) {
		po_complain(reading, 1, "it cannot be copied to be read: %s",
		    strerror(errno));
	} else {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
		file = po_file_read(path, &handler);
		if (file == NULL)
			po_complain(reading, 1, "it cannot be read: %s",
			    strerror(errno));
	}
	if (fd >= 0)
		close(fd);
	return (file);
}

/* -- the entries ------------------------------------------------------------ */

/* The header is the entry without an id.  po_file_domain_header() would hand
 * out a copy that nobody may free. */
static void
take_message(struct po_reading *reading, po_message_t message)
{
	struct po_read_entry entry = {
		.id = po_message_msgctxt(message),
		.source = po_message_msgid(message),
		.translation = po_message_msgstr(message),
		.is_fuzzy = po_message_is_fuzzy(message),
	};

	entry.is_stale =
	    entry.is_fuzzy && po_message_prev_msgid(message) != NULL;
	entry.is_unneeded = entry.translation[0] == '\0' &&
	    po_comments_say_unneeded(po_message_comments(message));
	reading->take(reading, &entry);
}

static void
take_messages(struct po_reading *reading, po_file_t file)
{
	po_message_iterator_t iterator = po_message_iterator(file, NULL);
	po_message_t message;

	while ((message = po_next_message(iterator)) != NULL) {
		if (!po_message_is_obsolete(message))
			take_message(reading, message);
		/* po_file_free() of 0.21 forgets to free these. */
		po_message_set_msgctxt(message, NULL);
	}
	po_message_iterator_free(iterator);
}

enum outcome
po_read(struct po_reading *reading)
{
	enum outcome outcome =
	    file_read(reading->path, PO_MOST_BYTES, &reading->content);
	po_file_t file;

	if (outcome == NOTHING)
		po_complain(reading, 1, "there is no such file");
	if (outcome != DONE)
		return (REFUSED);
	if (!bytes_are_good(reading) || !take_charset(reading))
		return (REFUSED);
	take_notes(&reading->content);
	current = reading;
	file = read_copy(reading);
	current = NULL;
	if (file == NULL)
		return (REFUSED);
	if (reading->complaints == 0)
		take_messages(reading, file);
	po_file_free(file);
	return (reading->complaints == 0 ? DONE : REFUSED);
}

/* libgettextpo does not tell where an entry stands, so the reader that keeps
 * all lines is asked. */
size_t
po_line_of(const struct po_reading *reading, const struct po_read_entry *entry)
{
	struct kept_po *file = NULL;
	size_t line = 1;

	if (kept_po_parse(
		reading->path, text_string(&reading->content), &file) != DONE)
		return (line);
	for (size_t i = 0; i < file->count; i++) {
		const struct po_entry *kept = file->list[i];

		if (kept->is_loose || kept->is_obsolete ||
		    (kept->id == NULL) != (entry->id == NULL) ||
		    (entry->id != NULL && strcmp(kept->id, entry->id) != 0) ||
		    strcmp(kept->source, entry->source) != 0)
			continue;
		line = (size_t)kept->line;
		break;
	}
	kept_po_free(file);
	return (line);
}
