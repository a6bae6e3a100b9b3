/* Phones in the field and one-time codes: the last part of store/staff.h. */
#include <assert.h>
#include <ctype.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "store/staff_parts.h"
#include "store/store_parts.h"

enum sql {
	SQL_IS_TAKEN,
	SQL_SET_PHONE,
	SQL_ERASE_PHONE,
	SQL_ERASE_CODES,
	SQL_OF_PHONE,
	SQL_REACH,
	SQL_MAY_HAVE_CODES,
	SQL_ADD_CODE,
	SQL_TRUST,
	SQL_FIND_CODE,
	SQL_USE_CODE,
	SQL_COUNT_WRONG,
	SQL_COUNT
};

static const char *const sql_text[] = {
	[SQL_IS_TAKEN] = "SELECT 1 FROM staff WHERE phone_key = :key"
			 " AND id <> :id",
	[SQL_SET_PHONE] = "UPDATE staff SET phone_key = :key, phone = :phone,"
			  " phone_line = :line, wrong_codes = 0"
			  " WHERE id = :id AND is_disabled = 0",
	[SQL_ERASE_PHONE] =
	    "UPDATE staff SET phone_key = NULL, phone = NULL, phone_line = '',"
	    " wrong_codes = 0 WHERE id = :id",
	[SQL_ERASE_CODES] = "DELETE FROM staff_codes WHERE staff = :id",
	[SQL_OF_PHONE] = "SELECT " STAFF_COLUMNS " FROM staff"
			 " WHERE phone_key = :key AND is_disabled = 0",
	/* Hours that end before they begin go on past midnight. */
	[SQL_REACH] =
	    "SELECT id, phone_key, phone, phone_line FROM (SELECT *,"
	    " is_on_duty = 1 AND"
	    "  CASE WHEN duty_from_minute = duty_until_minute THEN 1"
	    "  WHEN duty_from_minute < duty_until_minute"
	    "  THEN :minute >= duty_from_minute"
	    "   AND :minute < duty_until_minute"
	    "  ELSE :minute >= duty_from_minute"
	    "   OR :minute < duty_until_minute END AS is_there FROM staff)"
	    " WHERE phone_key IS NOT NULL AND is_disabled = 0 AND CASE :reach"
	    "  WHEN 0 THEN role <> 'technician' AND is_there"
	    "  WHEN 1 THEN role = 'lead' OR"
	    "   (role <> 'technician' AND is_there)"
	    "  WHEN 2 THEN role = 'technician' AND is_there"
	    "  WHEN 3 THEN role = 'lead' END"
	    " ORDER BY id",
	[SQL_MAY_HAVE_CODES] = "SELECT 1 FROM staff WHERE id = :id"
			       " AND is_disabled = 0 AND phone_key IS NOT NULL"
			       " AND role <> 'technician'",
	[SQL_ADD_CODE] = "INSERT INTO staff_codes (staff, hash, place)"
			 " VALUES (:id, :hash, :place) ON CONFLICT DO NOTHING",
	[SQL_TRUST] = "UPDATE staff SET wrong_codes = 0 WHERE id = :id",
	[SQL_FIND_CODE] =
	    "SELECT wrong_codes, used_utc_s IS NOT NULL, hash IS NOT NULL"
	    " FROM staff LEFT JOIN staff_codes"
	    " ON staff_codes.staff = staff.id AND hash = :hash"
	    " WHERE staff.id = :id",
	[SQL_USE_CODE] =
	    "UPDATE staff_codes SET used_utc_s = :now"
	    " WHERE staff = :id AND hash = :hash AND used_utc_s IS NULL",
	[SQL_COUNT_WRONG] =
	    "UPDATE staff SET wrong_codes = wrong_codes + 1 WHERE id = :id",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_STAFF_PHONES, SQL_COUNT,
	sql_text };

static struct query
query_of_id(struct store *store, enum sql which, int64_t id)
{
	struct query query = query_of(store->database, &sql, (int)which);

	query_integer(&query, ":id", id);
	return (query);
}

/* -- phones ----------------------------------------------------------------- */

enum outcome
staff_erase_phone(struct store *store, int64_t id)
{
	struct query query = query_of_id(store, SQL_ERASE_PHONE, id);
	enum outcome outcome = query_move(&query);

	if (outcome != DONE)
		return (outcome);
	query = query_of_id(store, SQL_ERASE_CODES, id);
	return (query_run(&query, NULL));
}

MUST_USE static enum outcome
check_is_free(struct store *store, int64_t id, const struct caller_key *key)
{
	struct query query = query_of_id(store, SQL_IS_TAKEN, id);
	enum outcome outcome;

	query_bytes(&query, ":key", key->bytes, sizeof(key->bytes));
	outcome = query_next(&query);
	query_end(&query);
	if (outcome == NOTHING)
		return (DONE);
	return (outcome == DONE ? REFUSED : outcome);
}

MUST_USE static enum outcome
write_phone(struct store *store, int64_t id, const struct number *number,
    const char *line)
{
	struct query query = query_of_id(store, SQL_SET_PHONE, id);
	struct caller_key key;
	struct text box = { 0 };
	enum outcome outcome;

	seal_caller_key(store->box, number, &key);
	seal_box(store->box, SEAL_STAFF_PHONE, key.bytes, sizeof(key.bytes),
	    number->e164, strlen(number->e164), &box);
	query_bytes(&query, ":key", key.bytes, sizeof(key.bytes));
	query_blob(&query, ":phone", &box);
	query_text(&query, ":line", line);
	outcome = query_move(&query);
	text_free(&box);
	return (outcome);
}

enum outcome
staff_set_phone(struct store *store, int64_t id, const struct number *number,
    const char *line)
{
	struct caller_key key;
	struct query query;
	enum outcome outcome;

	if (number == NULL)
		return (staff_erase_phone(store, id));
	seal_caller_key(store->box, number, &key);
	outcome = check_is_free(store, id, &key);
	if (outcome != DONE)
		return (outcome);
	query = query_of_id(store, SQL_ERASE_CODES, id);
	outcome = query_run(&query, NULL);
	if (outcome != DONE)
		return (outcome);
	return (write_phone(store, id, number, line));
}

enum outcome
staff_of_phone(
    struct store *store, const struct caller_key *phone, struct staff *staff_r)
{
	struct query query = query_of(store->database, &sql, SQL_OF_PHONE);
	enum outcome outcome;

	query_bytes(&query, ":key", phone->bytes, sizeof(phone->bytes));
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	staff_read(&query, staff_r);
	query_end(&query);
	return (DONE);
}

/* REFUSED: the box does not open. */
MUST_USE static enum outcome
read_phone(
    struct store *store, const struct query *query, struct staff_phone *phone)
{
	enum { ID, KEY, PHONE, LINE };
	struct text number = { 0 };
	size_t key_length, length;
	const void *key = query_get_bytes(query, KEY, &key_length);
	const void *box = query_get_bytes(query, PHONE, &length);
	enum outcome outcome;

	phone->staff = query_get_integer(query, ID);
	query_copy_text(query, LINE, phone->line, sizeof(phone->line));
	if (key_length != sizeof(phone->key.bytes))
		return (REFUSED);
	memcpy(phone->key.bytes, key, key_length);
	outcome = seal_unbox(store->box, SEAL_STAFF_PHONE, phone->key.bytes,
	    sizeof(phone->key.bytes), box, length, &number);
	if (outcome == DONE && number.length < sizeof(phone->number.e164))
		snprintf(phone->number.e164, sizeof(phone->number.e164), "%s",
		    text_string(&number));
	text_free(&number);
	return (outcome);
}

enum outcome
staff_list_phones(struct store *store, enum staff_reach reach, int minute,
    struct staff_phones *phones_r)
{
	struct query query = query_of(store->database, &sql, SQL_REACH);
	struct staff_phones phones = { 0 };
	enum outcome outcome;

	query_integer(&query, ":reach", reach);
	query_integer(&query, ":minute", minute);
	while ((outcome = query_next(&query)) == DONE) {
		phones.items = memory_grow(phones.items, phones.count,
		    phones.count + 1, sizeof(*phones.items));
		if (read_phone(store, &query, &phones.items[phones.count]) ==
		    DONE)
			phones.count++;
		else
			log_err("staff=%lld: their phone does not open",
			    (long long)query_get_integer(&query, 0));
	}
	if (outcome != NOTHING) {
		staff_phones_free(&phones);
		return (outcome);
	}
	*phones_r = phones;
	return (DONE);
}

void
staff_phones_free(struct staff_phones *phones)
{
	if (phones->items != NULL)
		explicit_bzero(
		    phones->items, phones->count * sizeof(*phones->items));
	free(phones->items);
	*phones = (struct staff_phones){ 0 };
}

/* -- codes ------------------------------------------------------------------ */

MUST_USE static enum outcome
add_code(struct store *store, int64_t id, size_t place, struct staff_code *code)
{
	struct code_key key;
	struct query query;
	enum outcome outcome;

	do {
		seal_random_signs(code->text, STAFF_CODE_SIGNS);
		code->text[STAFF_CODE_SIGNS] = '\0';
		seal_code_key(store->box, id, code->text, &key);
		query = query_of_id(store, SQL_ADD_CODE, id);
		query_integer(&query, ":place", (int64_t)place + 1);
		query_bytes(&query, ":hash", key.bytes, sizeof(key.bytes));
		outcome = query_move(&query);
	} while (outcome == NOTHING); /* the same one twice, by chance */
	return (outcome);
}

enum outcome
staff_make_codes(
    struct store *store, int64_t id, struct staff_code *codes_r, size_t count)
{
	struct query query = query_of_id(store, SQL_MAY_HAVE_CODES, id);
	enum outcome outcome = query_next(&query);

	query_end(&query);
	if (outcome != DONE)
		return (outcome);
	query = query_of_id(store, SQL_ERASE_CODES, id);
	outcome = query_run(&query, NULL);
	for (size_t i = 0; i < count && outcome == DONE; i++)
		outcome = add_code(store, id, i, &codes_r[i]);
	if (outcome != DONE)
		return (outcome);
	query = query_of_id(store, SQL_TRUST, id);
	return (query_move(&query));
}

/* 1 when what was typed has the form of a code. */
static int
read_signs(const char *typed, struct staff_code *code)
{
	static const char alphabet[] = "ACDEFGHJKMNPQRTWXY34679";
	size_t count = 0;

	for (; *typed != '\0'; typed++) {
		int sign = toupper((unsigned char)*typed);

		if (sign == '-')
			continue;
		if (sign == '0' || sign == 'O')
			sign = 'Q';
		if (count == STAFF_CODE_SIGNS || strchr(alphabet, sign) == NULL)
			return (0);
		code->text[count++] = (char)sign;
	}
	code->text[count] = '\0';
	return (count == STAFF_CODE_SIGNS);
}

enum trust {
	TRUST_GOOD,
	TRUST_USED,
	TRUST_WRONG,
	TRUST_LOCKED,
};

MUST_USE static enum outcome
find_code(struct store *store, int64_t id, const struct code_key *key,
    enum trust *trust_r, int64_t *wrong_r)
{
	enum { WRONG, IS_USED, IS_THERE };
	struct query query = query_of_id(store, SQL_FIND_CODE, id);
	enum outcome outcome;

	query_bytes(&query, ":hash", key->bytes, sizeof(key->bytes));
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome);
	*wrong_r = query_get_integer(&query, WRONG);
	if (*wrong_r >= STAFF_WRONG_CODES_MOST)
		*trust_r = TRUST_LOCKED;
	else if (!query_get_integer(&query, IS_THERE))
		*trust_r = TRUST_WRONG;
	else
		*trust_r = query_get_integer(&query, IS_USED) ? TRUST_USED
							      : TRUST_GOOD;
	query_end(&query);
	return (DONE);
}

MUST_USE static enum outcome
use_up(struct store *store, int64_t id, const struct code_key *key,
    int64_t now_utc_s)
{
	struct query query = query_of_id(store, SQL_USE_CODE, id);
	enum outcome outcome;

	query_bytes(&query, ":hash", key->bytes, sizeof(key->bytes));
	query_integer(&query, ":now", now_utc_s);
	outcome = query_move(&query);
	if (outcome != DONE)
		return (outcome);
	query = query_of_id(store, SQL_TRUST, id);
	return (query_move(&query));
}

enum outcome
staff_use_code(struct store *store, int64_t id, const char *typed,
    int64_t now_utc_s, int *locked_r)
{
	struct staff_code code;
	struct code_key key;
	struct query query;
	enum trust trust = TRUST_WRONG;
	int64_t wrong = 0;
	enum outcome outcome;

	if (!read_signs(typed, &code))
		return (NOTHING);
	seal_code_key(store->box, id, code.text, &key);
	outcome = find_code(store, id, &key, &trust, &wrong);
	if (outcome != DONE)
		return (outcome);
	if (trust == TRUST_GOOD)
		return (use_up(store, id, &key, now_utc_s));
	*locked_r = 0;
	if (trust == TRUST_USED)
		return (NOTHING);
	if (trust == TRUST_LOCKED)
		return (REFUSED);
	query = query_of_id(store, SQL_COUNT_WRONG, id);
	outcome = query_move(&query);
	*locked_r = outcome == DONE && wrong + 1 == STAFF_WRONG_CODES_MOST;
	return (outcome == DONE ? REFUSED : outcome);
}
