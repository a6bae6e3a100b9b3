/* What `waymark export trends` prints and draws. */
#include "gateway/desk/cli_export_trends.h"
#include "gateway/base/command.h"
#include "gateway/base/file.h"
#include "gateway/base/json.h"
#include "gateway/desk/cli.h"
#include "gateway/desk/markup.h"

/* The terminal speaks English. */
static const struct page english = { 0 };

void
cli_trends_print(const struct trends *trends, struct text *out)
{
	for (size_t i = 0; i < trends->count; i++) {
		const struct trend *trend = &trends->items[i];

		text_add(out, i > 0 ? "\n" : "");
		trend_title(&english, trend, out);
		text_add_byte(out, '\n');
		trend_sentences(&english, trend, out);
		text_add(out, "\n\n");
		trend_text_table(&english, trend, out);
	}
}

/* One picture: the plots one below the other. */
static void
draw_trends(const struct trends *trends, struct text *svg)
{
	enum { WIDTH = 720, STEP = 260, TITLE = 20 };

	text_printf(svg,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\""
	    " height=\"%zu\" viewBox=\"0 0 %d %zu\" color=\"black\""
	    " font-family=\"sans-serif\">\n",
	    (int)WIDTH, trends->count * STEP, (int)WIDTH, trends->count * STEP);
	for (size_t i = 0; i < trends->count; i++) {
		struct text title = { 0 };
		char id[32];

		trend_title(&english, &trends->items[i], &title);
		snprintf(id, sizeof(id), "trend-%zu", i + 1);
		text_printf(svg, "<text x=\"8\" y=\"%zu\" font-size=\"15\">",
		    i * STEP + TITLE);
		markup_add(svg, title.bytes);
		text_printf(svg,
		    "</text>\n<svg y=\"%zu\" width=\"%d\" height=\"220\">\n",
		    i * STEP + TITLE, (int)WIDTH);
		trend_svg(&english, &trends->items[i], id, svg);
		text_add(svg, "</svg>\n");
		text_free(&title);
	}
	text_add(svg, "</svg>\n");
}

int
cli_trends_draw(const struct trends *trends, const char *path)
{
	struct text svg = { 0 };
	enum outcome outcome;

	draw_trends(trends, &svg);
	outcome = file_write(path, 0644, svg.bytes, svg.length);
	text_free(&svg);
	if (outcome != DONE)
		return (cli_failed("export", "cannot write '%s'", path));
	fprintf(stderr, "%s: made\n", path);
	return (EXIT_DONE);
}

static void
add_week_json(const struct trend_week *week, struct json *json)
{
	struct text count = { 0 };

	trend_add_count(&english, week->count, &count);
	json_open_object(json, NULL);
	json_string(json, "week", week->week.text);
	json_string(json, "count", count.bytes);
	json_boolean(json, "stands_out", week->stands_out);
	json_boolean(json, "is_running", week->is_running);
	json_close_object(json);
	text_free(&count);
}

void
cli_trends_print_json(const struct trends *trends, struct text *out)
{
	struct json json = { 0 };

	json_open_array(&json, NULL);
	for (size_t i = 0; i < trends->count; i++) {
		const struct trend *trend = &trends->items[i];

		json_open_object(&json, NULL);
		json_string(&json, "what", tally_what_name(trend->what));
		json_string(&json, "corridor", trend->corridor);
		json_string(&json, "word",
		    trend->first[0] != '\0' ? trend->first : NULL);
		json_open_array(&json, "weeks");
		for (size_t k = 0; k < trend->week_count; k++)
			add_week_json(&trend->weeks[k], &json);
		json_close_array(&json);
		json_close_object(&json);
	}
	json_close_array(&json);
	text_add_bytes(out, text_string(&json.text), json.text.length);
	text_add_byte(out, '\n');
	json_free(&json);
}
