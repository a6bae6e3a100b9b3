#include "menus/menu_read.h"

#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/base/text.h"
#include "menus/menu_load.h"
#include "menus/read_lists.h"
#include "menus/read_screen.h"

static void
read_languages(
    struct tree_file *file, struct node *group, struct corridor *corridor)
{
	struct node *list = node_member(group, "languages");

	if (list == NULL) {
		node_complain(file, group,
		    "languages is missing here: such as"
		    " ( \"en\", \"ne\" )");
		return;
	}
	if (!node_is_list(file, list))
		return;
	if (node_count(list) == 0)
		node_complain(file, list, "languages needs at least one");
	corridor->languages = memory_new(node_count(list), sizeof(char *));
	for (size_t i = 0; i < node_count(list); i++) {
		char *tag = node_as_text(file, node_at(list, i));

		if (tag != NULL && strlen(tag) > LANGUAGE_MAX_BYTES)
			node_complain(file, list,
			    "the language '%s' is too"
			    " long",
			    tag);
		if (tag != NULL)
			corridor->languages[corridor->language_count++] = tag;
	}
}

/* "UTC+3"; what is left out counts in UTC. */
static void
read_zone(struct tree_file *file, struct node *group, struct corridor *corridor)
{
	struct node *node = node_member(group, "zone");
	char *written = node != NULL ? node_as_text(file, node) : NULL;

	if (written != NULL && zone_read(written, &corridor->zone) != DONE)
		node_complain(file, node,
		    "'%s' is not a zone; write \"UTC+3\", \"UTC+5:45\" or, with"
		    " European summer time, \"UTC+2 summer\"",
		    written);
	corridor->has_zone = written != NULL;
	free(written);
}

static void
read_corridor(
    struct screen_reader *reader, struct node *group, struct tree *tree)
{
	struct tree_file *file = reader->file;
	struct corridor *corridor = &tree->corridor;

	corridor->file = memory_copy(tree->path);
	corridor->line = node_line(group);
	corridor->id = read_id(file, group, "id", "a word for the corridor");
	corridor->name = node_text(file, group, "name", "what people call it");
	read_languages(file, group, corridor);
	corridor->home = node_text(file, group, "home", "the first screen");
	corridor->help =
	    node_text(file, group, "help", "the screen HELP leads to");
	corridor->consent = node_text(file, group, "consent",
	    "the answer that allows us to keep answers");
	read_zone(file, group, corridor);
	corridor->other_numbers = node_yes(file, group, "other_numbers");
	corridor->urgency = read_expression(reader, group, "urgency");
	if (node_member(group, "urgency") == NULL)
		node_complain(file, group,
		    "urgency is missing here: an"
		    " expression that gives 0 to 3");
	tree->facts_name =
	    node_text(file, group, "facts", "the file in facts/ without .csv");
	read_notices(file, group, corridor);
	corridor->reviewed = node_text(file, group, "reviewed", NULL);
	if (corridor->reviewed == NULL)
		corridor->reviewed = memory_copy("");
	if (node_member(group, "consent") != NULL)
		tree->consent_line = node_line(node_member(group, "consent"));
	if (corridor->id != NULL)
		tree->part = memory_copy(corridor->id);
}

static void
read_head(struct screen_reader *reader, struct tree *tree)
{
	struct node *root = tree_file_root(reader->file);
	struct node *corridor = node_member(root, "corridor");
	struct node *part = node_member(root, "part");

	if ((corridor != NULL) == (part != NULL)) {
		node_complain(reader->file, NULL,
		    "a file has either a group"
		    " corridor = { ... }; or a group part = { ... };");
		return;
	}
	if (corridor != NULL) {
		tree->is_corridor = 1;
		if (node_is_group(reader->file, corridor))
			read_corridor(reader, corridor, tree);
	} else if (node_is_group(reader->file, part)) {
		tree->part =
		    read_id(reader->file, part, "id", "a word for the part");
	}
}

static void
read_includes(struct tree_file *file, struct tree *tree)
{
	struct node *list = node_member(tree_file_root(file), "include");

	if (list == NULL || !node_is_list(file, list))
		return;
	tree->includes = memory_new(node_count(list), sizeof(*tree->includes));
	for (size_t i = 0; i < node_count(list); i++) {
		struct node *node = node_at(list, i);
		char *name = node_as_text(file, node);

		if (name == NULL)
			continue;
		if (strstr(name, "..") != NULL || name[0] == '/') {
			node_complain(file, node,
			    "'%s' leaves the folder"
			    " trees/",
			    name);
			free(name);
			continue;
		}
		tree->includes[tree->include_count].name = name;
		tree->includes[tree->include_count++].line = node_line(node);
	}
}

static void
read_screens(struct screen_reader *reader, struct tree *tree)
{
	struct node *root = tree_file_root(reader->file);
	struct node *list = node_member(root, "screens");

	if (list == NULL) {
		node_complain(reader->file, NULL,
		    "screens = ( ... ); is"
		    " missing");
		return;
	}
	if (!node_is_list(reader->file, list))
		return;
	tree->screens = memory_new(node_count(list), sizeof(*tree->screens));
	for (size_t i = 0; i < node_count(list); i++) {
		struct node *node = node_at(list, i);

		if (node_is_group(reader->file, node))
			read_screen(
			    reader, node, &tree->screens[tree->screen_count++]);
	}
}

enum outcome
tree_read(
    const char *path, const struct tree_context *context, struct tree *tree_r)
{
	struct screen_reader reader = { .context = context };
	int complaints;

	tree_r->path = memory_copy(path);
	if (tree_file_open(path, &reader.file) != DONE)
		return (REFUSED);
	read_head(&reader, tree_r);
	reader.part = tree_r->part;
	read_includes(reader.file, tree_r);
	read_computed(&reader, tree_r);
	read_screens(&reader, tree_r);
	tree_file_find_unread(reader.file);
	complaints = tree_file_complaints(reader.file);
	tree_file_close(reader.file);
	return (complaints == 0 ? DONE : REFUSED);
}

void
tree_free(struct tree *tree)
{
	for (size_t i = 0; i < tree->screen_count; i++)
		screen_free(&tree->screens[i]);
	for (size_t i = 0; i < tree->include_count; i++)
		free(tree->includes[i].name);
	corridor_free(&tree->corridor);
	computed_free(tree->computed, tree->computed_count);
	free(tree->screens);
	free(tree->includes);
	free(tree->facts_name);
	free(tree->part);
	free(tree->path);
	*tree = (struct tree){ 0 };
}

static void
free_weights(struct weight *weights, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(weights[i].score);
	free(weights);
}

void
screen_free(struct screen *screen)
{
	for (size_t i = 0; i < screen->option_count; i++) {
		struct screen_option *option = &screen->options[i];

		free(option->id);
		free(option->text);
		free(option->value);
		free(option->text_id);
		free(option->to);
		free_weights(option->weights, option->weight_count);
	}
	for (size_t i = 0; i < screen->way_count; i++) {
		expression_free(screen->ways[i].when);
		free(screen->ways[i].to);
	}
	for (size_t i = 0; i < screen->number_count; i++)
		free(screen->numbers[i]);
	expression_free(screen->unless);
	free(screen->numbers);
	free(screen->right);
	free(screen->wrong);
	free(screen->right_id);
	free(screen->wrong_id);
	free(screen->linked_corridor);
	free(screen->linked_screen);
	free(screen->options);
	free(screen->ways);
	free(screen->facts);
	free(screen->part);
	free(screen->id);
	free(screen->text);
	free(screen->text_without);
	free(screen->text_id);
	free(screen->text_without_id);
	free(screen->need);
	free(screen->save);
	free(screen->file);
	*screen = (struct screen){ 0 };
}

void
corridor_free(struct corridor *corridor)
{
	for (size_t i = 0; i < corridor->language_count; i++)
		free(corridor->languages[i]);
	for (size_t i = 0; i < corridor->screen_count; i++)
		screen_free(&corridor->screens[i]);
	computed_free(corridor->computed, corridor->computed_count);
	notices_free(corridor->notices, corridor->notice_count);
	expression_free(corridor->urgency);
	free(corridor->languages);
	free(corridor->screens);
	free(corridor->id);
	free(corridor->name);
	free(corridor->home);
	free(corridor->help);
	free(corridor->reviewed);
	free(corridor->consent);
	free(corridor->file);
	*corridor = (struct corridor){ 0 };
}
