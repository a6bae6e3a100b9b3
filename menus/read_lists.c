#include "menus/read_lists.h"

#include "gateway/base/clock.h"
#include "gateway/base/memory.h"

enum { DAY_S = 86400 };

static const char *const rounding_names[] = {
	[ROUND_NEAREST] = "nearest",
	[ROUND_UP] = "up",
	[ROUND_DOWN] = "down",
};

static void
read_one_computed(
    struct screen_reader *reader, struct node *node, struct tree *tree)
{
	struct computed *computed = &tree->computed[tree->computed_count++];
	struct tree_file *file = reader->file;
	size_t rounding = ROUND_NEAREST;

	computed->file = memory_copy(tree->path);
	computed->line = node_line(node);
	computed->name =
	    read_answer_name(file, node, "name", "what texts call it");
	computed->value = read_expression(reader, node, "value");
	if (node_member(node, "value") == NULL)
		node_complain(file, node,
		    "value is missing here: such as \"(:fee + :loan) /"
		    " :wage\"");
	if (node_member(node, "round") != NULL)
		rounding = read_choice(file, node, "round", rounding_names,
		    COUNT_OF(rounding_names));
	if (rounding < COUNT_OF(rounding_names))
		computed->rounding = (enum rounding)rounding;
}

void
read_computed(struct screen_reader *reader, struct tree *tree)
{
	struct node *list =
	    node_member(tree_file_root(reader->file), "compute");

	if (list == NULL || !node_is_list(reader->file, list))
		return;
	tree->computed = memory_new(node_count(list), sizeof(*tree->computed));
	for (size_t i = 0; i < node_count(list); i++)
		if (node_is_group(reader->file, node_at(list, i)))
			read_one_computed(reader, node_at(list, i), tree);
}

void
computed_free(struct computed *computed, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		expression_free(computed[i].value);
		free(computed[i].name);
		free(computed[i].file);
	}
	free(computed);
}

/* The first second of a date, or 0 after a complaint. */
static int64_t
read_day(struct tree_file *file, struct node *group, const char *name)
{
	char *date =
	    node_text(file, group, name, "a date such as \"2026-11-21\"");
	int64_t utc_s = 0;

	if (date != NULL && !clock_read_date(date, &utc_s))
		node_complain(file, node_member(group, name),
		    "%s is '%.40s' but must be a date such as 2026-11-21", name,
		    date);
	free(date);
	return (utc_s);
}

static void
check_notice(struct tree_file *file, struct node *node,
    const struct corridor *corridor, const struct notice *notice)
{
	if (notice->text != NULL &&
	    (notice->text[0] == '\0' || strpbrk(notice->text, "{}")))
		node_complain(file, node_member(node, "text"),
		    "the text of a notice is words without { }");
	if (notice->until_utc_s != 0 &&
	    notice->until_utc_s <= notice->from_utc_s)
		node_complain(file, node_member(node, "until"),
		    "until is before from: nobody would ever read the notice");
	for (size_t i = 0; i + 1 < corridor->notice_count; i++)
		if (notice->id != NULL && corridor->notices[i].id != NULL &&
		    strcmp(notice->id, corridor->notices[i].id) == 0)
			node_complain(file, node,
			    "the notice '%s' is there twice", notice->id);
}

/* The day `until` names is the last one. */
static void
read_notice(
    struct tree_file *file, struct node *node, struct corridor *corridor)
{
	struct notice *notice = &corridor->notices[corridor->notice_count++];
	int64_t until;

	notice->line = node_line(node);
	notice->id = read_id(file, node, "id", "a word for the notice");
	notice->text = node_text(file, node, "text", "what callers read");
	notice->from_utc_s = read_day(file, node, "from");
	until = read_day(file, node, "until");
	notice->until_utc_s = until != 0 ? until + DAY_S : 0;
	check_notice(file, node, corridor, notice);
}

void
read_notices(
    struct tree_file *file, struct node *group, struct corridor *corridor)
{
	struct node *list = node_member(group, "notices");

	if (list == NULL || !node_is_list(file, list))
		return;
	corridor->notices =
	    memory_new(node_count(list), sizeof(*corridor->notices));
	for (size_t i = 0; i < node_count(list); i++)
		if (node_is_group(file, node_at(list, i)))
			read_notice(file, node_at(list, i), corridor);
}

void
notices_free(struct notice *notices, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(notices[i].id);
		free(notices[i].text);
		free(notices[i].text_id);
	}
	free(notices);
}
