#include "tests/team_lab.h"

#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/outcome.h"

enum { ARGUMENTS_MOST = 24 };

/* Runs a command signed in as `who` (NULL: the lead of the lab). */
int
team_run(struct lab *lab, const char *who, struct text *out,
    const char *const *words)
{
	const char *arguments[ARGUMENTS_MOST] = { NULL };
	char password[100];
	size_t count = 0;

	for (; *words != NULL; words++)
		arguments[count++] = *words;
	snprintf(password, sizeof(password), "%s/%s", lab->folder,
	    who != NULL ? who : "password");
	arguments[count++] = "--staff";
	arguments[count++] = who != NULL ? who : LAB_STAFF;
	arguments[count++] = "--password-file";
	arguments[count++] = password;
	if (out != NULL)
		text_clear(out);
	return (lab_run(lab, out, arguments));
}

void
team_add_hari(struct lab *lab)
{
	char file[100];

	snprintf(file, sizeof(file), "%s/" HARI, lab->folder);
	if (file_write(file, 0600, HARI_PASSWORD "\n",
		strlen(HARI_PASSWORD "\n")) != DONE)
		lab_fail("cannot write %s", file);
	expect(RUN(lab, NULL, NULL, "staff", "add", HARI, "--new-password-file",
		   file) == 0,
	    "Hari could not be added");
}

void
team_walk_to_request(struct caller_phone *phone)
{
	static const char *const answers[] = { "1", "1", "1", "2", "Qatar", "1",
		"bluebird" };
	struct text answer = { 0 };

	caller_expect(phone, "HELP", "Your number is");
	for (size_t i = 0; i < COUNT_OF(answers); i++)
		caller_ask(phone, answers[i], &answer);
	text_free(&answer);
}

void
team_read_ref(struct lab *lab, char ref[16])
{
	struct text out = { 0 };

	lab_query(lab, "SELECT ref FROM requests ORDER BY id DESC", &out);
	snprintf(ref, 16, "%s", text_string(&out));
	text_free(&out);
}

int64_t
team_wait_for(struct lab *lab, const char *sql, int64_t value)
{
	int64_t until_ms = clock_monotonic_ms() + CALLER_WAIT_MS;
	int64_t found;

	do {
		found = lab_query_integer(lab, sql);
		if (found == value)
			return (found);
		usleep(20000);
	} while (clock_monotonic_ms() < until_ms);
	return (found);
}

int
team_shows(struct lab *lab, const char *who, const char *ref, const char *words)
{
	struct text out = { 0 };
	int is_shown = RUN(lab, who, &out, "queue", "show", ref) == 0 &&
	    strstr(text_string(&out), words) != NULL;

	text_free(&out);
	return (is_shown);
}
