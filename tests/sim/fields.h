/* Lines of tab-separated fields, as gateway/text/phone_wire.h has them: within
 * a field, newline is `\n`, tab `\t`, backslash `\\`.
 */
#ifndef TESTS_SIM_FIELDS_H
#define TESTS_SIM_FIELDS_H

#include <stddef.h>

#include "gateway/base/text.h"

enum {
	FIELDS_MOST = 16,
};

struct fields {
	const char *list[FIELDS_MOST]; /* into the line; the rest "" */
	size_t count;
};

/* Splits a line, in place, and takes the escapes out.  1, or 0 when it has too
 * many fields or an escape that is none. */
int fields_split(char *line, struct fields *fields_r);

/* Adds a field with its escapes, and a tab before it unless it is the first
 * of its line. */
void fields_add(struct text *line, const char *field);

/* Adds an argument list as a line with its newline. */
void fields_add_line(struct text *line, const char *const *list, size_t count);

#endif
