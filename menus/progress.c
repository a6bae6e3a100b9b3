#include "menus/progress.h"

#include "menus/menu_inside.h"

static int
counts(const struct template *template, const struct template_text *text,
    const struct corridor *corridor, const char *language)
{
	if (corridor == NULL)
		return (template_is_needed(template, text, language));
	return (text->is_in[corridor - template->menus->corridors]);
}

void
progress_count(const struct template *template, const struct corridor *corridor,
    const char *language, struct kept_po *file, struct progress *progress_r)
{
	*progress_r = (struct progress){ 0 };
	for (size_t i = 0; i < template->count; i++) {
		const struct template_text *text = &template->list[i];
		const struct po_entry *entry;
		enum po_state state = PO_MISSING;

		if (!counts(template, text, corridor, language))
			continue;
		entry = kept_po_find(file, text->id, text->source);
		if (entry != NULL)
			state = po_entry_state(entry);
		else if (kept_po_find(file, text->id, NULL) != NULL)
			/* Made from a source that is no more. */
			state = PO_STALE;
		progress_r->texts++;
		progress_r->of_state[state]++;
		progress_r->safety_gaps += text->is_safety &&
		    state != PO_TRANSLATED && state != PO_UNNEEDED;
	}
}

static int
is_text(const struct po_entry *entry)
{
	return (!entry->is_obsolete && !entry->is_loose &&
	    entry->source != NULL && entry->source[0] != '\0');
}

static enum po_state
find_state(const struct kept_po *file, const char *source)
{
	for (size_t i = 0; file != NULL && i < file->count; i++) {
		const struct po_entry *entry = file->list[i];

		if (is_text(entry) && strcmp(entry->source, source) == 0)
			return (po_entry_state(entry));
	}
	return (PO_MISSING);
}

void
progress_count_words(const struct kept_po *template, const struct kept_po *file,
    struct progress *progress_r)
{
	*progress_r = (struct progress){ 0 };
	for (size_t i = 0; i < template->count; i++) {
		const struct po_entry *entry = template->list[i];

		if (!is_text(entry))
			continue;
		progress_r->texts++;
		progress_r->of_state[find_state(file, entry->source)]++;
	}
}

int
progress_percent(const struct progress *progress)
{
	size_t done =
	    progress->of_state[PO_TRANSLATED] + progress->of_state[PO_UNNEEDED];

	if (progress->texts == 0)
		return (100);
	return ((int)(done * 100 / progress->texts));
}
