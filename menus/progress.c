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

int
progress_percent(const struct progress *progress)
{
	size_t done =
	    progress->of_state[PO_TRANSLATED] + progress->of_state[PO_UNNEEDED];

	if (progress->texts == 0)
		return (100);
	return ((int)(done * 100 / progress->texts));
}
