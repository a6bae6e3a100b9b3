/* The status for people, and as JSON. */
#include <inttypes.h>

#include "gateway/base/json.h"
#include "gateway/base/line_mends.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/status.h"

enum {
	MEBIBYTE = 1 << 20,
	HUNDRED = 100,
};

/* -- as text ---------------------------------------------------------------- */

static void
add_count(struct text *out, const char *name, int64_t count)
{
	text_printf(out, "  %-10s %" PRId64 "\n", name, count);
}

static void
add_amount(struct text *out, int64_t hundredths)
{
	int64_t size = hundredths < 0 ? -hundredths : hundredths;

	text_printf(out, "%s%" PRId64 ".%02" PRId64, hundredths < 0 ? "-" : "",
	    size / HUNDRED, size % HUNDRED);
}

static void
add_credit(const struct status_line *line, struct text *out)
{
	if (strcmp(line->credit, "none") == 0)
		return;
	if (strcmp(line->credit, "unread") == 0) {
		text_add(out, ", CREDIT NOT UNDERSTOOD");
		return;
	}
	if (strcmp(line->credit, "unknown") == 0) {
		text_add(out, ", credit not known yet");
		return;
	}
	text_add(out,
	    strcmp(line->credit, "low") == 0 ? ", CREDIT LOW " : ", credit ");
	add_amount(out, line->hundredths);
	if (line->credit_days >= 0)
		text_printf(
		    out, " for %" PRId64 " days more", line->credit_days);
}

/* What it has sent today, where that is capped or costs. */
static void
add_day(const struct status_line *line, struct text *out)
{
	if (line->texts_today > 0 || line->day_cap > 0 || line->spend_cap > 0) {
		text_printf(
		    out, "             today %" PRId64, line->texts_today);
		if (line->day_cap > 0)
			text_printf(out, " of %" PRId64, line->day_cap);
		text_printf(out, " texts, %" PRId64 " SMS", line->parts_today);
		if (line->spent_today > 0 || line->spend_cap > 0) {
			text_add(out, ", spent ");
			add_amount(out, line->spent_today);
		}
		if (line->spend_cap > 0) {
			text_add(out, " of ");
			add_amount(out, line->spend_cap);
		}
		if (line->pace_most > 0)
			text_printf(out, ", %" PRId64 " a minute at most",
			    line->pace_most);
		text_add_byte(out, '\n');
	}
	if (line->cap_wait_s > 0)
		text_printf(out,
		    "             A CAP OF ITS DAY IS REACHED: automatic answers"
		    " wait %s more\n",
		    cli_age(line->cap_wait_s).text);
	if (line->stand_in[0] != '\0')
		text_printf(out, "             its texts go by line %s\n",
		    line->stand_in);
}

static void
add_line(const struct status_line *line, struct text *out)
{
	text_printf(out, "  %-10s %s, %s", line->name, line->state,
	    line->is_up ? "in the network" : "NOT IN THE NETWORK");
	if (line->network[0] != '\0')
		text_printf(out, " %s", line->network);
	if (line->signal_percent >= 0)
		text_printf(
		    out, ", signal %" PRId64 " %%", line->signal_percent);
	if (line->storage_percent >= LINE_MEMORY_ALARM_PERCENT)
		text_printf(
		    out, ", MEMORY %" PRId64 " %% FULL", line->storage_percent);
	add_credit(line, out);
	if (line->pace > 0)
		text_printf(out, ", %" PRId64 " texts a minute", line->pace);
	text_add_byte(out, '\n');
	add_day(line, out);
	if (line->is_up)
		return;
	text_printf(out, "             away for %s%s%s; being mended: %s\n",
	    cli_age(line->away_s).text, line->cause[0] != '\0' ? ": " : "",
	    line->cause, line->rung);
	if (line->needs_hand)
		text_add(out,
		    "             NEEDS A HAND: it cannot mend itself; waymark"
		    " doctor\n");
}

static void
add_lines(const struct status *status, struct text *out)
{
	if (status->line_count > 0)
		text_add(out, "\nLines\n");
	for (size_t i = 0; i < status->line_count; i++)
		add_line(&status->lines[i], out);
}

static void
add_oldest(const struct status *status, int64_t utc_s, struct text *out)
{
	if (utc_s > 0)
		text_printf(out, "  the oldest has waited %s\n",
		    cli_age(status_age_s(status, utc_s)).text);
}

/* What waits, by kind. */
static void
add_kinds(const struct status *status, struct text *out)
{
	for (int i = 0; i < OUTBOX_KINDS; i++) {
		const struct outbox_queue *queue = &status->queues[i];

		if (queue->count == 0)
			continue;
		text_printf(out, "  %-10s %" PRId64 " wait",
		    outbox_kind_name((enum outbox_kind)i), queue->count);
		if (queue->held > 0)
			text_printf(out,
			    ", %" PRId64 " for a safe hour or an"
			    " answer",
			    queue->held);
		if (queue->capped > 0)
			text_printf(out, ", %" PRId64 " for a cap's next day",
			    queue->capped);
		if (queue->carried > 0)
			text_printf(out, ", %" PRId64 " by another line",
			    queue->carried);
		if (queue->oldest_utc_s > 0)
			text_printf(out, ", the oldest %s",
			    cli_age(status_age_s(status, queue->oldest_utc_s))
				.text);
		text_add_byte(out, '\n');
	}
}

/* The words of the page of health. */
static void
add_advices(const struct status *status, struct text *out)
{
	struct status_advices advices;

	status_advise(status, &advices);
	if (advices.count > 0)
		text_add(out, "\nWhat to do\n");
	for (size_t i = 0; i < advices.count; i++) {
		const struct status_advice *advice = &advices.items[i];

		text_printf(out, "  %s%s%s\n    -> %s\n", advice->line,
		    advice->line[0] != '\0' ? " " : "", advice->what,
		    advice->mend);
	}
	free(advices.items);
}

void
status_add_text(const struct status *status, struct text *out)
{
	text_printf(out, "Hub       %s\n",
	    status->hub_runs ? "running" : "NOT RUNNING: waymark serve");
	text_printf(out, "Store     version %d, %" PRId64 " MB",
	    store_version(), status->store_bytes / MEBIBYTE);
	if (status->free_bytes >= 0)
		text_printf(out, ", %" PRId64 " MB left on its disk",
		    status->free_bytes / MEBIBYTE);
	text_add_byte(out, '\n');
	if (status->backed_up_utc_s > 0)
		text_printf(out, "Copied    %s ago\n",
		    cli_age(status_age_s(status, status->backed_up_utc_s))
			.text);
	else
		text_add(out, "Copied    never: waymark backup\n");
	add_lines(status, out);
	text_add(out, "\nHelp requests\n");
	for (int i = 0; i <= REQUEST_FORGOTTEN; i++)
		add_count(out, request_state_name((enum request_state)i),
		    status->requests.by_state[i]);
	if (status->requests.by_state[REQUEST_OPEN] > 0)
		text_printf(out, "  the oldest open one has waited %s\n",
		    cli_age(status_age_s(
				status, status->requests.oldest_open_utc_s))
			.text);
	text_add(out, "\nTexts on their way out\n");
	for (int i = 0; i <= OUTBOX_GIVEN_UP; i++)
		add_count(out, outbox_state_name((enum outbox_state)i),
		    status->outbox[i]);
	add_kinds(status, out);
	add_oldest(status, status->ages.outbox_utc_s, out);
	text_add(out, "\nMessages that came in\n");
	for (int i = 0; i <= JOURNAL_ASIDE; i++)
		add_count(out, journal_state_name((enum journal_state)i),
		    status->journal[i]);
	add_oldest(status, status->ages.journal_utc_s, out);
	status_guards_add_text(status, out);
	add_advices(status, out);
}

/* -- as JSON ---------------------------------------------------------------- */

static void
add_field_json(const struct status_field *field, const struct status_line *line,
    struct json *json)
{
	switch (field->kind) {
	case STATUS_WORDS:
	case STATUS_NAME:
		json_string(json, field->key, status_field_words(field, line));
		break;
	case STATUS_FLAG:
		json_boolean(
		    json, field->key, status_field_number(field, line) != 0);
		break;
	case STATUS_COUNT:
	case STATUS_PERCENT:
	case STATUS_SECONDS:
	case STATUS_AMOUNT:
		json_integer(
		    json, field->key, status_field_number(field, line));
		break;
	}
}

static void
add_line_json(const struct status_line *line, struct json *json)
{
	json_open_object(json, NULL);
	for (size_t i = 0; i < status_field_count; i++)
		add_field_json(&status_fields[i], line, json);
	json_close_object(json);
}

static void
add_counts_json(const struct status *status, struct json *json)
{
	json_open_object(json, "requests");
	for (int i = 0; i <= REQUEST_FORGOTTEN; i++)
		json_integer(json, request_state_name((enum request_state)i),
		    status->requests.by_state[i]);
	json_close_object(json);
	json_integer(json, "oldest_open_seconds",
	    status_age_s(status, status->requests.oldest_open_utc_s));
	json_open_object(json, "outbox");
	for (int i = 0; i <= OUTBOX_GIVEN_UP; i++)
		json_integer(json, outbox_state_name((enum outbox_state)i),
		    status->outbox[i]);
	json_close_object(json);
	json_integer(json, "oldest_outbox_seconds",
	    status_age_s(status, status->ages.outbox_utc_s));
	json_open_object(json, "journal");
	for (int i = 0; i <= JOURNAL_ASIDE; i++)
		json_integer(json, journal_state_name((enum journal_state)i),
		    status->journal[i]);
	json_close_object(json);
	json_integer(json, "oldest_journal_seconds",
	    status_age_s(status, status->ages.journal_utc_s));
	status_guards_add_json(status, json);
}

static void
add_gone_json(const struct status *status, struct json *json)
{
	json_open_array(json, "lines_not_configured");
	for (size_t i = 0; i < status->gone_count; i++) {
		json_open_object(json, NULL);
		json_string(json, "line", status->gone[i].name);
		json_integer(json, "waiting", status->gone[i].count);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
add_kinds_json(const struct status *status, struct json *json)
{
	json_open_array(json, "queues");
	for (int i = 0; i < OUTBOX_KINDS; i++) {
		const struct outbox_queue *queue = &status->queues[i];

		json_open_object(json, NULL);
		json_string(
		    json, "kind", outbox_kind_name((enum outbox_kind)i));
		json_integer(json, "waiting", queue->count);
		json_integer(json, "held", queue->held);
		json_integer(json, "capped", queue->capped);
		json_integer(json, "carried", queue->carried);
		json_integer(json, "oldest_seconds",
		    status_age_s(status, queue->oldest_utc_s));
		json_close_object(json);
	}
	json_close_array(json);
	add_gone_json(status, json);
	json_open_array(json, "troubles");
	for (size_t i = 0; i < status->troubles.count; i++) {
		const struct trouble *trouble = &status->troubles.items[i];

		json_open_object(json, NULL);
		json_string(json, "line", trouble->line);
		json_string(json, "kind", trouble_kind_name(trouble->kind));
		json_integer(json, "seconds",
		    status_age_s(status, trouble->since_utc_s));
		json_integer(json, "told", trouble->rounds);
		json_close_object(json);
	}
	json_close_array(json);
}

void
status_add_json(const struct status *status, struct text *out)
{
	struct json json = { 0 };

	json_open_object(&json, NULL);
	json_boolean(&json, "hub_running", status->hub_runs);
	json_integer(&json, "store_version", store_version());
	json_integer(&json, "store_bytes", status->store_bytes);
	json_integer(&json, "disk_free_bytes", status->free_bytes);
	json_integer(&json, "backup_seconds",
	    status->backed_up_utc_s > 0
		? status_age_s(status, status->backed_up_utc_s)
		: -1);
	json_open_array(&json, "lines");
	for (size_t i = 0; i < status->line_count; i++)
		add_line_json(&status->lines[i], &json);
	json_close_array(&json);
	add_counts_json(status, &json);
	add_kinds_json(status, &json);
	json_close_object(&json);
	text_add_bytes(out, json.text.bytes, json.text.length);
	text_add_byte(out, '\n');
	json_free(&json);
}
