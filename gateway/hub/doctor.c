/* waymark doctor: what is wrong with a modem, and what to do about it. */
#include "gateway/hub/doctor.h"

#include <getopt.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "gateway/base/json.h"
#include "gateway/base/line_mends.h"
#include "gateway/base/log.h"
#include "store/store.h"

enum {
	HUB_ANSWER_MS = 2000,
	STATUS_MAX_BYTES = 65536,
	FIELDS = 16,
	OPTION_JSON = 256,
};

/* Both ends of a datagram socket need an address; an empty one is made up by
 * the kernel. */
enum outcome
doctor_ask_hub(const char *control_path, struct text *answer)
{
	struct sockaddr_un own = { .sun_family = AF_UNIX };
	struct sockaddr_un hub = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct pollfd wait = { fd, POLLIN, 0 };
	static char bytes[STATUS_MAX_BYTES];
	enum outcome outcome = NOTHING;
	ssize_t got;

	snprintf(hub.sun_path, sizeof(hub.sun_path), "%s", control_path);
	if (fd < 0)
		return (NOTHING);
	if (bind(fd, (const struct sockaddr *)&own, sizeof(sa_family_t)) == 0 &&
	    sendto(fd, "status", 6, MSG_NOSIGNAL, (const struct sockaddr *)&hub,
		sizeof(hub)) == 6 &&
	    poll(&wait, 1, HUB_ANSWER_MS) > 0 &&
	    (got = recv(fd, bytes, sizeof(bytes), 0)) >= 0) {
		text_add_bytes(answer, bytes, (size_t)got);
		outcome = DONE;
	}
	close(fd);
	return (outcome);
}

static void
explain_device(char *const *fields, struct findings *findings)
{
	struct finding finding = {
		.line = fields[0], .what = "device", .mend = ""
	};
	struct text found = { 0 };

	if (strcmp(fields[2], "up") == 0) {
		text_printf(&found, "in its network %s", fields[8]);
	} else {
		finding.verdict = VERDICT_BAD;
		finding.mend = line_mend_of_cause(fields[15]);
		text_printf(&found, "away: %s; the line is at the rung '%s'",
		    fields[15][0] != '\0' ? fields[15] : fields[1], fields[5]);
		if (strcmp(fields[6], "1") == 0)
			text_add(&found, " and needs a hand");
	}
	findings_add(findings, &finding, text_string(&found));
	text_free(&found);
}

static void
explain_credit(char *const *fields, struct findings *findings)
{
	struct finding finding = {
		.line = fields[0], .what = "credit", .verdict = VERDICT_LOOK
	};
	const char *found;

	finding.mend = line_mend_of_credit(fields[9], &found);
	if (found[0] != '\0')
		findings_add(findings, &finding, found);
}

void
doctor_explain_status(char *status, struct findings *findings)
{
	char *fields[FIELDS];
	struct finding memory = {
		.what = "memory", .verdict = VERDICT_LOOK, .mend = ""
	};
	int64_t percent;

	for (size_t i = 0; i < FIELDS; i++) {
		fields[i] = strsep(&status, "\t");
		if (fields[i] == NULL)
			return;
	}
	explain_device(fields, findings);
	memory.line = fields[0];
	if (text_read_integer(fields[7], 0, 100, &percent))
		memory.mend = line_mend_of_memory(percent);
	if (memory.mend[0] != '\0')
		findings_add(findings, &memory, "nearly full");
	explain_credit(fields, findings);
}

/* -- saying it --------------------------------------------------------------- */

static const char *const verdict_names[] = {
	[VERDICT_GOOD] = "good",
	[VERDICT_LOOK] = "look",
	[VERDICT_BAD] = "bad",
};

static void
say_text(const struct findings *findings, struct text *out)
{
	static const char *const signs[] = {
		[VERDICT_GOOD] = "  ok ",
		[VERDICT_LOOK] = "  !  ",
		[VERDICT_BAD] = "  NO ",
	};
	const char *line = "";

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];

		if (strcmp(line, finding->line) != 0)
			text_printf(out, "Line %s\n", finding->line);
		line = finding->line;
		text_printf(out, "%s %-17s %s\n", signs[finding->verdict],
		    finding->what, text_string(&finding->found));
		if (finding->mend[0] != '\0')
			text_printf(out, "       -> %s\n", finding->mend);
	}
	if (findings->count == 0)
		text_add(out, "There is no modem line in the configuration.\n");
}

static void
say_json(const struct findings *findings, struct text *out)
{
	struct json json = { 0 };

	json_open_array(&json, NULL);
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];

		json_open_object(&json, NULL);
		json_string(&json, "line", finding->line);
		json_string(&json, "what", finding->what);
		json_string(&json, "verdict", verdict_names[finding->verdict]);
		json_string(&json, "found", text_string(&finding->found));
		json_string(&json, "mend", finding->mend);
		json_close_object(&json);
	}
	json_close_array(&json);
	text_add_bytes(out, json.text.bytes, json.text.length);
	text_add_byte(out, '\n');
	json_free(&json);
}

static enum exit_status
status_of(const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		if (findings->list[i].verdict == VERDICT_BAD)
			return (EXIT_FAILED);
	}
	return (EXIT_DONE);
}

/* `answer` is cut up, and the findings point into it. */
static void
find_out(const struct settings *settings, struct text *answer,
    struct findings *findings)
{
	char *rest;

	if (store_hub_runs(settings->store_path) &&
	    doctor_ask_hub(settings->control_path, answer) == DONE) {
		for (rest = answer->bytes; rest != NULL && *rest != '\0';)
			doctor_explain_status(strsep(&rest, "\n"), findings);
		return;
	}
	for (size_t i = 0; i < settings->line_count; i++) {
		if (strcmp(settings->lines[i].kind, "modem") == 0)
			doctor_ask_modem(&settings->lines[i], findings);
	}
}

static enum exit_status
examine(const char *path, int as_json)
{
	struct settings settings;
	struct findings findings = { 0 };
	struct text answer = { 0 };
	struct text out = { 0 };
	enum exit_status status;

	if (settings_load(settings_default_path(path), &settings) != DONE)
		return (EXIT_FAILED);
	log_open("doctor", settings.log_level);
	find_out(&settings, &answer, &findings);
	if (as_json)
		say_json(&findings, &out);
	else
		say_text(&findings, &out);
	fputs(text_string(&out), stdout);
	status = status_of(&findings);
	findings_free(&findings);
	text_free(&answer);
	text_free(&out);
	settings_free(&settings);
	return (status);
}

static int
run(int argc, char **argv)
{
	static const struct option long_options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "json", no_argument, NULL, OPTION_JSON },
		{ 0 },
	};
	const char *path = NULL;
	int as_json = 0;
	int option;

	if (command_asked_help(&command_doctor, argc, argv))
		return (EXIT_DONE);
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":c:", long_options, NULL)) !=
	    -1) {
		if (option == 'c')
			path = optarg;
		else if (option == OPTION_JSON)
			as_json = 1;
		else
			return (command_wrong_use(&command_doctor,
			    "'%s' is not understood", argv[optind - 1]));
	}
	if (optind < argc)
		return (command_wrong_use(&command_doctor,
		    "'%s' is one word too many", argv[optind]));
	return (examine(path, as_json));
}

const struct command command_doctor = {
	.name = "doctor",
	.summary = "what is wrong with a modem, and what to do about it",
	.usage =
	    "Usage: waymark doctor [-c FILE] [--json]\n"
	    "\n"
	    "Asks the modem of each line whether it answers, and how its SIM,"
	    " network, signal,\n"
	    "message centre and memory are, and says what to do about each"
	    " thing that is wrong.\n"
	    "While a hub runs, the hub is asked instead: it holds the modems."
	    "  No PIN\n"
	    "is tried, and nothing is sent or deleted.\n"
	    "\n"
	    "  -c, --config FILE   the configuration; else $WAYMARK_CONFIG,"
	    " else\n"
	    "                      /etc/waymark/waymark.conf\n"
	    "      --json          for programs\n"
	    "      --help          this text\n"
	    "\n"
	    "Exit status: 0 all lines are well, 1 one is not, 2 wrong use.\n",
	.run = run,
};
