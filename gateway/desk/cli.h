/* What the desk's commands share when they talk to a terminal. */
#ifndef GATEWAY_DESK_CLI_H
#define GATEWAY_DESK_CLI_H

#include <stdint.h>

#include "gateway/base/text.h"

/* Prints "waymark queue: ..." to standard error; returns EXIT_FAILED. */
int cli_failed(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* "now", "12 min", "3 h", "2 d": how long ago, as a person says it. */
struct cli_age {
	char text[24];
};
struct cli_age cli_age(int64_t seconds);

/* Adds words that people chose (a name, a label, an outcome) to a line of ours
 * and makes them harmless: clean, on one line, and kept apart where they are
 * written from right to left, so that they neither move the cursor nor turn
 * round what stands beside them. */
void cli_add_shown(struct text *out, const char *words);

/* Adds words that people wrote, each line after `indent`, on lines of their
 * own: a text from right to left then moves nothing of ours about.  They are
 * made clean once more, since a terminal obeys control characters. */
void cli_add_words(struct text *out, const char *indent, const char *words);

/* A table whose columns are as wide as their widest cell.  Cells are copied
 * and made harmless as by cli_add_shown(); the first row is the heading. */
enum { CLI_COLUMNS_MOST = 12 };
struct cli_table {
	size_t columns;
	size_t cell_count;
	char **cells;
};
void cli_table_add(struct cli_table *table, const char *cell);
void cli_table_print(const struct cli_table *table, struct text *out);
void cli_table_free(struct cli_table *table);

/* Writes to standard output and frees: EXIT_DONE, or EXIT_FAILED when nobody
 * takes it. */
int cli_put(const char *command, struct text *out);

#endif
