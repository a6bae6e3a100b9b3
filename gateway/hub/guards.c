#include "gateway/hub/guards.h"

#include <inttypes.h>

#include "gateway/base/log.h"
#include "gateway/base/marked_words.h"
#include "store/guards.h"

static const unsigned help_effects = EFFECT_OPEN_REQUEST | EFFECT_ASKED_AGAIN |
    EFFECT_UPDATE_REQUEST | EFFECT_WITHDRAW;
static const unsigned case_effects =
    EFFECT_JOIN_CASE | EFFECT_TALK_OPENED | EFFECT_TALK_WRONG;
static const unsigned order_effects =
    EFFECT_STOP | EFFECT_START | EFFECT_FORGET;

static enum guard_need
need_of(const struct step *step)
{
	if (step->effects & help_effects)
		return (GUARD_HELP);
	if (step->effects & case_effects)
		return (GUARD_CASE);
	return (step->effects & order_effects ? GUARD_ORDER : GUARD_MENU);
}

int
guards_must_apply(const struct step *step)
{
	return (need_of(step) != GUARD_MENU);
}

/* -- counting --------------------------------------------------------------- */

static struct guard_forgotten *
find_forgotten(struct hub *hub, const struct caller_key *caller)
{
	for (size_t i = 0; i < GUARDS_FORGOTTEN_KEPT; i++) {
		struct guard_forgotten *forgotten = &hub->forgotten[i];

		if (forgotten->count.day_utc_s != 0 &&
		    memcmp(&forgotten->caller, caller, sizeof(*caller)) == 0)
			return (forgotten);
	}
	return (NULL);
}

enum outcome
guards_load(struct hub *hub, const struct caller_key *caller,
    struct guard_count *count_r)
{
	const struct guard_forgotten *forgotten;
	enum outcome outcome = guards_get(hub->store, caller, count_r);

	if (outcome != DONE || count_r->day_utc_s != 0)
		return (outcome);
	forgotten = find_forgotten(hub, caller);
	if (forgotten != NULL)
		*count_r = forgotten->count;
	return (DONE);
}

void
guards_note_forgotten(struct hub *hub, const struct message *message)
{
	struct guard_forgotten *forgotten =
	    find_forgotten(hub, &message->caller);

	if (forgotten == NULL)
		forgotten = &hub->forgotten[hub->forgotten_next++ %
		    GUARDS_FORGOTTEN_KEPT];
	forgotten->caller = message->caller;
	forgotten->count = *message->guard;
}

int
guards_watch(
    const struct hub *hub, struct guard_count *count, int64_t now_utc_s)
{
	return (guard_may_silence(&hub->settings.guards, count, now_utc_s));
}

/* -- judging ---------------------------------------------------------------- */

static void
fill_exchange(struct hub *hub, const struct message *message,
    const struct step *step, struct guard_exchange *exchange)
{
	struct text both = { 0 };
	struct dedupe_key key;

	exchange->need = need_of(step);
	exchange->is_page = message->dialogue.id != 0;
	if (exchange->is_page)
		return;
	text_add(&both, message->text);
	text_add_byte(&both, '\0');
	text_add(&both, text_string(&step->reply));
	seal_dedupe_key(hub->box_key, both.bytes, both.length, &key);
	memcpy(exchange->bytes, key.bytes, sizeof(exchange->bytes));
	text_free(&both);
}

MUST_USE static enum outcome
note_verdict(struct hub *hub, enum guard_verdict verdict, int is_page)
{
	switch (verdict) {
	case GUARD_ANSWER:
		return (DONE);
	case GUARD_TELL:
		return (guards_note(hub->store, GUARD_TOLD_SPENT));
	case GUARD_SILENT_SPENT:
		return (guards_note(hub->store,
		    is_page ? GUARD_WITHHELD_PAGE : GUARD_WITHHELD_SPENT));
	case GUARD_SILENT_SAME:
		return (guards_note(hub->store, GUARD_WITHHELD_SAME));
	}
	return (BROKEN);
}

enum outcome
guards_judge(struct hub *hub, const struct message *message,
    const struct step *step, enum guard_verdict *verdict_r)
{
	struct guard_exchange exchange = { 0 };
	enum guard_verdict verdict;
	enum outcome outcome;

	*verdict_r = GUARD_ANSWER;
	if (step->reply.length == 0)
		return (DONE);
	fill_exchange(hub, message, step, &exchange);
	verdict = guard_judge(&hub->settings.guards, message->guard, &exchange,
	    message->now_utc_s);
	outcome = guards_put(hub->store, &message->caller, message->guard);
	if (outcome == DONE)
		outcome = note_verdict(hub, verdict, exchange.is_page);
	if (outcome == DONE)
		*verdict_r = verdict;
	if (verdict != GUARD_ANSWER)
		log_info("journal=%" PRId64 ": not answered: %s",
		    message->journal.row, guard_verdict_name(verdict));
	return (outcome);
}

enum outcome
guards_end(struct hub *hub, const struct message *message,
    enum guard_verdict verdict, enum message_fate *fate_r)
{
	*fate_r = FATE_WITHHELD;
	if (message->dialogue.id != 0 || !guard_list_once(message->guard))
		return (DONE);
	*fate_r =
	    verdict == GUARD_SILENT_SAME ? FATE_LISTED_SAME : FATE_LISTED_SPENT;
	log_notice("journal=%" PRId64 ": a caller is not answered (%s); set"
		   " aside for a person",
	    message->journal.row, guard_verdict_name(verdict));
	return (guards_put(hub->store, &message->caller, message->guard));
}

const char *
guards_cause(enum message_fate fate)
{
	return (fate == FATE_LISTED_SAME
		? WORDS("not answered: the same text again and again")
		: WORDS("not answered: too many texts in an hour or a day"));
}
