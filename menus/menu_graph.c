#include "menus/menu_graph.h"

#include "menus/menu_inside.h"
#include "menus/screen_targets.h"

enum { LINE_SIGNS = 34, LINES_MOST = 3, CONDITION_SIGNS = 40 };

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
};

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

/* -- screens ---------------------------------------------------------------- */

static void
add_option(struct text *dot, const struct menus *menus, const char *language,
    const struct screen_option *option, size_t number)
{
	text_printf(
	    dot, "<TR><TD PORT=\"o%zu\" ALIGN=\"LEFT\">%zu ", number, number);
	add_short(dot,
	    catalog_text(
		menus->catalog, language, option->text_id, option->text),
	    LINE_SIGNS);
	for (size_t i = 0; i < option->weight_count; i++) {
		text_printf(dot, "%s", i == 0 ? " (" : ", ");
		add_words(dot, option->weights[i].score,
		    strlen(option->weights[i].score));
		text_printf(dot, " %+d", (int)option->weights[i].points);
	}
	text_printf(dot, "%s</TD></TR>", option->weight_count > 0 ? ")" : "");
}

static void
add_screen(struct text *dot, const struct menus *menus, const char *language,
    const struct screen *screen)
{
	size_t kind = (size_t)screen->kind < COUNT_OF(looks)
	    ? (size_t)screen->kind
	    : SCREEN_MENU;

	text_printf(dot,
	    "    \"%s\" [label=<<TABLE BORDER=\"0\" CELLBORDER=\"1\""
	    " CELLSPACING=\"0\" CELLPADDING=\"4\"><TR><TD PORT=\"top\""
	    " BGCOLOR=\"%s\" ALIGN=\"LEFT\"><B>%s</B>  <I>%s</I></TD></TR>",
	    screen->id, looks[kind].colour, screen->id, looks[kind].word);
	if (screen->text[0] != '\0') {
		text_add(dot, "<TR><TD ALIGN=\"LEFT\" BALIGN=\"LEFT\">");
		add_lines(dot,
		    catalog_text(menus->catalog, language, screen->text_id,
			screen->text));
		text_add(dot, "</TD></TR>");
	}
	for (size_t i = 0; i < screen->option_count; i++)
		add_option(dot, menus, language, &screen->options[i], i + 1);
	text_add(dot, "</TABLE>>];\n");
}

/* -- arrows ----------------------------------------------------------------- */

static void
add_way(struct text *dot, const struct screen *screen, const struct way *way)
{
	struct text condition = { 0 };

	text_printf(dot, "  \"%s\" -> \"%s\":top", screen->id, way->target->id);
	if (way->when != NULL) {
		expression_add_words(way->when, &condition);
		text_add(dot, " [label=<");
		add_short(dot, text_string(&condition), CONDITION_SIGNS);
		text_add(dot, ">]");
	} else if (screen->way_count > 1) {
		text_add(dot, " [label=<else>]");
	}
	text_add(dot, ";\n");
	text_free(&condition);
}

static void
add_arrows(struct text *dot, const struct screen *screen)
{
	for (size_t i = 0; i < screen_exit_count(screen); i++) {
		struct screen_exit out = screen_exit_at(screen, i);

		if (out.target == NULL)
			continue;
		if (out.way != NULL)
			add_way(dot, screen, out.way);
		else
			text_printf(dot, "  \"%s\":o%zu:e -> \"%s\":top;\n",
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
add_part(struct text *dot, const struct menus *menus,
    const struct corridor *corridor, const char *language, const char *part)
{
	text_printf(dot,
	    "  subgraph \"cluster_%s\" {\n"
	    "    label=<<B>%s</B>>; color=\"#999999\"; fontsize=18;\n",
	    part, part);
	for (size_t i = 0; i < corridor->screen_count; i++) {
		if (strcmp(corridor->screens[i].part, part) == 0)
			add_screen(dot, menus, language, &corridor->screens[i]);
	}
	text_add(dot, "  }\n");
}

void
menu_graph_add(const struct menus *menus, const struct corridor *corridor,
    const char *language, struct text *dot)
{
	text_printf(dot,
	    "digraph \"%s\" {\n"
	    "  graph [rankdir=LR, nodesep=0.25, ranksep=0.7, labelloc=t,"
	    " fontname=\"sans-serif\", fontsize=24, label=<",
	    corridor->id);
	add_words(dot, corridor->name, strlen(corridor->name));
	text_printf(dot,
	    " (%s); the word HELP leads to %s from everywhere>];\n"
	    "  node [shape=plain, fontname=\"sans-serif\", fontsize=12];\n"
	    "  edge [fontname=\"sans-serif\", fontsize=10,"
	    " color=\"#555555\"];\n",
	    language, corridor->help);
	for (size_t i = 0; i < corridor->screen_count; i++) {
		if (is_first_of_part(corridor, i))
			add_part(dot, menus, corridor, language,
			    corridor->screens[i].part);
	}
	for (size_t i = 0; i < corridor->screen_count; i++)
		add_arrows(dot, &corridor->screens[i]);
	text_add(dot, "}\n");
}
