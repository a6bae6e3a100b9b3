/* What the hub knows of the lines' pages: each has one that `menus check`
 * proves, and a provider's is what its profile says. */
#include <glob.h>
#include <string.h>

#include "gateway/base/file.h"
#include "gateway/base/memory.h"
#include "gateway/hub/pages.h"
#include "gateway/hub/providers.h"
#include "menus/menu_walk.h"
#include "tests/check_main.h"

static struct settings
settings_with(const char *kind, const char *profile, int64_t page)
{
	struct settings settings = { .line_count = 1 };

	settings.lines = memory_new(1, sizeof(*settings.lines));
	settings.lines[0] = (struct line_settings){
		.name = memory_copy("codes"),
		.kind = memory_copy(kind),
		.profile = memory_copy(profile),
		.page = page,
	};
	return (settings);
}

static void
forget(struct settings *settings)
{
	free(settings->lines[0].name);
	free(settings->lines[0].kind);
	free(settings->lines[0].profile);
	free(settings->lines);
}

static const struct page {
	const char *kind;
	const char *profile;
	int64_t page; /* as configured */
	const struct channel_limit *limit;
} pages[] = {
	{ "gsup", "", 0, &channel_ussd_128 },
	{ "gsup", "", 120, &channel_ussd_120 },
	{ "smpp", "", 0, &channel_ussd_182 },
	{ "smpp", "", 160, &channel_ussd_160 },
	{ "demo", "", 0, &channel_ussd_182 },
	{ "demo", "", 128, &channel_ussd_128 },
	{ "ussd", "africastalking", 0, &channel_ussd_160 },
	{ "ussd", "africastalking", 182, &channel_ussd_182 },
	{ "ussd", "nalo", 0, &channel_ussd_120 },
	{ "ussd", "restcomm", 0, &channel_ussd_160 },
};

START_TEST(a_line_has_the_page_of_its_kind_its_provider_or_its_own)
{
	const struct page *page = &pages[_i];
	struct settings settings =
	    settings_with(page->kind, page->profile, page->page);

	ck_assert_int_eq(providers_read(&settings), DONE);
	ck_assert_ptr_eq(pages_channel(&settings.lines[0]), page->limit);
	forget(&settings);
}
END_TEST

START_TEST(every_profile_we_ship_has_a_page_that_is_proven)
{
	static const struct channel_limit *const proven[] = { &channel_ussd_182,
		&channel_ussd_160, &channel_ussd_128, &channel_ussd_120 };
	glob_t found = { 0 };

	ck_assert_int_eq(
	    glob(SOURCE_TREE "/gateway/line/profiles/*.cfg", 0, NULL, &found),
	    0);
	ck_assert_uint_ge(found.gl_pathc, 8);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct settings settings =
		    settings_with("ussd", found.gl_pathv[i], 0);
		size_t k = 0;

		ck_assert_int_eq(providers_read(&settings), DONE);
		while (k < COUNT_OF(proven) &&
		    (int64_t)proven[k]->gsm_units != settings.lines[0].page)
			k++;
		ck_assert_msg(k < COUNT_OF(proven), "%s", found.gl_pathv[i]);
		ck_assert_ptr_eq(pages_channel(&settings.lines[0]), proven[k]);
		forget(&settings);
	}
	globfree(&found);
}
END_TEST

START_TEST(a_profile_that_is_none_is_refused_before_the_helpline_starts)
{
	struct settings settings = settings_with("ussd", "nobody", 0);

	ck_assert_int_eq(providers_read(&settings), REFUSED);
	forget(&settings);
}
END_TEST

static void
use_own_profiles(void)
{
	setenv("WAYMARK_DATA", SOURCE_TREE, 1);
}

static Suite *
suite_of_providers(void)
{
	Suite *suite = suite_create("providers");
	TCase *cases = tcase_create("pages");

	tcase_add_checked_fixture(cases, use_own_profiles, NULL);
	tcase_add_loop_test(cases,
	    a_line_has_the_page_of_its_kind_its_provider_or_its_own, 0,
	    (int)COUNT_OF(pages));
	tcase_add_test(cases, every_profile_we_ship_has_a_page_that_is_proven);
	tcase_add_test(cases,
	    a_profile_that_is_none_is_refused_before_the_helpline_starts);
	suite_add_tcase(suite, cases);
	return (suite);
}

CHECK_MAIN(suite_of_providers);
