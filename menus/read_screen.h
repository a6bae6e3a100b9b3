/* One screen of a tree file, checked as far as it can be alone.
 */
#ifndef MENUS_READ_SCREEN_H
#define MENUS_READ_SCREEN_H

#include "menus/menu_read.h"

enum { LANGUAGE_MAX_BYTES = 15, NAME_MAX_BYTES = 47 };

struct screen_reader {
	struct tree_file *file;
	const char *part; /* id of the file, or NULL */
	const struct tree_context *context;
};

/* Fills in *screen_r (zeroed); what is wrong is in the log and counted. */
void read_screen(
    struct screen_reader *reader, struct node *node, struct screen *screen_r);

/* read_words.c.  An id of small letters, digits and -; NULL after a complaint. */
char *read_id(struct tree_file *file, struct node *group, const char *name,
    const char *wanted);

/* The name of an answer: small letters, digits and _; NULL after a
 * complaint. */
char *read_answer_name(struct tree_file *file, struct node *group,
    const char *name, const char *wanted);

/* The position of a word in a table of names, or `count` after a complaint. */
size_t read_choice(struct tree_file *file, struct node *group, const char *name,
    const char *const *names, size_t count);

/* read_options.c: the options of a screen, those of a yes/no question, and the
 * ways on from it. */
void read_yes_no(
    struct screen_reader *reader, struct node *node, struct screen *screen);
void read_options(
    struct screen_reader *reader, struct node *node, struct screen *screen);
void read_ways(
    struct screen_reader *reader, struct node *node, struct screen *screen);
void need_ways(struct screen_reader *reader, struct node *node,
    const struct screen *screen);
void add_weight(
    struct screen_option *option, const char *score, int64_t points);

/* The expression of a member, or NULL when it is not there or not one. */
struct expression *read_expression(
    struct screen_reader *reader, struct node *group, const char *name);

#endif
