#include "gateway/line/smpp_text.h"

#include <string.h>
#include <unistr.h>

#include "gateway/text/gsm0338.h"
#include "gateway/text/gsm_national.h"
#include "gateway/text/utf8.h"

/* data_coding without a class, section 5.2.19. */
enum {
	CODING_ASCII = 0x01,
	CODING_LATIN = 0x03,
	CODING_CYRILLIC = 0x06,
	CODING_PAGE = 0x0f, /* GSM, as USSD has it */
	SEPTET_MOST = 0x7f,
};

/* Elements of a user data header, 3GPP TS 23.040 section 9.2.3.24. */
enum {
	IE_JOIN_8 = 0x00,
	IE_JOIN_16 = 0x08,
	IE_SINGLE_SHIFT = 0x24,
	IE_LOCKING_SHIFT = 0x25,
	JOIN_8_BYTES = 3,
	JOIN_16_BYTES = 4,
};

enum script {
	SCRIPT_GSM,
	SCRIPT_ASCII,
	SCRIPT_LATIN,
	SCRIPT_CYRILLIC,
	SCRIPT_UCS2,
	NO_TEXT
};

/* -- writing ---------------------------------------------------------------- */

uint8_t
smpp_text_add(struct text *out, const char *utf8, enum alphabet alphabet)
{
	const uint8_t *at = (const uint8_t *)utf8;
	ucs4_t character;

	if (alphabet == ALPHABET_UCS2) {
		utf8_add_as_utf16be(out, utf8);
		return (SMPP_CODING_UCS2);
	}
	while ((at = u8_next(&character, at)) != NULL) {
		uint8_t septets[2];

		text_add_bytes(out, septets, gsm0338_write(character, septets));
	}
	return (SMPP_CODING_DEFAULT);
}

void
smpp_join_add(struct text *out, const struct smpp_join *join)
{
	const uint8_t header[] = { JOIN_8_BYTES + 2, IE_JOIN_8, JOIN_8_BYTES,
		(uint8_t)join->reference, (uint8_t)join->parts,
		(uint8_t)join->part };

	text_add_bytes(out, header, sizeof(header));
}

/* -- reading ---------------------------------------------------------------- */

/* Classes and groups of 3GPP TS 23.038 section 4, which centres pass through. */
static enum script
script_of_group(uint8_t coding)
{
	unsigned group = coding >> 4;

	/* 00xx to 01xx: bit 5 says compressed, bits 3 and 2 the alphabet. */
	if (group <= 0x7) {
		unsigned alphabet = coding >> 2 & 3;

		if ((coding & 0x20) != 0 || alphabet == 1)
			return (NO_TEXT);
		return (alphabet == 2 ? SCRIPT_UCS2 : SCRIPT_GSM);
	}
	if (group == 0xe)
		return (SCRIPT_UCS2);
	if (group == 0xf)
		return ((coding & 0x04) != 0 ? NO_TEXT : SCRIPT_GSM);
	return (group >= 0xc ? SCRIPT_GSM : NO_TEXT);
}

static enum script
script_of(uint8_t coding)
{
	switch (coding) {
	case SMPP_CODING_DEFAULT:
	case CODING_PAGE:
		return (SCRIPT_GSM);
	case CODING_ASCII:
		return (SCRIPT_ASCII);
	case CODING_LATIN:
		return (SCRIPT_LATIN);
	case CODING_CYRILLIC:
		return (SCRIPT_CYRILLIC);
	case SMPP_CODING_UCS2:
		return (SCRIPT_UCS2);
	default:
		return (coding < 0x10 ? NO_TEXT : script_of_group(coding));
	}
}

static int
has_class_0(uint8_t coding)
{
	return ((coding & 0x93) == 0x10 || (coding & 0xf3) == 0xf0);
}

static void
add_character(struct text *raw, uint32_t character)
{
	uint8_t bytes[6];
	int length = u8_uctomb(bytes, character, sizeof(bytes));

	if (length > 0)
		text_add_bytes(raw, bytes, (size_t)length);
}

/* ISO 8859-5 follows Unicode's own order, but for three signs. */
static uint32_t
cyrillic(uint8_t octet)
{
	if (octet < 0xa1 || octet == 0xad)
		return (octet);
	if (octet == 0xf0)
		return (0x2116);
	if (octet == 0xfd)
		return (0xa7);
	return (0x0360u + octet);
}

static void
add_octets(
    struct text *text, const uint8_t *octets, size_t length, enum script script)
{
	struct text raw = { 0 };

	for (size_t i = 0; i < length; i++)
		add_character(&raw,
		    script == SCRIPT_CYRILLIC ? cyrillic(octets[i])
					      : octets[i]);
	utf8_add_clean(text, text_string(&raw), raw.length);
	text_free(&raw);
}

static int
are_septets(const uint8_t *octets, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (octets[i] > SEPTET_MOST)
			return (0);
	}
	return (1);
}

/* The centre's default alphabet is GSM by the standard; where it has an eighth
 * bit it is not, and centres have UTF-8 or Latin-1 there. */
static void
add_default(struct text *text, const uint8_t *octets, size_t length,
    const struct gsm_shifts *shifts)
{
	if (are_septets(octets, length))
		gsm_national_add(text, octets, length, shifts);
	else if (utf8_valid_bytes((const char *)octets, length) == length)
		utf8_add_clean(text, octets, length);
	else
		add_octets(text, octets, length, SCRIPT_LATIN);
}

/* osmo-msc says ASCII and means septets.  What ASCII has for control no text
 * holds; as septets they are an escape, '@', '$' and accented letters. */
static int
has_control(const uint8_t *octets, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (octets[i] < ' ' && octets[i] != '\n' && octets[i] != '\r' &&
		    octets[i] != '\t')
			return (1);
	}
	return (0);
}

static void
read_join(struct smpp_join *join, const uint8_t *data, unsigned bits)
{
	size_t at = bits / 8;
	struct smpp_join read = {
		.reference =
		    bits == 16 ? (unsigned)data[0] << 8 | data[1] : data[0],
		.bits = bits,
		.parts = data[at],
		.part = data[at + 1],
	};

	/* A total of 0 or a part beyond it: ignored (9.2.3.24.1). */
	if (read.parts >= 2 && read.part >= 1 && read.part <= read.parts)
		*join = read;
}

static void
read_header(const uint8_t *header, size_t length, struct smpp_join *join,
    struct gsm_shifts *shifts)
{
	size_t at = 0;

	while (at + 2 <= length) {
		const uint8_t *data = header + at + 2;
		unsigned kind = header[at];
		size_t bytes = header[at + 1];

		if (at + 2 + bytes > length)
			return;
		if (kind == IE_JOIN_8 && bytes == JOIN_8_BYTES)
			read_join(join, data, 8);
		else if (kind == IE_JOIN_16 && bytes == JOIN_16_BYTES)
			read_join(join, data, 16);
		else if (kind == IE_SINGLE_SHIFT && bytes == 1)
			shifts->single = data[0];
		else if (kind == IE_LOCKING_SHIFT && bytes == 1)
			shifts->locking = data[0];
		at += 2 + bytes;
	}
}

struct smpp_words
smpp_text_read(const struct smpp_message *message, struct text *text)
{
	struct smpp_words words = {
		.is_text = 1,
		.is_flash = has_class_0(message->coding),
	};
	struct gsm_shifts shifts = { 0 };
	const uint8_t *octets = message->text;
	size_t length = message->text_length;
	enum script script = script_of(message->coding);

	if ((message->esm_class & SMPP_ESM_HEADER) != 0 && length > 0 &&
	    octets[0] < length) {
		read_header(octets + 1, octets[0], &words.join, &shifts);
		length -= (size_t)octets[0] + 1;
		octets += (size_t)octets[0] + 1;
	}
	if (words.join.bits == 0 && message->sar_parts > 0)
		words.join = (struct smpp_join){ message->sar_reference, 16,
			message->sar_part, message->sar_parts };
	if (script == SCRIPT_ASCII)
		script = shifts.locking != 0 || shifts.single != 0 ||
			has_control(octets, length)
		    ? SCRIPT_GSM
		    : SCRIPT_LATIN;
	if (script == SCRIPT_GSM)
		add_default(text, octets, length, &shifts);
	else if (script == SCRIPT_UCS2)
		utf8_add_from_utf16be(text, octets, length / 2);
	else if (script != NO_TEXT)
		add_octets(text, octets, length, script);
	else
		words.is_text = 0;
	return (words);
}
