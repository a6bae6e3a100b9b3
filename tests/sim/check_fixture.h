/* What the suites of the simulated modem share: a modem of their own for each
 * test, in a folder of its own, and a hand on its terminal.  Run where
 * ./modem_sim was built.
 */
#ifndef TESTS_SIM_CHECK_FIXTURE_H
#define TESTS_SIM_CHECK_FIXTURE_H

#include <unistd.h>

#include "gateway/base/outcome.h"
#include "tests/sim/sim_client.h"
#include "tests/sim/terminal_client.h"

#include "tests/check_main.h"

/* "hellohello" to +46708251358; 23 octets. */
#define FIXTURE_PDU "0011000B916407281553F80000AA0AE8329BFD4697D9EC37\x1a"

enum {
	SOON_MS = 60000, /* comes at once; a loaded machine gets time */
	QUIET_MS = 150, /* what has not come by now is not coming */
};

static struct sim sim;
static struct terminal_client hand;
static char folder[64];

static void
fixture_start(void)
{
	(void)snprintf(folder, sizeof(folder), "%s/modem_sim.XXXXXX", P_tmpdir);
	ck_assert_ptr_nonnull(mkdtemp(folder));
	sim_start(&sim, "./modem_sim", folder);
	ck_assert_int_eq(terminal_client_open(&hand, sim.device), 1);
}

static void
fixture_stop(void)
{
	terminal_client_close(&hand);
	sim_stop(&sim);
	ck_assert_int_eq(rmdir(folder), 0);
}

/* Asks the terminal, and the answer must come. */
static void
expect(const char *bytes, const char *wanted)
{
	if (!terminal_client_asks(&hand, bytes, wanted))
		ck_abort_msg("'%s' got '%s', not '%s'", bytes,
		    text_string(&hand.heard), wanted);
}

static void
expect_stored(long stored, long waiting)
{
	sim_ask(&sim, "stored", NULL);
	ck_assert_int_eq(sim_answer_number(&sim, 1), stored);
	ck_assert_int_eq(sim_answer_number(&sim, 2), waiting);
}

static void
expect_sent(long count)
{
	sim_ask(&sim, "sent", NULL);
	ck_assert_int_eq(sim_answer_number(&sim, 1), count);
}

static void
send_one(const char *wanted)
{
	expect("AT+CMGS=23\r", "\r\n> ");
	expect(FIXTURE_PDU, wanted);
}

#endif
