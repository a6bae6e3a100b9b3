#include "tests/page_reader.h"

#include <stdlib.h>
#include <string.h>

#include "gateway/base/outcome.h"

/* A tag: from "<" to ">". */
struct tag {
	const char *at;
	size_t length;
	char name[16];
};

static struct tag
read_tag(const char *at)
{
	struct tag tag = { .at = at, .length = strcspn(at, ">") + 1 };
	size_t length = strcspn(at + 1, " />\n");

	if (at[1] == '/')
		length = strcspn(at + 2, " >") + 1;
	if (length >= sizeof(tag.name))
		length = sizeof(tag.name) - 1;
	memcpy(tag.name, at + 1, length);
	return (tag);
}

static int
tag_has(const struct tag *tag, const char *words)
{
	return (memmem(tag->at, tag->length, words, strlen(words)) != NULL);
}

/* What is not the desk's own. */
static int
is_left_out(const struct tag *tag)
{
	static const char *const names[] = { "bdi", "time", "pre", "style",
		"script", "code" };

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (strcmp(tag->name, names[i]) == 0)
			return (1);
	}
	return (tag_has(tag, "class=\"words\"") ||
	    (strcmp(tag->name, "html") != 0 && tag_has(tag, " lang=\"")));
}

/* Behind the end of an element; its own kind may stand within it. */
static const char *
skip_element(const struct tag *tag)
{
	const char *at = tag->at + tag->length;
	size_t depth = 1;

	while (depth > 0 && (at = strchr(at, '<')) != NULL) {
		struct tag next = read_tag(at);

		if (strcmp(next.name, tag->name) == 0)
			depth++;
		else if (next.name[0] == '/' &&
		    strcmp(next.name + 1, tag->name) == 0)
			depth--;
		at += next.length;
	}
	return (at != NULL ? at : "");
}

static void
add_attributes(const struct tag *tag, struct text *words)
{
	static const char *const names[] = { " aria-label=\"", " title=\"",
		" data-words=\"", " placeholder=\"", " alt=\"" };

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const char *value =
		    memmem(tag->at, tag->length, names[i], strlen(names[i]));

		if (value == NULL)
			continue;
		value += strlen(names[i]);
		text_add_bytes(words, value, strcspn(value, "\""));
		text_add_byte(words, '\n');
	}
}

void
page_read(const char *html, struct text *words)
{
	while (*html != '\0') {
		size_t length = strcspn(html, "<");
		struct tag tag;

		text_add_bytes(words, html, length);
		html += length;
		if (*html == '\0')
			return;
		text_add_byte(words, '\n');
		tag = read_tag(html);
		add_attributes(&tag, words);
		html =
		    is_left_out(&tag) ? skip_element(&tag) : html + tag.length;
	}
}
