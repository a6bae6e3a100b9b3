/* What a walk is worth to conditions: answers and scores by name.
 *
 * Scores are added up from the answers each time, so that going back never
 * counts anything twice.  Pure.
 */
#ifndef MENUS_WALK_VALUES_H
#define MENUS_WALK_VALUES_H

#include "menus/expression.h"
#include "menus/menu_walk.h"

struct walk_values {
	const struct corridor *corridor;
	const struct walk *walk;
};

/* An expression_lookup over struct walk_values. */
void walk_values_lookup(
    const void *context, const char *name, struct expression_value *value_r);

/* The way a caller goes on from a screen. */
const struct screen *walk_pick_way(
    const struct walk_values *values, const struct screen *screen);

/* Saves an answer; an older one of this name goes.  `value` is copied. */
void walk_save_answer(
    struct walk *walk, const struct screen *screen, const char *value);

/* Before a question with a score is asked again: forgets its answer and the
 * scored answers of the same part given after it. */
void walk_forget_scores(const struct corridor *corridor, struct walk *walk,
    const struct screen *screen);

#endif
