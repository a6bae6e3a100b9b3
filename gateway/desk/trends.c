#include "gateway/desk/trends.h"

#include <inttypes.h>
#include <stdlib.h>

#include "gateway/base/memory.h"

enum { WEEK_S = 7 * 86400 };

/* -- what stands out -------------------------------------------------------- */

/* count > mean + 3 * sqrt(max(mean, 1)) with mean = sum / weeks, in whole
 * numbers: (count * weeks - sum)^2 > 9 * weeks * max(sum, weeks). */
static int
is_above(int64_t count, int64_t sum, int64_t weeks)
{
	int64_t over = count * weeks - sum;
	int64_t spread = weeks * (sum > weeks ? sum : weeks);

	return (over > 0 && over * over > 9 * spread);
}

static int
stands_out(const struct trend *trend, size_t place)
{
	const struct trend_week *week = &trend->weeks[place];
	int64_t sum = 0;
	int64_t weeks = 0;

	if (week->count < TRENDS_LEAST || week->is_running)
		return (0);
	for (size_t i = place;
	     i > trend->known_from && weeks < TRENDS_PAST_WEEKS;) {
		i--;
		if (trend->weeks[i].stands_out)
			continue;
		sum += trend->weeks[i].count;
		weeks++;
	}
	return (
	    weeks >= TRENDS_PAST_LEAST && is_above(week->count, sum, weeks));
}

static int
is_hidden(int64_t count)
{
	return (count > 0 && count < TRENDS_LEAST);
}

void
trend_mark(struct trend *trend)
{
	trend->shown_total = 0;
	trend->hidden_weeks = 0;
	for (size_t i = 0; i < trend->week_count; i++) {
		trend->weeks[i].stands_out = stands_out(trend, i);
		if (is_hidden(trend->weeks[i].count))
			trend->hidden_weeks++;
		else
			trend->shown_total += trend->weeks[i].count;
	}
}

/* -- reading ---------------------------------------------------------------- */

/* The tallies while they are read. */
struct gathering {
	const struct trends_wish *wish;
	struct trends trends;
	enum tally_what what;
	int64_t first_utc_s; /* the Monday of the first week read */
	size_t week_count;
	size_t known_from;
};

static struct trend *
find_trend(struct gathering *gathering, const char *corridor, const char *first)
{
	struct trends *trends = &gathering->trends;

	for (size_t i = trends->count; i > 0; i--) {
		struct trend *trend = &trends->items[i - 1];

		if (trend->what == gathering->what &&
		    strcmp(trend->corridor, corridor) == 0 &&
		    strcmp(trend->first, first) == 0)
			return (trend);
	}
	return (NULL);
}

static void
fill_weeks(const struct gathering *gathering, struct trend *trend)
{
	struct tally_week now = tally_week_of(gathering->wish->now_utc_s);

	trend->weeks = memory_new(gathering->week_count, sizeof(*trend->weeks));
	trend->week_count = gathering->week_count;
	for (size_t i = 0; i < trend->week_count; i++) {
		struct trend_week *week = &trend->weeks[i];

		week->week =
		    tally_week_of(gathering->first_utc_s + (int64_t)i * WEEK_S);
		week->is_running = strcmp(week->week.text, now.text) == 0;
	}
}

static struct trend *
add_trend(struct gathering *gathering, const char *corridor, const char *first)
{
	struct trends *trends = &gathering->trends;
	struct trend *trend;

	trends->items = memory_grow(trends->items, trends->count,
	    trends->count + 1, sizeof(*trends->items));
	trend = &trends->items[trends->count++];
	trend->what = gathering->what;
	snprintf(trend->corridor, sizeof(trend->corridor), "%s", corridor);
	snprintf(trend->first, sizeof(trend->first), "%s", first);
	fill_weeks(gathering, trend);
	return (trend);
}

static void
take(const struct tally_row *row, void *into)
{
	struct gathering *gathering = into;
	const char *wanted = gathering->wish->corridor;
	int is_split =
	    gathering->wish->by_word && gathering->what != TALLY_REQUEST;
	char first[sizeof(((struct trend *)0)->first)] = "";
	struct trend *trend;
	int64_t utc_s;
	size_t place;

	if (!tally_week_begins(row->week, &utc_s))
		return;
	place = (size_t)((utc_s - gathering->first_utc_s) / WEEK_S);
	if (place >= gathering->week_count)
		return;
	if (place < gathering->known_from)
		gathering->known_from = place;
	if (wanted != NULL && strcmp(wanted, row->corridor) != 0)
		return;
	if (is_split)
		snprintf(first, sizeof(first), "%s", row->first);
	trend = find_trend(gathering, row->corridor, first);
	if (trend == NULL)
		trend = add_trend(gathering, row->corridor, first);
	trend->weeks[place].count += row->callers;
}

MUST_USE static enum outcome
gather(struct store *store, struct gathering *gathering)
{
	static const enum tally_what whats[] = { TALLY_REQUEST, TALLY_SIGN,
		TALLY_RECRUITER };
	struct tally_week first = tally_week_of(gathering->first_utc_s);
	struct tally_week last = tally_week_of(gathering->wish->now_utc_s);
	enum outcome outcome = DONE;

	for (size_t i = 0; i < COUNT_OF(whats) && outcome == DONE; i++) {
		struct tally_range range = { .what = whats[i],
			.first_week = first.text,
			.last_week = last.text };

		gathering->what = whats[i];
		outcome = tallies_each(store, &range, take, gathering);
	}
	return (outcome);
}

/* -- finishing -------------------------------------------------------------- */

static int
compare(const void *left, const void *right)
{
	const struct trend *a = left;
	const struct trend *b = right;
	int order = (int)a->what - (int)b->what;

	if (order == 0)
		order = strcmp(a->corridor, b->corridor);
	return (order != 0 ? order : strcmp(a->first, b->first));
}

/* The weeks in front were read for the past of the first ones shown. */
static void
cut_past(struct trend *trend, size_t past)
{
	trend->week_count -= past;
	memmove(trend->weeks, trend->weeks + past,
	    trend->week_count * sizeof(*trend->weeks));
	trend->known_from =
	    trend->known_from > past ? trend->known_from - past : 0;
	trend->shown_total = 0;
	trend->hidden_weeks = 0;
	for (size_t i = 0; i < trend->week_count; i++) {
		if (is_hidden(trend->weeks[i].count))
			trend->hidden_weeks++;
		else
			trend->shown_total += trend->weeks[i].count;
	}
}

static void
finish(struct gathering *gathering, struct trends *trends_r)
{
	struct trends *trends = &gathering->trends;
	size_t kept = 0;

	for (size_t i = 0; i < trends->count; i++) {
		struct trend *trend = &trends->items[i];

		trend->known_from = gathering->known_from;
		trend_mark(trend);
		cut_past(trend, TRENDS_PAST_WEEKS);
		if (gathering->wish->by_word && trend->shown_total == 0)
			free(trend->weeks);
		else
			trends->items[kept++] = *trend;
	}
	trends->count = kept;
	if (kept > 0)
		qsort(trends->items, kept, sizeof(*trends->items), compare);
	*trends_r = *trends;
}

enum outcome
trends_read(struct store *store, const struct trends_wish *wish,
    struct trends *trends_r)
{
	struct gathering gathering = { .wish = wish };
	struct tally_week now = tally_week_of(wish->now_utc_s);
	int64_t this_monday = 0;
	enum outcome outcome;

	if (wish->weeks < 1 || wish->weeks > TRENDS_WEEKS_MOST ||
	    !tally_week_begins(now.text, &this_monday))
		return (REFUSED);
	gathering.week_count = (size_t)wish->weeks + TRENDS_PAST_WEEKS;
	gathering.known_from = gathering.week_count;
	gathering.first_utc_s =
	    this_monday - (int64_t)(gathering.week_count - 1) * WEEK_S;
	outcome = gather(store, &gathering);
	if (outcome == DONE)
		finish(&gathering, trends_r);
	else
		trends_free(&gathering.trends);
	return (outcome);
}

void
trends_free(struct trends *trends)
{
	for (size_t i = 0; i < trends->count; i++)
		free(trends->items[i].weeks);
	free(trends->items);
	*trends = (struct trends){ 0 };
}
