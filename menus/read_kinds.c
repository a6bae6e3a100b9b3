#include "menus/read_kinds.h"

#include "gateway/base/memory.h"
#include "menus/menu_load.h"

void
read_checklist(
    struct screen_reader *reader, struct node *node, struct screen *screen)
{
	screen->save = read_answer_name(reader->file, node, "save",
	    "the name the done items are kept under");
	read_ways(reader, node, screen);
	read_options(reader, node, screen);
}

/* What is said after an answer: yours, or NULL after a complaint. */
static char *
read_explanation(
    struct screen_reader *reader, struct node *node, const char *name)
{
	char *words = node_text(
	    reader->file, node, name, "what is said after the answer");

	if (words != NULL && (words[0] == '\0' || strpbrk(words, "{}")))
		node_complain(reader->file, node_member(node, name),
		    "%s is a kind explanation without { }", name);
	return (words);
}

/* The ids of options and of the explanations share a name in the catalog. */
static void
check_quiz_option(struct screen_reader *reader, const struct node *node,
    const struct screen_option *option)
{
	if (option->id != NULL &&
	    (strcmp(option->id, "right") == 0 ||
		strcmp(option->id, "wrong") == 0))
		node_complain(reader->file, node,
		    "an option of a quiz cannot have the id '%s': the"
		    " explanation has it",
		    option->id);
}

static void
read_right_option(
    struct screen_reader *reader, struct node *node, struct screen *screen)
{
	char *count = read_answer_name(
	    reader->file, node, "count", "the score that counts right answers");
	struct node *list = node_member(node, "options");
	size_t right = 0;

	for (size_t i = 0; i < screen->option_count; i++) {
		struct screen_option *option = &screen->options[i];

		check_quiz_option(reader, node_at(list, i), option);
		if (!option->is_answer)
			continue;
		right++;
		if (count != NULL)
			add_weight(option, count, 1);
	}
	if (right != 1 && screen->option_count > 0)
		node_complain(reader->file, list,
		    "%zu options have answer = true; it must be one", right);
	free(count);
}

void
read_quiz(
    struct screen_reader *reader, struct node *node, struct screen *screen)
{
	screen->ask = ASK_CHOICE;
	screen->save = read_answer_name(
	    reader->file, node, "save", "the name of the answer");
	screen->right = read_explanation(reader, node, "right");
	screen->wrong = read_explanation(reader, node, "wrong");
	read_options(reader, node, screen);
	read_right_option(reader, node, screen);
	read_ways(reader, node, screen);
	need_ways(reader, node, screen);
}

void
read_link(
    struct screen_reader *reader, struct node *node, struct screen *screen)
{
	screen->linked_corridor = read_id(
	    reader->file, node, "corridor", "the corridor it leads into");
	if (node_member(node, "screen") != NULL)
		screen->linked_screen =
		    read_id(reader->file, node, "screen", "a screen of it");
}
