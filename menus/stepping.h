/* One step of the engine while it is made: for menu_walk.c and its helpers.
 */
#ifndef MENUS_STEPPING_H
#define MENUS_STEPPING_H

#include "gateway/text/answer.h"
#include "menus/lookup.h"
#include "menus/screen_text.h"
#include "menus/walk_values.h"

struct stepping {
	const struct menus *menus;
	const struct corridor *corridor;
	const struct step_input *input;
	struct walk *walk;
	struct step *step;
	struct answer answer;
	const struct screen *screen; /* the walk stands on, or NULL */
	struct speaker speaker;
	struct walk_values values;
	struct text before; /* said before the screen */
	int has_saved; /* an answer, in this step */
	int has_ended; /* an end screen was reached */
	int says_asked_again; /* instead of the request's text */
};

/* walk_language.c: the language of the answer, chosen at first contact. */
void step_choose_language(struct stepping *stepping);
void step_set_language(struct stepping *stepping, const char *language);
/* HELP in another script than the walk's, and a word of one language only,
 * says which language the caller reads. */
void step_follow_help(struct stepping *stepping);

/* walk_command.c: the command a text is, or KEYWORD_NONE. */
enum command_reach {
	REACH_URGENT, /* HELP and STOP, in the caller's words */
	REACH_OWN, /* all, in the caller's language and English */
	REACH_ALL, /* and in the corridor's other languages */
};
enum keyword step_find_command(
    const struct stepping *stepping, enum command_reach reach, int whole_only);
/* 1 when the answer is one of the words of a keyword. */
int step_is_word(const struct stepping *stepping, enum keyword keyword);

/* walk_command.c: 1 when the screen asks for a code word, and the text is one
 * that could never be: a command or a plain answer in any of the corridor's
 * languages, a number, or what begins with a word for HELP, since that is heard
 * as HELP when an answer begins with it.  What must always be heard (HELP, STOP,
 * FORGET, a number that leads somewhere) is no choice of a word, and goes
 * before. */
int step_is_taken_word(const struct stepping *stepping, enum keyword command);

/* walk_answer.c: what a text says to the screen. */
enum reading {
	READ_NOT, /* it cannot be read */
	READ_EMPTY,
	READ_OUT_OF_RANGE,
	READ_OPTION, /* `place` of the screen's options */
	READ_NEXT,
	READ_SKIP,
	READ_VALUE, /* `value` is to be saved */
	READ_LOOKUP, /* it is to be looked up */
};
struct screen_reading {
	enum reading kind;
	size_t place;
	struct text value;
};
void step_read_screen(
    const struct stepping *stepping, struct screen_reading *reading_r);
/* The number from 1 to `most` that the answer is, or 0. */
size_t step_read_choice(const struct stepping *stepping, size_t most);

/* walk_moods.c: 1 when whoever goes on may do so by texts. */
int step_offers_texts(const struct stepping *stepping);

/* walk_move.c: going from screen to screen. */
void step_go(struct stepping *stepping, const struct screen *screen);
void step_enter(struct stepping *stepping, const struct screen *screen);
/* Where the walk stands is the last place of its trail. */
void step_remember(struct walk *walk);
void step_go_home(struct stepping *stepping);
void step_go_back(struct stepping *stepping);
/* Into another corridor: its texts, its languages, its answers' names. */
void step_move_corridor(
    struct stepping *stepping, const struct corridor *corridor);
void step_open_request(struct stepping *stepping, const char *opened_by);

/* walk_say.c: the reply.  What does not fit into one answer comes in pages;
 * what is left of words that are no screen is the walk's `rest`. */
void step_show(struct stepping *stepping, int page);
void step_show_more(struct stepping *stepping);
int step_has_more(const struct stepping *stepping);
void step_forget_rest(struct walk *walk);
/* These stand before the screen that is shown next. */
void step_say_before(struct stepping *stepping, enum system_text which);
void step_say_screen_before(
    struct stepping *stepping, const struct screen *screen);
/* The explanation of a quiz stands before the next screen. */
void step_explain(struct stepping *stepping, int is_right);
/* The reply is these words alone. */
void step_say_alone(struct stepping *stepping, const char *words);
void step_say_only(struct stepping *stepping, enum system_text which);
/* The same, and cut, where nothing is kept that `9` could go on with. */
void step_say_last(struct stepping *stepping, enum system_text which);

/* walk_zawgyi.c: phones that write Burmese the Zawgyi way.  Hearing gives the
 * input to go on with, its text as Unicode in *heard where it was not; saying
 * turns the reply into what the phone can show. */
void step_hear_zawgyi(
    struct walk *walk, struct step_input *input, struct text *heard);
void step_say_zawgyi(const struct stepping *stepping);
/* Shows the same screen at another stage; a deeper one is left by `0`. */
void step_show_within(struct stepping *stepping, int is_deeper);

/* walk_lookup.c: screens that look something up. */
enum lookup_stage {
	LOOKUP_QUESTION = 0,
	LOOKUP_CANDIDATES = 'c',
	LOOKUP_ENTRY = 'e',
	LOOKUP_NONE = 'n',
	LOOKUP_SERVICES = 's',
};
struct lookup_state {
	enum lookup_stage kind;
	size_t count;
	const struct lookup_entry *found[LOOKUP_MOST];
	const char *place; /* as written, of SERVICES */
};
void step_lookup_read(
    const struct stepping *stepping, struct lookup_state *state_r);
/* Before the walk stands on such a screen: begins with the question, unless
 * the screen is only shown again. */
void step_lookup_enter(struct stepping *stepping, const struct screen *screen);
/* Does what a text says to such a screen. */
void step_lookup_take(struct stepping *stepping);
/* walk_lookup_say.c: the stage as words. */
void step_lookup_say(const struct stepping *stepping, struct body *body);

/* menu_walk.c: 1 while a person talks with the caller and the menu is not
 * heard. */
int step_is_silent(const struct stepping *stepping);
/* This text goes to who reads the request, and the caller is told so. */
void step_join(struct stepping *stepping);
/* An answer that cannot be read: once more, then a person; with a request
 * open there is a person already. */
void step_misread(struct stepping *stepping, enum system_text why);

/* walk_moods.c: the answer to what the helpline itself asks. */
void step_answer_mood(struct stepping *stepping);

/* walk_prompt.c: moves the walk to the screen an INPUT_PROMPT names. */
void step_prompt(struct stepping *stepping);
/* 1 when the text is an answer to a screen that came unasked. */
int step_answers_prompt(const struct stepping *stepping);

/* walk_guard.c: does what a guarded text says; 1, or 0 when it is the menu's
 * as any other. */
int step_guarded(struct stepping *stepping);

/* walk_obey.c: does what a command says. */
void step_obey(struct stepping *stepping, enum keyword command);
/* The conversation is over; the language stays in the step. */
void step_erase(struct stepping *stepping);
/* The same, once all that was to be said is said: till then nothing but the
 * rest of it is kept.  How a phone writes Burmese is kept longer, for what a
 * caseworker writes to it. */
void step_end(struct stepping *stepping);

/* walk_count.c: what the hub may count of an answer, before it is saved; and
 * whether a text that joins the case says yes or no. */
void step_note_saved(struct stepping *stepping, const char *value);
void step_note_yes_or_no(struct stepping *stepping);

/* walk_request.c: what a help request is told. */
void step_fill_request(struct stepping *stepping);

#endif
