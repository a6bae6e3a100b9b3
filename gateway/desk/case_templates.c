#include "gateway/desk/case_templates.h"

#include "gateway/base/memory.h"
#include "gateway/desk/case_errand.h"

static struct case_template
fill(const struct errand *errand, const struct menus *menus,
    const struct reply_template *reply)
{
	struct reply_names names = {
		.ref = errand->request.ref,
		.name = errand->worker->staff->name,
	};
	const char *language = errand->request.language;
	struct case_template one = { .id = reply->id };
	struct text text = { 0 };
	struct text english = { 0 };

	one.is_translated =
	    reply_template_say(menus, reply, language, &names, &text) ||
	    strcmp(language, "en") == 0;
	(void)reply_template_say(menus, reply, "en", &names, &english);
	one.text = text_take(&text);
	one.english = text_take(&english);
	one.cost = cases_cost(errand->worker->rules, one.text);
	return (one);
}

static void
fill_all(const struct errand *errand, const struct menus *menus,
    struct case_template_list *list)
{
	const struct reply_templates *replies = menus_reply_templates(menus);

	list->items = memory_new(replies->count + 1, sizeof(*list->items));
	for (size_t i = 0; i < replies->count; i++)
		list->items[list->count++] =
		    fill(errand, menus, &replies->list[i]);
}

enum outcome
cases_templates(struct errand *errand, const struct menus *menus,
    struct case_template_list *list_r)
{
	struct case_template_list list = { 0 };
	enum outcome outcome = case_errand_begin(errand);

	if (outcome != DONE)
		return (outcome);
	outcome = case_errand_end(errand, case_check_is_kept(errand));
	if (outcome != DONE)
		return (outcome);
	fill_all(errand, menus, &list);
	*list_r = list;
	return (DONE);
}

void
case_templates_free(struct case_template_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		free(list->items[i].text);
		free(list->items[i].english);
	}
	free(list->items);
	*list = (struct case_template_list){ 0 };
}
