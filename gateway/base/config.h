/* Reading a libconfig file by tables of options.
 *
 * A module says what it takes as a table of struct config_option, each with the place
 * in a struct where the value goes, a default, a range and a sentence of help.
 * Whatever in the file no table asked for is an error.  Every complaint names
 * file and line, says what is wrong and what to do, and goes to the log; all
 * of them are told, not only the first.
 *
 * Paths are taken from the folder of the file that names them.
 */
#ifndef GATEWAY_BASE_CONFIG_H
#define GATEWAY_BASE_CONFIG_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum option_kind {
	OPTION_TEXT, /* char *, UTF-8 without control characters */
	OPTION_PATH, /* char *, made absolute or relative to the file */
	OPTION_WORD, /* char *, one of `words`, separated by spaces */
	OPTION_NUMBER, /* int64_t between min and max */
	OPTION_YES, /* int, true or false */
	OPTION_TEXTS, /* struct text_list, ( "one", "two" ); a fallback has
			 `|` between them */
};

struct config_option {
	const char *name;
	enum option_kind kind;
	size_t offset; /* offsetof() in the struct it fills */
	const char *fallback; /* NULL: stays NULL or 0 */
	int required;
	int64_t min;
	int64_t max;
	const char *words;
	const char *help;
};

struct config;

/*
 * Reads a file.
 *
 * DONE     *config_r is yours until config_close()
 * REFUSED  no such file, or not libconfig; logged with file and line
 */
MUST_USE enum outcome config_open(const char *path, struct config **config_r);

/* Fills *into from the group of this name ("" is the file itself), or with the
 * defaults where there is none.  Strings are copied and yours: give them back
 * with config_free_values().  Complaints are counted for config_verdict(). */
void config_read_group(struct config *config, const char *group,
    const struct config_option *options, size_t count, void *into);

/* A list of groups, such as `lines = ( { ... }, { ... } )`. */
size_t config_list_length(struct config *config, const char *list);
void config_read_item(struct config *config, const char *list, size_t index,
    const struct config_option *options, size_t count, void *into);

/* The line of the file at which an item stands. */
int config_item_line(
    const struct config *config, const char *list, size_t index);

/* Complains about an item (or, with an index of (size_t)-1, a group) at the
 * line where it stands, for what a table cannot say. */
void config_complain(struct config *config, const char *name, size_t index,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* DONE when nothing was wrong and nothing in the file was left unread, else
 * REFUSED.  Call it once everything has been asked for. */
MUST_USE enum outcome config_verdict(struct config *config);

void config_close(struct config *config);
void config_free_values(
    const struct config_option *options, size_t count, void *from);

#endif
