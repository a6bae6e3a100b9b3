#include "gateway/hub/alarms.h"

#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/hub/fail_over.h"
#include "gateway/hub/staff_texts.h"
#include "gateway/text/zone.h"
#include "store/outbox.h"
#include "store/staff.h"

enum { ALARMS_MOST = 200 }; /* requests of one round */

/* -- pure ------------------------------------------------------------------- */

int64_t
alarms_wait_s(int rounds, int64_t escalate_after_s)
{
	int64_t wait_s = escalate_after_s;

	for (int i = 1; i < rounds; i++)
		wait_s *= 2;
	return (wait_s);
}

void
alarms_write(const struct alarm *alarms, size_t count, struct text *text)
{
	size_t named = count < ALARM_NAMED_MOST ? count : ALARM_NAMED_MOST;

	text_add(text, alarms[0].rounds == 0 ? "New: " : "Still open: ");
	for (size_t i = 0; i < named; i++)
		text_printf(text, "%s%s %s %s", i > 0 ? ", " : "",
		    alarms[i].ref, request_urgency_name(alarms[i].urgency),
		    alarms[i].corridor);
	if (count > named)
		text_printf(text, " and %zu more", count - named);
	text_add(text, ".");
}

/* -- settings --------------------------------------------------------------- */

/* 1 when alarms are wanted at all. */
static int
least_urgency(const struct settings *settings, enum request_urgency *least_r)
{
	if (strcmp(settings->alarms.from, "off") == 0)
		return (0);
	*least_r = strcmp(settings->alarms.from, "now") == 0 ? URGENCY_NOW
							     : URGENCY_HIGH;
	return (1);
}

enum outcome
alarms_check(const struct settings *settings)
{
	struct zone zone;

	if (zone_read(settings->alarms.zone, &zone) == DONE)
		return (DONE);
	log_err("%s: alarms: zone '%s' is none; write it like \"UTC+5:45\" or"
		" \"UTC+2 summer\"",
	    settings->path, settings->alarms.zone);
	return (REFUSED);
}

int
alarms_minute(const struct hub *hub, int64_t now_utc_s)
{
	struct zone zone = { 0 };

	/* It was read when the hub was opened. */
	(void)!(zone_read(hub->settings.alarms.zone, &zone) == DONE);
	return (zone_minute_of_day(&zone, now_utc_s));
}

/* -- who is told ------------------------------------------------------------ */

/* Where nobody is on duty a first round is for the leads. */
MUST_USE static enum outcome
list_phones(struct hub *hub, int is_first, int64_t now_utc_s,
    struct staff_phones *phones)
{
	int minute = alarms_minute(hub, now_utc_s);
	enum outcome outcome = staff_list_phones(hub->store,
	    is_first ? STAFF_ON_DUTY : STAFF_ON_DUTY_OR_LEAD, minute, phones);

	if (outcome != DONE || phones->count > 0 || !is_first)
		return (outcome);
	staff_phones_free(phones);
	return (staff_list_phones(
	    hub->store, STAFF_ON_DUTY_OR_LEAD, minute, phones));
}

/* -- a round ---------------------------------------------------------------- */

/* One text for all of these, which are all in a first round or all not; with
 * no phone to tell, they stay due. */
MUST_USE static enum outcome
ring(struct hub *hub, const struct alarm *alarms, size_t count,
    int64_t now_utc_s)
{
	struct staff_phones phones = { 0 };
	struct routes routes = fail_over_routes(hub, clock_monotonic_ms());
	struct text words = { 0 };
	struct staff_text text = { .phones = &phones,
		.routes = &routes,
		.waits = 1,
		.now_utc_s = now_utc_s };
	size_t told = 0;
	enum outcome outcome =
	    list_phones(hub, alarms[0].rounds == 0, now_utc_s, &phones);

	if (outcome == DONE && phones.count > 0) {
		alarms_write(alarms, count, &words);
		text.words = text_string(&words);
		outcome = staff_texts_add(hub, &text, &told);
		for (size_t i = 0; i < count && outcome == DONE; i++)
			outcome = alarms_note_round(hub->store, &alarms[i],
			    now_utc_s +
				alarms_wait_s(alarms[i].rounds + 1,
				    hub->settings.alarms.escalate_after_s));
		if (outcome == DONE) {
			log_notice("an alarm of %zu requests goes to %zu"
				   " phones",
			    count, told);
			hub->alarm_burst++;
		}
	}
	staff_phones_free(&phones);
	fail_over_free(&routes);
	text_free(&words);
	return (outcome);
}

static int
is_later(const struct alarm *alarm)
{
	return (alarm->rounds > 0);
}

/* First rounds before later ones, each in their order. */
static size_t
put_first_rounds_first(struct alarm *alarms, size_t count)
{
	size_t first = 0;

	for (size_t i = 0; i < count; i++) {
		struct alarm alarm = alarms[i];

		if (is_later(&alarm))
			continue;
		memmove(&alarms[first + 1], &alarms[first],
		    (i - first) * sizeof(*alarms));
		alarms[first++] = alarm;
	}
	return (first);
}

MUST_USE static enum outcome
ring_all(struct hub *hub, struct alarm *alarms, size_t count, int64_t now_utc_s)
{
	size_t first = put_first_rounds_first(alarms, count);
	enum outcome outcome = store_begin(hub->store);

	if (outcome == DONE && first > 0)
		outcome = ring(hub, alarms, first, now_utc_s);
	if (outcome == DONE && first < count)
		outcome = ring(hub, alarms + first, count - first, now_utc_s);
	if (outcome == DONE)
		outcome = alarms_erase_over(hub->store);
	if (outcome == DONE)
		return (store_commit(hub->store));
	store_rollback(hub->store);
	return (outcome);
}

/* DONE when there is a phone to tell and a line that carries texts, else
 * NOTHING. */
MUST_USE static enum outcome
find_phones(struct hub *hub, int64_t now_utc_s)
{
	struct staff_phones phones = { 0 };
	struct routes routes = fail_over_routes(hub, clock_monotonic_ms());
	const struct staff_text text = {
		.phones = &phones, .routes = &routes, .waits = 1
	};
	enum outcome outcome = staff_list_phones(hub->store,
	    STAFF_ON_DUTY_OR_LEAD, alarms_minute(hub, now_utc_s), &phones);

	if (outcome == DONE && !staff_texts_can_go(&text))
		outcome = NOTHING;
	staff_phones_free(&phones);
	fail_over_free(&routes);
	return (outcome);
}

/* 1 when the phones have had enough texts for now. */
static int
is_burst(struct hub *hub, int64_t now_utc_s)
{
	int64_t age_s = now_utc_s - hub->alarm_burst_utc_s;

	if (age_s < 0 || age_s >= ALARM_BURST_S) {
		hub->alarm_burst_utc_s = now_utc_s;
		hub->alarm_burst = 0;
	}
	return (hub->alarm_burst >= ALARM_BURST_MOST);
}

/* Reads what is to be done, and does it when there is something. */
MUST_USE static enum outcome
look(struct hub *hub, enum request_urgency least, int64_t now_utc_s)
{
	struct alarm_filter filter = {
		.least = least,
		.now_utc_s = now_utc_s,
		.longest_wait_s = alarms_wait_s(
		    ALARM_ROUNDS_MOST, hub->settings.alarms.escalate_after_s),
		.most = ALARMS_MOST,
	};
	struct alarm_list list = { 0 };
	enum outcome over = alarms_find_over(hub->store);
	enum outcome outcome;

	if (over != DONE && over != NOTHING)
		return (over);
	outcome = find_phones(hub, now_utc_s);
	if (outcome == DONE)
		outcome = alarms_due(hub->store, &filter, &list);
	if (outcome == NOTHING)
		outcome = DONE;
	if (outcome == DONE && (list.count > 0 || over == DONE))
		outcome = ring_all(hub, list.items, list.count, now_utc_s);
	free(list.items);
	return (outcome);
}

/* Nothing is due for a while: the next look can wait. */
MUST_USE static enum outcome
rest(struct hub *hub, enum request_urgency least, int64_t now_utc_s)
{
	struct alarm_filter filter = {
		.least = least,
		.now_utc_s = now_utc_s + ALARM_REST_S,
		.longest_wait_s = alarms_wait_s(
		    ALARM_ROUNDS_MOST, hub->settings.alarms.escalate_after_s),
		.most = 1,
	};
	struct alarm_list list = { 0 };
	enum outcome outcome = alarms_due(hub->store, &filter, &list);

	if (outcome == DONE && list.count == 0)
		hub->alarms_ms =
		    hub->alarms_looked_ms + ALARM_REST_S * INT64_C(1000);
	free(list.items);
	return (outcome);
}

enum outcome
alarms_tend(struct hub *hub, int64_t now_utc_s)
{
	enum request_urgency least;
	int64_t now_ms = clock_monotonic_ms();
	enum outcome outcome;

	if (now_ms < hub->alarms_ms)
		return (DONE);
	hub->alarms_looked_ms = now_ms;
	hub->alarms_ms = now_ms + ALARM_LOOK_MS;
	if (!least_urgency(&hub->settings, &least)) {
		hub->alarms_ms = now_ms + ALARM_REST_S * INT64_C(1000);
		return (DONE);
	}
	if (is_burst(hub, now_utc_s))
		return (DONE);
	outcome = look(hub, least, now_utc_s);
	return (outcome == DONE ? rest(hub, least, now_utc_s) : outcome);
}

void
alarms_expect(struct hub *hub)
{
	int64_t soon_ms = hub->alarms_looked_ms + ALARM_LOOK_MS;

	if (hub->alarms_ms > soon_ms)
		hub->alarms_ms = soon_ms;
}
