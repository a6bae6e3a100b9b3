# tests of the modem line and of the confinement of lines
check_PROGRAMS += modem_line_test
TESTS += modem_line_test
modem_line_test_SOURCES = tests/modem_line_test.c \
	tests/modem_arrival_tests.c \
	tests/modem_bench.c tests/modem_bench.h
modem_line_test_LDADD = $(LINE_LIBS) $(TEXT_LIBS) $(SIM_CLIENT_LIBS)
modem_line_test_DEPENDENCIES = libline.a libtext.a libbase.a \
	libsimclient.a modem_sim$(EXEEXT)

if HAVE_CHECK
check_PROGRAMS += check_confine check_modem_message
TESTS += check_confine check_modem_message
check_confine_SOURCES = tests/check_confine.c
check_confine_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_confine_LDADD = $(LINE_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_modem_message_SOURCES = tests/check_modem_message.c
check_modem_message_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS) $(GAMMU_CFLAGS)
check_modem_message_LDADD = $(LINE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif
