#include "menus/lookup_parts.h"

#include <string.h>

#include "gateway/base/memory.h"
#include "gateway/text/answer.h"

struct lookup_index {
	struct lookup_list *lists;
	size_t count;
};

static const char *const status_names[LOOKUP_STATUSES] = {
	[LOOKUP_VALID] = "valid",
	[LOOKUP_UNCLEAR] = "unclear",
	[LOOKUP_EXPIRED] = "expired",
	[LOOKUP_SUSPENDED] = "suspended",
	[LOOKUP_CANCELLED] = "cancelled",
	[LOOKUP_BANNED] = "banned",
};

const char *
lookup_status_name(enum lookup_status status)
{
	return (status_names[status]);
}

int
lookup_status_read(const char *name, enum lookup_status *status_r)
{
	for (int i = 0; i < LOOKUP_STATUSES; i++) {
		if (strcmp(status_names[i], name) != 0)
			continue;
		*status_r = (enum lookup_status)i;
		return (1);
	}
	return (0);
}

void *
lookup_room(void *block, size_t count, size_t *room, size_t size)
{
	size_t before = *room;

	if (count < before)
		return (block);
	*room = before == 0 ? 16 : 2 * before;
	return (memory_grow(block, before, *room, size));
}

/* -- building --------------------------------------------------------------- */

struct lookup_index *
lookup_new(void)
{
	return (memory_new(1, sizeof(struct lookup_index)));
}

void
lookup_begin(struct lookup_index *index, const char *country,
    const char *authority, int64_t as_of_utc_s)
{
	struct lookup_list *list;

	index->lists = memory_grow(index->lists, index->count, index->count + 1,
	    sizeof(*index->lists));
	list = &index->lists[index->count++];
	snprintf(
	    list->source.country, sizeof(list->source.country), "%s", country);
	list->source.authority = memory_copy(authority);
	list->source.as_of_utc_s = as_of_utc_s;
}

/* What stays the same from one list to the next: the licence, else the name. */
static char *
make_id(const struct lookup_record *record, const char *licence)
{
	struct text id = { 0 };

	if (licence[0] != '\0') {
		text_add(&id, "l:");
		lookup_licence_key(licence, &id);
	} else {
		text_add(&id, "n:");
		answer_fold(record->name, &id);
	}
	return (text_take(&id));
}

/* Calls `add` with each line of `lines`. */
static void
add_lines(struct lookup_list *list, const char *lines, size_t entry,
    void (*add)(struct lookup_list *, const char *, size_t))
{
	while (*lines != '\0') {
		size_t length = strcspn(lines, "\n");
		char *line = strndup(lines, length);

		if (line == NULL)
			abort();
		if (length > 0)
			add(list, line, entry);
		free(line);
		lines += length + (lines[length] == '\n');
	}
}

void
lookup_add(struct lookup_index *index, const struct lookup_record *record)
{
	struct lookup_list *list = &index->lists[index->count - 1];
	size_t place = list->source.count++;
	struct lookup_entry *entry;

	list->entries = lookup_room(
	    list->entries, place, &list->entry_room, sizeof(*list->entries));
	entry = &list->entries[place];
	entry->name = memory_copy(record->name);
	entry->licence =
	    strndup(record->licences, strcspn(record->licences, "\n"));
	if (entry->licence == NULL)
		abort();
	entry->id = make_id(record, entry->licence);
	entry->place = memory_copy(record->place);
	entry->status = record->status;
	lookup_add_name(list, record->name, place);
	add_lines(list, record->other_names, place, lookup_add_name);
	add_lines(list, record->licences, place, lookup_add_licence);
}

void
lookup_finish(struct lookup_index *index)
{
	for (size_t i = 0; i < index->count; i++)
		lookup_finish_names(&index->lists[i]);
}

static void
free_list(struct lookup_list *list)
{
	for (size_t i = 0; i < list->source.count; i++) {
		free(list->entries[i].id);
		free(list->entries[i].name);
		free(list->entries[i].licence);
		free(list->entries[i].place);
	}
	for (size_t i = 0; i < list->licence_count; i++) {
		free(list->licences[i].key);
		free(list->licences[i].signs);
	}
	free(list->source.authority);
	free(list->entries);
	free(list->names);
	free(list->words);
	free(list->licences);
	free(list->gram_ends);
	free(list->gram_names);
	free(list->gram_weights);
}

void
lookup_free(struct lookup_index *index)
{
	if (index == NULL)
		return;
	for (size_t i = 0; i < index->count; i++)
		free_list(&index->lists[i]);
	free(index->lists);
	free(index);
}

/* -- finding ---------------------------------------------------------------- */

static const struct lookup_list *
find_list(const struct lookup_index *index, const char *country)
{
	for (size_t i = 0; index != NULL && i < index->count; i++)
		if (strcmp(index->lists[i].source.country, country) == 0)
			return (&index->lists[i]);
	return (NULL);
}

const struct lookup_source *
lookup_source(const struct lookup_index *index, const char *country)
{
	const struct lookup_list *list = find_list(index, country);

	return (list != NULL ? &list->source : NULL);
}

void
lookup_find(const struct lookup_index *index, const char *country,
    const char *text, struct lookup_result *result_r)
{
	const struct lookup_list *list = find_list(index, country);

	*result_r = (struct lookup_result){ 0 };
	if (list == NULL)
		return;
	lookup_find_licence(list, text, result_r);
	if (result_r->count == 0)
		lookup_find_name(list, text, result_r);
}

const struct lookup_entry *
lookup_by_id(
    const struct lookup_index *index, const char *country, const char *id)
{
	const struct lookup_list *list = find_list(index, country);

	for (size_t i = 0; list != NULL && i < list->source.count; i++)
		if (strcmp(list->entries[i].id, id) == 0)
			return (&list->entries[i]);
	return (NULL);
}
