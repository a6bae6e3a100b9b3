/* waymark desk: the caseworkers' pages. */
#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/desk.h"
#include "gateway/desk/web.h"
#include "gateway/desk/web_server.h"
#include "gateway/desk/web_tls.h"

struct wish {
	const char *config;
	int shows_fingerprint;
};

enum { OPTION_FINGERPRINT = 256 };

static const struct cli_option options[] = {
	{ "config", 1, 'c' },
	{ "fingerprint", 0, OPTION_FINGERPRINT },
};

static int
take_option(int id, char *value, void *into)
{
	struct wish *wish = into;

	if (id == OPTION_FINGERPRINT)
		wish->shows_fingerprint = 1;
	else
		wish->config = value;
	return (EXIT_DONE);
}

MUST_USE static enum outcome
tell_fingerprint(const struct desk_settings *desk, FILE *out)
{
	struct web_fingerprint fingerprint;

	if (web_tls_fingerprint(desk->certificate, &fingerprint) != DONE)
		return (REFUSED);
	fprintf(out, "SHA-256 %s\n", fingerprint.text);
	return (DONE);
}

/* The certificate is made on the first start when set-up did not. */
MUST_USE static enum outcome
ready_certificate(const struct desk_settings *desk)
{
	enum outcome outcome = web_tls_make(desk);

	if (outcome == REFUSED)
		return (REFUSED);
	if (outcome == DONE) {
		log_notice("the desk has made itself a certificate");
		return (tell_fingerprint(desk, stderr));
	}
	return (DONE);
}

static int
serve(struct web *web)
{
	int status = EXIT_FAILED;

	seal_start();
	if (ready_certificate(&web->settings.desk) == DONE &&
	    web_open(web) == DONE && web_serve(web) == DONE)
		status = EXIT_DONE;
	web_close(web);
	return (status);
}

static int
run(int argc, char **argv)
{
	struct wish wish = { 0 };
	struct cli_reading reading = { &command_desk, options,
		COUNT_OF(options), take_option, &wish };
	struct web *web;
	int first;
	int status;

	if (command_asked_help(&command_desk, argc, argv))
		return (EXIT_DONE);
	status = cli_read_options(&reading, argc, argv, &first);
	if (status != EXIT_DONE)
		return (status);
	if (first < argc)
		return (command_wrong_use(
		    &command_desk, "'%s' is one word too many", argv[first]));
	web = memory_new(1, sizeof(*web));
	if (settings_load(settings_default_path(wish.config), &web->settings) !=
	    DONE) {
		free(web);
		return (EXIT_FAILED);
	}
	log_open("desk", web->settings.log_level);
	if (wish.shows_fingerprint)
		status = tell_fingerprint(&web->settings.desk, stdout) == DONE
		    ? EXIT_DONE
		    : EXIT_FAILED;
	else
		status = serve(web);
	settings_free(&web->settings);
	free(web);
	return (status);
}

const struct command command_desk = {
	.name = "desk",
	.summary = "the caseworkers' pages, for browsers on the office network",
	.usage =
	    "Usage: waymark desk [-c FILE] [--fingerprint]\n"
	    "\n"
	    "Serves the caseworkers' pages over HTTPS, where `desk = { listen"
	    " }` of the\n"
	    "configuration says (127.0.0.1:8443).  It runs beside the hub and"
	    " stays in the\n"
	    "foreground; SIGTERM ends it and signs everybody out.\n"
	    "\n"
	    "  -c, --config FILE   the configuration; else $WAYMARK_CONFIG,"
	    " else\n"
	    "                      /etc/waymark/waymark.conf\n"
	    "      --fingerprint   print the certificate's SHA-256 fingerprint,"
	    " to compare\n"
	    "                      with what a browser shows, and end\n",
	.run = run,
};
