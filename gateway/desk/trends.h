/* Trends: requests, warning signs and named recruiters by week and corridor,
 * as plots and tables.
 *
 * trends_read() adds up tallies; trends_svg() and the tables are pure.  Counts
 * under TRENDS_LEAST are hidden ("under 5", drawn as a dashed outline of
 * one height), zero is shown.  A week stands out when it holds at least
 * TRENDS_LEAST and more than m + 3 * sqrt(max(m, 1)), where m is the mean of
 * the up to eight weeks before it (four at least): counts that come by chance
 * vary by about the root of their mean, so three roots are rarely passed
 * without a cause.  A week that stood out is left out of the mean of later
 * ones, so that one wave does not hide the next.  The week that still runs is
 * shown and never marked.
 *
 * The SVG has no style attributes and no script: classes and presentation
 * attributes only, drawn in currentColor, so that it stands under a strict
 * CSP, in light and dark and on paper; it has a title and a description, and
 * the table says the same.
 */
#ifndef GATEWAY_DESK_TRENDS_H
#define GATEWAY_DESK_TRENDS_H

#include "gateway/desk/page.h"
#include "store/staff.h"
#include "store/tallies.h"

enum {
	TRENDS_LEAST = 5, /* smaller counts are hidden */
	TRENDS_WEEKS_DEFAULT = 26,
	TRENDS_WEEKS_MOST = 104,
	TRENDS_PAST_WEEKS = 8, /* what a week is measured by */
	TRENDS_PAST_LEAST = 4,
};

struct trend_week {
	struct tally_week week;
	int64_t count;
	int stands_out;
	int is_running; /* the week is not over */
};

/* One line of numbers: what, where, and a value per week. */
struct trend {
	enum tally_what what;
	char corridor[32];
	char first[168]; /* of signs and recruiters; "" adds them all up */
	struct trend_week *weeks;
	size_t week_count;
	size_t known_from; /* weeks before this one were not counted yet */
	int64_t shown_total; /* of the weeks that are not hidden */
	size_t hidden_weeks;
};

struct trends {
	struct trend *items;
	size_t count;
};

/* What to look at: the weeks that end with now's; a corridor or NULL for
 * each; `by_word` gives each sign and recruiter a series of its own. */
struct trends_wish {
	int64_t now_utc_s;
	int64_t weeks;
	const char *corridor;
	int by_word;
};

/* Requests, signs and recruiters, each with one trend per corridor; with
 * `by_word` signs and recruiters one by one instead, those that have anything
 * to show.  DONE also when nothing was counted;
 * free with trends_free(). */
MUST_USE enum outcome trends_read(struct store *store,
    const struct trends_wish *wish, struct trends *trends_r);
void trends_free(struct trends *trends);

/* Marks what stands out, as told above, and adds up what is shown.  Pure;
 * trends_read() has done it. */
void trend_mark(struct trend *trend);

/* -- how it is told --------------------------------------------------------- */

/* Each speaks the language of `page`; a page without a catalog is English, as a
 * terminal is.  All add to their last parameter. */

/* "Help requests, nepal-gulf". */
void trend_title(
    const struct page *page, const struct trend *trend, struct text *out);

/* The plot of one trend as an <svg> element.  `id` is a word for ids in the
 * page, different for each plot. */
void trend_svg(const struct page *page, const struct trend *trend,
    const char *id, struct text *svg);

/* How a count is written: "0", "under 5", "12". */
void trend_add_count(const struct page *page, int64_t count, struct text *out);

/* The same as an HTML table (<table class="trend">), and as text for a
 * terminal. */
void trend_html_table(
    const struct page *page, const struct trend *trend, struct text *html);
void trend_text_table(
    const struct page *page, const struct trend *trend, struct text *out);

/* What a few sentences say of a trend: its total, the highest week, and what
 * stands out. */
void trend_sentences(
    const struct page *page, const struct trend *trend, struct text *out);
/* The same as markup: figures keep their own direction on any page. */
void trend_html_sentences(
    const struct page *page, const struct trend *trend, struct text *html);

#endif
