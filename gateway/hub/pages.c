#include "gateway/hub/pages.h"

#include "gateway/base/memory.h"
#include "gateway/hub/departures.h"
#include "menus/menu_say.h"

static const struct {
	int64_t septets; /* of a page, as the configuration says */
	const struct channel_limit *limit;
} limits[] = {
	{ 182, &channel_ussd_182 },
	{ 160, &channel_ussd_160 },
	{ 128, &channel_ussd_128 },
	{ 120, &channel_ussd_120 },
};

const struct channel_limit *
pages_channel(const struct line_settings *line)
{
	for (size_t i = 0; i < COUNT_OF(limits); i++) {
		if (limits[i].septets == line->page)
			return (limits[i].limit);
	}
	/* What osmo-hlr passes on, what aggregators do, and a whole page for a
	 * phone in a terminal. */
	return (strcmp(line->kind, "gsup") == 0   ? &channel_ussd_128
		: strcmp(line->kind, "ussd") == 0 ? &channel_ussd_160
						  : &channel_ussd_182);
}

static void
note(struct hub *hub, const struct dialogue_place *place, const char *text,
    const char *closing)
{
	struct after *after = departures_note(hub, place->child);

	after->generation = place->generation;
	after->dialogue = place->id;
	after->text = memory_copy(text);
	after->closing = memory_copy(closing);
}

void
pages_note(struct hub *hub, const struct dialogue_place *place,
    const struct step *step, int is_last)
{
	const char *text = text_string(&step->reply);
	const char *done = menus_say(hub->menus, step->language, SAY_DONE);

	/* A session cannot end on an empty page; `done` may be left out. */
	note(hub, place,
	    text[0] != '\0'       ? text
		: done[0] != '\0' ? done
				  : "OK",
	    menus_say(hub->menus, step->language, SAY_CLOSED));
	hub->after[hub->after_count - 1].is_last = is_last || text[0] == '\0';
}

void
pages_note_no_number(
    struct hub *hub, const struct dialogue_place *place, const char *language)
{
	const char *words = menus_say(hub->menus, language, SAY_NO_NUMBER);

	note(hub, place, words, words);
	hub->after[hub->after_count - 1].is_last = 1;
}

/* -- rows that are handled later -------------------------------------------- */

void
pages_remember(struct hub *hub, struct journal_id journal,
    const struct dialogue_place *place)
{
	struct late_dialogue *late =
	    &hub->late[hub->late_count++ % LATE_DIALOGUES_MOST];

	*late = (struct late_dialogue){
		.journal = journal,
		.child = place->child,
		.generation = place->generation,
		.id = place->id,
	};
}

struct dialogue_place
pages_recall(const struct hub *hub, struct journal_id journal)
{
	for (size_t i = 0; i < LATE_DIALOGUES_MOST; i++) {
		const struct late_dialogue *late = &hub->late[i];

		if (late->id != 0 && late->journal.row == journal.row)
			return ((struct dialogue_place){
			    late->child, late->generation, late->id });
	}
	return ((struct dialogue_place){ 0 });
}
