#include "gateway/hub/spending.h"

#include <inttypes.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/money.h"

enum { PACE_S = CAPS_PACE_MS / 1000 };

/* -- opening ------------------------------------------------------------------- */

MUST_USE static enum outcome
check_zone(const struct settings *settings, const char *zone, int file_line)
{
	struct zone read;

	if (zone_read(zone, &read) == DONE)
		return (DONE);
	log_err("%s:%d: zone '%s' is none; write it like \"UTC+5:45\" or"
		" \"UTC+2 summer\"",
	    settings->path, file_line, zone);
	return (REFUSED);
}

enum outcome
spending_check(const struct settings *settings)
{
	enum outcome outcome = check_zone(settings, settings->spending.zone, 0);

	for (size_t i = 0; i < settings->line_count; i++) {
		const struct line_settings *line = &settings->lines[i];

		if (check_zone(settings, line->zone, line->file_line) != DONE)
			outcome = REFUSED;
	}
	return (outcome);
}

static int64_t
amount(const char *words)
{
	struct money money;

	return (money_read(words, &money) ? money.millionths : 0);
}

static void
read_caps(struct hub *hub, struct child *child)
{
	const struct line_settings *line = child->line;
	struct cap *cap = &child->caps.cap;

	*cap = (struct cap){
		.texts = line->day_cap,
		.money = amount(line->spend_cap),
		.reserve = line->reserve,
		.part_price = amount(settings_part_price(&hub->settings, line)),
	};
	/* It was read when the hub was opened. */
	(void)!(zone_read(line->zone, &cap->zone) == DONE);
	child->caps.day = INT64_MIN;
	pace_open(&child->caps.pace, line->pace_per_minute);
}

/* A hub that starts again and again keeps to the pace as well. */
MUST_USE static enum outcome
fill_pace(struct hub *hub, struct child *child, int64_t now_utc_s)
{
	int64_t now_ms = clock_monotonic_ms();
	int64_t count = 0;
	enum outcome outcome;

	if (child->caps.pace.most == 0)
		return (DONE);
	outcome = outbox_count_recent(
	    hub->store, child->line->name, now_utc_s - PACE_S, &count);
	for (int64_t i = 0; i < count; i++)
		pace_note(&child->caps.pace, now_ms);
	return (outcome);
}

enum outcome
spending_open(struct hub *hub, int64_t now_utc_s)
{
	const struct spending_settings *spending = &hub->settings.spending;
	enum outcome outcome = DONE;

	hub->all_caps = (struct cap){
		.money = amount(spending->spend_cap),
		.reserve = spending->reserve,
	};
	(void)!(zone_read(spending->zone, &hub->all_caps.zone) == DONE);
	hub->all_day = INT64_MIN;
	for (size_t i = 0; i < hub->child_count && outcome == DONE; i++) {
		read_caps(hub, &hub->children[i]);
		outcome = fill_pace(hub, &hub->children[i], now_utc_s);
	}
	return (outcome);
}

void
spending_close(struct hub *hub)
{
	for (size_t i = 0; i < hub->child_count; i++)
		pace_close(&hub->children[i].caps.pace);
}

/* -- asking --------------------------------------------------------------------- */

/* Over all lines a segment costs what it costs on this one. */
static struct cap
all_caps_for(const struct hub *hub, const struct child *child)
{
	struct cap cap = hub->all_caps;

	cap.part_price = child->caps.cap.part_price;
	return (cap);
}

/* What is asked of one cap. */
struct question {
	const char *line;
	struct cap cap;
	const struct cap_text *text;
	int64_t now_utc_s;
};

MUST_USE static enum outcome
judge(struct hub *hub, const struct question *question,
    enum cap_verdict *verdict_r)
{
	const struct cap *cap = &question->cap;
	struct line_day used;
	enum outcome outcome;

	*verdict_r = CAP_LEAVES;
	if (!caps_are_set(cap))
		return (DONE);
	outcome = line_days_get(hub->store, question->line,
	    caps_day(cap, question->now_utc_s), &used);
	if (outcome == DONE)
		*verdict_r = caps_judge(cap, &used, question->text);
	return (outcome);
}

/* What each of the two says. */
struct judged {
	enum cap_verdict by_line;
	enum cap_verdict by_all;
};

MUST_USE static enum outcome
judge_both(struct hub *hub, const struct child *child,
    const struct cap_text *text, int64_t now_utc_s, struct judged *judged_r)
{
	struct question of_line = { child->line->name, child->caps.cap, text,
		now_utc_s };
	struct question of_all = { LINE_DAYS_ALL, all_caps_for(hub, child),
		text, now_utc_s };
	enum outcome outcome = judge(hub, &of_line, &judged_r->by_line);

	return (
	    outcome == DONE ? judge(hub, &of_all, &judged_r->by_all) : outcome);
}

enum outcome
spending_ask(struct hub *hub, size_t child, const struct cap_text *text,
    int64_t now_utc_s, int64_t *until_utc_s_r)
{
	const struct cap *cap = &hub->children[child].caps.cap;
	struct judged judged;
	int64_t until_utc_s = now_utc_s;
	enum outcome outcome =
	    judge_both(hub, &hub->children[child], text, now_utc_s, &judged);

	if (outcome != DONE)
		return (outcome);
	if (judged.by_line != CAP_WAITS && judged.by_all != CAP_WAITS)
		return (DONE);
	if (judged.by_line == CAP_WAITS)
		until_utc_s = caps_next_day_utc_s(cap, now_utc_s);
	if (judged.by_all == CAP_WAITS &&
	    caps_next_day_utc_s(&hub->all_caps, now_utc_s) > until_utc_s)
		until_utc_s = caps_next_day_utc_s(&hub->all_caps, now_utc_s);
	*until_utc_s_r = until_utc_s;
	return (NOTHING);
}

static void
tell_spent(struct child *child, int is_spent)
{
	if (is_spent && !child->caps.is_spent)
		log_err("line=%s: a cap of its day is reached; automatic"
			" answers wait for the next day",
		    child->line->name);
	child->caps.is_spent = is_spent;
}

enum outcome
spending_hold(struct hub *hub, size_t index, int64_t now_utc_s)
{
	struct child *child = &hub->children[index];
	struct outbox_cap wait = { .line = child->line->name,
		.now_utc_s = now_utc_s };
	struct cap_text least = { .need = NEED_ORDINARY, .parts = 1 };
	enum outcome outcome = NOTHING;

	if (!caps_are_set(&child->caps.cap) && !caps_are_set(&hub->all_caps))
		return (DONE);
	while (outcome == NOTHING && least.need <= NEED_FIRST) {
		outcome = spending_ask(
		    hub, index, &least, now_utc_s, &wait.until_utc_s);
		if (outcome == NOTHING)
			least.need++;
	}
	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	tell_spent(child, least.need > NEED_ORDINARY);
	child->caps.until_utc_s = wait.until_utc_s;
	wait.below = least.need;
	return (least.need == NEED_ORDINARY
		? DONE
		: outbox_wait_for_cap(hub->store, &wait, NULL));
}

/* -- counting --------------------------------------------------------------------- */

MUST_USE static enum outcome
count(struct hub *hub, const struct child *child, const struct line_day *more,
    int64_t now_utc_s)
{
	enum outcome outcome = line_days_add(hub->store, child->line->name,
	    caps_day(&child->caps.cap, now_utc_s), more);

	if (outcome == DONE && caps_are_set(&hub->all_caps))
		outcome = line_days_add(hub->store, LINE_DAYS_ALL,
		    caps_day(&hub->all_caps, now_utc_s), more);
	return (outcome);
}

enum outcome
spending_note(struct hub *hub, size_t index, const struct cap_text *text,
    int64_t now_utc_s)
{
	struct child *child = &hub->children[index];
	struct line_day more = {
		.texts = 1,
		.parts = text->parts,
		.spent = text->parts * child->caps.cap.part_price,
	};
	struct judged judged = { CAP_LEAVES, CAP_LEAVES };
	enum outcome outcome = DONE;

	if (text->need == NEED_FIRST)
		outcome = judge_both(hub, child, text, now_utc_s, &judged);
	if (judged.by_line == CAP_LEAVES_OVER ||
	    judged.by_all == CAP_LEAVES_OVER)
		more.over = 1;
	pace_note(&child->caps.pace, clock_monotonic_ms());
	return (
	    outcome == DONE ? count(hub, child, &more, now_utc_s) : outcome);
}

enum outcome
spending_take_back(struct hub *hub, struct outbox_id id, int64_t now_utc_s)
{
	struct outbox_left left;
	enum outcome outcome = outbox_find_left(hub->store, id, &left);

	for (size_t i = 0; i < hub->child_count && outcome == DONE; i++) {
		const struct child *child = &hub->children[i];
		struct line_day less = {
			.texts = -1,
			.parts = -left.parts,
			.spent = -left.parts * child->caps.cap.part_price,
		};

		if (strcmp(child->line->name, left.line) == 0)
			return (count(hub, child, &less, now_utc_s));
	}
	return (outcome == NOTHING ? DONE : outcome);
}

/* -- days ------------------------------------------------------------------------ */

MUST_USE static enum outcome
begin_day(struct hub *hub, struct child *child)
{
	int64_t changed = 0;
	enum outcome outcome =
	    outbox_uncap(hub->store, child->line->name, &changed);

	if (outcome != DONE)
		return (outcome);
	child->caps.is_spent = 0;
	if (changed > 0) {
		child->has_backlog = 1;
		child->backlog_utc_s = 0;
		log_notice("line=%s: %" PRId64
			   " texts that waited for a cap are due",
		    child->line->name, changed);
	}
	return (DONE);
}

/* Whether it is another day than at the last look, for the line or for all. */
static int
is_new_day(const struct hub *hub, const struct child *child, int64_t now_utc_s)
{
	return (child->caps.day != caps_day(&child->caps.cap, now_utc_s) ||
	    hub->all_day != caps_day(&hub->all_caps, now_utc_s));
}

enum outcome
spending_tend(struct hub *hub, int64_t now_utc_s, int64_t now_ms)
{
	int64_t all_day = caps_day(&hub->all_caps, now_utc_s);
	int begins = 0;
	enum outcome outcome;

	if (now_ms < hub->spending_ms)
		return (DONE);
	hub->spending_ms = now_ms + SPENDING_LOOK_MS;
	for (size_t i = 0; i < hub->child_count; i++)
		begins |= is_new_day(hub, &hub->children[i], now_utc_s);
	if (!begins)
		return (DONE);
	outcome = store_begin(hub->store);
	for (size_t i = 0; i < hub->child_count && outcome == DONE; i++) {
		if (is_new_day(hub, &hub->children[i], now_utc_s))
			outcome = begin_day(hub, &hub->children[i]);
	}
	if (outcome == DONE)
		outcome = store_commit(hub->store);
	if (outcome != DONE) {
		store_rollback(hub->store);
		return (outcome);
	}
	hub->all_day = all_day;
	for (size_t i = 0; i < hub->child_count; i++) {
		struct child *child = &hub->children[i];

		child->caps.day = caps_day(&child->caps.cap, now_utc_s);
	}
	return (DONE);
}
