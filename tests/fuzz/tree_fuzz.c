/* A corridor of an editor's: refused with its mistakes, or walked. */
#include "menus/menu_walk.h"
#include "tests/fuzz/files.h"
#include "tests/fuzz/target.h"

enum { STEPS = 6 };

/* system.cfg and the folders, once. */
static void
make_place(void)
{
	static const char facts[] = "name,value,unit,source,source_url,source_date,checked_on,expires_on,risk_note,show\n";
	static int is_made;
	struct text system = { 0 };
	char path[120];

	if (is_made)
		return;
	is_made = 1;
	put_file("mark", "", 0);
	snprintf(path, sizeof(path), "%s/menus", fuzz_folder);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/menus/trees", fuzz_folder);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/menus/facts", fuzz_folder);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/locales", fuzz_folder);
	mkdir(path, 0700);
	if (file_read(SOURCE_TREE "/menus/trees/system.cfg", 1 << 20,
		&system) != DONE)
		abort();
	put_file("menus/trees/system.cfg", system.bytes, system.length);
	put_file("menus/facts/fuzz.csv", facts, strlen(facts));
	text_free(&system);
}

static void
walk_through(const struct menus *menus)
{
	static const char *const said[STEPS] = { "hello", "1", "2", "9", "0",
		"help" };
	static struct walk walk;

	for (size_t i = 0; i < STEPS; i++) {
		struct step step;
		struct step_input input = {
			.kind = INPUT_TEXT,
			.text = said[i],
			.channel = &channel_sms,
			.now_utc_s = 1700000000 + (int64_t)i,
			.corridor = "fuzz",
			.line_language = "en",
			.known_language = "",
			.ref = "KM7P4",
		};

		menu_step(menus, &walk, &input, &step);
		step_free(&step);
	}
	walk_free(&walk);
}

static void
one(const uint8_t *octets, size_t length)
{
	struct menus *menus = NULL;
	char trees[120], locales[120];

	make_place();
	put_file("menus/trees/fuzz.cfg", octets, length);
	snprintf(trees, sizeof(trees), "%s/menus", fuzz_folder);
	snprintf(locales, sizeof(locales), "%s/locales", fuzz_folder);
	if (menus_load(trees, locales, &menus) != DONE)
		return;
	walk_through(menus);
	menus_free(menus);
}
