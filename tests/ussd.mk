# tests of USSD
if HAVE_CHECK
ussd_tests = check_ussd_text check_ss_component check_gsup \
	check_ussd_profile
check_PROGRAMS += $(ussd_tests)
TESTS += $(ussd_tests)
check_ussd_text_SOURCES = tests/check_ussd_text.c
check_ussd_text_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_ussd_text_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_ss_component_SOURCES = tests/check_ss_component.c gateway/line/ss_component.c
check_ss_component_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_ss_component_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_gsup_SOURCES = tests/check_gsup.c gateway/line/gsup.c
check_gsup_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_gsup_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_ussd_profile_SOURCES = tests/check_ussd_profile.c \
	gateway/line/ussd_access.c gateway/line/ussd_profile.c \
	gateway/line/ussd_reply.c gateway/line/ussd_xml.c
check_ussd_profile_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS) $(JSONC_CFLAGS) \
	$(EXPAT_CFLAGS)
check_ussd_profile_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(JSONC_LIBS) \
	$(EXPAT_LIBS) $(CHECK_LINK)
endif

# The scripted network around the real osmo-hlr.
CENTRE = tests/mobile_centre.c tests/mobile_centre.h gateway/line/gsup.c \
	gateway/line/ss_component.c
check_PROGRAMS += tests/ussd_test
LONG_TESTS += tests/ussd_test
tests_ussd_test_SOURCES = tests/ussd_test.c tests/proof.c tests/proof.h \
	$(CENTRE) $(LAB)
tests_ussd_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)

check_PROGRAMS += tests/dial_test
LONG_TESTS += tests/dial_test
tests_dial_test_SOURCES = tests/dial_test.c tests/proof.c tests/proof.h \
	gateway/desk/phone_link.c $(LAB)
tests_dial_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)

check_PROGRAMS += tests/line_dial_test
LONG_TESTS += tests/line_dial_test
tests_line_dial_test_SOURCES = tests/line_dial_test.c tests/proof.c \
	tests/proof.h $(LAB)
tests_line_dial_test_LDADD = $(SIM_CLIENT_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(SQLITE_LIBS)

check_PROGRAMS += tests/bench/ussd_bench
tests_bench_ussd_bench_SOURCES = tests/bench/ussd_bench.c $(CENTRE) $(LAB)
tests_bench_ussd_bench_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)
EXTRA_DIST += scripts/local-network/osmo-hlr.cfg

check_PROGRAMS += tests/ussd_http_test
LONG_TESTS += tests/ussd_http_test
tests_ussd_http_test_SOURCES = tests/ussd_http_test.c tests/service.c \
	tests/service.h tests/proof.c tests/proof.h $(LAB)
tests_ussd_http_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)

# Fuzzing what reads the octets of strangers: seconds here, hours by hand.
LONG_TESTS += tests/fuzz/fuzz.sh
EXTRA_DIST += tests/fuzz/fuzz.sh tests/fuzz/target.h tests/fuzz/files.h \
	tests/fuzz/answer_fuzz.c tests/fuzz/form_fuzz.c \
	tests/fuzz/gsup_fuzz.c tests/fuzz/pdu_fuzz.c tests/fuzz/po_fuzz.c \
	tests/fuzz/protocol_fuzz.c tests/fuzz/provider_fuzz.c \
	tests/fuzz/tree_fuzz.c tests/fuzz/walk_fuzz.c \
	tests/fuzz/corpus/answer/words tests/fuzz/corpus/gsup/begin \
	tests/fuzz/corpus/po/small.po tests/fuzz/corpus/provider/hubtel \
	tests/fuzz/corpus/provider/restcomm tests/fuzz/corpus/provider/wire tests/fuzz/corpus/tree/small.cfg
