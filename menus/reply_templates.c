#include "menus/reply_templates.h"

#include <unistd.h>

#include "gateway/base/memory.h"
#include "menus/menu_inside.h"
#include "menus/menu_load.h"
#include "menus/placeholders.h"

static const char placeholders[] = "ref name";

/* -- reading ---------------------------------------------------------------- */

static int
is_id(const char *id)
{
	return (id[0] != '\0' &&
	    id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0');
}

static void
check_id(struct tree_file *file, const struct node *node,
    const struct reply_templates *templates, const char *id)
{
	if (!is_id(id))
		node_complain(file, node,
		    "id '%s' must be small letters, digits and _", id);
	for (size_t i = 0; i < templates->count; i++) {
		if (strcmp(templates->list[i].id, id) == 0)
			node_complain(
			    file, node, "there is a template '%s' already", id);
	}
}

static void
read_template(struct tree_file *file, struct node *node,
    struct reply_templates *templates)
{
	struct text text_id = { 0 };
	struct text wrong = { 0 };
	char *id = node_text(file, node, "id", "a short name");
	char *text = node_text(file, node, "text", "what is written");

	if (id == NULL || text == NULL) {
		free(id);
		free(text);
		return;
	}
	check_id(file, node, templates, id);
	if (!placeholders_are(text, placeholders, &wrong))
		node_complain(file, node, "text may not have %s in it",
		    text_string(&wrong));
	text_printf(&text_id, "template/%s/text", id);
	templates->list = memory_grow(templates->list, templates->count,
	    templates->count + 1, sizeof(*templates->list));
	templates->list[templates->count++] = (struct reply_template){
		.id = id,
		.text = text,
		.text_id = text_take(&text_id),
		.line = node_line(node),
	};
	text_free(&wrong);
}

enum outcome
reply_templates_load(const char *path, struct reply_templates *templates_r)
{
	struct tree_file *file = NULL;
	struct node *list;
	int complaints;

	templates_r->file = memory_copy(path);
	if (access(path, F_OK) != 0)
		return (DONE);
	if (tree_file_open(path, &file) != DONE)
		return (REFUSED);
	list = node_member(tree_file_root(file), "templates");
	if (list == NULL)
		node_complain(file, NULL,
		    "templates = ( { id = \"...\"; text = \"...\"; } ); is"
		    " missing");
	else if (node_is_list(file, list)) {
		for (size_t i = 0; i < node_count(list); i++) {
			struct node *node = node_at(list, i);

			if (node_is_group(file, node))
				read_template(file, node, templates_r);
		}
	}
	tree_file_find_unread(file);
	complaints = tree_file_complaints(file);
	tree_file_close(file);
	return (complaints == 0 ? DONE : REFUSED);
}

void
reply_templates_free(struct reply_templates *templates)
{
	for (size_t i = 0; i < templates->count; i++) {
		free(templates->list[i].id);
		free(templates->list[i].text);
		free(templates->list[i].text_id);
	}
	free(templates->list);
	free(templates->file);
	*templates = (struct reply_templates){ 0 };
}

const struct reply_templates *
menus_reply_templates(const struct menus *menus)
{
	return (&menus->replies);
}

/* -- saying ----------------------------------------------------------------- */

static int
is_name(const struct placeholder *placeholder, const char *name)
{
	return (placeholder->name_length == strlen(name) &&
	    memcmp(placeholder->name, name, placeholder->name_length) == 0);
}

static void
fill(const char *words, const struct reply_names *names, struct text *out)
{
	struct placeholder placeholder;

	while (placeholder_next(words, &placeholder) == 1) {
		text_add_bytes(out, words, (size_t)(placeholder.start - words));
		if (is_name(&placeholder, "ref"))
			text_add(out, names->ref);
		else if (is_name(&placeholder, "name"))
			text_add(out, names->name);
		words = placeholder.end;
	}
	text_add(out, words);
}

int
reply_template_say(const struct menus *menus,
    const struct reply_template *reply, const char *language,
    const struct reply_names *names, struct text *out)
{
	fill(
	    catalog_text(menus->catalog, language, reply->text_id, reply->text),
	    names, out);
	return (
	    catalog_has(menus->catalog, language, reply->text_id, reply->text));
}
