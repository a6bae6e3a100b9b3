#include "tests/fault_world.h"

#include <inttypes.h>
#include <signal.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/memory.h"
#include "gateway/base/outcome.h"

enum {
	DRAIN_MS = 240000,
	STILL_MS = 8000, /* nothing more becomes whole by itself */
	WRITERS_MOST = 60000,
	AGAIN_MS = 3000,
	FIRST_NUMBER = 10000000,
	PREFIX_LENGTH = 6, /* of "+97798" */
	PARTS_OF_ANSWER_MOST = 8,
};

/* A long text wakes the hub to look at long texts. */
#define LONG_TEXT \
	"a text of more than one part, a text of more than one part, a text " \
	"of more than one part, a text of more than one part, a text of more " \
	"than one part, a text of more than one part"

uint64_t
fault_world_chance(struct fault_world *world, uint64_t most)
{
	world->chance = world->chance * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return ((world->chance >> 33) % most);
}

/* -- people who write -------------------------------------------------------- */

void
fault_world_number(long writer, char *number, size_t size)
{
	snprintf(number, size, "+97798%08ld", FIRST_NUMBER + writer);
}

long
fault_world_writer(struct fault_world *world)
{
	if (world->writers == WRITERS_MOST)
		lab_fail("too many texts");
	return (world->writers++);
}

void
fault_world_write(struct fault_world *world, const char *text)
{
	char number[24];

	fault_world_number(fault_world_writer(world), number, sizeof(number));
	sim_ask(&world->sim, "text", number, text, NULL);
}

static void
hear_sent(struct fault_world *world, const struct fields *sent)
{
	long writer =
	    strtol(sent->list[2] + PREFIX_LENGTH, NULL, 10) - FIRST_NUMBER;
	long parts = strtol(sent->list[5], NULL, 10);
	long part = strtol(sent->list[6], NULL, 10);

	if (strncmp(sent->list[2], FAULT_RINGER, strlen(FAULT_RINGER)) == 0)
		return;
	if (writer < 0 || writer >= world->writers || parts < 1 ||
	    parts > PARTS_OF_ANSWER_MOST)
		lab_fail("an answer to nobody: %s", sent->list[2]);
	part = parts == 1 ? 1 : part;
	world->parts[writer] = (uint8_t)parts;
	if (world->seen[writer] & 1u << (part - 1))
		world->doubled++;
	world->seen[writer] |= (uint8_t)(1u << (part - 1));
}

static int
is_answered(const struct fault_world *world, long writer)
{
	return (world->parts[writer] > 0 &&
	    world->seen[writer] == (1u << world->parts[writer]) - 1);
}

static void
listen_to_air(struct fault_world *world, int wait_ms)
{
	struct fields fields;

	while (sim_read_line(&world->air, wait_ms, &fields)) {
		if (strcmp(fields.list[0], "sent") == 0)
			hear_sent(world, &fields);
		wait_ms = 0;
	}
}

int64_t
fault_world_time_service(struct fault_world *world, int64_t most_ms)
{
	int64_t began_ms = clock_monotonic_ms();
	long first = world->writers;
	int64_t next_ms = 0;

	for (;;) {
		int64_t now_ms = clock_monotonic_ms() - began_ms;

		if (now_ms > most_ms)
			return (-1);
		if (now_ms >= next_ms) {
			fault_world_write(world, "hello");
			next_ms = now_ms + AGAIN_MS;
		}
		listen_to_air(world, 20);
		for (long i = first; i < world->writers; i++) {
			if (is_answered(world, i))
				return (clock_monotonic_ms() - began_ms);
		}
	}
}

/* -- the account -------------------------------------------------------------- */

static long
count_answered(const struct fault_world *world)
{
	long count = 0;

	for (long i = 0; i < world->writers; i++)
		count += is_answered(world, i);
	return (count);
}

static int64_t
outbox(struct fault_world *world, const char *state)
{
	struct text sql = { 0 };
	int64_t count;

	text_printf(
	    &sql, "SELECT count(*) FROM outbox WHERE state = '%s'", state);
	count = lab_query_integer(&world->lab, sql.bytes);
	text_free(&sql);
	return (count);
}

static int64_t
handled(struct fault_world *world)
{
	return (lab_query_integer(&world->lab,
	    "SELECT count(*) FROM journal WHERE kind = 'sms' AND state ="
	    " 'handled'"));
}

static int64_t
aside(struct fault_world *world)
{
	return (lab_query_integer(&world->lab,
	    "SELECT count(*) FROM journal WHERE kind = 'binary' AND state ="
	    " 'aside' AND cause LIKE 'cannot be read%'"));
}

static void
change(struct fault_world *world, const char *sql)
{
	struct text none = { 0 };

	lab_query(&world->lab, sql, &none);
	text_free(&none);
}

static void
check(struct fault_world *world, const char *what, int64_t got, int64_t wanted)
{
	if (got == wanted)
		return;
	printf("  WRONG: %s: %" PRId64 ", and it must be %" PRId64 "\n", what,
	    got, wanted);
	fflush(stdout);
	world->failures++;
}

/* What hung its modem is read again after pauses. */
static void
wait_until_empty(struct fault_world *world)
{
	int64_t until_ms = clock_monotonic_ms() + DRAIN_MS;

	do {
		listen_to_air(world, 500);
		sim_ask(&world->sim, "stored", NULL);
	} while (sim_answer_number(&world->sim, 1) +
		    sim_answer_number(&world->sim, 2) >
		0 &&
	    clock_monotonic_ms() < until_ms);
	check(world, "messages left in the modem",
	    sim_answer_number(&world->sim, 1) +
		sim_answer_number(&world->sim, 2),
	    0);
}

/* What was refused waits for a minute and more, and a long text of which a
 * part is missing for an hour: the clock is put forward. */
static void
drain(struct fault_world *world)
{
	int64_t until_ms = clock_monotonic_ms() + DRAIN_MS;
	int64_t still_ms = clock_monotonic_ms() + STILL_MS;
	int64_t before = -1;

	wait_until_empty(world);
	while ((handled(world) < world->writers ||
		   outbox(world, "queued") + outbox(world, "sending") > 0) &&
	    clock_monotonic_ms() < until_ms) {
		int64_t now = handled(world);

		change(world,
		    "UPDATE outbox SET next_utc_s = 0 WHERE state = 'queued'"
		    " RETURNING id");
		if (now != before)
			still_ms = clock_monotonic_ms() + STILL_MS;
		before = now;
		if (clock_monotonic_ms() > still_ms &&
		    lab_query_integer(&world->lab,
			"SELECT count(*) FROM journal WHERE state = 'part'") >
			0) {
			change(world,
			    "UPDATE journal SET arrived_utc_s = arrived_utc_s"
			    " - 7200 WHERE state = 'part' RETURNING id");
			fault_world_write(world, LONG_TEXT);
		}
		/* Wakes the hub up to look at its queue. */
		if (outbox(world, "queued") > 0)
			fault_world_write(world, "hello");
		listen_to_air(world, 2000);
	}
	listen_to_air(world, 500);
}

void
fault_world_settle(struct fault_world *world, struct fault_account *account_r)
{
	int64_t binary;

	drain(world);
	*account_r = (struct fault_account){
		.texts = world->writers,
		.answered = count_answered(world),
		.unsure = (long)outbox(world, "unsure"),
		.aside = (long)aside(world),
	};
	check(world, "texts handled", handled(world), world->writers);
	binary = lab_query_integer(
	    &world->lab, "SELECT count(*) FROM journal WHERE kind = 'binary'");
	check(world, "messages that cannot be read, not journalled",
	    binary + world->alike < world->unreadable + world->data, 0);
	check(world, "texts called unreadable",
	    account_r->aside > world->unreadable, 0);
	check(world, "answers sent twice", world->doubled, 0);
	check(world, "answers still to be sent",
	    outbox(world, "queued") + outbox(world, "sending"), 0);
	check(world, "answers given up or refused",
	    outbox(world, "given up") + outbox(world, "failed"), 0);
	/* An unsure one may have gone out or not. */
	check(world, "answers lost without a word",
	    world->writers - account_r->answered > account_r->unsure, 0);
}

/* -- the world ----------------------------------------------------------------- */

void
fault_world_open(struct fault_world *world, int as_set_up)
{
	struct text words = { 0 };
	char here[512];

	if (getcwd(here, sizeof(here)) == NULL)
		lab_fail("nowhere");
	world->seen = memory_new(WRITERS_MOST, 1);
	world->parts = memory_new(WRITERS_MOST, 1);
	lab_open(&world->lab, "device-to-come");
	sim_start_named(
	    &world->sim, "./modem_sim", world->lab.folder, "modem", NULL);
	sim_ask(&world->sim, "places", "255", NULL);
	text_printf(&words,
	    "device = \"%s\"; pin = \"1234\";%s"
	    " power_cycle = \"%s/modem_ctl %s power >/dev/null\"",
	    world->sim.device,
	    as_set_up ? ""
		      : " pause_ms = 0; sweep_s = 2; patience_s = 6;"
			" check_s = 1; answer_s = 3; rest_s = 3;"
			" power_apart_s = 10;",
	    here, world->sim.control);
	lab_configure(&world->lab, "device = \"device-to-come\"", words.bytes);
	sim_connect(&world->air, world->sim.control);
	sim_send(&world->air, (const char *const[]){ "follow", "1" }, 2);
	lab_start(&world->lab);
	text_free(&words);
}

void
fault_world_close(struct fault_world *world)
{
	(void)lab_stop(&world->lab, SIGTERM);
	sim_disconnect(&world->air);
	sim_stop(&world->sim);
	if (world->failures > 0 && getenv("KEEP") != NULL)
		printf("kept: %s\n", world->lab.folder);
	else
		lab_close(&world->lab);
	free(world->seen);
	free(world->parts);
}
