# base: outcomes, log, text buffer, clock, files, configuration
noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	gateway/base/banned.h \
	gateway/base/clock.c gateway/base/clock.h \
	gateway/base/command.c gateway/base/command.h \
	gateway/base/config.c gateway/base/config.h \
	gateway/base/csv.c gateway/base/csv.h \
	gateway/base/alarm_rules.c gateway/base/alarm_rules.h \
	gateway/base/confine.c gateway/base/confine.h \
	gateway/base/contact_rules.c gateway/base/contact_rules.h \
	gateway/base/csv_write.c gateway/base/csv_write.h \
	gateway/base/data_rules.c gateway/base/data_rules.h \
	gateway/base/day_span.c gateway/base/day_span.h \
	gateway/base/file.c gateway/base/file.h \
	gateway/base/guard_rules.c gateway/base/guard_rules.h \
	gateway/base/json.c gateway/base/json.h \
	gateway/base/line_mends.c gateway/base/line_mends.h \
	gateway/base/log.c gateway/base/log.h \
	gateway/base/marked_words.h \
	gateway/base/memory.c gateway/base/memory.h \
	gateway/base/money.c gateway/base/money.h \
	gateway/base/outcome.c gateway/base/outcome.h \
	gateway/base/retry.c gateway/base/retry.h \
	gateway/base/settings.c gateway/base/settings.h \
	gateway/base/settings_lines.c gateway/base/settings_lines.h \
	gateway/base/settings_routes.c gateway/base/settings_routes.h \
	gateway/base/text.c gateway/base/text.h
BASE_LIBS = libbase.a $(CONFIG_LIBS) $(SECCOMP_LIBS)
