#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/text.h"
#include "gateway/line/modem.h"

enum {
	LIST_MAX_BYTES = 512 * 1024,
	LIST_MS = 20000,
	ASK_MS = 5000,
	LENGTH_MOST = 160, /* TP-UDL of whatever alphabet */
	TYPE_DELIVER = 0,
	TYPE_SUBMIT = 1,
};

/* The octet at a place of a PDU in hexadecimal, or -1 behind its end. */
static int
octet_at(const char *hex, size_t place)
{
	char digits[3] = "";
	char *end;
	long octet;

	if (strlen(hex) < 2 * place + 2)
		return (-1);
	memcpy(digits, hex + 2 * place, 2);
	octet = strtol(digits, &end, 16);
	return (*end == '\0' ? (int)octet : -1);
}

/* Where TP-UDL stands, 3GPP TS 23.040 sections 9.2.2.1 and 9.2.2.2; 0: the
 * message has none, or is too short. */
static size_t
place_of_length(const char *hex)
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
	if ((first & 3) == TYPE_DELIVER)
		return (place + 7);
	return (place + validity_octets[first >> 3 & 3]);
}

int
modem_scan_is_deadly(const char *hex)
{
	size_t place = place_of_length(hex);
	int length = place > 0 ? octet_at(hex, place) : 0;

	return (length > LENGTH_MOST &&
	    octet_at(hex, place + ((size_t)length * 7 + 7) / 8) >= 0);
}

static void
announce_and_delete(struct modem *modem, int index)
{
	struct line_message message = { .kind = LINE_ARRIVED };
	char line[32];

	log_warning("the message at index %d would end this process; deleting "
		    "it",
	    index);
	modem_message_unreadable(index, &message.arrived);
	/* Nothing of it can be kept until it is released: the sweep comes by
	 * here. */
	message.arrived.slot = modem_slot_add(modem, 0, SLOT_ANNOUNCED);
	modem_tell(modem, &message);
	snprintf(line, sizeof(line), "AT+CMGD=%d\r", index);
	modem_write_raw(modem, line, ASK_MS);
}

/* A list is lines "+CMGL: 3,1,,25", each with a line that is its PDU. */
static void
read_list(struct modem *modem, char *list)
{
	char *rest = list;
	char *line;
	int64_t index = -1;
	char digits[12];

	while (!modem->is_lost && (line = strsep(&rest, "\r\n")) != NULL) {
		if (strncmp(line, "+CMGL: ", 7) == 0) {
			snprintf(digits, sizeof(digits), "%.*s",
			    (int)strspn(line + 7, "0123456789"), line + 7);
			if (!text_read_integer(
				digits, 0, GSM_PHONE_MAXSMSINFOLDER, &index))
				index = -1;
		} else if (index >= 0 && line[0] != '\0') {
			if (modem_scan_is_deadly(line))
				announce_and_delete(modem, (int)index);
			index = -1;
		}
	}
}

void
modem_scan(struct modem *modem)
{
	static const char *const memories[] = {
		"AT+CPMS=\"SM\"\r",
		"AT+CPMS=\"ME\"\r",
	};
	char *list = memory_new(LIST_MAX_BYTES, 1);

	for (size_t i = 0; i < COUNT_OF(memories) && !modem->is_lost; i++) {
		if (modem_ask_raw(
			modem, "AT+CMGF=0\r", ASK_MS, list, LIST_MAX_BYTES) &&
		    modem_ask_raw(
			modem, memories[i], ASK_MS, list, LIST_MAX_BYTES) &&
		    modem_ask_raw(
			modem, "AT+CMGL=4\r", LIST_MS, list, LIST_MAX_BYTES))
			read_list(modem, list);
	}
	free(list);
}
