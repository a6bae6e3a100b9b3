# desk: what a caseworker and a technician do
noinst_LIBRARIES += libdesk.a
libdesk_a_SOURCES = \
	gateway/desk/case_errand.h \
	gateway/desk/case_sheet.c \
	gateway/desk/cases.c \
	gateway/desk/cases.h \
	gateway/desk/cli.c \
	gateway/desk/cli.h \
	gateway/desk/cli_menus.c \
	gateway/desk/cli_options.c \
	gateway/desk/cli_options.h \
	gateway/desk/cli_phone.c \
	gateway/desk/cli_queue.c \
	gateway/desk/cli_recruiters.c \
	gateway/desk/cli_recruiters.h \
	gateway/desk/cli_recruiters_find.c \
	gateway/desk/cli_setup.c \
	gateway/desk/cli_status.c \
	gateway/desk/desk.h \
	gateway/desk/phone_draw.c \
	gateway/desk/phone_draw.h \
	gateway/desk/phone_frame.c \
	gateway/desk/phone_frame.h \
	gateway/desk/phone_link.c \
	gateway/desk/phone_link.h \
	gateway/desk/phone_plain.c \
	gateway/desk/phone_plain.h \
	gateway/desk/phone_play.c \
	gateway/desk/phone_play.h \
	gateway/desk/phone_screen.c \
	gateway/desk/phone_screen.h \
	gateway/desk/phone_talk.c \
	gateway/desk/phone_talk.h \
	gateway/desk/phone_view.c \
	gateway/desk/phone_view.h \
	gateway/desk/phone_wrap.c \
	gateway/desk/phone_wrap.h \
	gateway/desk/poke.c \
	gateway/desk/poke.h \
	gateway/desk/queue_print.c \
	gateway/desk/queue_print.h \
	gateway/desk/recruiter_import.c \
	gateway/desk/recruiter_import.h \
	gateway/desk/session.c \
	gateway/desk/session.h \
	gateway/desk/setup.c \
	gateway/desk/setup.h \
	gateway/desk/setup_config.c \
	gateway/desk/sign_in.c \
	gateway/desk/sign_in.h
dist_man_MANS += gateway/man/waymark-phone.1
