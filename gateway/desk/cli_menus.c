/* waymark menus: what an editor does with corridors and languages. */
#include "gateway/desk/cli_menus.h"

#include "gateway/desk/desk.h"

/* In the order an editor meets them. */
static const struct command *const actions[] = {
	&menus_command_check,
	&menus_command_try,
	&menus_command_cost,
	&menus_command_graph,
	&menus_command_diff,
	&menus_command_publish,
	&menus_command_versions,
	&menus_command_rollback,
	&menus_command_pot,
	&menus_command_update,
	&menus_command_csv,
	&menus_command_progress,
	NULL,
};

static const char *
action_word(const struct command *action)
{
	return (action->name + strlen("menus "));
}

static const struct command *
find_action(const char *word)
{
	for (const struct command *const *at = actions; *at != NULL; at++) {
		if (strcmp(action_word(*at), word) == 0)
			return (*at);
	}
	return (NULL);
}

static int
print_help(void)
{
	fputs(command_menus.usage, stdout);
	for (const struct command *const *at = actions; *at != NULL; at++)
		printf("  %-10s %s\n", action_word(*at), (*at)->summary);
	puts("\n`waymark menus ACTION --help` says more, and so does"
	     " waymark-menus(1).");
	return (EXIT_DONE);
}

static int
run(int argc, char **argv)
{
	const struct command *action;

	if (argc < 2)
		return (command_wrong_use(&command_menus, "say what to do"));
	if (strcmp(argv[1], "--help") == 0)
		return (print_help());
	action = find_action(argv[1]);
	if (action == NULL)
		return (command_wrong_use(
		    &command_menus, "there is no action '%s'", argv[1]));
	if (command_asked_help(action, argc - 1, argv + 1))
		return (EXIT_DONE);
	return (action->run(argc - 1, argv + 1));
}

const struct command command_menus = {
	.name = "menus",
	.summary = "check, price, draw, try and publish what an editor wrote",
	.usage = "Usage: waymark menus ACTION [options]\n"
		 "\n"
		 "What an editor of corridors and languages needs.  The actions"
		 " are:\n"
		 "\n",
	.run = run,
};
