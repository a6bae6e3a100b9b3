#include "menus/walk_values.h"

#include "gateway/base/memory.h"
#include "gateway/base/text.h"
#include "menus/screen_index.h"

static const struct screen_option *
find_option(const struct screen *screen, const char *value)
{
	for (size_t i = 0; i < screen->option_count; i++)
		if (screen->options[i].value != NULL &&
		    strcmp(screen->options[i].value, value) == 0)
			return (&screen->options[i]);
	return (NULL);
}

static int64_t
points_of(const struct screen_option *option, const char *score)
{
	int64_t points = 0;

	for (size_t i = 0; option != NULL && i < option->weight_count; i++)
		if (strcmp(option->weights[i].score, score) == 0)
			points += option->weights[i].points;
	return (points);
}

/* An answer to a screen that a reload took away weighs nothing. */
static int64_t
add_up(const struct walk_values *values, const char *score)
{
	int64_t sum = 0;

	for (size_t i = 0; i < values->walk->answer_count; i++) {
		const struct walk_answer *answer = &values->walk->answers[i];
		const struct screen *screen =
		    corridor_find_screen(values->corridor, answer->screen);

		if (screen != NULL && screen->save != NULL &&
		    strcmp(screen->save, answer->name) == 0)
			sum += points_of(
			    find_option(screen, answer->value), score);
	}
	return (sum);
}

/* Of a value that is not below 0.  What a division leaves behind the ninth
 * place is no reason for one month more. */
static int64_t
rounded(double value, enum rounding rounding)
{
	static const double dust = 1e-9;
	int64_t whole = (int64_t)(value + dust);

	if (rounding == ROUND_UP)
		return (whole + (value - dust > (double)whole));
	if (rounding == ROUND_DOWN)
		return (whole);
	return ((int64_t)(value + 0.5 + dust));
}

static const struct computed *
find_computed(const struct corridor *corridor, const char *name)
{
	for (size_t i = 0; i < corridor->computed_count; i++)
		if (strcmp(corridor->computed[i].name, name) == 0)
			return (&corridor->computed[i]);
	return (NULL);
}

static int
compute(const struct walk_values *values, const char *name, int64_t *number_r)
{
	const struct computed *computed = find_computed(values->corridor, name);
	double value;

	if (!expression_real(
		computed->value, walk_values_lookup, values, &value))
		return (0);
	/* Written so that no number at all is none either. */
	if (!(value >= 0 && value <= NUMBER_LARGEST))
		return (0);
	*number_r = rounded(value, computed->rounding);
	return (1);
}

int
walk_values_number(
    const struct walk_values *values, const char *name, int64_t *number_r)
{
	struct expression_value value = { 0 };

	walk_values_lookup(values, name, &value);
	if (!value.is_number)
		return (0);
	*number_r = value.number;
	return (1);
}

void
walk_values_lookup(
    const void *context, const char *name, struct expression_value *value_r)
{
	const struct walk_values *values = context;
	const char *answer;

	switch (screen_index_name(values->corridor->index, name)) {
	case NAME_SCORE:
		value_r->is_number = 1;
		value_r->number = add_up(values, name);
		return;
	case NAME_NUMBER:
		/* "skip" is no number: NULL. */
		answer = walk_answer(values->walk, name);
		value_r->is_number = answer != NULL &&
		    text_read_integer(answer, 0, INT64_MAX, &value_r->number);
		return;
	case NAME_WORDS:
		value_r->words = walk_answer(values->walk, name);
		return;
	case NAME_COMPUTED:
		value_r->is_number = compute(values, name, &value_r->number);
		return;
	case NAME_UNKNOWN:
		return;
	}
}

static int64_t
most_points(const struct screen *screen, const char *score)
{
	int64_t most = 0;

	for (size_t i = 0; i < screen->option_count; i++) {
		int64_t points = points_of(&screen->options[i], score);

		if (points > most)
			most = points;
	}
	return (most);
}

int64_t
corridor_largest_number(const struct corridor *corridor, const char *name)
{
	enum name_kind kind = screen_index_name(corridor->index, name);
	int64_t largest = 0;

	if (kind == NAME_COMPUTED)
		return (NUMBER_LARGEST);
	for (size_t i = 0; i < corridor->screen_count; i++) {
		const struct screen *screen = &corridor->screens[i];

		if (kind == NAME_SCORE)
			largest += most_points(screen, name);
		else if (screen->save != NULL &&
		    strcmp(screen->save, name) == 0 && screen->max > largest)
			largest = screen->max;
	}
	return (largest);
}

const struct screen *
walk_pick_way(const struct walk_values *values, const struct screen *screen)
{
	for (size_t i = 0; i < screen->way_count; i++) {
		const struct way *way = &screen->ways[i];

		if (way->when == NULL ||
		    expression_holds(way->when, walk_values_lookup, values))
			return (way->target);
	}
	return (NULL);
}

static void
remove_answer(struct walk *walk, size_t place)
{
	struct walk_answer *answer = &walk->answers[place];

	explicit_bzero(answer->value, strlen(answer->value));
	free(answer->value);
	memmove(answer, answer + 1,
	    (walk->answer_count - place - 1) * sizeof(*answer));
	walk->answer_count--;
	explicit_bzero(&walk->answers[walk->answer_count], sizeof(*answer));
}

static size_t
find_answer(const struct walk *walk, const char *name)
{
	size_t i = 0;

	while (
	    i < walk->answer_count && strcmp(walk->answers[i].name, name) != 0)
		i++;
	return (i);
}

/* Answers stand in the order they were given. */
void
walk_save_answer(
    struct walk *walk, const struct screen *screen, const char *value)
{
	size_t place = find_answer(walk, screen->save);
	struct walk_answer *answer;

	if (place < walk->answer_count)
		remove_answer(walk, place);
	else if (walk->answer_count == WALK_ANSWERS_MOST)
		remove_answer(walk, 0);
	answer = &walk->answers[walk->answer_count++];
	snprintf(answer->name, sizeof(answer->name), "%s", screen->save);
	snprintf(answer->screen, sizeof(answer->screen), "%s", screen->id);
	answer->value = memory_copy(value);
}

static int
has_score(const struct screen *screen)
{
	for (size_t i = 0; i < screen->option_count; i++)
		if (screen->options[i].weight_count > 0)
			return (1);
	return (0);
}

void
walk_forget_scores(const struct corridor *corridor, struct walk *walk,
    const struct screen *screen)
{
	size_t place = find_answer(walk, screen->save);

	if (place == walk->answer_count || !has_score(screen))
		return;
	remove_answer(walk, place);
	while (place < walk->answer_count) {
		const struct screen *later =
		    corridor_find_screen(corridor, walk->answers[place].screen);

		if (later != NULL && has_score(later) &&
		    strcmp(later->part, screen->part) == 0)
			remove_answer(walk, place);
		else
			place++;
	}
}

/* Done items stand in the answer by their values, between commas. */
static int
is_listed(const char *list, const char *value)
{
	size_t length = strlen(value);

	while (list != NULL && *list != '\0') {
		size_t word = strcspn(list, ",");

		if (word == length && memcmp(list, value, length) == 0)
			return (1);
		list += word + (list[word] == ',');
	}
	return (0);
}

int
walk_is_done(const struct walk *walk, const struct screen *screen,
    const struct screen_option *option)
{
	return (is_listed(walk_answer(walk, screen->save), option->value));
}

size_t
walk_count_done(const struct walk *walk, const struct screen *screen)
{
	size_t count = 0;

	for (size_t i = 0; i < screen->option_count; i++)
		count += walk_is_done(walk, screen, &screen->options[i]) != 0;
	return (count);
}

void
walk_toggle_done(struct walk *walk, const struct screen *screen,
    const struct screen_option *option)
{
	struct text list = { 0 };

	for (size_t i = 0; i < screen->option_count; i++) {
		const struct screen_option *item = &screen->options[i];
		int is_done = walk_is_done(walk, screen, item);

		if (item == option)
			is_done = !is_done;
		if (!is_done)
			continue;
		if (list.length > 0)
			text_add_byte(&list, ',');
		text_add(&list, item->value);
	}
	walk_save_answer(walk, screen, text_string(&list));
	text_free(&list);
}
