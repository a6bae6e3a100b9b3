#include "gateway/hub/line_alarms.h"

#include <inttypes.h>
#include <sys/statvfs.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/hub/alarms.h"
#include "gateway/hub/children.h"
#include "gateway/hub/fail_over.h"
#include "gateway/hub/line_credit.h"
#include "gateway/hub/staff_texts.h"

enum {
	SECOND_MS = 1000,
	MEBIBYTE = 1 << 20,
	PERCENT = 100,
	DISK_WELL_PERCENT = 120, /* of what is too little */
};

/* One look: what was told before, and what is seen now. */
struct look {
	int64_t now_utc_s;
	int64_t now_ms;
	struct trouble_list known;
	struct told_trouble *to_tell; /* room for all there may be */
	size_t to_tell_count;
	struct told_trouble *over;
	size_t over_count;
};

/* -- seeing ------------------------------------------------------------------- */

static struct line_sight
sight_of(
    const struct hub *hub, const struct child *child, const struct look *look)
{
	return ((struct line_sight){
	    .away_s = child_away_ms(child, look->now_ms) / SECOND_MS,
	    .well_s = child_well_ms(child, look->now_ms) / SECOND_MS,
	    .away_most_s = hub->settings.alarms.line_away_s,
	    .needs_hand = child->needs_hand,
	    .sim = child->sim,
	    .credit = line_credit_word(child),
	    .credit_days = line_credit_days(child, look->now_utc_s),
	    .credit_days_least = child->line->balance_days,
	    .storage_percent = child->storage_percent,
	    .is_spent = child->caps.is_spent,
	});
}

static enum sight
see_disk(const struct hub *hub)
{
	int64_t least_mb = hub->settings.alarms.disk_free_mb;
	struct statvfs disk;
	int64_t free_mb;

	if (least_mb == 0)
		return (SIGHT_WELL);
	if (statvfs(hub->settings.store_path, &disk) != 0)
		return (SIGHT_UNKNOWN);
	free_mb = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize / MEBIBYTE;
	if (free_mb < least_mb)
		return (SIGHT_TROUBLE);
	return (free_mb * PERCENT >= least_mb * DISK_WELL_PERCENT
		? SIGHT_WELL
		: SIGHT_UNKNOWN);
}

static const struct child *
child_named(const struct hub *hub, const char *name)
{
	for (size_t i = 0; i < hub->child_count; i++) {
		if (strcmp(hub->children[i].line->name, name) == 0)
			return (&hub->children[i]);
	}
	return (NULL);
}

/* A line that is configured no more is in no trouble. */
static enum sight
see(const struct hub *hub, const struct look *look, const char *line,
    enum trouble_kind kind)
{
	const struct child *child;
	struct line_sight sight;

	if (line[0] == '\0')
		return (see_disk(hub));
	child = child_named(hub, line);
	if (child == NULL)
		return (SIGHT_WELL);
	sight = sight_of(hub, child, look);
	return (line_alarm_see(&sight, kind));
}

/* -- what has changed ---------------------------------------------------------- */

static const struct trouble *
find_known(const struct look *look, const char *line, enum trouble_kind kind)
{
	for (size_t i = 0; i < look->known.count; i++) {
		const struct trouble *trouble = &look->known.items[i];

		if (trouble->kind == kind && strcmp(trouble->line, line) == 0)
			return (trouble);
	}
	return (NULL);
}

static struct told_trouble
told_of(const struct hub *hub, const struct look *look,
    const struct trouble *trouble)
{
	const struct child *child = child_named(hub, trouble->line);
	int64_t away_s = trouble->kind == TROUBLE_AWAY && child != NULL
	    ? child_away_ms(child, look->now_ms) / SECOND_MS
	    : 0;

	return ((struct told_trouble){
	    .trouble = *trouble,
	    .cause = child != NULL ? child->cause : "",
	    .credit_days =
		child != NULL ? line_credit_days(child, look->now_utc_s) : -1,
	    .since_s =
		away_s > 0 ? away_s : look->now_utc_s - trouble->since_utc_s,
	});
}

/* Due, or of a clock that has jumped back since. */
static int
is_due(const struct trouble *trouble, int64_t now_utc_s)
{
	return (trouble->next_utc_s <= now_utc_s ||
	    trouble->next_utc_s >
		now_utc_s + line_alarm_wait_s(trouble->rounds));
}

/* Whether anything began, or is over, is noted in *changes_r. */
static void
look_at(const struct hub *hub, struct look *look, const char *line,
    enum trouble_kind kind)
{
	const struct trouble *known = find_known(look, line, kind);
	struct trouble fresh = { .kind = kind,
		.since_utc_s = look->now_utc_s,
		.next_utc_s = look->now_utc_s };
	enum sight sight = see(hub, look, line, kind);

	snprintf(fresh.line, sizeof(fresh.line), "%s", line);
	if (known != NULL && sight == SIGHT_WELL)
		look->over[look->over_count++] = told_of(hub, look, known);
	else if (known == NULL && sight == SIGHT_TROUBLE)
		look->to_tell[look->to_tell_count++] =
		    told_of(hub, look, &fresh);
	else if (known != NULL && is_due(known, look->now_utc_s))
		look->to_tell[look->to_tell_count++] =
		    told_of(hub, look, known);
}

static void
look_at_all(const struct hub *hub, struct look *look)
{
	size_t most = hub->child_count * TROUBLE_KINDS + look->known.count + 1;

	look->to_tell = memory_new(most, sizeof(*look->to_tell));
	look->over = memory_new(most, sizeof(*look->over));
	for (size_t i = 0; i < hub->child_count; i++) {
		for (int kind = 0; kind < TROUBLE_DISK; kind++)
			look_at(hub, look, hub->children[i].line->name,
			    (enum trouble_kind)kind);
	}
	look_at(hub, look, "", TROUBLE_DISK);
	for (size_t i = 0; i < look->known.count; i++) {
		const struct trouble *known = &look->known.items[i];

		if (known->line[0] != '\0' &&
		    child_named(hub, known->line) == NULL)
			look->over[look->over_count++] =
			    told_of(hub, look, known);
	}
}

/* -- telling -------------------------------------------------------------------- */

/* Whom the configuration names; leads where no technician is to be had. */
MUST_USE static enum outcome
list_phones(struct hub *hub, const struct look *look, enum staff_reach reach,
    struct staff_phones *phones)
{
	const char *to = hub->settings.alarms.lines_to;
	int minute = alarms_minute(hub, look->now_utc_s);
	int wants_leads = strcmp(to, "leads") == 0 || strcmp(to, "both") == 0;
	enum outcome outcome;

	if (strcmp(to, "off") == 0)
		return (DONE);
	if (reach == STAFF_LEADS)
		return (wants_leads
			? staff_list_phones(hub->store, reach, minute, phones)
			: DONE);
	if (strcmp(to, "leads") == 0)
		return (DONE);
	outcome = staff_list_phones(hub->store, reach, minute, phones);
	if (outcome != DONE || phones->count > 0 || wants_leads)
		return (outcome);
	staff_phones_free(phones);
	return (staff_list_phones(hub->store, STAFF_LEADS, minute, phones));
}

/* A line in trouble carries no word of it, but for one that can still send. */
static int
is_sick(enum trouble_kind kind)
{
	return (kind != TROUBLE_EXPIRY && kind != TROUBLE_STORAGE);
}

/* Where there is no other line, one in want of credit or at its cap tells of it
 * itself: it may be the last text that it pays for. */
static int
cannot_send(enum trouble_kind kind)
{
	return (kind == TROUBLE_AWAY || kind == TROUBLE_SIM);
}

/* The lines as they are, those in such troubles as if they were down. */
static struct routes
routes_without(const struct hub *hub, const struct look *look,
    int (*is_out)(enum trouble_kind kind))
{
	struct routes routes = fail_over_routes(hub, look->now_ms);

	for (size_t i = 0; i < routes.line_count; i++) {
		for (int kind = 0; kind < TROUBLE_DISK; kind++) {
			if (is_out((enum trouble_kind)kind) &&
			    see(hub, look, routes.lines[i].name,
				(enum trouble_kind)kind) == SIGHT_TROUBLE)
				routes.lines[i].can_send = 0;
		}
	}
	return (routes);
}

static struct routes
well_routes(const struct hub *hub, const struct look *look)
{
	static const struct staff_route anybody = { "", "+", NULL };
	struct routes routes = routes_without(hub, look, is_sick);

	if (routes_for_staff(&routes, &anybody) != ROUTE_NONE)
		return (routes);
	fail_over_free(&routes);
	return (routes_without(hub, look, cannot_send));
}

/* DONE and how many phones it goes to. */
MUST_USE static enum outcome
send_words(struct hub *hub, const struct look *look, const char *words,
    size_t *count_r)
{
	static const enum staff_reach reaches[] = { STAFF_TECHNICIANS,
		STAFF_LEADS };
	struct routes routes = well_routes(hub, look);
	enum outcome outcome = DONE;

	*count_r = 0;
	for (size_t i = 0; i < COUNT_OF(reaches) && outcome == DONE; i++) {
		struct staff_phones phones = { 0 };
		const struct staff_text text = { .words = words,
			.phones = &phones,
			.routes = &routes,
			.now_utc_s = look->now_utc_s };
		size_t count = 0;

		outcome = list_phones(hub, look, reaches[i], &phones);
		if (outcome == DONE)
			outcome = staff_texts_add(hub, &text, &count);
		*count_r += count;
		staff_phones_free(&phones);
	}
	fail_over_free(&routes);
	return (outcome);
}

/* What is new is noted, told or not; what is told is counted. */
MUST_USE static enum outcome
tell_troubles(struct hub *hub, struct look *look)
{
	struct text words = { 0 };
	size_t count = 0;
	enum outcome outcome = DONE;

	for (size_t i = 0; i < look->to_tell_count && outcome == DONE; i++) {
		outcome = troubles_begin(hub->store, &look->to_tell[i].trouble);
		if (outcome == DONE)
			log_err("%s%s: needs a hand: %s",
			    look->to_tell[i].trouble.line[0] != '\0' ? "line="
								     : "box",
			    look->to_tell[i].trouble.line,
			    trouble_kind_name(look->to_tell[i].trouble.kind));
		if (outcome == NOTHING)
			outcome = DONE;
	}
	if (outcome != DONE || look->to_tell_count == 0)
		return (outcome);
	line_alarm_write(look->to_tell, look->to_tell_count, 0, &words);
	outcome = send_words(hub, look, words.bytes, &count);
	text_free(&words);
	for (size_t i = 0;
	     i < look->to_tell_count && outcome == DONE && count > 0; i++) {
		const struct trouble *trouble = &look->to_tell[i].trouble;

		outcome = troubles_note_round(hub->store, trouble,
		    look->now_utc_s + line_alarm_wait_s(trouble->rounds + 1));
	}
	if (outcome == DONE && count > 0)
		log_notice("%zu troubles of lines were told to %zu phones",
		    look->to_tell_count, count);
	return (outcome);
}

/* Away, and nobody could be told: there was no other line. */
static int
was_long_untold(const struct told_trouble *over)
{
	return (over->trouble.kind == TROUBLE_AWAY &&
	    over->since_s >= LINE_ALARMS_UNTOLD_S);
}

/* Whoever was told of a trouble hears that it is over, and of a long one that
 * nobody could be told of. */
MUST_USE static enum outcome
tell_over(struct hub *hub, struct look *look)
{
	struct text words = { 0 };
	size_t told = 0, count = 0;
	enum outcome outcome = DONE;

	for (size_t i = 0; i < look->over_count && outcome == DONE; i++) {
		const struct told_trouble over = look->over[i];

		outcome = troubles_end(hub->store, &over.trouble);
		if ((over.trouble.rounds > 0 || was_long_untold(&over)) &&
		    (over.trouble.line[0] == '\0' ||
			child_named(hub, over.trouble.line) != NULL))
			look->over[told++] = over;
	}
	if (outcome != DONE || told == 0)
		return (outcome);
	line_alarm_write(look->over, told, 1, &words);
	outcome = send_words(hub, look, words.bytes, &count);
	text_free(&words);
	return (outcome);
}

MUST_USE static enum outcome
tell(struct hub *hub, struct look *look)
{
	enum outcome outcome = store_begin(hub->store);

	if (outcome == DONE)
		outcome = tell_over(hub, look);
	if (outcome == DONE)
		outcome = tell_troubles(hub, look);
	if (outcome == DONE)
		outcome = store_commit(hub->store);
	if (outcome != DONE)
		store_rollback(hub->store);
	return (outcome == NOTHING ? BROKEN : outcome);
}

/* What is new but cannot be told is noted once and then waits without a
 * transaction every few seconds. */
static int
is_worth_it(struct hub *hub, const struct look *look)
{
	if (look->over_count > 0)
		return (1);
	for (size_t i = 0; i < look->to_tell_count; i++) {
		const struct trouble *trouble = &look->to_tell[i].trouble;

		if (find_known(look, trouble->line, trouble->kind) == NULL)
			return (1);
	}
	if (look->to_tell_count == 0)
		return (0);
	for (size_t i = 0; i < hub->child_count; i++) {
		if (child_is_well(&hub->children[i]) &&
		    settings_line_has_texts(hub->children[i].line))
			return (1);
	}
	return (0);
}

enum outcome
line_alarms_tend(struct hub *hub, int64_t now_utc_s)
{
	struct look look = { .now_utc_s = now_utc_s,
		.now_ms = clock_monotonic_ms() };
	enum outcome outcome;

	if (look.now_ms < hub->line_alarms_ms) {
		hub->looks_again_soon |=
		    hub->line_alarms_wait || hub->a_line_was_in_trouble;
		return (DONE);
	}
	hub->line_alarms_wait = 0;
	hub->line_alarms_ms = look.now_ms + LINE_ALARMS_LOOK_MS;
	outcome = troubles_list(hub->store, &look.known);
	if (outcome != DONE)
		return (outcome);
	look_at_all(hub, &look);
	hub->a_line_was_in_trouble =
	    look.known.count > 0 || look.to_tell_count > 0;
	hub->looks_again_soon |= hub->a_line_was_in_trouble;
	if (is_worth_it(hub, &look))
		outcome = tell(hub, &look);
	free(look.known.items);
	free(look.to_tell);
	free(look.over);
	return (outcome);
}
