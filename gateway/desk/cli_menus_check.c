/* waymark menus check: an editor's mistakes, before a caller meets them. */
#include "gateway/base/clock.h"
#include "gateway/base/json.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_menus.h"
#include "gateway/desk/talks_check.h"
#include "menus/menu_check.h"

/* The command line. */
struct wish {
	struct menus_asked asked;
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
	struct check_findings *findings = into;
	enum finding_severity severity =
	    level == LOG_LEVEL_ERR ? FINDING_ERROR : FINDING_WARNING;
	int64_t line = 0;
	const char *colon = end_of_file_name(words, &line);
	struct finding *finding;

	if (level > LOG_LEVEL_WARNING)
		return;
	findings->list = memory_grow(findings->list, findings->count,
	    findings->count + 1, sizeof(*findings->list));
	finding = &findings->list[findings->count++];
	findings->of_severity[severity]++;
	*finding = (struct finding){ .severity = severity,
		.file = memory_copy(colon != NULL ? words : ""),
		.line = (int)line,
		.act = memory_copy("") };
	if (colon == NULL) {
		finding->what = memory_copy(words);
		return;
	}
	finding->file[colon - words] = '\0';
	colon += 1 + strspn(colon + 1, "0123456789") + strlen(": ");
	finding->what = memory_copy(colon);
}

/* -- printing --------------------------------------------------------------- */

static const char *
or_empty(const char *words)
{
	return (words != NULL ? words : "");
}

static void
add_text(const struct check_findings *findings, struct text *out)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *one = &findings->list[i];
		const char *act = or_empty(one->act);

		if (or_empty(one->file)[0] != '\0')
			text_printf(out, "%s:%d: ", one->file, one->line);
		text_printf(out, "%s: %s%s%s\n",
		    finding_severity_name(one->severity), one->what,
		    act[0] != '\0' ? "; " : "", act);
	}
	for (int i = 0; i < FINDING_SEVERITIES; i++)
		text_printf(out, "%s%zu %s%s", i > 0 ? ", " : "",
		    findings->of_severity[i],
		    finding_severity_name((enum finding_severity)i),
		    findings->of_severity[i] == 1 ? "" : "s");
	text_add_byte(out, '\n');
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

/* What stops the hub from loading them comes by the log; what it would load
 * and callers would suffer from, by menus_check(). */
static void
find_all(const struct menus_folders *folders, struct check_findings *findings)
{
	struct menus *menus = NULL;
	enum outcome outcome;

	log_listen(hear, findings);
	outcome = menus_load(folders->menus, folders->locales, &menus);
	if (outcome == DONE)
		outcome = menus_check(menus, clock_utc_s(), findings);
	if (menus != NULL)
		talks_check(menus, folders->menus, clock_utc_s());
	if (outcome != DONE && findings->of_severity[FINDING_ERROR] == 0)
		log_err("%s: cannot be used", folders->menus);
	log_listen(NULL, NULL);
	menus_free(menus);
}

static int
check(const struct wish *wish)
{
	struct check_findings findings = { 0 };
	struct text out = { 0 };
	struct menus_folders folders;
	int status;

	if (menus_find_folders(&wish->asked, &folders) != DONE)
		return (EXIT_FAILED);
	find_all(&folders, &findings);
	if (wish->as_json)
		add_json(&findings, &out);
	else
		add_text(&findings, &out);
	status = cli_put("menus", &out);
	if (status == EXIT_DONE && findings.of_severity[FINDING_ERROR] > 0)
		status = EXIT_FAILED;
	check_findings_free(&findings);
	menus_folders_free(&folders);
	return (status);
}

/* -- the command line ------------------------------------------------------- */

enum { OPTION_JSON = OPTION_MENUS_END };

static const struct cli_option options[] = {
	MENUS_OPTIONS,
	{ "json", 0, OPTION_JSON },
};

static int
take_option(int id, char *value, void *into)
{
	struct wish *wish = into;

	if (!menus_take_option(&wish->asked, id, value))
		wish->as_json = 1;
	return (EXIT_DONE);
}

static int
run(int argc, char **argv)
{
	struct wish wish = { 0 };
	struct cli_reading reading = { &menus_command_check, options,
		COUNT_OF(options), take_option, &wish };
	int first;
	int status = cli_read_options(&reading, argc, argv, &first);

	if (status != EXIT_DONE)
		return (status);
	if (first < argc)
		return (command_wrong_use(&menus_command_check,
		    "'%s' is one word too many", argv[first]));
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
