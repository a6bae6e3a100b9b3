/* Texts: memories, notices, reading, deleting, sending. */
#include "tests/sim/command.h"

#include "gateway/base/memory.h"

enum {
	SMALLEST_PDU_OCTETS = 7,
	LARGEST_PDU_OCTETS = 176,
	DELETE_READ = 1, /* the flag of AT+CMGD=n,flag */
	DELETE_ALL = 4,
};

static struct result
ok(void)
{
	return ((struct result){ RESULT_OK, 0 });
}

static struct result
cms(int code)
{
	return ((struct result){ RESULT_CMS, code });
}

static struct card *
read_card(struct modem *modem)
{
	return (&modem->cards[modem->read_memory]);
}

static int64_t
place_of(const struct modem *modem, const char *value)
{
	return (value_number(value, 0, -1) - modem->profile->first_place);
}

static struct result
run_format(struct modem *modem, const struct call *call, struct text *answer)
{
	(void)modem;
	if (call->ask == ASK_READ)
		answer_line(answer, "+CMGF: 0");
	else if (value_number(call->value, 0, 1) != 0)
		return ((struct result){ RESULT_ERROR, 0 });
	return (ok());
}

/* Which memory a name of AT+CPMS means: 1, or 0 for none. */
static int
read_memory_name(const struct modem *modem, const char *value, int n,
    enum modem_memory *memory)
{
	char word[8];
	int i;

	if (value_word(value, n, word, sizeof(word)) <= 0)
		return (1);
	for (i = 0; i < MEMORY_COUNT; i++) {
		if (strcmp(word, modem->cards[i].name) == 0) {
			*memory = (enum modem_memory)i;
			return (1);
		}
	}
	return (0);
}

static int
shown_used(const struct card *card)
{
	return (card->is_jammed ? card->size : card->used);
}

static struct result
run_memory(struct modem *modem, const struct call *call, struct text *answer)
{
	const struct card *read;
	const struct card *write;
	const struct card *receive;

	if (modem->needs_pin || modem->has_no_sim)
		return (cms(modem->needs_pin ? CMS_SIM_PIN : CMS_NO_SIM));
	if (call->ask == ASK_SET &&
	    (!read_memory_name(modem, call->value, 0, &modem->read_memory) ||
		!read_memory_name(
		    modem, call->value, 1, &modem->write_memory) ||
		!read_memory_name(
		    modem, call->value, 2, &modem->receive_memory)))
		return ((struct result){ RESULT_ERROR, 0 });
	read = read_card(modem);
	write = &modem->cards[modem->write_memory];
	receive = &modem->cards[modem->receive_memory];
	if (call->ask == ASK_READ)
		answer_line(answer,
		    "+CPMS: \"%s\",%d,%d,\"%s\",%d,%d,\"%s\",%d,%d", read->name,
		    shown_used(read), read->size, write->name,
		    shown_used(write), write->size, receive->name,
		    shown_used(receive), receive->size);
	else
		answer_line(answer, "+CPMS: %d,%d,%d,%d,%d,%d",
		    shown_used(read), read->size, shown_used(write),
		    write->size, shown_used(receive), receive->size);
	return (ok());
}

static struct result
run_notices(struct modem *modem, const struct call *call, struct text *answer)
{
	struct settings *settings = &modem->settings;
	const char *value = call->value;

	if (call->ask == ASK_READ) {
		answer_line(answer, "+CNMI: %d,%d,0,%d,0",
		    settings->notice_mode, settings->notice_text,
		    settings->notice_report);
		return (ok());
	}
	settings->notice_mode = (int)value_number(value, 0, 0);
	settings->notice_text =
	    (int)value_number(value, 1, settings->notice_text);
	settings->notice_report =
	    (int)value_number(value, 3, settings->notice_report);
	return (ok());
}

static struct result
run_centre(struct modem *modem, const struct call *call, struct text *answer)
{
	struct settings *settings = &modem->settings;

	if (call->ask == ASK_READ)
		answer_line(answer, "+CSCA: \"%s\",%d", settings->centre,
		    settings->centre[0] == '+' ? 145 : 129);
	else
		(void)value_word(
		    call->value, 0, settings->centre, sizeof(settings->centre));
	return (ok());
}

static struct result
run_list(struct modem *modem, const struct call *call, struct text *answer)
{
	struct card *card = read_card(modem);
	int64_t wanted = value_number(call->value, 0, CARD_UNREAD);
	struct card_place *place;
	int64_t i;

	if (modem->needs_pin)
		return (cms(CMS_SIM_PIN));
	for (i = 0; i < card->size; i++) {
		place = card_get(card, i);
		if (place == NULL ||
		    (wanted != CARD_ALL && wanted != (int64_t)place->status))
			continue;
		answer_line(answer, "+CMGL: %d,%d,,%zu\r\n%s",
		    (int)i + modem->profile->first_place, (int)place->status,
		    pdu_length(place->hex), place->hex);
		if (place->status == CARD_UNREAD)
			place->status = CARD_READ;
	}
	return (ok());
}

static struct result
run_read(struct modem *modem, const struct call *call, struct text *answer)
{
	struct card_place *place =
	    card_get(read_card(modem), place_of(modem, call->value));

	if (modem->needs_pin)
		return (cms(CMS_SIM_PIN));
	if (place == NULL)
		return (cms(CMS_INVALID_INDEX));
	answer_line(answer, "+CMGR: %d,,%zu\r\n%s", (int)place->status,
	    pdu_length(place->hex), place->hex);
	if (place->status == CARD_UNREAD)
		place->status = CARD_READ;
	return (ok());
}

/* AT+CMGD=n,flag: 1 the read ones, 2 and the sent, 3 and the unsent, 4 all. */
static void
delete_many(struct modem *modem, int64_t flag)
{
	static const int64_t from_flag[] = {
		[CARD_UNREAD] = DELETE_ALL,
		[CARD_READ] = DELETE_READ,
		[CARD_SENT] = 2,
		[CARD_UNSENT] = 3,
	};
	struct card *card = read_card(modem);
	struct card_place *place;
	int64_t i;

	for (i = 0; i < card->size; i++) {
		place = card_get(card, i);
		if (place == NULL || flag < from_flag[place->status])
			continue;
		(void)card_delete(card, i);
		modem->counts.deletes++;
	}
}

static struct result
run_delete(struct modem *modem, const struct call *call, struct text *answer)
{
	int64_t flag = value_number(call->value, 1, 0);
	int64_t place = place_of(modem, call->value);
	struct card *card = read_card(modem);

	(void)answer;
	if (modem->needs_pin)
		return (cms(CMS_SIM_PIN));
	if (flag > 0) {
		delete_many(modem, flag);
		return (ok());
	}
	if (place < 0 || place >= card->size)
		return (cms(CMS_INVALID_INDEX));
	/* An empty place is deleted without a word, as modems do. */
	if (card_delete(card, place) == DONE)
		modem->counts.deletes++;
	return (ok());
}

static void
prompt(struct modem *modem, enum modem_mode mode, int64_t length)
{
	modem->mode = mode;
	modem->announced_length = (size_t)length;
	terminal_write(&modem->terminal, "\r\n> ", 4);
}

/* AT+CMGS and AT+CMGW. */
static struct result
run_prompt(struct modem *modem, const struct call *call, struct text *answer)
{
	int64_t length = value_number(call->value, 0, -1);
	int is_send = strcmp(call->name + 4, "S") == 0;

	(void)answer;
	if (modem->needs_pin)
		return (cms(CMS_SIM_PIN));
	if (length < SMALLEST_PDU_OCTETS || length > LARGEST_PDU_OCTETS)
		return (cms(CMS_INVALID_PDU));
	prompt(modem, is_send ? MODE_SEND : MODE_STORE, length);
	return ((struct result){ RESULT_OPEN, 0 });
}

static void
refuse_send(struct modem *modem, int code)
{
	struct text answer = { 0 };

	modem->counts.send_errors++;
	answer_end(modem, &answer, cms(code));
	text_free(&answer);
}

void
commands_text_send(struct modem *modem, const char *hex)
{
	struct text answer = { 0 };

	if (fault_on_pdu(modem, hex) == FAULT_TAKEN)
		return;
	if (modem->network.registration != NETWORK_HOME) {
		refuse_send(modem, CMS_NO_NETWORK);
		return;
	}
	if (pdu_read_submit(hex, modem->announced_length, &modem->pending) !=
	    DONE) {
		refuse_send(modem, CMS_INVALID_PDU);
		return;
	}
	modem->has_pending = 1;
	modem->pending_hex = memory_copy(hex);
	answer_line(
	    &answer, "+CMGS: %d", network_next_reference(&modem->network));
	answer_line(&answer, "OK");
	answer_send(modem, &answer, modem->network.pace_ms);
	text_free(&answer);
}

void
commands_text_store(struct modem *modem, const char *hex)
{
	struct text answer = { 0 };
	struct result result = ok();
	int place;

	if (pdu_length(hex) != modem->announced_length)
		result = cms(CMS_INVALID_PDU);
	else if (card_put(&modem->cards[modem->write_memory], hex, CARD_UNSENT,
		     &place) != DONE)
		result = cms(CMS_MEMORY_FULL);
	else
		answer_line(
		    &answer, "+CMGW: %d", place + modem->profile->first_place);
	answer_end(modem, &answer, result);
	text_free(&answer);
}

const struct at_command commands_texts[] = {
	{ "+CMGF", "(0)", run_format },
	{ "+CPMS", "(\"SM\",\"ME\"),(\"SM\",\"ME\"),(\"SM\",\"ME\")",
	    run_memory },
	{ "+CNMI", "(0,1,2),(0,1,2),(0,2),(0,1,2),(0,1)", run_notices },
	{ "+CSCA", "", run_centre },
	{ "+CSMS", "(0,1)", NULL },
	{ "+CMGL", "(0,1,2,3,4)", run_list },
	{ "+CMGR", "", run_read },
	{ "+CMGD", "(1-255),(0-4)", run_delete },
	{ "+CMGS", "", run_prompt },
	{ "+CMGW", "", run_prompt },
	{ "+CNMA", "", NULL },
	{ NULL, NULL, NULL },
};
