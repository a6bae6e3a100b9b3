#include "menus/link_check.h"

#include <stdarg.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "menus/expression.h"
#include "menus/facts.h"
#include "menus/menu_walk.h"
#include "menus/placeholders.h"
#include "menus/screen_index.h"

struct check {
	struct corridor *corridor;
	const struct catalog *catalog;
	int complaints;
};

static void __attribute__((format(printf, 4, 5))) complain(
    struct check *check, const char *file, int line, const char *format, ...)
{
	va_list arguments;
	char *made = NULL;

	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		abort();
	va_end(arguments);
	log_err("%s:%d: %s", file, line, made);
	free(made);
	check->complaints++;
}

static const struct screen *
find_target(
    struct check *check, const struct screen *screen, const char *to, int line)
{
	const struct screen *target =
	    screen_index_find(check->corridor->index, to);

	if (target == NULL)
		complain(check, screen->file, line,
		    "there is no screen '%s'"
		    " in the corridor '%s'",
		    to, check->corridor->id);
	return (target);
}

static void
set_targets(struct check *check, struct screen *screen)
{
	for (size_t i = 0; i < screen->way_count; i++) {
		struct way *way = &screen->ways[i];

		way->target = find_target(check, screen, way->to, way->line);
	}
	for (size_t i = 0; i < screen->option_count; i++) {
		struct screen_option *option = &screen->options[i];

		if (option->to != NULL)
			option->target = find_target(
			    check, screen, option->to, option->line);
	}
}

static void
set_facts(struct check *check, struct screen *screen)
{
	struct placeholder found = { 0 };
	const char *at = screen->text;

	while (placeholder_next(at, &found) == 1) {
		const char *name;
		size_t length;
		int is_date;

		at = found.end;
		if (!placeholder_is_fact(&found, &name, &length, &is_date))
			continue;
		screen->facts = memory_grow(screen->facts, screen->fact_count,
		    screen->fact_count + 1, sizeof(*screen->facts));
		screen->facts[screen->fact_count] =
		    facts_find(check->corridor->facts, name, length);
		if (screen->facts[screen->fact_count++] == NULL)
			complain(check, screen->file, screen->line,
			    "there is"
			    " no fact '%.*s' in %s; add its row (show = no"
			    " while it is not checked)",
			    (int)length, name, check->corridor->facts->file);
	}
}

static void
check_names(struct check *check, const struct expression *expression,
    const char *file, int line)
{
	size_t count =
	    expression != NULL ? expression_name_count(expression) : 0;

	for (size_t i = 0; i < count; i++) {
		const char *name = expression_name(expression, i);

		if (screen_index_name(check->corridor->index, name) ==
		    NAME_UNKNOWN)
			complain(check, file, line,
			    "there is no answer or"
			    " score ':%s' in the corridor '%s'",
			    name, check->corridor->id);
	}
}

/* What a text has as {name} must be a number, and known or replaceable. */
static void
check_numbers(struct check *check, const struct screen *screen)
{
	const struct screen_index *index = check->corridor->index;

	for (size_t i = 0; i < screen->number_count; i++) {
		enum name_kind kind =
		    screen_index_name(index, screen->numbers[i]);

		if (kind == NAME_UNKNOWN || kind == NAME_WORDS)
			complain(check, screen->file, screen->text_line,
			    "{%s} is nothing that can be filled in: no number,"
			    " score or computed value of the corridor '%s' has"
			    " this name",
			    screen->numbers[i], check->corridor->id);
		else if (kind != NAME_SCORE && screen->text_without == NULL)
			complain(check, screen->file, screen->line,
			    "text names {%s}, so text_without is needed: what"
			    " to say while that number is not known",
			    screen->numbers[i]);
	}
}

/* A value made from computed values could be made from itself. */
static void
check_computed(struct check *check, const struct computed *computed)
{
	size_t count = expression_name_count(computed->value);

	check_names(check, computed->value, computed->file, computed->line);
	if (screen_index_name(check->corridor->index, computed->name) !=
	    NAME_COMPUTED)
		complain(check, computed->file, computed->line,
		    "'%s' is also an answer or a score; choose another name",
		    computed->name);
	for (size_t i = 0; i < count; i++)
		if (screen_index_name(check->corridor->index,
			expression_name(computed->value, i)) == NAME_COMPUTED)
			complain(check, computed->file, computed->line,
			    "':%s' is a computed value itself; values are made"
			    " from answers and scores",
			    expression_name(computed->value, i));
}

static void
check_conditions(struct check *check, const struct screen *screen)
{
	check_names(check, screen->unless, screen->file, screen->line);
	for (size_t i = 0; i < screen->way_count; i++)
		check_names(check, screen->ways[i].when, screen->file,
		    screen->ways[i].line);
}

/* A name is an answer in words, a number, or a score, everywhere the same. */
static void
check_saved(struct check *check, const struct screen *screen)
{
	const struct screen_index *index = check->corridor->index;
	enum name_kind wanted =
	    screen->ask == ASK_NUMBER ? NAME_NUMBER : NAME_WORDS;

	if (screen->save != NULL &&
	    screen_index_name(index, screen->save) != wanted)
		complain(check, screen->file, screen->line,
		    "'%s' is also"
		    " saved or scored as something else elsewhere; choose"
		    " another name",
		    screen->save);
	for (size_t i = 0; i < screen->option_count; i++) {
		const struct screen_option *option = &screen->options[i];

		for (size_t k = 0; k < option->weight_count; k++)
			if (screen_index_name(
				index, option->weights[k].score) != NAME_SCORE)
				complain(check, screen->file, option->line,
				    "'%s' is the name of an answer and of a"
				    " score; choose another",
				    option->weights[k].score);
	}
}

/* How many different answers a corridor can save. */
static void
check_answer_count(struct check *check)
{
	const struct corridor *corridor = check->corridor;
	size_t count = 0;

	for (size_t i = 0; i < corridor->screen_count; i++) {
		const char *save = corridor->screens[i].save;
		size_t k = 0;

		if (save == NULL)
			continue;
		while (k < i &&
		    (corridor->screens[k].save == NULL ||
			strcmp(corridor->screens[k].save, save) != 0))
			k++;
		count += k == i;
	}
	if (count > WALK_ANSWERS_MOST)
		complain(check, corridor->file, corridor->line,
		    "the corridor"
		    " saves %zu different answers; %d is the most",
		    count, WALK_ANSWERS_MOST);
}

static void
check_languages(struct check *check)
{
	const struct corridor *corridor = check->corridor;

	for (size_t i = 0; i < corridor->language_count; i++) {
		const char *tag = corridor->languages[i];

		if (catalog_find_language(check->catalog, tag) == NULL)
			complain(check, corridor->file, corridor->line,
			    "there is no language '%s': locales/%s.po is"
			    " missing",
			    tag, tag);
		for (size_t k = 0; k < i; k++)
			if (strcmp(corridor->languages[k], tag) == 0)
				complain(check, corridor->file, corridor->line,
				    "the language '%s' is there twice", tag);
	}
}

/* A caller has to be told the reference where HELP leads. */
static void
check_help(struct check *check)
{
	const struct corridor *corridor = check->corridor;
	const struct screen *help =
	    screen_index_find(corridor->index, corridor->help);

	if (help == NULL)
		complain(check, corridor->file, corridor->line,
		    "there is no"
		    " screen '%s' for help",
		    corridor->help);
	else if (strstr(help->text, "{ref}") == NULL)
		complain(check, help->file, help->line,
		    "HELP leads here, so"
		    " the text must say {ref}, the reference of the request");
	else if (help->text_without != NULL &&
	    strstr(help->text_without, "{ref}") == NULL)
		complain(check, help->file, help->line,
		    "HELP leads here, so"
		    " text_without must say {ref} as well");
}

static void
check_head(struct check *check, int consent_line)
{
	const struct corridor *corridor = check->corridor;

	if (screen_index_find(corridor->index, corridor->home) == NULL)
		complain(check, corridor->file, corridor->line,
		    "there is no"
		    " screen '%s' for home",
		    corridor->home);
	check_help(check);
	if (screen_index_name(corridor->index, corridor->consent) != NAME_WORDS)
		complain(check, corridor->file, consent_line,
		    "no question"
		    " saves '%s', the answer for consent",
		    corridor->consent);
	check_names(check, corridor->urgency, corridor->file, corridor->line);
}

/* 1 when a caller passes this screen without being asked anything. */
static int
passes_at_once(const struct screen *screen)
{
	return (
	    screen->kind == SCREEN_BRANCH || screen->kind == SCREEN_REQUEST);
}

enum mark { MARK_NEW, MARK_OPEN, MARK_DONE };

/* Depth first over branches and requests; 1 when it comes back to where it
 * is.  Deep only as far as branch leads to branch. */
static int
goes_in_circle(const struct corridor *corridor, const struct screen *screen,
    enum mark *marks)
{
	enum mark *mark = &marks[screen - corridor->screens];
	int circle = 0;

	if (!passes_at_once(screen) || *mark == MARK_DONE)
		return (0);
	if (*mark == MARK_OPEN)
		return (1);
	*mark = MARK_OPEN;
	for (size_t i = 0; i < screen->way_count && !circle; i++)
		circle =
		    goes_in_circle(corridor, screen->ways[i].target, marks);
	*mark = MARK_DONE;
	return (circle);
}

static void
check_circles(struct check *check)
{
	const struct corridor *corridor = check->corridor;
	enum mark *marks = memory_new(corridor->screen_count, sizeof(*marks));

	for (size_t i = 0; i < corridor->screen_count; i++)
		if (goes_in_circle(corridor, &corridor->screens[i], marks))
			complain(check, corridor->screens[i].file,
			    corridor->screens[i].line,
			    "'%s' leads back to"
			    " itself without asking anything: a caller would"
			    " go round for ever",
			    corridor->screens[i].id);
	free(marks);
}

int
link_check(
    struct corridor *corridor, const struct catalog *catalog, int consent_line)
{
	struct check check = { .corridor = corridor, .catalog = catalog };

	for (size_t i = 0; i < corridor->screen_count; i++) {
		struct screen *screen = &corridor->screens[i];

		set_targets(&check, screen);
		set_facts(&check, screen);
		check_conditions(&check, screen);
		check_saved(&check, screen);
		check_numbers(&check, screen);
	}
	for (size_t i = 0; i < corridor->computed_count; i++)
		check_computed(&check, &corridor->computed[i]);
	check_head(&check, consent_line);
	check_languages(&check);
	check_answer_count(&check);
	/* Circles are looked for along ways that all lead somewhere. */
	if (check.complaints == 0)
		check_circles(&check);
	return (check.complaints);
}
