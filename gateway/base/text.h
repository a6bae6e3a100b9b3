/* Bytes of no fixed length that grow and never truncate.
 *
 * A zeroed struct text is empty and ready.  `bytes` is NULL until something is
 * added and always ends in a NUL that `length` does not count, so it can be
 * handed to C; text_string() gives "" instead of NULL.  The bytes may hold
 * NULs.  What is added is copied.  Out of memory aborts.
 */
#ifndef GATEWAY_BASE_TEXT_H
#define GATEWAY_BASE_TEXT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct text {
	char *bytes;
	size_t length;
	size_t room;
};

/* Strings, each and the list itself yours to free. */
struct text_list {
	char **items;
	size_t count;
};

void text_add(struct text *text, const char *string);
void text_add_bytes(struct text *text, const void *bytes, size_t length);
void text_add_byte(struct text *text, int byte);
void text_printf(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Makes room for so many bytes more at once, where that is known. */
void text_reserve(struct text *text, size_t more);

/* Keeps the first `length` bytes. */
void text_cut(struct text *text, size_t length);

/* Empties it and keeps the room; overwrites what was there, since a buffer
 * often held somebody's words. */
void text_clear(struct text *text);

/* Overwrites and gives the memory back; the struct is then empty and ready. */
void text_free(struct text *text);

/* Hands the bytes to the caller, who frees them; the text is then empty.
 * Never NULL. */
char *text_take(struct text *text);

/* The bytes as a C string, borrowed until the next call; never NULL. */
const char *text_string(const struct text *text);

/* A whole number in decimal ("-12", spaces around it allowed) within min and
 * max.  1 when *value_r is filled in, 0 when it is not such a number. */
int text_read_integer(
    const char *string, int64_t min, int64_t max, int64_t *value_r);

#endif
