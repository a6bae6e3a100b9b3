#include "gateway/hub/open.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/hub/control.h"
#include "gateway/hub/recruiters.h"
#include "store/callers.h"

MUST_USE static enum outcome
check_corridors(const struct settings *settings, const struct menus *menus)
{
	enum outcome outcome = DONE;

	for (size_t i = 0; i < settings->line_count; i++) {
		const struct line_settings *line = &settings->lines[i];

		if (menus_find_corridor(menus, line->corridor) == NULL) {
			log_err("line=%s: there is no corridor '%s' in '%s'",
			    line->name, line->corridor, settings->menus_path);
			outcome = REFUSED;
		}
		if (catalog_find_language(
			menus_catalog(menus), line->language) == NULL) {
			log_err("line=%s: there is no language '%s' in '%s'",
			    line->name, line->language, settings->locales_path);
			outcome = REFUSED;
		}
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

void
hub_reload(struct hub *hub)
{
	struct menus *menus = NULL;

	reload_recruiters(hub);
	if (load_menus(&hub->settings, &menus) != DONE) {
		log_err("the menus have mistakes; the ones in use stay");
		return;
	}
	menus_free(hub->menus);
	hub->menus = menus;
	log_notice("menus and languages were loaded anew");
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
	hub->quiet_work_ms = clock_monotonic_ms();
	hub->batch = memory_new(BATCH_MOST, sizeof(*hub->batch));
	if (outcome != DONE)
		return (REFUSED);
	log_open("hub", hub->settings.log_level);
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
