#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/text.h"
#include "gateway/line/modem.h"

enum {
	LIST_MAX_BYTES = 512 * 1024,
	LIST_MS = 20000,
	ASK_MS = 5000,
};

static void
announce_and_delete(struct modem *modem, int index, const char *pdu)
{
	struct line_message message = { .kind = LINE_ARRIVED };
	char line[32];

	log_warning("the message at index %d would end this process; deleting "
		    "it",
	    index);
	modem_message_unreadable(index, pdu, &message.arrived);
	/* Nothing of it can be kept until it is released: the sweep comes by
	 * here. */
	message.arrived.slot = modem_slot_add(modem, 0, SLOT_ANNOUNCED);
	modem_tell(modem, &message);
	snprintf(line, sizeof(line), "AT+CMGD=%d\r", index);
	modem_write_raw(modem, line, ASK_MS);
}

/* A place in the lists, as libGammu numbers them: memory after memory. */
struct place {
	int memory; /* its index in `memories` */
	int index; /* the modem's own number */
	int location;
	int before; /* the location that is listed before it, 0 for none */
};

/* What ended the process before this one, or would end this. */
static int
must_go(const struct modem *modem, const struct place *place, const char *pdu)
{
	const struct line_arguments *arguments = modem->arguments;

	if (modem_pdu_is_deadly(pdu))
		return (1);
	if (arguments->died_at == WORK_READ)
		return (place->location == arguments->died_location);
	return (arguments->died_at == WORK_SWEEP &&
	    place->before == arguments->died_location);
}

static int
location_of(struct modem *modem, int memory, int index)
{
	/* libGammu counts from 1 also where the modem counts from 0. */
	if (GSM_IsPhoneFeatureAvailable(
		GSM_GetModelInfo(modem->machine), F_SMS_LOCATION_0))
		index++;
	return (memory * GSM_PHONE_MAXSMSINFOLDER + index);
}

/* A list is lines "+CMGL: 3,1,,25", each with a line that is its PDU. */
static void
read_list(struct modem *modem, char *list, struct place *place)
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
			place->index = (int)index;
			if (index == 0)
				modem_count_from_zero(modem);
			place->location =
			    location_of(modem, place->memory, place->index);
			if (must_go(modem, place, line))
				announce_and_delete(modem, place->index, line);
			place->before = place->location;
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
	struct place place = { 0 };

	for (size_t i = 0; i < COUNT_OF(memories) && !modem->is_lost; i++) {
		place.memory = (int)i;
		if (modem_ask_raw(
			modem, "AT+CMGF=0\r", ASK_MS, list, LIST_MAX_BYTES) &&
		    modem_ask_raw(
			modem, memories[i], ASK_MS, list, LIST_MAX_BYTES) &&
		    modem_ask_raw(
			modem, "AT+CMGL=4\r", LIST_MS, list, LIST_MAX_BYTES))
			read_list(modem, list, &place);
	}
	explicit_bzero(list, LIST_MAX_BYTES);
	free(list);
}
