# desk: what a caseworker and a technician do
noinst_LIBRARIES += libdesk.a
libdesk_a_SOURCES = gateway/desk/cases.h
libdesk_a_SOURCES += \
	gateway/desk/cli_phone.c \
	gateway/desk/phone_draw.c gateway/desk/phone_draw.h \
	gateway/desk/phone_frame.c gateway/desk/phone_frame.h \
	gateway/desk/phone_link.c gateway/desk/phone_link.h \
	gateway/desk/phone_plain.c gateway/desk/phone_plain.h \
	gateway/desk/phone_play.c gateway/desk/phone_play.h \
	gateway/desk/phone_screen.c gateway/desk/phone_screen.h \
	gateway/desk/phone_talk.c gateway/desk/phone_talk.h \
	gateway/desk/phone_view.c gateway/desk/phone_view.h \
	gateway/desk/phone_wrap.c gateway/desk/phone_wrap.h
dist_man_MANS += gateway/man/waymark-phone.1
