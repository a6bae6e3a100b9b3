#include "gateway/hub/open.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/hub/alarms.h"
#include "gateway/hub/control.h"
#include "gateway/hub/providers.h"
#include "gateway/hub/recruiters.h"
#include "gateway/hub/spending.h"
#include "store/callers.h"
#include "store/contacts.h"

/* DONE, or REFUSED: the line's corridor does not speak its language. */
MUST_USE static enum outcome
check_language(const struct settings *settings,
    const struct line_settings *line, const struct corridor *corridor)
{
	struct text spoken = { 0 };

	for (size_t i = 0; i < corridor->language_count; i++) {
		if (strcmp(corridor->languages[i], line->language) == 0) {
			text_free(&spoken);
			return (DONE);
		}
		text_printf(&spoken, " %s", corridor->languages[i]);
	}
	log_err("%s:%d: corridor '%s' does not speak '%s'; set language to one"
		" of:%s",
	    settings->path, line->file_line, line->corridor, line->language,
	    text_string(&spoken));
	text_free(&spoken);
	return (REFUSED);
}

MUST_USE static enum outcome
check_corridor(const struct settings *settings,
    const struct line_settings *line, const struct menus *menus)
{
	const struct corridor *corridor =
	    menus_find_corridor(menus, line->corridor);
	struct text known = { 0 };

	if (corridor != NULL)
		return (check_language(settings, line, corridor));
	for (size_t i = 0; i < menus_corridor_count(menus); i++)
		text_printf(&known, " %s", menus_corridor_at(menus, i)->id);
	log_err("%s:%d: there is no corridor '%s' in '%s'; set corridor to one"
		" of:%s",
	    settings->path, line->file_line, line->corridor,
	    settings->menus_path, text_string(&known));
	text_free(&known);
	return (REFUSED);
}

MUST_USE static enum outcome
check_corridors(const struct settings *settings, const struct menus *menus)
{
	enum outcome outcome = DONE;

	for (size_t i = 0; i < settings->line_count; i++) {
		if (check_corridor(settings, &settings->lines[i], menus) !=
		    DONE)
			outcome = REFUSED;
	}
	return (outcome);
}

MUST_USE static enum outcome
load_menus(const struct settings *settings, struct menus **menus_r)
{
	struct menus *menus = NULL;
	enum outcome outcome =
	    menus_load(settings->menus_path, settings->locales_path, &menus);

	if (outcome == DONE)
		outcome = check_corridors(settings, menus);
	if (outcome == DONE)
		*menus_r = menus;
	else if (menus != NULL)
		menus_free(menus);
	return (outcome);
}

static void
reload_recruiters(struct hub *hub)
{
	struct lookup_index *recruiters = NULL;

	if (recruiters_load(hub->store, &recruiters) != DONE) {
		log_err("the lists of recruiters cannot be read; the ones in"
			" use stay");
		return;
	}
	lookup_free(hub->recruiters);
	hub->recruiters = recruiters;
}

enum outcome
hub_check_menus(const struct settings *settings)
{
	struct menus *menus = NULL;
	enum outcome outcome = load_menus(settings, &menus);

	if (outcome == DONE)
		menus_free(menus);
	return (outcome);
}

enum outcome
hub_reload(struct hub *hub)
{
	struct menus *menus = NULL;

	reload_recruiters(hub);
	settings_find_menus(&hub->settings);
	if (load_menus(&hub->settings, &menus) != DONE) {
		log_err("the menus have mistakes; the ones in use stay");
		return (REFUSED);
	}
	menus_free(hub->menus);
	hub->menus = menus;
	log_notice("menus and languages were loaded anew");
	return (DONE);
}

MUST_USE static enum outcome
open_signals(struct hub *hub)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	/* A file grown to its limit is a full disk, not a death. */
	signal(SIGXFSZ, SIG_IGN);
	hub->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (hub->signals >= 0)
		return (DONE);
	log_err("cannot listen to signals: %s", strerror(errno));
	return (REFUSED);
}

MUST_USE static enum outcome
open_box_key(struct hub *hub)
{
	enum outcome outcome =
	    box_key_open(hub->settings.box_key_path, &hub->box_key);

	if (outcome == NOTHING)
		log_err("the box key '%s' is not there; put the stick in, or"
			" set up with `waymark setup`",
		    hub->settings.box_key_path);
	return (outcome == DONE ? DONE : REFUSED);
}

/* What a run before us left: texts handed to a line that nobody ended. */
MUST_USE static enum outcome
settle_past(struct hub *hub, int64_t now_utc_s)
{
	int64_t unsure = 0;
	enum outcome outcome = store_begin(hub->store);

	if (outcome == DONE)
		outcome = store_begin_epoch(hub->store, now_utc_s);
	if (outcome == DONE)
		outcome =
		    contacts_put_rules(hub->store, &hub->settings.contact);
	if (outcome == DONE)
		outcome = outbox_settle_crash(hub->store, now_utc_s, &unsure);
	if (outcome == DONE)
		outcome = store_commit(hub->store);
	if (outcome != DONE) {
		store_rollback(hub->store);
		return (outcome);
	}
	if (unsure > 0)
		log_warning("%" PRId64 " texts were on their way when the"
			    " helpline last stopped: unsure",
		    unsure);
	return (DONE);
}

MUST_USE static enum outcome
open_store(struct hub *hub)
{
	enum outcome outcome = store_open(
	    hub->settings.store_path, STORE_HUB, hub->box_key, &hub->store);

	if (outcome == DONE)
		outcome = settle_past(hub, clock_utc_s());
	if (outcome != DONE)
		return (outcome);
	if (!store_was_clean(hub->store)) {
		log_notice("the helpline was not stopped cleanly: going on"
			   " carefully");
		hub->careful = CAREFUL_ARRIVALS;
	}
	return (DONE);
}

enum outcome
hub_open(struct hub *hub, const char *config_path)
{
	enum outcome outcome = settings_load(config_path, &hub->settings);

	hub->signals = -1;
	hub->control = -1;
	hub->a_line_was_away = 1; /* in an earlier run, perhaps */
	hub->texts_of_gone = 1;
	hub->quiet_work_ms = clock_monotonic_ms();
	hub->batch = memory_new(BATCH_MOST, sizeof(*hub->batch));
	if (outcome != DONE)
		return (REFUSED);
	log_open("hub", hub->settings.log_level);
	outcome = alarms_check(&hub->settings);
	if (outcome == DONE)
		outcome = spending_check(&hub->settings);
	if (outcome == DONE)
		outcome = providers_read(&hub->settings);
	if (outcome == DONE)
		outcome = load_menus(&hub->settings, &hub->menus);
	if (outcome == DONE)
		outcome = open_box_key(hub);
	if (outcome == DONE)
		outcome = open_signals(hub);
	if (outcome == DONE)
		outcome = open_store(hub);
	if (outcome == DONE)
		outcome = recruiters_load(hub->store, &hub->recruiters);
	if (outcome == DONE)
		outcome = control_open(hub);
	return (outcome);
}

void
hub_close(struct hub *hub)
{
	control_close(hub);
	if (hub->signals >= 0)
		close(hub->signals);
	store_close(hub->store);
	box_key_close(hub->box_key);
	menus_free(hub->menus);
	lookup_free(hub->recruiters);
	free(hub->children);
	free(hub->batch);
	settings_free(&hub->settings);
}
