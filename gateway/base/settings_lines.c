#include "gateway/base/settings_lines.h"

#include <string.h>

#include "gateway/base/config.h"
#include "gateway/base/memory.h"
#include "gateway/base/settings.h"
#include "gateway/base/text.h"

/* Where nobody but this machine reaches. */
#define LOOPBACK "127."

enum {
	DAY_S = 86400,
	GSUP_PAGE_MOST = 128, /* that osmo-hlr passes on */
	PIN_LEAST = 4,
	PIN_MOST = 8,
	CODES_MOST = 120, /* as the line protocol has it */
	SOCKET_PATH_MAX_BYTES = 107, /* sockaddr_un's, without its NUL */
	SMPP_WORD_MOST = 64, /* as the line has it */
	SMPP_OPS = 4,
	PACE_MOST = 600,
};

static const struct config_option line_options[] = {
	{ "name", OPTION_TEXT, offsetof(struct line_settings, name), NULL, 1,
	    .help = "a short name, such as \"north\"" },
	{ "kind", OPTION_WORD, offsetof(struct line_settings, kind), NULL, 1,
	    .words = "modem gsup ussd smpp demo",
	    .help = "\"modem\", \"gsup\" (USSD of a local network),"
		    " \"ussd\" (of a provider, over HTTP), \"smpp\" (a"
		    " message centre) or \"demo\"" },
	{ "device", OPTION_TEXT, offsetof(struct line_settings, device), "",
	    .help = "modem: libGammu's device, best by /dev/serial/by-id" },
	{ "connection", OPTION_TEXT, offsetof(struct line_settings, connection),
	    "dku2at",
	    .help = "modem: libGammu's connection; dku2at speaks AT without"
		    " at's slow start" },
	{ "model", OPTION_TEXT, offsetof(struct line_settings, model), "",
	    .help = "modem: libGammu's model, if it must be told" },
	{ "listen", OPTION_PATH, offsetof(struct line_settings, listen),
	    "demo.socket", .help = "demo: path of the unix socket" },
	{ "address", OPTION_TEXT, offsetof(struct line_settings, address), NULL,
	    .help = "ussd: where it listens, 127.0.0.1:8081 if not said; smpp:"
		    " the message centre, 127.0.0.1:2775 if not said" },
	{ "system_id", OPTION_TEXT, offsetof(struct line_settings, system_id),
	    "", .help = "smpp: the name the centre knows us by" },
	{ "system_type", OPTION_TEXT,
	    offsetof(struct line_settings, system_type), "",
	    .help = "smpp: what kind of system we are, where the centre asks" },
	{ "password_file", OPTION_PATH,
	    offsetof(struct line_settings, password_file), NULL,
	    .help = "smpp: a file with the password of system_id" },
	{ "source", OPTION_TEXT, offsetof(struct line_settings, source), "",
	    .help = "smpp: our own address, such as the short code \"384\"" },
	{ "source_ton", OPTION_NUMBER,
	    offsetof(struct line_settings, source_ton), "0", .min = 0,
	    .max = 255, .help = "smpp: its type of number" },
	{ "source_npi", OPTION_NUMBER,
	    offsetof(struct line_settings, source_npi), "1", .min = 0,
	    .max = 255, .help = "smpp: its numbering plan" },
	{ "dest_ton", OPTION_NUMBER, offsetof(struct line_settings, dest_ton),
	    "1", .min = 0, .max = 255,
	    .help = "smpp: type of callers' numbers; 1 is international" },
	{ "dest_npi", OPTION_NUMBER, offsetof(struct line_settings, dest_npi),
	    "1", .min = 0, .max = 255,
	    .help = "smpp: numbering plan of callers' numbers; 1 is E.164" },
	{ "receipts", OPTION_YES, offsetof(struct line_settings, receipts),
	    "false",
	    .help = "smpp: ask the centre what becomes of each text; some"
		    " charge for it" },
	{ "ops", OPTION_TEXT, offsetof(struct line_settings, ops), "1 2 17 18",
	    .help = "smpp: what the centre means by ussd_service_op: dialled,"
		    " page, last page, typed" },
	{ "session", OPTION_WORD, offsetof(struct line_settings, session),
	    "its_session_info",
	    .words = "its_session_info user_message_reference",
	    .help = "smpp: the field that names a USSD session" },
	{ "profile", OPTION_TEXT, offsetof(struct line_settings, profile), "",
	    .help = "ussd: its provider, \"africastalking\", or the path of a"
		    " profile" },
	{ "allow", OPTION_TEXT, offsetof(struct line_settings, allow), "",
	    .help = "ussd: addresses that may ask,"
		    " \"10.1.2.3, 10.2.0.0/16\"" },
	{ "token_file", OPTION_PATH, offsetof(struct line_settings, token_file),
	    NULL,
	    .help = "ussd: a file with what the provider's address for us must"
		    " end with, ?token=..." },
	{ "peer", OPTION_TEXT, offsetof(struct line_settings, peer),
	    "127.0.0.1:4222",
	    .help = "gsup: address of the network's register (osmo-hlr)" },
	{ "control", OPTION_TEXT, offsetof(struct line_settings, control),
	    "127.0.0.1:4259",
	    .help = "gsup: address of the register's control interface" },
	{ "code", OPTION_TEXT, offsetof(struct line_settings, code), "",
	    .help = "gsup, smpp: what callers dial, \"*384#\"" },
	{ "texts_by", OPTION_TEXT, offsetof(struct line_settings, texts_by), "",
	    .help =
		"gsup, ussd: the line by which texts to its callers leave" },
	{ "idle_s", OPTION_NUMBER, offsetof(struct line_settings, idle_s), "0",
	    .min = 0, .max = 600,
	    .help =
		"gsup, ussd, smpp: how long a page waits for its answer; less than the"
		" network's own guard timer" },
	{ "page", OPTION_NUMBER, offsetof(struct line_settings, page), "0",
	    .min = 0, .max = 182,
	    .help = "septets of a USSD page: 120, 128, 160 or 182; 0 is"
		    " what the kind of line says" },
	{ "corridor", OPTION_TEXT, offsetof(struct line_settings, corridor),
	    NULL, 1, .help = "id of the corridor that answers here" },
	{ "language", OPTION_TEXT, offsetof(struct line_settings, language),
	    "en", .help = "language a caller is met in (BCP 47)" },
	{ "country", OPTION_TEXT, offsetof(struct line_settings, country), "",
	    .help = "calling code for numbers written without one, \"977\"" },
	{ "number", OPTION_TEXT, offsetof(struct line_settings, number), "",
	    .help = "the SIM's own number" },
	{ "sweep_s", OPTION_NUMBER, offsetof(struct line_settings, sweep_s),
	    "300", .min = 1, .max = DAY_S,
	    .help = "modem: look through the SIM this often" },
	{ "patience_s", OPTION_NUMBER,
	    offsetof(struct line_settings, patience_s), "45", .min = 2,
	    .max = 3600,
	    .help = "modem: when one step with it takes longer, its process"
		    " is ended and started again" },
	{ "check_s", OPTION_NUMBER, offsetof(struct line_settings, check_s),
	    "30", .min = 1, .max = 600,
	    .help = "modem: ask it how it is this often" },
	{ "answer_s", OPTION_NUMBER, offsetof(struct line_settings, answer_s),
	    "30", .min = 1, .max = 120,
	    .help = "modem: how long the network may take over a text; after"
		    " that nobody knows whether it left" },
	{ "rest_s", OPTION_NUMBER, offsetof(struct line_settings, rest_s), "20",
	    .min = 1, .max = 600,
	    .help = "modem: the longest wait before it is tried again" },
	{ "power_cycle", OPTION_TEXT,
	    offsetof(struct line_settings, power_cycle), "",
	    .help = "modem: a command that turns its USB port off and on, such"
		    " as \"uhubctl -l 1-1 -p 2 -a cycle\"; run by the hub when"
		    " nothing else helps" },
	{ "power_apart_s", OPTION_NUMBER,
	    offsetof(struct line_settings, power_apart_s), "300", .min = 5,
	    .max = DAY_S,
	    .help = "modem: its power is not turned more often than that" },
	{ "pin", OPTION_TEXT, offsetof(struct line_settings, pin), "",
	    .help = "modem: the SIM's PIN; a wrong one is tried once" },
	{ "balance_code", OPTION_TEXT,
	    offsetof(struct line_settings, balance_code), "",
	    .help = "modem: the code that tells the credit, \"*100#\", or"
		    " \"*100#,1,2\" through a menu" },
	{ "balance_pattern", OPTION_TEXT,
	    offsetof(struct line_settings, balance_pattern), "",
	    .help = "modem: an extended regular expression whose first group is"
		    " the amount and whose second, if there is one, the day it"
		    " expires; else the first number" },
	{ "balance_low", OPTION_NUMBER,
	    offsetof(struct line_settings, balance_low), "0", .min = 0,
	    .max = 1000000,
	    .help = "modem: credit below this is told as low; 0 never" },
	{ "balance_every_h", OPTION_NUMBER,
	    offsetof(struct line_settings, balance_every_h), "12", .min = 1,
	    .max = 744, .help = "modem: ask for the credit this often" },
	{ "balance_days", OPTION_NUMBER,
	    offsetof(struct line_settings, balance_days), "7", .min = 0,
	    .max = 365,
	    .help = "modem: so many days before the credit expires somebody is"
		    " told; 0 never" },
	{ "balance_date", OPTION_WORD,
	    offsetof(struct line_settings, balance_date), "dmy",
	    .words = "dmy mdy ymd",
	    .help = "modem: the order of day, month and year in the operator's"
		    " answer" },
	{ "network_ussd", OPTION_WORD,
	    offsetof(struct line_settings, network_ussd), "close",
	    .words = "close show",
	    .help = "modem: what the network sends by itself is only closed, or"
		    " kept for `waymark line pushed`" },
	{ "missed_calls", OPTION_WORD,
	    offsetof(struct line_settings, missed_calls), "greet",
	    .words = "greet list ignore",
	    .help = "what a ring becomes: a text, a place on the list of those"
		    " to call back, or nothing" },
	{ "reports", OPTION_YES, offsetof(struct line_settings, reports),
	    "false",
	    .help = "modem: ask the network what became of each text; a"
		    " hint for caseworkers, which some networks charge for" },
	{ "missed_calls_window_s", OPTION_NUMBER,
	    offsetof(struct line_settings, missed_calls_window_s), "3600",
	    .min = 1, .max = DAY_S,
	    .help = "rings of one caller within this time count once" },
	{ "pause_ms", OPTION_NUMBER, offsetof(struct line_settings, pause_ms),
	    "40", .min = 0, .max = 1000,
	    .help = "modem: cap on libGammu's blind pauses while sending" },
	{ "window", OPTION_NUMBER, offsetof(struct line_settings, window), "0",
	    .min = 0, .max = 256,
	    .help = "texts handed over before one must be answered; 0 is what"
		    " the kind of line says" },
	{ "zone", OPTION_TEXT, offsetof(struct line_settings, zone), "UTC+0",
	    .help = "where its day begins, for day_cap and spend_cap:"
		    " \"UTC+5:45\"" },
	{ "pace_per_minute", OPTION_NUMBER,
	    offsetof(struct line_settings, pace_per_minute), "0", .min = 0,
	    .max = PACE_MOST,
	    .help = "at most so many texts in any minute; 0: as many as go" },
	{ "day_cap", OPTION_NUMBER, offsetof(struct line_settings, day_cap),
	    "0", .min = 0, .max = 10000000,
	    .help = "at most so many texts a day; 0: no cap" },
	{ "part_price", OPTION_TEXT, offsetof(struct line_settings, part_price),
	    "", .help = "what one SMS costs, if not what `cases` says" },
	{ "spend_cap", OPTION_TEXT, offsetof(struct line_settings, spend_cap),
	    "", .help = "what its texts may cost a day, \"12.50\"" },
	{ "reserve", OPTION_NUMBER, offsetof(struct line_settings, reserve),
	    "10", .min = 0, .max = 100000,
	    .help = "the last texts of day_cap, and SMS of spend_cap, for help"
		    " requests, caseworkers and alarms alone" },
	{ "fail_over_after_s", OPTION_NUMBER,
	    offsetof(struct line_settings, fail_over_after_s), "600", .min = 0,
	    .max = 30LL * DAY_S,
	    .help = "away so long, another line of its corridor carries its"
		    " texts, where the corridor has other_numbers; 0 never" },
};

static int
is_name(const char *name)
{
	size_t length = strspn(name,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789-");

	return (length > 0 && length <= 31 && name[length] == '\0');
}

/* Whether the hub can read it as a number of this line's. */
static int
is_own_number(const struct line_settings *line)
{
	const char *number = line->number;

	if (strspn(number, "+0123456789 -()") != strlen(number))
		return (0);
	return (number[0] == '+' || strncmp(number, "00", 2) == 0 ||
	    line->country[0] != '\0');
}

int
settings_line_has_texts(const struct line_settings *line)
{
	return (
	    strcmp(line->kind, "gsup") != 0 && strcmp(line->kind, "ussd") != 0);
}

static int
is_code(const char *code)
{
	size_t length = strlen(code);

	return (length >= 3 && code[0] == '*' && code[length - 1] == '#' &&
	    strspn(code, "*0123456789#") == length &&
	    strchr(code, '#') == code + length - 1);
}

static void
check_ussd(
    struct config *config, const struct line_settings *line, size_t index)
{
	if (line->page != 0 && line->page != 120 && line->page != 128 &&
	    line->page != 160 && line->page != 182)
		config_complain(
		    config, "lines", index, "page is 120, 128, 160 or 182");
	/* The register passes no more on, and tells nobody. */
	if (strcmp(line->kind, "gsup") == 0 && line->page > GSUP_PAGE_MOST)
		config_complain(config, "lines", index,
		    "page of a gsup line is at most %d", GSUP_PAGE_MOST);
	if (strcmp(line->kind, "ussd") == 0 && line->profile[0] == '\0')
		config_complain(config, "lines", index,
		    "profile is missing: the provider, such as"
		    " \"africastalking\"");
	if (strcmp(line->kind, "ussd") == 0 && line->allow[0] == '\0' &&
	    line->token_file == NULL &&
	    strncmp(line->address, LOOPBACK, strlen(LOOPBACK)) != 0)
		config_complain(config, "lines", index,
		    "others can reach '%s': say who may ask with allow,"
		    " token_file or both",
		    line->address);
	if (strcmp(line->kind, "gsup") == 0 && !is_code(line->code))
		config_complain(config, "lines", index,
		    "code must be what callers dial, such as \"*384#\"");
}

static int
are_ops(const char *words)
{
	const char *at = words;

	for (int i = 0; i < SMPP_OPS; i++) {
		char *end;
		unsigned long value = strtoul(at, &end, 0);

		if (end == at || value > UINT8_MAX)
			return (0);
		at = end;
	}
	return (at[strspn(at, " ")] == '\0');
}

static void
check_smpp(
    struct config *config, const struct line_settings *line, size_t index)
{
	if (strcmp(line->kind, "smpp") != 0)
		return;
	if (line->system_id[0] == '\0' ||
	    strlen(line->system_id) > SMPP_WORD_MOST ||
	    strlen(line->system_type) > SMPP_WORD_MOST)
		config_complain(config, "lines", index,
		    "system_id must be the name the centre knows us by, at most"
		    " %d bytes, system_type no longer",
		    SMPP_WORD_MOST);
	if (strlen(line->source) > SMPP_WORD_MOST)
		config_complain(config, "lines", index,
		    "source is longer than %d bytes", SMPP_WORD_MOST);
	if (!are_ops(line->ops))
		config_complain(config, "lines", index,
		    "ops '%s' must be four numbers from 0 to 255: dialled,"
		    " page, last page, typed, such as \"1 2 17 18\"",
		    line->ops);
	if (line->code[0] != '\0' && !is_code(line->code))
		config_complain(config, "lines", index,
		    "code must be what callers dial, such as \"*384#\"");
}

/* Whose texts leave by another line; looked at when all lines are read. */
static void
check_texts_by(
    struct config *config, const struct settings *settings, size_t index)
{
	const struct line_settings *line = &settings->lines[index];
	const struct line_settings *by;

	if (line->texts_by == NULL || line->texts_by[0] == '\0')
		return;
	by = settings_find_line(settings, line->texts_by);
	if (by == NULL || by->kind == NULL || !settings_line_has_texts(by))
		config_complain(config, "lines", index,
		    "texts_by '%s' is no line that carries texts",
		    line->texts_by);
}

static void
check_words(
    struct config *config, const struct line_settings *line, size_t index)
{
	if (!is_name(line->name))
		config_complain(config, "lines", index,
		    "name '%s' must be 1 to 31 letters, digits or -",
		    line->name);
	if (strcmp(line->kind, "modem") == 0 && line->device[0] == '\0')
		config_complain(config, "lines", index,
		    "device is missing: a modem needs one, such as"
		    " \"/dev/ttyUSB0\"");
	if (strcmp(line->kind, "demo") == 0 &&
	    strlen(line->listen) > SOCKET_PATH_MAX_BYTES)
		config_complain(config, "lines", index,
		    "listen '%s' is too long for a socket: at most %d bytes",
		    line->listen, SOCKET_PATH_MAX_BYTES);
	check_ussd(config, line, index);
	check_smpp(config, line, index);
	if (strspn(line->country, "0123456789") != strlen(line->country) ||
	    strlen(line->country) > 3)
		config_complain(config, "lines", index,
		    "country must be a calling code such as \"977\"");
	if (line->pin[0] != '\0' &&
	    (strspn(line->pin, "0123456789") != strlen(line->pin) ||
		strlen(line->pin) < PIN_LEAST || strlen(line->pin) > PIN_MOST))
		config_complain(config, "lines", index,
		    "pin must be %d to %d digits", PIN_LEAST, PIN_MOST);
	if (strspn(line->balance_code, "0123456789*#,") !=
		strlen(line->balance_code) ||
	    strlen(line->balance_code) > CODES_MOST)
		config_complain(config, "lines", index,
		    "balance_code must be a code such as \"*100#\", with"
		    " answers to its menu behind commas");
	/* The hub knows its own lines by it and never answers them. */
	if (line->number[0] != '\0' && !is_own_number(line))
		config_complain(config, "lines", index,
		    "number must be written with + and the calling code,"
		    " such as \"+9779800000000\", or have a country");
}

static int
are_same(const char *kind, const struct line_settings *one,
    const struct line_settings *other)
{
	if (strcmp(one->kind, kind) != 0 || strcmp(other->kind, kind) != 0)
		return (0);
	return (strcmp(kind, "modem") == 0
		? strcmp(one->device, other->device) == 0
		: strcmp(one->listen, other->listen) == 0);
}

/* Against a line that stands before it. */
static void
check_pair(struct config *config, const struct line_settings *line,
    size_t index, const struct line_settings *before)
{
	if (before->name == NULL || before->kind == NULL)
		return;
	if (strcmp(before->name, line->name) == 0)
		config_complain(config, "lines", index,
		    "there is a line '%s' already", line->name);
	else if (are_same("modem", line, before))
		config_complain(config, "lines", index,
		    "line '%s' has the same device", before->name);
	else if (are_same("demo", line, before))
		config_complain(config, "lines", index,
		    "line '%s' listens on the same socket; give this one a"
		    " `listen` of its own",
		    before->name);
}

static void
check_line(struct config *config, const struct settings *settings, size_t index)
{
	const struct line_settings *line = &settings->lines[index];

	if (line->name == NULL || line->kind == NULL || line->corridor == NULL)
		return;
	check_words(config, line, index);
	for (size_t i = 0; i < index; i++)
		check_pair(config, line, index, &settings->lines[i]);
}

/* What it is by default depends on the kind. */
static void
set_address(struct line_settings *line)
{
	if (line->address == NULL && line->kind != NULL)
		line->address = memory_copy(strcmp(line->kind, "smpp") == 0
			? "127.0.0.1:2775"
			: "127.0.0.1:8081");
}

void
settings_lines_read(struct config *config, struct settings *settings)
{
	size_t count = config_list_length(config, "lines");

	settings->lines = memory_new(count, sizeof(*settings->lines));
	settings->line_count = count;
	for (size_t i = 0; i < count; i++) {
		config_read_item(config, "lines", i, line_options,
		    COUNT_OF(line_options), &settings->lines[i]);
		set_address(&settings->lines[i]);
		settings->lines[i].file_line =
		    config_item_line(config, "lines", i);
		check_line(config, settings, i);
	}
	for (size_t i = 0; i < count; i++)
		check_texts_by(config, settings, i);
	if (count == 0)
		config_complain(config, "", (size_t)-1,
		    "there are no lines; add lines = ( { name = \"demo\";"
		    " kind = \"demo\"; corridor = \"...\"; } );");
}

void
settings_lines_free(struct settings *settings)
{
	for (size_t i = 0; i < settings->line_count; i++)
		config_free_values(
		    line_options, COUNT_OF(line_options), &settings->lines[i]);
	free(settings->lines);
}

const struct line_settings *
settings_find_line(const struct settings *settings, const char *name)
{
	for (size_t i = 0; i < settings->line_count; i++) {
		if (settings->lines[i].name != NULL &&
		    strcmp(settings->lines[i].name, name) == 0)
			return (&settings->lines[i]);
	}
	return (NULL);
}
