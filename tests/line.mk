# tests of line
if HAVE_CHECK
check_PROGRAMS += check_protocol
TESTS += check_protocol
check_protocol_SOURCES = tests/check_protocol.c tests/protocol_samples.h \
	gateway/line/protocol.c
check_protocol_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_protocol_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_PROGRAMS += check_protocol_sockets
TESTS += check_protocol_sockets
check_protocol_sockets_SOURCES = tests/check_protocol_sockets.c \
	tests/protocol_samples.h gateway/line/protocol.c
check_protocol_sockets_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_protocol_sockets_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
endif
