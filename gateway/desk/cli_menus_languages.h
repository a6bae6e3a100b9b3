/* What the actions for translators share; cli_menus_languages.c. */
#ifndef GATEWAY_DESK_CLI_MENUS_LANGUAGES_H
#define GATEWAY_DESK_CLI_MENUS_LANGUAGES_H

#include "gateway/desk/cli_menus.h"
#include "locales/kept_po.h"
#include "menus/template.h"

/* The menus of a command line with all that translators see of them. */
struct languages_work {
	struct menus_folders folders;
	struct menus *menus;
	struct template template;
};

/* DONE; or REFUSED, and why is in the log.  Close in both cases. */
MUST_USE enum outcome languages_open(
    const struct menus_asked *asked, struct languages_work *work_r);
void languages_close(struct languages_work *work);

/* 1 when it can be a language tag and so a file's name: "ne", "ne-Latn". */
int languages_is_tag(const char *tag);

/* The path of a language's PO file; yours to free. */
char *languages_path(const struct languages_work *work, const char *tag);

/* Writes a file whole or not at all, or with a path of NULL to standard
 * output; frees the text.  An exit status. */
int languages_put(
    const struct command *command, const char *path, struct text *out);

#endif
