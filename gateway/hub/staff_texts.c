#include "gateway/hub/staff_texts.h"

/* With no line up: the phone's own, else the first that carries texts. */
static size_t
line_to_wait_on(const struct routes *routes, const char *own)
{
	size_t found = routes_find(routes, own);

	if (found != ROUTE_NONE && routes->lines[found].has_texts)
		return (found);
	for (size_t i = 0; i < routes->line_count; i++) {
		if (routes->lines[i].has_texts)
			return (i);
	}
	return (ROUTE_NONE);
}

static size_t
line_for(const struct staff_text *text, const struct staff_phone *phone)
{
	const struct staff_route wanted = {
		.line = phone->line,
		.e164 = phone->number.e164,
	};
	size_t found = routes_for_staff(text->routes, &wanted);

	return (found == ROUTE_NONE && text->waits
		? line_to_wait_on(text->routes, phone->line)
		: found);
}

int
staff_texts_can_go(const struct staff_text *text)
{
	for (size_t i = 0; i < text->phones->count; i++) {
		if (line_for(text, &text->phones->items[i]) != ROUTE_NONE)
			return (1);
	}
	return (0);
}

enum outcome
staff_texts_add(struct hub *hub, const struct staff_text *text, size_t *count_r)
{
	size_t count = 0;
	enum outcome outcome = DONE;

	for (size_t i = 0; i < text->phones->count && outcome == DONE; i++) {
		const struct staff_phone *phone = &text->phones->items[i];
		size_t line = line_for(text, phone);
		struct outgoing outgoing = {
			.kind = OUTBOX_ALARM,
			.caller = &phone->key,
			.number = &phone->number,
			.text = text->words,
			.now_utc_s = text->now_utc_s,
		};
		struct outbox_id id;

		if (line == ROUTE_NONE)
			continue;
		outgoing.line = hub->children[line].line->name;
		outcome = outbox_add(hub->store, &outgoing, OUTBOX_QUEUED, &id);
		hub->children[line].has_backlog = 1;
		hub->children[line].backlog_utc_s = 0;
		count++;
	}
	if (outcome == DONE)
		*count_r = count;
	return (outcome);
}
