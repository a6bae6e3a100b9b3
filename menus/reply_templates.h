/* Ready-made replies for caseworkers: templates.cfg in the folder of menus.
 *
 * The English source stands there; the catalog has the translations under
 * "template/ID/text".  An editor's folder may do without the file.
 */
#ifndef MENUS_REPLY_TEMPLATES_H
#define MENUS_REPLY_TEMPLATES_H

#include "gateway/base/text.h"
#include "menus/menu.h"

struct reply_template {
	char *id; /* "hello" */
	char *text; /* English source */
	char *text_id; /* in the catalog */
	int line;
};

struct reply_templates {
	char *file;
	struct reply_template *list;
	size_t count;
};

/* Reads the file into *templates_r (zeroed): DONE (none when it is not there),
 * or REFUSED with every mistake in the log.  Free in both cases. */
MUST_USE enum outcome reply_templates_load(
    const char *path, struct reply_templates *templates_r);
void reply_templates_free(struct reply_templates *templates);

/* Those of the loaded menus; borrowed. */
const struct reply_templates *menus_reply_templates(const struct menus *menus);

/* What stands for the placeholders. */
struct reply_names {
	const char *ref;
	const char *name;
};
/* Adds a template in a language, filled in; 1 when it is a translation, 0 when
 * it is the English source (which is right where the language is "en"). */
int reply_template_say(const struct menus *menus,
    const struct reply_template *reply, const char *language,
    const struct reply_names *names, struct text *out);

#endif
