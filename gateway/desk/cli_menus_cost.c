/* waymark menus cost: what conversations cost the helpline, and how often the
 * caller must text. */
#include <stdarg.h>

#include "gateway/base/clock.h"
#include "gateway/base/json.h"
#include "gateway/base/memory.h"
#include "gateway/base/money.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/cli_menus.h"
#include "menus/menu_cost.h"
#include "menus/screen_targets.h"

enum {
	WANTS_SCREENS = 1 << 0,
	WANTS_JSON = 1 << 1,
};

struct wish {
	struct menus_asked asked;
	const char *corridor;
	const char *language;
	const char *currency;
	const char *price_words;
	struct money price;
	unsigned given;
};

/* One corridor in one language, priced. */
struct priced {
	struct cost_question question;
	struct cost_routes routes;
};

struct pricing {
	const struct wish *wish;
	const struct corridor *corridor;
	struct priced *list; /* a language each */
	size_t count;
};

static void
price_corridor(const struct menus *menus, struct pricing *pricing)
{
	const struct corridor *corridor = pricing->corridor;

	pricing->list =
	    memory_new(corridor->language_count, sizeof(*pricing->list));
	for (size_t i = 0; i < corridor->language_count; i++) {
		const char *language = corridor->languages[i];
		struct priced *priced = &pricing->list[pricing->count];

		if (pricing->wish->language != NULL &&
		    strcmp(pricing->wish->language, language) != 0)
			continue;
		priced->question = (struct cost_question){ menus, corridor,
			language, clock_utc_s() };
		cost_find_routes(&priced->question, &priced->routes);
		pricing->count++;
	}
}

static void
pricing_free(struct pricing *pricing)
{
	for (size_t i = 0; i < pricing->count; i++)
		cost_routes_free(&pricing->list[i].routes);
	free(pricing->list);
}

static const char *
name_of_route(const struct cost_route *route)
{
	return (route->to == NULL ? "HELP" : route->to->id);
}

/* -- for people ------------------------------------------------------------- */

static void __attribute__((format(printf, 2, 3)))
add_cell(struct cli_table *table, const char *format, ...)
{
	va_list arguments;
	char *made = NULL;

	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		abort();
	va_end(arguments);
	cli_table_add(table, made);
	free(made);
}

static void
add_heading(struct cli_table *table, const char *const *words)
{
	for (size_t i = 0; i < table->columns; i++)
		cli_table_add(table, words[i]);
}

static void
add_way(struct cli_table *table, const struct wish *wish,
    const struct cost_way *way)
{
	add_cell(table, "%u", way->texts);
	add_cell(table, "%u", way->parts);
	add_cell(table, "%s", money_times(&wish->price, way->parts).text);
}

/* All languages of one place together: that is what one compares. */
static void
add_routes(const struct pricing *pricing, struct text *out)
{
	static const char *const heading[] = { "LEADS TO", "LANGUAGE", "WAYS",
		"TEXTS", "PARTS", "LEAST", "TEXTS", "PARTS", "MOST" };
	struct cli_table table = { .columns = COUNT_OF(heading) };
	size_t count = pricing->count > 0 ? pricing->list[0].routes.count : 0;

	add_heading(&table, heading);
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < pricing->count; k++) {
			const struct priced *priced = &pricing->list[k];
			const struct cost_route *route =
			    &priced->routes.list[i];

			add_cell(
			    &table, "%s", k == 0 ? name_of_route(route) : "");
			add_cell(&table, "%s", priced->question.language);
			add_cell(&table, "%zu", route->ways);
			add_way(&table, pricing->wish, &route->cheapest);
			add_way(&table, pricing->wish, &route->dearest);
		}
	}
	cli_table_print(&table, out);
	cli_table_free(&table);
}

static void
add_screen_row(struct cli_table *table, const struct pricing *pricing,
    const struct screen *screen)
{
	for (size_t k = 0; k < pricing->count; k++) {
		const struct priced *priced = &pricing->list[k];
		struct cost_text cost =
		    cost_of_screen(&priced->question, screen);

		add_cell(table, "%s", k == 0 ? screen->id : "");
		add_cell(table, "%s", k == 0 ? screen_kind_name(screen) : "");
		add_cell(table, "%s", priced->question.language);
		add_cell(table, "%u %s", cost.units,
		    cost.is_gsm ? "letters" : "wide letters");
		add_cell(table, "%u", cost.parts);
		add_cell(table, "%s",
		    money_times(&pricing->wish->price, cost.parts).text);
	}
}

static void
add_screens(const struct pricing *pricing, struct text *out)
{
	static const char *const heading[] = { "SCREEN", "KIND", "LANGUAGE",
		"LENGTH", "PARTS", "MONEY" };
	struct cli_table table = { .columns = COUNT_OF(heading) };

	add_heading(&table, heading);
	for (size_t i = 0; i < pricing->corridor->screen_count; i++) {
		const struct screen *screen = &pricing->corridor->screens[i];

		if (screen->text[0] != '\0')
			add_screen_row(&table, pricing, screen);
	}
	cli_table_print(&table, out);
	cli_table_free(&table);
}

static void
add_text(const struct pricing *pricing, struct text *out)
{
	const struct wish *wish = pricing->wish;
	int is_cut = 0;

	text_printf(out, "%s%s: %s%s%s an SMS part\n",
	    out->length > 0 ? "\n" : "", pricing->corridor->id,
	    money_times(&wish->price, 1).text,
	    wish->currency[0] != '\0' ? " " : "", wish->currency);
	if (wish->given & WANTS_SCREENS) {
		add_screens(pricing, out);
		return;
	}
	text_add(out,
	    "TEXTS are the caller's, PARTS are ours; LEAST is the cheapest way"
	    " there, MOST the dearest\n\n");
	add_routes(pricing, out);
	for (size_t i = 0; i < pricing->count; i++)
		is_cut |= pricing->list[i].routes.is_cut;
	if (is_cut)
		text_add(out,
		    "There are too many ways to follow all; the dearest may"
		    " cost more.\n");
}

/* -- for programs ----------------------------------------------------------- */

static void
add_way_json(struct json *json, const char *name, const struct wish *wish,
    const struct cost_way *way)
{
	json_open_object(json, name);
	json_integer(json, "texts", way->texts);
	json_integer(json, "parts", way->parts);
	json_string(json, "money", money_times(&wish->price, way->parts).text);
	json_close_object(json);
}

static void
add_route_json(struct json *json, const struct wish *wish,
    const struct priced *priced, const struct cost_route *route)
{
	json_open_object(json, NULL);
	json_string(json, "to", name_of_route(route));
	json_string(json, "language", priced->question.language);
	json_integer(json, "ways", (int64_t)route->ways);
	add_way_json(json, "cheapest", wish, &route->cheapest);
	add_way_json(json, "dearest", wish, &route->dearest);
	json_open_array(json, "dearest_way");
	for (size_t i = 0; i < route->step_count; i++)
		json_string(json, NULL, route->steps[i]->id);
	json_close_array(json);
	json_close_object(json);
}

static void
add_screens_json(struct json *json, const struct pricing *pricing)
{
	const struct priced *priced = pricing->list;

	json_open_array(json, "screens");
	for (size_t k = 0; k < pricing->count; k++, priced++) {
		for (size_t i = 0; i < pricing->corridor->screen_count; i++) {
			const struct screen *screen =
			    &pricing->corridor->screens[i];
			struct cost_text cost =
			    cost_of_screen(&priced->question, screen);

			if (cost.parts == 0)
				continue;
			json_open_object(json, NULL);
			json_string(json, "screen", screen->id);
			json_string(
			    json, "language", priced->question.language);
			json_integer(json, "units", cost.units);
			json_integer(json, "parts", cost.parts);
			json_close_object(json);
		}
	}
	json_close_array(json);
}

static void
add_json(struct json *json, const struct pricing *pricing)
{
	const struct wish *wish = pricing->wish;

	json_open_object(json, NULL);
	json_string(json, "corridor", pricing->corridor->id);
	json_string(json, "price", money_times(&wish->price, 1).text);
	json_string(json, "currency",
	    wish->currency[0] != '\0' ? wish->currency : NULL);
	json_open_array(json, "ways");
	for (size_t k = 0; k < pricing->count; k++) {
		const struct priced *priced = &pricing->list[k];

		for (size_t i = 0; i < priced->routes.count; i++)
			add_route_json(
			    json, wish, priced, &priced->routes.list[i]);
	}
	json_close_array(json);
	add_screens_json(json, pricing);
	json_close_object(json);
}

/* -- the command line ------------------------------------------------------- */

static const struct cli_field fields[] = {
	MENUS_FIELDS(struct wish),
	CLI_WORD("corridor", 0, 0, struct wish, corridor),
	CLI_WORD("language", 0, 0, struct wish, language),
	CLI_WORD("price", 0, 0, struct wish, price_words),
	CLI_WORD("currency", 0, 0, struct wish, currency),
	CLI_FLAG("screens", WANTS_SCREENS),
	CLI_FLAG("json", WANTS_JSON),
};

static int
price_menus(const struct wish *wish, const struct menus *menus)
{
	struct json json = { 0 };
	struct text out = { 0 };
	size_t found = 0;

	json_open_array(&json, NULL);
	for (size_t i = 0; i < menus_corridor_count(menus); i++) {
		struct pricing pricing = { .wish = wish,
			.corridor = menus_corridor_at(menus, i) };

		if (wish->corridor != NULL &&
		    strcmp(wish->corridor, pricing.corridor->id) != 0)
			continue;
		price_corridor(menus, &pricing);
		if (pricing.count > 0 && (wish->given & WANTS_JSON))
			add_json(&json, &pricing);
		else if (pricing.count > 0)
			add_text(&pricing, &out);
		found += pricing.count > 0;
		pricing_free(&pricing);
	}
	json_close_array(&json);
	if (wish->given & WANTS_JSON)
		text_printf(&out, "%s\n", text_string(&json.text));
	json_free(&json);
	if (found == 0)
		return (EXIT_NOTHING_FOUND);
	return (cli_put("menus cost", &out));
}

static int
run(int argc, char **argv)
{
	struct wish wish = { .currency = "" };
	const struct cli_line line = { .command = &menus_command_cost,
		.fields = fields,
		.field_count = COUNT_OF(fields),
		.into = &wish,
		.given = &wish.given };
	struct menus *menus = NULL;
	int status = cli_read_fields_alone(&line, argc, argv);

	if (status != EXIT_DONE)
		return (status);
	if (wish.price_words == NULL)
		return (command_wrong_use(&menus_command_cost,
		    "say what one SMS part costs, with --price"));
	if (!money_read(wish.price_words, &wish.price))
		return (command_wrong_use(&menus_command_cost,
		    "'%s' is not a price such as 4 or 0.035",
		    wish.price_words));
	if (menus_load_asked(&wish.asked, &menus) != DONE)
		return (EXIT_FAILED);
	status = EXIT_NOTHING_FOUND;
	if ((wish.corridor == NULL ||
		menus_choose_corridor(
		    &menus_command_cost, menus, wish.corridor) != NULL) &&
	    menus_has_language(&menus_command_cost, menus, wish.language))
		status = price_menus(&wish, menus);
	menus_free(menus);
	return (status);
}

const struct command menus_command_cost = {
	.name = "menus cost",
	.summary = "parts and money of every conversation, by language",
	.usage =
	    "Usage: waymark menus cost --price PRICE [--currency WORD]"
	    " [--corridor ID]\n"
	    "                          [--language TAG] [--screens]"
	    " [--json]\n"
	    "\n"
	    "What it costs to lead a caller from the first text to each place"
	    " where a\n"
	    "conversation ends, to a help request, and to a person by the word"
	    " HELP: how often\n"
	    "the caller texts, how many SMS parts we send, and the money; on"
	    " the cheapest way\n"
	    "and on the dearest, in every language.\n"
	    "\n"
	    "  --price PRICE       of one SMS part: 4, 0.035\n"
	    "  --currency WORD     NPR, for example; only shown\n"
	    "  --corridor ID       this one only\n"
	    "  --language TAG      this one only\n"
	    "  --screens           each screen by itself instead\n"
	    "  --json              both, for programs\n" MENUS_OPTIONS_USAGE
	    "\n"
	    "Exit status: 0 done, 1 the menus are wrong, 2 wrong use, 3 no"
	    " such corridor or\n"
	    "language.\n",
	.run = run,
};
