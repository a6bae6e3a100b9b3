/* What the hub does for a line's modem and SIM: its credit, its PIN, its rings,
 * the power; the real program with a simulated modem.
 */
#include <signal.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/outcome.h"
#include "tests/lab.h"
#include "tests/proof.h"
#include "tests/sim/sim_client.h"

enum {
	WAIT_MS = 120000,
	QUIET_US = 3000000,
	STEP_US = 100000,
	OVERLONG_OCTETS = 224,
};

struct world {
	struct lab lab;
	struct sim sim;
};

static void
open_world(struct world *world, const char *settings)
{
	struct text words = { 0 };

	lab_open(&world->lab, "device-to-come");
	sim_start_named(
	    &world->sim, "./modem_sim", world->lab.folder, "modem", NULL);
	text_printf(&words,
	    "device = \"%s\"; pause_ms = 0; check_s = 1; rest_s = 2; %s",
	    world->sim.device, settings);
	lab_configure(&world->lab, "device = \"device-to-come\"", words.bytes);
	text_free(&words);
}

static void
close_world(struct world *world)
{
	(void)lab_stop(&world->lab, SIGTERM);
	sim_stop(&world->sim);
	lab_close(&world->lab);
}

static int
status_says(struct world *world, const char *option, const char *words)
{
	return (lab_status_says(&world->lab, option, words, WAIT_MS));
}

static long
count_of(struct world *world, const char *name)
{
	struct sim_connection *connection = &world->sim.connection;
	const char *command[] = { "stats" };
	struct fields fields;
	long count = -1;

	sim_send(connection, command, COUNT_OF(command));
	while (sim_read_line(connection, WAIT_MS, &fields) &&
	    strcmp(fields.list[0], "stat") == 0) {
		if (strcmp(fields.list[1], name) == 0)
			count = strtol(fields.list[2], NULL, 10);
	}
	return (count);
}

/* Waits until the log has words so many times. */
static int
log_says(struct world *world, const char *words, long times)
{
	int64_t until_ms = clock_monotonic_ms() + WAIT_MS;

	while (lab_log_count(&world->lab, words) < times) {
		if (clock_monotonic_ms() > until_ms)
			return (0);
		usleep(STEP_US);
	}
	return (1);
}

static int
becomes(struct world *world, const char *sql, int64_t number)
{
	int64_t until_ms = clock_monotonic_ms() + WAIT_MS;

	while (lab_query_integer(&world->lab, sql) != number) {
		if (clock_monotonic_ms() > until_ms)
			return (0);
		usleep(STEP_US);
	}
	return (1);
}

static void
the_credit_is_asked_for_and_told_when_it_is_low(void)
{
	struct world world;

	open_world(&world,
	    "balance_code = \"*100#,1\";"
	    " balance_pattern = \"main ([0-9.]+)\"; balance_low = 50");
	sim_ask(&world.sim, "ussd", "*100#", "1 Balance\n2 Other", "1", NULL);
	sim_ask(&world.sim, "ussd", "1", "Bonus 90.00\nMain 12.50", "0", NULL);
	lab_start(&world.lab);
	expect(status_says(&world, "--json",
		   "\"credit\":\"low\",\"credit_hundredths\":1250"),
	    "the credit is not told");
	expect(status_says(&world, "--prometheus",
		   "waymark_line_credit_low{line=\"modem-1\"} 1"),
	    "nor is it as a figure");
	expect(lab_finds(&world.lab, "its credit is low"), "nor in the log");
	expect(!lab_finds(&world.lab, "Bonus"), "the log holds the answer");
	close_world(&world);
}

static void
a_wrong_pin_is_tried_once_however_often_the_hub_starts(void)
{
	struct world world;

	open_world(&world, "pin = \"4321\"");
	sim_ask(&world.sim, "fault", "pin", NULL);
	for (int i = 0; i < 3; i++) {
		lab_start(&world.lab);
		expect(status_says(&world, "--json", "\"needs_hand\":true"),
		    "nobody is called");
		usleep(QUIET_US);
		expect(count_of(&world, "pins") == 1, "%ld PINs were tried",
		    count_of(&world, "pins"));
		(void)lab_stop(&world.lab, i == 1 ? SIGKILL : SIGTERM);
	}
	/* Another one is another matter. */
	lab_configure(&world.lab, "pin = \"4321\"", "pin = \"1234\"");
	lab_start(&world.lab);
	expect(status_says(&world, "--json",
		   "\"rung\":\"well\",\"needs_hand\""
		   ":false,\"storage_percent\":0"),
	    "the right PIN does not open the SIM");
	expect(count_of(&world, "pins") == 2, "%ld PINs were tried",
	    count_of(&world, "pins"));
	close_world(&world);
}

static void
a_ring_is_put_on_the_list_once_in_a_window(void)
{
	struct world world;

	open_world(&world, "missed_calls = \"list\"");
	lab_start(&world.lab);
	expect(status_says(&world, "--json", "\"network\":\"Simulated\""),
	    "the modem is not up");
	sim_ask(&world.sim, "ring", "+9779841000001", NULL);
	usleep(QUIET_US);
	/* After its call's end it may ring again. */
	sim_ask(&world.sim, "give-up", NULL);
	usleep(QUIET_US);
	sim_ask(&world.sim, "ring", "+9779841000001", NULL);
	sim_ask(&world.sim, "ring", "", NULL);
	expect(status_says(&world, "--json", "\"hidden_calls\":1"),
	    "the hidden number is not counted");
	expect(lab_query_integer(&world.lab,
		   "SELECT count(*) FROM journal WHERE kind = 'call' AND"
		   " state = 'aside'") == 1,
	    "the call is not on the list, or twice");
	expect(
	    lab_query_integer(&world.lab, "SELECT count(*) FROM outbox") == 0,
	    "somebody was sent a text");
	expect(count_of(&world, "hung-up") >= 2, "it was not hung up");
	close_world(&world);
}

static void
the_power_is_turned_when_nothing_else_helps(void)
{
	struct text settings = { 0 };
	char here[512];
	struct world world;

	expect(getcwd(here, sizeof(here)) != NULL, "nowhere");
	open_world(&world, "power_cycle = \"COMMAND\"; power_apart_s = 5");
	text_printf(&settings, "power_cycle = \"%s/modem_ctl %s power\"", here,
	    world.sim.control);
	lab_configure(&world.lab, "power_cycle = \"COMMAND\"", settings.bytes);
	text_free(&settings);
	lab_start(&world.lab);
	expect(status_says(&world, "--json", "\"network\":\"Simulated\""),
	    "the modem is not up");
	sim_ask(&world.sim, "fault", "stuck-power", NULL);
	expect(status_says(&world, "--json", "\"up\":false"), "it seems well");
	expect(status_says(&world, "--json",
		   "\"name\":\"modem-1\",\"state\":\"up\",\"up\":true"),
	    "it is not mended");
	expect(count_of(&world, "power") >= 1, "not by its power");
	close_world(&world);
}

/* A text that waits while its modem hangs is a caller's: nothing is given up for
 * waiting. */
static void
a_text_is_handled_however_often_its_modem_hangs_at_it(void)
{
	enum { HANGS = 4 };
	struct world world;

	open_world(&world, "patience_s = 2; sweep_s = 2");
	lab_start(&world.lab);
	expect(status_says(&world, "--json", "\"network\":\"Simulated\""),
	    "the modem is not up");
	/* Asked by the sweep alone, which is then to blame for all it does. */
	sim_ask(&world.sim, "fault", "deaf", NULL);
	sim_ask(&world.sim, "fault", "command-silent", "AT+CPMS=\"SM\",", NULL);
	sim_ask(&world.sim, "text", "+9779841000001", "HELP", NULL);
	for (int i = 0; i < HANGS; i++)
		expect(log_says(&world, "its process ended (signal 14)", i + 1),
		    "it did not hang %d times", i + 1);
	sim_ask(&world.sim, "heal", NULL);
	expect(becomes(&world,
		   "SELECT count(*) FROM journal WHERE"
		   " kind = 'sms' AND state = 'handled'",
		   1),
	    "the text was not handled");
	expect(lab_query_integer(&world.lab,
		   "SELECT count(*) FROM journal WHERE kind = 'binary'") == 0,
	    "something was called unreadable");
	close_world(&world);
}

/* -- what stops gammu-smsd for ever ------------------------------------------ */

/* Under 168 septets it is read; at 255 libGammu does not survive it. */
#define OVERLONG_START \
	"07917799080000F0040D91779981436587F900002111212242320" \
	"0FF"

static const struct {
	const char *what;
	const char *pdu;
} stoppers[] = {
	{ "compressed",
	    "07917799080000F0040D91779981436587F90020211121224232000141" },
	{ "of type 3",
	    "07917799080000F0070D91779981436587F90000211121224232000141" },
	{ "with octets behind its end",
	    "07917799080000F0040D91779981436587F900002111212242320001414141" },
	{ "cut off", "07917799080000F0040D91779981436587F9000021112122" },
	{ "over-long", OVERLONG_START },
	{ "nothing but 00", "00" },
};

static void
pdu_of(size_t i, struct text *pdu)
{
	text_clear(pdu);
	text_add(pdu, stoppers[i].pdu);
	for (int k = 0; strcmp(stoppers[i].pdu, OVERLONG_START) == 0 &&
	     k < OVERLONG_OCTETS;
	     k++)
		text_add(pdu, "41");
}

/* Its bytes, opened by somebody of the team. */
static int
stands_aside(struct world *world, int64_t id, const char *pdu)
{
	char words[24];
	const char *arguments[] = { "queue", "aside", words, "--staff",
		LAB_STAFF, "--password-file", world->lab.password_file, NULL };
	struct text out = { 0 };
	struct text joined = { 0 };
	int stands;

	snprintf(words, sizeof(words), "%lld", (long long)id);
	(void)lab_run(&world->lab, &out, arguments);
	/* It is shown on lines. */
	for (size_t i = 0; i < out.length; i++) {
		if (strchr(" \n", out.bytes[i]) == NULL)
			text_add_byte(&joined, out.bytes[i]);
	}
	stands = strstr(text_string(&joined), pdu) != NULL;
	text_free(&out);
	text_free(&joined);
	return (stands);
}

static void
what_stops_others_for_ever_is_set_aside_and_stops_nobody(void)
{
	struct world world;
	struct text pdu = { 0 };
	char number[24];

	open_world(&world, "sweep_s = 2");
	lab_start(&world.lab);
	expect(status_says(&world, "--json", "\"network\":\"Simulated\""),
	    "the modem is not up");
	for (size_t i = 0; i < COUNT_OF(stoppers); i++) {
		pdu_of(i, &pdu);
		sim_ask(&world.sim, "pdu", pdu.bytes, NULL);
		snprintf(number, sizeof(number), "+97798410000%02zu", i);
		sim_ask(&world.sim, "text", number, "hello", NULL);
		expect(becomes(&world,
			   "SELECT count(*) FROM journal WHERE kind = 'sms'"
			   " AND state = 'handled'",
			   (int64_t)i + 1),
		    "the text behind a message %s is not handled",
		    stoppers[i].what);
		expect(becomes(&world,
			   "SELECT count(*) FROM journal WHERE kind ="
			   " 'binary' AND state = 'aside'",
			   (int64_t)i + 1),
		    "a message %s is not set aside", stoppers[i].what);
		expect(stands_aside(&world,
			   lab_query_integer(&world.lab,
			       "SELECT max(id) FROM journal WHERE kind ="
			       " 'binary'"),
			   pdu.bytes),
		    "the bytes of a message %s are not kept", stoppers[i].what);
		/* Deleted. */
		sim_ask(&world.sim, "stored-wait", "0", NULL);
	}
	expect(!lab_finds(&world.lab, "779981436587"),
	    "a number stands in the open");
	text_free(&pdu);
	close_world(&world);
}

static const struct proof proofs[] = {
	{ "a_text_is_handled_however_often_its_modem_hangs_at_it",
	    a_text_is_handled_however_often_its_modem_hangs_at_it },
	{ "what_stops_others_for_ever_is_set_aside_and_stops_nobody",
	    what_stops_others_for_ever_is_set_aside_and_stops_nobody },
	{ "the_credit_is_asked_for_and_told_when_it_is_low",
	    the_credit_is_asked_for_and_told_when_it_is_low },
	{ "a_wrong_pin_is_tried_once_however_often_the_hub_starts",
	    a_wrong_pin_is_tried_once_however_often_the_hub_starts },
	{ "a_ring_is_put_on_the_list_once_in_a_window",
	    a_ring_is_put_on_the_list_once_in_a_window },
	{ "the_power_is_turned_when_nothing_else_helps",
	    the_power_is_turned_when_nothing_else_helps },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
