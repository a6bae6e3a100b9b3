/* How each caller may be written to: what the contact gate must know.
 *
 * One row a request, made with the caller's first text about it and erased with
 * the request's other content (withdrawn, forgotten).  The code word and the
 * other number are boxed, since the hub has to read them; the number is found
 * by its hash when a text comes from it.  Safe hours and the zone stand as
 * plain words: they say when, not who or where.
 *
 * contacts_ask() is the one place that makes facts of rows, so that the desk is
 * told beforehand what the hub will do.
 */
#ifndef STORE_CONTACTS_H
#define STORE_CONTACTS_H

#include "gateway/base/contact_rules.h"
#include "gateway/text/contact_gate.h"
#include "store/outbox.h"
#include "store/requests.h"

enum { CONTACT_WORD_MAX_BYTES = 120 };

/* What the helpline's settings say, kept in the store so that the desk asks
 * with the same as the hub. */
MUST_USE enum outcome contacts_get_rules(
    struct store *store, struct contact_rules *rules_r);
MUST_USE enum outcome contacts_put_rules(
    struct store *store, const struct contact_rules *rules);

/* What is known of how to reach the caller of a request. */
struct contact {
	struct request_id request;
	enum contact_way way;
	enum contact_hours hours;
	struct zone zone;
	enum contact_talk talk;
	int64_t wrote_utc_s;
	int64_t asked_utc_s; /* when the opening left; 0: none yet */
	int has_word;
	int has_other; /* the other number could be read */
	struct caller_key other; /* its key, with has_other */
	int64_t followup_utc_s; /* when one may be sent; 0: none wanted */
};

/* Of a request: DONE, also when nothing was said yet (by text, hours not
 * asked, quiet); NOTHING: no such request. */
MUST_USE enum outcome contacts_get(
    struct store *store, struct request_id id, struct contact *contact_r);

/* Of the request that texts from this number are about: the caller's own that
 * is open or claimed; else one that names this number as the other; else the
 * last that is closed and has a talk.  DONE or NOTHING. */
MUST_USE enum outcome contacts_of_number(struct store *store,
    const struct caller_key *number, struct contact *contact_r);

/* The code word, added to *word: DONE, or NOTHING when there is none. */
MUST_USE enum outcome contacts_word(
    struct store *store, struct request_id id, struct text *word);
/* The other number: DONE, or NOTHING. */
MUST_USE enum outcome contacts_other_number(
    struct store *store, struct request_id id, struct number *number_r);

/* What the caller answered.  All borrowed. */
struct contact_wish {
	enum contact_way way;
	enum contact_hours hours;
	struct zone zone;
	const char *word; /* "" or NULL: none */
	const struct number *other; /* NULL: none that can be read */
};
/* Writes it down, as a whole.  A talk about another number begins quiet. */
MUST_USE enum outcome contacts_put_wish(
    struct store *store, struct request_id id, const struct contact_wish *wish);

/* The talk moved, and (unless 0) they wrote at this time. */
MUST_USE enum outcome contacts_set_talk(struct store *store,
    struct request_id id, enum contact_talk talk, int64_t wrote_utc_s);
/* An opening left: quiet, open or asked to asked. */
MUST_USE enum outcome contacts_note_asked(
    struct store *store, struct request_id id, int64_t now_utc_s);
/* When the caller may next be asked for feedback, of a closed request that
 * owes it (requests.feedback is 'due'); CONTACT_NEVER until they write. */
#define CONTACT_NEVER_UTC_S INT64_C(253402300799) /* the year 9999 */
MUST_USE enum outcome contacts_set_feedback_time(
    struct store *store, struct request_id id, int64_t utc_s);
/* The next of those whose time has come: DONE or NOTHING. */
MUST_USE enum outcome contacts_next_feedback(
    struct store *store, int64_t now_utc_s, struct request_id *id_r);
/* When a follow-up is due; 0: none. */
MUST_USE enum outcome contacts_set_followup(
    struct store *store, struct request_id id, int64_t utc_s);
/* A request whose follow-up is due: DONE or NOTHING. */
MUST_USE enum outcome contacts_next_followup(
    struct store *store, int64_t now_utc_s, struct request_id *id_r);

/* Where a text of this request goes: DONE and the other number, when that is
 * what the caller wants; NOTHING: to their own. */
MUST_USE enum outcome contacts_find_target(
    struct store *store, struct request_id id, struct number *number_r);

/* What a text would be: everything the gate must know but the store. */
struct contact_question {
	enum outbox_kind kind;
	const struct caller_key *caller; /* the outbox row's */
	struct request_id request; /* row 0: none, for staff and answers */
	unsigned overrides;
	int64_t now_utc_s;
};

/* The facts of a question, and the gate's answer to them. */
MUST_USE enum outcome contacts_find_facts(struct store *store,
    const struct contact_question *question, struct contact_facts *facts_r);
MUST_USE enum outcome contacts_ask(struct store *store,
    const struct contact_question *question,
    struct contact_decision *decision_r);

#endif
