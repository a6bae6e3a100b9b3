/* Ready-made texts below the reply: a link each that puts one into the
 * form. */
#include "gateway/desk/case_templates.h"
#include "gateway/desk/web_case_parts.h"

#include "gateway/base/memory.h"
#include "gateway/desk/web_frame.h"

/* The menus are read when a case first needs them, and kept. */
static const struct menus *
menus_of(struct web *web)
{
	if (web->menus == NULL && !web->menus_failed &&
	    menus_load(web->settings.menus_path, web->settings.locales_path,
		&web->menus) != DONE)
		web->menus_failed = 1;
	return (web->menus);
}

MUST_USE static enum outcome
read_templates(struct web_visit *visit, struct case_template_list *list)
{
	const struct menus *menus = menus_of(visit->web);
	struct errand errand = web_case_errand(visit);

	if (menus == NULL)
		return (NOTHING);
	return (cases_templates(&errand, menus, list));
}

static void
add_template(
    struct web_visit *visit, const struct case_template *one, const char *lang)
{
	struct page *page = &visit->page;
	struct text path = { 0 };
	char parts[16];

	web_case_path(visit, "?", &path);
	page_add_query(&path, "use", one->id);
	text_add(&path, "#reply");
	snprintf(parts, sizeof(parts), "%u", one->cost.parts);
	page_raw(page, "<li><div class=\"bubble\">");
	page_words_of_people(page, one->is_translated ? lang : "en", one->text);
	page_raw(page, "</div>");
	if (one->is_translated && strcmp(one->text, one->english) != 0) {
		page_raw(page, "<p class=\"hint\" lang=\"en\">");
		page_text(page, one->english);
		page_raw(page, "</p>");
	}
	page_raw(page, "<p><a");
	page_url(page, "href", path.bytes);
	page_raw(page, ">");
	page_say(page, "Use this text");
	page_raw(page, "</a> <span class=\"hint\">");
	page_say_one(page, "Parts: {count}.", "count", parts);
	page_raw(page, "</span></p></li>\n");
	text_free(&path);
}

void
web_case_add_templates(struct web_visit *visit, const struct case_sheet *sheet)
{
	struct case_template_list list = { 0 };
	struct page *page = &visit->page;

	if (read_templates(visit, &list) != DONE || list.count == 0)
		return;
	page_raw(
	    page, "<details class=\"templates\" id=\"templates\"><summary>");
	page_say(page, "Ready-made texts");
	page_raw(page, "</summary><ul>\n");
	for (size_t i = 0; i < list.count; i++)
		add_template(visit, &list.items[i], sheet->request.language);
	page_raw(page, "</ul></details>\n");
	case_templates_free(&list);
}

char *
web_case_chosen_template(struct web_visit *visit)
{
	const char *id = form_value(&visit->request->query, "use");
	struct case_template_list list = { 0 };
	char *text = NULL;

	if (id == NULL || read_templates(visit, &list) != DONE)
		return (NULL);
	for (size_t i = 0; i < list.count && text == NULL; i++) {
		if (strcmp(list.items[i].id, id) == 0)
			text = memory_copy(list.items[i].text);
	}
	case_templates_free(&list);
	return (text);
}
