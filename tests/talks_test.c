/* Every shipped conversation is played over a running helpline: by the phone's
 * own `--talk`, through demo line, hub and store, in the corridor it belongs
 * to (menus/talks/<corridor>/).
 */
#include <dirent.h>
#include <glob.h>
#include <signal.h>
#include <sys/wait.h>

#include "gateway/base/outcome.h"
#include "tests/lab.h"
#include "tests/proof.h"

enum { TALKS_LEAST = 10 };

static void
play(struct lab *lab, const char *path)
{
	struct text out = { 0 };
	const char *const arguments[] = { "phone", "--talk", path, NULL };
	int status = lab_run(lab, &out, arguments);

	expect(status == 0, "%s ended with %d:\n%s", path, status,
	    text_string(&out));
	text_free(&out);
}

static void
play_corridor(const char *corridor)
{
	struct text pattern = { 0 };
	glob_t talks = { 0 };
	struct lab lab;
	int status;

	text_printf(&pattern, SOURCE_TREE "/menus/talks/%s/*.talk", corridor);
	if (glob(pattern.bytes, 0, NULL, &talks) != 0)
		talks.gl_pathc = 0;
	expect(talks.gl_pathc >= TALKS_LEAST, "%s has only %zu talks", corridor,
	    talks.gl_pathc);
	lab_open_corridor(&lab, corridor, NULL);
	lab_start(&lab);
	for (size_t i = 0; i < talks.gl_pathc; i++)
		play(&lab, talks.gl_pathv[i]);
	status = lab_stop(&lab, SIGTERM);
	expect(WIFEXITED(status) && WEXITSTATUS(status) == 0,
	    "the hub ended with status %#x", (unsigned)status);
	lab_close(&lab);
	if (talks.gl_pathc > 0)
		globfree(&talks);
	text_free(&pattern);
}

static int
is_corridor(const struct dirent *entry)
{
	return (entry->d_name[0] != '.');
}

static void
every_talk_plays_over_a_running_helpline(void)
{
	struct dirent **names = NULL;
	int count =
	    scandir(SOURCE_TREE "/menus/talks", &names, is_corridor, alphasort);

	expect(count > 0, "there are no talks");
	for (int i = 0; i < count; i++) {
		play_corridor(names[i]->d_name);
		free(names[i]);
	}
	free(names);
}

static const struct proof proofs[] = {
	{ "every_talk_plays_over_a_running_helpline",
	    every_talk_plays_over_a_running_helpline },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
