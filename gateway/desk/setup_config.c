/* The configuration file that `waymark setup` writes. */
#include "gateway/base/clock.h"
#include "gateway/desk/setup.h"

/* `%s`: date, path of the file, twice. */
static const char head[] =
    "# waymark.conf: everything a technician can set; see waymark.conf(5).\n"
    "# Made by `waymark setup` on %s.  After a change, look with\n"
    "#     waymark serve --check-config -c %s\n"
    "# whether it is right, and start the hub again.\n"
    "#\n"
    "# A path that does not begin with / starts at the folder of this file.\n"
    "# Lines that begin with # say what holds when nothing else is written.\n"
    "\n"
    "# The store: one file with everything that must survive a power cut.\n"
    "store = {\n"
    "  path = \"waymark.db\";\n"
    "  # How long a handled message stays in the journal, in seconds: 90"
    " days.\n"
    "  # keep_s = 7776000;\n"
    "};\n"
    "\n"
    "# The key of the running conversation.  Put it on a USB stick and name"
    " it here,\n"
    "# and whoever pulls the stick has locked the box.  Without it the store"
    " cannot\n"
    "# answer anybody: keep a copy in a safe place.\n"
    "keys = {\n"
    "  box = \"box.key\";\n"
    "};\n"
    "\n"
    "# The socket by which caseworkers' commands wake the hub.\n"
    "control = {\n"
    "  path = \"waymark.control\";\n"
    "};\n"
    "\n"
    "# Where menus and translations are, if not where they were installed.\n"
    "# menus = {\n"
    "#   path = \"menus\";\n"
    "#   # After this silence a caller is asked: continue or start again.\n"
    "#   resume_after_s = 21600;\n"
    "#   # After this silence we forget where they were.\n"
    "#   forget_after_s = 604800;\n"
    "# };\n"
    "# locales = { path = \"locales\"; };\n"
    "\n"
    "# When callers may be texted who have not just written, by their own"
    " clock.\n"
    "# contact = {\n"
    "#   unasked = \"08:00-20:00\";\n"
    "#   morning = \"06:00-11:00\";\n"
    "#   noon = \"11:00-15:00\";\n"
    "#   evening = \"17:00-21:00\";\n"
    "#   night = \"21:00-01:00\";\n"
    "# };\n"
    "\n"
    "# How long a long text waits for its missing parts, in seconds.\n"
    "# messages = { parts_wait_s = 3600; };\n"
    "\n"
    "# The caseworkers' pages (`waymark desk`), for browsers.  At 127.0.0.1 only"
    " this\n"
    "# machine reaches them; with \"0.0.0.0:8443\" the whole office network"
    " does.\n"
    "desk = {\n"
    "  listen = \"127.0.0.1:8443\";\n"
    "  # Names the machine has in your network, as people type them.\n"
    "  # names = \"helpline.office.lan\";\n"
    "  # The desk's certificate: made at set-up; put your own here if you have"
    " one.\n"
    "  certificate = \"desk-certificate.pem\";\n"
    "  key = \"desk-key.pem\";\n"
    "  # After this silence a caseworker is signed out, in seconds.\n"
    "  # idle_s = 1800;\n"
    "};\n"
    "\n"
    "# Urgent requests ring the phones of caseworkers on duty (`waymark staff`"
    "\n"
    "# phone, duty); unclaimed, the leads' as well.  The zone is the office's"
    " time.\n"
    "# A line that needs a hand is told to technicians on duty who have a phone"
    " there.\n"
    "# alarms = { from = \"high\"; escalate_after_s = 600; zone = \"UTC+5:45\";"
    "\n"
    "#   lines_to = \"technicians\"; line_away_s = 900; disk_free_mb = 500; };\n"
    "\n"
    "# What all lines may cost a day; the reserve is kept for help requests."
    "\n"
    "# spending = { spend_cap = \"50\"; reserve = 30; zone = \"UTC+5:45\"; };"
    "\n"
    "\n"
    "# Which line texts numbers that know none of ours: the longest prefix, then"
    "\n"
    "# the cheapest.\n"
    "# routes = ( { prefix = \"+977\"; line = \"modem-1\"; cost = 3; } );\n"
    "\n"
    "# How many automatic answers one caller gets, so that two machines that\n"
    "# answer each other do not use up the credit; HELP goes beyond it.\n"
    "# guards = { answers_an_hour = 60; answers_a_day = 200; };\n"
    "\n"
    "# How much the log tells: err, warning, notice, info or debug.  It never\n"
    "# holds a number, a name or a text of anybody.\n"
    "log = { level = \"notice\"; };\n"
    "\n"
    "# The lines: each carries messages.  The demo line is a phone in a"
    " terminal\n"
    "# (`waymark phone`); a modem line is a GSM modem with a SIM card.\n";

/* `%s`: corridor, language. */
static const char demo_line[] = "lines = (\n"
				"  {\n"
				"    name = \"demo\";\n"
				"    kind = \"demo\";\n"
				"    listen = \"demo.socket\";\n"
				"    corridor = %s;\n"
				"    language = %s;\n"
				"  }";

/* `%s`: number, device, corridor, language. */
static const char modem_line[] =
    ",\n"
    "  {\n"
    "    name = \"modem-%zu\";\n"
    "    kind = \"modem\";\n"
    "    # A name under /dev/serial/by-id stays the same when the modem is\n"
    "    # plugged in elsewhere; /dev/ttyUSB0 does not.\n"
    "    device = %s;\n"
    "    # libGammu's word for the connection; \"at\" if this one does not"
    " answer.\n"
    "    # connection = \"dku2at\";\n"
    "    corridor = %s;\n"
    "    language = %s;\n"
    "    # The calling code of numbers that the network gives without one.\n"
    "    # country = \"977\";\n"
    "    # The SIM's own number.\n"
    "    # number = \"+9779800000000\";\n"
    "    # At most so many texts in a minute and in a day, and what a day may"
    " cost;\n"
    "    # the reserve of them is for help requests.\n"
    "    # pace_per_minute = 20; day_cap = 500; part_price = \"0.035\";\n"
    "    # spend_cap = \"12.50\"; reserve = 10; zone = \"UTC+5:45\";\n"
    "    # Away so long, another line carries its texts, where the corridor"
    " allows it.\n"
    "    # fail_over_after_s = 600;\n"
    "  }";

/* A string as libconfig reads it. */
static void
add_quoted(struct text *text, const char *string)
{
	text_add_byte(text, '"');
	for (; *string != '\0'; string++) {
		if (*string == '"' || *string == '\\')
			text_add_byte(text, '\\');
		text_add_byte(text, *string);
	}
	text_add_byte(text, '"');
}

void
setup_add_config(const struct setup_plan *plan, const char *path,
    int64_t now_utc_s, struct text *config)
{
	struct text corridor = { 0 };
	struct text language = { 0 };

	add_quoted(&corridor, plan->corridor);
	add_quoted(&language, plan->language);
	text_printf(config, head, clock_date(now_utc_s).text, path);
	text_printf(config, demo_line, corridor.bytes, language.bytes);
	for (size_t i = 0; i < plan->modem_count; i++) {
		struct text device = { 0 };

		add_quoted(&device, plan->modems[i]);
		text_printf(config, modem_line, i + 1, device.bytes,
		    corridor.bytes, language.bytes);
		text_free(&device);
	}
	text_add(config, "\n);\n");
	text_free(&corridor);
	text_free(&language);
}
