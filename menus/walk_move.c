#include "gateway/base/memory.h"
#include "gateway/text/utf8.h"
#include "menus/stepping.h"

/* Screens passed without an answer in one step.  A circle of branches is
 * refused at load; this bounds one of questions that are all passed over. */
enum { HOPS_MOST = 256 };

void
step_say_before(struct stepping *stepping, enum system_text which)
{
	if (stepping->before.length > 0)
		text_add_byte(&stepping->before, '\n');
	speak_system(
	    &stepping->speaker, which, stepping->screen, &stepping->before);
}

static void
say_screen_before(struct stepping *stepping, const struct screen *screen)
{
	if (stepping->before.length > 0)
		text_add_byte(&stepping->before, '\n');
	speak_screen_text(&stepping->speaker, screen, &stepping->before);
}

void
step_say_only(struct stepping *stepping, enum system_text which)
{
	struct text words = { 0 };

	speak_system(&stepping->speaker, which, stepping->screen, &words);
	text_clear(&stepping->step->reply);
	speak_cut(
	    &stepping->speaker, text_string(&words), &stepping->step->reply);
	text_free(&words);
}

void
step_explain(struct stepping *stepping, int is_right)
{
	if (stepping->before.length > 0)
		text_add_byte(&stepping->before, '\n');
	speak_explanation(
	    &stepping->speaker, stepping->screen, is_right, &stepping->before);
}

void
step_move_corridor(struct stepping *stepping, const struct corridor *corridor)
{
	struct walk *walk = stepping->walk;

	stepping->corridor = corridor;
	stepping->speaker.corridor = corridor;
	stepping->values.corridor = corridor;
	snprintf(walk->corridor, sizeof(walk->corridor), "%s", corridor->id);
	step_choose_language(stepping);
}

void
step_forget_rest(struct walk *walk)
{
	if (walk->rest == NULL)
		return;
	explicit_bzero(walk->rest, strlen(walk->rest));
	free(walk->rest);
	walk->rest = NULL;
}

static const char *
say(const struct stepping *stepping, enum system_text which)
{
	return (menus_say(stepping->menus, stepping->speaker.language, which));
}

/* "0 Back" teaches the way back wherever it costs nothing; where a text leads
 * nowhere else, "00 Menu" as well. */
static void
add_footer(const struct stepping *stepping, struct body *body)
{
	const struct screen *screen = stepping->screen;
	struct text footer = { 0 };

	if (strcmp(screen->id, stepping->corridor->home) == 0)
		return;
	text_add(&footer, say(stepping, SAY_BACK));
	if (screen->way_count == 0 && screen->option_count == 0)
		text_printf(&footer, "\n%s", say(stepping, SAY_HOME));
	body_add_if_free(&stepping->speaker, body, text_string(&footer));
	text_free(&footer);
}

static void
add_languages(const struct stepping *stepping, struct body *body)
{
	const struct corridor *corridor = stepping->corridor;

	body_add(body, say(stepping, SAY_LANGUAGE_QUESTION));
	for (size_t i = 0; i < corridor->language_count; i++)
		body_add_option(body, (unsigned)i + 1,
		    catalog_text(stepping->menus->catalog,
			corridor->languages[i], "language/name", "English"));
}

/* What the caller is asked now, by the mood of the walk. */
static void
make_body(const struct stepping *stepping, struct body *body)
{
	switch (stepping->walk->mood) {
	case WALK_FRESH:
		return;
	case WALK_ON_SCREEN:
		if (stepping->screen->kind == SCREEN_LOOKUP)
			step_lookup_say(stepping, body);
		else
			speak_screen(
			    &stepping->speaker, stepping->screen, body);
		add_footer(stepping, body);
		return;
	case WALK_ASKS_RESUME:
		body_add(body, say(stepping, SAY_RESUME));
		body_add_option(body, 1, say(stepping, SAY_RESUME_1));
		body_add_option(body, 2, say(stepping, SAY_RESUME_2));
		return;
	case WALK_ASKS_LANGUAGE:
		add_languages(stepping, body);
		return;
	case WALK_OFFERS_PERSON:
		body_add(body, say(stepping, SAY_OFFER_PERSON));
		body_add_option(body, 1, say(stepping, SAY_OFFER_PERSON_1));
		body_add_option(body, 2, say(stepping, SAY_OFFER_PERSON_2));
		body_add(body, say(stepping, SAY_HOME));
		return;
	}
}

/* What was said before and a page of the screen in one answer: 1 when it
 * fits. */
static int
say_together(struct stepping *stepping, const struct body *body, int page)
{
	struct text all = { 0 };
	struct body before = { 0 };
	int shown = 0;
	int fits;

	body_add(&before, text_string(&stepping->before));
	text_add_bytes(&all, before.words.bytes, before.words.length);
	if (body->count > 0) {
		text_add_byte(&all, '\n');
		(void)speak_page(&stepping->speaker, body, page, &all, &shown);
	}
	body_free(&before);
	fits = text_fits(&stepping->speaker, text_string(&all));
	if (fits) {
		text_add_bytes(&stepping->step->reply, all.bytes, all.length);
		stepping->walk->page = shown;
	}
	text_free(&all);
	return (fits);
}

static void
keep_rest(struct walk *walk, const char *words)
{
	size_t length = utf8_cut(words, WALK_REST_MAX_BYTES);

	walk->rest = memory_new(length + 1, 1);
	memcpy(walk->rest, words, length);
}

/* As much of what was said before as one answer carries, with the way to what
 * is left of it and to the screen behind it. */
static void
say_before_alone(struct stepping *stepping)
{
	struct body before = { 0 };
	struct text *reply = &stepping->step->reply;
	size_t said;

	body_add(&before, text_string(&stepping->before));
	said = speak_first(&stepping->speaker, &before, reply);
	if (said < before.words.length)
		keep_rest(stepping->walk, text_string(&before.words) + said);
	stepping->walk->page = WALK_PAGE_BEFORE;
	body_free(&before);
}

void
step_show(struct stepping *stepping, int page)
{
	struct body body = { 0 };

	step_forget_rest(stepping->walk);
	make_body(stepping, &body);
	text_clear(&stepping->step->reply);
	if (stepping->before.length == 0)
		(void)speak_page(&stepping->speaker, &body, page,
		    &stepping->step->reply, &stepping->walk->page);
	else if (!say_together(stepping, &body, page))
		say_before_alone(stepping);
	body_free(&body);
}

/* 1 when pages follow the one the caller has. */
int
step_has_more(const struct stepping *stepping)
{
	struct body body = { 0 };
	struct text out = { 0 };
	int has_more;
	int page;

	if (stepping->walk->mood == WALK_FRESH)
		return (0);
	if (stepping->walk->page == WALK_PAGE_BEFORE)
		return (1);
	make_body(stepping, &body);
	has_more = speak_page(
	    &stepping->speaker, &body, stepping->walk->page, &out, &page);
	body_free(&body);
	text_free(&out);
	return (has_more);
}

void
step_show_more(struct stepping *stepping)
{
	struct walk *walk = stepping->walk;

	if (walk->page == WALK_PAGE_BEFORE && walk->rest != NULL)
		text_add(&stepping->before, walk->rest);
	step_show(stepping, walk->page + 1);
}

/* The walk waits here. */
static void
stand(struct stepping *stepping, const struct screen *screen)
{
	struct walk *walk = stepping->walk;

	if (screen->kind == SCREEN_ASK || screen->kind == SCREEN_QUIZ)
		walk_forget_scores(stepping->corridor, walk, screen);
	if (screen->kind == SCREEN_LOOKUP)
		step_lookup_enter(stepping, screen);
	snprintf(walk->screen, sizeof(walk->screen), "%s", screen->id);
	walk->mood = WALK_ON_SCREEN;
	walk->misread = 0;
	stepping->screen = screen;
	step_show(stepping, 0);
}

static void
end_here(struct stepping *stepping, const struct screen *screen)
{
	struct step *step = stepping->step;
	struct text words = { 0 };

	stepping->has_ended = 1;
	if (screen->holds)
		step->is_on_hold = 1;
	if (screen->withdraws)
		step->effects |= EFFECT_WITHDRAW;
	/* An end without words is silence, whatever came before it. */
	text_clear(&step->reply);
	if (screen->text[0] == '\0')
		return;
	say_screen_before(stepping, screen);
	text_add_bytes(&words, stepping->before.bytes, stepping->before.length);
	speak_cut(&stepping->speaker, text_string(&words), &step->reply);
	text_free(&words);
}

void
step_open_request(struct stepping *stepping, const char *opened_by)
{
	struct step *step = stepping->step;

	if (stepping->input->has_request ||
	    (step->effects & EFFECT_OPEN_REQUEST) != 0)
		return;
	step->effects |= EFFECT_OPEN_REQUEST;
	step->opened_by = opened_by;
}

static void
pass_request(struct stepping *stepping, const struct screen *screen)
{
	step_open_request(stepping, "menu");
	if (screen->way_count == 0)
		return;
	if (stepping->says_asked_again)
		step_say_before(stepping, SAY_ASKED_AGAIN);
	else
		say_screen_before(stepping, screen);
	stepping->says_asked_again = 0;
}

/* The next screen when this one needs no answer, or NULL when it waits. */
static const struct screen *
pass(struct stepping *stepping, const struct screen *screen)
{
	switch (screen->kind) {
	case SCREEN_REQUEST:
		pass_request(stepping, screen);
		return (walk_pick_way(&stepping->values, screen));
	case SCREEN_BRANCH:
		return (walk_pick_way(&stepping->values, screen));
	case SCREEN_ASK:
		if (screen->unless != NULL &&
		    expression_holds(
			screen->unless, walk_values_lookup, &stepping->values))
			return (walk_pick_way(&stepping->values, screen));
		return (NULL);
	case SCREEN_CORRIDOR:
		step_move_corridor(stepping, screen->corridor);
		return (screen->target);
	case SCREEN_MENU:
	case SCREEN_INFO:
	case SCREEN_END:
	case SCREEN_LOOKUP:
	case SCREEN_CHECKLIST:
	case SCREEN_QUIZ:
		return (NULL);
	}
	return (NULL);
}

void
step_enter(struct stepping *stepping, const struct screen *screen)
{
	for (int hops = 0; hops < HOPS_MOST; hops++) {
		const struct screen *next = pass(stepping, screen);

		if (next == NULL)
			break;
		screen = next;
	}
	if (screen->kind == SCREEN_END) {
		end_here(stepping, screen);
		return;
	}
	if (stepping->says_asked_again)
		step_say_before(stepping, SAY_ASKED_AGAIN);
	stand(stepping, screen);
}

void
step_remember(struct walk *walk)
{
	if (walk->trail_count == WALK_TRAIL_MOST) {
		memmove(walk->trail[0], walk->trail[1],
		    sizeof(walk->trail) - sizeof(walk->trail[0]));
		walk->trail_count--;
	}
	if (strcmp(walk->corridor, walk->line_corridor) == 0)
		snprintf(walk->trail[walk->trail_count], sizeof(walk->trail[0]),
		    "%s", walk->screen);
	else
		snprintf(walk->trail[walk->trail_count], sizeof(walk->trail[0]),
		    "%s:%s", walk->corridor, walk->screen);
	walk->trail_count++;
}

void
step_go(struct stepping *stepping, const struct screen *screen)
{
	if (stepping->screen != NULL && stepping->walk->mood != WALK_FRESH)
		step_remember(stepping->walk);
	step_enter(stepping, screen);
}

void
step_show_within(struct stepping *stepping, int is_deeper)
{
	if (is_deeper)
		step_remember(stepping->walk);
	stepping->walk->misread = 0;
	step_show(stepping, 0);
}

void
step_go_home(struct stepping *stepping)
{
	const struct corridor *line =
	    menus_find_corridor(stepping->menus, stepping->walk->line_corridor);

	/* From the home of a corridor a link led into, home is the line's. */
	if (stepping->corridor != line && stepping->screen != NULL &&
	    strcmp(stepping->screen->id, stepping->corridor->home) == 0)
		step_move_corridor(stepping, line);
	stepping->walk->trail_count = 0;
	step_enter(stepping,
	    corridor_find_screen(stepping->corridor, stepping->corridor->home));
}

/* The screen of a trail's place, or NULL; its corridor goes to
 * *corridor_r. */
static const struct screen *
find_place(const struct stepping *stepping, const char *place,
    const struct corridor **corridor_r)
{
	const char *colon = strchr(place, ':');
	char id[WALK_ID_MAX_BYTES + 1];

	snprintf(id, sizeof(id), "%.*s",
	    colon != NULL ? (int)(colon - place) : 0, place);
	*corridor_r = menus_find_corridor(stepping->menus,
	    colon != NULL ? id : stepping->walk->line_corridor);
	if (*corridor_r == NULL)
		return (NULL);
	return (corridor_find_screen(
	    *corridor_r, colon != NULL ? colon + 1 : place));
}

/* Screens that a reload took away are stepped over. */
void
step_go_back(struct stepping *stepping)
{
	struct walk *walk = stepping->walk;

	while (walk->trail_count > 0) {
		const struct corridor *corridor;
		const struct screen *screen = find_place(
		    stepping, walk->trail[--walk->trail_count], &corridor);

		if (screen == NULL)
			continue;
		if (corridor != stepping->corridor)
			step_move_corridor(stepping, corridor);
		stand(stepping, screen);
		return;
	}
	if (stepping->screen != NULL)
		stand(stepping, stepping->screen);
	else
		step_go_home(stepping);
}
