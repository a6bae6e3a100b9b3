/* The commands of the control socket, one row each. */
#include "gateway/base/clock.h"
#include "tests/sim/command.h"
#include "tests/sim/control.h"

enum {
	LARGEST = INT32_MAX,
	LARGEST_PART = 255,
	HEX_MOST = 1024,
};

/* A command: its words are behind fields->list[0].  It adds its answer, or
 * sets client->wait. */
struct control_command {
	const char *name;
	size_t least_fields;
	size_t most_fields;
	void (*run)(struct control *control, struct client *client,
	    const struct fields *fields);
};

static void
refuse(struct client *client, const char *words)
{
	fields_add(&client->out, "error");
	fields_add(&client->out, words);
	text_add_byte(&client->out, '\n');
}

static void
accept_it(struct client *client)
{
	text_add(&client->out, "ok\n");
}

/* An optional number: 1, or 0 when it is there and none. */
static int
read_number(const char *field, int64_t otherwise, int64_t *number_r)
{
	if (field[0] == '\0') {
		*number_r = otherwise;
		return (1);
	}
	return (text_read_integer(field, 0, INT64_MAX / 2, number_r));
}

static void
inject(struct control *control, struct client *client,
    const struct network_text *text)
{
	int64_t utc_s;
	int parts;

	if (network_add_text(&control->modem->network, text, &parts, &utc_s) !=
	    DONE)
		refuse(client, "too long");
	else
		text_printf(
		    &client->out, "ok\t%d\t%lld\n", parts, (long long)utc_s);
}

static void
run_text(
    struct control *control, struct client *client, const struct fields *fields)
{
	struct network_text text = {
		.sender = fields->list[1],
		.utf8 = fields->list[2],
		.message_class = PDU_NO_CLASS,
	};

	if (strcmp(fields->list[0], "flash") == 0)
		text.message_class = 0;
	if (read_number(fields->list[3], 0, &text.utc_s))
		inject(control, client, &text);
	else
		refuse(client, "bad time");
}

static void
run_part(
    struct control *control, struct client *client, const struct fields *fields)
{
	struct network_text text = {
		.sender = fields->list[1],
		.utf8 = fields->list[5],
		.message_class = PDU_NO_CLASS,
	};
	int64_t reference;
	int64_t parts;
	int64_t part;
	int64_t bits;

	if (!text_read_integer(fields->list[2], 0, UINT16_MAX, &reference) ||
	    !text_read_integer(fields->list[3], 1, LARGEST_PART, &parts) ||
	    !text_read_integer(fields->list[4], 0, LARGEST_PART, &part) ||
	    !read_number(fields->list[6], 8, &bits) ||
	    (bits != 8 && bits != 16) ||
	    !read_number(fields->list[7], 0, &text.utc_s)) {
		refuse(client, "bad number");
		return;
	}
	text.join = (struct pdu_join){
		.reference = (int)reference,
		.bits = (int)bits,
		.parts = (int)parts,
		.part = (int)part,
	};
	inject(control, client, &text);
}

static void
run_pdu(
    struct control *control, struct client *client, const struct fields *fields)
{
	if (strlen(fields->list[1]) > HEX_MOST) {
		refuse(client, "too long");
		return;
	}
	network_add_arrival(&control->modem->network, fields->list[1], 0);
	accept_it(client);
}

static void
run_report(
    struct control *control, struct client *client, const struct fields *fields)
{
	struct network *network = &control->modem->network;
	const struct network_sent *sent;
	struct pdu_report report = { .done_utc_s = clock_utc_s() };
	struct text hex = { 0 };
	int64_t status;
	int64_t n;

	if (!text_read_integer(fields->list[1], 1, LARGEST, &n) ||
	    !text_read_integer(fields->list[2], 0, UINT8_MAX, &status) ||
	    (size_t)n > network->sent_count) {
		refuse(client, "no such text, or bad status");
		return;
	}
	sent = &network->sent[n - 1];
	report.message_reference = sent->message_reference;
	report.recipient = sent->submit.to;
	report.sent_utc_s = sent->utc_s;
	report.status = (int)status;
	pdu_add_report(&hex, &report);
	network_add_arrival(network, hex.bytes, 1);
	text_free(&hex);
	accept_it(client);
}

static void
run_ring(
    struct control *control, struct client *client, const struct fields *fields)
{
	modem_ring(control->modem, fields->list[1]);
	accept_it(client);
}

static void
run_give_up(
    struct control *control, struct client *client, const struct fields *fields)
{
	(void)fields;
	modem_caller_gives_up(control->modem);
	accept_it(client);
}

static void
run_notice(
    struct control *control, struct client *client, const struct fields *fields)
{
	modem_notice(control->modem, "%s", fields->list[1]);
	accept_it(client);
}

static void
run_ussd(
    struct control *control, struct client *client, const struct fields *fields)
{
	int64_t mode;

	if (!read_number(fields->list[3], 0, &mode)) {
		refuse(client, "bad mode");
		return;
	}
	network_set_ussd(&control->modem->network, fields->list[1],
	    fields->list[2], (int)mode);
	accept_it(client);
}

static void
run_ussd_notice(
    struct control *control, struct client *client, const struct fields *fields)
{
	int64_t mode;

	if (!read_number(fields->list[2], 0, &mode)) {
		refuse(client, "bad mode");
		return;
	}
	modem_ussd_notice(control->modem, (int)mode, fields->list[1]);
	accept_it(client);
}

void
control_add_sent(struct text *out, const struct network *network, size_t index)
{
	static const char *const alphabets[] = {
		[PDU_GSM] = "gsm",
		[PDU_UCS2] = "ucs2",
		[PDU_DATA] = "data",
	};
	const struct network_sent *sent = &network->sent[index];
	const struct pdu_join *join = &sent->submit.join;

	text_printf(out, "sent\t%zu\t%s\t%d\t%d\t%d\t%d", index + 1,
	    sent->submit.to, sent->message_reference,
	    join->parts > 1 ? join->reference : -1, join->parts, join->part);
	fields_add(out, alphabets[sent->submit.alphabet]);
	fields_add(out, text_string(&sent->submit.text));
	fields_add(out, sent->hex);
	text_add_byte(out, '\n');
}

static void
run_sent(
    struct control *control, struct client *client, const struct fields *fields)
{
	const struct network *network = &control->modem->network;
	int64_t from;
	size_t i;

	if (!read_number(fields->list[1], 1, &from) || from < 1) {
		refuse(client, "bad number");
		return;
	}
	for (i = (size_t)from - 1; i < network->sent_count; i++)
		control_add_sent(&client->out, network, i);
	text_printf(&client->out, "ok\t%zu\n", network->sent_count);
}

static void
run_follow(
    struct control *control, struct client *client, const struct fields *fields)
{
	int64_t from;
	int64_t next = (int64_t)control->modem->network.sent_count + 1;

	if (!read_number(fields->list[1], next, &from) || from < 1) {
		refuse(client, "bad number");
		return;
	}
	client->follow_next = (size_t)from;
	accept_it(client);
}

static size_t
stored(const struct modem *modem)
{
	size_t sum = 0;
	int i;

	for (i = 0; i < MEMORY_COUNT; i++)
		sum += (size_t)modem->cards[i].used;
	return (sum);
}

static void
run_stored(
    struct control *control, struct client *client, const struct fields *fields)
{
	(void)fields;
	text_printf(&client->out, "ok\t%zu\t%zu\n", stored(control->modem),
	    network_waiting(&control->modem->network));
}

static int
wait_sent(struct control *control, struct client *client)
{
	size_t count = control->modem->network.sent_count;

	if ((int64_t)count < client->wanted)
		return (0);
	text_printf(&client->out, "ok\t%zu\n", count);
	return (1);
}

static int
wait_stored(struct control *control, struct client *client)
{
	if ((int64_t)stored(control->modem) != client->wanted ||
	    network_waiting(&control->modem->network) != 0)
		return (0);
	text_printf(&client->out, "ok\t%lld\t0\n", (long long)client->wanted);
	return (1);
}

static int
wait_unread(struct control *control, struct client *client)
{
	const struct modem *modem = control->modem;
	int64_t unread = 0;
	int i;

	for (i = 0; i < MEMORY_COUNT; i++)
		unread += card_count(&modem->cards[i], CARD_UNREAD);
	if (unread != client->wanted)
		return (0);
	text_printf(&client->out, "ok\t%lld\n", (long long)unread);
	return (1);
}

static int
wait_notices(struct control *control, struct client *client)
{
	if (control->modem->settings.notice_mode == 0 ||
	    control->modem->settings.notice_text == 0)
		return (0);
	accept_it(client);
	return (1);
}

static int
wait_open(struct control *control, struct client *client)
{
	if (control->modem->terminal.open_count != client->wanted)
		return (0);
	text_printf(&client->out, "ok\t%lld\n", (long long)client->wanted);
	return (1);
}

static void
run_wait(
    struct control *control, struct client *client, const struct fields *fields)
{
	static const struct {
		const char *name;
		client_wait *wait;
	} waits[] = {
		{ "sent-wait", wait_sent },
		{ "stored-wait", wait_stored },
		{ "unread-wait", wait_unread },
		{ "notices-wait", wait_notices },
		{ "open-wait", wait_open },
	};
	size_t i;

	(void)control;
	if (!read_number(fields->list[1], 0, &client->wanted)) {
		refuse(client, "bad number");
		return;
	}
	for (i = 0; i < COUNT_OF(waits); i++) {
		if (strcmp(fields->list[0], waits[i].name) == 0)
			client->wait = waits[i].wait;
	}
}

static void
run_places(
    struct control *control, struct client *client, const struct fields *fields)
{
	struct modem *modem = control->modem;
	const char *name = fields->list[2][0] != '\0' ? fields->list[2] : "SM";
	int64_t size;
	int i;

	if (!text_read_integer(fields->list[1], 0, CARD_PLACES_MOST, &size)) {
		refuse(client, "bad number");
		return;
	}
	for (i = 0; i < MEMORY_COUNT; i++) {
		if (strcmp(modem->cards[i].name, name) == 0) {
			modem->cards[i].size = (int)size;
			accept_it(client);
			return;
		}
	}
	refuse(client, "no such memory");
}

static void
run_pace(
    struct control *control, struct client *client, const struct fields *fields)
{
	int64_t pace_ms;

	if (!text_read_integer(fields->list[1], 0, LARGEST, &pace_ms)) {
		refuse(client, "bad number");
		return;
	}
	control->modem->network.pace_ms = pace_ms;
	accept_it(client);
}

static void
run_clear(
    struct control *control, struct client *client, const struct fields *fields)
{
	struct modem *modem = control->modem;
	size_t i;

	(void)fields;
	while (network_first(&modem->network) != NULL)
		network_drop_first(&modem->network);
	network_forget_sent(&modem->network);
	for (i = 0; i < MEMORY_COUNT; i++)
		card_clear(&modem->cards[i]);
	for (i = 0; i < CONTROL_CLIENTS_MOST; i++) {
		if (control->clients[i].follow_next != 0)
			control->clients[i].follow_next = 1;
	}
	accept_it(client);
}

static void
run_fault(
    struct control *control, struct client *client, const struct fields *fields)
{
	if (fault_begin(control->modem, fields->list[1], fields->list + 2,
		fields->count - 2) == DONE)
		accept_it(client);
	else
		refuse(client, "no such fault, or wrong words");
}

static void
run_heal(
    struct control *control, struct client *client, const struct fields *fields)
{
	if (fields->list[1][0] == '\0')
		fault_end_all(control->modem);
	else if (fault_end(control->modem, fields->list[1]) != DONE) {
		refuse(client, "that fault is not on");
		return;
	}
	accept_it(client);
}

static void
run_faults(
    struct control *control, struct client *client, const struct fields *fields)
{
	const struct fault_kind *kind;
	size_t count = 0;

	(void)control;
	(void)fields;
	for (kind = fault_kinds; kind->name != NULL; kind++, count++) {
		fields_add(&client->out, "fault");
		fields_add(&client->out, kind->name);
		fields_add(
		    &client->out, kind->usage != NULL ? kind->usage : "");
		fields_add(&client->out, kind->what);
		text_add_byte(&client->out, '\n');
	}
	text_printf(&client->out, "ok\t%zu\n", count);
}

static void
run_stats(
    struct control *control, struct client *client, const struct fields *fields)
{
	const struct counts *counts = &control->modem->counts;
	const struct {
		const char *name;
		uint64_t value;
	} stats[] = {
		{ "commands", counts->commands },
		{ "sends", counts->sends },
		{ "send-errors", counts->send_errors },
		{ "deletes", counts->deletes },
		{ "notices", counts->notices },
		{ "hung-up", counts->hung_up },
		{ "clients-gone", counts->clients_gone },
	};
	size_t i;

	(void)fields;
	for (i = 0; i < COUNT_OF(stats); i++)
		text_printf(&client->out, "stat\t%s\t%llu\n", stats[i].name,
		    (unsigned long long)stats[i].value);
	accept_it(client);
}

static void
run_stop(
    struct control *control, struct client *client, const struct fields *fields)
{
	(void)fields;
	control->is_stopping = 1;
	accept_it(client);
}

static const struct control_command control_commands[] = {
	{ "text", 3, 4, run_text },
	{ "flash", 3, 4, run_text },
	{ "part", 6, 8, run_part },
	{ "pdu", 2, 2, run_pdu },
	{ "report", 3, 3, run_report },
	{ "ring", 2, 2, run_ring },
	{ "give-up", 1, 1, run_give_up },
	{ "notice", 2, 2, run_notice },
	{ "ussd", 3, 4, run_ussd },
	{ "ussd-notice", 2, 3, run_ussd_notice },
	{ "sent", 1, 2, run_sent },
	{ "follow", 1, 2, run_follow },
	{ "stored", 1, 1, run_stored },
	{ "sent-wait", 2, 2, run_wait },
	{ "stored-wait", 2, 2, run_wait },
	{ "unread-wait", 2, 2, run_wait },
	{ "notices-wait", 1, 1, run_wait },
	{ "open-wait", 2, 2, run_wait },
	{ "places", 2, 3, run_places },
	{ "pace", 2, 2, run_pace },
	{ "clear", 1, 1, run_clear },
	{ "fault", 2, FIELDS_MOST, run_fault },
	{ "heal", 1, 2, run_heal },
	{ "faults", 1, 1, run_faults },
	{ "stats", 1, 1, run_stats },
	{ "stop", 1, 1, run_stop },
};

void
control_run(
    struct control *control, struct client *client, const struct fields *fields)
{
	const struct control_command *command;
	size_t i;

	for (i = 0; i < COUNT_OF(control_commands); i++) {
		command = &control_commands[i];
		if (strcmp(command->name, fields->list[0]) != 0)
			continue;
		if (fields->count < command->least_fields ||
		    fields->count > command->most_fields) {
			refuse(client, "wrong number of fields");
			return;
		}
		command->run(control, client, fields);
		/* So that the next command of the same batch finds the text
		 * where this one put it. */
		modem_work(control->modem);
		return;
	}
	refuse(client, "no such command");
}
