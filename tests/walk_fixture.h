/* What the suites about walks share: the menus of tests/data/menus/good, and a
 * talk at the corridor `gulf`, begun in English. */
#ifndef TESTS_WALK_FIXTURE_H
#define TESTS_WALK_FIXTURE_H

#include "tests/check_main.h"
#include "tests/menus_talk.h"

enum {
	OPEN = EFFECT_OPEN_REQUEST,
	AGAIN = EFFECT_ASKED_AGAIN,
	UPDATE = EFFECT_UPDATE_REQUEST,
	JOIN = EFFECT_JOIN_CASE,
	ERASE = EFFECT_ERASE_WALK,
};

#define GOOD SOURCE_TREE "/tests/data/menus/good"
#define TALK(...) \
	(const struct turn[]) \
	{ \
		__VA_ARGS__, \
		{ \
			NULL, NULL, 0 \
		} \
	}

static struct menus *menus;
static struct talk talk;

static inline void
set_up(void)
{
	ck_assert_int_eq(menus_load(GOOD, GOOD "/locales", &menus), DONE);
	talk_begin(&talk, menus, "gulf", "en");
}

static inline void
tear_down(void)
{
	talk_end(&talk);
	menus_free(menus);
}

#endif
