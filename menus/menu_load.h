/* One file of the trees as libconfig reads it: nodes with file and line.
 *
 * Every complaint goes to the log with file and line and is counted, so that
 * an editor learns of all mistakes at once.  A node that nobody asked for is a
 * mistake too (a misspelt word).  What is read is copied; nodes are borrowed
 * until tree_file_close().
 */
#ifndef MENUS_MENU_LOAD_H
#define MENUS_MENU_LOAD_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/outcome.h"

struct tree_file;
struct node; /* a setting of the file */

/*
 * Opens and parses a file.
 *
 * DONE     *file_r is yours until tree_file_close()
 * REFUSED  it is missing, not UTF-8 or not libconfig; logged
 */
MUST_USE enum outcome tree_file_open(
    const char *path, struct tree_file **file_r);
void tree_file_close(struct tree_file *file);

const char *tree_file_path(const struct tree_file *file);
int tree_file_complaints(const struct tree_file *file);

/* Complains about what nobody asked for. */
void tree_file_find_unread(struct tree_file *file);

/* At a node, or about the whole file when it is NULL. */
void node_complain(struct tree_file *file, const struct node *node,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

struct node *tree_file_root(struct tree_file *file);
int node_line(const struct node *node);
const char *node_name(const struct node *node);

/* A member of a group, or NULL.  Marks it as asked for. */
struct node *node_member(struct node *group, const char *name);

/* Counts everything below a node as asked for, where one mistake above makes
 * it unreadable: one complaint is enough. */
void node_pass_over(struct node *node);

/* How many members or items it has, and the one at a place. */
size_t node_count(const struct node *node);
struct node *node_at(struct node *node, size_t index);

/* 1 when it is of this kind, else complains what it must be. */
int node_is_group(struct tree_file *file, const struct node *node);
int node_is_list(struct tree_file *file, const struct node *node);

/* The text of a member: yours to free.  NULL when it is not there (a complaint
 * if `wanted` says what for) or not a text without control characters. */
char *node_text(struct tree_file *file, struct node *group, const char *name,
    const char *wanted);
/* The node itself as a text; NULL after a complaint. */
char *node_as_text(struct tree_file *file, const struct node *node);

/* The whole number of a member, or `otherwise`. */
int64_t node_number(struct tree_file *file, struct node *group,
    const char *name, int64_t otherwise);
/* The node itself as a number; 0 after a complaint. */
int64_t node_as_number(struct tree_file *file, const struct node *node);

/* 1 when a member is true; complains when it is neither true nor false. */
int node_yes(struct tree_file *file, struct node *group, const char *name);

#endif
