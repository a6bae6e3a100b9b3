#include "gateway/desk/cli_options.h"

#include <getopt.h>
#include <inttypes.h>

#include "gateway/base/outcome.h"

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

static int
take_config(int id, char *value, void *into)
{
	(void)id;
	*(const char **)into = value;
	return (EXIT_DONE);
}

int
cli_read_config(const struct command *command, int argc, char **argv,
    const char **config_r, int *first_r)
{
	static const struct cli_option options[] = { { "config", 1, 'c' } };
	const struct cli_reading reading = { command, options,
		COUNT_OF(options), take_config, config_r };

	*config_r = NULL;
	return (cli_read_options(&reading, argc, argv, first_r));
}

/* -- reading into a struct -------------------------------------------------- */

enum { FIELD_FIRST = 256 };

/* What an option of the table is called inside. */
static int
id_of(const struct cli_line *line, size_t place)
{
	char letter = line->fields[place].letter;

	return (letter != 0 ? letter : FIELD_FIRST + (int)place);
}

static int
keep_number(const struct cli_line *line, const struct cli_field *field,
    const char *value)
{
	int64_t *into = (void *)((char *)line->into + field->place);

	if (text_read_integer(value, field->min, field->max, into))
		return (EXIT_DONE);
	return (command_wrong_use(line->command,
	    "--%s takes a number from %" PRId64 " to %" PRId64, field->name,
	    field->min, field->max));
}

static int
keep_one_more(const struct cli_line *line, const struct cli_field *field,
    const char *value)
{
	struct cli_list *list = (void *)((char *)line->into + field->place);

	if (list->count == CLI_LIST_MOST)
		return (command_wrong_use(line->command,
		    "--%s can be given %d times", field->name,
		    (int)CLI_LIST_MOST));
	list->items[list->count++] = value;
	return (EXIT_DONE);
}

static int
keep_field(const struct cli_line *line, const struct cli_field *field,
    const char *value)
{
	const char **word = (void *)((char *)line->into + field->place);

	*line->given |= field->takes;
	switch (field->kind) {
	case CLI_IS_FLAG:
		break;
	case CLI_IS_WORD:
	case CLI_IS_MAYBE:
		*word = value;
		break;
	case CLI_IS_NUMBER:
		return (keep_number(line, field, value));
	case CLI_IS_LIST:
		return (keep_one_more(line, field, value));
	}
	return (EXIT_DONE);
}

static int
take_field(int id, char *value, void *into)
{
	const struct cli_line *line = into;

	for (size_t i = 0; i < line->field_count; i++) {
		if (id_of(line, i) == id)
			return (keep_field(line, &line->fields[i], value));
	}
	return (EXIT_DONE);
}

static int
how_it_takes(enum cli_kind kind)
{
	if (kind == CLI_IS_MAYBE)
		return (CLI_MAY_TAKE_VALUE);
	return (kind != CLI_IS_FLAG);
}

int
cli_read_fields(
    const struct cli_line *line, int argc, char **argv, int *first_r)
{
	struct cli_option options[CLI_OPTIONS_MOST];
	struct cli_line own = *line;
	const struct cli_reading reading = { line->command, options,
		line->field_count, take_field, &own };

	if (line->field_count > CLI_OPTIONS_MOST)
		abort();
	for (size_t i = 0; i < line->field_count; i++)
		options[i] = (struct cli_option){
			.name = line->fields[i].name,
			.takes_value = how_it_takes(line->fields[i].kind),
			.id = id_of(line, i),
		};
	return (cli_read_options(&reading, argc, argv, first_r));
}

int
cli_read_fields_alone(const struct cli_line *line, int argc, char **argv)
{
	int first;
	int status = cli_read_fields(line, argc, argv, &first);

	if (status == EXIT_DONE && first < argc)
		return (command_wrong_use(
		    line->command, "'%s' is one word too many", argv[first]));
	return (status);
}

/* -- actions ---------------------------------------------------------------- */

static const struct cli_action *
find_action(const struct cli_line *line, const char *name)
{
	for (size_t i = 0; i < line->action_count; i++) {
		const struct cli_action *action =
		    (const void *)((const char *)line->actions +
			i * line->action_bytes);

		if (strcmp(action->name, name) == 0)
			return (action);
	}
	return (NULL);
}

int
cli_choose_action(
    const struct cli_line *line, int count, char **words, const void **row_r)
{
	const struct cli_action *action;

	if (count == 0)
		return (command_wrong_use(line->command, "say what to do"));
	action = find_action(line, words[0]);
	if (action == NULL)
		return (command_wrong_use(
		    line->command, "there is no action '%s'", words[0]));
	if (*line->given & ~action->takes)
		return (command_wrong_use(line->command,
		    "%s does not take one of these options", action->name));
	if (count - 1 < action->least)
		return (command_wrong_use(line->command, "%s needs %s",
		    action->name,
		    action->needs != NULL ? action->needs : "one more word"));
	if (action->most != CLI_ANY_WORDS && count - 1 > action->most)
		return (command_wrong_use(line->command,
		    "'%s' is one word too many; put words that belong together"
		    " in quotation marks",
		    words[action->most + 1]));
	*row_r = action;
	return (EXIT_DONE);
}
