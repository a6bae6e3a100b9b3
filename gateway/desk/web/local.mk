# the pages, over HTTPS
libdesk_a_CPPFLAGS = $(AM_CPPFLAGS) $(MICROHTTPD_CFLAGS) $(GNUTLS_CFLAGS) \
	$(SECCOMP_CFLAGS)
libdesk_a_SOURCES += \
	gateway/desk/cli_desk.c \
	gateway/desk/page.c gateway/desk/page.h \
	gateway/desk/web.c gateway/desk/web.h \
	gateway/desk/web_account.c \
	gateway/desk/web_asides.c \
	gateway/desk/web_audit.c \
	gateway/desk/web_case.c gateway/desk/web_case.h \
	gateway/desk/web_case_acts.c \
	gateway/desk/web_case_forms.c \
	gateway/desk/web_case_parts.c gateway/desk/web_case_parts.h \
	gateway/desk/web_confirm.c gateway/desk/web_confirm.h \
	gateway/desk/web_erase.c gateway/desk/web_exports.c \
	gateway/desk/web_fact_form.c gateway/desk/web_fact_form.h \
	gateway/desk/web_facts.c \
	gateway/desk/web_frame.c gateway/desk/web_frame.h \
	gateway/desk/web_health.c gateway/desk/web_health.h \
	gateway/desk/web_health_page.c \
	gateway/desk/web_kept.c gateway/desk/web_kept.h \
	gateway/desk/web_language.c gateway/desk/web_language.h \
	gateway/desk/web_listen.c gateway/desk/web_listen.h \
	gateway/desk/web_office.c gateway/desk/web_office.h \
	gateway/desk/web_origin.c gateway/desk/web_origin.h \
	gateway/desk/web_pages.h \
	gateway/desk/web_queue.c gateway/desk/web_queue.h \
	gateway/desk/web_partner.c gateway/desk/web_partner.h \
	gateway/desk/web_partners.c \
	gateway/desk/web_refer.c gateway/desk/web_refer_steps.c \
	gateway/desk/web_routes.c \
	gateway/desk/web_send.c gateway/desk/web_send.h \
	gateway/desk/web_server.c gateway/desk/web_server.h \
	gateway/desk/web_sessions.c gateway/desk/web_sessions.h \
	gateway/desk/web_sign_in.c \
	gateway/desk/web_templates.c \
	gateway/desk/web_person.c gateway/desk/web_person.h \
	gateway/desk/web_team.c gateway/desk/web_team.h \
	gateway/desk/web_team_key.c \
	gateway/desk/web_team_person.c \
	gateway/desk/web_trends.c \
	gateway/desk/web_tls.c gateway/desk/web_tls.h
nodist_libdesk_a_SOURCES = gateway/desk/web_assets.c
DESK_LIBS = libdesk.a $(MICROHTTPD_LIBS) $(GNUTLS_LIBS) $(SECCOMP_LIBS)

# Style, script and mark of the pages, as tables in C.
WEB_ASSETS = gateway/desk/web/desk.css gateway/desk/web/desk.js \
	gateway/desk/web/desk.svg
gateway/desk/web_assets.c: $(WEB_ASSETS) gateway/desk/web/to-c.sh
	$(AM_V_GEN)$(MKDIR_P) gateway/desk && cd $(srcdir) && \
	sh gateway/desk/web/to-c.sh $(WEB_ASSETS) \
	    >$(abs_builddir)/$@.new && mv $(abs_builddir)/$@.new \
	    $(abs_builddir)/$@
CLEANFILES += gateway/desk/web_assets.c gateway/desk/web_assets.c.new
EXTRA_DIST += $(WEB_ASSETS) gateway/desk/web/to-c.sh
