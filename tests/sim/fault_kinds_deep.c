/* What ails the modem itself, until it is mended or by itself well again. */
#include "tests/sim/command.h"

static enum outcome
begin_deaf(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->gives_no_notice = 1;
	return (DONE);
}

static void
end_deaf(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->gives_no_notice = 0;
}

/* Its settings are gone, and nobody is told. */
static enum outcome
begin_restart(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem_restart(modem);
	return (DONE);
}

static void
answer_error(struct modem *modem)
{
	struct text answer = { 0 };

	answer_end(modem, &answer, (struct result){ RESULT_ERROR, 0 });
	text_free(&answer);
}

static enum fault_verdict
refuse_until_reset(struct modem *modem, struct fault *fault, const char *line)
{
	if (strncmp(line, "ATZ", 3) == 0)
		fault->number = 1;
	if (fault->number == 1)
		return (FAULT_PASS);
	answer_error(modem);
	return (FAULT_TAKEN);
}

static enum fault_verdict
ignore_until_restart(struct modem *modem, struct fault *fault, const char *line)
{
	(void)modem;
	if (strncmp(line, "AT+CFUN=1,1", 11) == 0)
		fault->number = 1;
	return (fault->number == 1 ? FAULT_PASS : FAULT_TAKEN);
}

static enum outcome
begin_stuck_radio(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->radio_is_stuck = 1;
	modem->network.registration = NETWORK_SEARCHING;
	return (DONE);
}

static void
end_stuck_radio(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->radio_is_stuck = 0;
	modem->network.registration = NETWORK_HOME;
}

static enum outcome
begin_stuck_power(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->is_hung = 1;
	return (DONE);
}

static void
end_stuck_power(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->is_hung = 0;
}

static enum outcome
begin_wrong_date(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->network.has_wrong_date = 1;
	return (DONE);
}

static void
end_wrong_date(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->network.has_wrong_date = 0;
}

static enum fault_verdict
ring_meanwhile(struct modem *modem, struct fault *fault, const char *hex)
{
	(void)hex;
	modem_ring(modem, fault->word);
	return (FAULT_PASS);
}

static enum outcome
needs_word(struct modem *modem, struct fault *fault)
{
	(void)modem;
	return (fault->word[0] != '\0' ? DONE : REFUSED);
}

static enum fault_verdict
flap_echo(struct modem *modem, struct fault *fault, const char *line)
{
	(void)fault;
	(void)line;
	modem->settings.echo = !modem->settings.echo;
	return (FAULT_PASS);
}

static void
end_echo_flaps(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->settings.echo = 1;
}

/* One that still knows its own name. */
static enum outcome
begin_no_sim(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->has_no_sim = 1;
	return (DONE);
}

static void
end_no_sim(struct modem *modem, struct fault *fault)
{
	(void)fault;
	modem->has_no_sim = 0;
}

const struct fault_kind fault_kinds_deep[] = {
	{ .name = "deaf",
	    .what = "texts are stored without a notice",
	    .begin = begin_deaf,
	    .end = end_deaf },
	{ .name = "restart",
	    .what = "started by itself: all that was set is forgotten",
	    .begin = begin_restart },
	{ .name = "stuck-settings",
	    .what = "answers ERROR to everything until ATZ",
	    .on_line = refuse_until_reset },
	{ .name = "stuck-radio",
	    .what = "in no network until CFUN is off and on",
	    .begin = begin_stuck_radio,
	    .end = end_stuck_radio },
	{ .name = "stuck-restart",
	    .what = "answers nothing until it is restarted by CFUN=1,1",
	    .on_line = ignore_until_restart },
	{ .name = "stuck-power",
	    .what = "answers nothing until its power is turned",
	    .begin = begin_stuck_power,
	    .end = end_stuck_power },
	{ .name = "wrong-date",
	    .what = "texts come with a time that is none",
	    .begin = begin_wrong_date,
	    .end = end_wrong_date },
	{ .name = "ring-during-send",
	    .usage = "NUMBER",
	    .what = "it rings whenever a text is typed",
	    .begin = needs_word,
	    .on_pdu = ring_meanwhile },
	{ .name = "echo-flaps",
	    .what = "echoes every other command",
	    .on_line = flap_echo,
	    .end = end_echo_flaps },
	{ .name = "no-sim",
	    .what = "says that it has no SIM",
	    .begin = begin_no_sim,
	    .end = end_no_sim },
	{ .name = NULL },
};
