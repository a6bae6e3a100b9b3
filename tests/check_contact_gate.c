#include "gateway/text/contact_gate.h"

#include "tests/check_main.h"
#include "tests/gate_rules.h"

/* A Saturday, 12:00 in UTC. */
enum { NOON_UTC_S = 1795262400, WARM_S = 1800 };

/* Somebody who agreed and may be texted all day; who wrote a minute ago, or
 * long ago. */
#define AGREED   .is_known = 1, .has_consent = 1, .warm_s = WARM_S
#define JUST     .wrote_utc_s = NOON_UTC_S - 60
#define LONG_AGO .wrote_utc_s = NOON_UTC_S - WARM_S
#define TALKS    AGREED, JUST, .talk = CONTACT_OPEN
#define SILENT   AGREED, LONG_AGO, .talk = CONTACT_OPEN
#define MORNING  .hours = { 360, 660 }

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
	{ "a reply needs consent", CONTACT_REPLY,
	    { .is_known = 1, .warm_s = WARM_S, JUST, .talk = CONTACT_OPEN },
	    CONTACT_REFUSE, CONTACT_NO_CONSENT },
	{ "a reason stands in for consent", CONTACT_REPLY,
	    { .is_known = 1,
		.warm_s = WARM_S,
		JUST,
		.talk = CONTACT_OPEN,
		.overrides = CONTACT_DESPITE_CONSENT },
	    CONTACT_SEND, CONTACT_FINE },
	{ "a reason for one thing is none for another", CONTACT_REPLY,
	    { TALKS, .is_on_hold = 1, .overrides = CONTACT_DESPITE_CONSENT },
	    CONTACT_REFUSE, CONTACT_ON_HOLD },
	{ "who wants a call is not texted", CONTACT_REPLY,
	    { TALKS, .way = CONTACT_BY_CALL }, CONTACT_REFUSE,
	    CONTACT_CALL_ME },
	{ "a reason lets a text go all the same", CONTACT_REPLY,
	    { TALKS, .way = CONTACT_BY_CALL,
		.overrides = CONTACT_DESPITE_CALL },
	    CONTACT_SEND, CONTACT_FINE },
	{ "who will write is answered while they do", CONTACT_REPLY,
	    { TALKS, .way = CONTACT_BY_SELF }, CONTACT_SEND, CONTACT_FINE },
	{ "who will write gets nothing until they do", CONTACT_REPLY,
	    { SILENT, .way = CONTACT_BY_SELF }, CONTACT_HOLD,
	    CONTACT_WILL_WRITE },
	{ "not even an opening", CONTACT_OPENING,
	    { SILENT, .way = CONTACT_BY_SELF }, CONTACT_HOLD,
	    CONTACT_WILL_WRITE },
	{ "with a reason they are asked first", CONTACT_REPLY,
	    { SILENT, .way = CONTACT_BY_SELF,
		.overrides = CONTACT_DESPITE_SELF },
	    CONTACT_HOLD, CONTACT_OPENS_FIRST },
	{ "a number that can be read is texted", CONTACT_REPLY,
	    { TALKS, .way = CONTACT_BY_OTHER, .has_other = 1 }, CONTACT_SEND,
	    CONTACT_FINE },
	{ "one that cannot is not, whatever the reason", CONTACT_REPLY,
	    { TALKS, .way = CONTACT_BY_OTHER, .overrides = ~0u },
	    CONTACT_REFUSE, CONTACT_NO_NUMBER },
	{ "a neutral text goes first to who is silent", CONTACT_REPLY,
	    { SILENT }, CONTACT_HOLD, CONTACT_OPENS_FIRST },
	{ "that neutral text goes", CONTACT_OPENING, { SILENT }, CONTACT_SEND,
	    CONTACT_FINE },
	{ "but not to who writes", CONTACT_OPENING, { TALKS }, CONTACT_REFUSE,
	    CONTACT_NOT_NEEDED },
	{ "a reply waits for the answer to it", CONTACT_REPLY,
	    { AGREED, LONG_AGO, .talk = CONTACT_ASKED,
		.asked_utc_s = NOON_UTC_S - 3600 },
	    CONTACT_HOLD, CONTACT_AWAITS_ANSWER },
	{ "after a day without one it is sent again", CONTACT_REPLY,
	    { AGREED, LONG_AGO, .talk = CONTACT_ASKED,
		.asked_utc_s = NOON_UTC_S - CONTACT_ASK_AGAIN_S },
	    CONTACT_HOLD, CONTACT_OPENS_FIRST },
	{ "nothing goes to somebody else", CONTACT_REPLY,
	    { AGREED, JUST, .talk = CONTACT_WRONG }, CONTACT_HOLD,
	    CONTACT_WRONG_PERSON },
	{ "no opening either", CONTACT_OPENING,
	    { AGREED, LONG_AGO, .talk = CONTACT_WRONG }, CONTACT_REFUSE,
	    CONTACT_NOT_NEEDED },
	{ "a reason lets a reply go to them", CONTACT_REPLY,
	    { AGREED, JUST, .talk = CONTACT_WRONG,
		.overrides = CONTACT_DESPITE_WORD },
	    CONTACT_SEND, CONTACT_FINE },
	{ "a text without the word does not open, however fresh", CONTACT_REPLY,
	    { AGREED, JUST, .talk = CONTACT_QUIET }, CONTACT_HOLD,
	    CONTACT_OPENS_FIRST },
	{ "wrong number is said", CONTACT_COVER, { TALKS }, CONTACT_SEND,
	    CONTACT_FINE },
	{ "but not after STOP", CONTACT_COVER, { TALKS, .is_stopped = 1 },
	    CONTACT_REFUSE, CONTACT_STOPPED },
	{ "a text waits for a safe hour", CONTACT_REPLY, { SILENT, MORNING },
	    CONTACT_HOLD, CONTACT_HOURS },
	{ "so does its opening", CONTACT_OPENING, { SILENT, MORNING },
	    CONTACT_HOLD, CONTACT_HOURS },
	{ "hours are told where the caller is", CONTACT_OPENING,
	    { SILENT, MORNING, .zone = { -120, 0 } }, CONTACT_SEND,
	    CONTACT_FINE },
	{ "who writes now has the phone in hand", CONTACT_REPLY,
	    { TALKS, MORNING }, CONTACT_SEND, CONTACT_FINE },
	{ "a reason for the hour is none for the opening", CONTACT_REPLY,
	    { SILENT, MORNING, .overrides = CONTACT_DESPITE_HOURS },
	    CONTACT_HOLD, CONTACT_OPENS_FIRST },
	{ "feedback goes to who writes", CONTACT_FEEDBACK, { TALKS },
	    CONTACT_SEND, CONTACT_FINE },
	{ "feedback needs consent", CONTACT_FEEDBACK,
	    { .is_known = 1, .warm_s = WARM_S, JUST, .talk = CONTACT_OPEN },
	    CONTACT_REFUSE, CONTACT_NO_CONSENT },
	{ "a follow-up opens first", CONTACT_FOLLOWUP, { SILENT }, CONTACT_HOLD,
	    CONTACT_OPENS_FIRST },
	{ "an alarm goes to a caseworker's phone", CONTACT_ALARM,
	    { .is_known = 1 }, CONTACT_SEND, CONTACT_FINE },
	{ "to nobody else's", CONTACT_ALARM, { 0 }, CONTACT_REFUSE,
	    CONTACT_UNKNOWN },
	{ "their STOP counts too", CONTACT_STAFF,
	    { .is_known = 1, .is_stopped = 1 }, CONTACT_REFUSE,
	    CONTACT_STOPPED },
	{ "a clock that jumped back keeps no talk open", CONTACT_REPLY,
	    { AGREED, .talk = CONTACT_OPEN, .wrote_utc_s = NOON_UTC_S + 1 },
	    CONTACT_HOLD, CONTACT_OPENS_FIRST },
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

/* -- every face of it, at random -------------------------------------------- */

enum { ATTEMPTS = 100000 };

static int
one_in(int n)
{
	return (random() % n == 0);
}

static struct contact_facts
random_facts(int64_t now_utc_s)
{
	struct contact_facts facts = {
		.is_known = !one_in(8),
		.is_stopped = one_in(8),
		.is_withdrawn = one_in(8),
		.has_consent = !one_in(4),
		.is_on_hold = one_in(6),
		.way = (enum contact_way)(one_in(2) ? 0 : random() % 4),
		.has_other = !one_in(3),
		.talk = (enum contact_talk)(random() % 4),
		.asked_utc_s = now_utc_s - random() % 200000,
		.wrote_utc_s =
		    one_in(4) ? 0 : now_utc_s - random() % (2 * WARM_S) + 60,
		.warm_s = WARM_S,
		.hours = { (int)(random() % DAY_MINUTES),
		    (int)(random() % DAY_MINUTES) },
		.zone = { (int)(random() % 1681) - 840, one_in(2) },
		.overrides = one_in(2) ? 0 : (unsigned)(random() % 64),
	};

	return (facts);
}

START_TEST(no_text_leaves_against_consent_hours_or_stop)
{
	int sent = 0, held = 0, refused = 0;

	srandom(4);
	for (int i = 0; i < ATTEMPTS; i++) {
		int64_t now_utc_s = 1700000000 + random() % 200000000;
		struct contact_facts facts = random_facts(now_utc_s);
		enum contact_purpose purpose =
		    (enum contact_purpose)(random() % CONTACT_PURPOSES);
		struct contact_decision decision =
		    contact_gate(purpose, &facts, now_utc_s);
		int goes = rules_let_it_go(purpose, &facts, now_utc_s);

		ck_assert_msg((decision.verdict == CONTACT_SEND) == goes,
		    "attempt %d: purpose %d: %s", i, (int)purpose,
		    contact_reason_name(decision.why));
		ck_assert((decision.why == CONTACT_FINE) == goes);
		if (decision.why == CONTACT_HOURS) {
			ck_assert_int_gt(decision.until_utc_s, now_utc_s);
			ck_assert(day_span_has(&facts.hours,
			    zone_minute_of_day(
				&facts.zone, decision.until_utc_s)));
		}
		sent += decision.verdict == CONTACT_SEND;
		held += decision.verdict == CONTACT_HOLD;
		refused += decision.verdict == CONTACT_REFUSE;
	}
	/* None of the three is rare, or nothing would have been shown. */
	ck_assert_int_gt(sent, ATTEMPTS / 10);
	ck_assert_int_gt(held, ATTEMPTS / 20);
	ck_assert_int_gt(refused, ATTEMPTS / 10);
}
END_TEST

/* -- the talk --------------------------------------------------------------- */

static const struct {
	enum contact_talk before;
	int was_warm;
	int says_word;
	enum contact_talk after;
} talks[] = {
	{ CONTACT_QUIET, 0, 1, CONTACT_OPEN },
	{ CONTACT_QUIET, 1, 0, CONTACT_QUIET },
	{ CONTACT_ASKED, 0, 1, CONTACT_OPEN },
	{ CONTACT_ASKED, 1, 0, CONTACT_WRONG },
	{ CONTACT_OPEN, 1, 0, CONTACT_OPEN },
	{ CONTACT_OPEN, 0, 0, CONTACT_QUIET },
	{ CONTACT_OPEN, 0, 1, CONTACT_OPEN },
	{ CONTACT_WRONG, 1, 1, CONTACT_WRONG },
};

START_TEST(a_talk_moves_as_its_picture_says)
{
	ck_assert_int_eq(contact_talk_after(talks[_i].before,
			     talks[_i].was_warm, talks[_i].says_word),
	    talks[_i].after);
}
END_TEST

static const struct {
	const char *text;
	const char *word;
	int says;
} words[] = {
	{ "bluebird", "bluebird", 1 },
	{ "BlueBird yes!", "bluebird", 1 },
	{ "yes,bluebird.", "Bluebird", 1 },
	{ "bluebirds", "bluebird", 0 },
	{ "blue bird", "bluebird", 0 },
	{ "my  red   mango, ok", "Red Mango", 1 },
	{ "who is this", "bluebird", 0 },
	{ "", "bluebird", 0 },
	{ "आँप हजुर", "आँप", 1 },
	{ "আম, হ্যাঁ", "আম", 1 },
	{ "ＭＡＮＧＯ", "mango", 1 },
	{ "12345 ok", "12345", 1 },
	{ "123456", "12345", 0 },
	{ "ok :-)", ":-)", 1 },
	{ "ok", ":-)", 0 },
};

START_TEST(the_code_word_is_heard_as_a_word_of_its_own)
{
	ck_assert_msg(
	    contact_says_word(words[_i].text, words[_i].word) == words[_i].says,
	    "'%s' in '%s'", words[_i].word, words[_i].text);
}
END_TEST

static const struct {
	const char *text;
	const char *word;
	const char *behind; /* NULL: none */
} answers[] = {
	{ "bluebird yes", "bluebird", "yes" },
	{ "BLUEBIRD: No!", "Bluebird", "No!" },
	{ "  bluebird,stop", "bluebird", "stop" },
	{ "red  mango 1", "Red Mango", "1" },
	{ "आँप। हुन्छ", "आँप", "हुन्छ" },
	{ "আম হ্যাঁ", "আম", "হ্যাঁ" },
	{ "ＭＡＮＧＯ ok", "mango", "ok" },
	{ "straße ja", "STRASSE", "ja" },
	{ "bluebird", "bluebird", NULL },
	{ "bluebird!", "bluebird", NULL },
	{ "bluebirds yes", "bluebird", NULL },
	{ "yes bluebird", "bluebird", NULL },
	{ "yes", "bluebird", NULL },
	{ "", "bluebird", NULL },
	{ ":-) yes", ":-)", NULL },
	{ "red yes", "red mango", NULL },
};

START_TEST(what_stands_behind_the_code_word_is_the_answer)
{
	const char *behind =
	    contact_behind_word(answers[_i].text, answers[_i].word);

	ck_assert_pstr_eq(behind, answers[_i].behind);
}
END_TEST

static Suite *
suite_of_contact_gate(void)
{
	Suite *suite = suite_create("contact_gate");
	TCase *tcase = tcase_create("table");

	tcase_add_loop_test(tcase, the_gate_decides_by_purpose_and_facts, 0,
	    (int)COUNT_OF(cases));
	tcase_add_test(tcase, no_text_leaves_against_consent_hours_or_stop);
	tcase_add_loop_test(
	    tcase, a_talk_moves_as_its_picture_says, 0, (int)COUNT_OF(talks));
	tcase_add_loop_test(tcase, the_code_word_is_heard_as_a_word_of_its_own,
	    0, (int)COUNT_OF(words));
	tcase_add_loop_test(tcase,
	    what_stands_behind_the_code_word_is_the_answer, 0,
	    (int)COUNT_OF(answers));
	tcase_set_timeout(tcase, 60);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_contact_gate);
