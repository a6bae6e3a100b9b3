/* waymark setup: an hour's work for a technician, in one command. */
#include "gateway/base/file.h"
#include "gateway/base/settings.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/desk.h"
#include "gateway/desk/setup.h"
#include "gateway/desk/sign_in.h"
#include "gateway/desk/web_tls.h"
#include "menus/menu.h"
#include "store/staff.h"

/* The command line and what was asked. */
struct wish {
	struct setup_plan plan;
	const char *password_file;
	struct text name;
	struct text password;
	struct text language;
};

enum {
	OPTION_MODEM = 256,
	OPTION_STAFF,
	OPTION_PASSWORD_FILE,
	OPTION_RECOVERY_FILE,
	OPTION_CORRIDOR,
	OPTION_LANGUAGE
};

static const struct cli_option options[] = {
	{ "modem", 1, OPTION_MODEM },
	{ "staff", 1, OPTION_STAFF },
	{ "password-file", 1, OPTION_PASSWORD_FILE },
	{ "recovery-file", 1, OPTION_RECOVERY_FILE },
	{ "corridor", 1, OPTION_CORRIDOR },
	{ "language", 1, OPTION_LANGUAGE },
};

static int
take_option(int id, char *value, void *into)
{
	struct wish *wish = into;
	struct setup_plan *plan = &wish->plan;

	if (id == OPTION_STAFF)
		plan->staff = value;
	else if (id == OPTION_PASSWORD_FILE)
		wish->password_file = value;
	else if (id == OPTION_RECOVERY_FILE)
		plan->recovery_file = value;
	else if (id == OPTION_CORRIDOR)
		plan->corridor = value;
	else if (id == OPTION_LANGUAGE)
		plan->language = value;
	else if (plan->modem_count < SETUP_MODEMS_MOST)
		plan->modems[plan->modem_count++] = value;
	else
		return (command_wrong_use(
		    &command_setup, "at most %d modems", SETUP_MODEMS_MOST));
	return (EXIT_DONE);
}

/* -- the corridor ----------------------------------------------------------- */

MUST_USE static enum outcome
find_language(const struct corridor *corridor, struct wish *wish)
{
	const char *wanted = wish->plan.language;

	if (wanted == NULL && corridor->language_count > 0)
		wanted = corridor->languages[0];
	for (size_t i = 0; i < corridor->language_count; i++) {
		if (strcmp(corridor->languages[i], wanted) != 0)
			continue;
		text_add(&wish->language, wanted);
		wish->plan.language = text_string(&wish->language);
		return (DONE);
	}
	cli_failed("setup",
	    "corridor '%s' does not speak '%s'; it speaks:", corridor->id,
	    wanted != NULL ? wanted : "");
	for (size_t i = 0; i < corridor->language_count; i++)
		fprintf(stderr, "  %s\n", corridor->languages[i]);
	return (REFUSED);
}

MUST_USE static enum outcome
find_corridor(const struct menus *menus, struct wish *wish)
{
	const struct corridor *corridor =
	    menus_find_corridor(menus, wish->plan.corridor);

	if (corridor != NULL)
		return (find_language(corridor, wish));
	cli_failed("setup",
	    "there is no corridor '%s'; there are:", wish->plan.corridor);
	for (size_t i = 0; i < menus_corridor_count(menus); i++)
		fprintf(stderr, "  %s\n", menus_corridor_at(menus, i)->id);
	return (REFUSED);
}

/* A line whose corridor the hub does not know would never start. */
MUST_USE static enum outcome
check_corridor(struct wish *wish)
{
	char *menus_path = file_path(settings_data_folder(), "menus");
	char *locales_path = file_path(settings_data_folder(), "locales");
	struct menus *menus = NULL;
	enum outcome outcome = menus_load(menus_path, locales_path, &menus);

	if (outcome != DONE)
		cli_failed("setup",
		    "the menus in '%s' cannot be used; is Waymark installed, or"
		    " $WAYMARK_DATA right?",
		    menus_path);
	else
		outcome = find_corridor(menus, wish);
	menus_free(menus);
	free(menus_path);
	free(locales_path);
	return (outcome);
}

/* -- the first caseworker --------------------------------------------------- */

MUST_USE static enum outcome
ask_password(struct text *password)
{
	struct text again = { 0 };
	enum outcome outcome = sign_in_ask("Password: ", 1, password);

	if (outcome == DONE && password->length < STAFF_PASSWORD_MIN_BYTES) {
		cli_failed("setup", "a password has %d signs or more",
		    STAFF_PASSWORD_MIN_BYTES);
		return (REFUSED);
	}
	if (outcome == DONE)
		outcome = sign_in_ask("The same again: ", 1, &again);
	if (outcome == DONE &&
	    strcmp(text_string(password), text_string(&again)) != 0) {
		cli_failed("setup", "these were two different passwords");
		outcome = REFUSED;
	}
	text_free(&again);
	return (outcome);
}

MUST_USE static enum outcome
ask_person(struct wish *wish)
{
	enum outcome outcome = DONE;

	if (wish->plan.staff != NULL)
		text_add(&wish->name, wish->plan.staff);
	else
		outcome = sign_in_ask(
		    "Name of the first caseworker: ", 0, &wish->name);
	if (outcome == DONE && wish->password_file != NULL)
		outcome = sign_in_read_file(
		    "setup", wish->password_file, &wish->password);
	else if (outcome == DONE)
		outcome = ask_password(&wish->password);
	if (outcome == NOTHING)
		cli_failed("setup",
		    "there is no terminal to ask on; give --staff,"
		    " --password-file and --recovery-file");
	wish->plan.staff = text_string(&wish->name);
	wish->plan.password = text_string(&wish->password);
	return (outcome);
}

/* -- the recovery key ------------------------------------------------------- */

/* Without a file the key is shown once, and only on a terminal. */
MUST_USE static enum outcome
check_recovery(const struct setup_plan *plan)
{
	if (plan->recovery_file != NULL || sign_in_show("") == DONE)
		return (DONE);
	cli_failed("setup",
	    "there is no terminal to show the recovery key on; give"
	    " --recovery-file");
	return (REFUSED);
}

static void
show_recovery(const struct setup_plan *plan, const struct recovery_key *key)
{
	struct text words = { 0 };

	if (plan->recovery_file != NULL) {
		printf("The recovery key is in %s.  Print it, lock the paper"
		       " away, erase the file.\n",
		    plan->recovery_file);
		return;
	}
	text_printf(&words,
	    "\nThe recovery key, shown this once.  Write it on paper and lock"
	    " the paper away:\n"
	    "it opens the cases when every password is lost.\n\n    %s\n\n",
	    key->text);
	if (sign_in_show(words.bytes) != DONE)
		cli_failed("setup", "the recovery key could not be shown");
	text_free(&words);
}

/* What a browser that opens the desk for the first time is to show. */
static void
show_fingerprint(const char *config)
{
	struct web_fingerprint fingerprint;
	struct settings settings;

	if (settings_load(config, &settings) != DONE)
		return;
	if (web_tls_fingerprint(settings.desk.certificate, &fingerprint) ==
	    DONE)
		printf("\nThe pages are at https://%s/ while this runs:\n"
		       "    waymark desk -c '%s'\n"
		       "A browser warns once, since nobody vouches for the"
		       " desk.  Compare what it shows with\n"
		       "    SHA-256 %s\n",
		    settings.desk.listen, config, fingerprint.text);
	settings_free(&settings);
}

static void
show_next(const struct setup_plan *plan, const char *config)
{
	printf("Set up: %s\n"
	       "\n"
	       "Now start the helpline:\n"
	       "    waymark serve -c '%s'\n"
	       "and in another terminal see who asks for help:\n"
	       "    waymark queue list -c '%s' --staff '%s'\n",
	    config, config, config, plan->staff);
	show_fingerprint(config);
}

static int
set_up(struct wish *wish)
{
	struct recovery_key recovery;
	struct text config = { 0 };

	if (setup_check(&wish->plan) != DONE ||
	    check_recovery(&wish->plan) != DONE ||
	    check_corridor(wish) != DONE || ask_person(wish) != DONE ||
	    setup_make(&wish->plan, &recovery, &config) != DONE) {
		text_free(&config);
		return (EXIT_FAILED);
	}
	show_recovery(&wish->plan, &recovery);
	show_next(&wish->plan, text_string(&config));
	explicit_bzero(&recovery, sizeof(recovery));
	text_free(&config);
	return (EXIT_DONE);
}

static int
run(int argc, char **argv)
{
	struct wish wish = { .plan.corridor = "nepal-gulf" };
	struct cli_reading reading = { &command_setup, options,
		COUNT_OF(options), take_option, &wish };
	int first;
	int status;

	if (command_asked_help(&command_setup, argc, argv))
		return (EXIT_DONE);
	status = cli_read_options(&reading, argc, argv, &first);
	if (status != EXIT_DONE)
		return (status);
	if (argc - first != 1)
		return (command_wrong_use(
		    &command_setup, "name one folder to set up"));
	wish.plan.folder = argv[first];
	seal_start();
	status = set_up(&wish);
	text_free(&wish.name);
	text_free(&wish.password);
	text_free(&wish.language);
	return (status);
}

const struct command command_setup = {
	.name = "setup",
	.summary = "make configuration, store, keys and the first caseworker",
	.usage =
	    "Usage: waymark setup DIR [--modem DEVICE]... [options]\n"
	    "\n"
	    "Makes the folder DIR with all that a helpline needs: waymark.conf,"
	    " the store,\n"
	    "the box key, a demo line, a line for every modem named, the first"
	    " caseworker and\n"
	    "the recovery key.  It never touches a set-up that is there.\n"
	    "\n"
	    "  --modem DEVICE          a modem, such as"
	    " /dev/serial/by-id/...; may be repeated\n"
	    "  --staff NAME            the first caseworker; else it asks\n"
	    "  --password-file FILE    the password is its first line; else it"
	    " asks\n"
	    "  --recovery-file FILE    where the recovery key goes; else it is"
	    " shown once\n"
	    "  --corridor ID           which menus answer (nepal-gulf)\n"
	    "  --language TAG          language in which callers are met (the"
	    " corridor's first)\n",
	.run = run,
};
