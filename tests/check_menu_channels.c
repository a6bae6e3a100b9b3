#include "menus/screen_text.h"
#include "tests/check_main.h"
#include "tests/menus_talk.h"

/* Every screen we ship, in every language of its corridor, on every channel:
 * each answer fits, nothing is lost between pages, no word is cut, help and
 * the way back are there. */

enum { PAGES_MOST = 40 };

static const struct {
	const char *name;
	const struct channel_limit *limit;
} channels[] = {
	{ "SMS", &channel_sms },
	{ "USSD 182", &channel_ussd_182 },
	{ "USSD 160", &channel_ussd_160 },
	{ "USSD 128", &channel_ussd_128 },
	{ "USSD 120", &channel_ussd_120 },
};

/* Where a caller stands. */
struct stand {
	const struct menus *menus;
	const struct corridor *corridor;
	const struct screen *screen;
	const char *language;
	const struct channel_limit *limit;
	const char *channel_name;
	struct walk walk;
	struct step step;
};

static void
arrive(struct stand *stand)
{
	struct walk *walk = &stand->walk;

	walk_free(walk);
	walk->mood = WALK_ON_SCREEN;
	walk->last_utc_s = TALK_NOON;
	snprintf(walk->line_corridor, sizeof(walk->line_corridor), "%s",
	    stand->corridor->id);
	snprintf(
	    walk->corridor, sizeof(walk->corridor), "%s", stand->corridor->id);
	snprintf(walk->screen, sizeof(walk->screen), "%s", stand->screen->id);
	snprintf(walk->language, sizeof(walk->language), "%s", stand->language);
}

static void
check_fits(const struct stand *stand, const char *typed)
{
	struct speaker speaker = { .channel = stand->limit };
	const char *reply = text_string(&stand->step.reply);

	ck_assert_msg(text_fits(&speaker, reply),
	    "%s/%s in %s on %s, after '%s': too long:\n%s", stand->corridor->id,
	    stand->screen->id, stand->language, stand->channel_name, typed,
	    reply);
}

static void
send(struct stand *stand, const char *typed)
{
	struct step_input input = {
		.kind = typed == NULL ? INPUT_CALL : INPUT_TEXT,
		.text = typed != NULL ? typed : "",
		.channel = stand->limit,
		.now_utc_s = TALK_NOON,
		.corridor = stand->corridor->id,
		.line_language = stand->language,
		.known_language = stand->language,
		.ref = "MMMM-MMMM",
	};

	step_free(&stand->step);
	menu_step(stand->menus, &stand->walk, &input, &stand->step);
	check_fits(stand, typed != NULL ? typed : "a call");
}

/* Adds words with one blank between them. */
static void
add_words(struct text *all, const char *words)
{
	while (*words != '\0') {
		size_t length = strcspn(words, " \n");

		if (length > 0) {
			if (all->length > 0)
				text_add_byte(all, ' ');
			text_add_bytes(all, words, length);
		}
		words += length + (words[length] != '\0');
	}
}

/* 1 when more pages follow; the line that says so is taken off. */
static int
take_off_more(const struct stand *stand, struct text *page)
{
	const char *more =
	    menus_say(stand->menus, stand->step.language, SAY_MORE);
	size_t length = strlen(more);

	if (page->length <= length ||
	    strcmp(text_string(page) + page->length - length, more) != 0)
		return (0);
	text_cut(page, page->length - length);
	return (1);
}

/* The reply and all pages behind it as words. */
static void
read_pages(struct stand *stand, struct text *all)
{
	for (int page = 0; page < PAGES_MOST; page++) {
		struct text reply = { 0 };
		int has_more;

		text_add(&reply, text_string(&stand->step.reply));
		has_more = take_off_more(stand, &reply);
		add_words(all, text_string(&reply));
		text_free(&reply);
		if (!has_more)
			return;
		send(stand, "9");
	}
	ck_abort_msg(
	    "%s/%s never ends", stand->corridor->id, stand->screen->id);
}

static void
check_whole(struct stand *stand)
{
	struct walk_values values = { stand->corridor, &stand->walk };
	struct speaker speaker = {
		.menus = stand->menus,
		.corridor = stand->corridor,
		.language = stand->language,
		.ref = "MMMM-MMMM",
		.channel = stand->limit,
		.now_utc_s = TALK_NOON,
		.values = &values,
	};
	struct text wanted = { 0 };
	struct text shown = { 0 };
	struct body body = { 0 };

	arrive(stand);
	send(stand, NULL);
	read_pages(stand, &shown);
	speak_screen(&speaker, stand->screen, &body);
	add_words(&wanted, text_string(&body.words));
	ck_assert_msg(strncmp(text_string(&shown), text_string(&wanted),
			  wanted.length) == 0,
	    "%s/%s in %s on %s: not\n%s\nbut\n%s", stand->corridor->id,
	    stand->screen->id, stand->language, stand->channel_name,
	    text_string(&wanted), text_string(&shown));
	body_free(&body);
	text_free(&wanted);
	text_free(&shown);
}

/* Whatever is chosen, what comes back can be read to its end. */
static void
check_choices(struct stand *stand)
{
	for (unsigned i = 1; i <= stand->screen->option_count + 1; i++) {
		struct text shown = { 0 };
		char number[8];

		snprintf(number, sizeof(number), "%u", i);
		arrive(stand);
		send(stand, number);
		read_pages(stand, &shown);
		text_free(&shown);
	}
}

static void
check_ways_out(struct stand *stand)
{
	struct text shown = { 0 };

	arrive(stand);
	send(stand, "help");
	ck_assert_msg((stand->step.effects & EFFECT_OPEN_REQUEST) != 0,
	    "HELP opens nothing at %s", stand->screen->id);
	read_pages(stand, &shown);
	ck_assert_msg(strstr(text_string(&shown), "MMMM-MMMM") != NULL,
	    "HELP at %s in %s on %s does not say the reference",
	    stand->screen->id, stand->language, stand->channel_name);
	text_free(&shown);
	arrive(stand);
	send(stand, "0");
	ck_assert_uint_gt(stand->step.reply.length, 0);
	arrive(stand);
	send(stand, "language");
	/* Where a code word is asked for, a command is refused once. */
	if (stand->walk.mood != WALK_ASKS_LANGUAGE)
		send(stand, "language");
	ck_assert_int_eq(stand->walk.mood, WALK_ASKS_LANGUAGE);
	read_pages(stand, &shown);
	text_free(&shown);
}

static int
is_stood_on(const struct screen *screen)
{
	return (screen->kind == SCREEN_MENU || screen->kind == SCREEN_INFO ||
	    screen->kind == SCREEN_ASK || screen->kind == SCREEN_CHECKLIST ||
	    screen->kind == SCREEN_QUIZ);
}

static void
check_screen(struct stand *stand)
{
	if (!is_stood_on(stand->screen))
		return;
	check_whole(stand);
	check_choices(stand);
	check_ways_out(stand);
}

static void
check_corridor(struct stand *stand)
{
	for (size_t i = 0; i < stand->corridor->language_count; i++)
		for (size_t k = 0; k < stand->corridor->screen_count; k++) {
			stand->language = stand->corridor->languages[i];
			stand->screen = &stand->corridor->screens[k];
			check_screen(stand);
		}
}

START_TEST(every_screen_we_ship_fits_every_channel_and_leads_to_help)
{
	struct menus *menus = NULL;
	struct stand stand = {
		.limit = channels[_i].limit,
		.channel_name = channels[_i].name,
	};

	ck_assert_int_eq(
	    menus_load(SOURCE_TREE "/menus", SOURCE_TREE "/locales", &menus),
	    DONE);
	stand.menus = menus;
	for (size_t i = 0; i < menus_corridor_count(menus); i++) {
		stand.corridor = menus_corridor_at(menus, i);
		check_corridor(&stand);
	}
	walk_free(&stand.walk);
	step_free(&stand.step);
	menus_free(menus);
}
END_TEST

static Suite *
suite_of_menu_channels(void)
{
	Suite *suite = suite_create("menu_channels");
	TCase *cases = tcase_create("screens");

	tcase_set_timeout(cases, 120);
	tcase_add_loop_test(cases,
	    every_screen_we_ship_fits_every_channel_and_leads_to_help, 0,
	    (int)COUNT_OF(channels));
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(suite_of_menu_channels);
