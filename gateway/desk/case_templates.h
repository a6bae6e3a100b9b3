/* Ready-made texts for replies, in the caller's language.
 *
 * An editor writes them in English in menus/templates.cfg, translators in the
 * PO files.  A caseworker chooses one, changes what they like and sends it as
 * any reply: nothing here sends.
 */
#ifndef GATEWAY_DESK_CASE_TEMPLATES_H
#define GATEWAY_DESK_CASE_TEMPLATES_H

#include "gateway/desk/cases.h"
#include "menus/reply_templates.h"

/* One, filled in for a case. */
struct case_template {
	const char *id; /* "still_here"; borrowed from the loaded ones */
	char *text; /* with {ref} and {name} filled in */
	char *english; /* the same in English, for who cannot read it */
	int is_translated; /* else `text` is English, too */
	struct case_cost cost;
};
struct case_template_list {
	struct case_template *items;
	size_t count;
};

/* All of them, for the errand's request: {ref} is its reference, {name} that
 * of the caseworker.  The list borrows from the menus.  As the functions on an
 * errand of cases.h; writes nothing. */
MUST_USE enum outcome cases_templates(struct errand *errand,
    const struct menus *menus, struct case_template_list *list_r);
void case_templates_free(struct case_template_list *list);

#endif
