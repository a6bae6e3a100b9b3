#include "gateway/base/text.h"

#include <errno.h>

#include "gateway/base/memory.h"

void
text_reserve(struct text *text, size_t more)
{
	size_t need = text->length + more + 1;
	size_t room = text->room > 0 ? text->room : 64;
	char *bytes;

	if (need <= text->room)
		return;
	while (room < need)
		room *= 2;
	/* Not realloc: the old block would keep what was in it. */
	bytes = memory_new(room, 1);
	if (text->bytes != NULL) {
		memcpy(bytes, text->bytes, text->length);
		explicit_bzero(text->bytes, text->room);
		free(text->bytes);
	}
	text->bytes = bytes;
	text->room = room;
}

void
text_add_bytes(struct text *text, const void *bytes, size_t length)
{
	text_reserve(text, length);
	if (length > 0)
		memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
	text->bytes[text->length] = '\0';
}

void
text_add(struct text *text, const char *string)
{
	text_add_bytes(text, string, strlen(string));
}

void
text_add_byte(struct text *text, int byte)
{
	char one = (char)byte;

	text_add_bytes(text, &one, 1);
}

void
text_printf(struct text *text, const char *format, ...)
{
	va_list arguments;
	char *made = NULL;
	int length;

	va_start(arguments, format);
	length = vasprintf(&made, format, arguments);
	va_end(arguments);
	if (length < 0)
		abort();
	text_add_bytes(text, made, (size_t)length);
	explicit_bzero(made, (size_t)length);
	free(made);
}

void
text_cut(struct text *text, size_t length)
{
	if (length >= text->length)
		return;
	explicit_bzero(text->bytes + length, text->length - length);
	text->length = length;
}

void
text_clear(struct text *text)
{
	text_cut(text, 0);
}

void
text_free(struct text *text)
{
	if (text->bytes != NULL)
		explicit_bzero(text->bytes, text->room);
	free(text->bytes);
	*text = (struct text){ 0 };
}

char *
text_take(struct text *text)
{
	char *bytes;

	text_reserve(text, 0);
	bytes = text->bytes;
	*text = (struct text){ 0 };
	return (bytes);
}

const char *
text_string(const struct text *text)
{
	return (text->bytes != NULL ? text->bytes : "");
}

int
text_read_integer(
    const char *string, int64_t min, int64_t max, int64_t *value_r)
{
	const char *digits = string + strspn(string, " ");
	long long value;
	char *end;

	/* strtoll() would let other blanks and a plus pass. */
	if (strspn(digits + (*digits == '-'), "0123456789") == 0)
		return (0);
	errno = 0;
	value = strtoll(digits, &end, 10);
	if (errno != 0)
		return (0);
	while (*end == ' ')
		end++;
	if (*end != '\0' || value < min || value > max)
		return (0);
	*value_r = value;
	return (1);
}
