/* A copy of a small tree in which one place is changed, and what the log says
 * of it.
 */
#ifndef TESTS_MENUS_COPY_H
#define TESTS_MENUS_COPY_H

#include "gateway/base/text.h"
#include "menus/menu.h"

/* `find` becomes `with` in `file`; NULL for `find` adds `with` at the end, and
 * NULL for `with` removes the file.  The complaint must stand on the line of
 * `find`, plus `lines`; with NOWHERE no line is asked for. */
enum { NOWHERE = -1000 };
struct change {
	const char *file; /* "trees/gulf.cfg" */
	const char *find;
	const char *with;
	const char *blamed; /* file that is blamed, NULL for the same */
	int lines;
	const char *words; /* of the complaint */
};

struct copy {
	char folder[64];
	struct text log; /* what loading it wrote */
	int line; /* of the change */
};

/* Copies tests/data/menus/good, makes the change (if any) and loads. */
enum outcome copy_load(
    struct copy *copy, const struct change *change, struct menus **menus_r);
/* Fails the test unless the log names file, line and words. */
void copy_check_log(const struct copy *copy, const struct change *change);
void copy_remove(struct copy *copy);

#endif
