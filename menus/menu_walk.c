#include "menus/menu_walk.h"

#include "menus/stepping.h"

const struct channel_limit channel_sms = {
	.gsm_units = 459,
	.ucs2_units = 201,
};

const struct channel_limit channel_ussd_182 = {
	.gsm_units = 182,
	.ucs2_units = 80,
};

const struct channel_limit channel_ussd_160 = {
	.gsm_units = 160,
	.ucs2_units = 70,
};

const struct channel_limit channel_ussd_128 = {
	.gsm_units = 128,
	.ucs2_units = 56,
};

/* A provider that counts characters, whatever they are. */
const struct channel_limit channel_ussd_120 = {
	.gsm_units = 120,
	.ucs2_units = 56,
};

enum { MISREAD_MOST = 2 };

int
step_is_silent(const struct stepping *stepping)
{
	return (stepping->input->is_claimed && !stepping->input->menu_is_back);
}

static int
is_stood_on(const struct stepping *stepping)
{
	return (stepping->walk->mood != WALK_FRESH);
}

static int
is_at_home(const struct stepping *stepping)
{
	return (strcmp(stepping->walk->screen, stepping->corridor->home) == 0);
}

static int
asks_for_words(const struct stepping *stepping)
{
	const struct screen *screen = stepping->screen;

	if (stepping->walk->mood != WALK_ON_SCREEN || screen == NULL)
		return (0);
	return (screen->kind == SCREEN_LOOKUP ||
	    (screen->kind == SCREEN_ASK &&
		(screen->ask == ASK_TEXT || screen->ask == ASK_PLACE)));
}

static int
asks_for_date(const struct stepping *stepping)
{
	return (stepping->screen != NULL &&
	    stepping->screen->kind == SCREEN_ASK &&
	    stepping->screen->ask == ASK_DATE);
}

void
step_join(struct stepping *stepping)
{
	stepping->step->effects |= EFFECT_JOIN_CASE;
	stepping->walk->misread = 0;
	/* A stranger hears it with the words of a first one. */
	step_say_only(stepping,
	    stepping->input->is_guarded ? SAY_UNCLEAR_OPENED : SAY_JOINED);
}

static void
ask_resume(struct stepping *stepping)
{
	stepping->walk->mood = WALK_ASKS_RESUME;
	stepping->walk->misread = 0;
	step_show(stepping, 0);
}

static void
offer_person(struct stepping *stepping)
{
	stepping->walk->mood = WALK_OFFERS_PERSON;
	step_show(stepping, 0);
}

/* Says why and asks again; where both do not fit, the question still stands in
 * the caller's phone. */
static void
ask_again(struct stepping *stepping, enum system_text why)
{
	int page = stepping->walk->page;

	if (why == SAY_UNREADABLE && asks_for_date(stepping) &&
	    menus_say(stepping->menus, "en", SAY_UNREADABLE_DATE)[0] != '\0')
		why = SAY_UNREADABLE_DATE;
	step_say_before(stepping, why);
	step_show(stepping, page);
	if (stepping->walk->page != WALK_PAGE_BEFORE)
		return;
	step_forget_rest(stepping->walk);
	stepping->walk->page = page;
	step_say_only(stepping, why);
}

/* Words are meant for the person who has the request.  A number that is no
 * choice is a slip of the finger, once: no person would know what it says, and
 * on a dialled code the session would end with it. */
static int
is_for_person(const struct stepping *stepping)
{
	return (stepping->input->has_request &&
	    (!stepping->answer.has_number || stepping->walk->misread > 0));
}

void
step_misread(struct stepping *stepping, enum system_text why)
{
	if (why == SAY_UNREADABLE && is_for_person(stepping))
		step_join(stepping);
	else if (++stepping->walk->misread >= MISREAD_MOST)
		offer_person(stepping);
	else
		ask_again(stepping, why);
}

static void
save(struct stepping *stepping, const char *value)
{
	step_note_saved(stepping, value);
	walk_save_answer(stepping->walk, stepping->screen, value);
	stepping->has_saved = 1;
}

static void
go_on(struct stepping *stepping)
{
	step_go(stepping, walk_pick_way(&stepping->values, stepping->screen));
}

static void
take_option(struct stepping *stepping, size_t place)
{
	const struct screen_option *option = &stepping->screen->options[place];

	if (option->target != NULL) {
		step_go(stepping, option->target);
		return;
	}
	if (stepping->screen->kind == SCREEN_CHECKLIST) {
		walk_toggle_done(stepping->walk, stepping->screen, option);
		step_enter(stepping, stepping->screen);
		return;
	}
	if (stepping->screen->kind == SCREEN_QUIZ)
		step_explain(stepping, option->is_answer);
	save(stepping, option->value);
	go_on(stepping);
}

static void
take_reading(struct stepping *stepping, const struct screen_reading *reading)
{
	switch (reading->kind) {
	case READ_NOT:
		step_misread(stepping, SAY_UNREADABLE);
		return;
	case READ_EMPTY:
		step_misread(stepping, SAY_EMPTY);
		return;
	case READ_OUT_OF_RANGE:
		step_misread(stepping, SAY_OUT_OF_RANGE);
		return;
	case READ_OPTION:
		take_option(stepping, reading->place);
		return;
	case READ_NEXT:
		go_on(stepping);
		return;
	case READ_SKIP:
		save(stepping, "skip");
		go_on(stepping);
		return;
	case READ_VALUE:
		save(stepping, text_string(&reading->value));
		go_on(stepping);
		return;
	case READ_LOOKUP:
		step_lookup_take(stepping);
		return;
	}
}

static uint32_t
bit_of(enum keyword keyword)
{
	return (keyword == KEYWORD_NONE ? 0 : 1u << keyword);
}

/* A stop is kept but for these; what else is written reaches a person who
 * already has the request, without a word from us. */
static void
step_stopped(struct stepping *stepping)
{
	static const uint32_t heard = 1u << KEYWORD_HELP | 1u << KEYWORD_START |
	    1u << KEYWORD_MENU | 1u << KEYWORD_LANGUAGE | 1u << KEYWORD_FORGET;
	enum keyword command = step_find_command(stepping, REACH_ALL, 0);

	if ((bit_of(command) & heard) != 0)
		step_obey(stepping, command);
	else if (command == KEYWORD_STOP)
		stepping->step->effects |= EFFECT_STOP;
	else if (stepping->input->is_claimed)
		stepping->step->effects |= EFFECT_JOIN_CASE;
}

/* A person talks with the caller: the menu is silent, and only a text that is
 * nothing but a command is one, or `9` while we have not said all. */
static void
step_claimed(struct stepping *stepping)
{
	static const uint32_t heard = 1u << KEYWORD_HELP | 1u << KEYWORD_STOP |
	    1u << KEYWORD_FORGET | 1u << KEYWORD_MENU | 1u << KEYWORD_LANGUAGE;
	enum keyword command = step_find_command(stepping, REACH_ALL, 1);

	if ((bit_of(command) & heard) != 0 ||
	    (command == KEYWORD_MORE && step_has_more(stepping)))
		step_obey(stepping, command);
	else
		stepping->step->effects |= EFFECT_JOIN_CASE;
}

static int
was_silent(const struct stepping *stepping)
{
	const struct step_input *input = stepping->input;
	const struct walk *walk = stepping->walk;

	return (walk->mood != WALK_ASKS_RESUME && is_stood_on(stepping) &&
	    !is_at_home(stepping) && input->resume_after_s > 0 &&
	    input->now_utc_s - walk->last_utc_s >= input->resume_after_s);
}

/* A text after a long silence is not taken as an answer; with a request open,
 * words are meant for the person who reads it. */
static void
step_after_silence(struct stepping *stepping)
{
	if (stepping->input->has_request && !stepping->answer.has_number)
		step_join(stepping);
	else
		ask_resume(stepping);
}

static void
step_fresh(struct stepping *stepping)
{
	if (stepping->input->has_request && !stepping->answer.has_number &&
	    !stepping->answer.is_empty)
		step_join(stepping);
	else
		step_go_home(stepping);
}

static void
step_on_screen(struct stepping *stepping, struct screen_reading *reading)
{
	enum keyword command;

	if (reading->kind == READ_NOT || reading->kind == READ_EMPTY) {
		command = step_find_command(stepping, REACH_ALL, 0);
		if (command != KEYWORD_NONE) {
			step_obey(stepping, command);
			return;
		}
	}
	take_reading(stepping, reading);
}

/* Once: who sends a command again means it, and who sends "yes" again has no
 * code word. */
static void
refuse_word(struct stepping *stepping, enum keyword command)
{
	int is_again = stepping->walk->misread > 0;

	if (is_again && command != KEYWORD_NONE) {
		step_obey(stepping, command);
	} else if (is_again) {
		save(stepping, "skip");
		go_on(stepping);
	} else {
		stepping->walk->misread++;
		ask_again(stepping,
		    menus_say(stepping->menus, "en", SAY_WORD_TAKEN)[0] != '\0'
			? SAY_WORD_TAKEN
			: SAY_UNREADABLE);
	}
}

/* On a screen: HELP and STOP, then the screen's own words, then the other
 * commands.  A question for words takes everything but a bare command. */
static void
step_screen(struct stepping *stepping)
{
	int wants_words = asks_for_words(stepping);
	struct screen_reading reading = { 0 };
	enum keyword command = step_find_command(stepping,
	    wants_words || stepping->answer.has_number ? REACH_ALL
						       : REACH_URGENT,
	    wants_words);

	if (step_is_taken_word(stepping, command)) {
		refuse_word(stepping, command);
		return;
	}
	if (command != KEYWORD_NONE) {
		step_obey(stepping, command);
		return;
	}
	if (was_silent(stepping) && !step_answers_prompt(stepping)) {
		command = step_find_command(stepping, REACH_ALL, wants_words);
		if (command != KEYWORD_NONE)
			step_obey(stepping, command);
		else
			step_after_silence(stepping);
		return;
	}
	step_read_screen(stepping, &reading);
	if (wants_words)
		take_reading(stepping, &reading);
	else
		step_on_screen(stepping, &reading);
	text_free(&reading.value);
}

static void
step_text(struct stepping *stepping)
{
	enum keyword command;

	if (stepping->walk->mood == WALK_ON_SCREEN) {
		step_screen(stepping);
		return;
	}
	command = step_find_command(stepping, REACH_ALL, 0);
	if (command != KEYWORD_NONE) {
		step_obey(stepping, command);
		return;
	}
	if (was_silent(stepping)) {
		step_after_silence(stepping);
		return;
	}
	if (stepping->walk->mood == WALK_FRESH)
		step_fresh(stepping);
	else
		step_answer_mood(stepping);
}

/* It rang: a greeting, or where the caller is. */
static void
step_call(struct stepping *stepping)
{
	const struct step_input *input = stepping->input;

	if (input->is_stopped || step_is_silent(stepping))
		return;
	if (is_stood_on(stepping))
		step_show(stepping, 0);
	else
		step_go_home(stepping);
}

/* A code was dialled: the menu, and whoever fell out of it may go on there.
 * Dialling asks for the menu also while a person talks with them. */
static void
step_dialled(struct stepping *stepping)
{
	const struct step_input *input = stepping->input;

	if (input->is_stopped)
		step_say_last(stepping, SAY_STOPPED);
	else if (step_is_silent(stepping))
		step_obey(stepping, KEYWORD_MENU);
	else if (!is_stood_on(stepping))
		step_go_home(stepping);
	else if (stepping->walk->mood == WALK_ASKS_TEXTS)
		ask_resume(stepping);
	else if (is_at_home(stepping) || stepping->walk->mood != WALK_ON_SCREEN)
		step_show(stepping, 0);
	else
		ask_resume(stepping);
}

/* The screen the walk stands on, or home with a word when it is gone. */
static int
find_screen(struct stepping *stepping)
{
	struct walk *walk = stepping->walk;

	if (walk->mood == WALK_FRESH)
		return (1);
	stepping->screen =
	    corridor_find_screen(stepping->corridor, walk->screen);
	if (stepping->screen != NULL)
		return (1);
	walk->mood = WALK_FRESH;
	return (0);
}

/* On another line, what was answered has no meaning.  A corridor that a link
 * led into and a reload took away is left for the line's. */
static const struct corridor *
find_corridor(const struct menus *menus, struct walk *walk,
    const struct step_input *input)
{
	const struct corridor *line =
	    menus_find_corridor(menus, input->corridor);
	const struct corridor *corridor;

	if (line == NULL)
		return (NULL);
	if (strcmp(walk->line_corridor, line->id) != 0) {
		char language[sizeof(walk->language)];
		int is_zawgyi = walk->is_zawgyi;

		memcpy(language, walk->language, sizeof(language));
		walk_free(walk);
		walk->is_zawgyi = is_zawgyi;
		memcpy(walk->language, language, sizeof(language));
		snprintf(walk->line_corridor, sizeof(walk->line_corridor), "%s",
		    line->id);
	}
	corridor = menus_find_corridor(menus, walk->corridor);
	if (corridor != NULL)
		return (corridor);
	snprintf(walk->corridor, sizeof(walk->corridor), "%s", line->id);
	return (line);
}

static void
step_by_state(struct stepping *stepping)
{
	const struct step_input *input = stepping->input;
	int screen_stands;

	if (input->kind == INPUT_PROMPT) {
		step_prompt(stepping);
		return;
	}
	screen_stands = find_screen(stepping);
	if (input->is_guarded && !input->is_stopped && step_guarded(stepping))
		return;
	if (input->kind == INPUT_CALL) {
		step_call(stepping);
	} else if (input->kind == INPUT_DIALLED) {
		step_dialled(stepping);
	} else if (input->is_stopped) {
		step_stopped(stepping);
	} else if (step_is_silent(stepping)) {
		step_claimed(stepping);
	} else if (!screen_stands &&
	    step_find_command(stepping, REACH_ALL, 0) == KEYWORD_NONE) {
		step_say_before(stepping, SAY_CHANGED);
		step_go_home(stepping);
	} else {
		step_text(stepping);
	}
}

/* A prompt that asked nothing leaves no trace. */
static void
note_time(struct walk *walk, const struct step_input *input, int has_reply)
{
	if (input->kind == INPUT_PROMPT && !has_reply)
		return;
	walk->last_utc_s = input->now_utc_s;
	walk->is_prompted = input->kind == INPUT_PROMPT;
}

void
menu_step(const struct menus *menus, struct walk *walk,
    const struct step_input *input, struct step *step_r)
{
	struct step_input read = *input;
	struct text heard = { 0 };
	struct stepping stepping = {
		.menus = menus,
		.input = &read,
		.walk = walk,
		.step = step_r,
	};

	*step_r = (struct step){ .consent = "unasked" };
	stepping.corridor = find_corridor(menus, walk, input);
	if (stepping.corridor == NULL)
		return;
	stepping.speaker = (struct speaker){
		.menus = menus,
		.corridor = stepping.corridor,
		.ref = input->ref,
		.channel = input->channel,
		.now_utc_s = input->now_utc_s,
	};
	stepping.values = (struct walk_values){ stepping.corridor, walk };
	stepping.speaker.values = &stepping.values;
	step_hear_zawgyi(walk, &read, &heard);
	if (input->kind == INPUT_TEXT)
		answer_read(read.text, &stepping.answer);
	step_choose_language(&stepping);
	step_follow_help(&stepping);
	step_by_state(&stepping);
	step_note_yes_or_no(&stepping);
	step_fill_request(&stepping);
	step_say_zawgyi(&stepping);
	if (stepping.has_ended)
		step_end(&stepping);
	step_r->heard = heard;
	text_free(&stepping.before);
	note_time(walk, input, step_r->reply.length > 0);
}

int
step_ends_session(const struct walk *walk, const struct step *step)
{
	static const unsigned ends = EFFECT_STOP | EFFECT_FORGET |
	    EFFECT_ERASE_WALK | EFFECT_JOIN_CASE | EFFECT_TEXT_FIRST;

	return (walk->mood == WALK_FRESH || (step->effects & ends) != 0);
}

void
step_free(struct step *step)
{
	text_free(&step->reply);
	text_free(&step->answers);
	text_free(&step->heard);
	text_free(&step->saved_value);
	text_free(&step->recruiter);
	text_free(&step->values);
}
