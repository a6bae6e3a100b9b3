#include "gateway/base/settings.h"

#include <unistd.h>

#include "gateway/base/config.h"
#include "gateway/base/file.h"
#include "gateway/base/marked_words.h"
#include "gateway/base/memory.h"
#include "gateway/base/settings_lines.h"
#include "gateway/base/settings_routes.h"
#include "gateway/base/text.h"

/* What a table can only fill as text is turned into its own type after. */
struct raw_settings {
	struct settings settings;
	char *log_level;
	char *menus;
	char *locales;
};

enum { DAY_S = 86400 };

static const struct config_option store_options[] = {
	{ "path", OPTION_PATH, offsetof(struct settings, store_path),
	    "waymark.db", .help = "the SQLite store" },
	{ "keep_s", OPTION_NUMBER, offsetof(struct settings, keep_handled_s),
	    "7776000", .min = 3600, .max = 3650LL * DAY_S,
	    .help = "how long handled messages stay in the journal" },
};

static const struct config_option key_options[] = {
	{ "box", OPTION_PATH, offsetof(struct settings, box_key_path),
	    "box.key",
	    .help = "the key of the running conversation; on a USB stick the"
		    " power switch is a lock" },
};

static const struct config_option control_options[] = {
	{ "path", OPTION_PATH, offsetof(struct settings, control_path),
	    "waymark.control",
	    .help = "the socket by which the desk pokes the hub" },
};

static const struct config_option menu_options[] = {
	{ "path", OPTION_PATH, offsetof(struct raw_settings, menus), NULL,
	    .help = "folder with trees/ and facts/" },
	{ "resume_after_s", OPTION_NUMBER,
	    offsetof(struct raw_settings, settings.resume_after_s), "21600",
	    .min = 60, .max = 30LL * DAY_S,
	    .help = "after this silence a caller is asked: continue or start"
		    " again" },
	{ "forget_after_s", OPTION_NUMBER,
	    offsetof(struct raw_settings, settings.forget_after_s), "604800",
	    .min = 60, .max = 365LL * DAY_S,
	    .help = "after this silence a walk is erased" },
};

static const struct config_option message_options[] = {
	{ "parts_wait_s", OPTION_NUMBER,
	    offsetof(struct settings, parts_wait_s), "3600", .min = 1,
	    .max = 7LL * DAY_S,
	    .help = "how long a long text waits for its missing parts" },
	{ "stale_after_h", OPTION_NUMBER,
	    offsetof(struct settings, stale_after_h), "24", .min = 1,
	    .max = 30LL * 24,
	    .help = "an automatic answer that could not leave for so many hours"
		    " is not sent any more, but put on the list" },
};

/* Each by itself, as translators have them. */
static const char usual_outcomes[] =
    WORDS("advice given") "|" WORDS("referred") "|" WORDS("reached safety") "|" WORDS(
	"no answer any more") "|" WORDS("wrong number or no request");

static const struct config_option case_options[] = {
	{ "lease_h", OPTION_NUMBER, offsetof(struct settings, lease_h), "24",
	    .min = 1, .max = 30LL * 24,
	    .help = "a claim on which nothing happens for so many hours returns"
		    " to the queue" },
	{ "outcomes", OPTION_TEXTS, offsetof(struct settings, outcomes),
	    usual_outcomes,
	    .help = "words to choose from when a case is closed" },
	{ "part_price", OPTION_TEXT, offsetof(struct settings, part_price), "",
	    .help =
		"what one SMS costs, \"0.035\"; shown before a reply goes" },
	{ "currency", OPTION_TEXT, offsetof(struct settings, currency), "",
	    .help = "of part_price, \"USD\"" },
};

static const struct config_option locale_options[] = {
	{ "path", OPTION_PATH, offsetof(struct raw_settings, locales), NULL,
	    .help = "folder with the PO files" },
};

static const struct config_option desk_options[] = {
	{ "listen", OPTION_TEXT, offsetof(struct desk_settings, listen),
	    "127.0.0.1:8443",
	    .help = "address and port of the caseworkers' pages" },
	{ "certificate", OPTION_PATH,
	    offsetof(struct desk_settings, certificate), "desk-certificate.pem",
	    .help = "the desk's certificate; made when neither it nor the key"
		    " is there" },
	{ "key", OPTION_PATH, offsetof(struct desk_settings, key),
	    "desk-key.pem", .help = "the certificate's key" },
	{ "names", OPTION_TEXT, offsetof(struct desk_settings, names), "",
	    .help = "host names the pages are reached by, with spaces" },
	{ "language", OPTION_TEXT, offsetof(struct desk_settings, language),
	    "en",
	    .help = "language of the pages for a browser that asks for none"
		    " of theirs" },
	{ "idle_s", OPTION_NUMBER, offsetof(struct desk_settings, idle_s),
	    "1800", .min = 60, .max = DAY_S,
	    .help = "after this silence a caseworker is signed out" },
};

static const struct config_option log_options[] = {
	{ "level", OPTION_WORD, offsetof(struct raw_settings, log_level),
	    "notice", .words = "err warning notice info debug",
	    .help = "how much the log tells" },
};

const char *
settings_data_folder(void)
{
	const char *folder = getenv("WAYMARK_DATA");

	return (folder != NULL && folder[0] != '\0' ? folder : PKGDATADIR);
}

const char *
settings_default_path(const char *named)
{
	const char *path = getenv("WAYMARK_CONFIG");

	if (named != NULL)
		return (named);
	return (path != NULL && path[0] != '\0' ? path
						: "/etc/waymark/waymark.conf");
}

/* An outcome stands in the store as it is, so nothing in it may be a number. */
static void
check_cases(struct config *config, const struct settings *settings)
{
	enum { OUTCOME_MAX_BYTES = 47 };

	for (size_t i = 0; i < settings->outcomes.count; i++) {
		const char *words = settings->outcomes.items[i];

		if (words[0] == '\0' || strlen(words) > OUTCOME_MAX_BYTES ||
		    strpbrk(words, "0123456789@") != NULL)
			config_complain(config, "cases.outcomes", (size_t)-1,
			    "'%s' is no outcome: 1 to %d bytes without digits"
			    " or @",
			    words, OUTCOME_MAX_BYTES);
	}
	if (strspn(settings->part_price, "0123456789.") !=
	    strlen(settings->part_price))
		config_complain(config, "cases", (size_t)-1,
		    "part_price '%s' must be an amount such as \"0.035\"",
		    settings->part_price);
}

/* An address is numbers: a name might be looked up, and there is no network to
 * ask. */
static void
check_desk(struct config *config, const struct desk_settings *desk)
{
	const char *colon =
	    desk->listen != NULL ? strrchr(desk->listen, ':') : NULL;
	int64_t port;

	if (desk->listen == NULL)
		return;
	if (colon == NULL || colon == desk->listen ||
	    strspn(desk->listen, "0123456789abcdefABCDEF.:[]") !=
		strlen(desk->listen) ||
	    !text_read_integer(colon + 1, 1, 65535, &port))
		config_complain(config, "desk", (size_t)-1,
		    "listen '%s' must be an address and a port, such as"
		    " \"127.0.0.1:8443\" or \"[::]:8443\"",
		    desk->listen);
}

void
settings_find_menus(struct settings *settings)
{
	char *published;
	const char *top;

	if (!settings->takes_published)
		return;
	published = file_path(settings->folder, SETTINGS_PUBLISHED "/current");
	top = access(published, F_OK) == 0 ? published : settings_data_folder();
	free(settings->menus_path);
	free(settings->locales_path);
	settings->menus_path = file_path(top, "menus");
	settings->locales_path = file_path(top, "locales");
	free(published);
}

static void
finish(struct raw_settings *raw, const char *path)
{
	struct settings *settings = &raw->settings;

	settings->path = memory_copy(path);
	settings->folder = file_folder(path);
	settings->takes_published = raw->menus == NULL && raw->locales == NULL;
	settings->menus_path = raw->menus != NULL
	    ? raw->menus
	    : file_path(settings_data_folder(), "menus");
	settings->locales_path = raw->locales != NULL
	    ? raw->locales
	    : file_path(settings_data_folder(), "locales");
	settings_find_menus(settings);
	if (raw->log_level == NULL ||
	    !log_level_read(raw->log_level, &settings->log_level))
		settings->log_level = LOG_LEVEL_NOTICE;
	free(raw->log_level);
}

enum outcome
settings_load(const char *path, struct settings *settings_r)
{
	struct raw_settings raw = { 0 };
	struct config *config = NULL;
	enum outcome outcome = config_open(path, &config);

	if (outcome != DONE)
		return (outcome);
	config_read_group(config, "store", store_options,
	    COUNT_OF(store_options), &raw.settings);
	config_read_group(
	    config, "keys", key_options, COUNT_OF(key_options), &raw.settings);
	config_read_group(config, "control", control_options,
	    COUNT_OF(control_options), &raw.settings);
	config_read_group(config, "messages", message_options,
	    COUNT_OF(message_options), &raw.settings);
	config_read_group(
	    config, "menus", menu_options, COUNT_OF(menu_options), &raw);
	config_read_group(
	    config, "locales", locale_options, COUNT_OF(locale_options), &raw);
	config_read_group(
	    config, "log", log_options, COUNT_OF(log_options), &raw);
	config_read_group(config, "cases", case_options, COUNT_OF(case_options),
	    &raw.settings);
	check_cases(config, &raw.settings);
	config_read_group(config, "desk", desk_options, COUNT_OF(desk_options),
	    &raw.settings.desk);
	check_desk(config, &raw.settings.desk);
	contact_rules_read(config, &raw.settings.contact);
	alarm_rules_read(config, &raw.settings.alarms);
	data_rules_read(config, &raw.settings.data);
	guard_rules_read(config, &raw.settings.guards);
	settings_lines_read(config, &raw.settings);
	settings_routes_read(config, &raw.settings);
	outcome = config_verdict(config);
	finish(&raw, path);
	config_close(config);
	if (outcome == DONE)
		*settings_r = raw.settings;
	else
		settings_free(&raw.settings);
	return (outcome);
}

void
settings_free(struct settings *settings)
{
	settings_routes_free(settings);
	settings_lines_free(settings);
	data_rules_free(&settings->data);
	config_free_values(case_options, COUNT_OF(case_options), settings);
	config_free_values(
	    desk_options, COUNT_OF(desk_options), &settings->desk);
	alarm_rules_free(&settings->alarms);
	free(settings->path);
	free(settings->folder);
	free(settings->store_path);
	free(settings->box_key_path);
	free(settings->control_path);
	free(settings->menus_path);
	free(settings->locales_path);
	*settings = (struct settings){ 0 };
}
