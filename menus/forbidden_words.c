#include "menus/forbidden_words.h"

#include <stdarg.h>

#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/text/answer.h"
#include "gateway/text/utf8.h"
#include "menus/facts.h"
#include "menus/finding.h"

enum { LIST_MAX_BYTES = 1 << 20, FIELDS = 4 };

enum field { FIELD_LANGUAGE, FIELD_WHERE, FIELD_WORDS, FIELD_WHY };

struct rule {
	char *language; /* a tag, or "*" */
	int is_for_first;
	char *words;
	char *folded;
	char *why;
};

struct forbidden_words {
	struct rule *rules;
	size_t count;
};

struct reading {
	const char *path;
	int line;
	int mistakes;
	struct forbidden_words *words;
};

/* -- reading ---------------------------------------------------------------- */

static void __attribute__((format(printf, 2, 3)))
complain(struct reading *reading, const char *format, ...)
{
	va_list arguments;
	char *made = NULL;

	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		abort();
	va_end(arguments);
	log_err("%s:%d: %s", reading->path, reading->line, made);
	free(made);
	reading->mistakes++;
}

/* The next field without the blanks around it; `at` goes behind its bar. */
static char *
take_field(const char **at, int is_last)
{
	const char *start = *at + strspn(*at, " \t");
	size_t length = is_last ? strlen(start) : strcspn(start, "|");
	char *field;

	*at = start + length + (start[length] == '|');
	while (length > 0 && strchr(" \t\r", start[length - 1]) != NULL)
		length--;
	field = strndup(start, length);
	if (field == NULL)
		abort();
	return (field);
}

static void
add_rule(struct reading *reading, char *const *fields)
{
	struct forbidden_words *words = reading->words;
	struct text folded = { 0 };

	answer_fold(fields[FIELD_WORDS], &folded);
	words->rules = memory_grow(words->rules, words->count, words->count + 1,
	    sizeof(*words->rules));
	words->rules[words->count++] = (struct rule){
		.language = memory_copy(fields[FIELD_LANGUAGE]),
		.is_for_first = strcmp(fields[FIELD_WHERE], "first") == 0,
		.words = memory_copy(fields[FIELD_WORDS]),
		.folded = text_take(&folded),
		.why = memory_copy(fields[FIELD_WHY]),
	};
	if (words->rules[words->count - 1].folded[0] == '\0')
		complain(reading, "there is no word between the bars");
}

static void
read_rule(struct reading *reading, const char *line)
{
	char *fields[FIELDS];
	const char *at = line;

	for (int i = 0; i < FIELDS; i++)
		fields[i] = take_field(&at, i == FIELD_WHY);
	if (fields[FIELD_LANGUAGE][0] == '\0' || fields[FIELD_WHY][0] == '\0')
		complain(reading,
		    "a line is: language | anywhere or first | words | why");
	else if (strcmp(fields[FIELD_WHERE], "anywhere") != 0 &&
	    strcmp(fields[FIELD_WHERE], "first") != 0)
		complain(reading, "'%s' must be anywhere or first",
		    fields[FIELD_WHERE]);
	else
		add_rule(reading, fields);
	for (int i = 0; i < FIELDS; i++)
		free(fields[i]);
}

static void
read_lines(struct reading *reading, char *content)
{
	char *rest = content;
	char *line;

	while ((line = strsep(&rest, "\n")) != NULL) {
		reading->line++;
		line[strcspn(line, "\r")] = '\0';
		if (line[strspn(line, " \t")] != '\0' && line[0] != '#')
			read_rule(reading, line);
	}
}

enum outcome
forbidden_words_load(const char *path, struct forbidden_words **words_r)
{
	struct forbidden_words *words;
	struct reading reading = { .path = path };
	struct text content = { 0 };
	enum outcome outcome = file_read(path, LIST_MAX_BYTES, &content);
	char *bytes;

	if (outcome != DONE)
		return (outcome);
	words = memory_new(1, sizeof(*words));
	reading.words = words;
	bytes = text_take(&content);
	read_lines(&reading, bytes);
	free(bytes);
	if (reading.mistakes > 0) {
		forbidden_words_free(words);
		return (REFUSED);
	}
	*words_r = words;
	return (DONE);
}

void
forbidden_words_free(struct forbidden_words *words)
{
	if (words == NULL)
		return;
	for (size_t i = 0; i < words->count; i++) {
		free(words->rules[i].language);
		free(words->rules[i].words);
		free(words->rules[i].folded);
		free(words->rules[i].why);
	}
	free(words->rules);
	free(words);
}

/* -- looking ---------------------------------------------------------------- */

/* A text to look at. */
struct said {
	const char *text;
	const char *language;
	const char *where; /* "the screen 'welcome'" */
	struct place place;
	int is_first;
};

/* At the start of a word: "rescue" is not in "fluorescue". */
static int
holds(const char *folded, const char *words)
{
	const char *found = folded;

	while ((found = strstr(found, words)) != NULL) {
		if (found == folded || found[-1] == ' ' || found[-1] == '-')
			return (1);
		found++;
	}
	return (0);
}

static void
look(const struct forbidden_words *words, struct checking *checking,
    const struct said *said)
{
	struct text folded = { 0 };

	answer_fold(said->text, &folded);
	for (size_t i = 0; i < words->count; i++) {
		const struct rule *rule = &words->rules[i];

		if ((rule->is_for_first && !said->is_first) ||
		    (strcmp(rule->language, "*") != 0 &&
			strcmp(rule->language, said->language) != 0) ||
		    !holds(text_string(&folded), rule->folded))
			continue;
		finding_add(checking, FINDING_ERROR, said->place,
		    "say it in other words, in the text or its translation",
		    "%s says '%s' in '%s', which is forbidden: %s", said->where,
		    rule->words, said->language, rule->why);
	}
	text_free(&folded);
}

static void
look_at_screen(const struct forbidden_words *words, struct checking *checking,
    const struct screen *screen, const char *language)
{
	const struct catalog *catalog = checking->menus->catalog;
	const struct {
		const char *id;
		const char *source;
	} others[] = {
		{ screen->text_without_id, screen->text_without },
		{ screen->right_id, screen->right },
		{ screen->wrong_id, screen->wrong },
	};
	struct text where = { 0 };
	struct said said = {
		.language = language,
		.place = { screen->file, screen->line },
		.is_first = strcmp(screen->id, checking->corridor->home) == 0,
	};

	text_printf(&where, "the screen '%s'", screen->id);
	said.where = text_string(&where);
	said.text =
	    catalog_text(catalog, language, screen->text_id, screen->text);
	look(words, checking, &said);
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		if (others[i].source == NULL)
			continue;
		said.text = catalog_text(
		    catalog, language, others[i].id, others[i].source);
		look(words, checking, &said);
	}
	for (size_t i = 0; i < screen->option_count; i++) {
		const struct screen_option *option = &screen->options[i];

		said.text = catalog_text(
		    catalog, language, option->text_id, option->text);
		said.place.line = option->line;
		look(words, checking, &said);
	}
	text_free(&where);
}

/* They stand above the first screen. */
static void
look_at_notices(const struct forbidden_words *words, struct checking *checking,
    const char *language)
{
	const struct corridor *corridor = checking->corridor;

	for (size_t i = 0; i < corridor->notice_count; i++) {
		const struct notice *notice = &corridor->notices[i];
		struct said said = {
			.text = catalog_text(checking->menus->catalog, language,
			    notice->text_id, notice->text),
			.language = language,
			.where = "a notice",
			.place = { corridor->file, notice->line },
			.is_first = 1,
		};

		look(words, checking, &said);
	}
}

static void
look_at_facts(const struct forbidden_words *words, struct checking *checking)
{
	const struct facts *facts = checking->corridor->facts;

	for (size_t i = 0; facts != NULL && i < facts->count; i++) {
		const struct fact *fact = &facts->list[i];
		struct said said = {
			.text = fact->value,
			.language = "en",
			.where = "a fact",
			.place = { facts->file, fact->line },
		};

		if (fact->is_shown)
			look(words, checking, &said);
	}
}

static void
look_at_system(const struct forbidden_words *words, struct checking *checking,
    const char *language)
{
	const struct system_texts *system = &checking->menus->system;

	for (int i = 0; i < SYSTEM_TEXT_COUNT; i++) {
		const struct system_line *line = &system->texts[i];
		struct said said = {
			.language = language,
			.where = line->id,
			.place = { system->file, line->line },
		};

		if (line->words == NULL)
			continue;
		said.text = catalog_text(
		    checking->menus->catalog, language, line->id, line->words);
		look(words, checking, &said);
	}
}

static void
look_at_replies(const struct forbidden_words *words, struct checking *checking,
    const char *language)
{
	const struct reply_templates *replies = &checking->menus->replies;

	for (size_t i = 0; i < replies->count; i++) {
		const struct reply_template *reply = &replies->list[i];
		struct said said = {
			.text = catalog_text(checking->menus->catalog, language,
			    reply->text_id, reply->text),
			.language = language,
			.where = reply->text_id,
			.place = { replies->file, reply->line },
		};

		look(words, checking, &said);
	}
}

void
forbidden_words_check(const struct forbidden_words *words,
    const struct menus *menus, struct check_findings *findings)
{
	struct checking checking = { .menus = menus, .findings = findings };

	for (size_t i = 0; i < menus->corridor_count; i++) {
		const struct corridor *corridor = &menus->corridors[i];

		checking.corridor = corridor;
		look_at_facts(words, &checking);
		for (size_t k = 0; k < corridor->language_count; k++) {
			const char *language = corridor->languages[k];

			look_at_system(words, &checking, language);
			look_at_replies(words, &checking, language);
			look_at_notices(words, &checking, language);
			for (size_t n = 0; n < corridor->screen_count; n++)
				look_at_screen(words, &checking,
				    &corridor->screens[n], language);
		}
	}
}
