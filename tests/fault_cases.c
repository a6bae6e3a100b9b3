#include "tests/fault_cases.h"

#include <unistd.h>

#include "gateway/base/outcome.h"
#include "tests/national_texts.h"

enum {
	LONG_PARTS = 54,
	LONG_TWICE = 3,
	FEW_PARTS = 3,
	LATE_US = 700000,
	SENDER_AT = 22, /* in the PDUs below and of national_texts.h */
	SENDER_DIGITS = 14, /* the last is filled up */
	MARK_DIGITS = 4,
	PDU_MOST = 512,
	DEADLY_OCTETS = 224,
};

/* -- texts in parts ----------------------------------------------------------- */

struct long_text {
	char number[24];
	char reference[8];
	int parts;
};

/* Of somebody new. */
static struct long_text
begin_long_text(struct fault_world *world, int parts)
{
	struct long_text text = { .parts = parts };
	long writer = fault_world_writer(world);

	fault_world_number(writer, text.number, sizeof(text.number));
	snprintf(text.reference, sizeof(text.reference), "%ld", writer % 256);
	return (text);
}

static void
bring_part(struct fault_world *world, const struct long_text *text, int part)
{
	char words[2][8];

	snprintf(words[0], sizeof(words[0]), "%d", text->parts);
	snprintf(words[1], sizeof(words[1]), "%d", part);
	sim_ask(&world->sim, "part", text->number, text->reference, words[0],
	    words[1], "one of many parts ", NULL);
}

/* Out of order, and some twice. */
static void
come_in_parts(struct fault_world *world)
{
	struct long_text text = begin_long_text(world, LONG_PARTS);

	for (int i = 0; i < LONG_PARTS + LONG_TWICE; i++)
		bring_part(world, &text, (i * 7) % LONG_PARTS + 1);
}

static void
come_late(struct fault_world *world)
{
	struct long_text text = begin_long_text(world, FEW_PARTS);

	bring_part(world, &text, 3);
	bring_part(world, &text, 1);
	usleep(LATE_US);
	fault_world_write(world, "hello");
	bring_part(world, &text, 3);
	usleep(LATE_US);
	bring_part(world, &text, 2);
}

/* One never comes: the rest goes on without it in the end. */
static void
come_with_a_gap(struct fault_world *world)
{
	struct long_text text = begin_long_text(world, FEW_PARTS);

	bring_part(world, &text, 1);
	bring_part(world, &text, 3);
}

/* -- PDUs ------------------------------------------------------------------------ */

/* Somebody's number, its digits by two as a PDU has them. */
static void
put_sender(char *pdu, long writer)
{
	char number[24];

	fault_world_number(writer, number, sizeof(number));
	for (int i = 0; i + 1 < SENDER_DIGITS; i += 2) {
		int is_last = number[2 + i] == '\0';

		pdu[SENDER_AT + i] = is_last ? 'F' : number[2 + i];
		pdu[SENDER_AT + i + 1] = number[1 + i];
	}
}

static void
come_in_national_letters(struct fault_world *world)
{
	for (size_t i = 0; i < COUNT_OF(national_texts); i++) {
		char pdu[PDU_MOST];

		if (national_texts[i].parts > 1)
			continue;
		snprintf(pdu, sizeof(pdu), "%s", national_texts[i].pdu);
		put_sender(pdu, fault_world_writer(world));
		sim_ask(&world->sim, "pdu", pdu, NULL);
	}
}

/* Another sender each time: what is alike is the same. */
static void
bring_marked(struct fault_world *world, const char *pdu)
{
	char marked[PDU_MOST];
	char mark[MARK_DIGITS + 1];

	snprintf(marked, sizeof(marked), "%s", pdu);
	snprintf(mark, sizeof(mark), "%0*u", MARK_DIGITS,
	    (unsigned)(world->unreadable + world->data) % 10000);
	if (strlen(marked) > SENDER_AT + MARK_DIGITS)
		memcpy(marked + SENDER_AT, mark, MARK_DIGITS);
	else
		world->alike++;
	sim_ask(&world->sim, "pdu", marked, NULL);
}

/* Each of those that stop gammu-smsd for ever, and a header that lies. */
static void
come_hostile(struct fault_world *world)
{
	static const char *const pdus[] = {
		/* compressed, type 3, bytes too many, cut off, nothing */
		"07917799080000F0040D91779981436587F90020211121224232000141",
		"07917799080000F0070D91779981436587F90000211121224232000141",
		"07917799080000F0040D91779981436587F900002111212242320001414141",
		"07917799080000F0040D91779981436587F9000021112122",
		"00",
		("07917799080000F0440D91779981436587F900002111212242320008FF0003"
		 "0102"),
	};

	for (size_t i = 0; i < COUNT_OF(pdus); i++) {
		bring_marked(world, pdus[i]);
		world->unreadable++;
	}
}

static void
come_as_data(struct fault_world *world)
{
	bring_marked(world,
	    "07917799080000F0040D91779981436587F90004211121224232000401020304");
	world->data++;
}

/* What ends libGammu's process wherever it is read. */
static void
come_deadly(struct fault_world *world)
{
	struct text pdu = { 0 };

	text_add(&pdu,
	    "07917799080000F0040D91779981436587F900002111212242320"
	    "0FF");
	for (int i = 0; i < DEADLY_OCTETS; i++)
		text_add(&pdu, "41");
	bring_marked(world, pdu.bytes);
	world->unreadable++;
	text_free(&pdu);
}

static void
come_reports(struct fault_world *world)
{
	sim_ask(&world->sim, "report-unknown", "17", NULL);
	sim_ask(&world->sim, "report-unknown", "255", NULL);
}

/* -- lines that nobody asked for ---------------------------------------------------- */

static void
say_lines(struct fault_world *world, const char *const *lines)
{
	for (; *lines != NULL; lines++) {
		sim_ask(&world->sim, "notice", *lines, NULL);
		usleep(30000);
	}
}

/* But no error: what a modem calls an error while it sends was not sent. */
static void
come_notices(struct fault_world *world)
{
	static const char *const lines[] = { "^SMMEMFULL: \"SM\"", "+WIND: 7",
		"RING", "^RSSI: 4", "+CMTI: \"SM\",200", "+CDSI: \"SM\",9",
		"+CREG: 5", "gibberish", "^BOOT:20,0,0,0,72", "+ZEND: 1,0,0,0",
		"MODEM:STARTUP", "NO CARRIER", NULL };

	say_lines(world, lines);
}

/* In plain, by UCS-2, packed, over more lines, without a coding, and the
 * states of a session. */
static void
come_adverts(struct fault_world *world)
{
	static const char *const lines[] = { "+CUSD: 0,\"an advert\",15",
		"+CUSD: 0,\"an\nadvert\",15", "+CUSD: 0,\"an \"advert\"\"",
		"+CUSD: 0,\"0061006E0020006100640076\",72",
		"+CUSD: 0,\"E1371D442DB7E56F\",15",
		"+CUSD:1,\"1 yes\r\n2 no\",68", "+CUSD: 2", "+CUSD: 3",
		"+CUSD: 4", "+CUSD: 5", "+CUSD: 0,", NULL };

	say_lines(world, lines);
}

/* -- the repertoire -------------------------------------------------------------------- */

const struct fault_case fault_cases[] = {
	/* Those that take longest first: tests run side by side. */
	{ "stuck until its power is turned", { "stuck-power" }, NULL },
	{ "stuck until restarted", { "stuck-restart" }, NULL },
	{ "settings stuck", { "stuck-settings" }, NULL },
	{ "radio stuck", { "stuck-radio" }, NULL },
	{ "none", { NULL }, NULL },
	{ "a long text, a part of it missing", { NULL }, come_with_a_gap },
	{ "hang", { "hang" }, NULL },
	{ "slow answers", { "slow", "700" }, NULL },
	{ "very slow answers", { "slow", "4000" }, NULL },
	{ "garbage before answers", { "garbage" }, NULL },
	{ "answers cut short", { "cut-answer", "9" }, NULL },
	{ "no answers", { "cut-answer", "0" }, NULL },
	{ "no echo", { "echo-off" }, NULL },
	{ "echo now and then", { "echo-flaps" }, NULL },
	{ "notices in answers", { "notice-inside", "+WIND: 7" }, NULL },
	{ "odd notices in answers", { "notice-inside", "gibberish" }, NULL },
	{ "a text's notice in answers", { "notice-inside", "+CMTI: \"SM\",1" },
	    NULL },
	{ "no prompt", { "no-prompt" }, NULL },
	{ "sent and silent", { "silent-send" }, NULL },
	{ "lost and silent", { "lost-send" }, NULL },
	{ "sending fails", { "send-error", "38" }, NULL },
	{ "sending fails, 500", { "send-error", "500" }, NULL },
	{ "sent, called an error", { "lying-error", "500" }, NULL },
	{ "deleted, called an error",
	    { "lying-command", "AT+CMGD", "+CMS ERROR: 500" }, NULL },
	{ "unplugged, back by another name", { "unplug" }, NULL },
	{ "SIM full", { "sim-full" }, NULL },
	{ "PIN", { "pin" }, NULL },
	{ "no SIM", { "no-sim" }, NULL },
	{ "no network", { "no-network" }, NULL },
	{ "wrong date", { "wrong-date" }, NULL },
	{ "ringing while sending", { "ring-during-send", FAULT_RINGER }, NULL },
	{ "no notices of texts", { "deaf" }, NULL },
	{ "started by itself", { "restart" }, NULL },
	{ "a text of 54 parts, mixed, some twice", { NULL }, come_in_parts },
	{ "a long text, a part of it late and one twice", { NULL }, come_late },
	{ "national letters", { NULL }, come_in_national_letters },
	{ "a message of 8 bits", { NULL }, come_as_data },
	{ "hostile messages", { NULL }, come_hostile },
	{ "a deadly message", { NULL }, come_deadly },
	{ "reports of unknown texts", { NULL }, come_reports },
	{ "odd notices", { NULL }, come_notices },
	{ "USSD adverts in every style", { NULL }, come_adverts },
	{ NULL, { NULL }, NULL },
};

static const char *const commands[] = { "AT+CPMS", "AT+CMGL", "AT+CMGR",
	"AT+CMGD", "AT+CNMI", "AT+CSQ", "AT+CREG", "AT+CSCA", "AT+CMGS",
	"AT+CMGF", "AT+CPIN", "AT+COPS" };
static const char *const errors[] = { "ERROR", "+CME ERROR: 100",
	"+CMS ERROR: 500", NULL };

size_t
fault_errors_count(void)
{
	return (COUNT_OF(commands) * COUNT_OF(errors));
}

const struct fault_case *
fault_errors_at(size_t n)
{
	static struct fault_case cases[COUNT_OF(commands) * COUNT_OF(errors)];
	static char names[COUNT_OF(cases)][64];
	const char *command = commands[n / COUNT_OF(errors)];
	const char *error = errors[n % COUNT_OF(errors)];

	snprintf(names[n], sizeof(names[n]), "%s: %s", command,
	    error != NULL ? error : "no answer");
	cases[n] = (struct fault_case){ names[n],
		{ error != NULL ? "command-error" : "command-silent", command,
		    error },
		NULL };
	return (&cases[n]);
}

void
fault_case_begin(struct fault_world *world, const struct fault_case *fault)
{
	if (fault->words[0] != NULL && fault->words[1] == NULL)
		sim_ask(&world->sim, "fault", fault->words[0], NULL);
	else if (fault->words[0] != NULL && fault->words[2] == NULL)
		sim_ask(&world->sim, "fault", fault->words[0], fault->words[1],
		    NULL);
	else if (fault->words[0] != NULL)
		sim_ask(&world->sim, "fault", fault->words[0], fault->words[1],
		    fault->words[2], NULL);
	if (fault->event != NULL)
		fault->event(world);
}

void
fault_case_heal(struct fault_world *world, const struct fault_case *fault)
{
	if (fault->words[0] != NULL)
		sim_ask(&world->sim, "heal", fault->words[0], NULL);
}

int
fault_case_mends_itself(const struct fault_case *fault)
{
	return (fault->words[0] != NULL &&
	    strncmp(fault->words[0], "stuck-", 6) == 0);
}

int
fault_cases_are_a_pair(
    const struct fault_case *one, const struct fault_case *other)
{
	static const char none[] = "none";

	return (one != other && strcmp(one->name, none) != 0 &&
	    strcmp(other->name, none) != 0 &&
	    (one->words[0] == NULL || other->words[0] == NULL ||
		strcmp(one->words[0], other->words[0]) != 0));
}
