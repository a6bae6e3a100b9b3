#include "gateway/line/dialogues.h"

#include <assert.h>
#include <string.h>

#include "gateway/base/memory.h"

enum {
	CHAINS = 16384, /* a power of two */
	NO_PLACE = 0xffff,
};

static_assert((int)DIALOGUES_MOST < (int)NO_PLACE, "places fit their links");

struct dialogues {
	struct dialogue dialogues[DIALOGUES_MOST];
	uint16_t chains[CHAINS]; /* by the hash of the key */
	uint16_t free_places[DIALOGUES_MOST];
	size_t free_count;
	size_t high; /* no place from here on was ever used */
	uint64_t rounds; /* makes handles that are never used twice */
	size_t swept; /* of a sweep for what is due, else 0 */
	int64_t next_ms; /* nothing is due before; -1 when none is known */
};

struct dialogues *
dialogues_new(void)
{
	struct dialogues *dialogues = memory_new(1, sizeof(*dialogues));

	for (size_t i = 0; i < CHAINS; i++)
		dialogues->chains[i] = NO_PLACE;
	for (size_t i = 0; i < DIALOGUES_MOST; i++)
		dialogues->free_places[i] = (uint16_t)(DIALOGUES_MOST - 1 - i);
	dialogues->free_count = DIALOGUES_MOST;
	dialogues->next_ms = -1;
	return (dialogues);
}

void
dialogues_free(struct dialogues *dialogues)
{
	struct dialogue *dialogue;

	if (dialogues == NULL)
		return;
	while ((dialogue = dialogues_any(dialogues)) != NULL)
		dialogue_end(dialogues, dialogue);
	free(dialogues);
}

size_t
dialogues_count(const struct dialogues *dialogues)
{
	return (DIALOGUES_MOST - dialogues->free_count);
}

/* FNV-1a; a peer that makes keys collide slows down only itself. */
static uint16_t *
chain_of(struct dialogues *dialogues, const char *key)
{
	uint32_t hash = 2166136261u;

	for (; *key != '\0'; key++)
		hash = (hash ^ (uint8_t)*key) * 16777619u;
	return (&dialogues->chains[(hash ^ hash >> 16) % CHAINS]);
}

struct dialogue *
dialogues_by_key(struct dialogues *dialogues, const char *key)
{
	uint16_t place = *chain_of(dialogues, key);

	while (place != NO_PLACE) {
		struct dialogue *dialogue = &dialogues->dialogues[place];

		if (strcmp(dialogue->key, key) == 0)
			return (dialogue);
		place = dialogue->next;
	}
	return (NULL);
}

struct dialogue *
dialogues_by_handle(struct dialogues *dialogues, uint64_t handle)
{
	struct dialogue *dialogue =
	    &dialogues->dialogues[handle % DIALOGUES_MOST];

	return (handle != 0 && dialogue->handle == handle ? dialogue : NULL);
}

struct dialogue *
dialogues_begin(struct dialogues *dialogues, const char *key)
{
	struct dialogue *old = dialogues_by_key(dialogues, key);
	uint16_t *chain = chain_of(dialogues, key);
	struct dialogue *dialogue;
	uint16_t place;

	if (strlen(key) > DIALOGUE_KEY_MAX_BYTES)
		return (NULL);
	if (old != NULL)
		dialogue_end(dialogues, old);
	if (dialogues->free_count == 0)
		return (NULL);
	place = dialogues->free_places[--dialogues->free_count];
	if (place >= dialogues->high)
		dialogues->high = (size_t)place + 1;
	dialogue = &dialogues->dialogues[place];
	*dialogue = (struct dialogue){
		.handle = ++dialogues->rounds * DIALOGUES_MOST + place,
		.next = *chain,
	};
	memcpy(dialogue->key, key, strlen(key) + 1);
	*chain = place;
	return (dialogue);
}

static void
note_due(struct dialogues *dialogues, int64_t due_ms)
{
	if (dialogues->next_ms < 0 || due_ms < dialogues->next_ms)
		dialogues->next_ms = due_ms;
}

void
dialogue_set(struct dialogues *dialogues, struct dialogue *dialogue,
    enum dialogue_state state, int64_t due_ms)
{
	dialogue->state = state;
	dialogue->due_ms = due_ms;
	note_due(dialogues, due_ms);
}

static void
forget_words(char **words)
{
	if (*words != NULL)
		explicit_bzero(*words, strlen(*words));
	free(*words);
	*words = NULL;
}

void
dialogue_set_closing(struct dialogue *dialogue, const char *closing)
{
	forget_words(&dialogue->closing);
	dialogue->closing = memory_copy(closing);
}

void
dialogue_set_typed(struct dialogue *dialogue, const char *typed)
{
	char *copy = memory_copy(typed);

	forget_words(&dialogue->typed);
	dialogue->typed = copy;
}

void
dialogue_set_ours(struct dialogue *dialogue, const char *address)
{
	forget_words(&dialogue->ours);
	dialogue->ours = memory_copy(address);
}

void
dialogue_set_kept(struct dialogue *dialogue, const char *kept)
{
	forget_words(&dialogue->kept);
	dialogue->kept = memory_copy(kept);
}

void
dialogue_set_shown(struct dialogue *dialogue, const char *page)
{
	forget_words(&dialogue->shown);
	dialogue->shown = memory_copy(page);
}

void
dialogue_end(struct dialogues *dialogues, struct dialogue *dialogue)
{
	uint16_t place = (uint16_t)(dialogue->handle % DIALOGUES_MOST);
	uint16_t *link = chain_of(dialogues, dialogue->key);

	while (*link != place)
		link = &dialogues->dialogues[*link].next;
	*link = dialogue->next;
	forget_words(&dialogue->typed);
	forget_words(&dialogue->shown);
	forget_words(&dialogue->ours);
	forget_words(&dialogue->kept);
	forget_words(&dialogue->closing);
	explicit_bzero(dialogue, sizeof(*dialogue));
	dialogues->free_places[dialogues->free_count++] = place;
}

int64_t
dialogues_next_ms(const struct dialogues *dialogues)
{
	return (dialogues->next_ms);
}

/* A sweep goes on where the call before found one, so that ten thousand that
 * are due at once are not looked through ten thousand times. */
struct dialogue *
dialogues_due(struct dialogues *dialogues, int64_t now_ms)
{
	if (dialogues->swept == 0) {
		if (dialogues->next_ms < 0 || now_ms < dialogues->next_ms)
			return (NULL);
		dialogues->next_ms = -1;
	}
	while (dialogues->swept < dialogues->high) {
		struct dialogue *dialogue =
		    &dialogues->dialogues[dialogues->swept++];

		if (dialogue->handle == 0)
			continue;
		if (dialogue->due_ms <= now_ms)
			return (dialogue);
		note_due(dialogues, dialogue->due_ms);
	}
	dialogues->swept = 0;
	return (NULL);
}

struct dialogue *
dialogues_any(struct dialogues *dialogues)
{
	for (size_t i = 0; i < dialogues->high; i++) {
		if (dialogues->dialogues[i].handle != 0)
			return (&dialogues->dialogues[i]);
	}
	return (NULL);
}
