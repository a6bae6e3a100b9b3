/* Words of a tree file: ids, names, choices, conditions. */
#include "gateway/base/text.h"
#include "menus/menu_load.h"
#include "menus/read_screen.h"

/* A word that must match this alphabet; yours, or NULL after a complaint. */
static char *
read_word(struct tree_file *file, struct node *group, const char *name,
    const char *wanted, const char *alphabet)
{
	char *word = node_text(file, group, name, wanted);

	if (word == NULL)
		return (NULL);
	if (word[0] >= 'a' && word[0] <= 'z' &&
	    word[strspn(word, alphabet)] == '\0' &&
	    strlen(word) <= NAME_MAX_BYTES)
		return (word);
	node_complain(file, node_member(group, name),
	    "%s is '%.60s' but must"
	    " start with a small letter, be at most %d long and hold only %s",
	    name, word, NAME_MAX_BYTES, alphabet);
	free(word);
	return (NULL);
}

char *
read_id(struct tree_file *file, struct node *group, const char *name,
    const char *wanted)
{
	return (read_word(file, group, name, wanted,
	    "abcdefghijklmnopqrstuvwxyz0123456789-"));
}

char *
read_answer_name(struct tree_file *file, struct node *group, const char *name,
    const char *wanted)
{
	return (read_word(file, group, name, wanted,
	    "abcdefghijklmnopqrstuvwxyz0123456789_"));
}

struct expression *
read_expression(
    struct screen_reader *reader, struct node *group, const char *name)
{
	char *words = node_text(reader->file, group, name, NULL);
	struct expression *expression = NULL;
	struct text why = { 0 };

	if (words != NULL &&
	    expression_compile(
		reader->context->expressions, words, &expression, &why) != DONE)
		node_complain(reader->file, node_member(group, name),
		    "%s is not a condition: %s", name, text_string(&why));
	text_free(&why);
	free(words);
	return (expression);
}

size_t
read_choice(struct tree_file *file, struct node *group, const char *name,
    const char *const *names, size_t count)
{
	char *word = node_text(file, group, name, "see menus/README.md");
	size_t i = 0;

	while (word != NULL && i < count && strcmp(names[i], word) != 0)
		i++;
	if (word != NULL && i == count)
		node_complain(file, node_member(group, name),
		    "there is no %s"
		    " '%s'; see menus/README.md",
		    name, word);
	if (word == NULL)
		i = count;
	free(word);
	return (i);
}
