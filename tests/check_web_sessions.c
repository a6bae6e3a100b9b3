/* Who is signed in at the pages, and for how long. */
#include <check.h>

#include "gateway/base/outcome.h"
#include "gateway/desk/web_sessions.h"
#include "store/seal.h"
#include "tests/check_main.h"

enum { IDLE_MS = 1000 };

static struct web_sessions *sessions;

static void
set_up(void)
{
	seal_start();
	sessions = calloc(1, sizeof(*sessions));
	sessions->idle_ms = IDLE_MS;
}

static void
tear_down(void)
{
	web_sessions_end_all(sessions);
	free(sessions);
}

static struct web_session *
begin(int64_t staff, int64_t now_ms)
{
	const struct staff who = { .id = staff, .role = "caseworker" };

	return (web_sessions_begin(sessions, NULL, &who, NULL, now_ms));
}

START_TEST(a_session_is_found_by_its_whole_name_only)
{
	struct web_session *session = begin(1, 0);
	char id[WEB_SESSION_SIGNS + 1];

	snprintf(id, sizeof(id), "%s", session->id);
	ck_assert_ptr_eq(web_sessions_find(sessions, id, 0), session);
	id[WEB_SESSION_SIGNS - 1] = '\0';
	ck_assert_ptr_null(web_sessions_find(sessions, id, 0));
	ck_assert_ptr_null(web_sessions_find(sessions, "", 0));
	ck_assert_ptr_null(web_sessions_find(sessions, NULL, 0));
}
END_TEST

START_TEST(names_and_tokens_are_never_the_same)
{
	const struct web_session *one = begin(1, 0);
	const struct web_session *other = begin(2, 0);

	ck_assert_str_ne(one->id, other->id);
	ck_assert_str_ne(one->token, other->token);
	ck_assert_str_ne(one->id, one->token);
	ck_assert_uint_eq(strlen(one->id), WEB_SESSION_SIGNS);
	ck_assert_uint_eq(strlen(one->token), WEB_TOKEN_SIGNS);
}
END_TEST

START_TEST(silence_ends_a_session)
{
	char id[WEB_SESSION_SIGNS + 1];

	snprintf(id, sizeof(id), "%s", begin(1, 0)->id);
	ck_assert_ptr_nonnull(web_sessions_find(sessions, id, IDLE_MS));
	ck_assert_ptr_null(web_sessions_find(sessions, id, IDLE_MS + 1));
	ck_assert_ptr_null(web_sessions_find(sessions, id, 0));
}
END_TEST

START_TEST(one_person_leaves_the_oldest_behind)
{
	char first[WEB_SESSION_SIGNS + 1];

	snprintf(first, sizeof(first), "%s", begin(1, 0)->id);
	for (int i = 1; i <= WEB_SESSIONS_EACH_MOST; i++)
		begin(1, i);
	ck_assert_ptr_null(web_sessions_find(sessions, first, 10));
}
END_TEST

START_TEST(a_full_house_lets_the_longest_silent_go)
{
	char first[WEB_SESSION_SIGNS + 1];

	snprintf(first, sizeof(first), "%s", begin(1, 0)->id);
	for (int i = 1; i < WEB_SESSIONS_MOST; i++)
		begin(1 + i, i);
	ck_assert_ptr_nonnull(web_sessions_find(sessions, first, 200));
	begin(1000, 200);
	ck_assert_ptr_null(web_sessions_find(sessions, first, 200));
}
END_TEST

START_TEST(all_of_a_person_end_but_the_one_at_work)
{
	struct web_session *kept = begin(1, 0);
	char id[WEB_SESSION_SIGNS + 1];
	char ended[WEB_SESSION_SIGNS + 1];

	snprintf(id, sizeof(id), "%s", kept->id);
	snprintf(ended, sizeof(ended), "%s", begin(1, 0)->id);
	web_sessions_end_of(sessions, 1, kept);
	ck_assert_ptr_nonnull(web_sessions_find(sessions, id, 0));
	ck_assert_ptr_null(web_sessions_find(sessions, ended, 0));
}
END_TEST

START_TEST(secrets_are_compared_as_a_whole)
{
	ck_assert(web_same_secret("abc", "abc"));
	ck_assert(web_same_secret("", ""));
	ck_assert(!web_same_secret("abc", "abd"));
	ck_assert(!web_same_secret("abc", "ab"));
	ck_assert(!web_same_secret("", "a"));
	/* Signs above 127 are signs, too. */
	ck_assert(!web_same_secret("\xff", "\x7f"));
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("web_sessions");
	TCase *tcase = tcase_create("web_sessions");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, a_session_is_found_by_its_whole_name_only);
	tcase_add_test(tcase, names_and_tokens_are_never_the_same);
	tcase_add_test(tcase, silence_ends_a_session);
	tcase_add_test(tcase, one_person_leaves_the_oldest_behind);
	tcase_add_test(tcase, a_full_house_lets_the_longest_silent_go);
	tcase_add_test(tcase, all_of_a_person_end_but_the_one_at_work);
	tcase_add_test(tcase, secrets_are_compared_as_a_whole);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(make_suite);
