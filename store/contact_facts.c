/* From rows to the facts of the contact gate: the second half of contacts.h. */
#include <assert.h>

#include "store/callers.h"
#include "store/contacts.h"
#include "store/store_parts.h"

enum sql { SQL_IS_STAFF, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_IS_STAFF] = "SELECT 1 FROM staff WHERE phone_key = :key"
			 " AND is_disabled = 0",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_CONTACT_FACTS, SQL_COUNT,
	sql_text };

/* Whether they are known, and have said STOP. */
MUST_USE static enum outcome
find_caller(struct store *store, const struct caller_key *key, int *is_known_r,
    int *is_stopped_r)
{
	struct caller caller;
	enum outcome outcome = callers_find(store, key, &caller);

	if (outcome == DONE) {
		*is_known_r = 1;
		*is_stopped_r |= caller.is_stopped;
	}
	return (outcome == NOTHING ? DONE : outcome);
}

MUST_USE static enum outcome
find_staff(struct store *store, const struct caller_key *key, int *is_known_r)
{
	struct query query = query_of(store->database, &sql, SQL_IS_STAFF);
	enum outcome outcome;

	query_bytes(&query, ":key", key->bytes, sizeof(key->bytes));
	outcome = query_next(&query);
	*is_known_r = outcome == DONE;
	if (outcome == DONE)
		query_end(&query);
	return (outcome == NOTHING ? DONE : outcome);
}

/* The hold is the caller's word in the request that the text belongs to, or in
 * one they have opened since. */
MUST_USE static enum outcome
find_request(struct store *store, const struct contact_question *question,
    struct contact_facts *facts)
{
	struct request request;
	enum outcome outcome = requests_get(store, question->request, &request);

	if (outcome != DONE && outcome != NOTHING)
		return (outcome);
	facts->is_withdrawn = outcome == NOTHING ||
	    request.state == REQUEST_WITHDRAWN ||
	    request.state == REQUEST_FORGOTTEN;
	if (outcome == NOTHING)
		return (DONE);
	facts->is_on_hold = request.is_on_hold;
	facts->has_consent = strcmp(request.consent, "yes") == 0;
	outcome = requests_of_caller(store, question->caller, &request);
	if (outcome == DONE && request.is_on_hold)
		facts->is_on_hold = 1;
	return (outcome == NOTHING ? DONE : outcome);
}

MUST_USE static enum outcome
find_contact(struct store *store, const struct contact_question *question,
    struct contact_facts *facts)
{
	struct contact_rules rules;
	struct contact contact;
	int is_known = 0;
	enum outcome outcome = contacts_get_rules(store, &rules);

	if (outcome == DONE)
		outcome = contacts_get(store, question->request, &contact);
	if (outcome != DONE)
		return (outcome == NOTHING ? DONE : outcome);
	facts->way = contact.way;
	facts->has_other = contact.has_other;
	facts->talk = contact.talk;
	facts->asked_utc_s = contact.asked_utc_s;
	facts->wrote_utc_s = contact.wrote_utc_s;
	facts->warm_s = rules.warm_s;
	facts->hours = rules.hours[contact.hours];
	facts->zone = contact.zone;
	if (contact.way == CONTACT_BY_OTHER && contact.has_other)
		outcome = find_caller(
		    store, &contact.other, &is_known, &facts->is_stopped);
	return (outcome);
}

enum outcome
contacts_find_facts(struct store *store,
    const struct contact_question *question, struct contact_facts *facts_r)
{
	struct contact_facts facts = { .overrides = question->overrides };
	enum outcome outcome = find_caller(
	    store, question->caller, &facts.is_known, &facts.is_stopped);

	if (outcome == DONE &&
	    (question->kind == OUTBOX_ALARM || question->kind == OUTBOX_STAFF))
		outcome = find_staff(store, question->caller, &facts.is_known);
	if (outcome == DONE && question->request.row != 0) {
		outcome = find_request(store, question, &facts);
		if (outcome == DONE)
			outcome = find_contact(store, question, &facts);
	}
	if (outcome == DONE)
		*facts_r = facts;
	return (outcome);
}

enum outcome
contacts_ask(struct store *store, const struct contact_question *question,
    struct contact_decision *decision_r)
{
	struct contact_facts facts;
	enum outcome outcome = contacts_find_facts(store, question, &facts);

	if (outcome == DONE)
		*decision_r = contact_gate((enum contact_purpose)question->kind,
		    &facts, question->now_utc_s);
	return (outcome);
}
