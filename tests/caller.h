/* A person with a phone, for tests of the whole helpline: texts by the demo
 * line's socket and reads what comes back.
 */
#ifndef TESTS_CALLER_H
#define TESTS_CALLER_H

#include "gateway/base/text.h"
#include "tests/lab.h"

struct caller_phone {
	const struct lab *lab; /* borrowed */
	int socket;
	char number[24];
	struct text in; /* read and not yet a whole line */
};

enum {
	CALLER_WAIT_MS = 120000, /* how long an answer may take before a test
				   says there is none */
};

/* Switches a phone with this number on. */
void caller_open(
    struct caller_phone *phone, const struct lab *lab, const char *number);
void caller_close(struct caller_phone *phone);

void caller_text(struct caller_phone *phone, const char *text);
/* The same, and waits until the helpline has done all by it that it is going to
 * do, but for an answer that is under way.  The laboratory must still be. */
void caller_text_taken(struct caller_phone *phone, const char *text);
void caller_ring(struct caller_phone *phone);
/* Bytes as they are, for what no phone would send. */
void caller_raw(struct caller_phone *phone, const char *bytes, size_t length);

/* The next text to this phone into *text (emptied first): 1, or 0 when none
 * came in wait_ms. */
int caller_hear(struct caller_phone *phone, struct text *text, int wait_ms);

/* Texts and hears the answer; "" when none came. */
void caller_ask(
    struct caller_phone *phone, const char *text, struct text *answer);

/* Expects that the answer to a text holds these words. */
void caller_expect(
    struct caller_phone *phone, const char *text, const char *words);

#endif
