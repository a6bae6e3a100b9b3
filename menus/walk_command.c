#include "menus/stepping.h"

/* The keywords that are commands, as bits. */
static const uint32_t command_bits = (1u << KEYWORD_COMMAND_COUNT) - 1;
static const uint32_t urgent_bits = 1u << KEYWORD_HELP | 1u << KEYWORD_STOP;

static const uint32_t whole_bits =
    1u << KEYWORD_STOP | 1u << KEYWORD_FORGET | 1u << KEYWORD_LEAVE;

static enum keyword
first_of(uint32_t bits)
{
	if (bits == 0)
		return (KEYWORD_NONE);
	return ((enum keyword)__builtin_ctz(bits));
}

static uint32_t
pick(struct keyword_match match, int whole_only)
{
	return (match.whole != 0 || whole_only ? match.whole : match.first);
}

/* What ends or erases counts only as the whole text: "stop hitting me" is no
 * wish to be left alone, and "forget it, he is back" erases nothing. */
static struct keyword_match
match_in(const struct stepping *stepping, const char *language)
{
	struct keyword_match match = keywords_match(
	    stepping->menus->keywords, language, &stepping->answer);

	match.first &= ~whole_bits;
	return (match);
}

/* In the caller's own language, then in English. */
static uint32_t
match_own(const struct stepping *stepping, int whole_only)
{
	const char *language = stepping->speaker.language;
	struct keyword_match own = match_in(stepping, language);
	struct keyword_match english = match_in(stepping, "en");

	if (own.whole != 0)
		return (own.whole);
	if (english.whole != 0)
		return (english.whole);
	if (whole_only)
		return (0);
	/* HELP is heard in both. */
	if (own.first != 0 && own.first_bytes >= english.first_bytes)
		return (own.first | (english.first & 1u << KEYWORD_HELP));
	return (english.first != 0 ? english.first : own.first);
}

/* In the other languages of the corridor, where those that know the most of it
 * agree. */
static uint32_t
match_others(const struct stepping *stepping, int whole_only)
{
	const struct corridor *corridor = stepping->corridor;
	size_t longest = 0;
	uint32_t found = 0;

	for (size_t i = 0; i < corridor->language_count; i++) {
		struct keyword_match match =
		    match_in(stepping, corridor->languages[i]);
		uint32_t bits = pick(match, whole_only);

		if (bits == 0 || match.first_bytes < longest)
			continue;
		if (match.first_bytes > longest)
			found = 0;
		longest = match.first_bytes;
		found |= bits;
	}
	return ((found & (found - 1)) == 0 ? found : 0);
}

static enum keyword
command_of_number(const struct stepping *stepping)
{
	enum { MORE = 9 };
	const struct answer *answer = &stepping->answer;

	if (!answer->has_number || answer->has_lead_word)
		return (KEYWORD_NONE);
	if (answer->number == 0)
		return (
		    answer->leading_zeros > 0 ? KEYWORD_HOME : KEYWORD_BACK);
	if (answer->number == MORE && step_has_more(stepping))
		return (KEYWORD_MORE);
	return (KEYWORD_NONE);
}

enum keyword
step_find_command(
    const struct stepping *stepping, enum command_reach reach, int whole_only)
{
	uint32_t found = match_own(stepping, whole_only);

	if (reach == REACH_URGENT)
		return (first_of(found & urgent_bits));
	if (stepping->answer.has_number)
		return (command_of_number(stepping));
	if (found == 0 && reach == REACH_ALL)
		found = match_others(stepping, whole_only);
	return (first_of(found & command_bits));
}

int
step_is_word(const struct stepping *stepping, enum keyword keyword)
{
	uint32_t found = match_own(stepping, 0);

	if (found == 0)
		found = match_others(stepping, 0);
	return ((found & 1u << keyword) != 0);
}

/* -- a code word ------------------------------------------------------------ */

/* The name that gateway/hub/talk.c reads a code word from. */
static const char code_word_name[] = "codeword";

static int
asks_for_code_word(const struct stepping *stepping)
{
	const struct screen *screen = stepping->screen;

	return (screen != NULL && screen->kind == SCREEN_ASK &&
	    screen->ask == ASK_TEXT && screen->save != NULL &&
	    strcmp(screen->save, code_word_name) == 0);
}

/* What a text of one of the corridor's languages, or of English, stands for as
 * a whole, and whether it begins with a word for HELP. */
static uint32_t
meanings_in(const struct stepping *stepping, const char *language)
{
	struct keyword_match match = match_in(stepping, language);

	return (match.whole | (match.first & 1u << KEYWORD_HELP));
}

int
step_is_taken_word(const struct stepping *stepping, enum keyword command)
{
	static const uint32_t always =
	    1u << KEYWORD_HELP | 1u << KEYWORD_STOP | 1u << KEYWORD_FORGET;
	const struct corridor *corridor = stepping->corridor;
	const struct answer *answer = &stepping->answer;
	uint32_t found = meanings_in(stepping, "en");

	if (!asks_for_code_word(stepping) || answer->is_empty)
		return (0);
	if (command != KEYWORD_NONE &&
	    ((always & 1u << command) != 0 || answer->has_number))
		return (0);
	for (size_t i = 0; i < corridor->language_count; i++)
		found |= meanings_in(stepping, corridor->languages[i]);
	/* Its number or its word: to have none is an answer. */
	if (answer->has_number)
		return (answer->number != 1);
	return ((found & ~(1u << KEYWORD_SKIP)) != 0);
}
