/* waymark menus publish, versions, rollback: what callers get, changed as a
 * whole and back again. */
#include "gateway/base/clock.h"
#include "gateway/base/json.h"
#include "gateway/base/log.h"
#include "gateway/base/settings.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/menus_findings.h"
#include "gateway/desk/poke.h"
#include "gateway/desk/publish.h"

enum { WANTS_JSON = 1 };

struct wish {
	const struct command *command;
	const char *config;
	const char *word; /* a folder, or a version */
	unsigned given;
};

/* -- the helpline ----------------------------------------------------------- */

/* Puts a version in use (NULL: what is installed) and tells the hub; when the
 * hub finds a mistake, the one before is in use again. */
MUST_USE static int
use(const struct wish *wish, const struct settings *settings, const char *name,
    const char *before)
{
	enum outcome outcome;

	if (publish_use(settings->folder, name) != DONE)
		return (EXIT_FAILED);
	outcome = poke_reload(settings->control_path);
	if (outcome == DONE || outcome == NOTHING) {
		printf("%s: %s\n", name != NULL ? name : "what is installed",
		    outcome == DONE ? "the helpline uses it now"
				    : "no helpline runs; it will be used when"
				      " one starts");
		return (EXIT_DONE);
	}
	if (publish_use(settings->folder, before) != DONE)
		return (EXIT_FAILED);
	return (cli_failed(wish->command->name,
	    "the helpline does not take it and goes on with what it has; its"
	    " log says why"));
}

/* The one in use, or NULL; borrowed of the list. */
static const char *
name_in_use(const struct publish_versions *versions)
{
	for (size_t i = 0; i < versions->count; i++) {
		if (versions->list[i].is_current)
			return (versions->list[i].name);
	}
	return (NULL);
}

MUST_USE static enum outcome
load_settings(const struct wish *wish, struct settings *settings_r)
{
	if (settings_load(settings_default_path(wish->config), settings_r) !=
	    DONE)
		return (REFUSED);
	if (settings_r->takes_published)
		return (DONE);
	(void)cli_failed(wish->command->name,
	    "%s names its own folders of menus or locales; take these lines"
	    " out, then what is published is used",
	    settings_r->path);
	settings_free(settings_r);
	return (REFUSED);
}

/* -- publish ---------------------------------------------------------------- */

/* What the lines of this helpline need must be in it. */
MUST_USE static int
has_lines(const struct wish *wish, const struct settings *settings,
    const struct menus_folders *folders)
{
	struct menus *menus = NULL;
	int has_all = 1;

	if (menus_load(folders->menus, folders->locales, &menus) != DONE)
		return (0);
	for (size_t i = 0; i < settings->line_count; i++) {
		const struct line_settings *line = &settings->lines[i];

		if (menus_find_corridor(menus, line->corridor) != NULL &&
		    catalog_find_language(
			menus_catalog(menus), line->language) != NULL)
			continue;
		has_all = 0;
		(void)cli_failed(wish->command->name,
		    "the line '%s' needs the corridor '%s' and the language"
		    " '%s'",
		    line->name, line->corridor, line->language);
	}
	menus_free(menus);
	return (has_all);
}

/* 1 when nothing is wrong; what is goes to standard error. */
static int
is_right(const struct menus_folders *folders)
{
	struct check_findings findings = { 0 };
	struct text out = { 0 };
	int is_right;

	menus_find_all(folders, &findings);
	menus_findings_add(&findings, FINDING_ERROR, &out);
	is_right = findings.of_severity[FINDING_ERROR] == 0;
	fputs(text_string(&out), stderr);
	text_free(&out);
	check_findings_free(&findings);
	return (is_right);
}

MUST_USE static int
publish_folders(const struct wish *wish, const struct settings *settings,
    const struct menus_folders *folders)
{
	struct publish_versions versions = { 0 };
	struct publish_version version;
	int status = EXIT_FAILED;

	if (!is_right(folders) || !has_lines(wish, settings, folders))
		return (EXIT_FAILED);
	if (publish_list(settings->folder, &versions) != DONE)
		return (EXIT_FAILED);
	if (publish_add(settings->folder, folders->menus, folders->locales,
		clock_utc_s(), &version) == DONE) {
		char *copy = publish_folder(settings->folder, version.name);
		struct menus_folders copied = menus_folders_of(copy, NULL);

		/* An editor may have saved a file while it was copied. */
		if (has_lines(wish, settings, &copied))
			status = use(wish, settings, version.name,
			    name_in_use(&versions));
		if (status != EXIT_DONE)
			publish_remove(settings->folder, version.name);
		menus_folders_free(&copied);
		free(copy);
	}
	publish_versions_free(&versions);
	publish_tidy(settings->folder);
	return (status);
}

static int
publish(const struct wish *wish)
{
	struct settings settings;
	struct menus_folders folders;
	int status;

	if (load_settings(wish, &settings) != DONE)
		return (EXIT_FAILED);
	folders = menus_folders_of(wish->word, settings.locales_path);
	status = publish_folders(wish, &settings, &folders);
	menus_folders_free(&folders);
	settings_free(&settings);
	return (status);
}

/* -- rollback --------------------------------------------------------------- */

/* The version asked for, or the next older than the one in use: DONE and its
 * name (NULL: what is installed), or NOTHING. */
MUST_USE static enum outcome
choose(const struct wish *wish, const struct publish_versions *versions,
    const char **name_r)
{
	size_t i = 0;

	if (wish->word != NULL) {
		while (i < versions->count &&
		    strcmp(versions->list[i].name, wish->word) != 0)
			i++;
		if (i == versions->count)
			return (NOTHING);
		*name_r = versions->list[i].name;
		return (DONE);
	}
	while (i < versions->count && !versions->list[i].is_current)
		i++;
	if (i == versions->count)
		return (NOTHING);
	*name_r = i + 1 < versions->count ? versions->list[i + 1].name : NULL;
	return (DONE);
}

static int
roll_back(const struct wish *wish)
{
	struct settings settings;
	struct publish_versions versions;
	const char *name = NULL;
	int status = EXIT_FAILED;

	if (load_settings(wish, &settings) != DONE)
		return (EXIT_FAILED);
	if (publish_list(settings.folder, &versions) == DONE) {
		if (choose(wish, &versions, &name) == DONE) {
			status =
			    use(wish, &settings, name, name_in_use(&versions));
		} else {
			(void)cli_failed(wish->command->name,
			    "there is no such version; `waymark menus"
			    " versions` lists them");
			status = EXIT_NOTHING_FOUND;
		}
		publish_versions_free(&versions);
	}
	settings_free(&settings);
	return (status);
}

/* -- versions --------------------------------------------------------------- */

static void
add_json(const struct publish_versions *versions, struct text *out)
{
	struct json json = { 0 };

	json_open_array(&json, NULL);
	for (size_t i = 0; i < versions->count; i++) {
		const struct publish_version *version = &versions->list[i];

		json_open_object(&json, NULL);
		json_string(&json, "version", version->name);
		json_string(&json, "published_at",
		    clock_iso(version->published_utc_s).text);
		json_boolean(&json, "in_use", version->is_current);
		json_close_object(&json);
	}
	json_close_array(&json);
	text_printf(out, "%s\n", text_string(&json.text));
	json_free(&json);
}

static void
add_table(const struct publish_versions *versions, struct text *out)
{
	struct cli_table table = { .columns = 3 };

	cli_table_add(&table, "VERSION");
	cli_table_add(&table, "PUBLISHED (UTC)");
	cli_table_add(&table, "");
	for (size_t i = 0; i < versions->count; i++) {
		const struct publish_version *version = &versions->list[i];

		cli_table_add(&table, version->name);
		cli_table_add(
		    &table, clock_date_time(version->published_utc_s).text);
		cli_table_add(&table, version->is_current ? "in use" : "");
	}
	cli_table_print(&table, out);
	cli_table_free(&table);
}

static int
list(const struct wish *wish)
{
	struct settings settings;
	struct publish_versions versions;
	struct text out = { 0 };
	int status = EXIT_FAILED;

	if (settings_load(settings_default_path(wish->config), &settings) !=
	    DONE)
		return (EXIT_FAILED);
	if (publish_list(settings.folder, &versions) == DONE) {
		if (wish->given & WANTS_JSON)
			add_json(&versions, &out);
		else if (versions.count > 0)
			add_table(&versions, &out);
		status = cli_put(wish->command->name, &out);
		if (status == EXIT_DONE && versions.count == 0)
			status = EXIT_NOTHING_FOUND;
		if (versions.count == 0 && !(wish->given & WANTS_JSON))
			fputs("Nothing was published; what is installed is"
			      " in use.\n",
			    stderr);
		publish_versions_free(&versions);
	}
	settings_free(&settings);
	return (status);
}

/* -- the command lines ------------------------------------------------------ */

static const struct cli_field fields[] = {
	CLI_WORD("config", 'c', 0, struct wish, config),
	CLI_FLAG("json", WANTS_JSON),
};

/* Reads options and at most one word. */
static int
read_wish(struct wish *wish, int argc, char **argv)
{
	const struct cli_line line = { .command = wish->command,
		.fields = fields,
		/* Only the list is for programs. */
		.field_count = wish->command == &menus_command_versions ? 2 : 1,
		.into = wish,
		.given = &wish->given };
	int first;
	int status = cli_read_fields(&line, argc, argv, &first);

	if (status != EXIT_DONE)
		return (status);
	if (argc - first > 1)
		return (command_wrong_use(wish->command,
		    "'%s' is one word too many", argv[first + 1]));
	wish->word = first < argc ? argv[first] : NULL;
	return (EXIT_DONE);
}

static int
run_publish(int argc, char **argv)
{
	struct wish wish = { .command = &menus_command_publish };
	int status = read_wish(&wish, argc, argv);

	if (status == EXIT_DONE && wish.word == NULL)
		return (command_wrong_use(
		    wish.command, "name the folder to publish"));
	return (status == EXIT_DONE ? publish(&wish) : status);
}

static int
run_rollback(int argc, char **argv)
{
	struct wish wish = { .command = &menus_command_rollback };
	int status = read_wish(&wish, argc, argv);

	return (status == EXIT_DONE ? roll_back(&wish) : status);
}

static int
run_versions(int argc, char **argv)
{
	struct wish wish = { .command = &menus_command_versions };
	int status = read_wish(&wish, argc, argv);

	if (status == EXIT_DONE && wish.word != NULL)
		return (command_wrong_use(
		    wish.command, "'%s' is one word too many", wish.word));
	return (status == EXIT_DONE ? list(&wish) : status);
}

#define CONFIG_USAGE \
	"  -c, --config FILE   the helpline's configuration; else" \
	" $WAYMARK_CONFIG, else\n" \
	"                      /etc/waymark/waymark.conf\n"

const struct command menus_command_publish = {
	.name = "menus publish",
	.summary = "check a folder and give it to callers",
	.usage =
	    "Usage: waymark menus publish [-c FILE] DIR\n"
	    "\n"
	    "Checks DIR/menus and DIR/locales, plays the talks, and copies them"
	    " beside the\n"
	    "configuration as a new version that the helpline uses from the"
	    " next text on.\n"
	    "Conversations go on where they are.  With an error nothing"
	    " changes.  Without\n"
	    "DIR/locales the translations in use go with it.  The last five"
	    " versions are kept.\n"
	    "\n" CONFIG_USAGE "\n"
	    "Exit status: 0 published, 1 it has errors or could not be, 2"
	    " wrong use.\n",
	.run = run_publish,
};

const struct command menus_command_rollback = {
	.name = "menus rollback",
	.summary = "give callers the version before this one",
	.usage =
	    "Usage: waymark menus rollback [-c FILE] [VERSION]\n"
	    "\n"
	    "Goes back to the version published before the one in use, or to"
	    " the one named.\n"
	    "Before the first stands what was installed.\n"
	    "\n" CONFIG_USAGE "\n"
	    "Exit status: 0 done, 1 failed, 2 wrong use, 3 there is no such"
	    " version.\n",
	.run = run_rollback,
};

const struct command menus_command_versions = {
	.name = "menus versions",
	.summary = "what was published when, and which is in use",
	.usage = "Usage: waymark menus versions [-c FILE] [--json]\n"
		 "\n"
		 "Lists what was published, the newest first.\n"
		 "\n" CONFIG_USAGE "  --json              for programs\n"
		 "\n"
		 "Exit status: 0 done, 1 failed, 2 wrong use, 3 nothing was"
		 " published.\n",
	.run = run_versions,
};
