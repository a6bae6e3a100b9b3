/* Whoever meets the helpline must learn at once how to reach a person: HELP
 * stands on the home screen, and on its first page wherever pages are small. */
#include "gateway/text/utf8.h"
#include "menus/finding.h"
#include "menus/screen_text.h"
#include "menus/system_texts.h"

/* 1 when the page has one of the words between "|". */
static int
has_one_of(const char *page, const char *words)
{
	char *folded = utf8_fold(page);
	int has = 0;

	while (*words != '\0' && !has) {
		struct text word = { 0 };
		size_t length = strcspn(words, "|");
		char *wanted;

		text_add_bytes(&word, words, length);
		wanted = utf8_fold(text_string(&word));
		has = wanted[0] != '\0' && strstr(folded, wanted) != NULL;
		free(wanted);
		text_free(&word);
		words += length + (words[length] == '|');
	}
	free(folded);
	return (has);
}

static const char *
help_words(const struct menus *menus, const char *language)
{
	const struct system_line *help = &menus->system.keywords[KEYWORD_HELP];

	return (catalog_text(menus->catalog, language, help->id, help->words));
}

/* The first of the smallest pages there are. */
static void
check_first_page(
    struct checking *checking, const struct screen *home, const char *language)
{
	struct speaker speaker = {
		.menus = checking->menus,
		.corridor = checking->corridor,
		.language = language,
		.ref = "",
		.channel = &channel_ussd_120,
		.now_utc_s = checking->now_utc_s,
		.wording = WORDING_LONGEST,
	};
	struct body body = { 0 };
	struct text page = { 0 };
	int pages;

	speak_screen(&speaker, home, &body);
	(void)speak_page(&speaker, &body, 0, &page, &pages);
	if (!has_one_of(
		text_string(&page), help_words(checking->menus, language)) &&
	    !has_one_of(text_string(&page), help_words(checking->menus, "en")))
		finding_add(checking, FINDING_WARNING,
		    (struct place){ home->file, home->text_line },
		    "say it in the first two sentences, here or in the"
		    " translation",
		    "the first of the small pages of the home screen '%s' does"
		    " not say HELP in '%s'",
		    home->id, language);
	text_free(&page);
	body_free(&body);
}

void
check_home(struct checking *checking)
{
	const struct corridor *corridor = checking->corridor;
	const struct screen *home =
	    corridor_find_screen(corridor, corridor->home);

	if (strcasestr(home->text, "help") == NULL)
		finding_add(checking, FINDING_ERROR,
		    (struct place){ home->file, home->line },
		    "say in it that HELP reaches a person",
		    "the home screen '%s' does not say HELP", home->id);
	else
		for (size_t i = 0; i < corridor->language_count; i++)
			check_first_page(
			    checking, home, corridor->languages[i]);
}
