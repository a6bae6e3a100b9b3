/* The memory of a modem past libGammu: what lies where, its bytes, and its
 * deletion.  For messages that libGammu cannot read, or would not survive.
 *
 * libGammu remembers which memory it chose; whoever chooses one here gives it
 * back by modem_raw_end() before libGammu reads again.
 */
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/text.h"
#include "gateway/line/modem.h"
#include "gateway/line/wire.h"

enum {
	LIST_MAX_BYTES = 512 * 1024,
	LIST_MS = 20000,
	ASK_MS = 5000,
	ANSWER_MAX_BYTES = 4096,
	READS_MOST = 4,
	OCTETS_LEAST = 14, /* of a PDU: no service centre, no sender, no text */
	OCTETS_MOST = 512, /* a sound one has 176 */
	SPARE_OCTETS = 256, /* libGammu reads behind the end of some */
	PADDING = 0xff, /* by which some modems fill up, and libGammu's */
	PADDING_ODD = 0x89, /* second excuse for bytes too many */
};

static const char *const memories[] = {
	"AT+CPMS=\"SM\"\r",
	"AT+CPMS=\"ME\"\r",
};

static int
ask(struct modem *modem, const char *line, char *answer, size_t size)
{
	return (modem_ask_raw(modem, line, ASK_MS, answer, size));
}

/* The place's number counts memories that are there: a modem without a SIM's
 * memory has its own first. */
static int
choose_memory(struct modem *modem, int location)
{
	char answer[ANSWER_MAX_BYTES];
	size_t wanted = (size_t)(location / GSM_PHONE_MAXSMSINFOLDER);

	modem->has_chosen_memory = 1;
	if (!ask(modem, "AT+CMGF=0\r", answer, sizeof(answer)))
		return (0);
	for (size_t i = wanted; i < COUNT_OF(memories) && !modem->is_lost; i++)
		if (ask(modem, memories[i], answer, sizeof(answer)))
			return (1);
	return (0);
}

void
modem_raw_end(struct modem *modem)
{
	GSM_SMSMemoryStatus status;
	GSM_Error error;

	if (!modem->has_chosen_memory || modem->is_lost)
		return;
	modem_settle(modem);
	/* It chooses both, and knows then which it chose. */
	error = GSM_GetSMSStatus(modem->machine, &status);
	if (!modem_check(modem, error, "choose a memory"))
		modem->has_chosen_memory = 0;
}

static int
is_hexadecimal(const char *line, size_t length)
{
	return (length > 0 && strspn(line, "0123456789ABCDEFabcdef") >= length);
}

/* The PDU stands on a line behind +CMGR; a notice may have come between. */
static void
find_pdu(const char *answer, struct text *pdu)
{
	const char *line = strchr(answer, '\n');

	while (line != NULL) {
		size_t length;

		line += strspn(line, "\r\n");
		length = strcspn(line, "\r\n");
		if (is_hexadecimal(line, length)) {
			text_clear(pdu);
			text_add_bytes(pdu, line, length);
			return;
		}
		if (length > 0 && strncmp(line, "OK", length) != 0 &&
		    strchr("+^", line[0]) == NULL && pdu->length == 0)
			text_add_bytes(pdu, line, length);
		line = strchr(line, '\n');
	}
}

/* Once; the memory is chosen. */
static enum modem_raw
read_once(struct modem *modem, int location, struct text *pdu)
{
	char answer[ANSWER_MAX_BYTES];
	char line[32];
	char code[16];
	const char *begin;
	int is_ok;

	snprintf(line, sizeof(line), "AT+CMGR=%d\r",
	    modem_location_index(modem, location));
	is_ok = ask(modem, line, answer, sizeof(answer));
	begin = strstr(answer, "+CMGR: ");
	text_clear(pdu);
	if (is_ok && begin != NULL)
		find_pdu(begin, pdu);
	if (!is_ok && wire_find(answer, "+CMS ERROR: ", code, sizeof(code)) &&
	    strcmp(code, "321") == 0)
		is_ok = 1;
	explicit_bzero(answer, sizeof(answer));
	if (!is_ok)
		return (RAW_NOT_HAD);
	return (begin == NULL ? RAW_EMPTY : RAW_READ);
}

enum modem_raw
modem_raw_read(struct modem *modem, int location, struct text *pdu)
{
	enum modem_raw before = RAW_NOT_HAD;
	struct text first = { 0 };
	enum modem_raw now = RAW_NOT_HAD;
	int is_sure = 0;

	if (!choose_memory(modem, location))
		return (RAW_NOT_HAD);
	for (int i = 0; i < READS_MOST && !is_sure && !modem->is_lost; i++) {
		now = read_once(modem, location, pdu);
		is_sure = i > 0 && now == before && now != RAW_NOT_HAD &&
		    strcmp(text_string(&first), text_string(pdu)) == 0;
		before = now;
		text_clear(&first);
		text_add(&first, text_string(pdu));
	}
	text_free(&first);
	return (is_sure ? now : RAW_NOT_HAD);
}

enum raw_place {
	PLACE_UNKNOWN,
	PLACE_IS_EMPTY,
	PLACE_HAS_IT,
	PLACE_HAS_ANOTHER, /* which nobody has read yet */
};

static enum raw_place
look_at(struct modem *modem, int location, uint64_t print)
{
	struct text pdu = { 0 };
	enum raw_place place = PLACE_UNKNOWN;

	switch (modem_raw_read(modem, location, &pdu)) {
	case RAW_EMPTY:
		place = PLACE_IS_EMPTY;
		break;
	case RAW_READ:
		place = modem_message_print_of(text_string(&pdu)) == print
		    ? PLACE_HAS_IT
		    : PLACE_HAS_ANOTHER;
		break;
	case RAW_NOT_HAD:
		break;
	}
	text_free(&pdu);
	return (place);
}

int
modem_raw_delete(struct modem *modem, int location, uint64_t print)
{
	char answer[WIRE_ANSWER_MAX_BYTES];
	char line[32];
	enum raw_place place = look_at(modem, location, print);

	if (place == PLACE_HAS_IT) {
		snprintf(line, sizeof(line), "AT+CMGD=%d\r",
		    modem_location_index(modem, location));
		(void)ask(modem, line, answer, sizeof(answer));
		place = look_at(modem, location, print);
	}
	modem_raw_end(modem);
	if (place == PLACE_HAS_ANOTHER)
		modem_sweep_soon(modem);
	return ((place == PLACE_IS_EMPTY || place == PLACE_HAS_ANOTHER) &&
	    !modem->is_lost);
}

/* -- all that there is ------------------------------------------------------- */

static int
location_of(struct modem *modem, int memory, int index)
{
	/* libGammu counts from 1 also where the modem counts from 0. */
	if (GSM_IsPhoneFeatureAvailable(
		GSM_GetModelInfo(modem->machine), F_SMS_LOCATION_0))
		index++;
	return (memory * GSM_PHONE_MAXSMSINFOLDER + index);
}

static void
add_place(struct modem_places *places, int location, const char *pdu)
{
	struct modem_place *place;

	places->list = memory_grow(places->list, places->count,
	    places->count + 1, sizeof(*places->list));
	place = &places->list[places->count++];
	place->location = location;
	place->is_deadly = modem_pdu_is_deadly(pdu);
}

/* A list is lines "+CMGL: 3,1,,25", each with a line that is its PDU. */
static void
read_list(
    struct modem *modem, char *list, int memory, struct modem_places *places)
{
	char *rest = list;
	char *line;
	int64_t index = -1;
	char digits[12];

	while ((line = strsep(&rest, "\r\n")) != NULL) {
		if (strncmp(line, "+CMGL: ", 7) == 0) {
			/* One whose PDU is no line at all. */
			if (index >= 0)
				add_place(places,
				    location_of(modem, memory, (int)index), "");
			snprintf(digits, sizeof(digits), "%.*s",
			    (int)strspn(line + 7, "0123456789"), line + 7);
			if (!text_read_integer(digits, 0,
				GSM_PHONE_MAXSMSINFOLDER - 1, &index))
				index = -1;
			if (index == 0)
				modem_count_from_zero(modem);
		} else if (index >= 0 && line[0] != '\0' &&
		    strchr("+^", line[0]) == NULL) {
			add_place(places,
			    location_of(modem, memory, (int)index), line);
			index = -1;
		}
	}
}

int
modem_raw_list(struct modem *modem, struct modem_places *places_r)
{
	char *list = memory_new(LIST_MAX_BYTES, 1);
	int memory = 0;
	int is_whole = 1;

	memset(places_r, 0, sizeof(*places_r));
	modem->has_chosen_memory = 1;
	is_whole = ask(modem, "AT+CMGF=0\r", list, LIST_MAX_BYTES);
	for (size_t i = 0; i < COUNT_OF(memories) && is_whole; i++) {
		/* A modem need not have both. */
		if (!ask(modem, memories[i], list, LIST_MAX_BYTES)) {
			is_whole =
			    !modem->is_lost && strstr(list, "ERROR") != NULL;
			continue;
		}
		is_whole = modem_ask_raw(
		    modem, "AT+CMGL=4\r", LIST_MS, list, LIST_MAX_BYTES);
		if (is_whole)
			read_list(modem, list, memory++, places_r);
	}
	explicit_bzero(list, LIST_MAX_BYTES);
	free(list);
	modem_raw_end(modem);
	return (is_whole && memory > 0 && !modem->is_lost);
}

/* -- from the bytes ------------------------------------------------------------ */

static int
digit_of(char digit)
{
	const char *digits = "0123456789ABCDEF";
	const char *at = strchr(
	    digits, digit >= 'a' && digit <= 'f' ? digit - 'a' + 'A' : digit);

	return (at != NULL ? (int)(at - digits) : 0);
}

int
modem_raw_decode(struct modem *modem, const char *pdu, GSM_SMSMessage *sms_r)
{
	size_t length = strlen(pdu) / 2;
	unsigned char *octets;
	size_t read = 0;
	GSM_Error error;
	int is_whole;

	if (length < OCTETS_LEAST || length > OCTETS_MOST ||
	    strlen(pdu) % 2 != 0 || !is_hexadecimal(pdu, strlen(pdu)) ||
	    modem_pdu_is_deadly(pdu))
		return (0);
	octets = memory_new(OCTETS_MOST + SPARE_OCTETS, 1);
	for (size_t i = 0; i < length; i++)
		octets[i] = (unsigned char)(digit_of(pdu[2 * i]) << 4 |
		    digit_of(pdu[2 * i + 1]));
	memset(sms_r, 0, sizeof(*sms_r));
	GSM_SetDefaultReceivedSMSData(sms_r);
	error = GSM_DecodePDUFrame(
	    GSM_GetDI(modem->machine), sms_r, octets, length, &read, TRUE);
	/* It also reads on behind the end. */
	is_whole = read == length ||
	    (read < length &&
		(octets[read] == PADDING || octets[read] == PADDING_ODD ||
		    sms_r->PDU == SMS_Status_Report));
	explicit_bzero(octets, OCTETS_MOST + SPARE_OCTETS);
	free(octets);
	return (error == ERR_NONE && is_whole);
}
