#include "store/contacts.h"

#include <assert.h>

#include "gateway/base/log.h"
#include "store/callers.h"
#include "store/store_parts.h"

enum sql {
	SQL_GET_RULES,
	SQL_PUT_RULES,
	SQL_GET,
	SQL_OF_CALLER,
	SQL_OF_OTHER,
	SQL_RUNS_OF_CALLER,
	SQL_RUNS_OF_OTHER,
	SQL_BOXES,
	SQL_PUT_WISH,
	SQL_SET_TALK,
	SQL_NOTE_ASKED,
	SQL_SET_FEEDBACK_TIME,
	SQL_NEXT_FEEDBACK,
	SQL_SET_FOLLOWUP,
	SQL_NEXT_FOLLOWUP,
	SQL_COUNT
};

/* Together with enum column; what was never said is as it is for everybody. */
#define COLUMNS \
	"requests.id, coalesce(contacts.way, 'text')," \
	" coalesce(contacts.hours, 'unasked')," \
	" coalesce(contacts.zone, 'UTC+0')," \
	" coalesce(contacts.talk, 'quiet')," \
	" coalesce(contacts.wrote_utc_s, 0)," \
	" coalesce(contacts.asked_utc_s, 0)," \
	" contacts.word IS NOT NULL, contacts.other_caller," \
	" coalesce(contacts.followup_utc_s, 0)"
enum column {
	REQUEST,
	WAY,
	HOURS,
	ZONE,
	TALK,
	WROTE,
	ASKED,
	HAS_WORD,
	OTHER_CALLER,
	FOLLOWUP,
	RUNS /* of those by a caller's key */
};
#define RUNNING "requests.state IN ('open', 'claimed')"

static const char *const sql_text[] = {
	[SQL_GET_RULES] =
	    "SELECT warm_s, unasked_from, unasked_until, morning_from,"
	    " morning_until, noon_from, noon_until, evening_from,"
	    " evening_until, night_from, night_until FROM contact_rules",
	[SQL_PUT_RULES] =
	    "UPDATE contact_rules SET warm_s = :warm,"
	    " unasked_from = :unasked_from, unasked_until = :unasked_until,"
	    " morning_from = :morning_from, morning_until = :morning_until,"
	    " noon_from = :noon_from, noon_until = :noon_until,"
	    " evening_from = :evening_from, evening_until = :evening_until,"
	    " night_from = :night_from, night_until = :night_until",
	[SQL_GET] = "SELECT " COLUMNS " FROM requests"
		    " LEFT JOIN contacts ON contacts.request = requests.id"
		    " WHERE requests.id = :id",
	/* Several statements, each in the order of an index, and not one that
	 * SQLite sorts at every text of whoever has no request at all. */
	[SQL_OF_CALLER] =
	    "SELECT " COLUMNS ", " RUNNING " AS runs FROM requests"
	    " LEFT JOIN contacts ON contacts.request = requests.id"
	    " WHERE requests.caller = :key ORDER BY requests.id DESC LIMIT 1",
	[SQL_OF_OTHER] = "SELECT " COLUMNS ", " RUNNING " AS runs FROM contacts"
			 " JOIN requests ON requests.id = contacts.request"
			 " WHERE contacts.other_caller = :key"
			 " ORDER BY contacts.request DESC LIMIT 1",
	[SQL_RUNS_OF_CALLER] =
	    "SELECT " COLUMNS ", 1 AS runs FROM requests"
	    " LEFT JOIN contacts ON contacts.request = requests.id"
	    " WHERE requests.caller = :key AND " RUNNING
	    " ORDER BY requests.id DESC LIMIT 1",
	[SQL_RUNS_OF_OTHER] = "SELECT " COLUMNS ", 1 AS runs FROM contacts"
			      " JOIN requests ON requests.id = contacts.request"
			      " WHERE contacts.other_caller = :key AND " RUNNING
			      " ORDER BY contacts.request DESC LIMIT 1",
	[SQL_BOXES] = "SELECT word, other_number, other_caller FROM contacts"
		      " WHERE request = :id",
	[SQL_PUT_WISH] =
	    "INSERT INTO contacts (request, way, hours, zone, talk, word,"
	    " other_caller, other_number)"
	    " SELECT id, :way, :hours, :zone, 'quiet', :word, :other_caller,"
	    " :other_number FROM requests"
	    " WHERE id = :id AND caller IS NOT NULL"
	    " ON CONFLICT (request) DO UPDATE SET"
	    /* Another number has not written yet. */
	    " talk = CASE WHEN excluded.other_caller IS NOT other_caller"
	    "  THEN 'quiet' ELSE talk END,"
	    " wrote_utc_s = CASE WHEN excluded.other_caller"
	    "  IS NOT other_caller THEN 0 ELSE wrote_utc_s END,"
	    " way = excluded.way, hours = excluded.hours,"
	    " zone = excluded.zone, word = excluded.word,"
	    " other_caller = excluded.other_caller,"
	    " other_number = excluded.other_number",
	[SQL_SET_TALK] =
	    "INSERT INTO contacts (request, talk, wrote_utc_s)"
	    " SELECT id, :talk, :wrote FROM requests"
	    " WHERE id = :id AND caller IS NOT NULL"
	    " ON CONFLICT (request) DO UPDATE SET talk = excluded.talk,"
	    " wrote_utc_s = max(wrote_utc_s, excluded.wrote_utc_s)",
	[SQL_NOTE_ASKED] =
	    "INSERT INTO contacts (request, talk, asked_utc_s)"
	    " SELECT id, 'asked', :now FROM requests"
	    " WHERE id = :id AND caller IS NOT NULL"
	    " ON CONFLICT (request) DO UPDATE SET talk = 'asked',"
	    " asked_utc_s = excluded.asked_utc_s WHERE talk <> 'wrong'",
	[SQL_SET_FEEDBACK_TIME] =
	    "INSERT INTO contacts (request, feedback_utc_s)"
	    " SELECT id, :feedback FROM requests"
	    " WHERE id = :id AND caller IS NOT NULL"
	    " ON CONFLICT (request) DO UPDATE SET"
	    " feedback_utc_s = excluded.feedback_utc_s",
	[SQL_NEXT_FEEDBACK] =
	    "SELECT requests.id FROM requests"
	    " LEFT JOIN contacts ON contacts.request = requests.id"
	    " WHERE requests.feedback = 'due' AND requests.state = 'closed'"
	    " AND coalesce(contacts.feedback_utc_s, 0) <= :now LIMIT 1",
	[SQL_SET_FOLLOWUP] = "INSERT INTO contacts (request, followup_utc_s)"
			     " SELECT id, :followup FROM requests"
			     " WHERE id = :id AND caller IS NOT NULL"
			     " ON CONFLICT (request) DO UPDATE SET"
			     " followup_utc_s = excluded.followup_utc_s",
	[SQL_NEXT_FOLLOWUP] =
	    "SELECT request FROM contacts WHERE followup_utc_s <= :now"
	    " ORDER BY followup_utc_s LIMIT 1",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_CONTACTS, SQL_COUNT, sql_text };

static struct query
query_of_id(struct store *store, enum sql which, struct request_id id)
{
	struct query query = query_of(store->database, &sql, (int)which);

	query_integer(&query, ":id", id.row);
	return (query);
}

/* -- the rules ----------------------------------------------------------- */

enum outcome
contacts_get_rules(struct store *store, struct contact_rules *rules_r)
{
	struct query query = query_of(store->database, &sql, SQL_GET_RULES);
	struct contact_rules rules = { 0 };
	enum outcome outcome = query_next(&query);

	if (outcome != DONE)
		return (outcome == NOTHING ? BROKEN : outcome);
	rules.warm_s = query_get_integer(&query, 0);
	for (int i = 0; i < HOURS_ANY; i++) {
		rules.hours[i].from_minute =
		    (int)query_get_integer(&query, 1 + 2 * i);
		rules.hours[i].until_minute =
		    (int)query_get_integer(&query, 2 + 2 * i);
	}
	query_end(&query);
	*rules_r = rules;
	return (DONE);
}

enum outcome
contacts_put_rules(struct store *store, const struct contact_rules *rules)
{
	static const char *const names[HOURS_ANY][2] = {
		[HOURS_UNASKED] = { ":unasked_from", ":unasked_until" },
		[HOURS_MORNING] = { ":morning_from", ":morning_until" },
		[HOURS_NOON] = { ":noon_from", ":noon_until" },
		[HOURS_EVENING] = { ":evening_from", ":evening_until" },
		[HOURS_NIGHT] = { ":night_from", ":night_until" },
	};
	struct query query = query_of(store->database, &sql, SQL_PUT_RULES);

	query_integer(&query, ":warm", rules->warm_s);
	for (int i = 0; i < HOURS_ANY; i++) {
		query_integer(&query, names[i][0], rules->hours[i].from_minute);
		query_integer(
		    &query, names[i][1], rules->hours[i].until_minute);
	}
	return (query_move(&query));
}

/* -- reading ---------------------------------------------------------------- */

static enum contact_way
read_way(const char *name)
{
	int way = CONTACT_BY_OTHER;

	while (way > CONTACT_BY_TEXT &&
	    strcmp(name, contact_way_name((enum contact_way)way)) != 0)
		way--;
	return ((enum contact_way)way);
}

static enum contact_talk
read_talk(const char *name)
{
	int talk = CONTACT_WRONG;

	while (talk > CONTACT_QUIET &&
	    strcmp(name, contact_talk_name((enum contact_talk)talk)) != 0)
		talk--;
	return ((enum contact_talk)talk);
}

static enum contact_hours
read_hours(const char *name)
{
	int hours = HOURS_ANY;

	while (hours > HOURS_UNASKED &&
	    strcmp(name, contact_hours_name((enum contact_hours)hours)) != 0)
		hours--;
	return ((enum contact_hours)hours);
}

static struct contact
read_row(const struct query *query)
{
	struct contact contact = { 0 };
	const void *other;
	size_t length;

	contact.request.row = query_get_integer(query, REQUEST);
	contact.way = read_way(query_get_text(query, WAY));
	contact.hours = read_hours(query_get_text(query, HOURS));
	if (zone_read(query_get_text(query, ZONE), &contact.zone) != DONE)
		log_err("request=%lld has a zone that is none",
		    (long long)contact.request.row);
	contact.talk = read_talk(query_get_text(query, TALK));
	contact.wrote_utc_s = query_get_integer(query, WROTE);
	contact.asked_utc_s = query_get_integer(query, ASKED);
	contact.has_word = (int)query_get_integer(query, HAS_WORD);
	other = query_get_bytes(query, OTHER_CALLER, &length);
	contact.has_other = length == sizeof(contact.other.bytes);
	if (contact.has_other)
		memcpy(contact.other.bytes, other, length);
	contact.followup_utc_s = query_get_integer(query, FOLLOWUP);
	return (contact);
}

enum outcome
contacts_get(
    struct store *store, struct request_id id, struct contact *contact_r)
{
	struct query query = query_of_id(store, SQL_GET, id);
	enum outcome outcome = query_next(&query);

	if (outcome != DONE)
		return (outcome);
	*contact_r = read_row(&query);
	query_end(&query);
	return (DONE);
}

/* The one that runs, or else the last, of those a number has to do with in one
 * way. */
MUST_USE static enum outcome
find_by_key(struct store *store, enum sql which, const struct caller_key *key,
    struct contact *contact_r, int *runs_r)
{
	struct query query = query_of(store->database, &sql, (int)which);
	enum outcome outcome;

	query_bytes(&query, ":key", key->bytes, sizeof(key->bytes));
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	*contact_r = read_row(&query);
	*runs_r = (int)query_get_integer(&query, RUNS);
	query_end(&query);
	return (DONE);
}

/* The last that runs, or else the last. */
MUST_USE static enum outcome
find_last(struct store *store, enum sql any, const struct caller_key *key,
    struct contact *contact_r, int *runs_r)
{
	enum sql running =
	    any == SQL_OF_CALLER ? SQL_RUNS_OF_CALLER : SQL_RUNS_OF_OTHER;
	enum outcome outcome = find_by_key(store, any, key, contact_r, runs_r);

	if (outcome != DONE || *runs_r)
		return (outcome);
	outcome = find_by_key(store, running, key, contact_r, runs_r);
	return (outcome == NOTHING ? DONE : outcome);
}

/* Their own that runs, one that runs and names this number, their last, the
 * last that names it. */
enum outcome
contacts_of_number(struct store *store, const struct caller_key *number,
    struct contact *contact_r)
{
	struct contact other;
	int runs = 0, other_runs = 0;
	enum outcome own =
	    find_last(store, SQL_OF_CALLER, number, contact_r, &runs);
	enum outcome outcome;

	if ((own != DONE && own != NOTHING) || runs)
		return (own);
	outcome = find_last(store, SQL_OF_OTHER, number, &other, &other_runs);
	if (outcome == NOTHING ||
	    (outcome == DONE && own == DONE && !other_runs))
		return (own);
	if (outcome == DONE)
		*contact_r = other;
	return (outcome);
}

/* A box of a request's contact: the word, or the number with its key. */
enum box_column { BOX_WORD, BOX_NUMBER, BOX_NUMBER_KEY };

MUST_USE static enum outcome
unbox(struct store *store, struct request_id id, enum box_column column,
    struct text *plain)
{
	struct query query = query_of_id(store, SQL_BOXES, id);
	const void *box;
	size_t length;
	enum outcome outcome = query_next(&query);

	if (outcome != DONE)
		return (outcome);
	box = query_get_bytes(&query, (int)column, &length);
	outcome = length == 0
	    ? NOTHING
	    : seal_unbox(store->box,
		  column == BOX_WORD ? SEAL_CONTACT_WORD : SEAL_CONTACT_NUMBER,
		  &id.row, sizeof(id.row), box, length, plain);
	query_end(&query);
	if (outcome == REFUSED)
		log_err("request=%lld: a box of its contact does not open",
		    (long long)id.row);
	return (outcome);
}

enum outcome
contacts_word(struct store *store, struct request_id id, struct text *word)
{
	return (unbox(store, id, BOX_WORD, word));
}

enum outcome
contacts_other_number(
    struct store *store, struct request_id id, struct number *number_r)
{
	struct text plain = { 0 };
	enum outcome outcome = unbox(store, id, BOX_NUMBER, &plain);

	if (outcome == DONE && !number_is_e164(text_string(&plain)))
		outcome = REFUSED;
	if (outcome == DONE)
		snprintf(number_r->e164, sizeof(number_r->e164), "%s",
		    text_string(&plain));
	text_free(&plain);
	return (outcome);
}

enum outcome
contacts_find_target(
    struct store *store, struct request_id id, struct number *number_r)
{
	struct contact contact;
	enum outcome outcome = contacts_get(store, id, &contact);

	if (outcome == DONE && contact.way != CONTACT_BY_OTHER)
		return (NOTHING);
	return (outcome == DONE ? contacts_other_number(store, id, number_r)
				: outcome);
}

/* -- writing ---------------------------------------------------------------- */

static void
bind_word(struct query *query, struct store *store, struct request_id id,
    const char *word, struct text *box)
{
	if (word == NULL || word[0] == '\0') {
		query_null(query, ":word");
		return;
	}
	seal_box(store->box, SEAL_CONTACT_WORD, &id.row, sizeof(id.row), word,
	    strlen(word), box);
	query_blob(query, ":word", box);
}

/* What is bound is borrowed until the statement has run. */
struct other_binding {
	struct caller_key key;
	struct text box;
};

static void
bind_other(struct query *query, struct store *store, struct request_id id,
    const struct number *other, struct other_binding *binding)
{
	if (other == NULL) {
		query_null(query, ":other_caller");
		query_null(query, ":other_number");
		return;
	}
	seal_caller_key(store->box, other, &binding->key);
	seal_box(store->box, SEAL_CONTACT_NUMBER, &id.row, sizeof(id.row),
	    other->e164, strlen(other->e164), &binding->box);
	query_bytes(query, ":other_caller", binding->key.bytes,
	    sizeof(binding->key.bytes));
	query_blob(query, ":other_number", &binding->box);
}

enum outcome
contacts_put_wish(
    struct store *store, struct request_id id, const struct contact_wish *wish)
{
	struct query query = query_of_id(store, SQL_PUT_WISH, id);
	char zone[ZONE_TEXT_BYTES];
	struct text word = { 0 };
	struct other_binding other = { 0 };
	enum outcome outcome;

	zone_write(&wish->zone, zone);
	query_text(&query, ":way", contact_way_name(wish->way));
	query_text(&query, ":hours", contact_hours_name(wish->hours));
	query_text(&query, ":zone", zone);
	bind_word(&query, store, id, wish->word, &word);
	bind_other(&query, store, id, wish->other, &other);
	outcome = query_move(&query);
	text_free(&word);
	text_free(&other.box);
	return (outcome);
}

enum outcome
contacts_set_talk(struct store *store, struct request_id id,
    enum contact_talk talk, int64_t wrote_utc_s)
{
	struct query query = query_of_id(store, SQL_SET_TALK, id);

	query_text(&query, ":talk", contact_talk_name(talk));
	query_integer(&query, ":wrote", wrote_utc_s);
	return (query_move(&query));
}

enum outcome
contacts_note_asked(
    struct store *store, struct request_id id, int64_t now_utc_s)
{
	struct query query = query_of_id(store, SQL_NOTE_ASKED, id);

	query_integer(&query, ":now", now_utc_s);
	return (query_move(&query));
}

enum outcome
contacts_set_followup(struct store *store, struct request_id id, int64_t utc_s)
{
	struct query query = query_of_id(store, SQL_SET_FOLLOWUP, id);

	if (utc_s != 0)
		query_integer(&query, ":followup", utc_s);
	else
		query_null(&query, ":followup");
	return (query_move(&query));
}

enum outcome
contacts_set_feedback_time(
    struct store *store, struct request_id id, int64_t utc_s)
{
	struct query query = query_of_id(store, SQL_SET_FEEDBACK_TIME, id);

	query_integer(&query, ":feedback", utc_s);
	return (query_move(&query));
}

MUST_USE static enum outcome
next_due(struct store *store, enum sql which, int64_t now_utc_s,
    struct request_id *id_r)
{
	struct query query = query_of(store->database, &sql, (int)which);
	enum outcome outcome;

	query_integer(&query, ":now", now_utc_s);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	id_r->row = query_get_integer(&query, 0);
	query_end(&query);
	return (DONE);
}

enum outcome
contacts_next_feedback(
    struct store *store, int64_t now_utc_s, struct request_id *id_r)
{
	return (next_due(store, SQL_NEXT_FEEDBACK, now_utc_s, id_r));
}

enum outcome
contacts_next_followup(
    struct store *store, int64_t now_utc_s, struct request_id *id_r)
{
	return (next_due(store, SQL_NEXT_FOLLOWUP, now_utc_s, id_r));
}
