/* HTML that goes out: nothing of people's becomes markup. */
#include <check.h>

#include "gateway/base/outcome.h"
#include "gateway/desk/page.h"
#include "gateway/desk/web.h"
#include "gateway/desk/web_listen.h"
#include "gateway/desk/web_origin.h"
#include "tests/check_main.h"

static const struct {
	const char *words;
	const char *html;
} escapes[] = {
	{ "plain", "plain" },
	{ "", "" },
	{ "<script>alert('1')</script>",
	    "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;" },
	{ "a & b", "a &amp; b" },
	{ "\"", "&quot;" },
	{ "नमस्ते", "नमस्ते" },
	{ "two\nlines\t.", "two\nlines\t." },
	{ "\x01\x7f", "[U+0001][U+007F]" },
	{ "\u202aa\u202ab\u202c\u202dc\u202e",
	    "[U+202A]a[U+202A]b[U+202C][U+202D]c[U+202E]" },
	{ "\u2066a\u2069", "[U+2066]a[U+2069]" },
	/* Their neighbours are letters like others. */
	{ "\u2029\u202f\u2065\u206a", "\u2029\u202f\u2065\u206a" },
	/* Cut in the middle. */
	{ "\xe2\x80", "\xe2\x80" },
	{ "\xe2", "\xe2" },
};

START_TEST(what_people_wrote_is_no_markup)
{
	struct page page = { 0 };

	page_text(&page, escapes[_i].words);
	ck_assert_str_eq(text_string(&page.html), escapes[_i].html);
	page_free(&page);
}
END_TEST

START_TEST(an_attribute_cannot_be_left)
{
	struct page page = { 0 };

	page_attr(&page, "value", "\"><b>");
	ck_assert_str_eq(page.html.bytes, " value=\"&quot;&gt;&lt;b&gt;\"");
	page_free(&page);
}
END_TEST

static const struct {
	const char *path;
	const char *html;
} paths[] = {
	{ "/case/KM7P4", " href=\"/case/KM7P4\"" },
	{ "//evil.example", " href=\"/evil.example\"" },
	{ "javascript:alert(1)", " href=\"/javascript%3Aalert%281%29\"" },
	{ "/a b\"", " href=\"/a%20b%22\"" },
	{ "/?a=1&b=2", " href=\"/?a=1&amp;b=2\"" },
};

START_TEST(a_link_stays_on_this_desk)
{
	struct page page = { 0 };

	page_url(&page, "href", paths[_i].path);
	ck_assert_str_eq(page.html.bytes, paths[_i].html);
	page_free(&page);
}
END_TEST

START_TEST(a_value_stands_isolated_in_its_sentence)
{
	const struct page_value values[] = { { "name", "<b>" },
		{ "count", "3" } };
	struct page page = { 0 };

	page_say_with(&page, "{count} of {name}{unknown}.", values, 2);
	ck_assert_str_eq(
	    page.html.bytes, "<bdi>3</bdi> of <bdi>&lt;b&gt;</bdi>.");
	page_free(&page);
}
END_TEST

/* -- forms ------------------------------------------------------------------ */

/* -- hosts ------------------------------------------------------------------ */

static const struct {
	const char *host;
	const char *local;
	int is_ours;
} hosts[] = {
	{ "127.0.0.1:8443", "127.0.0.1", 1 },
	{ "localhost:8443", "127.0.0.1", 1 },
	{ "LOCALHOST:8443", "127.0.0.1", 1 },
	{ "[::1]:8443", "::1", 1 },
	{ "localhost:8443", "192.168.1.5", 0 },
	{ "192.168.1.5:8443", "192.168.1.5", 1 },
	{ "192.168.1.6:8443", "192.168.1.5", 0 },
	{ "192.168.1.5", "192.168.1.5", 0 },
	{ "192.168.1.5:443", "192.168.1.5", 0 },
	{ "desk.lan:8443", "192.168.1.5", 1 },
	{ "Desk.LAN:8443", "192.168.1.5", 1 },
	{ "desk.lan", "192.168.1.5", 0 },
	{ "far.lan", "192.168.1.5", 1 },
	{ "far.lan:8443", "192.168.1.5", 0 },
	{ "evil.example:8443", "192.168.1.5", 0 },
	{ "desk.lan.evil.example:8443", "192.168.1.5", 0 },
	{ "desk.lan:8443:1", "192.168.1.5", 0 },
	{ "desk.lan:", "192.168.1.5", 0 },
	{ ":8443", "192.168.1.5", 0 },
	{ "", "192.168.1.5", 0 },
	{ "[::1", "::1", 0 },
	{ NULL, "127.0.0.1", 0 },
};

START_TEST(only_our_own_names_are_answered)
{
	static char names[] = "desk.lan, far.lan:443";
	struct web *web = calloc(1, sizeof(*web));
	const struct web_request request = { .host = hosts[_i].host,
		.local = hosts[_i].local };

	web->port = 8443;
	web->settings.desk.names = names;
	ck_assert_int_eq(web_host_is_ours(web, &request), hosts[_i].is_ours);
	free(web);
}
END_TEST

static const struct {
	const char *origin;
	const char *referer;
	int is_ours;
} origins[] = {
	{ NULL, NULL, 1 },
	{ "https://desk.lan:8443", NULL, 1 },
	{ "HTTPS://desk.lan:8443", NULL, 1 },
	{ "http://desk.lan:8443", NULL, 0 },
	{ "https://desk.lan", NULL, 0 },
	{ "https://desk.lan:84431", NULL, 0 },
	{ "https://desk.lan:8443.evil.example", NULL, 0 },
	{ "https://evil.example/https://desk.lan:8443", NULL, 0 },
	{ "null", NULL, 0 },
	{ "", NULL, 0 },
	{ NULL, "https://desk.lan:8443/case/KM7P4", 1 },
	{ NULL, "https://evil.example/", 0 },
	{ "https://evil.example", "https://desk.lan:8443/", 0 },
};

START_TEST(a_form_from_elsewhere_is_known)
{
	const struct web_request request = { .host = "desk.lan:8443",
		.origin = origins[_i].origin,
		.referer = origins[_i].referer };

	ck_assert_int_eq(web_origin_is_ours(&request), origins[_i].is_ours);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("page");
	TCase *tcase = tcase_create("page");

	tcase_add_loop_test(
	    tcase, what_people_wrote_is_no_markup, 0, COUNT_OF(escapes));
	tcase_add_test(tcase, an_attribute_cannot_be_left);
	tcase_add_loop_test(
	    tcase, a_link_stays_on_this_desk, 0, COUNT_OF(paths));
	tcase_add_test(tcase, a_value_stands_isolated_in_its_sentence);
	tcase_add_loop_test(
	    tcase, only_our_own_names_are_answered, 0, COUNT_OF(hosts));
	tcase_add_loop_test(
	    tcase, a_form_from_elsewhere_is_known, 0, COUNT_OF(origins));
	suite_add_tcase(suite, tcase);
	return (suite);
}

CHECK_MAIN(make_suite);
