/* Every fault that a modem is known to have, alone and in pairs, put on a
 * helpline that runs: how long after the fault's end somebody who writes gets
 * an answer, and whether anything was lost or sent twice.
 *
 *   modem_faults [--all] [--pairs N] [--seed N] [NAME]
 *
 * Without words each fault once and a few pairs; --all also each error at each
 * command.  Prints a table.  What must hold: service within 90 s of the end of
 * the fault, or of the ladder's whole climb where nothing else ends it within
 * 180 s; every text journalled once; every answer sent once, or marked
 * unsure, or still in the queue; every message that nobody can read journalled
 * and deleted.
 */
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/memory.h"
#include "gateway/base/outcome.h"
#include "tests/lab.h"
#include "tests/sim/sim_client.h"

enum {
	PROMISED_MS = 90000,
	MENDED_MS = 180000, /* of what has no end but the ladder's */
	HOLD_MS = 1500,
	DRAIN_MS = 240000,
	WRITERS_MOST = 20000,
	WORDS_MOST = 3,
	LONG_PARTS = 54,
	PAIRS_USUAL = 6,
	SENDER_AT = 22, /* in the PDUs below */
};

#define RINGER "+9779860000001"

struct world {
	struct lab lab;
	struct sim sim;
	struct sim_connection air; /* what goes out */
	long writers; /* numbers that wrote, each once */
	uint8_t *seen; /* a bit a part, by writer */
	uint8_t *parts;
	long doubled;
	long unreadable; /* messages put in that are no text */
	long empty; /* of these, those of which nothing tells them apart */
	long failures;
	uint64_t chance;
};

static uint64_t
next_chance(struct world *world, uint64_t most)
{
	world->chance = world->chance * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return ((world->chance >> 33) % most);
}

/* -- people who write ---------------------------------------------------------- */

static void
number_of(long writer, char *number, size_t size)
{
	snprintf(number, size, "+97798%08ld", 10000000 + writer);
}

static long
new_writer(struct world *world)
{
	if (world->writers == WRITERS_MOST)
		lab_fail("too many texts");
	return (world->writers++);
}

static long
write_text(struct world *world, const char *text)
{
	long writer = new_writer(world);
	char number[24];

	number_of(writer, number, sizeof(number));
	sim_ask(&world->sim, "text", number, text, NULL);
	return (writer);
}

static void
hear_sent(struct world *world, const struct fields *sent)
{
	long writer = strtol(sent->list[2] + 6, NULL, 10) - 10000000;
	long parts = strtol(sent->list[5], NULL, 10);
	long part = strtol(sent->list[6], NULL, 10);

	/* Who rang is greeted, and not counted. */
	if (strncmp(sent->list[2], RINGER, strlen(RINGER)) == 0)
		return;
	if (writer < 0 || writer >= world->writers || parts < 1 || parts > 8)
		lab_fail("an answer to nobody: %s", sent->list[2]);
	part = parts == 1 ? 1 : part;
	world->parts[writer] = (uint8_t)parts;
	if (world->seen[writer] & 1u << (part - 1))
		world->doubled++;
	world->seen[writer] |= (uint8_t)(1u << (part - 1));
}

static int
is_answered(const struct world *world, long writer)
{
	return (world->parts[writer] > 0 &&
	    world->seen[writer] == (1u << world->parts[writer]) - 1);
}

static void
listen_to_air(struct world *world, int wait_ms)
{
	struct fields fields;

	while (sim_read_line(&world->air, wait_ms, &fields)) {
		if (strcmp(fields.list[0], "sent") == 0)
			hear_sent(world, &fields);
		wait_ms = 0;
	}
}

/* Milliseconds until somebody who writes now is answered, or -1.  Who got no
 * answer for a while writes again, as another. */
static int64_t
time_service(struct world *world, int64_t most_ms)
{
	int64_t began_ms = clock_monotonic_ms();
	long first = world->writers;
	int64_t next_ms = 0;

	for (;;) {
		int64_t now_ms = clock_monotonic_ms() - began_ms;

		if (now_ms > most_ms)
			return (-1);
		if (now_ms >= next_ms) {
			(void)write_text(world, "hello");
			next_ms = now_ms + 3000;
		}
		listen_to_air(world, 20);
		for (long i = first; i < world->writers; i++) {
			if (is_answered(world, i))
				return (clock_monotonic_ms() - began_ms);
		}
	}
}

/* -- what happens to the modem ----------------------------------------------------- */

static void
come_in_parts(struct world *world)
{
	char number[24];
	char words[3][8];

	number_of(new_writer(world), number, sizeof(number));
	/* Out of order, and some twice. */
	for (int i = 0; i < LONG_PARTS + 3; i++) {
		int part = (i * 7) % LONG_PARTS + 1;

		snprintf(
		    words[0], sizeof(words[0]), "%ld", world->writers % 256);
		snprintf(words[1], sizeof(words[1]), "%d", LONG_PARTS);
		snprintf(words[2], sizeof(words[2]), "%d", part);
		sim_ask(&world->sim, "part", number, words[0], words[1],
		    words[2], "one of many parts ", NULL);
	}
}

/* Two digits of a number that nobody else has. */
static const char *
digits_of(long number)
{
	static char digits[4];

	snprintf(digits, sizeof(digits), "%02u", (unsigned)number % 100);
	return (digits);
}

static void
come_hostile(struct world *world)
{
	static const char *const pdus[] = {
		/* compressed, type 3, bytes too many, cut off, nothing */
		"07917799080000F0040D91779981436587F90020211121224232000141",
		"07917799080000F0070D91779981436587F90000211121224232000141",
		"07917799080000F0040D91779981436587F900002111212242320001414141",
		"07917799080000F0040D91779981436587F9000021112122",
		"00",
		/* eight bits; a header longer than the message */
		"07917799080000F0040D91779981436587F90004211121224232000401020304",
		("07917799080000F0440D91779981436587F900002111212242320008FF0003"
		 "0102"),
	};

	for (size_t i = 0; i < COUNT_OF(pdus); i++) {
		char pdu[128];

		/* Another sender each time: what is alike is the same. */
		snprintf(pdu, sizeof(pdu), "%s", pdus[i]);
		if (strlen(pdu) > SENDER_AT + 2)
			memcpy(
			    pdu + SENDER_AT, digits_of(world->unreadable), 2);
		sim_ask(&world->sim, "pdu", pdu, NULL);
	}
	world->unreadable += (long)COUNT_OF(pdus);
	world->empty += 2;
}

/* What ends libGammu's process wherever it is read. */
static void
come_deadly(struct world *world)
{
	struct text pdu = { 0 };

	text_add(&pdu,
	    "07917799080000F0040D91779981436587F900002111212242320"
	    "0FF");
	for (int i = 0; i < 224; i++)
		text_add(&pdu, "41");
	sim_ask(&world->sim, "pdu", pdu.bytes, NULL);
	world->unreadable++;
	text_free(&pdu);
}

static void
come_reports(struct world *world)
{
	sim_ask(&world->sim, "report-unknown", "17", NULL);
	sim_ask(&world->sim, "report-unknown", "255", NULL);
}

static void
come_notices(struct world *world)
{
	static const char *const lines[] = { "^SMMEMFULL: \"SM\"", "+WIND: 7",
		"RING", "+CUSD: 0,\"an\nadvert\",15", "+CUSD: 2", "^RSSI: 4",
		"+CMTI: \"SM\",200", "+CDSI: \"SM\",9", "+CREG: 5", "gibberish",
		"+CMS ERROR: 38" };

	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		sim_ask(&world->sim, "notice", lines[i], NULL);
		usleep(30000);
	}
}

/* -- faults ------------------------------------------------------------------------ */

struct fault_case {
	const char *name;
	const char *words[WORDS_MOST]; /* of the fault, name first */
	void (*event)(struct world *world);
};

static const struct fault_case faults[] = {
	{ "none", { NULL }, NULL },
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
	{ "unplugged, back by another name", { "unplug" }, NULL },
	{ "SIM full", { "sim-full" }, NULL },
	{ "PIN", { "pin" }, NULL },
	{ "no SIM", { "no-sim" }, NULL },
	{ "no network", { "no-network" }, NULL },
	{ "wrong date", { "wrong-date" }, NULL },
	{ "ringing while sending", { "ring-during-send", RINGER }, NULL },
	{ "no notices of texts", { "deaf" }, NULL },
	{ "started by itself", { "restart" }, NULL },
	{ "settings stuck", { "stuck-settings" }, NULL },
	{ "radio stuck", { "stuck-radio" }, NULL },
	{ "stuck until restarted", { "stuck-restart" }, NULL },
	{ "stuck until its power is turned", { "stuck-power" }, NULL },
	{ "a text of 54 parts, mixed, some twice", { NULL }, come_in_parts },
	{ "hostile messages", { NULL }, come_hostile },
	{ "a deadly message", { NULL }, come_deadly },
	{ "reports of unknown texts", { NULL }, come_reports },
	{ "odd notices, USSD adverts", { NULL }, come_notices },
};

/* Errors at each command; with --all. */
static const char *const commands[] = { "AT+CPMS", "AT+CMGL", "AT+CMGR",
	"AT+CMGD", "AT+CNMI", "AT+CSQ", "AT+CREG", "AT+CSCA", "AT+CMGS",
	"AT+CMGF" };
static const char *const errors[] = { "ERROR", "+CME ERROR: 100",
	"+CMS ERROR: 500", NULL };

static void
begin_fault(struct world *world, const struct fault_case *fault)
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

/* What nobody ends mends itself by the ladder: its time counts from its
 * beginning. */
static int
mends_itself(const struct fault_case *fault)
{
	return (fault->words[0] != NULL &&
	    strncmp(fault->words[0], "stuck-", 6) == 0);
}

static void
print_row(const char *name, const char *with, int64_t ms)
{
	char both[120];

	snprintf(both, sizeof(both), "%s%s%s", name,
	    with[0] != '\0' ? " + " : "", with);
	if (ms < 0)
		printf("  %-70s NOT BACK\n", both);
	else
		printf("  %-70s %6.1f s\n", both, (double)ms / 1000);
	fflush(stdout);
}

static void
run_case(struct world *world, const struct fault_case *one,
    const struct fault_case *other)
{
	int64_t ms;

	(void)write_text(world, "hello");
	begin_fault(world, one);
	if (other != NULL)
		begin_fault(world, other);
	(void)write_text(world, "hello");
	(void)write_text(world, "hello");
	usleep(HOLD_MS * 1000);
	if (!mends_itself(one) && (other == NULL || !mends_itself(other)))
		sim_ask(&world->sim, "heal", NULL);
	else if (one->words[0] != NULL && !mends_itself(one))
		sim_ask(&world->sim, "heal", one->words[0], NULL);
	else if (other != NULL && other->words[0] != NULL &&
	    !mends_itself(other))
		sim_ask(&world->sim, "heal", other->words[0], NULL);
	ms = time_service(world,
	    mends_itself(one) || (other != NULL && mends_itself(other))
		? MENDED_MS
		: PROMISED_MS);
	print_row(one->name, other != NULL ? other->name : "", ms);
	if (ms < 0)
		world->failures++;
	sim_ask(&world->sim, "heal", NULL);
}

static void
run_errors(struct world *world)
{
	for (size_t i = 0; i < COUNT_OF(commands); i++) {
		for (size_t k = 0; k < COUNT_OF(errors); k++) {
			char name[64];
			struct fault_case fault = { name,
				{ errors[k] != NULL ? "command-error"
						    : "command-silent",
				    commands[i], errors[k] },
				NULL };

			snprintf(name, sizeof(name), "%s: %s", commands[i],
			    errors[k] != NULL ? errors[k] : "no answer");
			run_case(world, &fault, NULL);
		}
	}
}

static int
are_a_pair(const struct fault_case *one, const struct fault_case *other)
{
	/* The second would end the first. */
	return (one != other && one != &faults[0] && other != &faults[0] &&
	    (one->words[0] == NULL || other->words[0] == NULL ||
		strcmp(one->words[0], other->words[0]) != 0));
}

static void
run_pairs(struct world *world, long pairs)
{
	while (pairs > 0) {
		const struct fault_case *one =
		    &faults[next_chance(world, COUNT_OF(faults))];
		const struct fault_case *other =
		    &faults[next_chance(world, COUNT_OF(faults))];

		if (!are_a_pair(one, other))
			continue;
		run_case(world, one, other);
		pairs--;
	}
}

/* What shows only together. */
static void
run_named_pairs(struct world *world)
{
	static const char *const names[][2] = {
		{ "PIN", "unplugged" },
		{ "no SIM", "unplugged" },
		{ "no notices of texts", "slow answers" },
		{ "a deadly message", "hang" },
	};

	for (size_t n = 0; n < COUNT_OF(names); n++) {
		const struct fault_case *pair[2] = { NULL, NULL };

		for (size_t i = 0; i < 2 * COUNT_OF(faults); i++) {
			const struct fault_case *fault =
			    &faults[i % COUNT_OF(faults)];
			const char *name = names[n][i / COUNT_OF(faults)];

			if (pair[i / COUNT_OF(faults)] == NULL &&
			    strncmp(fault->name, name, strlen(name)) == 0)
				pair[i / COUNT_OF(faults)] = fault;
		}
		run_case(world, pair[0], pair[1]);
	}
}

/* -- the account --------------------------------------------------------------------- */

static long
count_answered(const struct world *world)
{
	long count = 0;

	for (long i = 0; i < world->writers; i++)
		count += is_answered(world, i);
	return (count);
}

static int64_t
outbox(struct world *world, const char *state)
{
	struct text sql = { 0 };
	int64_t count;

	text_printf(
	    &sql, "SELECT count(*) FROM outbox WHERE state = '%s'", state);
	count = lab_query_integer(&world->lab, sql.bytes);
	text_free(&sql);
	return (count);
}

static int64_t
handled(struct world *world)
{
	return (lab_query_integer(&world->lab,
	    "SELECT count(*) FROM journal WHERE kind = 'sms' AND state ="
	    " 'handled'"));
}

/* What was refused waits for a minute and more: the clock is put forward. */
static void
drain(struct world *world)
{
	int64_t until_ms = clock_monotonic_ms() + DRAIN_MS;
	struct text none = { 0 };

	sim_ask(&world->sim, "stored-wait", "0", NULL);
	while ((handled(world) < world->writers ||
		   outbox(world, "queued") + outbox(world, "sending") > 0) &&
	    clock_monotonic_ms() < until_ms) {
		lab_query(&world->lab,
		    "UPDATE outbox SET next_utc_s = 0 WHERE state = 'queued'"
		    " RETURNING id",
		    &none);
		/* Wakes the hub up to look at its queue. */
		if (outbox(world, "queued") > 0)
			(void)write_text(world, "hello");
		listen_to_air(world, 2000);
	}
	listen_to_air(world, 500);
	text_free(&none);
}

static void
check(struct world *world, const char *what, int64_t got, int64_t wanted)
{
	printf("  %-50s %6" PRId64 "%s\n", what, got,
	    got == wanted ? "" : "   WRONG");
	if (got != wanted) {
		printf("    must be %" PRId64 "\n", wanted);
		world->failures++;
	}
}

static void
settle_accounts(struct world *world)
{
	int64_t unreadable;
	int64_t unsure;
	long answered;

	drain(world);
	unsure = outbox(world, "unsure");
	answered = count_answered(world);
	printf("\n  %ld texts, %ld answered whole, %" PRId64 " unsure\n",
	    world->writers, answered, unsure);
	check(world, "texts handled", handled(world), world->writers);
	/* Empty ones are all alike: journalled once for each place. */
	unreadable = lab_query_integer(
	    &world->lab, "SELECT count(*) FROM journal WHERE kind = 'binary'");
	check(world, "messages that cannot be read, not journalled",
	    unreadable + world->empty < world->unreadable, 0);
	check(world, "answers sent twice", world->doubled, 0);
	check(world, "answers still to be sent",
	    outbox(world, "queued") + outbox(world, "sending"), 0);
	check(world, "answers given up or refused",
	    outbox(world, "given up") + outbox(world, "failed"), 0);
	/* An unsure one may have gone out or not. */
	check(world, "answers lost without a word",
	    world->writers - answered > unsure, 0);
}

/* -- the world ----------------------------------------------------------------------- */

static void
open_world(struct world *world)
{
	struct text words = { 0 };
	char here[512];

	if (getcwd(here, sizeof(here)) == NULL)
		lab_fail("nowhere");
	world->seen = memory_new(WRITERS_MOST, 1);
	world->parts = memory_new(WRITERS_MOST, 1);
	lab_open(&world->lab, "device-to-come");
	sim_start_named(
	    &world->sim, "./modem_sim", world->lab.folder, "modem", NULL);
	sim_ask(&world->sim, "places", "255", NULL);
	text_printf(&words,
	    "device = \"%s\"; pause_ms = 0; sweep_s = 2; patience_s = 6;"
	    " check_s = 1; answer_s = 3; rest_s = 3; pin = \"1234\";"
	    " power_apart_s = 10;"
	    " power_cycle = \"%s/modem_ctl %s power\"",
	    world->sim.device, here, world->sim.control);
	lab_configure(&world->lab, "device = \"device-to-come\"", words.bytes);
	sim_connect(&world->air, world->sim.control);
	sim_send(&world->air, (const char *const[]){ "follow", "1" }, 2);
	lab_start(&world->lab);
	text_free(&words);
}

static void
close_world(struct world *world)
{
	(void)lab_stop(&world->lab, SIGTERM);
	sim_disconnect(&world->air);
	sim_stop(&world->sim);
	if (world->failures > 0 && getenv("KEEP") != NULL)
		printf("kept: %s\n", world->lab.folder);
	else
		lab_close(&world->lab);
	free(world->seen);
	free(world->parts);
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "all", no_argument, NULL, 'a' },
		{ "pairs", required_argument, NULL, 'p' },
		{ "seed", required_argument, NULL, 's' },
		{ NULL, 0, NULL, 0 },
	};
	static struct world world;
	long pairs = PAIRS_USUAL;
	int with_all = 0;
	int option;

	world.chance = (uint64_t)clock_utc_s();
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'a')
			with_all = 1;
		else if (option == 'p')
			pairs = strtol(optarg, NULL, 10);
		else if (option == 's')
			world.chance = strtoull(optarg, NULL, 10);
		else
			return (EXIT_FAILURE);
	}
	printf("seed %" PRIu64 "\nseconds from the end of the fault to an"
	       " answer\n",
	    world.chance);
	open_world(&world);
	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		if (optind == argc ||
		    strstr(faults[i].name, argv[optind]) != NULL)
			run_case(&world, &faults[i], NULL);
	}
	if (with_all)
		run_errors(&world);
	if (optind == argc) {
		run_named_pairs(&world);
		run_pairs(&world, pairs);
	}
	settle_accounts(&world);
	close_world(&world);
	printf("%d passed, %ld failed\n", world.failures == 0, world.failures);
	return (world.failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}
