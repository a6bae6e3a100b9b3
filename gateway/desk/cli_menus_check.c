/* waymark menus check: an editor's mistakes, before a caller meets them. */
#include "gateway/base/clock.h"
#include "gateway/base/json.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_menus.h"
#include "gateway/desk/menus_findings.h"
#include "menus/menu_check.h"

enum { WANTS_JSON = 1 };

/* The command line. */
struct wish {
	struct menus_asked asked;
	unsigned given;
};

/* -- printing --------------------------------------------------------------- */

static const char *
or_empty(const char *words)
{
	return (words != NULL ? words : "");
}

static void
add_finding_json(struct json *json, const struct finding *finding)
{
	const char *file = or_empty(finding->file);
	const char *act = or_empty(finding->act);

	json_open_object(json, NULL);
	json_string(json, "file", file[0] != '\0' ? file : NULL);
	json_integer(json, "line", finding->line);
	json_string(json, "severity", finding_severity_name(finding->severity));
	json_string(json, "what", finding->what);
	json_string(json, "do", act[0] != '\0' ? act : NULL);
	json_close_object(json);
}

static void
add_json(const struct check_findings *findings, struct text *out)
{
	static const char *const counts[FINDING_SEVERITIES] = {
		[FINDING_ERROR] = "errors",
		[FINDING_WARNING] = "warnings",
		[FINDING_NOTE] = "notes",
	};
	struct json json = { 0 };

	json_open_object(&json, NULL);
	json_open_array(&json, "findings");
	for (size_t i = 0; i < findings->count; i++)
		add_finding_json(&json, &findings->list[i]);
	json_close_array(&json);
	for (int i = 0; i < FINDING_SEVERITIES; i++)
		json_integer(
		    &json, counts[i], (int64_t)findings->of_severity[i]);
	json_close_object(&json);
	text_add_bytes(out, json.text.bytes, json.text.length);
	text_add_byte(out, '\n');
	json_free(&json);
}

/* -- checking --------------------------------------------------------------- */

static int
check(const struct wish *wish)
{
	struct check_findings findings = { 0 };
	struct text out = { 0 };
	struct menus_folders folders;
	int status;

	if (menus_find_folders(&wish->asked, &folders) != DONE)
		return (EXIT_FAILED);
	menus_find_all(&folders, &findings);
	if (wish->given & WANTS_JSON)
		add_json(&findings, &out);
	else
		menus_findings_add(&findings, FINDING_NOTE, &out);
	status = cli_put("menus", &out);
	if (status == EXIT_DONE && findings.of_severity[FINDING_ERROR] > 0)
		status = EXIT_FAILED;
	check_findings_free(&findings);
	menus_folders_free(&folders);
	return (status);
}

/* -- the command line ------------------------------------------------------- */

static const struct cli_field fields[] = {
	MENUS_FIELDS(struct wish),
	CLI_FLAG("json", WANTS_JSON),
};

static int
run(int argc, char **argv)
{
	struct wish wish = { 0 };
	const struct cli_line line = { .command = &menus_command_check,
		.fields = fields,
		.field_count = COUNT_OF(fields),
		.into = &wish,
		.given = &wish.given };
	int status = cli_read_fields_alone(&line, argc, argv);

	if (status != EXIT_DONE)
		return (status);
	return (check(&wish));
}

const struct command menus_command_check = {
	.name = "menus check",
	.summary = "what is wrong, with file and line, and what to do",
	.usage =
	    "Usage: waymark menus check [-c FILE] [--menus DIR] [--locales"
	    " DIR] [--json]\n"
	    "\n"
	    "Reads menus, facts and translations as the hub would and says"
	    " with file and line\n"
	    "what is wrong and what to do.  An error must be mended; a warning"
	    " or note is for\n"
	    "an editor to look at.\n"
	    "\n" MENUS_OPTIONS_USAGE "  --json              for programs\n"
	    "\n"
	    "Exit status: 0 no error, 1 an error, 2 wrong use.\n",
	.run = run,
};
