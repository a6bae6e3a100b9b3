#include "menus/menu_cost.h"

#include "gateway/base/memory.h"
#include "gateway/text/segments.h"
#include "menus/screen_targets.h"
#include "menus/screen_text.h"

/* A reference as long as they get. */
static const char usual_ref[] = "MMMMM";

enum { CARRIED_MOST = 8 };

/* Screens gone through at once, whose texts wait for the next one. */
struct carried {
	const struct screen *list[CARRIED_MOST];
	size_t count;
};

/* The costs of screens that nothing is carried to. */
struct known {
	struct cost_text cost;
	int is_known;
};

struct following {
	const struct cost_question *question;
	struct cost_routes *routes;
	struct known *known; /* a place for each screen */
	int *is_on_way;
	const struct screen *steps[COST_WAY_MOST];
	size_t step_count;
	struct cost_way sum;
	size_t steps_left;
};

/* -- texts ------------------------------------------------------------------ */

static struct speaker
speaker_of(const struct cost_question *question)
{
	return ((struct speaker){
	    .menus = question->menus,
	    .corridor = question->corridor,
	    .language = question->language,
	    .ref = usual_ref,
	    .channel = &channel_sms,
	    .now_utc_s = question->now_utc_s,
	});
}

static struct cost_text
cost_of_body(const struct cost_question *question, const struct body *body)
{
	struct speaker speaker = speaker_of(question);
	struct cost_text cost = { 0 };
	struct text page = { 0 };
	enum alphabet alphabet = ALPHABET_GSM;
	int shown = 0;
	int has_more = body->words.length > 0;

	(void)segments_count(text_string(&body->words), &alphabet, &cost.units);
	cost.is_gsm = alphabet == ALPHABET_GSM;
	while (has_more) {
		unsigned units;

		text_clear(&page);
		has_more =
		    speak_page(&speaker, body, (int)cost.texts, &page, &shown);
		cost.parts +=
		    segments_count(text_string(&page), &alphabet, &units);
		cost.texts++;
	}
	text_free(&page);
	return (cost);
}

struct cost_text
cost_of_screen(
    const struct cost_question *question, const struct screen *screen)
{
	struct speaker speaker = speaker_of(question);
	struct body body = { 0 };
	struct cost_text cost;

	speak_screen(&speaker, screen, &body);
	cost = cost_of_body(question, &body);
	body_free(&body);
	return (cost);
}

static struct cost_text
cost_of_all(const struct following *following, const struct carried *carried,
    const struct screen *screen)
{
	struct speaker speaker = speaker_of(following->question);
	struct body body = { 0 };
	struct cost_text cost = { 0 };

	/* An end without words is silence, whatever came before it. */
	if (screen->kind == SCREEN_END && screen->text[0] == '\0')
		return (cost);
	for (size_t i = 0; i < carried->count; i++) {
		struct text words = { 0 };

		speak_screen_text(&speaker, carried->list[i], &words);
		if (words.length > 0)
			body_add(&body, text_string(&words));
		text_free(&words);
	}
	speak_screen(&speaker, screen, &body);
	cost = cost_of_body(following->question, &body);
	body_free(&body);
	return (cost);
}

static size_t
place_of(const struct following *following, const struct screen *screen)
{
	return ((size_t)(screen - following->question->corridor->screens));
}

static struct cost_text
find_cost(struct following *following, const struct carried *carried,
    const struct screen *screen)
{
	struct known *known = &following->known[place_of(following, screen)];

	/* A link goes on at once: what is said is the other corridor's. */
	if (screen->kind == SCREEN_CORRIDOR) {
		struct cost_question there = *following->question;

		there.corridor = screen->corridor;
		return (cost_of_screen(&there, screen->target));
	}
	if (carried->count > 0)
		return (cost_of_all(following, carried, screen));
	if (!known->is_known)
		known->cost = cost_of_screen(following->question, screen);
	known->is_known = 1;
	return (known->cost);
}

/* -- routes ----------------------------------------------------------------- */

static struct cost_route *
find_route(struct cost_routes *routes, const struct screen *to)
{
	struct cost_route *route;

	for (size_t i = 0; i < routes->count; i++) {
		if (routes->list[i].to == to)
			return (&routes->list[i]);
	}
	routes->list = memory_grow(routes->list, routes->count,
	    routes->count + 1, sizeof(*routes->list));
	route = &routes->list[routes->count++];
	route->to = to;
	return (route);
}

static int
is_dearer(const struct cost_way *one, const struct cost_way *other)
{
	if (one->parts != other->parts)
		return (one->parts > other->parts);
	return (one->texts > other->texts);
}

static void
arrive(struct following *following, const struct screen *to)
{
	struct cost_route *route = find_route(following->routes, to);

	if (route->ways == 0 || is_dearer(&route->cheapest, &following->sum))
		route->cheapest = following->sum;
	if (route->ways == 0 || is_dearer(&following->sum, &route->dearest)) {
		route->dearest = following->sum;
		route->step_count = following->step_count;
		memcpy(route->steps, following->steps, sizeof(route->steps));
	}
	route->ways++;
}

static void follow(struct following *following, const struct screen *screen,
    const struct carried *carried);

static void
follow_exits(struct following *following, const struct screen *screen,
    const struct carried *carried)
{
	for (size_t i = 0; i < screen_exit_count(screen); i++) {
		const struct screen *to = screen_exit_at(screen, i).target;
		int is_new = to != NULL;

		for (size_t k = 0; k < i && is_new; k++)
			is_new = screen_exit_at(screen, k).target != to;
		if (is_new)
			follow(following, to, carried);
	}
}

/* Nothing is said yet: its words go with the next screen's. */
static void
go_through(struct following *following, const struct screen *screen,
    const struct carried *carried)
{
	struct carried more = *carried;

	if (more.count < CARRIED_MOST)
		more.list[more.count++] = screen;
	follow_exits(following, screen, &more);
}

static void
stand_on(struct following *following, const struct screen *screen,
    const struct carried *carried)
{
	static const struct carried nothing;
	struct cost_way before = following->sum;
	struct cost_text cost = find_cost(following, carried, screen);

	following->sum.parts += cost.parts;
	/* An end that says nothing still took a text to get to. */
	following->sum.texts += cost.texts > 0 ? cost.texts : 1;
	for (size_t i = 0; i < carried->count; i++) {
		if (carried->list[i]->kind == SCREEN_REQUEST)
			arrive(following, carried->list[i]);
	}
	if (screen_is_last(screen))
		arrive(following, screen);
	else
		follow_exits(following, screen, &nothing);
	following->sum = before;
}

static void
follow(struct following *following, const struct screen *screen,
    const struct carried *carried)
{
	int *is_on_way = &following->is_on_way[place_of(following, screen)];

	if (*is_on_way)
		return;
	if (following->steps_left == 0 ||
	    following->step_count == COST_WAY_MOST) {
		following->routes->is_cut = 1;
		return;
	}
	*is_on_way = 1;
	following->steps_left--;
	following->steps[following->step_count++] = screen;
	if (!screen_waits(screen) && screen->kind != SCREEN_END)
		go_through(following, screen, carried);
	else
		stand_on(following, screen, carried);
	following->step_count--;
	/* A question that may be passed over is one that costs nothing. */
	if (screen->unless != NULL)
		follow_exits(following, screen, carried);
	*is_on_way = 0;
}

/* HELP in the first text: what the help screen says, and what follows at
 * once. */
static void
follow_help(struct following *following, const struct screen *help)
{
	struct cost_route *route = find_route(following->routes, NULL);
	struct carried carried = { 0 };
	const struct screen *screen = help;
	struct cost_text cost;

	while (screen->kind == SCREEN_REQUEST && screen->way_count > 0 &&
	    carried.count < CARRIED_MOST) {
		carried.list[carried.count++] = screen;
		route->steps[route->step_count++] = screen;
		screen = screen->ways[screen->way_count - 1].target;
	}
	route->steps[route->step_count++] = screen;
	cost = find_cost(following, &carried, screen);
	route->ways = 1;
	route->cheapest =
	    (struct cost_way){ cost.parts, cost.texts > 0 ? cost.texts : 1 };
	route->dearest = route->cheapest;
}

void
cost_find_routes(
    const struct cost_question *question, struct cost_routes *routes_r)
{
	static const struct carried nothing;
	const struct corridor *corridor = question->corridor;
	struct following following = {
		.question = question,
		.routes = routes_r,
		.known =
		    memory_new(corridor->screen_count, sizeof(struct known)),
		.is_on_way = memory_new(corridor->screen_count, sizeof(int)),
		.steps_left = COST_STEPS_MOST,
	};

	*routes_r = (struct cost_routes){ 0 };
	follow_help(&following, corridor_find_screen(corridor, corridor->help));
	follow(&following, corridor_find_screen(corridor, corridor->home),
	    &nothing);
	free(following.known);
	free(following.is_on_way);
}

void
cost_routes_free(struct cost_routes *routes)
{
	free(routes->list);
	*routes = (struct cost_routes){ 0 };
}
