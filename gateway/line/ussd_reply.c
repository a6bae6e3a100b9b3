#include "gateway/line/ussd_reply.h"

#include "gateway/base/json.h"
#include "gateway/line/ussd_xml.h"
#include "gateway/text/gsm0338.h"

/* -- JSON ------------------------------------------------------------------- */

static int
is_of_page(const struct ussd_reply_field *field)
{
	return (strcmp(field->says, "page") == 0 ||
	    strcmp(field->says, "more") == 0 ||
	    strcmp(field->says, "over") == 0);
}

static void
put_field(struct json *json, const struct ussd_reply_field *field,
    const struct ussd_fields *fields, const struct ussd_page *page)
{
	int64_t number = 0;

	if (page->words == NULL && is_of_page(field))
		return;
	if (strcmp(field->says, "page") == 0)
		json_string(json, field->name, page->words);
	else if (strcmp(field->says, "more") == 0)
		json_boolean(json, field->name, !page->is_last);
	else if (strcmp(field->says, "over") == 0)
		json_boolean(json, field->name, page->is_last);
	else if (strcmp(field->says, "words") == 0)
		json_string(json, field->name, field->value);
	else if (strcmp(field->says, "word") == 0)
		json_string(json, field->name,
		    page->is_last ? field->end : field->more);
	else if (strcmp(field->says, "echo") == 0)
		json_string(
		    json, field->name, ussd_fields_get(fields, field->value));
	else if (text_read_integer(field->value, INT64_MIN, INT64_MAX, &number))
		json_integer(json, field->name, number);
}

static void
reply_in_json(const struct ussd_profile *profile,
    const struct ussd_fields *fields, const struct ussd_page *page,
    struct text *body)
{
	struct json json = { 0 };

	json_open_object(&json, NULL);
	for (size_t i = 0; i < profile->reply_field_count; i++)
		put_field(&json, &profile->reply_fields[i], fields, page);
	json_close_object(&json);
	text_add(body, text_string(&json.text));
	json_free(&json);
}

/* -- templates -------------------------------------------------------------- */

enum { CODING_GSM = 15, CODING_UCS2 = 72 };

static void
add_kept(const struct ussd_profile *profile, const struct ussd_fields *fields,
    struct text *body)
{
	struct text kept = { 0 };

	ussd_profile_keep(profile, fields, &kept);
	ussd_xml_add_value(body, text_string(&kept));
	text_free(&kept);
}

/* What a template is filled with. */
struct filling {
	const struct ussd_profile *profile;
	const struct ussd_fields *fields;
	const char *words;
};

/* What stands for {NAME}. */
static void
add_named(const struct filling *filling, const char *name, struct text *body)
{
	const char *words = filling->words;

	if (strcmp(name, "page") == 0)
		ussd_xml_add_value(body, words);
	else if (strcmp(name, "line") == 0)
		text_add_byte(body, '\n');
	else if (strcmp(name, "coding") == 0)
		text_printf(body, "%d",
		    gsm0338_count(words) >= 0 ? CODING_GSM : CODING_UCS2);
	else if (strcmp(name, "kept") == 0)
		add_kept(filling->profile, filling->fields, body);
	else
		ussd_xml_add_value(
		    body, ussd_fields_get(filling->fields, name));
}

static void
fill_in(const char *template, const struct filling *filling, struct text *body)
{
	const char *at = template;

	while (*at != '\0') {
		size_t plain = strcspn(at, "{");
		size_t length = strcspn(at + plain, "}");
		struct text name = { 0 };

		text_add_bytes(body, at, plain);
		at += plain;
		if (*at == '\0' || at[length] != '}')
			break;
		text_add_bytes(&name, at + 1, length - 1);
		add_named(filling, text_string(&name), body);
		text_free(&name);
		at += length + 1;
	}
}

static void
reply_by_template(const struct ussd_profile *profile,
    const struct ussd_fields *fields, const struct ussd_page *page,
    struct text *body)
{
	const struct filling filling = { profile, fields,
		page->words != NULL ? page->words : "" };

	if (page->words == NULL)
		fill_in(profile->template_over, &filling, body);
	else
		fill_in(page->is_last ? profile->template_end
				      : profile->template_more,
		    &filling, body);
}

/* -- any -------------------------------------------------------------------- */

void
ussd_reply_make(const struct ussd_profile *profile,
    const struct ussd_fields *fields, const struct ussd_page *page,
    struct ussd_reply *reply_r)
{
	*reply_r = (struct ussd_reply){
		.content_type = "text/plain; charset=utf-8",
		.header = "",
		.header_value = "",
	};
	if (strcmp(profile->reply, "json") == 0) {
		reply_r->content_type = "application/json";
		reply_in_json(profile, fields, page, &reply_r->body);
	} else if (strcmp(profile->reply, "template") == 0) {
		reply_r->content_type = profile->content_type;
		reply_by_template(profile, fields, page, &reply_r->body);
	} else if (page->words != NULL &&
	    strcmp(profile->reply, "header") == 0) {
		reply_r->header = profile->header;
		reply_r->header_value =
		    page->is_last ? profile->header_end : profile->header_more;
		text_add(&reply_r->body, page->words);
	} else if (page->words != NULL) {
		text_add(&reply_r->body, page->is_last ? "END " : "CON ");
		text_add(&reply_r->body, page->words);
	}
}
