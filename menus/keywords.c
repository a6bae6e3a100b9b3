#include "menus/keywords.h"

#include "gateway/base/memory.h"

struct spelling {
	char *folded;
	uint32_t keywords;
};

struct keyword_language {
	const char *tag; /* the catalog's */
	struct spelling *slots; /* open addressing */
	size_t slot_count; /* a power of two */
	size_t used;
};

struct keywords {
	struct keyword_language *languages;
	size_t count;
};

static size_t
hash_of(const char *folded)
{
	size_t hash = 2166136261u;

	for (; *folded != '\0'; folded++)
		hash = (hash ^ (unsigned char)*folded) * 16777619u;
	return (hash);
}

static struct spelling *
slot_of(const struct keyword_language *language, const char *folded)
{
	size_t slot = hash_of(folded) & (language->slot_count - 1);

	while (language->slots[slot].folded != NULL &&
	    strcmp(language->slots[slot].folded, folded) != 0)
		slot = (slot + 1) & (language->slot_count - 1);
	return (&language->slots[slot]);
}

static void
grow(struct keyword_language *language)
{
	struct keyword_language larger = {
		.slot_count = language->slot_count * 2,
	};

	larger.slots = memory_new(larger.slot_count, sizeof(*larger.slots));
	for (size_t i = 0; i < language->slot_count; i++)
		if (language->slots[i].folded != NULL)
			*slot_of(&larger, language->slots[i].folded) =
			    language->slots[i];
	free(language->slots);
	language->slots = larger.slots;
	language->slot_count = larger.slot_count;
}

static void
add_spelling(
    struct keyword_language *language, const char *words, enum keyword keyword)
{
	struct text folded = { 0 };
	struct spelling *slot;

	answer_fold(words, &folded);
	if (folded.length > 0) {
		if (language->used * 2 >= language->slot_count)
			grow(language);
		slot = slot_of(language, text_string(&folded));
		if (slot->folded == NULL) {
			slot->folded = memory_copy(text_string(&folded));
			language->used++;
		}
		slot->keywords |= 1u << keyword;
	}
	text_free(&folded);
}

/* The list of a keyword: spellings between bars. */
static void
add_list(
    struct keyword_language *language, const char *list, enum keyword keyword)
{
	while (*list != '\0') {
		size_t length = strcspn(list, "|");
		struct text spelling = { 0 };

		text_add_bytes(&spelling, list, length);
		add_spelling(language, text_string(&spelling), keyword);
		text_free(&spelling);
		list += length + (list[length] == '|');
	}
}

static void
fill_language(struct keyword_language *language, const struct catalog *catalog,
    const struct system_texts *system)
{
	int is_source = strcmp(language->tag, "en") == 0;

	language->slot_count = 64;
	language->slots =
	    memory_new(language->slot_count, sizeof(*language->slots));
	for (size_t i = 0; i < KEYWORD_COUNT; i++) {
		const struct system_line *line = &system->keywords[i];

		if (line->words == NULL)
			continue;
		/* Where a language has no list of its own the English one
		 * stands under English only. */
		if (is_source ||
		    catalog_has(catalog, language->tag, line->id, line->words))
			add_list(language,
			    catalog_text(
				catalog, language->tag, line->id, line->words),
			    (enum keyword)i);
	}
}

struct keywords *
keywords_new(const struct catalog *catalog, const struct system_texts *system)
{
	struct keywords *keywords = memory_new(1, sizeof(*keywords));

	keywords->count = catalog_language_count(catalog);
	keywords->languages =
	    memory_new(keywords->count, sizeof(*keywords->languages));
	for (size_t i = 0; i < keywords->count; i++) {
		keywords->languages[i].tag =
		    catalog_language_at(catalog, i)->tag;
		fill_language(&keywords->languages[i], catalog, system);
	}
	return (keywords);
}

void
keywords_free(struct keywords *keywords)
{
	if (keywords == NULL)
		return;
	for (size_t i = 0; i < keywords->count; i++) {
		struct keyword_language *language = &keywords->languages[i];

		for (size_t k = 0; k < language->slot_count; k++)
			free(language->slots[k].folded);
		free(language->slots);
	}
	free(keywords->languages);
	free(keywords);
}

static void
add_beginning(const struct keyword_language *words, const char *beginning,
    struct keyword_match *match)
{
	static const uint32_t help = 1u << KEYWORD_HELP;
	uint32_t found = slot_of(words, beginning)->keywords;

	if (match->first == 0 && found != 0) {
		match->first = found;
		match->first_bytes = strlen(beginning);
	}
	match->first |= found & help;
}

/* What a short answer begins with: itself, its first two words, its first. */
static void
match_beginnings(const struct keyword_language *words,
    const struct answer *answer, struct keyword_match *match)
{
	char beginning[ANSWER_MAX_BYTES];

	add_beginning(words, answer->folded, match);
	if (answer->words > ANSWER_SHORT_WORDS)
		return;
	memcpy(beginning, answer->folded, strlen(answer->folded) + 1);
	for (char *space = strrchr(beginning, ' '); space != NULL;
	     space = strrchr(beginning, ' ')) {
		*space = '\0';
		add_beginning(words, beginning, match);
	}
}

struct keyword_match
keywords_match(const struct keywords *keywords, const char *language,
    const struct answer *answer)
{
	struct keyword_match match = { 0 };

	for (size_t i = 0; i < keywords->count; i++) {
		const struct keyword_language *words = &keywords->languages[i];

		if (strcmp(words->tag, language) != 0 ||
		    answer->folded[0] == '\0')
			continue;
		match.whole = slot_of(words, answer->folded)->keywords;
		match_beginnings(words, answer, &match);
		break;
	}
	return (match);
}

void
keywords_find_clashes(const struct keywords *keywords,
    void (*tell)(void *context, const char *language, const char *spelling,
	uint32_t bits),
    void *context)
{
	for (size_t i = 0; i < keywords->count; i++) {
		const struct keyword_language *language =
		    &keywords->languages[i];

		for (size_t k = 0; k < language->slot_count; k++) {
			uint32_t bits = language->slots[k].keywords;

			if ((bits & (bits - 1)) != 0)
				tell(context, language->tag,
				    language->slots[k].folded, bits);
		}
	}
}
