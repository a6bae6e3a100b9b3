#include "gateway/base/text.h"
#include "menus/finding.h"

/* Without these a caller of a language cannot steer. */
static const enum keyword needed[] = {
	KEYWORD_HELP,
	KEYWORD_STOP,
	KEYWORD_MENU,
	KEYWORD_YES,
	KEYWORD_NO,
};

static void
check_draft(struct checking *checking, const char *language)
{
	const struct catalog_language *found =
	    catalog_find_language(checking->menus->catalog, language);
	struct text file = { 0 };

	text_printf(&file, "locales/%s.po", language);
	if (found->is_draft)
		finding_add(checking, FINDING_WARNING,
		    (struct place){ text_string(&file), 1 },
		    "have a native speaker read it, then write X-Review:"
		    " native-checked: NAME, DATE",
		    "the language '%s' is a draft, not signed by a native"
		    " speaker",
		    language);
	if (found->gaps > 0)
		finding_add(checking, FINDING_NOTE,
		    (struct place){ text_string(&file), 0 },
		    "finish them, or take the fuzzy mark off",
		    "%zu entries of '%s' are empty or marked fuzzy and not"
		    " used",
		    found->gaps, language);
	text_free(&file);
}

static int
is_translated(const struct checking *checking, const struct system_line *line,
    const char *language)
{
	return (line->words == NULL || line->words[0] == '\0' ||
	    catalog_has(
		checking->menus->catalog, language, line->id, line->words));
}

static void
check_keywords(struct checking *checking, const char *language)
{
	const struct system_texts *system = &checking->menus->system;

	for (size_t i = 0; i < COUNT_OF(needed); i++) {
		const struct system_line *line = &system->keywords[needed[i]];

		if (!is_translated(checking, line, language))
			finding_add(checking, FINDING_WARNING,
			    (struct place){ system->file, line->line },
			    "translate the entry of this keyword; the English"
			    " words work meanwhile",
			    "there is no word for %s in '%s'",
			    keyword_name(needed[i]), language);
	}
}

static void
check_system_texts(struct checking *checking, const char *language)
{
	const struct system_texts *system = &checking->menus->system;

	for (size_t i = 0; i < SYSTEM_TEXT_COUNT; i++) {
		const struct system_line *line = &system->texts[i];

		if (!is_translated(checking, line, language))
			finding_add(checking, FINDING_WARNING,
			    (struct place){ system->file, line->line },
			    "translate it; callers get the English text",
			    "'%s' is not translated into '%s'", line->id,
			    language);
	}
}

static void
check_replies(struct checking *checking, const char *language)
{
	const struct reply_templates *replies = &checking->menus->replies;

	for (size_t i = 0; i < replies->count; i++) {
		const struct reply_template *reply = &replies->list[i];

		if (!catalog_has(checking->menus->catalog, language,
			reply->text_id, reply->text))
			finding_add(checking, FINDING_WARNING,
			    (struct place){ replies->file, reply->line },
			    "translate it; caseworkers get the English text",
			    "'%s' is not translated into '%s'", reply->text_id,
			    language);
	}
}

static int
is_of_corridor(const struct corridor *corridor, const char *language)
{
	for (size_t i = 0; i < corridor->language_count; i++)
		if (strcmp(corridor->languages[i], language) == 0)
			return (1);
	return (0);
}

static void
tell_clash(
    void *context, const char *language, const char *spelling, uint32_t bits)
{
	struct checking *checking = context;
	uint32_t rest = bits & (bits - 1);

	if (!is_of_corridor(checking->corridor, language))
		return;
	finding_add(checking, FINDING_ERROR,
	    (struct place){ checking->menus->system.file, 0 },
	    "leave it out of one list, or of its translation",
	    "'%s' stands for %s and for %s in '%s'", spelling,
	    keyword_name((enum keyword)__builtin_ctz(bits)),
	    keyword_name((enum keyword)__builtin_ctz(rest)), language);
}

void
check_languages(struct checking *checking)
{
	const struct corridor *corridor = checking->corridor;

	for (size_t i = 0; i < corridor->language_count; i++) {
		const char *language = corridor->languages[i];

		if (strcmp(language, "en") == 0)
			continue;
		check_draft(checking, language);
		check_keywords(checking, language);
		check_system_texts(checking, language);
		check_replies(checking, language);
	}
	keywords_find_clashes(checking->menus->keywords, tell_clash, checking);
}
