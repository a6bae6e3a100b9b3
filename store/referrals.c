#include "store/referrals.h"

#include <assert.h>
#include <string.h>

#include "gateway/base/marked_words.h"
#include "store/store_parts.h"

enum sql {
	SQL_BEGIN,
	SQL_ADD_PART,
	SQL_HEARD,
	SQL_SAY_YES,
	SQL_SAY_NO,
	SQL_ADD_EVENT,
	SQL_PASS,
	SQL_ANSWER,
	SQL_WITHDRAW,
	SQL_SETTLE,
	SQL_MARK_TOLD,
	SQL_COUNT
};

/* A yes answers the question once that was sent, and only while nothing else
 * was written after it. */
#define IS_ANSWERED \
	" state = 'asked'" \
	" AND EXISTS (SELECT 1 FROM case_texts" \
	"  JOIN outbox ON outbox.id = case_texts.outbox" \
	"  WHERE case_texts.request = referrals.request" \
	"  AND case_texts.at_utc_s = referrals.asked_utc_s" \
	"  AND outbox.state IN ('sent', 'unsure'))" \
	" AND NOT EXISTS (SELECT 1 FROM case_texts" \
	"  WHERE case_texts.request = referrals.request" \
	"  AND case_texts.kind = 'reply'" \
	"  AND case_texts.at_utc_s > referrals.asked_utc_s)"

static const char *const sql_text[] = {
	[SQL_BEGIN] =
	    "INSERT INTO referrals (request, partner, state, consent_by,"
	    " staff, asked_utc_s, agreed_utc_s)"
	    " SELECT id, :partner, :state, :consent, :staff, :now, :agreed"
	    " FROM requests WHERE id = :request"
	    " AND state IN ('open', 'claimed', 'closed')"
	    " ON CONFLICT DO NOTHING",
	[SQL_ADD_PART] =
	    "INSERT INTO referral_parts (referral, kind, at_utc_s, epoch,"
	    " content) VALUES (:id, :kind, :now, :epoch, :content)",
	[SQL_HEARD] = "INSERT INTO referral_parts (referral, kind, at_utc_s,"
		      " epoch, content)"
		      " SELECT id, 'answer', :now, :epoch, :content"
		      " FROM referrals WHERE request = :request"
		      " AND ((:yes = 1 AND" IS_ANSWERED ")"
		      "  OR (:yes = 0 AND state IN ('asked', 'agreed',"
		      "  'passed', 'accepted')))",
	[SQL_SAY_YES] = "UPDATE referrals SET state = 'agreed',"
			" consent_by = 'text', agreed_utc_s = :now"
			" WHERE request = :request AND" IS_ANSWERED,
	[SQL_SAY_NO] =
	    "UPDATE referrals SET is_in_doubt = (state <> 'asked'),"
	    " ended_utc_s = CASE state WHEN 'asked' THEN :now END,"
	    " state = CASE state WHEN 'asked' THEN 'refused' ELSE state END"
	    " WHERE request = :request"
	    " AND state IN ('asked', 'agreed', 'passed', 'accepted')",
	[SQL_ADD_EVENT] = "INSERT INTO events (request, at_utc_s, what, staff)"
			  " VALUES (:request, :now, :what, NULL)",
	[SQL_PASS] =
	    "UPDATE referrals SET passed_as = :as,"
	    " passed_utc_s = coalesce(passed_utc_s, :now),"
	    " state = CASE state WHEN 'agreed' THEN 'passed' ELSE state END"
	    " WHERE id = :id AND is_in_doubt = 0"
	    " AND state IN ('agreed', 'passed', 'accepted')",
	[SQL_ANSWER] = "UPDATE referrals SET state = :state,"
		       " ended_utc_s = :now WHERE id = :id"
		       " AND state IN ('passed', 'accepted')",
	[SQL_WITHDRAW] =
	    "UPDATE referrals SET state = 'withdrawn', is_in_doubt = 0,"
	    " ended_utc_s = :now WHERE id = :id AND state IN ('asked',"
	    " 'agreed', 'passed', 'accepted', 'declined')",
	[SQL_SETTLE] = "UPDATE referrals SET is_in_doubt = 0"
		       " WHERE id = :id AND is_in_doubt = 1",
	[SQL_MARK_TOLD] = "UPDATE referrals SET told_utc_s = :now"
			  " WHERE id = :id AND state = 'withdrawn'"
			  " AND passed_utc_s IS NOT NULL"
			  " AND told_utc_s IS NULL",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_REFERRALS, SQL_COUNT, sql_text };

static const char *const part_names[] = {
	[REFERRAL_WORDING] = "wording",
	[REFERRAL_ANSWER] = "answer",
	[REFERRAL_FIELDS] = "fields",
};

MUST_USE static enum outcome
add_part(struct store *store, struct referral_id id, enum referral_part part,
    const char *words, int64_t now_utc_s)
{
	struct text sealed = { 0 };
	struct query query;
	enum outcome outcome = store_check_epoch(store);

	if (outcome != DONE)
		return (outcome);
	store_seal(store, SEAL_REFERRAL, words, strlen(words), &sealed);
	query = query_of(store->database, &sql, SQL_ADD_PART);
	query_integer(&query, ":id", id.row);
	query_text(&query, ":kind", part_names[part]);
	query_integer(&query, ":now", now_utc_s);
	query_integer(&query, ":epoch", store_epoch(store));
	query_blob(&query, ":content", &sealed);
	outcome = query_move(&query);
	text_free(&sealed);
	return (outcome);
}

enum outcome
referrals_begin(struct store *store, const struct referral_begin *begin,
    struct referral_id *id_r)
{
	struct query query = query_of(store->database, &sql, SQL_BEGIN);
	int is_agreed = begin->consent == CONSENT_NOTED;
	struct referral_id id;
	enum outcome outcome;

	query_integer(&query, ":request", begin->request.row);
	query_integer(&query, ":partner", begin->partner);
	query_text(&query, ":state", is_agreed ? "agreed" : "asked");
	query_text(&query, ":consent", is_agreed ? "note" : "");
	query_integer(&query, ":staff", begin->staff);
	query_integer(&query, ":now", begin->now_utc_s);
	if (is_agreed)
		query_integer(&query, ":agreed", begin->now_utc_s);
	else
		query_null(&query, ":agreed");
	outcome = query_add(&query, &id.row);
	if (outcome == NOTHING)
		return (REFUSED);
	if (outcome == DONE)
		outcome = add_part(store, id, REFERRAL_WORDING, begin->wording,
		    begin->now_utc_s);
	if (outcome == DONE)
		*id_r = id;
	return (outcome);
}

/* The text is kept first: what it changes is found by the states before. */
enum outcome
referrals_hear(struct store *store, struct request_id request, int is_yes,
    const char *text, int64_t now_utc_s)
{
	struct text sealed = { 0 };
	struct query query;
	int64_t touched = 0;
	enum outcome outcome = store_check_epoch(store);

	if (outcome != DONE)
		return (outcome);
	store_seal(store, SEAL_REFERRAL, text, strlen(text), &sealed);
	query = query_of(store->database, &sql, SQL_HEARD);
	query_integer(&query, ":request", request.row);
	query_integer(&query, ":yes", is_yes != 0);
	query_integer(&query, ":now", now_utc_s);
	query_integer(&query, ":epoch", store_epoch(store));
	query_blob(&query, ":content", &sealed);
	outcome = query_run(&query, &touched);
	text_free(&sealed);
	if (outcome != DONE)
		return (outcome);
	if (touched == 0)
		return (NOTHING);
	query =
	    query_of(store->database, &sql, is_yes ? SQL_SAY_YES : SQL_SAY_NO);
	query_integer(&query, ":request", request.row);
	query_integer(&query, ":now", now_utc_s);
	outcome = query_run(&query, NULL);
	if (outcome != DONE)
		return (outcome);
	query = query_of(store->database, &sql, SQL_ADD_EVENT);
	query_integer(&query, ":request", request.row);
	query_integer(&query, ":now", now_utc_s);
	query_text(&query, ":what",
	    is_yes ? WORDS("caller agreed to referral")
		   : WORDS("caller said no to referral"));
	return (query_move(&query));
}

MUST_USE static enum outcome
move(struct store *store, enum sql which, struct referral_id id,
    int64_t now_utc_s)
{
	struct query query = query_of(store->database, &sql, (int)which);

	query_integer(&query, ":id", id.row);
	query_integer(&query, ":now", now_utc_s);
	return (query_move(&query));
}

enum outcome
referrals_pass(struct store *store, struct referral_id id,
    const char *passed_as, const char *fields, int64_t now_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_PASS);
	enum outcome outcome;

	query_integer(&query, ":id", id.row);
	query_text(&query, ":as", passed_as);
	query_integer(&query, ":now", now_utc_s);
	outcome = query_move(&query);
	if (outcome != DONE)
		return (outcome);
	return (add_part(store, id, REFERRAL_FIELDS, fields, now_utc_s));
}

enum outcome
referrals_answer(struct store *store, struct referral_id id, int is_accepted,
    int64_t now_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_ANSWER);

	query_integer(&query, ":id", id.row);
	query_text(&query, ":state", is_accepted ? "accepted" : "declined");
	query_integer(&query, ":now", now_utc_s);
	return (query_move(&query));
}

enum outcome
referrals_withdraw(
    struct store *store, struct referral_id id, int64_t now_utc_s)
{
	return (move(store, SQL_WITHDRAW, id, now_utc_s));
}

enum outcome
referrals_settle_doubt(struct store *store, struct referral_id id)
{
	struct query query = query_of(store->database, &sql, SQL_SETTLE);

	query_integer(&query, ":id", id.row);
	return (query_move(&query));
}

enum outcome
referrals_mark_told(
    struct store *store, struct referral_id id, int64_t now_utc_s)
{
	return (move(store, SQL_MARK_TOLD, id, now_utc_s));
}
