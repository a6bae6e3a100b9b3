# desk: what a caseworker and a technician do
noinst_LIBRARIES += libdesk.a
libdesk_a_SOURCES = gateway/desk/cases.h
