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

/* -- by texts --------------------------------------------------------------- */

/* Types and reads what comes: pages, and texts (which are counted). */
struct walker {
	struct phone_link *link;
	char number[24];
	struct text page;
	int is_last;
	int texts;
	struct text text; /* the last one */
};

static int
walker_hear(struct walker *walker, int wait_ms)
{
	struct phone_line line;
	int is_page = 0;

	while (!is_page &&
	    phone_link_receive(walker->link, wait_ms, &line) == DONE) {
		is_page = line.kind == PHONE_PAGE;
		if (is_page) {
			text_clear(&walker->page);
			text_add(&walker->page, text_string(&line.text));
			walker->is_last = line.is_last;
		} else {
			walker->texts++;
			text_clear(&walker->text);
			text_add(&walker->text, text_string(&line.text));
		}
		phone_line_free(&line);
		if (!is_page && wait_ms < CALLER_WAIT_MS)
			break;
	}
	return (is_page);
}

static void
walker_say(struct walker *walker, enum phone_line_kind kind, const char *text)
{
	if (phone_link_say(walker->link, kind, walker->number, text) != DONE)
		lab_fail("the demo line is gone");
	if (kind == PHONE_USSD && !walker_hear(walker, CALLER_WAIT_MS))
		lab_fail("'%s' got no page", text);
}

static void
walker_open(struct walker *walker, const char *number)
{
	*walker = (struct walker){ .is_last = 0 };
	snprintf(walker->number, sizeof(walker->number), "%s", number);
	if (phone_link_open(lab.demo_socket, &walker->link) != DONE)
		lab_fail("the demo line does not listen");
}

static void
walker_close(struct walker *walker)
{
	phone_link_close(walker->link);
	text_free(&walker->page);
	text_free(&walker->text);
}

static int
walker_reads(const struct walker *walker, const char *words)
{
	return (strstr(text_string(&walker->page), words) != NULL);
}

/* As far as the question whether a text is safe. */
static void
ask_for_texts(struct walker *walker)
{
	walker_say(walker, PHONE_USSD, "*384#");
	walker_say(walker, PHONE_USSD, "1");
	walker_say(walker, PHONE_HANG_UP, "");
	walker_say(walker, PHONE_USSD, "*384#");
	expect(walker_reads(walker, "3 Go on by SMS"), "no offer in '%s'",
	    text_string(&walker->page));
	walker_say(walker, PHONE_USSD, "3");
	expect(walker_reads(walker, "Is that safe for you?"),
	    "they were not asked: '%s'", text_string(&walker->page));
}

static void
who_wishes_and_is_safe_goes_on_by_texts(void)
{
	struct walker walker;

	walker_open(&walker, "+9779833333333");
	ask_for_texts(&walker);
	walker_say(&walker, PHONE_USSD, "1");
	expect(walker.is_last && walker_reads(&walker, "Our SMS comes now"),
	    "it goes on after '%s'", text_string(&walker.page));
	if (walker.texts == 0)
		(void)walker_hear(&walker, CALLER_WAIT_MS - 1);
	expect(walker.texts == 1 &&
		strcmp(text_string(&walker.text),
		    "Hello, are you free to talk?") == 0,
	    "%d texts, the last '%s'", walker.texts, text_string(&walker.text));
	walker_say(&walker, PHONE_SMS, "yes");
	(void)walker_hear(&walker, CALLER_WAIT_MS - 1);
	expect(walker.texts == 2, "the answer to it got %d texts",
	    walker.texts - 1);
	expect(strstr(text_string(&walker.text), "0 Back") != NULL,
	    "they do not stand where they stood: '%s'",
	    text_string(&walker.text));
	walker_close(&walker);
}

static void
who_is_not_safe_gets_no_text(void)
{
	struct walker walker;

	walker_open(&walker, "+9779844444444");
	ask_for_texts(&walker);
	walker_say(&walker, PHONE_USSD, "2");
	expect(walker_reads(&walker, "1 Continue"), "'%s' after a no",
	    text_string(&walker.page));
	walker_say(&walker, PHONE_USSD, "3");
	walker_say(&walker, PHONE_HANG_UP, "");
	walker_say(&walker, PHONE_USSD, "*384#");
	expect(walker_reads(&walker, "1 Continue"), "'%s' after a hang-up",
	    text_string(&walker.page));
	(void)walker_hear(&walker, 300);
	expect(walker.texts == 0, "%d texts", walker.texts);
	walker_close(&walker);
}

enum { RANDOM_WALKS = 1000, RANDOM_STEPS = 9 };

/* One that never says that a text is safe, dropped at any step. */
static void
walk_at_random(struct walker *walker, uint32_t *random)
{
	static const char *const answers[] = { "1", "2", "3", "4", "9", "0",
		"00", "yes", "no", "HELP", "menu", "Doha", "", "*1*", "STOP",
		"2026" };

	walker_say(walker, PHONE_USSD, "*384#");
	for (int step = 0; step < RANDOM_STEPS; step++) {
		const char *answer;

		*random = *random * 1664525 + 1013904223;
		answer = answers[(*random >> 16) % COUNT_OF(answers)];
		if (*random >> 29 == 0)
			walker_say(walker, PHONE_HANG_UP, "");
		if (*random >> 29 == 0 || walker->is_last)
			answer = "*384#";
		else if (walker_reads(walker, "Is that safe for you?"))
			answer = *random & 0x10000 ? "2" : "0";
		walker_say(walker, PHONE_USSD, answer);
	}
	if (*random & 0x20000)
		walker_say(walker, PHONE_HANG_UP, "");
}

static void
who_never_agreed_never_gets_a_text(void)
{
	int64_t before = lab_query_integer(&lab, "SELECT count(*) FROM outbox");
	struct walker walker;
	uint32_t random = 20261122;
	int questions = 0;

	walker_open(&walker, "");
	for (int i = 0; i < RANDOM_WALKS; i++) {
		snprintf(
		    walker.number, sizeof(walker.number), "+97798600%05d", i);
		walker.is_last = 0;
		walk_at_random(&walker, &random);
		questions += walker_reads(&walker, "Is that safe for you?");
	}
	(void)walker_hear(&walker, 1000);
	expect(questions > 0, "nobody came near the question");
	expect(walker.texts == 0, "%d texts left", walker.texts);
	expect(lab_query_integer(&lab, "SELECT count(*) FROM outbox") == before,
	    "something went to the outbox");
	walker_close(&walker);
}

static const struct proof proofs[] = {
	{ "a_phone_dials_walks_falls_out_and_goes_on",
	    a_phone_dials_walks_falls_out_and_goes_on },
	{ "stop_and_forget_end_the_session", stop_and_forget_end_the_session },
	{ "after_a_crash_the_first_codes_get_their_page_too",
	    after_a_crash_the_first_codes_get_their_page_too },
	{ "the_program_dials_and_prints_the_page",
	    the_program_dials_and_prints_the_page },
	{ "who_wishes_and_is_safe_goes_on_by_texts",
	    who_wishes_and_is_safe_goes_on_by_texts },
	{ "who_is_not_safe_gets_no_text", who_is_not_safe_gets_no_text },
	{ "who_never_agreed_never_gets_a_text",
	    who_never_agreed_never_gets_a_text },
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
