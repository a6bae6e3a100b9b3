# locales: the translations, as gettext PO files read at start, and the menus
# and facts they translate.  All of it is installed as it is: an editor's copy
# needs no build.
localesdir = $(pkgdatadir)/locales
dist_locales_DATA = \
	locales/am.po \
	locales/ar.po \
	locales/bn-Latn.po \
	locales/bn.po \
	locales/hi.po \
	locales/id.po \
	locales/my.po \
	locales/ne-Latn.po \
	locales/ne.po \
	locales/om.po \
	locales/sw.po \
	locales/uk.po

menustreesdir = $(pkgdatadir)/menus/trees
dist_menustrees_DATA = \
	menus/trees/bangladesh-gulf.cfg \
	menus/trees/ethiopia-kenya-gulf.cfg \
	menus/trees/myanmar-thailand.cfg \
	menus/trees/nepal-gulf.cfg \
	menus/trees/system.cfg \
	menus/trees/ukraine-eu.cfg

menussharedtreesdir = $(pkgdatadir)/menus/trees/shared
dist_menussharedtrees_DATA = \
	menus/trees/shared/before-you-go.cfg \
	menus/trees/shared/check.cfg \
	menus/trees/shared/cost.cfg \
	menus/trees/shared/feedback.cfg \
	menus/trees/shared/gulf.cfg \
	menus/trees/shared/help.cfg \
	menus/trees/shared/quiz.cfg \
	menus/trees/shared/rights.cfg \
	menus/trees/shared/services.cfg \
	menus/trees/shared/warning-signs.cfg

menusfactsdir = $(pkgdatadir)/menus/facts
dist_menusfacts_DATA = \
	menus/facts/bangladesh-gulf.csv \
	menus/facts/ethiopia-kenya-gulf.csv \
	menus/facts/myanmar-thailand.csv \
	menus/facts/nepal-gulf.csv \
	menus/facts/ukraine-eu.csv

menusdirectorydir = $(pkgdatadir)/menus/directory
dist_menusdirectory_DATA = \
	menus/directory/bangladesh-gulf.csv \
	menus/directory/ethiopia-kenya-gulf.csv \
	menus/directory/myanmar-thailand.csv \
	menus/directory/nepal-gulf.csv \
	menus/directory/ukraine-eu.csv

menusdir = $(pkgdatadir)/menus
dist_menus_DATA = \
	menus/forbidden-words.txt \
	menus/templates.cfg

# Whole conversations: what `waymark menus check` and the demo play.
menusbangladeshgulftalksdir = $(pkgdatadir)/menus/talks/bangladesh-gulf
dist_menusbangladeshgulftalks_DATA = \
	menus/talks/bangladesh-gulf/agency-no-list-bn.talk \
	menus/talks/bangladesh-gulf/before-you-go-bn-Latn.talk \
	menus/talks/bangladesh-gulf/check-many-bn.talk \
	menus/talks/bangladesh-gulf/code-word-bas.talk \
	menus/talks/bangladesh-gulf/consent-no-bn.talk \
	menus/talks/bangladesh-gulf/cost-bn.talk \
	menus/talks/bangladesh-gulf/forget-bn-Latn.talk \
	menus/talks/bangladesh-gulf/help-bn-Latn.talk \
	menus/talks/bangladesh-gulf/help-bn.talk \
	menus/talks/bangladesh-gulf/help-from-inside.talk \
	menus/talks/bangladesh-gulf/help-hi.talk \
	menus/talks/bangladesh-gulf/language-change.talk \
	menus/talks/bangladesh-gulf/menu-and-back-bn.talk \
	menus/talks/bangladesh-gulf/not-safe-now-hi.talk \
	menus/talks/bangladesh-gulf/own-screens.talk \
	menus/talks/bangladesh-gulf/quiz-hi.talk \
	menus/talks/bangladesh-gulf/rights-bn.talk \
	menus/talks/bangladesh-gulf/services-bn.talk \
	menus/talks/bangladesh-gulf/signs-danger-bn-Latn.talk \
	menus/talks/bangladesh-gulf/signs-serious-hi.talk \
	menus/talks/bangladesh-gulf/stop-bn.talk \
	menus/talks/bangladesh-gulf/unreadable-bn.talk

menusethiopiakenyagulftalksdir = $(pkgdatadir)/menus/talks/ethiopia-kenya-gulf
dist_menusethiopiakenyagulftalks_DATA = \
	menus/talks/ethiopia-kenya-gulf/ethiopia-agency-no-list-am.talk \
	menus/talks/ethiopia-kenya-gulf/ethiopia-consent-no-om.talk \
	menus/talks/ethiopia-kenya-gulf/ethiopia-forget-ar.talk \
	menus/talks/ethiopia-kenya-gulf/ethiopia-help-am.talk \
	menus/talks/ethiopia-kenya-gulf/ethiopia-help-ar.talk \
	menus/talks/ethiopia-kenya-gulf/ethiopia-help-om.talk \
	menus/talks/ethiopia-kenya-gulf/ethiopia-language-change.talk \
	menus/talks/ethiopia-kenya-gulf/ethiopia-lebanon-ar.talk \
	menus/talks/ethiopia-kenya-gulf/ethiopia-own-screens-am.talk \
	menus/talks/ethiopia-kenya-gulf/ethiopia-quiz-om.talk \
	menus/talks/ethiopia-kenya-gulf/ethiopia-ready-am.talk \
	menus/talks/ethiopia-kenya-gulf/ethiopia-services-am.talk \
	menus/talks/ethiopia-kenya-gulf/ethiopia-signs-danger-am.talk \
	menus/talks/ethiopia-kenya-gulf/ethiopia-stop-om.talk \
	menus/talks/ethiopia-kenya-gulf/kenya-agency-no-list-sw.talk \
	menus/talks/ethiopia-kenya-gulf/kenya-check-many-sw.talk \
	menus/talks/ethiopia-kenya-gulf/kenya-cost-sw.talk \
	menus/talks/ethiopia-kenya-gulf/kenya-help-in-all-languages-is-one-request.talk \
	menus/talks/ethiopia-kenya-gulf/kenya-help-sw.talk \
	menus/talks/ethiopia-kenya-gulf/kenya-not-safe-now-sw.talk \
	menus/talks/ethiopia-kenya-gulf/kenya-own-screens.talk

menusnepalgulftalksdir = $(pkgdatadir)/menus/talks/nepal-gulf
dist_menusnepalgulftalks_DATA = \
	menus/talks/nepal-gulf/agency-no-list-ne.talk \
	menus/talks/nepal-gulf/another-number.talk \
	menus/talks/nepal-gulf/back-and-home.talk \
	menus/talks/nepal-gulf/check-few.talk \
	menus/talks/nepal-gulf/check-many-by-one-answer.talk \
	menus/talks/nepal-gulf/check-many-by-sum.talk \
	menus/talks/nepal-gulf/check-some.talk \
	menus/talks/nepal-gulf/consent-no.talk \
	menus/talks/nepal-gulf/cost-ne-Latn.talk \
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
	menus/talks/nepal-gulf/language-hindi.talk \
	menus/talks/nepal-gulf/missed-call.talk \
	menus/talks/nepal-gulf/not-safe-now.talk \
	menus/talks/nepal-gulf/options-by-their-words.talk \
	menus/talks/nepal-gulf/quiz-ne.talk \
	menus/talks/nepal-gulf/rights.talk \
	menus/talks/nepal-gulf/services-ne.talk \
	menus/talks/nepal-gulf/signs-danger-ne.talk \
	menus/talks/nepal-gulf/signs-none.talk \
	menus/talks/nepal-gulf/signs-serious.talk \
	menus/talks/nepal-gulf/signs-some.talk \
	menus/talks/nepal-gulf/stop-then-help.talk \
	menus/talks/nepal-gulf/stop-then-start.talk \
	menus/talks/nepal-gulf/unreadable-then-again.talk \
	menus/talks/nepal-gulf/unreadable-twice.talk \
	menus/talks/nepal-gulf/ussd-go-on-by-sms-no.talk \
	menus/talks/nepal-gulf/ussd-go-on-by-sms-silence.talk \
	menus/talks/nepal-gulf/ussd-go-on-by-sms-yes.talk

menusmyanmarthailandtalksdir = $(pkgdatadir)/menus/talks/myanmar-thailand
dist_menusmyanmarthailandtalks_DATA = \
	menus/talks/myanmar-thailand/check-few-en.talk \
	menus/talks/myanmar-thailand/check-many-my.talk \
	menus/talks/myanmar-thailand/check-some-my.talk \
	menus/talks/myanmar-thailand/consent-no-my.talk \
	menus/talks/myanmar-thailand/cost-my.talk \
	menus/talks/myanmar-thailand/forget-my.talk \
	menus/talks/myanmar-thailand/help-from-inside-my.talk \
	menus/talks/myanmar-thailand/help-is-a-language.talk \
	menus/talks/myanmar-thailand/help-my.talk \
	menus/talks/myanmar-thailand/help-romanised.talk \
	menus/talks/myanmar-thailand/language-change.talk \
	menus/talks/myanmar-thailand/menu-and-back-my.talk \
	menus/talks/myanmar-thailand/not-safe-now-my.talk \
	menus/talks/myanmar-thailand/own-screens-my.talk \
	menus/talks/myanmar-thailand/packing-my.talk \
	menus/talks/myanmar-thailand/quiz-my.talk \
	menus/talks/myanmar-thailand/rights-without-embassy.talk \
	menus/talks/myanmar-thailand/services-my.talk \
	menus/talks/myanmar-thailand/signs-danger-my.talk \
	menus/talks/myanmar-thailand/signs-none-en.talk \
	menus/talks/myanmar-thailand/stop-my.talk \
	menus/talks/myanmar-thailand/unreadable-my.talk

menusukraineeutalksdir = $(pkgdatadir)/menus/talks/ukraine-eu
dist_menusukraineeutalks_DATA = \
	menus/talks/ukraine-eu/check-few-uk.talk \
	menus/talks/ukraine-eu/check-many-uk.talk \
	menus/talks/ukraine-eu/check-some-en.talk \
	menus/talks/ukraine-eu/consent-no-uk.talk \
	menus/talks/ukraine-eu/cost-uk.talk \
	menus/talks/ukraine-eu/forget-uk.talk \
	menus/talks/ukraine-eu/help-from-inside-uk.talk \
	menus/talks/ukraine-eu/help-is-a-language.talk \
	menus/talks/ukraine-eu/help-romanised.talk \
	menus/talks/ukraine-eu/help-uk.talk \
	menus/talks/ukraine-eu/language-change.talk \
	menus/talks/ukraine-eu/menu-and-back-uk.talk \
	menus/talks/ukraine-eu/not-safe-now-uk.talk \
	menus/talks/ukraine-eu/number-words-uk.talk \
	menus/talks/ukraine-eu/own-screens-en.talk \
	menus/talks/ukraine-eu/packing-uk.talk \
	menus/talks/ukraine-eu/quiz-uk.talk \
	menus/talks/ukraine-eu/rights-uk.talk \
	menus/talks/ukraine-eu/services-uk.talk \
	menus/talks/ukraine-eu/signs-danger-en.talk \
	menus/talks/ukraine-eu/signs-serious-uk.talk \
	menus/talks/ukraine-eu/stop-uk.talk

EXTRA_DIST += locales/waymark.pot locales/desk/desk.pot locales/README.md

TESTS += tests/texts.sh tests/languages.sh
EXTRA_DIST += tests/texts.sh tests/languages.sh

# The words of the caseworkers' pages.
localesdeskdir = $(pkgdatadir)/locales/desk
dist_localesdesk_DATA = locales/desk/ar.po \
	locales/desk/ne.po
