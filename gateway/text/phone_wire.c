#include "gateway/text/phone_wire.h"

/* The word of each kind, and how many fields follow it. */
static const struct phone_word {
	const char *word;
	int has_number;
	int has_end; /* "more" or "end" */
	int has_text;
} phone_words[] = {
	[PHONE_SMS] = { "sms", 1, 0, 1 },
	[PHONE_CALL] = { "call", 1, 0, 0 },
	[PHONE_ON] = { "on", 1, 0, 0 },
	[PHONE_USSD] = { "ussd", 1, 0, 1 },
	[PHONE_HANG_UP] = { "hangup", 1, 0, 0 },
	[PHONE_PAGE] = { "ussd", 1, 1, 1 },
	[PHONE_ERROR] = { "error", 0, 0, 1 },
};

static const char more[] = "more";
static const char end[] = "end";

static void
add_field(struct text *out, const char *field)
{
	text_add_byte(out, '\t');
	for (; *field != '\0'; field++) {
		if (*field == '\n')
			text_add(out, "\\n");
		else if (*field == '\t')
			text_add(out, "\\t");
		else if (*field == '\\')
			text_add(out, "\\\\");
		else
			text_add_byte(out, *field);
	}
}

void
phone_wire_add(struct text *out, enum phone_line_kind kind, const char *number,
    const char *text)
{
	const struct phone_word *word = &phone_words[kind];

	text_add(out, word->word);
	if (word->has_number)
		add_field(out, number);
	if (word->has_text)
		add_field(out, text);
	text_add_byte(out, '\n');
}

void
phone_wire_add_page(
    struct text *out, const char *number, const char *text, int is_last)
{
	text_add(out, phone_words[PHONE_PAGE].word);
	add_field(out, number);
	add_field(out, is_last ? end : more);
	add_field(out, text);
	text_add_byte(out, '\n');
}

/* What is left to read of a line. */
struct rest {
	const char *at;
	const char *end;
};

/* Undoes one escape; 0 when there is no such one. */
static int
read_escape(struct rest *rest, struct text *field)
{
	if (rest->at == rest->end)
		return (0);
	switch (*rest->at++) {
	case 'n':
		text_add_byte(field, '\n');
		return (1);
	case 't':
		text_add_byte(field, '\t');
		return (1);
	case '\\':
		text_add_byte(field, '\\');
		return (1);
	default:
		return (0);
	}
}

/* A tab and the field behind it. */
static int
read_field(struct rest *rest, struct text *field)
{
	if (rest->at == rest->end || *rest->at != '\t')
		return (0);
	rest->at++;
	while (rest->at < rest->end && *rest->at != '\t') {
		char byte = *rest->at++;

		if (byte != '\\')
			text_add_byte(field, byte);
		else if (!read_escape(rest, field))
			return (0);
	}
	return (1);
}

static int
read_word(struct rest *rest, enum phone_line_kind *kind_r)
{
	const char *start = rest->at;

	while (rest->at < rest->end && *rest->at != '\t')
		rest->at++;
	for (size_t i = 0; i < COUNT_OF(phone_words); i++) {
		size_t length = strlen(phone_words[i].word);

		if ((size_t)(rest->at - start) == length &&
		    memcmp(start, phone_words[i].word, length) == 0) {
			*kind_r = (enum phone_line_kind)i;
			return (1);
		}
	}
	return (0);
}

/* A page has one field more than what a phone dials. */
static int
is_page(const struct rest *rest)
{
	size_t tabs = 0;

	for (const char *at = rest->at; at < rest->end; at++)
		tabs += *at == '\t';
	return (tabs > 2);
}

static int
read_end(struct rest *rest, struct phone_line *line)
{
	struct text word = { 0 };
	int is_read = read_field(rest, &word);

	line->is_last = is_read && strcmp(text_string(&word), end) == 0;
	if (is_read && !line->is_last)
		is_read = strcmp(text_string(&word), more) == 0;
	text_free(&word);
	return (is_read);
}

static int
read_fields(struct rest *rest, struct phone_line *line)
{
	const struct phone_word *word;

	if (!read_word(rest, &line->kind))
		return (0);
	if (line->kind == PHONE_USSD && is_page(rest))
		line->kind = PHONE_PAGE;
	word = &phone_words[line->kind];
	if (word->has_number && !read_field(rest, &line->number))
		return (0);
	if (word->has_end && !read_end(rest, line))
		return (0);
	if (word->has_text && !read_field(rest, &line->text))
		return (0);
	/* A number with a NUL in it would not be the one that is read. */
	if (strlen(text_string(&line->number)) != line->number.length)
		return (0);
	if ((line->kind == PHONE_ON || line->kind == PHONE_USSD) &&
	    line->number.length == 0)
		return (0);
	return (rest->at == rest->end);
}

enum outcome
phone_wire_read(const char *bytes, size_t length, struct phone_line *line_r)
{
	struct rest rest = { bytes, bytes + length };
	struct phone_line line = { 0 };

	if (!read_fields(&rest, &line)) {
		phone_line_free(&line);
		return (REFUSED);
	}
	*line_r = line;
	return (DONE);
}

void
phone_line_free(struct phone_line *line)
{
	text_free(&line->number);
	text_free(&line->text);
}
