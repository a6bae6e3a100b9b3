#include "menus/stepping.h"

#include "gateway/text/utf8.h"
#include "menus/answer_forms.h"

/* Behind words that were cut to WALK_ANSWER_MAX_BYTES. */
static const char cut_mark[] = " [...]";

size_t
step_read_choice(const struct stepping *stepping, size_t most)
{
	const struct answer *answer = &stepping->answer;

	if (answer->has_leading_number && answer->leading_number >= 1 &&
	    (uint64_t)answer->leading_number <= most)
		return ((size_t)answer->leading_number);
	if (answer->has_number)
		return (0);
	for (size_t i = 1; i <= most && i <= 9; i++)
		if (step_is_word(
			stepping, (enum keyword)(KEYWORD_ONE + (int)i - 1)))
			return (i);
	return (0);
}

static void
choose(struct screen_reading *reading, size_t place)
{
	reading->kind = READ_OPTION;
	reading->place = place;
}

/* The options' own words, in a language: the place from 1, or 0. */
static size_t
choose_by_words(const struct stepping *stepping, const char *language)
{
	const struct screen *screen = stepping->screen;
	const char *words[MENU_OPTIONS_MOST];

	for (size_t i = 0; i < screen->option_count; i++)
		words[i] = catalog_text(stepping->menus->catalog, language,
		    screen->options[i].text_id, screen->options[i].text);
	return (answer_choose(&stepping->answer, words, screen->option_count));
}

/* Yes, no and not sure have lists of their own. */
static void
read_yes_no(const struct stepping *stepping, struct screen_reading *reading)
{
	for (size_t i = 0; i < stepping->screen->option_count; i++)
		if (step_is_word(
			stepping, (enum keyword)(KEYWORD_YES + (int)i))) {
			choose(reading, i);
			return;
		}
}

static void
read_option(const struct stepping *stepping, struct screen_reading *reading)
{
	const struct screen *screen = stepping->screen;
	size_t place = step_read_choice(stepping, screen->option_count);

	if (place > 0) {
		choose(reading, place - 1);
		return;
	}
	if (stepping->answer.has_number && !stepping->answer.has_lead_word)
		return;
	if (screen->kind == SCREEN_ASK && screen->ask != ASK_CHOICE)
		read_yes_no(stepping, reading);
	if (reading->kind == READ_OPTION)
		return;
	place = choose_by_words(stepping, stepping->speaker.language);
	if (place == 0 && strcmp(stepping->speaker.language, "en") != 0)
		place = choose_by_words(stepping, "en");
	if (place > 0)
		choose(reading, place - 1);
}

/* The one number in a few words ("5000 rupees", "NPR 5,000"): 1, or 0. */
static int
find_number(const struct stepping *stepping, int64_t *number_r)
{
	const struct answer *answer = &stepping->answer;
	const char *at = answer->folded;
	int found = 0;

	if (answer->has_number) {
		*number_r = answer->number;
		return (1);
	}
	if (answer->words > ANSWER_SHORT_WORDS)
		return (0);
	while (*at != '\0') {
		char word[24];
		size_t length = strcspn(at, " ");

		snprintf(word, sizeof(word), "%.*s", (int)length, at);
		if (strcspn(word, "0123456789") < strlen(word)) {
			if (length >= sizeof(word) ||
			    !text_read_integer(word, 0, INT64_MAX, number_r))
				return (0);
			found++;
		}
		at += length + (at[length] == ' ');
	}
	return (found == 1);
}

static void
read_number(const struct stepping *stepping, struct screen_reading *reading)
{
	const struct screen *screen = stepping->screen;
	int64_t number;

	if (!find_number(stepping, &number))
		return;
	if (number < screen->min || number > screen->max) {
		reading->kind = READ_OUT_OF_RANGE;
		return;
	}
	reading->kind = READ_VALUE;
	text_printf(&reading->value, "%lld", (long long)number);
}

static void
read_words(const struct stepping *stepping, struct screen_reading *reading)
{
	const char *words = stepping->input->text;
	size_t length = strlen(words);

	reading->kind = READ_VALUE;
	if (length <= WALK_ANSWER_MAX_BYTES) {
		text_add(&reading->value, words);
		return;
	}
	text_add_bytes(&reading->value, words,
	    utf8_cut(words, WALK_ANSWER_MAX_BYTES - (sizeof(cut_mark) - 1)));
	text_add(&reading->value, cut_mark);
}

static void
read_date(const struct stepping *stepping, struct screen_reading *reading)
{
	struct clock_text date;

	if (!answer_read_date(
		stepping->input->text, stepping->input->now_utc_s, &date))
		return;
	reading->kind = READ_VALUE;
	text_add(&reading->value, date.text);
}

static void
read_place(const struct stepping *stepping, struct screen_reading *reading)
{
	answer_add_coarse_place(stepping->input->text, &reading->value);
	if (reading->value.length > 0)
		reading->kind = READ_VALUE;
}

/* "Skip" has the number behind the last option, and words of its own. */
static int
reads_skip(const struct stepping *stepping)
{
	const struct screen *screen = stepping->screen;
	size_t number = screen->option_count + 1;

	if (!screen->may_skip)
		return (0);
	if (stepping->answer.has_number)
		return (stepping->answer.number == (int64_t)number);
	return (step_is_word(stepping, KEYWORD_SKIP) &&
	    ((screen->ask != ASK_TEXT && screen->ask != ASK_PLACE) ||
		stepping->answer.words == 1));
}

static void
read_ask(const struct stepping *stepping, struct screen_reading *reading)
{
	if (reads_skip(stepping)) {
		reading->kind = READ_SKIP;
		return;
	}
	switch (stepping->screen->ask) {
	case ASK_YES_NO:
	case ASK_YES_NO_UNSURE:
	case ASK_CHOICE:
		read_option(stepping, reading);
		return;
	case ASK_NUMBER:
		read_number(stepping, reading);
		return;
	case ASK_TEXT:
		read_words(stepping, reading);
		return;
	case ASK_DATE:
		read_date(stepping, reading);
		return;
	case ASK_PLACE:
		read_place(stepping, reading);
		return;
	}
}

/* "1 Next", by its number, yes, or its own word. */
static int
reads_next(const struct stepping *stepping)
{
	const struct screen *screen = stepping->screen;
	size_t number = screen->option_count + 1;
	const char *words[] = {
		menus_say(
		    stepping->menus, stepping->speaker.language, SAY_NEXT),
		menus_say(stepping->menus, "en", SAY_NEXT),
	};

	if (!screen_has_next(screen))
		return (0);
	if (step_read_choice(stepping, number) == number)
		return (1);
	if (stepping->answer.has_number)
		return (0);
	return (answer_is(&stepping->answer, words[0]) ||
	    answer_is(&stepping->answer, words[1]) ||
	    (screen->kind == SCREEN_INFO &&
		step_is_word(stepping, KEYWORD_YES)));
}

static int
has_blanks_only(const char *words)
{
	return (words[strspn(words, " \n")] == '\0');
}

void
step_read_screen(
    const struct stepping *stepping, struct screen_reading *reading_r)
{
	const struct screen *screen = stepping->screen;

	*reading_r = (struct screen_reading){ .kind = READ_NOT };
	if (stepping->answer.is_empty) {
		/* "???" is an answer in words; blanks are none. */
		if (has_blanks_only(stepping->input->text) ||
		    screen->kind != SCREEN_ASK || screen->ask != ASK_TEXT)
			reading_r->kind = READ_EMPTY;
		else
			read_words(stepping, reading_r);
		return;
	}
	switch (screen->kind) {
	case SCREEN_MENU:
		read_option(stepping, reading_r);
		return;
	case SCREEN_ASK:
		read_ask(stepping, reading_r);
		return;
	case SCREEN_INFO:
		if (reads_next(stepping))
			reading_r->kind = READ_NEXT;
		return;
	case SCREEN_LOOKUP:
		reading_r->kind = READ_LOOKUP;
		return;
	case SCREEN_CHECKLIST:
		if (reads_next(stepping))
			reading_r->kind = READ_NEXT;
		else
			read_option(stepping, reading_r);
		return;
	case SCREEN_QUIZ:
		read_option(stepping, reading_r);
		return;
	case SCREEN_CORRIDOR:
	case SCREEN_BRANCH:
	case SCREEN_REQUEST:
	case SCREEN_END:
		return;
	}
}
