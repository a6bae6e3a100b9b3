#include "gateway/desk/web_health.h"

#include <inttypes.h>

#include "gateway/desk/web_frame.h"

/* Lines' names are letters, digits and hyphens; whatever else answers is not
 * the hub. */
static int
is_line_name(const char *name)
{
	return (name[0] != '\0' &&
	    strlen(name) < sizeof(((struct web_line *)NULL)->name));
}

/* "name<TAB>state<TAB>up|away<TAB>...": adds it when it is. */
static void
take_line(struct web_health *health, char *words)
{
	const char *name = strsep(&words, "\t");
	const char *state = strsep(&words, "\t");
	const char *network = strsep(&words, "\t");
	struct web_line *line;

	if (network == NULL || !is_line_name(name) ||
	    health->line_count == WEB_LINES_MOST)
		return;
	line = &health->lines[health->line_count++];
	snprintf(line->name, sizeof(line->name), "%s", name);
	line->is_up = strcmp(state, "up") == 0 && strcmp(network, "up") == 0;
}

void
web_health_take(struct web_health *health, char *answer)
{
	struct web_health before = *health;
	char *rest = answer;

	health->hub_answers = answer != NULL;
	health->line_count = 0;
	memset(health->lines, 0, sizeof(health->lines));
	while (rest != NULL && *rest != '\0')
		take_line(health, strsep(&rest, "\n"));
	if (memcmp(&before, health, sizeof(before)) != 0)
		health->version++;
}

/* -- on the page ------------------------------------------------------------ */

static void
add_light(struct page *page, int is_well)
{
	/* The shape differs as well as the colour, and the words say it. */
	if (is_well)
		page_raw(page, "<li class=\"well\">");
	else
		page_raw(page, "<li class=\"unwell\">");
}

static size_t
count_down(const struct web_health *health)
{
	size_t down = 0;

	for (size_t i = 0; i < health->line_count; i++)
		down += !health->lines[i].is_up;
	return (down);
}

static void
add_lines(struct web_visit *visit)
{
	const struct web_health *health = &visit->web->health;
	struct page *page = &visit->page;

	add_light(page, health->hub_answers && count_down(health) == 0);
	if (!health->hub_answers)
		page_say(page, "The hub is not running: texts wait.");
	else if (count_down(health) == 0)
		page_say(page, "All lines are up.");
	for (size_t i = 0; health->hub_answers && i < health->line_count; i++) {
		if (!health->lines[i].is_up)
			page_say_one(page, "Line {name} is down. ", "name",
			    health->lines[i].name);
	}
	page_raw(page, "</li>");
}

static void
add_waiting(struct web_visit *visit, const struct request_counts *counts)
{
	struct page *page = &visit->page;
	int64_t open = counts->by_state[REQUEST_OPEN];
	char number[24];

	add_light(page, open == 0);
	if (open == 0) {
		page_say(page, "Nobody waits.");
	} else {
		snprintf(number, sizeof(number), "%" PRId64, open);
		page_say_one(page, "Waiting: {count}.", "count", number);
		page_raw(page, " ");
		page_say(page, "The longest:");
		page_raw(page, " ");
		web_age(page, visit->now_utc_s - counts->oldest_open_utc_s);
	}
	page_raw(page, "</li>");
}

void
web_health_add(struct web_visit *visit)
{
	struct page *page = &visit->page;
	struct request_counts counts;

	page_raw(page, "<ul class=\"health\"");
	page_attr(page, "aria-label", page_word(page, "How things stand"));
	page_raw(page, ">");
	add_lines(visit);
	if (requests_count(visit->web->store, &counts) == DONE)
		add_waiting(visit, &counts);
	page_raw(page, "</ul>\n");
}
