#include <strings.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/line/modem.h"
#include "gateway/line/wire.h"

enum {
	RADIO_MS = 10000, /* for CFUN, which waits for the network to let go */
	RESTART_MS = 2000,
	MS = 1000,
};

static struct ladder_limits
limits_of(const struct line_arguments *arguments)
{
	return ((struct ladder_limits){
	    .may_power = (int)arguments->may_power,
	    .rest_ms = arguments->rest_s * MS,
	});
}

static void
note_well(struct modem *modem)
{
	int64_t now_ms = clock_monotonic_ms();

	if (modem->well_since_ms == 0)
		modem->well_since_ms = now_ms;
	if (now_ms - modem->well_since_ms >= LADDER_STEADY_MS)
		ladder_steady(&modem->ladder);
}

void
modem_find(struct modem *modem, enum ladder_finding finding, const char *cause)
{
	struct ladder_limits limits = limits_of(modem->arguments);
	enum ladder_rung before = modem->ladder.rung;
	int64_t wait_ms = ladder_climb(&modem->ladder, finding, &limits);

	modem->finding = finding;
	modem->ladder_wait_ms = wait_ms;
	modem->retry_at_ms = clock_monotonic_ms() + wait_ms;
	if (finding == FOUND_WELL)
		note_well(modem);
	else
		modem->well_since_ms = 0;
	if (modem->ladder.rung != before) {
		modem->has_to_mend = finding != FOUND_WELL;
		log_info(
		    "rung %s: %s", ladder_rung_name(modem->ladder.rung), cause);
	}
	modem_tell_health(modem, finding == FOUND_WELL, cause);
}

void
modem_lose(struct modem *modem, enum ladder_finding finding, const char *cause)
{
	if (modem->is_lost)
		return;
	modem->is_lost = 1;
	log_warning("giving up the connection: %s", cause);
	modem_find(modem, finding, cause);
}

/* -- what the rungs say ------------------------------------------------------ */

static void
initialise(int wire)
{
	char answer[WIRE_ANSWER_MAX_BYTES];

	(void)wire_write(wire, "\x1b\r");
	(void)wire_exchange(
	    wire, "ATZ\r", WIRE_SOON_MS, answer, sizeof(answer));
	/* libGammu reads answers by their echo. */
	(void)wire_exchange(
	    wire, "ATE1V1\r", WIRE_SOON_MS, answer, sizeof(answer));
}

static void
turn_radio(int wire)
{
	char answer[WIRE_ANSWER_MAX_BYTES];

	/* Nobody there to turn it; the next rung restarts the modem. */
	if (!wire_answers(wire))
		return;
	if (!wire_exchange(
		wire, "AT+CFUN=0\r", RADIO_MS, answer, sizeof(answer)))
		(void)wire_exchange(
		    wire, "AT+CFUN=4\r", RADIO_MS, answer, sizeof(answer));
	(void)wire_exchange(
	    wire, "AT+CFUN=1\r", RADIO_MS, answer, sizeof(answer));
}

static void
restart(int wire)
{
	char answer[WIRE_ANSWER_MAX_BYTES];

	(void)wire_exchange(
	    wire, "AT+CFUN=1,1\r", RESTART_MS, answer, sizeof(answer));
	wire_drop(wire);
}

/* The hub turns the power when it hears of the rung; a rest is a rest. */
static void
do_rung(struct modem *modem)
{
	static void (*const deeds[RUNG_COUNT])(int wire) = {
		[RUNG_INITIALISE] = initialise,
		[RUNG_RADIO] = turn_radio,
		[RUNG_REOPEN] = restart,
	};
	const struct line_arguments *arguments = modem->arguments;
	enum ladder_rung rung = modem->ladder.rung;
	const char *cause;
	int wire;

	/* What was away has started anew by itself. */
	if (deeds[rung] == NULL || modem->finding == FOUND_GONE)
		return;
	log_notice("mending the modem: %s", ladder_rung_name(rung));
	if (!modem_has_wire(arguments) ||
	    wire_open(arguments->device, arguments->connection, &wire,
		&cause) != FOUND_WELL)
		return;
	/* Bounded by its own waits. */
	modem_be_patient(modem, 3 * RADIO_MS / MS);
	deeds[rung](wire);
	wire_close(wire);
}

/* -- looking ----------------------------------------------------------------- */

static const struct {
	const char *answer;
	enum sim_state sim;
	const char *cause;
} locks[] = {
	{ "SIM PIN", SIM_WANTS_PIN, "the SIM wants its PIN" },
	{ "SIM PUK", SIM_WANTS_PUK, "the SIM wants its PUK" },
	{ "PH-", SIM_WANTS_PUK, "the modem is locked to another SIM" },
};

/* 1 when the PIN opened the SIM.  It is tried once: a third wrong one locks
 * the SIM for good. */
static int
try_pin(struct modem *modem, int wire)
{
	char answer[WIRE_ANSWER_MAX_BYTES];
	char line[40];
	int is_open;

	snprintf(line, sizeof(line), "AT+CPIN=\"%s\"\r", modem->pin);
	is_open = wire_exchange(wire, line, RADIO_MS, answer, sizeof(answer));
	explicit_bzero(line, sizeof(line));
	explicit_bzero(answer, sizeof(answer));
	explicit_bzero(modem->pin, sizeof(modem->pin));
	modem->sim = is_open ? SIM_READY : SIM_PIN_WAS_WRONG;
	return (is_open);
}

static enum ladder_finding
look_at_lock(struct modem *modem, int wire, size_t lock, const char **cause_r)
{
	*cause_r = locks[lock].cause;
	if (locks[lock].sim == SIM_WANTS_PIN && modem->pin[0] != '\0' &&
	    try_pin(modem, wire))
		return (FOUND_WELL);
	if (locks[lock].sim == SIM_WANTS_PIN &&
	    modem->sim == SIM_PIN_WAS_WRONG) {
		*cause_r = "the PIN was wrong; it is not tried again";
		return (FOUND_LOCKED);
	}
	modem->sim = locks[lock].sim;
	return (FOUND_LOCKED);
}

/* A modem that does not say how its SIM is, is believed to have one. */
static enum ladder_finding
look_at_sim(struct modem *modem, int wire, const char **cause_r)
{
	char answer[WIRE_ANSWER_MAX_BYTES];
	char words[40] = "";

	(void)wire_exchange(
	    wire, "AT+CMEE=1\r", WIRE_SOON_MS, answer, sizeof(answer));
	if (!wire_exchange(
		wire, "AT+CPIN?\r", WIRE_SOON_MS, answer, sizeof(answer))) {
		if (!wire_find(answer, "+CME ERROR: ", words, sizeof(words)) ||
		    (strcmp(words, "10") != 0 &&
			strcasecmp(words, "SIM not inserted") != 0))
			return (FOUND_WELL);
		modem->sim = SIM_MISSING;
		*cause_r = "the modem has no SIM";
		return (FOUND_LOCKED);
	}
	(void)wire_find(answer, "+CPIN: ", words, sizeof(words));
	for (size_t i = 0; i < COUNT_OF(locks); i++) {
		if (strncmp(words, locks[i].answer, strlen(locks[i].answer)) ==
		    0)
			return (look_at_lock(modem, wire, i, cause_r));
	}
	modem->sim = SIM_READY;
	return (FOUND_WELL);
}

/* In two seconds, where libGammu would take thirty. */
static enum ladder_finding
look_at_wire(struct modem *modem, const char **cause_r)
{
	const struct line_arguments *arguments = modem->arguments;
	enum ladder_finding finding;
	int wire;

	if (!modem_has_wire(arguments))
		return (FOUND_WELL);
	finding =
	    wire_open(arguments->device, arguments->connection, &wire, cause_r);
	if (finding != FOUND_WELL)
		return (finding);
	if (wire_answers(wire)) {
		finding = look_at_sim(modem, wire, cause_r);
	} else {
		finding = FOUND_SILENT;
		*cause_r = "the modem does not answer";
	}
	wire_close(wire);
	return (finding);
}

int
modem_mend(struct modem *modem)
{
	const char *cause = "";
	enum ladder_finding finding;

	if (modem->has_to_mend) {
		modem->has_to_mend = 0;
		do_rung(modem);
		/* A PIN that has come meanwhile is not waited for. */
		if (modem->pin[0] == '\0')
			modem->retry_at_ms =
			    clock_monotonic_ms() + modem->ladder_wait_ms;
		return (1);
	}
	if (clock_monotonic_ms() < modem->retry_at_ms)
		return (0);
	finding = look_at_wire(modem, &cause);
	modem_be_patient(modem, 0);
	if (finding == FOUND_WELL)
		finding = modem_connect(modem, &cause);
	/* Connected: the sweep and the check behind it say how it is. */
	if (finding != FOUND_WELL)
		modem_find(modem, finding, cause);
	return (1);
}
