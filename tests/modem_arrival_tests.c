/* What comes in through the modem line; part of modem_line_test. */
#include <signal.h>
#include <unistd.h>

#include "tests/modem_bench.h"

enum { CALLS_MOST = 5, BETWEEN_CALLS_MS = 2500 };

static void
a_text_stays_on_the_sim_until_it_is_released(struct bench *bench)
{
	bench_start(bench);
	sim_ask(&bench->sim, "text", NEPALI, "HELP", "1795521600", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_SMS);
	EXPECT(bench, strcmp(bench->heard.arrived.sender, NEPALI) == 0);
	EXPECT(bench, strcmp(bench->heard.arrived.text, "HELP") == 0);
	EXPECT(bench, bench->heard.arrived.network_utc_s == 1795521600);
	EXPECT(bench, bench->heard.arrived.join_reference == -1);
	EXPECT(bench, bench->heard.arrived.parts == 1);
	EXPECT(bench, bench->heard.arrived.token == 0);
	EXPECT(bench, bench->heard.arrived.flash == 0);
	usleep(SHORT_MS * 1000);
	EXPECT(bench, bench_stored(bench, 1));
	bench_release(bench, bench->heard.arrived.slot);
	EXPECT(bench, bench_stored(bench, 0));
}

static void
every_script_comes_through_whole(struct bench *bench)
{
	static const char *const texts[] = {
		"@ \xc3\xa9 {}[]~\\|^ \xe2\x82\xac \xce\xa9 \xc3\x87",
		"\xe0\xa4\xb8\xe0\xa4\xb9\xe0\xa4\xbe\xe0\xa4\xaf\xe0\xa4"
		"\xa4\xe0\xa4\xbe ~ ~~ 12",
		"\xf0\x9f\x86\x98 help \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94"
		"\xa7",
		"one\ntwo",
		"",
	};

	bench_start(bench);
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		sim_ask(&bench->sim, "text", NEPALI, texts[i], NULL);
		EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
		EXPECT(bench, strcmp(bench->heard.arrived.text, texts[i]) == 0);
		bench_release(bench, bench->heard.arrived.slot);
	}
	EXPECT(bench, bench_stored(bench, 0));
}

static void
a_part_says_what_it_is_part_of(struct bench *bench)
{
	bench_start(bench);
	sim_ask(&bench->sim, "part", NEPALI, "7", "3", "2", "two", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.join_reference == 7);
	EXPECT(bench, bench->heard.arrived.join_bits == 8);
	EXPECT(bench, bench->heard.arrived.parts == 3);
	EXPECT(bench, bench->heard.arrived.part == 2);
	EXPECT(bench, strcmp(bench->heard.arrived.text, "two") == 0);
	sim_ask(
	    &bench->sim, "part", NEPALI, "40000", "2", "1", "one", "16", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.join_reference == 40000);
	EXPECT(bench, bench->heard.arrived.join_bits == 16);
	EXPECT(bench, bench->heard.arrived.part == 1);
}

static void
a_killed_line_announces_the_same_again(struct bench *bench)
{
	struct arrival before;

	bench_start(bench);
	sim_ask(&bench->sim, "part", NEPALI, "7", "3", "2", "two", "8",
	    "1795521600", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	before = bench->heard.arrived;
	bench_kill_line(bench);
	bench_start_line(bench);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	before.slot = bench->heard.arrived.slot;
	EXPECT(
	    bench, memcmp(&before, &bench->heard.arrived, sizeof(before)) == 0);
	EXPECT(bench, !bench_hear(bench, LINE_ARRIVED, SHORT_MS));
	bench_release(bench, before.slot);
	EXPECT(bench, bench_stored(bench, 0));
}

static void
what_lay_on_the_sim_before_is_announced_once(struct bench *bench)
{
	enum { MESSAGES = 30 };
	uint64_t slots[MESSAGES] = { 0 };

	bench_start_modem(bench, NULL);
	for (int i = 0; i < MESSAGES; i++)
		sim_ask(&bench->sim, "text", NEPALI, "old", NULL);
	bench_start_line(bench);
	for (int i = 0; i < MESSAGES; i++) {
		EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
		slots[i] = bench->heard.arrived.slot;
	}
	EXPECT(bench, !bench_hear(bench, LINE_ARRIVED, SHORT_MS));
	for (int i = 0; i < MESSAGES; i++)
		bench_release(bench, slots[i]);
	EXPECT(bench, bench_stored(bench, 0));
}

static void
a_full_sim_lets_the_rest_in_as_it_is_emptied(struct bench *bench)
{
	enum { MESSAGES = 12 };

	bench_start(bench);
	sim_ask(&bench->sim, "places", "3", NULL);
	for (int i = 0; i < MESSAGES; i++)
		sim_ask(&bench->sim, "text", NEPALI, "many", NULL);
	for (int i = 0; i < MESSAGES; i++) {
		EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
		bench_release(bench, bench->heard.arrived.slot);
	}
	EXPECT(bench, bench_stored(bench, 0));
}

static void
a_message_that_cannot_be_read_is_announced_and_deleted(struct bench *bench)
{
	static const char *const pdus[] = {
		/* compressed, message type 3, bytes too many, cut off, empty */
		"07917799080000F0040D91779981436587F90020211121224232000141",
		"07917799080000F0070D91779981436587F90000211121224232000141",
		"07917799080000F0040D91779981436587F900002111212242320001414141",
		"07917799080000F0040D91779981436587F9000021112122",
		"00",
	};

	bench_start(bench);
	for (size_t i = 0; i < COUNT_OF(pdus); i++) {
		sim_ask(&bench->sim, "pdu", pdus[i], NULL);
		/* An empty PDU is only seen by the sweep. */
		EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
		EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_UNREADABLE);
		EXPECT(bench,
		    strcmp(bench->heard.arrived.sender,
			strlen(pdus[i]) > 2 ? "+7799183456789" : "") == 0);
		EXPECT(bench, strcmp(bench->heard.arrived.text, pdus[i]) == 0);
		EXPECT(bench, bench->heard.arrived.token != 0);
		bench_release(bench, bench->heard.arrived.slot);
		EXPECT(bench, bench_stored(bench, 0));
	}
	sim_ask(&bench->sim, "text", NEPALI, "and on", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_SMS);
}

static void
unreadable_messages_do_not_hide_the_others(struct bench *bench)
{
	int texts = 0;

	bench_start_modem(bench, NULL);
	sim_ask(&bench->sim, "text", NEPALI, "one", NULL);
	sim_ask(&bench->sim, "pdu", "00", NULL);
	sim_ask(&bench->sim, "pdu",
	    "07917799080000F0040D91779981436587F90020211121224232000141", NULL);
	sim_ask(&bench->sim, "text", NEPALI, "two", NULL);
	bench_start_line(bench);
	for (int i = 0; i < 4; i++) {
		EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
		texts += bench->heard.arrived.kind == ARRIVAL_SMS;
		bench_release(bench, bench->heard.arrived.slot);
	}
	EXPECT(bench, texts == 2);
	EXPECT(bench, bench_stored(bench, 0));
}

static void
a_header_longer_than_the_message_is_not_believed(struct bench *bench)
{
	bench_start(bench);
	sim_ask(&bench->sim, "pdu",
	    "07917799080000F0440D91779981436587F900002111212242320008"
	    "FF41424344454647",
	    NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_UNREADABLE);
	EXPECT(
	    bench, strcmp(bench->heard.arrived.sender, "+7799183456789") == 0);
	EXPECT(bench, bench->heard.arrived.join_reference == -1);
	bench_release(bench, bench->heard.arrived.slot);
	EXPECT(bench, bench_stored(bench, 0));
}

/* libGammu overruns a buffer at 169 septets; the process does not survive it,
 * whoever reads the message. */
static void
a_deadly_message_ends_a_line_once_and_no_more(struct bench *bench)
{
	char pdu[512] = "07917799080000F0040D91779981436587F900002021112122423"
			"2B0";
	size_t length = strlen(pdu);

	memset(pdu + length, '4', 2 * 160);
	pdu[length + 2 * 160] = '\0';
	bench_start(bench);
	sim_ask(&bench->sim, "text", NEPALI, "before", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	sim_ask(&bench->sim, "pdu", pdu, NULL);
	EXPECT(bench, !bench_hear(bench, LINE_ARRIVED, SILENT_MS));
	EXPECT(bench, bench_wait_line(bench, SOON_MS) == 128 + SIGABRT);
	close(bench->socket);
	bench_start_line(bench);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, strcmp(bench->heard.arrived.text, "before") == 0);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_UNREADABLE);
	EXPECT(bench, strcmp(bench->heard.arrived.text, pdu) == 0);
	/* Not before the hub has it. */
	EXPECT(bench, bench_stored(bench, 2));
	bench_release(bench, bench->heard.arrived.slot);
	EXPECT(bench, bench_stored(bench, 1));
}

static void
flash_and_data_are_told_as_such(struct bench *bench)
{
	bench_start(bench);
	sim_ask(&bench->sim, "flash", NEPALI, "look", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.flash == 1);
	EXPECT(bench, strcmp(bench->heard.arrived.text, "look") == 0);
	bench_release(bench, bench->heard.arrived.slot);
	sim_ask(&bench->sim, "pdu",
	    "07917799080000F0040D917799214365870900042111212242320003"
	    "010203",
	    NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_BINARY);
	EXPECT(bench, bench->heard.arrived.sender[0] == '+');
	EXPECT(bench, bench->heard.arrived.text[0] == '\0');
	bench_release(bench, bench->heard.arrived.slot);
	EXPECT(bench, bench_stored(bench, 0));
}

static void
a_status_report_is_deleted_and_not_announced(struct bench *bench)
{
	bench_start(bench);
	bench_send(bench, 1, NEPALI, "text", 1, 1);
	EXPECT(bench, bench_hear(bench, LINE_SENT, SOON_MS));
	sim_ask(&bench->sim, "report", "1", "0", NULL);
	EXPECT(bench, !bench_hear(bench, LINE_ARRIVED, SHORT_MS));
	EXPECT(bench, bench_stored(bench, 0));
}

/* Somebody who rings until it is another call: notices of the one before may
 * come late. */
static int
hears_another_call(struct bench *bench)
{
	for (int i = 0; i < CALLS_MOST; i++) {
		usleep(BETWEEN_CALLS_MS * 1000);
		sim_ask(&bench->sim, "ring", NEPALI, NULL);
		if (bench_hear(bench, LINE_ARRIVED, BETWEEN_CALLS_MS))
			return (1);
	}
	return (0);
}

static void
a_call_is_hung_up_and_announced_once(struct bench *bench)
{
	uint64_t token;

	bench_start(bench);
	sim_ask(&bench->sim, "ring", NEPALI, NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_CALL);
	EXPECT(bench, strcmp(bench->heard.arrived.sender, NEPALI) == 0);
	token = bench->heard.arrived.token;
	bench_release(bench, bench->heard.arrived.slot);
	sim_ask(&bench->sim, "ring", NEPALI, NULL);
	EXPECT(bench, !bench_hear(bench, LINE_ARRIVED, SHORT_MS));
	sim_ask(&bench->sim, "ring", OTHER, NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, strcmp(bench->heard.arrived.sender, OTHER) == 0);
	EXPECT(bench, hears_another_call(bench));
	EXPECT(bench, bench->heard.arrived.token != token);
	sim_ask(&bench->sim, "text", OTHER, "after", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_SMS);
}

static void
a_modem_that_counts_from_zero_is_read_and_emptied(struct bench *bench)
{
	bench_start_modem(bench, "huawei");
	/* What this maker's modems are asked at first. */
	sim_ask(&bench->sim, "fault", "command-error", "AT^", "OK", NULL);
	sim_ask(&bench->sim, "text", NEPALI, "first", NULL);
	bench_start_line(bench);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, strcmp(bench->heard.arrived.text, "first") == 0);
	sim_ask(&bench->sim, "text", NEPALI, "second", NULL);
	bench_release(bench, bench->heard.arrived.slot);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, strcmp(bench->heard.arrived.text, "second") == 0);
	EXPECT(bench, bench_stored(bench, 1));
	bench_release(bench, bench->heard.arrived.slot);
	EXPECT(bench, bench_stored(bench, 0));
	sim_ask(&bench->sim, "pdu",
	    "07917799080000F0040D91779981436587F90020211121224232000141", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	bench_release(bench, bench->heard.arrived.slot);
	EXPECT(bench, bench_stored(bench, 0));
}

static void
a_notice_inside_an_answer_costs_no_message(struct bench *bench)
{
	bench_start(bench);
	sim_ask(
	    &bench->sim, "fault", "notice-inside", "+WIND: 7", "times=2", NULL);
	sim_ask(&bench->sim, "text", NEPALI, "HELP", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_SMS);
	EXPECT(bench, strcmp(bench->heard.arrived.text, "HELP") == 0);
}

#define TEST(name) \
	{ \
#name, name \
	}
const struct bench_test arrival_tests[] = {
	TEST(a_text_stays_on_the_sim_until_it_is_released),
	TEST(every_script_comes_through_whole),
	TEST(a_part_says_what_it_is_part_of),
	TEST(a_killed_line_announces_the_same_again),
	TEST(what_lay_on_the_sim_before_is_announced_once),
	TEST(a_full_sim_lets_the_rest_in_as_it_is_emptied),
	TEST(a_message_that_cannot_be_read_is_announced_and_deleted),
	TEST(unreadable_messages_do_not_hide_the_others),
	TEST(a_header_longer_than_the_message_is_not_believed),
	TEST(a_deadly_message_ends_a_line_once_and_no_more),
	TEST(flash_and_data_are_told_as_such),
	TEST(a_status_report_is_deleted_and_not_announced),
	TEST(a_call_is_hung_up_and_announced_once),
	TEST(a_modem_that_counts_from_zero_is_read_and_emptied),
	TEST(a_notice_inside_an_answer_costs_no_message),
	{ NULL, NULL },
};
