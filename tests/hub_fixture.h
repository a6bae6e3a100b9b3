/* A hub with a store of its own and one line that takes what it is given, for
 * the suites of gateway/hub/.
 *
 * The menus are loaded once, before the tests fork: they are the same for all
 * of them and slow to load.
 */
#ifndef TESTS_HUB_FIXTURE_H
#define TESTS_HUB_FIXTURE_H

#include "gateway/hub/departures.h"
#include "tests/store_fixture.h"

enum { FIXTURE_WARM_S = 1800 };

static struct hub *hub;
static struct menus *menus;
static char line_name[] = "north";
static char line_kind[] = "demo";

static inline void
load_menus(void)
{
	ck_assert_int_eq(
	    menus_load(SOURCE_TREE "/menus", SOURCE_TREE "/locales", &menus),
	    DONE);
}

static inline void
free_menus(void)
{
	menus_free(menus);
}

static inline void
fixture_open_hub(const struct line_settings *line)
{
	struct child *child;

	fixture_open();
	hub = memory_new(1, sizeof(*hub));
	hub->store = fixture_store;
	hub->box_key = fixture_box;
	hub->menus = menus;
	hub->settings.contact.warm_s = FIXTURE_WARM_S;
	hub->children = memory_new(1, sizeof(*hub->children));
	hub->child_count = 1;
	child = &hub->children[0];
	child->line = line;
	child->state = CHILD_UP;
	child->socket = 0; /* never spoken to: what is noted is looked at */
	child->device_is_up = 1;
	child->window = BATCH_MOST;
}

static inline void
fixture_close_hub(void)
{
	departures_forget(hub);
	free(hub->children);
	free(hub);
	fixture_close();
}

#endif
