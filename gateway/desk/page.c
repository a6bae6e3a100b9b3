#include "gateway/desk/page.h"

#include <ctype.h>
#include <inttypes.h>

#include "gateway/base/outcome.h"
#include "locales/catalog.h"

/* What HTML reads as its own. */
static const char *const escapes[256] = {
	['&'] = "&amp;",
	['<'] = "&lt;",
	['>'] = "&gt;",
	['"'] = "&quot;",
	['\''] = "&#39;",
};

void
page_free(struct page *page)
{
	text_free(&page->html);
}

void
page_add_literal(struct page *page, const char *literal, size_t length)
{
	text_add_bytes(&page->html, literal, length);
}

void
page_markup(struct page *page, const struct text *markup)
{
	text_add_bytes(&page->html, text_string(markup), markup->length);
}

/* U+202A-202E and U+2066-2069, which turn text around unseen: three bytes each
 * in UTF-8. */
static int
is_hidden_mark(const unsigned char *at)
{
	return (at[0] == 0xe2 &&
	    ((at[1] == 0x80 && at[2] >= 0xaa && at[2] <= 0xae) ||
		(at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9)));
}

static int
is_control(unsigned char byte)
{
	return ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f);
}

/* Adds one sign and returns its bytes. */
static size_t
add_sign(struct text *html, const unsigned char *at)
{
	if (is_hidden_mark(at)) {
		text_printf(html, "[U+%04X]",
		    0x2000u | (unsigned)(at[1] & 0x3f) << 6 |
			(unsigned)(at[2] & 0x3f));
		return (3);
	}
	if (is_control(*at))
		text_printf(html, "[U+%04X]", *at);
	else if (escapes[*at] != NULL)
		text_add(html, escapes[*at]);
	else
		text_add_byte(html, *at);
	return (1);
}

/* Plain stretches are copied as a whole: most of a page is plain. */
static size_t
plain_stretch(const unsigned char *at)
{
	size_t length = 0;

	while (at[length] != '\0' && at[length] != 0xe2 &&
	    escapes[at[length]] == NULL && !is_control(at[length]))
		length++;
	return (length);
}

static void
add_escaped(struct text *html, const char *words)
{
	const unsigned char *at = (const unsigned char *)words;

	while (*at != '\0') {
		size_t length = plain_stretch(at);

		text_add_bytes(html, at, length);
		at += length;
		if (*at != '\0')
			at += add_sign(html, at);
	}
}

void
page_text(struct page *page, const char *words)
{
	add_escaped(&page->html, words);
}

void
page_integer(struct page *page, int64_t number)
{
	text_printf(&page->html, "%" PRId64, number);
}

void
page_attr(struct page *page, const char *name, const char *value)
{
	text_add_byte(&page->html, ' ');
	text_add(&page->html, name);
	text_add(&page->html, "=\"");
	add_escaped(&page->html, value);
	text_add_byte(&page->html, '"');
}

static void
add_encoded(struct text *text, const char *bytes, const char *left)
{
	for (; *bytes != '\0'; bytes++) {
		unsigned char byte = (unsigned char)*bytes;

		if ((byte < 0x80 && isalnum(byte)) ||
		    strchr(left, byte) != NULL)
			text_add_byte(text, byte);
		else
			text_printf(text, "%%%02X", byte);
	}
}

void
page_url(struct page *page, const char *name, const char *path)
{
	struct text encoded = { 0 };

	/* "//elsewhere" would be another machine. */
	while (*path == '/')
		path++;
	text_add_byte(&encoded, '/');
	add_encoded(&encoded, path, "-._~/?=&%#");
	page_attr(page, name, encoded.bytes);
	text_free(&encoded);
}

void
page_add_query(struct text *path, const char *name, const char *value)
{
	text_add(path, name);
	text_add_byte(path, '=');
	add_encoded(path, value, "-._~");
}

/* -- words of ours ---------------------------------------------------------- */

const char *
page_word(const struct page *page, const char *english)
{
	if (page->catalog == NULL)
		return (english);
	return (catalog_text(page->catalog, page->language, english, english));
}

void
page_say(struct page *page, const char *english)
{
	page_text(page, page_word(page, english));
}

/* The value a placeholder at `at` ("{name}") stands for, or NULL. */
static const struct page_value *
find_value(const char *at, size_t length, const struct page_value *values,
    size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strlen(values[i].name) == length - 2 &&
		    strncmp(at + 1, values[i].name, length - 2) == 0)
			return (&values[i]);
	}
	return (NULL);
}

/* Calls back for the stretches of a text and its values in turn. */
struct filling {
	void (*add)(struct text *out, const char *bytes, size_t length);
	void (*add_value)(struct text *out, const char *words);
	struct text *out;
};

static void
fill(const struct filling *filling, const char *at,
    const struct page_value *values, size_t count)
{
	while (*at != '\0') {
		const char *open = strchr(at, '{');
		const char *close = open != NULL ? strchr(open, '}') : NULL;
		const struct page_value *value;

		if (close == NULL) {
			filling->add(filling->out, at, strlen(at));
			return;
		}
		filling->add(filling->out, at, (size_t)(open - at));
		value =
		    find_value(open, (size_t)(close - open) + 1, values, count);
		if (value != NULL)
			filling->add_value(filling->out, value->words);
		at = close + 1;
	}
}

static void
add_stretch_escaped(struct text *out, const char *bytes, size_t length)
{
	struct text stretch = { 0 };

	text_add_bytes(&stretch, bytes, length);
	add_escaped(out, stretch.bytes);
	text_free(&stretch);
}

static void
add_value_isolated(struct text *out, const char *words)
{
	text_add(out, "<bdi>");
	add_escaped(out, words);
	text_add(out, "</bdi>");
}

static void
add_stretch_plain(struct text *out, const char *bytes, size_t length)
{
	text_add_bytes(out, bytes, length);
}

void
page_say_with(struct page *page, const char *english,
    const struct page_value *values, size_t count)
{
	const struct filling filling = { add_stretch_escaped,
		add_value_isolated, &page->html };

	fill(&filling, page_word(page, english), values, count);
}

void
page_say_one(
    struct page *page, const char *english, const char *name, const char *words)
{
	const struct page_value value = { name, words };

	page_say_with(page, english, &value, 1);
}

void
page_fill(const struct page *page, const char *english,
    const struct page_value *values, size_t count, struct text *out)
{
	const struct filling filling = { add_stretch_plain, text_add, out };

	fill(&filling, page_word(page, english), values, count);
}

void
page_words_of_people(struct page *page, const char *lang, const char *words)
{
	page_raw(page, "<span class=\"words\" dir=\"auto\"");
	if (lang != NULL && lang[0] != '\0')
		page_attr(page, "lang", lang);
	page_raw(page, ">");
	page_text(page, words);
	page_raw(page, "</span>");
}
