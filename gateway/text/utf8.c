#include "gateway/text/utf8.h"

#include <unicase.h>
#include <unictype.h>
#include <unigbrk.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

enum {
	REPLACEMENT = 0xfffd,
	FIRST_HIGH_SURROGATE = 0xd800,
	FIRST_LOW_SURROGATE = 0xdc00,
	LAST_SURROGATE = 0xdfff,
	FIRST_BEYOND_ONE_UNIT = 0x10000,
	ZERO_WIDTH_JOINER = 0x200d,
};

static int
is_direction_mark(ucs4_t character)
{
	return ((character >= 0x202a && character <= 0x202e) ||
	    (character >= 0x2066 && character <= 0x2069));
}

static int
is_control(ucs4_t character)
{
	return (character < 0x20 || (character >= 0x7f && character < 0xa0));
}

static int
is_kept(ucs4_t character)
{
	if (character == '\n')
		return (1);
	return (!is_control(character) && !is_direction_mark(character));
}

static int
is_plain_ascii(unsigned char byte)
{
	return ((byte >= 0x20 && byte < 0x7f) || byte == '\n');
}

/* How many bytes from here on are ASCII that is kept as it is: most of most
 * texts, so it is worth not decoding them. */
static size_t
count_plain_ascii(const uint8_t *bytes, size_t length)
{
	size_t i = 0;

	while (i < length && is_plain_ascii(bytes[i]))
		i++;
	return (i);
}

int
utf8_is_clean(const char *bytes, size_t length)
{
	const uint8_t *at = (const uint8_t *)bytes;
	const uint8_t *end = at + length;

	while (at < end) {
		ucs4_t character;
		int taken;

		at += count_plain_ascii(at, (size_t)(end - at));
		if (at == end)
			return (1);
		taken = u8_mbtoucr(&character, at, (size_t)(end - at));
		if (taken <= 0 || !is_kept(character))
			return (0);
		at += taken;
	}
	return (1);
}

/* How many bytes are ASCII, eight at a time. */
static size_t
count_ascii(const uint8_t *bytes, size_t length)
{
	static const uint64_t high_bits = 0x8080808080808080u;
	uint64_t eight;
	size_t i = 0;

	for (; i + sizeof(eight) <= length; i += sizeof(eight)) {
		memcpy(&eight, bytes + i, sizeof(eight));
		if ((eight & high_bits) != 0)
			break;
	}
	while (i < length && bytes[i] < 0x80)
		i++;
	return (i);
}

size_t
utf8_valid_bytes(const char *bytes, size_t length)
{
	const uint8_t *from = (const uint8_t *)bytes;
	size_t good = 0;

	for (;;) {
		ucs4_t character;
		int taken;

		good += count_ascii(from + good, length - good);
		if (good == length)
			return (length);
		taken = u8_mbtoucr(&character, from + good, length - good);
		if (taken <= 0)
			return (good);
		good += (size_t)taken;
	}
}

/* Cleans character by character; a CR is told first and swallows the LF that
 * may follow. */
struct cleaner {
	struct text *text;
	int after_return;
};

static void
clean_add(struct cleaner *cleaner, ucs4_t character)
{
	int is_second_of_two = character == '\n' && cleaner->after_return;
	uint8_t bytes[6];
	int made;

	cleaner->after_return = character == '\r';
	if (is_second_of_two)
		return;
	if (character == '\r')
		character = '\n';
	else if (character == '\t')
		character = ' ';
	if (!is_kept(character))
		return;
	made = u8_uctomb(bytes, character, sizeof(bytes));
	text_add_bytes(cleaner->text, bytes, (size_t)made);
}

void
utf8_add_clean(struct text *text, const void *bytes, size_t length)
{
	struct cleaner cleaner = { text, 0 };
	const uint8_t *at = bytes;
	const uint8_t *end = at + length;

	while (at < end) {
		size_t plain = 0;
		ucs4_t character;

		if (!cleaner.after_return)
			plain = count_plain_ascii(at, (size_t)(end - at));
		if (plain > 0) {
			text_add_bytes(text, at, plain);
			at += plain;
			continue;
		}
		/* Gives U+FFFD for what is not UTF-8 and steps over it. */
		at += u8_mbtouc(&character, at, (size_t)(end - at));
		clean_add(&cleaner, character);
	}
}

static unsigned
unit_at(const uint8_t *bytes, size_t index)
{
	return ((unsigned)bytes[2 * index] << 8 | bytes[2 * index + 1]);
}

void
utf8_add_from_utf16be(struct text *text, const void *bytes, size_t units)
{
	struct cleaner cleaner = { text, 0 };

	for (size_t i = 0; i < units; i++) {
		unsigned unit = unit_at(bytes, i);
		unsigned next = i + 1 < units ? unit_at(bytes, i + 1) : 0;
		int is_high =
		    unit >= FIRST_HIGH_SURROGATE && unit < FIRST_LOW_SURROGATE;

		if (is_high && next >= FIRST_LOW_SURROGATE &&
		    next <= LAST_SURROGATE) {
			clean_add(&cleaner,
			    FIRST_BEYOND_ONE_UNIT +
				((unit - FIRST_HIGH_SURROGATE) << 10) +
				(next - FIRST_LOW_SURROGATE));
			i++;
		} else if (unit >= FIRST_HIGH_SURROGATE &&
		    unit <= LAST_SURROGATE) {
			clean_add(&cleaner, REPLACEMENT);
		} else {
			clean_add(&cleaner, unit);
		}
	}
}

static void
add_unit(struct text *text, unsigned unit)
{
	const uint8_t bytes[2] = { (uint8_t)(unit >> 8), (uint8_t)unit };

	text_add_bytes(text, bytes, sizeof(bytes));
}

void
utf8_add_as_utf16be(struct text *text, const char *utf8)
{
	const uint8_t *at = (const uint8_t *)utf8;
	ucs4_t character;

	while ((at = u8_next(&character, at)) != NULL) {
		if (character < FIRST_BEYOND_ONE_UNIT) {
			add_unit(text, character);
			continue;
		}
		character -= FIRST_BEYOND_ONE_UNIT;
		add_unit(text, FIRST_HIGH_SURROGATE + (character >> 10));
		add_unit(text, FIRST_LOW_SURROGATE + (character & 0x3ff));
	}
}

/* The killers of vowels that join the next consonant into one shape.  Tamil's
 * and Sinhala's stand visibly on their own and are not among them. */
static int
joins_consonants(ucs4_t character)
{
	static const ucs4_t viramas[] = { 0x094d, 0x09cd, 0x0acd, 0x0b4d,
		0x0c4d, 0x0d4d, 0x1039, 0x17d2 };

	for (size_t i = 0; i < sizeof(viramas) / sizeof(viramas[0]); i++) {
		if (character == viramas[i])
			return (1);
	}
	return (0);
}

static int
is_regional(ucs4_t character)
{
	return (character >= 0x1f1e6 && character <= 0x1f1ff);
}

static int
is_picture(ucs4_t character)
{
	return (uc_is_property_extended_pictographic(character));
}

/* What is known of a character as a person counts it, from its start. */
struct cluster {
	ucs4_t first;
	ucs4_t last;
	unsigned regionals; /* flags are pairs of them */
	int is_joining; /* a virama, and at most joiners since */
};

/* uc_is_grapheme_break() sees two characters only, and so cuts flags in a row
 * wrongly, and families of emoji and conjuncts at all. */
static int
breaks_before(const struct cluster *cluster, ucs4_t next)
{
	if (is_regional(cluster->last) && is_regional(next))
		return (cluster->regionals % 2 == 0);
	if (cluster->last == ZERO_WIDTH_JOINER && is_picture(next) &&
	    is_picture(cluster->first))
		return (0);
	/* Unicode lets Burmese vowel signs stand alone; nobody reads them so. */
	if (uc_is_general_category(next, UC_CATEGORY_Mc) &&
	    cluster->last != '\n')
		return (0);
	if (cluster->is_joining && uc_is_general_category(next, UC_CATEGORY_Lo))
		return (0);
	return (uc_is_grapheme_break(cluster->last, next));
}

static void
cluster_grow(struct cluster *cluster, ucs4_t next)
{
	cluster->last = next;
	cluster->regionals += (unsigned)is_regional(next);
	cluster->is_joining = joins_consonants(next) ||
	    (cluster->is_joining && next == ZERO_WIDTH_JOINER);
}

size_t
utf8_character_bytes(const char *utf8)
{
	const uint8_t *start = (const uint8_t *)utf8;
	struct cluster cluster = { 0 };
	const uint8_t *at;
	const uint8_t *after;
	ucs4_t next;

	/* ASCII before ASCII needs no look into the tables. */
	if (start[0] == '\0')
		return (0);
	if (start[0] < 0x80 && start[1] < 0x80)
		return (1);
	at = u8_next(&cluster.first, start);
	if (at == NULL)
		return (0);
	cluster_grow(&cluster, cluster.first);
	while ((after = u8_next(&next, at)) != NULL &&
	    !breaks_before(&cluster, next)) {
		cluster_grow(&cluster, next);
		at = after;
	}
	return ((size_t)(at - start));
}

size_t
utf8_count_characters(const char *utf8)
{
	size_t count = 0;
	size_t bytes;

	while ((bytes = utf8_character_bytes(utf8)) > 0) {
		utf8 += bytes;
		count++;
	}
	return (count);
}

static size_t
columns_of_character(const char *utf8, size_t bytes)
{
	const uint8_t *start = (const uint8_t *)utf8;
	ucs4_t first;
	int width;

	if (bytes == 1)
		return (is_plain_ascii(start[0]) && start[0] != '\n');
	u8_mbtouc(&first, start, bytes);
	width = u8_width(start, bytes, "UTF-8");
	/* A family or a flag is drawn as one picture. */
	if ((is_picture(first) || is_regional(first)) && width > 2)
		width = 2;
	return (width > 0 ? (size_t)width : 0);
}

size_t
utf8_count_columns(const char *utf8)
{
	size_t columns = 0;
	size_t bytes;

	while ((bytes = utf8_character_bytes(utf8)) > 0) {
		columns += columns_of_character(utf8, bytes);
		utf8 += bytes;
	}
	return (columns);
}

size_t
utf8_cut(const char *utf8, size_t max_bytes)
{
	size_t length = 0;
	size_t bytes;

	while ((bytes = utf8_character_bytes(utf8 + length)) > 0 &&
	    length + bytes <= max_bytes)
		length += bytes;
	return (length);
}

/* ISO 15924 beside the names that libunistring takes from Unicode.  When two
 * scripts have as many letters the earlier row is taken, so Latin, which is
 * also what people write names and "ok" in, comes last. */
static const struct script_name {
	const char *iso;
	const char *unicode;
} script_names[] = {
	{ "Deva", "Devanagari" },
	{ "Beng", "Bengali" },
	{ "Arab", "Arabic" },
	{ "Ethi", "Ethiopic" },
	{ "Mymr", "Myanmar" },
	{ "Cyrl", "Cyrillic" },
	{ "Sinh", "Sinhala" },
	{ "Taml", "Tamil" },
	{ "Telu", "Telugu" },
	{ "Mlym", "Malayalam" },
	{ "Knda", "Kannada" },
	{ "Gujr", "Gujarati" },
	{ "Guru", "Gurmukhi" },
	{ "Orya", "Oriya" },
	{ "Khmr", "Khmer" },
	{ "Laoo", "Lao" },
	{ "Thai", "Thai" },
	{ "Tibt", "Tibetan" },
	{ "Thaa", "Thaana" },
	{ "Hani", "Han" },
	{ "Hang", "Hangul" },
	{ "Hira", "Hiragana" },
	{ "Kana", "Katakana" },
	{ "Armn", "Armenian" },
	{ "Geor", "Georgian" },
	{ "Grek", "Greek" },
	{ "Hebr", "Hebrew" },
	{ "Latn", "Latin" },
};

enum {
	SCRIPTS = sizeof(script_names) / sizeof(script_names[0]),
	SCRIPT_LATIN = SCRIPTS - 1,
};

/* The row of a letter, or SCRIPTS. */
static size_t
script_of(ucs4_t character)
{
	const uc_script_t *script;
	size_t i;

	if (!uc_is_property_alphabetic(character))
		return (SCRIPTS);
	script = uc_script(character);
	for (i = 0; script != NULL && i < SCRIPTS; i++) {
		if (strcmp(script->name, script_names[i].unicode) == 0)
			return (i);
	}
	return (SCRIPTS);
}

static int
is_ascii_letter(uint8_t byte)
{
	return ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'));
}

const char *
utf8_main_script(const char *utf8)
{
	unsigned letters[SCRIPTS + 1] = { 0 };
	const uint8_t *at = (const uint8_t *)utf8;
	size_t main_script = 0;
	ucs4_t character;

	while (*at != '\0') {
		if (*at < 0x80) {
			letters[SCRIPT_LATIN] += (unsigned)is_ascii_letter(*at);
			at++;
			continue;
		}
		at = u8_next(&character, at);
		if (at == NULL)
			break;
		letters[script_of(character)]++;
	}
	for (size_t i = 1; i < SCRIPTS; i++) {
		if (letters[i] > letters[main_script])
			main_script = i;
	}
	return (letters[main_script] > 0 ? script_names[main_script].iso : "");
}

char *
utf8_fold(const char *utf8)
{
	size_t length = strlen(utf8) + 1;
	uint8_t *folded = u8_casefold(
	    (const uint8_t *)utf8, length, NULL, UNINORM_NFKC, NULL, &length);

	/* Out of memory, or not clean. */
	if (folded == NULL)
		abort();
	return ((char *)folded);
}

int
utf8_has_digit(const char *utf8)
{
	const uint8_t *at = (const uint8_t *)utf8;
	ucs4_t character;

	while ((at = u8_next(&character, at)) != NULL) {
		if (uc_decimal_value(character) >= 0)
			return (1);
	}
	return (0);
}

int
utf8_has_right_to_left(const char *utf8)
{
	const uint8_t *at = (const uint8_t *)utf8;
	ucs4_t character;

	while ((at = u8_next(&character, at)) != NULL) {
		int category = uc_bidi_category(character);

		if (category == UC_BIDI_R || category == UC_BIDI_AL)
			return (1);
	}
	return (0);
}
