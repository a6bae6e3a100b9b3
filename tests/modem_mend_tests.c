/* How the modem line mends its modem, and what it asks and dials past libGammu;
 * part of modem_line_test. */
#include <unistd.h>

#include "gateway/base/clock.h"
#include "tests/modem_bench.h"
#include "tests/national_texts.h"

enum {
	MENDED_MS = 90000, /* what is promised; it takes seconds */
	DIALLED_MS = 30000,
};

/* A line that looks after its modem every second. */
static void
start_watchful(struct bench *bench)
{
	bench->check_s = 1;
	bench_start(bench);
}

static void
expect_service(struct bench *bench, uint64_t id)
{
	sim_ask(&bench->sim, "text", NEPALI, "still there?", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, strcmp(bench->heard.arrived.text, "still there?") == 0);
	bench_release(bench, bench->heard.arrived.slot);
	bench_send(bench, id, NEPALI, "yes", 1, 1);
	EXPECT(bench, bench_hear(bench, LINE_SENT, SOON_MS));
	EXPECT(bench, bench->heard.id == id);
}

static void
texts_in_national_tables_come_through_right(struct bench *bench)
{
	bench_start(bench);
	for (size_t i = 0; i < COUNT_OF(national_texts); i++) {
		sim_ask(&bench->sim, "pdu", national_texts[i].pdu, NULL);
		EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
		EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_SMS);
		EXPECT(bench,
		    strcmp(bench->heard.arrived.text, national_texts[i].text) ==
			0);
		EXPECT(bench,
		    bench->heard.arrived.parts == national_texts[i].parts);
		bench_release(bench, bench->heard.arrived.slot);
	}
	EXPECT(bench, bench_stored(bench, 0));
}

/* Each with the lines of its own that it throws in. */
static void
every_family_is_read_and_sent_by(struct bench *bench)
{
	static const char *const profiles[] = { "simcom", "huawei",
		"huawei-e3131", "zte", "quectel" };

	for (size_t i = 0; i < COUNT_OF(profiles) && bench->failures == 0;
	     i++) {
		bench_start_modem(bench, profiles[i]);
		bench_start_line(bench);
		EXPECT(bench, bench_hear_health(bench, 1, SOON_MS));
		for (uint64_t n = 1; n <= 8 && bench->failures == 0; n++)
			expect_service(bench, n);
		EXPECT(bench, bench_stored(bench, 0));
		if (bench->failures > 0)
			fprintf(stderr, "with profile %s\n", profiles[i]);
		bench_stop(bench);
	}
}

static void
a_balance_is_asked_for_in_every_manner(struct bench *bench)
{
	static const char *const styles[] = { "own", "plain", "ucs2", "ucs2-15",
		"packed", "packed-0" };
	static const char *const profiles[] = { "generic", "huawei",
		"huawei-e3131" };

	for (size_t p = 0; p < COUNT_OF(profiles); p++) {
		bench_start_modem(bench, profiles[p]);
		bench_start_line(bench);
		EXPECT(bench, bench_hear_health(bench, 1, SOON_MS));
		for (size_t i = 0; i < COUNT_OF(styles); i++) {
			sim_ask(&bench->sim, "ussd", "*100#",
			    "Balance: 25.50\nvalid till May", "0", styles[i],
			    NULL);
			bench_say_words(bench, HUB_DIAL, "*100#");
			EXPECT(
			    bench, bench_hear(bench, LINE_DIALLED, DIALLED_MS));
			EXPECT(bench, bench->heard.how == DONE);
			EXPECT(bench,
			    strcmp(bench->heard.text,
				"Balance: 25.50\nvalid till May") == 0);
			if (bench->failures > 0)
				fprintf(stderr, "with %s, %s\n", profiles[p],
				    styles[i]);
		}
		expect_service(bench, 1);
		bench_stop(bench);
	}
}

static void
a_menu_of_codes_is_walked_to_its_end(struct bench *bench)
{
	static const char *const pages[] = { "1 Balance", "2 Main", "Rs 7.00" };

	bench_start(bench);
	sim_ask(&bench->sim, "ussd", "*1#", "1 Balance", "1", NULL);
	sim_ask(&bench->sim, "ussd", "1", "2 Main", "1", NULL);
	sim_ask(&bench->sim, "ussd", "2", "Rs 7.00", "0", NULL);
	bench_say_words(bench, HUB_DIAL, "*1#,1,2");
	for (size_t i = 0; i < COUNT_OF(pages); i++) {
		EXPECT(bench, bench_hear(bench, LINE_DIALLED, DIALLED_MS));
		EXPECT(bench, bench->heard.how == DONE);
		EXPECT(bench, strcmp(bench->heard.text, pages[i]) == 0);
		EXPECT(
		    bench, bench->heard.is_last == (i + 1 == COUNT_OF(pages)));
	}
	bench_say_words(bench, HUB_DIAL, "*999#");
	EXPECT(bench, bench_hear(bench, LINE_DIALLED, DIALLED_MS));
	EXPECT(bench, bench->heard.how == REFUSED);
	expect_service(bench, 1);
}

/* -- rungs ------------------------------------------------------------------- */

static const struct {
	const char *fault;
	const char *count; /* what mends it */
} stuck[] = {
	{ "stuck-settings", "resets" },
	{ "stuck-radio", "radio" },
	{ "stuck-restart", "restarts" },
};

static void
each_rung_mends_what_it_is_for(struct bench *bench)
{
	for (size_t i = 0; i < COUNT_OF(stuck); i++) {
		start_watchful(bench);
		sim_ask(&bench->sim, "fault", stuck[i].fault, NULL);
		EXPECT(bench, bench_hear_health(bench, 0, MENDED_MS));
		EXPECT(bench, bench_hear_health(bench, 1, MENDED_MS));
		EXPECT(bench, bench_count(bench, stuck[i].count) > 0);
		expect_service(bench, 1);
		if (bench->failures > 0)
			fprintf(stderr, "with %s\n", stuck[i].fault);
		bench_stop(bench);
	}
}

/* The hub turns the power when a line tells of that rung. */
static void
the_power_is_asked_for_when_nothing_else_helps(struct bench *bench)
{
	int has_asked = 0;

	bench->may_power = 1;
	start_watchful(bench);
	sim_ask(&bench->sim, "fault", "stuck-power", NULL);
	while (!has_asked && bench_hear(bench, LINE_HEALTH, MENDED_MS))
		has_asked = bench->heard.rung == RUNG_POWER;
	EXPECT(bench, has_asked);
	sim_ask(&bench->sim, "power", NULL);
	EXPECT(bench, bench_hear_health(bench, 1, MENDED_MS));
	expect_service(bench, 1);
}

static void
a_modem_that_forgot_everything_is_told_again(struct bench *bench)
{
	start_watchful(bench);
	sim_ask(&bench->sim, "fault", "restart", NULL);
	EXPECT(bench, bench_hear_health(bench, 0, MENDED_MS));
	EXPECT(bench, bench_hear_health(bench, 1, MENDED_MS));
	expect_service(bench, 1);
}

static void
a_text_without_a_notice_is_found(struct bench *bench)
{
	start_watchful(bench);
	sim_ask(&bench->sim, "fault", "deaf", NULL);
	sim_ask(&bench->sim, "text", NEPALI, "HELP", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, strcmp(bench->heard.arrived.text, "HELP") == 0);
}

static void
health_tells_the_network_and_the_memory(struct bench *bench)
{
	int percent = 0;

	start_watchful(bench);
	EXPECT(bench, strcmp(bench->heard.network, "Simulated") == 0);
	EXPECT(bench, bench->heard.storage_percent == 0);
	EXPECT(bench, bench->heard.sim == SIM_READY);
	EXPECT(bench, bench->heard.rung == RUNG_WELL);
	sim_ask(&bench->sim, "places", "5", NULL);
	for (int i = 0; i < 4; i++)
		sim_ask(&bench->sim, "text", NEPALI, "one of many", NULL);
	while (percent != 80 && bench_hear(bench, LINE_HEALTH, SOON_MS))
		percent = (int)bench->heard.storage_percent;
	EXPECT(bench, percent == 80);
}

/* -- locks ------------------------------------------------------------------- */

static void
a_pin_opens_the_sim(struct bench *bench)
{
	bench_start_modem(bench, NULL);
	sim_ask(&bench->sim, "fault", "pin", NULL);
	bench_start_line(bench);
	EXPECT(bench, bench_hear_health(bench, 0, SOON_MS));
	EXPECT(bench, bench->heard.sim == SIM_WANTS_PIN);
	EXPECT(bench, bench->heard.needs_hand == 1);
	bench_say_words(bench, HUB_UNLOCK, "1234");
	EXPECT(bench, bench_hear_health(bench, 1, MENDED_MS));
	EXPECT(bench, bench->heard.sim == SIM_READY);
	EXPECT(bench, bench_count(bench, "pins") == 1);
}

static void
a_wrong_pin_is_tried_once(struct bench *bench)
{
	bench_start_modem(bench, NULL);
	sim_ask(&bench->sim, "fault", "pin", NULL);
	bench_start_line(bench);
	EXPECT(bench, bench_hear_health(bench, 0, SOON_MS));
	bench_say_words(bench, HUB_UNLOCK, "4321");
	EXPECT(bench, bench_hear_health(bench, 0, SOON_MS));
	EXPECT(bench, bench->heard.sim == SIM_PIN_WAS_WRONG);
	/* It looks again and again, and asks no more. */
	EXPECT(bench, !bench_hear_health(bench, 1, 12000));
	EXPECT(bench, bench_count(bench, "pins") == 1);
}

static void
a_modem_without_a_sim_needs_a_hand(struct bench *bench)
{
	bench_start_modem(bench, NULL);
	sim_ask(&bench->sim, "fault", "no-sim", NULL);
	bench_start_line(bench);
	EXPECT(bench, bench_hear_health(bench, 0, SOON_MS));
	EXPECT(bench, bench->heard.sim == SIM_MISSING);
	EXPECT(bench, bench->heard.needs_hand == 1);
	sim_ask(&bench->sim, "heal", NULL);
	EXPECT(bench, bench_hear_health(bench, 1, MENDED_MS));
}

/* -- what ended the process before this one ------------------------------------- */

static void
start_after_death(struct bench *bench, const char *suspects)
{
	bench_start_modem(bench, NULL);
	sim_ask(&bench->sim, "text", NEPALI, "one", NULL);
	sim_ask(&bench->sim, "text", NEPALI, "two", NULL);
	sim_ask(&bench->sim, "text", NEPALI, "three", NULL);
	bench->suspects = suspects;
	bench_start_line(bench);
}

static void
expect_text(struct bench *bench, const char *text)
{
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_SMS);
	EXPECT(bench, strcmp(bench->heard.arrived.text, text) == 0);
}

/* As the hub is told that a suspect is none any more. */
static int
hears_read_well(struct bench *bench)
{
	while (bench_hear(bench, LINE_WORKS, SOON_MS)) {
		if (bench->heard.work == WORK_READ_WELL)
			return (1);
	}
	return (0);
}

static void
what_a_modem_hung_at_is_read_last(struct bench *bench)
{
	start_after_death(bench, "1:0:7:0,2:1:0:0");
	expect_text(bench, "three");
	/* And only when it is well otherwise. */
	EXPECT(bench, bench_hear_health(bench, 1, SOON_MS));
	expect_text(bench, "one");
	EXPECT(bench, hears_read_well(bench));
	EXPECT(bench, bench->heard.id == 1);
	expect_text(bench, "two");
}

static void
what_is_read_again_later_does_not_stop_the_others(struct bench *bench)
{
	int64_t began_ms = clock_monotonic_ms();

	start_after_death(bench, "1:0:9:6000");
	expect_text(bench, "two");
	expect_text(bench, "three");
	expect_text(bench, "one");
	EXPECT(bench, clock_monotonic_ms() - began_ms >= 6000);
}

/* It keeps its bytes, and is deleted when the hub has them. */
static void
what_ended_processes_is_taken_by_its_bytes(struct bench *bench)
{
	start_after_death(bench, "2:2:0:0");
	expect_text(bench, "one");
	bench_release(bench, bench->heard.arrived.slot);
	expect_text(bench, "three");
	bench_release(bench, bench->heard.arrived.slot);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_UNREADABLE);
	EXPECT(bench, strlen(bench->heard.arrived.text) > 20);
	EXPECT(bench, bench_stored(bench, 1));
	bench_release(bench, bench->heard.arrived.slot);
	EXPECT(bench, hears_read_well(bench));
	EXPECT(bench, bench_stored(bench, 0));
	expect_service(bench, 1);
}

/* Where a modem has no list, either. */
static void
what_ended_processes_is_taken_without_a_list(struct bench *bench)
{
	bench_start_modem(bench, NULL);
	sim_ask(
	    &bench->sim, "fault", "command-error", "AT+CMGL", "ERROR", NULL);
	sim_ask(&bench->sim, "text", NEPALI, "one", NULL);
	bench->suspects = "1:2:0:0";
	bench_start_line(bench);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_UNREADABLE);
	EXPECT(bench, strlen(bench->heard.arrived.text) > 20);
	bench_release(bench, bench->heard.arrived.slot);
	EXPECT(bench, hears_read_well(bench));
	EXPECT(bench, bench_stored(bench, 0));
	expect_service(bench, 1);
}

/* Not even its bytes can be had: it stays, is told once, and the others are
 * served. */
static void
what_cannot_be_had_stays_and_is_told_once(struct bench *bench)
{
	bench_start_modem(bench, NULL);
	sim_ask(&bench->sim, "text", NEPALI, "one", NULL);
	sim_ask(
	    &bench->sim, "fault", "command-error", "AT+CMGR=1", "ERROR", NULL);
	bench->suspects = "1:2:0:0";
	bench_start_line(bench);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_UNREADABLE);
	EXPECT(bench, bench->heard.arrived.text[0] == '\0');
	bench_release(bench, bench->heard.arrived.slot);
	EXPECT(bench, !bench_hear(bench, LINE_ARRIVED, SILENT_MS));
	expect_service(bench, 1);
	EXPECT(bench, bench_stored(bench, 1));
	sim_ask(&bench->sim, "heal", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, LONG_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_UNREADABLE);
	EXPECT(bench, strlen(bench->heard.arrived.text) > 20);
	bench_release(bench, bench->heard.arrived.slot);
	EXPECT(bench, bench_stored(bench, 0));
}

/* An answer that was garbled once too often is no reason to call a text
 * unreadable: its bytes say what it is. */
static void
a_text_that_only_errors_hide_is_a_text(struct bench *bench)
{
	static const char *const errors[] = { "+CMS ERROR: 500",
		"+CMS ERROR: 310", "+CMS ERROR: 300", "+CME ERROR: 100",
		"ERROR" };

	bench_start(bench);
	for (size_t i = 0; i < COUNT_OF(errors); i++) {
		sim_ask(&bench->sim, "fault", "command-error",
		    "AT+CMGR=", errors[i], "times=5", NULL);
		sim_ask(&bench->sim, "text", NEPALI, "HELP", NULL);
		expect_text(bench, "HELP");
		bench_release(bench, bench->heard.arrived.slot);
		EXPECT(bench, bench_stored(bench, 0));
	}
}

/* What waits in the network comes in at once where room was made, and the
 * answer to the deletion is garbled. */
static void
what_came_where_a_message_was_deleted_is_not_deleted(struct bench *bench)
{
	char words[24];

	bench->check_s = 1;
	bench_start_modem(bench, NULL);
	/* A notice behind the error would have libGammu overlook it. */
	sim_ask(&bench->sim, "fault", "deaf", NULL);
	sim_ask(&bench->sim, "places", "1", NULL);
	sim_ask(&bench->sim, "text", NEPALI, "text 1", NULL);
	bench_start_line(bench);
	for (int i = 1; i <= 4 && bench->failures == 0; i++) {
		snprintf(words, sizeof(words), "text %d", i);
		expect_text(bench, words);
		snprintf(words, sizeof(words), "text %d", i + 1);
		sim_ask(&bench->sim, "text", NEPALI, words, NULL);
		sim_ask(&bench->sim, "fault", "lying-command", "AT+CMGD",
		    i % 2 == 0 ? "ERROR" : "+CMS ERROR: 500", "times=1", NULL);
		bench_release(bench, bench->heard.arrived.slot);
	}
	expect_text(bench, "text 5");
}

static void
a_line_says_what_it_begins(struct bench *bench)
{
	bench_start(bench);
	bench_send(bench, 7, NEPALI, "text", 1, 1);
	EXPECT(bench, bench_hear(bench, LINE_WORKS, SOON_MS));
	EXPECT(bench, bench->heard.work == WORK_SEND);
	EXPECT(bench, bench->heard.id == 7);
	EXPECT(bench, bench_hear(bench, LINE_SENT, SOON_MS));
	EXPECT(bench, bench_hear(bench, LINE_WORKS, SOON_MS));
	EXPECT(bench, bench->heard.work == WORK_NONE);
	sim_ask(&bench->sim, "text", NEPALI, "HELP", NULL);
	do {
		EXPECT(bench, bench_hear(bench, LINE_WORKS, SOON_MS));
	} while (bench->heard.work == WORK_NONE && bench->failures == 0);
	EXPECT(bench, bench->heard.work == WORK_READ);
	EXPECT(bench, bench->heard.id == 1);
}

#define TEST(name) \
	{ \
#name, name \
	}
const struct bench_test mend_tests[] = {
	TEST(texts_in_national_tables_come_through_right),
	TEST(every_family_is_read_and_sent_by),
	TEST(a_balance_is_asked_for_in_every_manner),
	TEST(a_menu_of_codes_is_walked_to_its_end),
	TEST(each_rung_mends_what_it_is_for),
	TEST(the_power_is_asked_for_when_nothing_else_helps),
	TEST(a_modem_that_forgot_everything_is_told_again),
	TEST(a_text_without_a_notice_is_found),
	TEST(health_tells_the_network_and_the_memory),
	TEST(a_pin_opens_the_sim),
	TEST(a_wrong_pin_is_tried_once),
	TEST(a_modem_without_a_sim_needs_a_hand),
	TEST(what_a_modem_hung_at_is_read_last),
	TEST(what_is_read_again_later_does_not_stop_the_others),
	TEST(what_ended_processes_is_taken_by_its_bytes),
	TEST(what_ended_processes_is_taken_without_a_list),
	TEST(what_cannot_be_had_stays_and_is_told_once),
	TEST(a_text_that_only_errors_hide_is_a_text),
	TEST(what_came_where_a_message_was_deleted_is_not_deleted),
	TEST(a_line_says_what_it_begins),
	{ NULL, NULL },
};
