/* Two modems on a helpline that runs: one dies, and what becomes of the texts
 * that belong to it; who is told; caps and the pace on the way.
 */
#include <signal.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/outcome.h"
#include "tests/sim/sim_client.h"
#include "tests/team_lab.h"

enum {
	WAIT_MS = 120000,
	STEP_US = 100000,
	LONGER_US = 9000000, /* than it takes to fail over */
};

#define WRITER "+9779841000001"

struct world {
	struct lab lab;
	struct sim first;
	struct sim second;
	struct text ref;
};

/* A copy of the menus in which the corridor allows our other numbers. */
static void
allow_other_numbers(struct lab *lab)
{
	struct text command = { 0 };
	struct text words = { 0 };
	const char *data = SOURCE_TREE;

	text_printf(&command,
	    "cp -r '%s/menus' '%s/menus' && chmod -R u+w '%s/menus' &&"
	    " sed -i 's/^  zone = .*/&\\n  other_numbers = true;/'"
	    " '%s/menus/trees/nepal-gulf.cfg'",
	    data, lab->folder, lab->folder, lab->folder);
	text_printf(&words,
	    "menus = { path = \"%s/menus\"; };"
	    " locales = { path = \"%s/locales\"; };\nlines = (",
	    lab->folder, data);
	if (system(command.bytes) != 0)
		lab_fail("cannot copy the menus");
	lab_configure(lab, "lines = (", words.bytes);
	text_free(&command);
	text_free(&words);
}

static void
open_world(struct world *world, int allows, const char *settings)
{
	static const char *const common =
	    "pause_ms = 0; check_s = 1; rest_s = 2; fail_over_after_s = 3;";
	struct text words = { 0 };

	*world = (struct world){ 0 };
	lab_open(&world->lab, "device-to-come");
	sim_start_named(
	    &world->first, "./modem_sim", world->lab.folder, "first", NULL);
	sim_start_named(
	    &world->second, "./modem_sim", world->lab.folder, "second", NULL);
	text_printf(&words, "device = \"%s\"; %s", world->first.device, common);
	lab_configure(&world->lab, "device = \"device-to-come\";", words.bytes);
	text_clear(&words);
	text_printf(&words,
	    "},\n  { name = \"modem-2\"; kind = \"modem\"; device = \"%s\"; %s"
	    " corridor = \"nepal-gulf\"; language = \"en\"; }\n);\n%s",
	    world->second.device, common, settings);
	lab_configure(&world->lab, "}\n);\n", words.bytes);
	if (allows)
		allow_other_numbers(&world->lab);
	lab_start(&world->lab);
	text_free(&words);
}

static void
close_world(struct world *world)
{
	(void)lab_stop(&world->lab, SIGTERM);
	sim_stop(&world->first);
	sim_stop(&world->second);
	lab_close(&world->lab);
	text_free(&world->ref);
}

/* -- looking ------------------------------------------------------------------- */

static int
status_says(struct world *world, const char *option, const char *words)
{
	return (lab_status_says(&world->lab, option, words, WAIT_MS));
}

/* How many of the texts that a modem has sent hold these words. */
static int
sent_by(struct sim *sim, const char *words)
{
	enum { TEXT = 8 };
	const char *command[] = { "sent" };
	struct fields fields;
	int count = 0;

	sim_send(&sim->connection, command, COUNT_OF(command));
	while (sim_read_line(&sim->connection, WAIT_MS, &fields) &&
	    strcmp(fields.list[0], "sent") == 0) {
		if (fields.count > TEXT &&
		    strstr(fields.list[TEXT], words) != NULL)
			count++;
	}
	return (count);
}

static int
waits_for_sent(struct sim *sim, const char *words)
{
	int64_t until_ms = clock_monotonic_ms() + WAIT_MS;

	while (sent_by(sim, words) == 0 && clock_monotonic_ms() < until_ms)
		usleep(STEP_US);
	return (sent_by(sim, words));
}

/* A caller texts the first modem, and its answer is out. */
static void
write_to(struct world *world, struct sim *sim, const char *text)
{
	int64_t handled = lab_query_integer(&world->lab,
	    "SELECT count(*) FROM journal WHERE state = 'handled'");

	sim_ask(sim, "text", WRITER, text, NULL);
	(void)team_wait_for(&world->lab,
	    "SELECT count(*) FROM journal WHERE state = 'handled'",
	    handled + 1);
	(void)team_wait_for(&world->lab,
	    "SELECT count(*) FROM outbox WHERE state IN"
	    " ('queued', 'sending')",
	    0);
}

static void
open_case(struct world *world)
{
	static const char *const answers[] = { "HELP", "1", "1", "1", "2",
		"Qatar", "1", "bluebird" };
	char ref[16];

	for (size_t i = 0; i < COUNT_OF(answers); i++)
		write_to(world, &world->first, answers[i]);
	team_read_ref(&world->lab, ref);
	text_add(&world->ref, ref);
	expect(RUN(&world->lab, NULL, NULL, "queue", "claim", ref) == 0,
	    "claim failed");
}

static void
reply(struct world *world, const char *words)
{
	struct text out = { 0 };

	expect(RUN(&world->lab, NULL, &out, "queue", "reply", world->ref.bytes,
		   words) == 0,
	    "reply failed: %s", text_string(&out));
	text_free(&out);
}

static void
kill_first(struct world *world)
{
	sim_ask(&world->first, "fault", "unplug", NULL);
	expect(status_says(world, "--json",
		   "\"name\":\"modem-1\",\"state\":\"up\",\"up\":false"),
	    "it seems well");
}

static void
heal_first(struct world *world)
{
	sim_ask(&world->first, "heal", "unplug", NULL);
	expect(status_says(world, "--json",
		   "\"name\":\"modem-1\",\"state\":\"up\",\"up\":true"),
	    "it is not back");
}

/* -- the proofs ------------------------------------------------------------------ */

static void
texts_wait_for_their_own_number_where_nobody_allowed_another(void)
{
	struct world world;

	open_world(&world, 0, "");
	open_case(&world);
	kill_first(&world);
	reply(&world, "bluebird. one");
	usleep(LONGER_US);
	expect(sent_by(&world.second, "") == 0,
	    "somebody got a text from a number they do not know");
	expect(lab_query_integer(&world.lab,
		   "SELECT count(*) FROM outbox WHERE state = 'queued' AND"
		   " line = 'modem-1' AND own_line = ''") == 1,
	    "it does not wait for its own line");
	heal_first(&world);
	expect(waits_for_sent(&world.first, "bluebird. one") == 1,
	    "it does not leave when the line is back");
	expect(sent_by(&world.second, "") == 0, "the other line sent it too");
	close_world(&world);
}

static void
texts_go_by_another_line_where_the_corridor_allows_it_and_once(void)
{
	struct world world;

	open_world(&world, 1, "");
	open_case(&world);
	expect(sent_by(&world.second, "") == 0, "not by the line texted");
	kill_first(&world);
	reply(&world, "bluebird. one");
	expect(waits_for_sent(&world.second, "bluebird. one") == 1,
	    "it does not fail over");
	expect(status_says(&world, "--json", "\"stand_in\":\"modem-2\""),
	    "status does not tell who stands in");
	expect(team_shows(&world.lab, NULL, world.ref.bytes,
		   "(sent, by line modem-2)"),
	    "the case does not say which line it left by");
	/* A hub that is killed meanwhile. */
	reply(&world, "bluebird. two");
	(void)lab_stop(&world.lab, SIGKILL);
	lab_start(&world.lab);
	reply(&world, "bluebird. three");
	expect(waits_for_sent(&world.second, "bluebird. three") == 1,
	    "after a kill nothing fails over");
	/* Who answers that number hears from it. */
	write_to(&world, &world.second, "MENU");
	expect(waits_for_sent(&world.second, "Work abroad") == 1,
	    "the answer does not leave by the line that was texted");
	heal_first(&world);
	reply(&world, "bluebird. four");
	expect(waits_for_sent(&world.first, "bluebird. four") == 1,
	    "what comes later does not go by its own line again");
	expect(sent_by(&world.first, "bluebird. one") == 0 &&
		sent_by(&world.first, "bluebird. three") == 0 &&
		sent_by(&world.second, "bluebird. four") == 0 &&
		sent_by(&world.first, "bluebird. two") +
			sent_by(&world.second, "bluebird. two") <=
		    1,
	    "something was sent twice");
	expect(sent_by(&world.first, "bluebird. two") +
		    sent_by(&world.second, "bluebird. two") +
		    (int)lab_query_integer(&world.lab,
			"SELECT count(*) FROM outbox WHERE state = 'unsure'") >=
		1,
	    "something was lost");
	close_world(&world);
}

static void
a_technician_is_told_by_the_other_line_and_when_it_is_well(void)
{
	struct world world;
	struct text out = { 0 };

	open_world(&world, 0, "alarms = { line_away_s = 5; };\n");
	expect(RUN(&world.lab, NULL, &out, "staff", "add", "Tek", "--role",
		   "technician", "--new-password-file",
		   world.lab.password_file) == 0,
	    "no technician: %s", text_string(&out));
	expect(RUN(&world.lab, NULL, &out, "staff", "phone", "Tek",
		   "+9779810000099") == 0,
	    "no phone: %s", text_string(&out));
	expect(RUN(&world.lab, NULL, &out, "staff", "duty", "Tek", "on") == 0,
	    "no duty: %s", text_string(&out));
	expect(RUN(&world.lab, NULL, &out, "staff", "codes", "Tek") != 0,
	    "a technician got codes for cases");
	expect(status_says(&world, "--json",
		   "\"name\":\"modem-2\",\"state\":\"up\",\"up\":true"),
	    "the second is not up");
	kill_first(&world);
	expect(waits_for_sent(&world.second, "line modem-1: away for") == 1,
	    "nobody is told");
	expect(status_says(
		   &world, "--json", "{\"line\":\"modem-1\",\"kind\":\"away\""),
	    "status does not tell the trouble");
	(void)lab_stop(&world.lab, SIGKILL);
	lab_start(&world.lab);
	usleep(LONGER_US);
	expect(sent_by(&world.second, "line modem-1: away for") == 1,
	    "it is told again after a restart");
	heal_first(&world);
	expect(waits_for_sent(&world.second, "well again") +
		    sent_by(&world.first, "well again") ==
		1,
	    "nobody is told that it is well");
	expect(sent_by(&world.first, "away for") == 0,
	    "the sick line told of itself");
	text_free(&out);
	close_world(&world);
}

static void
at_its_cap_a_line_still_answers_help_and_says_so(void)
{
	struct caller_phone phones[5];
	struct text heard = { 0 };
	struct lab lab;

	lab_open(&lab, NULL);
	lab_configure(&lab, "kind = \"demo\";",
	    "kind = \"demo\"; day_cap = 3; reserve = 1;");
	lab_start(&lab);
	for (size_t i = 0; i < COUNT_OF(phones); i++) {
		char number[20];

		snprintf(number, sizeof(number), "+977981000000%zu", i + 1);
		caller_open(&phones[i], &lab, number);
	}
	caller_expect(&phones[0], "hello", "Work abroad");
	caller_expect(&phones[1], "hello", "Work abroad");
	caller_text(&phones[2], "hello");
	expect(!caller_hear(&phones[2], &heard, 1000), "over the cap: %s",
	    text_string(&heard));
	/* The reserve, and then over the cap. */
	caller_expect(&phones[3], "HELP", "Your number is");
	caller_expect(&phones[4], "HELP", "Your number is");
	/* Who waited is answered first of all when they ask for help. */
	caller_expect(&phones[2], "HELP", "Your number is");
	{
		const char *arguments[] = { "status", NULL };

		text_clear(&heard);
		(void)lab_run(&lab, &heard, arguments);
		expect(
		    strstr(text_string(&heard), "A CAP OF ITS DAY") != NULL &&
			strstr(text_string(&heard), "for a cap's next day") !=
			    NULL,
		    "status says: %s", text_string(&heard));
	}
	expect(lab_query_integer(&lab,
		   "SELECT count(*) FROM outbox WHERE state = 'queued' AND"
		   " is_capped = 1 AND next_utc_s > added_utc_s") == 1,
	    "what waits has no time");
	(void)lab_stop(&lab, SIGKILL);
	lab_start(&lab);
	caller_close(&phones[0]);
	caller_open(&phones[0], &lab, "+9779810000001");
	caller_text(&phones[0], "hello");
	expect(!caller_hear(&phones[0], &heard, 1000),
	    "a restart forgot what the day has had: %s", text_string(&heard));
	for (size_t i = 0; i < COUNT_OF(phones); i++)
		caller_close(&phones[i]);
	(void)lab_stop(&lab, SIGTERM);
	lab_close(&lab);
	text_free(&heard);
}

static void
an_answer_that_grew_old_stands_aside_and_is_not_sent(void)
{
	struct caller_phone phone;
	struct text heard = { 0 };
	struct lab lab;

	lab_open(&lab, NULL);
	lab_configure(&lab, "kind = \"demo\";",
	    "kind = \"demo\"; day_cap = 1; reserve = 0;");
	lab_start(&lab);
	caller_open(&phone, &lab, "+9779810000001");
	caller_expect(&phone, "hello", "Work abroad");
	caller_text_taken(&phone, "1");
	expect(!caller_hear(&phone, &heard, 1000), "over the cap");
	(void)lab_stop(&lab, SIGTERM);
	/* A day and more goes by. */
	lab_query(&lab,
	    "UPDATE outbox SET added_utc_s = added_utc_s - 90000"
	    " WHERE state = 'queued'",
	    &heard);
	lab_start(&lab);
	expect(team_wait_for(&lab,
		   "SELECT count(*) FROM outbox WHERE state = 'given up' AND"
		   " cause = 'stale'",
		   1) == 1,
	    "it is not given up");
	expect(lab_query_integer(&lab,
		   "SELECT count(*) FROM journal WHERE state = 'aside' AND"
		   " kind = 'unsent'") == 1,
	    "nobody is asked to look");
	caller_close(&phone);
	(void)lab_stop(&lab, SIGTERM);
	lab_close(&lab);
	text_free(&heard);
}

/* The technician gives a line another name; the SIM is the same. */
static void
rename_first(struct world *world, const char *from, const char *to)
{
	(void)lab_stop(&world->lab, SIGTERM);
	lab_configure(&world->lab, from, to);
	lab_start(&world->lab);
}

static void
a_renamed_lines_texts_wait_and_status_says_so(void)
{
	static const char old[] = "name = \"modem-1\"";
	static const char new[] = "name = \"office\"";
	struct world world;

	open_world(&world, 0, "");
	open_case(&world);
	rename_first(&world, old, new);
	reply(&world, "bluebird. one");
	expect(status_says(&world, NULL, "modem-1 is not in the configuration"),
	    "nobody is told");
	expect(status_says(&world, "--json",
		   "\"lines_not_configured\":[{\"line\":\"modem-1\","
		   "\"waiting\":1}]"),
	    "the JSON does not tell");
	usleep(LONGER_US);
	expect(sent_by(&world.first, "bluebird. one") == 0 &&
		sent_by(&world.second, "") == 0,
	    "it left by a number that nobody allowed");
	rename_first(&world, new, old);
	expect(waits_for_sent(&world.first, "bluebird. one") == 1,
	    "it does not leave when the line has its name again");
	close_world(&world);
}

static void
a_line_that_is_gone_is_stood_in_for_where_that_is_allowed(void)
{
	struct world world;

	open_world(&world, 1, "");
	open_case(&world);
	rename_first(&world, "name = \"modem-1\"", "name = \"office\"");
	reply(&world, "bluebird. one");
	expect(waits_for_sent(&world.first, "bluebird. one") +
		    sent_by(&world.second, "bluebird. one") ==
		1,
	    "it waits for ever");
	close_world(&world);
}

static const struct proof proofs[] = {
	{ "texts_wait_for_their_own_number_where_nobody_allowed_another",
	    texts_wait_for_their_own_number_where_nobody_allowed_another },
	{ "texts_go_by_another_line_where_the_corridor_allows_it_and_once",
	    texts_go_by_another_line_where_the_corridor_allows_it_and_once },
	{ "a_technician_is_told_by_the_other_line_and_when_it_is_well",
	    a_technician_is_told_by_the_other_line_and_when_it_is_well },
	{ "at_its_cap_a_line_still_answers_help_and_says_so",
	    at_its_cap_a_line_still_answers_help_and_says_so },
	{ "an_answer_that_grew_old_stands_aside_and_is_not_sent",
	    an_answer_that_grew_old_stands_aside_and_is_not_sent },
	{ "a_renamed_lines_texts_wait_and_status_says_so",
	    a_renamed_lines_texts_wait_and_status_says_so },
	{ "a_line_that_is_gone_is_stood_in_for_where_that_is_allowed",
	    a_line_that_is_gone_is_stood_in_for_where_that_is_allowed },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
