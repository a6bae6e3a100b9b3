# tests of the line by a message centre
LONG_TESTS += tests/smpp_test.sh
EXTRA_DIST += tests/fuzz/corpus/smpp/deliver tests/fuzz/smpp_fuzz.c \
	tests/smpp_test.sh tests/smpp/centre.mjs \
	tests/smpp/dialler.mjs tests/smpp/helpline.mjs \
	tests/smpp/package-lock.json tests/smpp/package.json \
	tests/smpp/smpp_test.mjs
if HAVE_CHECK
check_PROGRAMS += check_smpp check_smpp_link
TESTS += check_smpp check_smpp_link
check_smpp_SOURCES = tests/check_smpp.c gateway/line/smpp.c \
	gateway/line/smpp_text.c
check_smpp_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_smpp_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_smpp_link_SOURCES = tests/check_smpp_link.c gateway/line/address.c \
	gateway/line/peer_link.c gateway/line/smpp.c \
	gateway/line/smpp_link.c
check_smpp_link_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_smpp_link_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif
