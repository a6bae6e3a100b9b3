/* waymark menus graph: a corridor as a drawing for a meeting. */
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/desk/cli.h"
#include "gateway/desk/cli_menus.h"
#include "menus/menu_graph.h"

extern char **environ;

enum { WANTS_SOURCE = 1 };

struct wish {
	struct menus_asked asked;
	const char *corridor;
	const char *language;
	unsigned given;
};

static int
tell_missing(void)
{
	return (cli_failed("menus graph",
	    "the program `dot` is not installed; it comes with graphviz (apt"
	    " install graphviz).  --dot prints what it would draw"));
}

/* The program with this file as its input and our output as its own. */
static int
run_dot(FILE *source)
{
	char name[] = "dot";
	char format[] = "-Tsvg";
	char *words[] = { name, format, NULL };
	posix_spawn_file_actions_t actions;
	pid_t child;
	int error;
	int status;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(
	    &actions, fileno(source), STDIN_FILENO);
	error = posix_spawnp(&child, name, &actions, NULL, words, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (error == ENOENT)
		return (tell_missing());
	if (error != 0)
		return (cli_failed(
		    "menus graph", "cannot start `dot`: %s", strerror(error)));
	while (waitpid(child, &status, 0) < 0) {
		if (errno != EINTR)
			return (cli_failed("menus graph",
			    "cannot wait for `dot`: %s", strerror(errno)));
	}
	/* What a shell's child says of a program that is not there. */
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return (tell_missing());
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return (cli_failed("menus graph", "`dot` failed"));
	return (EXIT_DONE);
}

static int
draw(const struct text *dot)
{
	FILE *source = tmpfile();
	int status;

	if (source == NULL ||
	    fwrite(dot->bytes, 1, dot->length, source) != dot->length ||
	    fflush(source) != 0 || fseek(source, 0, SEEK_SET) != 0)
		status = cli_failed("menus graph",
		    "cannot write a temporary file: %s", strerror(errno));
	else
		status = run_dot(source);
	if (source != NULL)
		fclose(source);
	return (status);
}

static int
graph(const struct wish *wish, const struct menus *menus)
{
	const struct corridor *corridor =
	    menus_choose_corridor(&menus_command_graph, menus, wish->corridor);
	struct text dot = { 0 };
	int status;

	if (corridor == NULL ||
	    !menus_has_language(&menus_command_graph, menus, wish->language))
		return (EXIT_NOTHING_FOUND);
	menu_graph_add(menus, corridor,
	    wish->language != NULL ? wish->language : "en", &dot);
	if (wish->given & WANTS_SOURCE)
		return (cli_put("menus graph", &dot));
	status = draw(&dot);
	text_free(&dot);
	return (status);
}

static const struct cli_field fields[] = {
	MENUS_FIELDS(struct wish),
	CLI_WORD("corridor", 0, 0, struct wish, corridor),
	CLI_WORD("language", 0, 0, struct wish, language),
	CLI_FLAG("dot", WANTS_SOURCE),
};

static int
run(int argc, char **argv)
{
	struct wish wish = { 0 };
	const struct cli_line line = { .command = &menus_command_graph,
		.fields = fields,
		.field_count = COUNT_OF(fields),
		.into = &wish,
		.given = &wish.given };
	struct menus *menus = NULL;
	int status = cli_read_fields_alone(&line, argc, argv);

	if (status != EXIT_DONE)
		return (status);
	if (menus_load_asked(&wish.asked, &menus) != DONE)
		return (EXIT_FAILED);
	status = graph(&wish, menus);
	menus_free(menus);
	return (status);
}

const struct command menus_command_graph = {
	.name = "menus graph",
	.summary = "a corridor as a drawing (SVG) for a meeting",
	.usage =
	    "Usage: waymark menus graph [--corridor ID] [--language TAG]"
	    " [--dot] > FILE.svg\n"
	    "\n"
	    "Draws every screen with its first words, its options, where they"
	    " lead and what\n"
	    "they count.  Graphviz does the drawing (apt install graphviz).\n"
	    "\n"
	    "  --corridor ID       the corridor, where there are several\n"
	    "  --language TAG      of the words; else English\n"
	    "  --dot               print the source for graphviz"
	    " instead\n" MENUS_OPTIONS_USAGE "\n"
	    "Exit status: 0 done, 1 the menus are wrong or graphviz is"
	    " missing, 2 wrong use,\n"
	    "3 no such corridor or language.\n",
	.run = run,
};
