/* The form that sets one fact of a case: a list of values to choose from, or a
 * field with an example where the standard has none. */
#include "gateway/desk/web_fact_form.h"

#include "gateway/base/marked_words.h"
#include "gateway/desk/web_case.h"
#include "gateway/desk/web_frame.h"

static void
say_one(struct page *page, const struct htcds_field *field, const char *value,
    size_t length)
{
	const char *words = htcds_value_words(field, value);
	struct text as_it_is = { 0 };

	if (words != NULL) {
		page_say(page, words);
		return;
	}
	text_add_bytes(&as_it_is, value, length);
	page_raw(page, "<bdi lang=\"en\">");
	page_text(page, text_string(&as_it_is));
	page_raw(page, "</bdi>");
	text_free(&as_it_is);
}

void
web_fact_say_value(
    struct page *page, const struct htcds_field *field, const char *value)
{
	if (field->kind == HTCDS_CHECKBOX) {
		page_say(page,
		    strcmp(value, "TRUE") == 0 ? WORDS("yes") : WORDS("no"));
		return;
	}
	for (const char *at = value; *at != '\0';) {
		size_t has = strcspn(at, ";\n");

		say_one(page, field, at, has);
		at += has;
		if (*at == '\n')
			return;
		if (*at == ';') {
			page_say(page, ", ");
			at++;
		}
	}
}

static void
add_choice(struct page *page, const struct htcds_field *field,
    const char *value, int is_set)
{
	int is_some = field->kind == HTCDS_PICK_SOME;
	struct text id = { 0 };

	text_printf(&id, "value-%s", value);
	page_raw(page, "<p class=\"field check\"><input");
	page_attr(page, "type", is_some ? "checkbox" : "radio");
	page_raw(page, " name=\"value\"");
	page_attr(page, "id", id.bytes);
	page_attr(page, "value", value);
	if (is_set)
		page_raw(page, " checked");
	if (!is_some)
		page_raw(page, " required");
	page_raw(page, "><label");
	page_attr(page, "for", id.bytes);
	page_raw(page, ">");
	web_fact_say_value(page, field, value);
	page_raw(page, "</label></p>\n");
	text_free(&id);
}

/* 1 when `value` stands among those between semicolons. */
static int
is_among(const char *set, const char *value, size_t length)
{
	for (const char *at = set; *at != '\0';) {
		size_t has = strcspn(at, ";");

		if (has == length && strncmp(at, value, length) == 0)
			return (1);
		at += has + (at[has] == ';');
	}
	return (0);
}

static void
add_choices(struct page *page, const struct htcds_field *field, const char *set)
{
	const char *values =
	    field->values != NULL ? field->values : "TRUE\nFALSE";

	page_raw(page, "<fieldset><legend class=\"hidden\">");
	page_say(page, field->label);
	page_raw(page, "</legend>\n");
	for (const char *at = values; *at != '\0';) {
		size_t has = strcspn(at, "\n");
		struct text value = { 0 };

		text_add_bytes(&value, at, has);
		add_choice(page, field, value.bytes, is_among(set, at, has));
		text_free(&value);
		at += has + (at[has] == '\n');
	}
	page_raw(page, "</fieldset>\n");
}

/* What may stand in a field without a list; English. */
static const char *
hint_of(enum htcds_kind kind)
{
	static const char *const hints[] = {
		[HTCDS_PICK] = NULL,
		[HTCDS_PICK_SOME] = NULL,
		[HTCDS_CHECKBOX] = NULL,
		[HTCDS_DATE] = WORDS("A date, such as 2026-11-21."),
		[HTCDS_LANGUAGE] = WORDS("The letters of ISO 639 for a"
					 " language, such as nep."),
		[HTCDS_COUNTRY] = WORDS("The two letters of ISO 3166 for a"
					" country, such as NP."),
		[HTCDS_COUNTRIES] = WORDS("The two letters of ISO 3166 for"
					  " each country, such as NP;IN."),
	};

	return (hints[kind]);
}

static void
add_value(
    struct web_visit *visit, const struct htcds_field *field, const char *set)
{
	const struct web_input input = { .name = "value",
		.label = field->label,
		.hint = hint_of(field->kind),
		.value = set,
		.type = field->kind == HTCDS_DATE ? "date" : "text",
		.is_required = 1 };

	if (input.hint != NULL)
		web_input(visit, &input);
	else
		add_choices(&visit->page, field, set);
}

static void
open_form(
    struct web_visit *visit, const struct htcds_field *field, const char *label)
{
	struct text path = { 0 };

	web_case_path(visit, "/facts", &path);
	web_form_open(visit, path.bytes, label);
	web_hidden(visit, "field", field->name);
	text_free(&path);
}

void
web_fact_add_form(
    struct web_visit *visit, const struct htcds_field *field, const char *set)
{
	struct page *page = &visit->page;

	page_raw(page, "<section class=\"act next\" id=\"set\"><h2>");
	page_say(page, field->label);
	page_raw(page, "</h2><p class=\"hint\">");
	page_say(page, htcds_group(field));
	page_raw(page, " · <span lang=\"en\">");
	page_text(page, field->name);
	page_raw(page, "</span></p>\n");
	open_form(visit, field, WORDS("Set a fact"));
	add_value(visit, field, set);
	page_raw(page, "<p>");
	web_button(visit, "Keep this fact", "main");
	page_raw(page, "</p>");
	web_form_close(visit);
	if (set[0] != '\0') {
		open_form(visit, field, WORDS("Take a fact away"));
		web_hidden(visit, "away", "1");
		page_raw(page, "<p>");
		web_button(visit, "Take this fact away", "quiet");
		page_raw(page, "</p>");
		web_form_close(visit);
	}
	page_raw(page, "</section>\n");
}
