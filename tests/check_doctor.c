/* What the doctor says of a modem, asked itself or known to a hub; what a ring
 * becomes.  Run where ./modem_sim was built. */
#include "gateway/hub/doctor.h"

#include <unistd.h>

#include "gateway/hub/missed_calls.h"
#include "tests/check_main.h"
#include "tests/sim/sim_client.h"

static struct sim sim;
static char folder[64];

static void
start(void)
{
	snprintf(folder, sizeof(folder), "/tmp/doctor.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	sim_start(&sim, "./modem_sim", folder);
}

static void
stop(void)
{
	char path[96];

	sim_stop(&sim);
	snprintf(path, sizeof(path), "%s/modem", folder);
	unlink(path);
	rmdir(folder);
}

static const struct finding *
find(const struct findings *findings, const char *what)
{
	for (size_t i = 0; i < findings->count; i++) {
		if (strcmp(findings->list[i].what, what) == 0)
			return (&findings->list[i]);
	}
	return (NULL);
}

static void
examine(const char *device, struct findings *findings)
{
	static char name[] = "north";
	static char connection[] = "dku2at";
	struct line_settings line = {
		.name = name,
		.connection = connection,
	};
	char path[96];

	snprintf(path, sizeof(path), "%s", device);
	line.device = path;
	doctor_ask_modem(&line, findings);
}

START_TEST(a_modem_that_is_well_is_told_so_in_everything)
{
	struct findings findings = { 0 };

	start();
	examine(sim.device, &findings);
	ck_assert_uint_eq(findings.count, 10);
	for (size_t i = 0; i < findings.count; i++)
		ck_assert_msg(findings.list[i].verdict == VERDICT_GOOD,
		    "%s: %s", findings.list[i].what,
		    text_string(&findings.list[i].found));
	findings_free(&findings);
	stop();
}
END_TEST

static const struct {
	const char *fault;
	const char *word;
	const char *what;
	enum verdict verdict;
	const char *found;
} ailments[] = {
	{ "pin", NULL, "SIM", VERDICT_BAD, "it wants its PIN" },
	{ "no-sim", NULL, "SIM", VERDICT_BAD,
	    "the modem has no SIM it can read" },
	{ "no-network", NULL, "network", VERDICT_BAD, "in no network" },
	{ "no-network", NULL, "signal", VERDICT_LOOK, "not known" },
	{ "hang", NULL, "device", VERDICT_BAD, "the modem does not answer" },
	{ "sim-full", NULL, "memory", VERDICT_LOOK, "100 % full" },
	{ "command-error", "AT+CSCA", "message centre", VERDICT_BAD,
	    "the SIM has no number of it" },
	{ "command-error", "AT+CNMI", "notices of texts", VERDICT_LOOK, "no" },
	{ "command-error", "AT+CMGF", "PDU mode", VERDICT_BAD,
	    "it cannot carry texts as PDUs" },
};

START_TEST(each_ailment_is_named_with_what_to_do_about_it)
{
	struct findings findings = { 0 };
	const struct finding *finding;

	start();
	if (ailments[_i].word != NULL)
		sim_ask(
		    &sim, "fault", ailments[_i].fault, ailments[_i].word, NULL);
	else
		sim_ask(&sim, "fault", ailments[_i].fault, NULL);
	examine(sim.device, &findings);
	finding = find(&findings, ailments[_i].what);
	ck_assert_ptr_nonnull(finding);
	ck_assert_int_eq(finding->verdict, ailments[_i].verdict);
	ck_assert_str_eq(text_string(&finding->found), ailments[_i].found);
	ck_assert_str_ne(finding->mend, "");
	findings_free(&findings);
	stop();
}
END_TEST

START_TEST(a_device_that_is_not_there_is_named)
{
	struct findings findings = { 0 };

	examine("/dev/serial/by-id/none", &findings);
	ck_assert_uint_eq(findings.count, 1);
	ck_assert_str_eq(
	    text_string(&findings.list[0].found), "there is no such device");
	ck_assert_ptr_nonnull(strstr(findings.list[0].mend, "by-id"));
	findings_free(&findings);
}
END_TEST

static const struct {
	const char *status;
	size_t count;
	enum verdict verdict;
	const char *mend; /* words of the last finding's */
} known[] = {
	{ "n\tup\tup\t60\t0\twell\t0\t10\tNtc\tnone\t0\t1\t2\t0\t0\t", 1,
	    VERDICT_GOOD, "" },
	{ "n\tup\taway\t-1\t0\trest\t1\t-1\t\tnone\t0\t1\t2\t0\t9\tthe SIM"
	  " wants its PUK",
	    1, VERDICT_BAD, "PUK" },
	{ "n\tup\taway\t-1\t0\trest\t1\t-1\t\tnone\t0\t1\t2\t0\t9\tsomething"
	  " new",
	    1, VERDICT_BAD, "log" },
	{ "n\tup\tup\t60\t0\twell\t0\t90\tNtc\tnone\t0\t1\t2\t0\t0\t", 2,
	    VERDICT_LOOK, "emptied" },
	{ "n\tup\tup\t60\t0\twell\t0\t10\tNtc\tlow\t120\t1\t2\t0\t0\t", 2,
	    VERDICT_LOOK, "Top it up" },
	{ "n\tup\tup\t60\t0\twell\t0\t10\tNtc\tunread\t0\t1\t2\t0\t0\t", 2,
	    VERDICT_LOOK, "balance_pattern" },
	{ "n\tup\tup", 0, VERDICT_GOOD, "" },
	{ "", 0, VERDICT_GOOD, "" },
};

START_TEST(what_a_hub_knows_is_explained)
{
	struct findings findings = { 0 };
	char status[256];

	snprintf(status, sizeof(status), "%s", known[_i].status);
	doctor_explain_status(status, &findings);
	ck_assert_uint_eq(findings.count, known[_i].count);
	if (findings.count > 0) {
		const struct finding *last = &findings.list[findings.count - 1];

		ck_assert_int_eq(last->verdict, known[_i].verdict);
		ck_assert_ptr_nonnull(strstr(last->mend, known[_i].mend));
	}
	findings_free(&findings);
}
END_TEST

/* -- missed calls --------------------------------------------------------------- */

static struct hub *
hub_with_line(const char *missed_calls)
{
	static struct child child;
	static struct line_settings line;
	static char words[16];
	struct hub *hub = calloc(1, sizeof(*hub));

	ck_assert_ptr_nonnull(hub);
	snprintf(words, sizeof(words), "%s", missed_calls);
	line = (struct line_settings){
		.missed_calls = words,
		.missed_calls_window_s = 600,
	};
	child = (struct child){ .line = &line };
	hub->children = &child;
	hub->child_count = 1;
	return (hub);
}

START_TEST(a_ring_becomes_what_the_line_is_set_to_once_in_its_window)
{
	static const struct {
		const char *setting;
		enum missed_call call;
	} ways[] = { { "greet", MISSED_GREET }, { "list", MISSED_LIST },
		{ "ignore", MISSED_IGNORE } };
	struct caller_key one = { { 1 } };
	struct caller_key other = { { 2 } };

	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		struct hub *hub = hub_with_line(ways[i].setting);

		ck_assert_int_eq(
		    missed_calls_sort(hub, 0, &one, 11, 1000), ways[i].call);
		/* The same ring, tried again after the store was full. */
		ck_assert_int_eq(
		    missed_calls_sort(hub, 0, &one, 11, 1001), ways[i].call);
		ck_assert_int_eq(
		    missed_calls_sort(hub, 0, &one, 12, 1599), MISSED_AGAIN);
		ck_assert_int_eq(
		    missed_calls_sort(hub, 0, &other, 13, 1599), ways[i].call);
		ck_assert_int_eq(
		    missed_calls_sort(hub, 0, &one, 14, 1600), ways[i].call);
		free(hub);
	}
}
END_TEST

START_TEST(hidden_numbers_are_counted)
{
	struct hub *hub = hub_with_line("list");

	ck_assert_int_eq(
	    missed_calls_sort(hub, 0, NULL, 1, 1000), MISSED_IGNORE);
	ck_assert_int_eq(
	    missed_calls_sort(hub, 0, NULL, 2, 1000), MISSED_IGNORE);
	ck_assert_int_eq(hub->children[0].hidden_calls, 2);
	free(hub);
}
END_TEST

START_TEST(a_flood_of_callers_pushes_out_the_oldest_and_nothing_else)
{
	struct hub *hub = hub_with_line("greet");
	struct caller_key caller = { { 0 } };

	for (unsigned i = 0; i < 3 * MISSED_CALLS_KEPT; i++) {
		memcpy(&caller, &i, sizeof(i));
		ck_assert_int_eq(
		    missed_calls_sort(hub, 0, &caller, i, 1000), MISSED_GREET);
	}
	ck_assert_int_eq(
	    missed_calls_sort(hub, 0, &caller, 9999999, 1000), MISSED_AGAIN);
	free(hub);
}
END_TEST

static Suite *
suite_of_doctor(void)
{
	Suite *suite = suite_create("doctor");
	TCase *tests = tcase_create("findings");

	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, a_modem_that_is_well_is_told_so_in_everything);
	tcase_add_loop_test(tests,
	    each_ailment_is_named_with_what_to_do_about_it, 0,
	    (int)COUNT_OF(ailments));
	tcase_add_test(tests, a_device_that_is_not_there_is_named);
	tcase_add_loop_test(
	    tests, what_a_hub_knows_is_explained, 0, (int)COUNT_OF(known));
	tcase_add_test(
	    tests, a_ring_becomes_what_the_line_is_set_to_once_in_its_window);
	tcase_add_test(tests, hidden_numbers_are_counted);
	tcase_add_test(
	    tests, a_flood_of_callers_pushes_out_the_oldest_and_nothing_else);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_doctor);
