#include "gateway/base/text.h"
#include "gateway/text/answer.h"
#include "gateway/text/segments.h"
#include "menus/facts.h"
#include "menus/finding.h"
#include "menus/menu_walk.h"
#include "menus/screen_text.h"

enum {
	PARTS_WISHED = 1,
	YEAR_S = 366 * 86400,
};

/* As long as a reference gets. */
static const char longest_ref[] = "MMMM-MMMM";

static struct place
place_of(const struct screen *screen)
{
	return ((struct place){ screen->file, screen->line });
}

static struct speaker
speaker_of(const struct checking *checking, const char *language)
{
	return ((struct speaker){
	    .menus = checking->menus,
	    .corridor = checking->corridor,
	    .language = language,
	    .ref = longest_ref,
	    .channel = &channel_sms,
	    .now_utc_s = checking->now_utc_s,
	});
}

/* An explanation shares its message with the next question, so it is short. */
static void
check_explanation(struct checking *checking, const struct screen *screen,
    int is_right, const char *language)
{
	struct speaker speaker = speaker_of(checking, language);
	struct text words = { 0 };
	enum alphabet alphabet;
	unsigned units;

	if (screen->kind != SCREEN_QUIZ)
		return;
	speak_explanation(&speaker, screen, is_right, &words);
	if (segments_count(text_string(&words), &alphabet, &units) >
	    PARTS_WISHED + (alphabet == ALPHABET_UCS2))
		finding_add(checking, FINDING_WARNING, place_of(screen),
		    "make it or its translation shorter: the next question"
		    " stands in the same message",
		    "%s of '%s' takes %u characters in '%s'",
		    is_right ? "right" : "wrong", screen->id, units, language);
	text_free(&words);
}

static void
check_notices(struct checking *checking)
{
	const struct corridor *corridor = checking->corridor;

	for (size_t i = 0; i < corridor->notice_count; i++) {
		const struct notice *notice = &corridor->notices[i];
		struct place place = { corridor->file, notice->line };

		if (notice->until_utc_s <= checking->now_utc_s)
			finding_add(checking, FINDING_WARNING, place,
			    "take it out, or write a new date into until",
			    "the notice '%s' is over and not sent", notice->id);
		for (size_t k = 0; k < corridor->language_count; k++)
			if (strcmp(corridor->languages[k], "en") != 0 &&
			    !catalog_has(checking->menus->catalog,
				corridor->languages[k], notice->text_id,
				notice->text))
				finding_add(checking, FINDING_WARNING, place,
				    "translate it; callers get the English"
				    " text",
				    "the notice '%s' is not translated into"
				    " '%s'",
				    notice->id, corridor->languages[k]);
	}
}

static void
check_facts(struct checking *checking, const struct screen *screen)
{
	for (size_t i = 0; i < screen->fact_count; i++) {
		const struct fact *fact = screen->facts[i];
		struct place place = {
			checking->corridor->facts->file,
			fact->line,
		};

		if (!fact->is_shown || fact->checked_on[0] == '\0')
			finding_add(checking, FINDING_WARNING, place,
			    "check it, write the date into checked_on, and set"
			    " show to yes",
			    "the fact '%s' is not checked or not shown; callers"
			    " get the neutral text",
			    fact->name);
		else if (!fact_may_be_sent(fact, checking->now_utc_s))
			finding_add(checking, FINDING_WARNING, place,
			    "check it again and write the new dates",
			    "the fact '%s' is out of date; callers get the"
			    " neutral text",
			    fact->name);
		else if (fact->expires_utc_s - fact->checked_utc_s > YEAR_S)
			finding_add(checking, FINDING_NOTE, place,
			    "let it expire within a year of its check",
			    "the fact '%s' counts as checked for more than a"
			    " year",
			    fact->name);
	}
}

/* Two options a caller could not tell apart by their words. */
static void
check_option_words(struct checking *checking, const struct screen *screen,
    const char *language)
{
	for (size_t i = 0; i < screen->option_count; i++) {
		const struct screen_option *option = &screen->options[i];
		const char *words = catalog_text(checking->menus->catalog,
		    language, option->text_id, option->text);
		struct place place = { screen->file, option->line };
		struct keyword_match match;
		struct answer answer;

		answer_read(words, &answer);
		match = keywords_match(
		    checking->menus->keywords, language, &answer);
		if ((match.whole & ((1u << KEYWORD_COMMAND_COUNT) - 1)) != 0)
			finding_add(checking, FINDING_WARNING, place,
			    "choose other words for the option",
			    "the option '%s' of '%s' is also a command in '%s'",
			    option->id, screen->id, language);
		for (size_t k = 0; k < i; k++)
			if (answer_is(&answer,
				catalog_text(checking->menus->catalog, language,
				    screen->options[k].text_id,
				    screen->options[k].text)))
				finding_add(checking, FINDING_ERROR, place,
				    "choose other words for one of them",
				    "the options '%s' and '%s' of '%s' have the"
				    " same words in '%s'",
				    screen->options[k].id, option->id,
				    screen->id, language);
	}
}

/* What is missing of one screen in one language. */
static size_t
count_gaps(const struct checking *checking, const struct screen *screen,
    const char *language)
{
	const struct catalog *catalog = checking->menus->catalog;
	size_t gaps = 0;

	if (screen->text[0] != '\0')
		gaps += !catalog_has(
		    catalog, language, screen->text_id, screen->text);
	if (screen->text_without != NULL)
		gaps += !catalog_has(catalog, language, screen->text_without_id,
		    screen->text_without);
	if (screen->kind == SCREEN_QUIZ) {
		gaps += !catalog_has(
		    catalog, language, screen->right_id, screen->right);
		gaps += !catalog_has(
		    catalog, language, screen->wrong_id, screen->wrong);
	}
	for (size_t i = 0; i < screen->option_count; i++)
		/* Yes and No are counted with the system texts. */
		if (strncmp(screen->options[i].text_id, "system/", 7) != 0)
			gaps += !catalog_has(catalog, language,
			    screen->options[i].text_id,
			    screen->options[i].text);
	return (gaps);
}

/* The part that HELP leads into is what nobody must be left alone with. */
static int
is_for_safety(const struct corridor *corridor, const struct screen *screen)
{
	return (strcmp(screen->part,
		    corridor_find_screen(corridor, corridor->help)->part) == 0);
}

static void
check_translated(struct checking *checking, const char *language)
{
	const struct corridor *corridor = checking->corridor;
	struct place place = { corridor->file, corridor->line };
	size_t all = 0;

	for (size_t i = 0; i < corridor->screen_count; i++) {
		const struct screen *screen = &corridor->screens[i];
		size_t gaps = count_gaps(checking, screen, language);

		all += gaps;
		if (gaps > 0 && is_for_safety(corridor, screen))
			finding_add(checking, FINDING_WARNING, place_of(screen),
			    "translate it first of all",
			    "%zu texts of '%s', which leads to a person, are"
			    " not translated into '%s'",
			    gaps, screen->id, language);
	}
	if (all > 0)
		finding_add(checking, FINDING_WARNING, place,
		    "translate them; callers get the English texts",
		    "%zu texts of '%s' are not translated into '%s'", all,
		    corridor->id, language);
}

void
check_texts(struct checking *checking)
{
	const struct corridor *corridor = checking->corridor;

	for (size_t i = 0; i < corridor->screen_count; i++) {
		const struct screen *screen = &corridor->screens[i];

		check_facts(checking, screen);
		if (screen->kind == SCREEN_BRANCH ||
		    screen->kind == SCREEN_CORRIDOR)
			continue;
		for (size_t k = 0; k < corridor->language_count; k++) {
			const char *language = corridor->languages[k];

			check_explanation(checking, screen, 0, language);
			check_explanation(checking, screen, 1, language);
			check_option_words(checking, screen, language);
		}
	}
	check_notices(checking);
	for (size_t k = 0; k < corridor->language_count; k++)
		if (strcmp(corridor->languages[k], "en") != 0)
			check_translated(checking, corridor->languages[k]);
}
