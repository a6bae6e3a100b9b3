/* waymark menus csv: a language as a sheet, out and in again. */
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_menus_languages.h"
#include "locales/po_csv.h"

enum { SHEET_MOST_BYTES = 16 << 20 };

enum { IS_DRY_RUN = 1 };

struct wish {
	struct menus_asked asked;
	const char *output;
	unsigned given;
};

/* -- export ----------------------------------------------------------------- */

static void
add_row(const struct languages_work *work, const char *language,
    struct kept_po *file, const struct template_text *text, struct text *out)
{
	const struct po_entry *entry =
	    kept_po_find(file, text->id, text->source);
	struct po_csv_row row = {
		.id = text->id,
		.source = text->source,
		.translation = entry != NULL ? entry->translation : "",
		.note = text->note,
		.room = template_room(&work->template, text, language),
		.state = entry != NULL ? po_entry_state(entry) : PO_MISSING,
		.language = language,
	};

	po_csv_add_row(out, &row);
}

static int
export_sheet(const struct wish *wish, const struct languages_work *work,
    const char *language, struct kept_po *file)
{
	struct text out = { 0 };
	size_t lost = 0;

	po_csv_add_heading(&out);
	for (size_t i = 0; i < work->template.count; i++) {
		const struct template_text *text = &work->template.list[i];

		if (!template_is_needed(&work->template, text, language))
			continue;
		lost += kept_po_find(file, text->id, text->source) == NULL;
		add_row(work, language, file, text, &out);
	}
	if (lost > 0) {
		text_free(&out);
		return (cli_failed(menus_command_csv.name,
		    "%zu texts are not in the PO file yet; run `waymark menus"
		    " update %s` first",
		    lost, language));
	}
	return (languages_put(&menus_command_csv, wish->output, &out));
}

/* -- import ----------------------------------------------------------------- */

/* What the checks of an import look at. */
struct judging {
	const struct languages_work *work;
	struct po_csv_import *import;
};

static int
is_safety(const void *context, const char *id)
{
	const struct judging *judging = context;
	const struct template *template = &judging->work->template;

	for (size_t i = 0; i < template->count; i++)
		if (template->list[i].is_safety &&
		    strcmp(template->list[i].id, id) == 0)
			return (1);
	return (0);
}

/* The row that made a screen too long: one of its texts or options. */
static int
line_of_screen(const struct po_csv_import *import, const struct screen *screen)
{
	struct text beginning = { 0 };
	int line = 0;

	text_printf(&beginning, "%s/%s/", screen->part, screen->id);
	for (size_t i = 0; i < import->change_count && line == 0; i++)
		if (strncmp(import->changes[i].entry->id,
			text_string(&beginning), beginning.length) == 0)
			line = import->changes[i].line;
	text_free(&beginning);
	return (line);
}

static void
tell_too_long(void *context, const struct corridor *corridor,
    const struct screen *screen, unsigned units, unsigned limit)
{
	struct judging *judging = context;

	log_err("%s:%d: the screen '%s' of '%s' would take %u units and its"
		" channel carries %u; make its text or options shorter",
	    judging->import->path, line_of_screen(judging->import, screen),
	    screen->id, corridor->id, units, limit);
	judging->import->complaints++;
}

/* What shall be written is read as the hub would read it, from a folder of its
 * own, before anything is written in earnest. */
static int
would_load(
    struct judging *judging, const char *language, const struct text *content)
{
	char folder[] = "/tmp/waymark-csv-XXXXXX";
	struct catalog *catalog = NULL;
	struct text name = { 0 };
	char *path;
	int is_good = 0;

	if (mkdtemp(folder) == NULL) {
		(void)cli_failed(
		    menus_command_csv.name, "cannot make a folder in /tmp");
		return (0);
	}
	text_printf(&name, "%s.po", language);
	path = file_path(folder, text_string(&name));
	if (file_write(path, 0600, text_string(content), content->length) ==
		DONE &&
	    catalog_load(folder, &catalog) == DONE) {
		template_find_too_long(&judging->work->template, catalog,
		    language, tell_too_long, judging);
		is_good = judging->import->complaints == 0;
	}
	catalog_free(catalog);
	(void)unlink(path);
	(void)rmdir(folder);
	free(path);
	text_free(&name);
	return (is_good);
}

static int
take_changes(const struct wish *wish, struct judging *judging)
{
	struct po_csv_import *import = judging->import;
	struct text diff = { 0 };
	struct text out = { 0 };
	int status = EXIT_FAILED;

	po_csv_add_diff(import, &diff);
	text_printf(&diff, "%zu of %zu rows change something%s\n",
	    import->change_count, import->rows,
	    wish->given & IS_DRY_RUN ? "; nothing was written" : "");
	po_csv_apply(import);
	kept_po_write(import->file, &out);
	if (would_load(judging, import->language, &out))
		status = cli_put(menus_command_csv.name, &diff);
	text_free(&diff);
	if (status == EXIT_DONE && !(wish->given & IS_DRY_RUN))
		status =
		    languages_put(&menus_command_csv, import->file->path, &out);
	text_free(&out);
	return (status);
}

static int
import_sheet(const struct wish *wish, const struct languages_work *work,
    struct po_csv_import *import)
{
	struct judging judging = { work, import };
	struct text content = { 0 };
	enum outcome outcome =
	    file_read(import->path, SHEET_MOST_BYTES, &content);
	int status = EXIT_FAILED;

	if (outcome == NOTHING)
		status = cli_failed(menus_command_csv.name,
		    "there is no file '%s'", import->path);
	import->is_safety = is_safety;
	import->context = &judging;
	if (outcome == DONE) {
		outcome = po_csv_read(import, text_string(&content));
		if (outcome == DONE)
			status = take_changes(wish, &judging);
		else if (outcome == NOTHING)
			status = puts("nothing changes") < 0 ? EXIT_FAILED
							     : EXIT_DONE;
	}
	text_free(&content);
	return (status);
}

/* -- the command line ------------------------------------------------------- */

static int
work_on(const struct wish *wish, const char *language, const char *sheet)
{
	struct languages_work work;
	struct kept_po *file = NULL;
	char *path = NULL;
	char *script = NULL;
	enum outcome outcome = languages_open(&wish->asked, &work);
	int status = EXIT_FAILED;

	if (outcome == DONE) {
		path = languages_path(&work, language);
		outcome = kept_po_read(path, &file);
		if (outcome == NOTHING)
			status = menus_has_language(
				     &menus_command_csv, work.menus, language)
			    ? EXIT_FAILED
			    : EXIT_NOTHING_FOUND;
	}
	if (outcome == DONE && sheet == NULL) {
		status = export_sheet(wish, &work, language, file);
	} else if (outcome == DONE) {
		struct po_csv_import import = {
			.path = sheet, .file = file, .language = language
		};

		script = kept_po_header(file, "X-Script");
		import.script = script;
		status = import_sheet(wish, &work, &import);
		po_csv_import_free(&import);
	}
	free(script);
	free(path);
	kept_po_free(file);
	languages_close(&work);
	return (status);
}

static int
run(int argc, char **argv)
{
	static const struct cli_field fields[] = {
		MENUS_FIELDS(struct wish),
		CLI_WORD("output", 'o', 0, struct wish, output),
		CLI_FLAG("dry-run", IS_DRY_RUN),
	};
	const struct command *command = &menus_command_csv;
	struct wish wish = { 0 };
	const struct cli_line line = { .command = &menus_command_csv,
		.fields = fields,
		.field_count = COUNT_OF(fields),
		.into = &wish,
		.given = &wish.given };
	int first;
	int status = cli_read_fields(&line, argc, argv, &first);
	int is_import;

	if (status != EXIT_DONE)
		return (status);
	if (first >= argc ||
	    (strcmp(argv[first], "export") != 0 &&
		strcmp(argv[first], "import") != 0))
		return (command_wrong_use(command, "say export or import"));
	is_import = strcmp(argv[first], "import") == 0;
	if (argc - first != (is_import ? 3 : 2))
		return (command_wrong_use(command,
		    is_import ? "say the language and the sheet"
			      : "say the language"));
	if (!languages_is_tag(argv[first + 1]))
		return (command_wrong_use(command,
		    "'%s' cannot be a language; ne or ne-Latn can",
		    argv[first + 1]));
	return (work_on(
	    &wish, argv[first + 1], is_import ? argv[first + 2] : NULL));
}

const struct command menus_command_csv = {
	.name = "menus csv",
	.summary = "a language as a sheet for a spreadsheet, and back",
	.usage =
	    "Usage: waymark menus csv export LANGUAGE [-o FILE]\n"
	    "       waymark menus csv import LANGUAGE FILE [--dry-run]\n"
	    "\n"
	    "The sheet has the columns id, source, translation, note, room,"
	    " state and language;\n"
	    "room is how many characters the text may have, and state is"
	    " translated, fuzzy,\n"
	    "stale, missing or \"not needed\".  Import says first what changes,"
	    " and takes all of a\n"
	    "sheet or, with one mistake in it, nothing: another language's"
	    " sheet, an unknown id,\n"
	    "an English text that has changed, a lost {placeholder}, a screen"
	    " too long for its\n"
	    "channel, a text that leads to a person emptied.\n"
	    "\n"
	    "  -o, --output FILE   else standard output\n"
	    "  --dry-run           only say what would change\n" MENUS_OPTIONS_USAGE
	    "\n"
	    "Exit status: 0 done, 1 refused or failed, 2 wrong use, 3 no such"
	    " language.\n",
	.run = run,
};
