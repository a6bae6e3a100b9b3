# tests of store
if HAVE_CHECK
STORE_CHECKS = check_seal check_store check_journal check_callers \
	check_outbox check_recruiters check_requests check_staff
check_PROGRAMS += $(STORE_CHECKS)
TESTS += $(STORE_CHECKS)
STORE_CHECK_FLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
STORE_CHECK_LINK = $(STORE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_seal_SOURCES = tests/check_seal.c tests/store_fixture.h
check_seal_CPPFLAGS = $(STORE_CHECK_FLAGS)
check_seal_LDADD = $(STORE_CHECK_LINK)
check_store_SOURCES = tests/check_store.c tests/store_fixture.h
check_store_CPPFLAGS = $(STORE_CHECK_FLAGS)
check_store_LDADD = $(STORE_CHECK_LINK)
check_journal_SOURCES = tests/check_journal.c tests/store_fixture.h
check_journal_CPPFLAGS = $(STORE_CHECK_FLAGS)
check_journal_LDADD = $(STORE_CHECK_LINK)
check_callers_SOURCES = tests/check_callers.c tests/store_fixture.h
check_callers_CPPFLAGS = $(STORE_CHECK_FLAGS)
check_callers_LDADD = $(STORE_CHECK_LINK)
check_outbox_SOURCES = tests/check_outbox.c tests/store_fixture.h
check_outbox_CPPFLAGS = $(STORE_CHECK_FLAGS)
check_outbox_LDADD = $(STORE_CHECK_LINK)
check_recruiters_SOURCES = tests/check_recruiters.c tests/store_fixture.h
check_recruiters_CPPFLAGS = $(STORE_CHECK_FLAGS)
check_recruiters_LDADD = $(STORE_CHECK_LINK)
check_requests_SOURCES = tests/check_requests.c tests/store_fixture.h
check_requests_CPPFLAGS = $(STORE_CHECK_FLAGS)
check_requests_LDADD = $(STORE_CHECK_LINK)
check_staff_SOURCES = tests/check_staff.c tests/store_fixture.h
check_staff_CPPFLAGS = $(STORE_CHECK_FLAGS)
check_staff_LDADD = $(STORE_CHECK_LINK)
endif
EXTRA_DIST += tests/data/store-v1.sql
