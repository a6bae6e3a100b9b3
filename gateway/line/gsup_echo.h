/* Whether the register serves us, and not another client of our name.
 *
 * It takes a second client of one name without a word, answers its pings, and
 * sends it nothing, also when the first one is long dead (measured).  So the
 * line says something to its own name, which the register hands on to whoever
 * it believes has it: what does not come back to us went to another.  Then the
 * link is given up and made again, until the name is free.
 *
 * Whatever the register says of callers shows the same, so that nothing is
 * asked while there are any.
 */
#ifndef GATEWAY_LINE_GSUP_ECHO_H
#define GATEWAY_LINE_GSUP_ECHO_H

#include "gateway/line/ipa_link.h"

struct gsup_echo {
	char serial[64]; /* our name there */
	unsigned generation; /* of the link that this is known of */
	int is_named; /* the register has heard our name */
	int is_served; /* since it has */
	int is_asked;
	uint32_t session; /* of what was said last */
	int64_t due_ms; /* to ask, or to give up */
};

/* "helpline": the entity that the register routes to. */
void gsup_echo_set(struct gsup_echo *echo, const char *name);

/* The register has asked who we are, and is answered. */
void gsup_echo_note_named(
    struct gsup_echo *echo, const struct ipa_link *link, int64_t now_ms);

/* It has said something: 1 when that was the echo, and nobody else's matter. */
int gsup_echo_hear(
    struct gsup_echo *echo, const struct gsup_message *message, int64_t now_ms);

/* Asks, or gives up the link, when due; when to be called again, -1: that is
 * not known yet. */
int64_t gsup_echo_tend(
    struct gsup_echo *echo, struct ipa_link *link, int64_t now_ms);

/* The link is up, and it is ours. */
int gsup_echo_is_served(
    const struct gsup_echo *echo, const struct ipa_link *link);

#endif
