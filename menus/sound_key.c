#include "menus/sound_key.h"

#include <stdint.h>
#include <string.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"
#include "gateway/text/answer.h"
#include "menus/sound_letters.h"

enum { LATIN_ROOM = 64 };

/* Words that tell no company from another, folded. */
static const char *const empty_words[] = { "pvt", "private", "ltd", "limited",
	"llc", "inc", "plc", "co", "company", "the", "and", "p", "प्रा", "लि",
	"प्राली", "प्राइभेट", "लिमिटेड", "প্রাইভেট", "লিমিটেড", "লি" };

/* What of them comes through misspelt. */
static const char *const empty_sounds[] = { "private", "limited", "company",
	"pvt", "ltd" };

static int
is_empty_word(const char *word, size_t length)
{
	for (size_t i = 0; i < COUNT_OF(empty_words); i++)
		if (strlen(empty_words[i]) == length &&
		    memcmp(empty_words[i], word, length) == 0)
			return (1);
	return (0);
}

static int
is_vowel(int letter)
{
	return (letter == 'a' || letter == 'i' || letter == 'u');
}

/* 1 when the last letter is a y or w that leads to a vowel behind it: "maya" is
 * not "mai" and an "a". */
static int
glides(const char *at, size_t length)
{
	return (length == 2 && strchr("aeo", at[0]) != NULL &&
	    strchr("yw", at[1]) != NULL && at[2] != '\0' &&
	    strchr("aeiou", at[2]) != NULL);
}

/* The letters that are one in a key, with how many of the word they are. */
static size_t
sound_of(const char *at, char *sound_r)
{
	static const struct {
		const char *letters;
		char sound;
	} groups[] = {
		{ "chh", 'c' },
		{ "sch", 's' },
		{ "tch", 'c' },
		{ "ch", 'c' },
		{ "ck", 'k' },
		{ "ph", 'f' },
		{ "kh", 'k' },
		{ "gh", 'g' },
		{ "jh", 'j' },
		{ "th", 't' },
		{ "dh", 'd' },
		{ "bh", 'b' },
		{ "sh", 's' },
		{ "zh", 'j' },
		{ "rh", 'r' },
		{ "ce", 's' },
		{ "ci", 's' },
		{ "cy", 's' },
		{ "ai", 'i' },
		{ "ay", 'i' },
		{ "ei", 'i' },
		{ "ey", 'i' },
		{ "ou", 'u' },
		{ "au", 'u' },
		{ "aw", 'u' },
		{ "ow", 'u' },
		{ "c", 'k' },
		{ "q", 'k' },
		{ "v", 'b' },
		{ "w", 'b' },
		{ "z", 'j' },
		{ "e", 'i' },
		{ "y", 'i' },
		{ "o", 'u' },
		{ "x", 'k' },
	};

	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		size_t length = strlen(groups[i].letters);

		if (strncmp(at, groups[i].letters, length) != 0 ||
		    glides(at, length))
			continue;
		*sound_r = groups[i].sound;
		/* The vowel behind a soft c is a sound of its own. */
		return (at[0] == 'c' && groups[i].sound == 's' ? 1 : length);
	}
	*sound_r = *at;
	return (1);
}

/* Letters easily taken for each other are one. */
static uint32_t
consonant_bit(char letter)
{
	static const char *const groups[] = { "td", "kgcjs", "pbf", "mn",
		"lr" };

	if (letter < 'a' || is_vowel(letter))
		return (0);
	for (size_t i = 0; i < COUNT_OF(groups); i++)
		if (strchr(groups[i], letter) != NULL)
			return (1u << (groups[i][0] - 'a'));
	return (1u << (letter - 'a'));
}

static void
reduce(const char *latin, struct sound_word *word_r)
{
	size_t length = 0;
	size_t step;

	for (const char *at = latin; *at != '\0'; at += step) {
		char sound;

		step = sound_of(at, &sound);
		if (sound == 'h' && length > 0)
			continue;
		if (length > 0 && word_r->key[length - 1] == sound &&
		    (sound < '0' || sound > '9'))
			continue;
		if (length == SOUND_WORD_MAX_BYTES)
			break;
		word_r->key[length++] = sound;
	}
	/* A last "a" is written or not. */
	if (length > 2 && word_r->key[length - 1] == 'a')
		length--;
	word_r->key[length] = '\0';
	word_r->length = (unsigned char)length;
	word_r->consonants = 0;
	for (size_t i = 0; i < length; i++)
		word_r->consonants |= consonant_bit(word_r->key[i]);
}

static void
add_word(struct sound_name *name, const char *word, size_t length)
{
	char latin[LATIN_ROOM];

	if (length == 0 || name->count == SOUND_WORDS_MOST ||
	    is_empty_word(word, length))
		return;
	sound_letters(word, length, latin, sizeof(latin));
	reduce(latin, &name->words[name->count]);
	if (name->words[name->count].length > 0)
		name->count++;
}

/* Where a word ends: at a blank or an ASCII mark. */
static size_t
word_length(const char *at)
{
	size_t length = 0;

	for (;; length++) {
		unsigned char byte = (unsigned char)at[length];

		if (byte < 0x80 && (byte < '0' || byte > '9') &&
		    (byte < 'a' || byte > 'z'))
			return (length);
	}
}

void
sound_name_of(const char *utf8, struct sound_name *name_r)
{
	struct text folded = { 0 };
	const char *at;

	name_r->count = 0;
	answer_fold(utf8, &folded);
	at = text_string(&folded);
	while (*at != '\0') {
		size_t length = word_length(at);

		add_word(name_r, at, length);
		at += length;
		at += *at != '\0';
	}
	text_free(&folded);
}

/* -- likeness --------------------------------------------------------------- */

/* Costs of a difference; a whole one is COST. */
enum { COST = 4, COST_VOWEL = 1, COST_VOWELS_DIFFER = 1, COST_LIKE = 2 };

/* For each letter, those it is easily taken for. */
#define BIT(letter) (1u << ((letter) - 'a'))
static const uint32_t like_letters[26] = {
	['t' - 'a'] = BIT('d'),
	['d' - 'a'] = BIT('t'),
	['k' - 'a'] = BIT('g') | BIT('c'),
	['g' - 'a'] = BIT('k') | BIT('j'),
	['p' - 'a'] = BIT('b') | BIT('f'),
	['b' - 'a'] = BIT('p') | BIT('f') | BIT('u'),
	['f' - 'a'] = BIT('p') | BIT('b'),
	['s' - 'a'] = BIT('c') | BIT('j'),
	['c' - 'a'] = BIT('s') | BIT('j') | BIT('k'),
	['j' - 'a'] = BIT('s') | BIT('c') | BIT('g'),
	['m' - 'a'] = BIT('n'),
	['n' - 'a'] = BIT('m'),
	['l' - 'a'] = BIT('r'),
	['r' - 'a'] = BIT('l'),
	['u' - 'a'] = BIT('b'),
};
#undef BIT

static int
are_like(char a, char b)
{
	if (a < 'a' || b < 'a')
		return (0);
	return ((like_letters[a - 'a'] >> (b - 'a') & 1u) != 0);
}

static unsigned
cost_of_one(char letter)
{
	return (is_vowel(letter) ? COST_VOWEL : COST);
}

static unsigned
cost_of_change(char a, char b)
{
	if (a == b)
		return (0);
	if (is_vowel(a) && is_vowel(b))
		return (COST_VOWELS_DIFFER);
	return (are_like(a, b) ? COST_LIKE : COST);
}

static unsigned
least(unsigned a, unsigned b)
{
	return (a < b ? a : b);
}

static unsigned
whole_cost(const struct sound_word *word)
{
	unsigned cost = 0;

	for (size_t i = 0; i < word->length; i++)
		cost += cost_of_one(word->key[i]);
	return (cost);
}

/* Edit distance with the costs above; two letters changing places is one
 * difference. */
static unsigned
distance(const struct sound_word *a, const struct sound_word *b)
{
	unsigned rows[3][SOUND_WORD_MAX_BYTES + 1];
	unsigned *before_last = rows[0], *last = rows[1], *row = rows[2];

	last[0] = 0;
	for (size_t k = 0; k < b->length; k++)
		last[k + 1] = last[k] + cost_of_one(b->key[k]);
	for (size_t i = 0; i < a->length; i++) {
		unsigned *spare = before_last;

		row[0] = last[0] + cost_of_one(a->key[i]);
		for (size_t k = 0; k < b->length; k++) {
			row[k + 1] = least(
			    last[k] + cost_of_change(a->key[i], b->key[k]),
			    least(last[k + 1] + cost_of_one(a->key[i]),
				row[k] + cost_of_one(b->key[k])));
			if (i > 0 && k > 0 && a->key[i] == b->key[k - 1] &&
			    a->key[i - 1] == b->key[k])
				row[k + 1] = least(
				    row[k + 1], before_last[k - 1] + COST_LIKE);
		}
		before_last = last;
		last = row;
		row = spare;
	}
	return (last[b->length]);
}

/* Most pairs of words have nothing to do with each other: seen at once, since
 * laying them side by side is dear. */
static int
have_little_in_common(const struct sound_word *a, const struct sound_word *b)
{
	int shared = __builtin_popcount(a->consonants & b->consonants);
	int in_a = __builtin_popcount(a->consonants);
	int in_b = __builtin_popcount(b->consonants);

	return (5 * shared < 2 * (in_a > in_b ? in_a : in_b));
}

double
sound_likeness(const struct sound_word *a, const struct sound_word *b)
{
	unsigned cost_a = whole_cost(a);
	unsigned cost_b = whole_cost(b);
	unsigned most = cost_a > cost_b ? cost_a : cost_b;
	unsigned apart;

	if (a->length == b->length && memcmp(a->key, b->key, a->length) == 0)
		return (1);
	if (have_little_in_common(a, b))
		return (0);
	apart = distance(a, b);
	return (apart >= most ? 0 : 1 - (double)apart / most);
}

struct sound_word
sound_joined(const struct sound_word *a, const struct sound_word *b)
{
	struct sound_word joined = *a;
	size_t length = b->length;

	if (length > (size_t)(SOUND_WORD_MAX_BYTES - a->length))
		length = (size_t)(SOUND_WORD_MAX_BYTES - a->length);
	memcpy(joined.key + a->length, b->key, length);
	joined.length = (unsigned char)(a->length + length);
	joined.key[joined.length] = '\0';
	joined.consonants |= b->consonants;
	return (joined);
}

int
sound_is_like_empty_word(const struct sound_word *word, double least)
{
	for (size_t i = 0; i < COUNT_OF(empty_sounds); i++) {
		struct sound_word empty;

		reduce(empty_sounds[i], &empty);
		if (sound_likeness(word, &empty) >= least)
			return (1);
	}
	return (0);
}
