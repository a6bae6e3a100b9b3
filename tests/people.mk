# tests of people: keys, sign-in, the audit trail, phones in the field
if HAVE_CHECK
TEAM_FIXTURE = tests/team_fixture.h tests/store_fixture.h
PEOPLE_CHECKS = check_audit check_field check_keys check_people \
	check_phones_in_field check_rotation check_sealed check_sign_in_limit
check_PROGRAMS += $(PEOPLE_CHECKS)
TESTS += $(PEOPLE_CHECKS)
check_audit_SOURCES = tests/check_audit.c tests/store_fixture.h
check_audit_CPPFLAGS = $(STORE_CHECK_FLAGS)
check_audit_LDADD = $(STORE_CHECK_LINK)
check_keys_SOURCES = tests/check_keys.c $(TEAM_FIXTURE)
check_keys_CPPFLAGS = $(STORE_CHECK_FLAGS)
check_keys_LDADD = $(STORE_CHECK_LINK)
check_field_SOURCES = tests/check_field.c
check_field_CPPFLAGS = $(STORE_CHECK_FLAGS)
check_field_LDADD = libhub.a libdesk.a $(STORE_LIBS) $(MENUS_LIBS) \
	$(LINE_LIBS) $(TEXT_LIBS) $(BASE_LIBS) $(CHECK_LINK)
check_people_SOURCES = tests/check_people.c tests/desk_world.c \
	tests/desk_world.h
check_people_CPPFLAGS = $(STORE_CHECK_FLAGS)
check_people_LDADD = libdesk.a $(STORE_CHECK_LINK)
check_phones_in_field_SOURCES = tests/check_phones_in_field.c \
	tests/store_fixture.h
check_phones_in_field_CPPFLAGS = $(STORE_CHECK_FLAGS)
check_phones_in_field_LDADD = $(STORE_CHECK_LINK)
check_rotation_SOURCES = tests/check_rotation.c $(TEAM_FIXTURE)
check_rotation_CPPFLAGS = $(STORE_CHECK_FLAGS)
check_rotation_LDADD = $(STORE_CHECK_LINK)
check_sealed_SOURCES = tests/check_sealed.c $(TEAM_FIXTURE)
check_sealed_CPPFLAGS = $(STORE_CHECK_FLAGS)
check_sealed_LDADD = $(STORE_CHECK_LINK)
check_sign_in_limit_SOURCES = tests/check_sign_in_limit.c
check_sign_in_limit_CPPFLAGS = $(STORE_CHECK_FLAGS)
check_sign_in_limit_LDADD = libdesk.a $(BASE_LIBS) $(CHECK_LINK)
endif

TEAM_LAB = tests/team_lab.c tests/team_lab.h $(PROOF)
check_PROGRAMS += tests/people_test tests/field_test
LONG_TESTS += tests/people_test tests/field_test
tests_people_test_SOURCES = tests/people_test.c $(TEAM_LAB)
tests_people_test_LDADD = $(TEXT_LIBS) $(BASE_LIBS) $(SQLITE_LIBS)
tests_field_test_SOURCES = tests/field_test.c $(TEAM_LAB)
tests_field_test_LDADD = $(STORE_LIBS) $(TEXT_LIBS) $(BASE_LIBS)
