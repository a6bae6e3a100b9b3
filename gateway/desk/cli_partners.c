/* waymark partners: the organisations a caller can be referred to. */
#include "gateway/desk/cli_partners.h"
#include "gateway/base/clock.h"
#include "gateway/base/json.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/desk.h"
#include "store/referrals.h"

struct action {
	struct cli_action is;
	int (*run)(const struct partners_wish *wish);
};

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
add_fingerprint(struct json *json, const struct partner *partner)
{
	struct text words = { 0 };

	if (partner->has_key)
		sealed_file_fingerprint(&partner->key, &words);
	json_string(json, "fingerprint", partner->has_key ? words.bytes : NULL);
	text_free(&words);
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
		add_fingerprint(&json, partner);
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
run_list(const struct partners_wish *wish)
{
	struct session session;
	struct partner_list list = { 0 };
	struct text out = { 0 };
	enum partner_reason why;
	int status;

	if (session_open(&wish->who, &session) != DONE)
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

/* -- add, rename, remove ---------------------------------------------------- */

/* Compared by voice with what `partners key` told the partner. */
static void
tell_fingerprint(const char *key_words)
{
	struct sealed_file_public key;
	struct text fingerprint = { 0 };

	if (key_words == NULL ||
	    sealed_file_read_public(key_words, &key) != DONE)
		return;
	sealed_file_fingerprint(&key, &fingerprint);
	printf("The fingerprint of their key: %s\n", fingerprint.bytes);
	text_free(&fingerprint);
}

static int
run_add(const struct partners_wish *wish)
{
	struct session session;
	struct partner_wish partner = wish->partner;
	struct partner_trouble trouble;
	enum outcome outcome;

	partner.name = wish->word;
	if (session_open(&wish->who, &session) != DONE)
		return (EXIT_FAILED);
	outcome = partner_book_put(
	    &session.worker, &partner, 1, clock_utc_s(), &trouble);
	session_close(&session);
	if (outcome != DONE)
		return (cli_failed("partners", "%s: %s", wish->word,
		    partner_reason_words(trouble.why)));
	printf("%s: kept\n", wish->word);
	tell_fingerprint(partner.key);
	return (EXIT_DONE);
}

static int
run_rename(const struct partners_wish *wish)
{
	const struct partner_wish names = { .name = wish->word,
		.new_name = wish->new_name };
	struct session session;
	enum partner_reason why;
	enum outcome outcome;

	if (session_open(&wish->who, &session) != DONE)
		return (EXIT_FAILED);
	outcome =
	    partner_book_rename(&session.worker, &names, clock_utc_s(), &why);
	session_close(&session);
	if (outcome != DONE)
		cli_failed("partners", "%s: %s", wish->word,
		    partner_reason_words(why));
	if (outcome == NOTHING)
		return (EXIT_NOTHING_FOUND);
	if (outcome != DONE)
		return (EXIT_FAILED);
	printf("%s: called %s now; what was passed to them stays theirs\n",
	    wish->word, wish->new_name);
	return (EXIT_DONE);
}

static int
run_remove(const struct partners_wish *wish)
{
	struct session session;
	enum partner_reason why;
	enum outcome outcome;

	if (session_open(&wish->who, &session) != DONE)
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

/* -- the command line ------------------------------------------------------- */

static const char a_name[] = "a name; put one with blanks in quotation marks";
static const char two_names[] =
    "the name and the new one; put one with blanks in quotation marks";
static const char a_file[] = "a file";

static const struct action actions[] = {
	{ { "list", TAKES_ALL | TAKES_JSON, 0, 0, NULL }, run_list },
	{ { "add", TAKES_FIELDS | TAKES_KEY, 1, 1, a_name }, run_add },
	{ { "rename", 0, 2, 2, two_names }, run_rename },
	{ { "remove", 0, 1, 1, a_name }, run_remove },
	{ { "import", 0, 1, 1, a_file }, partners_run_import },
	{ { "key", TAKES_LOCK, 1, 1, a_file }, partners_run_key },
	{ { "lock", TAKES_LOCK, 1, 1, a_file }, partners_run_lock },
	{ { "open", TAKES_KEY, 1, 1, a_file }, partners_run_open },
};

static const struct cli_field fields[] = {
	CLI_WHO(struct partners_wish),
	CLI_WORD("kind", 0, TAKES_FIELDS, struct partners_wish, partner.kind),
	CLI_WORD("place", 0, TAKES_FIELDS, struct partners_wish, partner.place),
	CLI_WORD("reach", 0, TAKES_FIELDS, struct partners_wish, partner.reach),
	CLI_WORD("languages", 0, TAKES_FIELDS, struct partners_wish,
	    partner.languages),
	CLI_WORD(
	    "serves", 0, TAKES_FIELDS, struct partners_wish, partner.serves),
	CLI_WORD("key", 0, TAKES_KEY, struct partners_wish, partner.key),
	CLI_FLAG("lock", TAKES_LOCK),
	CLI_WORD("new-password-file", 0, TAKES_LOCK, struct partners_wish,
	    new_password_file),
	CLI_FLAG("all", TAKES_ALL),
	CLI_FLAG("json", TAKES_JSON),
};

static int
run(int argc, char **argv)
{
	struct partners_wish wish = { .who.command = "partners" };
	const struct cli_line line = { &command_partners, fields,
		COUNT_OF(fields), &wish, &wish.given, actions,
		COUNT_OF(actions), sizeof(actions[0]) };
	const void *row;
	int first;
	int status;

	if (command_asked_help(&command_partners, argc, argv))
		return (EXIT_DONE);
	status = cli_read_fields(&line, argc, argv, &first);
	if (status == EXIT_DONE)
		status =
		    cli_choose_action(&line, argc - first, argv + first, &row);
	if (status != EXIT_DONE)
		return (status);
	wish.word = argv[first + 1];
	if (argc - first > 2)
		wish.new_name = argv[first + 2];
	return (((const struct action *)row)->run(&wish));
}

const struct command command_partners = {
	.name = "partners",
	.summary = "organisations to refer callers to: list, add, rename,"
		   " remove, import; keys for sealed files",
	.usage =
	    "Usage: waymark partners list [--all] [--json]\n"
	    "       waymark partners add NAME [--kind HELP] [--place PLACE]\n"
	    "           [--reach HOW] [--languages LIST] [--serves WHOM]"
	    " [--key KEY]\n"
	    "       waymark partners rename NAME NEW-NAME\n"
	    "       waymark partners remove NAME\n"
	    "       waymark partners import FILE.csv\n"
	    "       waymark partners key FILE [--lock]\n"
	    "       waymark partners lock FILE\n"
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
	    "  --lock                  the key file opens with a password only;"
	    " it is asked for\n"
	    "  --new-password-file FILE\n"
	    "                          the same; that password is the file's"
	    " first line\n"
	    "\n"
	    "`key`, `lock` and `open` are for the partner: they need no helpline and"
	    " nobody signs in.\n"
	    "A file to import has the columns name, kind, place, reach,"
	    " languages, serves, key.\n",
	.run = run,
};
