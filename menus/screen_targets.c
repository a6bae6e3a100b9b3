#include "menus/screen_targets.h"

size_t
screen_exit_count(const struct screen *screen)
{
	return (screen->option_count + screen->way_count);
}

struct screen_exit
screen_exit_at(const struct screen *screen, size_t index)
{
	if (index < screen->option_count)
		return ((struct screen_exit){
		    .target = screen->options[index].target,
		    .option = &screen->options[index],
		});
	index -= screen->option_count;
	return ((struct screen_exit){
	    .target = screen->ways[index].target,
	    .way = &screen->ways[index],
	});
}

int
screen_waits(const struct screen *screen)
{
	if (screen->kind == SCREEN_REQUEST)
		return (screen->way_count == 0);
	return (screen->kind != SCREEN_BRANCH && screen->kind != SCREEN_END &&
	    screen->kind != SCREEN_CORRIDOR);
}

int
screen_is_last(const struct screen *screen)
{
	for (size_t i = 0; i < screen_exit_count(screen); i++) {
		if (screen_exit_at(screen, i).target != NULL)
			return (0);
	}
	return (1);
}

const char *
screen_kind_name(const struct screen *screen)
{
	static const char *const names[] = {
		[SCREEN_MENU] = "menu",
		[SCREEN_INFO] = "info",
		[SCREEN_ASK] = "ask",
		[SCREEN_BRANCH] = "branch",
		[SCREEN_REQUEST] = "request",
		[SCREEN_END] = "end",
		[SCREEN_CHECKLIST] = "checklist",
		[SCREEN_QUIZ] = "quiz",
		[SCREEN_CORRIDOR] = "corridor",
	};

	return (names[screen->kind]);
}
