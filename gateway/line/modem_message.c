#include "gateway/line/modem.h"

#include "gateway/base/text.h"
#include "gateway/text/utf8.h"

enum {
	TILDE = '~',
	DELETE = 0x7f,
	UCS2_MOST = 70, /* libGammu writes no more units than that */
	IE_CONCAT_8 = 0x00, /* 3GPP TS 23.040 section 9.2.3.24 */
	IE_CONCAT_16 = 0x08,
	ZONE_MOST_S = 14 * 3600,
	YEAR_LEAST = 2000,
	YEAR_MOST = 2079, /* libGammu makes 2080 and more of the 1990s */
};

#define PRINT_START UINT64_C(14695981039346656037)

static unsigned
unit_at(const unsigned char *utf16, size_t index)
{
	return ((unsigned)utf16[2 * index] << 8 | utf16[2 * index + 1]);
}

static size_t
count_units(const unsigned char *utf16, size_t room)
{
	size_t units = 0;

	while (2 * units + 1 < room && unit_at(utf16, units) != 0)
		units++;
	return (units);
}

static void
keep(const struct text *text, size_t max_bytes, char *utf8_r)
{
	const char *string = text_string(text);
	size_t length = utf8_cut(string, max_bytes);

	memcpy(utf8_r, string, length);
	utf8_r[length] = '\0';
}

void
modem_message_words(
    const unsigned char *utf16, size_t room, size_t max_bytes, char *utf8_r)
{
	struct text text = { 0 };

	utf8_add_from_utf16be(&text, utf16, count_units(utf16, room));
	keep(&text, max_bytes, utf8_r);
	text_free(&text);
}

/* TP-SCTS in UTC; 0 when it is no sane time. */
static int64_t
utc_of(const GSM_DateTime *when)
{
	struct tm parts = {
		.tm_year = when->Year - 1900,
		.tm_mon = when->Month - 1,
		.tm_mday = when->Day,
		.tm_hour = when->Hour,
		.tm_min = when->Minute,
		.tm_sec = when->Second,
	};

	if (when->Year < YEAR_LEAST || when->Year > YEAR_MOST ||
	    when->Month < 1 || when->Month > 12 || when->Day < 1 ||
	    when->Day > 31 || when->Hour < 0 || when->Hour > 23 ||
	    when->Minute < 0 || when->Minute > 59 || when->Second < 0 ||
	    when->Second > 60)
		return (0);
	if (when->Timezone < -ZONE_MOST_S || when->Timezone > ZONE_MOST_S)
		return (0);
	return ((int64_t)timegm(&parts) - when->Timezone);
}

/*
 * Which part of what this is, from the header's own bytes.  libGammu copies
 * the header by the length the sender wrote, also from behind the end of the
 * message, so that a part without text is not believed to be one.
 */
static void
read_header(const GSM_SMSMessage *sms, struct arrival *arrival)
{
	const unsigned char *header = sms->UDH.Text;
	int length = sms->UDH.Length;
	int at = 1;

	while (sms->Length > 0 && at + 2 <= length) {
		const unsigned char *data = header + at + 2;
		int is_16 = header[at] == IE_CONCAT_16 && header[at + 1] == 4;
		int is_8 = header[at] == IE_CONCAT_8 && header[at + 1] == 3;

		if (at + 2 + header[at + 1] > length)
			return;
		at += 2 + header[at + 1];
		if (!is_8 && !is_16)
			continue;
		/* A total of 0 or a part beyond it: ignored (9.2.3.24.1). */
		if (data[1 + is_16] < 2 || data[2 + is_16] < 1 ||
		    data[2 + is_16] > data[1 + is_16])
			continue;
		arrival->join_reference =
		    is_16 ? data[0] << 8 | data[1] : data[0];
		arrival->join_bits = is_16 ? 16 : 8;
		arrival->parts = data[1 + is_16];
		arrival->part = data[2 + is_16];
	}
}

/* libGammu takes UCS-2 for Nokia's: it writes a tilde as two and U+0001 as
 * one.  The other way round here; the control character is dropped. */
static void
add_ucs2(struct text *text, const GSM_SMSMessage *sms)
{
	size_t most = sizeof(sms->Text) / 2 - 1;
	unsigned char plain[sizeof(sms->Text)];
	size_t length = sms->Length > 0 ? (size_t)sms->Length : 0;
	size_t used = 0;
	size_t from = 0;

	for (size_t i = 0; i < length && from < most; i++, from++) {
		unsigned unit = unit_at(sms->Text, from);

		if (unit == TILDE && unit_at(sms->Text, from + 1) != TILDE)
			continue;
		if (unit == TILDE)
			from++;
		plain[2 * used] = (unsigned char)(unit >> 8);
		plain[2 * used + 1] = (unsigned char)(unit & 0xff);
		used++;
	}
	utf8_add_from_utf16be(text, plain, used);
}

/* FNV-1a: tells two binary messages of one second apart, the same after every
 * start. */
static uint64_t
add_print(uint64_t hash, const void *bytes, size_t length)
{
	const unsigned char *byte = bytes;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ byte[i]) * UINT64_C(1099511628211);
	return (hash);
}

static uint64_t
fingerprint(const unsigned char *bytes, size_t length)
{
	return (add_print(PRINT_START, bytes, length));
}

uint64_t
modem_message_print_of(const char *pdu)
{
	return (fingerprint((const unsigned char *)pdu, strlen(pdu)));
}

/* Field by field: what libGammu leaves in between is not always the same. */
uint64_t
modem_message_print(const GSM_SMSMessage *sms)
{
	int numbers[] = { sms->PDU, sms->Coding, sms->Length, sms->Class,
		sms->DateTime.Year, sms->DateTime.Month, sms->DateTime.Day,
		sms->DateTime.Hour, sms->DateTime.Minute, sms->DateTime.Second,
		sms->UDH.Length };
	uint64_t hash =
	    fingerprint((const unsigned char *)numbers, sizeof(numbers));

	hash = add_print(hash, sms->Number,
	    2 * count_units(sms->Number, sizeof(sms->Number)));
	hash = add_print(
	    hash, sms->Text, 2 * count_units(sms->Text, sizeof(sms->Text)));
	if (sms->UDH.Length > 0 && sms->UDH.Length <= GSM_MAX_UDH_LENGTH)
		hash = add_print(hash, sms->UDH.Text, (size_t)sms->UDH.Length);
	return (hash);
}

static void
read_content(const GSM_SMSMessage *sms, struct arrival *arrival)
{
	struct text text = { 0 };

	if (sms->Coding == SMS_Coding_Default_No_Compression)
		utf8_add_from_utf16be(&text, sms->Text,
		    count_units(sms->Text, sizeof(sms->Text)));
	else if (sms->Coding == SMS_Coding_Unicode_No_Compression)
		add_ucs2(&text, sms);
	else
		arrival->kind = ARRIVAL_BINARY;
	if (arrival->kind == ARRIVAL_BINARY && sms->Length > 0 &&
	    sms->Length <= GSM_MAX_8BIT_SMS_LENGTH)
		arrival->token = fingerprint(sms->Text, (size_t)sms->Length);
	keep(&text, sizeof(arrival->text) - 1, arrival->text);
	text_free(&text);
}

static void
start_arrival(struct arrival *arrival)
{
	memset(arrival, 0, sizeof(*arrival));
	arrival->kind = ARRIVAL_SMS;
	arrival->join_reference = -1;
	arrival->part = 1;
	arrival->parts = 1;
}

GSM_Error
modem_message_believe(GSM_Error error, const GSM_SMSMessage *sms)
{
	int is_filled = sms->DateTime.Year != 0 || sms->DateTime.Day != 0 ||
	    sms->Length != 0 || sms->UDH.Length != 0 ||
	    count_units(sms->Number, sizeof(sms->Number)) > 0;

	return (error == ERR_NONE && !is_filled ? ERR_UNKNOWN : error);
}

void
modem_message_unreadable(
    int location, const char *pdu, struct arrival *arrival_r)
{
	size_t used = 0;

	start_arrival(arrival_r);
	arrival_r->kind = ARRIVAL_UNREADABLE;
	arrival_r->token = (uint64_t)location;
	if (pdu[0] != '\0')
		arrival_r->token += modem_message_print_of(pdu);
	modem_pdu_sender(pdu, arrival_r->sender);
	for (; *pdu != '\0' && used + 1 < sizeof(arrival_r->text); pdu++)
		arrival_r->text[used++] =
		    *pdu >= ' ' && *pdu < DELETE ? *pdu : '?';
}

enum modem_message_kind
modem_message_read(const GSM_SMSMessage *sms, struct arrival *arrival_r)
{
	const GSM_UDHHeader *header = &sms->UDH;

	if (sms->PDU == SMS_Status_Report)
		return (MESSAGE_REPORT);
	if (sms->PDU == SMS_Submit)
		return (MESSAGE_OWN);
	start_arrival(arrival_r);
	/* A header longer than a message: libGammu has written it over the
	 * sender, and nothing of this can be believed. */
	if (header->Length < 0 || header->Length > GSM_MAX_UDH_LENGTH ||
	    (header->Length > 0 && header->Text[0] + 1 != header->Length)) {
		modem_message_unreadable(sms->Location, "", arrival_r);
		return (MESSAGE_ARRIVAL);
	}
	arrival_r->network_utc_s = utc_of(&sms->DateTime);
	modem_message_words(sms->Number, sizeof(sms->Number),
	    PROTOCOL_SENDER_MAX_BYTES, arrival_r->sender);
	arrival_r->flash = sms->Class == GSM_SMS_Flash;
	read_header(sms, arrival_r);
	read_content(sms, arrival_r);
	return (MESSAGE_ARRIVAL);
}

/* A tilde of ours is doubled for the same reason, while that fits; a dash
 * stands for it where it does not. */
static void
write_ucs2(const struct text *utf16, unsigned char *out)
{
	size_t units = utf16->length / 2;
	const unsigned char *in = (const unsigned char *)utf16->bytes;
	size_t spare = units < UCS2_MOST ? UCS2_MOST - units : 0;
	size_t used = 0;

	for (size_t i = 0; i < units && used < UCS2_MOST; i++) {
		unsigned unit = unit_at(in, i);
		int is_doubled = unit == TILDE && spare > 0;

		if (unit == TILDE && !is_doubled)
			unit = '-';
		spare -= (size_t)is_doubled;
		for (int copy = 0; copy <= is_doubled; copy++, used++) {
			out[2 * used] = (unsigned char)(unit >> 8);
			out[2 * used + 1] = (unsigned char)(unit & 0xff);
		}
	}
	out[2 * used] = 0;
	out[2 * used + 1] = 0;
}

static void
write_header(const struct modem_segment *segment, GSM_UDHHeader *header)
{
	if (segment->total < 2)
		return;
	header->Type = UDH_UserUDH;
	header->Length = 6;
	header->Text[0] = 5;
	header->Text[1] = IE_CONCAT_8;
	header->Text[2] = 3;
	header->Text[3] = (unsigned char)segment->reference;
	header->Text[4] = (unsigned char)segment->total;
	header->Text[5] = (unsigned char)segment->part;
}

void
modem_message_write(const struct modem_segment *segment,
    const unsigned char *smsc, GSM_SMSMessage *sms_r)
{
	struct text utf16 = { 0 };
	size_t bytes;

	memset(sms_r, 0, sizeof(*sms_r));
	GSM_SetDefaultSMSData(sms_r);
	/* libGammu's default is class 0, a flash on the screen of whoever holds
	 * the phone, and delivery for as long as the network likes.  An answer
	 * older than a day may meet another reader. */
	sms_r->Class = GSM_SMS_None;
	sms_r->SMSC.Validity.Relative = SMS_VALID_1_Day;
	CopyUnicodeString(sms_r->SMSC.Number, smsc);
	EncodeUnicode(sms_r->Number, segment->to, strlen(segment->to));
	write_header(segment, &sms_r->UDH);
	sms_r->Coding = segment->is_unicode ? SMS_Coding_Unicode_No_Compression
					    : SMS_Coding_Default_No_Compression;
	utf8_add_as_utf16be(&utf16, segment->utf8);
	if (segment->is_unicode) {
		write_ucs2(&utf16, sms_r->Text);
	} else {
		bytes = utf16.length;
		if (bytes > 2 * GSM_MAX_SMS_CHARS_LENGTH)
			bytes = 2 * GSM_MAX_SMS_CHARS_LENGTH;
		if (bytes > 0)
			memcpy(sms_r->Text, utf16.bytes, bytes);
	}
	sms_r->Length = (int)count_units(sms_r->Text, sizeof(sms_r->Text));
	text_free(&utf16);
}
