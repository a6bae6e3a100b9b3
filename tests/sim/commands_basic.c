/* Who the modem is, and how it talks. */
#include "tests/sim/command.h"

static struct result
ok(void)
{
	return ((struct result){ RESULT_OK, 0 });
}

static struct result
error(void)
{
	return ((struct result){ RESULT_ERROR, 0 });
}

static struct result
run_echo(struct modem *modem, const struct call *call, struct text *answer)
{
	(void)answer;
	modem->settings.echo = call->ask == ASK_SET && call->value[0] == '1';
	return (ok());
}

/* ATZ and AT&F. */
static struct result
run_reset(struct modem *modem, const struct call *call, struct text *answer)
{
	(void)call;
	(void)answer;
	modem->counts.resets++;
	modem->settings.echo = 1;
	modem->settings.error_words = 0;
	modem->settings.charset = CHARSET_GSM;
	modem->settings.notice_mode = 0;
	return (ok());
}

static struct result
run_information(
    struct modem *modem, const struct call *call, struct text *answer)
{
	(void)call;
	answer_line(answer, "Manufacturer: %s", modem->profile->manufacturer);
	answer_line(answer, "Model: %s", modem->profile->model);
	answer_line(answer, "Revision: %s", modem->profile->revision);
	return (ok());
}

static struct result
run_manufacturer(
    struct modem *modem, const struct call *call, struct text *answer)
{
	(void)call;
	answer_line(answer, "%s", modem->profile->manufacturer);
	return (ok());
}

static struct result
run_model(struct modem *modem, const struct call *call, struct text *answer)
{
	(void)call;
	answer_line(answer, "%s", modem->profile->model);
	return (ok());
}

static struct result
run_revision(struct modem *modem, const struct call *call, struct text *answer)
{
	(void)call;
	answer_line(answer, "%s", modem->profile->revision);
	return (ok());
}

static struct result
run_serial(struct modem *modem, const struct call *call, struct text *answer)
{
	(void)modem;
	(void)call;
	answer_line(answer, "490154203237518");
	return (ok());
}

static struct result
run_subscriber(
    struct modem *modem, const struct call *call, struct text *answer)
{
	(void)call;
	if (modem->needs_pin)
		return ((struct result){ RESULT_CME, CME_SIM_PIN });
	answer_line(answer, "429010123456789");
	return (ok());
}

static struct result
run_error_words(
    struct modem *modem, const struct call *call, struct text *answer)
{
	if (call->ask == ASK_READ)
		answer_line(answer, "+CMEE: %d", modem->settings.error_words);
	else
		modem->settings.error_words =
		    value_number(call->value, 0, 0) != 0;
	return (ok());
}

static struct result
run_charset(struct modem *modem, const struct call *call, struct text *answer)
{
	static const char *const names[] = {
		[CHARSET_GSM] = "GSM",
		[CHARSET_IRA] = "IRA",
		[CHARSET_UCS2] = "UCS2",
	};
	char word[16];
	size_t i;

	if (call->ask == ASK_READ) {
		answer_line(
		    answer, "+CSCS: \"%s\"", names[modem->settings.charset]);
		return (ok());
	}
	(void)value_word(call->value, 0, word, sizeof(word));
	for (i = 0; i < COUNT_OF(names); i++) {
		if (strcmp(word, names[i]) == 0) {
			modem->settings.charset = (enum charset)i;
			return (ok());
		}
	}
	return (error());
}

static struct result
run_functions(struct modem *modem, const struct call *call, struct text *answer)
{
	int64_t wanted = value_number(call->value, 0, 1);

	if (call->ask == ASK_READ) {
		answer_line(answer, "+CFUN: %d", !modem->radio_is_off);
		return (ok());
	}
	if (value_number(call->value, 1, 0) == 1) {
		modem_restart(modem);
		return (ok());
	}
	/* A radio that was off finds its network when it is on again. */
	if (modem->radio_is_off && wanted == 1) {
		modem->counts.radio++;
		if (modem->radio_is_stuck)
			(void)fault_end(modem, "stuck-radio");
	}
	modem->radio_is_off = wanted != 1;
	return (ok());
}

static struct result
run_battery(struct modem *modem, const struct call *call, struct text *answer)
{
	(void)modem;
	(void)call;
	answer_line(answer, "+CBC: 0,100");
	return (ok());
}

static struct result
run_pin(struct modem *modem, const struct call *call, struct text *answer)
{
	char word[16];

	if (modem->has_no_sim)
		return ((struct result){ RESULT_CME, CME_NO_SIM });
	if (call->ask == ASK_READ) {
		answer_line(answer, "+CPIN: %s",
		    modem->needs_pin ? "SIM PIN" : "READY");
		return (ok());
	}
	(void)value_word(call->value, 0, word, sizeof(word));
	modem->counts.pins++;
	if (!modem->needs_pin)
		return ((struct result){ RESULT_CME, CME_NOT_ALLOWED });
	if (strcmp(word, "1234") != 0)
		return ((struct result){ RESULT_CME, CME_WRONG_PASSWORD });
	modem->needs_pin = 0;
	return (ok());
}

/* Commands only one maker's modems have: taken and without effect. */
static struct result
run_maker(struct modem *modem, const struct call *call, struct text *answer)
{
	const char *known = modem->profile->maker_commands;
	const char *found;

	(void)answer;
	found = known != NULL ? strstr(known, call->name) : NULL;
	if (found == NULL || call->ask == ASK_READ)
		return (error());
	return (ok());
}

const struct at_command commands_basic[] = {
	{ "E", NULL, run_echo },
	{ "Z", NULL, run_reset },
	{ "&F", NULL, run_reset },
	{ "I", NULL, run_information },
	{ "V", NULL, NULL },
	{ "Q", NULL, NULL },
	{ "X", NULL, NULL },
	{ "S", NULL, NULL },
	{ "+CGMI", "", run_manufacturer },
	{ "+CGMM", "", run_model },
	{ "+CGMR", "", run_revision },
	{ "+CGSN", "", run_serial },
	{ "+CIMI", "", run_subscriber },
	{ "+CMEE", "(0,1)", run_error_words },
	{ "+CSCS", "(\"GSM\",\"IRA\",\"UCS2\")", run_charset },
	{ "+CFUN", "(0,1,4),(0,1)", run_functions },
	{ "+CBC", "(0-2),(1-100)", run_battery },
	{ "+CPIN", "", run_pin },
	{ "+ZCDRUN", NULL, run_maker },
	{ "+ZOPRT", NULL, run_maker },
	{ "^CURC", NULL, run_maker },
	{ "^PORTSEL", NULL, run_maker },
	{ NULL, NULL, NULL },
};
