/* waymark facts: what is sent of numbers, fees and laws; and the dialling of
 * hotlines before anybody is sent one. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/json.h"
#include "gateway/base/memory.h"
#include "gateway/base/settings.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_menus.h"
#include "gateway/desk/desk.h"
#include "gateway/desk/facts_file.h"
#include "menus/facts.h"

enum { MONTHS_USUAL = 6, MONTHS_MOST = 12 };

enum { WANTS_JSON = 1 };

struct wish {
	struct menus_asked asked;
	const char *corridor;
	int64_t months;
	unsigned given;
};

/* A technician going through one file after the other. */
struct round {
	const struct wish *wish;
	int64_t today_utc_s;
	char *line; /* the last answer */
	size_t room;
	int is_over; /* they left, or the input ended */
	unsigned asked;
	unsigned confirmed;
	int failed;
};

/* -- the state of a fact ---------------------------------------------------- */

static const char *
state_of(const struct fact *fact, int64_t now_utc_s)
{
	if (fact_may_be_sent(fact, now_utc_s))
		return ("sent");
	if (!fact->is_shown)
		return ("hidden");
	if (fact->checked_on[0] == '\0')
		return ("unchecked");
	return (fact->checked_utc_s > now_utc_s ? "not yet" : "expired");
}

static int
is_hotline(const char *name)
{
	return (strstr(name, "hotline") != NULL);
}

/* A line that passes on who calls: it stays hidden whatever answers. */
static int
is_risky(const char *risk_note)
{
	return (strcasestr(risk_note, "undocumented") != NULL);
}

/* -- list ------------------------------------------------------------------- */

static void
add_fact_row(struct cli_table *table, const struct corridor *corridor,
    const struct fact *fact, int64_t now_utc_s)
{
	struct text value = { 0 };

	text_printf(&value, "%s%s%s", fact->value,
	    fact->unit[0] != '\0' ? " " : "", fact->unit);
	cli_table_add(table, corridor->id);
	cli_table_add(table, fact->name);
	cli_table_add(table, text_string(&value));
	cli_table_add(table, fact->checked_on);
	cli_table_add(table, fact->expires_on);
	cli_table_add(table, state_of(fact, now_utc_s));
	text_free(&value);
}

static void
add_fact_json(struct json *json, const struct corridor *corridor,
    const struct fact *fact, int64_t now_utc_s)
{
	json_open_object(json, NULL);
	json_string(json, "corridor", corridor->id);
	json_string(json, "name", fact->name);
	json_string(json, "value", fact->value);
	json_string(json, "unit", fact->unit);
	json_string(json, "checked_on", fact->checked_on);
	json_string(json, "expires_on", fact->expires_on);
	json_string(json, "state", state_of(fact, now_utc_s));
	json_string(json, "file", corridor->facts->file);
	json_integer(json, "line", fact->line);
	json_close_object(json);
}

static int
is_asked(const struct wish *wish, const struct corridor *corridor)
{
	return (wish->corridor == NULL ||
	    strcmp(wish->corridor, corridor->id) == 0);
}

static int
list(const struct wish *wish, const struct menus *menus)
{
	static const char *const heading[] = { "CORRIDOR", "FACT", "VALUE",
		"CHECKED", "EXPIRES", "" };
	struct cli_table table = { .columns = COUNT_OF(heading) };
	struct json json = { 0 };
	struct text out = { 0 };
	int64_t now_utc_s = clock_utc_s();
	size_t count = 0;
	int status;

	for (size_t i = 0; i < COUNT_OF(heading); i++)
		cli_table_add(&table, heading[i]);
	json_open_array(&json, NULL);
	for (size_t i = 0; i < menus_corridor_count(menus); i++) {
		const struct corridor *corridor = menus_corridor_at(menus, i);
		size_t facts =
		    corridor->facts != NULL && is_asked(wish, corridor)
		    ? corridor->facts->count
		    : 0;

		count += facts;
		for (size_t k = 0; k < facts; k++) {
			const struct fact *fact = &corridor->facts->list[k];

			add_fact_row(&table, corridor, fact, now_utc_s);
			add_fact_json(&json, corridor, fact, now_utc_s);
		}
	}
	json_close_array(&json);
	if (wish->given & WANTS_JSON)
		text_printf(&out, "%s\n", text_string(&json.text));
	else if (count > 0)
		cli_table_print(&table, &out);
	cli_table_free(&table);
	json_free(&json);
	status = cli_put("facts", &out);
	return (
	    status == EXIT_DONE && count == 0 ? EXIT_NOTHING_FOUND : status);
}

/* -- check ------------------------------------------------------------------ */

/* So many months later; the day of a shorter month is its last. */
static struct clock_text
months_later(int64_t utc_s, int64_t months)
{
	time_t seconds = (time_t)utc_s;
	struct tm parts;
	int day;

	gmtime_r(&seconds, &parts);
	day = parts.tm_mday;
	parts.tm_mday = 1;
	parts.tm_mon += (int)months;
	seconds = timegm(&parts);
	for (int k = 1; k < day; k++) {
		time_t next = seconds + 86400;
		struct tm moved;

		gmtime_r(&next, &moved);
		if (moved.tm_mon != parts.tm_mon)
			break;
		seconds = next;
	}
	return (clock_date((int64_t)seconds));
}

enum reply { REPLY_YES, REPLY_NO, REPLY_SKIP, REPLY_QUIT };

static enum reply
ask(struct round *round)
{
	static const struct {
		const char *word;
		enum reply reply;
	} words[] = {
		{ "yes", REPLY_YES },
		{ "no", REPLY_NO },
		{ "skip", REPLY_SKIP },
		{ "quit", REPLY_QUIT },
	};

	for (;;) {
		size_t length;

		fputs(
		    "  Did somebody answer?  yes / no / skip / quit: ", stdout);
		fflush(stdout);
		if (getline(&round->line, &round->room, stdin) < 0)
			return (REPLY_QUIT);
		length = strcspn(round->line, " \r\n");
		for (size_t i = 0; i < COUNT_OF(words) && length > 0; i++) {
			if (strncasecmp(words[i].word, round->line, length) ==
			    0)
				return (words[i].reply);
		}
	}
}

static void
show_hotline(const struct facts_file *file, size_t row)
{
	static const char *const columns[] = { "source", "source_url",
		"source_date", "checked_on", "expires_on", "risk_note" };
	struct text out = { 0 };

	text_printf(&out, "\n%s: %s\n", facts_file_get(file, row, "name"),
	    facts_file_get(file, row, "value"));
	for (size_t i = 0; i < COUNT_OF(columns); i++) {
		const char *words = facts_file_get(file, row, columns[i]);

		if (words[0] == '\0')
			continue;
		text_printf(&out, "  %s:\n", columns[i]);
		cli_add_words(&out, "    ", words);
	}
	fputs(text_string(&out), stdout);
	text_free(&out);
}

static void
save(struct round *round, const struct facts_file *file)
{
	if (facts_file_save(file) != DONE) {
		round->failed = 1;
		round->is_over = 1;
	}
}

static void
confirm(struct round *round, struct facts_file *file, size_t row)
{
	struct clock_text today = clock_date(round->today_utc_s);
	struct clock_text until =
	    months_later(round->today_utc_s, round->wish->months);
	int stays_hidden = is_risky(facts_file_get(file, row, "risk_note"));

	(void)facts_file_set(file, row, "checked_on", today.text);
	(void)facts_file_set(file, row, "expires_on", until.text);
	(void)facts_file_set(file, row, "show", stays_hidden ? "no" : "yes");
	save(round, file);
	round->confirmed += !stays_hidden;
	if (stays_hidden)
		puts("  Dated, but it stays hidden: its note says that it may"
		     " pass on who calls.");
	else
		printf("  It is sent to callers until %s.\n", until.text);
}

/* Nobody answers: it is not sent, whatever it was before. */
static void
hide(struct round *round, struct facts_file *file, size_t row)
{
	if (strcmp(facts_file_get(file, row, "show"), "no") != 0) {
		(void)facts_file_set(file, row, "show", "no");
		save(round, file);
	}
	puts("  It stays hidden.");
}

static void
go_through(
    struct round *round, struct facts_file *file, const struct facts *facts)
{
	for (size_t row = 1; row < file->row_count && !round->is_over; row++) {
		const char *name = facts_file_get(file, row, "name");
		const struct fact *fact = facts_find(facts, name, strlen(name));

		if (fact == NULL || !is_hotline(name) ||
		    fact->value[0] == '\0' ||
		    fact_may_be_sent(fact, round->today_utc_s))
			continue;
		round->asked++;
		show_hotline(file, row);
		switch (ask(round)) {
		case REPLY_YES:
			confirm(round, file, row);
			break;
		case REPLY_NO:
			hide(round, file, row);
			break;
		case REPLY_SKIP:
			break;
		case REPLY_QUIT:
			round->is_over = 1;
			break;
		}
	}
}

/* Corridors may share a file. */
static int
was_gone_through(
    const struct menus *menus, const struct wish *wish, size_t index)
{
	const struct corridor *corridor = menus_corridor_at(menus, index);

	for (size_t i = 0; i < index; i++) {
		const struct corridor *other = menus_corridor_at(menus, i);

		if (other->facts != NULL && is_asked(wish, other) &&
		    strcmp(other->facts->file, corridor->facts->file) == 0)
			return (1);
	}
	return (0);
}

static int
check(const struct wish *wish, const struct menus *menus)
{
	struct round round = { .wish = wish, .today_utc_s = clock_utc_s() };

	for (size_t i = 0; i < menus_corridor_count(menus); i++) {
		const struct corridor *corridor = menus_corridor_at(menus, i);
		struct facts_file file;

		if (round.is_over || corridor->facts == NULL ||
		    !is_asked(wish, corridor) ||
		    was_gone_through(menus, wish, i))
			continue;
		if (facts_file_load(corridor->facts->file, &file) != DONE) {
			round.failed = 1;
			break;
		}
		go_through(&round, &file, corridor->facts);
		facts_file_free(&file);
	}
	free(round.line);
	if (round.asked == 0)
		puts("There is no hidden or expired hotline to dial.");
	else
		printf("\n%u of %u are sent to callers now.%s\n",
		    round.confirmed, round.asked,
		    round.confirmed > 0 ? "  Give them out with `waymark menus"
					  " publish` or a reload."
					: "");
	return (round.failed ? EXIT_FAILED : EXIT_DONE);
}

/* What is installed or published is not changed in place: an upgrade would
 * undo it, and a published version never changes. */
static int
may_change(const struct wish *wish)
{
	struct settings settings;
	const char *config = settings_default_path(wish->asked.config);
	int may = 0;

	if (wish->asked.menus != NULL)
		return (1);
	if (wish->asked.config != NULL || access(config, F_OK) == 0) {
		if (settings_load(config, &settings) != DONE)
			return (0);
		may = !settings.takes_published;
		settings_free(&settings);
	}
	if (!may)
		(void)cli_failed("facts check",
		    "say with --menus which folder of yours to write into;"
		    " then give it to callers with `waymark menus publish`");
	return (may);
}

/* -- the command line ------------------------------------------------------- */

static const struct cli_field fields[] = {
	MENUS_FIELDS(struct wish),
	CLI_WORD("corridor", 0, 0, struct wish, corridor),
	CLI_NUMBER("months", 0, struct wish, months, 1, MONTHS_MOST),
	CLI_FLAG("json", WANTS_JSON),
};

static int
run_on_menus(const struct wish *wish, int is_check)
{
	struct menus *menus = NULL;
	int status = EXIT_NOTHING_FOUND;

	if (is_check && !may_change(wish))
		return (EXIT_FAILED);
	if (menus_load_asked(&wish->asked, &menus) != DONE)
		return (EXIT_FAILED);
	if (wish->corridor == NULL ||
	    menus_choose_corridor(&command_facts, menus, wish->corridor) !=
		NULL)
		status = is_check ? check(wish, menus) : list(wish, menus);
	menus_free(menus);
	return (status);
}

static int
run(int argc, char **argv)
{
	struct wish wish = { .months = MONTHS_USUAL };
	const struct cli_line line = { .command = &command_facts,
		.fields = fields,
		.field_count = COUNT_OF(fields),
		.into = &wish,
		.given = &wish.given };
	int first;
	int status;
	int is_check;

	if (command_asked_help(&command_facts, argc, argv))
		return (EXIT_DONE);
	status = cli_read_fields(&line, argc, argv, &first);
	if (status != EXIT_DONE)
		return (status);
	if (argc - first != 1)
		return (command_wrong_use(
		    &command_facts, "say list or check, and nothing more"));
	is_check = strcmp(argv[first], "check") == 0;
	if (!is_check && strcmp(argv[first], "list") != 0)
		return (command_wrong_use(
		    &command_facts, "there is no action '%s'", argv[first]));
	return (run_on_menus(&wish, is_check));
}

const struct command command_facts = {
	.name = "facts",
	.summary = "numbers, fees and laws: what is sent; dial the hotlines",
	.usage =
	    "Usage: waymark facts list [--corridor ID] [--json]\n"
	    "       waymark facts check --menus DIR [--corridor ID]"
	    " [--months N]\n"
	    "\n"
	    "list shows every fact, when it was checked, until when it counts"
	    " and whether it\n"
	    "is sent to callers.  check goes through the hotlines that are"
	    " hidden or expired:\n"
	    "dial each and say whether somebody answered.  With yes it is"
	    " written into the\n"
	    "facts file that it was checked today, expires and is shown; with"
	    " no it is hidden.\n"
	    "A line that passes on undocumented callers stays hidden.\n"
	    "\n"
	    "  --corridor ID       this one only\n"
	    "  --months N          how long a checked hotline counts, 1 to 12"
	    " (6)\n"
	    "  --json              list for programs\n" MENUS_OPTIONS_USAGE "\n"
	    "Exit status: 0 done, 1 failed, 2 wrong use, 3 nothing found.\n",
	.run = run,
};
