# locales: the translations, as gettext PO files read at start, and the menus
# and facts they translate.  All of it is installed as it is: an editor's copy
# needs no build.
localesdir = $(pkgdatadir)/locales
dist_locales_DATA = locales/ne.po locales/ne-Latn.po

menustreesdir = $(pkgdatadir)/menus/trees
dist_menustrees_DATA = \
	menus/trees/nepal-gulf.cfg \
	menus/trees/system.cfg

menussharedtreesdir = $(pkgdatadir)/menus/trees/shared
dist_menussharedtrees_DATA = \
	menus/trees/shared/check.cfg \
	menus/trees/shared/help.cfg \
	menus/trees/shared/rights.cfg \
	menus/trees/shared/warning-signs.cfg

menusfactsdir = $(pkgdatadir)/menus/facts
dist_menusfacts_DATA = menus/facts/nepal-gulf.csv

menusdirectorydir = $(pkgdatadir)/menus/directory
dist_menusdirectory_DATA = menus/directory/nepal-gulf.csv

# Whole conversations, played by tests of the helpline and by the demo.
EXTRA_DIST += locales/waymark.pot scripts/extract-texts tests/talks

TESTS += tests/texts.sh
EXTRA_DIST += tests/texts.sh
