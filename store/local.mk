# store: SQLite and libsodium
noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = \
	store/callers.c store/callers.h \
	store/case_texts.c \
	store/cipher.c store/cipher.h \
	store/contact_facts.c \
	store/contacts.c store/contacts.h \
	store/database.c store/database.h \
	store/erasures.c store/erasures.h \
	store/journal.c store/journal.h \
	store/journal_aside.c \
	store/journal_join.c store/journal_parts.h \
	store/outbox.c store/outbox.h \
	store/outbox_look.c store/outbox_parts.h \
	store/request_row.c \
	store/requests.c store/requests.h store/requests_parts.h \
	store/requests_moves.c store/requests_queue.c \
	store/requests_tidy.c \
	store/ages.c store/ages.h \
	store/alarms.c store/alarms.h \
	store/audit.c store/audit.h store/schema.h store/upgrade.c \
	store/seal.c store/seal.h store/seal_team.c \
	store/staff.c store/staff.h store/staff_keys.c \
	store/staff_parts.h store/staff_phone.c store/staff_rotate.c \
	store/statement.c store/statement.h \
	store/store.c store/store.h store/store_parts.h \
	store/wrapping.c store/wrapping.h \
	store/store_lock.c store/store_open.c store/store_tidy.c
libstore_a_SOURCES += store/requests_desk.c
libstore_a_SOURCES += store/store_changes.c
libstore_a_SOURCES += store/guards.c store/guards.h \
	store/distances.c store/distances.h store/outbox_end.c \
	store/served.c store/served.h
libstore_a_SOURCES += store/recruiters.c store/recruiters.h
libstore_a_SOURCES += store/backup.c store/backup.h \
	store/restore.c store/restore.h \
	store/line_days.c store/line_days.h store/outbox_routes.c \
	store/troubles.c store/troubles.h
nodist_libstore_a_SOURCES = store/schema.c
STORE_LIBS = libstore.a libtext.a $(SQLITE_LIBS) $(SODIUM_LIBS) $(UNISTRING_LIBS)

# The schema files, in the order of their versions, as a table in C.
STORE_SCHEMA = store/schema/0001-first.sql store/schema/0002-recruiters.sql \
	store/schema/0003-people.sql store/schema/0004-cases.sql \
	store/schema/0005-contact.sql store/schema/0006-data.sql \
	store/schema/0007-people.sql store/schema/0008-guards.sql \
	store/schema/0009-lines.sql store/schema/0010-checks.sql \
	store/schema/0011-phones.sql
store/schema.c: $(STORE_SCHEMA) store/schema_to_c.sed store/local.mk
	$(AM_V_GEN)$(MKDIR_P) store && { \
	echo '/* Made from store/schema by the build. */'; \
	echo '#include "store/schema.h"'; \
	number=0; \
	for file in $(STORE_SCHEMA); do \
		number=`expr $$number + 1`; \
		echo "static const char *const lines_$$number[] = {"; \
		$(SED) -f $(srcdir)/store/schema_to_c.sed \
		    $(srcdir)/$$file || exit 1; \
		echo '	NULL'; \
		echo '};'; \
	done; \
	echo 'const struct schema schemas[] = {'; \
	for one in `seq $$number`; do echo "	{ lines_$$one },"; done; \
	echo '};'; \
	echo "const size_t schema_count = $$number;"; \
	} > $@.new && mv $@.new $@
CLEANFILES += store/schema.c store/schema.c.new
EXTRA_DIST += $(STORE_SCHEMA) store/schema_to_c.sed store/README.md
libstore_a_SOURCES += \
	store/case_facts.c store/case_facts.h \
	store/partners.c store/partners.h \
	store/referrals.c store/referrals.h store/referrals_read.c \
	store/releases.c store/releases.h \
	store/retention.c store/retention.h \
	store/sealed_file.c store/sealed_file.h \
	store/tallies.c store/tallies.h store/tally_week.c
