/* What the pages do besides showing. */
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/check_main.h"
#include "tests/desk_pages.h"

#define REF "KM7P4"

enum { STATUS_SEE_OTHER = 303 };

static struct world world;
static struct desk_pages pages;
static int hub; /* where the hub would listen */

static void
open_desk(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	world_open(&world);
	world_add_request(&world, REF, WORLD_NUMBER);
	pages_open(&pages, &world, "en");
	snprintf(address.sun_path, sizeof(address.sun_path), "%s",
	    pages.web.settings.control_path);
	hub = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	ck_assert_int_ge(hub, 0);
	ck_assert_int_eq(
	    bind(hub, (struct sockaddr *)&address, sizeof(address)), 0);
}

static void
close_desk(void)
{
	close(hub);
	pages_close(&pages);
	world_close(&world);
}

static void
send_form(const char *path, const char *form)
{
	const struct page_wish wish = { "POST", path, form };
	struct web_answer answer;

	pages_ask(&pages, &wish, &answer);
	ck_assert_uint_eq(answer.status, STATUS_SEE_OTHER);
	web_answer_free(&answer);
}

static int
hub_was_poked(void)
{
	char word[64];

	return (recv(hub, word, sizeof(word), 0) > 0);
}

/* Feedback must not wait for the hub's next look, a minute away. */
START_TEST(closing_a_case_pokes_the_hub)
{
	send_form("/case/" REF "/claim", "");
	ck_assert(!hub_was_poked());
	send_form("/case/" REF "/close", "outcome=advice+given");
	ck_assert(hub_was_poked());
}
END_TEST

static Suite *
suite_of_desk_pages(void)
{
	Suite *suite = suite_create("desk pages");
	TCase *tcase = tcase_create("desk pages");

	tcase_add_unchecked_fixture(tcase, world_make_once, world_remove);
	tcase_add_checked_fixture(tcase, open_desk, close_desk);
	tcase_add_test(tcase, closing_a_case_pokes_the_hub);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_desk_pages);
