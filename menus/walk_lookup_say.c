#include "gateway/base/clock.h"
#include "menus/directory.h"
#include "menus/lookup.h"
#include "menus/placeholders.h"
#include "menus/stepping.h"

enum { OLD_S = 30 * 86400 };

static const enum system_text status_texts[LOOKUP_STATUSES] = {
	[LOOKUP_VALID] = SAY_STATUS_VALID,
	[LOOKUP_UNCLEAR] = SAY_STATUS_UNCLEAR,
	[LOOKUP_EXPIRED] = SAY_STATUS_EXPIRED,
	[LOOKUP_SUSPENDED] = SAY_STATUS_SUSPENDED,
	[LOOKUP_CANCELLED] = SAY_STATUS_CANCELLED,
	[LOOKUP_BANNED] = SAY_STATUS_BANNED,
};

/* What the placeholders of a text stand for; NULL: nothing. */
struct filling {
	const char *name;
	const char *value;
};
enum { FILLINGS = 5 };

static const char *
say(const struct stepping *stepping, enum system_text which)
{
	return (menus_say(stepping->menus, stepping->speaker.language, which));
}

static void
add_filling(const struct placeholder *found, const struct filling *fillings,
    struct text *out)
{
	for (size_t i = 0; i < FILLINGS && fillings[i].name != NULL; i++)
		if (strlen(fillings[i].name) == found->name_length &&
		    memcmp(fillings[i].name, found->name, found->name_length) ==
			0)
			text_add(out, fillings[i].value);
}

static void
add_filled(struct body *body, const char *words,
    const struct filling fillings[FILLINGS])
{
	struct placeholder found = { 0 };
	struct text out = { 0 };

	while (placeholder_next(words, &found) == 1) {
		text_add_bytes(&out, words, (size_t)(found.start - words));
		add_filling(&found, fillings, &out);
		words = found.end;
	}
	text_add(&out, words);
	body_add(body, text_string(&out));
	text_free(&out);
}

static void
add_next(const struct stepping *stepping, struct body *body)
{
	if (stepping->screen->way_count > 0)
		body_add_option(body, 1, say(stepping, SAY_NEXT));
}

/* -- recruiters ------------------------------------------------------------- */

static void
add_name(const struct lookup_entry *entry, struct text *out)
{
	text_add(out, entry->name);
	if (entry->place[0] != '\0')
		text_printf(out, ", %s", entry->place);
}

/* Even a name to choose from stands beside its status. */
static void
say_candidates(const struct stepping *stepping,
    const struct lookup_state *state, const struct filling *source,
    struct body *body)
{
	unsigned number = 0;

	add_filled(body, say(stepping, SAY_LOOKUP_WHICH), source);
	for (size_t i = 0; i < state->count; i++) {
		const struct lookup_entry *entry = state->found[i];
		struct text line = { 0 };

		add_name(entry, &line);
		text_printf(
		    &line, ": %s", say(stepping, status_texts[entry->status]));
		body_add_option(body, ++number, text_string(&line));
		text_free(&line);
	}
	body_add_option(body, ++number, say(stepping, SAY_LOOKUP_NOT_THESE));
}

static void
say_entry(const struct stepping *stepping, const struct lookup_entry *entry,
    const struct filling *source, struct body *body)
{
	struct text name = { 0 };
	struct filling fillings[FILLINGS] = { source[0], source[1] };

	add_name(entry, &name);
	fillings[2] = (struct filling){ "name", text_string(&name) };
	fillings[3] = (struct filling){ "licence",
		entry->licence[0] != '\0' ? entry->licence : "-" };
	fillings[4] = (struct filling){ "status",
		say(stepping, status_texts[entry->status]) };
	add_filled(body, say(stepping, SAY_LOOKUP_ENTRY), fillings);
	text_free(&name);
}

static void
say_recruiters(const struct stepping *stepping,
    const struct lookup_state *state, struct body *body)
{
	const struct lookup_source *list = lookup_source(
	    stepping->input->recruiters, stepping->screen->country);
	int64_t now_utc_s = stepping->input->now_utc_s;
	struct filling source[FILLINGS] = { 0 };
	struct text as_of = { 0 };

	if (list == NULL) {
		body_add(body, say(stepping, SAY_LOOKUP_NO_LIST));
		add_next(stepping, body);
		return;
	}
	speak_date(
	    &stepping->speaker, clock_date(list->as_of_utc_s).text, &as_of);
	source[0] = (struct filling){ "authority", list->authority };
	source[1] = (struct filling){ "date", text_string(&as_of) };
	if (state->kind == LOOKUP_CANDIDATES)
		say_candidates(stepping, state, source, body);
	else if (state->kind == LOOKUP_NONE)
		add_filled(body, say(stepping, SAY_LOOKUP_NONE), source);
	else
		say_entry(stepping, state->found[0], source, body);
	text_free(&as_of);
	if (state->kind == LOOKUP_CANDIDATES)
		return;
	/* First what to do: the rest may be on the next page. */
	if (state->kind == LOOKUP_ENTRY)
		body_add(body,
		    say(stepping,
			state->found[0]->status == LOOKUP_VALID
			    ? SAY_LOOKUP_CAUTION
			    : SAY_LOOKUP_WARNING));
	if (now_utc_s - list->as_of_utc_s > OLD_S)
		body_add(body, say(stepping, SAY_LOOKUP_OLD));
	add_next(stepping, body);
}

/* -- services --------------------------------------------------------------- */

static void
add_part(struct text *line, const char *words)
{
	if (words[0] != '\0')
		text_printf(line, ". %s", words);
}

static void
say_service(const struct service *service, struct body *body)
{
	struct text line = { 0 };

	text_add(&line, service->name);
	if (service->place[0] != '\0')
		text_printf(&line, ", %s", service->place);
	text_printf(&line, ": %s", service->how);
	add_part(&line, service->address);
	add_part(&line, service->hours);
	add_part(&line, service->languages);
	add_part(&line, service->cost);
	body_add(body, text_string(&line));
	text_free(&line);
}

/* Whoever looks something up where nothing is known is not asked for a town
 * first. */
static int
knows_no_service(const struct stepping *stepping)
{
	return (!directory_knows(stepping->corridor->directory,
	    stepping->screen->need, stepping->input->now_utc_s));
}

static void
say_no_service(const struct stepping *stepping, struct body *body)
{
	const char *words = say(stepping, SAY_DIRECTORY_EMPTY);

	body_add(
	    body, words[0] != '\0' ? words : say(stepping, SAY_DIRECTORY_NONE));
	add_next(stepping, body);
}

static void
say_services(
    const struct stepping *stepping, const char *place, struct body *body)
{
	const struct service *found[DIRECTORY_MOST];
	size_t count = directory_find(stepping->corridor->directory, place,
	    stepping->screen->need, stepping->input->now_utc_s, found);
	const char *oldest = "";
	struct text date = { 0 };

	if (count == 0)
		body_add(body, say(stepping, SAY_DIRECTORY_NONE));
	/* The oldest check is said of all. */
	for (size_t i = 0; i < count; i++) {
		say_service(found[i], body);
		if (i == 0 || strcmp(found[i]->checked_on, oldest) < 0)
			oldest = found[i]->checked_on;
	}
	speak_date(&stepping->speaker, oldest, &date);
	if (count > 0)
		add_filled(body, say(stepping, SAY_DIRECTORY_CHECKED),
		    (const struct filling[FILLINGS]){
			{ "date", text_string(&date) } });
	text_free(&date);
	add_next(stepping, body);
}

void
step_lookup_say(const struct stepping *stepping, struct body *body)
{
	const struct screen *screen = stepping->screen;
	struct lookup_state state;

	step_lookup_read(stepping, &state);
	if (screen->list == LOOKUP_DIRECTORY && knows_no_service(stepping))
		say_no_service(stepping, body);
	else if (state.kind == LOOKUP_SERVICES)
		say_services(stepping, state.place, body);
	else if (state.kind != LOOKUP_QUESTION ||
	    (screen->list == LOOKUP_RECRUITERS &&
		lookup_source(stepping->input->recruiters, screen->country) ==
		    NULL))
		say_recruiters(stepping, &state, body);
	else
		speak_screen(&stepping->speaker, screen, body);
}
