/* Writes JSON (RFC 8259); reads none.
 *
 * Values are added in order and the commas come by themselves.  A name of NULL
 * is for what stands in an array or on top.  Text must be UTF-8.
 */
#ifndef GATEWAY_BASE_JSON_H
#define GATEWAY_BASE_JSON_H

#include "gateway/base/text.h"

struct json {
	struct text text;
	int needs_comma;
};

void json_open_object(struct json *json, const char *name);
void json_close_object(struct json *json);
void json_open_array(struct json *json, const char *name);
void json_close_array(struct json *json);
/* A string of NULL is written as null. */
void json_string(struct json *json, const char *name, const char *value);
void json_integer(struct json *json, const char *name, int64_t value);
void json_boolean(struct json *json, const char *name, int value);
void json_free(struct json *json);

#endif
