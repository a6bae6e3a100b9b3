/* waymark <command>: a table of commands, nothing else. */
#include "gateway/base/command.h"
#include "gateway/desk/desk.h"
#include "gateway/hub/doctor.h"
#include "gateway/hub/hub.h"
#include "gateway/line/line.h"

static const struct command *const commands[] = {
	&command_setup,
	&command_serve,
	&command_phone,
	&command_queue,
	&command_staff,
	&command_audit,
	&command_desk,
	&command_partners,
	&command_export,
	&command_erase,
	&command_status,
	&command_backup,
	&command_restore,
	&command_doctor,
	&command_menus,
	&command_recruiters,
	&command_facts,
	&command_line,
	NULL,
};

static void
print_help(FILE *out)
{
	fputs(
	    "Waymark: an offline helpline for people who leave home to work.\n"
	    "\n"
	    "Usage: waymark COMMAND [options]\n"
	    "\n",
	    out);
	for (size_t i = 0; commands[i] != NULL; i++)
		fprintf(out, "  %-10s %s\n", commands[i]->name,
		    commands[i]->summary);
	fputs(
	    "\n`waymark COMMAND --help` says more; so does waymark(1).\n", out);
}

int
main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";
	const struct command *command = command_find(commands, name);

	if (command != NULL)
		return (command->run(argc - 1, argv + 1));
	if (strcmp(name, "--help") == 0 || strcmp(name, "help") == 0) {
		print_help(stdout);
		return (EXIT_DONE);
	}
	if (strcmp(name, "--version") == 0) {
		puts("waymark " PACKAGE_VERSION);
		return (EXIT_DONE);
	}
	if (name[0] != '\0')
		fprintf(stderr, "waymark: there is no command '%s'\n", name);
	print_help(stderr);
	return (EXIT_WRONG_USE);
}
