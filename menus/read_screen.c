#include "menus/read_screen.h"

#include "gateway/base/memory.h"
#include "gateway/base/text.h"
#include "menus/menu_load.h"
#include "menus/placeholders.h"
#include "menus/read_kinds.h"
#include "menus/read_lookup.h"

static const char *const kind_names[] = {
	[SCREEN_MENU] = "menu",
	[SCREEN_INFO] = "info",
	[SCREEN_ASK] = "ask",
	[SCREEN_BRANCH] = "branch",
	[SCREEN_REQUEST] = "request",
	[SCREEN_END] = "end",
	[SCREEN_LOOKUP] = "lookup",
	[SCREEN_CHECKLIST] = "checklist",
	[SCREEN_QUIZ] = "quiz",
	[SCREEN_CORRIDOR] = "corridor",
};

static const char *const ask_names[] = {
	[ASK_YES_NO] = "yes-no",
	[ASK_YES_NO_UNSURE] = "yes-no-unsure",
	[ASK_CHOICE] = "choice",
	[ASK_NUMBER] = "number",
	[ASK_TEXT] = "text",
	[ASK_DATE] = "date",
	[ASK_PLACE] = "place",
};

/* {ref} stands everywhere, {done} and {all} in a checklist. */
static int
is_plain(const struct placeholder *found, const struct screen *screen)
{
	return (placeholder_is_named(found, "ref") ||
	    (screen->kind == SCREEN_CHECKLIST &&
		(placeholder_is_named(found, "done") ||
		    placeholder_is_named(found, "all"))));
}

/* {months}: what it stands for is looked up when the files are joined. */
static int
add_number(const struct placeholder *found, struct screen *screen)
{
	static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
	struct text name = { 0 };

	text_add_bytes(&name, found->name, found->name_length);
	if (text_string(&name)[strspn(text_string(&name), alphabet)] != '\0' ||
	    found->name_length == 0) {
		text_free(&name);
		return (0);
	}
	screen->numbers = memory_grow(screen->numbers, screen->number_count,
	    screen->number_count + 1, sizeof(*screen->numbers));
	screen->numbers[screen->number_count++] = text_take(&name);
	return (1);
}

/* Counts the facts a text names, and keeps the names of its numbers. */
static size_t
check_placeholders(struct screen_reader *reader, const struct node *node,
    const char *words, struct screen *screen)
{
	struct placeholder found = { 0 };
	size_t facts = 0;
	int kind;

	while ((kind = placeholder_next(words, &found)) == 1) {
		const char *fact;
		size_t length;
		int is_date;

		if (placeholder_is_fact(&found, &fact, &length, &is_date))
			facts++;
		else if (!is_plain(&found, screen) &&
		    !add_number(&found, screen))
			node_complain(reader->file, node,
			    "{%.*s} is nothing"
			    " that can be filled in; there are {ref},"
			    " {fact:NAME}, {fact:NAME:date} and the names of"
			    " numbers",
			    (int)found.name_length, found.name);
		words = found.end;
	}
	if (kind < 0)
		node_complain(reader->file, node, "a { or } has no partner");
	return (facts);
}

static void
read_texts(
    struct screen_reader *reader, struct node *node, struct screen *screen)
{
	struct tree_file *file = reader->file;
	struct node *without = node_member(node, "text_without");
	size_t facts = 0;
	size_t numbers;

	screen->text = node_text(file, node, "text", "what callers read");
	if (screen->text == NULL)
		return;
	if (screen->text[0] == '\0' && screen->kind != SCREEN_END)
		node_complain(file, node_member(node, "text"),
		    "text may be"
		    " empty only at an end");
	screen->text_line = node_line(node_member(node, "text"));
	facts = check_placeholders(
	    reader, node_member(node, "text"), screen->text, screen);
	numbers = screen->number_count;
	screen->text_without = node_text(file, node, "text_without", NULL);
	if (screen->text_without != NULL &&
	    (check_placeholders(reader, without, screen->text_without, screen) >
		    0 ||
		screen->number_count > numbers))
		node_complain(file, without,
		    "text_without is sent when a"
		    " fact may not be or a number is not known, so it can name"
		    " none");
	if (facts > 0 && without == NULL)
		node_complain(file, node,
		    "text names a fact, so text_without"
		    " is needed: what to say while the fact may not be sent");
	if (facts == 0 && numbers == 0 && without != NULL)
		node_complain(file, without,
		    "text names no fact and no number, so this is"
		    " never sent; leave it out");
}

static void
read_one_way(struct screen_reader *reader, struct node *node, int is_last,
    struct screen *screen)
{
	struct way *way = &screen->ways[screen->way_count];
	struct node *when = node_member(node, "when");

	if (is_last && when != NULL)
		node_complain(reader->file, when,
		    "the last way may have no"
		    " when: some callers would stand still");
	if (!is_last && when == NULL)
		node_complain(reader->file, node,
		    "a way without when comes"
		    " last; those behind it are never taken");
	way->when = read_expression(reader, node, "when");
	way->to = node_text(reader->file, node, "to", "a screen");
	way->line = node_line(node);
	screen->way_count++;
}

void
read_ways(
    struct screen_reader *reader, struct node *node, struct screen *screen)
{
	struct tree_file *file = reader->file;
	struct node *to = node_member(node, "to");
	struct node *next = node_member(node, "next");
	size_t count = node_count(next);

	if (to != NULL && next != NULL) {
		node_complain(file, next, "either to or next, not both");
		return;
	}
	if (to != NULL) {
		screen->ways = memory_new(1, sizeof(*screen->ways));
		screen->way_count = 1;
		screen->ways[0].to = node_as_text(file, to);
		screen->ways[0].line = node_line(to);
		return;
	}
	if (next == NULL || !node_is_list(file, next))
		return;
	if (count == 0)
		node_complain(file, next, "next has no way in it");
	screen->ways = memory_new(count, sizeof(*screen->ways));
	for (size_t i = 0; i < count; i++)
		if (node_is_group(file, node_at(next, i)))
			read_one_way(
			    reader, node_at(next, i), i + 1 == count, screen);
}

void
need_ways(struct screen_reader *reader, struct node *node,
    const struct screen *screen)
{
	if (screen->way_count == 0 && node_member(node, "next") == NULL)
		node_complain(reader->file, node,
		    "to or next is missing here:"
		    " where the caller goes on");
}

static void
read_range(
    struct screen_reader *reader, struct node *node, struct screen *screen)
{
	int64_t least = screen->may_skip ? 2 : 1;

	screen->min = node_number(reader->file, node, "min", least);
	screen->max = node_number(reader->file, node, "max", NUMBER_LARGEST);
	if (screen->min < least)
		node_complain(reader->file, node_member(node, "min"),
		    "min must"
		    " be at least %lld: 0 always goes back, and 1 skips where"
		    " skipping is allowed",
		    (long long)least);
	if (screen->max > NUMBER_LARGEST || screen->max < screen->min)
		node_complain(reader->file, node, "max must be from min to %d",
		    NUMBER_LARGEST);
}

static void
read_ask(struct screen_reader *reader, struct node *node, struct screen *screen)
{
	size_t ask = read_choice(
	    reader->file, node, "answer", ask_names, COUNT_OF(ask_names));

	screen->save = read_answer_name(
	    reader->file, node, "save", "the name of the answer");
	screen->may_skip = node_yes(reader->file, node, "skip");
	screen->is_private = node_yes(reader->file, node, "private");
	screen->unless = read_expression(reader, node, "unless");
	read_ways(reader, node, screen);
	need_ways(reader, node, screen);
	if (ask == COUNT_OF(ask_names)) {
		node_pass_over(node);
		return;
	}
	screen->ask = (enum ask_kind)ask;
	if (screen->ask == ASK_CHOICE)
		read_options(reader, node, screen);
	else if (screen->ask == ASK_NUMBER)
		read_range(reader, node, screen);
	else if (screen->ask == ASK_YES_NO || screen->ask == ASK_YES_NO_UNSURE)
		read_yes_no(reader, node, screen);
}

static void
read_end(struct screen_reader *reader, struct node *node, struct screen *screen)
{
	static const char *const effects[] = { "hold", "withdraw" };
	size_t effect;

	if (node_member(node, "effect") == NULL)
		return;
	effect = read_choice(
	    reader->file, node, "effect", effects, COUNT_OF(effects));
	screen->holds = effect == 0;
	screen->withdraws = effect == 1;
}

static void
read_opened_by(struct screen_reader *reader, struct node *node)
{
	static const char *const words[] = { "menu" };

	if (node_member(node, "opened_by") != NULL)
		(void)read_choice(
		    reader->file, node, "opened_by", words, COUNT_OF(words));
}

static void
read_by_kind(
    struct screen_reader *reader, struct node *node, struct screen *screen)
{
	if (screen->kind != SCREEN_BRANCH && screen->kind != SCREEN_CORRIDOR)
		read_texts(reader, node, screen);
	switch (screen->kind) {
	case SCREEN_MENU:
		read_options(reader, node, screen);
		break;
	case SCREEN_INFO:
		read_ways(reader, node, screen);
		break;
	case SCREEN_ASK:
		read_ask(reader, node, screen);
		break;
	case SCREEN_BRANCH:
		screen->text = memory_copy("");
		read_ways(reader, node, screen);
		need_ways(reader, node, screen);
		break;
	case SCREEN_REQUEST:
		read_opened_by(reader, node);
		read_ways(reader, node, screen);
		break;
	case SCREEN_END:
		read_end(reader, node, screen);
		break;
	case SCREEN_LOOKUP:
		read_lookup(reader, node, screen);
		read_ways(reader, node, screen);
		break;
	case SCREEN_CHECKLIST:
		read_checklist(reader, node, screen);
		break;
	case SCREEN_QUIZ:
		read_quiz(reader, node, screen);
		break;
	case SCREEN_CORRIDOR:
		screen->text = memory_copy("");
		read_link(reader, node, screen);
		break;
	}
}

void
read_screen(
    struct screen_reader *reader, struct node *node, struct screen *screen_r)
{
	size_t kind;

	screen_r->file = memory_copy(tree_file_path(reader->file));
	screen_r->line = node_line(node);
	screen_r->part = memory_copy(reader->part != NULL ? reader->part : "");
	screen_r->id =
	    read_id(reader->file, node, "id", "a word for the screen");
	if (screen_r->id != NULL && strcmp(screen_r->id, "notice") == 0)
		node_complain(reader->file, node_member(node, "id"),
		    "a screen cannot be called notice: notices of the corridor"
		    " are");
	screen_r->is_override = node_yes(reader->file, node, "override");
	kind = read_choice(
	    reader->file, node, "kind", kind_names, COUNT_OF(kind_names));
	if (kind == COUNT_OF(kind_names)) {
		node_pass_over(node);
		return;
	}
	screen_r->kind = (enum screen_kind)kind;
	read_by_kind(reader, node, screen_r);
}
