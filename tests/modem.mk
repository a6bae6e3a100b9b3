# tests of the modem line and of the confinement of lines
check_PROGRAMS += modem_line_test
TESTS += modem_line_test
modem_line_test_SOURCES = tests/modem_line_test.c \
	tests/modem_bench.c tests/modem_bench.h
modem_line_test_LDADD = $(LINE_LIBS) $(TEXT_LIBS) $(SIM_CLIENT_LIBS)
modem_line_test_DEPENDENCIES = libline.a libtext.a libbase.a \
	libsimclient.a modem_sim$(EXEEXT)
