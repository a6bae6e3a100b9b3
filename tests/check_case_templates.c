/* Ready-made replies: how an editor's file is read, and what a caseworker gets
 * of those that come with Waymark, in every language. */
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/desk/case_templates.h"
#include "gateway/text/utf8.h"
#include "tests/check_main.h"
#include "tests/desk_world.h"

#define REF "KM7P4"

enum { TEMPLATES_LEAST = 8, PARTS_MOST = 2 };

static const char *const languages[] = { "am", "ar", "bn", "bn-Latn", "en",
	"hi", "id", "my", "ne", "ne-Latn", "om", "sw", "uk" };

static struct world world;
static struct menus *menus;

static void
load_menus(void)
{
	ck_assert_int_eq(
	    menus_load(SOURCE_TREE "/menus", SOURCE_TREE "/locales", &menus),
	    DONE);
}

static void
free_menus(void)
{
	menus_free(menus);
}

static void
open_world(void)
{
	world_open(&world);
	world_add_request(&world, REF, WORLD_NUMBER);
}

static void
close_world(void)
{
	world_close(&world);
}

static void
speak(const char *language)
{
	struct request request = world_request(&world, REF);

	ck_assert_int_eq(store_begin(world.store), DONE);
	ck_assert_int_eq(
	    requests_set_language(world.store, request.id, language), DONE);
	ck_assert_int_eq(store_commit(world.store), DONE);
}

static void
list_as(const struct caseworker *worker, struct case_template_list *list)
{
	ck_assert_int_eq(
	    cases_templates(world_errand(&world, worker, REF), menus, list),
	    DONE);
}

START_TEST(every_language_has_every_template_in_two_parts)
{
	struct case_template_list list;

	speak(languages[_i]);
	list_as(&world.sita, &list);
	ck_assert_uint_ge(list.count, TEMPLATES_LEAST);
	for (size_t i = 0; i < list.count; i++) {
		const struct case_template *one = &list.items[i];

		ck_assert_msg(
		    one->is_translated, "%s in %s", one->id, languages[_i]);
		ck_assert_msg(one->cost.parts <= PARTS_MOST,
		    "%s in %s takes %u parts", one->id, languages[_i],
		    one->cost.parts);
		ck_assert(utf8_is_clean(one->text, strlen(one->text)));
		ck_assert_ptr_null(strchr(one->text, '{'));
		ck_assert_ptr_null(strchr(one->english, '{'));
	}
	case_templates_free(&list);
}
END_TEST

START_TEST(a_template_has_reference_and_name_filled_in)
{
	struct case_template_list list;

	speak("en");
	list_as(&world.ram, &list);
	ck_assert_str_eq(list.items[0].id, "hello");
	ck_assert_ptr_nonnull(strstr(list.items[0].text, "I am Ram"));
	ck_assert_ptr_nonnull(strstr(list.items[0].text, REF));
	ck_assert_str_eq(list.items[0].text, list.items[0].english);
	case_templates_free(&list);
}
END_TEST

START_TEST(who_speaks_a_language_without_translation_gets_english_and_knows)
{
	struct case_template_list list;

	speak("xx");
	list_as(&world.ram, &list);
	ck_assert(!list.items[0].is_translated);
	ck_assert_str_eq(list.items[0].text, list.items[0].english);
	case_templates_free(&list);
}
END_TEST

START_TEST(a_template_says_what_it_costs)
{
	struct case_rules rules = { .lease_s = CASE_LEASE_USUAL_S,
		.part_price = "0.035",
		.currency = "USD" };
	struct caseworker worker = world.sita;
	struct case_template_list list;

	worker.rules = &rules;
	speak("ne");
	list_as(&worker, &list);
	ck_assert_int_eq(list.items[0].cost.is_gsm, 0);
	ck_assert_uint_eq(list.items[0].cost.parts, 1);
	ck_assert_str_eq(list.items[0].cost.cost, "0.035 USD");
	case_templates_free(&list);
	list_as(&world.sita, &list);
	ck_assert_str_eq(list.items[0].cost.cost, "");
	case_templates_free(&list);
}
END_TEST

START_TEST(a_technician_gets_no_templates)
{
	struct staff staff = *world.sita.staff;
	struct caseworker worker = world.sita;
	struct case_template_list list;

	snprintf(staff.role, sizeof(staff.role), "technician");
	worker.staff = &staff;
	ck_assert_int_eq(
	    cases_templates(world_errand(&world, &worker, REF), menus, &list),
	    REFUSED);
	ck_assert_int_eq(world.errand.why, CASE_NO_RIGHT);
}
END_TEST

/* -- an editor's file ------------------------------------------------------- */

static const struct {
	const char *content;
	int is_right;
} files[] = {
	{ "templates = ( { id = \"a\"; text = \"b {ref} {name}\"; } );", 1 },
	{ "templates = ( );", 1 },
	{ "", 0 },
	{ "templates = 3;", 0 },
	{ "templates = ( 3 );", 0 },
	{ "templates = ( { id = \"a\"; } );", 0 },
	{ "templates = ( { text = \"a\"; } );", 0 },
	{ "templates = ( { id = \"a b\"; text = \"b\"; } );", 0 },
	{ "templates = ( { id = \"a\"; text = \"b {number}\"; } );", 0 },
	{ "templates = ( { id = \"a\"; text = \"b\"; more = 1; } );", 0 },
	{ "templates = ( { id = \"a\"; text = \"b\"; },"
	  " { id = \"a\"; text = \"c\"; } );",
	    0 },
};

START_TEST(a_mistake_in_the_file_is_told)
{
	struct reply_templates templates = { 0 };
	char path[96];

	snprintf(path, sizeof(path), "%s/templates.cfg", world.folder);
	ck_assert_int_eq(file_write(path, 0600, files[_i].content,
			     strlen(files[_i].content)),
	    DONE);
	ck_assert_int_eq(reply_templates_load(path, &templates),
	    files[_i].is_right ? DONE : REFUSED);
	reply_templates_free(&templates);
}
END_TEST

START_TEST(an_editors_folder_may_do_without_the_file)
{
	struct reply_templates templates = { 0 };
	char path[96];

	snprintf(path, sizeof(path), "%s/templates.cfg", world.folder);
	ck_assert_int_eq(reply_templates_load(path, &templates), DONE);
	ck_assert_uint_eq(templates.count, 0);
	reply_templates_free(&templates);
}
END_TEST

static Suite *
suite_of_case_templates(void)
{
	Suite *suite = suite_create("case templates");
	TCase *tcase = tcase_create("case templates");

	suite_add_tcase(suite, tcase);
	tcase_set_timeout(tcase, 60);
	tcase_add_unchecked_fixture(tcase, load_menus, free_menus);
	tcase_add_unchecked_fixture(tcase, world_make_once, world_remove);
	tcase_add_checked_fixture(tcase, open_world, close_world);
	tcase_add_loop_test(tcase,
	    every_language_has_every_template_in_two_parts, 0,
	    COUNT_OF(languages));
	tcase_add_test(tcase, a_template_has_reference_and_name_filled_in);
	tcase_add_test(tcase,
	    who_speaks_a_language_without_translation_gets_english_and_knows);
	tcase_add_test(tcase, a_template_says_what_it_costs);
	tcase_add_test(tcase, a_technician_gets_no_templates);
	tcase_add_loop_test(
	    tcase, a_mistake_in_the_file_is_told, 0, COUNT_OF(files));
	tcase_add_test(tcase, an_editors_folder_may_do_without_the_file);
	return (suite);
}

CHECK_MAIN(suite_of_case_templates);
