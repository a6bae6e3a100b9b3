/* What libGammu does not tell of a message, from the PDU itself: 3GPP TS 23.040
 * sections 9.2.2.1 and 9.2.2.2, hexadecimal, service centre in front.  Pure;
 * nothing here believes a length before it has looked.
 */
#include "gateway/line/modem.h"
#include "gateway/text/gsm_national.h"

enum {
	LENGTH_MOST = 160, /* TP-UDL of whatever alphabet */
	SEPTETS_MOST = 160,
	TYPE_DELIVER = 0,
	TYPE_SUBMIT = 1,
	TYPE_REPORT = 2,
	ADDRESS_INTERNATIONAL = 0x91, /* 9.1.2.5 */
	DIGITS_MOST = 20,
	TYPE_RESERVED = 3,
	SMSC_MOST_OCTETS = 20, /* 3GPP TS 24.011 section 8.2.5.1 allows 11 */
	REPORT_MORE_MOST = 100, /* octets behind the status of a report */
	ADDRESS_MOST_DIGITS = 40, /* 3GPP TS 23.040 section 9.1.2.5: 20 */
	HAS_HEADER = 0x40,
	IE_SINGLE_SHIFT = 0x24, /* 9.2.3.24.15 and 9.2.3.24.16 */
	IE_LOCKING_SHIFT = 0x25,
	CODING_GENERAL = 0x00, /* 3GPP TS 23.038 section 4, by group */
	CODING_CLASS = 0xf0,
	CODING_IS_COMPRESSED = 0x20,
	CODING_ALPHABET = 0x0c,
	SEPTET_BITS = 7,
	OCTET_BITS = 8,
	SEPTET_MASK = 0x7f,
};

/* The octet at a place, or -1 behind the end. */
static int
octet_at(const char *hex, size_t place)
{
	char digits[3] = "";
	char *end;
	long octet;

	if (strlen(hex) < 2 * place + 2)
		return (-1);
	memcpy(digits, hex + 2 * place, 2);
	if (strspn(digits, "0123456789ABCDEFabcdef") != 2)
		return (-1);
	octet = strtol(digits, &end, 16);
	return ((int)octet);
}

/* Where TP-UDL stands; 0: the message has none, or is too short.  `coding_r`
 * (may be NULL) is where TP-DCS does. */
static size_t
place_of_length(const char *hex, size_t *coding_r)
{
	static const size_t validity_octets[] = { 0, 7, 1, 7 };
	int smsc = octet_at(hex, 0);
	size_t place = 1 + (size_t)(smsc < 0 ? 0 : smsc);
	int first = octet_at(hex, place);
	int digits;

	if (smsc < 0 || first < 0 || (first & 3) > TYPE_SUBMIT)
		return (0);
	/* The first octet, and a reference in what was written here. */
	place += (first & 3) == TYPE_SUBMIT ? 2 : 1;
	digits = octet_at(hex, place);
	if (digits < 0)
		return (0);
	/* The address, the protocol identifier, the coding. */
	place += 2 + (size_t)(digits + 1) / 2 + 2;
	if (coding_r != NULL)
		*coding_r = place - 1;
	if ((first & 3) == TYPE_DELIVER)
		return (place + 7);
	return (place + validity_octets[first >> 3 & 3]);
}

void
modem_pdu_sender(const char *hex, char *sender_r)
{
	int smsc = octet_at(hex, 0);
	size_t place = 2 + (size_t)(smsc < 0 ? 0 : smsc);
	int first = octet_at(hex, place - 1);
	int digits = octet_at(hex, place);
	size_t used = 1;

	sender_r[0] = '\0';
	/* What a phone reads of the reserved type is a text that came in. */
	if (smsc < 0 || first < 0 || (first & 3) == TYPE_SUBMIT ||
	    (first & 3) == TYPE_REPORT || digits < 1 || digits > DIGITS_MOST ||
	    octet_at(hex, place + 1) != ADDRESS_INTERNATIONAL)
		return;
	for (int i = 0; i < digits; i++) {
		int octet = octet_at(hex, place + 2 + (size_t)i / 2);
		int digit = i % 2 == 0 ? octet & 0x0f : octet >> 4;

		if (octet < 0 || digit > 9)
			return;
		sender_r[used++] = (char)('0' + digit);
	}
	sender_r[used] = '\0';
	sender_r[0] = '+';
}

/* An address that no network has: libGammu writes all of its digits where there
 * is room for 75. */
static int
has_endless_address(const char *hex)
{
	int smsc = octet_at(hex, 0);
	size_t place = 1 + (size_t)(smsc < 0 ? 0 : smsc);
	int first = octet_at(hex, place);
	int type = first & 3;

	if (smsc > SMSC_MOST_OCTETS)
		return (1);
	if (smsc < 0 || first < 0)
		return (0);
	/* A reference comes first in all but what was delivered; of the
	 * reserved type nobody knows. */
	return ((type != TYPE_DELIVER &&
		    octet_at(hex, place + 2) > ADDRESS_MOST_DIGITS) ||
	    ((type == TYPE_DELIVER || type == TYPE_RESERVED) &&
		octet_at(hex, place + 1) > ADDRESS_MOST_DIGITS));
}

/* A status report may have a text, too, which none has; libGammu reads more of
 * it than it has room for. */
static int
is_endless_report(const char *hex)
{
	int smsc = octet_at(hex, 0);
	size_t place = 1 + (size_t)(smsc < 0 ? 0 : smsc);
	int first = octet_at(hex, place);
	int digits = octet_at(hex, place + 2);

	if (smsc < 0 || first < 0 || digits < 0 || (first & 3) != TYPE_REPORT)
		return (0);
	/* First octet and reference, address, two times, status. */
	place += 2 + 2 + (size_t)(digits + 1) / 2 + 7 + 7 + 1;
	return (octet_at(hex, place + REPORT_MORE_MOST) >= 0);
}

int
modem_pdu_is_deadly(const char *hex)
{
	size_t place = place_of_length(hex, NULL);
	int length = place > 0 ? octet_at(hex, place) : 0;

	if (has_endless_address(hex) || is_endless_report(hex))
		return (1);
	return (length > LENGTH_MOST &&
	    octet_at(hex, place + ((size_t)length * 7 + 7) / 8) >= 0);
}

/* The tables a header names; 1 when it names one. */
static int
read_shifts(
    const unsigned char *header, size_t length, struct gsm_shifts *shifts_r)
{
	int is_named = 0;
	size_t at = 0;

	*shifts_r = (struct gsm_shifts){ 0 };
	while (at + 2 <= length && at + 2 + header[at + 1] <= length) {
		if (header[at + 1] == 1 && header[at] == IE_SINGLE_SHIFT)
			shifts_r->single = header[at + 2];
		if (header[at + 1] == 1 && header[at] == IE_LOCKING_SHIFT)
			shifts_r->locking = header[at + 2];
		is_named |= header[at] == IE_SINGLE_SHIFT ||
		    header[at] == IE_LOCKING_SHIFT;
		at += 2 + (size_t)header[at + 1];
	}
	return (is_named);
}

int
modem_pdu_names_tables(const unsigned char *header, size_t length)
{
	struct gsm_shifts shifts;

	return (length > 1 && read_shifts(header + 1, length - 1, &shifts));
}

static int
is_seven_bits(int coding)
{
	if (coding < 0)
		return (0);
	if ((coding & 0xf0) == CODING_CLASS)
		return ((coding & 0x04) == 0);
	return ((coding & 0xc0) == CODING_GENERAL &&
	    (coding & CODING_IS_COMPRESSED) == 0 &&
	    (coding & CODING_ALPHABET) == 0);
}

/* The septet that begins at a bit behind TP-UDL, or -1. */
static int
septet_at(const char *hex, size_t place, size_t bit)
{
	int low = octet_at(hex, place + bit / OCTET_BITS);
	int high = octet_at(hex, place + bit / OCTET_BITS + 1);
	unsigned shift = bit % OCTET_BITS;

	if (low < 0 || (shift > 1 && high < 0))
		return (-1);
	return (
	    (low | (high < 0 ? 0 : high) << OCTET_BITS) >> shift & SEPTET_MASK);
}

enum outcome
modem_pdu_read_national(const char *hex, struct text *text)
{
	size_t coding_place = 0;
	size_t place = place_of_length(hex, &coding_place);
	int count = place > 0 ? octet_at(hex, place) : -1;
	int header_length = octet_at(hex, place + 1);
	size_t smsc = 1 + (size_t)(octet_at(hex, 0) < 0 ? 0 : octet_at(hex, 0));
	unsigned char header[LENGTH_MOST];
	uint8_t septets[SEPTETS_MOST];
	struct gsm_shifts shifts;
	size_t first;

	if (count < 0 || count > LENGTH_MOST || header_length < 0 ||
	    (octet_at(hex, smsc) & HAS_HEADER) == 0 ||
	    !is_seven_bits(octet_at(hex, coding_place)))
		return (REFUSED);
	/* The header and the fill bits behind it take whole septets. */
	first = ((size_t)header_length + 1) * OCTET_BITS + SEPTET_BITS - 1;
	first /= SEPTET_BITS;
	if (first > (size_t)count)
		return (REFUSED);
	for (size_t i = 0; i < (size_t)header_length; i++)
		header[i] = (unsigned char)octet_at(hex, place + 2 + i);
	if (!read_shifts(header, (size_t)header_length, &shifts))
		return (NOTHING);
	for (size_t i = first; i < (size_t)count; i++) {
		int septet = septet_at(hex, place + 1, i * SEPTET_BITS);

		if (septet < 0)
			return (REFUSED);
		septets[i - first] = (uint8_t)septet;
	}
	gsm_national_add(text, septets, (size_t)count - first, &shifts);
	return (DONE);
}
