/* Differences while they are looked for: for menu_diff.c and its helpers.
 */
#ifndef MENUS_MENU_DIFF_INSIDE_H
#define MENUS_MENU_DIFF_INSIDE_H

#include "menus/menu_diff.h"
#include "menus/menu_inside.h"

struct diffing {
	const struct menus *before;
	const struct menus *after;
	const char *language; /* that texts are compared in now */
	const char *corridor; /* its id, or "" */
	const char *where;
	struct menu_changes *changes;
};

/* Puts a difference down. */
void diff_put(struct diffing *diffing, const char *what, const char *before,
    const char *after);
/* The same, if there is one; NULL is "". */
void diff_words(struct diffing *diffing, const char *what, const char *before,
    const char *after);
void diff_number(
    struct diffing *diffing, const char *what, int64_t before, int64_t after);

/* menu_diff_screen.c: two screens of the same id; what does not depend on a
 * language, and what is said in diffing->language. */
void diff_screen(struct diffing *diffing, const struct screen *before,
    const struct screen *after);
void diff_screen_texts(struct diffing *diffing, const struct screen *before,
    const struct screen *after);

/* menu_diff_corridor.c: what stands beside the screens; the words of notices in
 * diffing->language by themselves. */
void diff_notices(struct diffing *diffing, const struct corridor *before,
    const struct corridor *after);
void diff_notice_texts(struct diffing *diffing, const struct corridor *before,
    const struct corridor *after);
void diff_computed(struct diffing *diffing, const struct corridor *before,
    const struct corridor *after);

#endif
