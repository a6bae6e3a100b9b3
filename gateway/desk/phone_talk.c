#include "gateway/desk/phone_talk.h"

#include <stdarg.h>

#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/text/utf8.h"

enum { TALK_MAX_BYTES = 1 << 20 };

/* A talk while it is read. */
struct reader {
	struct talk talk;
	size_t room;
	unsigned line;
	unsigned mistakes;
	int awaits_reply; /* a text or call stands before */
	int said_no_reply;
	int is_in_reply; /* the line before was a `<` */
};

static void __attribute__((format(printf, 2, 3)))
complain(struct reader *reader, const char *format, ...)
{
	va_list arguments;
	char *made = NULL;

	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		abort();
	va_end(arguments);
	log_err("%s:%u: %s", reader->talk.path, reader->line, made);
	free(made);
	reader->mistakes++;
}

static void
add_step(struct reader *reader, enum talk_step_kind kind, const char *words)
{
	struct talk *talk = &reader->talk;

	if (talk->count == reader->room) {
		size_t room = reader->room > 0 ? reader->room * 2 : 32;

		talk->steps = memory_grow(
		    talk->steps, reader->room, room, sizeof(*talk->steps));
		reader->room = room;
	}
	talk->steps[talk->count++] = (struct talk_step){
		.kind = kind,
		.line = reader->line,
		.words = memory_copy(words),
	};
}

static void
read_said(struct reader *reader, enum talk_step_kind kind, const char *words)
{
	add_step(reader, kind, words);
	reader->awaits_reply = 1;
	reader->said_no_reply = 0;
}

static void
read_expected(struct reader *reader, const char *words)
{
	if (!reader->awaits_reply)
		complain(reader, "'<' is a reply, but nobody wrote before it");
	else if (reader->said_no_reply)
		complain(reader, "'-' above says that no reply comes");
	else if (words[0] == '\0')
		complain(reader, "'<' needs words that the reply must have");
	else
		add_step(reader,
		    reader->is_in_reply ? TALK_SAME_REPLY : TALK_NEXT_REPLY,
		    words);
}

static void
read_no_reply(struct reader *reader)
{
	const struct talk *talk = &reader->talk;
	int follows_reply = talk->count > 0 &&
	    (talk->steps[talk->count - 1].kind == TALK_NEXT_REPLY ||
		talk->steps[talk->count - 1].kind == TALK_SAME_REPLY);

	if (!reader->awaits_reply)
		complain(reader, "'-' is no reply, but nobody wrote before it");
	else if (follows_reply)
		complain(reader, "'<' above says that a reply comes");
	else
		add_step(reader, TALK_NO_REPLY, "");
	reader->said_no_reply = 1;
}

static void
read_from(struct reader *reader, const char *number)
{
	if (number[0] == '\0')
		complain(reader, "'from' needs a number");
	else
		add_step(reader, TALK_FROM, number);
	reader->awaits_reply = 0;
}

/* What follows a mark, without blanks around it. */
static char *
words_after(const char *mark, size_t length)
{
	const char *words = mark + length;
	size_t left;

	words += strspn(words, " \t");
	left = strlen(words);
	while (left > 0 && strchr(" \t", words[left - 1]) != NULL)
		left--;
	return (strndup(words, left));
}

static int
is_word(const char *line, const char *word)
{
	size_t length = strlen(word);

	return (strncmp(line, word, length) == 0 &&
	    (line[length] == '\0' || line[length] == ' ' ||
		line[length] == '\t'));
}

static void
read_line(struct reader *reader, const char *line)
{
	int is_reply = line[0] == '<';
	char *words = words_after(line, is_word(line, "from") ? 4 : 1);

	if (words == NULL)
		abort();
	if (is_reply)
		read_expected(reader, words);
	else if (line[0] == '>')
		read_said(reader, TALK_SEND, words);
	else if (is_word(line, "from"))
		read_from(reader, words);
	else if (strcmp(line, "call") == 0)
		read_said(reader, TALK_CALL, "");
	else if (strcmp(line, "-") == 0)
		read_no_reply(reader);
	else
		complain(reader,
		    "a line starts with '>', '<', '#' or 'from', or is '-' or"
		    " 'call'");
	reader->is_in_reply = is_reply;
	free(words);
}

/* Without its newline and the blanks before that. */
static char *
copy_line(const char *start, size_t length)
{
	char *line;

	while (length > 0 && strchr(" \t\r", start[length - 1]) != NULL)
		length--;
	line = strndup(start, length);
	if (line == NULL)
		abort();
	return (line);
}

static void
read_lines(struct reader *reader, const char *content)
{
	while (*content != '\0') {
		size_t length = strcspn(content, "\n");
		char *line = copy_line(content, length);

		reader->line++;
		if (line[0] == '\0')
			reader->is_in_reply = 0;
		else if (line[0] != '#')
			read_line(reader, line);
		free(line);
		content += length;
		if (*content == '\n')
			content++;
	}
}

static int
is_readable(const struct text *content)
{
	const char *replacement = "\xef\xbf\xbd";
	struct text clean = { 0 };
	int is_utf8;

	/* Not utf8_is_clean(), which allows no tabs. */
	utf8_add_clean(&clean, text_string(content), content->length);
	is_utf8 = strstr(text_string(&clean), replacement) == NULL ||
	    strstr(text_string(content), replacement) != NULL;
	text_free(&clean);
	return (is_utf8 && strlen(text_string(content)) == content->length);
}

enum outcome
talk_read(const char *path, const struct text *content, struct talk *talk_r)
{
	struct reader reader = { .talk.path = memory_copy(path) };

	if (!is_readable(content)) {
		log_err("%s: this is not a text in UTF-8", path);
		reader.mistakes++;
	} else {
		read_lines(&reader, text_string(content));
		if (reader.mistakes == 0 && reader.talk.count == 0)
			complain(&reader, "there is nothing to play");
	}
	if (reader.mistakes > 0) {
		talk_free(&reader.talk);
		return (REFUSED);
	}
	*talk_r = reader.talk;
	return (DONE);
}

enum outcome
talk_load(const char *path, struct talk *talk_r)
{
	struct text content = { 0 };
	enum outcome outcome = file_read(path, TALK_MAX_BYTES, &content);

	if (outcome == NOTHING)
		log_err("%s: there is no such file", path);
	outcome = outcome == DONE ? talk_read(path, &content, talk_r) : REFUSED;
	text_free(&content);
	return (outcome);
}

void
talk_free(struct talk *talk)
{
	for (size_t i = 0; i < talk->count; i++)
		free(talk->steps[i].words);
	free(talk->steps);
	free(talk->path);
	*talk = (struct talk){ 0 };
}

/* Adds the text with one space for any white space, none at its ends. */
static void
collapse(struct text *out, const char *words)
{
	static const char white[] = " \t\r\n";

	words += strspn(words, white);
	while (*words != '\0') {
		size_t length = strcspn(words, white);

		if (out->length > 0)
			text_add_byte(out, ' ');
		text_add_bytes(out, words, length);
		words += length;
		words += strspn(words, white);
	}
}

int
talk_reply_has(const char *reply, const char *words)
{
	struct text all = { 0 };
	struct text wanted = { 0 };
	int has;

	collapse(&all, reply);
	collapse(&wanted, words);
	has = strstr(text_string(&all), text_string(&wanted)) != NULL;
	text_free(&all);
	text_free(&wanted);
	return (has);
}
