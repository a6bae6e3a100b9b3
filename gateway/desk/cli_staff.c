/* waymark staff: the people of the team, their passwords, phones and duty. */
#include "gateway/desk/cli_staff.h"
#include "gateway/base/clock.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/desk.h"
#include "gateway/desk/sign_in.h"

/* What only some actions take. */
enum {
	TAKES_JSON = 1 << 0,
	TAKES_ROLE = 1 << 1,
	TAKES_NEW_PASSWORD = 1 << 2,
	TAKES_RECOVERY = 1 << 3,
	TAKES_FORCE = 1 << 4,
	TAKES_NONE = 1 << 5,
	TAKES_LINE = 1 << 6,
	TAKES_COUNT = 1 << 7,
};

struct action {
	const char *name;
	unsigned takes;
	int words_least; /* after the action's name */
	int words_most;
	const char *needs; /* in words */
	int (*run)(struct session *session, const struct staff_wish *wish);
};

struct people_errand
staff_errand_of(const struct session *session, const char *name)
{
	return ((struct people_errand){
	    .store = session->store,
	    .by = session->staff.id != 0 ? &session->staff : NULL,
	    .secret = session->secret,
	    .name = name,
	    .now_utc_s = clock_utc_s(),
	});
}

int
staff_tell_failed(const struct people_errand *errand, enum outcome outcome)
{
	if (errand->name != NULL)
		cli_failed("staff", "%s: %s", errand->name,
		    people_reason_words(errand->why));
	else
		cli_failed("staff", "%s", people_reason_words(errand->why));
	return (outcome == NOTHING ? EXIT_NOTHING_FOUND : EXIT_FAILED);
}

/* Whoever it was done to. */
static int
tell(const struct people_errand *errand, enum outcome outcome, const char *done)
{
	if (outcome != DONE)
		return (staff_tell_failed(errand, outcome));
	printf("%s: %s\n",
	    errand->whom.id != 0 ? errand->whom.name : errand->name, done);
	return (EXIT_DONE);
}

/* -- actions ---------------------------------------------------------------- */

MUST_USE static enum outcome
read_password(const struct staff_wish *wish, struct text *password)
{
	return (sign_in_read_new("staff", wish->new_password_file,
	    STAFF_PASSWORD_MIN_BYTES, password));
}

static int
run_add(struct session *session, const struct staff_wish *wish)
{
	struct people_errand errand = staff_errand_of(session, wish->words[0]);
	struct text password = { 0 };
	const char *role = wish->role != NULL ? wish->role : "caseworker";
	int status = EXIT_FAILED;

	if (read_password(wish, &password) == DONE)
		status = tell(&errand,
		    people_add(&errand, role, text_string(&password)), "added");
	text_free(&password);
	return (status);
}

static void
tell_given_back(size_t count)
{
	if (count > 0)
		printf("%zu of their cases went back to the queue.\n", count);
}

static int
run_disable(struct session *session, const struct staff_wish *wish)
{
	struct people_errand errand = staff_errand_of(session, wish->words[0]);
	size_t given_back = 0;
	enum outcome outcome = people_disable(&errand, &given_back);

	if (outcome != DONE)
		return (tell(&errand, outcome, ""));
	(void)tell(&errand, outcome,
	    "disabled; their password opens nothing any more");
	tell_given_back(given_back);
	puts("What they have seen they know.  If they may have a copy of the"
	     " store, replace the\nteam's key: waymark staff rotate");
	return (EXIT_DONE);
}

static int
run_enable(struct session *session, const struct staff_wish *wish)
{
	struct people_errand errand = staff_errand_of(session, wish->words[0]);
	struct text password = { 0 };
	int status = EXIT_FAILED;

	if (read_password(wish, &password) == DONE)
		status = tell(&errand,
		    people_enable(&errand, wish->role, text_string(&password)),
		    "enabled");
	text_free(&password);
	return (status);
}

static int
run_role(struct session *session, const struct staff_wish *wish)
{
	struct people_errand errand = staff_errand_of(session, wish->words[0]);
	size_t given_back = 0;
	enum outcome outcome =
	    people_set_role(&errand, wish->words[1], &given_back);
	int status = tell(&errand, outcome, "has another role now");

	if (status == EXIT_DONE)
		tell_given_back(given_back);
	return (status);
}

static int
run_password(struct session *session, const struct staff_wish *wish)
{
	struct people_errand errand = staff_errand_of(session, wish->words[0]);
	struct text password = { 0 };
	int status = EXIT_FAILED;

	if (read_password(wish, &password) == DONE)
		status = tell(&errand,
		    people_set_password(&errand, text_string(&password)),
		    "has a new password");
	text_free(&password);
	return (status);
}

static const struct action actions[] = {
	{ "list", TAKES_JSON, 0, 0, "", staff_run_list },
	{ "add", TAKES_ROLE | TAKES_NEW_PASSWORD, 1, 1, "a name", run_add },
	{ "disable", 0, 1, 1, "a name", run_disable },
	{ "enable", TAKES_ROLE | TAKES_NEW_PASSWORD, 1, 1, "a name",
	    run_enable },
	{ "role", 0, 2, 2, "a name and a role", run_role },
	{ "password", TAKES_NEW_PASSWORD, 0, 1, "", run_password },
	{ "rotate", TAKES_RECOVERY | TAKES_FORCE, 0, 0, "", staff_run_rotate },
	{ "recover", TAKES_RECOVERY | TAKES_NEW_PASSWORD, 1, 1,
	    "the name of a lead", staff_run_recover },
	{ "duty", 0, 2, 3, "a name, on or off, and perhaps hours",
	    staff_run_duty },
	{ "phone", TAKES_NONE | TAKES_LINE, 1, 2, "a name", staff_run_phone },
	{ "codes", TAKES_COUNT, 1, 1, "a name", staff_run_codes },
};

/* -- the command line ------------------------------------------------------- */

enum { OPTION_STAFF = 256, OPTION_PASSWORD_FILE, OPTION_FLAG };

/* `id` of what only some actions take is OPTION_FLAG plus its bit. */
static const struct cli_option options[] = {
	{ "config", 1, 'c' },
	{ "staff", 1, OPTION_STAFF },
	{ "password-file", 1, OPTION_PASSWORD_FILE },
	{ "json", 0, OPTION_FLAG + TAKES_JSON },
	{ "role", 1, OPTION_FLAG + TAKES_ROLE },
	{ "new-password-file", 1, OPTION_FLAG + TAKES_NEW_PASSWORD },
	{ "recovery-file", 1, OPTION_FLAG + TAKES_RECOVERY },
	{ "force", 0, OPTION_FLAG + TAKES_FORCE },
	{ "none", 0, OPTION_FLAG + TAKES_NONE },
	{ "line", 1, OPTION_FLAG + TAKES_LINE },
	{ "count", 1, OPTION_FLAG + TAKES_COUNT },
};

/* An action and the options given, as bits. */
struct reading {
	struct staff_wish wish;
	unsigned given;
};

static int
take_flag(unsigned flag, char *value, struct reading *reading)
{
	struct staff_wish *wish = &reading->wish;

	reading->given |= flag;
	switch (flag) {
	case TAKES_JSON:
		wish->as_json = 1;
		break;
	case TAKES_ROLE:
		wish->role = value;
		break;
	case TAKES_NEW_PASSWORD:
		wish->new_password_file = value;
		break;
	case TAKES_RECOVERY:
		wish->recovery_file = value;
		break;
	case TAKES_FORCE:
		wish->may_cut_off = 1;
		break;
	case TAKES_NONE:
		wish->is_none = 1;
		break;
	case TAKES_LINE:
		wish->line = value;
		break;
	default:
		if (!text_read_integer(
			value, 1, STAFF_CODES_MOST, &wish->count))
			return (command_wrong_use(&command_staff,
			    "--count takes a number from 1 to %d",
			    STAFF_CODES_MOST));
		break;
	}
	return (EXIT_DONE);
}

static int
take_option(int id, char *value, void *into)
{
	struct reading *reading = into;

	if (id == 'c')
		reading->wish.who.config = value;
	else if (id == OPTION_STAFF)
		reading->wish.who.staff = value;
	else if (id == OPTION_PASSWORD_FILE)
		reading->wish.who.password_file = value;
	else
		return (
		    take_flag((unsigned)(id - OPTION_FLAG), value, reading));
	return (EXIT_DONE);
}

static const struct action *
find_action(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(actions); i++) {
		if (strcmp(actions[i].name, name) == 0)
			return (&actions[i]);
	}
	return (NULL);
}

static int
check(const struct action *action, int count, const struct reading *reading)
{
	if (reading->given & ~action->takes)
		return (command_wrong_use(&command_staff,
		    "%s does not take one of these options", action->name));
	if (count < action->words_least)
		return (command_wrong_use(&command_staff, "%s needs %s",
		    action->name, action->needs));
	if (count > action->words_most)
		return (command_wrong_use(&command_staff,
		    "'%s' is one word too many",
		    reading->wish.words[action->words_most]));
	return (EXIT_DONE);
}

static int
act(int count, char **words, struct reading *reading)
{
	const struct action *action;
	struct session session;
	enum outcome outcome;
	int status;

	if (count == 0)
		return (command_wrong_use(&command_staff, "say what to do"));
	action = find_action(words[0]);
	if (action == NULL)
		return (command_wrong_use(
		    &command_staff, "there is no action '%s'", words[0]));
	reading->wish.words = words + 1;
	status = check(action, count - 1, reading);
	if (status != EXIT_DONE)
		return (status);
	/* Whoever recovers has no password. */
	outcome = action->run == staff_run_recover
	    ? session_open_store(&reading->wish.who, &session)
	    : session_open(&reading->wish.who, &session);
	if (outcome != DONE)
		return (EXIT_FAILED);
	status = action->run(&session, &reading->wish);
	session_close(&session);
	return (status);
}

static int
run(int argc, char **argv)
{
	struct reading reading = { .wish = { .who.command = "staff",
				       .count = PEOPLE_CODES_USUAL } };
	struct cli_reading how = { &command_staff, options, COUNT_OF(options),
		take_option, &reading };
	int first;
	int status;

	if (command_asked_help(&command_staff, argc, argv))
		return (EXIT_DONE);
	status = cli_read_options(&how, argc, argv, &first);
	if (status != EXIT_DONE)
		return (status);
	return (act(argc - first, argv + first, &reading));
}

const struct command command_staff = {
	.name = "staff",
	.summary = "the people of the team: passwords, keys, duty, phones",
	.usage =
	    "Usage: waymark staff list [--json]\n"
	    "       waymark staff add NAME [--role ROLE]\n"
	    "       waymark staff disable NAME\n"
	    "       waymark staff enable NAME [--role ROLE]\n"
	    "       waymark staff role NAME ROLE\n"
	    "       waymark staff password [NAME]\n"
	    "       waymark staff rotate [--force] [--recovery-file FILE]\n"
	    "       waymark staff recover NAME [--recovery-file FILE]\n"
	    "       waymark staff duty NAME on [08:00-20:00]\n"
	    "       waymark staff duty NAME off\n"
	    "       waymark staff phone NAME [NUMBER | --none] [--line LINE]\n"
	    "       waymark staff codes NAME [--count N]\n"
	    "\n"
	    "ROLE is caseworker, lead or technician.  A lead may do all of"
	    " this; others see\n"
	    "the list and change their own password, duty, phone and codes.\n"
	    "\n"
	    "  -c, --config FILE         the configuration; else"
	    " $WAYMARK_CONFIG,\n"
	    "                            else /etc/waymark/waymark.conf\n"
	    "  --staff NAME              who signs in; else it asks\n"
	    "  --password-file FILE      their password is its first line; else"
	    " it asks\n"
	    "  --new-password-file FILE  the new password; else it asks twice\n"
	    "  --recovery-file FILE      rotate: where the new recovery key"
	    " goes; else it is\n"
	    "                            shown once.  recover: where the key"
	    " is; else it asks\n"
	    "  --force                   rotate although people who have not"
	    " signed in yet are\n"
	    "                            disabled by it\n"
	    "  --none                    take the phone away\n"
	    "  --line LINE               by which line the phone is texted;"
	    " else by any\n"
	    "  --count N                 how many one-time codes (20)\n"
	    "  --json                    for programs\n",
	.run = run,
};
