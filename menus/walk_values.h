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

/* What a text has as {name}: 1 and *number_r, or 0 when it is not known or
 * cannot be (nothing to divide by, below 0, more than NUMBER_LARGEST). */
int walk_values_number(
    const struct walk_values *values, const char *name, int64_t *number_r);

/* How large {name} can become in a corridor. */
int64_t corridor_largest_number(
    const struct corridor *corridor, const char *name);

/* Of a checklist: 1 when an item is done, how many are, and the change. */
int walk_is_done(const struct walk *walk, const struct screen *screen,
    const struct screen_option *option);
size_t walk_count_done(const struct walk *walk, const struct screen *screen);
void walk_toggle_done(struct walk *walk, const struct screen *screen,
    const struct screen_option *option);

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
