/* The reading half of store/referrals.h. */
#include <assert.h>
#include <string.h>

#include "gateway/base/memory.h"
#include "store/referrals.h"
#include "store/store_parts.h"

enum sql { SQL_FIND, SQL_OF_REQUEST, SQL_TO_TELL, SQL_PART, SQL_COUNT };

/* Together with enum column. */
#define REFERRAL_ROWS \
	"SELECT referrals.id, requests.ref, referrals.partner, partners.name," \
	" referrals.state, consent_by, staff.name, asked_utc_s, agreed_utc_s," \
	" passed_utc_s, passed_as, ended_utc_s, told_utc_s, is_in_doubt" \
	" FROM referrals" \
	" JOIN requests ON requests.id = referrals.request" \
	" JOIN partners ON partners.id = referrals.partner" \
	" JOIN staff ON staff.id = referrals.staff"
enum column {
	ID,
	REF,
	PARTNER,
	PARTNER_NAME,
	STATE,
	CONSENT,
	STAFF,
	ASKED,
	AGREED,
	PASSED,
	PASSED_AS,
	ENDED,
	TOLD,
	IS_IN_DOUBT
};

static const char *const sql_text[] = {
	[SQL_FIND] = REFERRAL_ROWS
	" WHERE referrals.request = :request"
	" AND referrals.partner = :partner"
	" ORDER BY referrals.state IN ('asked', 'agreed', 'passed',"
	" 'accepted') DESC, referrals.id DESC LIMIT 1",
	[SQL_OF_REQUEST] = REFERRAL_ROWS
	" WHERE referrals.request = :request ORDER BY referrals.id",
	[SQL_TO_TELL] =
	    REFERRAL_ROWS " WHERE referrals.state = 'withdrawn'"
			  " AND passed_utc_s IS NOT NULL AND told_utc_s IS NULL"
			  " ORDER BY referrals.ended_utc_s, referrals.id",
	[SQL_PART] = "SELECT epoch, content FROM referral_parts"
		     " WHERE referral = :id AND kind = :kind"
		     " ORDER BY id",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_REFERRALS_READ, SQL_COUNT,
	sql_text };

static const char *const state_names[] = {
	[REFERRAL_ASKED] = "asked",
	[REFERRAL_AGREED] = "agreed",
	[REFERRAL_REFUSED] = "refused",
	[REFERRAL_PASSED] = "passed",
	[REFERRAL_ACCEPTED] = "accepted",
	[REFERRAL_DECLINED] = "declined",
	[REFERRAL_WITHDRAWN] = "withdrawn",
	[REFERRAL_ENDED] = "ended",
};

const char *
referral_state_name(enum referral_state state)
{
	return (state_names[state]);
}

static void
read_referral(const struct query *query, struct referral *referral)
{
	const char *consent = query_get_text(query, CONSENT);

	memset(referral, 0, sizeof(*referral));
	referral->id.row = query_get_integer(query, ID);
	query_copy_text(query, REF, referral->ref, sizeof(referral->ref));
	referral->partner = query_get_integer(query, PARTNER);
	query_copy_text(query, PARTNER_NAME, referral->partner_name,
	    sizeof(referral->partner_name));
	for (size_t i = 0; i < COUNT_OF(state_names); i++) {
		if (strcmp(query_get_text(query, STATE), state_names[i]) == 0)
			referral->state = (enum referral_state)i;
	}
	if (consent[0] != '\0')
		referral->consent = strcmp(consent, "text") == 0
		    ? CONSENT_BY_TEXT
		    : CONSENT_NOTED;
	query_copy_text(
	    query, STAFF, referral->staff_name, sizeof(referral->staff_name));
	referral->asked_utc_s = query_get_integer(query, ASKED);
	referral->agreed_utc_s = query_get_integer(query, AGREED);
	referral->passed_utc_s = query_get_integer(query, PASSED);
	query_copy_text(
	    query, PASSED_AS, referral->passed_as, sizeof(referral->passed_as));
	referral->ended_utc_s = query_get_integer(query, ENDED);
	referral->told_utc_s = query_get_integer(query, TOLD);
	referral->is_in_doubt = (int)query_get_integer(query, IS_IN_DOUBT);
}

enum outcome
referrals_find(struct store *store, struct request_id request, int64_t partner,
    struct referral *referral_r)
{
	struct query query = query_of(store->database, &sql, SQL_FIND);
	enum outcome outcome;

	query_integer(&query, ":request", request.row);
	query_integer(&query, ":partner", partner);
	outcome = query_next(&query);
	if (outcome == DONE) {
		read_referral(&query, referral_r);
		query_end(&query);
	}
	return (outcome);
}

MUST_USE static enum outcome
read_all(struct query *query, struct referral_list *list_r)
{
	struct referral_list list = { 0 };
	enum outcome outcome;

	while ((outcome = query_next(query)) == DONE) {
		list.items = memory_grow(list.items, list.count, list.count + 1,
		    sizeof(*list.items));
		read_referral(query, &list.items[list.count++]);
	}
	if (outcome != NOTHING) {
		free(list.items);
		return (outcome);
	}
	*list_r = list;
	return (DONE);
}

enum outcome
referrals_of_request(struct store *store, struct request_id request,
    struct referral_list *list_r)
{
	struct query query = query_of(store->database, &sql, SQL_OF_REQUEST);

	query_integer(&query, ":request", request.row);
	return (read_all(&query, list_r));
}

enum outcome
referrals_to_tell(struct store *store, struct referral_list *list_r)
{
	struct query query = query_of(store->database, &sql, SQL_TO_TELL);

	return (read_all(&query, list_r));
}

enum outcome
referrals_unseal(struct store *store, const struct team_secret *secret,
    struct referral_id id, enum referral_part part, struct text *plain)
{
	static const char *const kinds[] = {
		[REFERRAL_WORDING] = "wording",
		[REFERRAL_ANSWER] = "answer",
		[REFERRAL_FIELDS] = "fields",
	};
	struct query query = query_of(store->database, &sql, SQL_PART);
	size_t count = 0;
	enum outcome outcome;

	query_integer(&query, ":id", id.row);
	query_text(&query, ":kind", kinds[part]);
	while ((outcome = query_next(&query)) == DONE) {
		size_t length;
		const void *sealed = query_get_bytes(&query, 1, &length);

		if (count++ > 0)
			text_add_byte(plain, '\n');
		outcome =
		    store_unseal(store, secret, query_get_integer(&query, 0),
			SEAL_REFERRAL, sealed, length, plain);
		if (outcome != DONE) {
			query_end(&query);
			return (outcome == NOTHING ? REFUSED : outcome);
		}
	}
	return (outcome == NOTHING && count > 0 ? DONE : outcome);
}
