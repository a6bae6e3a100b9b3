#include "gateway/desk/web_language.h"

#include <strings.h>

#include "gateway/desk/web_frame.h"
#include "locales/catalog.h"

/* What a language is called by those who read it. */
static const struct {
	const char *tag;
	const char *name;
} own_names[] = {
	{ "en", "English" },
	{ "ne", "नेपाली" },
	{ "ar", "العربية" },
	{ "am", "አማርኛ" },
	{ "bn", "বাংলা" },
	{ "hi", "हिन्दी" },
	{ "id", "Bahasa Indonesia" },
	{ "my", "မြန်မာ" },
	{ "om", "Afaan Oromoo" },
	{ "sw", "Kiswahili" },
	{ "uk", "Українська" },
};

static const char *
own_name(const char *tag)
{
	for (size_t i = 0; i < COUNT_OF(own_names); i++) {
		if (strcmp(own_names[i].tag, tag) == 0)
			return (own_names[i].name);
	}
	return (tag);
}

/* The catalog's tag for the first `length` signs of what was asked for:
 * itself, or for "ne-NP" its first part; NULL when there is none. */
static const char *
find_tag(const struct catalog *catalog, const char *asked, size_t length)
{
	for (size_t i = 0; i < catalog_language_count(catalog); i++) {
		const char *tag = catalog_language_at(catalog, i)->tag;

		if (strlen(tag) <= length &&
		    strncasecmp(tag, asked, strlen(tag)) == 0 &&
		    (strlen(tag) == length || asked[strlen(tag)] == '-'))
			return (tag);
	}
	return (NULL);
}

/* "ne-NP, en;q=0.8": browsers list them in the order of their owner's wish,
 * so the weights need not be read. */
static const char *
first_accepted(const struct catalog *catalog, const char *accepted)
{
	while (*accepted != '\0') {
		size_t length;
		const char *tag;

		accepted += strspn(accepted, " ,");
		length = strcspn(accepted, " ,;");
		tag = find_tag(catalog, accepted, length);
		if (tag != NULL)
			return (tag);
		accepted += strcspn(accepted, ",");
	}
	return (NULL);
}

const char *
web_language_choose(const struct web *web, const struct web_request *request)
{
	const char *tag = NULL;

	if (request->language != NULL)
		tag = find_tag(
		    web->catalog, request->language, strlen(request->language));
	if (tag == NULL && request->accept_language != NULL)
		tag = first_accepted(web->catalog, request->accept_language);
	if (tag == NULL)
		tag = find_tag(web->catalog, web->settings.desk.language,
		    strlen(web->settings.desk.language));
	return (tag != NULL ? tag : "en");
}

const char *
web_language_direction(const struct page *page)
{
	const struct catalog_language *language = page->catalog != NULL
	    ? catalog_find_language(page->catalog, page->language)
	    : NULL;

	if (language == NULL)
		return ("ltr");
	return (strcmp(language->script, "Arab") == 0 ||
		    strcmp(language->script, "Hebr") == 0
		? "rtl"
		: "ltr");
}

void
web_language_add_choice(struct web_visit *visit)
{
	struct page *page = &visit->page;
	const struct catalog *catalog = visit->web->catalog;

	if (catalog_language_count(catalog) < 2)
		return;
	web_form_open(visit, "/language", "Language");
	page_raw(page, "<p class=\"languages\">");
	for (size_t i = 0; i < catalog_language_count(catalog); i++) {
		const char *tag = catalog_language_at(catalog, i)->tag;

		page_raw(page, "<button name=\"language\" class=\"quiet\"");
		page_attr(page, "value", tag);
		page_attr(page, "lang", tag);
		if (strcmp(tag, page->language) == 0)
			page_raw(page, " aria-pressed=\"true\"");
		page_raw(page, ">");
		page_text(page, own_name(tag));
		page_raw(page, "</button> ");
	}
	page_raw(page, "</p>");
	web_form_close(visit);
}

void
web_language_set(struct web_visit *visit)
{
	const char *asked = web_given(visit, "language");
	const char *tag = find_tag(visit->web->catalog, asked, strlen(asked));

	if (tag != NULL)
		text_printf(&visit->answer->language_cookie,
		    "__Host-language=%s; Path=/; Secure; HttpOnly;"
		    " SameSite=Strict; Max-Age=31536000",
		    tag);
	web_go(visit, visit->session != NULL ? "/account" : "/sign-in");
}
