/* The contact gate: the single door for every text that leaves.
 *
 * Pure, by table: no clock, no store.  It stands in text/ because two ask it
 * who may not see each other: the hub, at the last moment before a text goes
 * to a line, and the desk, before a caseworker writes, so that they are told
 * beforehand what will happen.  store/contacts.h gathers the facts for both.
 *
 * An answer to somebody who has just written goes.  Everything else needs that
 * the person is known, has not said STOP, has not taken the request back,
 * agreed to be contacted, and has not said that texting is not safe; that they
 * did not ask to be called; that the hour is one they called safe, where they
 * are; and that the talk is open.  How urgent a request is lifts none of it.
 *
 * The talk with one person:
 *
 *             opening sent             the word, or any answer
 *   quiet ---------------> asked ----------------------------> open
 *     ^  \                   \                                  |
 *     |   \ they write        \ no word, though one was         |
 *     |    +---> open          \ agreed                         |
 *     |                         v                               |
 *     +--(a caseworker)------ wrong          quiet <--(silence)-+
 *
 * A talk is open while the caller wrote less than warm_s ago.  Later, what
 * leaves first is a neutral opening (the code word and an ordinary question);
 * the caseworker's words wait for the answer.  An opening that nobody answered
 * is sent again when somebody wants to write anew, at most every
 * CONTACT_ASK_AGAIN_S.
 *
 * The code word.  The caller chose it, and was told that our texts begin with
 * it and that her answer has to begin with it too.  Whoever holds her phone
 * reads it in the opening, but has not been told what to do with it: "who is
 * this?", "yes" and "wrong number" are what somebody else answers.  They get a
 * wrong-number text and nothing else; the talk is `wrong`, the case says so,
 * and nothing leaves to that number until a caseworker has a reason.  For the
 * same fear a text that comes by itself after a silence, without the word,
 * does not open the talk of a caller who chose one.
 *
 * Commands work all the same from that phone, since it may be hers, and HELP
 * must never fail.  What a snooper learns from them is no more than a stranger
 * does who texts the helpline from their own phone: while the talk is asked or
 * wrong, the menu says neither "welcome back" nor that there is a request, HELP
 * is answered with the words of a first HELP, and what is answered there changes
 * neither how she is contacted nor the code word (menus/walk_guard.c,
 * gateway/hub/talk.c).  STOP and FORGET are obeyed: losing contact is the
 * smaller harm.
 */
#ifndef GATEWAY_TEXT_CONTACT_GATE_H
#define GATEWAY_TEXT_CONTACT_GATE_H

#include "gateway/base/day_span.h"
#include "gateway/text/zone.h"

enum { CONTACT_ASK_AGAIN_S = 20 * 3600 };

/* What a text is for.  Never renumber: the outbox counts them the same way. */
enum contact_purpose {
	CONTACT_ANSWER, /* the menu's answer to what just came in */
	CONTACT_REPLY, /* a caseworker's words */
	CONTACT_OPENING, /* the neutral text before those */
	CONTACT_COVER, /* "wrong number", to whoever answered wrongly */
	CONTACT_FEEDBACK, /* asked when a case is closed */
	CONTACT_FOLLOWUP, /* asked once, a month later */
	CONTACT_ALARM, /* to a caseworker's own phone, urgent */
	CONTACT_STAFF, /* to a caseworker's own phone */
	CONTACT_PURPOSES
};

/* How somebody wants to be reached. */
enum contact_way {
	CONTACT_BY_TEXT,
	CONTACT_BY_CALL,
	CONTACT_BY_SELF, /* "I will contact you" */
	CONTACT_BY_OTHER, /* texts, on another number */
};

enum contact_talk {
	CONTACT_QUIET,
	CONTACT_ASKED, /* the opening is out, nobody has answered */
	CONTACT_OPEN,
	CONTACT_WRONG, /* somebody else answered */
};

/* What a caseworker's reason may lift; bits in outbox.overrides.  Never
 * renumber.  STOP, FORGET and what was taken back are not among them. */
enum contact_override {
	CONTACT_DESPITE_HOLD = 1 << 0,
	CONTACT_DESPITE_CONSENT = 1 << 1,
	CONTACT_DESPITE_HOURS = 1 << 2,
	CONTACT_DESPITE_CALL = 1 << 3,
	CONTACT_DESPITE_SELF = 1 << 4,
	CONTACT_DESPITE_WORD = 1 << 5, /* straight, without an opening */
};

/* What is known of the person a text would go to.  For staff only the first
 * two count. */
struct contact_facts {
	int is_known; /* there is a caller row; staff: a phone of theirs */
	int is_stopped; /* they said STOP, on any number of theirs */
	int is_withdrawn; /* the request: nothing of it is to be kept */
	int has_consent; /* "yes", and nothing less */
	int is_on_hold; /* "it is not safe to text me now" */
	enum contact_way way;
	int has_other; /* the other number could be read */
	enum contact_talk talk;
	int64_t asked_utc_s; /* when the last opening left */
	int64_t wrote_utc_s; /* when they last wrote, from the number that
				texts go to; 0 never */
	int64_t warm_s; /* how long a talk stays open after that */
	struct day_span hours; /* of their day, that are safe */
	struct zone zone; /* where they are: of the country they named, else of
			     the corridor; UTC when neither is known, which
			     `waymark menus check` warns of */
	unsigned overrides; /* bits of enum contact_override */
};

enum contact_verdict {
	CONTACT_SEND,
	CONTACT_HOLD, /* not now: see until_utc_s */
	CONTACT_REFUSE, /* as it stands, never */
};

/* What stands against it, the gravest first. */
enum contact_reason {
	CONTACT_FINE,
	CONTACT_UNKNOWN, /* nobody we know, or forgotten */
	CONTACT_WITHDRAWN,
	CONTACT_STOPPED,
	CONTACT_NO_CONSENT,
	CONTACT_ON_HOLD,
	CONTACT_CALL_ME, /* texts do not go; a call does */
	CONTACT_NO_NUMBER, /* another number, which cannot be read */
	CONTACT_NOT_NEEDED, /* an opening of a talk that is open or wrong */
	CONTACT_WRONG_PERSON, /* somebody else answered */
	CONTACT_WILL_WRITE, /* nothing leaves until they write */
	CONTACT_HOURS, /* at until_utc_s it may leave */
	CONTACT_AWAITS_ANSWER, /* the opening is out */
	CONTACT_OPENS_FIRST, /* an opening has to leave before it */
	CONTACT_REASONS
};

struct contact_decision {
	enum contact_verdict verdict;
	enum contact_reason why; /* CONTACT_FINE with CONTACT_SEND */
	unsigned lifted_by; /* the override that would lift it, 0 none */
	int64_t until_utc_s; /* of HOLD: when to ask again; 0: when they write
				or a caseworker decides */
};

struct contact_decision contact_gate(enum contact_purpose purpose,
    const struct contact_facts *facts, int64_t now_utc_s);

/* 1 while a talk is open: texts go as they are. */
int contact_is_open(const struct contact_facts *facts, int64_t now_utc_s);

/* The first second, from now on, that is in the hours of a zone. */
int64_t contact_next_safe_utc_s(
    const struct day_span *hours, const struct zone *zone, int64_t now_utc_s);

/* What becomes of a talk when its caller writes.  `was_warm`: they had written
 * less than warm_s before; `says_word`: the text has the code word, or none
 * was chosen. */
enum contact_talk contact_talk_after(
    enum contact_talk talk, int was_warm, int says_word);

/* 1 when a text has the code word in it, as a word of its own, whatever the
 * case of its letters. */
int contact_says_word(const char *text, const char *word);

/* What stands behind the code word in a text that begins with it ("bluebird:
 * yes" is answered "yes"); borrowed from the text.  NULL: it does not begin so,
 * or nothing follows. */
const char *contact_behind_word(const char *text, const char *word);

/* "hours", "call me" ...: of the log, of JSON; never NULL. */
const char *contact_reason_name(enum contact_reason why);
const char *contact_way_name(enum contact_way way);
const char *contact_talk_name(enum contact_talk talk);

#endif
