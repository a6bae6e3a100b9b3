#include "gateway/base/settings.h"

#include <unistd.h>

#include "gateway/base/file.h"
#include "tests/check_main.h"

static char folder[64];
static char *path;
static char *log_path;
static int saved_error;

/* The log goes to standard error; here it goes where it can be read. */
static void
make_folder(void)
{
	FILE *log;

	ck_assert_int_eq(unsetenv("WAYMARK_DATA"), 0);
	ck_assert_int_eq(unsetenv("WAYMARK_CONFIG"), 0);
	(void)snprintf(folder, sizeof(folder), "check_settings.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	path = file_path(folder, "waymark.conf");
	log_path = file_path(folder, "log");
	saved_error = dup(STDERR_FILENO);
	log = freopen(log_path, "w", stderr);
	ck_assert_ptr_nonnull(log);
}

static void
remove_folder(void)
{
	ck_assert_int_ge(dup2(saved_error, STDERR_FILENO), 0);
	close(saved_error);
	(void)unlink(path);
	(void)unlink(log_path);
	ck_assert_int_eq(rmdir(folder), 0);
	free(path);
	free(log_path);
}

static enum outcome
load(const char *content, struct settings *settings_r)
{
	ck_assert_int_eq(
	    file_write(path, 0600, content, strlen(content)), DONE);
	memset(settings_r, 0xa5, sizeof(*settings_r));
	return (settings_load(path, settings_r));
}

static void
check_path(const char *given, const char *name)
{
	char *wanted = file_path(folder, name);

	ck_assert_str_eq(given, wanted);
	free(wanted);
}

#define LONG_PART "1234567890123456789012345678901234567890123456789012345"
#define DEMO_LINE "{ name = \"demo\"; kind = \"demo\"; corridor = \"x\"; }"

START_TEST(the_least_that_works_has_sensible_defaults)
{
	struct settings settings;

	ck_assert_int_eq(load("lines = ( " DEMO_LINE " );", &settings), DONE);
	ck_assert_str_eq(settings.path, path);
	ck_assert_str_eq(settings.folder, folder);
	check_path(settings.store_path, "waymark.db");
	check_path(settings.box_key_path, "box.key");
	check_path(settings.control_path, "waymark.control");
	ck_assert_int_eq(settings.log_level, LOG_LEVEL_NOTICE);
	ck_assert_int_gt(settings.forget_after_s, settings.resume_after_s);
	ck_assert_uint_eq(settings.line_count, 1);
	ck_assert_str_eq(settings.lines[0].kind, "demo");
	ck_assert_str_eq(settings.lines[0].language, "en");
	check_path(settings.lines[0].listen, "demo.socket");
	settings_free(&settings);
	ck_assert_ptr_null(settings.lines);
}
END_TEST

START_TEST(everything_can_be_set)
{
	struct settings settings;

	ck_assert_int_eq(
	    load(
		"store = { path = \"/var/s.db\"; keep_s = 3600; };\n"
		"keys = { box = \"stick/box\"; };\n"
		"control = { path = \"c\"; };\n"
		"messages = { parts_wait_s = 9; };\n"
		"menus = { path = \"m\"; resume_after_s = 60;"
		" forget_after_s = 61; };\n"
		"locales = { path = \"/l\"; };\n"
		"log = { level = \"debug\"; };\n"
		"alarms = { from = \"now\"; escalate_after_s = 60;"
		" zone = \"UTC+5:45\"; };\n"
		"cases = { part_price = \"0.035\"; };\n"
		"spending = { spend_cap = \"50\"; };\n"
		"routes = ( { prefix = \"+977\"; line = \"north\"; cost = 3; },"
		" { prefix = \"+977\"; line = \"demo\"; cost = 2; } );\n"
		"lines = ( " DEMO_LINE ",\n"
		"{ name = \"north\"; kind = \"modem\";"
		" device = \"/dev/ttyUSB0\"; connection = \"at\";"
		" corridor = \"x\"; language = \"ne\"; country = \"977\";"
		" sweep_s = 5; pause_ms = 0; window = 256; } );",
		&settings),
	    DONE);
	ck_assert_str_eq(settings.store_path, "/var/s.db");
	check_path(settings.box_key_path, "stick/box");
	check_path(settings.menus_path, "m");
	ck_assert_str_eq(settings.locales_path, "/l");
	ck_assert_int_eq(settings.log_level, LOG_LEVEL_DEBUG);
	ck_assert_int_eq(settings.parts_wait_s, 9);
	ck_assert_str_eq(settings.alarms.from, "now");
	ck_assert_int_eq(settings.alarms.escalate_after_s, 60);
	ck_assert_str_eq(settings.alarms.zone, "UTC+5:45");
	ck_assert_int_eq(settings.resume_after_s, 60);
	ck_assert_str_eq(
	    settings_find_line(&settings, "north")->country, "977");
	ck_assert_int_eq(settings_find_line(&settings, "north")->window, 256);
	ck_assert_ptr_null(settings_find_line(&settings, "south"));
	ck_assert_uint_eq(settings.route_count, 2);
	ck_assert_str_eq(settings.routes[0].line, "north");
	ck_assert_int_eq(settings.routes[0].cost, 3);
	ck_assert_str_eq(
	    settings_part_price(&settings, &settings.lines[1]), "0.035");
	ck_assert_str_eq(settings.spending.spend_cap, "50");
	ck_assert_int_eq(settings.lines[1].fail_over_after_s, 600);
	ck_assert_str_eq(settings.alarms.lines_to, "technicians");
	settings_free(&settings);
}
END_TEST

#define CENTRE_LINE(more) \
	"lines = ( { name = \"op\"; kind = \"smpp\"; corridor = \"x\"; " more \
	" } );"

START_TEST(a_line_by_a_message_centre_has_its_own_words)
{
	struct settings settings;
	const struct line_settings *line;

	ck_assert_int_eq(
	    load(CENTRE_LINE("system_id = \"me\";"), &settings), DONE);
	line = &settings.lines[0];
	ck_assert_str_eq(line->address, "127.0.0.1:2775");
	ck_assert_ptr_null(line->password_file);
	ck_assert_str_eq(line->ops, "1 2 17 18");
	ck_assert_str_eq(line->session, "its_session_info");
	ck_assert_int_eq(line->dest_npi, 1);
	ck_assert_int_eq(settings_line_has_texts(line), 1);
	settings_free(&settings);
	ck_assert_int_eq(
	    load(CENTRE_LINE(
		     "system_id = \"me\"; system_type = \"VMA\";"
		     " password_file = \"p\"; address = \"10.0.0.1:2775\";"
		     " source = \"384\"; source_ton = 3; source_npi = 0;"
		     " dest_ton = 2; dest_npi = 6; code = \"*384#\";"
		     " ops = \"0x01 2 0x17 18\";"
		     " session = \"user_message_reference\";"),
		&settings),
	    DONE);
	line = &settings.lines[0];
	check_path(line->password_file, "p");
	ck_assert_str_eq(line->address, "10.0.0.1:2775");
	ck_assert_int_eq(line->source_ton, 3);
	settings_free(&settings);
}
END_TEST

static const struct wrong_row {
	const char *content;
	const char *words;
} wrong_rows[] = {
	{ "", "there are no lines" },
	{ "lines = ( );", "there are no lines" },
	{ "lines = (\n{ kind = \"demo\"; corridor = \"x\"; } );",
	    "waymark.conf:2: name is missing" },
	{ "lines = ( { name = \"a b\"; kind = \"demo\"; corridor = \"x\"; } );",
	    "must be 1 to 31 letters" },
	{ "lines = ( { name = \"\"; kind = \"demo\"; corridor = \"x\"; } );",
	    "must be 1 to 31 letters" },
	{ "lines = ( { name = \"12345678901234567890123456789012\";"
	  " kind = \"demo\"; corridor = \"x\"; } );",
	    "must be 1 to 31 letters" },
	{ "lines = ( { name = \"a\"; kind = \"pigeon\"; corridor = \"x\"; } );",
	    "kind is 'pigeon'" },
	{ "lines = ( { name = \"a\"; kind = \"modem\"; corridor = \"x\"; } );",
	    "device is missing" },
	{ "lines = ( { name = \"a\"; kind = \"demo\"; corridor = \"x\";"
	  " country = \"+977\"; } );",
	    "calling code" },
	{ "lines = ( { name = \"a\"; kind = \"demo\"; corridor = \"x\";"
	  " country = \"9770\"; } );",
	    "calling code" },
	{ "lines = ( " DEMO_LINE ",\n" DEMO_LINE " );",
	    "waymark.conf:2: there is a line 'demo' already" },
	{ "lines = ( " DEMO_LINE " );\nroutes = (\n{ prefix = \"+977\";"
	  " line = \"north\"; } );",
	    "waymark.conf:3: there is no line 'north'" },
	{ "lines = ( " DEMO_LINE " );\nroutes = ( { prefix = \"+977\"; line ="
	  " \"demo\"; },\n{ prefix = \"+977\"; line = \"demo\"; } );",
	    "waymark.conf:3: prefix '+977' has line 'demo' already" },
	{ "lines = ( " DEMO_LINE ",\n{ name = \"b\"; kind = \"demo\"; listen ="
	  " \"b\"; corridor = \"x\"; } );\nroutes = ( { prefix = \"+977\";"
	  " line = \"demo\"; cost = 2; },\n{ prefix = \"+977\"; line = \"b\";"
	  " cost = 2; } );",
	    "waymark.conf:4: prefix '+977' stands twice with cost 2" },
	{ "lines = ( " DEMO_LINE " );\nroutes = ( { prefix = \"977\"; line ="
	  " \"demo\"; } );",
	    "waymark.conf:2: prefix '977' must be +" },
	{ "lines = ( " DEMO_LINE
	  ",\n{ name = \"codes\"; kind = \"gsup\"; code ="
	  " \"*384#\"; corridor = \"x\"; } );\nroutes = ( { prefix = \"+\"; line"
	  " = \"codes\"; } );",
	    "waymark.conf:3: line 'codes' carries no texts" },
	{ "lines = (\n{ name = \"codes\"; kind = \"gsup\"; code = \"*384#\";"
	  " corridor = \"x\"; page = 160; } );",
	    "waymark.conf:2: page of a gsup line is at most 128" },
	{ "lines = (\n{ name = \"codes\"; kind = \"smpp\"; system_id = \"a\";"
	  " corridor = \"x\"; page = 150; } );",
	    "waymark.conf:2: page is 120, 128, 160 or 182" },
	{ "lines = ( " DEMO_LINE " );\nroutes = ( { line = \"demo\"; } );",
	    "waymark.conf:2: prefix is missing" },
	{ "lines = (\n{ name = \"a\"; kind = \"demo\"; corridor = \"x\";"
	  " spend_cap = \"5\"; } );",
	    "waymark.conf:2: spend_cap needs part_price" },
	{ "lines = (\n{ name = \"a\"; kind = \"demo\"; corridor = \"x\";"
	  " spend_cap = \"five\"; part_price = \"1\"; } );",
	    "waymark.conf:2: spend_cap 'five' must be an amount" },
	{ "lines = (\n{ name = \"a\"; kind = \"demo\"; corridor = \"x\";"
	  " part_price = \"1,5\"; } );",
	    "waymark.conf:2: part_price '1,5' must be an amount" },
	{ "lines = (\n{ name = \"a\"; kind = \"demo\"; corridor = \"x\";"
	  " spend_cap = \"5\"; part_price = \"1\"; reserve = 5; } );",
	    "waymark.conf:2: reserve is the whole of spend_cap" },
	{ "lines = (\n{ name = \"a\"; kind = \"demo\"; corridor = \"x\";"
	  " day_cap = 10; } );",
	    "waymark.conf:2: reserve is the whole of day_cap" },
	{ "lines = ( { name = \"a\"; kind = \"modem\"; device = \"/dev/a\";"
	  " corridor = \"x\"; } );\nspending = { spend_cap = \"50\"; };",
	    "waymark.conf:2: spend_cap needs part_price" },
	{ "lines = ( " DEMO_LINE " );\nspending = { spend_cap = \"much\"; };",
	    "waymark.conf:2: spend_cap 'much' must be an amount" },
	{ "lines = ( " DEMO_LINE ",\n{ name = \"b\"; kind = \"demo\";"
	  " corridor = \"x\"; } );",
	    "waymark.conf:2: line 'demo' listens on the same socket" },
	{ "lines = ( { name = \"a\"; kind = \"modem\"; corridor = \"x\";"
	  " device = \"/dev/a\"; },\n{ name = \"b\"; kind = \"modem\";"
	  " corridor = \"x\"; device = \"/dev/a\"; } );",
	    "waymark.conf:2: line 'a' has the same device" },
	{ "lines = ( { name = \"a\"; kind = \"demo\"; corridor = \"x\";"
	  " number = \"9800000000\"; } );",
	    "number must be written with +" },
	{ "lines = ( { name = \"a\"; kind = \"demo\"; corridor = \"x\";"
	  " number = \"+977 98000x0000\"; } );",
	    "number must be written with +" },
	{ "lines = ( { name = \"a\"; kind = \"demo\"; corridor = \"x\";"
	  " listen = \"/" LONG_PART LONG_PART "\"; } );",
	    "too long for a socket" },
	{ "lines = ( " DEMO_LINE " );\nlog = { level = \"loud\"; };",
	    "waymark.conf:2: level is 'loud'" },
	{ "lines = ( " DEMO_LINE " );\nstore = { keep_s = 1; };",
	    "waymark.conf:2: keep_s is 1" },
	{ "lines = ( " DEMO_LINE " );\nalarms = { from = \"low\"; };",
	    "waymark.conf:2: from is 'low'" },
	{ "lines = ( " DEMO_LINE " );\nalarms = { escalate_after_s = 1; };",
	    "waymark.conf:2: escalate_after_s is 1" },
	{ "lines = ( " DEMO_LINE " );\nstoer = { };",
	    "waymark.conf:2: stoer is not a setting" },
	{ "lines = ( " DEMO_LINE ", 5 );", "must be a group" },
	{ CENTRE_LINE(""), "system_id must be the name" },
	{ CENTRE_LINE("system_id = \"" LONG_PART LONG_PART "\";"),
	    "system_id must be the name" },
	{ CENTRE_LINE("system_id = \"me\"; ops = \"1 2 17\";"),
	    "must be four numbers" },
	{ CENTRE_LINE("system_id = \"me\"; ops = \"1 2 17 18 19\";"),
	    "must be four numbers" },
	{ CENTRE_LINE("system_id = \"me\"; ops = \"1 2 17 256\";"),
	    "must be four numbers" },
	{ CENTRE_LINE("system_id = \"me\"; ops = \"1 2 17 -1\";"),
	    "must be four numbers" },
	{ CENTRE_LINE("system_id = \"me\"; code = \"384\";"),
	    "code must be what callers dial" },
	{ CENTRE_LINE("system_id = \"me\"; session = \"none\";"),
	    "session is 'none'" },
	{ CENTRE_LINE("system_id = \"me\"; dest_ton = 256;"),
	    "dest_ton is 256" },
	{ "lines = (", "waymark.conf:1: " },
};

START_TEST(a_wrong_configuration_is_refused_and_says_why)
{
	const struct wrong_row *row = &wrong_rows[_i];
	struct text log = { 0 };
	struct settings settings;

	ck_assert_int_eq(load(row->content, &settings), REFUSED);
	ck_assert_int_eq(file_read(log_path, 65536, &log), DONE);
	ck_assert_msg(strstr(text_string(&log), row->words) != NULL,
	    "the log says: %s", text_string(&log));
	text_free(&log);
}
END_TEST

START_TEST(the_environment_says_where_data_and_configuration_are)
{
	ck_assert_str_eq(settings_data_folder(), PKGDATADIR);
	ck_assert_int_eq(setenv("WAYMARK_DATA", "", 1), 0);
	ck_assert_str_eq(settings_data_folder(), PKGDATADIR);
	ck_assert_int_eq(setenv("WAYMARK_DATA", "/d", 1), 0);
	ck_assert_str_eq(settings_data_folder(), "/d");
	ck_assert_str_eq(
	    settings_default_path(NULL), "/etc/waymark/waymark.conf");
	ck_assert_int_eq(setenv("WAYMARK_CONFIG", "/c", 1), 0);
	ck_assert_str_eq(settings_default_path(NULL), "/c");
	ck_assert_str_eq(settings_default_path("/named"), "/named");
}
END_TEST

static Suite *
suite_of_settings(void)
{
	Suite *suite = suite_create("settings");
	TCase *tests = tcase_create("settings");

	tcase_add_checked_fixture(tests, make_folder, remove_folder);
	tcase_add_test(tests, the_least_that_works_has_sensible_defaults);
	tcase_add_test(tests, everything_can_be_set);
	tcase_add_test(tests, a_line_by_a_message_centre_has_its_own_words);
	tcase_add_loop_test(tests,
	    a_wrong_configuration_is_refused_and_says_why, 0,
	    COUNT_OF(wrong_rows));
	tcase_add_test(
	    tests, the_environment_says_where_data_and_configuration_are);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_settings);
