#include "gateway/hub/contact_gate.h"

#include "gateway/base/outcome.h"
#include "tests/check_main.h"

static const struct {
	const char *what;
	enum contact_purpose purpose;
	struct contact_facts facts;
	enum contact_verdict verdict;
} cases[] = {
	{ "an answer goes to whoever just wrote", CONTACT_ANSWER, { 0 },
	    CONTACT_SEND },
	{ "an answer goes even after STOP: HELP was asked for", CONTACT_ANSWER,
	    { .is_known = 1, .is_stopped = 1 }, CONTACT_SEND },
	{ "an answer goes while texting is on hold: they just wrote",
	    CONTACT_ANSWER, { .is_known = 1, .is_on_hold = 1 }, CONTACT_SEND },
	{ "a reply goes to somebody known", CONTACT_REPLY, { .is_known = 1 },
	    CONTACT_SEND },
	{ "a reply never goes to somebody forgotten", CONTACT_REPLY, { 0 },
	    CONTACT_REFUSE },
	{ "a reply never goes after STOP", CONTACT_REPLY,
	    { .is_known = 1, .is_stopped = 1 }, CONTACT_REFUSE },
	{ "nobody overrides STOP", CONTACT_REPLY,
	    { .is_known = 1, .is_stopped = 1, .overrides_hold = 1 },
	    CONTACT_REFUSE },
	{ "a reply never goes once the request is withdrawn", CONTACT_REPLY,
	    { .is_known = 1, .is_withdrawn = 1, .overrides_hold = 1 },
	    CONTACT_REFUSE },
	{ "a reply does not go while texting is not safe", CONTACT_REPLY,
	    { .is_known = 1, .is_on_hold = 1 }, CONTACT_REFUSE },
	{ "a caseworker with a reason overrides the hold", CONTACT_REPLY,
	    { .is_known = 1, .is_on_hold = 1, .overrides_hold = 1 },
	    CONTACT_SEND },
};

START_TEST(the_gate_decides_by_purpose_and_facts)
{
	ck_assert_msg(contact_gate(cases[_i].purpose, &cases[_i].facts) ==
		cases[_i].verdict,
	    "%s", cases[_i].what);
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
