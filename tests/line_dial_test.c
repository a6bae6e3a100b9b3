/* `waymark line dial` and `waymark line pushed`: the real program with a
 * simulated modem.
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/outcome.h"
#include "tests/lab.h"
#include "tests/proof.h"
#include "tests/sim/sim_client.h"

enum { WAIT_MS = 60000, STEP_US = 100000 };

static struct lab lab;
static struct sim sim;

/* Runs `waymark line WORDS`, both its outputs into *out: its exit status. */
static int
line_command(const char *words, struct text *out)
{
	struct text command = { 0 };
	char block[512];
	size_t got;
	FILE *pipe;
	int status;

	text_printf(&command, "WAYMARK_CONFIG=%s ./waymark line %s 2>&1",
	    lab.config, words);
	text_clear(out);
	pipe = popen(command.bytes, "r");
	if (pipe == NULL)
		lab_fail("cannot run the program");
	while ((got = fread(block, 1, sizeof(block), pipe)) > 0)
		text_add_bytes(out, block, got);
	status = pclose(pipe);
	text_free(&command);
	return (WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static void
expect_command(const char *words, int status, const char *says)
{
	struct text out = { 0 };
	int got = line_command(words, &out);

	expect(got == status && strstr(text_string(&out), says) != NULL,
	    "'%s' ended with %d and said: %s", words, got, text_string(&out));
	text_free(&out);
}

static int
is_up(const struct text *status)
{
	const char *at =
	    strstr(text_string(status), "waymark_line_up{line=\"modem-1\"");
	const char *end = at != NULL ? strchr(at, '\n') : NULL;

	return (end != NULL && end[-1] == '1');
}

static void
wait_until_up(void)
{
	const char *arguments[] = { "status", "--prometheus", NULL };
	int64_t until_ms = clock_monotonic_ms() + WAIT_MS;
	struct text out = { 0 };

	do {
		usleep(STEP_US);
		text_clear(&out);
		(void)lab_run(&lab, &out, arguments);
	} while (!is_up(&out) && clock_monotonic_ms() < until_ms);
	if (!is_up(&out))
		lab_fail(
		    "the modem's line did not come up: %s", text_string(&out));
	text_free(&out);
}

static void
open_all(void)
{
	struct text words = { 0 };

	lab_open(&lab, "device-to-come");
	sim_start_named(&sim, "./modem_sim", lab.folder, "modem", NULL);
	text_printf(&words,
	    "device = \"%s\"; pause_ms = 0; check_s = 1; network_ussd ="
	    " \"show\";",
	    sim.device);
	lab_configure(&lab, "device = \"device-to-come\";", words.bytes);
	text_free(&words);
	lab_start(&lab);
	wait_until_up();
}

/* -- proofs ----------------------------------------------------------------- */

static void
the_answer_is_printed_however_the_modem_writes_it(void)
{
	static const char *const styles[] = { "own", "plain", "ucs2", "ucs2-15",
		"ucs2-17", "packed", "packed-0" };

	for (size_t i = 0; i < COUNT_OF(styles); i++) {
		sim_ask(&sim, "ussd", "*100#", "Main balance Rs 12.50", "0",
		    styles[i], NULL);
		expect_command(
		    "dial modem-1 '*100#'", 0, "Main balance Rs 12.50\n");
	}
	sim_ask(&sim, "ussd", "*100#", "Rs 12.50\nvalid till 1 May\nThank you",
	    "0", "plain", NULL);
	expect_command("dial modem-1 '*100#'", 0,
	    "Rs 12.50\nvalid till 1 May\nThank you\n");
	sim_ask(
	    &sim, "ussd", "*100#", "बाँकी रु ५०\nधन्यवाद", "0", "ucs2-15", NULL);
	expect_command("dial modem-1 '*100#'", 0, "बाँकी रु ५०\nधन्यवाद\n");
}

static void
every_page_of_a_menu_is_printed(void)
{
	sim_ask(&sim, "ussd", "*144#", "1 Credit\n2 Data", "1", NULL);
	sim_ask(&sim, "ussd", "1", "1 Main\n2 Bonus", "1", NULL);
	sim_ask(&sim, "ussd", "2", "Bonus 3.00", "0", NULL);
	expect_command("dial modem-1 '*144#,1,2'", 0,
	    "1 Credit\n2 Data\n--\n1 Main\n2 Bonus\n--\nBonus 3.00\n");
	expect_command("dial modem-1 '*144#'", 0, "it waits for an answer");
	expect_command("dial modem-1 '*144#,2,7,7'", 0,
	    "it ended before all answers were typed");
}

static void
what_cannot_be_is_said(void)
{
	sim_ask(&sim, "ussd", "*999#", "", "4", NULL);
	expect_command(
	    "dial modem-1 '*999#'", 1, "the network does not know the code");
	expect_command("dial demo '*100#'", 1, "is no modem");
	expect_command("dial nobody '*100#'", 3, "no such line");
	expect_command("dial modem-1 100", 2, "is no code");
	expect_command("dial modem-1 '*100#,'", 2, "is no code");
	expect_command("dial modem-1", 2, "say which line");
	expect_command("dial --louder modem-1 '*1#'", 2, "is not understood");
	expect_command("dial --help", 0, "Usage: waymark line dial");
	expect_command("pushed --help", 0, "Usage: waymark line pushed");
}

static void
what_forwards_calls_or_changes_a_pin_is_refused(void)
{
	expect_command("dial modem-1 '**21*+9779800000000#'", 2, "is no code");
	expect_command(
	    "dial modem-1 '**21*9779800000000#'", 2, "forwards the calls");
	expect_command("dial modem-1 '**04*1234*1111*1111#'", 2, "PIN");
	expect_command("dial modem-1 '*33*0000#'", 2, "bars calls");
	sim_ask(&sim, "ussd", "**21*9779800000000#", "done", "0", NULL);
	expect_command("dial --force modem-1 '**21*9779800000000#'", 0, "done");
	/* That only asks how it stands. */
	sim_ask(&sim, "ussd", "*#21#", "not active", "0", NULL);
	expect_command("dial modem-1 '*#21#'", 0, "not active");
}

static void
expect_pushed(const char *says)
{
	int64_t until_ms = clock_monotonic_ms() + WAIT_MS;
	struct text out = { 0 };

	do {
		usleep(STEP_US);
		(void)line_command("pushed modem-1", &out);
	} while (strstr(text_string(&out), says) == NULL &&
	    clock_monotonic_ms() < until_ms);
	expect(strstr(text_string(&out), says) != NULL, "pushed says: %s",
	    text_string(&out));
	text_free(&out);
}

static void
what_the_network_begins_is_closed_and_shown(void)
{
	expect_command("pushed modem-1", 1, "nothing by itself");
	sim_ask(&sim, "ussd-notice", "Win a prize!\nReply 1", "1", NULL);
	expect_pushed("Win a prize!\nReply 1\n");
	sim_ask(&sim, "ussd-notice", "You were charged 0.10", "0", NULL);
	expect_pushed("You were charged 0.10\n");
	/* And the line goes on as if nothing had been. */
	sim_ask(&sim, "ussd", "*100#", "Rs 1.00", "0", NULL);
	expect_command("dial modem-1 '*100#'", 0, "Rs 1.00\n");
	expect(!lab_finds(&lab, "prize") && !lab_finds(&lab, "charged"),
	    "what the network sent stands in a file");
}

static void
callers_are_served_after_it(void)
{
	sim_ask(&sim, "text", "+9779812345678", "hello", NULL);
	sim_ask(&sim, "sent-wait", "1", NULL);
}

static void
without_a_modem_or_a_helpline_it_is_said(void)
{
	sim_stop(&sim);
	sleep(3);
	expect_command("dial modem-1 '*100#'", 1, "modem-1: ");
	(void)lab_stop(&lab, SIGTERM);
	expect_command("dial modem-1 '*100#'", 1, "no helpline runs here");
	expect_command("pushed modem-1", 1, "no helpline runs here");
}

static const struct proof proofs[] = {
	{ "the_answer_is_printed_however_the_modem_writes_it",
	    the_answer_is_printed_however_the_modem_writes_it },
	{ "every_page_of_a_menu_is_printed", every_page_of_a_menu_is_printed },
	{ "what_cannot_be_is_said", what_cannot_be_is_said },
	{ "what_forwards_calls_or_changes_a_pin_is_refused",
	    what_forwards_calls_or_changes_a_pin_is_refused },
	{ "what_the_network_begins_is_closed_and_shown",
	    what_the_network_begins_is_closed_and_shown },
	{ "callers_are_served_after_it", callers_are_served_after_it },
	{ "without_a_modem_or_a_helpline_it_is_said",
	    without_a_modem_or_a_helpline_it_is_said },
};

int
main(int argc, char **argv)
{
	int status;

	open_all();
	status = proof_run(proofs, COUNT_OF(proofs), argc, argv);
	lab_close(&lab);
	return (status);
}
