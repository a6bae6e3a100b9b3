#include "gateway/text/utf8.h"
#include "menus/stepping.h"

static int
corridor_has(const struct corridor *corridor, const char *language)
{
	for (size_t i = 0; i < corridor->language_count; i++)
		if (strcmp(corridor->languages[i], language) == 0)
			return (1);
	return (0);
}

static const char *
script_of(const struct stepping *stepping, const char *language)
{
	const struct catalog_language *found =
	    catalog_find_language(stepping->menus->catalog, language);

	return (found != NULL ? found->script : "");
}

/* The one language of the corridor in whose lists the answer is; where there
 * are several, the one whose script the answer has.  NULL when that is not one
 * either. */
static const char *
language_by_word(const struct stepping *stepping, const char *script)
{
	const struct corridor *corridor = stepping->corridor;
	const char *any = NULL;
	const char *same = NULL;
	size_t any_count = 0;
	size_t same_count = 0;

	for (size_t i = 0; i < corridor->language_count; i++) {
		const char *language = corridor->languages[i];
		struct keyword_match match = keywords_match(
		    stepping->menus->keywords, language, &stepping->answer);

		if (match.first == 0)
			continue;
		any = language;
		any_count++;
		if (strcmp(script_of(stepping, language), script) == 0) {
			same = language;
			same_count++;
		}
	}
	if (any_count == 1)
		return (any);
	return (same_count == 1 ? same : NULL);
}

/* Latin letters say nothing: most languages are typed in them. */
static const char *
language_by_script(const struct stepping *stepping, const char *script)
{
	const struct corridor *corridor = stepping->corridor;

	if (script[0] == '\0' || strcmp(script, "Latn") == 0)
		return (NULL);
	for (size_t i = 0; i < corridor->language_count; i++)
		if (strcmp(script_of(stepping, corridor->languages[i]),
			script) == 0)
			return (corridor->languages[i]);
	return (NULL);
}

void
step_follow_help(struct stepping *stepping)
{
	static const uint32_t help = 1u << KEYWORD_HELP;
	const struct corridor *corridor = stepping->corridor;
	const char *found = NULL;
	const char *script;

	if (stepping->input->kind != INPUT_TEXT ||
	    stepping->walk->mood == WALK_FRESH)
		return;
	script = utf8_main_script(stepping->input->text);
	if (script[0] == '\0' ||
	    strcmp(script, script_of(stepping, stepping->speaker.language)) ==
		0)
		return;
	for (size_t i = 0; i < corridor->language_count; i++) {
		const char *language = corridor->languages[i];
		struct keyword_match match = keywords_match(
		    stepping->menus->keywords, language, &stepping->answer);

		if (((match.whole | match.first) & help) == 0)
			continue;
		if (found != NULL)
			return;
		found = language;
	}
	/* "help" in Latin letters is everybody's word, not an Englishman's. */
	if (found != NULL && strcmp(found, "en") != 0 &&
	    strcmp(script_of(stepping, found), script) == 0)
		step_set_language(stepping, found);
}

static const char *
choose(const struct stepping *stepping)
{
	const struct step_input *input = stepping->input;
	const struct corridor *corridor = stepping->corridor;
	const char *script = "";
	const char *found;

	if (stepping->walk->language[0] != '\0' &&
	    corridor_has(corridor, stepping->walk->language))
		return (stepping->walk->language);
	if (input->known_language != NULL &&
	    corridor_has(corridor, input->known_language))
		return (input->known_language);
	if (input->kind == INPUT_TEXT) {
		script = utf8_main_script(input->text);
		found = language_by_word(stepping, script);
		if (found == NULL)
			found = language_by_script(stepping, script);
		if (found != NULL)
			return (found);
	}
	if (input->line_language != NULL &&
	    corridor_has(corridor, input->line_language))
		return (input->line_language);
	return (corridor->languages[0]);
}

void
step_set_language(struct stepping *stepping, const char *language)
{
	struct step *step = stepping->step;

	/* `language` may be the walk's own field. */
	snprintf(step->language, sizeof(step->language), "%s", language);
	memcpy(stepping->walk->language, step->language,
	    sizeof(stepping->walk->language));
	stepping->speaker.language = step->language;
}

void
step_choose_language(struct stepping *stepping)
{
	step_set_language(stepping, choose(stepping));
}
