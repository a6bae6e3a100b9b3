/* How long menus take to load, and one step of the engine: figures, no test.
 * Processor time, so that a busy machine says the same.
 *
 *   tests/bench/menu_bench
 *
 * Writes a corridor of 2,000 screens with two options each to a temporary
 * folder, with the translations of all 6,000 texts into 30 languages as a
 * translator's program leaves them, loads it, and walks through it.  Build without
 * sanitizers for figures that mean something.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/base/memory.h"
#include "menus/menu_walk.h"

enum { SCREENS = 2000, LANGUAGES = 30, LOADS = 5, STEPS = 200000 };

/* What must not be passed. */
static const double LOAD_MOST_MS = 500;
static const double STEP_MOST_US = 20;

/* As waymark menus update writes it. */
#define NOTE \
	"\n#. An option: short. Room: 23 Latin characters; in other scripts" \
	" 134 for the whole screen.\n"

static char folder[] = "/tmp/menu-bench-XXXXXX";

static double
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return ((double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6);
}

static void
must(int holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "menu_bench: %s\n", what);
	exit(1);
}

static void
put(const char *name, const struct text *content)
{
	struct text path = { 0 };

	text_printf(&path, "%s/%s", folder, name);
	must(file_write(text_string(&path), 0600, text_string(content),
		 content->length) == DONE,
	    "cannot write a file");
	text_free(&path);
}

static void
make_folder(const char *name)
{
	struct text path = { 0 };

	text_printf(&path, "%s/%s", folder, name);
	must(mkdir(text_string(&path), 0700) == 0, "cannot make a folder");
	text_free(&path);
}

/* "en", then "l01" and so on: tags of the length real ones have. */
static void
add_tag(struct text *text, int language)
{
	if (language == 0)
		text_add(text, "en");
	else
		text_printf(text, "l%02d", language);
}

static void
put_tree(void)
{
	struct text tree = { 0 };

	text_add(&tree,
	    "corridor = { id = \"big\"; name = \"Big\"; home = \"s0\";"
	    " help = \"help\"; consent = \"a0\"; urgency = \"1\";"
	    " facts = \"big\"; languages = (");
	for (int i = 0; i < LANGUAGES; i++) {
		text_add(&tree, i > 0 ? ", \"" : "\"");
		add_tag(&tree, i);
		text_add(&tree, "\"");
	}
	text_add(&tree,
	    "); };\nscreens = (\n{ id = \"help\"; kind = \"request\"; text ="
	    " \"Your number is {ref}.\"; to = \"s0\"; },\n{ id = \"ask\"; kind"
	    " = \"ask\"; answer = \"yes-no\"; save = \"a0\"; text = \"May we"
	    " keep it?\"; next = ( { when = \":a0 = 'yes'\"; to = \"s1\"; },"
	    " { to = \"s2\"; } ); }");
	for (int i = 0; i < SCREENS - 2; i++)
		text_printf(&tree,
		    ",\n{ id = \"s%d\"; kind = \"menu\"; text = \"This is"
		    " screen %d, with a text as long as most.\"; options = ( {"
		    " id = \"a\"; text = \"On to %d\"; to = \"s%d\"; }, {"
		    " id = \"b\"; text = \"A question\"; to = \"ask\"; } ); }",
		    i, i, i, (i + 1) % (SCREENS - 2));
	text_add(&tree, "\n);\n");
	put("menus/trees/big.cfg", &tree);
	text_free(&tree);
}

static void
put_shared(void)
{
	struct text content = { 0 };

	must(file_read(SOURCE_TREE "/menus/trees/system.cfg", 1 << 20,
		 &content) == DONE,
	    "cannot read the shipped system.cfg");
	put("menus/trees/system.cfg", &content);
	text_clear(&content);
	text_add(&content,
	    "name,value,unit,source,source_url,source_date,checked_on,"
	    "expires_on,risk_note,show\n");
	put("menus/facts/big.csv", &content);
	text_free(&content);
}

static void
put_language(int language)
{
	struct text po = { 0 };
	struct text name = { 0 };

	text_add(&po, "msgid \"\"\nmsgstr \"\"\n\"Language: ");
	add_tag(&po, language);
	text_add(&po,
	    "\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	    "\"X-Script: Deva\\n\"\n");
	for (int i = 0; i < SCREENS - 2; i++) {
		text_printf(&po, NOTE "#: menus/trees/big.cfg:%d\n", i + 5);
		text_printf(&po,
		    "msgctxt \"big/s%d/text\"\nmsgid \"This is screen %d,"
		    " with a text as long as most.\"\nmsgstr \"यो पर्दा %d हो,"
		    " धेरैजस्तो जत्तिकै लामो।\"\n",
		    i, i, i);
		text_printf(&po, NOTE "#: menus/trees/big.cfg:%d\n", i + 5);
		text_printf(&po,
		    "msgctxt \"big/s%d/a\"\nmsgid \"On to %d\"\nmsgstr"
		    " \"%d मा जाने\"\n",
		    i, i, i);
		text_printf(&po, NOTE "#: menus/trees/big.cfg:%d\n", i + 5);
		text_printf(&po,
		    "msgctxt \"big/s%d/b\"\nmsgid \"A question\"\nmsgstr"
		    " \"एउटा प्रश्न\"\n",
		    i);
	}
	text_add(&name, "locales/");
	add_tag(&name, language);
	text_add(&name, ".po");
	put(text_string(&name), &po);
	text_free(&po);
	text_free(&name);
}

static void
make_files(void)
{
	must(mkdtemp(folder) != NULL, "cannot make a temporary folder");
	make_folder("menus");
	make_folder("menus/trees");
	make_folder("menus/facts");
	make_folder("locales");
	put_tree();
	put_shared();
	for (int i = 1; i < LANGUAGES; i++)
		put_language(i);
}

static struct menus *
load(void)
{
	struct text menus_path = { 0 };
	struct text locales = { 0 };
	struct menus *menus = NULL;

	text_printf(&menus_path, "%s/menus", folder);
	text_printf(&locales, "%s/locales", folder);
	must(menus_load(text_string(&menus_path), text_string(&locales),
		 &menus) == DONE,
	    "the menus do not load");
	text_free(&menus_path);
	text_free(&locales);
	return (menus);
}

static void
time_loads(void)
{
	double best = 1e9;

	for (int i = 0; i < LOADS; i++) {
		double start = now_ms();
		struct menus *menus = load();
		double took = now_ms() - start;

		if (took < best)
			best = took;
		menus_free(menus);
	}
	printf("load: %d screens, %d languages: %.0f ms of processor time (best"
	       " of %d), %.2f of the limit\n",
	    SCREENS, LANGUAGES, best, LOADS, best / LOAD_MOST_MS);
}

static void
time_steps(const struct menus *menus, const char *language)
{
	static const char *const typed[] = { "1", "1", "2", "yes", "1", "0",
		"a question", "menu" };
	struct walk walk = { 0 };
	double start = now_ms();
	double took;

	for (int i = 0; i < STEPS; i++) {
		struct step_input input = {
			.text = typed[(size_t)i % COUNT_OF(typed)],
			.channel = &channel_sms,
			.now_utc_s = 1800000000,
			.corridor = "big",
			.known_language = language,
			.ref = "KX47",
		};
		struct step step;

		menu_step(menus, &walk, &input, &step);
		must(step.reply.length > 0, "a step says nothing");
		step_free(&step);
	}
	took = now_ms() - start;
	walk_free(&walk);
	printf("menu_step in %s: %.2f microseconds (%d steps), %.2f of the"
	       " limit\n",
	    language, took * 1e3 / STEPS, STEPS,
	    took * 1e3 / STEPS / STEP_MOST_US);
}

static void
remove_files(void)
{
	struct text command = { 0 };

	text_printf(&command, "rm -r '%s'", folder);
	must(system(text_string(&command)) == 0, "cannot clean up");
	text_free(&command);
}

int
main(void)
{
	struct menus *menus;

	make_files();
	time_loads();
	menus = load();
	time_steps(menus, "en");
	time_steps(menus, "l07");
	menus_free(menus);
	remove_files();
	return (0);
}
