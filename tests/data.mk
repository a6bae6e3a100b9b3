# tests of data: referral, facts, what may leave, trends, how long it is kept
if HAVE_CHECK
DATA_CHECKS = check_anonymous check_count check_exports check_htcds \
	check_partner_book \
	check_referral check_referral_pass check_release_ledger \
	check_retention check_tallies check_trends
check_PROGRAMS += $(DATA_CHECKS)
TESTS += $(DATA_CHECKS)
DATA_CHECK_FLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
DATA_CHECK_LINK = libdesk.a $(STORE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_anonymous_SOURCES = tests/check_anonymous.c
check_anonymous_CPPFLAGS = $(DATA_CHECK_FLAGS)
check_anonymous_LDADD = $(DATA_CHECK_LINK)
check_count_SOURCES = tests/check_count.c tests/store_fixture.h
check_count_CPPFLAGS = $(DATA_CHECK_FLAGS)
check_count_LDADD = libhub.a $(STORE_LIBS) $(MENUS_LIBS) $(TEXT_LIBS) \
	$(BASE_LIBS) $(CHECK_LINK)
check_htcds_SOURCES = tests/check_htcds.c
check_htcds_CPPFLAGS = $(DATA_CHECK_FLAGS)
check_htcds_LDADD = $(DATA_CHECK_LINK)
check_partner_book_SOURCES = tests/check_partner_book.c \
	tests/referral_world.h tests/desk_world.c tests/desk_world.h
check_partner_book_CPPFLAGS = $(DATA_CHECK_FLAGS)
check_partner_book_LDADD = $(DATA_CHECK_LINK)
check_referral_SOURCES = tests/check_referral.c tests/referral_world.h \
	tests/desk_world.c tests/desk_world.h
check_referral_CPPFLAGS = $(DATA_CHECK_FLAGS)
check_referral_LDADD = $(DATA_CHECK_LINK)
check_referral_pass_SOURCES = tests/check_referral_pass.c \
	tests/referral_world.h tests/desk_world.c tests/desk_world.h
check_referral_pass_CPPFLAGS = $(DATA_CHECK_FLAGS)
check_referral_pass_LDADD = $(DATA_CHECK_LINK)
check_exports_SOURCES = tests/check_exports.c \
	tests/desk_world.c tests/desk_world.h
check_exports_CPPFLAGS = $(DATA_CHECK_FLAGS)
check_exports_LDADD = $(DATA_CHECK_LINK)
check_release_ledger_SOURCES = tests/check_release_ledger.c \
	tests/desk_world.c tests/desk_world.h
check_release_ledger_CPPFLAGS = $(DATA_CHECK_FLAGS)
check_release_ledger_LDADD = $(DATA_CHECK_LINK)
check_retention_SOURCES = tests/check_retention.c \
	tests/desk_world.c tests/desk_world.h
check_retention_CPPFLAGS = $(DATA_CHECK_FLAGS)
check_retention_LDADD = $(DATA_CHECK_LINK)
check_tallies_SOURCES = tests/check_tallies.c tests/store_fixture.h
check_tallies_CPPFLAGS = $(DATA_CHECK_FLAGS)
check_tallies_LDADD = $(STORE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_trends_SOURCES = tests/check_trends.c \
	tests/desk_world.c tests/desk_world.h
check_trends_CPPFLAGS = $(DATA_CHECK_FLAGS)
check_trends_LDADD = $(DESK_LIBS) $(STORE_LIBS) $(MENUS_LIBS) $(TEXT_LIBS) $(BASE_LIBS) \
	$(CHECK_LINK)
endif
LONG_TESTS += tests/data.sh
EXTRA_DIST += tests/data.sh standards/README.md standards/htcds_fields_v2.csv
