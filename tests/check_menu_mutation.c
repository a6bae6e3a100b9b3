/* A thousand random changes of every file we ship: the loader never crashes,
 * never hangs, never hands out menus it refused, and what it takes can be
 * walked.  The seed is fixed, so a failure comes again.
 *
 * What is refused when its file is read alone is refused with all others too;
 * that is tried with one in SAMPLE only, since it takes ten times as long. */
#include <fcntl.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "menus/directory.h"
#include "menus/facts.h"
#include "menus/menu_read.h"
#include "tests/check_main.h"
#include "tests/menus_talk.h"

#ifdef SANITIZED
/* Where every block came from is of no use here, and takes half the time. */
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return ("malloc_context_size=2");
}
#endif

enum { MUTATIONS = 1000, TIMEOUT_S = 300, SAMPLE = 20, SLICE = 6000 };

static glob_t shipped;
static char folder[] = "/tmp/check-mutation-XXXXXX";
static uint64_t seed;

/* Numerical Recipes' generator: the same numbers on every machine. */
static size_t
random_below(size_t most)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (most > 0 ? (size_t)(seed >> 33) % most : 0);
}

static void
find_shipped(void)
{
	glob(SOURCE_TREE "/menus/trees/*.cfg", 0, NULL, &shipped);
	glob(SOURCE_TREE "/menus/trees/shared/*.cfg", GLOB_APPEND, NULL,
	    &shipped);
	glob(SOURCE_TREE "/menus/facts/*.csv", GLOB_APPEND, NULL, &shipped);
	glob(SOURCE_TREE "/menus/directory/*.csv", GLOB_APPEND, NULL, &shipped);
	glob(SOURCE_TREE "/locales/*.po", GLOB_APPEND, NULL, &shipped);
}

static int
is_under(const char *path, const char *part)
{
	return (strstr(path, part) != NULL);
}

static void
path_in_copy(const char *shipped_path, struct text *path)
{
	text_printf(path, "%s%s", folder, shipped_path + strlen(SOURCE_TREE));
}

/* Not file_write(): a disk that is waited for thirty thousand times is most of
 * the time. */
static void
put(const char *path, const char *content, size_t length)
{
	int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, content, length), (ssize_t)length);
	close(fd);
}

/* Translations are left out but for their heads: they are not what a changed
 * tree is tested for, and make a load ten times as long. */
static void
copy_shipped(const char *from)
{
	struct text content = { 0 };
	struct text to = { 0 };

	path_in_copy(from, &to);
	ck_assert_int_eq(file_read(from, 4 << 20, &content), DONE);
	if (is_under(from, "/locales/")) {
		const char *end = strstr(text_string(&content), "\n\n");

		ck_assert_ptr_nonnull(end);
		text_cut(&content, (size_t)(end - content.bytes) + 1);
	}
	put(text_string(&to), text_string(&content), content.length);
	text_free(&content);
	text_free(&to);
}

static void
make_folders(void)
{
	static const char *const names[] = { "menus", "menus/trees",
		"menus/trees/shared", "menus/facts", "menus/directory",
		"locales", "one" };

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct text path = { 0 };

		text_printf(&path, "%s/%s", folder, names[i]);
		ck_assert_int_eq(mkdir(text_string(&path), 0700), 0);
		text_free(&path);
	}
}

static void
remove_all(void)
{
	struct text command = { 0 };

	text_printf(&command, "rm -r '%s'", folder);
	ck_assert_int_eq(system(text_string(&command)), 0);
	text_free(&command);
}

static void
replace_span(struct text *content, size_t at, size_t cut, const char *with,
    size_t length)
{
	struct text made = { 0 };

	text_add_bytes(&made, content->bytes, at);
	text_add_bytes(&made, with, length);
	text_add_bytes(
	    &made, content->bytes + at + cut, content->length - at - cut);
	text_free(content);
	*content = made;
}

static void
mutate(struct text *content)
{
	static const char *const pieces[] = { "{", "}", "(", ")", "\"", ";",
		"=", ",", "|", "\n", "{x}", "{fact:x}", "{ref}", "\xff", "\x01",
		"99999999999999999999", "-1", "to = \"x\";", "kind = \"quiz\";",
		"kind = \"corridor\";", "true", "'", "#", "\"\n\"",
		"msgid \"\"\n", "msgctxt \"x\"\n", "2026-13-99" };
	size_t at = random_below(content->length);
	char twice[40];
	size_t span = 1 + random_below(sizeof(twice));
	const char *piece = pieces[random_below(COUNT_OF(pieces))];

	if (span > content->length - at)
		span = content->length - at;
	switch (random_below(5)) {
	case 0:
		content->bytes[at] ^= (char)(1u << random_below(8));
		return;
	case 1:
		replace_span(content, at, span, "", 0);
		return;
	case 2:
		replace_span(content, at, 0, piece, strlen(piece));
		return;
	case 3:
		memcpy(twice, content->bytes + at, span);
		replace_span(
		    content, random_below(content->length), 0, twice, span);
		return;
	default:
		text_cut(content, at);
		return;
	}
}

/* A greeting and a few answers in each corridor. */
static void
walk_a_little(const struct menus *menus)
{
	static const char *const typed[] = { "hi", "1", "2", "help", "9", "0",
		"no" };

	for (size_t i = 0; i < menus_corridor_count(menus); i++) {
		struct walk walk = { 0 };

		for (size_t k = 0; k < COUNT_OF(typed); k++) {
			struct step_input input = {
				.text = typed[k],
				.channel = &channel_ussd_128,
				.now_utc_s = TALK_NOON,
				.corridor = menus_corridor_at(menus, i)->id,
				.ref = "KX47",
			};
			struct step step;

			menu_step(menus, &walk, &input, &step);
			step_free(&step);
		}
		walk_free(&walk);
	}
}

static int
load_trees(void)
{
	struct text menus_path = { 0 };
	struct text locales = { 0 };
	struct menus *menus = NULL;
	enum outcome outcome;

	text_printf(&menus_path, "%s/menus", folder);
	text_printf(&locales, "%s/locales", folder);
	outcome =
	    menus_load(text_string(&menus_path), text_string(&locales), &menus);
	text_free(&menus_path);
	text_free(&locales);
	if (outcome != DONE) {
		ck_assert_ptr_null(menus);
		return (0);
	}
	walk_a_little(menus);
	menus_free(menus);
	return (1);
}

/* What a file is read with alone: never changed. */
static struct expression_home *expressions;
static struct system_texts system_texts;

static void
open_context(void)
{
	expressions = expression_home_open();
	ck_assert_int_eq(
	    system_texts_load(
		SOURCE_TREE "/menus/trees/system.cfg", &system_texts),
	    DONE);
}

static void
close_context(void)
{
	system_texts_free(&system_texts);
	expression_home_close(expressions);
}

static int
reads_alone(const char *path, const char *name)
{
	struct tree_context context = { expressions, &system_texts };
	struct system_texts texts = { 0 };
	struct tree tree = { 0 };
	enum outcome outcome;

	if (is_under(name, "/system.cfg")) {
		outcome = system_texts_load(path, &texts);
		system_texts_free(&texts);
	} else {
		outcome = tree_read(path, &context, &tree);
		tree_free(&tree);
	}
	return (outcome == DONE);
}

static int
load_tree(const char *path, const char *name)
{
	static int refused;
	int reads = reads_alone(path, name);

	if (!reads && refused++ % SAMPLE != 0)
		return (0);
	ck_assert_msg(load_trees() <= reads, "%s: bad, and live", name);
	return (reads);
}

static int
load_directory(const char *path)
{
	struct directory *directory = NULL;

	if (directory_load(path, &directory) != DONE) {
		ck_assert_ptr_null(directory);
		return (0);
	}
	directory_free(directory);
	return (1);
}

static int
load_facts(const char *path)
{
	struct facts *facts = NULL;

	if (facts_load(path, &facts) != DONE) {
		ck_assert_ptr_null(facts);
		return (0);
	}
	facts_free(facts);
	return (1);
}

/* A translation stands alone in its folder. */
static int
load_catalog(void)
{
	struct text path = { 0 };
	struct catalog *catalog = NULL;
	enum outcome outcome;

	text_printf(&path, "%s/one", folder);
	outcome = catalog_load(text_string(&path), &catalog);
	text_free(&path);
	if (outcome != DONE) {
		ck_assert_ptr_null(catalog);
		return (0);
	}
	catalog_free(catalog);
	return (1);
}

/* 1 when it loaded; the log must have grown when it did not. */
static int
load_mutated(const char *path, const char *name, int log)
{
	off_t before = lseek(log, 0, SEEK_END);
	int loaded;

	if (is_under(name, "/locales/"))
		loaded = load_catalog();
	else if (is_under(name, "/facts/"))
		loaded = load_facts(path);
	else if (is_under(name, "/directory/"))
		loaded = load_directory(path);
	else
		loaded = load_tree(path, name);
	ck_assert_msg(loaded || lseek(log, 0, SEEK_END) > before,
	    "%s was refused without a word", name);
	return (loaded);
}

static void
mutated_path(const char *name, struct text *path)
{
	if (is_under(name, "/locales/"))
		text_printf(path, "%s/one%s", folder, strrchr(name, '/'));
	else
		path_in_copy(name, path);
}

static int
redirect_stderr(void)
{
	struct text path = { 0 };
	int log;

	text_printf(&path, "%s/log", folder);
	log = open(text_string(&path), O_CREAT | O_RDWR | O_APPEND, 0600);
	ck_assert_int_ge(log, 0);
	dup2(log, STDERR_FILENO);
	text_free(&path);
	return (log);
}

/* The head of a PO file and some entries one after the other: they have
 * nothing to do with the others, and a whole file takes ten times as long. */
static void
add_slice(struct text *slice, const struct text *file)
{
	const char *content = text_string(file);
	size_t head = (size_t)(strstr(content, "\n\n") - content) + 2;
	const char *at = content + head + random_below(file->length - head);
	const char *start = strstr(at, "\n\n");
	const char *end;

	if (start == NULL || start + SLICE > content + file->length)
		start = content + head - 2;
	end = strstr(
	    start + SLICE < content + file->length ? start + SLICE : start,
	    "\n\n");
	text_add_bytes(slice, content, head);
	text_add_bytes(slice, start + 2,
	    end != NULL ? (size_t)(end + 1 - (start + 2)) : strlen(start + 2));
}

static void
mutate_file(const char *name)
{
	struct text original = { 0 };
	struct text path = { 0 };
	int loaded = 0;
	int log = redirect_stderr();

	mutated_path(name, &path);
	/* The directories ship with their columns and no service. */
	ck_assert_int_eq(file_read(is_under(name, "/directory/") ? SOURCE_TREE
				 "/tests/data/directory.csv"
								 : name,
			     4 << 20, &original),
	    DONE);
	open_context();
	for (int i = 0; i < MUTATIONS; i++) {
		struct text content = { 0 };

		if (is_under(name, "/locales/"))
			add_slice(&content, &original);
		else
			text_add_bytes(
			    &content, original.bytes, original.length);
		mutate(&content);
		put(text_string(&path), text_string(&content), content.length);
		loaded += load_mutated(text_string(&path), name, log);
		text_free(&content);
		ck_assert_int_eq(ftruncate(log, 0), 0);
	}
	/* Some changes harm nothing (a comment, a word), most do. */
	ck_assert_int_gt(loaded, 0);
	ck_assert_int_lt(loaded, MUTATIONS);
	close(log);
	close_context();
	text_free(&original);
	text_free(&path);
}

/* One corridor is enough to load: the one that is changed, or for a change of
 * something else the first. */
static int
is_wanted(const char *path, size_t changed)
{
	static const char first[] = "/trees/nepal-gulf.cfg";
	const char *name = shipped.gl_pathv[changed];
	int is_corridor = is_under(path, "/trees/") &&
	    !is_under(path, "/shared/") && !is_under(path, "/system.cfg");
	int changes_corridor = is_under(name, "/trees/") &&
	    !is_under(name, "/shared/") && !is_under(name, "/system.cfg");

	if (!is_corridor)
		return (1);
	return (
	    changes_corridor ? strcmp(path, name) == 0 : is_under(path, first));
}

START_TEST(a_thousand_changes_of_a_file_never_bring_the_loader_down)
{
	find_shipped();
	ck_assert_uint_gt(shipped.gl_pathc, 8);
	seed = 20261121u + (uint64_t)_i;
	ck_assert_ptr_nonnull(mkdtemp(folder));
	make_folders();
	for (size_t i = 0; i < shipped.gl_pathc; i++)
		if (is_wanted(shipped.gl_pathv[i], (size_t)_i))
			copy_shipped(shipped.gl_pathv[i]);
	mutate_file(shipped.gl_pathv[_i]);
	remove_all();
	globfree(&shipped);
}
END_TEST

static Suite *
suite_of_menu_mutation(void)
{
	Suite *suite = suite_create("menu_mutation");
	TCase *cases = tcase_create("files");
	int count;

	find_shipped();
	count = (int)shipped.gl_pathc;
	globfree(&shipped);
	tcase_set_timeout(cases, TIMEOUT_S);
	tcase_add_loop_test(cases,
	    a_thousand_changes_of_a_file_never_bring_the_loader_down, 0, count);
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(suite_of_menu_mutation);
