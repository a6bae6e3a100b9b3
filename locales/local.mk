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

menusdir = $(pkgdatadir)/menus
dist_menus_DATA = menus/forbidden-words.txt

# Whole conversations: what `waymark menus check` and the demo play.
menusnepalgulftalksdir = $(pkgdatadir)/menus/talks/nepal-gulf
dist_menusnepalgulftalks_DATA = \
	menus/talks/nepal-gulf/another-number.talk \
	menus/talks/nepal-gulf/back-and-home.talk \
	menus/talks/nepal-gulf/check-few.talk \
	menus/talks/nepal-gulf/check-many-by-one-answer.talk \
	menus/talks/nepal-gulf/check-many-by-sum.talk \
	menus/talks/nepal-gulf/check-some.talk \
	menus/talks/nepal-gulf/consent-no.talk \
	menus/talks/nepal-gulf/danger-now.talk \
	menus/talks/nepal-gulf/digits-of-any-script.talk \
	menus/talks/nepal-gulf/first-text-to-help-en.talk \
	menus/talks/nepal-gulf/first-text-to-help-ne-Latn.talk \
	menus/talks/nepal-gulf/first-text-to-help-ne.talk \
	menus/talks/nepal-gulf/forget.talk \
	menus/talks/nepal-gulf/help-from-inside-en.talk \
	menus/talks/nepal-gulf/help-from-inside-ne-Latn.talk \
	menus/talks/nepal-gulf/help-from-inside-ne.talk \
	menus/talks/nepal-gulf/help-in-all-languages-is-one-request.talk \
	menus/talks/nepal-gulf/language-change.talk \
	menus/talks/nepal-gulf/missed-call.talk \
	menus/talks/nepal-gulf/not-safe-now.talk \
	menus/talks/nepal-gulf/options-by-their-words.talk \
	menus/talks/nepal-gulf/rights.talk \
	menus/talks/nepal-gulf/signs-danger-ne.talk \
	menus/talks/nepal-gulf/signs-none.talk \
	menus/talks/nepal-gulf/signs-serious.talk \
	menus/talks/nepal-gulf/signs-some.talk \
	menus/talks/nepal-gulf/stop-then-help.talk \
	menus/talks/nepal-gulf/stop-then-start.talk \
	menus/talks/nepal-gulf/unreadable-then-again.talk \
	menus/talks/nepal-gulf/unreadable-twice.talk

EXTRA_DIST += locales/waymark.pot scripts/extract-texts

TESTS += tests/texts.sh
EXTRA_DIST += tests/texts.sh
