#include "menus/screen_index.h"

#include "gateway/base/memory.h"

struct name_slot {
	const char *name; /* borrowed from a screen */
	enum name_kind kind;
};

struct screen_index {
	const struct screen **screens;
	size_t screen_slots; /* powers of two, at least half of them free */
	struct name_slot *names;
	size_t name_slots;
};

static size_t
hash_of(const char *id)
{
	size_t hash = 2166136261u;

	for (; *id != '\0'; id++)
		hash = (hash ^ (unsigned char)*id) * 16777619u;
	return (hash);
}

static size_t
slots_for(size_t count)
{
	size_t slots = 16;

	while (slots < 2 * count)
		slots *= 2;
	return (slots);
}

static void
add_screen(struct screen_index *index, const struct screen *screen)
{
	size_t slot = hash_of(screen->id) & (index->screen_slots - 1);

	while (index->screens[slot] != NULL)
		slot = (slot + 1) & (index->screen_slots - 1);
	index->screens[slot] = screen;
}

static struct name_slot *
name_slot(const struct screen_index *index, const char *name)
{
	size_t slot = hash_of(name) & (index->name_slots - 1);

	while (index->names[slot].name != NULL &&
	    strcmp(index->names[slot].name, name) != 0)
		slot = (slot + 1) & (index->name_slots - 1);
	return (&index->names[slot]);
}

static void
add_name(struct screen_index *index, const char *name, enum name_kind kind)
{
	struct name_slot *slot = name_slot(index, name);

	if (slot->name != NULL)
		return;
	slot->name = name;
	slot->kind = kind;
}

static void
add_names(struct screen_index *index, const struct screen *screen)
{
	if (screen->save != NULL)
		add_name(index, screen->save,
		    screen->ask == ASK_NUMBER ? NAME_NUMBER : NAME_WORDS);
	for (size_t i = 0; i < screen->option_count; i++) {
		const struct screen_option *option = &screen->options[i];

		for (size_t k = 0; k < option->weight_count; k++)
			add_name(index, option->weights[k].score, NAME_SCORE);
	}
}

static size_t
count_names(const struct corridor *corridor)
{
	size_t count = corridor->computed_count;

	for (size_t i = 0; i < corridor->screen_count; i++) {
		const struct screen *screen = &corridor->screens[i];

		count++;
		for (size_t k = 0; k < screen->option_count; k++)
			count += screen->options[k].weight_count;
	}
	return (count);
}

struct screen_index *
screen_index_new(const struct corridor *corridor)
{
	struct screen_index *index = memory_new(1, sizeof(*index));

	index->screen_slots = slots_for(corridor->screen_count);
	index->screens =
	    memory_new(index->screen_slots, sizeof(*index->screens));
	index->name_slots = slots_for(count_names(corridor));
	index->names = memory_new(index->name_slots, sizeof(*index->names));
	for (size_t i = 0; i < corridor->screen_count; i++) {
		add_screen(index, &corridor->screens[i]);
		add_names(index, &corridor->screens[i]);
	}
	for (size_t i = 0; i < corridor->computed_count; i++)
		add_name(index, corridor->computed[i].name, NAME_COMPUTED);
	return (index);
}

void
screen_index_free(struct screen_index *index)
{
	if (index == NULL)
		return;
	free(index->screens);
	free(index->names);
	free(index);
}

const struct screen *
screen_index_find(const struct screen_index *index, const char *id)
{
	size_t slot = hash_of(id) & (index->screen_slots - 1);

	while (index->screens[slot] != NULL &&
	    strcmp(index->screens[slot]->id, id) != 0)
		slot = (slot + 1) & (index->screen_slots - 1);
	return (index->screens[slot]);
}

enum name_kind
screen_index_name(const struct screen_index *index, const char *name)
{
	const struct name_slot *slot = name_slot(index, name);

	return (slot->name != NULL ? slot->kind : NAME_UNKNOWN);
}
