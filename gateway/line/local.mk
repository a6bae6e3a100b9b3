# line: the line protocol, the modem (libGammu) and the demo line
noinst_LIBRARIES += libline.a
libline_a_SOURCES = \
	gateway/line/address.c gateway/line/address.h \
	gateway/line/demo.c \
	gateway/line/demo_arrivals.c gateway/line/demo_arrivals.h \
	gateway/line/demo_client.c gateway/line/demo_client.h \
	gateway/line/demo_dialogues.c gateway/line/demo_dialogues.h \
	gateway/line/demo_listen.c gateway/line/demo_listen.h \
	gateway/line/demo_phones.c gateway/line/demo_phones.h \
	gateway/line/demo_traffic.c gateway/line/demo_traffic.h \
	gateway/line/dial_code.c gateway/line/dial_code.h \
	gateway/line/dialogues.c gateway/line/dialogues.h \
	gateway/line/gsup.c gateway/line/gsup.h \
	gateway/line/gsup_echo.c gateway/line/gsup_echo.h \
	gateway/line/gsup_traffic.c gateway/line/gsup_traffic.h \
	gateway/line/hub_link.c gateway/line/hub_link.h \
	gateway/line/ipa_link.c gateway/line/ipa_link.h \
	gateway/line/peer_link.c gateway/line/peer_link.h \
	gateway/line/ladder.c gateway/line/ladder.h \
	gateway/line/line.c gateway/line/line.h \
	gateway/line/line_dial.c gateway/line/line_dial.h \
	gateway/line/modem.c gateway/line/modem.h \
	gateway/line/modem_call.c \
	gateway/line/modem_cause.c \
	gateway/line/modem_device.c \
	gateway/line/modem_dial.c \
	gateway/line/modem_filter.c \
	gateway/line/modem_mend.c \
	gateway/line/modem_message.c \
	gateway/line/modem_network.c \
	gateway/line/modem_reports.c \
	gateway/line/modem_pause.c \
	gateway/line/modem_pdu.c \
	gateway/line/modem_raw.c \
	gateway/line/modem_receive.c \
	gateway/line/modem_send.c \
	gateway/line/modem_slots.c \
	gateway/line/modem_sweep.c \
	gateway/line/modem_take.c \
	gateway/line/protocol.c gateway/line/protocol.h \
	gateway/line/smpp.c gateway/line/smpp.h \
	gateway/line/smpp_arrivals.c \
	gateway/line/smpp_link.c gateway/line/smpp_link.h \
	gateway/line/smpp_pages.c \
	gateway/line/smpp_receipts.c \
	gateway/line/smpp_run.c gateway/line/smpp_line.h \
	gateway/line/smpp_text.c gateway/line/smpp_text.h \
	gateway/line/suspects.c gateway/line/suspects.h \
	gateway/line/smpp_texts.c \
	gateway/line/ss_component.c gateway/line/ss_component.h \
	gateway/line/ussd_access.c gateway/line/ussd_access.h \
	gateway/line/ussd_answer.c gateway/line/ussd_answer.h \
	gateway/line/ussd_calls.c gateway/line/ussd_calls.h \
	gateway/line/ussd_gsup.c gateway/line/ussd_http.c \
	gateway/line/ussd_profile.c gateway/line/ussd_profile.h \
	gateway/line/ussd_reply.c gateway/line/ussd_reply.h \
	gateway/line/ussd_xml.c gateway/line/ussd_xml.h \
	gateway/line/wire.c gateway/line/wire.h
libline_a_CPPFLAGS = $(AM_CPPFLAGS) $(GAMMU_CFLAGS) $(SECCOMP_CFLAGS) \
	$(MICROHTTPD_CFLAGS) $(JSONC_CFLAGS) $(EXPAT_CFLAGS)
LINE_LIBS = libline.a $(GAMMU_LIBS) $(SECCOMP_LIBS) $(MICROHTTPD_LIBS) \
	$(JSONC_LIBS) $(EXPAT_LIBS)

# How providers of USSD speak over HTTP.
profilesdir = $(pkgdatadir)/gateway/line/profiles
dist_profiles_DATA = gateway/line/profiles/advanta.cfg \
	gateway/line/profiles/africastalking.cfg \
	gateway/line/profiles/crossgate.cfg \
	gateway/line/profiles/flares.cfg \
	gateway/line/profiles/hubtel.cfg \
	gateway/line/profiles/infobip.cfg \
	gateway/line/profiles/nalo.cfg \
	gateway/line/profiles/restcomm.cfg
