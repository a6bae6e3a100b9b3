/* waymark menus diff: what is different for callers. */
#include "gateway/base/json.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_menus.h"
#include "menus/menu_diff.h"

enum { WANTS_JSON = 1 };

struct wish {
	const char *before;
	const char *after;
	const char *language;
	const char *locales;
	unsigned given;
};

MUST_USE static enum outcome
load_side(const char *folder, const char *locales, struct menus **menus_r)
{
	struct menus_folders folders = menus_folders_of(folder, locales);
	enum outcome outcome =
	    menus_load(folders.menus, folders.locales, menus_r);

	menus_folders_free(&folders);
	return (outcome);
}

static void
add_text(const struct menu_changes *changes, struct text *out)
{
	const char *where = "";
	const char *corridors = "";

	for (size_t i = 0; i < changes->count; i++) {
		const struct menu_change *change = &changes->list[i];
		int is_new_place = strcmp(where, change->where) != 0 ||
		    strcmp(corridors, change->corridors) != 0;

		where = change->where;
		corridors = change->corridors;
		if (is_new_place)
			text_printf(out, "%s%s%s%s\n", i > 0 ? "\n" : "",
			    corridors, corridors[0] != '\0' ? ": " : "", where);
		text_printf(out, "  %s\n", change->what);
		if (change->before[0] != '\0')
			cli_add_words(out, "    - ", change->before);
		if (change->after[0] != '\0')
			cli_add_words(out, "    + ", change->after);
	}
	if (changes->count == 0)
		text_add(out, "Nothing is different for callers.\n");
}

static void
add_json(const struct menu_changes *changes, struct text *out)
{
	struct json json = { 0 };

	json_open_array(&json, NULL);
	for (size_t i = 0; i < changes->count; i++) {
		const struct menu_change *change = &changes->list[i];

		json_open_object(&json, NULL);
		json_string(&json, "corridors", change->corridors);
		json_string(&json, "where", change->where);
		json_string(&json, "what", change->what);
		json_string(&json, "before", change->before);
		json_string(&json, "after", change->after);
		json_close_object(&json);
	}
	json_close_array(&json);
	text_printf(out, "%s\n", text_string(&json.text));
	json_free(&json);
}

static int
compare(const struct wish *wish)
{
	struct menus *before = NULL;
	struct menus *after = NULL;
	struct menu_changes changes = { 0 };
	struct text out = { 0 };
	int status = EXIT_FAILED;

	if (load_side(wish->before, wish->locales, &before) != DONE ||
	    load_side(wish->after, wish->locales, &after) != DONE)
		goto out;
	status = EXIT_NOTHING_FOUND;
	if (!menus_has_language(&menus_command_diff, after, wish->language))
		goto out;
	menus_diff(before, after, wish->language, &changes);
	if (wish->given & WANTS_JSON)
		add_json(&changes, &out);
	else
		add_text(&changes, &out);
	status = cli_put("menus diff", &out);
	if (status == EXIT_DONE && changes.count == 0)
		status = EXIT_NOTHING_FOUND;
out:
	menu_changes_free(&changes);
	menus_free(before);
	menus_free(after);
	return (status);
}

static const struct cli_field fields[] = {
	CLI_WORD("language", 0, 0, struct wish, language),
	CLI_WORD("locales", 0, 0, struct wish, locales),
	CLI_FLAG("json", WANTS_JSON),
};

static int
run(int argc, char **argv)
{
	struct wish wish = { 0 };
	const struct cli_line line = { .command = &menus_command_diff,
		.fields = fields,
		.field_count = COUNT_OF(fields),
		.into = &wish,
		.given = &wish.given };
	int first;
	int status = cli_read_fields(&line, argc, argv, &first);

	if (status != EXIT_DONE)
		return (status);
	if (argc - first != 2)
		return (command_wrong_use(&menus_command_diff,
		    "name two folders, the old one first"));
	wish.before = argv[first];
	wish.after = argv[first + 1];
	return (compare(&wish));
}

const struct command menus_command_diff = {
	.name = "menus diff",
	.summary = "what is different for callers between two folders",
	.usage =
	    "Usage: waymark menus diff OLD-DIR NEW-DIR [--language TAG]"
	    " [--locales DIR] [--json]\n"
	    "\n"
	    "What callers will notice: screens that are new or gone, texts,"
	    " options, where they\n"
	    "lead and what they count, keywords, facts.  A folder has menus/"
	    " and locales/ in it;\n"
	    "or it is itself the one with trees/ and facts/, and the"
	    " translations are beside it\n"
	    "or in the folder given.\n"
	    "\n"
	    "  --language TAG      compare the texts of this language only\n"
	    "  --locales DIR       PO files for a folder that has none\n"
	    "  --json              for programs\n"
	    "\n"
	    "Exit status: 0 done, 1 a folder is wrong, 2 wrong use, 3 nothing"
	    " is different.\n",
	.run = run,
};
