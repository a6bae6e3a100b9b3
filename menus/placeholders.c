#include "menus/placeholders.h"

int
placeholder_next(const char *at, struct placeholder *placeholder_r)
{
	const char *brace = at + strcspn(at, "{}");
	const char *close;

	if (*brace == '\0')
		return (0);
	placeholder_r->start = brace;
	if (*brace == '}')
		return (-1);
	close = brace + 1 + strcspn(brace + 1, "{}");
	if (*close != '}')
		return (-1);
	placeholder_r->name = brace + 1;
	placeholder_r->name_length = (size_t)(close - brace - 1);
	placeholder_r->end = close + 1;
	return (1);
}

int
placeholder_is_named(const struct placeholder *placeholder, const char *name)
{
	return (placeholder->name_length == strlen(name) &&
	    memcmp(placeholder->name, name, placeholder->name_length) == 0);
}

int
placeholder_is_fact(const struct placeholder *placeholder, const char **fact_r,
    size_t *length_r, int *is_date_r)
{
	static const char before[] = "fact:";
	static const char after[] = ":date";
	const char *name = placeholder->name;
	size_t length = placeholder->name_length;

	if (length <= sizeof(before) - 1 ||
	    memcmp(name, before, sizeof(before) - 1) != 0)
		return (0);
	name += sizeof(before) - 1;
	length -= sizeof(before) - 1;
	*is_date_r = length > sizeof(after) - 1 &&
	    memcmp(name + length - (sizeof(after) - 1), after,
		sizeof(after) - 1) == 0;
	if (*is_date_r)
		length -= sizeof(after) - 1;
	*fact_r = name;
	*length_r = length;
	return (1);
}

static int
is_among(const struct placeholder *placeholder, const char *allowed)
{
	while (*allowed != '\0') {
		size_t length = strcspn(allowed, " ");

		if (length == placeholder->name_length &&
		    memcmp(allowed, placeholder->name, length) == 0)
			return (1);
		allowed += length + (allowed[length] == ' ');
	}
	return (0);
}

int
placeholders_are(const char *words, const char *allowed, struct text *wrong)
{
	struct placeholder found = { 0 };
	int kind;

	while ((kind = placeholder_next(words, &found)) == 1) {
		if (!is_among(&found, allowed)) {
			text_printf(wrong, "{%.*s}", (int)found.name_length,
			    found.name);
			return (0);
		}
		words = found.end;
	}
	if (kind == 0)
		return (1);
	text_add(wrong, "a { or } without its partner");
	return (0);
}
