#include "gateway/text/segments.h"

#include <unictype.h>
#include <unistr.h>

#include "gateway/text/gsm0338.h"
#include "gateway/text/utf8.h"

enum {
	GSM_ALONE = 160,
	GSM_JOINED = 153,
	UCS2_ALONE = 70,
	UCS2_JOINED = 67,
	ETHIOPIC_WORDSPACE = 0x1361,
};

/* A stretch of a text. */
struct piece {
	size_t bytes;
	unsigned units;
};

static unsigned
joined_room(enum alphabet alphabet)
{
	return (alphabet == ALPHABET_GSM ? GSM_JOINED : UCS2_JOINED);
}

static unsigned
alone_room(enum alphabet alphabet)
{
	return (alphabet == ALPHABET_GSM ? GSM_ALONE : UCS2_ALONE);
}

static struct piece
next_gsm(const char *at)
{
	const uint8_t *bytes = (const uint8_t *)at;
	struct piece piece = { 1, 1 };
	ucs4_t character = bytes[0];

	if (character >= 0x80)
		piece.bytes = (size_t)(u8_next(&character, bytes) - bytes);
	piece.units = gsm0338_septets(character);
	return (piece);
}

/* UTF-16 units of UTF-8: one a lead byte, and one more for four bytes. */
static unsigned
ucs2_units(const char *utf8, size_t length)
{
	unsigned units = 0;

	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)utf8[i];

		units += (byte & 0xc0) != 0x80;
		units += byte >= 0xf0;
	}
	return (units);
}

static struct piece
next_ucs2(const char *at)
{
	size_t bytes = utf8_character_bytes(at);
	struct piece piece = { bytes, ucs2_units(at, bytes) };

	/* More than fits into any segment: its first character alone. */
	if (piece.units > UCS2_JOINED) {
		piece.bytes = (size_t)u8_strmblen((const uint8_t *)at);
		piece.units = ucs2_units(at, piece.bytes);
	}
	return (piece);
}

/* What must not be cut, at the front of a text that is not at its end. */
static struct piece
next_piece(const char *at, enum alphabet alphabet)
{
	return (alphabet == ALPHABET_GSM ? next_gsm(at) : next_ucs2(at));
}

/* As much as a segment of many takes. */
static struct piece
fill(const char *at, enum alphabet alphabet)
{
	struct piece filled = { 0, 0 };

	while (at[filled.bytes] != '\0') {
		struct piece next = next_piece(at + filled.bytes, alphabet);

		if (filled.units + next.units > joined_room(alphabet))
			break;
		filled.bytes += next.bytes;
		filled.units += next.units;
	}
	return (filled);
}

/* Filling each to the brim gives the fewest there can be. */
static unsigned
fewest(const char *at, enum alphabet alphabet)
{
	unsigned count = 0;

	while (*at != '\0') {
		at += fill(at, alphabet).bytes;
		count++;
	}
	return (count);
}

static int
ends_word(const char *at, size_t bytes)
{
	ucs4_t character;

	if (bytes == 1)
		return (*at == ' ' || *at == '\n');
	u8_mbtouc(&character, (const uint8_t *)at, bytes);
	return (uc_is_property_white_space(character) ||
	    character == ETHIOPIC_WORDSPACE);
}

/* The longest stretch of a full segment that ends behind a word, or the
 * segment when it has none in its second half. */
static struct piece
end_at_word(const char *at, struct piece full, enum alphabet alphabet)
{
	struct piece passed = { 0, 0 };
	struct piece best = full;
	int has_best = 0;

	while (passed.bytes < full.bytes) {
		struct piece next = next_piece(at + passed.bytes, alphabet);
		int is_end = ends_word(at + passed.bytes, next.bytes);

		passed.bytes += next.bytes;
		passed.units += next.units;
		if (is_end && 2 * passed.units >= joined_room(alphabet)) {
			best = passed;
			has_best = 1;
		}
	}
	return (has_best ? best : full);
}

static void
put(struct segment *segment, const char *utf8, struct piece piece)
{
	memcpy(segment->utf8, utf8, piece.bytes);
	segment->utf8[piece.bytes] = '\0';
	segment->units = piece.units;
}

static void
cut_all(const char *at, struct segments *segments)
{
	unsigned left = segments->count;

	for (unsigned i = 0; i < segments->count; i++) {
		struct piece piece = fill(at, segments->alphabet);
		struct piece neat = piece;

		if (at[piece.bytes] != '\0')
			neat = end_at_word(at, piece, segments->alphabet);
		left--;
		if (neat.bytes < piece.bytes &&
		    fewest(at + neat.bytes, segments->alphabet) <= left)
			piece = neat;
		put(&segments->list[i], at, piece);
		at += piece.bytes;
	}
}

enum outcome
segments_cut(const char *utf8, struct segments *segments_r)
{
	enum alphabet alphabet;
	unsigned units;
	unsigned count = segments_count(utf8, &alphabet, &units);

	if (count > SEGMENTS_MOST)
		return (REFUSED);
	segments_r->alphabet = alphabet;
	segments_r->units = units;
	segments_r->count = count;
	if (count == 1)
		put(&segments_r->list[0], utf8,
		    (struct piece){ strlen(utf8), units });
	else
		cut_all(utf8, segments_r);
	return (DONE);
}

unsigned
segments_units(const char *utf8, enum alphabet *alphabet_r)
{
	long septets = gsm0338_count(utf8);

	*alphabet_r = septets >= 0 ? ALPHABET_GSM : ALPHABET_UCS2;
	return (
	    septets >= 0 ? (unsigned)septets : ucs2_units(utf8, strlen(utf8)));
}

unsigned
segments_count(const char *utf8, enum alphabet *alphabet_r, unsigned *units_r)
{
	*units_r = segments_units(utf8, alphabet_r);
	if (*units_r <= alone_room(*alphabet_r))
		return (1);
	return (fewest(utf8, *alphabet_r));
}
