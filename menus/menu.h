/* The menus as they stand in memory: corridors, screens, system texts, facts.
 *
 * menus_load() reads everything an editor writes (menus/README.md is the
 * reference), compiles the conditions and refuses the whole set when any of it
 * is wrong, so that a bad file never replaces a good one.  Nothing here
 * changes after loading; the hub loads a second set and swaps.  Texts are
 * looked up in the catalog by "<part>/<screen>/<what>", where the part is the
 * file a screen was first written in: shared parts are translated once.
 */
#ifndef MENUS_MENU_H
#define MENUS_MENU_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/text/zone.h"
#include "locales/catalog.h"

struct menus; /* everything; opaque */
struct expression; /* a compiled condition */
struct screen;
struct screen_index;
struct fact;
struct facts;
struct directory;

enum {
	MENU_OPTIONS_MOST = 8, /* 9 is "more"; "Skip" counts */
	NUMBER_LARGEST = 2000000000, /* of answers and computed values */
};

/* The screen a caller is asked by itself when their case is closed, in
 * corridors that have one. */
#define MENU_FEEDBACK_SCREEN "feedback-start"

enum screen_kind {
	SCREEN_MENU,
	SCREEN_INFO,
	SCREEN_ASK,
	SCREEN_BRANCH,
	SCREEN_REQUEST,
	SCREEN_END,
	SCREEN_CHECKLIST, /* remembers what is done */
	SCREEN_QUIZ, /* one right answer, a kind word for each */
	SCREEN_CORRIDOR, /* leads into another corridor at once */
	SCREEN_LOOKUP,
};

/* What a SCREEN_LOOKUP looks into. */
enum lookup_list {
	LOOKUP_RECRUITERS, /* menus/lookup.h */
	LOOKUP_DIRECTORY, /* menus/directory.h */
};

enum ask_kind {
	ASK_YES_NO,
	ASK_YES_NO_UNSURE,
	ASK_CHOICE,
	ASK_NUMBER,
	ASK_TEXT,
	ASK_DATE,
	ASK_PLACE,
};

/* What an answer adds to a named score: { "risk", 3 }. */
struct weight {
	char *score;
	int64_t points;
};

/* One way on: the first whose condition holds (NULL always holds). */
struct way {
	struct expression *when;
	char *to;
	const struct screen *target; /* the screen `to` names */
	int line; /* in the file, for complaints */
};

struct screen_option {
	char *id; /* for the catalog: "<part>/<screen>/<id>" */
	char *text; /* English source */
	char *value; /* what an ASK_CHOICE, a QUIZ and a CHECKLIST save */
	int is_answer; /* the right one of a QUIZ */
	char *text_id; /* in the catalog */
	char *to; /* where a SCREEN_MENU leads */
	const struct screen *target;
	struct weight *weights;
	size_t weight_count;
	int line;
};

/* A text put above the home screen's while it is in date. */
struct notice {
	char *id;
	char *text; /* English source */
	char *text_id; /* in the catalog */
	int64_t from_utc_s;
	int64_t until_utc_s; /* the first second it no more counts */
	int line;
};

/* A number made from answers, for texts as {name} and conditions as :name. */
enum rounding { ROUND_NEAREST, ROUND_UP, ROUND_DOWN };
struct computed {
	char *name;
	struct expression *value;
	enum rounding rounding;
	char *file;
	int line;
};

struct screen {
	char *part; /* id of the file it was written in */
	char *id;
	enum screen_kind kind;
	char *text; /* English source; "" says nothing */
	char *text_without; /* neutral wording when a fact of `text` may not
				   be sent or a number of it is not known;
				   NULL: the screen needs none */
	int text_line;
	char *text_id; /* in the catalog */
	char *text_without_id;
	const struct fact **facts; /* the facts `text` names */
	size_t fact_count;
	char **numbers; /* the names `text` has as {name}: scores, numbers
				   and computed values */
	size_t number_count;
	struct screen_option *options; /* MENU, ASK_CHOICE, QUIZ, CHECKLIST,
					   and yes/no/not sure, whose texts and
					   weights stand here as well */
	size_t option_count;

	enum ask_kind ask;
	char *save; /* name the answer is saved under */
	int64_t min; /* ASK_NUMBER */
	int64_t max;
	int may_skip; /* offers "Skip" */
	int is_private; /* never part of a help request */
	struct expression *unless; /* ASK: passed over when it holds */

	char *right; /* QUIZ: what is said after the answer */
	char *wrong;
	char *right_id; /* in the catalog */
	char *wrong_id;

	char *linked_corridor; /* CORRIDOR: its id */
	char *linked_screen; /* and a screen of it; NULL is its home */
	const struct corridor *corridor; /* the same, found */
	const struct screen *target;

	struct way *ways; /* where on; MENU, END and CORRIDOR have none */
	size_t way_count;
	enum lookup_list list; /* LOOKUP */
	char country[3]; /* LOOKUP_RECRUITERS: whose list, "NP" */
	char *need; /* LOOKUP_DIRECTORY: of which services, NULL all */
	int holds; /* END: texting is not safe now; be silent */
	int withdraws; /* END: the caller wants nothing kept */
	int is_override; /* stands for a screen of an included part */

	char *file;
	int line;
};

struct corridor {
	char *id;
	char *name; /* English source, for people at the desk */
	char **languages; /* tags, the first is the default */
	size_t language_count;
	char *home; /* first screen */
	char *help; /* where HELP leads after the request is open */
	char *reviewed; /* by whom and when, "" not yet */
	struct screen *screens;
	size_t screen_count;
	struct computed *computed;
	size_t computed_count;
	struct notice *notices;
	size_t notice_count;
	char *consent; /* name of the answer that allows keeping */
	struct zone zone; /* where its callers are, unless they say */
	int has_zone; /* else it counts in UTC */
	int other_numbers; /* its callers may get a text from another of our
			      numbers when the one they know is broken */
	struct expression *urgency; /* 0 low, 1 normal, 2 high, 3 now */
	struct screen_index *index; /* of the screens by id */
	struct facts *facts;
	struct directory *directory; /* NULL: it has none */
	char *file;
	int line;
};

/*
 * Loads `<menus>/trees/` and `<menus>/facts/` with the catalog of `<locales>`.
 *
 * DONE     *menus_r is yours until menus_free()
 * REFUSED  something is wrong; every mistake is in the log with file and line
 *
 * Not reentrant: libgettextpo is not.
 */
MUST_USE enum outcome menus_load(const char *menus_folder,
    const char *locales_folder, struct menus **menus_r);
void menus_free(struct menus *menus);

const struct catalog *menus_catalog(const struct menus *menus);
size_t menus_corridor_count(const struct menus *menus);
const struct corridor *menus_corridor_at(
    const struct menus *menus, size_t index);
const struct corridor *menus_find_corridor(
    const struct menus *menus, const char *id);
/* 1 when the screen offers "Next" as its last number. */
int screen_has_next(const struct screen *screen);

const struct screen *corridor_find_screen(
    const struct corridor *corridor, const char *id);

#endif
