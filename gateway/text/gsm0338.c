#include "gateway/text/gsm0338.h"

#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum {
	ESCAPE = 0x1b,
	EURO_SIGN = 0x20ac,
	NO_CHARACTER = 0xfffd,
	/* What is in the alphabet but not in ASCII lies in here, the euro sign
	 * aside. */
	FIRST_NATIONAL = 0xa1,
	LAST_NATIONAL = 0x3a9,
};

/* 3GPP TS 23.038 section 6.2.1, by septet. */
static const uint16_t basic[128] = {
	'@',
	0xa3,
	'$',
	0xa5,
	0xe8,
	0xe9,
	0xf9,
	0xec,
	0xf2,
	0xc7,
	'\n',
	0xd8,
	0xf8,
	'\r',
	0xc5,
	0xe5,
	0x394,
	'_',
	0x3a6,
	0x393,
	0x39b,
	0x3a9,
	0x3a0,
	0x3a8,
	0x3a3,
	0x398,
	0x39e,
	NO_CHARACTER,
	0xc6,
	0xe6,
	0xdf,
	0xc9,
	' ',
	'!',
	'"',
	'#',
	0xa4,
	'%',
	'&',
	'\'',
	'(',
	')',
	'*',
	'+',
	',',
	'-',
	'.',
	'/',
	'0',
	'1',
	'2',
	'3',
	'4',
	'5',
	'6',
	'7',
	'8',
	'9',
	':',
	';',
	'<',
	'=',
	'>',
	'?',
	0xa1,
	'A',
	'B',
	'C',
	'D',
	'E',
	'F',
	'G',
	'H',
	'I',
	'J',
	'K',
	'L',
	'M',
	'N',
	'O',
	'P',
	'Q',
	'R',
	'S',
	'T',
	'U',
	'V',
	'W',
	'X',
	'Y',
	'Z',
	0xc4,
	0xd6,
	0xd1,
	0xdc,
	0xa7,
	0xbf,
	'a',
	'b',
	'c',
	'd',
	'e',
	'f',
	'g',
	'h',
	'i',
	'j',
	'k',
	'l',
	'm',
	'n',
	'o',
	'p',
	'q',
	'r',
	's',
	't',
	'u',
	'v',
	'w',
	'x',
	'y',
	'z',
	0xe4,
	0xf6,
	0xf1,
	0xfc,
	0xe0,
};

/* Section 6.2.1.1: what follows an escape. */
static const struct extension {
	uint8_t septet;
	uint16_t character;
} extensions[] = {
	{ 0x0a, 0x0c },
	{ 0x14, '^' },
	{ 0x28, '{' },
	{ 0x29, '}' },
	{ 0x2f, '\\' },
	{ 0x3c, '[' },
	{ 0x3d, '~' },
	{ 0x3e, ']' },
	{ 0x40, '|' },
	{ 0x65, EURO_SIGN },
};

static unsigned
septets_of_ascii(uint32_t character)
{
	switch (character) {
	case '\n':
	case '\r':
		return (1);
	case '\f':
	case '^':
	case '{':
	case '}':
	case '\\':
	case '[':
	case '~':
	case ']':
	case '|':
		return (2);
	case '`':
		return (0);
	default:
		return (character >= 0x20 && character < 0x7f);
	}
}

unsigned
gsm0338_septets(uint32_t character)
{
	if (character < 0x80)
		return (septets_of_ascii(character));
	if (character == EURO_SIGN)
		return (2);
	if (character < FIRST_NATIONAL || character > LAST_NATIONAL)
		return (0);
	for (size_t i = 0; i < COUNT_OF(basic); i++) {
		if (basic[i] == character)
			return (1);
	}
	return (0);
}

unsigned
gsm0338_write(uint32_t character, uint8_t septets_r[2])
{
	/* Most of what is written stands where ASCII has it. */
	if (character < COUNT_OF(basic) && basic[character] == character) {
		septets_r[0] = (uint8_t)character;
		return (1);
	}
	for (size_t i = 0; i < COUNT_OF(basic); i++) {
		if (basic[i] == character && character != NO_CHARACTER) {
			septets_r[0] = (uint8_t)i;
			return (1);
		}
	}
	for (size_t i = 0; i < COUNT_OF(extensions); i++) {
		if (extensions[i].character == character) {
			septets_r[0] = ESCAPE;
			septets_r[1] = extensions[i].septet;
			return (2);
		}
	}
	return (0);
}

long
gsm0338_count(const char *utf8)
{
	const uint8_t *at = (const uint8_t *)utf8;
	long count = 0;

	while (*at != '\0') {
		ucs4_t character = *at;
		unsigned septets;

		if (character < 0x80)
			at++;
		else if ((at = u8_next(&character, at)) == NULL)
			return (-1);
		septets = gsm0338_septets(character);
		if (septets == 0)
			return (-1);
		count += (long)septets;
	}
	return (count);
}

uint32_t
gsm0338_character(uint8_t septet, int escaped)
{
	if (septet > 0x7f)
		return (NO_CHARACTER);
	if (!escaped)
		return (basic[septet]);
	for (size_t i = 0; i < COUNT_OF(extensions); i++) {
		if (extensions[i].septet == septet)
			return (extensions[i].character);
	}
	return (NO_CHARACTER);
}

/* What stands for a character without loss, by ranges. */
static const struct twin {
	uint32_t first;
	uint32_t last;
	const char *twin;
} twins[] = {
	{ '`', '`', "'" },
	{ 0xa0, 0xa0, " " },
	{ 0xad, 0xad, "" },
	{ 0xb4, 0xb4, "'" },
	{ 0x2bc, 0x2bc, "'" },
	{ 0x2000, 0x200a, " " },
	{ 0x200b, 0x200b, "" },
	{ 0x2010, 0x2015, "-" },
	{ 0x2018, 0x201b, "'" },
	{ 0x201c, 0x201f, "\"" },
	{ 0x2022, 0x2022, "-" },
	{ 0x2026, 0x2026, "..." },
	{ 0x202f, 0x202f, " " },
	{ 0x2032, 0x2032, "'" },
	{ 0x2033, 0x2033, "\"" },
	{ 0x2060, 0x2060, "" },
	{ 0x2212, 0x2212, "-" },
	{ 0xfeff, 0xfeff, "" },
};

/* Letters that Unicode does not take apart though they are a plain one with a
 * stroke or two in one. */
static const struct twin letter_twins[] = {
	{ 0x110, 0x110, "D" },
	{ 0x111, 0x111, "d" },
	{ 0x126, 0x126, "H" },
	{ 0x127, 0x127, "h" },
	{ 0x131, 0x131, "i" },
	{ 0x141, 0x141, "L" },
	{ 0x142, 0x142, "l" },
	{ 0x152, 0x152, "OE" },
	{ 0x153, 0x153, "oe" },
	{ 0x166, 0x166, "T" },
	{ 0x167, 0x167, "t" },
};

static const char *
find_twin(const struct twin *table, size_t count, uint32_t character)
{
	for (size_t i = 0; i < count; i++) {
		if (character >= table[i].first && character <= table[i].last)
			return (table[i].twin);
	}
	return (NULL);
}

static int
is_combining_diacritic(uint32_t character)
{
	return (character >= 0x300 && character <= 0x36f);
}

/* The letter under all its diacritics. */
static uint32_t
base_letter(uint32_t character)
{
	ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];

	while (uc_canonical_decomposition(character, parts) > 0)
		character = parts[0];
	return (character);
}

/* 1 when the character, or what stands for it, is in the alphabet. */
static int
add_twin(struct text *text, uint32_t character, int plain_letters)
{
	const char *twin = find_twin(twins, COUNT_OF(twins), character);
	uint32_t base;

	if (twin == NULL && plain_letters)
		twin =
		    find_twin(letter_twins, COUNT_OF(letter_twins), character);
	if (twin != NULL) {
		text_add(text, twin);
		return (1);
	}
	if (!plain_letters)
		return (0);
	if (is_combining_diacritic(character))
		return (1);
	base = base_letter(character);
	if (base >= 0x80 || septets_of_ascii(base) == 0)
		return (0);
	text_add_byte(text, (int)base);
	return (1);
}

/* Adds a normalised text; 0 when some of it cannot be had. */
static int
add_twins(
    struct text *text, const uint8_t *utf8, size_t length, int plain_letters)
{
	const uint8_t *end = utf8 + length;

	while (utf8 < end) {
		ucs4_t character;
		int taken = u8_mbtouc(&character, utf8, (size_t)(end - utf8));

		if (gsm0338_septets(character) > 0)
			text_add_bytes(text, utf8, (size_t)taken);
		else if (!add_twin(text, character, plain_letters))
			return (0);
		utf8 += taken;
	}
	return (1);
}

void
gsm0338_add_simplified(struct text *text, const char *utf8, int plain_letters)
{
	size_t before = text->length;
	size_t length = 0;
	uint8_t *composed;
	int is_complete;

	if (gsm0338_count(utf8) >= 0) {
		text_add(text, utf8);
		return;
	}
	/* Composed, "e" and an acute are one character of the alphabet. */
	composed = u8_normalize(
	    UNINORM_NFC, (const uint8_t *)utf8, strlen(utf8), NULL, &length);
	if (composed == NULL)
		abort();
	is_complete = add_twins(text, composed, length, plain_letters);
	free(composed);
	if (is_complete)
		return;
	text_cut(text, before);
	text_add(text, utf8);
}
