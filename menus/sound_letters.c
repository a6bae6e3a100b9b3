#include "menus/sound_letters.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "gateway/base/outcome.h"

/* A word being written. */
struct writing {
	char *latin;
	size_t length;
	size_t room;
	int has_inherent; /* the last letter's own "a", which a vowel sign or
				   a killer takes away */
};

/* -- tables ----------------------------------------------------------------- */

/* U+00C0 to U+017F, without their marks. */
static const char latin_marked[] =
    "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(sizeof(latin_marked) == 0xC0 + 1, "a letter is missing");

/* U+0430 to U+0457: Russian, then Ukrainian and their neighbours. */
static const char *const cyrillic[] = { "a", "b", "v", "h", "d", "e", "j", "z",
	"i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h",
	"ts", "ch", "sh", "sch", "", "i", "", "e", "yu", "ya", "e", "yo", "d",
	"g", "ye", "z", "i", "yi" };

/* U+0621 to U+064A. */
static const char *const arabic[] = { "", "a", "a", "u", "i", "i", "a", "b",
	"a", "t", "th", "j", "h", "kh", "d", "d", "r", "z", "s", "sh", "s", "d",
	"t", "z", "a", "gh", "", "", "", "", "", "", "f", "k", "k", "l", "m",
	"n", "h", "w", "a", "y" };

/* The consonants of an Indic block, from its 0x15 on. */
static const char *const indic[] = { "k", "kh", "g", "gh", "n", "ch", "chh",
	"j", "jh", "n", "t", "th", "d", "dh", "n", "t", "th", "d", "dh", "n",
	"n", "p", "ph", "b", "bh", "m", "y", "r", "r", "l", "l", "l", "v", "sh",
	"sh", "s", "h" };
/* Its independent vowels from 0x05, and its vowel signs from 0x3E. */
static const char *const indic_vowels[] = { "a", "a", "i", "i", "u", "u", "ri",
	"li", "e", "e", "e", "ai", "o", "o", "o", "au" };
static const char *const indic_signs[] = { "a", "i", "i", "u", "u", "ri", "ri",
	"e", "e", "e", "ai", "o", "o", "o", "au" };

/* U+1000 to U+1020, and the vowel signs from U+102B to U+1032. */
static const char *const burmese[] = { "k", "kh", "g", "g", "ng", "s", "s", "z",
	"z", "ny", "ny", "t", "t", "d", "d", "n", "t", "t", "d", "d", "n", "p",
	"p", "b", "b", "m", "y", "y", "l", "w", "th", "h", "l" };
static const char *const burmese_signs[] = { "a", "a", "i", "i", "u", "u", "e",
	"e" };

/* Each row of eight from U+1200 has one consonant. */
static const char *const ethiopic[] = { "h", "l", "h", "m", "s", "r", "s", "sh",
	"k", "k", "k", "k", "b", "v", "t", "ch", "h", "h", "n", "ny", "", "k",
	"k", "h", "h", "w", "", "z", "zh", "y", "d", "d", "j", "g", "g", "g",
	"t", "ch", "p", "ts", "ts", "f", "p" };
static_assert(COUNT_OF(ethiopic) == (0x1358 - 0x1200) / 8, "a row is missing");
static const char *const ethiopic_orders[] = { "e", "u", "i", "a", "e", "", "o",
	"ua" };

/* -- writing ---------------------------------------------------------------- */

static void
put(struct writing *writing, const char *letters)
{
	size_t length = strlen(letters);

	if (writing->length + length >= writing->room)
		return;
	memcpy(writing->latin + writing->length, letters, length + 1);
	writing->length += length;
}

/* The "a" of the consonant before, now that nothing took it away. */
static void
keep_inherent(struct writing *writing)
{
	if (writing->has_inherent)
		put(writing, "a");
	writing->has_inherent = 0;
}

static void
put_vowel_sign(struct writing *writing, const char *letters)
{
	writing->has_inherent = 0;
	put(writing, letters);
}

static void
put_consonant(struct writing *writing, const char *letters)
{
	keep_inherent(writing);
	put(writing, letters);
	writing->has_inherent = 1;
}

static void
put_plain(struct writing *writing, const char *letters)
{
	keep_inherent(writing);
	put(writing, letters);
}

static int
put_from(struct writing *writing, uint32_t at, const char *const *table,
    size_t count, void (*put_one)(struct writing *, const char *))
{
	if (at >= count)
		return (0);
	put_one(writing, table[at]);
	return (1);
}

/* A dot below makes an "r" of a "d" or "dh"; others sound as before. */
static void
put_dot(struct writing *writing)
{
	char *latin = writing->latin;
	size_t length = writing->length;

	if (length > 1 && latin[length - 1] == 'h' && latin[length - 2] == 'd')
		length--;
	if (length == 0 || latin[length - 1] != 'd')
		return;
	latin[length - 1] = 'r';
	latin[length] = '\0';
	writing->length = length;
}

/* 1 after these letters at the end became those. */
static int
change_end(struct writing *writing, const char *from, const char *to)
{
	size_t length = strlen(from);

	if (writing->length < length ||
	    memcmp(writing->latin + writing->length - length, from, length) !=
		0)
		return (0);
	writing->length -= length;
	put(writing, to);
	return (1);
}

/* `at` is the place in a block of 128. */
static void
put_indic(struct writing *writing, uint32_t at)
{
	enum {
		NASAL_FIRST = 0x01,
		NASAL_LAST = 0x02,
		DOT = 0x3C,
		VIRAMA = 0x4D,
	};

	if (at == NASAL_FIRST || at == NASAL_LAST)
		put_plain(writing, "n");
	else if (at == VIRAMA)
		writing->has_inherent = 0;
	else if (at == DOT)
		put_dot(writing);
	else if (at >= 0x15 &&
	    put_from(writing, at - 0x15, indic, COUNT_OF(indic), put_consonant))
		return;
	else if (at >= 0x3E &&
	    put_from(writing, at - 0x3E, indic_signs, COUNT_OF(indic_signs),
		put_vowel_sign))
		return;
	else if (at >= 0x05)
		(void)put_from(writing, at - 0x05, indic_vowels,
		    COUNT_OF(indic_vowels), put_plain);
}

static void
put_burmese(struct writing *writing, uint32_t at)
{
	static const char *const medials[] = { "y", "y", "w" };
	enum {
		NASAL = 0x36,
		STACKED = 0x39,
		KILLER = 0x3A,
		MEDIALS = 0x3B,
		MEDIAL_HA = 0x3E,
		GREAT_SA = 0x3F,
	};

	if (at == NASAL) {
		put_plain(writing, "n");
	} else if (at == STACKED || at == KILLER) {
		writing->has_inherent = 0;
		if (at == KILLER)
			(void)change_end(writing, "ny", "i");
	} else if (at == MEDIAL_HA) {
		/* "y" with a breath is "sh"; others sound as before. */
		if (!change_end(writing, "yw", "shw"))
			(void)change_end(writing, "y", "sh");
	} else if (at >= MEDIALS && at < MEDIAL_HA) {
		put(writing, medials[at - MEDIALS]);
	} else if (at == GREAT_SA) {
		put_consonant(writing, "th");
	} else if (at >= 0x2B) {
		(void)put_from(writing, at - 0x2B, burmese_signs,
		    COUNT_OF(burmese_signs), put_vowel_sign);
	} else if (at >= 0x21) {
		put_plain(writing, at == 0x21 ? "a" : at < 0x25 ? "i" : "u");
	} else {
		(void)put_from(
		    writing, at, burmese, COUNT_OF(burmese), put_consonant);
	}
}

static void
put_ethiopic(struct writing *writing, uint32_t at)
{
	if (at / 8 >= COUNT_OF(ethiopic))
		return;
	put(writing, ethiopic[at / 8]);
	/* A vowel alone in the first order is an "a". */
	if (at % 8 == 0 && ethiopic[at / 8][0] == '\0')
		put(writing, "a");
	else
		put(writing, ethiopic_orders[at % 8]);
}

/* Letters that Persian and Urdu keyboards add to Arabic's. */
static void
put_arabic(struct writing *writing, uint32_t letter)
{
	static const struct {
		uint32_t letter;
		const char *latin;
	} more[] = { { 0x67E, "p" }, { 0x686, "ch" }, { 0x698, "j" },
		{ 0x6A4, "v" }, { 0x6A9, "k" }, { 0x6AF, "g" }, { 0x6BE, "h" },
		{ 0x6C1, "h" }, { 0x6CC, "y" }, { 0x6D2, "e" } };

	if (letter >= 0x621 &&
	    put_from(writing, letter - 0x621, arabic, COUNT_OF(arabic), put))
		return;
	for (size_t i = 0; i < COUNT_OF(more); i++)
		if (more[i].letter == letter)
			put(writing, more[i].latin);
}

static void
put_letter(struct writing *writing, uint32_t letter)
{
	char one[2] = { (char)letter, '\0' };

	if (letter < 0x80) {
		put_plain(writing, one);
	} else if (letter >= 0xC0 && letter < 0x180) {
		one[0] = latin_marked[letter - 0xC0];
		put_plain(writing, one);
	} else if (letter >= 0x430 && letter < 0x458) {
		put(writing, cyrillic[letter - 0x430]);
	} else if (letter == 0x491) {
		put(writing, "g");
	} else if (letter >= 0x600 && letter < 0x700) {
		put_arabic(writing, letter);
	} else if (letter >= 0x900 && letter < 0xD80) {
		put_indic(writing, letter % 0x80);
	} else if (letter >= 0x1000 && letter < 0x1050) {
		put_burmese(writing, letter - 0x1000);
	} else if (letter >= 0x1200 && letter < 0x1360) {
		put_ethiopic(writing, letter - 0x1200);
	}
}

/* The letter at `at`, and how many bytes it has; the text is clean UTF-8. */
static uint32_t
letter_at(const unsigned char *at, size_t *bytes_r)
{
	static const unsigned char first_bits[] = { 0x7f, 0x7f, 0x1f, 0x0f,
		0x07 };
	size_t bytes = at[0] < 0x80 ? 1
	    : at[0] < 0xE0          ? 2
	    : at[0] < 0xF0          ? 3
				    : 4;
	uint32_t letter = at[0] & first_bits[bytes];

	for (size_t i = 1; i < bytes; i++)
		letter = letter << 6 | (at[i] & 0x3f);
	*bytes_r = bytes;
	return (letter);
}

void
sound_letters(const char *word, size_t length, char *latin, size_t room)
{
	const unsigned char *at = (const unsigned char *)word;
	const unsigned char *end = at + length;
	struct writing writing = { .latin = latin, .room = room };

	latin[0] = '\0';
	while (at < end) {
		size_t bytes;

		put_letter(&writing, letter_at(at, &bytes));
		at += bytes;
	}
	/* The "a" of a last consonant is not spoken. */
}
