# tests/sim: a simulated GSM modem, and the hand of tests on it
#
# libsimclient.a and SIM_CLIENT_LIBS are for tests that start a modem_sim;
# check-programs that do so depend on modem_sim$(EXEEXT).
check_LIBRARIES = libsim.a libsimclient.a
libsim_a_SOURCES = \
	tests/sim/alphabet.c tests/sim/alphabet.h \
	tests/sim/card.c tests/sim/card.h \
	tests/sim/command.c tests/sim/command.h \
	tests/sim/commands_basic.c \
	tests/sim/commands_phone.c \
	tests/sim/commands_texts.c \
	tests/sim/control.c tests/sim/control.h \
	tests/sim/control_command.c tests/sim/control_command.h \
	tests/sim/control_incoming.c \
	tests/sim/control_observing.c \
	tests/sim/fault.c tests/sim/fault.h \
	tests/sim/fault_kinds.c \
	tests/sim/fault_kinds_deep.c \
	tests/sim/fault_kinds_hostile.c \
	tests/sim/input.c tests/sim/input.h \
	tests/sim/modem.c tests/sim/modem.h \
	tests/sim/network.c tests/sim/network.h \
	tests/sim/pdu.h \
	tests/sim/pdu_deliver.c \
	tests/sim/pdu_submit.c \
	tests/sim/profiles.c \
	tests/sim/terminal.c tests/sim/terminal.h
libsimclient_a_SOURCES = \
	tests/sim/fields.c tests/sim/fields.h \
	tests/sim/sim_client.c tests/sim/sim_client.h \
	tests/sim/terminal_client.c tests/sim/terminal_client.h
SIM_CLIENT_LIBS = libsimclient.a $(BASE_LIBS)

check_PROGRAMS += modem_sim modem_ctl
modem_sim_SOURCES = tests/sim/modem_sim.c
modem_sim_LDADD = libsim.a libsimclient.a $(BASE_LIBS)
modem_ctl_SOURCES = tests/sim/modem_ctl.c
modem_ctl_LDADD = $(SIM_CLIENT_LIBS)

# Debian's gammu program as the peer.
TESTS += tests/gammu_peer.sh
EXTRA_DIST += tests/gammu_peer.sh

if HAVE_CHECK
check_PROGRAMS += check_sim_pdu check_modem_sim check_modem_faults
TESTS += check_sim_pdu check_modem_sim check_modem_faults
check_sim_pdu_SOURCES = tests/sim/check_sim_pdu.c
check_sim_pdu_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_sim_pdu_LDADD = libsim.a $(BASE_LIBS) $(CHECK_LINK)
check_modem_sim_SOURCES = tests/sim/check_modem_sim.c \
	tests/sim/check_fixture.h
check_modem_sim_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_modem_sim_LDADD = $(SIM_CLIENT_LIBS) $(CHECK_LINK)
EXTRA_check_modem_sim_DEPENDENCIES = modem_sim$(EXEEXT)
check_modem_faults_SOURCES = tests/sim/check_modem_faults.c \
	tests/sim/check_fixture.h
check_modem_faults_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
check_modem_faults_LDADD = $(SIM_CLIENT_LIBS) $(CHECK_LINK)
EXTRA_check_modem_faults_DEPENDENCIES = modem_sim$(EXEEXT)
endif
