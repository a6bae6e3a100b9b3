#include "tests/sim/alphabet.h"

#include "gateway/base/outcome.h"

enum {
	ESCAPE = 0x1b,
	BITS = 7,
	REPLACEMENT = 0xfffd,
	SURROGATES = 0xd800,
	LOW_SURROGATES = 0xdc00,
	AFTER_SURROGATES = 0xe000,
	PLANE = 0x10000,
};

/* Indexed by septet; 0xfffd where the escape is. */
static const uint16_t default_alphabet[128] = { '@', 0xa3, '$', 0xa5, 0xe8,
	0xe9, 0xf9, 0xec, 0xf2, 0xc7, '\n', 0xd8, 0xf8, '\r', 0xc5, 0xe5, 0x394,
	'_', 0x3a6, 0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8, 0x3a3, 0x398, 0x39e,
	REPLACEMENT, 0xc6, 0xe6, 0xdf, 0xc9, ' ', '!', '"', '#', 0xa4, '%', '&',
	'\'', '(', ')', '*', '+', ',', '-', '.', '/', '0', '1', '2', '3', '4',
	'5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?', 0xa1, 'A', 'B',
	'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P',
	'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 0xc4, 0xd6, 0xd1,
	0xdc, 0xa7, 0xbf, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k',
	'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y',
	'z', 0xe4, 0xf6, 0xf1, 0xfc, 0xe0 };

static const struct {
	uint8_t septet;
	uint16_t character;
} extension[] = {
	{ 0x0a, '\f' },
	{ 0x14, '^' },
	{ 0x28, '{' },
	{ 0x29, '}' },
	{ 0x2f, '\\' },
	{ 0x3c, '[' },
	{ 0x3d, '~' },
	{ 0x3e, ']' },
	{ 0x40, '|' },
	{ 0x65, 0x20ac },
};

/* How many bytes a UTF-8 character has by its first one; 0 if none starts so. */
static unsigned
utf8_length(uint8_t first)
{
	if (first < 0x80)
		return (1);
	if (first >= 0xc2 && first < 0xe0)
		return (2);
	if (first >= 0xe0 && first < 0xf0)
		return (3);
	return (first >= 0xf0 && first < 0xf5 ? 4 : 0);
}

static int
is_scalar(uint32_t character, unsigned length)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, PLANE };

	return (character >= smallest[length] && character <= 0x10ffff &&
	    (character < SURROGATES || character >= AFTER_SURROGATES));
}

uint32_t
alphabet_next(const char *utf8, size_t *at)
{
	const uint8_t *bytes = (const uint8_t *)utf8 + *at;
	unsigned length = utf8_length(bytes[0]);
	uint32_t character =
	    length > 1 ? bytes[0] & (0x7fu >> length) : bytes[0];
	unsigned i;

	if (bytes[0] == '\0')
		return (0);
	for (i = 1; i < length; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			break;
		character = character << 6 | (bytes[i] & 0x3f);
	}
	if (i < length || length == 0 || !is_scalar(character, length)) {
		*at += 1;
		return (REPLACEMENT);
	}
	*at += length;
	return (character);
}

void
alphabet_add_utf8(struct text *utf8, uint32_t character)
{
	if (character < 0x80) {
		text_add_byte(utf8, (int)character);
		return;
	}
	if (character < 0x800) {
		text_add_byte(utf8, (int)(0xc0 | character >> 6));
	} else if (character < PLANE) {
		text_add_byte(utf8, (int)(0xe0 | character >> 12));
		text_add_byte(utf8, (int)(0x80 | (character >> 6 & 0x3f)));
	} else {
		text_add_byte(utf8, (int)(0xf0 | character >> 18));
		text_add_byte(utf8, (int)(0x80 | (character >> 12 & 0x3f)));
		text_add_byte(utf8, (int)(0x80 | (character >> 6 & 0x3f)));
	}
	text_add_byte(utf8, (int)(0x80 | (character & 0x3f)));
}

static int
add_septet(struct text *septets, uint32_t character)
{
	size_t i;

	for (i = 0; i < COUNT_OF(default_alphabet); i++) {
		if (default_alphabet[i] == character && i != ESCAPE) {
			text_add_byte(septets, (int)i);
			return (1);
		}
	}
	for (i = 0; i < COUNT_OF(extension); i++) {
		if (extension[i].character == character) {
			text_add_byte(septets, ESCAPE);
			text_add_byte(septets, extension[i].septet);
			return (1);
		}
	}
	return (0);
}

int
alphabet_add_septets(struct text *septets, const char *utf8)
{
	size_t at = 0;
	uint32_t character;

	while ((character = alphabet_next(utf8, &at)) != 0) {
		if (!add_septet(septets, character))
			return (0);
	}
	return (1);
}

static void
add_unit(struct text *octets, uint32_t unit)
{
	text_add_byte(octets, (int)(unit >> 8));
	text_add_byte(octets, (int)(unit & 0xff));
}

void
alphabet_add_ucs2(struct text *octets, const char *utf8)
{
	size_t at = 0;
	uint32_t character;

	while ((character = alphabet_next(utf8, &at)) != 0) {
		if (character < PLANE) {
			add_unit(octets, character);
			continue;
		}
		character -= PLANE;
		add_unit(octets, SURROGATES | character >> 10);
		add_unit(octets, LOW_SURROGATES | (character & 0x3ff));
	}
}

static uint32_t
extended(uint8_t septet)
{
	size_t i;

	for (i = 0; i < COUNT_OF(extension); i++) {
		if (extension[i].septet == septet)
			return (extension[i].character);
	}
	return (REPLACEMENT);
}

void
alphabet_read_septets(struct text *utf8, const char *septets, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (septets[i] != ESCAPE)
			alphabet_add_utf8(
			    utf8, default_alphabet[septets[i] & 0x7f]);
		else if (i + 1 < count)
			alphabet_add_utf8(
			    utf8, extended((uint8_t)septets[++i]));
		else
			alphabet_add_utf8(utf8, REPLACEMENT);
	}
}

static uint32_t
unit_at(const char *octets, size_t at)
{
	return ((uint32_t)(uint8_t)octets[at] << 8 | (uint8_t)octets[at + 1]);
}

void
alphabet_read_ucs2(struct text *utf8, const char *octets, size_t length)
{
	uint32_t unit;
	uint32_t low;
	size_t at;

	for (at = 0; at + 1 < length; at += 2) {
		unit = unit_at(octets, at);
		low = at + 3 < length ? unit_at(octets, at + 2) : 0;
		if (unit >= SURROGATES && unit < LOW_SURROGATES &&
		    low >= LOW_SURROGATES && low < AFTER_SURROGATES) {
			unit = PLANE + ((unit & 0x3ff) << 10) + (low & 0x3ff);
			at += 2;
		} else if (unit >= SURROGATES && unit < AFTER_SURROGATES) {
			unit = REPLACEMENT;
		}
		alphabet_add_utf8(utf8, unit);
	}
}

void
alphabet_pack(
    struct text *octets, const char *septets, size_t count, unsigned fill_bits)
{
	unsigned held = fill_bits;
	unsigned waiting = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		waiting |= ((unsigned)septets[i] & 0x7f) << held;
		held += BITS;
		while (held >= 8) {
			text_add_byte(octets, (int)(waiting & 0xff));
			waiting >>= 8;
			held -= 8;
		}
	}
	if (held > 0)
		text_add_byte(octets, (int)waiting);
}

void
alphabet_unpack(
    struct text *septets, const char *octets, size_t count, unsigned fill_bits)
{
	const uint8_t *from = (const uint8_t *)octets;
	unsigned value;
	size_t bit;
	size_t i;

	for (i = 0; i < count; i++) {
		bit = fill_bits + i * BITS;
		value = from[bit / 8] >> (bit % 8);
		if (bit % 8 > 1)
			value |= (unsigned)from[bit / 8 + 1] << (8 - bit % 8);
		text_add_byte(septets, (int)(value & 0x7f));
	}
}

void
alphabet_add_hex(struct text *hex, const char *octets, size_t length)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t i;

	for (i = 0; i < length; i++) {
		text_add_byte(hex, digits[(uint8_t)octets[i] >> 4]);
		text_add_byte(hex, digits[octets[i] & 0x0f]);
	}
}

static int
digit_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return (digit - '0');
	if (digit >= 'A' && digit <= 'F')
		return (digit - 'A' + 10);
	return (digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1);
}

int
alphabet_read_hex(struct text *octets, const char *hex)
{
	size_t length = strlen(hex);
	int high;
	int low;
	size_t i;

	if (length % 2 != 0)
		return (0);
	for (i = 0; i < length; i += 2) {
		high = digit_value(hex[i]);
		low = digit_value(hex[i + 1]);
		if (high < 0 || low < 0)
			return (0);
		text_add_byte(octets, high << 4 | low);
	}
	return (1);
}
