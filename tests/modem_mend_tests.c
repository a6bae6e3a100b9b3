/* How the modem line mends its modem, and what it asks and dials past libGammu;
 * part of modem_line_test. */
#include <unistd.h>

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
	bench_start(bench);
	sim_ask(&bench->sim, "ussd", "*1#", "1 Balance", "1", NULL);
	sim_ask(&bench->sim, "ussd", "1", "2 Main", "1", NULL);
	sim_ask(&bench->sim, "ussd", "2", "Rs 7.00", "0", NULL);
	bench_say_words(bench, HUB_DIAL, "*1#,1,2");
	EXPECT(bench, bench_hear(bench, LINE_DIALLED, DIALLED_MS));
	EXPECT(bench, bench->heard.how == DONE);
	EXPECT(bench, strcmp(bench->heard.text, "Rs 7.00") == 0);
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
start_after_death(struct bench *bench, enum line_work work, int64_t location)
{
	bench_start_modem(bench, NULL);
	sim_ask(&bench->sim, "text", NEPALI, "one", NULL);
	sim_ask(&bench->sim, "text", NEPALI, "two", NULL);
	sim_ask(&bench->sim, "text", NEPALI, "three", NULL);
	bench->died_at = work;
	bench->died_location = location;
	bench_start_line(bench);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_BINARY);
	EXPECT(bench, bench_stored(bench, 2));
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_SMS);
}

static void
the_message_that_was_read_is_not_read_again(struct bench *bench)
{
	start_after_death(bench, WORK_READ, 2);
	EXPECT(bench, strcmp(bench->heard.arrived.text, "one") == 0);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, strcmp(bench->heard.arrived.text, "three") == 0);
}

static void
the_message_behind_the_last_of_a_sweep_is_not_read_again(struct bench *bench)
{
	start_after_death(bench, WORK_SWEEP, 0);
	EXPECT(bench, strcmp(bench->heard.arrived.text, "two") == 0);
	bench_stop(bench);
	start_after_death(bench, WORK_SWEEP, 2);
	EXPECT(bench, strcmp(bench->heard.arrived.text, "one") == 0);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, strcmp(bench->heard.arrived.text, "two") == 0);
}

static void
a_line_says_what_it_begins(struct bench *bench)
{
	bench_start(bench);
	EXPECT(bench, bench_hear(bench, LINE_WORKS, SOON_MS));
	EXPECT(bench, bench->heard.work == WORK_NONE);
	bench_send(bench, 7, NEPALI, "text", 1, 1);
	EXPECT(bench, bench_hear(bench, LINE_WORKS, SOON_MS));
	EXPECT(bench, bench->heard.work == WORK_SEND);
	EXPECT(bench, bench->heard.id == 7);
	EXPECT(bench, bench_hear(bench, LINE_SENT, SOON_MS));
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
	TEST(the_message_that_was_read_is_not_read_again),
	TEST(the_message_behind_the_last_of_a_sweep_is_not_read_again),
	TEST(a_line_says_what_it_begins),
	{ NULL, NULL },
};
