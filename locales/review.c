#include "locales/review.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/base/memory.h"

static const char *const names[REVIEW_STATE_COUNT] = {
	[REVIEW_DRAFT] = "draft",
	[REVIEW_NATIVE_CHECKED] = "native-checked",
	[REVIEW_SURVIVOR_REVIEWED] = "survivor-reviewed",
};

const char *
review_state_name(enum review_state state)
{
	return (names[state]);
}

static int
is_date(const char *words)
{
	static const char form[] = "0000-00-00";

	for (size_t i = 0; i < sizeof(form) - 1; i++)
		if (form[i] == '0' ? !isdigit((unsigned char)words[i])
				   : words[i] != form[i])
			return (0);
	return (words[sizeof(form) - 1] == '\0');
}

/* "NAME, YYYY-MM-DD"; a name may have commas of its own. */
static int
read_signature(const char *words, struct review *review)
{
	const char *comma = strrchr(words, ',');
	const char *date;
	size_t length;

	if (comma == NULL)
		return (0);
	words += strspn(words, " ");
	date = comma + 1 + strspn(comma + 1, " ");
	if (comma <= words || !is_date(date))
		return (0);
	length = (size_t)(comma - words);
	free(review->by);
	review->by = memory_new(length + 1, 1);
	memcpy(review->by, words, length);
	memcpy(review->date, date, sizeof(review->date));
	return (1);
}

int
review_read(const char *words, struct review *review_r)
{
	*review_r = (struct review){ .by = memory_copy("") };
	if (words[0] == '\0' || strcmp(words, names[REVIEW_DRAFT]) == 0)
		return (1);
	for (int state = REVIEW_NATIVE_CHECKED; state < REVIEW_STATE_COUNT;
	     state++) {
		size_t length = strlen(names[state]);

		if (strncmp(words, names[state], length) != 0 ||
		    words[length] != ':')
			continue;
		if (!read_signature(words + length + 1, review_r))
			return (0);
		review_r->state = (enum review_state)state;
		return (1);
	}
	return (0);
}

void
review_free(struct review *review)
{
	free(review->by);
	*review = (struct review){ 0 };
}
