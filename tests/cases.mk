# tests of what caseworkers do
if HAVE_CHECK
check_PROGRAMS += check_case_life check_case_list check_case_templates \
	check_queue_cli
TESTS += check_case_life check_case_list check_case_templates \
	check_queue_cli
check_case_life_SOURCES = \
	tests/check_case_life.c tests/cases_world.h tests/desk_world.c tests/desk_world.h
check_case_life_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_case_life_LDADD = libdesk.a $(STORE_LIBS) $(MENUS_LIBS) $(TEXT_LIBS) \
	$(BASE_LIBS) $(CHECK_LINK)
check_case_list_SOURCES = \
	tests/check_case_list.c tests/cases_world.h tests/desk_world.c tests/desk_world.h
check_case_list_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_case_list_LDADD = $(check_case_life_LDADD)
check_case_templates_SOURCES = \
	tests/check_case_templates.c tests/desk_world.c tests/desk_world.h
check_case_templates_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_case_templates_LDADD = $(check_case_life_LDADD)
check_queue_cli_SOURCES = tests/check_queue_cli.c \
	tests/desk_terminal.c tests/desk_terminal.h \
	tests/desk_world.c tests/desk_world.h
check_queue_cli_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_queue_cli_LDADD = $(check_case_life_LDADD)
check_PROGRAMS += tests/desk_model_test
LONG_TESTS += tests/desk_model_test
tests_desk_model_test_SOURCES = \
	tests/desk_model_test.c tests/desk_model.c tests/desk_model.h \
	tests/desk_world.c tests/desk_world.h
tests_desk_model_test_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
tests_desk_model_test_LDADD = $(check_case_life_LDADD)
check_PROGRAMS += tests/desk_race_test
LONG_TESTS += tests/desk_race_test
tests_desk_race_test_SOURCES = \
	tests/desk_race_test.c tests/desk_world.c tests/desk_world.h
tests_desk_race_test_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
tests_desk_race_test_LDADD = $(check_case_life_LDADD)
endif

noinst_PROGRAMS += tests/bench/queue_bench
tests_bench_queue_bench_SOURCES = tests/bench/queue_bench.c
tests_bench_queue_bench_LDADD = $(STORE_LIBS) $(TEXT_LIBS) $(BASE_LIBS)
