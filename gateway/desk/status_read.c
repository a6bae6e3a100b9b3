#include <sys/stat.h>
#include <sys/statvfs.h>

#include "gateway/base/clock.h"
#include "gateway/base/memory.h"
#include "gateway/desk/poke.h"
#include "gateway/desk/status.h"
#include "store/backup.h"

enum {
	FIELDS_LEAST = 5,
	FIELDS = 16,
	FIELDS_OF_ROUTES =
	    25, /* with what a line may send, and who stands in */
};

static int
read_routes(const char *const *fields, struct status_line *line_r)
{
	line_r->stand_in = fields[16];
	return (text_read_integer(
		    fields[17], -1, INT32_MAX, &line_r->credit_days) &&
	    text_read_integer(fields[18], 0, INT64_MAX, &line_r->texts_today) &&
	    text_read_integer(fields[19], 0, INT64_MAX, &line_r->parts_today) &&
	    text_read_integer(fields[20], 0, INT64_MAX, &line_r->spent_today) &&
	    text_read_integer(fields[21], 0, INT64_MAX, &line_r->day_cap) &&
	    text_read_integer(fields[22], 0, INT64_MAX, &line_r->spend_cap) &&
	    text_read_integer(fields[23], 0, INT64_MAX, &line_r->pace_most) &&
	    text_read_integer(fields[24], 0, INT64_MAX, &line_r->cap_wait_s));
}

/* An older hub tells less. */
int
status_read_line(char *text, struct status_line *line_r)
{
	const char *fields[FIELDS_OF_ROUTES];
	size_t count = 0;

	while (count < FIELDS_OF_ROUTES && text != NULL)
		fields[count++] = strsep(&text, "\t");
	if (count < FIELDS_LEAST)
		return (0);
	*line_r = (struct status_line){
		.name = fields[0],
		.state = fields[1],
		.is_up = strcmp(fields[2], "up") == 0,
		.rung = "well",
		.storage_percent = -1,
		.network = "",
		.credit = "none",
		.cause = "",
		.stand_in = "",
		.credit_days = -1,
		.texts_today = -1,
		.parts_today = -1,
	};
	if (!text_read_integer(fields[3], -1, 100, &line_r->signal_percent) ||
	    !text_read_integer(fields[4], 0, INT32_MAX, &line_r->in_flight))
		return (0);
	if (count < FIELDS)
		return (1);
	line_r->rung = fields[5];
	line_r->network = fields[8];
	line_r->credit = fields[9];
	line_r->cause = fields[15];
	if (count == FIELDS_OF_ROUTES && !read_routes(fields, line_r))
		return (0);
	return (text_read_integer(fields[6], 0, 1, &line_r->needs_hand) &&
	    text_read_integer(fields[7], -1, 100, &line_r->storage_percent) &&
	    text_read_integer(
		fields[10], INT64_MIN, INT64_MAX, &line_r->hundredths) &&
	    text_read_integer(fields[11], 0, INT64_MAX, &line_r->sent) &&
	    text_read_integer(fields[12], 0, INT32_MAX, &line_r->pace) &&
	    text_read_integer(
		fields[13], 0, INT64_MAX, &line_r->hidden_calls) &&
	    text_read_integer(fields[14], 0, INT64_MAX, &line_r->away_s));
}

/* Cuts up what the hub said, which stands in lines_text. */
static void
cut_lines(const struct settings *settings, struct status *status)
{
	char *rest = status->lines_text.bytes;

	status->lines =
	    memory_new(settings->line_count, sizeof(*status->lines));
	while (rest != NULL && status->line_count < settings->line_count) {
		if (status_read_line(strsep(&rest, "\n"),
			&status->lines[status->line_count]))
			status->line_count++;
	}
}

/* The store with its log, and what is left on its disk. */
static void
read_disk(const char *path, struct status *status)
{
	static const char *const endings[] = { "", "-wal" };
	struct statvfs disk;
	struct stat file;

	for (size_t i = 0; i < COUNT_OF(endings); i++) {
		struct text name = { 0 };

		text_printf(&name, "%s%s", path, endings[i]);
		if (stat(name.bytes, &file) == 0)
			status->store_bytes += file.st_size;
		text_free(&name);
	}
	status->free_bytes = -1;
	if (statvfs(path, &disk) == 0)
		status->free_bytes =
		    (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
}

static int
is_configured(const struct settings *settings, const char *line)
{
	for (size_t i = 0; i < settings->line_count; i++) {
		if (strcmp(settings->lines[i].name, line) == 0)
			return (1);
	}
	return (0);
}

MUST_USE static enum outcome
read_gone(
    struct store *store, const struct settings *settings, struct status *status)
{
	struct waited_line lines[WAITED_LINES_MOST];
	size_t count = 0;
	enum outcome outcome = outbox_lines_waited_for(store, lines, &count);

	for (size_t i = 0; i < count; i++) {
		if (!is_configured(settings, lines[i].name))
			status->gone[status->gone_count++] = lines[i];
	}
	return (outcome);
}

MUST_USE static enum outcome
read_store(
    struct store *store, const struct settings *settings, struct status *status)
{
	enum outcome outcome = requests_count(store, &status->requests);

	if (outcome == DONE)
		outcome = outbox_count(store, status->outbox);
	if (outcome == DONE)
		outcome = journal_count(store, status->journal);
	if (outcome == DONE)
		outcome = ages_read(store, &status->ages);
	if (outcome == DONE)
		outcome = outbox_queues(store, status->queues);
	if (outcome == DONE)
		outcome = read_gone(store, settings, status);
	if (outcome == DONE)
		outcome = store_last_backup(store, &status->backed_up_utc_s);
	if (outcome == DONE)
		outcome = troubles_list(store, &status->troubles);
	if (outcome == DONE)
		outcome =
		    guards_count(store, status->now_utc_s, &status->guards);
	return (outcome);
}

enum outcome
status_read(const struct settings *settings, struct status *status_r)
{
	struct status status = { .now_utc_s = clock_utc_s() };
	struct store *store;
	enum outcome outcome =
	    store_open(settings->store_path, STORE_READ, NULL, &store);

	if (outcome != DONE)
		return (outcome);
	status.hub_runs = store_hub_runs(settings->store_path);
	outcome = read_store(store, settings, &status);
	store_close(store);
	if (outcome != DONE)
		return (outcome);
	read_disk(settings->store_path, &status);
	if (status.hub_runs &&
	    poke_ask_lines(settings->control_path, &status.lines_text) == DONE)
		cut_lines(settings, &status);
	*status_r = status;
	return (DONE);
}

enum outcome
status_read_kept(struct store *store, const struct settings *settings,
    const char *lines, struct status *status_r)
{
	struct status status = { .now_utc_s = clock_utc_s(),
		.hub_runs = lines != NULL };
	enum outcome outcome = read_store(store, settings, &status);

	if (outcome != DONE)
		return (outcome);
	read_disk(settings->store_path, &status);
	if (lines != NULL) {
		text_add(&status.lines_text, lines);
		cut_lines(settings, &status);
	}
	*status_r = status;
	return (DONE);
}

void
status_free(struct status *status)
{
	free(status->troubles.items);
	free(status->lines);
	text_free(&status->lines_text);
}

int64_t
status_age_s(const struct status *status, int64_t utc_s)
{
	return (utc_s > 0 && status->now_utc_s > utc_s
		? status->now_utc_s - utc_s
		: 0);
}
