#include "store/outbox.h"

#include <assert.h>

#include "gateway/base/log.h"
#include "gateway/text/segments.h"
#include "store/callers.h"
#include "store/distances.h"
#include "store/outbox_parts.h"

enum sql {
	SQL_ADD,
	SQL_NEXT_TO_TAKE,
	SQL_TAKE,
	SQL_HOLD,
	SQL_REFUSE,
	SQL_PART_SENT,
	SQL_RETURN,
	SQL_HURRY,
	SQL_COUNT
};

static const char *const sql_text[] = {
	[SQL_ADD] =
	    "INSERT INTO outbox (state, kind, class, line, journal, request,"
	    " overrides, need, parts, added_utc_s, next_utc_s, caller, content)"
	    " VALUES (:state, :kind, :class, :line, :journal, :request,"
	    " :overrides, :need, :parts, :now, :next, :caller, :content)",
	[SQL_NEXT_TO_TAKE] =
	    "SELECT id, kind, caller, content, first_part, tries, request,"
	    " overrides, journal, parts, need, own_line FROM outbox AS one"
	    " WHERE state = 'queued' AND line = :line AND class = :class"
	    " AND next_utc_s <= :now" IS_FIRST_OF_CALLER
	    " ORDER BY next_utc_s, id",
	[SQL_TAKE] = "UPDATE outbox SET state = 'sending', held = ''"
		     " WHERE id = :id AND state = 'queued'",
	[SQL_HOLD] = "UPDATE outbox SET state = 'queued', held = :held,"
		     " next_utc_s = :next"
		     " WHERE id = :id AND state = 'sending'",
	[SQL_REFUSE] =
	    "UPDATE outbox SET state = 'failed', cause = :cause, " END_COLUMNS
	    " WHERE id = :id AND state = 'sending'",
	/* 255 is the last that a segment can be. */
	[SQL_PART_SENT] = "UPDATE outbox SET first_part = :part + 1"
			  " WHERE id = :id AND state = 'sending'"
			  " AND :part BETWEEN first_part AND min(parts, 254)",
	[SQL_RETURN] = "UPDATE outbox SET state = 'queued'"
		       " WHERE id = :id AND state = 'sending'",
	[SQL_HURRY] =
	    "UPDATE outbox SET next_utc_s = added_utc_s, held = '',"
	    " is_capped = 0 WHERE caller = :caller AND state = 'queued'",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_OUTBOX, SQL_COUNT, sql_text };

static const char *const state_names[] = {
	[OUTBOX_QUEUED] = "queued",
	[OUTBOX_SENDING] = "sending",
	[OUTBOX_SENT] = "sent",
	[OUTBOX_UNSURE] = "unsure",
	[OUTBOX_FAILED] = "failed",
	[OUTBOX_GIVEN_UP] = "given up",
};

static const char *const kind_names[] = {
	[OUTBOX_ANSWER] = "answer",
	[OUTBOX_REPLY] = "reply",
	[OUTBOX_OPENING] = "opening",
	[OUTBOX_COVER] = "cover",
	[OUTBOX_FEEDBACK] = "feedback",
	[OUTBOX_FOLLOWUP] = "followup",
	[OUTBOX_ALARM] = "alarm",
	[OUTBOX_STAFF] = "staff",
};
static_assert(COUNT_OF(kind_names) == OUTBOX_KINDS, "a kind has no name");

/* In the order of need. */
enum class {
	CLASS_ANSWERS,
	CLASS_STAFF,
	CLASS_WORDS,
	CLASS_ASKED_LATER,
	CLASS_COUNT
};

static const enum class class_of[OUTBOX_KINDS] = {
	[OUTBOX_ANSWER] = CLASS_ANSWERS,
	[OUTBOX_REPLY] = CLASS_WORDS,
	[OUTBOX_OPENING] = CLASS_WORDS,
	[OUTBOX_COVER] = CLASS_ANSWERS,
	[OUTBOX_FEEDBACK] = CLASS_ASKED_LATER,
	[OUTBOX_FOLLOWUP] = CLASS_ASKED_LATER,
	[OUTBOX_ALARM] = CLASS_STAFF,
	[OUTBOX_STAFF] = CLASS_STAFF,
};

static const enum outbox_need need_of[OUTBOX_KINDS] = {
	[OUTBOX_ANSWER] = NEED_ORDINARY,
	[OUTBOX_REPLY] = NEED_PERSON,
	[OUTBOX_OPENING] = NEED_PERSON,
	[OUTBOX_COVER] = NEED_ORDINARY,
	[OUTBOX_FEEDBACK] = NEED_ORDINARY,
	[OUTBOX_FOLLOWUP] = NEED_ORDINARY,
	[OUTBOX_ALARM] = NEED_PERSON,
	[OUTBOX_STAFF] = NEED_PERSON,
};

/* Whose turn it is.  Staff come up every other time, since an alarm must not
 * wait and there are few; what they leave, answers take. */
static const enum class turns[] = { CLASS_ANSWERS, CLASS_STAFF, CLASS_WORDS,
	CLASS_STAFF, CLASS_ANSWERS, CLASS_STAFF, CLASS_ASKED_LATER,
	CLASS_STAFF };

/* Held until the caller writes: the year 9999. */
#define NEVER_UTC_S INT64_C(253402300799)

/* The reference that joins the segments of one text is an octet; following
 * texts of a caller must not have the same. */
enum { REFERENCES = 256 };

int
outbox_reference(struct outbox_id id)
{
	return ((int)(id.row % REFERENCES));
}

enum outcome
outbox_read_kind(
    const struct query *query, int column, enum outbox_kind *kind_r)
{
	const char *name = query_get_text(query, column);

	for (size_t i = 0; i < COUNT_OF(kind_names); i++) {
		if (strcmp(name, kind_names[i]) == 0) {
			*kind_r = (enum outbox_kind)i;
			return (DONE);
		}
	}
	log_err("the outbox has a kind that is none");
	return (BROKEN);
}

const char *
outbox_kind_name(enum outbox_kind kind)
{
	return (kind_names[kind]);
}

const char *
outbox_state_name(enum outbox_state state)
{
	return (state_names[state]);
}

void
outbox_row_free(struct outbox_row *row)
{
	text_free(&row->text);
	explicit_bzero(row, sizeof(*row));
}

/* -- adding ----------------------------------------------------------------- */

/* Number and text stand in one box, number first, a NUL between; an empty
 * number means the caller's own. */
static void
box_content(
    struct store *store, const struct outgoing *outgoing, struct text *box)
{
	struct text plain = { 0 };

	if (outgoing->number != NULL)
		text_add(&plain, outgoing->number->e164);
	text_add_byte(&plain, '\0');
	text_add(&plain, outgoing->text);
	seal_box(store->box, SEAL_OUTBOX, outgoing->caller->bytes,
	    sizeof(outgoing->caller->bytes), plain.bytes, plain.length, box);
	text_free(&plain);
}

/* Somebody who asks for help is answered before all who waited with them, as if
 * they had waited since yesterday; not in the staff's class, where many of them
 * would hold up an alarm. */
static int64_t
due_for(const struct outgoing *outgoing)
{
	enum { DAY_S = 86400 };

	return (outgoing->need == NEED_FIRST ? outgoing->now_utc_s - DAY_S
					     : outgoing->now_utc_s);
}

static enum outbox_need
need_for(const struct outgoing *outgoing)
{
	return (outgoing->need > need_of[outgoing->kind]
		? outgoing->need
		: need_of[outgoing->kind]);
}

/* Whoever has just written can be reached; everybody else's texts keep the
 * distance of their number. */
MUST_USE static enum outcome
find_first_try(
    struct store *store, const struct outgoing *outgoing, int64_t *next_utc_s)
{
	int64_t apart_utc_s;
	enum outcome outcome;

	*next_utc_s = due_for(outgoing);
	if (class_of[outgoing->kind] != CLASS_WORDS &&
	    class_of[outgoing->kind] != CLASS_ASKED_LATER)
		return (DONE);
	outcome = distances_next(store, outgoing->caller, &apart_utc_s);
	if (outcome == DONE && apart_utc_s > *next_utc_s)
		*next_utc_s = apart_utc_s;
	return (outcome == NOTHING ? DONE : outcome);
}

enum outcome
outbox_add(struct store *store, const struct outgoing *outgoing,
    enum outbox_state state, struct outbox_id *id_r)
{
	enum alphabet alphabet;
	unsigned units;
	struct query query;
	struct text box = { 0 };
	int64_t next_utc_s;
	enum outcome outcome;

	if (state != OUTBOX_QUEUED && state != OUTBOX_SENDING) {
		log_err("a text cannot begin as %s", state_names[state]);
		return (BROKEN);
	}
	outcome = find_first_try(store, outgoing, &next_utc_s);
	if (outcome != DONE)
		return (outcome);
	box_content(store, outgoing, &box);
	query = query_of(store->database, &sql, SQL_ADD);
	query_text(&query, ":state", state_names[state]);
	query_text(&query, ":kind", kind_names[outgoing->kind]);
	query_text(&query, ":line", outgoing->line);
	query_integer(&query, ":journal", outgoing->journal.row);
	query_integer(&query, ":request", outgoing->request);
	query_integer(&query, ":class", class_of[outgoing->kind]);
	query_integer(&query, ":need", need_for(outgoing));
	query_integer(&query, ":parts",
	    segments_count(outgoing->text, &alphabet, &units));
	query_integer(&query, ":overrides", outgoing->overrides);
	query_integer(&query, ":now", outgoing->now_utc_s);
	query_integer(&query, ":next", next_utc_s);
	query_bytes(&query, ":caller", outgoing->caller->bytes,
	    sizeof(outgoing->caller->bytes));
	query_blob(&query, ":content", &box);
	outcome = query_add(&query, &id_r->row);
	text_free(&box);
	return (outcome);
}

/* -- taking ----------------------------------------------------------------- */

enum outcome
outbox_unbox(struct store *store, const struct query *query, int column,
    struct outbox_row *row)
{
	struct text plain = { 0 };
	size_t length, number_length;
	const void *box = query_get_bytes(query, column, &length);
	enum outcome outcome = seal_unbox(store->box, SEAL_OUTBOX,
	    row->caller.bytes, sizeof(row->caller.bytes), box, length, &plain);

	if (outcome == DONE) {
		number_length = strlen(text_string(&plain));
		if (number_length >= sizeof(row->number.e164) ||
		    number_length == plain.length)
			outcome = REFUSED;
	}
	if (outcome == DONE) {
		memcpy(row->number.e164, plain.bytes, number_length + 1);
		text_add_bytes(&row->text, plain.bytes + number_length + 1,
		    plain.length - number_length - 1);
	}
	text_free(&plain);
	return (outcome);
}

enum next_column {
	ID,
	KIND,
	CALLER,
	CONTENT,
	FIRST_PART,
	TRIES,
	REQUEST,
	OVERRIDES,
	JOURNAL,
	PARTS,
	NEED,
	OWN_LINE
};

static void
read_caller(const struct query *query, struct caller_key *caller)
{
	size_t length;
	const void *bytes = query_get_bytes(query, CALLER, &length);

	if (length == sizeof(caller->bytes))
		memcpy(caller->bytes, bytes, length);
}

/* On to the first row whose caller has not been served in this round, or that is
 * the first answer to HELP; the rows are of as many callers.  DONE, or NOTHING: all have been, *had_r is how many
 * there were. */
MUST_USE static enum outcome
next_unserved(const struct outbox_turn *turn, struct query *query, int *had_r)
{
	enum outcome outcome;

	*had_r = 0;
	while ((outcome = query_next(query)) == DONE) {
		struct caller_key caller = { { 0 } };

		(*had_r)++;
		read_caller(query, &caller);
		if (turn->served == NULL || served_is_by_age(turn->served) ||
		    query_get_integer(query, NEED) == NEED_FIRST ||
		    !served_has(turn->served, &caller))
			break;
	}
	return (outcome);
}

/* DONE, or REFUSED: its box does not open, only its id is filled in. */
MUST_USE static enum outcome
read_row(struct store *store, const struct query *query, struct outbox_row *row)
{
	enum outcome outcome;

	row->id.row = query_get_integer(query, ID);
	outcome = outbox_read_kind(query, KIND, &row->kind);
	read_caller(query, &row->caller);
	row->reference = outbox_reference(row->id);
	row->first_part = (int)query_get_integer(query, FIRST_PART);
	row->tries = (int)query_get_integer(query, TRIES);
	row->request = query_get_integer(query, REQUEST);
	row->overrides = (unsigned)query_get_integer(query, OVERRIDES);
	row->journal = query_get_integer(query, JOURNAL);
	row->parts = (int)query_get_integer(query, PARTS);
	row->need = (enum outbox_need)query_get_integer(query, NEED);
	row->is_carried = query_get_text(query, OWN_LINE)[0] != '\0';
	return (outcome == DONE ? outbox_unbox(store, query, CONTENT, row)
				: outcome);
}

/* The next row of a class, by callers in turn: DONE; REFUSED, there is one but
 * its box does not open, only its id is filled in; NOTHING. */
MUST_USE static enum outcome
next_of_class(struct store *store, const struct outbox_turn *turn,
    enum class class, struct outbox_row *row)
{
	struct query query = query_of(store->database, &sql, SQL_NEXT_TO_TAKE);
	int had;
	enum outcome outcome;

	memset(row, 0, sizeof(*row));
	query_text(&query, ":line", turn->line);
	query_integer(&query, ":class", class);
	query_integer(&query, ":now", turn->now_utc_s);
	outcome = next_unserved(turn, &query, &had);
	if (outcome == NOTHING && had > 0) {
		served_begin_round(turn->served);
		return (next_of_class(store, turn, class, row));
	}
	if (outcome != DONE)
		return (outcome);
	outcome = read_row(store, &query, row);
	query_end(&query);
	return (outcome);
}

/* Of the class whose turn it is, else of the first that has one. */
MUST_USE static enum outcome
next_to_take(
    struct store *store, const struct outbox_turn *turn, struct outbox_row *row)
{
	enum class first = turns[turn->turn % COUNT_OF(turns)];
	enum outcome outcome = next_of_class(store, turn, first, row);

	for (int i = 0; i < CLASS_COUNT && outcome == NOTHING; i++) {
		if ((enum class)i != first)
			outcome =
			    next_of_class(store, turn, (enum class)i, row);
	}
	return (outcome);
}

/* Takes one row: DONE, it is in *row; REFUSED, it was one without a number and
 * is FAILED now; NOTHING, no more are due. */
MUST_USE static enum outcome
take_one(
    struct store *store, const struct outbox_turn *turn, struct outbox_row *row)
{
	struct query query;
	enum outcome had = next_to_take(store, turn, row);
	enum outcome outcome;

	if (had != DONE && had != REFUSED)
		return (had);
	if (had == DONE && row->number.e164[0] == '\0')
		had = callers_number(store, &row->caller, &row->number);
	query = query_of(store->database, &sql, SQL_TAKE);
	query_integer(&query, ":id", row->id.row);
	outcome = query_move(&query);
	if (outcome == DONE && had != DONE) {
		log_err("outbox=%lld has no number to go to",
		    (long long)row->id.row);
		outcome = outbox_end_as(
		    store, row->id, OUTBOX_FAILED, turn->now_utc_s);
		if (outcome == DONE)
			return (had == NOTHING ? REFUSED : had);
	}
	return (outcome == NOTHING ? BROKEN : outcome);
}

enum outcome
outbox_take(struct store *store, const struct outbox_turn *turn,
    struct outbox_row *rows_r, size_t *count_r)
{
	struct outbox_turn one = *turn;
	size_t count = 0;
	enum outcome outcome = DONE;

	while (count < one.most) {
		outcome = take_one(store, &one, &rows_r[count]);
		if (outcome == DONE) {
			if (one.served != NULL)
				served_note(one.served, &rows_r[count].caller);
			count++;
			one.turn++;
		} else {
			outbox_row_free(&rows_r[count]);
		}
		if (outcome != DONE && outcome != REFUSED)
			break;
	}
	if (outcome != DONE && outcome != REFUSED && outcome != NOTHING) {
		while (count > 0)
			outbox_row_free(&rows_r[--count]);
		return (outcome);
	}
	*count_r = count;
	return (DONE);
}

/* -- while it is tried ------------------------------------------------------ */

enum outcome
outbox_part_sent(struct store *store, struct outbox_id id, int part)
{
	struct query query = query_of(store->database, &sql, SQL_PART_SENT);

	query_integer(&query, ":id", id.row);
	query_integer(&query, ":part", part);
	return (query_move(&query));
}

enum outcome
outbox_hold(struct store *store, struct outbox_id id, int64_t next_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_HOLD);

	query_integer(&query, ":id", id.row);
	query_text(&query, ":held", next_utc_s != 0 ? "hours" : "answer");
	query_integer(
	    &query, ":next", next_utc_s != 0 ? next_utc_s : NEVER_UTC_S);
	return (query_move(&query));
}

enum outcome
outbox_refuse(struct store *store, struct outbox_id id, enum contact_reason why,
    int64_t now_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_REFUSE);

	query_integer(&query, ":id", id.row);
	query_text(&query, ":cause", contact_reason_name(why));
	query_integer(&query, ":now", now_utc_s);
	return (query_move(&query));
}

enum outcome
outbox_return(struct store *store, struct outbox_id id)
{
	struct query query = query_of(store->database, &sql, SQL_RETURN);

	query_integer(&query, ":id", id.row);
	return (query_move(&query));
}

enum outcome
outbox_hurry(struct store *store, const struct caller_key *caller)
{
	struct query query = query_of(store->database, &sql, SQL_HURRY);
	enum outcome outcome;

	query_bytes(&query, ":caller", caller->bytes, sizeof(caller->bytes));
	outcome = query_run(&query, NULL);
	return (outcome == DONE ? distances_end(store, caller) : outcome);
}
