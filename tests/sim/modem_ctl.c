/* modem_ctl SOCKET [--wait SECONDS] COMMAND [FIELD...]
 *
 * Gives a simulated modem one command (control.h) and prints the lines of its
 * answer.  Exit status 0 for ok, 1 for error or no answer in time.  `follow`
 * goes on printing until --wait is over, and then ends with 0.
 */
#include "gateway/base/command.h"
#include "gateway/base/log.h"
#include "tests/sim/sim_client.h"

enum {
	DEFAULT_WAIT_S = 120,
	LONGEST_WAIT_S = 3600,
};

static void
print_line(const struct fields *fields)
{
	struct text line = { 0 };

	fields_add_line(&line, fields->list, fields->count);
	fputs(line.bytes, stdout);
	fflush(stdout);
	text_free(&line);
}

static int
print_answer(struct sim_connection *connection, int wait_ms, int follows)
{
	struct fields fields;

	while (sim_read_line(connection, wait_ms, &fields)) {
		print_line(&fields);
		if (strcmp(fields.list[0], "error") == 0)
			return (EXIT_FAILED);
		if (strcmp(fields.list[0], "ok") == 0 && !follows)
			return (EXIT_DONE);
	}
	return (follows ? EXIT_DONE : EXIT_FAILED);
}

int
main(int argc, char **argv)
{
	struct sim_connection connection;
	int64_t wait_s = DEFAULT_WAIT_S;
	int first = 2;
	int status;

	if (argc > 3 && strcmp(argv[2], "--wait") == 0) {
		first = 4;
		if (!text_read_integer(argv[3], 0, LONGEST_WAIT_S, &wait_s))
			first = argc;
	}
	if (argc <= first || argc - first > FIELDS_MOST) {
		fputs("usage: modem_ctl SOCKET [--wait SECONDS] COMMAND "
		      "[FIELD...]\n",
		    stderr);
		return (EXIT_WRONG_USE);
	}
	sim_connect(&connection, argv[1]);
	sim_send(&connection, (const char *const *)argv + first,
	    (size_t)(argc - first));
	status = print_answer(&connection, (int)wait_s * 1000,
	    strcmp(argv[first], "follow") == 0);
	sim_disconnect(&connection);
	return (status);
}
