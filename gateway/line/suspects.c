#include "gateway/line/suspects.h"

#include <inttypes.h>
#include <string.h>

enum {
	FIELDS = 4,
};

struct suspect *
suspects_find(struct suspects *suspects, int64_t location)
{
	for (size_t i = 0; i < suspects->count; i++) {
		if (suspects->list[i].location == location)
			return (&suspects->list[i]);
	}
	return (NULL);
}

static size_t
least_marked(const struct suspects *suspects)
{
	size_t least = 0;

	for (size_t i = 1; i < suspects->count; i++) {
		const struct suspect *one = &suspects->list[i];
		const struct suspect *other = &suspects->list[least];

		if (one->crashes + one->waits < other->crashes + other->waits)
			least = i;
	}
	return (least);
}

static struct suspect *
find_or_add(struct suspects *suspects, int64_t location)
{
	struct suspect *suspect = suspects_find(suspects, location);

	if (suspect != NULL)
		return (suspect);
	suspect = suspects->count < SUSPECTS_MOST
	    ? &suspects->list[suspects->count++]
	    : &suspects->list[least_marked(suspects)];
	*suspect = (struct suspect){ .location = location };
	return (suspect);
}

static int
one_more(int count)
{
	return (count < SUSPECT_COUNT_MOST ? count + 1 : count);
}

struct suspect *
suspects_note_crash(struct suspects *suspects, int64_t location, int64_t now_ms)
{
	struct suspect *suspect = find_or_add(suspects, location);

	suspect->crashes = one_more(suspect->crashes);
	suspect->retry_ms = now_ms;
	return (suspect);
}

struct suspect *
suspects_note_wait(struct suspects *suspects, int64_t location, int64_t now_ms)
{
	struct suspect *suspect = find_or_add(suspects, location);
	int64_t pause_ms = SUSPECT_PAUSE_LEAST_MS;

	suspect->waits = one_more(suspect->waits);
	for (int i = 1; i < suspect->waits && pause_ms < SUSPECT_PAUSE_MOST_MS;
	     i++)
		pause_ms *= 2;
	if (pause_ms > SUSPECT_PAUSE_MOST_MS)
		pause_ms = SUSPECT_PAUSE_MOST_MS;
	suspect->retry_ms = now_ms + pause_ms;
	return (suspect);
}

void
suspects_clear(struct suspects *suspects, int64_t location)
{
	struct suspect *suspect = suspects_find(suspects, location);

	if (suspect != NULL)
		*suspect = suspects->list[--suspects->count];
}

int
suspect_is_given_up(const struct suspect *suspect)
{
	return (suspect->crashes >= SUSPECT_CRASHES_MOST);
}

struct suspect *
suspects_due(struct suspects *suspects, int64_t now_ms, int64_t *at_ms_r)
{
	int64_t at_ms = INT64_MAX;

	for (size_t i = 0; i < suspects->count; i++) {
		struct suspect *suspect = &suspects->list[i];

		if (!suspect->is_there)
			continue;
		if (suspect->retry_ms <= now_ms)
			return (suspect);
		if (suspect->retry_ms < at_ms)
			at_ms = suspect->retry_ms;
	}
	if (at_ms < *at_ms_r)
		*at_ms_r = at_ms;
	return (NULL);
}

void
suspects_write(
    const struct suspects *suspects, int64_t now_ms, struct text *words)
{
	for (size_t i = 0; i < suspects->count; i++) {
		const struct suspect *suspect = &suspects->list[i];
		int64_t pause_ms = suspect->retry_ms - now_ms;

		text_printf(words, "%s%" PRId64 ":%d:%d:%" PRId64,
		    i > 0 ? "," : "", suspect->location, suspect->crashes,
		    suspect->waits, pause_ms > 0 ? pause_ms : 0);
	}
}

/* One number up to `end` or the end of the string; NULL when it is none. */
static const char *
read_number(const char *words, char end, int64_t max, int64_t *number_r)
{
	char digits[20];
	size_t length = strcspn(words, ":,");

	if (length >= sizeof(digits) ||
	    (words[length] != end && words[length] != '\0'))
		return (NULL);
	memcpy(digits, words, length);
	digits[length] = '\0';
	if (!text_read_integer(digits, 0, max, number_r))
		return (NULL);
	return (words + length + (words[length] == end));
}

int
suspects_read(const char *words, int64_t now_ms, struct suspects *suspects_r)
{
	static const int64_t most[FIELDS] = { INT32_MAX, SUSPECT_COUNT_MOST,
		SUSPECT_COUNT_MOST, SUSPECT_PAUSE_MOST_MS };

	memset(suspects_r, 0, sizeof(*suspects_r));
	while (*words != '\0') {
		int64_t fields[FIELDS];

		if (suspects_r->count == SUSPECTS_MOST)
			return (0);
		for (int i = 0; i < FIELDS; i++) {
			words = read_number(words, i < FIELDS - 1 ? ':' : ',',
			    most[i], &fields[i]);
			if (words == NULL)
				return (0);
		}
		suspects_r->list[suspects_r->count++] = (struct suspect){
			.location = fields[0],
			.crashes = (int)fields[1],
			.waits = (int)fields[2],
			.retry_ms = now_ms + fields[3],
		};
	}
	return (1);
}
