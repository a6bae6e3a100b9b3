#include "menus/menu_diff_inside.h"
#include "menus/screen_targets.h"

static const char *
yes_no(int value)
{
	return (value ? "yes" : "no");
}

/* -- what is written once for all languages --------------------------------- */

static void
diff_condition(struct diffing *diffing, const char *what,
    const struct expression *before, const struct expression *after)
{
	struct text old = { 0 };
	struct text new = { 0 };

	if (before != NULL)
		expression_add_words(before, &old);
	if (after != NULL)
		expression_add_words(after, &new);
	diff_words(diffing, what, text_string(&old), text_string(&new));
	text_free(&old);
	text_free(&new);
}

/* All ways on as one line: "high when :risk >= 10; low". */
static void
add_ways(const struct screen *screen, struct text *out)
{
	for (size_t i = 0; i < screen->way_count; i++) {
		const struct way *way = &screen->ways[i];

		text_printf(out, "%s%s", i > 0 ? "; " : "", way->to);
		if (way->when == NULL)
			continue;
		text_add(out, " when ");
		expression_add_words(way->when, out);
	}
}

static void
diff_ways(struct diffing *diffing, const struct screen *before,
    const struct screen *after)
{
	struct text old = { 0 };
	struct text new = { 0 };

	add_ways(before, &old);
	add_ways(after, &new);
	diff_words(diffing, "leads to", text_string(&old), text_string(&new));
	text_free(&old);
	text_free(&new);
}

static void
add_weights(const struct screen_option *option, struct text *out)
{
	for (size_t i = 0; i < option->weight_count; i++)
		text_printf(out, "%s%s %+d", i > 0 ? ", " : "",
		    option->weights[i].score, (int)option->weights[i].points);
}

static const struct screen_option *
find_option(const struct screen *screen, const char *id)
{
	for (size_t i = 0; i < screen->option_count; i++) {
		if (strcmp(screen->options[i].id, id) == 0)
			return (&screen->options[i]);
	}
	return (NULL);
}

static void
diff_option(struct diffing *diffing, const struct screen_option *before,
    const struct screen_option *after)
{
	struct text what = { 0 };
	struct text old = { 0 };
	struct text new = { 0 };

	text_printf(&what, "option '%s' leads to", before->id);
	diff_words(diffing, text_string(&what), before->to, after->to);
	text_clear(&what);
	text_printf(&what, "option '%s' counts", before->id);
	add_weights(before, &old);
	add_weights(after, &new);
	diff_words(
	    diffing, text_string(&what), text_string(&old), text_string(&new));
	text_clear(&what);
	text_printf(&what, "option '%s' is kept as", before->id);
	diff_words(diffing, text_string(&what), before->value, after->value);
	text_clear(&what);
	text_printf(&what, "option '%s' is the right one", before->id);
	diff_words(diffing, text_string(&what), yes_no(before->is_answer),
	    yes_no(after->is_answer));
	text_free(&what);
	text_free(&old);
	text_free(&new);
}

/* The numbers a caller presses. */
static void
add_order(const struct screen *screen, struct text *out)
{
	for (size_t i = 0; i < screen->option_count; i++)
		text_printf(out, "%s%zu %s", i > 0 ? ", " : "", i + 1,
		    screen->options[i].id);
}

static void
diff_options(struct diffing *diffing, const struct screen *before,
    const struct screen *after)
{
	struct text old = { 0 };
	struct text new = { 0 };

	add_order(before, &old);
	add_order(after, &new);
	diff_words(diffing, "options", text_string(&old), text_string(&new));
	text_free(&old);
	text_free(&new);
	for (size_t i = 0; i < before->option_count; i++) {
		const struct screen_option *option = &before->options[i];
		const struct screen_option *match =
		    find_option(after, option->id);

		if (match != NULL)
			diff_option(diffing, option, match);
	}
}

void
diff_screen(struct diffing *diffing, const struct screen *before,
    const struct screen *after)
{
	diff_words(
	    diffing, "kind", screen_kind_name(before), screen_kind_name(after));
	diff_options(diffing, before, after);
	diff_ways(diffing, before, after);
	diff_condition(
	    diffing, "passed over when", before->unless, after->unless);
	diff_words(diffing, "leads into the corridor", before->linked_corridor,
	    after->linked_corridor);
	diff_words(diffing, "leads to its screen", before->linked_screen,
	    after->linked_screen);
	diff_words(diffing, "answer is kept as", before->save, after->save);
	diff_number(diffing, "smallest number", before->min, after->min);
	diff_number(diffing, "largest number", before->max, after->max);
	diff_words(diffing, "may be skipped", yes_no(before->may_skip),
	    yes_no(after->may_skip));
	diff_words(diffing, "private", yes_no(before->is_private),
	    yes_no(after->is_private));
	diff_words(
	    diffing, "holds", yes_no(before->holds), yes_no(after->holds));
	diff_words(diffing, "withdraws", yes_no(before->withdraws),
	    yes_no(after->withdraws));
}

/* -- what is said in a language --------------------------------------------- */

static const char *
said(const struct menus *menus, const char *language, const char *id,
    const char *source)
{
	if (source == NULL)
		return ("");
	return (catalog_text(menus->catalog, language, id, source));
}

void
diff_screen_texts(struct diffing *diffing, const struct screen *before,
    const struct screen *after)
{
	const char *language = diffing->language;

	diff_words(diffing, "text",
	    said(diffing->before, language, before->text_id, before->text),
	    said(diffing->after, language, after->text_id, after->text));
	diff_words(diffing, "text without facts",
	    said(diffing->before, language, before->text_without_id,
		before->text_without),
	    said(diffing->after, language, after->text_without_id,
		after->text_without));
	diff_words(diffing, "text after the right answer",
	    said(diffing->before, language, before->right_id, before->right),
	    said(diffing->after, language, after->right_id, after->right));
	diff_words(diffing, "text after a wrong answer",
	    said(diffing->before, language, before->wrong_id, before->wrong),
	    said(diffing->after, language, after->wrong_id, after->wrong));
	for (size_t i = 0; i < before->option_count; i++) {
		const struct screen_option *old = &before->options[i];
		const struct screen_option *new = find_option(after, old->id);
		struct text what = { 0 };

		if (new == NULL)
			continue;
		text_printf(&what, "option '%s'", old->id);
		diff_words(diffing, text_string(&what),
		    said(diffing->before, language, old->text_id, old->text),
		    said(diffing->after, language, new->text_id, new->text));
		text_free(&what);
	}
}
