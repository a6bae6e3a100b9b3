# locales: the translations, as gettext PO files read at start
localesdir = $(pkgdatadir)/locales
dist_locales_DATA =
