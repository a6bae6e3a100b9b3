/* What a step says: a screen or its page, words before it, words alone. */
#include "gateway/base/memory.h"
#include "gateway/text/utf8.h"
#include "menus/stepping.h"

void
step_say_before(struct stepping *stepping, enum system_text which)
{
	if (stepping->before.length > 0)
		text_add_byte(&stepping->before, '\n');
	speak_system(
	    &stepping->speaker, which, stepping->screen, &stepping->before);
}

void
step_say_screen_before(struct stepping *stepping, const struct screen *screen)
{
	if (stepping->before.length > 0)
		text_add_byte(&stepping->before, '\n');
	speak_screen_text(&stepping->speaker, screen, &stepping->before);
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
		if (step_offers_texts(stepping))
			body_add_option(body, 3, say(stepping, SAY_RESUME_3));
		return;
	case WALK_ASKS_TEXTS:
		body_add(body, say(stepping, SAY_TEXTS_QUESTION));
		body_add_option(body, 1, say(stepping, SAY_YES));
		body_add_option(body, 2, say(stepping, SAY_NO));
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

/* As much of some words as one answer carries, with the way to what is left of
 * them and to what stands behind. */
static void
say_first_of(struct stepping *stepping, const char *words)
{
	struct body body = { 0 };
	struct text *reply = &stepping->step->reply;
	size_t said;

	body_add(&body, words);
	said = speak_first(&stepping->speaker, &body, reply);
	step_forget_rest(stepping->walk);
	if (said < body.words.length)
		keep_rest(stepping->walk, text_string(&body.words) + said);
	stepping->walk->page = WALK_PAGE_BEFORE;
	body_free(&body);
}

void
step_say_alone(struct stepping *stepping, const char *words)
{
	struct text *reply = &stepping->step->reply;
	struct body body = { 0 };

	text_clear(reply);
	body_add(&body, words);
	if (text_fits(&stepping->speaker, text_string(&body.words)))
		text_add_bytes(reply, body.words.bytes, body.words.length);
	else
		say_first_of(stepping, words);
	body_free(&body);
}

void
step_say_only(struct stepping *stepping, enum system_text which)
{
	struct text words = { 0 };

	speak_system(&stepping->speaker, which, stepping->screen, &words);
	step_say_alone(stepping, text_string(&words));
	text_free(&words);
}

void
step_say_last(struct stepping *stepping, enum system_text which)
{
	struct text words = { 0 };

	speak_system(&stepping->speaker, which, stepping->screen, &words);
	text_clear(&stepping->step->reply);
	speak_cut(
	    &stepping->speaker, text_string(&words), &stepping->step->reply);
	text_free(&words);
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
		say_first_of(stepping, text_string(&stepping->before));
	body_free(&body);
}

/* No screen stands behind what was said: none was reached, or a person talks
 * with the caller and the menu is not heard. */
static int
stands_alone(const struct stepping *stepping)
{
	return (stepping->walk->mood == WALK_FRESH || step_is_silent(stepping));
}

/* 1 when pages follow the one the caller has. */
int
step_has_more(const struct stepping *stepping)
{
	struct body body = { 0 };
	struct text out = { 0 };
	int has_more;
	int page;

	if (stands_alone(stepping))
		return (stepping->walk->rest != NULL);
	if (stepping->walk->page == WALK_PAGE_BEFORE)
		return (1);
	make_body(stepping, &body);
	has_more = speak_page(
	    &stepping->speaker, &body, stepping->walk->page, &out, &page);
	body_free(&body);
	text_free(&out);
	return (has_more);
}

/* The last page of an end is the end of the conversation. */
static void
show_rest(struct stepping *stepping)
{
	struct walk *walk = stepping->walk;

	step_forget_rest(walk);
	step_say_alone(stepping, text_string(&stepping->before));
	if (walk->rest == NULL && walk->mood == WALK_FRESH &&
	    walk->screen[0] == '\0')
		stepping->has_ended = 1;
}

void
step_show_more(struct stepping *stepping)
{
	struct walk *walk = stepping->walk;

	if (walk->page == WALK_PAGE_BEFORE && walk->rest != NULL)
		text_add(&stepping->before, walk->rest);
	if (walk->mood == WALK_FRESH && walk->rest == NULL)
		step_go_home(stepping);
	else if (stands_alone(stepping))
		show_rest(stepping);
	else
		step_show(stepping, walk->page + 1);
}
