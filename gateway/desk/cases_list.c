#include "gateway/desk/cases_list.h"

#include <inttypes.h>

#include "gateway/base/memory.h"
#include "gateway/desk/case_errand.h"
#include "gateway/text/utf8.h"

enum {
	QUARTER_S = 15 * 60,
	HOUR_S = 3600,
	DAY_S = 24 * HOUR_S,
	FIRST_MOST = 50, /* so many are tried, should others be faster */
};

enum outcome
cases_tidy(const struct caseworker *worker, int64_t now_utc_s)
{
	struct requests_tidied tidied;

	return (requests_tidy(
	    worker->store, now_utc_s, case_lease_s(worker), &tidied));
}

/* -- pages ------------------------------------------------------------------ */

MUST_USE static enum outcome
read_page(const struct caseworker *worker, const struct case_filter *filter,
    const char *label, struct request_list *list_r)
{
	struct request_filter wanted = {
		.shelf = filter->only_mine ? SHELF_ANY : filter->shelf,
		.staff = filter->only_mine ? worker->staff->id : 0,
		.state = filter->state,
		.corridor = filter->corridor,
		.language = filter->language,
		.label = label,
		.after = filter->after,
		.most = filter->most,
	};

	return (requests_page(worker->store, &wanted, list_r));
}

enum outcome
cases_list(const struct caseworker *worker, const struct case_filter *filter,
    int64_t now_utc_s, struct request_list *list_r)
{
	char *label = NULL;
	enum outcome outcome;

	if (!cases_may_see(worker->staff))
		return (REFUSED);
	outcome = cases_tidy(worker, now_utc_s);
	if (outcome != DONE)
		return (outcome);
	if (filter->label != NULL) {
		struct text clean = { 0 };

		utf8_add_clean(&clean, filter->label, strlen(filter->label));
		label = utf8_fold(text_string(&clean));
		text_free(&clean);
	}
	outcome = read_page(worker, filter, label, list_r);
	free(label);
	return (outcome);
}

struct case_place_text
case_place_write(const struct request_place *place)
{
	struct case_place_text words;

	snprintf(words.text, sizeof(words.text), "%d-%" PRId64,
	    (int)place->urgency, place->row);
	return (words);
}

int
case_place_read(const char *words, struct request_place *place_r)
{
	int64_t row;

	if (words[0] < '0' + URGENCY_LOW || words[0] > '0' + URGENCY_NOW ||
	    words[1] != '-' || words[2] < '0' || words[2] > '9' ||
	    !text_read_integer(words + 2, 1, INT64_MAX, &row))
		return (0);
	place_r->urgency = (enum request_urgency)(words[0] - '0');
	place_r->row = row;
	return (1);
}

enum outcome
cases_labels(const struct caseworker *worker,
    struct request_label_use **labels_r, size_t *count_r)
{
	if (!cases_may_see(worker->staff))
		return (REFUSED);
	return (requests_labels(worker->store, labels_r, count_r));
}

enum outcome
cases_claim_first(struct errand *errand)
{
	const struct case_filter filter = { .state = "open",
		.most = FIRST_MOST };
	struct request_list list = { 0 };
	enum outcome outcome =
	    cases_list(errand->worker, &filter, errand->now_utc_s, &list);
	int is_claimed = 0;

	if (outcome != DONE)
		return (outcome);
	for (size_t i = 0; i < list.count && !is_claimed; i++) {
		errand->ref = list.items[i].ref;
		is_claimed = cases_claim(errand) == DONE;
	}
	errand->ref = errand->request.ref;
	free(list.items);
	return (is_claimed ? DONE : NOTHING);
}

/* -- health ----------------------------------------------------------------- */

/* A line of the hub's answer has "up" as its third word when it works. */
static void
count_lines(const char *lines, struct case_health *health)
{
	char *copy = memory_copy(lines);
	char *rest = copy;

	while (rest != NULL && *rest != '\0') {
		char *line = strsep(&rest, "\n");
		const char *is_up = NULL;

		for (int i = 0; i < 3 && line != NULL; i++)
			is_up = strsep(&line, "\t");
		if (is_up == NULL)
			continue;
		health->lines++;
		health->lines_down += strcmp(is_up, "up") != 0;
	}
	free(copy);
}

static int64_t
waited_s(int64_t since_utc_s, int64_t now_utc_s)
{
	return (since_utc_s == 0 || since_utc_s > now_utc_s
		? 0
		: now_utc_s - since_utc_s);
}

static enum case_light
light_of(const struct case_health *health, int64_t now_utc_s)
{
	const struct request_health *counts = &health->counts;

	if (health->lines_down > 0 || health->waits_s > DAY_S ||
	    waited_s(counts->urgent_waits_since_utc_s, now_utc_s) > QUARTER_S)
		return (CASE_LIGHT_RED);
	if (!health->hub_answers || health->waits_s > HOUR_S ||
	    counts->unread > 0)
		return (CASE_LIGHT_YELLOW);
	return (CASE_LIGHT_GREEN);
}

enum outcome
cases_health(const struct caseworker *worker, const char *lines,
    int64_t now_utc_s, struct case_health *health_r)
{
	struct case_health health = { .hub_answers = lines != NULL };
	enum outcome outcome;

	if (!cases_may_see(worker->staff))
		return (REFUSED);
	outcome = cases_tidy(worker, now_utc_s);
	if (outcome == DONE)
		outcome = requests_health(worker->store, &health.counts);
	if (outcome != DONE)
		return (outcome);
	if (lines != NULL)
		count_lines(lines, &health);
	health.waits_s = waited_s(health.counts.waits_since_utc_s, now_utc_s);
	health.light = light_of(&health, now_utc_s);
	*health_r = health;
	return (DONE);
}
