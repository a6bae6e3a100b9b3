# tests of the modem line and of the confinement of lines
check_PROGRAMS += modem_line_test
TESTS += modem_line_test
modem_line_test_SOURCES = tests/modem_line_test.c \
	tests/modem_arrival_tests.c \
	tests/modem_mend_tests.c tests/national_texts.h \
	tests/modem_bench.c tests/modem_bench.h
modem_line_test_LDADD = $(LINE_LIBS) $(TEXT_LIBS) $(SIM_CLIENT_LIBS)
modem_line_test_DEPENDENCIES = libline.a libtext.a libbase.a \
	libsimclient.a modem_sim$(EXEEXT)

# Every fault of the repertoire on helplines that run, alone and in pairs;
# --pairs N and --all on demand.
check_PROGRAMS += tests/modem_faults
LONG_TESTS += tests/modem_faults
tests_modem_faults_SOURCES = tests/modem_faults.c \
	tests/fault_cases.c tests/fault_cases.h \
	tests/fault_world.c tests/fault_world.h tests/national_texts.h $(LAB)
tests_modem_faults_LDADD = $(SIM_CLIENT_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(SQLITE_LIBS)

# A modem and a line that say anything; HOSTILE_SECONDS=N for longer.
check_PROGRAMS += tests/hostile_test tests/hostile_line
LONG_TESTS += tests/hostile_test
tests_hostile_test_SOURCES = tests/hostile_test.c $(PROOF)
tests_hostile_test_LDADD = $(SIM_CLIENT_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(SQLITE_LIBS)
EXTRA_tests_hostile_test_DEPENDENCIES = tests/hostile_exec.so \
	tests/hostile_line$(EXEEXT) modem_sim$(EXEEXT)
tests_hostile_line_SOURCES = tests/hostile_line.c
tests_hostile_line_LDADD = $(LINE_LIBS) $(TEXT_LIBS) $(BASE_LIBS)
tests/hostile_exec.so: tests/hostile_exec.c
	$(AM_V_CCLD)$(CC) -shared -fPIC -O1 -g -Wall -D_GNU_SOURCE \
	    -o $@ $(srcdir)/tests/hostile_exec.c -ldl
EXTRA_DIST += tests/hostile_exec.c
CLEANFILES += tests/hostile_exec.so

check_PROGRAMS += tests/modem_care_test
LONG_TESTS += tests/modem_care_test
tests_modem_care_test_SOURCES = tests/modem_care_test.c tests/proof.c \
	tests/proof.h $(LAB)
tests_modem_care_test_LDADD = $(SIM_CLIENT_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(SQLITE_LIBS)

if HAVE_CHECK
modem_tests = check_confine check_modem_message check_modem_pdu check_ladder \
	check_suspects check_wire \
	check_credit check_doctor
check_PROGRAMS += $(modem_tests)
TESTS += $(modem_tests)
check_ladder_SOURCES = tests/check_ladder.c
check_ladder_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_ladder_LDADD = $(LINE_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_wire_SOURCES = tests/check_wire.c
check_wire_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_wire_LDADD = $(LINE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_suspects_SOURCES = tests/check_suspects.c
check_suspects_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_suspects_LDADD = $(LINE_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_modem_pdu_SOURCES = tests/check_modem_pdu.c tests/national_texts.h
check_modem_pdu_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS) $(GAMMU_CFLAGS)
check_modem_pdu_LDADD = $(LINE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_doctor_SOURCES = tests/check_doctor.c
check_doctor_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_doctor_LDADD = libhub.a $(LINE_LIBS) libstore.a $(TEXT_LIBS) \
	$(SIM_CLIENT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS) $(SODIUM_LIBS) \
	$(CHECK_LINK)
EXTRA_check_doctor_DEPENDENCIES = modem_sim$(EXEEXT)
check_credit_SOURCES = tests/check_credit.c
check_credit_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_credit_LDADD = libhub.a $(LINE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(CHECK_LINK)
check_confine_SOURCES = tests/check_confine.c
check_confine_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_confine_LDADD = $(LINE_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_modem_message_SOURCES = tests/check_modem_message.c
check_modem_message_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS) $(GAMMU_CFLAGS)
check_modem_message_LDADD = $(LINE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif
