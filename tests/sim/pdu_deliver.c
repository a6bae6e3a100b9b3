#include "tests/sim/pdu.h"

#include "tests/sim/alphabet.h"

enum {
	TYPE_INTERNATIONAL = 0x91,
	TYPE_UNKNOWN = 0x81,
	TYPE_NAME = 0xd0,
	FIRST_DELIVER = 0x04, /* nothing more is waiting */
	FIRST_REPORT = 0x06,
	FIRST_HAS_HEADER = 0x40,
	CODING_DATA = 0x04,
	CODING_UCS2 = 0x08,
	CODING_HAS_CLASS = 0x10,
	TIME_OCTETS = 7,
	IE_JOIN_8 = 0x00,
	IE_JOIN_16 = 0x08,
};

/* Any service centre does; nobody calls it back. */
static const char service_centre[] = "+9779800000000";

/* Digits swapped in pairs, the last alone with a filler. */
static void
add_digits(struct text *octets, const char *digits, size_t count)
{
	size_t i;
	int low;
	int high;

	for (i = 0; i < count; i += 2) {
		low = digits[i] - '0';
		high = i + 1 < count ? digits[i + 1] - '0' : 0x0f;
		text_add_byte(octets, high << 4 | low);
	}
}

static int
is_number(const char *address)
{
	size_t from = address[0] == '+' ? 1 : 0;

	return (address[from] != '\0' &&
	    strspn(address + from, "0123456789") == strlen(address + from));
}

/* A name: packed septets, its length in useful half octets (9.1.2.5). */
static void
add_name(struct text *octets, const char *name)
{
	struct text septets = { 0 };

	(void)alphabet_add_septets(&septets, name);
	text_add_byte(octets, (int)((septets.length * 7 + 3) / 4));
	text_add_byte(octets, TYPE_NAME);
	alphabet_pack(octets, text_string(&septets), septets.length, 0);
	text_free(&septets);
}

static void
add_address(struct text *octets, const char *address)
{
	int is_international = address[0] == '+';
	size_t count;

	if (!is_number(address)) {
		add_name(octets, address);
		return;
	}
	address += is_international;
	count = strlen(address);
	text_add_byte(octets, (int)count);
	text_add_byte(
	    octets, is_international ? TYPE_INTERNATIONAL : TYPE_UNKNOWN);
	add_digits(octets, address, count);
}

static void
add_centre(struct text *octets)
{
	size_t count = strlen(service_centre + 1);

	text_add_byte(octets, (int)((count + 1) / 2 + 1));
	text_add_byte(octets, TYPE_INTERNATIONAL);
	add_digits(octets, service_centre + 1, count);
}

static void
add_two_digits(struct text *octets, int value)
{
	text_add_byte(octets, value % 10 << 4 | value / 10 % 10);
}

/* 9.2.3.11, in UTC. */
static void
add_time(struct text *octets, int64_t utc_s)
{
	time_t seconds = (time_t)utc_s;
	struct tm parts = { 0 };

	if (utc_s == PDU_NO_TIME) {
		for (int i = 0; i < TIME_OCTETS; i++)
			text_add_byte(octets, 0xff);
		return;
	}
	(void)gmtime_r(&seconds, &parts);
	add_two_digits(octets, parts.tm_year % 100);
	add_two_digits(octets, parts.tm_mon + 1);
	add_two_digits(octets, parts.tm_mday);
	add_two_digits(octets, parts.tm_hour);
	add_two_digits(octets, parts.tm_min);
	add_two_digits(octets, parts.tm_sec);
	text_add_byte(octets, 0);
}

static int
coding(const struct pdu_deliver *deliver)
{
	int value = 0;

	if (deliver->alphabet == PDU_UCS2)
		value = CODING_UCS2;
	if (deliver->alphabet == PDU_DATA)
		value = CODING_DATA;
	if (deliver->message_class != PDU_NO_CLASS)
		value |= CODING_HAS_CLASS | deliver->message_class;
	return (value);
}

static void
add_join(struct text *octets, const struct pdu_join *join)
{
	int is_wide = join->bits == 16;

	text_add_byte(octets, is_wide ? 6 : 5);
	text_add_byte(octets, is_wide ? IE_JOIN_16 : IE_JOIN_8);
	text_add_byte(octets, is_wide ? 4 : 3);
	if (is_wide)
		text_add_byte(octets, join->reference >> 8 & 0xff);
	text_add_byte(octets, join->reference & 0xff);
	text_add_byte(octets, join->parts);
	text_add_byte(octets, join->part);
}

/* TP-UDL, header and body.  Septets begin at a septet boundary, which fill
 * bits behind the header make (9.2.3.24). */
static void
add_user_data(struct text *octets, const struct pdu_deliver *deliver)
{
	struct text header = { 0 };
	size_t header_septets;

	if (deliver->join.parts > 1)
		add_join(&header, &deliver->join);
	header_septets = (header.length * 8 + 6) / 7;
	if (deliver->alphabet == PDU_GSM)
		text_add_byte(octets, (int)(header_septets + deliver->length));
	else
		text_add_byte(octets, (int)(header.length + deliver->length));
	text_add_bytes(octets, text_string(&header), header.length);
	if (deliver->alphabet == PDU_GSM)
		alphabet_pack(octets, deliver->body, deliver->length,
		    (unsigned)(header_septets * 7 - header.length * 8));
	else
		text_add_bytes(octets, deliver->body, deliver->length);
	text_free(&header);
}

void
pdu_add_deliver(struct text *hex, const struct pdu_deliver *deliver)
{
	struct text octets = { 0 };
	int first = FIRST_DELIVER;

	if (deliver->join.parts > 1)
		first |= FIRST_HAS_HEADER;
	add_centre(&octets);
	text_add_byte(&octets, first);
	add_address(&octets, deliver->sender);
	text_add_byte(&octets, 0);
	text_add_byte(&octets, coding(deliver));
	add_time(&octets, deliver->utc_s);
	add_user_data(&octets, deliver);
	alphabet_add_hex(hex, text_string(&octets), octets.length);
	text_free(&octets);
}

void
pdu_add_report(struct text *hex, const struct pdu_report *report)
{
	struct text octets = { 0 };

	add_centre(&octets);
	text_add_byte(&octets, FIRST_REPORT);
	text_add_byte(&octets, report->message_reference & 0xff);
	add_address(&octets, report->recipient);
	add_time(&octets, report->sent_utc_s);
	add_time(&octets, report->done_utc_s);
	text_add_byte(&octets, report->status);
	alphabet_add_hex(hex, text_string(&octets), octets.length);
	text_free(&octets);
}

size_t
pdu_length(const char *hex)
{
	struct text first = { 0 };
	char two[3] = { 0 };
	size_t octets = strlen(hex) / 2;
	size_t centre = 0;

	if (octets == 0)
		return (0);
	memcpy(two, hex, 2);
	if (alphabet_read_hex(&first, two))
		centre = (uint8_t)first.bytes[0];
	text_free(&first);
	return (octets > centre + 1 ? octets - centre - 1 : 0);
}
