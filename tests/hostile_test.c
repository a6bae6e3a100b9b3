/* A hostile modem, and a hostile line: whatever they say, the hub stays up, and
 * whoever writes by another line is answered all the time.
 *
 *   hostile_test [NAME]      HOSTILE_SECONDS in the environment: how long each
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/outcome.h"
#include "tests/caller.h"
#include "tests/proof.h"
#include "tests/sim/sim_client.h"

enum {
	USUAL_S = 12,
	MS = 1000,
	SERVED_MS = 5000, /* the most that an honest caller waits */
	ROUND_MS = 700,
	BREATH_US = 20000,
	WELL_MS = 90000,
	PDU_OCTETS_MOST = 180,
	ODD_WORDS_MOST = 50, /* of one life, as gateway/hub/children.c */
	PDU_SIZE = 2 * PDU_OCTETS_MOST + 1,
};

struct world {
	struct lab lab;
	struct sim sim;
	long callers;
	int64_t slowest_ms;
	uint64_t chance;
};

static size_t
next(struct world *world, size_t most)
{
	world->chance = world->chance * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return ((size_t)((world->chance >> 33) % most));
}

static int64_t
how_long_ms(void)
{
	const char *words = getenv("HOSTILE_SECONDS");
	int64_t seconds = USUAL_S;

	if (words != NULL && !text_read_integer(words, 1, 86400, &seconds))
		lab_fail("HOSTILE_SECONDS is no number");
	return (seconds * MS);
}

static int
hub_lives(const struct world *world)
{
	return (waitpid(world->lab.hub, NULL, WNOHANG) == 0);
}

/* Somebody new by the honest line. */
static void
serve_one(struct world *world)
{
	struct caller_phone phone;
	struct text answer = { 0 };
	struct proof_watch watch;
	int64_t took_ms;
	char number[24];

	snprintf(number, sizeof(number), "+97798%08ld", ++world->callers);
	proof_watch_start(&watch);
	caller_open(&phone, &world->lab, number);
	caller_ask(&phone, "hello", &answer);
	caller_close(&phone);
	took_ms = proof_watch_ms(&watch);
	expect(answer.length > 0, "the honest line met silence");
	expect(
	    took_ms < SERVED_MS, "an answer took %lld ms", (long long)took_ms);
	if (took_ms > world->slowest_ms)
		world->slowest_ms = took_ms;
	text_free(&answer);
}

static void
say_figures(const struct world *world, const char *what, long count)
{
	printf("  %ld %s; %ld honest callers served meanwhile, the slowest in"
	       " %lld ms, without what it waited for a processor\n",
	    count, what, world->callers, (long long)world->slowest_ms);
}

/* -- the modem ------------------------------------------------------------------ */

static void
open_world(struct world *world)
{
	struct text words = { 0 };

	*world = (struct world){ .chance = (uint64_t)clock_utc_s() };
	printf("  seed %llu\n", (unsigned long long)world->chance);
	lab_open(&world->lab, "device-to-come");
	sim_start_named(
	    &world->sim, "./modem_sim", world->lab.folder, "modem", NULL);
	sim_ask(&world->sim, "places", "255", NULL);
	text_printf(&words,
	    "device = \"%s\"; pause_ms = 0; sweep_s = 1; patience_s = 2;"
	    " check_s = 1; answer_s = 1; rest_s = 1",
	    world->sim.device);
	lab_configure(&world->lab, "device = \"device-to-come\"", words.bytes);
	text_free(&words);
}

/* A sound message with octets changed, or none at all. */
static void
bring_pdu(struct world *world)
{
	static const char sound[] =
	    "07917799080000F0040D91779981436587F900002111212242320005E8329BFD06";
	static const char digits[] = "0123456789ABCDEF";
	char pdu[PDU_SIZE] = "";
	size_t length = next(world, PDU_OCTETS_MOST);

	if (next(world, 2) == 0) {
		snprintf(pdu, sizeof(pdu), "%s", sound);
		for (size_t i = next(world, 6); i > 0; i--)
			pdu[next(world, sizeof(sound) - 1)] =
			    digits[next(world, 16)];
	} else {
		for (size_t i = 0; i < 2 * length; i++)
			pdu[i] = digits[next(world, 16)];
		pdu[2 * length] = '\0';
	}
	if (pdu[0] != '\0')
		sim_ask(&world->sim, "pdu", pdu, NULL);
}

static void
vex(struct world *world)
{
	char seed[24];
	char number[24];

	snprintf(seed, sizeof(seed), "%zu", next(world, 1000000000));
	snprintf(number, sizeof(number), "+97797%08zu", next(world, 100000000));
	sim_ask(&world->sim, "fault", "hostile", seed, NULL);
	sim_ask(&world->sim, "text", number, "hello", NULL);
	sim_ask(&world->sim, "notice", "+CMTI: \"SM\",4294967295", NULL);
	for (int i = 0; i < 3; i++)
		bring_pdu(world);
	if (next(world, 4) == 0)
		sim_ask(&world->sim, "ring", number, NULL);
	/* Now and then it may be connected to at all. */
	if (next(world, 3) == 0)
		sim_ask(&world->sim, "heal", NULL);
}

/* Its texts are answered again. */
static int
modem_serves(struct world *world)
{
	struct sim_connection air;
	struct fields fields;
	int64_t end_ms = clock_monotonic_ms() + WELL_MS;
	int is_heard = 0;

	sim_ask(&world->sim, "heal", NULL);
	sim_connect(&air, world->sim.control);
	sim_send(&air, (const char *const[]){ "follow" }, 1);
	sim_ask(&world->sim, "text", "+9779899999999", "hello", NULL);
	while (!is_heard && clock_monotonic_ms() < end_ms) {
		while (!is_heard && sim_read_line(&air, 1000, &fields))
			is_heard = strcmp(fields.list[0], "sent") == 0 &&
			    strcmp(fields.list[2], "+9779899999999") == 0;
		serve_one(world);
	}
	sim_disconnect(&air);
	return (is_heard);
}

static void
a_hostile_modem_never_takes_the_hub_down(void)
{
	struct world world;
	int64_t end_ms;
	long rounds = 0;

	open_world(&world);
	lab_start(&world.lab);
	end_ms = clock_monotonic_ms() + how_long_ms();
	for (int64_t next_ms = 0; clock_monotonic_ms() < end_ms;
	     usleep(BREATH_US)) {
		serve_one(&world);
		if (clock_monotonic_ms() < next_ms)
			continue;
		vex(&world);
		rounds++;
		next_ms = clock_monotonic_ms() + ROUND_MS;
	}
	expect(hub_lives(&world), "the hub has ended");
	expect(modem_serves(&world), "the modem's line does not come back");
	say_figures(&world, "rounds of a hostile modem", rounds);
	expect(lab_stop(&world.lab, SIGTERM) == 0, "no clean end");
	sim_stop(&world.sim);
	lab_close(&world.lab);
}

/* -- the line --------------------------------------------------------------------- */

static void
use_hostile_lines(void)
{
	setenv("LD_PRELOAD", "./tests/hostile_exec.so", 1);
	setenv("HOSTILE_LINE", "./tests/hostile_line", 1);
	/* The sanitizers' run time would like to be first. */
	setenv("ASAN_OPTIONS", "verify_asan_link_order=0:detect_leaks=0", 1);
}

static void
a_hostile_line_never_takes_the_hub_down(void)
{
	static const char more[] =
	    "\n  { name = \"enemy\"; kind = \"modem\"; corridor = "
	    "\"nepal-gulf\"; device = \"/dev/zero\"; },\n  {\n    name = "
	    "\"demo\";";
	struct world world = { 0 };
	int64_t end_ms;
	long lives;

	lab_open(&world.lab, "device-to-come");
	lab_configure(&world.lab, "\n  {\n    name = \"demo\";", more);
	use_hostile_lines();
	lab_start(&world.lab);
	unsetenv("LD_PRELOAD");
	end_ms = clock_monotonic_ms() + how_long_ms();
	for (; clock_monotonic_ms() < end_ms; usleep(BREATH_US))
		serve_one(&world);
	expect(hub_lives(&world), "the hub has ended");
	lives = lab_log_count(&world.lab, "its process ended") +
	    lab_log_count(&world.lab, "said what is not a message") +
	    lab_log_count(&world.lab, "says what cannot be");
	expect(lives >= 2, "no line was ended");
	expect(lab_log_count(&world.lab, "it was not given") <=
		(lives + 1) * ODD_WORDS_MOST,
	    "it fills the log");
	expect(lab_query_integer(&world.lab,
		   "SELECT count(*) FROM journal WHERE line <> 'demo'") > 0,
	    "nothing of what it said was a message");
	say_figures(&world, "lives of hostile lines", lives);
	(void)lab_stop(&world.lab, SIGTERM);
	lab_close(&world.lab);
}

static const struct proof proofs[] = {
	{ "a_hostile_modem_never_takes_the_hub_down",
	    a_hostile_modem_never_takes_the_hub_down },
	{ "a_hostile_line_never_takes_the_hub_down",
	    a_hostile_line_never_takes_the_hub_down },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
