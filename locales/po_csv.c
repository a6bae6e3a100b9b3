#include "locales/po_csv.h"

#include "gateway/base/memory.h"

/* What a spreadsheet may take for the beginning of a formula; and our own
 * guard, so that it comes off again only where we put it. */
static const char guarded[] = "=+-@\t\r'";

static void
add_cell(struct text *out, const char *words)
{
	int is_guarded = words[0] != '\0' && strchr(guarded, words[0]) != NULL;

	if (!is_guarded && strpbrk(words, ",\"\r\n;") == NULL &&
	    words[0] != ' ') {
		text_add(out, words);
		return;
	}
	text_add_byte(out, '"');
	if (is_guarded)
		text_add_byte(out, '\'');
	for (; *words != '\0'; words++) {
		if (*words == '"')
			text_add_byte(out, '"');
		text_add_byte(out, (unsigned char)*words);
	}
	text_add_byte(out, '"');
}

void
po_csv_add_heading(struct text *out)
{
	text_add(out,
	    "\xef\xbb\xbfid,source,translation,note,room,state,language\r\n");
}

void
po_csv_add_row(struct text *out, const struct po_csv_row *row)
{
	add_cell(out, row->id);
	text_add_byte(out, ',');
	add_cell(out, row->source);
	text_add_byte(out, ',');
	add_cell(out, row->translation);
	text_add_byte(out, ',');
	add_cell(out, row->note);
	text_add_byte(out, ',');
	if (row->room > 0)
		text_printf(out, "%d", row->room);
	text_printf(
	    out, ",%s,%s\r\n", po_state_name(row->state), row->language);
}

/* -- what a sheet changes --------------------------------------------------- */

static void
add_lines(struct text *out, const char *mark, const char *words)
{
	while (*words != '\0') {
		size_t length = strcspn(words, "\n");

		text_printf(out, "%s%.*s\n", mark, (int)length, words);
		words += length + (words[length] == '\n');
	}
}

void
po_csv_add_diff(const struct po_csv_import *import, struct text *out)
{
	for (size_t i = 0; i < import->change_count; i++) {
		const struct po_csv_change *change = &import->changes[i];
		const struct po_entry *entry = change->entry;
		enum po_state old = po_entry_state(entry);

		text_printf(out, "%s", entry->id);
		if (old != change->state)
			text_printf(out, ": %s -> %s", po_state_name(old),
			    po_state_name(change->state));
		text_add_byte(out, '\n');
		add_lines(out, "    ", entry->source);
		if (strcmp(entry->translation, change->translation) == 0)
			continue;
		add_lines(out, "  - ", entry->translation);
		add_lines(out, "  + ", change->translation);
	}
}

void
po_csv_apply(struct po_csv_import *import)
{
	for (size_t i = 0; i < import->change_count; i++) {
		const struct po_csv_change *change = &import->changes[i];
		struct po_entry *entry = change->entry;
		int is_fuzzy =
		    change->state == PO_FUZZY || change->state == PO_STALE;

		po_entry_set_translation(entry, change->translation);
		po_entry_set_fuzzy(entry, is_fuzzy);
		if (!is_fuzzy && entry->previous != NULL)
			po_entry_set_previous(entry, NULL);
		po_entry_set_unneeded(entry, change->state == PO_UNNEEDED);
	}
}

void
po_csv_import_free(struct po_csv_import *import)
{
	for (size_t i = 0; i < import->change_count; i++)
		free(import->changes[i].translation);
	free(import->changes);
	*import = (struct po_csv_import){ 0 };
}
