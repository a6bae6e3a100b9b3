#include "gateway/line/ussd_profile.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/base/config.h"
#include "gateway/text/utf8.h"

enum { JSON_DEPTH_MOST = 8 };

#define AT(name) offsetof(struct ussd_profile, name)

static const struct config_option options[] = {
	{ "source", OPTION_TEXT, AT(source), NULL, 1,
	    .help = "where the provider's documentation is" },
	{ "takes", OPTION_WORD, AT(takes), NULL, 1,
	    .words = "form query json xml",
	    .help = "how a request carries its fields" },
	{ "page", OPTION_NUMBER, AT(page), "160", .min = 120, .max = 182,
	    .help = "septets of a page: 120, 128, 160 or 182" },
	{ "path", OPTION_TEXT, AT(path), "/ussd",
	    .help = "of its requests; {session} and {event} for a part" },
	{ "session", OPTION_TEXT, AT(session), NULL, 1,
	    .help = "name of the field with the session's id" },
	{ "number", OPTION_TEXT, AT(number), NULL, 1,
	    .help = "name of the field with the caller's number" },
	{ "text", OPTION_TEXT, AT(text), NULL, 1,
	    .help = "name of the field with what was typed" },
	{ "sequence", OPTION_TEXT, AT(sequence), "",
	    .help = "name of the field that counts a session's requests" },
	{ "event", OPTION_TEXT, AT(event), "",
	    .help = "name of the field that says what happens" },
	{ "keeps", OPTION_TEXT, AT(keeps), "",
	    .help = "fields of the first request that later ones lack" },
	{ "returns", OPTION_TEXT, AT(returns), "",
	    .help = "field in which {kept} of an answer comes back" },
	{ "cleanup", OPTION_TEXT, AT(cleanup), "",
	    .help = "name of a field that only the end of a session has" },
	{ "begins", OPTION_TEXT, AT(begins), "",
	    .help = "words of the event for a beginning" },
	{ "ends", OPTION_TEXT, AT(ends), "",
	    .help = "words of the event for an end" },
	{ "text_mode", OPTION_WORD, AT(text_mode), "last",
	    .words = "last cumulative", .help = "what the text holds" },
	{ "reply", OPTION_WORD, AT(reply), NULL, 1,
	    .words = "prefix header json template",
	    .help = "how it is answered" },
	{ "content_type", OPTION_TEXT, AT(content_type), "text/xml",
	    .help = "template: what it is" },
	{ "template_more", OPTION_TEXT, AT(template_more), "",
	    .help = "template: while it goes on" },
	{ "template_end", OPTION_TEXT, AT(template_end), "",
	    .help = "template: at the end" },
	{ "template_over", OPTION_TEXT, AT(template_over), "",
	    .help = "template: when the session was ended from without" },
	{ "header", OPTION_TEXT, AT(header), "",
	    .help = "header: the one that says whether it goes on" },
	{ "header_more", OPTION_TEXT, AT(header_more), "",
	    .help = "header: its value while it goes on" },
	{ "header_end", OPTION_TEXT, AT(header_end), "",
	    .help = "header: its value at the end" },
};

#define OF(name) offsetof(struct ussd_reply_field, name)

static const struct config_option reply_options[] = {
	{ "name", OPTION_TEXT, OF(name), NULL, 1, .help = "of the field" },
	{ "says", OPTION_WORD, OF(says), NULL, 1,
	    .words = "page more over number words echo word",
	    .help = "what stands in it" },
	{ "value", OPTION_TEXT, OF(value), "",
	    .help = "number, words: it; echo: the request's field" },
	{ "more", OPTION_TEXT, OF(more), "", .help = "word: while it goes on" },
	{ "end", OPTION_TEXT, OF(end), "", .help = "word: at the end" },
};

#define IN(name) offsetof(struct ussd_header, name)

static const struct config_option header_options[] = {
	{ "name", OPTION_TEXT, IN(name), NULL, 1, .help = "of the header" },
	{ "value", OPTION_TEXT, IN(value), "", .help = "of the header" },
};

static size_t
count_items(struct config *config, const char *list, size_t most)
{
	size_t count = config_list_length(config, list);

	if (count <= most)
		return (count);
	config_complain(config, list, most, "at most %zu of them", most);
	return (most);
}

static void
read_headers(struct config *config, struct ussd_profile *profile)
{
	profile->header_count =
	    count_items(config, "headers", USSD_HEADERS_MOST);
	for (size_t i = 0; i < profile->header_count; i++)
		config_read_item(config, "headers", i, header_options,
		    COUNT_OF(header_options), &profile->headers[i]);
}

static void
read_reply_fields(struct config *config, struct ussd_profile *profile)
{
	size_t count =
	    count_items(config, "reply_fields", USSD_REPLY_FIELDS_MOST);

	for (size_t i = 0; i < count; i++)
		config_read_item(config, "reply_fields", i, reply_options,
		    COUNT_OF(reply_options), &profile->reply_fields[i]);
	profile->reply_field_count = count;
	if (profile->reply != NULL && strcmp(profile->reply, "json") == 0 &&
	    count == 0)
		config_complain(config, "", (size_t)-1,
		    "reply_fields is missing: what the answer holds");
}

enum outcome
ussd_profile_load(const char *path, struct ussd_profile *profile_r)
{
	struct ussd_profile profile = { 0 };
	struct config *config;
	enum outcome outcome = config_open(path, &config);

	if (outcome != DONE)
		return (outcome);
	config_read_group(config, "", options, COUNT_OF(options), &profile);
	read_headers(config, &profile);
	read_reply_fields(config, &profile);
	if (profile.page != 120 && profile.page != 128 && profile.page != 160 &&
	    profile.page != 182)
		config_complain(
		    config, "", (size_t)-1, "page is 120, 128, 160 or 182");
	outcome = config_verdict(config);
	config_close(config);
	if (outcome == DONE)
		*profile_r = profile;
	else
		ussd_profile_free(&profile);
	return (outcome);
}

void
ussd_profile_free(struct ussd_profile *profile)
{
	config_free_values(options, COUNT_OF(options), profile);
	for (size_t i = 0; i < profile->reply_field_count; i++)
		config_free_values(reply_options, COUNT_OF(reply_options),
		    &profile->reply_fields[i]);
	for (size_t i = 0; i < profile->header_count; i++)
		config_free_values(header_options, COUNT_OF(header_options),
		    &profile->headers[i]);
	*profile = (struct ussd_profile){ 0 };
}

/* -- fields ----------------------------------------------------------------- */

enum outcome
ussd_fields_add(struct ussd_fields *fields, const char *name, const char *value,
    size_t length)
{
	struct ussd_field *field;

	if (fields->count == USSD_FIELDS_MOST ||
	    strlen(name) > USSD_FIELD_MAX_BYTES ||
	    length > USSD_FIELD_MAX_BYTES)
		return (REFUSED);
	field = &fields->items[fields->count++];
	utf8_add_clean(&field->name, name, strlen(name));
	utf8_add_clean(&field->value, value, length);
	return (DONE);
}

MUST_USE static enum outcome
add_json_value(
    struct ussd_fields *fields, const char *name, struct json_object *value)
{
	enum json_type type = json_object_get_type(value);
	const char *words = json_object_get_string(value);

	/* Numbers and truths are words here; what is nested is nobody's. */
	if (type == json_type_object || type == json_type_array ||
	    type == json_type_null)
		return (DONE);
	return (ussd_fields_add(fields, name, words,
	    type == json_type_string ? (size_t)json_object_get_string_len(value)
				     : strlen(words)));
}

MUST_USE static enum outcome
add_json_members(struct ussd_fields *fields, struct json_object *object)
{
	struct json_object_iterator at = json_object_iter_begin(object);
	struct json_object_iterator end = json_object_iter_end(object);
	enum outcome outcome = DONE;

	while (outcome == DONE && !json_object_iter_equal(&at, &end)) {
		outcome =
		    add_json_value(fields, json_object_iter_peek_name(&at),
			json_object_iter_peek_value(&at));
		json_object_iter_next(&at);
	}
	return (outcome);
}

enum outcome
ussd_fields_add_json(
    struct ussd_fields *fields, const char *bytes, size_t length)
{
	struct json_tokener *reader = json_tokener_new_ex(JSON_DEPTH_MOST);
	struct json_object *object;
	enum outcome outcome = REFUSED;

	if (reader == NULL)
		abort();
	json_tokener_set_flags(
	    reader, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	object = json_tokener_parse_ex(reader, bytes, (int)length);
	if (json_tokener_get_error(reader) == json_tokener_success &&
	    json_object_is_type(object, json_type_object)) {
		outcome = add_json_members(fields, object);
	}
	json_object_put(object);
	json_tokener_free(reader);
	return (outcome);
}

/* A field by its name, which ends with `length`. */
static const struct text *
find_one(const struct ussd_fields *fields, const char *name, size_t length)
{
	for (size_t i = 0; i < fields->count; i++) {
		const struct text *own = &fields->items[i].name;

		if (own->length == length &&
		    memcmp(text_string(own), name, length) == 0)
			return (&fields->items[i].value);
	}
	return (NULL);
}

static const struct text *
find(const struct ussd_fields *fields, const char *name)
{
	return (find_one(fields, name, strlen(name)));
}

/* By names with spaces between, the first that is there. */
static const char *
value_of(const struct ussd_fields *fields, const char *names)
{
	while (*names != '\0') {
		size_t length = strcspn(names, " ");
		const struct text *value = find_one(fields, names, length);

		if (value != NULL && value->length > 0)
			return (text_string(value));
		names += length + strspn(names + length, " ");
	}
	return ("");
}

const char *
ussd_fields_get(const struct ussd_fields *fields, const char *name)
{
	const struct text *value = find(fields, name);

	return (value != NULL ? text_string(value) : "");
}

void
ussd_fields_free(struct ussd_fields *fields)
{
	for (size_t i = 0; i < fields->count; i++) {
		text_free(&fields->items[i].name);
		text_free(&fields->items[i].value);
	}
	fields->count = 0;
}

/* -- requests --------------------------------------------------------------- */

/* A part of the path up to the next '/', for a {name} of the pattern. */
MUST_USE static enum outcome
match_part(const char **pattern, const char **path, struct ussd_fields *fields)
{
	size_t name = strcspn(*pattern, "}") + 1;
	size_t part = strcspn(*path, "/");
	struct text field = { 0 };
	enum outcome outcome;

	if (part == 0)
		return (NOTHING);
	text_add_bytes(&field, *pattern, name);
	outcome = ussd_fields_add(fields, text_string(&field), *path, part);
	text_free(&field);
	*pattern += name;
	*path += part;
	return (outcome == DONE ? DONE : NOTHING);
}

enum outcome
ussd_profile_match(const struct ussd_profile *profile, const char *path,
    struct ussd_fields *fields)
{
	const char *pattern = profile->path;

	while (*pattern != '\0') {
		if (*pattern == '{') {
			if (match_part(&pattern, &path, fields) != DONE)
				return (NOTHING);
		} else if (*pattern++ != *path++) {
			return (NOTHING);
		}
	}
	return (*path == '\0' ? DONE : NOTHING);
}

/* Whether a word is one of some, between spaces. */
static int
is_among(const char *words, const char *word)
{
	size_t length = strlen(word);

	while (length > 0 && *words != '\0') {
		size_t next = strcspn(words, " ");

		if (next == length && memcmp(words, word, length) == 0)
			return (1);
		words += next + strspn(words + next, " ");
	}
	return (0);
}

static enum ussd_step
step_of(const struct ussd_profile *profile, const struct ussd_fields *fields)
{
	const char *event = ussd_fields_get(fields, profile->event);

	if (profile->cleanup[0] != '\0' &&
	    find(fields, profile->cleanup) != NULL)
		return (USSD_ENDS);
	if (profile->event[0] == '\0')
		return (USSD_UNKNOWN);
	if (is_among(profile->begins, event))
		return (USSD_BEGINS);
	return (is_among(profile->ends, event) ? USSD_ENDS : USSD_GOES_ON);
}

enum outcome
ussd_profile_read(const struct ussd_profile *profile,
    const struct ussd_fields *fields, struct ussd_asked *asked_r)
{
	struct ussd_asked asked = {
		.step = step_of(profile, fields),
		.session = value_of(fields, profile->session),
		.number = value_of(fields, profile->number),
		.text = value_of(fields, profile->text),
		.sequence = value_of(fields, profile->sequence),
	};

	/* The end of a session need not say whose it was. */
	if (asked.session[0] == '\0' ||
	    (asked.number[0] == '\0' && asked.step != USSD_ENDS))
		return (REFUSED);
	*asked_r = asked;
	return (DONE);
}

/* -- what the first request of a session said ------------------------------- */

const char *
ussd_profile_follows(
    const struct ussd_profile *profile, const struct ussd_fields *fields)
{
	if (profile->keeps[0] == '\0' ||
	    step_of(profile, fields) == USSD_BEGINS)
		return ("");
	return (value_of(fields, profile->session));
}

const char *
ussd_profile_returned(
    const struct ussd_profile *profile, const struct ussd_fields *fields)
{
	return (ussd_fields_get(fields, profile->returns));
}

/* As "NAME=VALUE;", which comes back unchanged through whatever carries it; a
 * value that would not is left out. */
void
ussd_profile_keep(const struct ussd_profile *profile,
    const struct ussd_fields *fields, struct text *kept)
{
	const char *names = profile->keeps;

	while (*names != '\0') {
		size_t length = strcspn(names, " ");
		const struct text *value = find_one(fields, names, length);

		if (value != NULL &&
		    strpbrk(text_string(value), ";\t\r\n") == NULL) {
			text_add_bytes(kept, names, length);
			text_printf(kept, "=%s;", text_string(value));
		}
		names += length + strspn(names + length, " ");
	}
}

enum outcome
ussd_profile_recall(const struct ussd_profile *profile, const char *kept,
    struct ussd_fields *fields)
{
	enum outcome outcome = DONE;

	while (*kept != '\0' && outcome == DONE) {
		size_t length = strcspn(kept, ";");
		size_t name = strcspn(kept, "=;");
		struct text words = { 0 };

		text_add_bytes(&words, kept, name);
		if (kept[name] == '=' &&
		    is_among(profile->keeps, text_string(&words)) &&
		    find(fields, text_string(&words)) == NULL)
			outcome = ussd_fields_add(fields, text_string(&words),
			    kept + name + 1, length - name - 1);
		text_free(&words);
		kept += length + (kept[length] == ';');
	}
	return (outcome);
}

const char *
ussd_typed(const char *text, const char *before)
{
	size_t length = before != NULL ? strlen(before) : 0;
	const char *star;

	if (length == 0)
		return (text);
	if (strncmp(text, before, length) == 0 && text[length] == '*')
		return (text + length + 1);
	/* A gateway that began to count anew: the last answer is the best
	 * guess. */
	star = strrchr(text, '*');
	return (star != NULL ? star + 1 : text);
}
