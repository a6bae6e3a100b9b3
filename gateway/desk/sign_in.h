/* Who is at the keyboard: names and passwords, from a file or asked for on the
 * terminal without showing them.
 *
 * What is read here stands in struct text, which overwrites itself when it is
 * freed.  Errors are told to the person on standard error.
 */
#ifndef GATEWAY_DESK_SIGN_IN_H
#define GATEWAY_DESK_SIGN_IN_H

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

enum { SIGN_IN_ANSWER_MAX_BYTES = 1024 };

/* The first line of a file: DONE and *password, or REFUSED (told). */
MUST_USE enum outcome sign_in_read_file(
    const char *command, const char *path, struct text *password);

/*
 * Asks on the terminal the process was started from, whatever standard input
 * and output are; `is_secret` shows nothing of what is typed.
 *
 * DONE     *answer holds the line without its end; it may be empty
 * NOTHING  there is no terminal
 * REFUSED  the person gave up (Ctrl-C, Ctrl-D) or the line is too long
 */
MUST_USE enum outcome sign_in_ask(
    const char *question, int is_secret, struct text *answer);

/* A new password, from the file, or when that is NULL asked for twice: DONE,
 * or REFUSED (told), also when it is shorter than least_bytes. */
MUST_USE enum outcome sign_in_read_new(const char *command, const char *path,
    size_t least_bytes, struct text *password);

/* Shows a text on that terminal, never on standard output, where it could end
 * up in a file: DONE, or NOTHING when there is none. */
MUST_USE enum outcome sign_in_show(const char *words);

#endif
