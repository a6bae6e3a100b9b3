/* Notices and computed values of two corridors of the same id. */
#include "gateway/base/clock.h"
#include "menus/menu_diff_inside.h"

enum { DAY_S = 86400 };

/* -- notices ---------------------------------------------------------------- */

static const struct notice *
find_notice(const struct corridor *corridor, const char *id)
{
	for (size_t i = 0; i < corridor->notice_count; i++)
		if (strcmp(corridor->notices[i].id, id) == 0)
			return (&corridor->notices[i]);
	return (NULL);
}

/* Its last day, as the editor wrote it. */
static struct clock_text
last_day(const struct notice *notice)
{
	return (clock_date(notice->until_utc_s - DAY_S));
}

static void
add_notice(const struct notice *notice, struct text *out)
{
	text_printf(out, "%s to %s: %s", clock_date(notice->from_utc_s).text,
	    last_day(notice).text, notice->text);
}

static void
diff_notice(struct diffing *diffing, const struct notice *before,
    const struct notice *after)
{
	struct text where = { 0 };
	struct text words = { 0 };

	text_printf(
	    &where, "notice '%s'", (before != NULL ? before : after)->id);
	diffing->where = text_string(&where);
	if (before == NULL) {
		add_notice(after, &words);
		diff_put(diffing, "is new", "", text_string(&words));
	} else if (after == NULL) {
		add_notice(before, &words);
		diff_put(diffing, "is gone", text_string(&words), "");
	} else {
		diff_words(diffing, "first day",
		    clock_date(before->from_utc_s).text,
		    clock_date(after->from_utc_s).text);
		diff_words(diffing, "last day", last_day(before).text,
		    last_day(after).text);
	}
	text_free(&words);
	text_free(&where);
}

void
diff_notices(struct diffing *diffing, const struct corridor *before,
    const struct corridor *after)
{
	for (size_t i = 0; i < before->notice_count; i++)
		diff_notice(diffing, &before->notices[i],
		    find_notice(after, before->notices[i].id));
	for (size_t i = 0; i < after->notice_count; i++)
		if (find_notice(before, after->notices[i].id) == NULL)
			diff_notice(diffing, NULL, &after->notices[i]);
}

static const char *
say(const struct menus *menus, const char *language,
    const struct notice *notice)
{
	return (catalog_text(
	    menus->catalog, language, notice->text_id, notice->text));
}

void
diff_notice_texts(struct diffing *diffing, const struct corridor *before,
    const struct corridor *after)
{
	for (size_t i = 0; i < before->notice_count; i++) {
		const struct notice *old = &before->notices[i];
		const struct notice *new = find_notice(after, old->id);
		struct text where = { 0 };

		if (new == NULL)
			continue;
		text_printf(
		    &where, "notice '%s' (%s)", old->id, diffing->language);
		diffing->where = text_string(&where);
		diff_words(diffing, "text",
		    say(diffing->before, diffing->language, old),
		    say(diffing->after, diffing->language, new));
		text_free(&where);
	}
}

/* -- computed values -------------------------------------------------------- */

static const char *const roundings[] = {
	[ROUND_NEAREST] = "nearest",
	[ROUND_UP] = "up",
	[ROUND_DOWN] = "down",
};

static const struct computed *
find_computed(const struct corridor *corridor, const char *name)
{
	for (size_t i = 0; i < corridor->computed_count; i++)
		if (strcmp(corridor->computed[i].name, name) == 0)
			return (&corridor->computed[i]);
	return (NULL);
}

static void
diff_value(struct diffing *diffing, const struct computed *before,
    const struct computed *after)
{
	struct text where = { 0 };
	struct text old = { 0 };
	struct text new = { 0 };

	text_printf(
	    &where, "value '%s'", (before != NULL ? before : after)->name);
	diffing->where = text_string(&where);
	if (before != NULL)
		expression_add_words(before->value, &old);
	if (after != NULL)
		expression_add_words(after->value, &new);
	if (before == NULL || after == NULL) {
		diff_put(diffing, before == NULL ? "is new" : "is gone",
		    text_string(&old), text_string(&new));
	} else {
		diff_words(diffing, "is made as", text_string(&old),
		    text_string(&new));
		diff_words(diffing, "is rounded", roundings[before->rounding],
		    roundings[after->rounding]);
	}
	text_free(&old);
	text_free(&new);
	text_free(&where);
}

void
diff_computed(struct diffing *diffing, const struct corridor *before,
    const struct corridor *after)
{
	for (size_t i = 0; i < before->computed_count; i++)
		diff_value(diffing, &before->computed[i],
		    find_computed(after, before->computed[i].name));
	for (size_t i = 0; i < after->computed_count; i++)
		if (find_computed(before, after->computed[i].name) == NULL)
			diff_value(diffing, NULL, &after->computed[i]);
}
