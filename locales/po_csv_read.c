/* A translator's sheet read and held against the PO file; see po_csv.h. */
#include <strings.h>

#include "gateway/base/csv.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/text/utf8.h"
#include "locales/fit.h"
#include "locales/po_csv.h"

enum column {
	COLUMN_ID,
	COLUMN_SOURCE,
	COLUMN_TRANSLATION,
	COLUMN_STATE,
	COLUMN_LANGUAGE, /* may be left out, as are those not listed here */
	COLUMN_COUNT,
};

static const char *const column_names[COLUMN_COUNT] = {
	[COLUMN_ID] = "id",
	[COLUMN_SOURCE] = "source",
	[COLUMN_TRANSLATION] = "translation",
	[COLUMN_STATE] = "state",
	[COLUMN_LANGUAGE] = "language",
};

struct sheet {
	struct po_csv_import *import;
	struct csv csv;
	size_t place[COLUMN_COUNT]; /* SIZE_MAX: not there */
	size_t in_script; /* translations in the language's script */
	size_t in_other;
	const char *id; /* of the row */
};

static void __attribute__((format(printf, 2, 3)))
complain(struct sheet *sheet, const char *format, ...)
{
	va_list arguments;
	char *made = NULL;

	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		abort();
	va_end(arguments);
	log_err("%s:%d: %s", sheet->import->path, sheet->csv.line, made);
	free(made);
	sheet->import->complaints++;
}

/* -- cells ------------------------------------------------------------------ */

/* A cell without the guard and with newlines as we have them; yours to free.
 */
static char *
take_cell(const struct sheet *sheet, enum column column)
{
	const char *words = sheet->place[column] == SIZE_MAX
	    ? ""
	    : csv_field(&sheet->csv, sheet->place[column]);
	struct text cell = { 0 };

	if (words[0] == '\'' && words[1] != '\0' &&
	    strchr("=+-@\t\r'", words[1]) != NULL)
		words++;
	for (; *words != '\0'; words++)
		if (*words != '\r')
			text_add_byte(&cell, (unsigned char)*words);
		else if (words[1] != '\n')
			text_add_byte(&cell, '\n');
	return (text_take(&cell));
}

static int
read_heading(struct sheet *sheet)
{
	int complaints = sheet->import->complaints;

	if (!csv_next(&sheet->csv)) {
		complain(sheet, "the sheet is empty");
		return (0);
	}
	for (int i = 0; i < COLUMN_COUNT; i++) {
		sheet->place[i] = SIZE_MAX;
		for (size_t k = 0; k < sheet->csv.count; k++)
			if (strcasecmp(csv_field(&sheet->csv, k),
				column_names[i]) == 0)
				sheet->place[i] = k;
		if (sheet->place[i] == SIZE_MAX && i != COLUMN_LANGUAGE &&
		    i != COLUMN_STATE)
			complain(sheet,
			    "there is no column '%s'; save the sheet as CSV"
			    " with commas, and keep its first row",
			    column_names[i]);
	}
	return (sheet->import->complaints == complaints);
}

/* -- rows ------------------------------------------------------------------- */

/* What the state column says, or `otherwise` when it says nothing. */
static enum po_state
read_state(struct sheet *sheet, enum po_state otherwise)
{
	char *cell = take_cell(sheet, COLUMN_STATE);
	enum po_state state = otherwise;
	int is_known = cell[0] == '\0';

	for (int i = 0; i < PO_STATE_COUNT; i++)
		if (strcasecmp(cell, po_state_name((enum po_state)i)) == 0) {
			state = (enum po_state)i;
			is_known = 1;
		}
	if (!is_known)
		complain(sheet,
		    "'%s' is no state; translated, fuzzy, missing and not"
		    " needed are",
		    cell);
	free(cell);
	return (state);
}

/* A person who wrote a translation and left the state as it was exported has
 * translated it; one who set the state meant that. */
static enum po_state
decide_state(
    struct sheet *sheet, const struct po_entry *entry, const char *translation)
{
	enum po_state old = po_entry_state(entry);
	enum po_state said = read_state(sheet, old);

	if (translation[0] == '\0')
		return (said == PO_UNNEEDED ? PO_UNNEEDED : PO_MISSING);
	if (strcmp(translation, entry->translation) != 0 && said == old)
		return (PO_TRANSLATED);
	if (said == PO_MISSING || said == PO_UNNEEDED)
		return (PO_TRANSLATED);
	if (said == PO_STALE && entry->previous == NULL)
		return (PO_FUZZY);
	if (said == PO_FUZZY && entry->previous != NULL)
		return (PO_STALE);
	return (said);
}

static void
tell_unfit(void *context, const char *what)
{
	struct sheet *sheet = context;

	complain(sheet, "the translation of '%s' %s", sheet->id, what);
}

static void
check_gap(
    struct sheet *sheet, const struct po_entry *entry, enum po_state state)
{
	const struct po_csv_import *import = sheet->import;
	enum po_state old = po_entry_state(entry);

	if ((old == PO_TRANSLATED || old == PO_UNNEEDED) &&
	    state != PO_TRANSLATED && state != PO_UNNEEDED &&
	    import->is_safety(import->context, entry->id))
		complain(sheet,
		    "'%s' helps callers reach a person and must not lose its"
		    " translation",
		    entry->id);
}

/* Latin letters are in every language's texts: names, HELP, SMS. */
static void
count_script(struct sheet *sheet, const char *translation, const char *source)
{
	const char *script = utf8_main_script(translation);

	if (script[0] == '\0' || strcmp(translation, source) == 0)
		return;
	if (strcmp(script, sheet->import->script) == 0)
		sheet->in_script++;
	else
		sheet->in_other++;
}

static void
add_change(struct sheet *sheet, struct po_entry *entry, char *translation,
    enum po_state state)
{
	struct po_csv_import *import = sheet->import;

	for (size_t i = 0; i < import->change_count; i++)
		if (import->changes[i].entry == entry)
			complain(sheet,
			    "'%s' stands here and in line %d, and both change"
			    " it",
			    entry->id, import->changes[i].line);
	import->changes = memory_grow(import->changes, import->change_count,
	    import->change_count + 1, sizeof(*import->changes));
	import->changes[import->change_count++] = (struct po_csv_change){
		.entry = entry,
		.translation = memory_copy(translation),
		.state = state,
		.line = sheet->csv.line,
	};
}

static void
take_entry(struct sheet *sheet, struct po_entry *entry)
{
	char *translation = take_cell(sheet, COLUMN_TRANSLATION);
	enum po_state state = decide_state(sheet, entry, translation);

	count_script(sheet, translation, entry->source);
	if (translation[0] != '\0')
		(void)translation_fits(
		    entry->source, translation, tell_unfit, sheet);
	check_gap(sheet, entry, state);
	if (strcmp(translation, entry->translation) != 0 ||
	    state != po_entry_state(entry))
		add_change(sheet, entry, translation, state);
	free(translation);
}

static int
language_is_right(struct sheet *sheet)
{
	char *language = take_cell(sheet, COLUMN_LANGUAGE);
	int is_right = language[0] == '\0' ||
	    strcmp(language, sheet->import->language) == 0;

	if (!is_right)
		complain(sheet, "this row is of the language '%s', not of '%s'",
		    language, sheet->import->language);
	free(language);
	return (is_right);
}

static void
take_row(struct sheet *sheet)
{
	char *id = take_cell(sheet, COLUMN_ID);
	char *source = take_cell(sheet, COLUMN_SOURCE);
	struct po_entry *entry;

	sheet->id = id;
	sheet->import->rows++;
	entry = kept_po_find(sheet->import->file, id, source);
	if (sheet->csv.wrong != NULL)
		complain(sheet, "%s", sheet->csv.wrong);
	else if (!language_is_right(sheet))
		(void)0;
	else if (entry != NULL)
		take_entry(sheet, entry);
	else if (kept_po_find(sheet->import->file, id, NULL) != NULL)
		complain(sheet,
		    "the English text of '%s' is another one than when the"
		    " sheet was made; export again",
		    id);
	else
		complain(sheet, "there is no text with the id '%s'", id);
	free(id);
	free(source);
}

static void
check_script(struct sheet *sheet)
{
	const struct po_csv_import *import = sheet->import;

	if (import->script[0] == '\0' || sheet->in_other <= sheet->in_script)
		return;
	sheet->csv.line = 1;
	complain(sheet,
	    "most translations are not in the script of '%s' (%s): is this the"
	    " sheet of another language?",
	    import->language, import->script);
}

enum outcome
po_csv_read(struct po_csv_import *import, const char *content)
{
	struct sheet sheet = { .import = import };

	csv_open(&sheet.csv, content);
	if (read_heading(&sheet)) {
		while (csv_next(&sheet.csv))
			take_row(&sheet);
		check_script(&sheet);
	}
	csv_close(&sheet.csv);
	if (import->complaints > 0)
		return (REFUSED);
	return (import->change_count > 0 ? DONE : NOTHING);
}
