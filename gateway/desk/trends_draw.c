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

/* -- words ------------------------------------------------------------------ */

/* A number, or a week, as a value of a sentence. */
struct figure {
	char text[24];
};

static struct figure
figure_of(int64_t number)
{
	struct figure figure;

	snprintf(figure.text, sizeof(figure.text), "%" PRId64, number);
	return (figure);
}

static void
say_one(const struct page *page, const char *english,
    const struct page_value *value, struct text *out)
{
	page_fill(page, english, value, 1, out);
}

void
trend_title(
    const struct page *page, const struct trend *trend, struct text *out)
{
	static const char *const names[] = {
		[TALLY_REQUEST] = WORDS("Help requests"),
		[TALLY_NEED] = WORDS("Needs"),
		[TALLY_SIGN] = WORDS("Warning signs"),
		[TALLY_RECRUITER] = WORDS("Recruiters looked up"),
		[TALLY_FEEDBACK] = WORDS("Feedback"),
	};
	const struct page_value values[] = {
		{ "what", page_word(page, names[trend->what]) },
		{ "which", trend->first },
		{ "corridor",
		    trend->corridor[0] != '\0'
			? trend->corridor
			: page_word(page, "no corridor") },
	};

	page_fill(page,
	    trend->first[0] != '\0' ? WORDS("{what}: {which}, {corridor}")
				    : WORDS("{what}, {corridor}"),
	    values, COUNT_OF(values), out);
}

void
trend_add_count(const struct page *page, int64_t count, struct text *out)
{
	const struct figure least = figure_of(TRENDS_LEAST);
	const struct page_value value = { "count", least.text };

	if (count > 0 && count < TRENDS_LEAST)
		say_one(page, WORDS("under {count}"), &value, out);
	else
		text_printf(out, "%" PRId64, count);
}

/* -- sentences -------------------------------------------------------------- */

/* Plain, or as markup, in which each figure stands isolated: a week is read from
 * left to right whatever the page's direction. */
struct telling {
	struct text *out;
	int is_markup;
};

static void
tell(const struct page *page, const struct telling *telling,
    const char *english, const struct page_value *values, size_t count)
{
	struct page part = { .catalog = page->catalog,
		.language = page->language };

	if (telling->out->length > 0)
		text_add_byte(telling->out, ' ');
	if (!telling->is_markup) {
		page_fill(page, english, values, count, telling->out);
		return;
	}
	page_say_with(&part, english, values, count);
	text_add(telling->out, text_string(&part.html));
	page_free(&part);
}

static void
add_total(const struct page *page, const struct trend *trend,
    const struct telling *telling)
{
	const struct figure total = figure_of(trend->shown_total);
	const struct figure weeks = figure_of((int64_t)trend->week_count);
	const struct page_value values[] = {
		{ "count", total.text },
		{ "weeks", weeks.text },
	};

	tell(page, telling, WORDS("{count} in {weeks} weeks."), values,
	    COUNT_OF(values));
}

static void
add_hidden(const struct page *page, const struct trend *trend,
    const struct telling *telling)
{
	const struct figure weeks = figure_of((int64_t)trend->hidden_weeks);
	const struct figure least = figure_of(TRENDS_LEAST);
	const struct page_value values[] = {
		{ "weeks", weeks.text },
		{ "count", least.text },
	};

	if (trend->hidden_weeks == 0)
		return;
	tell(page, telling,
	    WORDS("Weeks with under {count}, which are not added: {weeks}."),
	    values, COUNT_OF(values));
}

static void
add_highest(const struct page *page, const struct trend_week *week,
    const struct telling *telling)
{
	const struct figure count = figure_of(week->count);
	const struct page_value values[] = {
		{ "week", week->week.text },
		{ "count", count.text },
	};

	if (week->count < TRENDS_LEAST)
		return;
	tell(page, telling, WORDS("The most in {week}: {count}."), values,
	    COUNT_OF(values));
}

static void
add_spikes(const struct page *page, const struct trend *trend,
    const struct telling *telling)
{
	struct text weeks = { 0 };
	struct page_value value = { "weeks", NULL };

	for (size_t i = 0; i < trend->week_count; i++) {
		if (!trend->weeks[i].stands_out)
			continue;
		text_add(&weeks, weeks.length > 0 ? ", " : "");
		text_add(&weeks, trend->weeks[i].week.text);
	}
	value.words = text_string(&weeks);
	if (weeks.length > 0) {
		tell(page, telling,
		    WORDS("Far more than in the weeks before: {weeks}."),
		    &value, 1);
	}
	text_free(&weeks);
}

static void
tell_all(const struct page *page, const struct trend *trend,
    const struct telling *telling)
{
	size_t highest = find_highest(trend);
	const struct figure weeks = figure_of((int64_t)trend->week_count);
	const struct page_value value = { "count", weeks.text };

	if (trend->week_count == 0 || trend->weeks[highest].count == 0) {
		tell(page, telling, WORDS("None in these {count} weeks."),
		    &value, 1);
		return;
	}
	add_total(page, trend, telling);
	add_hidden(page, trend, telling);
	add_highest(page, &trend->weeks[highest], telling);
	add_spikes(page, trend, telling);
}

void
trend_sentences(
    const struct page *page, const struct trend *trend, struct text *out)
{
	struct text told = { 0 };

	tell_all(page, trend, &(struct telling){ &told, 0 });
	text_add(out, text_string(&told));
	text_free(&told);
}

void
trend_html_sentences(
    const struct page *page, const struct trend *trend, struct text *html)
{
	struct text told = { 0 };

	tell_all(page, trend, &(struct telling){ &told, 1 });
	text_add(html, text_string(&told));
	text_free(&told);
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
		const struct figure words = figure_of(top * parts[i] / 2);

		text_printf(svg,
		    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\""
		    " stroke=\"currentColor\" stroke-opacity=\"%s\"/>\n",
		    (int)LEFT, y, WIDTH - RIGHT, y, i == 0 ? "1" : "0.25");
		add_label(
		    svg, LEFT - MARK, y + LETTERS / 3.0, "end", words.text);
	}
}

static const char *
note_of(const struct page *page, const struct trend_week *week)
{
	if (week->stands_out)
		return (page_word(page, "far more than before"));
	return (week->is_running ? page_word(page, "not over yet") : "");
}

/* "2026-W12: 24, far more than before". */
static void
add_bar_words(
    const struct page *page, const struct trend_week *week, struct text *svg)
{
	const char *note = note_of(page, week);
	struct text words = { 0 };

	text_printf(&words, "%s: ", week->week.text);
	trend_add_count(page, week->count, &words);
	if (note[0] != '\0')
		text_printf(&words, ", %s", note);
	markup_add(svg, words.bytes);
	text_free(&words);
}

/* What a bar says goes with where it stands. */
struct bar {
	const struct trend_week *week;
	double x;
	double width;
	double height;
};

/* A bar, with what it says for whoever points at it. */
static void
add_bar(const struct page *page, const struct bar *bar, struct text *svg)
{
	const struct trend_week *week = bar->week;
	const char *kind = is_hidden(week) ? "trend-hidden"
	    : week->stands_out             ? "trend-spike"
					   : "trend-bar";
	const char *fill = is_hidden(week)
	    ? "fill=\"none\" stroke=\"currentColor\" stroke-dasharray=\"2 2\""
	    : "fill=\"currentColor\"";
	const char *shade = week->stands_out ? "1"
	    : week->is_running               ? "0.3"
					     : "0.6";

	text_printf(svg,
	    "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\""
	    " height=\"%.1f\" %s fill-opacity=\"%s\"><title>",
	    kind, bar->x, FLOOR - bar->height, bar->width, bar->height, fill,
	    shade);
	add_bar_words(page, week, svg);
	text_add(svg, "</title></rect>\n");
	/* Not by shade alone: a mark stands over what stands out. */
	if (week->stands_out)
		text_printf(svg,
		    "<path class=\"trend-mark\" d=\"M%.1f %.1f l-%d -%d h%d z\""
		    " fill=\"currentColor\"/>\n",
		    bar->x + bar->width / 2, FLOOR - bar->height - 2, (int)MARK,
		    2 * (int)MARK, 2 * (int)MARK);
}

static void
add_bars(const struct page *page, const struct trend *trend, int64_t top,
    struct text *svg)
{
	double step =
	    (double)(WIDTH - LEFT - RIGHT) / (double)trend->week_count;
	size_t every =
	    (trend->week_count + WEEK_LABELS - 1) / (size_t)WEEK_LABELS;

	for (size_t i = 0; i < trend->week_count; i++) {
		const struct trend_week *week = &trend->weeks[i];
		const struct bar bar = { week,
			LEFT + step * (double)i + step / STEP_PART / 2,
			step - step / STEP_PART,
			(double)ROOM * (double)drawn(week) / (double)top };

		if (week->count > 0)
			add_bar(page, &bar, svg);
		if (i % every == 0 && bar.x + LABEL_ROOM <= WIDTH)
			add_label(svg, bar.x, HEIGHT - LETTERS / 1.5, "start",
			    week->week.text);
	}
}

void
trend_svg(const struct page *page, const struct trend *trend, const char *id,
    struct text *svg)
{
	int64_t top = top_of_axis(trend);
	struct text words = { 0 };

	text_printf(svg,
	    "<svg class=\"trend\" xmlns=\"http://www.w3.org/2000/svg\""
	    " viewBox=\"0 0 %d %d\" role=\"img\""
	    " direction=\"ltr\" aria-labelledby=\"%s-title %s-desc\">\n<title id=\"%s-title\">",
	    (int)WIDTH, (int)HEIGHT, id, id, id);
	trend_title(page, trend, &words);
	markup_add(svg, text_string(&words));
	text_printf(svg, "</title>\n<desc id=\"%s-desc\">", id);
	text_clear(&words);
	trend_sentences(page, trend, &words);
	markup_add(svg, text_string(&words));
	text_add(svg, "</desc>\n");
	add_axes(top, svg);
	if (trend->week_count > 0)
		add_bars(page, trend, top, svg);
	text_add(svg, "</svg>\n");
	text_free(&words);
}

/* -- tables ----------------------------------------------------------------- */

static void
add_head(const struct page *page, const char *english, struct text *html)
{
	text_add(html, "<th scope=\"col\">");
	markup_add(html, page_word(page, english));
	text_add(html, "</th>");
}

static void
add_row(
    const struct page *page, const struct trend_week *week, struct text *html)
{
	struct text count = { 0 };

	trend_add_count(page, week->count, &count);
	text_printf(html, "<tr><th scope=\"row\"><bdi>%s</bdi></th><td>",
	    week->week.text);
	markup_add(html, count.bytes);
	text_add(html, "</td><td>");
	markup_add(html, note_of(page, week));
	text_add(html, "</td></tr>\n");
	text_free(&count);
}

void
trend_html_table(
    const struct page *page, const struct trend *trend, struct text *html)
{
	struct text title = { 0 };

	trend_title(page, trend, &title);
	text_add(html, "<table class=\"trend\">\n<caption>");
	markup_add(html, text_string(&title));
	text_add(html, "</caption>\n<thead><tr>");
	add_head(page, WORDS("Week"), html);
	add_head(page, WORDS("Count"), html);
	add_head(page, WORDS("Note"), html);
	text_add(html, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < trend->week_count; i++)
		add_row(page, &trend->weeks[i], html);
	text_add(html, "</tbody>\n</table>\n");
	text_free(&title);
}

void
trend_text_table(
    const struct page *page, const struct trend *trend, struct text *out)
{
	struct cli_table table = { .columns = 3 };

	cli_table_add(&table, "WEEK");
	cli_table_add(&table, "COUNT");
	cli_table_add(&table, "NOTE");
	for (size_t i = 0; i < trend->week_count; i++) {
		const struct trend_week *week = &trend->weeks[i];
		struct text count = { 0 };

		trend_add_count(page, week->count, &count);
		cli_table_add(&table, week->week.text);
		cli_table_add(&table, count.bytes);
		cli_table_add(&table, note_of(page, week));
		text_free(&count);
	}
	cli_table_print(&table, out);
	cli_table_free(&table);
}
