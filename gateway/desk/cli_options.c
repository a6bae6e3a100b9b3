#include "gateway/desk/cli_options.h"

#include <getopt.h>

enum { LETTERS_END = 128 };

static void
fill(const struct cli_reading *reading, struct option *long_options,
    char *letters)
{
	static const int has_arg[] = { no_argument,
		required_argument, [CLI_MAY_TAKE_VALUE] = optional_argument };

	/* A colon in front: a missing value is told apart from an unknown
	 * option. */
	*letters++ = ':';
	for (size_t i = 0; i < reading->count; i++) {
		const struct cli_option *option = &reading->options[i];

		long_options[i] = (struct option){
			.name = option->name,
			.has_arg = has_arg[option->takes_value],
			.val = option->id,
		};
		if (option->id >= LETTERS_END)
			continue;
		*letters++ = (char)option->id;
		if (option->takes_value)
			*letters++ = ':';
	}
	*letters = '\0';
}

int
cli_read_options(
    const struct cli_reading *reading, int argc, char **argv, int *first_r)
{
	struct option long_options[CLI_OPTIONS_MOST + 1] = { 0 };
	char letters[2 * CLI_OPTIONS_MOST + 2];
	int id;

	if (reading->count > CLI_OPTIONS_MOST)
		abort();
	fill(reading, long_options, letters);
	optind = 0;
	opterr = 0;
	while (
	    (id = getopt_long(argc, argv, letters, long_options, NULL)) != -1) {
		int status;

		if (id == ':')
			return (command_wrong_use(reading->command,
			    "'%s' needs a value", argv[optind - 1]));
		if (id == '?')
			return (command_wrong_use(reading->command,
			    "there is no option '%s'", argv[optind - 1]));
		status = reading->take(id, optarg, reading->into);
		if (status != EXIT_DONE)
			return (status);
	}
	*first_r = optind;
	return (EXIT_DONE);
}
