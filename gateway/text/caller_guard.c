#include "gateway/text/caller_guard.h"

#include <string.h>

static int
is_over(int64_t began_utc_s, int64_t length_s, int64_t now_utc_s)
{
	return (now_utc_s < began_utc_s || now_utc_s - began_utc_s >= length_s);
}

/* A window begins anew with what is counted in it. */
static void
begin_windows(struct guard_count *count, int64_t now_utc_s)
{
	if (is_over(count->hour_utc_s, GUARD_HOUR_S, now_utc_s)) {
		count->hour_utc_s = now_utc_s;
		count->hour_answers = 0;
		count->hour_pages = 0;
		count->notes &= ~(unsigned)GUARD_TOLD_HOUR;
	}
	if (is_over(count->day_utc_s, GUARD_DAY_S, now_utc_s)) {
		count->day_utc_s = now_utc_s;
		count->day_answers = 0;
		count->help_answers = 0;
		count->withheld = 0;
		count->notes &= ~(unsigned)(GUARD_TOLD_DAY | GUARD_LISTED);
	}
	if (is_over(count->same_utc_s, GUARD_SAME_REST_S, now_utc_s))
		count->same_answers = 0;
}

static int
is_day_spent(const struct guard_rules *rules, const struct guard_count *count)
{
	return (count->day_answers >= rules->answers_a_day);
}

static int
is_spent(const struct guard_rules *rules, const struct guard_count *count)
{
	return (count->hour_answers >= rules->answers_an_hour ||
	    is_day_spent(rules, count));
}

int
guard_may_silence(const struct guard_rules *rules, struct guard_count *count,
    int64_t now_utc_s)
{
	begin_windows(count, now_utc_s);
	return (is_spent(rules, count) ||
	    count->same_answers >= GUARD_SAME_MOST ||
	    count->hour_pages >= rules->pages_an_hour);
}

static int
is_same(const struct guard_count *count, const struct guard_exchange *exchange)
{
	return (count->same_answers > 0 &&
	    memcmp(count->exchange, exchange->bytes, sizeof(exchange->bytes)) ==
		0);
}

static enum guard_verdict
judge_page(const struct guard_rules *rules, struct guard_count *count)
{
	if (count->hour_pages >= rules->pages_an_hour) {
		count->withheld++;
		return (GUARD_SILENT_SPENT);
	}
	count->hour_pages++;
	return (GUARD_ANSWER);
}

/* Once in each window that is spent. */
static enum guard_verdict
tell_once(const struct guard_rules *rules, struct guard_count *count)
{
	unsigned note =
	    is_day_spent(rules, count) ? GUARD_TOLD_DAY : GUARD_TOLD_HOUR;

	count->withheld++;
	if (count->notes & note)
		return (GUARD_SILENT_SPENT);
	count->notes |= note | GUARD_TOLD_HOUR;
	return (GUARD_TELL);
}

static enum guard_verdict
judge_spent(const struct guard_rules *rules, struct guard_count *count,
    enum guard_need need)
{
	if (need == GUARD_MENU)
		return (tell_once(rules, count));
	if (count->help_answers >= rules->help_answers_a_day) {
		count->withheld++;
		return (GUARD_SILENT_SPENT);
	}
	count->help_answers++;
	return (GUARD_ANSWER);
}

static void
note_exchange(struct guard_count *count, const struct guard_exchange *exchange,
    int64_t now_utc_s)
{
	count->same_answers =
	    is_same(count, exchange) ? count->same_answers + 1 : 1;
	count->same_utc_s = now_utc_s;
	memcpy(count->exchange, exchange->bytes, sizeof(count->exchange));
}

enum guard_verdict
guard_judge(const struct guard_rules *rules, struct guard_count *count,
    const struct guard_exchange *exchange, int64_t now_utc_s)
{
	enum guard_verdict verdict = GUARD_ANSWER;

	begin_windows(count, now_utc_s);
	if (exchange->is_page)
		return (judge_page(rules, count));
	if (exchange->need != GUARD_HELP && is_same(count, exchange) &&
	    count->same_answers >= GUARD_SAME_MOST) {
		count->withheld++;
		return (GUARD_SILENT_SAME);
	}
	if (is_spent(rules, count)) {
		verdict = judge_spent(rules, count, exchange->need);
	} else {
		count->hour_answers++;
		count->day_answers++;
	}
	if (verdict == GUARD_ANSWER)
		note_exchange(count, exchange, now_utc_s);
	return (verdict);
}

int
guard_list_once(struct guard_count *count)
{
	if (count->notes & GUARD_LISTED)
		return (0);
	count->notes |= GUARD_LISTED;
	return (1);
}

const char *
guard_verdict_name(enum guard_verdict verdict)
{
	static const char *const names[] = {
		[GUARD_ANSWER] = "answered",
		[GUARD_TELL] = "told",
		[GUARD_SILENT_SPENT] = "spent",
		[GUARD_SILENT_SAME] = "same",
	};

	return (names[verdict]);
}
