#include "gateway/line/ussd_answer.h"

#include "gateway/text/gsm0338.h"
#include "gateway/text/utf8.h"

enum {
	SEPTET_BITS = 7,
	OCTET_BITS = 8,
	OCTETS_MOST = 512,
	PACKED_LEAST = 4, /* shorter ones are rather words */
	NO_CHARACTER = 0xfffd,
	DCS_UCS2_LANGUAGE = 0x11, /* two septets of language, then the text */
	HIGH_SURROGATES = 0xd8,
};

static const char prefix[] = "+CUSD:";

/* Two hexadecimal digits an octet; -1 when it is not all of them. */
static long
read_hex(const char *bytes, size_t length, unsigned char *octets_r)
{
	static const char digits[] = "0123456789ABCDEF0123456789abcdef";

	if (length % 2 != 0 || length == 0 || length / 2 > OCTETS_MOST)
		return (-1);
	for (size_t i = 0; i < length; i++) {
		const char *digit =
		    memchr(digits, bytes[i], sizeof(digits) - 1);
		unsigned value;

		if (digit == NULL)
			return (-1);
		value = (unsigned)(digit - digits) % 16;
		if (i % 2 == 0)
			octets_r[i / 2] = (unsigned char)(value << 4);
		else
			octets_r[i / 2] |= (unsigned char)value;
	}
	return ((long)(length / 2));
}

static int
is_ucs2(int dcs)
{
	if (dcs == DCS_UCS2_LANGUAGE)
		return (1);
	/* Of the general groups only; 3GPP TS 23.038 section 5. */
	return (dcs >= 0x40 && (dcs & 0xc0) == 0x40 && (dcs & 0x0c) == 0x08);
}

/* Texts stand in one script: whoever reads septets or plain digits as UCS-2
 * sees letters of many. */
static int
looks_like_ucs2(const unsigned char *octets, size_t count)
{
	size_t plain = 0;
	size_t same = 0;
	unsigned script = 0;

	if (count % 2 != 0)
		return (0);
	for (size_t i = 0; i < count; i += 2) {
		if (octets[i] == 0 && octets[i + 1] != 0)
			plain++;
		else if (script == 0 || octets[i] == script) {
			script = octets[i];
			same++;
		}
	}
	return (plain + same == count / 2 &&
	    (plain > 0 || script < HIGH_SURROGATES));
}

/* Adds packed septets; 0 when they say what no text says. */
static int
add_packed(const unsigned char *octets, size_t count, struct text *text)
{
	size_t septets = count * OCTET_BITS / SEPTET_BITS;
	struct text utf16 = { 0 };
	int is_text = 1;
	int is_escaped = 0;

	for (size_t i = 0; i < septets; i++) {
		size_t bit = i * SEPTET_BITS;
		unsigned two = octets[bit / OCTET_BITS];
		uint8_t septet;
		uint32_t character;

		if (bit / OCTET_BITS + 1 < count)
			two |= (unsigned)octets[bit / OCTET_BITS + 1]
			    << OCTET_BITS;
		septet = (uint8_t)(two >> bit % OCTET_BITS & 0x7f);
		/* Seven bits left over are filled up, or look like an "@". */
		if (i + 1 == septets && (septet == 0 || septet == '\r') &&
		    septets % OCTET_BITS == 0)
			break;
		if (septet == 0x1b && !is_escaped) {
			is_escaped = 1;
			continue;
		}
		character = gsm0338_character(septet, is_escaped);
		is_escaped = 0;
		is_text = is_text && character != NO_CHARACTER;
		text_add_byte(&utf16, (int)(character >> OCTET_BITS));
		text_add_byte(&utf16, (int)(character & 0xff));
	}
	if (is_text)
		utf8_add_from_utf16be(
		    text, text_string(&utf16), utf16.length / 2);
	text_free(&utf16);
	return (is_text);
}

/* Digits alone are an amount, or somebody's number, before they are septets. */
static int
has_letter(const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] < '0' || bytes[i] > '9')
			return (1);
	}
	return (0);
}

void
ussd_answer_decode(const char *bytes, size_t length, int dcs, struct text *text)
{
	unsigned char octets[OCTETS_MOST];
	long count = read_hex(bytes, length, octets);
	size_t skip = 0;

	if (count > 0 &&
	    (is_ucs2(dcs) ||
		(count > PACKED_LEAST &&
		    looks_like_ucs2(octets, (size_t)count)))) {
		if (dcs == DCS_UCS2_LANGUAGE && count > 2 && octets[0] != 0)
			skip = 2;
		utf8_add_from_utf16be(
		    text, octets + skip, ((size_t)count - skip) / 2);
		return;
	}
	if (count > PACKED_LEAST && has_letter(bytes, length) &&
	    add_packed(octets, (size_t)count, text))
		return;
	utf8_add_clean(text, bytes, length);
}

enum outcome
ussd_answer_read(
    const char *bytes, size_t length, enum ussd_mode *mode_r, struct text *text)
{
	const char *end = bytes + length;
	const char *at = memmem(bytes, length, prefix, sizeof(prefix) - 1);
	const char *quote;
	int mode;
	int dcs = -1;
	size_t words;

	if (at == NULL)
		return (NOTHING);
	at += sizeof(prefix) - 1;
	while (at < end && *at == ' ')
		at++;
	if (at == end || *at < '0' || *at > '5')
		return (NOTHING);
	mode = *at++ - '0';
	if (at == end)
		return (NOTHING);
	if (at + 1 < end && at[0] == ',' && at[1] == '"') {
		at += 2;
		/* The text may hold quotes: the last one on what came. */
		quote = memrchr(at, '"', (size_t)(end - at));
		if (quote == NULL || quote + 1 == end)
			return (NOTHING);
		words = (size_t)(quote - at);
		if (quote[1] == ',' &&
		    (quote + 2 == end ||
			memchr(quote + 2, '\r', (size_t)(end - quote - 2)) ==
			    NULL))
			return (NOTHING);
		if (quote[1] == ',')
			dcs = (int)strtol(quote + 2, NULL, 10);
		ussd_answer_decode(at, words, dcs, text);
	}
	*mode_r = (enum ussd_mode)mode;
	return (DONE);
}

int
ussd_code_pack(const char *code, struct text *hex)
{
	size_t length = strlen(code);
	unsigned bits = 0;
	unsigned count = 0;

	if (strspn(code, "0123456789*#") != length)
		return (0);
	/* The digits, the star and the hash are their own septets. */
	for (size_t i = 0; i < length; i++) {
		bits |= (unsigned)code[i] << count;
		count += SEPTET_BITS;
		while (count >= OCTET_BITS) {
			text_printf(hex, "%02X", bits & 0xff);
			bits >>= OCTET_BITS;
			count -= OCTET_BITS;
		}
	}
	/* Seven free bits would read as an "@" (3GPP TS 23.038 6.1.2.3.1). */
	if (count == 1)
		bits |= (unsigned)'\r' << 1;
	if (count > 0)
		text_printf(hex, "%02X", bits & 0xff);
	return (1);
}
