#include "menus/menu_link.h"

#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "menus/directory.h"
#include "menus/facts.h"
#include "menus/link_check.h"
#include "menus/screen_index.h"

enum { INCLUDES_MOST = 64, INCLUDE_DEPTH_MOST = 16 };

/* The corridor while its files are joined. */
struct joining {
	struct link_context *context;
	struct corridor *corridor;
	char *done[INCLUDES_MOST]; /* paths, each read once */
	size_t done_count;
	const char *open[INCLUDE_DEPTH_MOST]; /* being read: loops */
	size_t depth;
	int complaints;
};

static void join_tree(struct joining *joining, struct tree *tree);

/* A mistake in a shared part is told once, not once a corridor. */
static int
was_told(const struct link_context *context, const char *path)
{
	const char *at = text_string(&context->told);
	size_t length = strlen(path);

	while (*at != '\0') {
		size_t line = strcspn(at, "\n");

		if (line == length && memcmp(at, path, length) == 0)
			return (1);
		at += line + (at[line] == '\n');
	}
	return (0);
}

static struct screen *
find_screen(struct corridor *corridor, const char *id)
{
	for (size_t i = 0; i < corridor->screen_count; i++)
		if (strcmp(corridor->screens[i].id, id) == 0)
			return (&corridor->screens[i]);
	return (NULL);
}

/* The new screen takes the place, and the part, of the old one: its texts are
 * looked up where those of the shared part are. */
static void
override(struct screen *old, struct screen *screen)
{
	free(screen->part);
	screen->part = old->part;
	old->part = NULL;
	screen_free(old);
	*old = *screen;
	*screen = (struct screen){ 0 };
}

static void
add_screen(struct joining *joining, struct screen *screen)
{
	struct corridor *corridor = joining->corridor;
	struct screen *old = find_screen(corridor, screen->id);

	if (old != NULL && screen->is_override) {
		override(old, screen);
	} else if (old != NULL) {
		log_err("%s:%d: the screen '%s' stands already in %s:%d; choose"
			" another id, or write override = true;",
		    screen->file, screen->line, screen->id, old->file,
		    old->line);
		joining->complaints++;
	} else if (screen->is_override) {
		log_err("%s:%d: the screen '%s' overrides nothing; include its"
			" part, or leave override out",
		    screen->file, screen->line, screen->id);
		joining->complaints++;
	} else {
		corridor->screens[corridor->screen_count++] = *screen;
		*screen = (struct screen){ 0 };
	}
}

static void
add_screens(struct joining *joining, struct tree *tree)
{
	struct corridor *corridor = joining->corridor;

	corridor->screens = memory_grow(corridor->screens,
	    corridor->screen_count, corridor->screen_count + tree->screen_count,
	    sizeof(*corridor->screens));
	for (size_t i = 0; i < tree->screen_count; i++)
		add_screen(joining, &tree->screens[i]);
}

/* A value of an included part that the corridor, or another part, names again
 * would make the same text say two things. */
static void
add_computed(struct joining *joining, struct tree *tree)
{
	struct corridor *corridor = joining->corridor;

	if (tree->computed_count == 0)
		return;
	corridor->computed =
	    memory_grow(corridor->computed, corridor->computed_count,
		corridor->computed_count + tree->computed_count,
		sizeof(*corridor->computed));
	for (size_t i = 0; i < tree->computed_count; i++) {
		struct computed *computed = &tree->computed[i];

		for (size_t k = 0; k < corridor->computed_count; k++) {
			if (strcmp(corridor->computed[k].name,
				computed->name) != 0)
				continue;
			log_err("%s:%d: the value '%s' stands already in"
				" %s:%d; choose another name",
			    computed->file, computed->line, computed->name,
			    corridor->computed[k].file,
			    corridor->computed[k].line);
			joining->complaints++;
		}
		corridor->computed[corridor->computed_count++] = *computed;
		*computed = (struct computed){ 0 };
	}
}

static int
is_open(const struct joining *joining, const char *path)
{
	for (size_t i = 0; i < joining->depth; i++)
		if (strcmp(joining->open[i], path) == 0)
			return (1);
	return (0);
}

static int
is_done(const struct joining *joining, const char *path)
{
	for (size_t i = 0; i < joining->done_count; i++)
		if (strcmp(joining->done[i], path) == 0)
			return (1);
	return (0);
}

/* A part that cannot be read is refused here, with the line that names it
 * where the file is missing. */
static void
read_part(struct joining *joining, const char *path)
{
	struct link_context *context = joining->context;
	struct tree part = { 0 };

	if (was_told(context, path)) {
		joining->complaints++;
		return;
	}
	if (tree_read(path, &context->tree, &part) != DONE) {
		text_printf(&context->told, "%s\n", path);
		joining->complaints++;
	} else if (part.is_corridor) {
		log_err(
		    "%s: this is a corridor; only parts can be included", path);
		joining->complaints++;
	} else {
		join_tree(joining, &part);
	}
	tree_free(&part);
}

static void
include_part(struct joining *joining, const struct tree *tree,
    const struct include *include)
{
	struct text path = { 0 };

	text_printf(&path, "%s/trees/%s.cfg", joining->context->menus_folder,
	    include->name);
	if (is_open(joining, text_string(&path)) ||
	    joining->depth == INCLUDE_DEPTH_MOST) {
		log_err("%s:%d: '%s' includes this file in turn: a circle",
		    tree->path, include->line, include->name);
		joining->complaints++;
	} else if (!is_done(joining, text_string(&path))) {
		if (joining->done_count == INCLUDES_MOST) {
			log_err("%s:%d: a corridor includes at most %d parts",
			    tree->path, include->line, INCLUDES_MOST);
			joining->complaints++;
		} else {
			joining->done[joining->done_count++] =
			    memory_copy(text_string(&path));
			read_part(joining, text_string(&path));
		}
	}
	text_free(&path);
}

static int
include_exists(struct joining *joining, const struct tree *tree,
    const struct include *include)
{
	struct text path = { 0 };
	FILE *file;

	text_printf(&path, "%s/trees/%s.cfg", joining->context->menus_folder,
	    include->name);
	file = fopen(text_string(&path), "r");
	text_free(&path);
	if (file != NULL) {
		fclose(file);
		return (1);
	}
	log_err("%s:%d: there is no trees/%s.cfg to include", tree->path,
	    include->line, include->name);
	joining->complaints++;
	return (0);
}

static void
join_tree(struct joining *joining, struct tree *tree)
{
	joining->open[joining->depth++] = tree->path;
	for (size_t i = 0; i < tree->include_count; i++)
		if (include_exists(joining, tree, &tree->includes[i]))
			include_part(joining, tree, &tree->includes[i]);
	add_computed(joining, tree);
	add_screens(joining, tree);
	joining->depth--;
}

static char *
make_id(const struct screen *screen, const char *what)
{
	struct text id = { 0 };

	text_printf(&id, "%s/%s/%s", screen->part, screen->id, what);
	return (text_take(&id));
}

static void
make_text_ids(struct corridor *corridor)
{
	for (size_t i = 0; i < corridor->screen_count; i++) {
		struct screen *screen = &corridor->screens[i];

		screen->text_id = make_id(screen, "text");
		screen->text_without_id = make_id(screen, "text_without");
		screen->right_id = make_id(screen, "right");
		screen->wrong_id = make_id(screen, "wrong");
		for (size_t k = 0; k < screen->option_count; k++) {
			struct screen_option *option = &screen->options[k];

			if (option->text_id == NULL)
				option->text_id = make_id(screen, option->id);
		}
	}
}

static void
make_notice_ids(struct corridor *corridor)
{
	for (size_t i = 0; i < corridor->notice_count; i++) {
		struct text id = { 0 };

		text_printf(
		    &id, "%s/notice/%s", corridor->id, corridor->notices[i].id);
		corridor->notices[i].text_id = text_take(&id);
	}
}

static int
load_facts(struct link_context *context, const struct tree *tree,
    struct corridor *corridor)
{
	struct text path = { 0 };
	enum outcome outcome;

	text_printf(
	    &path, "%s/facts/%s.csv", context->menus_folder, tree->facts_name);
	outcome = facts_load(text_string(&path), &corridor->facts);
	text_free(&path);
	return (outcome == DONE);
}

/* Without a file there is no directory, which only a screen that looks into it
 * misses. */
static int
load_directory(struct link_context *context, struct corridor *corridor)
{
	struct text path = { 0 };
	enum outcome outcome;
	int is_missing = 0;

	text_printf(
	    &path, "%s/directory/%s.csv", context->menus_folder, corridor->id);
	outcome = directory_load(text_string(&path), &corridor->directory);
	for (size_t i = 0; outcome == NOTHING && i < corridor->screen_count;
	     i++) {
		const struct screen *screen = &corridor->screens[i];

		if (screen->kind != SCREEN_LOOKUP ||
		    screen->list != LOOKUP_DIRECTORY)
			continue;
		log_err("%s:%d: '%s' looks into the directory, but there is no"
			" file %s",
		    screen->file, screen->line, screen->id, text_string(&path));
		is_missing = 1;
	}
	text_free(&path);
	return (outcome == DONE || (outcome == NOTHING && !is_missing));
}

static void
join_all(struct joining *joining, struct tree *tree)
{
	struct corridor *corridor = joining->corridor;

	*corridor = tree->corridor;
	tree->corridor = (struct corridor){ 0 };
	join_tree(joining, tree);
	if (!load_facts(joining->context, tree, corridor) ||
	    !load_directory(joining->context, corridor))
		joining->complaints++;
	/* Ways into a part that could not be read would all be blamed. */
	if (joining->complaints > 0)
		return;
	make_text_ids(corridor);
	make_notice_ids(corridor);
	corridor->index = screen_index_new(corridor);
	joining->complaints +=
	    link_check(corridor, joining->context->catalog, tree->consent_line);
}

enum outcome
corridor_link(
    struct link_context *context, const char *path, struct corridor *corridor_r)
{
	struct joining joining = {
		.context = context,
		.corridor = corridor_r,
	};
	struct tree tree = { 0 };

	if (tree_read(path, &context->tree, &tree) != DONE) {
		joining.complaints++;
		/* Its parts are looked at all the same. */
		for (size_t i = 0; i < tree.include_count; i++)
			if (include_exists(&joining, &tree, &tree.includes[i]))
				include_part(
				    &joining, &tree, &tree.includes[i]);
	} else if (!tree.is_corridor) {
		log_err("%s: a shared part belongs into trees/shared/; here"
			" stand corridors",
		    path);
		joining.complaints++;
	} else {
		join_all(&joining, &tree);
	}
	for (size_t i = 0; i < joining.done_count; i++)
		free(joining.done[i]);
	tree_free(&tree);
	return (joining.complaints == 0 ? DONE : REFUSED);
}

static int
find_linked(const struct corridor *corridors, size_t count,
    const struct corridor *from, struct screen *screen)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(corridors[i].id, screen->linked_corridor) == 0)
			screen->corridor = &corridors[i];
	if (screen->corridor == NULL || screen->corridor == from) {
		log_err("%s:%d: there is no other corridor '%s' to lead into",
		    screen->file, screen->line, screen->linked_corridor);
		return (0);
	}
	screen->target = screen_index_find(screen->corridor->index,
	    screen->linked_screen != NULL ? screen->linked_screen
					  : screen->corridor->home);
	if (screen->target == NULL) {
		log_err("%s:%d: there is no screen '%s' in the corridor '%s'",
		    screen->file, screen->line, screen->linked_screen,
		    screen->linked_corridor);
		return (0);
	}
	return (1);
}

/* A link that leads on at once could lead round for ever. */
static int
link_rests(const struct screen *screen)
{
	const struct screen *target = screen->target;

	if (target->kind != SCREEN_BRANCH && target->kind != SCREEN_REQUEST &&
	    target->kind != SCREEN_CORRIDOR && target->unless == NULL)
		return (1);
	log_err("%s:%d: '%s' of the corridor '%s' leads on by itself; lead to a"
		" screen that always says something",
	    screen->file, screen->line, target->id, screen->linked_corridor);
	return (0);
}

enum outcome
corridors_link(struct corridor *corridors, size_t count)
{
	int wrong = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < corridors[i].screen_count; k++) {
			struct screen *screen = &corridors[i].screens[k];

			if (screen->kind == SCREEN_CORRIDOR)
				wrong |= !find_linked(corridors, count,
					     &corridors[i], screen) ||
				    !link_rests(screen);
		}
	return (wrong ? REFUSED : DONE);
}

void
link_free(struct corridor *corridor)
{
	screen_index_free(corridor->index);
	directory_free(corridor->directory);
	facts_free(corridor->facts);
	corridor_free(corridor);
}
