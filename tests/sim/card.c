#include "tests/sim/card.h"

#include "gateway/base/memory.h"

int
card_is_full(const struct card *card)
{
	return (card->is_jammed || card->used >= card->size);
}

int
card_count(const struct card *card, enum card_status status)
{
	int count = 0;
	int i;

	for (i = 0; i < CARD_PLACES_MOST; i++)
		count += card->places[i].hex != NULL &&
		    card->places[i].status == status;
	return (count);
}

enum outcome
card_put(
    struct card *card, const char *hex, enum card_status status, int *place_r)
{
	int place = 0;

	if (card_is_full(card))
		return (TRY_LATER);
	while (card->places[place].hex != NULL)
		place++;
	card->places[place] = (struct card_place){ memory_copy(hex), status };
	card->used++;
	*place_r = place;
	return (DONE);
}

struct card_place *
card_get(struct card *card, int64_t place)
{
	if (place < 0 || place >= CARD_PLACES_MOST ||
	    card->places[place].hex == NULL)
		return (NULL);
	return (&card->places[place]);
}

enum outcome
card_delete(struct card *card, int64_t place)
{
	struct card_place *found = card_get(card, place);

	if (found == NULL)
		return (NOTHING);
	free(found->hex);
	*found = (struct card_place){ 0 };
	card->used--;
	return (DONE);
}

void
card_clear(struct card *card)
{
	int place;

	for (place = 0; place < CARD_PLACES_MOST; place++)
		(void)card_delete(card, place);
}
