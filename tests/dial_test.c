/* The helpline on a dialled code, by the demo line's phones: for machines
 * without a network of their own.
 */
#include <signal.h>

#include "gateway/desk/phone_link.h"
#include "gateway/text/segments.h"
#include "tests/caller.h"
#include "tests/lab.h"
#include "tests/proof.h"

#define NUMBER "+9779811111111"

static struct lab lab;

struct dialled {
	struct phone_link *link;
	struct text page;
	int is_last;
};

static void
hear(struct dialled *dialled)
{
	struct phone_line line;

	text_clear(&dialled->page);
	dialled->is_last = -1;
	if (phone_link_receive(dialled->link, CALLER_WAIT_MS, &line) != DONE)
		return;
	if (line.kind == PHONE_PAGE) {
		text_add(&dialled->page, text_string(&line.text));
		dialled->is_last = line.is_last;
	}
	phone_line_free(&line);
}

static void
type(struct dialled *dialled, const char *text)
{
	if (phone_link_say(dialled->link, PHONE_USSD, NUMBER, text) != DONE)
		lab_fail("the demo line is gone");
	hear(dialled);
}

static void
expect_page(struct dialled *dialled, int is_last, const char *words)
{
	const char *page = text_string(&dialled->page);

	expect(strstr(page, words) != NULL, "'%s' is not in '%s'", words, page);
	expect(dialled->is_last == is_last, "%d for the end of '%s'",
	    dialled->is_last, page);
}

static void
open_phone(struct dialled *dialled)
{
	*dialled = (struct dialled){ 0 };
	if (phone_link_open(lab.demo_socket, &dialled->link) != DONE)
		lab_fail("the demo line does not listen");
}

static void
close_phone(struct dialled *dialled)
{
	phone_link_close(dialled->link);
	text_free(&dialled->page);
}

static void
a_phone_dials_walks_falls_out_and_goes_on(void)
{
	struct dialled phone;

	open_phone(&phone);
	type(&phone, "*384#");
	expect_page(&phone, 0, "HELP");
	type(&phone, "help");
	expect_page(&phone, 0, "A person will read this");
	if (phone_link_say(phone.link, PHONE_HANG_UP, NUMBER, "") != DONE)
		lab_fail("the demo line is gone");
	type(&phone, "*384#");
	expect_page(&phone, 0, "Continue");
	type(&phone, "1");
	expect_page(&phone, 0, "safe for you to text");
	type(&phone, "2");
	/* Not safe: an end that says nothing of us. */
	expect_page(&phone, 1, "OK");
	expect(lab_query_integer(&lab, "SELECT count(*) FROM outbox") == 0,
	    "a page went by the outbox");
	close_phone(&phone);
}

static void
stop_and_forget_end_the_session(void)
{
	struct dialled phone;

	open_phone(&phone);
	type(&phone, "*384#");
	type(&phone, "STOP");
	expect_page(&phone, 1, "OK");
	type(&phone, "*384#");
	expect_page(&phone, 1, "OK");
	close_phone(&phone);
	lab_close(&lab);
	lab_open(&lab, NULL);
	lab_start(&lab);
	open_phone(&phone);
	type(&phone, "*384#");
	type(&phone, "FORGET");
	expect_page(&phone, 1, "erased");
	expect(lab_query_integer(&lab, "SELECT count(*) FROM callers") == 0,
	    "the caller is still known");
	close_phone(&phone);
}

static void
after_a_crash_the_first_codes_get_their_page_too(void)
{
	struct dialled phone;

	lab_stop(&lab, SIGKILL);
	lab_start(&lab);
	open_phone(&phone);
	type(&phone, "*384#");
	expect_page(&phone, 0, "HELP");
	close_phone(&phone);
}

static void
the_program_dials_and_prints_the_page(void)
{
	static const char *const arguments[] = { "phone", "--number",
		"+9779822222222", "--ussd", "*384#", NULL };
	struct text out = { 0 };
	enum alphabet alphabet;
	unsigned units;

	expect(lab_run(&lab, &out, arguments) == 0, "waymark phone failed");
	expect(strstr(text_string(&out), "HELP") != NULL, "no menu: '%s'",
	    text_string(&out));
	segments_count(text_string(&out), &alphabet, &units);
	expect(units <= 183, "a page of %u", units);
	text_free(&out);
}

static const struct proof proofs[] = {
	{ "a_phone_dials_walks_falls_out_and_goes_on",
	    a_phone_dials_walks_falls_out_and_goes_on },
	{ "stop_and_forget_end_the_session", stop_and_forget_end_the_session },
	{ "after_a_crash_the_first_codes_get_their_page_too",
	    after_a_crash_the_first_codes_get_their_page_too },
	{ "the_program_dials_and_prints_the_page",
	    the_program_dials_and_prints_the_page },
};

int
main(int argc, char **argv)
{
	int status;

	lab_open(&lab, NULL);
	lab_start(&lab);
	status = proof_run(proofs, COUNT_OF(proofs), argc, argv);
	lab_close(&lab);
	return (status);
}
