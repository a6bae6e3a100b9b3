/* Conversations about agencies, over a running helpline that has imported
 * lists: what is on a list, what is not, and a list that is old.  The agencies
 * are invented (tests/data/recruiters-invented.csv); the talks stand in
 * tests/talks/recruiters*, named by corridor and language.
 */
#include <glob.h>
#include <signal.h>
#include <sys/wait.h>

#include "gateway/base/clock.h"
#include "gateway/base/outcome.h"
#include "tests/lab.h"
#include "tests/proof.h"

enum { DAY_S = 86400, OLD_DAYS = 60 };

/* Whose lists a corridor looks into. */
static const struct {
	const char *corridor;
	const char *countries[2];
} corridors[] = {
	{ "nepal-gulf", { "NP", NULL } },
	{ "bangladesh-gulf", { "BD", NULL } },
	{ "ethiopia-kenya-gulf", { "ET", "KE" } },
};

static void
import(struct lab *lab, const char *country, int days)
{
	struct clock_text as_of =
	    clock_date(clock_utc_s() - (int64_t)days * DAY_S);
	const char *const arguments[] = { "recruiters", "import",
		SOURCE_TREE "/tests/data/recruiters-invented.csv", "--country",
		country, "--authority", "Test", "--as-of", as_of.text,
		NULL };

	if (lab_run(lab, NULL, arguments) != 0)
		lab_fail("cannot import a list for %s", country);
}

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
play_corridor(size_t which, const char *folder, int days)
{
	const char *corridor = corridors[which].corridor;
	struct text pattern = { 0 };
	glob_t talks = { 0 };
	struct lab lab;

	text_printf(&pattern, SOURCE_TREE "/tests/talks/%s/%s-*.talk", folder,
	    corridor);
	if (glob(pattern.bytes, 0, NULL, &talks) != 0)
		lab_fail("there is no talk %s", pattern.bytes);
	lab_open_corridor(&lab, corridor, NULL);
	for (size_t i = 0; i < COUNT_OF(corridors[which].countries); i++)
		if (corridors[which].countries[i] != NULL)
			import(&lab, corridors[which].countries[i], days);
	lab_start(&lab);
	for (size_t i = 0; i < talks.gl_pathc; i++)
		play(&lab, talks.gl_pathv[i]);
	expect(lab_stop(&lab, SIGTERM) == 0, "the hub did not end well");
	lab_close(&lab);
	globfree(&talks);
	text_free(&pattern);
}

static void
an_agency_is_found_by_number_or_name_in_every_language(void)
{
	for (size_t i = 0; i < COUNT_OF(corridors); i++)
		play_corridor(i, "recruiters", 1);
}

static void
an_old_list_says_so_with_every_answer(void)
{
	for (size_t i = 0; i < COUNT_OF(corridors); i++)
		play_corridor(i, "recruiters-old", OLD_DAYS);
}

static const struct proof proofs[] = {
	{ "an_agency_is_found_by_number_or_name_in_every_language",
	    an_agency_is_found_by_number_or_name_in_every_language },
	{ "an_old_list_says_so_with_every_answer",
	    an_old_list_says_so_with_every_answer },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
