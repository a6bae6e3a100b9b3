/* What the helpline itself says and listens to: trees/system.cfg.
 *
 * The names are fixed (menus/README.md), the words are the editor's.
 */
#ifndef MENUS_SYSTEM_TEXTS_H
#define MENUS_SYSTEM_TEXTS_H

#include "menus/menu_load.h"

struct menus;

enum system_text {
	SAY_UNREADABLE,
	SAY_EMPTY,
	SAY_OUT_OF_RANGE,
	SAY_UNREADABLE_DATE,
	SAY_OFFER_PERSON,
	SAY_OFFER_PERSON_1,
	SAY_OFFER_PERSON_2,
	SAY_RESUME,
	SAY_RESUME_1,
	SAY_RESUME_2,
	SAY_RESUME_3,
	SAY_TEXTS_QUESTION,
	SAY_TEXTS_FOLLOW,
	SAY_LANGUAGE_QUESTION,
	SAY_LANGUAGE_SET,
	SAY_ASKED_AGAIN,
	SAY_ALREADY_HELPED,
	SAY_UNCLEAR_OPENED,
	SAY_JOINED,
	SAY_STOPPED,
	SAY_STARTED,
	SAY_FORGOTTEN,
	SAY_LEFT,
	SAY_CHANGED,
	SAY_MORE,
	SAY_BACK,
	SAY_HOME,
	SAY_NEXT,
	SAY_YES,
	SAY_NO,
	SAY_UNSURE,
	SAY_SKIP,
	SAY_LOOKUP_NONE,
	SAY_LOOKUP_NO_LIST,
	SAY_LOOKUP_WHICH,
	SAY_LOOKUP_NOT_THESE,
	SAY_LOOKUP_ENTRY,
	SAY_LOOKUP_OLD,
	SAY_LOOKUP_CAUTION,
	SAY_LOOKUP_WARNING,
	SAY_STATUS_VALID,
	SAY_STATUS_UNCLEAR,
	SAY_STATUS_EXPIRED,
	SAY_STATUS_SUSPENDED,
	SAY_STATUS_CANCELLED,
	SAY_STATUS_BANNED,
	SAY_DIRECTORY_NONE,
	SAY_DIRECTORY_EMPTY,
	SAY_DIRECTORY_CHECKED,
	SAY_WORD_TAKEN,
	SAY_OPENING,
	SAY_COVER,
	SAY_FOLLOWUP,
	SAY_DONE,
	SAY_CLOSED,
	SAY_NO_NUMBER,
	SAY_QUIET,
	SAY_DATE, /* "{day} {month} {year}" */
	SAY_DIGITS,
	SAY_MONTH_1,
	SAY_MONTH_12 = SAY_MONTH_1 + 11,
	SYSTEM_TEXT_COUNT,
};

/* The order is that of need: HELP and STOP go before everything. */
enum keyword {
	KEYWORD_HELP,
	KEYWORD_STOP,
	KEYWORD_START,
	KEYWORD_FORGET,
	KEYWORD_MENU,
	KEYWORD_LANGUAGE,
	KEYWORD_BACK,
	KEYWORD_HOME,
	KEYWORD_MORE,
	KEYWORD_LEAVE,
	KEYWORD_COMMAND_COUNT, /* what follows are answers */
	KEYWORD_YES = KEYWORD_COMMAND_COUNT,
	KEYWORD_NO,
	KEYWORD_UNSURE,
	KEYWORD_SKIP,
	KEYWORD_ONE,
	KEYWORD_NINE = KEYWORD_ONE + 8,
	KEYWORD_COUNT,
	KEYWORD_NONE = KEYWORD_COUNT,
};

struct system_line {
	char *words; /* English source, NULL when left out */
	char *id; /* "system/joined", "keyword/help" */
	int line;
};

struct system_texts {
	char *file;
	struct system_line texts[SYSTEM_TEXT_COUNT];
	struct system_line keywords[KEYWORD_COUNT];
};

/* A system text in a language; "" when the editor left it out. */
const char *menus_say(
    const struct menus *menus, const char *language, enum system_text text);

const char *system_text_name(enum system_text text);
const char *keyword_name(enum keyword keyword);

/* Reads the file into *texts_r (zeroed): DONE, or REFUSED with every mistake
 * in the log.  Free in both cases. */
MUST_USE enum outcome system_texts_load(
    const char *path, struct system_texts *texts_r);
void system_texts_free(struct system_texts *texts);

#endif
