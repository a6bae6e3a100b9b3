#include "gateway/desk/phone_talk.h"

#include <stdarg.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/text/utf8.h"

enum { TALK_MAX_BYTES = 1 << 20, NOON_S = 43200, WAIT_MOST = 10000 };

/* A talk while it is read. */
struct reader {
	struct talk talk;
	size_t room;
	unsigned line;
	unsigned mistakes;
	int awaits_reply; /* a text or call stands before */
	int said_no_reply;
	int is_in_reply; /* the line before was a `<` */
	int said_channel;
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

static void
read_dial(struct reader *reader, const char *code)
{
	if (code[0] == '\0')
		complain(reader, "'dial' needs a code, such as '*384#'");
	read_said(reader, TALK_DIAL, code);
}

static void
read_hang_up(struct reader *reader, const char *words)
{
	if (strcmp(words, "up") != 0)
		complain(reader, "'hang up' stands alone");
	add_step(reader, TALK_HANG_UP, "");
	reader->awaits_reply = 0;
}

static void
read_language(struct reader *reader, const char *words)
{
	if (words[0] == '\0')
		complain(reader, "'language' needs a language, such as 'ne'");
	else if (reader->talk.language != NULL)
		complain(reader, "'language' stands here twice");
	else
		reader->talk.language = memory_copy(words);
}

int
talk_read_page(const char *digits)
{
	static const int pages[] = { TALK_PAGE, 160, 128, 120 };
	int64_t page = 0;

	if (!text_read_integer(digits, 1, TALK_PAGE, &page))
		return (0);
	for (size_t i = 0; i < COUNT_OF(pages); i++)
		if (pages[i] == page)
			return (pages[i]);
	return (0);
}

static void
read_channel(struct reader *reader, const char *words)
{
	static const char ussd[] = "ussd ";
	int page = 0;

	if (strcmp(words, "ussd") == 0)
		page = TALK_PAGE;
	else if (strncmp(words, ussd, strlen(ussd)) == 0)
		page = talk_read_page(words + strlen(ussd));
	if (page == 0 && strcmp(words, "sms") != 0)
		complain(reader,
		    "'channel' is sms, ussd (pages of 182"
		    " letters), ussd 160, ussd 128 or ussd 120");
	else if (reader->said_channel)
		complain(reader, "'channel' stands here twice");
	reader->said_channel = 1;
	reader->talk.page = page;
}

static void
read_day(struct reader *reader, const char *words)
{
	int64_t utc_s = 0;

	if (!clock_read_date(words, &utc_s))
		complain(reader, "'on' needs a day, such as 2026-11-21");
	else if (reader->talk.on_utc_s != 0)
		complain(reader, "'on' stands here twice");
	else
		reader->talk.on_utc_s = utc_s + NOON_S;
}

/* "2 days" in seconds, or 0. */
static int64_t
read_span(const char *words)
{
	static const struct {
		const char *name;
		int64_t seconds;
	} units[] = {
		{ "minute", 60 },
		{ "hour", 3600 },
		{ "day", 86400 },
	};
	char number[8] = "";
	size_t digits = strspn(words, "0123456789");
	const char *unit = words + digits + strspn(words + digits, " \t");
	int64_t count;

	if (digits >= sizeof(number))
		return (0);
	memcpy(number, words, digits);
	if (!text_read_integer(number, 1, WAIT_MOST, &count))
		return (0);
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		size_t length = strlen(units[i].name);

		if (strncmp(unit, units[i].name, length) == 0 &&
		    (unit[length] == '\0' || strcmp(unit + length, "s") == 0))
			return (count * units[i].seconds);
	}
	return (0);
}

static void
read_wait(struct reader *reader, const char *words)
{
	int64_t seconds = read_span(words);

	if (seconds == 0) {
		complain(reader, "'wait' needs a time, such as '2 days'");
		return;
	}
	add_step(reader, TALK_WAIT, words);
	reader->talk.steps[reader->talk.count - 1].wait_s = seconds;
	reader->awaits_reply = 0;
}

static void
read_claim(struct reader *reader, const char *words)
{
	if (words[0] != '\0')
		complain(reader, "'claim' stands alone");
	add_step(reader, TALK_CLAIM, "");
	reader->awaits_reply = 0;
}

/* Lines that start with a word.  Those of the head say what line it is, so
 * they stand before the first text. */
static const struct {
	const char *word;
	void (*read)(struct reader *reader, const char *words);
	int is_head;
} word_lines[] = {
	{ "from", read_from, 0 },
	{ "dial", read_dial, 0 },
	{ "hang", read_hang_up, 0 },
	{ "wait", read_wait, 0 },
	{ "claim", read_claim, 0 },
	{ "language", read_language, 1 },
	{ "channel", read_channel, 1 },
	{ "on", read_day, 1 },
};

static int
has_begun(const struct talk *talk)
{
	for (size_t i = 0; i < talk->count; i++) {
		if (talk->steps[i].kind != TALK_FROM)
			return (1);
	}
	return (0);
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

/* 1 when the line starts with one of the words. */
static int
read_word_line(struct reader *reader, const char *line)
{
	for (size_t i = 0; i < COUNT_OF(word_lines); i++) {
		const char *word = word_lines[i].word;
		char *words;

		if (!is_word(line, word))
			continue;
		words = words_after(line, strlen(word));
		if (words == NULL)
			abort();
		if (word_lines[i].is_head && has_begun(&reader->talk))
			complain(
			    reader, "'%s' stands before the first text", word);
		else
			word_lines[i].read(reader, words);
		free(words);
		return (1);
	}
	return (0);
}

static void
read_line(struct reader *reader, const char *line)
{
	int is_reply = line[0] == '<';
	char *words;

	reader->is_in_reply = reader->is_in_reply && is_reply;
	if (read_word_line(reader, line))
		return;
	words = words_after(line, 1);
	if (words == NULL)
		abort();
	if (is_reply)
		read_expected(reader, words);
	else if (line[0] == '>')
		read_said(reader, TALK_SEND, words);
	else if (strcmp(line, "call") == 0)
		read_said(reader, TALK_CALL, "");
	else if (strcmp(line, "-") == 0)
		read_no_reply(reader);
	else
		complain(reader,
		    "a line starts with '>', '<', '#' or 'from', or is '-' or"
		    " 'call'; see waymark-menus(1)");
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
	free(talk->language);
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
