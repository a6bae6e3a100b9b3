#include "gateway/text/ussd_text.h"

#include <unistr.h>

#include "gateway/text/gsm0338.h"
#include "gateway/text/utf8.h"

enum {
	ESCAPE = 0x1b,
	CARRIAGE_RETURN = 0x0d,
	SEPTET_BITS = 7,
	OCTET_BITS = 8,
	SEPTETS_MOST = USSD_OCTETS_MOST * OCTET_BITS / SEPTET_BITS,
	GSM_LANGUAGE_SEPTETS = 3, /* "en" and CR: section 5, group 0001 */
	UCS2_LANGUAGE_OCTETS = 2,
};

enum coding { CODING_GSM, CODING_UCS2, CODING_OTHER };

/* -- septets in octets ------------------------------------------------------ */

static void
put_septet(uint8_t *octets, size_t index, uint8_t septet)
{
	size_t bit = index * SEPTET_BITS;
	unsigned shifted = (unsigned)septet << (bit % OCTET_BITS);

	octets[bit / OCTET_BITS] |= (uint8_t)shifted;
	if (shifted > 0xff)
		octets[bit / OCTET_BITS + 1] |=
		    (uint8_t)(shifted >> OCTET_BITS);
}

static uint8_t
get_septet(const uint8_t *octets, size_t length, size_t index)
{
	size_t bit = index * SEPTET_BITS;
	size_t at = bit / OCTET_BITS;
	unsigned pair = octets[at];

	if (at + 1 < length)
		pair |= (unsigned)octets[at + 1] << OCTET_BITS;
	return ((pair >> (bit % OCTET_BITS)) & 0x7f);
}

/* -- writing ---------------------------------------------------------------- */

/* How many septets the text is; SIZE_MAX when the alphabet lacks one or there
 * are more than fit any page. */
static size_t
to_septets(const char *utf8, uint8_t septets_r[SEPTETS_MOST])
{
	const uint8_t *at = (const uint8_t *)utf8;
	ucs4_t character;
	size_t count = 0;

	while ((at = u8_next(&character, at)) != NULL) {
		uint8_t septets[2];
		unsigned used = gsm0338_write(character, septets);

		if (used == 0 || count + used > SEPTETS_MOST)
			return (SIZE_MAX);
		for (unsigned i = 0; i < used; i++)
			septets_r[count++] = septets[i];
	}
	return (count);
}

/*
 * Section 6.1.2.3.1: seven spare bits at the end would read as one more '@',
 * so a CR fills them; a text that ends in a CR of its own on the boundary of an
 * octet gets a second one, since the first would be taken for a filler.
 */
static size_t
pad(uint8_t *septets, size_t count)
{
	int fills = count % OCTET_BITS == OCTET_BITS - 1;
	int ends_in_return = count > 0 && count % OCTET_BITS == 0 &&
	    septets[count - 1] == CARRIAGE_RETURN;

	if (fills || ends_in_return)
		septets[count++] = CARRIAGE_RETURN;
	return (count);
}

static enum outcome
write_gsm(
    uint8_t *septets, size_t count, size_t most, struct ussd_string *string_r)
{
	struct ussd_string string = { .dcs = USSD_DCS_GSM };

	/* The filler takes no octet of its own, but the second CR does. */
	count = pad(septets, count);
	string.length = (count * SEPTET_BITS + OCTET_BITS - 1) / OCTET_BITS;
	if (string.length > most)
		return (REFUSED);
	for (size_t i = 0; i < count; i++)
		put_septet(string.octets, i, septets[i]);
	*string_r = string;
	return (DONE);
}

enum outcome
ussd_text_write(const char *utf8, size_t most, struct ussd_string *string_r)
{
	uint8_t septets[SEPTETS_MOST + 1];
	struct text units = { 0 };
	size_t count;
	enum outcome outcome = REFUSED;

	if (most > USSD_OCTETS_MOST)
		most = USSD_OCTETS_MOST;
	if (gsm0338_count(utf8) >= 0) {
		count = to_septets(utf8, septets);
		return (count == SIZE_MAX
			? REFUSED
			: write_gsm(septets, count, most, string_r));
	}
	utf8_add_as_utf16be(&units, utf8);
	if (units.length <= most) {
		*string_r = (struct ussd_string){ .dcs = USSD_DCS_UCS2,
			.length = units.length };
		memcpy(string_r->octets, units.bytes, units.length);
		outcome = DONE;
	}
	text_free(&units);
	return (outcome);
}

/* -- reading ---------------------------------------------------------------- */

/* Section 5; *has_language_r: the text begins with a mark of its language. */
static enum coding
coding_of(uint8_t dcs, int *has_language_r)
{
	static const enum coding by_alphabet[] = { CODING_GSM, CODING_OTHER,
		CODING_UCS2, CODING_GSM };
	unsigned group = dcs >> 4;

	*has_language_r = dcs == 0x10 || dcs == 0x11;
	if (dcs == 0x11)
		return (CODING_UCS2);
	/* General data coding; 0x20 says compressed. */
	if (group >= 0x4 && group <= 0x7)
		return ((dcs & 0x20) != 0 ? CODING_OTHER
					  : by_alphabet[(dcs >> 2) & 3]);
	/* With a header, WAP, and 8-bit data. */
	if (group == 0x9 || group == 0xe || (group == 0xf && (dcs & 0x04) != 0))
		return (CODING_OTHER);
	/* What is reserved is to be taken for GSM 7-bit. */
	return (CODING_GSM);
}

static void
add_character(struct text *raw, uint32_t character)
{
	uint8_t bytes[6];
	int length = u8_uctomb(bytes, character, sizeof(bytes));

	if (length > 0)
		text_add_bytes(raw, bytes, (size_t)length);
}

static void
read_gsm(const uint8_t *octets, size_t length, size_t skip, struct text *text)
{
	size_t count = length * OCTET_BITS / SEPTET_BITS;
	struct text raw = { 0 };
	int escaped = 0;

	if (count > 0 && count % OCTET_BITS == 0 &&
	    get_septet(octets, length, count - 1) == CARRIAGE_RETURN)
		count--;
	for (size_t i = skip; i < count; i++) {
		uint8_t septet = get_septet(octets, length, i);

		if (septet == ESCAPE && !escaped) {
			escaped = 1;
			continue;
		}
		add_character(&raw, gsm0338_character(septet, escaped));
		escaped = 0;
	}
	utf8_add_clean(text, text_string(&raw), raw.length);
	text_free(&raw);
}

enum outcome
ussd_text_read(
    uint8_t dcs, const uint8_t *octets, size_t length, struct text *text)
{
	int has_language;
	enum coding coding = coding_of(dcs, &has_language);
	size_t skip = has_language ? UCS2_LANGUAGE_OCTETS : 0;

	if (coding == CODING_OTHER)
		return (REFUSED);
	if (coding == CODING_GSM)
		read_gsm(octets, length,
		    has_language ? GSM_LANGUAGE_SEPTETS : 0, text);
	else if (length > skip)
		utf8_add_from_utf16be(text, octets + skip, (length - skip) / 2);
	return (DONE);
}
