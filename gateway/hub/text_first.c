#include "gateway/hub/text_first.h"

#include "gateway/hub/children.h"
#include "gateway/hub/departures.h"
#include "gateway/text/zawgyi.h"
#include "menus/menu_say.h"

const char *
text_first_line(const struct line_settings *line)
{
	return (line->texts_by[0] != '\0' ? line->texts_by : line->name);
}

size_t
text_first_child(const struct hub *hub, const struct line_settings *line)
{
	const char *name = text_first_line(line);

	for (size_t i = 0; i < hub->child_count; i++) {
		const struct child *child = &hub->children[i];

		if (strcmp(child->line->name, name) == 0 &&
		    settings_line_has_texts(child->line) &&
		    child_can_send(child) &&
		    strcmp(child->line->corridor, line->corridor) == 0)
			return (i);
	}
	return (SIZE_MAX);
}

enum outcome
text_first_send(struct hub *hub, const struct message *message,
    const struct line_settings *line, const struct walk *walk)
{
	size_t child = text_first_child(hub, line);
	struct text words = { 0 };
	struct departure departure = {
		.child = child,
		.kind = OUTBOX_ANSWER,
		.caller = &message->caller,
		.number = &message->number,
		.journal = message->journal,
		.now_utc_s = message->now_utc_s,
	};
	const char *opening =
	    menus_say(hub->menus, walk->language, SAY_OPENING);
	enum outcome outcome;

	if (child == SIZE_MAX)
		return (DONE);
	outcome = outbox_find_waiting(
	    hub->store, hub->children[child].line->name, &message->caller);
	if (outcome != NOTHING)
		return (outcome);
	if (walk->is_zawgyi)
		zawgyi_from_unicode(opening, &words);
	else
		text_add(&words, opening);
	departure.text = text_string(&words);
	outcome = departures_add(hub, &departure);
	text_free(&words);
	return (outcome);
}
