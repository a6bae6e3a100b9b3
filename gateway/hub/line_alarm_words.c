/* What an alarm of a line says, and when: the pure half of line_alarms.h. */
#include <inttypes.h>

#include "gateway/base/line_mends.h"
#include "gateway/hub/line_alarms.h"

enum {
	MINUTE_S = 60,
	HOUR_S = 3600,
	DAY_S = 86400,
	NAMED_MOST = 3, /* in one text */
};

int64_t
line_alarm_wait_s(int rounds)
{
	static const int64_t waits_s[] = { 0, 4LL * HOUR_S, 12LL * HOUR_S,
		DAY_S, 2LL * DAY_S, 7LL * DAY_S };
	size_t most = COUNT_OF(waits_s) - 1;

	if (rounds < 0)
		return (0);
	return (waits_s[(size_t)rounds < most ? (size_t)rounds : most]);
}

/* -- seeing ------------------------------------------------------------------- */

static enum sight
see_away(const struct line_sight *line)
{
	int64_t steady_s = line->away_most_s < LINE_ALARMS_STEADY_S
	    ? line->away_most_s
	    : LINE_ALARMS_STEADY_S;

	if (line->away_s > 0 &&
	    (line->needs_hand || line->away_s >= line->away_most_s))
		return (SIGHT_TROUBLE);
	return (line->well_s >= steady_s ? SIGHT_WELL : SIGHT_UNKNOWN);
}

static enum sight
see_sim(const struct line_sight *line)
{
	switch (line->sim) {
	case SIM_READY:
		return (SIGHT_WELL);
	case SIM_PIN_WAS_WRONG:
	case SIM_WANTS_PUK:
	case SIM_MISSING:
		return (SIGHT_TROUBLE);
	case SIM_UNKNOWN:
	case SIM_WANTS_PIN:
		break;
	}
	/* Lines without a SIM are well when they are up. */
	return (line->well_s > 0 ? SIGHT_WELL : SIGHT_UNKNOWN);
}

static enum sight
see_credit(const struct line_sight *line)
{
	if (strcmp(line->credit, "low") == 0 ||
	    strcmp(line->credit, "unread") == 0)
		return (SIGHT_TROUBLE);
	return (
	    strcmp(line->credit, "unknown") == 0 ? SIGHT_UNKNOWN : SIGHT_WELL);
}

static enum sight
see_expiry(const struct line_sight *line)
{
	if (line->credit_days_least == 0 || strcmp(line->credit, "none") == 0)
		return (SIGHT_WELL);
	if (line->credit_days < 0)
		return (SIGHT_UNKNOWN);
	return (line->credit_days <= line->credit_days_least ? SIGHT_TROUBLE
							     : SIGHT_WELL);
}

static enum sight
see_storage(const struct line_sight *line)
{
	if (line->storage_percent >= LINE_MEMORY_ALARM_PERCENT)
		return (SIGHT_TROUBLE);
	return (line->storage_percent < 0 ||
		    line->storage_percent >= LINE_STORAGE_WELL_PERCENT
		? SIGHT_UNKNOWN
		: SIGHT_WELL);
}

enum sight
line_alarm_see(const struct line_sight *line, enum trouble_kind kind)
{
	switch (kind) {
	case TROUBLE_AWAY:
		return (see_away(line));
	case TROUBLE_SIM:
		return (see_sim(line));
	case TROUBLE_CREDIT:
		return (see_credit(line));
	case TROUBLE_EXPIRY:
		return (see_expiry(line));
	case TROUBLE_STORAGE:
		return (see_storage(line));
	case TROUBLE_CAP:
		return (line->is_spent ? SIGHT_TROUBLE : SIGHT_WELL);
	case TROUBLE_DISK:
	case TROUBLE_KINDS:
		break;
	}
	return (SIGHT_UNKNOWN); /* not of a line */
}

/* -- saying ------------------------------------------------------------------- */

static void
add_time(int64_t seconds, struct text *words)
{
	if (seconds < 2 * HOUR_S)
		text_printf(words, "%" PRId64 " min", seconds / MINUTE_S);
	else if (seconds < 2 * DAY_S)
		text_printf(words, "%" PRId64 " hours", seconds / HOUR_S);
	else
		text_printf(words, "%" PRId64 " days", seconds / DAY_S);
}

static void
add_what(const struct told_trouble *told, struct text *words)
{
	switch (told->trouble.kind) {
	case TROUBLE_AWAY:
		text_add(words, "away for ");
		add_time(told->since_s, words);
		return;
	case TROUBLE_SIM:
		text_add(words, "its SIM cannot be used");
		return;
	case TROUBLE_CREDIT:
		text_add(words, "its credit is low or cannot be read");
		return;
	case TROUBLE_EXPIRY:
		text_printf(words, "its credit expires in %" PRId64 " days",
		    told->credit_days);
		return;
	case TROUBLE_STORAGE:
		text_add(words, "its memory for texts is nearly full");
		return;
	case TROUBLE_CAP:
		text_add(words, "its day's cap is reached");
		return;
	case TROUBLE_DISK:
		text_add(words, "the disk is nearly full");
		return;
	case TROUBLE_KINDS:
		break;
	}
}

/* What to do, for one alone. */
static const char *
mend_of(const struct told_trouble *told)
{
	switch (told->trouble.kind) {
	case TROUBLE_AWAY:
	case TROUBLE_SIM:
		return (told->cause[0] != '\0'
			? line_mend_of_cause(told->cause)
			: "Look at its cable, SIM and aerial, then run waymark"
			  " doctor.");
	case TROUBLE_CREDIT:
		return ("Top it up; waymark status tells the amount.");
	case TROUBLE_EXPIRY:
		return ("Top it up before that day.");
	case TROUBLE_STORAGE:
		return (line_mend_of_memory(LINE_MEMORY_ALARM_PERCENT));
	case TROUBLE_CAP:
		return ("Automatic answers wait for tomorrow; raise day_cap or"
			" spend_cap if that is too early.");
	case TROUBLE_DISK:
		return ("Make room on it: when it is full, no text is taken"
			" in.");
	case TROUBLE_KINDS:
		break;
	}
	return ("");
}

static void
add_name(const struct told_trouble *told, struct text *words)
{
	if (told->trouble.line[0] != '\0')
		text_printf(words, "line %s", told->trouble.line);
	else
		text_add(words, "box");
}

/* "Waymark: line north is well again." */
static void
write_over(
    const struct told_trouble *troubles, size_t count, struct text *words)
{
	size_t named = count < NAMED_MOST ? count : NAMED_MOST;

	text_add(words, "Waymark, well again: ");
	for (size_t i = 0; i < named; i++) {
		static const char *const whats[] = {
			[TROUBLE_AWAY] = "is back",
			[TROUBLE_SIM] = "SIM works",
			[TROUBLE_CREDIT] = "credit",
			[TROUBLE_EXPIRY] = "credit's date",
			[TROUBLE_STORAGE] = "memory",
			[TROUBLE_CAP] = "a new day",
			[TROUBLE_DISK] = "disk",
		};

		text_add(words, i > 0 ? "; " : "");
		add_name(&troubles[i], words);
		text_printf(words, " (%s", whats[troubles[i].trouble.kind]);
		if (troubles[i].trouble.kind == TROUBLE_AWAY &&
		    troubles[i].since_s >= MINUTE_S) {
			text_add(words, " after ");
			add_time(troubles[i].since_s, words);
		}
		text_add_byte(words, ')');
	}
	if (count > named)
		text_printf(words, " and %zu more", count - named);
	text_add(words, ".");
}

void
line_alarm_write(const struct told_trouble *troubles, size_t count,
    int are_over, struct text *words)
{
	size_t named = count < NAMED_MOST ? count : NAMED_MOST;

	if (are_over) {
		write_over(troubles, count, words);
		return;
	}
	text_add(words, "Waymark: ");
	for (size_t i = 0; i < named; i++) {
		text_add(words, i > 0 ? "; " : "");
		add_name(&troubles[i], words);
		text_add(words, ": ");
		add_what(&troubles[i], words);
	}
	if (count > named)
		text_printf(words, " and %zu more", count - named);
	text_printf(words, ". %s",
	    count == 1 ? mend_of(&troubles[0])
		       : "waymark status says what to do.");
}
