/* What a test sees of the modem, and how it sets it. */
#include "tests/sim/control_command.h"

enum {
	LARGEST = INT32_MAX,
};

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

	if (!control_read_number(fields->list[1], 1, &from) || from < 1) {
		control_refuse(client, "bad number");
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

	if (!control_read_number(fields->list[1], next, &from) || from < 1) {
		control_refuse(client, "bad number");
		return;
	}
	client->follow_next = (size_t)from;
	control_accept(client);
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
	control_accept(client);
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
	if (!control_read_number(fields->list[1], 0, &client->wanted)) {
		control_refuse(client, "bad number");
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
		control_refuse(client, "bad number");
		return;
	}
	for (i = 0; i < MEMORY_COUNT; i++) {
		if (strcmp(modem->cards[i].name, name) == 0) {
			modem->cards[i].size = (int)size;
			control_accept(client);
			return;
		}
	}
	control_refuse(client, "no such memory");
}

static void
run_pace(
    struct control *control, struct client *client, const struct fields *fields)
{
	int64_t pace_ms;

	if (!text_read_integer(fields->list[1], 0, LARGEST, &pace_ms)) {
		control_refuse(client, "bad number");
		return;
	}
	control->modem->network.pace_ms = pace_ms;
	control_accept(client);
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
	control_accept(client);
}

static void
run_fault(
    struct control *control, struct client *client, const struct fields *fields)
{
	if (fault_begin(control->modem, fields->list[1], fields->list + 2,
		fields->count - 2) == DONE)
		control_accept(client);
	else
		control_refuse(client, "no such fault, or wrong words");
}

static void
run_heal(
    struct control *control, struct client *client, const struct fields *fields)
{
	if (fields->list[1][0] == '\0')
		fault_end_all(control->modem);
	else if (fault_end(control->modem, fields->list[1]) != DONE) {
		control_refuse(client, "that fault is not on");
		return;
	}
	control_accept(client);
}

/* What a hub that turns its ports' power does to it. */
static void
run_power(
    struct control *control, struct client *client, const struct fields *fields)
{
	static const char *const stuck[] = { "stuck-power", "stuck-restart",
		"stuck-settings", "stuck-radio" };
	struct modem *modem = control->modem;

	(void)fields;
	/* Whatever was stuck in it has started anew. */
	for (size_t i = 0; i < COUNT_OF(stuck); i++)
		(void)fault_end(modem, stuck[i]);
	modem->counts.power++;
	if (terminal_is_open(&modem->terminal)) {
		modem_unplug(modem);
		modem_plug_in(modem, "");
	}
	control_accept(client);
}

static void
run_faults(
    struct control *control, struct client *client, const struct fields *fields)
{
	const struct fault_kind *kind;
	size_t count = 0;

	(void)control;
	(void)fields;
	for (size_t i = 0; i < COUNT_OF(fault_tables); i++) {
		for (kind = fault_tables[i]; kind->name != NULL;
		     kind++, count++) {
			fields_add(&client->out, "fault");
			fields_add(&client->out, kind->name);
			fields_add(&client->out,
			    kind->usage != NULL ? kind->usage : "");
			fields_add(&client->out, kind->what);
			text_add_byte(&client->out, '\n');
		}
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
		{ "resets", counts->resets },
		{ "radio", counts->radio },
		{ "restarts", counts->restarts },
		{ "power", counts->power },
		{ "pins", counts->pins },
	};
	size_t i;

	(void)fields;
	for (i = 0; i < COUNT_OF(stats); i++)
		text_printf(&client->out, "stat\t%s\t%llu\n", stats[i].name,
		    (unsigned long long)stats[i].value);
	control_accept(client);
}

static void
run_stop(
    struct control *control, struct client *client, const struct fields *fields)
{
	(void)fields;
	control->is_stopping = 1;
	control_accept(client);
}

const struct control_command control_observing[] = {
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
	{ "power", 1, 1, run_power },
	{ "faults", 1, 1, run_faults },
	{ "stats", 1, 1, run_stats },
	{ "stop", 1, 1, run_stop },
	{ NULL, 0, 0, NULL },
};
