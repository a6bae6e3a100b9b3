/* The status as figures that a monitoring program collects.  Names of lines are
 * letters, digits and - (settings.c); operators' names are written as labels,
 * in which a quote or a backslash is escaped.
 */
#include <inttypes.h>

#include "gateway/desk/status.h"

static void
add_head(struct text *out, const char *name, const char *kind, const char *help)
{
	text_printf(out, "# HELP waymark_%s %s\n# TYPE waymark_%s %s\n", name,
	    help, name, kind);
}

static void
add_one(struct text *out, const char *name, const char *help, int64_t value)
{
	add_head(out, name, "gauge", help);
	text_printf(out, "waymark_%s %" PRId64 "\n", name, value);
}

static int64_t
is_low(const struct status_line *line)
{
	return (strcmp(line->credit, "low") == 0);
}

static int64_t
is_carried(const struct status_line *line)
{
	return (line->stand_in[0] != '\0');
}

/* A figure of every line. */
static const struct figure {
	const char *name;
	const char *kind;
	const char *help;
	size_t offset; /* of an int64_t, or SIZE_MAX */
	int64_t (*get)(const struct status_line *line);
	int64_t unknown; /* this value is left out */
} figures[] = {
	{ "line_signal_percent", "gauge", "Signal of the line's modem.",
	    offsetof(struct status_line, signal_percent), NULL, -1 },
	{ "line_storage_percent", "gauge",
	    "How full its fullest memory for messages is.",
	    offsetof(struct status_line, storage_percent), NULL, -1 },
	{ "line_needs_hand", "gauge",
	    "1 when the line cannot mend its modem by itself.",
	    offsetof(struct status_line, needs_hand), NULL, -1 },
	{ "line_away_seconds", "gauge", "How long its modem has been away.",
	    offsetof(struct status_line, away_s), NULL, -1 },
	{ "line_in_flight", "gauge", "Texts handed to the line, not ended.",
	    offsetof(struct status_line, in_flight), NULL, -1 },
	{ "line_sent_total", "counter", "Texts sent since the hub started.",
	    offsetof(struct status_line, sent), NULL, -1 },
	{ "line_texts_a_minute", "gauge", "Texts sent in the last minute.",
	    offsetof(struct status_line, pace), NULL, -1 },
	{ "line_hidden_calls_total", "counter",
	    "Calls of hidden numbers since the hub started.",
	    offsetof(struct status_line, hidden_calls), NULL, -1 },
	{ "line_credit_days", "gauge", "Days until the SIM's credit expires.",
	    offsetof(struct status_line, credit_days), NULL, -1 },
	{ "line_texts_today", "gauge", "Texts of the line's day.",
	    offsetof(struct status_line, texts_today), NULL, -1 },
	{ "line_parts_today", "gauge", "SMS of the line's day.",
	    offsetof(struct status_line, parts_today), NULL, -1 },
	{ "line_spent_today_hundredths", "gauge",
	    "What the line's day has cost, in hundredths.",
	    offsetof(struct status_line, spent_today), NULL, -1 },
	{ "line_cap_wait_seconds", "gauge",
	    "Until the line's next day when a cap is reached, else 0.",
	    offsetof(struct status_line, cap_wait_s), NULL, -1 },
	{ "line_carried_by_another", "gauge",
	    "1 while another line carries its texts.", SIZE_MAX, is_carried,
	    -1 },
	{ "line_credit_low", "gauge", "1 when the SIM's credit is low.",
	    SIZE_MAX, is_low, -1 },
};

static int64_t
value_of(const struct figure *figure, const struct status_line *line)
{
	int64_t value;

	if (figure->get != NULL)
		return (figure->get(line));
	memcpy(&value, (const char *)line + figure->offset, sizeof(value));
	return (value);
}

static void
add_label(struct text *out, const char *words)
{
	for (; *words != '\0'; words++) {
		if (*words == '"' || *words == '\\')
			text_add_byte(out, '\\');
		text_add_byte(out, *words);
	}
}

static void
add_up(const struct status *status, struct text *out)
{
	add_head(out, "line_up", "gauge",
	    "1 when the line's modem answers and is in its network.");
	for (size_t i = 0; i < status->line_count; i++) {
		const struct status_line *line = &status->lines[i];

		text_printf(out,
		    "waymark_line_up{line=\"%s\",state=\"%s\",rung=\"%s\","
		    "network=\"",
		    line->name, line->state, line->rung);
		add_label(out, line->network);
		text_printf(out, "\"} %d\n", line->is_up != 0);
	}
}

static void
add_credit(const struct status *status, struct text *out)
{
	add_head(out, "line_credit", "gauge", "What is left on the SIM.");
	for (size_t i = 0; i < status->line_count; i++) {
		const struct status_line *line = &status->lines[i];

		if (strcmp(line->credit, "low") != 0 &&
		    strcmp(line->credit, "enough") != 0)
			continue;
		text_printf(out, "waymark_line_credit{line=\"%s\"} %.2f\n",
		    line->name, (double)line->hundredths / 100);
	}
}

static void
add_lines(const struct status *status, struct text *out)
{
	if (status->line_count == 0)
		return;
	add_up(status, out);
	for (size_t k = 0; k < COUNT_OF(figures); k++) {
		add_head(
		    out, figures[k].name, figures[k].kind, figures[k].help);
		for (size_t i = 0; i < status->line_count; i++) {
			int64_t value =
			    value_of(&figures[k], &status->lines[i]);

			if (value != figures[k].unknown)
				text_printf(out,
				    "waymark_%s{line=\"%s\"} %" PRId64 "\n",
				    figures[k].name, status->lines[i].name,
				    value);
		}
	}
	add_credit(status, out);
}

/* Counts by state; the names of states are words. */
static void
add_states(struct text *out, const char *name, const char *state, int64_t count)
{
	text_printf(
	    out, "waymark_%s{state=\"%s\"} %" PRId64 "\n", name, state, count);
}

static void
add_queues(const struct status *status, struct text *out)
{
	add_head(out, "requests", "gauge", "Help requests by state.");
	for (int i = 0; i <= REQUEST_FORGOTTEN; i++)
		add_states(out, "requests",
		    request_state_name((enum request_state)i),
		    status->requests.by_state[i]);
	add_head(out, "outbox", "gauge", "Texts on their way out by state.");
	for (int i = 0; i <= OUTBOX_GIVEN_UP; i++)
		add_states(out, "outbox",
		    outbox_state_name((enum outbox_state)i), status->outbox[i]);
	add_head(out, "journal", "gauge", "Messages that came in by state.");
	for (int i = 0; i <= JOURNAL_ASIDE; i++)
		add_states(out, "journal",
		    journal_state_name((enum journal_state)i),
		    status->journal[i]);
	add_one(out, "oldest_open_seconds",
	    "How long the oldest open help request has waited.",
	    status_age_s(status, status->requests.oldest_open_utc_s));
	add_one(out, "oldest_outbox_seconds",
	    "How long the oldest queued text has waited.",
	    status_age_s(status, status->ages.outbox_utc_s));
	add_one(out, "oldest_journal_seconds",
	    "How long the oldest message that is not handled has waited.",
	    status_age_s(status, status->ages.journal_utc_s));
}

static void
add_kinds(const struct status *status, struct text *out)
{
	add_head(out, "outbox_waiting", "gauge", "Texts that wait, by kind.");
	for (int kind = 0; kind < OUTBOX_KINDS; kind++)
		text_printf(out,
		    "waymark_outbox_waiting{kind=\"%s\"} %" PRId64 "\n",
		    outbox_kind_name((enum outbox_kind)kind),
		    status->queues[kind].count);
	add_head(out, "outbox_capped", "gauge",
	    "Of them, those that wait for the next day of a cap.");
	for (int kind = 0; kind < OUTBOX_KINDS; kind++)
		text_printf(out,
		    "waymark_outbox_capped{kind=\"%s\"} %" PRId64 "\n",
		    outbox_kind_name((enum outbox_kind)kind),
		    status->queues[kind].capped);
	add_head(out, "outbox_oldest_seconds", "gauge",
	    "How long the oldest that could leave has waited.");
	for (int kind = 0; kind < OUTBOX_KINDS; kind++)
		text_printf(out,
		    "waymark_outbox_oldest_seconds{kind=\"%s\"} %" PRId64 "\n",
		    outbox_kind_name((enum outbox_kind)kind),
		    status_age_s(status, status->queues[kind].oldest_utc_s));
	add_head(out, "trouble", "gauge", "1 for each trouble of a line.");
	for (size_t i = 0; i < status->troubles.count; i++)
		text_printf(out, "waymark_trouble{line=\"%s\",kind=\"%s\"} 1\n",
		    status->troubles.items[i].line,
		    trouble_kind_name(status->troubles.items[i].kind));
}

void
status_add_prometheus(const struct status *status, struct text *out)
{
	add_one(out, "hub_running", "1 when the hub runs.", status->hub_runs);
	add_one(out, "store_bytes", "Size of the store with its log.",
	    status->store_bytes);
	if (status->free_bytes >= 0)
		add_one(out, "disk_free_bytes", "Left on the store's disk.",
		    status->free_bytes);
	add_lines(status, out);
	add_queues(status, out);
	add_kinds(status, out);
	add_one(out, "backup_seconds",
	    "How old the last copy of the store is; -1 there is none.",
	    status->backed_up_utc_s > 0
		? status_age_s(status, status->backed_up_utc_s)
		: -1);
	status_guards_add_prometheus(status, out);
}
