#include "gateway/desk/web_health.h"

#include <inttypes.h>

#include "gateway/base/memory.h"
#include "gateway/desk/cases_list.h"
#include "gateway/desk/web_frame.h"

/* Signal and texts in flight change all the time and are not in the light: what
 * is kept for it are the first three fields of each line. */
static void
keep_state(char *line, struct text *kept)
{
	const char *name = strsep(&line, "\t");
	const char *state = strsep(&line, "\t");
	const char *network = strsep(&line, "\t");

	if (network != NULL)
		text_printf(kept, "%s\t%s\t%s\t-1\t0\n", name, state, network);
}

void
web_health_take(struct web_health *health, const char *answer)
{
	char *copy = memory_copy(answer != NULL ? answer : "");
	char *rest = copy;
	struct text kept = { 0 };

	while (rest != NULL && *rest != '\0')
		keep_state(strsep(&rest, "\n"), &kept);
	if (health->hub_answers != (answer != NULL) ||
	    strcmp(text_string(&health->lines), text_string(&kept)) != 0)
		health->version++;
	health->hub_answers = answer != NULL;
	text_free(&health->lines);
	health->lines = kept;
	text_clear(&health->answer);
	text_add(&health->answer, answer != NULL ? answer : "");
	free(copy);
}

/* -- on the page ------------------------------------------------------------ */

static void
add_light(struct page *page, enum case_light light)
{
	/* The words say it and the shape differs, not only the colour. */
	switch (light) {
	case CASE_LIGHT_GREEN:
		page_raw(page, "<li class=\"well\">");
		break;
	case CASE_LIGHT_YELLOW:
		page_raw(page, "<li class=\"unwell\">");
		break;
	case CASE_LIGHT_RED:
		page_raw(page, "<li class=\"bad\">");
		break;
	}
}

static void
add_count(struct page *page, const char *english, int64_t count)
{
	char number[24];

	snprintf(number, sizeof(number), "%" PRId64, count);
	page_say_one(page, english, "count", number);
}

/* Names of the lines that are down, each once. */
static void
add_names_down(struct web_visit *visit)
{
	char *copy = memory_copy(text_string(&visit->web->health.lines));
	char *rest = copy;
	const char *between = " ";

	while (rest != NULL && *rest != '\0') {
		char *line = strsep(&rest, "\n");
		const char *name = strsep(&line, "\t");

		if (line == NULL || strncmp(line, "up\tup\t", 6) == 0)
			continue;
		text_add(&visit->page.html, between);
		page_raw(&visit->page, "<bdi>");
		page_text(&visit->page, name);
		page_raw(&visit->page, "</bdi>");
		between = ", ";
	}
	free(copy);
}

/* Leads to what there is to know of them. */
static void
add_link(struct page *page, const char *english)
{
	page_raw(page, "<a href=\"/health\">");
	page_say(page, english);
	page_raw(page, "</a>");
}

static void
add_lines(struct web_visit *visit, const struct case_health *health)
{
	struct page *page = &visit->page;

	if (!health->hub_answers) {
		add_light(page, CASE_LIGHT_YELLOW);
		add_link(page, WORDS("The hub is not running: texts wait."));
	} else if (health->lines_down == 0) {
		add_light(page, CASE_LIGHT_GREEN);
		add_link(page, WORDS("All lines are up."));
	} else {
		add_light(page, CASE_LIGHT_RED);
		add_link(page, WORDS("Lines that are down:"));
		add_names_down(visit);
	}
	page_raw(page, "</li>\n");
}

static void
add_waiting(struct web_visit *visit, const struct case_health *health)
{
	struct page *page = &visit->page;

	if (health->waits_s <= 0 && health->counts.open == 0) {
		add_light(page, CASE_LIGHT_GREEN);
		page_say(page, "Nobody waits.");
	} else {
		add_light(page,
		    health->light == CASE_LIGHT_GREEN ? CASE_LIGHT_GREEN
						      : CASE_LIGHT_YELLOW);
		add_count(page, "Not claimed: {count}.", health->counts.open);
		page_raw(page, " ");
		page_say(page, "Waiting longest:");
		page_raw(page, " ");
		web_age(page, health->waits_s);
	}
	page_raw(page, "</li>\n");
}

static void
add_unread(struct page *page, int64_t unread)
{
	add_light(page, unread == 0 ? CASE_LIGHT_GREEN : CASE_LIGHT_YELLOW);
	if (unread == 0)
		page_say(page, "Every text has been read.");
	else
		add_count(page, "Cases with unread texts: {count}.", unread);
	page_raw(page, "</li>\n");
}

void
web_health_add(struct web_visit *visit)
{
	const struct web_health *known = &visit->web->health;
	struct page *page = &visit->page;
	struct case_health health;

	if (cases_health(&visit->session->worker,
		known->hub_answers ? text_string(&known->lines) : NULL,
		visit->now_utc_s, &health) != DONE)
		return;
	page_raw(page, "<ul class=\"health\"");
	page_attr(page, "aria-label", page_word(page, "How things stand"));
	page_raw(page, ">\n");
	add_lines(visit, &health);
	add_waiting(visit, &health);
	add_unread(page, health.counts.unread);
	page_raw(page, "</ul>\n");
}
