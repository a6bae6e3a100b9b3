/* waymark menus check: an editor's mistakes, before a caller meets them. */
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/base/json.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/settings.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/desk.h"
#include "menus/menu.h"

/* One thing an editor should look at. */
struct finding {
	char *file; /* "" when it is about none */
	int64_t line; /* 0 when it is about the whole file */
	int is_error;
	char *what;
};

struct findings {
	struct finding *items;
	size_t count;
	size_t errors;
};

/* The command line. */
struct wish {
	const char *config;
	const char *menus;
	const char *locales;
	int as_json;
};

/* -- what the menus complain about ------------------------------------------ */

/* Where "file:12: what" has its first colon, or NULL. */
static const char *
end_of_file_name(const char *words, int64_t *line_r)
{
	const char *colon = strchr(words, ':');

	for (; colon != NULL; colon = strchr(colon + 1, ':')) {
		size_t digits = strspn(colon + 1, "0123456789");
		char number[12] = "";

		if (digits == 0 || digits >= sizeof(number) ||
		    strncmp(colon + 1 + digits, ": ", 2) != 0)
			continue;
		memcpy(number, colon + 1, digits);
		if (text_read_integer(number, 0, INT32_MAX, line_r))
			return (colon);
	}
	return (NULL);
}

/* Hears what loading has to say; see log_listen(). */
static void
hear(enum log_level level, const char *words, void *into)
{
	struct findings *findings = into;
	struct finding finding = { .is_error = level == LOG_LEVEL_ERR };
	const char *colon = end_of_file_name(words, &finding.line);

	if (level > LOG_LEVEL_WARNING)
		return;
	if (colon == NULL) {
		finding.file = memory_copy("");
		finding.what = memory_copy(words);
	} else {
		finding.file = memory_copy(words);
		finding.file[colon - words] = '\0';
		finding.what = memory_copy(
		    colon + 1 + strspn(colon + 1, "0123456789") + 2);
	}
	findings->items = memory_grow(findings->items, findings->count,
	    findings->count + 1, sizeof(*findings->items));
	findings->items[findings->count++] = finding;
	findings->errors += (size_t)finding.is_error;
}

static void
findings_free(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		free(findings->items[i].file);
		free(findings->items[i].what);
	}
	free(findings->items);
}

/* -- printing --------------------------------------------------------------- */

static void
add_text(const struct findings *findings, struct text *out)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *one = &findings->items[i];

		if (one->file[0] != '\0')
			text_printf(out, "%s:%d: ", one->file, (int)one->line);
		text_printf(out, "%s: %s\n",
		    one->is_error ? "error" : "warning", one->what);
	}
	text_printf(out, "%zu errors, %zu warnings\n", findings->errors,
	    findings->count - findings->errors);
}

static void
add_json(const struct findings *findings, struct text *out)
{
	struct json json = { 0 };

	json_open_object(&json, NULL);
	json_open_array(&json, "findings");
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *one = &findings->items[i];

		json_open_object(&json, NULL);
		json_string(
		    &json, "file", one->file[0] != '\0' ? one->file : NULL);
		json_integer(&json, "line", one->line);
		json_string(
		    &json, "level", one->is_error ? "error" : "warning");
		json_string(&json, "what", one->what);
		json_close_object(&json);
	}
	json_close_array(&json);
	json_integer(&json, "errors", (int64_t)findings->errors);
	json_integer(
	    &json, "warnings", (int64_t)(findings->count - findings->errors));
	json_close_object(&json);
	text_add_bytes(out, json.text.bytes, json.text.length);
	text_add_byte(out, '\n');
	json_free(&json);
}

/* -- checking --------------------------------------------------------------- */

/* The folders to check, yours to free: as told, else as the configuration
 * says, else where they were installed. */
MUST_USE static enum outcome
find_folders(const struct wish *wish, char **menus_r, char **locales_r)
{
	const char *config = settings_default_path(wish->config);
	struct settings settings = { 0 };

	if ((wish->menus == NULL || wish->locales == NULL) &&
	    (wish->config != NULL || access(config, F_OK) == 0) &&
	    settings_load(config, &settings) != DONE)
		return (REFUSED);
	if (wish->menus != NULL)
		*menus_r = memory_copy(wish->menus);
	else if (settings.menus_path != NULL)
		*menus_r = memory_copy(settings.menus_path);
	else
		*menus_r = file_path(settings_data_folder(), "menus");
	if (wish->locales != NULL)
		*locales_r = memory_copy(wish->locales);
	else if (settings.locales_path != NULL)
		*locales_r = memory_copy(settings.locales_path);
	else
		*locales_r = file_path(settings_data_folder(), "locales");
	settings_free(&settings);
	return (DONE);
}

static int
check(const struct wish *wish)
{
	struct findings findings = { 0 };
	struct menus *menus = NULL;
	struct text out = { 0 };
	char *menus_path;
	char *locales_path;
	int status;

	if (find_folders(wish, &menus_path, &locales_path) != DONE)
		return (EXIT_FAILED);
	log_listen(hear, &findings);
	if (menus_load(menus_path, locales_path, &menus) != DONE &&
	    findings.errors == 0)
		log_err("%s: cannot be used", menus_path);
	log_listen(NULL, NULL);
	menus_free(menus);
	if (wish->as_json)
		add_json(&findings, &out);
	else
		add_text(&findings, &out);
	status = cli_put("menus", &out);
	if (status == EXIT_DONE && findings.errors > 0)
		status = EXIT_FAILED;
	findings_free(&findings);
	free(menus_path);
	free(locales_path);
	return (status);
}

/* -- the command line ------------------------------------------------------- */

enum { OPTION_MENUS = 256, OPTION_LOCALES, OPTION_JSON };

static const struct cli_option options[] = {
	{ "config", 1, 'c' },
	{ "menus", 1, OPTION_MENUS },
	{ "locales", 1, OPTION_LOCALES },
	{ "json", 0, OPTION_JSON },
};

static int
take_option(int id, char *value, void *into)
{
	struct wish *wish = into;

	if (id == 'c')
		wish->config = value;
	else if (id == OPTION_MENUS)
		wish->menus = value;
	else if (id == OPTION_LOCALES)
		wish->locales = value;
	else
		wish->as_json = 1;
	return (EXIT_DONE);
}

static int
run(int argc, char **argv)
{
	struct wish wish = { 0 };
	struct cli_reading reading = { &command_menus, options,
		COUNT_OF(options), take_option, &wish };
	int first;
	int status;

	if (command_asked_help(&command_menus, argc, argv))
		return (EXIT_DONE);
	status = cli_read_options(&reading, argc, argv, &first);
	if (status != EXIT_DONE)
		return (status);
	if (first >= argc)
		return (command_wrong_use(&command_menus, "say what to do"));
	if (strcmp(argv[first], "check") != 0)
		return (command_wrong_use(
		    &command_menus, "there is no action '%s'", argv[first]));
	if (first + 1 < argc)
		return (command_wrong_use(&command_menus,
		    "'%s' is one word too many", argv[first + 1]));
	return (check(&wish));
}

const struct command command_menus = {
	.name = "menus",
	.summary = "check what an editor has changed",
	.usage =
	    "Usage: waymark menus check [-c FILE] [--menus DIR] [--locales"
	    " DIR] [--json]\n"
	    "\n"
	    "Reads menus, facts and translations as the hub would and says"
	    " with file and line\n"
	    "what is wrong.  The hub refuses menus with an error; a warning is"
	    " for an editor\n"
	    "to look at.\n"
	    "\n"
	    "  -c, --config FILE   check the folders that this configuration"
	    " names; else\n"
	    "                      $WAYMARK_CONFIG's, else"
	    " /etc/waymark/waymark.conf's,\n"
	    "                      else what is installed\n"
	    "  --menus DIR         the folder with trees/ and facts/\n"
	    "  --locales DIR       the folder with the PO files\n"
	    "  --json              for programs\n"
	    "\n"
	    "Exit status: 0 no error, 1 an error, 2 wrong use.\n",
	.run = run,
};
