/* The options of a screen, with what they save and weigh. */
#include "gateway/base/memory.h"
#include "gateway/base/text.h"
#include "menus/menu_load.h"
#include "menus/read_screen.h"

/* The answers of yes/no questions: their values and system texts. */
static const struct {
	const char *value;
	enum system_text text;
} yes_no[] = {
	{ "yes", SAY_YES },
	{ "no", SAY_NO },
	{ "unsure", SAY_UNSURE },
};

void
add_weight(struct screen_option *option, const char *score, int64_t points)
{
	option->weights = memory_grow(option->weights, option->weight_count,
	    option->weight_count + 1, sizeof(*option->weights));
	option->weights[option->weight_count].score = memory_copy(score);
	option->weights[option->weight_count++].points = points;
}

static void
check_score_name(struct screen_reader *reader, const struct node *node)
{
	const char *name = node_name(node);

	if (name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] !=
		'\0' ||
	    strlen(name) > NAME_MAX_BYTES)
		node_complain(reader->file, node,
		    "the score '%.60s' must be"
		    " made of small letters, digits and _",
		    name);
}

/* score = { risk = 2; } of an option. */
static void
read_option_score(struct screen_reader *reader, struct node *node,
    struct screen_option *option)
{
	struct node *scores = node_member(node, "score");

	if (scores == NULL || !node_is_group(reader->file, scores))
		return;
	for (size_t i = 0; i < node_count(scores); i++) {
		struct node *score = node_at(scores, i);

		check_score_name(reader, score);
		add_weight(option, node_name(score),
		    node_as_number(reader->file, score));
	}
}

/* { no = 3; unsure = 2; } of one score of a yes/no question. */
static void
read_points(
    struct screen_reader *reader, struct node *score, struct screen *screen)
{
	for (size_t i = 0; i < screen->option_count; i++) {
		struct node *points =
		    node_member(score, screen->options[i].value);

		if (points != NULL)
			add_weight(&screen->options[i], node_name(score),
			    node_as_number(reader->file, points));
	}
}

/* Where system.cfg itself was wrong, its texts are missing here. */
static char *
copy_or_empty(const char *words)
{
	return (memory_copy(words != NULL ? words : ""));
}

void
read_yes_no(
    struct screen_reader *reader, struct node *node, struct screen *screen)
{
	size_t count = screen->ask == ASK_YES_NO ? 2 : 3;
	struct node *scores = node_member(node, "score");

	screen->options = memory_new(count, sizeof(*screen->options));
	screen->option_count = count;
	for (size_t i = 0; i < count; i++) {
		struct screen_option *option = &screen->options[i];
		const struct system_line *line =
		    &reader->context->system->texts[yes_no[i].text];

		option->id = memory_copy(yes_no[i].value);
		option->value = memory_copy(yes_no[i].value);
		option->text = copy_or_empty(line->words);
		option->text_id = copy_or_empty(line->id);
		option->line = screen->line;
	}
	if (scores == NULL || !node_is_group(reader->file, scores))
		return;
	for (size_t i = 0; i < node_count(scores); i++) {
		struct node *score = node_at(scores, i);

		check_score_name(reader, score);
		if (node_is_group(reader->file, score))
			read_points(reader, score, screen);
	}
}

static void
check_option_twins(struct screen_reader *reader, const struct node *node,
    const struct screen *screen)
{
	const struct screen_option *last =
	    &screen->options[screen->option_count - 1];

	for (size_t i = 0; i + 1 < screen->option_count; i++) {
		const struct screen_option *other = &screen->options[i];

		if (last->id != NULL && other->id != NULL &&
		    strcmp(last->id, other->id) == 0)
			node_complain(reader->file, node,
			    "the option '%s' is"
			    " there twice",
			    last->id);
		if (last->value != NULL && other->value != NULL &&
		    strcmp(last->value, other->value) == 0)
			node_complain(reader->file, node,
			    "two options save"
			    " the value '%s'",
			    last->value);
	}
}

static void
read_option(
    struct screen_reader *reader, struct node *node, struct screen *screen)
{
	struct tree_file *file = reader->file;
	struct screen_option *option = &screen->options[screen->option_count++];

	option->line = node_line(node);
	option->id = read_id(file, node, "id", "a word for the option");
	option->text = node_text(file, node, "text", "what callers read");
	if (option->text != NULL &&
	    (option->text[0] == '\0' || strpbrk(option->text, "{}\n")))
		node_complain(file, node_member(node, "text"),
		    "the text of an"
		    " option is one line without { }");
	if (option->id != NULL && strcmp(option->id, "text") == 0)
		node_complain(file, node_member(node, "id"),
		    "an option cannot have the id text: the screen's text"
		    " has it");
	if (screen->kind == SCREEN_MENU) {
		option->to = node_text(file, node, "to", "a screen");
	} else {
		option->value =
		    read_answer_name(file, node, "value", "what is saved");
	}
	if (screen->kind == SCREEN_QUIZ)
		option->is_answer = node_yes(file, node, "answer");
	if (screen->kind == SCREEN_ASK) {
		read_option_score(reader, node, option);
	}
	check_option_twins(reader, node, screen);
}

void
read_options(
    struct screen_reader *reader, struct node *node, struct screen *screen)
{
	struct node *list = node_member(node, "options");
	/* "Skip", and the "Next" of a checklist, have numbers of their own. */
	int takes_one = screen->may_skip ||
	    (screen->kind == SCREEN_CHECKLIST && screen->way_count > 0);
	size_t most = MENU_OPTIONS_MOST - (takes_one ? 1 : 0);

	if (list == NULL) {
		node_complain(reader->file, node,
		    "options is missing here:"
		    " what the caller can choose");
		return;
	}
	if (!node_is_list(reader->file, list))
		return;
	if (node_count(list) == 0 || node_count(list) > most)
		node_complain(reader->file, list,
		    "there are %zu options but"
		    " there must be 1 to %zu (9 is always \"more\")",
		    node_count(list), most);
	screen->options =
	    memory_new(node_count(list), sizeof(*screen->options));
	for (size_t i = 0; i < node_count(list); i++)
		if (node_is_group(reader->file, node_at(list, i)))
			read_option(reader, node_at(list, i), screen);
}
