/* waymark recruiters: the official lists that callers ask about. */
#include "gateway/desk/cli_recruiters.h"
#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/settings.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/desk.h"
#include "gateway/desk/poke.h"
#include "gateway/desk/recruiter_import.h"
#include "gateway/text/utf8.h"
#include "store/recruiters.h"

/* -- import ----------------------------------------------------------------- */

MUST_USE static enum outcome
replace(struct store *store, const struct recruiter_list *list,
    const struct recruiter_import *import)
{
	struct recruiter *rows = memory_new(import->count, sizeof(*rows));
	enum outcome outcome;

	for (size_t i = 0; i < import->count; i++) {
		const struct import_agency *agency = &import->agencies[i];

		rows[i] = (struct recruiter){
			.name = agency->name,
			.other_names = text_string(&agency->other_names),
			.licences = text_string(&agency->licences),
			.place = agency->place,
			.status = lookup_status_name(agency->status),
		};
	}
	outcome = recruiters_replace(store, list, rows, import->count);
	free(rows);
	return (outcome);
}

MUST_USE static enum outcome
put_into_store(const struct settings *settings,
    const struct recruiter_list *list, const struct recruiter_import *import)
{
	struct box_key *box_key = NULL;
	struct store *store = NULL;
	enum outcome outcome = box_key_open(settings->box_key_path, &box_key);

	if (outcome == DONE)
		outcome = store_open(
		    settings->store_path, STORE_DESK, box_key, &store);
	if (outcome == DONE)
		outcome = replace(store, list, import);
	store_close(store);
	box_key_close(box_key);
	return (outcome);
}

static void
say_counts(const struct recruiter_import *import, struct text *out)
{
	size_t counts[LOOKUP_STATUSES] = { 0 };

	for (size_t i = 0; i < import->count; i++)
		counts[import->agencies[i].status]++;
	text_printf(out,
	    "%zu rows, %zu agencies (%zu rows joined one before them), %zu"
	    " bad rows\n",
	    import->rows, import->count, import->merged, import->bad);
	for (int i = 0; i < LOOKUP_STATUSES; i++)
		if (counts[i] > 0)
			text_printf(out, "  %-10s %zu\n",
			    lookup_status_name((enum lookup_status)i),
			    counts[i]);
}

/* With the list read: into the store, unless something speaks against it. */
static int
finish_import(const struct recruiters_wish *wish,
    const struct recruiter_list *list, const struct recruiter_import *import)
{
	struct settings settings;
	struct text out = { 0 };
	enum outcome outcome;

	say_counts(import, &out);
	if (import->bad > 0 && !wish->skips_bad) {
		(void)cli_put("recruiters", &out);
		return (cli_failed("recruiters",
		    "nothing was changed: mend the bad rows, or import without"
		    " them with --skip-bad"));
	}
	if (wish->is_dry_run) {
		text_add(&out, "nothing was changed: a dry run\n");
		return (cli_put("recruiters", &out));
	}
	if (settings_load(settings_default_path(wish->config), &settings) !=
	    DONE) {
		text_free(&out);
		return (EXIT_FAILED);
	}
	log_open("recruiters", settings.log_level);
	seal_start();
	outcome = put_into_store(&settings, list, import);
	if (outcome == DONE)
		text_printf(&out, "the list of %s is replaced; %s\n",
		    list->country,
		    poke_reload(settings.control_path) != NOTHING
			? "the hub has loaded it"
			: "no hub runs, it will load it when it starts");
	settings_free(&settings);
	if (outcome == DONE)
		return (cli_put("recruiters", &out));
	text_free(&out);
	return (cli_failed("recruiters",
	    "the store could not take the list; the one before it stands"));
}

static int
run_import(
    const struct recruiters_wish *wish, char *const headings[IMPORT_COLUMNS])
{
	struct recruiter_list list = { .imported_utc_s = clock_utc_s() };
	struct recruiter_import import = { 0 };
	enum outcome outcome;
	int status = EXIT_FAILED;

	memcpy(list.country, wish->country, sizeof(list.country));
	snprintf(list.authority, sizeof(list.authority), "%s", wish->authority);
	(void)clock_read_date(wish->as_of, &list.as_of_utc_s);
	outcome = recruiter_import_read(wish->words, headings, &import);
	fputs(text_string(&import.told), stderr);
	if (outcome == DONE)
		status = finish_import(wish, &list, &import);
	recruiter_import_free(&import);
	return (status);
}

/* EXIT_DONE when all that an import needs was said rightly. */
static int
check_import(const struct recruiters_wish *wish)
{
	const struct command *command = &command_recruiters;
	int64_t as_of_utc_s;

	if (wish->words == NULL)
		return (command_wrong_use(command, "say which FILE"));
	if (!cli_is_country(wish->country))
		return (command_wrong_use(
		    command, "--country takes two capitals, such as NP"));
	if (wish->authority == NULL || wish->authority[0] == '\0' ||
	    strlen(wish->authority) > RECRUITER_AUTHORITY_MAX_BYTES ||
	    !utf8_is_clean(wish->authority, strlen(wish->authority)) ||
	    strpbrk(wish->authority, "{}\n") != NULL)
		return (command_wrong_use(command,
		    "--authority says whose list it is, in at most %d bytes",
		    RECRUITER_AUTHORITY_MAX_BYTES));
	if (wish->as_of == NULL || !clock_read_date(wish->as_of, &as_of_utc_s))
		return (command_wrong_use(command,
		    "--as-of says of which day the list is, such as"
		    " 2026-11-21"));
	if (as_of_utc_s > clock_utc_s())
		return (command_wrong_use(
		    command, "--as-of %s is yet to come", wish->as_of));
	return (EXIT_DONE);
}

static int
import(const struct recruiters_wish *wish)
{
	char *headings[IMPORT_COLUMNS] = { 0 };
	struct text why = { 0 };
	int status = check_import(wish);

	if (status == EXIT_DONE && wish->map != NULL &&
	    !import_read_map(wish->map, headings, &why))
		status = command_wrong_use(
		    &command_recruiters, "--map: %s", text_string(&why));
	if (status == EXIT_DONE)
		status = run_import(wish, headings);
	for (int i = 0; i < IMPORT_COLUMNS; i++)
		free(headings[i]);
	text_free(&why);
	return (status);
}

/* -- the command line ------------------------------------------------------- */

enum {
	OPTION_COUNTRY = 256,
	OPTION_AUTHORITY,
	OPTION_AS_OF,
	OPTION_MAP,
	OPTION_DRY_RUN,
	OPTION_SKIP_BAD,
	OPTION_COUNT,
	OPTION_JSON,
};

static const struct cli_option options[] = {
	{ "config", 1, 'c' },
	{ "country", 1, OPTION_COUNTRY },
	{ "authority", 1, OPTION_AUTHORITY },
	{ "as-of", 1, OPTION_AS_OF },
	{ "map", 1, OPTION_MAP },
	{ "dry-run", 0, OPTION_DRY_RUN },
	{ "skip-bad", 0, OPTION_SKIP_BAD },
	{ "count", 0, OPTION_COUNT },
	{ "json", 0, OPTION_JSON },
};

static int
take_option(int id, char *value, void *into)
{
	struct recruiters_wish *wish = into;

	if (id == 'c')
		wish->config = value;
	else if (id == OPTION_COUNTRY)
		wish->country = value;
	else if (id == OPTION_AUTHORITY)
		wish->authority = value;
	else if (id == OPTION_AS_OF)
		wish->as_of = value;
	else if (id == OPTION_MAP)
		wish->map = value;
	else if (id == OPTION_DRY_RUN)
		wish->is_dry_run = 1;
	else if (id == OPTION_SKIP_BAD)
		wish->skips_bad = 1;
	else if (id == OPTION_COUNT)
		wish->counts_only = 1;
	else
		wish->as_json = 1;
	return (EXIT_DONE);
}

static const struct action {
	const char *name;
	int (*run)(const struct recruiters_wish *wish);
} actions[] = {
	{ "import", import },
	{ "find", cli_recruiters_find },
	{ "list", cli_recruiters_list },
};

static int
run(int argc, char **argv)
{
	struct recruiters_wish wish = { 0 };
	struct cli_reading reading = { &command_recruiters, options,
		COUNT_OF(options), take_option, &wish };
	int first;
	int status;

	if (command_asked_help(&command_recruiters, argc, argv))
		return (EXIT_DONE);
	status = cli_read_options(&reading, argc, argv, &first);
	if (status != EXIT_DONE)
		return (status);
	if (first >= argc)
		return (
		    command_wrong_use(&command_recruiters, "say what to do"));
	if (first + 2 < argc)
		return (command_wrong_use(&command_recruiters,
		    "'%s' is one word too many; put a name into quotation"
		    " marks",
		    argv[first + 2]));
	wish.words = first + 1 < argc ? argv[first + 1] : NULL;
	for (size_t i = 0; i < COUNT_OF(actions); i++)
		if (strcmp(argv[first], actions[i].name) == 0)
			return (actions[i].run(&wish));
	return (command_wrong_use(
	    &command_recruiters, "there is no action '%s'", argv[first]));
}

const struct command command_recruiters = {
	.name = "recruiters",
	.summary = "official lists of recruiters: import, find, list",
	.usage =
	    "Usage: waymark recruiters import FILE.csv --country NP"
	    " --authority NAME\n"
	    "           --as-of DATE [--map name=COLUMN,licence=COLUMN,...]"
	    " [--dry-run] [--skip-bad]\n"
	    "       waymark recruiters find TEXT [--country NP] [--json]\n"
	    "       waymark recruiters list [--country NP] [--count] [--json]\n"
	    "\n"
	    "The lists that callers ask about by licence number or by name."
	    "  import puts a\n"
	    "list in the place of the country's list before, all or nothing;"
	    " a running hub\n"
	    "loads it at once.  Rows of one agency become one, with the worst"
	    " status.\n"
	    "\n"
	    "  -c, --config FILE   the configuration; else $WAYMARK_CONFIG,"
	    " else\n"
	    "                      /etc/waymark/waymark.conf\n"
	    "  --country NP        whose list: two capitals\n"
	    "  --authority NAME    who keeps the list, as callers read it\n"
	    "  --as-of DATE        of which day it is, such as 2026-11-21\n"
	    "  --map PAIRS         which column is name, licence, status,"
	    " former, place\n"
	    "  --dry-run           read and count, change nothing\n"
	    "  --skip-bad          leave out rows that cannot be read; an"
	    " unknown status\n"
	    "                      becomes \"unclear\"\n"
	    "  --count             only how many agencies\n"
	    "  --json              for programs\n"
	    "\n"
	    "Exit status: 0 done, 1 failed, 2 wrong use, 3 nothing found.\n",
	.run = run,
};
