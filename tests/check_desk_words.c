/* Whether the pages speak their language through and through.
 *
 * The desk's pages are drawn in Arabic, every route of the table and what
 * comes of many forms, and read: a word in Latin letters that is no name,
 * reference or code is one that no translator was given, or that the draft
 * lacks.  The words of every reason, state and event are looked for in the
 * template as well, whether a page shows them here or not.
 */
#include "gateway/base/clock.h"
#include "gateway/desk/case_referral.h"
#include "gateway/desk/exports.h"
#include "gateway/desk/htcds.h"
#include "gateway/desk/partner_book.h"
#include "gateway/desk/people.h"
#include "locales/catalog.h"
#include "store/tallies.h"
#include "tests/check_main.h"
#include "tests/desk_pages.h"
#include "tests/known_words.h"
#include "tests/page_reader.h"

#define REF "KM7P4"

enum { STATUS_OK = 200, TEXTS_COUNTED = 30 };

static struct world world;
static struct desk_pages pages;
static const char *const drafts[] = { "ar", "ne" };

/* -- a desk without a network ----------------------------------------------- */

static void
open_desk(void)
{
	world_open(&world);
	world_add_request(&world, REF, WORLD_NUMBER);
	world_add_text(&world, REF, "मेरो पासपोर्ट मालिकसँग छ।");
	pages_open(&pages, &world, "ar");
}

static void
close_desk(void)
{
	pages_close(&pages);
	world_close(&world);
}

static void
ask(const char *method, const char *path, const char *form,
    struct web_answer *answer_r)
{
	const struct page_wish wish = { method, path, form };

	pages_ask(&pages, &wish, answer_r);
}

/* -- reading ---------------------------------------------------------------- */

/* Names, references and codes, which are the same in every language. */
static const char *const codes[] = { "waymark", "utc", "km", "p", "sita", "ram",
	"hari", "nepal", "gulf", "demo", "ne", "sms", "htcds", "stop", "no",
	"yes", "csv", "json", "w", "iso", "np", "in", "nep" };

static int
is_code(const char *word, size_t length)
{
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		if (strlen(codes[i]) == length &&
		    strncasecmp(codes[i], word, length) == 0)
			return (1);
	}
	return (0);
}

static int
is_latin(char sign)
{
	return ((sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z'));
}

/* What stands in backticks is typed as it is; "&lt;" is a sign; the page's
 * script fills in "{count}". */
static const char *
skip_quoted(const char *at)
{
	const char *end = at[0] == '`' ? strchr(at + 1, '`')
	    : at[0] == '&'             ? strchr(at + 1, ';')
	    : at[0] == '{'             ? strchr(at + 1, '}')
				       : NULL;

	return (end != NULL ? end + 1 : NULL);
}

static void
check_words(const char *page, const char *words)
{
	while (*words != '\0') {
		const char *behind = skip_quoted(words);
		size_t length = 0;

		while (is_latin(words[length]))
			length++;
		ck_assert_msg(length == 0 || is_code(words, length),
		    "%s says '%.*s' in Arabic", page, (int)strcspn(words, "\n"),
		    words);
		words = behind != NULL ? behind
		    : length > 0       ? words + length
				       : words + 1;
	}
}

static void
check_answer(const char *what, const struct web_answer *answer)
{
	struct text words = { 0 };

	if (answer->body.length > 0 &&
	    strncmp(answer->type, "text/html", 9) == 0) {
		page_read(answer->body.bytes, &words);
		check_words(what, text_string(&words));
	}
	text_free(&words);
}

/* Draws a page and reads it; its status. */
static unsigned
look(const char *path)
{
	struct web_answer answer;
	unsigned status;

	ask("GET", path, NULL, &answer);
	check_answer(path, &answer);
	status = answer.status;
	web_answer_free(&answer);
	return (status);
}

/* Sends a form, reads what comes, and the case after it. */
static void
take(const char *path, const char *body)
{
	struct web_answer answer;

	ask("POST", path, body, &answer);
	check_answer(path, &answer);
	web_answer_free(&answer);
	look("/case/" REF);
}

/* -- the tests -------------------------------------------------------------- */

static void
look_at_route(const struct web_route *route)
{
	const char *star = strchr(route->path, '*');
	char path[100];

	if (strcmp(route->method, "GET") != 0)
		return;
	if (star == NULL)
		snprintf(path, sizeof(path), "%s", route->path);
	else
		snprintf(path, sizeof(path), "%.*s%s%s",
		    (int)(star - route->path), route->path, REF, star + 1);
	look(path);
}

START_TEST(every_page_speaks_arabic)
{
	for (size_t i = 0; i < web_route_count; i++)
		look_at_route(&web_routes[i]);
	look("/nothing-here");
	look("/case/XXXXX");
}
END_TEST

START_TEST(every_form_without_its_fields_is_refused_in_arabic)
{
	for (size_t i = 0; i < web_route_count; i++) {
		const struct web_route *route = &web_routes[i];
		char path[100];
		const char *star = strchr(route->path, '*');

		if (strcmp(route->method, "POST") != 0 ||
		    strcmp(route->path, "/sign-out") == 0)
			continue;
		snprintf(path, sizeof(path), "%.*s%s%s",
		    (int)(star != NULL ? star - route->path
				       : (ptrdiff_t)strlen(route->path)),
		    route->path, star != NULL ? REF : "",
		    star != NULL ? star + 1 : "");
		take(path, "");
	}
}
END_TEST

START_TEST(a_case_is_worked_on_in_arabic)
{
	static const char *const forms[][2] = {
		{ "/claim", "" },
		{ "/note", "note=x" },
		{ "/label", "label=needs" },
		{ "/unlabel", "label=needs" },
		{ "/snooze", "until=3h&wakes=1" },
		{ "/wake", "" },
		{ "/reply",
		    "reply=%E0%A4%A8&seen=0&once=abcdefghij0123456789" },
		{ "/reply", "reply=%E0%A4%A8&count=1" },
		{ "/number", "" },
		{ "/refer", "step=note&partner=Asha&wording=1" },
		{ "/give", "colleague=Ram" },
		{ "/claim", "" },
		{ "/close", "outcome=1" },
		{ "/close", "" },
		{ "/reopen", "" },
	};

	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		struct text path = { 0 };

		text_printf(&path, "/case/%s%s", REF, forms[i][0]);
		take(path.bytes, forms[i][1]);
		text_free(&path);
	}
	ck_assert_uint_eq(look("/audit"), STATUS_OK);
}
END_TEST

static void
check_known(const char *words)
{
	ck_assert_msg(word_is_known(words),
	    "'%s' is not in locales/desk/desk.pot", words);
	for (size_t i = 0; i < COUNT_OF(drafts); i++)
		ck_assert_msg(
		    catalog_has(pages.web.catalog, drafts[i], words, words),
		    "'%s' is missing in locales/desk/%s.po", words, drafts[i]);
}

/* Each fact's form, with each of its values, and what is then set. */
static void
set_each_value(const struct htcds_field *field)
{
	const char *at = field->values;

	while (at != NULL && *at != '\0') {
		const char *words = htcds_value_words(field, at);
		int length = (int)strcspn(at, "\n");
		struct text form = { 0 };

		if (words != NULL)
			check_known(words);
		text_printf(
		    &form, "field=%s&value=%.*s", field->name, length, at);
		take("/case/" REF "/facts", form.bytes);
		text_free(&form);
		at += length;
		at += *at == '\n';
	}
}

START_TEST(every_fact_is_told_in_arabic)
{
	size_t count;
	const struct htcds_field *fields = htcds_fields(&count);
	struct text path = { 0 };

	take("/case/" REF "/claim", "");
	text_printf(&path, "/case/%s/facts?field=%s", REF, fields[_i].name);
	ck_assert_int_lt(_i, (int)count);
	ck_assert_uint_eq(look(path.bytes), STATUS_OK);
	set_each_value(&fields[_i]);
	ck_assert_uint_eq(look(path.bytes), STATUS_OK);
	text_free(&path);
}
END_TEST

START_TEST(counts_and_trends_are_told_in_arabic)
{
	const struct tally tally = { .what = TALLY_REQUEST,
		.corridor = "nepal-gulf" };

	ck_assert_int_eq(store_begin(world.store), DONE);
	for (int i = 0; i < TEXTS_COUNTED; i++)
		ck_assert_int_eq(
		    tallies_add(world.store, &tally, clock_utc_s()), DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
	ck_assert_uint_eq(look("/trends"), STATUS_OK);
	ck_assert_uint_eq(look("/trends?words=1"), STATUS_OK);
	ck_assert_uint_eq(look("/"), STATUS_OK);
}
END_TEST

START_TEST(the_reader_finds_a_word_that_was_forgotten)
{
	struct text words = { 0 };

	page_read("<html lang=\"ar\"><p class=\"x\" title=\"Close it\">"
		  "<bdi>Ram</bdi> ثم<span class=\"words\">hello <b>you</b>"
		  "</span> Forgotten</p><p lang=\"en\">well</p></html>",
	    &words);
	ck_assert_ptr_nonnull(strstr(words.bytes, "Forgotten"));
	ck_assert_ptr_nonnull(strstr(words.bytes, "Close it"));
	ck_assert_ptr_null(strstr(words.bytes, "Ram"));
	ck_assert_ptr_null(strstr(words.bytes, "hello"));
	ck_assert_ptr_null(strstr(words.bytes, "well"));
	text_free(&words);
}
END_TEST

START_TEST(every_reason_has_its_words_in_every_language)
{
	for (int why = CASE_FINE; why <= CASE_STORE; why++)
		check_known(case_reason_words((enum case_reason)why));
	for (int why = REFERRAL_FINE; why <= REFERRAL_NO_KEY; why++)
		check_known(referral_reason_words((enum referral_reason)why));
	for (int why = PARTNER_FINE; why <= PARTNER_STORE; why++)
		check_known(partner_reason_words((enum partner_reason)why));
	for (int why = PEOPLE_FINE; why <= PEOPLE_STORE; why++)
		check_known(people_reason_words((enum people_reason)why));
	for (int why = EXPORT_FINE; why <= EXPORT_STORE; why++)
		check_known(export_reason_words((enum export_reason)why));
	for (int why = CONTACT_FINE; why < CONTACT_REASONS; why++)
		check_known(case_outlook_words(
		    &(struct contact_decision){ .why = why }));
	for (int state = OUTBOX_QUEUED; state <= OUTBOX_GIVEN_UP; state++)
		check_known(case_delivery_words(
		    outbox_state_name((enum outbox_state)state)));
}
END_TEST

static Suite *
suite_of_desk_words(void)
{
	Suite *suite = suite_create("desk words");
	TCase *tcase = tcase_create("desk words");
	size_t facts;

	tcase_add_unchecked_fixture(tcase, world_make_once, world_remove);
	tcase_add_checked_fixture(tcase, open_desk, close_desk);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, every_page_speaks_arabic);
	tcase_add_test(
	    tcase, every_form_without_its_fields_is_refused_in_arabic);
	tcase_add_test(tcase, a_case_is_worked_on_in_arabic);
	htcds_fields(&facts);
	tcase_add_loop_test(tcase, every_fact_is_told_in_arabic, 0, (int)facts);
	tcase_add_test(tcase, counts_and_trends_are_told_in_arabic);
	tcase_add_test(tcase, the_reader_finds_a_word_that_was_forgotten);
	tcase_add_test(tcase, every_reason_has_its_words_in_every_language);
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(suite_of_desk_words);
