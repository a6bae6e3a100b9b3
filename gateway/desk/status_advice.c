/* What wants a person, and what that person can do about it. */
#include "gateway/base/line_mends.h"
#include "gateway/base/marked_words.h"
#include "gateway/base/memory.h"
#include "gateway/desk/status.h"

enum {
	MEBIBYTE = 1 << 20,
	DISK_LOW_MIB = 500,
	DISK_BAD_MIB = 100,
	OUTBOX_SLOW_S = 3600,
	JOURNAL_SLOW_S = 300,
};

static void
add(struct status_advices *advices, struct status_advice advice)
{
	advices->items = memory_grow(advices->items, advices->count,
	    advices->count + 1, sizeof(*advices->items));
	advices->items[advices->count++] = advice;
}

static void
advise_line(const struct status_line *line, struct status_advices *advices)
{
	struct status_advice advice = { STATUS_LOOK, line->name, "", "" };
	const char *credit_is;

	if (!line->is_up) {
		advice.weight = line->needs_hand ? STATUS_BAD : STATUS_LOOK;
		advice.what = line->needs_hand
		    ? WORDS("is away and cannot mend itself")
		    : WORDS("is away, and mends itself");
		advice.mend = line_mend_of_cause(line->cause);
		add(advices, advice);
	}
	advice.weight = STATUS_LOOK;
	advice.mend = line_mend_of_memory(line->storage_percent);
	advice.what = WORDS("has a memory for texts that is nearly full");
	if (advice.mend[0] != '\0')
		add(advices, advice);
	advice.mend = line_mend_of_credit(line->credit, &credit_is);
	advice.what = strcmp(line->credit, "low") == 0
	    ? WORDS("has little credit left")
	    : WORDS("tells its credit in words that are not understood");
	if (advice.mend[0] != '\0')
		add(advices, advice);
}

/* What a person is to do that the line's own words do not say. */
static void
advise_day(const struct status_line *line, struct status_advices *advices)
{
	enum { DAYS_SOON = 7 };

	if (line->cap_wait_s > 0)
		add(advices,
		    (struct status_advice){ STATUS_BAD, line->name,
			WORDS("has reached a cap of its day: automatic answers"
			      " wait"),
			WORDS("Raise day_cap or spend_cap, or wait for the"
			      " next day; help requests still leave.") });
	if (line->credit_days >= 0 && line->credit_days <= DAYS_SOON)
		add(advices,
		    (struct status_advice){ STATUS_LOOK, line->name,
			WORDS("has credit that expires soon"),
			WORDS("Top it up before that day.") });
	if (line->stand_in[0] != '\0')
		add(advices,
		    (struct status_advice){ STATUS_LOOK, line->name,
			WORDS("is away, and another line carries its texts"),
			WORDS("Nothing waits; see to the modem when you"
			      " can.") });
}

static void
advise_disk(const struct status *status, struct status_advices *advices)
{
	int64_t free_mib = status->free_bytes / MEBIBYTE;

	if (status->free_bytes < 0 || free_mib >= DISK_LOW_MIB)
		return;
	add(advices,
	    (struct status_advice){
		free_mib < DISK_BAD_MIB ? STATUS_BAD : STATUS_LOOK, "",
		WORDS("The disk of the store is nearly full."),
		WORDS("Make room on it: when it is full, no text is taken"
		      " in.") });
}

/* A line's name is what its callers' texts know it by. */
static void
advise_gone(const struct status *status, struct status_advices *advices)
{
	for (size_t i = 0; i < status->gone_count; i++)
		add(advices,
		    (struct status_advice){ STATUS_BAD, status->gone[i].name,
			WORDS("is not in the configuration, and texts wait for"
			      " it"),
			WORDS("If it was renamed, give it its old name again"
			      " in waymark.conf and restart the hub.") });
}

static void
advise_queues(const struct status *status, struct status_advices *advices)
{
	if (status->journal[JOURNAL_ASIDE] > 0)
		add(advices,
		    (struct status_advice){ STATUS_LOOK, "",
			WORDS("Messages stand aside: they could not be"
			      " handled and got no answer."),
			WORDS("A caseworker opens each (Set aside, or `waymark"
			      " queue aside`) and sees to its caller.") });
	if (status_age_s(status, status->ages.outbox_utc_s) > OUTBOX_SLOW_S)
		add(advices,
		    (struct status_advice){ STATUS_LOOK, "",
			WORDS("A text has waited more than an hour to go"
			      " out."),
			WORDS("See whether a line is away, or has too much to"
			      " send.") });
	if (status_age_s(status, status->ages.journal_utc_s) > JOURNAL_SLOW_S)
		add(advices,
		    (struct status_advice){ STATUS_LOOK, "",
			WORDS("A message has waited more than five minutes to"
			      " be handled."),
			WORDS("Parts of a long text may be missing; else look"
			      " at the hub's log.") });
}

static int
by_weight(const void *one, const void *other)
{
	const struct status_advice *first = one;
	const struct status_advice *second = other;

	return ((int)second->weight - (int)first->weight);
}

void
status_advise(const struct status *status, struct status_advices *advices_r)
{
	struct status_advices advices = { 0 };

	if (!status->hub_runs)
		add(&advices,
		    (struct status_advice){ STATUS_BAD, "",
			WORDS("The hub is not running: texts wait."),
			WORDS("Start it on the machine: `systemctl start"
			      " waymark`. Its log says why it stopped.") });
	for (size_t i = 0; i < status->line_count; i++) {
		advise_line(&status->lines[i], &advices);
		advise_day(&status->lines[i], &advices);
	}
	advise_gone(status, &advices);
	advise_disk(status, &advices);
	advise_queues(status, &advices);
	if (advices.count > 1)
		qsort(advices.items, advices.count, sizeof(*advices.items),
		    by_weight);
	*advices_r = advices;
}
