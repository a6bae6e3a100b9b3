/* The walk: where a caller stands, and the one pure function that moves it.
 *
 * menu_step() reads no clock, no file and no store: what it must know comes in
 * as parameters and what must happen goes out as a reply and effects, so that
 * it is tested by tables and is the same on every channel.  A walk survives a
 * reload of the menus by the ids of its screens; where a screen is gone, it
 * starts at home again and keeps its answers.
 */
#ifndef MENUS_MENU_WALK_H
#define MENUS_MENU_WALK_H

#include "gateway/base/text.h"
#include "menus/menu.h"

struct lookup_index;

enum {
	WALK_ID_MAX_BYTES = 47, /* of corridors, screens, names */
	WALK_TRAIL_MOST = 32, /* screens `0` can go back through */
	WALK_PLACE_MAX_BYTES = 2 * WALK_ID_MAX_BYTES + 1,
	WALK_ANSWERS_MOST = 64,
	WALK_REST_MAX_BYTES = 4000,
	WALK_ANSWER_MAX_BYTES = 1000, /* what is longer is cut, with a mark */
	WALK_PAGE_BEFORE = -1, /* what was said before the screen filled
					   an answer; `9` shows the rest of it,
					   then the screen */
};

/* An answer the caller gave. */
struct walk_answer {
	char name[WALK_ID_MAX_BYTES + 1];
	char screen[WALK_ID_MAX_BYTES + 1]; /* that asked */
	char *value; /* "yes", "no", "unsure", "skip", a choice's
				   value, digits, or the words */
};

enum walk_mood {
	WALK_FRESH, /* nothing said yet, or ended */
	WALK_ON_SCREEN, /* waits for an answer to its screen */
	WALK_ASKS_RESUME, /* "1 continue 2 start again", and with may_text
			     "3 go on by SMS" */
	WALK_ASKS_LANGUAGE,
	WALK_OFFERS_PERSON, /* two answers could not be read */
	WALK_ASKS_TEXTS, /* whether a text is safe for them */
};

struct walk {
	enum walk_mood mood;
	char line_corridor[WALK_ID_MAX_BYTES + 1]; /* where it began */
	char corridor[WALK_ID_MAX_BYTES + 1]; /* where it is: links lead into
						  others */
	char screen[WALK_ID_MAX_BYTES + 1];
	char language[16];
	int is_zawgyi; /* the caller's phone writes Burmese in Zawgyi */
	int is_prompted; /* the screen came unasked and waits for its first
			    answer, however late that is */
	int misread; /* unreadable answers in a row */
	int page; /* of a long text, from 0, or
					   WALK_PAGE_BEFORE */
	int64_t last_utc_s;
	size_t trail_count;
	/* "screen", or "corridor:screen" where it is not the line's */
	char trail[WALK_TRAIL_MOST][WALK_PLACE_MAX_BYTES + 1];
	char *rest; /* with WALK_PAGE_BEFORE: what is still to be
					   said, or NULL */
	size_t answer_count;
	struct walk_answer answers[WALK_ANSWERS_MOST];
};

/* Gives back what a walk owns and makes it fresh. */
void walk_free(struct walk *walk);

/* The walk as bytes, for a box, and back: DONE, or REFUSED (not a walk;
 * *walk_r is then fresh). */
void walk_write(const struct walk *walk, struct text *bytes);
MUST_USE enum outcome walk_read(
    const void *bytes, size_t length, struct walk *walk_r);

/* The value of an answer, or NULL. */
const char *walk_answer(const struct walk *walk, const char *name);

/* What a channel can carry in one answer, in units of its alphabets. */
struct channel_limit {
	unsigned gsm_units;
	unsigned ucs2_units;
};
/* Three segments: 459 septets or 201 UCS-2 units. */
extern const struct channel_limit channel_sms;
/* One page of USSD, by what the network carries: 160 bytes, 140 bytes as a
 * segment has them, and the least that is met. */
extern const struct channel_limit channel_ussd_182;
extern const struct channel_limit channel_ussd_160;
extern const struct channel_limit channel_ussd_128;
extern const struct channel_limit channel_ussd_120;

enum input_kind {
	INPUT_TEXT,
	INPUT_CALL, /* it rang: a greeting is wanted */
	INPUT_DIALLED, /* a USSD session begins */
	INPUT_PROMPT, /* nothing came: we ask something by ourselves */
};

/* What came in, and what the hub knows of the caller.  All borrowed. */
struct step_input {
	enum input_kind kind;
	const char *text; /* clean UTF-8, of INPUT_TEXT */
	const char *screen; /* id of the one to show, of INPUT_PROMPT */
	const struct channel_limit *channel;
	int64_t now_utc_s;
	int64_t resume_after_s; /* silence that asks for resuming */
	const char *corridor; /* of the line */
	const char *line_language;
	const char *known_language; /* the caller's, or "" */
	int may_text; /* on USSD: a text can be sent to this caller now */
	int is_stopped;
	int has_request; /* open or claimed */
	int is_claimed;
	int menu_is_back; /* claimed, but MENU was asked for */
	int is_guarded; /* the text before the talk is out, or was answered
			   wrongly: whoever writes may be somebody else */
	int was_wrong; /* guarded: it was answered wrongly before */
	int says_word; /* guarded: the text has the code word, or the caller
			  chose none */
	int64_t guarded_since_utc_s;
	const struct lookup_index *recruiters; /* NULL: none are loaded */
	const char *ref; /* of the request there is, or the one a
					   request opened now would get */
};

enum step_effect {
	EFFECT_OPEN_REQUEST = 1 << 0, /* if the caller has none open */
	EFFECT_ASKED_AGAIN = 1 << 1, /* HELP while one is open */
	EFFECT_UPDATE_REQUEST = 1 << 2, /* urgency, consent, hold, answers */
	EFFECT_WITHDRAW = 1 << 3,
	EFFECT_JOIN_CASE = 1 << 4, /* this text goes to the caseworker */
	EFFECT_STOP = 1 << 5,
	EFFECT_START = 1 << 6, /* lifts a STOP */
	EFFECT_FORGET = 1 << 7,
	EFFECT_MENU_BACK = 1 << 8,
	EFFECT_ERASE_WALK = 1 << 9, /* the conversation is over */
	EFFECT_TALK_OPENED = 1 << 10, /* guarded: it is the caller */
	EFFECT_TALK_WRONG = 1 << 11, /* guarded: it is somebody else; the
					reply says "wrong number" */
	EFFECT_TEXT_FIRST = 1 << 12, /* may_text: the caller wants to go on by
					texts, and said that this is safe: one
					that tells nothing is to go to them,
					whose answer goes on */
};

/* What must happen.  Free with step_free(). */
struct step {
	struct text reply; /* "" answers nothing */
	unsigned effects; /* bits of enum step_effect */
	const char *opened_by; /* with OPEN: "help", "menu",
					   "unclear" */
	int urgency; /* 0 to 3, with OPEN and UPDATE */
	const char *consent; /* "unasked", "yes", "no" */
	int is_on_hold;
	struct text answers; /* "name<TAB>question<TAB>answer<LF>"...
					   in English, all there are, with OPEN
					   and UPDATE; empty before consent */
	struct text heard; /* with JOIN_CASE: the text as Unicode,
					   where the phone writes Zawgyi */
	struct text values; /* the same as they are saved:
					   "name<TAB>value<LF>"... */
	char language[16]; /* of the reply */
	/* For counting, all "" or 0 when there is nothing: the option chosen
	 * and saved in this step (not of a private question), whether there
	 * was no answer of this name before, whether it carries a weight; the
	 * recruiter whose entry is shown, "NP/892-67-68". */
	char saved[WALK_ID_MAX_BYTES + 1];
	struct text saved_value;
	int is_saved_first;
	int has_weight;
	struct text recruiter;
	/* With JOIN_CASE: the whole text is a word for yes (1) or no (-1). */
	int yes_or_no;
};

/* Whether a USSD session ends with this step's page: nothing is left to answer,
 * or what is has its place elsewhere. */
int step_ends_session(const struct walk *walk, const struct step *step);

/*
 * Moves *walk (fresh for a caller not seen before) by one input and fills in
 * *step_r.  Never fails: what cannot be read is answered kindly.
 *
 * A corridor the menus do not have gets no answer: the hub refuses such a line
 * at start.
 *
 * INPUT_PROMPT moves the walk to `screen` of the corridor it is in (or of the
 * line's), as a choice would, and the reply is that screen: `0` leads back to
 * where the caller stood, whatever that was, and home where they stood nowhere.
 * The first answer to it counts however late it comes.  The reply is "" and the
 * walk is as it was when there is no such screen, when it is an end, and while
 * the menu is not heard: after STOP, or while a caseworker has the request.
 * Whether the caller may be written to at all is the contact gate's question,
 * not this one's.
 *
 * A guarded text is the answer to the contact gate's opening, unless it is a
 * command: with the code word EFFECT_TALK_OPENED and no reply, without it
 * EFFECT_TALK_WRONG, a "wrong number", and the walk is erased; both join the
 * case.  HELP, STOP, FORGET, MENU, START and LANGUAGE work, but say nothing of
 * what this phone did before; who is in the menu since then goes on there.
 */
void menu_step(const struct menus *menus, struct walk *walk,
    const struct step_input *input, struct step *step_r);
void step_free(struct step *step);

#endif
