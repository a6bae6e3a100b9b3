# hub: the loop that joins lines, menus and store
noinst_LIBRARIES += libhub.a
libhub_a_SOURCES = \
	gateway/hub/alarms.c gateway/hub/alarms.h \
	gateway/hub/apply.c gateway/hub/apply.h \
	gateway/hub/apply_step.c gateway/hub/situation.h \
	gateway/hub/arrivals.c gateway/hub/arrivals.h \
	gateway/hub/caps.c gateway/hub/caps.h \
	gateway/hub/child.c gateway/hub/child.h \
	gateway/hub/children.c gateway/hub/children.h \
	gateway/hub/count.c gateway/hub/count.h \
	gateway/hub/control.c gateway/hub/control.h \
	gateway/hub/gate.c gateway/hub/gate.h \
	gateway/hub/guards.c gateway/hub/guards.h \
	gateway/hub/prompts.c gateway/hub/prompts.h \
	gateway/hub/talk.c gateway/hub/talk.h \
	gateway/hub/text_first.c gateway/hub/text_first.h \
	gateway/hub/credit.c gateway/hub/credit.h \
	gateway/hub/departures.c gateway/hub/departures.h \
	gateway/hub/overdue.c gateway/hub/overdue.h \
	gateway/hub/doctor.c gateway/hub/doctor.h gateway/hub/doctor_modem.c \
	gateway/hub/fail_over.c gateway/hub/fail_over.h \
	gateway/hub/field.c gateway/hub/field.h \
	gateway/hub/field_words.c gateway/hub/field_words.h \
	gateway/hub/hub.c gateway/hub/hub.h \
	gateway/hub/line_care.c gateway/hub/line_care.h \
	gateway/hub/line_credit.c gateway/hub/line_credit.h \
	gateway/hub/line_dial.c gateway/hub/line_dial.h \
	gateway/hub/line_start.c gateway/hub/line_start.h \
	gateway/hub/missed_calls.c gateway/hub/missed_calls.h \
	gateway/hub/open.c gateway/hub/open.h \
	gateway/hub/pages.c gateway/hub/pages.h \
	gateway/hub/providers.c gateway/hub/providers.h \
	gateway/hub/recruiters.c gateway/hub/recruiters.h \
	gateway/hub/routes.c gateway/hub/routes.h \
	gateway/hub/serve.c \
	gateway/hub/spending.c gateway/hub/spending.h \
	gateway/hub/line_alarms.c gateway/hub/line_alarms.h \
	gateway/hub/line_alarm_words.c \
	gateway/hub/stale.c gateway/hub/stale.h \
	gateway/hub/staff_texts.c gateway/hub/staff_texts.h \
	gateway/hub/spelling.c gateway/hub/spelling.h \
	gateway/hub/state.h \
	gateway/hub/unsent.c gateway/hub/unsent.h
