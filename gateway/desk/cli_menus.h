/* The actions of `waymark menus`: each a command of its own in a file of its
 * own, and one row of the table in cli_menus.c.
 *
 * An action's name is the whole of what is typed ("menus cost"), so that
 * command_wrong_use() sends a person to the right help; it gets its last word
 * as argv[0].  What nearly all of them ask for, which menus are meant, is
 * read here.
 */
#ifndef GATEWAY_DESK_CLI_MENUS_H
#define GATEWAY_DESK_CLI_MENUS_H

#include "gateway/desk/cli_options.h"
#include "menus/menu.h"

extern const struct command menus_command_check;
extern const struct command menus_command_try;
extern const struct command menus_command_cost;
extern const struct command menus_command_diff;
extern const struct command menus_command_graph;
extern const struct command menus_command_versions;
extern const struct command menus_command_rollback;
extern const struct command menus_command_publish;
extern const struct command menus_command_pot;
extern const struct command menus_command_update;
extern const struct command menus_command_csv;
extern const struct command menus_command_progress;

/* Which menus a command line means.  All borrowed; NULL where not said. */
struct menus_asked {
	const char *config;
	const char *menus;
	const char *locales;
};

/* Rows for a table of options, of a struct with an `asked`. */
#define MENUS_FIELDS(type) \
	CLI_WORD("config", 'c', 0, type, asked.config), \
	    CLI_WORD("menus", 0, 0, type, asked.menus), \
	    CLI_WORD("locales", 0, 0, type, asked.locales)

/* The lines of a usage text about them. */
#define MENUS_OPTIONS_USAGE \
	"  -c, --config FILE   the menus that this configuration names; else\n" \
	"                      $WAYMARK_CONFIG's, else" \
	" /etc/waymark/waymark.conf's,\n" \
	"                      else what is installed\n" \
	"  --menus DIR         the folder with trees/ and facts/\n" \
	"  --locales DIR       the folder with the PO files\n"

/* The folders meant; free with menus_folders_free(). */
struct menus_folders {
	char *menus;
	char *locales;
};

/*
 * As told, else as the configuration says, else where they were installed.
 *
 * DONE     *folders_r is filled in
 * REFUSED  the configuration is wrong; logged
 */
MUST_USE enum outcome menus_find_folders(
    const struct menus_asked *asked, struct menus_folders *folders_r);
void menus_folders_free(struct menus_folders *folders);

/* The folders of a version of menus: DIR/menus and DIR/locales; or DIR itself,
 * when it is the one with trees/, and the locales beside it; or, without any
 * there, `locales`. */
struct menus_folders menus_folders_of(const char *folder, const char *locales);

/* Finds and loads them: DONE, or REFUSED with every mistake in the log. */
MUST_USE enum outcome menus_load_asked(
    const struct menus_asked *asked, struct menus **menus_r);

/* The corridor of this id; with NULL the only one.  NULL when there is none,
 * and the person was told which there are. */
const struct corridor *menus_choose_corridor(
    const struct command *command, const struct menus *menus, const char *id);

/* 1 when there is a language of this tag, or none was asked for (NULL); else
 * the person was told which there are. */
int menus_has_language(
    const struct command *command, const struct menus *menus, const char *tag);

#endif
