#include <ctype.h>
#include <string.h>

#include "gateway/base/memory.h"
#include "gateway/text/answer.h"
#include "menus/lookup_parts.h"

enum { GROUPS_MOST = 16, GROUP_MAX_BYTES = 15 };

/* A licence number in its groups of digits or of letters. */
struct groups {
	char group[GROUPS_MOST][GROUP_MAX_BYTES + 1];
	size_t count;
};

static int
kind_of(char sign)
{
	if (sign >= '0' && sign <= '9')
		return ('0');
	return (isalpha((unsigned char)sign) ? 'A' : 0);
}

static void
add_group(struct groups *groups, const char *at, size_t length)
{
	char *group;
	size_t kept = 0;

	while (length > 1 && *at == '0') {
		at++;
		length--;
	}
	if (groups->count == GROUPS_MOST)
		return;
	group = groups->group[groups->count++];
	for (; kept < length && kept < GROUP_MAX_BYTES; kept++)
		group[kept] = (char)toupper((unsigned char)at[kept]);
	group[kept] = '\0';
}

/* `folded` has its digits in ASCII already. */
static void
split(const char *folded, struct groups *groups_r)
{
	groups_r->count = 0;
	while (*folded != '\0') {
		int kind = kind_of(*folded);
		size_t length = 0;

		if (kind == 0) {
			folded++;
			continue;
		}
		while (kind_of(folded[length]) == kind)
			length++;
		add_group(groups_r, folded, length);
		folded += length;
	}
}

static void
join(const struct groups *groups, size_t from, size_t to, struct text *key)
{
	for (size_t i = from; i < to; i++)
		text_printf(key, "%s%s", i > from ? "-" : "", groups->group[i]);
}

static void
add_signs(const char *folded, struct text *signs)
{
	for (; *folded != '\0'; folded++)
		if (kind_of(*folded) != 0)
			text_add_byte(signs, toupper((unsigned char)*folded));
}

void
lookup_licence_key(const char *licence, struct text *key)
{
	struct text folded = { 0 };
	struct groups groups;

	answer_fold(licence, &folded);
	split(text_string(&folded), &groups);
	join(&groups, 0, groups.count, key);
	text_free(&folded);
}

void
lookup_add_licence(struct lookup_list *list, const char *licence, size_t entry)
{
	struct lookup_licence *added;
	struct text folded = { 0 };
	struct text key = { 0 };
	struct text signs = { 0 };

	answer_fold(licence, &folded);
	add_signs(text_string(&folded), &signs);
	lookup_licence_key(licence, &key);
	list->licences = lookup_room(list->licences, list->licence_count,
	    &list->licence_room, sizeof(*list->licences));
	added = &list->licences[list->licence_count++];
	added->key = text_take(&key);
	added->signs = text_take(&signs);
	added->entry = entry;
	text_free(&folded);
}

/* How well a number as written fits one on the list. */
enum fit {
	FIT_NOT,
	FIT_SERIAL, /* the first number is the same, the rest is not */
	FIT_PART, /* a part of it that has the serial number */
	FIT_WHOLE,
};

static size_t
first_digits(const char *key)
{
	return (strcspn(key, "0123456789"));
}

/* 1 when `part` stands in `key` as whole groups, the serial among them. */
static int
is_part(const char *part, const char *key)
{
	size_t length = strlen(part);
	const char *serial = key + first_digits(key);

	for (const char *at = key; (at = strstr(at, part)) != NULL; at++) {
		int begins = at == key || at[-1] == '-';
		int ends = at[length] == '\0' || at[length] == '-';

		if (begins && ends)
			return (at <= serial && serial < at + length);
	}
	return (0);
}

/* 1 when the first numbers are the same. */
static int
has_serial(const char *wanted, const char *key)
{
	const char *a = wanted + first_digits(wanted);
	const char *b = key + first_digits(key);
	size_t length = strspn(a, "0123456789");

	return (length > 0 && length == strspn(b, "0123456789") &&
	    memcmp(a, b, length) == 0);
}

static enum fit
fit_of(const char *wanted, const char *signs, const struct lookup_licence *one)
{
	if (strcmp(wanted, one->key) == 0 || strcmp(signs, one->signs) == 0)
		return (FIT_WHOLE);
	if (is_part(wanted, one->key))
		return (FIT_PART);
	return (has_serial(wanted, one->key) ? FIT_SERIAL : FIT_NOT);
}

static void
add_found(struct lookup_result *result, const struct lookup_entry *entry)
{
	for (size_t i = 0; i < result->count; i++)
		if (result->found[i] == entry)
			return;
	if (result->count < LOOKUP_MOST)
		result->found[result->count++] = entry;
	else
		result->is_sure = 0;
}

static enum fit
best_fit(const struct lookup_list *list, const char *wanted, const char *signs)
{
	enum fit best = FIT_NOT;

	for (size_t i = 0; i < list->licence_count; i++) {
		enum fit fit = fit_of(wanted, signs, &list->licences[i]);

		if (fit > best)
			best = fit;
	}
	return (best);
}

static enum fit
find_key(const struct lookup_list *list, const char *wanted, const char *signs,
    struct lookup_result *result)
{
	enum fit best = best_fit(list, wanted, signs);

	if (best == FIT_NOT)
		return (best);
	/* A serial number alone is what people know; with years that differ
	 * it may be another agency, so it is asked about. */
	result->is_sure = best != FIT_SERIAL;
	for (size_t i = 0; i < list->licence_count; i++)
		if (fit_of(wanted, signs, &list->licences[i]) == best)
			add_found(
			    result, &list->entries[list->licences[i].entry]);
	if (result->count > 1)
		result->is_sure = 0;
	return (best);
}

static void
try_groups(const struct lookup_list *list, const struct groups *groups,
    size_t from, size_t to, struct lookup_result *result)
{
	struct text key = { 0 };
	struct text signs = { 0 };

	join(groups, from, to, &key);
	add_signs(text_string(&key), &signs);
	(void)find_key(list, text_string(&key), text_string(&signs), result);
	text_free(&key);
	text_free(&signs);
}

static int
is_digits(const char *group)
{
	return (group[0] >= '0' && group[0] <= '9');
}

/* 1 when more than the words for a licence stand around the number: it may be
 * part of a name. */
static int
has_other_words(const struct groups *groups, size_t from, size_t to)
{
	enum { WORD_LETTERS = 4 };
	static const char *const words[] = { "LICENCE", "LICENSE", "LISENS",
		"LAISENS", "NUMBER", "AGENCY", "PLEASE", "CHECK" };

	for (size_t i = 0; i < groups->count; i++) {
		size_t k = 0;

		if ((i >= from && i < to) ||
		    strlen(groups->group[i]) < WORD_LETTERS)
			continue;
		while (k < COUNT_OF(words) &&
		    strcmp(words[k], groups->group[i]) != 0)
			k++;
		if (k == COUNT_OF(words))
			return (1);
	}
	return (0);
}

void
lookup_find_licence(const struct lookup_list *list, const char *text,
    struct lookup_result *result)
{
	struct text folded = { 0 };
	struct text signs = { 0 };
	struct text key = { 0 };
	struct groups groups;
	size_t from = 0;
	size_t to;

	answer_fold(text, &folded);
	split(text_string(&folded), &groups);
	to = groups.count;
	while (from < to && !is_digits(groups.group[from]))
		from++;
	while (to > from && !is_digits(groups.group[to - 1]))
		to--;
	if (from < to) {
		add_signs(text_string(&folded), &signs);
		join(&groups, 0, groups.count, &key);
		(void)find_key(
		    list, text_string(&key), text_string(&signs), result);
		/* Words around it: "licence no 1743 please". */
		if (result->count == 0 || !result->is_sure) {
			*result = (struct lookup_result){ 0 };
			try_groups(list, &groups, from, to, result);
			if (has_other_words(&groups, from, to))
				result->is_sure = 0;
		}
	}
	text_free(&folded);
	text_free(&signs);
	text_free(&key);
}
