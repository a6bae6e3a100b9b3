/* waymark menus progress: how far each language is. */
#include "gateway/base/json.h"
#include "gateway/base/memory.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_menus_languages.h"
#include "locales/review.h"
#include "menus/progress.h"

enum { WANTS_JSON = 1 };

struct wish {
	struct menus_asked asked;
	unsigned given;
};

/* One language of the catalog with its file. */
struct language {
	const struct languages_work *work;
	const struct catalog_language *facts;
	struct kept_po *file;
};

/* What is printed goes to both at once. */
struct report {
	struct cli_table table;
	struct json json;
};

static void
add_number(struct report *report, const char *name, size_t number)
{
	char cell[24];

	snprintf(cell, sizeof(cell), "%zu", number);
	cli_table_add(&report->table, cell);
	json_integer(&report->json, name, (int64_t)number);
}

static int
speaks(const struct corridor *corridor, const char *language)
{
	for (size_t i = 0; i < corridor->language_count; i++)
		if (strcmp(corridor->languages[i], language) == 0)
			return (1);
	return (0);
}

/* `name` says of what: a corridor, all of them, the desk. */
static void
add_counts(const struct language *language, const char *name,
    const struct progress *progress, struct report *report)
{
	char percent[8];

	cli_table_add(&report->table, language->facts->tag);
	cli_table_add(&report->table, name);
	snprintf(percent, sizeof(percent), "%d%%", progress_percent(progress));
	cli_table_add(&report->table, percent);
	json_integer(&report->json, "percent", progress_percent(progress));
	add_number(report, "texts", progress->texts);
	add_number(report, "translated", progress->of_state[PO_TRANSLATED]);
	add_number(report, "not_needed", progress->of_state[PO_UNNEEDED]);
	add_number(report, "fuzzy", progress->of_state[PO_FUZZY]);
	add_number(report, "stale", progress->of_state[PO_STALE]);
	add_number(report, "missing", progress->of_state[PO_MISSING]);
	add_number(report, "safety_gaps", progress->safety_gaps);
}

/* The texts for callers, of one corridor or (NULL) of all. */
static void
add_corridor(const struct language *language, const struct corridor *corridor,
    struct report *report)
{
	struct progress progress;

	progress_count(&language->work->template, corridor,
	    language->facts->tag, language->file, &progress);
	add_counts(language, corridor != NULL ? corridor->id : "all", &progress,
	    report);
}

/* The words of the caseworkers' pages; a language without a file of them has
 * no pages. */
static void
add_desk(const struct language *language, struct report *report)
{
	const char *locales = language->work->folders.locales;
	struct text path = { 0 };
	struct kept_po *template = NULL;
	struct kept_po *file = NULL;
	struct progress progress;

	text_printf(&path, "%s/desk/desk.pot", locales);
	if (kept_po_read(path.bytes, &template) == DONE) {
		text_clear(&path);
		text_printf(
		    &path, "%s/desk/%s.po", locales, language->facts->tag);
		if (kept_po_read(path.bytes, &file) == DONE) {
			progress_count_words(template, file, &progress);
			json_open_object(&report->json, "desk");
			add_counts(language, "desk", &progress, report);
			cli_table_add(&report->table, "");
			json_close_object(&report->json);
		}
	}
	kept_po_free(file);
	kept_po_free(template);
	text_free(&path);
}

static void
add_review(const struct language *language, struct report *report)
{
	const struct catalog_language *facts = language->facts;
	const char *state = review_state_name(facts->review_state);
	struct text cell = { 0 };

	text_add(&cell, state);
	if (!facts->is_draft)
		text_printf(
		    &cell, ": %s, %s", facts->reviewed_by, facts->reviewed_on);
	cli_table_add(&report->table, text_string(&cell));
	text_free(&cell);
	json_string(&report->json, "review", state);
	json_string(&report->json, "reviewed_by",
	    facts->is_draft ? NULL : facts->reviewed_by);
	json_string(&report->json, "reviewed_on",
	    facts->is_draft ? NULL : facts->reviewed_on);
}

static void
add_language(const struct language *language, struct report *report)
{
	const struct menus *menus = language->work->menus;

	json_open_object(&report->json, NULL);
	json_string(&report->json, "language", language->facts->tag);
	json_string(&report->json, "script", language->facts->script);
	add_corridor(language, NULL, report);
	add_review(language, report);
	json_open_array(&report->json, "corridors");
	for (size_t i = 0; i < menus_corridor_count(menus); i++) {
		const struct corridor *corridor = menus_corridor_at(menus, i);

		if (!speaks(corridor, language->facts->tag))
			continue;
		json_open_object(&report->json, NULL);
		json_string(&report->json, "corridor", corridor->id);
		add_corridor(language, corridor, report);
		cli_table_add(&report->table, "");
		json_close_object(&report->json);
	}
	json_close_array(&report->json);
	add_desk(language, report);
	json_close_object(&report->json);
}

static int
add_all(const struct languages_work *work, struct report *report)
{
	const struct catalog *catalog = menus_catalog(work->menus);

	for (size_t i = 0; i < catalog_language_count(catalog); i++) {
		struct language language = { .work = work,
			.facts = catalog_language_at(catalog, i) };
		char *path;
		enum outcome outcome;

		if (!languages_is_tag(language.facts->tag))
			continue;
		path = languages_path(work, language.facts->tag);
		outcome = kept_po_read(path, &language.file);
		free(path);
		if (outcome != DONE)
			return (EXIT_FAILED);
		add_language(&language, report);
		kept_po_free(language.file);
	}
	return (EXIT_DONE);
}

static int
tell(const struct wish *wish, const struct languages_work *work)
{
	static const char *const heading[] = { "LANGUAGE", "CORRIDOR", "DONE",
		"TEXTS", "TRANSLATED", "NOT NEEDED", "FUZZY", "STALE",
		"MISSING", "SAFETY GAPS", "REVIEW" };
	struct report report = { .table = { .columns = COUNT_OF(heading) } };
	struct text out = { 0 };
	int status;

	for (size_t i = 0; i < COUNT_OF(heading); i++)
		cli_table_add(&report.table, heading[i]);
	json_open_array(&report.json, NULL);
	status = add_all(work, &report);
	json_close_array(&report.json);
	if (wish->given & WANTS_JSON)
		text_printf(&out, "%s\n", text_string(&report.json.text));
	else
		cli_table_print(&report.table, &out);
	if (status == EXIT_DONE)
		status = cli_put("menus progress", &out);
	text_free(&out);
	cli_table_free(&report.table);
	json_free(&report.json);
	return (status);
}

static int
run(int argc, char **argv)
{
	static const struct cli_field fields[] = {
		MENUS_FIELDS(struct wish),
		CLI_FLAG("json", WANTS_JSON),
	};
	struct wish wish = { 0 };
	const struct cli_line line = { .command = &menus_command_progress,
		.fields = fields,
		.field_count = COUNT_OF(fields),
		.into = &wish,
		.given = &wish.given };
	struct languages_work work;
	int status = cli_read_fields_alone(&line, argc, argv);

	if (status != EXIT_DONE)
		return (status);
	status = EXIT_FAILED;
	if (languages_open(&wish.asked, &work) == DONE)
		status = tell(&wish, &work);
	languages_close(&work);
	return (status);
}

const struct command menus_command_progress = {
	.name = "menus progress",
	.summary = "how far each language is, and who has signed it",
	.usage =
	    "Usage: waymark menus progress [--json]\n"
	    "\n"
	    "For each language, and for each corridor that speaks it: how many"
	    " texts there are,\n"
	    "how many are translated or need no translation, and how many"
	    " callers get in English:\n"
	    "missing ones, guesses (fuzzy), and those whose English text has"
	    " changed (stale).\n"
	    "The line `desk` counts the words of the caseworkers' pages"
	    " (locales/desk).\n"
	    "A safety gap is one of these that callers need to reach a person."
	    "  Last, who has\n"
	    "reviewed the language and when.\n"
	    "\n"
	    "  --json              for programs\n" MENUS_OPTIONS_USAGE "\n"
	    "Exit status: 0 done, 1 failed, 2 wrong use.\n",
	.run = run,
};
