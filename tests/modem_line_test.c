/* The modem line, libGammu and all, against the simulated modem; the test is
 * the hub.  Usage: modem_line_test [MODEM_SIM [NAME-OF-A-TEST]]
 */
#include <signal.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "tests/modem_bench.h"

enum {
	SOON_MS = 5000,
	LONG_MS = 45000, /* a send that is not answered takes 30 s */
	SHORT_MS = 300,
	QUICK_MS = 150,
	PAUSE_MS = 20,
};

#define NEPALI "+9779812345678"
#define OTHER  "+9779800000001"

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
a_text_goes_out_as_it_was_written(struct bench *bench)
{
	static const struct {
		const char *text;
		const char *alphabet;
	} texts[] = {
		{ "1 Check an offer\n2 Help {now} ~ \xe2\x82\xac", "gsm" },
		{ "\xe0\xa4\xa8\xe0\xa4\xae\xe0\xa4\xb8\xe0\xa5\x8d ~ "
		  "\xf0\x9f\x86\x98",
		    "ucs2" },
	};
	struct bench_sent sent;

	bench_start(bench);
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		bench_send(bench, i + 1, NEPALI, texts[i].text, 9, 1);
		EXPECT(bench, bench_hear(bench, LINE_PART_SENT, SOON_MS));
		EXPECT(bench, bench->heard.id == i + 1);
		EXPECT(bench, bench->heard.part == 1);
		EXPECT(bench, bench->heard.network_reference >= 0);
		EXPECT(bench, bench_hear(bench, LINE_SENT, SOON_MS));
		EXPECT(bench, bench->heard.id == i + 1);
		EXPECT(bench, bench_sent(bench, (long)i + 1, &sent));
		EXPECT(bench, strcmp(sent.to, NEPALI) == 0);
		EXPECT(bench, strcmp(sent.text, texts[i].text) == 0);
		EXPECT(bench, strcmp(sent.alphabet, texts[i].alphabet) == 0);
		EXPECT(bench, strcmp(sent.join_reference, "-1") == 0);
	}
}

static void
a_long_text_goes_out_from_the_part_it_stopped_at(struct bench *bench)
{
	struct bench_sent sent;
	char text[400];
	char all[1200] = "";

	memset(text, 'a', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	memcpy(text + 100, " ~ {} ", 6);
	bench_start(bench);
	bench_send(bench, 5, NEPALI, text, 200, 1);
	for (int part = 1; part <= 3; part++) {
		EXPECT(bench, bench_hear(bench, LINE_PART_SENT, SOON_MS));
		EXPECT(bench, bench->heard.part == part);
		EXPECT(bench, bench_sent(bench, part, &sent));
		EXPECT(bench, strcmp(sent.join_reference, "200") == 0);
		EXPECT(bench, sent.part[0] == '0' + part);
		EXPECT(bench, strcmp(sent.parts, "3") == 0);
		snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s",
		    sent.text);
	}
	EXPECT(bench, strcmp(all, text) == 0);
	EXPECT(bench, bench_hear(bench, LINE_SENT, SOON_MS));
	bench_send(bench, 6, NEPALI, text, 201, 3);
	EXPECT(bench, bench_hear(bench, LINE_PART_SENT, SOON_MS));
	EXPECT(bench, bench->heard.part == 3);
	EXPECT(bench, bench_hear(bench, LINE_SENT, SOON_MS));
	EXPECT(bench, bench_sent(bench, 4, &sent));
	EXPECT(bench, !bench_sent(bench, 5, &sent));
}

static void
an_error_says_whether_to_try_again(struct bench *bench)
{
	static const struct {
		const char *code;
		enum line_message_kind kind;
		enum outcome how;
	} errors[] = {
		{ "38", LINE_FAILED, TRY_LATER },
		{ "331", LINE_FAILED, TRY_LATER },
		{ "28", LINE_FAILED, REFUSED },
		{ "332", LINE_UNSURE, 0 },
	};

	bench_start(bench);
	for (size_t i = 0; i < COUNT_OF(errors); i++) {
		sim_ask(&bench->sim, "fault", "send-error", errors[i].code,
		    "times=1", NULL);
		bench_send(bench, i + 1, NEPALI, "text", 1, 1);
		EXPECT(bench, bench_hear(bench, errors[i].kind, SOON_MS));
		EXPECT(bench, bench->heard.id == i + 1);
		if (errors[i].kind == LINE_FAILED)
			EXPECT(bench, bench->heard.how == errors[i].how);
	}
	bench_send(bench, 9, NEPALI, "text", 1, 1);
	EXPECT(bench, bench_hear(bench, LINE_SENT, SOON_MS));
	EXPECT(bench, bench->heard.id == 9);
}

static void
an_unanswered_send_is_unsure_and_spoils_nothing(struct bench *bench)
{
	bench_start(bench);
	sim_ask(&bench->sim, "fault", "silent-send", "times=1", NULL);
	bench_send(bench, 1, NEPALI, "first", 1, 1);
	EXPECT(bench, bench_hear(bench, LINE_UNSURE, LONG_MS));
	EXPECT(bench, bench->heard.id == 1);
	EXPECT(bench, bench_hear_health(bench, 1, SOON_MS));
	bench_send(bench, 2, NEPALI, "second", 1, 1);
	EXPECT(bench, bench_hear(bench, LINE_SENT, SOON_MS));
	EXPECT(bench, bench->heard.id == 2);
}

static void
a_text_that_comes_during_a_send_is_announced(struct bench *bench)
{
	bench_start(bench);
	sim_ask(&bench->sim, "pace", "500", NULL);
	bench_send(bench, 1, NEPALI, "text", 1, 1);
	usleep(QUICK_MS * 1000);
	sim_ask(&bench->sim, "text", OTHER, "meanwhile", NULL);
	EXPECT(bench, bench_hear(bench, LINE_SENT, SOON_MS));
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, strcmp(bench->heard.arrived.text, "meanwhile") == 0);
}

static void
an_unplugged_modem_is_told_at_once_and_taken_back(struct bench *bench)
{
	bench_start(bench);
	sim_ask(&bench->sim, "text", NEPALI, "before", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	sim_ask(&bench->sim, "fault", "unplug", NULL);
	EXPECT(bench, bench_hear_health(bench, 0, 1000));
	bench_send(bench, 1, NEPALI, "text", 1, 1);
	EXPECT(bench, bench_hear(bench, LINE_FAILED, SOON_MS));
	EXPECT(bench, bench->heard.how == TRY_LATER);
	sim_ask(&bench->sim, "heal", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, LONG_MS));
	EXPECT(bench, strcmp(bench->heard.arrived.text, "before") == 0);
	EXPECT(bench, bench_hear_health(bench, 1, SOON_MS));
	bench_release(bench, bench->heard.arrived.slot);
	bench_send(bench, 2, NEPALI, "text", 1, 1);
	EXPECT(bench, bench_hear(bench, LINE_SENT, SOON_MS));
}

static void
a_hung_line_can_be_killed_and_loses_nothing(struct bench *bench)
{
	bench_start(bench);
	sim_ask(&bench->sim, "fault", "hang", NULL);
	bench_send(bench, 1, NEPALI, "text", 1, 1);
	usleep(SHORT_MS * 1000);
	EXPECT(bench, !bench_hear(bench, LINE_SENT, SHORT_MS));
	bench_kill_line(bench);
	sim_ask(&bench->sim, "heal", NULL);
	sim_ask(&bench->sim, "text", NEPALI, "still there", NULL);
	bench_start_line(bench);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
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
		EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_BINARY);
		EXPECT(bench, bench->heard.arrived.sender[0] == '\0');
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
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_BINARY);
	EXPECT(bench, bench->heard.arrived.sender[0] == '\0');
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
	EXPECT(bench, !bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench_wait_line(bench, SOON_MS) == -1);
	close(bench->socket);
	bench_start_line(bench);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_BINARY);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, strcmp(bench->heard.arrived.text, "before") == 0);
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
	usleep(2500 * 1000);
	sim_ask(&bench->sim, "ring", NEPALI, NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.token != token);
	sim_ask(&bench->sim, "text", OTHER, "after", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, bench->heard.arrived.kind == ARRIVAL_SMS);
}

static void
an_unknown_notice_does_not_spoil_the_next_command(struct bench *bench)
{
	int64_t before_ms;

	bench_start(bench);
	sim_ask(&bench->sim, "notice", "^SMMEMFULL: SM", NULL);
	usleep(QUICK_MS * 1000);
	before_ms = clock_monotonic_ms();
	bench_send(bench, 1, NEPALI, "text", 1, 1);
	EXPECT(bench, bench_hear(bench, LINE_SENT, SOON_MS));
	sim_ask(&bench->sim, "notice", "+PSUTTZ: 1", NULL);
	sim_ask(&bench->sim, "text", NEPALI, "HELP", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
	EXPECT(bench, clock_monotonic_ms() - before_ms < 2000);
}

static void
an_answer_is_on_its_way_within_a_tenth_of_a_second(struct bench *bench)
{
	enum { TIMES = 5 };
	int64_t best_ms = INT64_MAX;

	bench_start(bench);
	for (int i = 1; i <= TIMES; i++) {
		int64_t before_ms = clock_monotonic_ms();
		int64_t took_ms;
		char count[16];

		snprintf(count, sizeof(count), "%d", i);
		sim_ask(&bench->sim, "text", NEPALI, "HELP", NULL);
		EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
		bench_release(bench, bench->heard.arrived.slot);
		bench_send(bench, (uint64_t)i, NEPALI, "answer", 1, 1);
		sim_ask(&bench->sim, "sent-wait", count, NULL);
		took_ms = clock_monotonic_ms() - before_ms;
		EXPECT(bench, bench_hear(bench, LINE_SENT, SOON_MS));
		if (took_ms < best_ms)
			best_ms = took_ms;
	}
	EXPECT(bench, best_ms < 100);
	if (best_ms >= 100)
		fprintf(stderr, "it took %lld ms\n", (long long)best_ms);
}

static long
count_wake_ups(const struct bench *bench)
{
	char path[64];
	char line[128];
	long count = -1;
	FILE *status;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)bench->line);
	status = fopen(path, "r");
	if (status == NULL)
		return (-1);
	while (fgets(line, sizeof(line), status) != NULL)
		(void)sscanf(line, "voluntary_ctxt_switches: %ld", &count);
	fclose(status);
	return (count);
}

static void
nobody_wakes_an_idle_line(struct bench *bench)
{
	long before;

	bench_start(bench);
	usleep(SHORT_MS * 1000);
	before = count_wake_ups(bench);
	EXPECT(bench, before > 0);
	usleep(2000 * 1000);
	EXPECT(bench, count_wake_ups(bench) == before);
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
a_modem_without_a_network_is_not_up(struct bench *bench)
{
	bench_start_modem(bench, NULL);
	sim_ask(&bench->sim, "fault", "no-network", NULL);
	bench_start_line(bench);
	EXPECT(bench, bench_hear_health(bench, 0, SOON_MS));
	EXPECT(bench, strcmp(bench->heard.cause, "no network") == 0);
	sim_ask(&bench->sim, "heal", NULL);
	EXPECT(bench, bench_hear_health(bench, 1, LONG_MS));
}

static void
a_sim_that_wants_its_pin_is_told(struct bench *bench)
{
	bench_start_modem(bench, NULL);
	sim_ask(&bench->sim, "fault", "pin", NULL);
	bench_start_line(bench);
	EXPECT(bench, bench_hear_health(bench, 0, SOON_MS));
	EXPECT(bench, strstr(bench->heard.cause, "PIN") != NULL);
	sim_ask(&bench->sim, "heal", NULL);
	EXPECT(bench, bench_hear_health(bench, 1, LONG_MS));
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

static void
a_second_line_is_kept_off_the_modem(struct bench *bench)
{
	struct bench second;

	bench_start(bench);
	second = *bench;
	bench_start_line(&second);
	EXPECT(bench, bench_hear_health(&second, 0, SOON_MS));
	bench_kill_line(&second);
	sim_ask(&bench->sim, "text", NEPALI, "HELP", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
}

static void
a_code_to_dial_is_answered_by_no(struct bench *bench)
{
	bench_start(bench);
	bench_say(bench, HUB_DIAL);
	EXPECT(bench, bench_hear_health(bench, 1, SOON_MS));
	EXPECT(bench, strstr(bench->heard.cause, "not offered") != NULL);
}

static void
a_line_ends_when_it_is_told_or_left_alone(struct bench *bench)
{
	bench_start(bench);
	bench_say(bench, HUB_STOP);
	EXPECT(bench, bench_wait_line(bench, SOON_MS) == 0);
	close(bench->socket);
	bench_start_line(bench);
	EXPECT(bench, bench_hear_health(bench, 1, SOON_MS));
	close(bench->socket);
	bench->socket = -1;
	EXPECT(bench, bench_wait_line(bench, SOON_MS) == 0);
}

#define TEST(name) \
	{ \
#name, name \
	}
static const struct {
	const char *name;
	void (*run)(struct bench *bench);
} tests[] = {
	TEST(a_text_stays_on_the_sim_until_it_is_released),
	TEST(every_script_comes_through_whole),
	TEST(a_part_says_what_it_is_part_of),
	TEST(a_killed_line_announces_the_same_again),
	TEST(what_lay_on_the_sim_before_is_announced_once),
	TEST(a_full_sim_lets_the_rest_in_as_it_is_emptied),
	TEST(a_text_goes_out_as_it_was_written),
	TEST(a_long_text_goes_out_from_the_part_it_stopped_at),
	TEST(an_error_says_whether_to_try_again),
	TEST(an_unanswered_send_is_unsure_and_spoils_nothing),
	TEST(a_text_that_comes_during_a_send_is_announced),
	TEST(an_unplugged_modem_is_told_at_once_and_taken_back),
	TEST(a_hung_line_can_be_killed_and_loses_nothing),
	TEST(a_message_that_cannot_be_read_is_announced_and_deleted),
	TEST(unreadable_messages_do_not_hide_the_others),
	TEST(a_header_longer_than_the_message_is_not_believed),
	TEST(a_deadly_message_ends_a_line_once_and_no_more),
	TEST(flash_and_data_are_told_as_such),
	TEST(a_status_report_is_deleted_and_not_announced),
	TEST(a_call_is_hung_up_and_announced_once),
	TEST(an_unknown_notice_does_not_spoil_the_next_command),
	TEST(an_answer_is_on_its_way_within_a_tenth_of_a_second),
	TEST(nobody_wakes_an_idle_line),
	TEST(a_modem_that_counts_from_zero_is_read_and_emptied),
	TEST(a_modem_without_a_network_is_not_up),
	TEST(a_sim_that_wants_its_pin_is_told),
	TEST(a_notice_inside_an_answer_costs_no_message),
	TEST(a_second_line_is_kept_off_the_modem),
	TEST(a_code_to_dial_is_answered_by_no),
	TEST(a_line_ends_when_it_is_told_or_left_alone),
};

int
main(int argc, char **argv)
{
	static struct bench bench;
	int passed = 0;
	int failed = 0;

	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < COUNT_OF(tests); i++) {
		if (argc > 2 && strcmp(argv[2], tests[i].name) != 0)
			continue;
		memset(&bench, 0, sizeof(bench));
		bench.program = argc > 1 ? argv[1] : "./modem_sim";
		bench.pause_ms = PAUSE_MS;
		tests[i].run(&bench);
		bench_stop(&bench);
		printf("%s %s\n", bench.failures == 0 ? "ok    " : "FAILED",
		    tests[i].name);
		fflush(stdout);
		if (bench.failures == 0)
			passed++;
		else
			failed++;
	}
	printf("%d passed, %d failed\n", passed, failed);
	return (failed == 0 && passed > 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}
