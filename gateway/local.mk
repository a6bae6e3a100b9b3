# the program
bin_PROGRAMS += waymark
waymark_SOURCES = gateway/main.c
waymark_LDADD = libhub.a $(DESK_LIBS) $(STORE_LIBS) $(MENUS_LIBS) $(LINE_LIBS) \
	$(TEXT_LIBS) $(BASE_LIBS) $(CURSES_LIBS)
EXTRA_DIST += gateway/systemd/waymark.service \
	gateway/systemd/waymark-desk.service
