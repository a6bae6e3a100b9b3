/* waymark erase: a case is erased on the word of two people. */
#include "gateway/base/clock.h"
#include "gateway/desk/case_erase.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/desk.h"
#include "gateway/desk/session.h"

enum { TAKES_KEEP = 1 << 0, TAKES_REASON = 1 << 1 };

/* The command line, read. */
struct wish {
	struct session_who who;
	unsigned given;
	const char *reason;
};

static int
tell(
    const struct errand *errand, enum outcome outcome, enum erase_result result)
{
	const char *ref = errand->was_found ? errand->request.ref : errand->ref;

	if (outcome == DONE) {
		printf("%s: %s\n", ref, erase_result_words(result));
		return (EXIT_DONE);
	}
	cli_failed("erase", "%s: %s", ref,
	    errand->why == CASE_FINE ? erase_result_words(result)
				     : case_reason_words(errand->why));
	return (outcome == NOTHING ? EXIT_NOTHING_FOUND : EXIT_FAILED);
}

static int
act(const struct wish *wish, const char *ref)
{
	struct session session;
	enum erase_result result;
	enum outcome outcome;
	struct errand errand = { .ref = ref, .now_utc_s = clock_utc_s() };
	int status;

	if (session_open(&wish->who, &session) != DONE)
		return (EXIT_FAILED);
	errand.worker = &session.worker;
	outcome = wish->given & TAKES_KEEP
	    ? cases_keep(&errand, &result)
	    : cases_erase(&errand, wish->reason, &result);
	status = tell(&errand, outcome, result);
	session_close(&session);
	return (status);
}

/* -- the command line ------------------------------------------------------- */

static const struct cli_field fields[] = {
	CLI_WHO(struct wish),
	CLI_FLAG("keep", TAKES_KEEP),
	CLI_WORD("reason", 0, TAKES_REASON, struct wish, reason),
};

static int
run(int argc, char **argv)
{
	struct wish wish = { .who.command = "erase" };
	const struct cli_line line = { .command = &command_erase,
		.fields = fields,
		.field_count = COUNT_OF(fields),
		.into = &wish,
		.given = &wish.given };
	int first;
	int status;

	if (command_asked_help(&command_erase, argc, argv))
		return (EXIT_DONE);
	status = cli_read_fields(&line, argc, argv, &first);
	if (status != EXIT_DONE)
		return (status);
	if (argc - first != 1)
		return (command_wrong_use(
		    &command_erase, "say which help request: one reference"));
	if (wish.given == (TAKES_KEEP | TAKES_REASON))
		return (command_wrong_use(
		    &command_erase, "keeping a case needs no reason"));
	return (act(&wish, argv[first]));
}

const struct command command_erase = {
	.name = "erase",
	.summary = "erase a case; two people have to say so",
	.usage =
	    "Usage: waymark erase REF --reason WORDS\n"
	    "       waymark erase REF\n"
	    "       waymark erase REF --keep\n"
	    "\n"
	    "Erases all that is kept of a help request: number, answers,"
	    " texts, notes, facts.\n"
	    "One person asks and says why; another confirms within a week,"
	    " without a reason.\n"
	    "\n"
	    "  -c, --config FILE       the configuration; else"
	    " $WAYMARK_CONFIG,\n"
	    "                          else /etc/waymark/waymark.conf\n"
	    "  --staff NAME            who signs in; else it asks\n"
	    "  --password-file FILE    the password is its first line; else it"
	    " asks\n"
	    "  --reason WORDS          why; sealed, for whoever confirms\n"
	    "  --keep                  take back what somebody asked\n",
	.run = run,
};
