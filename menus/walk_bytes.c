#include "menus/menu_walk.h"

#include "gateway/base/memory.h"
#include "gateway/text/utf8.h"

/*
 * A walk as bytes: the version, then fields in a fixed order.  Numbers are
 * eight bytes little endian; strings are their length in two bytes and their
 * bytes.
 */
enum { VERSION_WITHOUT_LINKS = 1, WALK_VERSION = 2 };

/* Bits of the version's byte: so a walk that needs neither is as it was. */
enum {
	WALK_ZAWGYI = 0x80,
	WALK_PROMPTED = 0x40,
	WALK_BITS = WALK_ZAWGYI | WALK_PROMPTED,
};

/* What is left to read. */
struct source {
	const unsigned char *at;
	size_t left;
	int is_bad;
};

static void
put_number(struct text *bytes, int64_t number)
{
	uint64_t rest = (uint64_t)number;

	for (int i = 0; i < 8; i++) {
		text_add_byte(bytes, (int)(rest & 0xff));
		rest >>= 8;
	}
}

static void
put_string(struct text *bytes, const char *string)
{
	size_t length = strlen(string);

	text_add_byte(bytes, (int)(length & 0xff));
	text_add_byte(bytes, (int)(length >> 8 & 0xff));
	text_add_bytes(bytes, string, length);
}

void
walk_write(const struct walk *walk, struct text *bytes)
{
	text_add_byte(bytes,
	    WALK_VERSION | (walk->is_zawgyi ? WALK_ZAWGYI : 0) |
		(walk->is_prompted ? WALK_PROMPTED : 0));
	put_number(bytes, walk->mood);
	put_string(bytes, walk->line_corridor);
	put_string(bytes, walk->corridor);
	put_string(bytes, walk->screen);
	put_string(bytes, walk->language);
	put_number(bytes, walk->misread);
	put_number(bytes, walk->page);
	put_number(bytes, walk->last_utc_s);
	put_number(bytes, (int64_t)walk->trail_count);
	for (size_t i = 0; i < walk->trail_count; i++)
		put_string(bytes, walk->trail[i]);
	put_string(bytes, walk->rest != NULL ? walk->rest : "");
	put_number(bytes, (int64_t)walk->answer_count);
	for (size_t i = 0; i < walk->answer_count; i++) {
		put_string(bytes, walk->answers[i].name);
		put_string(bytes, walk->answers[i].screen);
		put_string(bytes, walk->answers[i].value);
	}
}

static const unsigned char *
take(struct source *source, size_t length)
{
	const unsigned char *at = source->at;

	if (source->is_bad || length > source->left) {
		source->is_bad = 1;
		return (NULL);
	}
	source->at += length;
	source->left -= length;
	return (at);
}

static int64_t
take_number(struct source *source, int64_t min, int64_t max)
{
	const unsigned char *at = take(source, 8);
	uint64_t number = 0;
	int64_t value;

	if (at == NULL)
		return (min);
	for (int i = 7; i >= 0; i--)
		number = number << 8 | at[i];
	value = (int64_t)number;
	if (value < min || value > max) {
		source->is_bad = 1;
		return (min);
	}
	return (value);
}

/* The bytes of a string of at most `most`, clean UTF-8, or NULL. */
static const char *
take_string(struct source *source, size_t most, size_t *length_r)
{
	const unsigned char *at = take(source, 2);
	const char *string;

	if (at == NULL)
		return (NULL);
	*length_r = (size_t)at[0] | (size_t)at[1] << 8;
	string = (const char *)take(source, *length_r);
	if (string != NULL &&
	    (*length_r > most || !utf8_is_clean(string, *length_r)))
		source->is_bad = 1;
	return (source->is_bad ? NULL : string);
}

/* Into a field of `room` bytes. */
static void
take_field(struct source *source, char *field, size_t room)
{
	size_t length = 0;
	const char *string = take_string(source, room - 1, &length);

	if (string != NULL)
		memcpy(field, string, length);
	field[string != NULL ? length : 0] = '\0';
}

static void
take_answer(struct source *source, struct walk *walk)
{
	struct walk_answer *answer = &walk->answers[walk->answer_count];
	const char *value;
	size_t length = 0;

	take_field(source, answer->name, sizeof(answer->name));
	take_field(source, answer->screen, sizeof(answer->screen));
	value = take_string(source, WALK_ANSWER_MAX_BYTES, &length);
	if (value == NULL)
		return;
	answer->value = memory_new(length + 1, 1);
	memcpy(answer->value, value, length);
	walk->answer_count++;
}

static void
take_rest(struct source *source, struct walk *walk)
{
	size_t length = 0;
	const char *rest = take_string(source, WALK_REST_MAX_BYTES, &length);

	if (rest == NULL || length == 0)
		return;
	walk->rest = memory_new(length + 1, 1);
	memcpy(walk->rest, rest, length);
}

static void
take_walk(struct source *source, int version, struct walk *walk)
{
	size_t count;

	walk->mood =
	    (enum walk_mood)take_number(source, WALK_FRESH, WALK_ASKS_TEXTS);
	if (version > VERSION_WITHOUT_LINKS)
		take_field(
		    source, walk->line_corridor, sizeof(walk->line_corridor));
	take_field(source, walk->corridor, sizeof(walk->corridor));
	if (version == VERSION_WITHOUT_LINKS)
		memcpy(walk->line_corridor, walk->corridor,
		    sizeof(walk->line_corridor));
	take_field(source, walk->screen, sizeof(walk->screen));
	take_field(source, walk->language, sizeof(walk->language));
	walk->misread = (int)take_number(source, 0, INT32_MAX);
	walk->page = (int)take_number(source, WALK_PAGE_BEFORE, INT32_MAX);
	walk->last_utc_s = take_number(source, INT64_MIN, INT64_MAX);
	count = (size_t)take_number(source, 0, WALK_TRAIL_MOST);
	for (; walk->trail_count < count && !source->is_bad;
	     walk->trail_count++)
		take_field(source, walk->trail[walk->trail_count],
		    sizeof(walk->trail[0]));
	if (version > VERSION_WITHOUT_LINKS)
		take_rest(source, walk);
	count = (size_t)take_number(source, 0, WALK_ANSWERS_MOST);
	while (walk->answer_count < count && !source->is_bad)
		take_answer(source, walk);
}

enum outcome
walk_read(const void *bytes, size_t length, struct walk *walk_r)
{
	struct source source = { .at = bytes, .left = length };
	const unsigned char *version;

	*walk_r = (struct walk){ 0 };
	version = take(&source, 1);
	if (version == NULL ||
	    (*version & ~WALK_BITS) < VERSION_WITHOUT_LINKS ||
	    (*version & ~WALK_BITS) > WALK_VERSION)
		return (REFUSED);
	walk_r->is_zawgyi = (*version & WALK_ZAWGYI) != 0;
	walk_r->is_prompted = (*version & WALK_PROMPTED) != 0;
	take_walk(&source, *version & ~WALK_BITS, walk_r);
	if (!source.is_bad && source.left == 0)
		return (DONE);
	walk_free(walk_r);
	return (REFUSED);
}

void
walk_free(struct walk *walk)
{
	for (size_t i = 0; i < walk->answer_count; i++) {
		explicit_bzero(
		    walk->answers[i].value, strlen(walk->answers[i].value));
		free(walk->answers[i].value);
	}
	if (walk->rest != NULL)
		explicit_bzero(walk->rest, strlen(walk->rest));
	free(walk->rest);
	explicit_bzero(walk, sizeof(*walk));
}

const char *
walk_answer(const struct walk *walk, const char *name)
{
	for (size_t i = 0; i < walk->answer_count; i++)
		if (strcmp(walk->answers[i].name, name) == 0)
			return (walk->answers[i].value);
	return (NULL);
}
