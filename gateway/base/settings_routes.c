#include "gateway/base/settings_routes.h"

#include <inttypes.h>
#include <string.h>

#include "gateway/base/config.h"
#include "gateway/base/memory.h"
#include "gateway/base/money.h"
#include "gateway/base/settings.h"

enum { DIGITS_MOST = 15 }; /* of E.164 */

static const struct config_option route_options[] = {
	{ "prefix", OPTION_TEXT, offsetof(struct route_settings, prefix), NULL,
	    1,
	    .help = "how the numbers begin, \"+977\" or, for all others, "
		    "\"+\"" },
	{ "line", OPTION_TEXT, offsetof(struct route_settings, line), NULL, 1,
	    .help = "the line by which they are texted first" },
	{ "cost", OPTION_NUMBER, offsetof(struct route_settings, cost), "0",
	    .min = 0, .max = 1000000,
	    .help = "of two lines with the same prefix the cheaper is taken" },
};

static const struct config_option spending_options[] = {
	{ "spend_cap", OPTION_TEXT,
	    offsetof(struct spending_settings, spend_cap), "",
	    .help = "what all lines together may cost a day, \"50\"" },
	{ "reserve", OPTION_NUMBER, offsetof(struct spending_settings, reserve),
	    "30", .min = 0, .max = 100000,
	    .help = "the last SMS of it, for help requests alone" },
	{ "zone", OPTION_TEXT, offsetof(struct spending_settings, zone),
	    "UTC+0", .help = "of that day, \"UTC+5:45\"" },
};

/* -- routes ------------------------------------------------------------------- */

static int
is_prefix(const char *prefix)
{
	size_t digits = strlen(prefix);

	return (prefix[0] == '+' &&
	    strspn(prefix + 1, "0123456789") == digits - 1 &&
	    digits - 1 <= DIGITS_MOST);
}

static void
check_route(
    struct config *config, const struct settings *settings, size_t index)
{
	const struct route_settings *route = &settings->routes[index];
	const struct line_settings *line;

	if (route->prefix == NULL || route->line == NULL)
		return;
	if (!is_prefix(route->prefix))
		config_complain(config, "routes", index,
		    "prefix '%s' must be + and the first digits of a number,"
		    " such as \"+977\"",
		    route->prefix);
	line = settings_find_line(settings, route->line);
	if (line == NULL)
		config_complain(config, "routes", index,
		    "there is no line '%s'", route->line);
	else if (line->kind != NULL && !settings_line_has_texts(line))
		config_complain(config, "routes", index,
		    "line '%s' carries no texts", route->line);
	for (size_t i = 0; i < index; i++) {
		const struct route_settings *before = &settings->routes[i];

		if (before->prefix == NULL || before->line == NULL)
			continue;
		if (strcmp(before->prefix, route->prefix) == 0 &&
		    strcmp(before->line, route->line) == 0)
			config_complain(config, "routes", index,
			    "prefix '%s' has line '%s' already", route->prefix,
			    route->line);
		else if (strcmp(before->prefix, route->prefix) == 0 &&
		    before->cost == route->cost)
			config_complain(config, "routes", index,
			    "prefix '%s' stands twice with cost %" PRId64
			    ": say which line is cheaper",
			    route->prefix, route->cost);
	}
}

/* -- caps --------------------------------------------------------------------- */

static int
is_amount(const char *words)
{
	struct money money;

	return (words[0] == '\0' || money_read(words, &money));
}

/* One of a line or over all; `index` as config_complain() takes it. */
struct cap_words {
	const char *list;
	size_t index;
	const char *spend_cap;
	const char *part_price; /* what counts */
};

static void
check_cap(struct config *config, const struct cap_words *words)
{
	if (!is_amount(words->spend_cap))
		config_complain(config, words->list, words->index,
		    "spend_cap '%s' must be an amount such as \"12.50\"",
		    words->spend_cap);
	else if (words->spend_cap[0] != '\0' && words->part_price[0] == '\0')
		config_complain(config, words->list, words->index,
		    "spend_cap needs part_price: what one SMS costs");
}

/* The reserve must leave something for everybody else. */
static void
check_reserve(
    struct config *config, const struct cap_words *words, int64_t reserve)
{
	struct money cap, price;

	if (words->spend_cap[0] != '\0' && money_read(words->spend_cap, &cap) &&
	    money_read(words->part_price, &price) &&
	    reserve * price.millionths >= cap.millionths)
		config_complain(config, words->list, words->index,
		    "reserve is the whole of spend_cap: nobody could be"
		    " answered but those who ask for a person");
}

static void
check_line(struct config *config, const struct settings *settings, size_t index)
{
	const struct line_settings *line = &settings->lines[index];
	struct cap_words words = { "lines", index, line->spend_cap,
		settings_part_price(settings, line) };

	if (line->spend_cap == NULL || line->part_price == NULL)
		return;
	if (!is_amount(line->part_price))
		config_complain(config, "lines", index,
		    "part_price '%s' must be an amount such as \"0.035\"",
		    line->part_price);
	check_cap(config, &words);
	check_reserve(config, &words, line->reserve);
	if (line->day_cap > 0 && line->reserve >= line->day_cap)
		config_complain(config, "lines", index,
		    "reserve is the whole of day_cap: nobody could be answered"
		    " but those who ask for a person");
}

/* What counts over all lines needs a price for each; the demo line costs
 * nothing. */
static void
check_spending(struct config *config, const struct settings *settings)
{
	struct cap_words words = { "spending", (size_t)-1,
		settings->spending.spend_cap, "0" };

	for (size_t i = 0; i < settings->line_count; i++) {
		const struct line_settings *line = &settings->lines[i];

		if (line->kind != NULL && strcmp(line->kind, "demo") != 0 &&
		    settings_line_has_texts(line) &&
		    settings_part_price(settings, line)[0] == '\0')
			words.part_price = "";
	}
	check_cap(config, &words);
}

const char *
settings_part_price(
    const struct settings *settings, const struct line_settings *line)
{
	if (line->part_price != NULL && line->part_price[0] != '\0')
		return (line->part_price);
	return (settings->part_price != NULL ? settings->part_price : "");
}

/* -- reading ------------------------------------------------------------------ */

void
settings_routes_read(struct config *config, struct settings *settings)
{
	size_t count = config_list_length(config, "routes");

	settings->routes = memory_new(count, sizeof(*settings->routes));
	settings->route_count = count;
	for (size_t i = 0; i < count; i++) {
		config_read_item(config, "routes", i, route_options,
		    COUNT_OF(route_options), &settings->routes[i]);
		check_route(config, settings, i);
	}
	config_read_group(config, "spending", spending_options,
	    COUNT_OF(spending_options), &settings->spending);
	if (settings->spending.spend_cap != NULL)
		check_spending(config, settings);
	for (size_t i = 0; i < settings->line_count; i++)
		check_line(config, settings, i);
}

void
settings_routes_free(struct settings *settings)
{
	for (size_t i = 0; i < settings->route_count; i++)
		config_free_values(route_options, COUNT_OF(route_options),
		    &settings->routes[i]);
	free(settings->routes);
	config_free_values(
	    spending_options, COUNT_OF(spending_options), &settings->spending);
}
