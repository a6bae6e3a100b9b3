#include "gateway/desk/menus_findings.h"

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/desk/talks_check.h"
#include "menus/forbidden_words.h"

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

static const char *
or_empty(const char *words)
{
	return (words != NULL ? words : "");
}

static void
find_forbidden(const char *folder, const struct menus *menus,
    struct check_findings *findings)
{
	struct forbidden_words *words = NULL;
	char *path = file_path(folder, "forbidden-words.txt");

	if (forbidden_words_load(path, &words) == DONE)
		forbidden_words_check(words, menus, findings);
	forbidden_words_free(words);
	free(path);
}

/* What stops the hub from loading them comes by the log; what it would load
 * and callers would suffer from, by menus_check(). */
void
menus_find_all(
    const struct menus_folders *folders, struct check_findings *findings)
{
	struct menus *menus = NULL;
	enum outcome outcome;

	log_listen(hear, findings);
	outcome = menus_load(folders->menus, folders->locales, &menus);
	if (outcome == DONE)
		outcome = menus_check(menus, clock_utc_s(), findings);
	if (menus != NULL)
		find_forbidden(folders->menus, menus, findings);
	if (menus != NULL)
		talks_check(menus, folders->menus, clock_utc_s());
	if (outcome != DONE && findings->of_severity[FINDING_ERROR] == 0)
		log_err("%s: cannot be used", folders->menus);
	log_listen(NULL, NULL);
	menus_free(menus);
}

void
menus_findings_add(const struct check_findings *findings,
    enum finding_severity least, struct text *out)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *one = &findings->list[i];
		const char *act = or_empty(one->act);

		/* The graver come first in the enum. */
		if (one->severity > least)
			continue;
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
