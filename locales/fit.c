#include "locales/fit.h"

#include <stdio.h>
#include <string.h>

#include "gateway/text/utf8.h"

enum { PLACEHOLDER_MAX_BYTES = 64, WHAT_MAX_BYTES = 192 };

/* The next "{name}" in *at, moving it on: its length with braces, or 0. */
static size_t
next_placeholder(const char **at, const char **start_r)
{
	const char *open = strchr(*at, '{');
	const char *close = open != NULL ? strchr(open, '}') : NULL;

	if (close == NULL)
		return (0);
	*start_r = open;
	*at = close + 1;
	return ((size_t)(close + 1 - open));
}

/* A placeholder of `text` that `other` lacks, copied to name: 1, or 0. */
static int
find_missing_placeholder(
    const char *text, const char *other, char name[PLACEHOLDER_MAX_BYTES])
{
	const char *start = NULL;
	size_t length;

	while ((length = next_placeholder(&text, &start)) > 0) {
		snprintf(
		    name, PLACEHOLDER_MAX_BYTES, "%.*s", (int)length, start);
		if (length >= PLACEHOLDER_MAX_BYTES ||
		    strstr(other, name) == NULL)
			return (1);
	}
	return (0);
}

/* A brace alone would be read by callers as it stands. */
static int
has_lone_brace(const char *text)
{
	for (const char *at = text; (at = strpbrk(at, "{}")) != NULL; at++) {
		if (*at == '}')
			return (1);
		at = strpbrk(at + 1, "{}");
		if (at == NULL || *at == '{')
			return (1);
	}
	return (0);
}

int
translation_fits(const char *source, const char *translation,
    void (*tell)(void *context, const char *what), void *context)
{
	char name[PLACEHOLDER_MAX_BYTES];
	char what[WHAT_MAX_BYTES];
	int fits = 1;

	if (!utf8_is_clean(translation, strlen(translation))) {
		tell(context, "has a control character or is not UTF-8");
		fits = 0;
	}
	if (find_missing_placeholder(source, translation, name)) {
		snprintf(what, sizeof(what),
		    "lacks %s; copy it from the English text as it is", name);
		tell(context, what);
		fits = 0;
	}
	if (find_missing_placeholder(translation, source, name)) {
		snprintf(what, sizeof(what),
		    "has %s, which the English text has not; placeholders are"
		    " not translated",
		    name);
		tell(context, what);
		fits = 0;
	}
	if (has_lone_brace(translation)) {
		tell(context, "has a { or } without its partner");
		fits = 0;
	}
	return (fits);
}
