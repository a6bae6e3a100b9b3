/* waymark queue: every action of the pages, in the terminal, and the list that
 * is live. */
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/desk/cli.h"
#include "gateway/text/utf8.h"
#include "tests/check_main.h"
#include "tests/desk_terminal.h"

#define OTHER_REF   "Q3QAC"
#define OTHER_PHONE "+9779807654321"

enum { PATIENCE_MS = 60000 };

/* -- actions ---------------------------------------------------------------- */

START_TEST(a_case_is_handed_over_snoozed_woken_and_passed_back)
{
	ck_assert_int_eq(QUEUE("claim", REF), EXIT_DONE);
	ck_assert_int_eq(
	    QUEUE("snooze", REF, "2d", "--wake-on-reply"), EXIT_DONE);
	ck_assert(says(&out, "or until the caller writes"));
	ck_assert_int_eq(QUEUE("list"), EXIT_NOTHING_FOUND);
	ck_assert_int_eq(QUEUE("list", "--snoozed"), EXIT_DONE);
	ck_assert(says(&out, "claimed, snoozed"));
	ck_assert_int_eq(QUEUE("list", "--mine"), EXIT_DONE);
	ck_assert_int_eq(QUEUE("wake", REF), EXIT_DONE);
	ck_assert_int_eq(QUEUE("wake", REF), EXIT_FAILED);
	ck_assert(says(&err, "it is not snoozed"));
	ck_assert_int_eq(QUEUE("give", REF, "Nobody"), EXIT_FAILED);
	ck_assert(says(&err, "nobody of this name"));
	ck_assert_int_eq(QUEUE("give", REF, "ram"), EXIT_DONE);
	ck_assert_int_eq(QUEUE("list", "--state", "claimed"), EXIT_DONE);
	ck_assert(says(&out, "Ram"));
	ck_assert_int_eq(QUEUE("pass", REF), EXIT_DONE);
	ck_assert_int_eq(QUEUE("list", "--state", "open"), EXIT_DONE);
}
END_TEST

START_TEST(the_first_that_nobody_has_is_claimed)
{
	world_add_request(&world, OTHER_REF, OTHER_PHONE);
	ck_assert_int_eq(QUEUE("next"), EXIT_DONE);
	ck_assert(says(&out, REF ": claimed"));
	ck_assert_int_eq(QUEUE("next"), EXIT_DONE);
	ck_assert(says(&out, OTHER_REF ": claimed"));
	ck_assert_int_eq(QUEUE("next"), EXIT_NOTHING_FOUND);
	ck_assert(says(&err, "Nobody waits"));
	ck_assert_int_eq(QUEUE("next", REF), EXIT_WRONG_USE);
}
END_TEST

START_TEST(a_time_that_is_none_is_told)
{
	ck_assert_int_eq(QUEUE("snooze", REF, "tomorrow"), EXIT_FAILED);
	ck_assert(says(&err, "the time must be in the future"));
	ck_assert_int_eq(QUEUE("snooze", REF, "52w"), EXIT_FAILED);
	ck_assert(says(&err, "the time must be in the future"));
}
END_TEST

START_TEST(labels_are_put_on_listed_and_taken_off)
{
	ck_assert_int_eq(QUEUE("labels"), EXIT_NOTHING_FOUND);
	ck_assert_int_eq(QUEUE("label", REF, "No", "passport"), EXIT_DONE);
	ck_assert_int_eq(QUEUE("labels", "--json"), EXIT_DONE);
	ck_assert_str_eq(
	    text_string(&out), "[{\"label\":\"no passport\",\"cases\":1}]\n");
	ck_assert_int_eq(QUEUE("list", "--label", "No passport"), EXIT_DONE);
	ck_assert(says(&out, "no passport"));
	ck_assert_int_eq(QUEUE("list", "--json"), EXIT_DONE);
	ck_assert(says(&out, "\"labels\":[\"no passport\"]"));
	ck_assert_int_eq(QUEUE("label", REF, "room 12"), EXIT_FAILED);
	ck_assert_int_eq(QUEUE("unlabel", REF, "no passport"), EXIT_DONE);
	ck_assert_int_eq(
	    QUEUE("list", "--label", "no passport"), EXIT_NOTHING_FOUND);
}
END_TEST

/* The number after --seen in what `show` said. */
static void
read_seen(char *seen, size_t size)
{
	const char *at = strstr(text_string(&out), "--seen ");

	ck_assert_ptr_nonnull(at);
	at += strlen("--seen ");
	snprintf(seen, size, "%.*s", (int)strcspn(at, ")"), at);
}

START_TEST(a_reply_goes_only_to_what_was_seen)
{
	char seen[32];

	ck_assert_int_eq(QUEUE("claim", REF), EXIT_DONE);
	world_add_text(&world, REF, "Hello");
	ck_assert_int_eq(QUEUE("show", REF), EXIT_DONE);
	read_seen(seen, sizeof(seen));
	world_add_text(&world, REF, "He is back");
	ck_assert_int_eq(
	    QUEUE("reply", REF, "How are you?", "--seen", seen), EXIT_FAILED);
	ck_assert(says(&err, "somebody has written meanwhile"));
	ck_assert_int_eq(world_count_outbox(&world), 0);
	ck_assert_int_eq(QUEUE("show", REF), EXIT_DONE);
	read_seen(seen, sizeof(seen));
	ck_assert_int_eq(
	    QUEUE("reply", REF, "How are you?", "--seen", seen), EXIT_DONE);
	ck_assert_int_eq(world_count_outbox(&world), 1);
}
END_TEST

START_TEST(templates_are_in_the_callers_language)
{
	ck_assert_int_eq(setenv("WAYMARK_DATA", SOURCE_TREE, 1), 0);
	ck_assert_int_eq(QUEUE("templates", REF), EXIT_DONE);
	ck_assert(says(&out, "I am Sita"));
	ck_assert(says(&out, "नमस्ते"));
	ck_assert_int_eq(QUEUE("templates", REF, "--json"), EXIT_DONE);
	ck_assert(says(&out, "\"translated\":true"));
	ck_assert_int_eq(world_count_outbox(&world), 0);
}
END_TEST

START_TEST(a_list_goes_on_where_the_page_before_ended)
{
	char place[32];
	const char *at;

	world_add_request(&world, OTHER_REF, OTHER_PHONE);
	ck_assert_int_eq(QUEUE("list", "--most", "1"), EXIT_DONE);
	ck_assert(says(&out, REF));
	ck_assert(!says(&out, OTHER_REF));
	at = strstr(text_string(&err), "--after ");
	ck_assert_ptr_nonnull(at);
	at += strlen("--after ");
	snprintf(place, sizeof(place), "%.*s", (int)strcspn(at, "\n"), at);
	ck_assert_int_eq(
	    QUEUE("list", "--most", "1", "--after", place), EXIT_DONE);
	ck_assert(says(&out, OTHER_REF));
	ck_assert(!says(&out, REF));
	ck_assert(!says(&err, "--after"));
	ck_assert_int_eq(QUEUE("list", "--after", "nonsense"), EXIT_WRONG_USE);
	ck_assert_int_eq(QUEUE("list", "--state", "lost"), EXIT_WRONG_USE);
}
END_TEST

START_TEST(the_health_is_a_light)
{
	ck_assert_int_eq(QUEUE("health"), EXIT_DONE);
	/* It was opened days ago. */
	ck_assert(says(&out, "RED   1 open, 0 claimed, 0 snoozed, 0 unread"));
	ck_assert(says(&out, "the hub does not answer"));
	ck_assert_int_eq(QUEUE("health", "--json"), EXIT_DONE);
	ck_assert(says(&out, "{\"light\":\"red\",\"open\":1,"));
}
END_TEST

/* -- what is shown is harmless ---------------------------------------------- */

static const struct {
	const char *words;
	const char *shown;
} harmful[] = {
	{ "plain", "plain" },
	{ "\033[2Jclear", "[2Jclear" },
	{ "a\r\nb\tc", "a b c" },
	{ "\xe2\x80\xae"
	  "evil",
	    "evil" }, /* right-to-left override */
	{ "a\xe2\x80\xa8"
	  "b",
	    "a b" }, /* line separator */
	{ "\xc2\x9b"
	  "2J",
	    "2J" }, /* C1 control sequence introducer */
	{ "<b>bold</b>", "<b>bold</b>" },
	{ "\xd8\xb3\xd9\x8a",
	    "\xe2\x81\xa8\xd8\xb3\xd9\x8a\xe2\x81\xa9" }, /* set apart */
	{ "caf\xe9", "caf\xef\xbf\xbd" },
};

START_TEST(words_of_people_do_nothing_to_a_terminal)
{
	struct text shown = { 0 };

	cli_add_shown(&shown, harmful[_i].words);
	ck_assert_str_eq(text_string(&shown), harmful[_i].shown);
	text_free(&shown);
}
END_TEST

START_TEST(a_callers_text_is_shown_as_it_is_and_harmless)
{
	world_add_text(&world, REF,
	    "<script>alert(1)</script> \033[31mred\033[0m \xe2\x80\xaegnp");
	ck_assert_int_eq(QUEUE("show", REF), EXIT_DONE);
	ck_assert(says(&out, "<script>alert(1)</script> [31mred[0m gnp"));
	ck_assert_ptr_null(strchr(text_string(&out), '\033'));
	ck_assert_int_eq(QUEUE("show", "\033[2J"), EXIT_NOTHING_FOUND);
	ck_assert_ptr_null(strchr(text_string(&err), '\033'));
}
END_TEST

/* -- watch ------------------------------------------------------------------ */

/* A `watch` in a process of its own: what it says, and how it is told. */
struct watcher {
	pid_t pid;
	int from_fd;
	int to_fd;
	struct text said;
};

static int
run_watch(const char *option)
{
	const char *const words[] = { "queue", "watch", "--staff", "Sita",
		"--password-file", password_path, option };
	int count = option != NULL ? 7 : 6;
	char *argv[COUNT_OF(words) + 1] = { NULL };

	for (int i = 0; i < count; i++)
		argv[i] = strdup(words[i]);
	return (command_queue.run(count, argv));
}

/* SQLite allows no connection to live on in a child. */
static void
start_watching(struct watcher *watcher)
{
	int from[2];
	int to[2];

	store_close(world.store);
	ck_assert_int_eq(pipe(from), 0);
	ck_assert_int_eq(pipe(to), 0);
	watcher->pid = fork();
	ck_assert_int_ge(watcher->pid, 0);
	if (watcher->pid == 0) {
		dup2(to[0], STDIN_FILENO);
		dup2(from[1], STDOUT_FILENO);
		close(to[1]);
		close(from[0]);
		_exit(run_watch("--json"));
	}
	close(to[0]);
	close(from[1]);
	watcher->from_fd = from[0];
	watcher->to_fd = to[1];
	world.store = world_connect(&world);
	world.ram.store = world.store;
}

/* Reads on until the words were said; 0 when it takes too long. */
static int
hears(struct watcher *watcher, const char *words)
{
	int64_t end_ms = clock_monotonic_ms() + PATIENCE_MS;

	while (!says(&watcher->said, words)) {
		struct pollfd wish = { .fd = watcher->from_fd,
			.events = POLLIN };
		char block[4096];
		ssize_t got;

		if (clock_monotonic_ms() > end_ms)
			return (0);
		if (poll(&wish, 1, 100) != 1)
			continue;
		got = read(watcher->from_fd, block, sizeof(block));
		if (got <= 0)
			return (0);
		text_add_bytes(&watcher->said, block, (size_t)got);
	}
	return (1);
}

static int
end_of(struct watcher *watcher)
{
	int status = -1;

	ck_assert_int_eq(waitpid(watcher->pid, &status, 0), watcher->pid);
	text_free(&watcher->said);
	return (status);
}

static void
claim_as_ram(const char *ref)
{
	struct errand errand = {
		.worker = &world.ram, .ref = ref, .now_utc_s = clock_utc_s()
	};

	ck_assert_int_eq(cases_claim(&errand), DONE);
}

START_TEST(a_watcher_tells_each_change_and_ends_on_q)
{
	struct watcher watcher = { 0 };

	start_watching(&watcher);
	ck_assert(hears(&watcher, "{\"change\":\"new\",\"ref\":\"" REF "\""));
	claim_as_ram(REF);
	ck_assert(
	    hears(&watcher, "{\"change\":\"changed\",\"ref\":\"" REF "\""));
	ck_assert(hears(&watcher, "\"claimed_by\":\"Ram\""));
	world_add_request(&world, OTHER_REF, OTHER_PHONE);
	ck_assert(
	    hears(&watcher, "{\"change\":\"new\",\"ref\":\"" OTHER_REF "\""));
	ck_assert_int_eq(cases_close(&(struct errand){ .worker = &world.ram,
					 .ref = REF,
					 .now_utc_s = clock_utc_s() },
			     NULL),
	    DONE);
	ck_assert(hears(&watcher, "{\"change\":\"gone\",\"ref\":\"" REF "\""));
	ck_assert_int_eq(write(watcher.to_fd, "q", 1), 1);
	ck_assert_int_eq(end_of(&watcher), 0);
	close(watcher.from_fd);
	close(watcher.to_fd);
}
END_TEST

START_TEST(a_watcher_goes_on_without_input_and_ends_when_told)
{
	struct watcher watcher = { 0 };

	start_watching(&watcher);
	close(watcher.to_fd);
	ck_assert(hears(&watcher, "\"change\":\"new\""));
	claim_as_ram(REF);
	ck_assert(hears(&watcher, "\"change\":\"changed\""));
	ck_assert_int_eq(kill(watcher.pid, SIGTERM), 0);
	ck_assert_int_eq(end_of(&watcher), 0);
	close(watcher.from_fd);
}
END_TEST

START_TEST(a_watcher_on_a_terminal_draws_and_leaves_it_as_it_was)
{
	struct watcher watcher = { 0 };
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	struct termios before;
	struct termios after;
	int terminal;
	int side;

	ck_assert_int_eq(openpty(&terminal, &side, NULL, NULL, &size), 0);
	ck_assert_int_eq(tcgetattr(side, &before), 0);
	store_close(world.store);
	watcher.pid = fork();
	ck_assert_int_ge(watcher.pid, 0);
	if (watcher.pid == 0) {
		dup2(side, STDIN_FILENO);
		dup2(side, STDOUT_FILENO);
		setenv("TERM", "xterm", 1);
		_exit(run_watch(NULL));
	}
	world.store = world_connect(&world);
	world.ram.store = world.store;
	watcher.from_fd = terminal;
	ck_assert(hears(&watcher, "q ends"));
	ck_assert(hears(&watcher, REF));
	claim_as_ram(REF);
	ck_assert(hears(&watcher, "claimed  Ram"));
	ck_assert_int_eq(write(terminal, "q", 1), 1);
	ck_assert(hears(&watcher, "\033[?1049l"));
	/* No colour. */
	ck_assert(!says(&watcher.said, "\033[3"));
	ck_assert_int_eq(end_of(&watcher), 0);
	ck_assert_int_eq(tcgetattr(side, &after), 0);
	ck_assert_uint_eq(after.c_lflag, before.c_lflag);
	close(side);
	close(terminal);
}
END_TEST

static Suite *
suite_of_queue_cli(void)
{
	Suite *suite = suite_create("queue cli");
	TCase *tcase = tcase_create("queue cli");

	suite_add_tcase(suite, tcase);
	tcase_set_timeout(tcase, 120);
	tcase_add_unchecked_fixture(tcase, world_make_once, world_remove);
	tcase_add_checked_fixture(tcase, terminal_open, terminal_close);
	tcase_add_test(
	    tcase, a_case_is_handed_over_snoozed_woken_and_passed_back);
	tcase_add_test(tcase, the_first_that_nobody_has_is_claimed);
	tcase_add_test(tcase, a_time_that_is_none_is_told);
	tcase_add_test(tcase, labels_are_put_on_listed_and_taken_off);
	tcase_add_test(tcase, a_reply_goes_only_to_what_was_seen);
	tcase_add_test(tcase, templates_are_in_the_callers_language);
	tcase_add_test(tcase, a_list_goes_on_where_the_page_before_ended);
	tcase_add_test(tcase, the_health_is_a_light);
	tcase_add_loop_test(tcase, words_of_people_do_nothing_to_a_terminal, 0,
	    COUNT_OF(harmful));
	tcase_add_test(tcase, a_callers_text_is_shown_as_it_is_and_harmless);
	tcase_add_test(tcase, a_watcher_tells_each_change_and_ends_on_q);
	tcase_add_test(
	    tcase, a_watcher_goes_on_without_input_and_ends_when_told);
	tcase_add_test(
	    tcase, a_watcher_on_a_terminal_draws_and_leaves_it_as_it_was);
	return (suite);
}

CHECK_MAIN(suite_of_queue_cli);
