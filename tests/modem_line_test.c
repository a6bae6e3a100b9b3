/* The modem line, libGammu and all, against the simulated modem; the test is
 * the hub.  Usage: modem_line_test [MODEM_SIM [NAME-OF-A-TEST]]
 */
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "tests/modem_bench.h"

enum {
	AT_ONCE = 4,
	TOLD_MS = 10000, /* of an event; the next look is after CHECK_S */
};

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
	EXPECT(bench, bench_hear_health(bench, 0, TOLD_MS));
	bench_send(bench, 1, NEPALI, "text", 1, 1);
	/* Not even tried. */
	EXPECT(bench, bench_hear(bench, LINE_RETURNED, SOON_MS));
	EXPECT(bench, bench->heard.id == 1);
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

/* The hub starts it again; nothing else gets libGammu out of a call. */
static void
a_line_that_waits_too_long_for_its_modem_ends_itself(struct bench *bench)
{
	bench->patience_s = 1;
	bench_start(bench);
	sim_ask(&bench->sim, "fault", "hang", NULL);
	bench_send(bench, 1, NEPALI, "text", 1, 1);
	EXPECT(bench, bench_wait_line(bench, LONG_MS) == 128 + SIGALRM);
}

static void
an_unknown_notice_does_not_spoil_the_next_command(struct bench *bench)
{
	bench_start(bench);
	sim_ask(&bench->sim, "notice", "^SMMEMFULL: SM", NULL);
	usleep(QUICK_MS * 1000);
	bench_send(bench, 1, NEPALI, "text", 1, 1);
	EXPECT(bench, bench_hear(bench, LINE_SENT, SOON_MS));
	sim_ask(&bench->sim, "notice", "+PSUTTZ: 1", NULL);
	sim_ask(&bench->sim, "text", NEPALI, "HELP", NULL);
	EXPECT(bench, bench_hear(bench, LINE_ARRIVED, SOON_MS));
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
static const struct bench_test line_tests[] = {
	TEST(a_text_goes_out_as_it_was_written),
	TEST(a_long_text_goes_out_from_the_part_it_stopped_at),
	TEST(an_error_says_whether_to_try_again),
	TEST(an_unanswered_send_is_unsure_and_spoils_nothing),
	TEST(a_text_that_comes_during_a_send_is_announced),
	TEST(an_unplugged_modem_is_told_at_once_and_taken_back),
	TEST(a_hung_line_can_be_killed_and_loses_nothing),
	TEST(a_line_that_waits_too_long_for_its_modem_ends_itself),
	TEST(an_unknown_notice_does_not_spoil_the_next_command),
	TEST(nobody_wakes_an_idle_line),
	TEST(a_modem_without_a_network_is_not_up),
	TEST(a_sim_that_wants_its_pin_is_told),
	TEST(a_second_line_is_kept_off_the_modem),
	TEST(a_line_ends_when_it_is_told_or_left_alone),
	{ NULL, NULL },
};

/* One in a process of its own: 0 when it passed. */
static int
run_test(const struct bench_test *test, const char *program)
{
	static struct bench bench;

	bench.test = test->name;
	bench.program = program;
	bench.pause_ms = PAUSE_MS;
	bench.patience_s = PATIENCE_S;
	bench.check_s = CHECK_S;
	test->run(&bench);
	bench_stop(&bench);
	printf(
	    "%s %s\n", bench.failures == 0 ? "ok    " : "FAILED", test->name);
	return (bench.failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}

/* One of those that run ends. */
static void
count_one(int *counts)
{
	int status;

	if (wait(&status) < 0) {
		perror("wait");
		abort();
	}
	/* Whatever ends by a signal or in a sanitizer has said why. */
	counts[WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS]++;
}

static void
start_test(const struct bench_test *test, const char *program)
{
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid < 0) {
		perror("fork");
		abort();
	}
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		exit(run_test(test, program));
	}
}

/* Some of a table at a time, since they wait for most of theirs: how many
 * passed and failed is added up. */
static void
run_tests(const struct bench_test *tests, int argc, char **argv, int *counts)
{
	int running = 0;

	for (; tests->name != NULL; tests++) {
		if (argc > 2 && strcmp(argv[2], tests->name) != 0)
			continue;
		if (running == AT_ONCE)
			count_one(counts);
		else
			running++;
		start_test(tests, argc > 1 ? argv[1] : "./modem_sim");
	}
	while (running-- > 0)
		count_one(counts);
}

int
main(int argc, char **argv)
{
	int counts[2] = { 0 };

	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IOLBF, 0);
	run_tests(arrival_tests, argc, argv, counts);
	run_tests(line_tests, argc, argv, counts);
	run_tests(mend_tests, argc, argv, counts);
	printf("%d passed, %d failed\n", counts[1], counts[0]);
	return (counts[0] == 0 && counts[1] > 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}
