#include "menus/screen_text.h"

#include "gateway/base/memory.h"
#include "gateway/text/gsm0338.h"
#include "gateway/text/segments.h"
#include "gateway/text/utf8.h"
#include "menus/facts.h"
#include "menus/placeholders.h"

/* Marks a text that was cut; in the GSM alphabet, unlike an ellipsis. */
static const char cut_mark[] = "...";

static void
fill_in(const struct speaker *speaker, const struct placeholder *found,
    const struct screen *screen, struct text *out)
{
	const char *name;
	size_t length;
	int is_date;

	if (placeholder_is_fact(found, &name, &length, &is_date)) {
		const struct fact *fact =
		    facts_find(speaker->corridor->facts, name, length);

		if (fact != NULL)
			text_add(out, is_date ? fact->checked_on : fact->value);
	} else if (found->name_length != 3) {
		return;
	} else if (memcmp(found->name, "ref", 3) == 0) {
		text_add(out, speaker->ref != NULL ? speaker->ref : "");
	} else if (screen != NULL) {
		text_printf(out, "%lld",
		    (long long)(memcmp(found->name, "min", 3) == 0
			    ? screen->min
			    : screen->max));
	}
}

static void
fill_all(const struct speaker *speaker, const char *words,
    const struct screen *screen, struct text *out)
{
	struct placeholder found = { 0 };

	while (placeholder_next(words, &found) == 1) {
		text_add_bytes(out, words, (size_t)(found.start - words));
		fill_in(speaker, &found, screen, out);
		words = found.end;
	}
	text_add(out, words);
}

void
speak_filled(const struct speaker *speaker, const char *words, struct text *out)
{
	fill_all(speaker, words, NULL, out);
}

void
speak_system(const struct speaker *speaker, enum system_text which,
    const struct screen *screen, struct text *out)
{
	fill_all(speaker, menus_say(speaker->menus, speaker->language, which),
	    screen, out);
}

static const char *
translated(const struct speaker *speaker, const char *id, const char *source)
{
	return (catalog_text(
	    speaker->menus->catalog, speaker->language, id, source));
}

void
speak_screen_text(const struct speaker *speaker, const struct screen *screen,
    struct text *out)
{
	int may_be_sent = 1;

	for (size_t i = 0; i < screen->fact_count; i++)
		may_be_sent &=
		    fact_may_be_sent(screen->facts[i], speaker->now_utc_s);
	if (may_be_sent)
		fill_all(speaker,
		    translated(speaker, screen->text_id, screen->text), NULL,
		    out);
	else
		fill_all(speaker,
		    translated(
			speaker, screen->text_without_id, screen->text_without),
		    NULL, out);
}

static int
is_ascii(const char *words)
{
	for (; *words != '\0'; words++)
		if ((unsigned char)*words >= 0x80)
			return (0);
	return (1);
}

/* One curly quote must not make a text three times as dear. */
static void
add_simplified(struct text *out, const char *words)
{
	if (is_ascii(words))
		text_add(out, words);
	else
		gsm0338_add_simplified(out, words, 0);
}

void
body_add(struct body *body, const char *words)
{
	if (words[0] == '\0' || body->count == BODY_PIECES_MOST)
		return;
	if (body->words.length > 0)
		text_add_byte(&body->words, '\n');
	add_simplified(&body->words, words);
	body->ends[body->count++] = body->words.length;
}

void
body_add_option(struct body *body, unsigned number, const char *words)
{
	struct text line = { 0 };

	text_add_byte(&line, '0' + (int)(number % 10));
	text_add_byte(&line, ' ');
	text_add(&line, words);
	body_add(body, text_string(&line));
	text_free(&line);
}

void
body_free(struct body *body)
{
	text_free(&body->words);
	body->count = 0;
}

static void
add_system_option(const struct speaker *speaker, struct body *body,
    unsigned number, enum system_text which)
{
	body_add_option(
	    body, number, menus_say(speaker->menus, speaker->language, which));
}

void
speak_screen(const struct speaker *speaker, const struct screen *screen,
    struct body *body)
{
	struct text text = { 0 };
	unsigned number = 0;

	speak_screen_text(speaker, screen, &text);
	body_add(body, text_string(&text));
	text_free(&text);
	for (size_t i = 0; i < screen->option_count; i++) {
		const struct screen_option *option = &screen->options[i];

		body_add_option(body, ++number,
		    translated(speaker, option->text_id, option->text));
	}
	if (screen->kind == SCREEN_INFO && screen->way_count > 0)
		add_system_option(speaker, body, ++number, SAY_NEXT);
	if (screen->may_skip)
		add_system_option(speaker, body, ++number, SAY_SKIP);
}

int
text_fits(const struct speaker *speaker, const char *words)
{
	enum alphabet alphabet;
	unsigned units;

	(void)segments_count(words, &alphabet, &units);
	return (
	    units <= (alphabet == ALPHABET_GSM ? speaker->channel->gsm_units
					       : speaker->channel->ucs2_units));
}

void
body_add_if_free(
    const struct speaker *speaker, struct body *body, const char *words)
{
	enum alphabet alphabet;
	unsigned units;
	unsigned before =
	    segments_count(text_string(&body->words), &alphabet, &units);
	size_t length = body->words.length;
	size_t count = body->count;

	body_add(body, words);
	if (segments_count(text_string(&body->words), &alphabet, &units) >
		before ||
	    !text_fits(speaker, text_string(&body->words))) {
		text_cut(&body->words, length);
		body->count = count;
	}
}

/* 1 when bytes of a body, with what stands behind each page but the last, fit
 * into one answer. */
static int
piece_fits(const struct speaker *speaker, const char *bytes, size_t length,
    const char *behind)
{
	struct text page = { 0 };
	int fits;

	text_add_bytes(&page, bytes, length);
	text_add(&page, behind);
	fits = text_fits(speaker, text_string(&page));
	text_free(&page);
	return (fits);
}

/* The last place between pieces where a page from `start` can end, or
 * `start`. */
static size_t
end_between_pieces(const struct speaker *speaker, const struct body *body,
    size_t start, const char *behind)
{
	size_t end = start;

	for (size_t i = 0; i < body->count; i++) {
		if (body->ends[i] <= start)
			continue;
		if (!piece_fits(speaker, body->words.bytes + start,
			body->ends[i] - start, behind))
			break;
		end = body->ends[i];
	}
	return (end);
}

/* The last place between words, or else between characters, where it can; at
 * least one byte further, since a page must not stand still. */
static size_t
end_between_words(const struct speaker *speaker, const struct body *body,
    size_t start, const char *behind)
{
	const char *bytes = body->words.bytes;
	size_t word = start;
	size_t at = start;

	for (;;) {
		size_t next = at + utf8_character_bytes(bytes + at);

		if (next == at ||
		    !piece_fits(speaker, bytes + start, next - start, behind))
			break;
		if (bytes[next] == ' ' || bytes[next] == '\n')
			word = next;
		at = next;
	}
	if (word > start)
		return (word);
	if (at > start)
		return (at);
	return (start + utf8_character_bytes(bytes + start));
}

static size_t
skip_blanks(const struct body *body, size_t at)
{
	while (body->words.bytes[at] == ' ' || body->words.bytes[at] == '\n')
		at++;
	return (at);
}

/* Where the page that starts at `start` ends. */
static size_t
end_of_page(const struct speaker *speaker, const struct body *body,
    size_t start, const char *behind)
{
	size_t end;

	if (piece_fits(speaker, body->words.bytes + start,
		body->words.length - start, ""))
		return (body->words.length);
	end = end_between_pieces(speaker, body, start, behind);
	if (end == start)
		end = end_between_words(speaker, body, start, behind);
	return (end);
}

int
speak_page(const struct speaker *speaker, const struct body *body, int page,
    struct text *out, int *page_r)
{
	struct text behind = { 0 };
	size_t start = 0;
	size_t end;
	int at = 0;

	if (body->words.length == 0) {
		*page_r = 0;
		return (0);
	}
	text_printf(&behind, "\n%s",
	    menus_say(speaker->menus, speaker->language, SAY_MORE));
	end = end_of_page(speaker, body, start, text_string(&behind));
	while (at < page && end < body->words.length) {
		start = skip_blanks(body, end);
		end = end_of_page(speaker, body, start, text_string(&behind));
		at++;
	}
	*page_r = at;
	text_add_bytes(out, body->words.bytes + start, end - start);
	if (end < body->words.length)
		text_add_bytes(out, behind.bytes, behind.length);
	text_free(&behind);
	return (end < body->words.length);
}

void
speak_cut(const struct speaker *speaker, const char *words, struct text *out)
{
	struct body body = { 0 };
	size_t end;

	body_add(&body, words);
	if (body.count == 0)
		return;
	end = end_of_page(speaker, &body, 0, cut_mark);
	text_add_bytes(out, body.words.bytes, end);
	if (end < body.words.length)
		text_add(out, cut_mark);
	body_free(&body);
}
