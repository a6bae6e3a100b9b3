#include "menus/menu_diff.h"

#include <inttypes.h>

#include "gateway/base/memory.h"
#include "menus/facts.h"
#include "menus/menu_diff_inside.h"

static const char *
or_empty(const char *words)
{
	return (words != NULL ? words : "");
}

/* -- putting down ----------------------------------------------------------- */

/* A shared part is told once, with all corridors that have it. */
static int
join(struct diffing *diffing, const char *what, const char *before,
    const char *after)
{
	for (size_t i = 0; i < diffing->changes->count; i++) {
		struct menu_change *old = &diffing->changes->list[i];
		struct text corridors = { 0 };

		if (strcmp(old->where, diffing->where) != 0 ||
		    strcmp(old->what, what) != 0 ||
		    strcmp(old->before, before) != 0 ||
		    strcmp(old->after, after) != 0)
			continue;
		text_printf(
		    &corridors, "%s, %s", old->corridors, diffing->corridor);
		free(old->corridors);
		old->corridors = text_take(&corridors);
		return (1);
	}
	return (0);
}

void
diff_put(struct diffing *diffing, const char *what, const char *before,
    const char *after)
{
	struct menu_changes *changes = diffing->changes;

	if (join(diffing, what, before, after))
		return;
	changes->list = memory_grow(changes->list, changes->count,
	    changes->count + 1, sizeof(*changes->list));
	changes->list[changes->count++] = (struct menu_change){
		.corridors = memory_copy(diffing->corridor),
		.where = memory_copy(diffing->where),
		.what = memory_copy(what),
		.before = memory_copy(before),
		.after = memory_copy(after),
	};
}

void
diff_words(struct diffing *diffing, const char *what, const char *before,
    const char *after)
{
	before = or_empty(before);
	after = or_empty(after);
	if (strcmp(before, after) != 0)
		diff_put(diffing, what, before, after);
}

void
diff_number(
    struct diffing *diffing, const char *what, int64_t before, int64_t after)
{
	char old[24];
	char new[24];

	snprintf(old, sizeof(old), "%" PRId64, before);
	snprintf(new, sizeof(new), "%" PRId64, after);
	diff_words(diffing, what, old, new);
}

/* -- screens ---------------------------------------------------------------- */

static void
diff_screen_pair(struct diffing *diffing, const struct screen *before,
    const struct screen *after)
{
	struct text where = { 0 };

	text_printf(&where, "screen '%s'", before->id);
	if (diffing->language != NULL)
		text_printf(&where, " (%s)", diffing->language);
	diffing->where = text_string(&where);
	if (diffing->language == NULL)
		diff_screen(diffing, before, after);
	else
		diff_screen_texts(diffing, before, after);
	text_free(&where);
}

static void
put_screen(struct diffing *diffing, const struct screen *screen, int is_new)
{
	struct text where = { 0 };

	text_printf(&where, "screen '%s'", screen->id);
	diffing->where = text_string(&where);
	diff_put(diffing, is_new ? "is new" : "is gone",
	    is_new ? "" : screen->text, is_new ? screen->text : "");
	text_free(&where);
}

/* With a language what is said in it, without one all else. */
static void
diff_screens(struct diffing *diffing, const struct corridor *before,
    const struct corridor *after)
{
	for (size_t i = 0; i < before->screen_count; i++) {
		const struct screen *old = &before->screens[i];
		const struct screen *new = corridor_find_screen(after, old->id);

		if (new != NULL)
			diff_screen_pair(diffing, old, new);
		else if (diffing->language == NULL)
			put_screen(diffing, old, 0);
	}
	for (size_t i = 0; i < after->screen_count && diffing->language == NULL;
	     i++) {
		const struct screen *new = &after->screens[i];

		if (corridor_find_screen(before, new->id) == NULL)
			put_screen(diffing, new, 1);
	}
}

/* -- corridors -------------------------------------------------------------- */

static void
add_languages(const struct corridor *corridor, struct text *out)
{
	for (size_t i = 0; i < corridor->language_count; i++)
		text_printf(
		    out, "%s%s", i > 0 ? ", " : "", corridor->languages[i]);
}

/* When a caller may be texted, and from which of our numbers. */
static void
diff_contact(struct diffing *diffing, const struct corridor *before,
    const struct corridor *after)
{
	char old[ZONE_TEXT_BYTES] = "";
	char new[ZONE_TEXT_BYTES] = "";

	if (before->has_zone)
		zone_write(&before->zone, old);
	if (after->has_zone)
		zone_write(&after->zone, new);
	diff_words(diffing, "zone", old, new);
	diff_words(diffing, "texts from our other numbers",
	    before->other_numbers ? "yes" : "no",
	    after->other_numbers ? "yes" : "no");
}

static void
diff_corridor(struct diffing *diffing, const struct corridor *before,
    const struct corridor *after)
{
	struct text old = { 0 };
	struct text new = { 0 };

	diffing->where = "corridor";
	add_languages(before, &old);
	add_languages(after, &new);
	diff_words(diffing, "languages", text_string(&old), text_string(&new));
	diff_words(diffing, "name", before->name, after->name);
	diff_words(diffing, "first screen", before->home, after->home);
	diff_words(diffing, "HELP leads to", before->help, after->help);
	diff_words(diffing, "answer that allows keeping", before->consent,
	    after->consent);
	diff_contact(diffing, before, after);
	text_clear(&old);
	text_clear(&new);
	if (before->urgency != NULL)
		expression_add_words(before->urgency, &old);
	if (after->urgency != NULL)
		expression_add_words(after->urgency, &new);
	diff_words(diffing, "urgency", text_string(&old), text_string(&new));
	text_free(&old);
	text_free(&new);
	diff_notices(diffing, before, after);
	diff_computed(diffing, before, after);
	diff_screens(diffing, before, after);
}

static void
put_fact(struct diffing *diffing, const struct fact *before,
    const struct fact *after)
{
	struct text where = { 0 };

	text_printf(
	    &where, "fact '%s'", before != NULL ? before->name : after->name);
	diffing->where = text_string(&where);
	if (before == NULL || after == NULL) {
		diff_put(diffing, before == NULL ? "is new" : "is gone",
		    before != NULL ? before->value : "",
		    after != NULL ? after->value : "");
	} else {
		diff_words(diffing, "value", before->value, after->value);
		diff_words(diffing, "unit", before->unit, after->unit);
		diff_words(diffing, "is shown", before->is_shown ? "yes" : "no",
		    after->is_shown ? "yes" : "no");
		diff_words(diffing, "checked on", before->checked_on,
		    after->checked_on);
		diff_words(diffing, "expires on", before->expires_on,
		    after->expires_on);
	}
	text_free(&where);
}

static void
diff_facts(struct diffing *diffing, const struct facts *before,
    const struct facts *after)
{
	for (size_t i = 0; before != NULL && i < before->count; i++) {
		const char *name = before->list[i].name;

		put_fact(diffing, &before->list[i],
		    facts_find(after, name, strlen(name)));
	}
	for (size_t i = 0; after != NULL && i < after->count; i++) {
		const char *name = after->list[i].name;

		if (facts_find(before, name, strlen(name)) == NULL)
			put_fact(diffing, NULL, &after->list[i]);
	}
}

static void
put_corridor(
    struct diffing *diffing, const struct corridor *corridor, int is_new)
{
	diffing->where = "corridor";
	diffing->corridor = corridor->id;
	diff_put(diffing, is_new ? "is new" : "is gone",
	    is_new ? "" : corridor->name, is_new ? corridor->name : "");
}

static void
diff_corridors(struct diffing *diffing)
{
	const struct menus *before = diffing->before;
	const struct menus *after = diffing->after;

	for (size_t i = 0; i < before->corridor_count; i++) {
		const struct corridor *old = &before->corridors[i];
		const struct corridor *new =
		    menus_find_corridor(after, old->id);

		diffing->corridor = old->id;
		if (new == NULL && diffing->language == NULL)
			put_corridor(diffing, old, 0);
		if (new == NULL)
			continue;
		if (diffing->language != NULL) {
			diff_notice_texts(diffing, old, new);
			diff_screens(diffing, old, new);
			continue;
		}
		diff_corridor(diffing, old, new);
		diff_facts(diffing, old->facts, new->facts);
	}
	for (size_t i = 0;
	     i < after->corridor_count && diffing->language == NULL; i++) {
		const struct corridor *new = &after->corridors[i];

		if (menus_find_corridor(before, new->id) == NULL)
			put_corridor(diffing, new, 1);
	}
	diffing->corridor = "";
}

/* -- what is said and heard everywhere -------------------------------------- */

static void
diff_line(struct diffing *diffing, const char *kind, const char *name,
    const struct system_line *before, const struct system_line *after)
{
	struct text where = { 0 };

	text_printf(&where, "%s '%s' (%s)", kind, name, diffing->language);
	diffing->where = text_string(&where);
	diff_words(diffing, "text",
	    before->words != NULL
		? catalog_text(diffing->before->catalog, diffing->language,
		      before->id, before->words)
		: "",
	    after->words != NULL
		? catalog_text(diffing->after->catalog, diffing->language,
		      after->id, after->words)
		: "");
	text_free(&where);
}

static void
diff_system(struct diffing *diffing)
{
	const struct system_texts *before = &diffing->before->system;
	const struct system_texts *after = &diffing->after->system;

	for (int i = 0; i < SYSTEM_TEXT_COUNT; i++)
		diff_line(diffing, "text",
		    system_text_name((enum system_text)i), &before->texts[i],
		    &after->texts[i]);
	for (int i = 0; i < KEYWORD_COUNT; i++)
		diff_line(diffing, "keyword", keyword_name((enum keyword)i),
		    &before->keywords[i], &after->keywords[i]);
}

/* The template of this id as a line; one without words when there is none. */
static struct system_line
line_of_reply(const struct reply_templates *replies, const char *id)
{
	for (size_t i = 0; i < replies->count; i++) {
		if (strcmp(replies->list[i].id, id) == 0)
			return ((struct system_line){
			    .words = replies->list[i].text,
			    .id = replies->list[i].text_id });
	}
	return ((struct system_line){ 0 });
}

static void
diff_replies(struct diffing *diffing)
{
	const struct reply_templates *before = &diffing->before->replies;
	const struct reply_templates *after = &diffing->after->replies;

	for (size_t i = 0; i < after->count; i++) {
		const char *id = after->list[i].id;
		struct system_line old = line_of_reply(before, id);
		struct system_line new = line_of_reply(after, id);

		diff_line(diffing, "reply template", id, &old, &new);
	}
	for (size_t i = 0; i < before->count; i++) {
		const char *id = before->list[i].id;
		struct system_line old = line_of_reply(before, id);
		struct system_line new = line_of_reply(after, id);

		if (new.words == NULL)
			diff_line(diffing, "reply template", id, &old, &new);
	}
}

/* -- languages -------------------------------------------------------------- */

/* Says which of `some` are not among `others`. */
static void
put_languages(struct diffing *diffing, const struct catalog *some,
    const struct catalog *others, int is_new)
{
	for (size_t i = 0; i < catalog_language_count(some); i++) {
		const char *tag = catalog_language_at(some, i)->tag;

		if (catalog_find_language(others, tag) != NULL)
			continue;
		diffing->where = "language";
		diff_put(diffing, is_new ? "is new" : "is gone",
		    is_new ? "" : tag, is_new ? tag : "");
	}
}

static void
diff_languages(struct diffing *diffing, const char *asked)
{
	const struct catalog *before = diffing->before->catalog;
	const struct catalog *after = diffing->after->catalog;

	put_languages(diffing, before, after, 0);
	put_languages(diffing, after, before, 1);
	for (size_t i = 0; i < catalog_language_count(after); i++) {
		const char *tag = catalog_language_at(after, i)->tag;

		if ((asked != NULL && strcmp(asked, tag) != 0) ||
		    catalog_find_language(before, tag) == NULL)
			continue;
		diffing->language = tag;
		diff_corridors(diffing);
		diff_system(diffing);
		diff_replies(diffing);
	}
}

void
menus_diff(const struct menus *before, const struct menus *after,
    const char *language, struct menu_changes *changes)
{
	struct diffing diffing = {
		.before = before,
		.after = after,
		.corridor = "",
		.changes = changes,
	};

	diff_corridors(&diffing);
	diff_languages(&diffing, language);
}

void
menu_changes_free(struct menu_changes *changes)
{
	for (size_t i = 0; i < changes->count; i++) {
		struct menu_change *change = &changes->list[i];

		free(change->corridors);
		free(change->where);
		free(change->what);
		free(change->before);
		free(change->after);
	}
	free(changes->list);
	*changes = (struct menu_changes){ 0 };
}
