#include "gateway/desk/facts_file.h"

#include <sys/stat.h>

#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"

enum { FACTS_FILE_MAX_BYTES = 1 << 20, NEW_MODE = 0644 };

static const char mark[] = "\xef\xbb\xbf"; /* spreadsheets write it first */

struct scanning {
	const char *bytes;
	size_t at;
	int line;
};

/* Reads one field and leaves `at` behind it; `cell` NULL only passes over. */
static void
scan_cell(struct scanning *scanning, struct facts_cell *cell)
{
	const char *bytes = scanning->bytes;
	size_t start = scanning->at;
	int is_quoted = bytes[start] == '"';
	size_t at = start + (size_t)is_quoted;
	struct text words = { 0 };

	for (; bytes[at] != '\0'; at++) {
		if (is_quoted && bytes[at] == '"' && bytes[at + 1] == '"')
			at++;
		else if (is_quoted ? bytes[at] == '"'
				   : strchr(",\r\n", bytes[at]) != NULL)
			break;
		scanning->line += bytes[at] == '\n';
		text_add_byte(&words, bytes[at]);
	}
	at += is_quoted && bytes[at] == '"';
	scanning->at = at;
	if (cell != NULL)
		*cell =
		    (struct facts_cell){ start, at - start, text_take(&words) };
	text_free(&words);
}

static void
scan_row(struct scanning *scanning, struct facts_row *row)
{
	row->line = scanning->line;
	for (;;) {
		int has_room = row->count < FACTS_FILE_COLUMNS_MOST;

		scan_cell(scanning, has_room ? &row->cells[row->count] : NULL);
		row->count += (size_t)has_room;
		if (scanning->bytes[scanning->at] != ',')
			break;
		scanning->at++;
	}
	/* A broken end of a row is passed over: facts_load() tells of it. */
	while (scanning->bytes[scanning->at] != '\0' &&
	    scanning->bytes[scanning->at] != '\n')
		scanning->at++;
	if (scanning->bytes[scanning->at] == '\n') {
		scanning->at++;
		scanning->line++;
	}
}

static void
forget_rows(struct facts_file *file)
{
	for (size_t i = 0; i < file->row_count; i++) {
		for (size_t k = 0; k < file->rows[i].count; k++)
			free(file->rows[i].cells[k].words);
	}
	free(file->rows);
	file->rows = NULL;
	file->row_count = 0;
}

static void
scan(struct facts_file *file)
{
	struct scanning scanning = { text_string(&file->content), 0, 1 };

	forget_rows(file);
	if (strncmp(scanning.bytes, mark, sizeof(mark) - 1) == 0)
		scanning.at = sizeof(mark) - 1;
	while (scanning.bytes[scanning.at] != '\0') {
		file->rows = memory_grow(file->rows, file->row_count,
		    file->row_count + 1, sizeof(*file->rows));
		scan_row(&scanning, &file->rows[file->row_count++]);
	}
}

enum outcome
facts_file_load(const char *path, struct facts_file *file_r)
{
	struct facts_file file = { 0 };
	enum outcome outcome =
	    file_read(path, FACTS_FILE_MAX_BYTES, &file.content);

	if (outcome == NOTHING)
		log_err("%s: there is no such file", path);
	if (outcome != DONE) {
		text_free(&file.content);
		return (REFUSED);
	}
	file.path = memory_copy(path);
	scan(&file);
	*file_r = file;
	return (DONE);
}

void
facts_file_free(struct facts_file *file)
{
	forget_rows(file);
	text_free(&file->content);
	free(file->path);
	*file = (struct facts_file){ 0 };
}

static const struct facts_cell *
find_cell(const struct facts_file *file, size_t row, const char *column)
{
	for (size_t i = 0; file->row_count > 0 && i < file->rows[0].count;
	     i++) {
		if (strcmp(file->rows[0].cells[i].words, column) == 0)
			return (
			    row < file->row_count && i < file->rows[row].count
				? &file->rows[row].cells[i]
				: NULL);
	}
	return (NULL);
}

const char *
facts_file_get(const struct facts_file *file, size_t row, const char *column)
{
	const struct facts_cell *cell = find_cell(file, row, column);

	return (cell != NULL ? cell->words : "");
}

static void
add_field(struct text *out, const char *words)
{
	if (strpbrk(words, ",\"\r\n") == NULL) {
		text_add(out, words);
		return;
	}
	text_add_byte(out, '"');
	for (; *words != '\0'; words++) {
		if (*words == '"')
			text_add_byte(out, '"');
		text_add_byte(out, *words);
	}
	text_add_byte(out, '"');
}

int
facts_file_set(
    struct facts_file *file, size_t row, const char *column, const char *words)
{
	const struct facts_cell *cell = find_cell(file, row, column);
	const char *bytes = text_string(&file->content);
	struct text changed = { 0 };

	if (cell == NULL)
		return (0);
	text_add_bytes(&changed, bytes, cell->start);
	add_field(&changed, words);
	text_add_bytes(&changed, bytes + cell->start + cell->length,
	    file->content.length - cell->start - cell->length);
	text_free(&file->content);
	file->content = changed;
	scan(file);
	return (1);
}

enum outcome
facts_file_save(const struct facts_file *file)
{
	struct stat found;
	mode_t mode = NEW_MODE;

	if (stat(file->path, &found) == 0)
		mode = found.st_mode & 07777;
	return (file_write(
	    file->path, mode, file->content.bytes, file->content.length));
}
