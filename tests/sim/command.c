#include "tests/sim/command.h"

#include <ctype.h>
#include <strings.h>

#include "tests/sim/alphabet.h"

enum {
	NAME_SIZE = 32,
	CLOSE_TO_MOST = 32,
};

void
answer_line(struct text *answer, const char *format, ...)
{
	va_list arguments;
	char *words;

	va_start(arguments, format);
	if (vasprintf(&words, format, arguments) < 0)
		abort();
	va_end(arguments);
	text_add(answer, "\r\n");
	text_add(answer, words);
	text_add(answer, "\r\n");
	free(words);
}

void
answer_end(struct modem *modem, struct text *answer, struct result result)
{
	switch (result.kind) {
	case RESULT_OPEN:
		return;
	case RESULT_OK:
		answer_line(answer, "OK");
		break;
	case RESULT_CMS:
		answer_line(answer, "+CMS ERROR: %d", result.code);
		break;
	case RESULT_CME:
		if (modem->settings.error_words) {
			answer_line(answer, "+CME ERROR: %d", result.code);
			break;
		}
		answer_line(answer, "ERROR");
		break;
	case RESULT_ERROR:
		answer_line(answer, "ERROR");
		break;
	}
	answer_send(modem, answer, 0);
}

int
value_word(const char *value, int n, char *word, size_t size)
{
	int is_quoted = 0;
	size_t length = 0;
	size_t at = 0;

	for (; n > 0; value++) {
		if (*value == '\0')
			return (-1);
		if (*value == '"')
			is_quoted = !is_quoted;
		n -= *value == ',' && !is_quoted;
	}
	for (; *value != '\0' && (is_quoted || *value != ','); value++) {
		if (*value == '"') {
			is_quoted = !is_quoted;
			continue;
		}
		length++;
		if (at + 1 < size)
			word[at++] = *value;
	}
	word[at] = '\0';
	return ((int)length);
}

int64_t
value_number(const char *value, int n, int64_t otherwise)
{
	char word[CLOSE_TO_MOST];
	int64_t number;

	if (value_word(value, n, word, sizeof(word)) <= 0 ||
	    !text_read_integer(word, 0, INT32_MAX, &number))
		return (otherwise);
	return (number);
}

void
charset_add(struct text *out, enum charset charset, const char *utf8)
{
	struct text units = { 0 };

	if (charset == CHARSET_UCS2) {
		alphabet_add_ucs2(&units, utf8);
		alphabet_add_hex(out, text_string(&units), units.length);
	} else if (charset == CHARSET_GSM) {
		(void)alphabet_add_septets(out, utf8);
	} else {
		text_add(out, utf8);
	}
	text_free(&units);
}

void
charset_read(struct text *utf8, enum charset charset, const char *value)
{
	struct text units = { 0 };

	if (charset == CHARSET_UCS2 && alphabet_read_hex(&units, value))
		alphabet_read_ucs2(utf8, text_string(&units), units.length);
	else if (charset == CHARSET_GSM)
		alphabet_read_septets(utf8, value, strlen(value));
	else
		text_add(utf8, value);
	text_free(&units);
}

static const struct at_command *
find_command(const char *name)
{
	static const struct at_command *const tables[] = {
		commands_basic,
		commands_phone,
		commands_texts,
	};
	const struct at_command *row;
	size_t i;

	for (i = 0; i < COUNT_OF(tables); i++) {
		for (row = tables[i]; row->name != NULL; row++) {
			if (strcasecmp(row->name, name) == 0)
				return (row);
		}
	}
	return (NULL);
}

static struct result
run_one(struct modem *modem, const struct call *call, struct text *answer)
{
	const struct at_command *command = find_command(call->name);

	if (command == NULL)
		return ((struct result){ RESULT_ERROR, 0 });
	if (call->ask == ASK_TEST) {
		if (command->test == NULL)
			return ((struct result){ RESULT_ERROR, 0 });
		if (command->test[0] != '\0')
			answer_line(
			    answer, "%s: %s", command->name, command->test);
		return ((struct result){ RESULT_OK, 0 });
	}
	if (command->run != NULL)
		return (command->run(modem, call, answer));
	return ((struct result){
	    call->ask == ASK_READ ? RESULT_ERROR : RESULT_OK, 0 });
}

/* Where the name of a command ends: an extended one at a sign, a basic one
 * after its letter. */
static size_t
name_length(const char *at)
{
	if (strchr("+^$*%#", at[0]) != NULL)
		return (1 + strcspn(at + 1, "=?;"));
	if (at[0] == '&')
		return (at[1] != '\0' ? 2 : 1);
	return (1);
}

/* Where a command ends: at a semicolon outside of quotes. */
static size_t
command_length(const char *at)
{
	int is_quoted = 0;
	size_t length;

	for (length = 0; at[length] != '\0'; length++) {
		if (at[length] == '"')
			is_quoted = !is_quoted;
		if (at[length] == ';' && !is_quoted)
			break;
	}
	return (length);
}

/* Reads the next command of a line; returns its end, where the caller puts a
 * NUL while it runs. */
static char *
read_command(char *at, struct call *call, char *name)
{
	size_t length = name_length(at);
	char *value = at + length;
	char *end = value + command_length(value);

	if (length >= NAME_SIZE)
		length = NAME_SIZE - 1;
	memcpy(name, at, length);
	name[length] = '\0';
	/* ATE0V1: the next one follows at once; a dialled number goes on. */
	if (isalpha((unsigned char)at[0]) && toupper(at[0]) != 'D')
		end = value + strspn(value, "0123456789=?");
	call->name = name;
	call->ask = value == end ? ASK_RUN : ASK_SET;
	if (value[0] == '?' && end == value + 1)
		call->ask = ASK_READ;
	if (value[0] == '=' && value[1] == '?' && end == value + 2)
		call->ask = ASK_TEST;
	call->value = value[0] == '=' ? value + 1 : value;
	return (end);
}

static int
is_at(const char *line)
{
	return (strncasecmp(line, "AT", 2) == 0);
}

static struct result
run_all(struct modem *modem, char *at, struct text *answer)
{
	struct result result = { RESULT_OK, 0 };
	char name[NAME_SIZE];
	struct call call;
	char *end;
	char after;

	while (*at != '\0' && result.kind == RESULT_OK) {
		end = read_command(at, &call, name);
		after = *end;
		*end = '\0';
		result = run_one(modem, &call, answer);
		*end = after;
		at = after == ';' ? end + 1 : end;
	}
	return (result);
}

void
command_line_do(struct modem *modem, const char *line)
{
	struct text copy = { 0 };
	struct text answer = { 0 };

	text_add(&copy, line + 2);
	(void)run_all(modem, copy.bytes, &answer);
	text_free(&answer);
	text_free(&copy);
}

void
command_line_run(struct modem *modem, const char *line)
{
	struct text copy = { 0 };
	struct text answer = { 0 };

	/* Noise that is no command gets no answer. */
	if (!is_at(line) || fault_on_line(modem, line) == FAULT_TAKEN)
		return;
	text_add(&copy, line + 2);
	answer_end(modem, &answer, run_all(modem, copy.bytes, &answer));
	text_free(&answer);
	text_free(&copy);
}
