/* A new key for the team of a helpline run by the real program, while callers
 * write. */
#include <inttypes.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/outcome.h"
#include "tests/team_lab.h"

/* -- a new key for the team ------------------------------------------------- */

static void
the_key_is_replaced_while_the_hub_runs(void)
{
	struct caller_phone phone;
	char recovery[100], old_recovery[100], ref[16];
	int64_t epochs;
	struct lab lab;

	lab_open(&lab, NULL);
	snprintf(recovery, sizeof(recovery), "%s/recovery2", lab.folder);
	snprintf(old_recovery, sizeof(old_recovery), "%s/recovery", lab.folder);
	team_add_hari(&lab);
	lab_start(&lab);
	caller_open(&phone, &lab, CALLER_NUMBER);
	team_walk_to_request(&phone);
	team_read_ref(&lab, ref);
	expect(RUN(&lab, HARI, NULL, "queue", "claim", ref) == 0, "no claim");
	caller_text(&phone, "he keeps my passport");
	expect(team_wait_for(&lab, "SELECT count(*) FROM case_texts", 1) == 1,
	    "text");
	epochs = lab_query_integer(&lab, "SELECT count(*) FROM epochs");
	expect(RUN(&lab, HARI, NULL, "staff", "rotate", "--recovery-file",
		   recovery) == 1,
	    "a caseworker replaced the key");
	expect(RUN(&lab, NULL, NULL, "staff", "rotate", "--recovery-file",
		   recovery) == 0,
	    "the key could not be replaced");
	/* The hub was told and does not go on with a key of before. */
	expect(team_wait_for(&lab, "SELECT count(*) FROM epochs", epochs + 1) ==
		epochs + 1,
	    "the hub began no new epoch");
	caller_text(&phone, "and my phone too");
	expect(team_wait_for(&lab, "SELECT count(*) FROM case_texts", 2) == 2,
	    "text");
	expect(team_shows(&lab, HARI, ref, "he keeps my passport") &&
		team_shows(&lab, HARI, ref, "and my phone too"),
	    "Hari does not read the case");
	expect(team_shows(&lab, NULL, ref, "he keeps my passport") &&
		team_shows(&lab, NULL, ref, "and my phone too"),
	    "the lead does not read the case");
	expect(RUN(&lab, NULL, NULL, "staff", "recover", LAB_STAFF,
		   "--recovery-file", old_recovery, "--new-password-file",
		   lab.password_file) == 1,
	    "the old recovery key opens");
	expect(RUN(&lab, NULL, NULL, "staff", "recover", LAB_STAFF,
		   "--recovery-file", recovery, "--new-password-file",
		   lab.password_file) == 0,
	    "the new recovery key does not open");
	caller_close(&phone);
	lab_stop(&lab, SIGTERM);
	lab_close(&lab);
}

/* Whether this recovery key gives the lead the password they have anyway. */
static int
recovers(struct lab *lab, const char *file)
{
	return (RUN(lab, NULL, NULL, "staff", "recover", LAB_STAFF,
		    "--recovery-file", file, "--new-password-file",
		    lab->password_file) == 0);
}

static void
rotate_and_kill(struct lab *lab, const char *recovery, int after_ms)
{
	pid_t pid = fork();

	if (pid == 0) {
		(void)!freopen("/dev/null", "w", stdout);
		execl(getenv("WAYMARK_PROGRAM") != NULL
			? getenv("WAYMARK_PROGRAM")
			: "./waymark",
		    "waymark", "staff", "rotate", "-c", lab->config,
		    "--recovery-file", recovery, "--staff", LAB_STAFF,
		    "--password-file", lab->password_file, (char *)NULL);
		_exit(127);
	}
	usleep((useconds_t)after_ms * 1000);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* Whether the team's key is another one than *key, which becomes it. */
static int
key_is_new(struct lab *lab, struct text *key)
{
	struct text today = { 0 };
	int is_new;

	lab_query(lab, "SELECT hex(team_public) FROM meta", &today);
	is_new = strcmp(text_string(&today), text_string(key)) != 0;
	text_free(key);
	*key = today;
	return (is_new);
}

static void
a_replacement_killed_at_any_instant_leaves_one_key_that_opens(void)
{
	enum { ROUNDS = 14, FIRST_MS = 20, STEP_MS = 90 };
	struct caller_phone phone;
	char good[120], next[120], ref[16];
	struct text key = { 0 };
	int done = 0;
	struct lab lab;

	lab_open(&lab, NULL);
	lab_start(&lab);
	caller_open(&phone, &lab, CALLER_NUMBER);
	team_walk_to_request(&phone);
	team_read_ref(&lab, ref);
	snprintf(good, sizeof(good), "%s/recovery", lab.folder);
	(void)!key_is_new(&lab, &key);
	for (int round = 0; round < ROUNDS; round++) {
		int is_new;

		snprintf(
		    next, sizeof(next), "%s/recovery-%d", lab.folder, round);
		rotate_and_kill(&lab, next, FIRST_MS + round * STEP_MS);
		is_new = key_is_new(&lab, &key);
		done += is_new;
		expect(team_shows(&lab, NULL, ref, "Qatar"),
		    "killed in round %d, the case does not open", round);
		expect(recovers(&lab, is_new ? next : good),
		    "killed in round %d, the %s recovery key does not open",
		    round, is_new ? "new" : "old");
		if (is_new)
			snprintf(good, sizeof(good), "%s", next);
	}
	expect(done > 0 && done < ROUNDS,
	    "of %d rounds %d were over before the kill: nothing was tried",
	    ROUNDS, done);
	text_free(&key);
	caller_close(&phone);
	lab_stop(&lab, SIGTERM);
	lab_close(&lab);
}

/* -- who did what ----------------------------------------------------------- */

/* The head that a verify printed, on a line of its own. */
static void
read_head(const struct text *out, char head[120])
{
	const char *at = strstr(text_string(out), "\n    ");

	head[0] = '\0';
	if (at != NULL)
		snprintf(head, 120, "%.*s", (int)strcspn(at + 5, "\n"), at + 5);
}

static void
the_trail_is_read_by_leads_and_tells_what_was_done_to_it(void)
{
	struct text out = { 0 };
	char head[120];
	struct lab lab;

	lab_open(&lab, NULL);
	team_add_hari(&lab);
	expect(RUN(&lab, HARI, &out, "audit", "list") == 1 && out.length == 0,
	    "a caseworker reads the trail");
	expect(RUN(&lab, HARI, NULL, "audit", "verify") == 1,
	    "a caseworker verifies the trail");
	expect(RUN(&lab, NULL, &out, "audit", "list", "--json") == 0 &&
		strstr(text_string(&out), "\"person added\"") != NULL &&
		strstr(text_string(&out), "\"who\":\"" LAB_STAFF "\"") != NULL,
	    "the trail does not tell who added Hari: %s", text_string(&out));
	expect(RUN(&lab, NULL, NULL, "audit", "list", "--ref", "KM7P4") == 3,
	    "rows of a request that is not there");
	expect(RUN(&lab, NULL, &out, "audit", "verify") == 0, "not whole");
	read_head(&out, head);
	expect(strlen(head) > 70, "no head: '%s'", head);
	expect(RUN(&lab, NULL, &out, "audit", "verify", "--head", head) == 0,
	    "the head is not found again");
	expect(RUN(&lab, NULL, &out, "audit", "verify", "--head", "1:ff") == 1,
	    "what is no head was taken");
	lab_query(&lab, "DROP TRIGGER audit_is_not_changed", &out);
	lab_query(&lab, "UPDATE audit SET detail = 'Ram' WHERE id = 2", &out);
	expect(RUN(&lab, NULL, &out, "audit", "verify") == 1,
	    "a row that was changed does not show");
	text_free(&out);
	lab_close(&lab);
}

static const struct proof proofs[] = {
	{ "the_trail_is_read_by_leads_and_tells_what_was_done_to_it",
	    the_trail_is_read_by_leads_and_tells_what_was_done_to_it },
	{ "the_key_is_replaced_while_the_hub_runs",
	    the_key_is_replaced_while_the_hub_runs },
	{ "a_replacement_killed_at_any_instant_leaves_one_key_that_opens",
	    a_replacement_killed_at_any_instant_leaves_one_key_that_opens },
};

int
main(int argc, char **argv)
{
	return (proof_run(proofs, COUNT_OF(proofs), argc, argv));
}
