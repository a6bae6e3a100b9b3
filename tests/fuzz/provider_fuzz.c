/* What a provider of USSD sends: JSON, XML, and all answers in one text. */
#include "gateway/line/ussd_profile.h"
#include "gateway/line/ussd_xml.h"
#include "gateway/text/phone_wire.h"
#include "tests/fuzz/target.h"

static const struct ussd_profile keeper = {
	.keeps = (char[]){ "a msisdn.number b" },
};

static void
one(const uint8_t *octets, size_t length)
{
	struct ussd_fields fields = { 0 };
	struct phone_line line;
	struct text text = { 0 };

	if (ussd_fields_add_json(&fields, (const char *)octets, length) == DONE)
		ussd_typed(ussd_fields_get(&fields, "a"),
		    ussd_fields_get(&fields, "b"));
	ussd_fields_free(&fields);
	if (ussd_fields_add_xml(&fields, (const char *)octets, length) == DONE)
		ussd_xml_add_value(
		    &text, ussd_fields_get(&fields, "dialog.type"));
	ussd_fields_free(&fields);
	text_clear(&text);
	text_add_bytes(&text, (const char *)octets, length);
	if (ussd_profile_recall(&keeper, text_string(&text), &fields) == DONE)
		ussd_profile_keep(&keeper, &fields, &text);
	ussd_fields_free(&fields);
	if (phone_wire_read((const char *)octets, length, &line) == DONE)
		phone_line_free(&line);
	text_free(&text);
}
