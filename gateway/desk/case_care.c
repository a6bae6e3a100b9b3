/* What keeps a case in sight: snoozes and labels. */
#include "gateway/base/clock.h"
#include "gateway/base/marked_words.h"
#include "gateway/base/memory.h"
#include "gateway/desk/case_errand.h"
#include "gateway/text/utf8.h"

/* -- snooze ----------------------------------------------------------------- */

MUST_USE static enum outcome
snooze(struct errand *errand, int64_t until_utc_s, int wakes_on_reply)
{
	struct request_snooze snooze = {
		.until_utc_s = until_utc_s,
		.wakes_on_reply = wakes_on_reply,
		.staff = errand->worker->staff->id,
		.now_utc_s = errand->now_utc_s,
	};
	enum outcome outcome;

	if (until_utc_s <= errand->now_utc_s ||
	    until_utc_s - errand->now_utc_s > CASE_SNOOZE_MOST_S)
		return (case_refuse(errand, CASE_BAD_TIME));
	outcome =
	    requests_snooze(errand->worker->store, errand->request.id, &snooze);
	if (outcome == DONE)
		outcome = case_audit(errand, "snoozed", "");
	if (outcome == DONE)
		outcome = case_renew(errand);
	return (outcome);
}

enum outcome
cases_snooze(struct errand *errand, int64_t until_utc_s, int wakes_on_reply)
{
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = case_check_is_free_or_own(errand);
	if (outcome == DONE)
		outcome = snooze(errand, until_utc_s, wakes_on_reply);
	return (case_errand_end(errand, outcome));
}

enum outcome
cases_wake(struct errand *errand)
{
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = case_check_is_free_or_own(errand);
	if (outcome == DONE) {
		outcome =
		    requests_wake(errand->worker->store, errand->request.id,
			errand->worker->staff->id, errand->now_utc_s);
		if (outcome == NOTHING)
			errand->why = CASE_NOT_SNOOZED;
	}
	if (outcome == DONE)
		outcome = case_audit(errand, "woken", "");
	return (case_errand_end(errand, outcome));
}

/* -- a time, as people write one -------------------------------------------- */

/* "3h": a number and what it counts. */
static int
read_span(const char *words, int64_t *span_s_r)
{
	static const struct {
		char unit;
		int64_t seconds;
	} units[] = { { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 },
		{ 'w', 7 * 86400 } };
	size_t length = strlen(words);
	char *number = memory_copy(words);
	int64_t count;
	int found = 0;

	if (length >= 2)
		number[length - 1] = '\0';
	for (size_t i = 0; i < COUNT_OF(units) && length >= 2; i++) {
		if (words[length - 1] == units[i].unit &&
		    text_read_integer(number, 1, 100000, &count)) {
			*span_s_r = count * units[i].seconds;
			found = 1;
		}
	}
	free(number);
	return (found);
}

/* "14:00" */
static int
read_hour(const char *words, int64_t *seconds_r)
{
	char hour[3] = "";
	char minute[3] = "";
	int64_t hours;
	int64_t minutes;

	if (strlen(words) != 5 || words[2] != ':')
		return (0);
	memcpy(hour, words, 2);
	memcpy(minute, words + 3, 2);
	if (!text_read_integer(hour, 0, 23, &hours) ||
	    !text_read_integer(minute, 0, 59, &minutes))
		return (0);
	*seconds_r = hours * 3600 + minutes * 60;
	return (1);
}

int
case_read_time(const char *words, int64_t now_utc_s, int64_t *utc_s_r)
{
	enum { DATE_LENGTH = 10 };
	char date[DATE_LENGTH + 1] = "";
	int64_t day_utc_s;
	int64_t seconds = 0;

	if (read_span(words, &seconds)) {
		*utc_s_r = now_utc_s + seconds;
		return (1);
	}
	if (strlen(words) < DATE_LENGTH)
		return (0);
	memcpy(date, words, DATE_LENGTH);
	words += DATE_LENGTH;
	/* A page's form says "2026-11-30T14:00". */
	if (*words != '\0' &&
	    ((*words != ' ' && *words != 'T') ||
		!read_hour(words + 1, &seconds)))
		return (0);
	if (!clock_read_date(date, &day_utc_s))
		return (0);
	*utc_s_r = day_utc_s + seconds;
	return (1);
}

/* -- labels ----------------------------------------------------------------- */

/* A label is kept folded, so that "Passport" and "passport" are one. */
MUST_USE static enum outcome
read_label(struct errand *errand, const char *typed, char **label_r)
{
	struct text words = { 0 };
	char *folded;
	enum outcome outcome =
	    case_read_words(errand, typed, CASE_LABEL_MAX_BYTES, &words);

	if (outcome != DONE) {
		text_free(&words);
		return (outcome);
	}
	folded = utf8_fold(text_string(&words));
	text_free(&words);
	if (strlen(folded) > CASE_LABEL_MAX_BYTES) {
		free(folded);
		return (case_refuse(errand, CASE_TOO_LONG));
	}
	*label_r = folded;
	return (DONE);
}

static void
add_line(struct text *lines, const char *label)
{
	text_printf(lines, "%s%s", lines->length > 0 ? "\n" : "", label);
}

/* The labels with one put in its place in the order, or taken out.  1 when
 * that changed anything. */
static int
change_lines(
    const char *labels, const char *label, int adds, struct text *lines)
{
	char *before = memory_copy(labels);
	char *rest = before[0] != '\0' ? before : NULL;
	int was_there = 0;
	int is_placed = !adds;

	while (rest != NULL) {
		const char *line = strsep(&rest, "\n");
		int order = strcmp(line, label);

		was_there |= order == 0;
		if (order >= 0 && !is_placed) {
			add_line(lines, label);
			is_placed = 1;
		}
		if (order != 0)
			add_line(lines, line);
	}
	if (!is_placed)
		add_line(lines, label);
	free(before);
	return (was_there != adds);
}

static size_t
count_lines(const struct text *lines)
{
	size_t count = lines->length > 0;

	for (size_t i = 0; i < lines->length; i++)
		count += lines->bytes[i] == '\n';
	return (count);
}

MUST_USE static enum outcome
write_labels(struct errand *errand, const struct text *lines, int adds)
{
	const char *what = adds ? WORDS("labelled") : WORDS("label removed");
	enum outcome outcome;

	if (count_lines(lines) > CASE_LABELS_MOST)
		return (case_refuse(errand, CASE_LABELS_FULL));
	outcome = requests_set_labels(
	    errand->worker->store, &errand->request, text_string(lines));
	if (outcome == DONE)
		outcome = case_add_event(errand, what);
	/* The trail outlives the case: it does not say which label. */
	if (outcome == DONE)
		outcome = case_audit(errand, what, "");
	if (outcome == DONE)
		outcome = case_renew(errand);
	return (outcome);
}

MUST_USE static enum outcome
change_labels(struct errand *errand, const char *typed, int adds)
{
	struct text lines = { 0 };
	char *label = NULL;
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = case_check_is_kept(errand);
	if (outcome == DONE)
		outcome = read_label(errand, typed, &label);
	if (outcome == DONE &&
	    change_lines(errand->request.labels, label, adds, &lines))
		outcome = write_labels(errand, &lines, adds);
	free(label);
	text_free(&lines);
	return (case_errand_end(errand, outcome));
}

enum outcome
cases_label(struct errand *errand, const char *label)
{
	return (change_labels(errand, label, 1));
}

enum outcome
cases_unlabel(struct errand *errand, const char *label)
{
	return (change_labels(errand, label, 0));
}
