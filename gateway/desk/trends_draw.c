/* The drawing half of trends.h: plots, tables, sentences.  Pure. */
#include <inttypes.h>

#include "gateway/desk/cli.h"
#include "gateway/desk/markup.h"
#include "gateway/desk/trends.h"

/* The plot's own units; the page scales it. */
enum {
	WIDTH = 720,
	HEIGHT = 220,
	LEFT = 44,
	RIGHT = 8,
	TOP = 24,
	BOTTOM = 30,
	FLOOR = HEIGHT - BOTTOM,
	ROOM = FLOOR - TOP,
	STEP_PART = 4, /* a fourth of a week's width stays free */
	MARK = 5,
	LETTERS = 13,
	LABEL_ROOM = 64, /* what a week's name takes, or it is left out */
	WEEK_LABELS = 6, /* at most so many weeks are named below */
};

struct trend_words
trend_count_words(int64_t count)
{
	struct trend_words words;

	if (count > 0 && count < TRENDS_LEAST)
		snprintf(words.text, sizeof(words.text), "under %d",
		    (int)TRENDS_LEAST);
	else
		snprintf(words.text, sizeof(words.text), "%" PRId64, count);
	return (words);
}

static int
is_hidden(const struct trend_week *week)
{
	return (week->count > 0 && week->count < TRENDS_LEAST);
}

/* What is drawn: hidden counts all have the same height. */
static int64_t
drawn(const struct trend_week *week)
{
	return (is_hidden(week) ? TRENDS_LEAST - 1 : week->count);
}

static size_t
find_highest(const struct trend *trend)
{
	size_t highest = 0;

	for (size_t i = 1; i < trend->week_count; i++) {
		if (trend->weeks[i].count > trend->weeks[highest].count)
			highest = i;
	}
	return (highest);
}

/* The next of 10, 20, 50, 100 ...: an axis people can read. */
static int64_t
top_of_axis(const struct trend *trend)
{
	static const int64_t steps[] = { 1, 2, 5 };
	int64_t highest =
	    trend->week_count > 0 ? trend->weeks[find_highest(trend)].count : 0;

	for (int64_t ten = 10;; ten *= 10) {
		for (size_t i = 0; i < COUNT_OF(steps); i++) {
			if (ten * steps[i] >= highest)
				return (ten * steps[i]);
		}
	}
}

/* -- sentences -------------------------------------------------------------- */

void
trend_sentence(const struct trend *trend, struct text *out)
{
	size_t highest = find_highest(trend);
	int has_mark = 0;

	if (trend->week_count == 0 || trend->weeks[highest].count == 0) {
		text_printf(out, "None in these %zu weeks.", trend->week_count);
		return;
	}
	text_printf(out, "%" PRId64 " in %zu weeks", trend->shown_total,
	    trend->week_count);
	if (trend->hidden_weeks > 0)
		text_printf(out, ", without %zu with under %d each",
		    trend->hidden_weeks, (int)TRENDS_LEAST);
	if (trend->weeks[highest].count >= TRENDS_LEAST)
		text_printf(out, "; the most in %s: %" PRId64,
		    trend->weeks[highest].week.text,
		    trend->weeks[highest].count);
	for (size_t i = 0; i < trend->week_count; i++) {
		if (!trend->weeks[i].stands_out)
			continue;
		text_printf(out, "%s %s",
		    has_mark ? "," : ". Far more than in the weeks before:",
		    trend->weeks[i].week.text);
		has_mark = 1;
	}
	text_add_byte(out, '.');
}

/* -- the plot --------------------------------------------------------------- */

static void
add_label(
    struct text *svg, double x, double y, const char *anchor, const char *words)
{
	text_printf(svg,
	    "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\""
	    " fill=\"currentColor\">",
	    x, y, anchor, (int)LETTERS);
	markup_add(svg, words);
	text_add(svg, "</text>\n");
}

static void
add_axes(int64_t top, struct text *svg)
{
	static const int parts[] = { 0, 1, 2 };

	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		double y = FLOOR - (double)ROOM * parts[i] / 2;
		struct trend_words words;

		snprintf(words.text, sizeof(words.text), "%" PRId64,
		    top * parts[i] / 2);
		text_printf(svg,
		    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\""
		    " stroke=\"currentColor\" stroke-opacity=\"%s\"/>\n",
		    (int)LEFT, y, WIDTH - RIGHT, y, i == 0 ? "1" : "0.25");
		add_label(
		    svg, LEFT - MARK, y + LETTERS / 3.0, "end", words.text);
	}
}

/* A bar, with what it says for whoever points at it. */
static void
add_bar(const struct trend_week *week, double x, double width, double height,
    struct text *svg)
{
	const char *kind = is_hidden(week) ? "trend-hidden"
	    : week->stands_out             ? "trend-spike"
					   : "trend-bar";
	const char *fill = is_hidden(week)
	    ? "fill=\"none\" stroke=\"currentColor\" stroke-dasharray=\"2 2\""
	    : "fill=\"currentColor\"";

	text_printf(svg,
	    "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\""
	    " height=\"%.1f\" %s fill-opacity=\"%s\"><title>%s: %s%s%s</title>"
	    "</rect>\n",
	    kind, x, FLOOR - height, width, height, fill,
	    week->stands_out       ? "1"
		: week->is_running ? "0.3"
				   : "0.6",
	    week->week.text, trend_count_words(week->count).text,
	    week->stands_out ? ", far more than before" : "",
	    week->is_running ? ", not over yet" : "");
	/* Not by shade alone: a mark stands over what stands out. */
	if (week->stands_out)
		text_printf(svg,
		    "<path class=\"trend-mark\" d=\"M%.1f %.1f l-%d -%d h%d z\""
		    " fill=\"currentColor\"/>\n",
		    x + width / 2, FLOOR - height - 2, (int)MARK, 2 * (int)MARK,
		    2 * (int)MARK);
}

static void
add_bars(const struct trend *trend, int64_t top, struct text *svg)
{
	double step =
	    (double)(WIDTH - LEFT - RIGHT) / (double)trend->week_count;
	double width = step - step / STEP_PART;
	size_t every =
	    (trend->week_count + WEEK_LABELS - 1) / (size_t)WEEK_LABELS;

	for (size_t i = 0; i < trend->week_count; i++) {
		const struct trend_week *week = &trend->weeks[i];
		double x = LEFT + step * (double)i + step / STEP_PART / 2;

		if (week->count > 0)
			add_bar(week, x, width,
			    (double)ROOM * (double)drawn(week) / (double)top,
			    svg);
		if (i % every == 0 && x + LABEL_ROOM <= WIDTH)
			add_label(svg, x, HEIGHT - LETTERS / 1.5, "start",
			    week->week.text);
	}
}

void
trend_svg(const struct trend *trend, const char *id, struct text *svg)
{
	int64_t top = top_of_axis(trend);

	text_printf(svg,
	    "<svg class=\"trend\" xmlns=\"http://www.w3.org/2000/svg\""
	    " viewBox=\"0 0 %d %d\" role=\"img\""
	    " aria-labelledby=\"%s-title %s-desc\">\n<title id=\"%s-title\">",
	    (int)WIDTH, (int)HEIGHT, id, id, id);
	markup_add(svg, trend->title);
	text_printf(svg, "</title>\n<desc id=\"%s-desc\">", id);
	trend_sentence(trend, svg);
	text_add(svg, "</desc>\n");
	add_axes(top, svg);
	if (trend->week_count > 0)
		add_bars(trend, top, svg);
	text_add(svg, "</svg>\n");
}

/* -- tables ----------------------------------------------------------------- */

static const char *
note_of(const struct trend_week *week)
{
	if (week->stands_out)
		return ("far more than before");
	return (week->is_running ? "not over yet" : "");
}

void
trend_html_table(const struct trend *trend, struct text *html)
{
	text_add(html, "<table class=\"trend\">\n<caption>");
	markup_add(html, trend->title);
	text_add(html,
	    "</caption>\n<thead><tr><th scope=\"col\">Week</th>"
	    "<th scope=\"col\">Count</th><th scope=\"col\">Note</th></tr>"
	    "</thead>\n<tbody>\n");
	for (size_t i = 0; i < trend->week_count; i++) {
		const struct trend_week *week = &trend->weeks[i];

		text_printf(html,
		    "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td>"
		    "</tr>\n",
		    week->week.text, trend_count_words(week->count).text,
		    note_of(week));
	}
	text_add(html, "</tbody>\n</table>\n");
}

void
trend_text_table(const struct trend *trend, struct text *out)
{
	struct cli_table table = { .columns = 3 };

	cli_table_add(&table, "WEEK");
	cli_table_add(&table, "COUNT");
	cli_table_add(&table, "NOTE");
	for (size_t i = 0; i < trend->week_count; i++) {
		const struct trend_week *week = &trend->weeks[i];

		cli_table_add(&table, week->week.text);
		cli_table_add(&table, trend_count_words(week->count).text);
		cli_table_add(&table, note_of(week));
	}
	cli_table_print(&table, out);
	cli_table_free(&table);
}
