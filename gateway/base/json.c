#include "gateway/base/json.h"

#include <inttypes.h>

static void
quoted(struct text *text, const char *string)
{
	text_add_byte(text, '"');
	for (const char *c = string; *c != '\0'; c++) {
		unsigned char byte = (unsigned char)*c;

		if (byte == '"' || byte == '\\')
			text_add_byte(text, '\\');
		if (byte < 0x20 || byte == 0x7f)
			text_printf(text, "\\u%04x", byte);
		else
			text_add_byte(text, byte);
	}
	text_add_byte(text, '"');
}

static void
before_value(struct json *json, const char *name)
{
	if (json->needs_comma)
		text_add_byte(&json->text, ',');
	json->needs_comma = 1;
	if (name != NULL) {
		quoted(&json->text, name);
		text_add_byte(&json->text, ':');
	}
}

static void
open_bracket(struct json *json, const char *name, int bracket)
{
	before_value(json, name);
	text_add_byte(&json->text, bracket);
	json->needs_comma = 0;
}

static void
close_bracket(struct json *json, int bracket)
{
	text_add_byte(&json->text, bracket);
	json->needs_comma = 1;
}

void
json_open_object(struct json *json, const char *name)
{
	open_bracket(json, name, '{');
}

void
json_close_object(struct json *json)
{
	close_bracket(json, '}');
}

void
json_open_array(struct json *json, const char *name)
{
	open_bracket(json, name, '[');
}

void
json_close_array(struct json *json)
{
	close_bracket(json, ']');
}

void
json_string(struct json *json, const char *name, const char *value)
{
	before_value(json, name);
	if (value == NULL)
		text_add(&json->text, "null");
	else
		quoted(&json->text, value);
}

void
json_integer(struct json *json, const char *name, int64_t value)
{
	before_value(json, name);
	text_printf(&json->text, "%" PRId64, value);
}

void
json_boolean(struct json *json, const char *name, int value)
{
	before_value(json, name);
	text_add(&json->text, value ? "true" : "false");
}

void
json_free(struct json *json)
{
	text_free(&json->text);
	json->needs_comma = 0;
}
