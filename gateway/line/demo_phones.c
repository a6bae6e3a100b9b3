#include "gateway/line/demo_phones.h"

#include <assert.h>

#include "gateway/base/memory.h"
#include "gateway/text/answer.h"

/* Entries are named by their place; 0 is none. */
struct entry {
	char digits[PHONES_MAX_DIGITS + 1];
	uint32_t tail; /* the last digits, read as a number */
	uint64_t client; /* 0 when it is gone */
	uint64_t used; /* grows with every use */
	uint32_t next; /* of the same head */
	uint32_t older; /* by use, for taking the place of the oldest */
	uint32_t newer;
};

struct demo_phones {
	struct entry *entries;
	uint32_t *heads; /* as many as there is room for entries */
	uint32_t room; /* a power of two */
	uint32_t count; /* entries 1 to count are in use */
	uint32_t oldest;
	uint32_t newest;
	uint64_t uses;
};

enum { FIRST_ROOM = 64 };

struct demo_phones *
demo_phones_new(void)
{
	struct demo_phones *phones = memory_new(1, sizeof(*phones));

	phones->room = FIRST_ROOM;
	phones->entries = memory_new(FIRST_ROOM, sizeof(*phones->entries));
	phones->heads = memory_new(FIRST_ROOM, sizeof(*phones->heads));
	return (phones);
}

void
demo_phones_free(struct demo_phones *phones)
{
	if (phones == NULL)
		return;
	free(phones->entries);
	free(phones->heads);
	free(phones);
}

static int
is_ascii(const char *string)
{
	for (; *string != '\0'; string++) {
		if ((unsigned char)*string >= 0x80)
			return (0);
	}
	return (1);
}

/* Digits without leading zeros ("0984..." and "00977..." are ways of dialling);
 * 1 when a network could answer to them. */
static int
read_ascii_digits(const char *number, char digits_r[PHONES_MAX_DIGITS + 1])
{
	size_t count = 0;

	for (; *number != '\0'; number++) {
		if (*number >= '0' && *number <= '9') {
			if (count == 0 && *number == '0')
				continue;
			if (count == PHONES_MAX_DIGITS)
				return (0);
			digits_r[count++] = *number;
		} else if (strchr("+-(). /", *number) == NULL) {
			return (0);
		}
	}
	digits_r[count] = '\0';
	return (count >= PHONES_TAIL_DIGITS);
}

static int
read_digits(const char *number, char digits_r[PHONES_MAX_DIGITS + 1])
{
	struct text folded = { 0 };
	int is_number;

	if (is_ascii(number))
		return (read_ascii_digits(number, digits_r));
	/* Digits of another script; rare, so folding may cost something. */
	answer_fold(number, &folded);
	is_number = read_ascii_digits(text_string(&folded), digits_r);
	text_free(&folded);
	return (is_number);
}

static uint32_t
tail_of(const char *digits)
{
	uint32_t tail = 0;

	for (digits += strlen(digits) - PHONES_TAIL_DIGITS; *digits != '\0';
	     digits++)
		tail = tail * 10 + (uint32_t)(*digits - '0');
	return (tail);
}

static uint32_t *
head_of(struct demo_phones *phones, uint32_t tail)
{
	/* Spreads numbers that differ in their middle digits only (Knuth). */
	uint32_t mixed = tail * 2654435761U;

	return (&phones->heads[(mixed >> 8) & (phones->room - 1)]);
}

static void
unlink_use(struct demo_phones *phones, uint32_t place)
{
	struct entry *entry = &phones->entries[place];

	if (entry->older != 0)
		phones->entries[entry->older].newer = entry->newer;
	else
		phones->oldest = entry->newer;
	if (entry->newer != 0)
		phones->entries[entry->newer].older = entry->older;
	else
		phones->newest = entry->older;
}

static void
link_newest(struct demo_phones *phones, uint32_t place)
{
	struct entry *entry = &phones->entries[place];

	entry->used = ++phones->uses;
	entry->older = phones->newest;
	entry->newer = 0;
	if (phones->newest != 0)
		phones->entries[phones->newest].newer = place;
	else
		phones->oldest = place;
	phones->newest = place;
}

static void
link_head(struct demo_phones *phones, uint32_t place)
{
	uint32_t *head = head_of(phones, phones->entries[place].tail);

	phones->entries[place].next = *head;
	*head = place;
}

static void
unlink_head(struct demo_phones *phones, uint32_t place)
{
	uint32_t *at = head_of(phones, phones->entries[place].tail);

	while (*at != place)
		at = &phones->entries[*at].next;
	*at = phones->entries[place].next;
}

static void
grow(struct demo_phones *phones)
{
	uint32_t room = phones->room * 2;

	phones->entries = memory_grow(
	    phones->entries, phones->room, room, sizeof(*phones->entries));
	free(phones->heads);
	phones->heads = memory_new(room, sizeof(*phones->heads));
	phones->room = room;
	for (uint32_t place = 1; place <= phones->count; place++)
		link_head(phones, place);
}

/* A place for one more number: a new one, or the oldest one's. */
static uint32_t
take_place(struct demo_phones *phones)
{
	uint32_t place = phones->oldest;

	if (phones->count == PHONES_MOST - 1) {
		unlink_head(phones, place);
		unlink_use(phones, place);
		return (place);
	}
	if (phones->count + 1 == phones->room)
		grow(phones);
	return (++phones->count);
}

void
demo_phones_forget_client(struct demo_phones *phones, uint64_t client)
{
	for (uint32_t place = 1; place <= phones->count; place++) {
		if (phones->entries[place].client == client)
			phones->entries[place].client = 0;
	}
}

static uint32_t
find_exact(struct demo_phones *phones, const char *digits)
{
	uint32_t tail = tail_of(digits);
	uint32_t place = *head_of(phones, tail);

	while (place != 0 &&
	    (phones->entries[place].tail != tail ||
		strcmp(phones->entries[place].digits, digits) != 0))
		place = phones->entries[place].next;
	return (place);
}

static int
is_tail(const char *digits, const char *written)
{
	size_t length = strlen(digits);
	size_t tail_length = strlen(written);

	return (tail_length < length &&
	    strcmp(digits + length - tail_length, written) == 0);
}

static uint32_t
find_by_tail(struct demo_phones *phones, const char *digits)
{
	uint32_t tail = tail_of(digits);
	uint32_t place = *head_of(phones, tail);
	uint32_t best = 0;

	for (; place != 0; place = phones->entries[place].next) {
		const struct entry *entry = &phones->entries[place];

		if (entry->tail == tail && entry->client != 0 &&
		    is_tail(digits, entry->digits) &&
		    entry->used >= phones->entries[best].used)
			best = place;
	}
	return (best);
}

void
demo_phones_note(
    struct demo_phones *phones, const char *number, uint64_t client)
{
	char digits[PHONES_MAX_DIGITS + 1];
	uint32_t place;

	if (!read_digits(number, digits))
		return;
	place = find_exact(phones, digits);
	if (place != 0) {
		unlink_use(phones, place);
	} else {
		place = take_place(phones);
		assert(place < phones->room);
		memcpy(phones->entries[place].digits, digits, sizeof(digits));
		phones->entries[place].tail = tail_of(digits);
		link_head(phones, place);
	}
	phones->entries[place].client = client;
	link_newest(phones, place);
}

enum outcome
demo_phones_find(
    struct demo_phones *phones, const char *e164, uint64_t *client_r)
{
	char digits[PHONES_MAX_DIGITS + 1];
	uint32_t place;

	if (!read_digits(e164, digits))
		return (NOTHING);
	place = find_exact(phones, digits);
	if (place == 0 || phones->entries[place].client == 0)
		place = find_by_tail(phones, digits);
	if (place == 0)
		return (NOTHING);
	*client_r = phones->entries[place].client;
	return (DONE);
}
