/* waymark partners: the organisations a caller can be referred to. */
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/csv.h"
#include "gateway/base/file.h"
#include "gateway/base/json.h"
#include "gateway/base/memory.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_options.h"
#include "gateway/desk/desk.h"
#include "gateway/desk/partner_book.h"
#include "gateway/desk/session.h"
#include "store/referrals.h"

enum { FILE_MOST_BYTES = 1 << 20, IMPORT_MOST = 10000 };

enum {
	TAKES_ALL = 1 << 0,
	TAKES_JSON = 1 << 1,
	TAKES_FIELDS = 1 << 2,
	TAKES_KEY = 1 << 3,
};

/* The command line, read. */
struct wish {
	struct session_who who;
	unsigned given;
	struct partner_wish partner;
	const char *word; /* the name or the file */
};

struct action {
	const char *name;
	unsigned takes;
	int takes_word;
	int (*run)(const struct wish *wish);
};

MUST_USE static int
open_session(const struct wish *wish, struct session *session)
{
	return (session_open(&wish->who, session) == DONE);
}

/* -- list ------------------------------------------------------------------- */

static const char *
or_dash(const char *words)
{
	return (words[0] != '\0' ? words : "-");
}

static void
print_table(const struct partner_list *list, struct text *out)
{
	static const char *const headings[] = { "NAME", "HELP", "PLACE",
		"REACH", "LANGUAGES", "FOR", "KEY", "TO TELL" };
	struct cli_table table = { .columns = COUNT_OF(headings) };

	for (size_t i = 0; i < COUNT_OF(headings); i++)
		cli_table_add(&table, headings[i]);
	for (size_t i = 0; i < list->count; i++) {
		const struct partner *partner = &list->items[i];
		char to_tell[64];

		snprintf(to_tell, sizeof(to_tell), "%s%s",
		    partner->to_tell > 0 ? "withdrawn: tell them" : "-",
		    partner->is_removed ? " (removed)" : "");
		cli_table_add(&table, partner->name);
		cli_table_add(&table, or_dash(partner->kind));
		cli_table_add(&table, or_dash(partner->place));
		cli_table_add(&table, or_dash(partner->reach));
		cli_table_add(&table, or_dash(partner->languages));
		cli_table_add(&table, or_dash(partner->serves));
		cli_table_add(&table, partner->has_key ? "yes" : "-");
		cli_table_add(&table, to_tell);
	}
	cli_table_print(&table, out);
	cli_table_free(&table);
}

static void
print_json(const struct partner_list *list, struct text *out)
{
	struct json json = { 0 };

	json_open_array(&json, NULL);
	for (size_t i = 0; i < list->count; i++) {
		const struct partner *partner = &list->items[i];

		json_open_object(&json, NULL);
		json_string(&json, "name", partner->name);
		json_string(&json, "kind", partner->kind);
		json_string(&json, "place", partner->place);
		json_string(&json, "reach", partner->reach);
		json_string(&json, "languages", partner->languages);
		json_string(&json, "serves", partner->serves);
		json_boolean(&json, "has_key", partner->has_key);
		json_boolean(&json, "removed", partner->is_removed);
		json_integer(&json, "to_tell", partner->to_tell);
		json_close_object(&json);
	}
	json_close_array(&json);
	text_add_bytes(out, text_string(&json.text), json.text.length);
	text_add_byte(out, '\n');
	json_free(&json);
}

/* Whose sheet is where although the caller took it back. */
static void
print_to_tell(struct store *store, struct text *out)
{
	struct referral_list list;

	if (referrals_to_tell(store, &list) != DONE)
		return;
	if (list.count > 0)
		text_add(out,
		    "\nWithdrawn by the caller; tell them to destroy"
		    " what they have, then `waymark queue refer REF"
		    " PARTNER told`:\n");
	for (size_t i = 0; i < list.count; i++)
		text_printf(out, "  %s  %s  since %s\n", list.items[i].ref,
		    list.items[i].partner_name,
		    clock_date(list.items[i].ended_utc_s).text);
	free(list.items);
}

static int
run_list(const struct wish *wish)
{
	struct session session;
	struct partner_list list = { 0 };
	struct text out = { 0 };
	enum partner_reason why;
	int status;

	if (!open_session(wish, &session))
		return (EXIT_FAILED);
	if (partner_book_list(&session.worker, (wish->given & TAKES_ALL) != 0,
		&list, &why) != DONE) {
		session_close(&session);
		return (
		    cli_failed("partners", "%s", partner_reason_words(why)));
	}
	if (wish->given & TAKES_JSON)
		print_json(&list, &out);
	else if (list.count > 0)
		print_table(&list, &out);
	else
		fputs("There is no partner yet.\n", stderr);
	if ((wish->given & TAKES_JSON) == 0)
		print_to_tell(session.store, &out);
	status = cli_put("partners", &out);
	if (status == EXIT_DONE && list.count == 0)
		status = EXIT_NOTHING_FOUND;
	free(list.items);
	session_close(&session);
	return (status);
}

/* -- add, remove, import ---------------------------------------------------- */

static int
run_add(const struct wish *wish)
{
	struct session session;
	struct partner_wish partner = wish->partner;
	struct partner_trouble trouble;
	enum outcome outcome;

	partner.name = wish->word;
	if (!open_session(wish, &session))
		return (EXIT_FAILED);
	outcome = partner_book_put(
	    &session.worker, &partner, 1, clock_utc_s(), &trouble);
	session_close(&session);
	if (outcome != DONE)
		return (cli_failed("partners", "%s: %s", wish->word,
		    partner_reason_words(trouble.why)));
	printf("%s: kept\n", wish->word);
	return (EXIT_DONE);
}

static int
run_remove(const struct wish *wish)
{
	struct session session;
	enum partner_reason why;
	enum outcome outcome;

	if (!open_session(wish, &session))
		return (EXIT_FAILED);
	outcome = partner_book_remove(
	    &session.worker, wish->word, clock_utc_s(), &why);
	session_close(&session);
	if (outcome != DONE)
		cli_failed("partners", "%s: %s", wish->word,
		    partner_reason_words(why));
	if (outcome == NOTHING)
		return (EXIT_NOTHING_FOUND);
	if (outcome != DONE)
		return (EXIT_FAILED);
	printf(
	    "%s: removed; what was passed to them stays noted\n", wish->word);
	return (EXIT_DONE);
}

/* The rows of a file, and where each stands in it. */
struct rows {
	struct partner_wish *items;
	int *lines;
	size_t count;
};

static void
rows_free(struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		struct partner_wish *row = &rows->items[i];
		const char *fields[] = { row->name, row->kind, row->place,
			row->reach, row->languages, row->serves, row->key };

		for (size_t k = 0; k < COUNT_OF(fields); k++)
			free((void *)(uintptr_t)fields[k]);
	}
	free(rows->items);
	free(rows->lines);
}

/* Where a column stands in the first row, or -1. */
static int
find_column(const struct csv *csv, const char *name)
{
	for (size_t i = 0; i < csv->count; i++) {
		if (strcmp(csv_field(csv, i), name) == 0)
			return ((int)i);
	}
	return (-1);
}

enum { NAME, KIND, PLACE, REACH, LANGUAGES, SERVES, KEY, COLUMNS };

/* 0 when there is no name, or a column nobody knows: a slip in a heading would
 * lose what stands below it. */
static int
read_headings(const struct csv *csv, int places[COLUMNS])
{
	static const char *const names[COLUMNS] = { "name", "kind", "place",
		"reach", "languages", "serves", "key" };
	size_t known = 0;

	for (size_t i = 0; i < COLUMNS; i++) {
		places[i] = find_column(csv, names[i]);
		known += places[i] >= 0;
	}
	return (places[NAME] >= 0 && known == csv->count);
}

/* What is not in the file is left as it is. */
static const char *
copy_of(const struct csv *csv, int place)
{
	return (place < 0 ? NULL : memory_copy(csv_field(csv, (size_t)place)));
}

static void
add_row(struct rows *rows, const struct csv *csv, const int places[COLUMNS])
{
	rows->items = memory_grow(
	    rows->items, rows->count, rows->count + 1, sizeof(*rows->items));
	rows->lines = memory_grow(
	    rows->lines, rows->count, rows->count + 1, sizeof(*rows->lines));
	rows->lines[rows->count] = csv->line;
	rows->items[rows->count++] = (struct partner_wish){
		.name = copy_of(csv, places[NAME]),
		.kind = copy_of(csv, places[KIND]),
		.place = copy_of(csv, places[PLACE]),
		.reach = copy_of(csv, places[REACH]),
		.languages = copy_of(csv, places[LANGUAGES]),
		.serves = copy_of(csv, places[SERVES]),
		.key = copy_of(csv, places[KEY]),
	};
}

/* An exit status. */
static int
read_rows(const char *path, struct csv *csv, struct rows *rows)
{
	int places[COLUMNS];

	if (!csv_next(csv) || !read_headings(csv, places))
		return (cli_failed("partners",
		    "%s:1: the first row names the columns, each once and no"
		    " others: name, kind, place, reach, languages, serves, key",
		    path));
	while (csv_next(csv)) {
		if (csv->wrong != NULL)
			return (cli_failed("partners", "%s:%d: %s", path,
			    csv->line, csv->wrong));
		if (rows->count == IMPORT_MOST)
			return (cli_failed("partners",
			    "%s:%d: more than %d partners", path, csv->line,
			    (int)IMPORT_MOST));
		add_row(rows, csv, places);
	}
	return (EXIT_DONE);
}

static int
import(const struct wish *wish, const struct rows *rows)
{
	struct session session;
	struct partner_trouble trouble;
	enum outcome outcome;

	if (!open_session(wish, &session))
		return (EXIT_FAILED);
	outcome = partner_book_put(
	    &session.worker, rows->items, rows->count, clock_utc_s(), &trouble);
	session_close(&session);
	if (outcome == REFUSED && trouble.why != PARTNER_NOT_LEAD)
		return (cli_failed("partners", "%s:%d: %s; nothing was changed",
		    wish->word, rows->lines[trouble.wrong],
		    partner_reason_words(trouble.why)));
	if (outcome != DONE)
		return (cli_failed(
		    "partners", "%s", partner_reason_words(trouble.why)));
	printf("%zu partners kept\n", rows->count);
	return (EXIT_DONE);
}

static int
run_import(const struct wish *wish)
{
	struct text content = { 0 };
	struct csv csv = { 0 };
	struct rows rows = { 0 };
	enum outcome outcome = file_read(wish->word, FILE_MOST_BYTES, &content);
	int status;

	if (outcome == NOTHING)
		return (cli_failed(
		    "partners", "there is no file '%s'", wish->word));
	if (outcome != DONE)
		return (EXIT_FAILED);
	csv_open(&csv, text_string(&content));
	status = read_rows(wish->word, &csv, &rows);
	if (status == EXIT_DONE)
		status = import(wish, &rows);
	rows_free(&rows);
	csv_close(&csv);
	text_free(&content);
	return (status);
}

/* -- the partner's own side: no store, nobody signs in ---------------------- */

static int
run_key(const struct wish *wish)
{
	struct sealed_file_public key;
	struct text secret = { 0 };
	struct text words = { 0 };
	enum outcome outcome;

	if (access(wish->word, F_OK) == 0)
		return (cli_failed("partners",
		    "there is a file '%s' already; a key is never replaced",
		    wish->word));
	seal_start();
	sealed_file_make_pair(&key, &secret);
	text_add_byte(&secret, '\n');
	outcome = file_write(wish->word, 0600, secret.bytes, secret.length);
	text_free(&secret);
	if (outcome != DONE)
		return (
		    cli_failed("partners", "cannot write '%s'", wish->word));
	sealed_file_write_public(&key, &words);
	text_add_byte(&words, '\n');
	fprintf(stderr,
	    "Keep '%s' where only you can read it; whoever has it opens what"
	    " is sent to you.\nGive the helpline this line:\n",
	    wish->word);
	return (cli_put("partners", &words));
}

static int
open_file(
    const struct wish *wish, const struct text *file, const struct text *secret)
{
	static const char *const words[] = {
		[SEALED_FILE_FINE] = "done",
		[SEALED_FILE_IS_NONE] = "is no sealed file of the helpline",
		[SEALED_FILE_BAD_KEY] = "is sealed, but the key file holds no"
					" secret key",
		[SEALED_FILE_OTHER_KEY] = "was sealed to another key, or is"
					  " damaged",
	};
	struct text plain = { 0 };
	enum sealed_file_trouble trouble;

	seal_start();
	if (sealed_file_open(text_string(secret), text_string(file),
		file->length, &plain, &trouble) != DONE)
		return (cli_failed(
		    "partners", "'%s' %s", wish->word, words[trouble]));
	return (cli_put("partners", &plain));
}

static int
run_open(const struct wish *wish)
{
	struct text file = { 0 };
	struct text secret = { 0 };
	int status;

	if (wish->partner.key == NULL)
		return (command_wrong_use(
		    &command_partners, "say which key: --key FILE"));
	if (file_read(wish->word, FILE_MOST_BYTES, &file) != DONE)
		status = cli_failed("partners", "cannot read '%s'", wish->word);
	else if (file_read(wish->partner.key, FILE_MOST_BYTES, &secret) != DONE)
		status = cli_failed(
		    "partners", "cannot read '%s'", wish->partner.key);
	else
		status = open_file(wish, &file, &secret);
	text_free(&secret);
	text_free(&file);
	return (status);
}

/* -- the command line ------------------------------------------------------- */

static const struct action actions[] = {
	{ "list", TAKES_ALL | TAKES_JSON, 0, run_list },
	{ "add", TAKES_FIELDS | TAKES_KEY, 1, run_add },
	{ "remove", 0, 1, run_remove },
	{ "import", 0, 1, run_import },
	{ "key", 0, 1, run_key },
	{ "open", TAKES_KEY, 1, run_open },
};

enum {
	OPTION_STAFF = 256,
	OPTION_PASSWORD_FILE,
	OPTION_KIND,
	OPTION_PLACE,
	OPTION_REACH,
	OPTION_LANGUAGES,
	OPTION_SERVES,
	OPTION_KEY,
	OPTION_ALL,
	OPTION_JSON,
};

static const struct cli_option options[] = {
	{ "config", 1, 'c' },
	{ "staff", 1, OPTION_STAFF },
	{ "password-file", 1, OPTION_PASSWORD_FILE },
	{ "kind", 1, OPTION_KIND },
	{ "place", 1, OPTION_PLACE },
	{ "reach", 1, OPTION_REACH },
	{ "languages", 1, OPTION_LANGUAGES },
	{ "serves", 1, OPTION_SERVES },
	{ "key", 1, OPTION_KEY },
	{ "all", 0, OPTION_ALL },
	{ "json", 0, OPTION_JSON },
};

static int
take_field(int id, char *value, struct wish *wish)
{
	struct partner_wish *partner = &wish->partner;
	const char **const fields[] = { &partner->kind, &partner->place,
		&partner->reach, &partner->languages, &partner->serves };

	*fields[id - OPTION_KIND] = value;
	wish->given |= TAKES_FIELDS;
	return (EXIT_DONE);
}

static int
take_option(int id, char *value, void *into)
{
	struct wish *wish = into;

	if (id >= OPTION_KIND && id <= OPTION_SERVES)
		return (take_field(id, value, wish));
	if (id == 'c')
		wish->who.config = value;
	else if (id == OPTION_STAFF)
		wish->who.staff = value;
	else if (id == OPTION_PASSWORD_FILE)
		wish->who.password_file = value;
	else if (id == OPTION_KEY)
		wish->partner.key = value;
	wish->given |= (id == OPTION_KEY ? TAKES_KEY : 0) |
	    (id == OPTION_ALL ? TAKES_ALL : 0) |
	    (id == OPTION_JSON ? TAKES_JSON : 0);
	return (EXIT_DONE);
}

static int
act(int count, char **words, struct wish *wish)
{
	const struct action *action = NULL;

	if (count == 0)
		return (command_wrong_use(&command_partners, "say what to do"));
	for (size_t i = 0; i < COUNT_OF(actions); i++) {
		if (strcmp(actions[i].name, words[0]) == 0)
			action = &actions[i];
	}
	if (action == NULL)
		return (command_wrong_use(
		    &command_partners, "there is no action '%s'", words[0]));
	if (wish->given & ~action->takes)
		return (command_wrong_use(&command_partners,
		    "%s does not take one of these options", action->name));
	if (count - 1 != action->takes_word)
		return (command_wrong_use(&command_partners,
		    action->takes_word ? "%s takes one word; put a name with"
					 " blanks in quotation marks"
				       : "%s takes no more words",
		    action->name));
	wish->word = words[1];
	return (action->run(wish));
}

static int
run(int argc, char **argv)
{
	struct wish wish = { .who.command = "partners" };
	struct cli_reading reading = { &command_partners, options,
		COUNT_OF(options), take_option, &wish };
	int first;
	int status;

	if (command_asked_help(&command_partners, argc, argv))
		return (EXIT_DONE);
	status = cli_read_options(&reading, argc, argv, &first);
	if (status != EXIT_DONE)
		return (status);
	return (act(argc - first, argv + first, &wish));
}

const struct command command_partners = {
	.name = "partners",
	.summary = "organisations to refer callers to: list, add, remove,"
		   " import; keys for sealed files",
	.usage =
	    "Usage: waymark partners list [--all] [--json]\n"
	    "       waymark partners add NAME [--kind HELP] [--place PLACE]\n"
	    "           [--reach HOW] [--languages LIST] [--serves WHOM]"
	    " [--key KEY]\n"
	    "       waymark partners remove NAME\n"
	    "       waymark partners import FILE.csv\n"
	    "       waymark partners key FILE\n"
	    "       waymark partners open FILE --key FILE\n"
	    "\n"
	    "The partners a caller can be referred to. Leads change them; the"
	    " program never\n"
	    "says anything of them to a caller.\n"
	    "\n"
	    "  -c, --config FILE       the configuration; else"
	    " $WAYMARK_CONFIG,\n"
	    "                          else /etc/waymark/waymark.conf\n"
	    "  --staff NAME            who signs in; else it asks\n"
	    "  --password-file FILE    the password is its first line; else it"
	    " asks\n"
	    "  --all                   those who were removed, too\n"
	    "  --json                  for programs\n"
	    "  --key KEY               add: the line that `partners key`"
	    " printed;\n"
	    "                          open: the file it made\n"
	    "\n"
	    "`key` and `open` are for the partner: they need no helpline and"
	    " nobody signs in.\n"
	    "A file to import has the columns name, kind, place, reach,"
	    " languages, serves, key.\n",
	.run = run,
};
