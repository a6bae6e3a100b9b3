/* The desk's commands as a person or a program meets them: arguments in, words
 * and an exit status out. */
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/desk/desk.h"
#include "gateway/desk/setup.h"
#include "tests/check_main.h"
#include "tests/desk_terminal.h"

/* -- signing in ------------------------------------------------------------- */

START_TEST(who_is_not_signed_in_learns_nothing)
{
	char wrong[96];

	snprintf(wrong, sizeof(wrong), "%s/wrong", world.folder);
	ck_assert_int_eq(file_write(wrong, 0600, "river\n", 6), DONE);
	ck_assert_int_eq(RUN(&command_queue, "list", "--staff", "Sita",
			     "--password-file", wrong),
	    EXIT_FAILED);
	ck_assert_uint_eq(out.length, 0);
	ck_assert(says(&err, "the name or the password is wrong"));
	ck_assert(!says(&err, REF));
	ck_assert_int_eq(RUN(&command_queue, "list", "--staff", "Nobody",
			     "--password-file", password_path),
	    EXIT_FAILED);
	ck_assert_uint_eq(out.length, 0);
	ck_assert(says(&err, "the name or the password is wrong"));
}
END_TEST

START_TEST(a_password_file_that_others_can_read_is_told)
{
	ck_assert_int_eq(chmod(password_path, 0644), 0);
	ck_assert_int_eq(QUEUE("list"), EXIT_DONE);
	ck_assert(says(&err, "chmod 600"));
	ck_assert_int_eq(unlink(password_path), 0);
	ck_assert_int_eq(QUEUE("list"), EXIT_FAILED);
	ck_assert(says(&err, "there is no password file"));
}
END_TEST

START_TEST(a_missing_box_key_is_told)
{
	char box_path[96];

	snprintf(box_path, sizeof(box_path), "%s/box.key", world.folder);
	ck_assert_int_eq(unlink(box_path), 0);
	ck_assert_int_eq(QUEUE("list"), EXIT_FAILED);
	ck_assert(says(&err, "box.key"));
}
END_TEST

/* -- the command line ------------------------------------------------------- */

static const struct {
	const char *words[5];
	const char *told;
} wrong_uses[] = {
	{ { NULL }, "say what to do" },
	{ { "sing" }, "there is no action 'sing'" },
	{ { "list", "--sideways" }, "there is no option '--sideways'" },
	{ { "list", "extra" }, "'extra' is one word too many" },
	{ { "list", "--number" }, "list does not take" },
	{ { "list", "--most", "0" }, "--most takes a number" },
	{ { "list", "--most" }, "'--most' needs a value" },
	{ { "show" }, "show needs a reference" },
	{ { "reply", REF }, "reply needs a reference and a text" },
	{ { "claim", REF, "--json" }, "claim does not take" },
};

START_TEST(wrong_use_is_told_before_anybody_signs_in)
{
	ck_assert_int_eq(
	    terminal_run(&command_queue, wrong_uses[_i].words), EXIT_WRONG_USE);
	ck_assert_uint_eq(out.length, 0);
	ck_assert_msg(
	    says(&err, wrong_uses[_i].told), "it said: %s", text_string(&err));
	ck_assert(says(&err, "waymark queue --help"));
}
END_TEST

static const struct command *const helped[] = { &command_queue, &command_setup,
	&command_status, &command_menus, &command_facts };

START_TEST(every_command_answers_help)
{
	ck_assert_int_eq(RUN(helped[_i], "--help"), EXIT_DONE);
	ck_assert(says(&out, "Usage: waymark"));
	ck_assert(says(&out, helped[_i]->name));
	ck_assert_uint_eq(err.length, 0);
}
END_TEST

START_TEST(an_unknown_reference_is_status_3)
{
	ck_assert_int_eq(QUEUE("show", "AAAAA"), EXIT_NOTHING_FOUND);
	ck_assert(says(&err, "AAAAA: there is no such help request"));
	ck_assert_int_eq(QUEUE("claim", "AAAAA"), EXIT_NOTHING_FOUND);
}
END_TEST

/* -- the queue -------------------------------------------------------------- */

START_TEST(the_list_says_what_waits)
{
	ck_assert_int_eq(QUEUE("list"), EXIT_DONE);
	ck_assert(says(&out, "REF    URGENCY"));
	ck_assert(says(&out, REF "  normal"));
	ck_assert(says(&out, "nepal-gulf"));
	ck_assert(!says(&out, "9841234567"));
}
END_TEST

START_TEST(the_list_for_programs_has_its_fields)
{
	ck_assert_int_eq(QUEUE("list", "--json"), EXIT_DONE);
	ck_assert(says(&out,
	    "[{\"ref\":\"" REF "\",\"state\":\"open\","
	    "\"urgency\":\"normal\","
	    "\"corridor\":\"nepal-gulf\","
	    "\"language\":\"ne\",\"line\":\"demo\","
	    "\"opened_at\":\"2026-11-18T11:06:40Z\","
	    "\"age_seconds\":"));
	ck_assert(says(&out, "\"claimed_by\":null,\"unread\":"));
	ck_assert_int_eq(out.bytes[out.length - 1], '\n');
}
END_TEST

START_TEST(an_empty_list_is_status_3)
{
	ck_assert_int_eq(QUEUE("list", "--mine", "--json"), EXIT_NOTHING_FOUND);
	ck_assert_str_eq(text_string(&out), "[]\n");
	ck_assert_int_eq(QUEUE("list", "--mine"), EXIT_NOTHING_FOUND);
	ck_assert_uint_eq(out.length, 0);
	ck_assert_str_eq(text_string(&err), "Nothing here.\n");
}
END_TEST

START_TEST(a_case_goes_from_claim_to_close_and_back)
{
	ck_assert_int_eq(QUEUE("claim", REF), EXIT_DONE);
	ck_assert_str_eq(text_string(&out), REF ": claimed; it is yours\n");
	ck_assert_int_eq(
	    QUEUE("note", REF, "call", "the", "embassy"), EXIT_DONE);
	ck_assert_int_eq(QUEUE("reply", REF, "Are you safe?"), EXIT_DONE);
	ck_assert(says(&out, REF ": queued, 1 part; it "));
	ck_assert(says(&out, "The hub is not running"));
	ck_assert_int_eq(QUEUE("show", REF), EXIT_DONE);
	ck_assert(says(&out, "Consent   yes"));
	ck_assert(says(&out, "  Are you in danger now?\n      no\n"));
	ck_assert(says(&out, "note of Sita\n      call the embassy\n"));
	ck_assert(says(&out, "reply of Sita (waiting)\n      Are you safe?\n"));
	ck_assert_int_eq(
	    QUEUE("close", REF, "--outcome", "advice given"), EXIT_DONE);
	ck_assert_int_eq(QUEUE("list"), EXIT_NOTHING_FOUND);
	ck_assert_int_eq(QUEUE("list", "--all"), EXIT_DONE);
	ck_assert(says(&out, "closed"));
	ck_assert_int_eq(QUEUE("reopen", REF), EXIT_DONE);
	ck_assert_int_eq(QUEUE("list"), EXIT_DONE);
}
END_TEST

START_TEST(what_the_policy_refuses_is_status_1_and_says_what_to_do)
{
	ck_assert_int_eq(QUEUE("reply", REF, "Hello"), EXIT_FAILED);
	ck_assert(says(&err, REF ": nobody has claimed it; claim it first"));
	world_errand(&world, &world.ram, REF)->now_utc_s = clock_utc_s();
	ck_assert_int_eq(cases_claim(&world.errand), DONE);
	ck_assert_int_eq(QUEUE("claim", REF), EXIT_FAILED);
	ck_assert(says(&err, "somebody else has claimed it (Ram)"));
}
END_TEST

START_TEST(a_number_is_shown_only_with_its_option)
{
	ck_assert_int_eq(QUEUE("show", REF), EXIT_DONE);
	ck_assert(!says(&out, WORLD_NUMBER));
	ck_assert_int_eq(QUEUE("show", REF, "--json"), EXIT_DONE);
	ck_assert(says(&out, "\"number\":null"));
	ck_assert_int_eq(QUEUE("show", REF, "--number"), EXIT_DONE);
	ck_assert(says(&out, WORLD_NUMBER));
	ck_assert(says(&out, "number shown, Sita"));
}
END_TEST

START_TEST(a_reply_wakes_the_hub)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int hub = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	char word[32] = "";

	snprintf(
	    address.sun_path, sizeof(address.sun_path), "%s", control_path);
	ck_assert_int_eq(
	    bind(hub, (const struct sockaddr *)&address, sizeof(address)), 0);
	ck_assert_int_eq(QUEUE("claim", REF), EXIT_DONE);
	ck_assert_int_eq(QUEUE("reply", REF, "Hello"), EXIT_DONE);
	ck_assert(!says(&out, "not running"));
	ck_assert_int_eq(read(hub, word, sizeof(word) - 1), 7);
	ck_assert_str_eq(word, "outbox\n");
	close(hub);
}
END_TEST

/* -- status ----------------------------------------------------------------- */

START_TEST(status_counts_and_shows_nobody)
{
	ck_assert_int_eq(RUN(&command_status, "-c", config_path), EXIT_DONE);
	ck_assert(says(&out, "NOT RUNNING"));
	ck_assert(says(&out, "  open       1\n"));
	ck_assert(!says(&out, REF));
	ck_assert_int_eq(RUN(&command_status, "--json"), EXIT_DONE);
	ck_assert(says(&out, "\"hub_running\":false"));
	ck_assert(says(&out, "\"requests\":{\"open\":1,\"claimed\":0,"));
	ck_assert(says(&out, "\"outbox\":{\"queued\":0,"));
}
END_TEST

START_TEST(status_says_how_the_lines_of_a_running_hub_are)
{
	pid_t hub;
	int ready[2];
	int status;
	char byte;
	static const char answer[] = "demo\tup\tup\t-1\t0\n";

	ck_assert_int_eq(pipe(ready), 0);
	hub = fork();
	if (hub == 0) {
		struct sockaddr_un from = { .sun_family = AF_UNIX };
		socklen_t length = sizeof(from);
		int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
		struct store *store;
		char path[96];
		char word[32];

		snprintf(path, sizeof(path), "%s/waymark.db", world.folder);
		snprintf(
		    from.sun_path, sizeof(from.sun_path), "%s", control_path);
		if (store_open(path, STORE_HUB, world.box, &store) != DONE ||
		    bind(fd, (const struct sockaddr *)&from, sizeof(from)) !=
			0 ||
		    write(ready[1], "r", 1) != 1 ||
		    recvfrom(fd, word, sizeof(word), 0,
			(struct sockaddr *)&from, &length) < 0)
			_exit(1);
		_exit(sendto(fd, answer, sizeof(answer) - 1, 0,
			  (const struct sockaddr *)&from, length) < 0);
	}
	ck_assert_int_eq(read(ready[0], &byte, 1), 1);
	ck_assert_int_eq(RUN(&command_status, "--json"), EXIT_DONE);
	ck_assert(says(&out, "\"hub_running\":true"));
	ck_assert(says(&out,
	    "{\"name\":\"demo\",\"state\":\"up\",\"up\":true,"
	    "\"signal_percent\":-1,\"in_flight\":0,\"rung\":\"well\","));
	ck_assert_int_eq(waitpid(hub, &status, 0), hub);
	ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

START_TEST(status_without_a_store_is_status_1)
{
	char path[96];
	char away[128];

	snprintf(path, sizeof(path), "%s/waymark.db", world.folder);
	snprintf(away, sizeof(away), "%s.away", path);
	ck_assert_int_eq(rename(path, away), 0);
	ck_assert_int_eq(RUN(&command_status, "-c", config_path), EXIT_FAILED);
	ck_assert_uint_eq(out.length, 0);
	/* The world's end looks into it. */
	ck_assert_int_eq(rename(away, path), 0);
}
END_TEST

/* -- set-up and menus ------------------------------------------------------- */

static char new_folder[96];
static char recovery_path[96];

static void
name_new_folder(void)
{
	ck_assert_int_eq(setenv("WAYMARK_DATA", SOURCE_TREE, 1), 0);
	snprintf(new_folder, sizeof(new_folder), "%s/new", world.folder);
	snprintf(
	    recovery_path, sizeof(recovery_path), "%s/recovery", world.folder);
}

#define SETUP(...) \
	RUN(&command_setup, new_folder, AS_SITA, "--recovery-file", \
	    recovery_path, __VA_ARGS__)

START_TEST(set_up_asks_nothing_and_says_what_comes_next)
{
	static const char *const made[] = { "waymark.conf", "waymark.db",
		"box.key", "desk-certificate.pem", "desk-key.pem" };
	struct text key = { 0 };

	name_new_folder();
	ck_assert_int_eq(SETUP("--modem", "/dev/ttyUSB0"), EXIT_DONE);
	ck_assert(says(&out, "waymark serve -c '"));
	ck_assert(says(&out, "waymark queue list -c '"));
	ck_assert(says(&out, "waymark desk -c '"));
	ck_assert(says(&out, "SHA-256 "));
	ck_assert_int_eq(file_read(recovery_path, 100, &key), DONE);
	text_cut(&key, key.length - 1);
	ck_assert(!says(&out, key.bytes));
	text_free(&key);
	for (size_t i = 0; i < COUNT_OF(made); i++) {
		char *path = file_path(new_folder, made[i]);

		ck_assert_int_eq(unlink(path), 0);
		free(path);
	}
	ck_assert_int_eq(rmdir(new_folder), 0);
}
END_TEST

START_TEST(set_up_names_the_corridors_and_languages_there_are)
{
	name_new_folder();
	ck_assert_int_eq(SETUP("--corridor", "mars-venus"), EXIT_FAILED);
	ck_assert(says(&err, "there is no corridor 'mars-venus'"));
	ck_assert(says(&err, "  nepal-gulf\n"));
	ck_assert_int_eq(SETUP("--language", "xx"), EXIT_FAILED);
	ck_assert(says(&err, "does not speak 'xx'"));
	ck_assert(says(&err, "  ne-Latn\n"));
	ck_assert_int_ne(access(new_folder, F_OK), 0);
}
END_TEST

START_TEST(set_up_needs_one_folder)
{
	ck_assert_int_eq(
	    RUN(&command_setup, "--staff", "Sita"), EXIT_WRONG_USE);
	ck_assert_int_eq(RUN(&command_setup, "one", "two"), EXIT_WRONG_USE);
	ck_assert(says(&err, "name one folder"));
}
END_TEST

START_TEST(menus_that_are_right_have_no_errors)
{
	ck_assert_int_eq(
	    RUN(&command_menus, "check", "--menus", SOURCE_TREE "/menus",
		"--locales", SOURCE_TREE "/locales"),
	    EXIT_DONE);
	ck_assert(says(&out, "0 errors, "));
}
END_TEST

START_TEST(a_mistake_in_the_menus_has_its_file_and_line)
{
	char *trees = file_path(world.folder, "trees");
	char *tree = file_path(trees, "broken.cfg");
	static const char content[] = "corridor = {\n  id = \"broken;\n};\n";

	ck_assert_int_eq(mkdir(trees, 0700), 0);
	ck_assert_int_eq(
	    file_write(tree, 0600, content, sizeof(content) - 1), DONE);
	ck_assert_int_eq(RUN(&command_menus, "check", "--menus", world.folder,
			     "--locales", SOURCE_TREE "/locales"),
	    EXIT_FAILED);
	ck_assert_msg(says(&out, "/trees/broken.cfg:2: error: "), "it said: %s",
	    text_string(&out));
	ck_assert_int_eq(RUN(&command_menus, "check", "--json", "--menus",
			     world.folder, "--locales", SOURCE_TREE "/locales"),
	    EXIT_FAILED);
	ck_assert(says(&out,
	    "/trees/broken.cfg\",\"line\":2,"
	    "\"severity\":\"error\""));
	ck_assert_int_eq(unlink(tree), 0);
	ck_assert_int_eq(rmdir(trees), 0);
	free(tree);
	free(trees);
}
END_TEST

static Suite *
suite_of_desk_cli(void)
{
	Suite *suite = suite_create("desk_cli");
	TCase *tcase = tcase_create("desk_cli");

	suite_add_tcase(suite, tcase);
	tcase_set_timeout(tcase, 120);
	tcase_add_unchecked_fixture(tcase, world_make_once, world_remove);
	tcase_add_checked_fixture(tcase, terminal_open, terminal_close);
	tcase_add_test(tcase, who_is_not_signed_in_learns_nothing);
	tcase_add_test(tcase, a_password_file_that_others_can_read_is_told);
	tcase_add_test(tcase, a_missing_box_key_is_told);
	tcase_add_loop_test(tcase, wrong_use_is_told_before_anybody_signs_in, 0,
	    COUNT_OF(wrong_uses));
	tcase_add_loop_test(
	    tcase, every_command_answers_help, 0, COUNT_OF(helped));
	tcase_add_test(tcase, an_unknown_reference_is_status_3);
	tcase_add_test(tcase, the_list_says_what_waits);
	tcase_add_test(tcase, the_list_for_programs_has_its_fields);
	tcase_add_test(tcase, an_empty_list_is_status_3);
	tcase_add_test(tcase, a_case_goes_from_claim_to_close_and_back);
	tcase_add_test(
	    tcase, what_the_policy_refuses_is_status_1_and_says_what_to_do);
	tcase_add_test(tcase, a_number_is_shown_only_with_its_option);
	tcase_add_test(tcase, a_reply_wakes_the_hub);
	tcase_add_test(tcase, status_counts_and_shows_nobody);
	tcase_add_test(tcase, status_says_how_the_lines_of_a_running_hub_are);
	tcase_add_test(tcase, status_without_a_store_is_status_1);
	tcase_add_test(tcase, set_up_asks_nothing_and_says_what_comes_next);
	tcase_add_test(
	    tcase, set_up_names_the_corridors_and_languages_there_are);
	tcase_add_test(tcase, set_up_needs_one_folder);
	tcase_add_test(tcase, menus_that_are_right_have_no_errors);
	tcase_add_test(tcase, a_mistake_in_the_menus_has_its_file_and_line);
	return (suite);
}

CHECK_MAIN(suite_of_desk_cli);
