#include "gateway/line/gsup_echo.h"

#include <stdio.h>
#include <string.h>

enum {
	ECHO_EVERY_MS = 10000,
	ECHO_MOST_MS = 4000, /* of a register that is silent otherwise */
};

void
gsup_echo_set(struct gsup_echo *echo, const char *name)
{
	*echo = (struct gsup_echo){ .session = 0 };
	snprintf(echo->serial, sizeof(echo->serial), "EUSE-%s", name);
}

void
gsup_echo_note_named(
    struct gsup_echo *echo, const struct ipa_link *link, int64_t now_ms)
{
	echo->generation = link->generation;
	echo->is_named = 1;
	echo->is_served = 0;
	echo->is_asked = 0;
	echo->due_ms = now_ms;
}

int
gsup_echo_hear(
    struct gsup_echo *echo, const struct gsup_message *message, int64_t now_ms)
{
	int is_echo = message->kind == GSUP_SS_RESULT &&
	    strcmp(message->imsi, GSUP_ECHO_IMSI) == 0;

	/* One of an earlier process, by way of another client, shows nothing. */
	if (is_echo && message->session != echo->session)
		return (1);
	echo->is_served = 1;
	echo->is_asked = 0;
	echo->due_ms = now_ms + ECHO_EVERY_MS;
	return (is_echo);
}

int64_t
gsup_echo_tend(struct gsup_echo *echo, struct ipa_link *link, int64_t now_ms)
{
	if (!ipa_link_is_up(link) || echo->generation != link->generation) {
		echo->is_named = 0;
		echo->is_served = 0;
	}
	if (!echo->is_named)
		return (-1);
	if (now_ms < echo->due_ms)
		return (echo->due_ms);
	if (echo->is_asked) {
		peer_link_lose(
		    &link->peer, now_ms, "serves another client of our name");
		return (-1);
	}
	echo->is_asked = 1;
	echo->due_ms = now_ms + ECHO_MOST_MS;
	gsup_add_echo(&link->peer.out, echo->serial, ++echo->session);
	peer_link_flush(&link->peer, now_ms);
	return (echo->due_ms);
}

int
gsup_echo_is_served(const struct gsup_echo *echo, const struct ipa_link *link)
{
	return (ipa_link_is_up(link) && echo->is_served &&
	    echo->generation == link->generation);
}
