/* What the network and a test do to the modem. */
#include "gateway/base/clock.h"
#include "tests/sim/control_command.h"

enum {
	LARGEST = INT32_MAX,
	LARGEST_PART = 255,
	HEX_MOST = 1024,
};

static void
inject(struct control *control, struct client *client,
    const struct network_text *text)
{
	int64_t utc_s;
	int parts;

	if (network_add_text(&control->modem->network, text, &parts, &utc_s) !=
	    DONE)
		control_refuse(client, "too long");
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
	if (control_read_number(fields->list[3], 0, &text.utc_s))
		inject(control, client, &text);
	else
		control_refuse(client, "bad time");
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
	    !control_read_number(fields->list[6], 8, &bits) ||
	    (bits != 8 && bits != 16) ||
	    !control_read_number(fields->list[7], 0, &text.utc_s)) {
		control_refuse(client, "bad number");
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
		control_refuse(client, "too long");
		return;
	}
	network_add_arrival(&control->modem->network, fields->list[1], 0);
	control_accept(client);
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
		control_refuse(client, "no such text, or bad status");
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
	control_accept(client);
}

static void
run_own_number(
    struct control *control, struct client *client, const struct fields *fields)
{
	snprintf(control->modem->own_number, sizeof(control->modem->own_number),
	    "%s", fields->list[1]);
	control_accept(client);
}

static void
run_ring(
    struct control *control, struct client *client, const struct fields *fields)
{
	modem_ring(control->modem, fields->list[1]);
	control_accept(client);
}

static void
run_give_up(
    struct control *control, struct client *client, const struct fields *fields)
{
	(void)fields;
	modem_caller_gives_up(control->modem);
	control_accept(client);
}

static void
run_notice(
    struct control *control, struct client *client, const struct fields *fields)
{
	modem_notice(control->modem, "%s", fields->list[1]);
	control_accept(client);
}

static int
read_style(const char *word, enum ussd_style *style_r)
{
	static const char *const names[USSD_STYLES] = { "own", "plain", "ucs2",
		"ucs2-15", "ucs2-17", "packed", "packed-0" };
	int i;

	for (i = 0; i < USSD_STYLES; i++) {
		if (strcmp(names[i], word[0] != '\0' ? word : "own") == 0) {
			*style_r = (enum ussd_style)i;
			return (1);
		}
	}
	return (0);
}

static void
run_ussd(
    struct control *control, struct client *client, const struct fields *fields)
{
	enum ussd_style style;
	int64_t mode;

	if (!control_read_number(fields->list[3], 0, &mode) ||
	    !read_style(fields->list[4], &style)) {
		control_refuse(client, "bad mode, or bad style");
		return;
	}
	network_set_ussd(&control->modem->network, fields->list[1],
	    fields->list[2], (int)mode, style);
	control_accept(client);
}

static void
run_report_unknown(
    struct control *control, struct client *client, const struct fields *fields)
{
	struct pdu_report report = {
		.recipient = "+9779800000009",
		.sent_utc_s = clock_utc_s(),
		.done_utc_s = clock_utc_s(),
	};
	struct text hex = { 0 };
	int64_t reference;

	if (!text_read_integer(fields->list[1], 0, UINT8_MAX, &reference)) {
		control_refuse(client, "bad reference");
		return;
	}
	report.message_reference = (int)reference;
	pdu_add_report(&hex, &report);
	network_add_arrival(&control->modem->network, hex.bytes, 1);
	text_free(&hex);
	control_accept(client);
}

static void
run_ussd_notice(
    struct control *control, struct client *client, const struct fields *fields)
{
	int64_t mode;

	if (!control_read_number(fields->list[2], 0, &mode)) {
		control_refuse(client, "bad mode");
		return;
	}
	modem_ussd_notice(control->modem, (int)mode, fields->list[1]);
	control_accept(client);
}

const struct control_command control_incoming[] = {
	{ "text", 3, 4, run_text },
	{ "flash", 3, 4, run_text },
	{ "part", 6, 8, run_part },
	{ "pdu", 2, 2, run_pdu },
	{ "report", 3, 3, run_report },
	{ "own-number", 2, 2, run_own_number },
	{ "ring", 2, 2, run_ring },
	{ "give-up", 1, 1, run_give_up },
	{ "notice", 2, 2, run_notice },
	{ "report-unknown", 2, 2, run_report_unknown },
	{ "ussd", 3, 5, run_ussd },
	{ "ussd-notice", 2, 3, run_ussd_notice },
	{ NULL, 0, 0, NULL },
};
