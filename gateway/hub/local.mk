# hub: the loop that joins lines, menus and store
noinst_LIBRARIES += libhub.a
libhub_a_SOURCES = gateway/hub/hub.h
