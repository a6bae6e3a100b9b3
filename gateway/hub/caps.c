#include "gateway/hub/caps.h"

#include <stdlib.h>

#include "gateway/base/memory.h"

enum { DAY_S = 86400 };

int
caps_are_set(const struct cap *cap)
{
	return (cap->texts > 0 || cap->money > 0);
}

/* -- days ------------------------------------------------------------------------ */

int64_t
caps_day(const struct cap *cap, int64_t utc_s)
{
	int64_t local_s = utc_s + zone_offset_s(&cap->zone, utc_s);

	/* A clock before 1970 has days as well. */
	return ((local_s >= 0 ? local_s : local_s - DAY_S + 1) / DAY_S);
}

int64_t
caps_next_day_utc_s(const struct cap *cap, int64_t utc_s)
{
	int64_t next_s = (caps_day(cap, utc_s) + 1) * DAY_S;

	return (next_s - zone_offset_s(&cap->zone, utc_s));
}

/* -- a day's caps ----------------------------------------------------------------- */

/* Whether the text fits when so much is kept back. */
static int
fits(const struct cap *cap, const struct line_day *used, int parts,
    int64_t reserve)
{
	int64_t price = cap->part_price;

	if (cap->texts > 0 && used->texts + 1 > cap->texts - reserve)
		return (0);
	return (cap->money == 0 ||
	    used->spent + parts * price <= cap->money - reserve * price);
}

enum cap_verdict
caps_judge(const struct cap *cap, const struct line_day *used,
    const struct cap_text *text)
{
	int64_t reserve = text->need == NEED_ORDINARY ? cap->reserve : 0;

	if (fits(cap, used, text->parts, reserve))
		return (CAP_LEAVES);
	return (text->need == NEED_FIRST && used->over < CAPS_OVER_MOST
		? CAP_LEAVES_OVER
		: CAP_WAITS);
}

/* -- pace -------------------------------------------------------------------------- */

void
pace_open(struct pace *pace, int64_t most)
{
	*pace = (struct pace){ .most = (size_t)most };
	if (pace->most > 0)
		pace->at_ms = memory_new(pace->most, sizeof(*pace->at_ms));
}

void
pace_close(struct pace *pace)
{
	free(pace->at_ms);
	*pace = (struct pace){ 0 };
}

/* The i-th of those noted, the oldest first. */
static int64_t
time_of(const struct pace *pace, size_t i)
{
	return (pace->at_ms[(pace->next + pace->most - pace->count + i) %
	    pace->most]);
}

size_t
pace_room(const struct pace *pace, int64_t now_ms)
{
	size_t past = 0;

	if (pace->most == 0)
		return (SIZE_MAX);
	while (
	    past < pace->count && time_of(pace, past) + CAPS_PACE_MS <= now_ms)
		past++;
	return (pace->most - pace->count + past);
}

int64_t
pace_next_ms(const struct pace *pace)
{
	return (pace->most == 0 || pace->count < pace->most
		? 0
		: time_of(pace, 0) + CAPS_PACE_MS);
}

void
pace_note(struct pace *pace, int64_t now_ms)
{
	if (pace->most == 0)
		return;
	pace->at_ms[pace->next] = now_ms;
	pace->next = (pace->next + 1) % pace->most;
	if (pace->count < pace->most)
		pace->count++;
}
