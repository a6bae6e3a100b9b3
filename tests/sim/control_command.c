#include "tests/sim/control_command.h"

void
control_refuse(struct client *client, const char *words)
{
	fields_add(&client->out, "error");
	fields_add(&client->out, words);
	text_add_byte(&client->out, '\n');
}

void
control_accept(struct client *client)
{
	text_add(&client->out, "ok\n");
}

int
control_read_number(const char *field, int64_t otherwise, int64_t *number_r)
{
	if (field[0] == '\0') {
		*number_r = otherwise;
		return (1);
	}
	return (text_read_integer(field, 0, INT64_MAX / 2, number_r));
}

static const struct control_command *
find_command(const char *name)
{
	static const struct control_command *const tables[] = {
		control_incoming,
		control_observing,
	};
	const struct control_command *row;
	size_t i;

	for (i = 0; i < COUNT_OF(tables); i++) {
		for (row = tables[i]; row->name != NULL; row++) {
			if (strcmp(row->name, name) == 0)
				return (row);
		}
	}
	return (NULL);
}

void
control_run(
    struct control *control, struct client *client, const struct fields *fields)
{
	const struct control_command *command = find_command(fields->list[0]);

	if (command == NULL) {
		control_refuse(client, "no such command");
		return;
	}
	if (fields->count < command->least_fields ||
	    fields->count > command->most_fields) {
		control_refuse(client, "wrong number of fields");
		return;
	}
	command->run(control, client, fields);
	/* So that the next command of the same batch finds the text where
	 * this one put it. */
	modem_work(control->modem);
}
