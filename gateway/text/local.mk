# text: UTF-8, the GSM alphabet, segments, numbers, answers
noinst_LIBRARIES += libtext.a
libtext_a_SOURCES = \
	gateway/text/answer.c gateway/text/answer.h \
	gateway/text/answer_number.c gateway/text/answer_number.h \
	gateway/text/caller_guard.c gateway/text/caller_guard.h \
	gateway/text/contact_gate.c gateway/text/contact_gate.h \
	gateway/text/doubt_rules.c gateway/text/doubt_rules.h \
	gateway/text/form.c gateway/text/form.h \
	gateway/text/gsm0338.c gateway/text/gsm0338.h \
	gateway/text/gsm_national.c gateway/text/gsm_national.h \
	gateway/text/number.c gateway/text/number.h \
	gateway/text/phone_wire.c gateway/text/phone_wire.h \
	gateway/text/segments.c gateway/text/segments.h \
	gateway/text/ussd_text.c gateway/text/ussd_text.h \
	gateway/text/utf8.c gateway/text/utf8.h  \
	gateway/text/words.c gateway/text/words.h \
	gateway/text/zawgyi.c gateway/text/zawgyi.h \
	gateway/text/zawgyi_letter.c gateway/text/zawgyi_letter.h \
	gateway/text/zawgyi_write.c \
	gateway/text/zone.c gateway/text/zone.h
TEXT_LIBS = libtext.a $(UNISTRING_LIBS)
