#include "menus/menu_check.h"

#include <stdarg.h>

#include "gateway/base/memory.h"
#include "gateway/base/text.h"
#include "menus/finding.h"

static const char *const severity_names[] = {
	[FINDING_ERROR] = "error",
	[FINDING_WARNING] = "warning",
	[FINDING_NOTE] = "note",
};

const char *
finding_severity_name(enum finding_severity severity)
{
	return (severity_names[severity]);
}

static int
is_known(
    const struct check_findings *findings, struct place place, const char *what)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *old = &findings->list[i];

		if (old->line == place.line &&
		    strcmp(old->file, place.file) == 0 &&
		    strcmp(old->what, what) == 0)
			return (1);
	}
	return (0);
}

/* What is wrong with a shared part is told once, not once a corridor. */
void
finding_add(struct checking *checking, enum finding_severity severity,
    struct place place, const char *act, const char *format, ...)
{
	struct check_findings *findings = checking->findings;
	struct finding *finding;
	char *what = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (vasprintf(&what, format, arguments) < 0)
		abort();
	va_end(arguments);
	if (is_known(findings, place, what)) {
		free(what);
		return;
	}
	findings->list = memory_grow(findings->list, findings->count,
	    findings->count + 1, sizeof(*findings->list));
	finding = &findings->list[findings->count++];
	finding->severity = severity;
	finding->file = memory_copy(place.file);
	finding->line = place.line;
	finding->what = what;
	finding->act = memory_copy(act);
	findings->of_severity[severity]++;
}

/* Marks a screen and returns 1 when it was not marked yet. */
static int
reach(
    const struct corridor *corridor, const struct screen *screen, int *reached)
{
	int *mark = &reached[screen - corridor->screens];
	int is_new = *mark == 0;

	*mark = 1;
	return (is_new);
}

/* Follows every way out of the screens on the list, in the order found. */
static void
reach_all(const struct corridor *corridor, int *reached,
    const struct screen **list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct screen *screen = list[i];

		for (size_t k = 0; k < screen->way_count; k++)
			if (reach(corridor, screen->ways[k].target, reached))
				list[count++] = screen->ways[k].target;
		for (size_t k = 0; k < screen->option_count; k++) {
			const struct screen *target = screen->options[k].target;

			if (target != NULL && reach(corridor, target, reached))
				list[count++] = target;
		}
	}
}

/* Screens of this corridor that links of the others lead to. */
static size_t
reach_linked(const struct checking *checking, int *reached,
    const struct screen **list, size_t count)
{
	const struct corridor *corridor = checking->corridor;

	for (size_t i = 0; i < checking->menus->corridor_count; i++) {
		const struct corridor *other = &checking->menus->corridors[i];

		for (size_t k = 0; k < other->screen_count; k++) {
			const struct screen *screen = &other->screens[k];

			if (screen->corridor == corridor &&
			    reach(corridor, screen->target, reached))
				list[count++] = screen->target;
		}
	}
	return (count);
}

static void
check_reachable(struct checking *checking)
{
	const struct corridor *corridor = checking->corridor;
	int *reached = memory_new(corridor->screen_count, sizeof(*reached));
	const struct screen **list =
	    memory_new(corridor->screen_count, sizeof(const struct screen *));
	const struct screen *home =
	    corridor_find_screen(corridor, corridor->home);
	const struct screen *help =
	    corridor_find_screen(corridor, corridor->help);
	const struct screen *feedback =
	    corridor_find_screen(corridor, MENU_FEEDBACK_SCREEN);
	size_t count = 0;

	if (reach(corridor, home, reached))
		list[count++] = home;
	if (reach(corridor, help, reached))
		list[count++] = help;
	if (feedback != NULL && reach(corridor, feedback, reached))
		list[count++] = feedback;
	count = reach_linked(checking, reached, list, count);
	reach_all(corridor, reached, list, count);
	for (size_t i = 0; i < corridor->screen_count; i++) {
		const struct screen *screen = &corridor->screens[i];

		if (!reached[i])
			finding_add(checking, FINDING_WARNING,
			    (struct place){ screen->file, screen->line },
			    "lead a way to it, or leave it out",
			    "no caller of '%s' ever reaches the screen '%s'",
			    corridor->id, screen->id);
	}
	free(list);
	free(reached);
}

static void
check_corridor_itself(struct checking *checking)
{
	const struct corridor *corridor = checking->corridor;

	if (!corridor->has_zone)
		finding_add(checking, FINDING_WARNING,
		    (struct place){ corridor->file, corridor->line },
		    "write where its callers are: zone = \"UTC+3\"",
		    "the corridor '%s' has no zone: the hours in which callers"
		    " may be texted are counted in UTC",
		    corridor->id);
	if (corridor->reviewed[0] == '\0')
		finding_add(checking, FINDING_WARNING,
		    (struct place){ corridor->file, corridor->line },
		    "have it read, then write who and when into reviewed",
		    "the corridor '%s' was not reviewed by survivors",
		    corridor->id);
}

enum outcome
menus_check(const struct menus *menus, int64_t now_utc_s,
    struct check_findings *findings)
{
	struct checking checking = {
		.menus = menus,
		.now_utc_s = now_utc_s,
		.findings = findings,
	};

	for (size_t i = 0; i < menus->corridor_count; i++) {
		checking.corridor = &menus->corridors[i];
		check_home(&checking);
		check_corridor_itself(&checking);
		check_reachable(&checking);
		check_lengths(&checking);
		check_texts(&checking);
		check_fact_rows(&checking);
		check_languages(&checking);
	}
	return (findings->of_severity[FINDING_ERROR] == 0 ? DONE : REFUSED);
}

void
check_findings_free(struct check_findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		free(findings->list[i].file);
		free(findings->list[i].what);
		free(findings->list[i].act);
	}
	free(findings->list);
	*findings = (struct check_findings){ 0 };
}
