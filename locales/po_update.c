#include "locales/po_update.h"

#include "gateway/base/memory.h"

/* An update while it is made. */
struct updating {
	struct kept_po *file;
	const struct po_wanted *wanted;
	size_t count;
	struct po_entry **entries; /* for each wanted text, or NULL */
	struct po_update *done;
};

static int
is_taken(const struct updating *updating, const struct po_entry *entry)
{
	for (size_t i = 0; i < updating->count; i++)
		if (updating->entries[i] == entry)
			return (1);
	return (0);
}

static void
match_exactly(struct updating *updating)
{
	for (size_t i = 0; i < updating->count; i++)
		updating->entries[i] = kept_po_find(updating->file,
		    updating->wanted[i].id, updating->wanted[i].source);
}

/* An entry of this id that no text has taken. */
static struct po_entry *
find_by_id(const struct updating *updating, const char *id, int is_obsolete)
{
	for (size_t i = 0; i < updating->file->count; i++) {
		struct po_entry *entry = updating->file->list[i];

		if (!entry->is_loose && entry->is_obsolete == is_obsolete &&
		    entry->id != NULL && strcmp(entry->id, id) == 0 &&
		    !is_taken(updating, entry))
			return (entry);
	}
	return (NULL);
}

/* The oldest source stays, being the one the translation was made from. */
static void
change_source(struct updating *updating, struct po_entry *entry,
    const struct po_wanted *wanted)
{
	int has_words = entry->translation[0] != '\0' || entry->is_unneeded;

	if (strcmp(entry->source, wanted->source) == 0)
		return;
	if (has_words && !wanted->is_own_words) {
		if (entry->previous == NULL)
			po_entry_set_previous(entry, entry->source);
		po_entry_set_fuzzy(entry, 1);
		updating->done->stale++;
	}
	po_entry_set_source(entry, wanted->source);
}

static void
match_by_id(struct updating *updating)
{
	for (size_t i = 0; i < updating->count; i++) {
		const struct po_wanted *wanted = &updating->wanted[i];
		struct po_entry *entry = updating->entries[i];

		if (entry != NULL)
			continue;
		entry = find_by_id(updating, wanted->id, 0);
		if (entry == NULL) {
			entry = find_by_id(updating, wanted->id, 1);
			if (entry == NULL)
				continue;
			po_entry_set_obsolete(entry, 0);
			updating->done->revived++;
		}
		change_source(updating, entry, wanted);
		updating->entries[i] = entry;
	}
}

static void
describe(struct po_entry *entry, const struct po_wanted *wanted,
    struct po_update *done)
{
	int was_changed = entry->is_changed;

	entry->is_changed = 0;
	po_entry_set_notes(entry, wanted->note);
	po_entry_set_reference(entry, wanted->reference);
	done->moved += (size_t)entry->is_changed;
	entry->is_changed |= was_changed;
}

/* -- the order -------------------------------------------------------------- */

static size_t
place_of(const struct kept_po *file, const struct po_entry *entry)
{
	size_t place = 0;

	while (place < file->count && file->list[place] != entry)
		place++;
	return (place);
}

static void
insert(struct kept_po *file, size_t place, struct po_entry *entry)
{
	file->list = memory_grow(
	    file->list, file->count, file->count + 1, sizeof(*file->list));
	memmove(&file->list[place + 1], &file->list[place],
	    (file->count - place) * sizeof(file->list[0]));
	file->list[place] = entry;
	file->count++;
}

/* Behind the header, where the file has one. */
static size_t
first_place(const struct kept_po *file)
{
	return (file->count > 0 && !file->list[0]->is_loose &&
	    file->list[0]->id == NULL);
}

static void
add_new(struct updating *updating)
{
	struct kept_po *file = updating->file;

	for (size_t i = 0; i < updating->count; i++) {
		const struct po_wanted *wanted = &updating->wanted[i];

		if (updating->entries[i] != NULL)
			continue;
		updating->entries[i] = po_entry_new(wanted->id, wanted->source);
		insert(file,
		    i > 0 ? place_of(file, updating->entries[i - 1]) + 1
			  : first_place(file),
		    updating->entries[i]);
		updating->done->added++;
		po_entry_set_notes(updating->entries[i], wanted->note);
		po_entry_set_reference(updating->entries[i], wanted->reference);
	}
}

static void
move_to_end(struct kept_po *file, size_t place)
{
	struct po_entry *entry = file->list[place];

	memmove(&file->list[place], &file->list[place + 1],
	    (file->count - place - 1) * sizeof(file->list[0]));
	file->list[file->count - 1] = entry;
}

static void
drop(struct kept_po *file, size_t place)
{
	po_entry_free(file->list[place]);
	file->count--;
	memmove(&file->list[place], &file->list[place + 1],
	    (file->count - place) * sizeof(file->list[0]));
}

/* What nobody translated leaves nothing to keep. */
static void
retire(struct updating *updating)
{
	struct kept_po *file = updating->file;
	size_t left = file->count;

	for (size_t place = 0; left > 0; left--) {
		struct po_entry *entry = file->list[place];

		if (entry->is_loose || entry->is_obsolete ||
		    entry->id == NULL || is_taken(updating, entry)) {
			place++;
			continue;
		}
		updating->done->gone++;
		if (entry->translation[0] == '\0') {
			drop(file, place);
			continue;
		}
		po_entry_set_obsolete(entry, 1);
		move_to_end(file, place);
	}
}

/* An entry that came back stands among the obsolete ones: next to its
 * neighbour in the menus it is found. */
static void
place_revived(struct updating *updating)
{
	struct kept_po *file = updating->file;

	for (size_t i = 0; i < updating->count; i++) {
		struct po_entry *entry = updating->entries[i];
		size_t place = place_of(file, entry);
		size_t before;

		if (place == 0 || !file->list[place - 1]->is_obsolete)
			continue;
		memmove(&file->list[place], &file->list[place + 1],
		    (file->count - place - 1) * sizeof(file->list[0]));
		file->count--;
		before = i > 0 ? place_of(file, updating->entries[i - 1]) + 1
			       : first_place(file);
		insert(file, before, entry);
	}
}

/* The blank line between entries goes with the place, not with the entry: the
 * last one of a file has none behind it. */
static void
mend_gaps(struct kept_po *file)
{
	for (size_t i = 0; i + 1 < file->count; i++)
		if (file->list[i]->gap.length == 0 &&
		    (file->list[i]->is_changed ||
			file->list[i + 1]->is_changed))
			text_add(&file->list[i]->gap, "\n");
	if (file->count > 0 && file->list[file->count - 1]->is_changed)
		text_clear(&file->list[file->count - 1]->gap);
}

void
po_update(struct kept_po *file, const struct po_wanted *wanted, size_t count,
    struct po_update *done_r)
{
	struct updating updating = { .file = file,
		.wanted = wanted,
		.count = count,
		.entries = memory_new(count + 1, sizeof(struct po_entry *)),
		.done = done_r };

	*done_r = (struct po_update){ 0 };
	match_exactly(&updating);
	match_by_id(&updating);
	for (size_t i = 0; i < count; i++)
		if (updating.entries[i] != NULL)
			describe(updating.entries[i], &wanted[i], done_r);
	add_new(&updating);
	retire(&updating);
	if (done_r->revived > 0)
		place_revived(&updating);
	if (po_update_is_news(done_r))
		mend_gaps(file);
	file->cursor = 0;
	free(updating.entries);
}

int
po_update_is_news(const struct po_update *done)
{
	return (done->added + done->stale + done->gone + done->revived +
		done->moved >
	    0);
}
