# menus: what an NGO edits, and the pure engine that walks a caller through it
noinst_LIBRARIES += libmenus.a
libmenus_a_SOURCES = \
	locales/catalog.c locales/catalog.h \
	menus/menu.h menus/menu_walk.c menus/menu_walk.h
MENUS_LIBS = libmenus.a $(CONFIG_LIBS) $(SQLITE_LIBS) $(GETTEXTPO_LIBS)
