/* Rings and dialled codes on a helpline run by the real program: greeted or
 * listed once, with the line they came on; machines are turned away.
 */
#include <signal.h>

#include "gateway/base/outcome.h"
#include "tests/team_lab.h"

enum { SILENCE_MS = 1000 };

static void
open_lab(struct lab *lab, const char *from, const char *to)
{
	lab_open(lab, NULL);
	lab_configure(lab, from, to);
	lab_start(lab);
}

static void
close_lab(struct lab *lab)
{
	int status = lab_stop(lab, SIGTERM);

	expect(status == 0, "the hub ended with status %d", status);
	lab_close(lab);
}

static void
a_ring_is_greeted_once_in_its_window(void)
{
	struct caller_phone caller;
	struct text heard = { 0 };
	struct lab lab;

	open_lab(&lab, "log = {", "log = {");
	caller_open(&caller, &lab, CALLER_NUMBER);
	caller_ring(&caller);
	expect(caller_hear(&caller, &heard, CALLER_WAIT_MS) &&
		strstr(text_string(&heard), "1 ") != NULL,
	    "the greeting is '%s'", text_string(&heard));
	caller_ring(&caller);
	expect(!caller_hear(&caller, &heard, SILENCE_MS),
	    "the second ring was answered by '%s'", text_string(&heard));
	expect(team_wait_for(&lab,
		   "SELECT count(*) FROM journal WHERE kind = 'call' AND"
		   " line = 'demo'",
		   2) == 2 &&
		lab_query_integer(&lab,
		    "SELECT count FROM guard_counts WHERE what ="
		    " 'rang_again'") == 1,
	    "the second ring is not counted");
	caller_close(&caller);
	text_free(&heard);
	close_lab(&lab);
}

static void
a_ring_to_be_called_back_is_on_the_list_with_its_line(void)
{
	struct caller_phone caller;
	struct text out = { 0 };
	struct lab lab;

	open_lab(&lab, "name = \"demo\";",
	    "name = \"demo\"; missed_calls = \"list\";");
	caller_open(&caller, &lab, CALLER_NUMBER);
	caller_ring(&caller);
	caller_ring(&caller);
	expect(team_wait_for(&lab,
		   "SELECT count(*) FROM journal WHERE kind = 'call'", 2) == 2,
	    "the rings were not taken down");
	expect(RUN(&lab, NULL, &out, "queue", "aside", "--json") == 0 &&
		strstr(text_string(&out),
		    "\"line\":\"demo\",\"kind\":\"call\"") != NULL &&
		strstr(text_string(&out),
		    "\"cause\":\"rang: to be called back\"") != NULL,
	    "the list is '%s'", text_string(&out));
	expect(lab_query_integer(&lab,
		   "SELECT count(*) FROM journal WHERE state = 'aside'") == 1,
	    "one caller is on it twice");
	expect(lab_query_integer(&lab, "SELECT count(*) FROM outbox") == 0,
	    "somebody was sent a text");
	caller_close(&caller);
	text_free(&out);
	close_lab(&lab);
}

static void
a_machine_on_a_dialled_code_is_turned_away(void)
{
	enum { STEPS = 12, PAGES = 5 };
	static const char dial[] = "ussd\t" CALLER_NUMBER "\t*384#\n";
	static const char hang_up[] = "hangup\t" CALLER_NUMBER "\n";
	struct caller_phone caller;
	struct lab lab;

	open_lab(&lab, "log = {", "guards = { pages_an_hour = 5; };\nlog = {");
	caller_open(&caller, &lab, CALLER_NUMBER);
	for (int i = 0; i < STEPS; i++) {
		caller_raw(&caller, dial, strlen(dial));
		team_wait_for(&lab,
		    "SELECT count(*) FROM journal WHERE kind = 'dialled'",
		    i + 1);
		caller_raw(&caller, hang_up, strlen(hang_up));
	}
	expect(lab_query_integer(&lab,
		   "SELECT count FROM guard_counts WHERE what ="
		   " 'withheld_page'") == STEPS - PAGES,
	    "not all pages beyond the limit were withheld");
	/* Its texts are another matter. */
	caller_expect(&caller, "HELP", "Your number is");
	caller_close(&caller);
	close_lab(&lab);
}

static const struct proof proofs[] = {
	{ "a_ring_is_greeted_once_in_its_window",
	    a_ring_is_greeted_once_in_its_window },
	{ "a_ring_to_be_called_back_is_on_the_list_with_its_line",
	    a_ring_to_be_called_back_is_on_the_list_with_its_line },
	{ "a_machine_on_a_dialled_code_is_turned_away",
	    a_machine_on_a_dialled_code_is_turned_away },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
