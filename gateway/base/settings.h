/* waymark.conf: everything a technician can set, as one struct.
 *
 * The tables in settings.c and settings_lines.c are the reference: defaults, ranges and a sentence
 * of help each; `waymark serve --check-config` and waymark.conf(5) say the
 * same.  Relative paths start at the folder of the configuration file.
 */
#ifndef GATEWAY_BASE_SETTINGS_H
#define GATEWAY_BASE_SETTINGS_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/base/alarm_rules.h"
#include "gateway/base/contact_rules.h"
#include "gateway/base/data_rules.h"
#include "gateway/base/guard_rules.h"
#include "gateway/base/log.h"
#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

/* One line of `lines = ( ... )`.  The kinds take different words: a modem
 * needs `device`, a demo line `listen`. */
struct line_settings {
	int file_line; /* of the configuration file, for complaints */
	char *name; /* "north": letters, digits and - */
	char *kind; /* "modem", "gsup", "ussd", "smpp" or "demo" */
	char *device; /* modem: libGammu's device, /dev/serial/by-id/... */
	char *connection; /* modem: libGammu's connection, "at", "dku2at" ... */
	char *model; /* modem: libGammu's model, "" to find out */
	char *listen; /* demo: path of its unix socket */
	char *address; /* ussd: where it listens, "127.0.0.1:8081"; smpp: the
			  message centre, "127.0.0.1:2775" */
	char *system_id; /* smpp: who we are to the centre */
	char *system_type; /* smpp: as what, or "" */
	char *password_file; /* smpp: path, or NULL */
	char *source; /* smpp: our own address, "384", or "" */
	int64_t source_ton; /* smpp: its type of number and numbering plan */
	int64_t source_npi;
	int64_t dest_ton; /* smpp: those of callers' numbers */
	int64_t dest_npi;
	int receipts; /* smpp: ask the centre what becomes of texts */
	char *ops; /* smpp: four values of ussd_service_op */
	char *session; /* smpp: the field that names a USSD session */
	char *profile; /* ussd: path of the provider's profile */
	char *allow; /* ussd: addresses that may ask, or "" */
	char *token_file; /* ussd: path of what they must know, or NULL */
	char *peer; /* gsup: address of the network's register */
	char *control; /* gsup: address of its control interface */
	char *code; /* gsup, smpp: what callers dial, "*384#" */
	char *texts_by; /* gsup, ussd: the line that a caseworker's texts to its
			   callers leave by, or "" */
	int64_t idle_s; /* gsup: how long a page waits for its answer */
	int64_t page; /* gsup, demo: septets of a USSD page; 0 is what the kind
			 of line says */
	char *corridor; /* id of the corridor that answers here */
	char *language; /* BCP 47 tag a caller is met in */
	char *country; /* calling code of national numbers, "977" */
	char *number; /* the SIM's own MSISDN, or "" */
	int64_t sweep_s; /* modem: look through the SIM this often */
	int64_t patience_s; /* modem: a step that takes longer ends it */
	int64_t check_s; /* modem: ask it how it is this often */
	int64_t answer_s; /* modem: wait for the network to take a text */
	int64_t rest_s; /* modem: longest wait before it is tried again */
	char *power_cycle; /* modem: command that turns its power, or "" */
	int64_t power_apart_s; /* modem: from one turning to the next */
	char *pin; /* modem: the SIM's PIN, or "" */
	char *balance_code; /* modem: USSD codes of the balance, or "" */
	char *balance_pattern; /* where the amount stands in the answer */
	int64_t balance_low; /* alarm below that */
	int64_t balance_every_h;
	char *network_ussd; /* modem: "close", or "show" it as well */
	char *missed_calls; /* "greet", "list" or "ignore" */
	int reports; /* modem: ask what became of each text */
	int64_t missed_calls_window_s; /* one greeting a caller in that time */
	int64_t pause_ms; /* modem: cap on libGammu's blind pauses */
	int64_t window; /* texts handed over before one must be answered */
	char *zone; /* of its day, for caps */
	int64_t pace_per_minute; /* texts at most; 0: no limit */
	int64_t day_cap; /* texts a day; 0: none */
	char *part_price; /* of one SMS, or "": what `cases` says */
	char *spend_cap; /* a day, as an amount; "": none */
	int64_t reserve; /* of the caps, for help requests */
	int64_t fail_over_after_s; /* away so long, others carry for it */
	int64_t balance_days; /* tell so many days before it expires */
	char *balance_date; /* how dates stand in the answer */
};

/* One of `routes = ( ... )`: how numbers that know none of our lines are
 * reached. */
struct route_settings {
	char *prefix; /* "+977" */
	char *line;
	int64_t cost; /* of two with the same prefix the cheaper one */
};

/* `spending = { ... }`: over all lines together. */
struct spending_settings {
	char *spend_cap; /* a day, as an amount; "": none */
	int64_t reserve; /* SMS of it, for help requests */
	char *zone; /* of its day */
};

/* `desk = { ... }`: the caseworkers' pages. */
struct desk_settings {
	char *listen; /* "127.0.0.1:8443", "[::]:8443" */
	char *certificate; /* path of the PEM file; made when it is missing */
	char *key; /* and of its key */
	char *names; /* host names the desk is reached by, with spaces */
	char *language; /* of the pages, when a browser asks for none of ours */
	int64_t idle_s; /* silence after which somebody is signed out */
};

struct settings {
	char *path; /* of the configuration file */
	char *folder; /* it stands in */
	char *store_path; /* the SQLite store */
	char *box_key_path; /* the box key, a file outside the store */
	char *control_path; /* the hub's control socket */
	char *menus_path; /* folder with trees/ and facts/ */
	char *locales_path; /* folder with the PO files */
	int takes_published; /* neither of the two is in the configuration */
	enum log_level log_level;
	int64_t resume_after_s; /* silence after which a walk asks to resume */
	int64_t forget_after_s; /* silence after which a walk is erased */
	int64_t parts_wait_s; /* how long a long text waits for its parts */
	int64_t stale_after_h; /* an automatic answer older is not sent */
	int64_t keep_handled_s; /* how long journal and outbox rows stay */
	int64_t lease_h; /* how long a claim lasts when nothing happens */
	struct text_list outcomes; /* to choose from when closing a case */
	struct alarm_rules alarms; /* who is rung up when */
	char *part_price; /* of one SMS, "0.035", or "" */
	char *currency; /* of that price, "USD", or "" */
	struct desk_settings desk;
	struct contact_rules contact; /* how callers may be reached */
	struct guard_rules guards; /* how much one caller is answered */
	struct data_rules data; /* how long cases stay, what may leave */
	struct line_settings *lines;
	size_t line_count;
	struct route_settings *routes;
	size_t route_count;
	struct spending_settings spending;
};

/* Where menus and locales are when the configuration does not say: the folder
 * in $WAYMARK_DATA if set, else where `make install` put them. */
const char *settings_data_folder(void);

/* The folder beside the configuration with what `waymark menus publish` put
 * there; `current` in it has menus/ and locales/ (gateway/desk/publish.h). */
#define SETTINGS_PUBLISHED "published"

/* Looks again where menus and locales are: what is published, else the data
 * folder.  Changes nothing where the configuration names them. */
void settings_find_menus(struct settings *settings);

/* The configuration file to use: what -c named if it is not NULL, else
 * $WAYMARK_CONFIG, else /etc/waymark/waymark.conf.  Borrowed. */
const char *settings_default_path(const char *named);

/*
 * Reads and checks a configuration file.
 *
 * DONE     *settings_r is filled in; give it back with settings_free()
 * REFUSED  it is wrong; every mistake is in the log with file and line
 */
MUST_USE enum outcome settings_load(
    const char *path, struct settings *settings_r);

void settings_free(struct settings *settings);

/* 1 when texts leave by a line; what is dialled has pages only. */
int settings_line_has_texts(const struct line_settings *line);

/* What one SMS of this line costs, as it is written; "" when nobody said. */
const char *settings_part_price(
    const struct settings *settings, const struct line_settings *line);

/* The line of this name, or NULL; borrowed. */
const struct line_settings *settings_find_line(
    const struct settings *settings, const char *name);

#endif
