#include "menus/menu_graph.h"

#include "gateway/base/clock.h"
#include "menus/menu_inside.h"
#include "menus/screen_targets.h"

enum { LINE_SIGNS = 34, LINES_MOST = 3, CONDITION_SIGNS = 40, DAY_S = 86400 };

/* What is drawn. */
struct drawing {
	const struct menus *menus;
	const struct corridor *corridor;
	const char *language;
};

/* How the kinds are told apart, on a printer without colours by their words. */
static const struct {
	const char *colour;
	const char *word;
} looks[] = {
	[SCREEN_MENU] = { "#cfe2f3", "menu" },
	[SCREEN_INFO] = { "#d9ead3", "text" },
	[SCREEN_ASK] = { "#fff2cc", "question" },
	[SCREEN_BRANCH] = { "#eeeeee", "decides" },
	[SCREEN_REQUEST] = { "#f4cccc", "help request" },
	[SCREEN_END] = { "#d9d9d9", "end" },
	[SCREEN_CHECKLIST] = { "#fce5cd", "checklist" },
	[SCREEN_QUIZ] = { "#ead1dc", "quiz" },
	[SCREEN_CORRIDOR] = { "#eeeeee", "another corridor" },
	[SCREEN_LOOKUP] = { "#d0e0e3", "looks up" },
};
_Static_assert(COUNT_OF(looks) == SCREEN_LOOKUP + 1, "a look for each kind");

/* -- words ------------------------------------------------------------------ */

/* One sign as it may stand in dot's HTML-like labels. */
static void
add_sign(struct text *dot, char sign)
{
	switch (sign) {
	case '&':
		text_add(dot, "&amp;");
		break;
	case '<':
		text_add(dot, "&lt;");
		break;
	case '>':
		text_add(dot, "&gt;");
		break;
	case '"':
		text_add(dot, "&quot;");
		break;
	case '\n':
		text_add(dot, " ");
		break;
	default:
		text_add_byte(dot, sign);
	}
}

static int
starts_sign(char byte)
{
	return (((unsigned char)byte & 0xc0) != 0x80);
}

/* How many bytes of `words` make a line: up to LINE_SIGNS, cut at a blank
 * where there is one. */
static size_t
line_length(const char *words, size_t most)
{
	size_t signs = 0;
	size_t length = 0;
	size_t blank = 0;

	while (words[length] != '\0') {
		if (starts_sign(words[length]) && signs++ == most)
			return (blank > 0 ? blank : length);
		if (words[length] == ' ' || words[length] == '\n')
			blank = length;
		length++;
	}
	return (length);
}

static void
add_words(struct text *dot, const char *words, size_t length)
{
	for (size_t i = 0; i < length; i++)
		add_sign(dot, words[i]);
}

/* The first words on a few lines, with a mark when there are more. */
static void
add_lines(struct text *dot, const char *words)
{
	for (int line = 0; line < LINES_MOST && *words != '\0'; line++) {
		size_t length = line_length(words, LINE_SIGNS);

		add_words(dot, words, length);
		words += length;
		words += *words == ' ' || *words == '\n';
		if (line + 1 == LINES_MOST && *words != '\0')
			text_add(dot, " …");
		text_add(dot, "<BR ALIGN=\"LEFT\"/>");
	}
}

static void
add_short(struct text *dot, const char *words, size_t most)
{
	size_t length = line_length(words, most);

	add_words(dot, words, length);
	if (words[length] != '\0')
		text_add(dot, " …");
}

/* -- where it leads --------------------------------------------------------- */

/* Arrows between parts would cross the whole drawing: such a way is words. */
static int
is_elsewhere(const struct screen *screen, const struct screen *target)
{
	return (strcmp(screen->part, target->part) != 0);
}

static void
add_condition(
    struct text *dot, const struct screen *screen, const struct way *way)
{
	struct text condition = { 0 };

	if (way->when != NULL) {
		expression_add_words(way->when, &condition);
		add_short(dot, text_string(&condition), CONDITION_SIGNS);
	} else if (screen->way_count > 1) {
		text_add(dot, "else");
	}
	text_free(&condition);
}

/* -- screens ---------------------------------------------------------------- */

static void
add_option(struct text *dot, const struct drawing *drawing,
    const struct screen *screen, size_t number)
{
	const struct screen_option *option = &screen->options[number - 1];

	text_printf(
	    dot, "<TR><TD PORT=\"o%zu\" ALIGN=\"LEFT\">%zu ", number, number);
	add_short(dot,
	    catalog_text(drawing->menus->catalog, drawing->language,
		option->text_id, option->text),
	    LINE_SIGNS);
	if (option->is_answer)
		text_add(dot, " ✓");
	for (size_t i = 0; i < option->weight_count; i++) {
		text_printf(dot, "%s", i == 0 ? " (" : ", ");
		add_words(dot, option->weights[i].score,
		    strlen(option->weights[i].score));
		text_printf(dot, " %+d", (int)option->weights[i].points);
	}
	text_add(dot, option->weight_count > 0 ? ")" : "");
	if (option->target != NULL && is_elsewhere(screen, option->target))
		text_printf(dot, "  <B>→ %s</B>", option->target->id);
	text_add(dot, "</TD></TR>");
}

/* The ways to another part, a row each. */
static void
add_ways_elsewhere(struct text *dot, const struct screen *screen)
{
	for (size_t i = 0; i < screen->way_count; i++) {
		const struct way *way = &screen->ways[i];

		if (!is_elsewhere(screen, way->target))
			continue;
		text_add(dot, "<TR><TD ALIGN=\"LEFT\">");
		add_condition(dot, screen, way);
		text_printf(dot, " <B>→ %s</B></TD></TR>", way->target->id);
	}
}

static void
add_screen(struct text *dot, const struct drawing *drawing,
    const struct screen *screen)
{
	text_printf(dot,
	    "    \"%s\" [label=<<TABLE BORDER=\"0\" CELLBORDER=\"1\""
	    " CELLSPACING=\"0\" CELLPADDING=\"4\"><TR><TD PORT=\"top\""
	    " BGCOLOR=\"%s\" ALIGN=\"LEFT\"><B>%s</B>  <I>%s</I></TD></TR>",
	    screen->id, looks[screen->kind].colour, screen->id,
	    looks[screen->kind].word);
	if (screen->text[0] != '\0') {
		text_add(dot, "<TR><TD ALIGN=\"LEFT\" BALIGN=\"LEFT\">");
		add_lines(dot,
		    catalog_text(drawing->menus->catalog, drawing->language,
			screen->text_id, screen->text));
		text_add(dot, "</TD></TR>");
	}
	for (size_t i = 0; i < screen->option_count; i++)
		add_option(dot, drawing, screen, i + 1);
	add_ways_elsewhere(dot, screen);
	if (screen->kind == SCREEN_CORRIDOR)
		text_printf(dot,
		    "<TR><TD ALIGN=\"LEFT\"><B>→ %s / %s</B></TD></TR>",
		    screen->linked_corridor, screen->target->id);
	text_add(dot, "</TABLE>>];\n");
}

/* -- arrows ----------------------------------------------------------------- */

static void
add_way(struct text *dot, const struct screen *screen, const struct way *way)
{
	text_printf(dot, "  \"%s\" -> \"%s\":top", screen->id, way->target->id);
	if (screen->way_count > 1) {
		text_add(dot, " [label=<");
		add_condition(dot, screen, way);
		text_add(dot, ">]");
	}
	text_add(dot, ";\n");
}

static void
add_arrows(struct text *dot, const struct screen *screen)
{
	for (size_t i = 0; i < screen_exit_count(screen); i++) {
		struct screen_exit out = screen_exit_at(screen, i);

		if (out.target == NULL || is_elsewhere(screen, out.target))
			continue;
		if (out.way != NULL)
			add_way(dot, screen, out.way);
		else
			text_printf(dot, "  \"%s\":o%zu -> \"%s\":top;\n",
			    screen->id, i + 1, out.target->id);
	}
}

/* -- parts ------------------------------------------------------------------ */

/* 1 when no screen before this one is of its part. */
static int
is_first_of_part(const struct corridor *corridor, size_t index)
{
	for (size_t i = 0; i < index; i++) {
		if (strcmp(corridor->screens[i].part,
			corridor->screens[index].part) == 0)
			return (0);
	}
	return (1);
}

static void
add_part(struct text *dot, const struct drawing *drawing, const char *part)
{
	const struct corridor *corridor = drawing->corridor;

	text_printf(dot,
	    "  subgraph \"cluster_%s\" {\n"
	    "    label=<<B>%s</B>>; color=\"#999999\"; fontsize=18;\n",
	    part, part);
	for (size_t i = 0; i < corridor->screen_count; i++) {
		if (strcmp(corridor->screens[i].part, part) == 0)
			add_screen(dot, drawing, &corridor->screens[i]);
	}
	text_add(dot, "  }\n");
}

/* What stands above the home screen for a time, and what is reckoned: a box of
 * its own, since no way leads there. */
static void
add_notes(struct text *dot, const struct drawing *drawing)
{
	const struct corridor *corridor = drawing->corridor;

	if (corridor->notice_count == 0 && corridor->computed_count == 0)
		return;
	text_add(dot,
	    "  \"/notes\" [label=<<TABLE BORDER=\"0\" CELLBORDER=\"1\""
	    " CELLSPACING=\"0\" CELLPADDING=\"4\">");
	for (size_t i = 0; i < corridor->notice_count; i++) {
		const struct notice *notice = &corridor->notices[i];

		text_printf(dot,
		    "<TR><TD ALIGN=\"LEFT\" BALIGN=\"LEFT\"><B>notice %s</B>"
		    "  <I>%s to %s</I><BR ALIGN=\"LEFT\"/>",
		    notice->id, clock_date(notice->from_utc_s).text,
		    clock_date(notice->until_utc_s - DAY_S).text);
		add_lines(dot,
		    catalog_text(drawing->menus->catalog, drawing->language,
			notice->text_id, notice->text));
		text_add(dot, "</TD></TR>");
	}
	for (size_t i = 0; i < corridor->computed_count; i++) {
		const struct computed *computed = &corridor->computed[i];
		struct text words = { 0 };

		expression_add_words(computed->value, &words);
		text_printf(dot,
		    "<TR><TD ALIGN=\"LEFT\"><B>{%s}</B> = ", computed->name);
		add_words(dot, text_string(&words), words.length);
		text_add(dot, "</TD></TR>");
		text_free(&words);
	}
	text_add(dot, "</TABLE>>];\n");
}

void
menu_graph_add(const struct menus *menus, const struct corridor *corridor,
    const char *language, struct text *dot)
{
	const struct drawing drawing = { menus, corridor, language };
	const struct screen *home =
	    corridor_find_screen(corridor, corridor->home);

	text_printf(dot,
	    "digraph \"%s\" {\n"
	    "  graph [nodesep=0.25, ranksep=0.45, labelloc=t,"
	    " fontname=\"sans-serif\", fontsize=24, label=<",
	    corridor->id);
	add_words(dot, corridor->name, strlen(corridor->name));
	text_printf(dot,
	    " (%s); the word HELP leads to %s from everywhere>];\n"
	    "  node [shape=plain, fontname=\"sans-serif\", fontsize=12];\n"
	    "  edge [fontname=\"sans-serif\", fontsize=10,"
	    " color=\"#555555\"];\n",
	    language, corridor->help);
	add_notes(dot, &drawing);
	/* The part one starts in stands first. */
	add_part(dot, &drawing, home->part);
	for (size_t i = 0; i < corridor->screen_count; i++) {
		if (is_first_of_part(corridor, i) &&
		    is_elsewhere(home, &corridor->screens[i]))
			add_part(dot, &drawing, corridor->screens[i].part);
	}
	for (size_t i = 0; i < corridor->screen_count; i++)
		add_arrows(dot, &corridor->screens[i]);
	text_add(dot, "}\n");
}
