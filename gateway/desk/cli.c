#include "gateway/desk/cli.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>

#include "gateway/base/command.h"
#include "gateway/base/memory.h"
#include "gateway/text/utf8.h"

enum { MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400, COLUMN_GAP = 2 };

int
cli_failed(const char *command, const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "waymark %s: ", command);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	return (EXIT_FAILED);
}

struct cli_age
cli_age(int64_t seconds)
{
	struct cli_age age = { "now" };

	/* An hour is said in minutes up to two of them, a day in hours: "90 min"
	 * says more than "1 h". */
	if (seconds >= 2 * DAY_S)
		snprintf(age.text, sizeof(age.text), "%" PRId64 " d",
		    seconds / DAY_S);
	else if (seconds >= 2 * HOUR_S)
		snprintf(age.text, sizeof(age.text), "%" PRId64 " h",
		    seconds / HOUR_S);
	else if (seconds >= MINUTE_S)
		snprintf(age.text, sizeof(age.text), "%" PRId64 " min",
		    seconds / MINUTE_S);
	return (age);
}

void
cli_add_shown(struct text *out, const char *words)
{
	static const char first_strong_isolate[] = "\xe2\x81\xa8";
	static const char pop_isolate[] = "\xe2\x81\xa9";
	/* U+2028 and U+2029 end lines as well. */
	static const char line_ends[] = "\xe2\x80";
	struct text clean = { 0 };
	int is_apart;

	utf8_add_clean(&clean, words, strlen(words));
	is_apart = utf8_has_right_to_left(text_string(&clean));
	if (is_apart)
		text_add(out, first_strong_isolate);
	for (const char *at = text_string(&clean); *at != '\0'; at++) {
		int is_end = strncmp(at, line_ends, 2) == 0 &&
		    (at[2] == '\xa8' || at[2] == '\xa9');

		text_add_byte(out, *at == '\n' || is_end ? ' ' : *at);
		at += is_end ? 2 : 0;
	}
	if (is_apart)
		text_add(out, pop_isolate);
	text_free(&clean);
}

void
cli_add_words(struct text *out, const char *indent, const char *words)
{
	struct text clean = { 0 };
	char *rest;

	utf8_add_clean(&clean, words, strlen(words));
	rest = clean.bytes;
	while (rest != NULL) {
		const char *line = strsep(&rest, "\n");

		text_add(out, indent);
		text_add(out, line);
		text_add_byte(out, '\n');
	}
	text_free(&clean);
}

void
cli_table_add(struct cli_table *table, const char *cell)
{
	struct text shown = { 0 };

	cli_add_shown(&shown, cell);
	table->cells = memory_grow(table->cells, table->cell_count,
	    table->cell_count + 1, sizeof(*table->cells));
	table->cells[table->cell_count++] = text_take(&shown);
}

static void
measure(const struct cli_table *table, size_t widths[CLI_COLUMNS_MOST])
{
	memset(widths, 0, CLI_COLUMNS_MOST * sizeof(widths[0]));
	for (size_t i = 0; i < table->cell_count; i++) {
		size_t columns = utf8_count_columns(table->cells[i]);
		size_t *width = &widths[i % table->columns];

		if (columns > *width)
			*width = columns;
	}
}

void
cli_table_print(const struct cli_table *table, struct text *out)
{
	size_t widths[CLI_COLUMNS_MOST];

	if (table->columns == 0 || table->columns > CLI_COLUMNS_MOST)
		abort();
	measure(table, widths);
	for (size_t i = 0; i < table->cell_count; i++) {
		const char *cell = table->cells[i];
		size_t column = i % table->columns;
		size_t gap =
		    widths[column] - utf8_count_columns(cell) + COLUMN_GAP;

		text_add(out, cell);
		if (column + 1 == table->columns)
			text_add_byte(out, '\n');
		else
			text_printf(out, "%*s", (int)gap, "");
	}
}

void
cli_table_free(struct cli_table *table)
{
	for (size_t i = 0; i < table->cell_count; i++)
		free(table->cells[i]);
	free(table->cells);
	table->cells = NULL;
	table->cell_count = 0;
}

int
cli_put(const char *command, struct text *out)
{
	int failed =
	    fwrite(text_string(out), 1, out->length, stdout) != out->length ||
	    fflush(stdout) != 0;

	text_free(out);
	if (failed)
		return (
		    cli_failed(command, "cannot write: %s", strerror(errno)));
	return (EXIT_DONE);
}
