#include "menus/screen_text.h"

#include "gateway/base/memory.h"
#include "gateway/text/gsm0338.h"
#include "gateway/text/segments.h"
#include "gateway/text/utf8.h"
#include "menus/facts.h"
#include "menus/placeholders.h"

/* Marks a text that was cut; in the GSM alphabet, unlike an ellipsis. */
static const char cut_mark[] = "...";

enum { CHOICES_TOGETHER_MOST = 3 };

/* What may be filled in besides facts and the reference. */
struct filling {
	const struct speaker *speaker;
	const struct screen *asked; /* {min} and {max}, or NULL */
	const struct screen *list; /* {done} and {all}, or NULL */
};

/* A number of the walk, or without one a number as long as most get. */
static int64_t
number_of(const struct speaker *speaker, const char *name)
{
	enum { LONG_NUMBER = 1000000 };
	int64_t number = 0;

	if (speaker->wording != WORDING_NOW)
		return (corridor_largest_number(speaker->corridor, name));
	if (speaker->values == NULL)
		return (LONG_NUMBER);
	(void)walk_values_number(speaker->values, name, &number);
	return (number);
}

static void
fill_number(const struct filling *filling, const struct placeholder *found,
    struct text *out)
{
	const struct speaker *speaker = filling->speaker;
	const struct screen *list = filling->list;
	char name[WALK_ID_MAX_BYTES + 1];
	int64_t number;

	snprintf(
	    name, sizeof(name), "%.*s", (int)found->name_length, found->name);
	if (filling->asked != NULL)
		number = placeholder_is_named(found, "min")
		    ? filling->asked->min
		    : filling->asked->max;
	else if (list != NULL && placeholder_is_named(found, "all"))
		number = (int64_t)list->option_count;
	else if (list != NULL && placeholder_is_named(found, "done"))
		number = speaker->values != NULL
		    ? (int64_t)walk_count_done(speaker->values->walk, list)
		    : 0;
	else
		number = number_of(speaker, name);
	text_printf(out, "%lld", (long long)number);
}

static void
fill_in(const struct filling *filling, const struct placeholder *found,
    struct text *out)
{
	const struct speaker *speaker = filling->speaker;
	const char *name;
	size_t length;
	int is_date;

	if (placeholder_is_fact(found, &name, &length, &is_date)) {
		const struct fact *fact =
		    facts_find(speaker->corridor->facts, name, length);

		if (fact != NULL && is_date)
			speak_date(speaker, fact->checked_on, out);
		else if (fact != NULL)
			text_add(out, fact->value);
	} else if (placeholder_is_named(found, "ref")) {
		text_add(out, speaker->ref != NULL ? speaker->ref : "");
	} else {
		fill_number(filling, found, out);
	}
}

static void
fill_all(const struct filling *filling, const char *words, struct text *out)
{
	struct placeholder found = { 0 };

	while (placeholder_next(words, &found) == 1) {
		text_add_bytes(out, words, (size_t)(found.start - words));
		fill_in(filling, &found, out);
		words = found.end;
	}
	text_add(out, words);
}

void
speak_filled(const struct speaker *speaker, const char *words, struct text *out)
{
	struct filling filling = { .speaker = speaker };

	fill_all(&filling, words, out);
}

void
speak_system(const struct speaker *speaker, enum system_text which,
    const struct screen *screen, struct text *out)
{
	struct filling filling = { .speaker = speaker, .asked = screen };

	fill_all(
	    &filling, menus_say(speaker->menus, speaker->language, which), out);
}

static const char *
translated(const struct speaker *speaker, const char *id, const char *source)
{
	return (catalog_text(
	    speaker->menus->catalog, speaker->language, id, source));
}

/* Scores are known always, other numbers when the answers are there. */
static int
numbers_are_known(const struct speaker *speaker, const struct screen *screen)
{
	int64_t number;

	if (speaker->values == NULL || screen->text_without == NULL)
		return (1);
	for (size_t i = 0; i < screen->number_count; i++)
		if (!walk_values_number(
			speaker->values, screen->numbers[i], &number))
			return (0);
	return (1);
}

void
speak_screen_text(const struct speaker *speaker, const struct screen *screen,
    struct text *out)
{
	struct filling filling = { .speaker = speaker };
	int may_be_sent = numbers_are_known(speaker, screen);

	if (screen->kind == SCREEN_CHECKLIST)
		filling.list = screen;
	for (size_t i = 0; i < screen->fact_count; i++)
		may_be_sent &=
		    fact_may_be_sent(screen->facts[i], speaker->now_utc_s);
	if (speaker->wording != WORDING_NOW)
		may_be_sent = speaker->wording == WORDING_LONGEST ||
		    screen->text_without == NULL;
	fill_all(&filling,
	    may_be_sent ? translated(speaker, screen->text_id, screen->text)
			: translated(speaker, screen->text_without_id,
			      screen->text_without),
	    out);
}

void
speak_explanation(const struct speaker *speaker, const struct screen *screen,
    int is_right, struct text *out)
{
	text_add(out,
	    is_right ? translated(speaker, screen->right_id, screen->right)
		     : translated(speaker, screen->wrong_id, screen->wrong));
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
	size_t before = body->count;

	text_add_byte(&line, '0' + (int)(number % 10));
	text_add_byte(&line, ' ');
	text_add(&line, words);
	body_add(body, text_string(&line));
	text_free(&line);
	if (body->count == before)
		return;
	if (body->option_count++ == 0)
		body->first_option = before;
}

void
body_free(struct body *body)
{
	text_free(&body->words);
	*body = (struct body){ .count = 0 };
}

static void
add_system_option(const struct speaker *speaker, struct body *body,
    unsigned number, enum system_text which)
{
	body_add_option(
	    body, number, menus_say(speaker->menus, speaker->language, which));
}

static void
add_notices(const struct speaker *speaker, struct body *body)
{
	const struct corridor *corridor = speaker->corridor;

	for (size_t i = 0; i < corridor->notice_count; i++) {
		const struct notice *notice = &corridor->notices[i];

		if (speaker->now_utc_s >= notice->from_utc_s &&
		    speaker->now_utc_s < notice->until_utc_s)
			body_add(body,
			    translated(speaker, notice->text_id, notice->text));
	}
}

/* An item of a checklist says behind its words that it is done; who has no walk
 * wants to know how long the screen gets. */
static void
add_option(const struct speaker *speaker, const struct screen *screen,
    size_t place, struct body *body)
{
	const struct screen_option *option = &screen->options[place];
	const char *done =
	    menus_say(speaker->menus, speaker->language, SAY_DONE);
	struct text words = { 0 };

	text_add(&words, translated(speaker, option->text_id, option->text));
	if (screen->kind == SCREEN_CHECKLIST &&
	    (speaker->values == NULL ||
		walk_is_done(speaker->values->walk, screen, option)))
		text_printf(&words, " %s", done[0] != '\0' ? done : "OK");
	body_add_option(body, (unsigned)place + 1, text_string(&words));
	text_free(&words);
}

void
speak_screen(const struct speaker *speaker, const struct screen *screen,
    struct body *body)
{
	struct text text = { 0 };
	unsigned number = (unsigned)screen->option_count;

	if (strcmp(screen->id, speaker->corridor->home) == 0)
		add_notices(speaker, body);
	speak_screen_text(speaker, screen, &text);
	body_add(body, text_string(&text));
	text_free(&text);
	for (size_t i = 0; i < screen->option_count; i++)
		add_option(speaker, screen, i, body);
	if (screen_has_next(screen))
		add_system_option(speaker, body, ++number, SAY_NEXT);
	if (screen->may_skip)
		add_system_option(speaker, body, ++number, SAY_SKIP);
}

int
text_fits(const struct speaker *speaker, const char *words)
{
	enum alphabet alphabet;
	unsigned units = segments_units(words, &alphabet);

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
 * into one answer.  What is longer never fits where its beginning does not. */
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
	for (size_t i = body->count; i > 0 && body->ends[i - 1] > start; i--) {
		size_t end = body->ends[i - 1];

		if (piece_fits(speaker, body->words.bytes + start, end - start,
			behind))
			return (end);
	}
	return (start);
}

/* The last place between characters where it can; at least one further, since
 * a page must not stand still. */
static size_t
end_between_characters(const struct speaker *speaker, const struct body *body,
    size_t start, const char *behind)
{
	const char *bytes = body->words.bytes;
	size_t end = start + utf8_character_bytes(bytes + start);

	for (;;) {
		size_t next = end + utf8_character_bytes(bytes + end);

		if (next == end ||
		    !piece_fits(speaker, bytes + start, next - start, behind))
			return (end);
		end = next;
	}
}

/* 1 when a sentence ends before byte `at`, in any of our scripts. */
static int
ends_sentence(const char *bytes, size_t start, size_t at)
{
	static const char *const marks[] = { ".", "?", "!", "।", "။", "።", "؟",
		"۔" };

	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		size_t length = strlen(marks[i]);

		if (at - start > length &&
		    memcmp(bytes + at - length, marks[i], length) == 0)
			return (1);
	}
	return (0);
}

/* The last place between words, or else between characters; between sentences
 * where they take two thirds of the page, since that is easier to read. */
static size_t
end_between_words(const struct speaker *speaker, const struct body *body,
    size_t start, const char *behind)
{
	const char *bytes = body->words.bytes;
	size_t sentence = start;
	size_t end = start;

	for (size_t at = start; bytes[at] != '\0'; at++) {
		if (at == start || (bytes[at] != ' ' && bytes[at] != '\n'))
			continue;
		if (!piece_fits(speaker, bytes + start, at - start, behind))
			break;
		end = at;
		if (ends_sentence(bytes, start, at))
			sentence = at;
	}
	if (sentence - start > (end - start) * 2 / 3)
		return (sentence);
	return (end > start
		? end
		: end_between_characters(speaker, body, start, behind));
}

static size_t
skip_blanks(const struct body *body, size_t at)
{
	while (body->words.bytes[at] == ' ' || body->words.bytes[at] == '\n')
		at++;
	return (at);
}

/* Where a page ends that would end at `end`, between the choices of a question
 * that fit one page together: before them. */
static size_t
keep_together(const struct speaker *speaker, const struct body *body,
    size_t start, size_t end)
{
	size_t before, last;

	if (body->option_count < 2 ||
	    body->option_count > CHOICES_TOGETHER_MOST ||
	    body->first_option == 0)
		return (end);
	before = body->ends[body->first_option - 1];
	last = body->ends[body->first_option + body->option_count - 1];
	if (before <= start || end <= before || end >= last ||
	    !piece_fits(speaker, body->words.bytes + before + 1,
		body->words.length - before - 1, ""))
		return (end);
	return (before);
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
	end = keep_together(speaker, body, start,
	    end_between_pieces(speaker, body, start, behind));
	if (end == start)
		end = end_between_words(speaker, body, start, behind);
	return (end);
}

size_t
speak_first(
    const struct speaker *speaker, const struct body *body, struct text *out)
{
	struct text behind = { 0 };
	size_t end = body->words.length;

	text_printf(&behind, "\n%s",
	    menus_say(speaker->menus, speaker->language, SAY_MORE));
	if (!piece_fits(speaker, body->words.bytes, end, text_string(&behind)))
		end = end_between_words(speaker, body, 0, text_string(&behind));
	text_add_bytes(out, body->words.bytes, end);
	text_add_bytes(out, behind.bytes, behind.length);
	text_free(&behind);
	return (skip_blanks(body, end));
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
