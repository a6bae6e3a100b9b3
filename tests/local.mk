# tests: Check suites by module, whole conversations, the simulated modem
CHECK_LINK = $(CHECK_LIBS)
include tests/base.mk
include tests/text.mk
include tests/store.mk
include tests/menus.mk
include tests/walks.mk
include tests/line.mk
include tests/hub.mk
include tests/peers.mk
include tests/contact.mk
include tests/cases.mk
include tests/desk.mk
include tests/phone.mk
include tests/corridors.mk
include tests/editors.mk
include tests/sim/local.mk
include tests/modem.mk
include tests/web.mk
include tests/ussd.mk
include tests/dial.mk
include tests/smpp.mk
include tests/data.mk
include tests/proofs.mk
include tests/case_pages.mk
include tests/people.mk
include tests/team.mk
include tests/guards.mk
include tests/routes.mk
include tests/words.mk
EXTRA_DIST += tests/check_main.h tests/longest
