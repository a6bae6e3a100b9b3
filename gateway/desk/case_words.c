/* The words of cases.h: what a reason and a state mean. */
#include <assert.h>

#include "gateway/base/clock.h"
#include "gateway/base/marked_words.h"
#include "gateway/desk/cases.h"

/* Stands for when a reply may go. */
#define TIME "{time}"

static const char *const reason_words[] = {
	[CASE_FINE] = WORDS("done"),
	[CASE_NO_RIGHT] = WORDS("you may not see cases; ask a lead"),
	[CASE_NOT_FOUND] = WORDS("there is no such help request"),
	[CASE_UNCLAIMED] = WORDS("nobody has claimed it; claim it first"),
	[CASE_TAKEN] = WORDS("somebody else has claimed it"),
	[CASE_CLOSED] = WORDS("it is closed; reopen it first"),
	[CASE_NOT_CLOSED] = WORDS("it is not closed"),
	[CASE_WITHDRAWN] =
	    WORDS("the caller wanted nothing kept; it has ended"),
	[CASE_FORGOTTEN] =
	    WORDS("the caller asked to be forgotten; it has ended"),
	[CASE_HAS_ANOTHER] =
	    WORDS("the same caller has a newer request; work on"
		  " that one"),
	[CASE_ON_HOLD] =
	    WORDS("the caller said that texting is not safe now; nothing"
		  " was sent"),
	[CASE_NO_CONSENT] =
	    WORDS("the caller has not agreed to be contacted; nothing"
		  " was sent"),
	[CASE_STOPPED] = WORDS("the caller said STOP; nothing was sent"),
	[CASE_CALL_ME] =
	    WORDS("the caller asked to be called, not texted; nothing"
		  " was sent"),
	[CASE_NO_NUMBER] =
	    WORDS("the caller wants texts on another number, and what"
		  " they wrote cannot be read as one; nothing was"
		  " sent"),
	[CASE_WRONG_PERSON] =
	    WORDS("somebody else answered at that number; nothing"
		  " was sent"),
	[CASE_EMPTY] = WORDS("there are no words in it"),
	[CASE_TOO_LONG] = WORDS("it is too long"),
	[CASE_NOT_TEXT] =
	    WORDS("it is not valid UTF-8 text; check the terminal's"
		  " language settings"),
	[CASE_NOT_PLAIN] = WORDS("an outcome or a label is a few plain words"
				 " without digits; details belong in a note"),
	[CASE_MOVED_ON] =
	    WORDS("somebody has written meanwhile; nothing was sent."
		  " Read the new texts, then send again"),
	[CASE_SENT_ALREADY] =
	    WORDS("this reply was sent already; it is not sent"
		  " twice"),
	[CASE_NO_COLLEAGUE] = WORDS("nobody of this name may see cases"),
	[CASE_OWN_ALREADY] = WORDS("they have it already"),
	[CASE_BAD_TIME] = WORDS("the time must be in the future, at most ninety"
				" days away, such as 3h, 2d or 2026-11-30"),
	[CASE_NOT_SNOOZED] = WORDS("it is not snoozed"),
	[CASE_LABELS_FULL] =
	    WORDS("it has eight labels already; take one off first"),
	[CASE_IN_DOUBT] =
	    WORDS("the caller said no to a referral since they agreed; withdraw"
		  " it, or note that they still agree, then close"),
	[CASE_STORE] =
	    WORDS("the store is busy or its disk is full; nothing was"
		  " changed, try again"),
};
static_assert(
    COUNT_OF(reason_words) == CASE_STORE + 1, "every reason has its words");

const char *
case_reason_words(enum case_reason why)
{
	return (reason_words[why]);
}

const char *
case_outlook_words(const struct contact_decision *outlook)
{
	static const char *const fixed[CONTACT_REASONS] = {
		[CONTACT_FINE] = WORDS("goes at once"),
		[CONTACT_HOURS] = WORDS("waits until {time} UTC, when it is"
					" safe where the caller is"),
		[CONTACT_UNKNOWN] =
		    WORDS("cannot go: nobody is known any more"),
		[CONTACT_WITHDRAWN] =
		    WORDS("cannot go: the caller took it back"),
		[CONTACT_STOPPED] = WORDS("cannot go: the caller said STOP"),
		[CONTACT_NO_CONSENT] = WORDS(
		    "needs a reason: the caller has not agreed to be contacted"),
		[CONTACT_ON_HOLD] =
		    WORDS("needs a reason: texting is not safe now"),
		[CONTACT_CALL_ME] =
		    WORDS("needs a reason: the caller asked to be"
			  " called, not texted"),
		[CONTACT_NO_NUMBER] =
		    WORDS("cannot go: the other number cannot be"
			  " read"),
		[CONTACT_NOT_NEEDED] = WORDS("goes at once"),
		[CONTACT_WRONG_PERSON] =
		    WORDS("needs a reason: somebody else answered"),
		[CONTACT_WILL_WRITE] =
		    WORDS("waits until the caller writes, as they"
			  " said they would"),
		[CONTACT_AWAITS_ANSWER] = WORDS(
		    "waits: a neutral text is out, and nobody has answered it"),
		[CONTACT_OPENS_FIRST] =
		    WORDS("leaves when the caller has answered a"
			  " neutral text, which goes first"),
	};

	return (fixed[outlook->why]);
}

void
case_add_outlook(const struct contact_decision *outlook, struct text *words)
{
	const char *english = case_outlook_words(outlook);
	const char *time = strstr(english, TIME);

	if (time == NULL) {
		text_add(words, english);
		return;
	}
	text_add_bytes(words, english, (size_t)(time - english));
	text_add(words, clock_date_time(outlook->until_utc_s).text);
	text_add(words, time + strlen(TIME));
}

const char *
case_delivery_words(const char *outbox_state)
{
	static const struct {
		enum outbox_state state;
		const char *words;
	} deliveries[] = {
		{ OUTBOX_QUEUED, WORDS("waiting") },
		{ OUTBOX_SENDING, WORDS("waiting") },
		{ OUTBOX_SENT, WORDS("sent") },
		{ OUTBOX_UNSURE, WORDS("unsure: it may have arrived") },
		{ OUTBOX_FAILED,
		    WORDS(
			"not sent: the network refuses it, or the caller wants no"
			" texts now") },
		{ OUTBOX_GIVEN_UP, WORDS("given up after many tries") },
	};

	if (strcmp(outbox_state, "delivered") == 0)
		return (WORDS("sent, and on the phone, as its network says"));
	if (strcmp(outbox_state, "not delivered") == 0)
		return (
		    WORDS("sent, but not on the phone, as its network says"));
	if (strcmp(outbox_state, "expired") == 0)
		return (WORDS("not sent: it waited too long"));
	for (size_t i = 0; i < COUNT_OF(deliveries); i++) {
		if (strcmp(outbox_state_name(deliveries[i].state),
			outbox_state) == 0)
			return (deliveries[i].words);
	}
	return ("");
}
