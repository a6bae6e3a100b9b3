#include "gateway/line/ussd_xml.h"

#include <expat.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	XML_Parser parser;
	struct ussd_fields *fields;
	int depth;
	int is_refused;
};

static void
refuse(struct reading *reading)
{
	reading->is_refused = 1;
	XML_StopParser(reading->parser, XML_FALSE);
}

static void XMLCALL
begin_element(void *context, const XML_Char *element, const XML_Char **pairs)
{
	struct reading *reading = context;
	struct text name = { 0 };

	if (++reading->depth > USSD_XML_DEPTH_MOST) {
		refuse(reading);
		return;
	}
	for (size_t i = 0; pairs[i] != NULL && !reading->is_refused; i += 2) {
		text_clear(&name);
		text_printf(&name, "%s.%s", element, pairs[i]);
		if (ussd_fields_add(reading->fields, text_string(&name),
			pairs[i + 1], strlen(pairs[i + 1])) != DONE)
			refuse(reading);
	}
	text_free(&name);
}

static void XMLCALL
end_element(void *context, const XML_Char *element)
{
	struct reading *reading = context;

	(void)element;
	reading->depth--;
}

static void XMLCALL
begin_doctype(void *context, const XML_Char *name, const XML_Char *system_id,
    const XML_Char *public_id, int has_internal_subset)
{
	(void)name;
	(void)system_id;
	(void)public_id;
	(void)has_internal_subset;
	refuse(context);
}

enum outcome
ussd_fields_add_xml(
    struct ussd_fields *fields, const char *bytes, size_t length)
{
	struct reading reading = { .parser = XML_ParserCreate(NULL),
		.fields = fields };
	int is_read;

	if (reading.parser == NULL)
		abort();
	XML_SetUserData(reading.parser, &reading);
	XML_SetElementHandler(reading.parser, begin_element, end_element);
	XML_SetStartDoctypeDeclHandler(reading.parser, begin_doctype);
	is_read = length <= INT_MAX &&
	    XML_Parse(reading.parser, bytes, (int)length, 1) == XML_STATUS_OK;
	XML_ParserFree(reading.parser);
	return (is_read && !reading.is_refused ? DONE : REFUSED);
}

void
ussd_xml_add_value(struct text *out, const char *value)
{
	static const struct {
		char sign;
		const char *code;
	} codes[] = {
		{ '&', "&amp;" },
		{ '<', "&lt;" },
		{ '>', "&gt;" },
		{ '"', "&quot;" },
		{ '\'', "&apos;" },
		{ '\n', "&#10;" },
		{ '\t', "&#9;" },
	};

	for (; *value != '\0'; value++) {
		size_t i = 0;

		while (i < COUNT_OF(codes) && codes[i].sign != *value)
			i++;
		if (i < COUNT_OF(codes))
			text_add(out, codes[i].code);
		else
			text_add_byte(out, *value);
	}
}
