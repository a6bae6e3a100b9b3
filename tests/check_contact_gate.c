#include "gateway/text/contact_gate.h"

#include "tests/check_main.h"

/* A Saturday, 12:00 in UTC. */
enum { NOON_UTC_S = 1795262400, WARM_S = 1800 };

/* Somebody who agreed, may be texted all day, and wrote a minute ago. */
#define TALKS \
	.is_known = 1, .has_consent = 1, .talk = CONTACT_OPEN, \
	.wrote_utc_s = NOON_UTC_S - 60, .warm_s = WARM_S
/* The same, long ago. */
#define SILENT \
	.is_known = 1, .has_consent = 1, .talk = CONTACT_OPEN, \
	.wrote_utc_s = NOON_UTC_S - WARM_S, .warm_s = WARM_S
#define MORNING .hours = { 360, 660 }

static const struct {
	const char *what;
	enum contact_purpose purpose;
	struct contact_facts facts;
	enum contact_verdict verdict;
	enum contact_reason why;
} cases[] = {
	{ "an answer goes to whoever just wrote", CONTACT_ANSWER, { 0 },
	    CONTACT_SEND, CONTACT_FINE },
	{ "an answer goes even after STOP: HELP was asked for", CONTACT_ANSWER,
	    { .is_known = 1, .is_stopped = 1 }, CONTACT_SEND, CONTACT_FINE },
	{ "an answer goes while texting is on hold: they just wrote",
	    CONTACT_ANSWER, { .is_known = 1, .is_on_hold = 1 }, CONTACT_SEND,
	    CONTACT_FINE },
	{ "a reply goes to somebody who writes", CONTACT_REPLY, { TALKS },
	    CONTACT_SEND, CONTACT_FINE },
	{ "a reply never goes to somebody forgotten", CONTACT_REPLY, { 0 },
	    CONTACT_REFUSE, CONTACT_UNKNOWN },
	{ "a reply never goes after STOP", CONTACT_REPLY,
	    { TALKS, .is_stopped = 1 }, CONTACT_REFUSE, CONTACT_STOPPED },
	{ "nobody overrides STOP", CONTACT_REPLY,
	    { TALKS, .is_stopped = 1, .overrides = ~0u }, CONTACT_REFUSE,
	    CONTACT_STOPPED },
	{ "a reply never goes once the request is withdrawn", CONTACT_REPLY,
	    { TALKS, .is_withdrawn = 1, .overrides = ~0u }, CONTACT_REFUSE,
	    CONTACT_WITHDRAWN },
	{ "a reply does not go while texting is not safe", CONTACT_REPLY,
	    { TALKS, .is_on_hold = 1 }, CONTACT_REFUSE, CONTACT_ON_HOLD },
	{ "a caseworker with a reason overrides the hold", CONTACT_REPLY,
	    { TALKS, .is_on_hold = 1, .overrides = CONTACT_DESPITE_HOLD },
	    CONTACT_SEND, CONTACT_FINE },
};

START_TEST(the_gate_decides_by_purpose_and_facts)
{
	struct contact_decision decision =
	    contact_gate(cases[_i].purpose, &cases[_i].facts, NOON_UTC_S);

	ck_assert_msg(decision.verdict == cases[_i].verdict &&
		decision.why == cases[_i].why,
	    "%s: %s", cases[_i].what, contact_reason_name(decision.why));
}
END_TEST

static Suite *
suite_of_contact_gate(void)
{
	Suite *suite = suite_create("contact_gate");
	TCase *tcase = tcase_create("table");

	tcase_add_loop_test(tcase, the_gate_decides_by_purpose_and_facts, 0,
	    (int)COUNT_OF(cases));
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_contact_gate);
