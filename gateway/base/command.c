#include "gateway/base/command.h"

#include <stdarg.h>

int
command_asked_help(const struct command *command, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--") == 0)
			return (0);
		if (strcmp(argv[i], "--help") == 0) {
			fputs(command->usage, stdout);
			return (1);
		}
	}
	return (0);
}

int
command_wrong_use(const struct command *command, const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "waymark %s: ", command->name);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fprintf(stderr, "\nTry `waymark %s --help`.\n", command->name);
	return (EXIT_WRONG_USE);
}

const struct command *
command_find(const struct command *const *commands, const char *name)
{
	for (; *commands != NULL; commands++) {
		if (strcmp((*commands)->name, name) == 0)
			return (*commands);
	}
	return (NULL);
}
