#include "gateway/line/demo_arrivals.h"

#include <assert.h>

#include "gateway/base/memory.h"

struct kept {
	uint64_t slot; /* 0 when free; its place is slot % MOST */
	uint64_t token;
	uint64_t dialogue;
	int64_t utc_s;
	int64_t told_ms;
	enum arrival_kind kind;
	char *sender;
	char *text;
};

struct demo_arrivals {
	struct kept kept[ARRIVALS_MOST];
	uint16_t free_places[ARRIVALS_MOST];
	size_t free_count;
	uint64_t next_token;
	uint64_t rounds; /* makes slots that are never used twice */
	int64_t next_ms; /* not after the first one is due; -1 */
};

struct demo_arrivals *
demo_arrivals_new(uint64_t token)
{
	struct demo_arrivals *arrivals = memory_new(1, sizeof(*arrivals));

	for (size_t i = 0; i < ARRIVALS_MOST; i++)
		arrivals->free_places[i] = (uint16_t)(ARRIVALS_MOST - 1 - i);
	arrivals->free_count = ARRIVALS_MOST;
	arrivals->next_token = token;
	arrivals->next_ms = -1;
	return (arrivals);
}

static void
free_words(char *words)
{
	if (words != NULL)
		explicit_bzero(words, strlen(words));
	free(words);
}

static void
empty(struct kept *kept)
{
	free_words(kept->sender);
	free_words(kept->text);
	*kept = (struct kept){ 0 };
}

void
demo_arrivals_free(struct demo_arrivals *arrivals)
{
	if (arrivals == NULL)
		return;
	for (size_t i = 0; i < ARRIVALS_MOST; i++)
		empty(&arrivals->kept[i]);
	free(arrivals);
}

int
demo_arrivals_are_full(const struct demo_arrivals *arrivals)
{
	return (arrivals->free_count == 0);
}

/* Not the whole struct at once: it is 8 KiB, and most texts are short. */
static void
fill_in(const struct kept *kept, struct arrival *arrival_r)
{
	size_t sender_length = strlen(kept->sender);
	size_t text_length = strlen(kept->text);

	assert(sender_length < sizeof(arrival_r->sender));
	assert(text_length < sizeof(arrival_r->text));
	arrival_r->slot = kept->slot;
	arrival_r->kind = kept->kind;
	arrival_r->network_utc_s = kept->utc_s;
	arrival_r->token = kept->token;
	arrival_r->join_reference = -1;
	arrival_r->join_bits = 0;
	arrival_r->part = 1;
	arrival_r->parts = 1;
	arrival_r->flash = 0;
	arrival_r->dialogue = kept->dialogue;
	memcpy(arrival_r->sender, kept->sender, sender_length + 1);
	memcpy(arrival_r->text, kept->text, text_length + 1);
}

static uint64_t
take_token(struct demo_arrivals *arrivals)
{
	if (arrivals->next_token == 0)
		arrivals->next_token++;
	return (arrivals->next_token++);
}

void
demo_arrivals_add(struct demo_arrivals *arrivals,
    const struct demo_event *event, int64_t now_ms, struct arrival *arrival_r)
{
	uint16_t place;
	struct kept *kept;

	assert(arrivals->free_count > 0);
	place = arrivals->free_places[--arrivals->free_count];
	kept = &arrivals->kept[place];
	arrivals->rounds++;
	*kept = (struct kept){
		.slot = arrivals->rounds * ARRIVALS_MOST + place,
		.token = take_token(arrivals),
		.utc_s = event->utc_s,
		.told_ms = now_ms,
		.kind = event->kind,
		.dialogue = event->dialogue,
		.sender = memory_copy(event->sender),
		.text = memory_copy(event->text),
	};
	if (arrivals->next_ms < 0)
		arrivals->next_ms = now_ms + ARRIVALS_TELL_AGAIN_MS;
	fill_in(kept, arrival_r);
}

void
demo_arrivals_release(struct demo_arrivals *arrivals, uint64_t slot)
{
	uint16_t place = (uint16_t)(slot % ARRIVALS_MOST);

	if (slot == 0 || arrivals->kept[place].slot != slot)
		return;
	empty(&arrivals->kept[place]);
	arrivals->free_places[arrivals->free_count++] = place;
	if (arrivals->free_count == ARRIVALS_MOST)
		arrivals->next_ms = -1;
}

int64_t
demo_arrivals_next_ms(const struct demo_arrivals *arrivals)
{
	return (arrivals->next_ms);
}

enum outcome
demo_arrivals_again(
    struct demo_arrivals *arrivals, int64_t now_ms, struct arrival *arrival_r)
{
	int64_t first_ms = INT64_MAX;
	struct kept *due = NULL;

	if (arrivals->next_ms < 0 || now_ms < arrivals->next_ms)
		return (NOTHING);
	for (size_t i = 0; i < ARRIVALS_MOST; i++) {
		struct kept *kept = &arrivals->kept[i];

		if (kept->slot == 0)
			continue;
		if (kept->told_ms < first_ms)
			first_ms = kept->told_ms;
		/* Slots grow, so a caller's texts keep their order. */
		if (kept->told_ms + ARRIVALS_TELL_AGAIN_MS <= now_ms &&
		    (due == NULL || kept->slot < due->slot))
			due = kept;
	}
	if (due == NULL) {
		arrivals->next_ms = first_ms == INT64_MAX
		    ? -1
		    : first_ms + ARRIVALS_TELL_AGAIN_MS;
		return (NOTHING);
	}
	due->told_ms = now_ms;
	fill_in(due, arrival_r);
	return (DONE);
}
