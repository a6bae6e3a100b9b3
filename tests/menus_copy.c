#include "tests/menus_copy.h"

#include <check.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/file.h"

#define GOOD SOURCE_TREE "/tests/data/menus/good/"

static const char *const folders[] = { "trees", "trees/shared", "facts",
	"locales" };
static const char *const files[] = { "trees/system.cfg", "trees/gulf.cfg",
	"trees/sea.cfg", "trees/shared/check.cfg", "trees/shared/help.cfg",
	"trees/shared/kinds.cfg", "facts/gulf.csv", "locales/ne.po",
	"locales/ne-Latn.po" };

static int
line_at(const char *content, const char *place)
{
	int line = 1;

	for (; content < place; content++)
		line += *content == '\n';
	return (line);
}

static void
change_content(
    struct copy *copy, const struct change *change, struct text *content)
{
	struct text changed = { 0 };
	const char *place;

	if (change->find == NULL) {
		copy->line = line_at(
		    text_string(content), content->bytes + content->length);
		text_add(content, change->with);
		return;
	}
	place = strstr(text_string(content), change->find);
	ck_assert_msg(place != NULL, "'%s' is not there", change->find);
	copy->line = line_at(text_string(content), place);
	text_add_bytes(
	    &changed, content->bytes, (size_t)(place - content->bytes));
	text_add(&changed, change->with);
	text_add(&changed, place + strlen(change->find));
	text_free(content);
	*content = changed;
}

static void
copy_file(struct copy *copy, const char *name, const struct change *change)
{
	struct text content = { 0 };
	struct text from = { 0 };
	struct text to = { 0 };
	int is_changed = change != NULL && strcmp(change->file, name) == 0;

	text_printf(&from, "%s%s", GOOD, name);
	text_printf(&to, "%s/%s", copy->folder, name);
	ck_assert_int_eq(
	    file_read(text_string(&from), 1 << 20, &content), DONE);
	if (is_changed && change->with != NULL)
		change_content(copy, change, &content);
	if (!is_changed || change->with != NULL)
		ck_assert_int_eq(file_write(text_string(&to), 0600,
				     text_string(&content), content.length),
		    DONE);
	text_free(&content);
	text_free(&from);
	text_free(&to);
}

static void
make_copy(struct copy *copy, const struct change *change)
{
	*copy = (struct copy){ .folder = "/tmp/check-menus-XXXXXX" };
	ck_assert_ptr_nonnull(mkdtemp(copy->folder));
	for (size_t i = 0; i < COUNT_OF(folders); i++) {
		struct text path = { 0 };

		text_printf(&path, "%s/%s", copy->folder, folders[i]);
		ck_assert_int_eq(mkdir(text_string(&path), 0700), 0);
		text_free(&path);
	}
	for (size_t i = 0; i < COUNT_OF(files); i++)
		copy_file(copy, files[i], change);
}

enum outcome
copy_load(
    struct copy *copy, const struct change *change, struct menus **menus_r)
{
	struct text locales = { 0 };
	struct text path = { 0 };
	enum outcome outcome;
	int stderr_before;
	int log;

	make_copy(copy, change);
	text_printf(&locales, "%s/locales", copy->folder);
	text_printf(&path, "%s/log", copy->folder);
	stderr_before = dup(STDERR_FILENO);
	log = open(text_string(&path), O_CREAT | O_WRONLY | O_TRUNC, 0600);
	ck_assert_int_ge(log, 0);
	dup2(log, STDERR_FILENO);
	outcome = menus_load(copy->folder, text_string(&locales), menus_r);
	dup2(stderr_before, STDERR_FILENO);
	close(stderr_before);
	close(log);
	ck_assert_int_eq(
	    file_read(text_string(&path), 1 << 20, &copy->log), DONE);
	text_free(&locales);
	text_free(&path);
	return (outcome);
}

void
copy_check_log(const struct copy *copy, const struct change *change)
{
	const char *file =
	    change->blamed != NULL ? change->blamed : change->file;
	const char *log = text_string(&copy->log);
	struct text place = { 0 };
	const char *at;

	text_printf(&place, "/%s", file);
	if (change->lines != NOWHERE)
		text_printf(&place, ":%d: ", copy->line + change->lines);
	for (at = strstr(log, text_string(&place)); at != NULL;
	     at = strstr(at + 1, text_string(&place))) {
		const char *words = strstr(at, change->words);

		if (words != NULL && words < at + strcspn(at, "\n"))
			break;
	}
	ck_assert_msg(at != NULL, "no '%s%s' in:\n%.1500s", text_string(&place),
	    change->words, log);
	text_free(&place);
}

static void
remove_file(const struct copy *copy, const char *name, int is_folder)
{
	struct text path = { 0 };

	text_printf(&path, "%s/%s", copy->folder, name);
	if (is_folder)
		(void)rmdir(text_string(&path));
	else
		(void)unlink(text_string(&path));
	text_free(&path);
}

void
copy_remove(struct copy *copy)
{
	for (size_t i = 0; i < COUNT_OF(files); i++)
		remove_file(copy, files[i], 0);
	remove_file(copy, "log", 0);
	for (size_t i = COUNT_OF(folders); i > 0; i--)
		remove_file(copy, folders[i - 1], 1);
	(void)rmdir(copy->folder);
	text_free(&copy->log);
}
