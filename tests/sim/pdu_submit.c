#include "tests/sim/pdu.h"

#include "tests/sim/alphabet.h"

enum {
	KIND_MASK = 0x03,
	KIND_SUBMIT = 0x01,
	VALIDITY_MASK = 0x18,
	VALIDITY_RELATIVE = 0x10,
	WANTS_REPORT = 0x20,
	HAS_HEADER = 0x40,
	INTERNATIONAL_MASK = 0x70,
	INTERNATIONAL = 0x10,
	IE_JOIN_8 = 0x00,
	IE_JOIN_16 = 0x08,
	LONG_VALIDITY_OCTETS = 7,
};

/* Octets read from the front; never past the end. */
struct reader {
	const uint8_t *at;
	size_t left;
};

static int
take(struct reader *reader, size_t count, const uint8_t **octets_r)
{
	if (reader->left < count)
		return (0);
	*octets_r = reader->at;
	reader->at += count;
	reader->left -= count;
	return (1);
}

static int
take_one(struct reader *reader, unsigned *octet_r)
{
	const uint8_t *octet;

	if (!take(reader, 1, &octet))
		return (0);
	*octet_r = *octet;
	return (1);
}

static int
take_number(struct reader *reader, char *number, size_t size)
{
	static const char digits[] = "0123456789*#abc";
	const uint8_t *octets;
	unsigned count;
	unsigned type;
	size_t at = 0;
	unsigned value;
	unsigned i;

	if (!take_one(reader, &count) || !take_one(reader, &type) ||
	    count + 2 > size || !take(reader, (count + 1) / 2, &octets))
		return (0);
	if ((type & INTERNATIONAL_MASK) == INTERNATIONAL)
		number[at++] = '+';
	for (i = 0; i < count; i++) {
		value = octets[i / 2] >> (i % 2 * 4) & 0x0f;
		if (value == 0x0f)
			return (0);
		number[at++] = digits[value];
	}
	number[at] = '\0';
	return (1);
}

/* 3GPP TS 23.038 section 4: the general group and the class group. */
static enum pdu_alphabet
alphabet_of(unsigned coding)
{
	if ((coding & 0xf0) == 0xf0)
		return ((coding & 0x04) != 0 ? PDU_DATA : PDU_GSM);
	if ((coding & 0xc0) != 0)
		return (PDU_GSM);
	if ((coding & 0x0c) == 0x08)
		return (PDU_UCS2);
	return ((coding & 0x0c) == 0x04 ? PDU_DATA : PDU_GSM);
}

static void
read_element(
    unsigned kind, const uint8_t *value, size_t length, struct pdu_join *join)
{
	int is_wide = kind == IE_JOIN_16 && length == 4;

	if (!is_wide && (kind != IE_JOIN_8 || length != 3))
		return;
	join->bits = is_wide ? 16 : 8;
	join->reference = is_wide ? value[0] << 8 | value[1] : value[0];
	join->parts = value[length - 2];
	join->part = value[length - 1];
}

/* The header behind its length octet. */
static int
read_header(const uint8_t *octets, size_t length, struct pdu_join *join)
{
	struct reader reader = { octets, length };
	const uint8_t *value;
	unsigned kind;
	unsigned size;

	while (reader.left > 0) {
		if (!take_one(&reader, &kind) || !take_one(&reader, &size) ||
		    !take(&reader, size, &value))
			return (0);
		read_element(kind, value, size, join);
	}
	return (1);
}

static void
read_body(const struct reader *body, size_t septets, unsigned fill_bits,
    struct pdu_submit *submit)
{
	const char *octets = (const char *)body->at;
	struct text plain = { 0 };

	if (submit->alphabet == PDU_UCS2)
		alphabet_read_ucs2(&submit->text, octets, body->left);
	if (submit->alphabet == PDU_DATA)
		alphabet_add_hex(&submit->text, octets, body->left);
	if (submit->alphabet != PDU_GSM)
		return;
	alphabet_unpack(&plain, octets, septets, fill_bits);
	alphabet_read_septets(&submit->text, text_string(&plain), plain.length);
	text_free(&plain);
}

/* TP-UDL and TP-UD, which must end where the PDU ends. */
static int
read_user_data(struct reader *reader, int has_header, struct pdu_submit *submit)
{
	const uint8_t *header;
	unsigned length;
	unsigned header_length = 0;
	size_t header_octets = 0;
	size_t header_septets;
	size_t octets;

	if (!take_one(reader, &length))
		return (0);
	octets = submit->alphabet == PDU_GSM ? (length * 7 + 7) / 8 : length;
	if (reader->left != octets || octets > PDU_USER_DATA_OCTETS)
		return (0);
	if (has_header) {
		if (!take_one(reader, &header_length) ||
		    !take(reader, header_length, &header) ||
		    !read_header(header, header_length, &submit->join))
			return (0);
		header_octets = header_length + 1;
	}
	header_septets = (header_octets * 8 + 6) / 7;
	if (submit->alphabet == PDU_GSM && header_septets > length)
		return (0);
	read_body(reader, length - header_septets,
	    (unsigned)(header_septets * 7 - header_octets * 8), submit);
	return (1);
}

static int
skip_validity(struct reader *reader, unsigned first)
{
	const uint8_t *octets;
	size_t length = LONG_VALIDITY_OCTETS;

	if ((first & VALIDITY_MASK) == 0)
		return (1);
	if ((first & VALIDITY_MASK) == VALIDITY_RELATIVE)
		length = 1;
	return (take(reader, length, &octets));
}

static int
read_submit(struct reader *reader, size_t length, struct pdu_submit *submit)
{
	const uint8_t *octets;
	unsigned centre;
	unsigned first;
	unsigned ignored;
	unsigned coding;

	if (!take_one(reader, &centre) || !take(reader, centre, &octets) ||
	    reader->left != length || !take_one(reader, &first) ||
	    (first & KIND_MASK) != KIND_SUBMIT || !take_one(reader, &ignored) ||
	    !take_number(reader, submit->to, sizeof(submit->to)) ||
	    !take_one(reader, &ignored) || !take_one(reader, &coding) ||
	    !skip_validity(reader, first))
		return (0);
	submit->wants_report = (first & WANTS_REPORT) != 0;
	submit->alphabet = alphabet_of(coding);
	return (read_user_data(reader, (first & HAS_HEADER) != 0, submit));
}

enum outcome
pdu_read_submit(const char *hex, size_t length, struct pdu_submit *submit_r)
{
	struct pdu_submit submit = { .join = {
					 .bits = 8, .parts = 1, .part = 1 } };
	struct text octets = { 0 };
	struct reader reader;
	int is_read = 0;

	if (alphabet_read_hex(&octets, hex)) {
		reader = (struct reader){ (const uint8_t *)text_string(&octets),
			octets.length };
		is_read = read_submit(&reader, length, &submit);
	}
	text_free(&octets);
	if (!is_read) {
		pdu_submit_free(&submit);
		return (REFUSED);
	}
	*submit_r = submit;
	return (DONE);
}

void
pdu_submit_free(struct pdu_submit *submit)
{
	text_free(&submit->text);
}
