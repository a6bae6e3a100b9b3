/* Passwords and keys of store/staff.h. */
#include <assert.h>
#include <ctype.h>

#include "gateway/base/log.h"
#include "gateway/text/utf8.h"
#include "store/staff_parts.h"
#include "store/store_parts.h"

enum sql {
	SQL_ADD,
	SQL_SIGN_IN,
	SQL_CONVERT,
	SQL_RENEW,
	SQL_PUBLIC,
	SQL_SET_ROLE,
	SQL_SET_RECOVERY,
	SQL_RECOVERY,
	SQL_COUNT
};

static const char *const sql_text[] = {
	[SQL_ADD] =
	    "INSERT INTO staff (name, name_folded, role, wrapped, public_key,"
	    " team_sealed, added_utc_s) VALUES (:name, :folded, :role,"
	    " :wrapped, :public, :sealed, :now)"
	    " ON CONFLICT (name_folded) DO NOTHING",
	/* Somebody else's wrapping when there is no such name, or it is
	 * disabled, so that it costs the same work as a wrong password. */
	[SQL_SIGN_IN] =
	    ("SELECT " STAFF_COLUMNS ", wrapped, public_key, team_sealed,"
	     " name_folded = :folded FROM staff WHERE wrapped IS NOT NULL"
	     " ORDER BY name_folded = :folded DESC, id LIMIT 1"),
	[SQL_CONVERT] =
	    "UPDATE staff SET wrapped = :wrapped, public_key = :public,"
	    " team_sealed = :sealed"
	    " WHERE id = :id AND public_key IS NULL AND wrapped = :before",
	[SQL_RENEW] =
	    "UPDATE staff SET wrapped = :wrapped, public_key = :public,"
	    " team_sealed = :sealed, role = :role, is_disabled = 0"
	    " WHERE id = :id",
	[SQL_PUBLIC] = "SELECT public_key FROM staff WHERE id = :id"
		       " AND public_key IS NOT NULL",
	[SQL_SET_ROLE] =
	    "UPDATE staff SET role = :role, team_sealed = :sealed,"
	    " is_on_duty = is_on_duty AND :sealed IS NOT NULL WHERE id = :id",
	[SQL_SET_RECOVERY] =
	    "INSERT INTO recovery (only_row, wrapped, made_utc_s)"
	    " VALUES (1, :wrapped, :now)"
	    " ON CONFLICT (only_row) DO UPDATE SET wrapped = excluded.wrapped,"
	    " made_utc_s = excluded.made_utc_s",
	[SQL_RECOVERY] = "SELECT wrapped FROM recovery WHERE only_row = 1",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_STAFF_KEYS, SQL_COUNT, sql_text };

/* -- what is fit ------------------------------------------------------------ */

static int
is_role(const char *role)
{
	static const char *const roles[] = { "caseworker", "lead",
		"technician" };

	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		if (strcmp(role, roles[i]) == 0)
			return (1);
	}
	return (0);
}

static int
holds_secret(const char *role)
{
	return (strcmp(role, "technician") != 0);
}

static int
is_fit_password(const char *password)
{
	return (strlen(password) >= STAFF_PASSWORD_MIN_BYTES);
}

static int
is_fit_name(const char *name)
{
	size_t length = strlen(name);

	return (length > 0 && length <= STAFF_NAME_MAX_BYTES &&
	    utf8_is_clean(name, length) && strchr(name, '\n') == NULL);
}

/* -- a person's keys -------------------------------------------------------- */

/* What stands in a row. */
struct keys {
	struct person_public public;
	struct text wrapped;
	struct text sealed; /* "" for a technician */
};

/* `secret` NULL: none is sealed. */
static void
make_keys(
    const char *password, const struct team_secret *secret, struct keys *keys)
{
	struct person_secret *own;

	person_make(&keys->public, &own);
	person_secret_wrap(own, password, &keys->wrapped);
	person_secret_close(own);
	if (secret != NULL)
		team_secret_seal(secret, &keys->public, &keys->sealed);
}

static void
bind_keys(struct query *query, const struct keys *keys)
{
	query_blob(query, ":wrapped", &keys->wrapped);
	query_bytes(
	    query, ":public", keys->public.bytes, sizeof(keys->public.bytes));
	query_blob(query, ":sealed", &keys->sealed);
}

static void
free_keys(struct keys *keys)
{
	text_free(&keys->wrapped);
	text_free(&keys->sealed);
}

/* The secret for somebody of this role: DONE, NULL for a technician; REFUSED
 * when it is the team's no more; BROKEN when it is not at hand. */
MUST_USE static enum outcome
secret_for(struct store *store, const char *role,
    const struct team_secret *secret, const struct team_secret **secret_r)
{
	*secret_r = holds_secret(role) ? secret : NULL;
	if (!holds_secret(role))
		return (DONE);
	if (*secret_r != NULL)
		return (staff_check_secret(store, secret));
	log_err("a %s cannot be given keys without the team's secret", role);
	return (BROKEN);
}

enum outcome
staff_add(struct store *store, const char *name, const char *role,
    const char *password, const struct team_secret *secret, int64_t now_utc_s)
{
	struct keys keys = { 0 };
	struct query query;
	char *folded = NULL;
	int64_t row;
	enum outcome outcome;

	if (!is_fit_name(name) || !is_role(role) ||
	    !is_fit_password(password) || (folded = staff_fold(name)) == NULL)
		return (REFUSED);
	outcome = secret_for(store, role, secret, &secret);
	if (outcome != DONE) {
		free(folded);
		return (outcome);
	}
	make_keys(password, secret, &keys);
	query = query_of(store->database, &sql, SQL_ADD);
	query_text(&query, ":name", name);
	query_text(&query, ":folded", folded);
	query_text(&query, ":role", role);
	bind_keys(&query, &keys);
	query_integer(&query, ":now", now_utc_s);
	outcome = query_add(&query, &row);
	free_keys(&keys);
	free(folded);
	return (outcome == NOTHING ? REFUSED : outcome);
}

enum outcome
staff_renew(struct store *store, const struct staff_renewal *renewal)
{
	struct keys keys = { 0 };
	const struct team_secret *secret;
	const char *role = renewal->role;
	struct staff staff;
	struct query query;
	enum outcome outcome = staff_get(store, renewal->staff, &staff);

	if (outcome != DONE)
		return (outcome);
	if (role == NULL)
		role = staff.role;
	if (!is_role(role) || !is_fit_password(renewal->password))
		return (REFUSED);
	outcome = secret_for(store, role, renewal->secret, &secret);
	if (outcome != DONE)
		return (outcome);
	make_keys(renewal->password, secret, &keys);
	query = query_of(store->database, &sql, SQL_RENEW);
	query_integer(&query, ":id", staff.id);
	query_text(&query, ":role", role);
	bind_keys(&query, &keys);
	outcome = query_move(&query);
	free_keys(&keys);
	return (outcome);
}

/* The secret as this person holds it; "" for a technician. */
MUST_USE static enum outcome
seal_for(struct store *store, int64_t id, const struct team_secret *secret,
    struct text *sealed)
{
	struct query query = query_of(store->database, &sql, SQL_PUBLIC);
	struct person_public person;
	const void *public;
	size_t length;
	enum outcome outcome;

	query_integer(&query, ":id", id);
	outcome = query_next(&query);
	if (outcome != DONE)
		return (outcome == NOTHING ? REFUSED : outcome);
	public = query_get_bytes(&query, 0, &length);
	if (length == sizeof(person.bytes))
		memcpy(person.bytes, public, length);
	else
		outcome = BROKEN;
	query_end(&query);
	if (outcome == DONE && secret != NULL)
		team_secret_seal(secret, &person, sealed);
	return (outcome);
}

MUST_USE static enum outcome
check_role(struct store *store, int64_t id, const char *role)
{
	struct staff staff;
	enum outcome outcome = staff_get(store, id, &staff);

	if (outcome != DONE)
		return (outcome);
	if (staff.is_disabled)
		return (NOTHING);
	if (!is_role(role))
		return (REFUSED);
	return (staff_check_not_last_lead(
	    store, strcmp(role, "lead") == 0 ? 0 : id));
}

enum outcome
staff_set_role(struct store *store, int64_t id, const char *role,
    const struct team_secret *secret)
{
	struct text sealed = { 0 };
	struct query query;
	enum outcome outcome = check_role(store, id, role);

	if (outcome == DONE)
		outcome = secret_for(store, role, secret, &secret);
	if (outcome == DONE)
		outcome = seal_for(store, id, secret, &sealed);
	if (outcome != DONE)
		return (outcome);
	query = query_of(store->database, &sql, SQL_SET_ROLE);
	query_integer(&query, ":id", id);
	query_text(&query, ":role", role);
	query_blob(&query, ":sealed", &sealed);
	outcome = query_move(&query);
	text_free(&sealed);
	if (outcome == DONE && secret == NULL)
		outcome = staff_erase_phone(store, id);
	return (outcome);
}

/* -- signing in ------------------------------------------------------------- */

/* A row as it signs in. */
struct entry {
	struct staff staff;
	struct text wrapped;
	struct text sealed;
	int has_own_keys;
	int is_theirs;
};

static void
add_column(struct text *text, const struct query *query, int column)
{
	size_t length;
	const void *bytes = query_get_bytes(query, column, &length);

	if (length > 0)
		text_add_bytes(text, bytes, length);
}

MUST_USE static enum outcome
find_entry(struct store *store, const char *name, struct entry *entry)
{
	enum {
		WRAPPED = STAFF_COLUMN_COUNT,
		PUBLIC_KEY,
		TEAM_SEALED,
		IS_THEIRS
	};
	struct query query = query_of(store->database, &sql, SQL_SIGN_IN);
	char *folded = staff_fold(name);
	enum outcome outcome;

	query_text(&query, ":folded", folded != NULL ? folded : "");
	outcome = query_next(&query);
	if (outcome == DONE) {
		staff_read(&query, &entry->staff);
		add_column(&entry->wrapped, &query, WRAPPED);
		add_column(&entry->sealed, &query, TEAM_SEALED);
		entry->has_own_keys = !query_get_is_null(&query, PUBLIC_KEY);
		entry->is_theirs = (int)query_get_integer(&query, IS_THEIRS);
		query_end(&query);
	}
	free(folded);
	return (outcome);
}

/* A row of the old form gets keys of its own.  Whoever cannot write just now
 * signs in all the same, and it is done the next time. */
static void
convert(struct store *store, const struct entry *entry, const char *password,
    const struct team_secret *secret)
{
	struct keys keys = { 0 };
	struct query query;
	enum outcome outcome = store_begin(store);

	if (outcome != DONE)
		return;
	make_keys(password, secret, &keys);
	query = query_of(store->database, &sql, SQL_CONVERT);
	query_integer(&query, ":id", entry->staff.id);
	query_blob(&query, ":before", &entry->wrapped);
	bind_keys(&query, &keys);
	outcome = query_move(&query);
	if (outcome == DONE)
		outcome = store_commit(store);
	if (outcome == DONE)
		log_info("staff=%lld: has keys of their own now",
		    (long long)entry->staff.id);
	else
		store_rollback(store);
	free_keys(&keys);
}

MUST_USE static enum outcome
open_old(struct store *store, const struct entry *entry, const char *password,
    struct team_secret **secret_r)
{
	struct team_secret *secret = NULL;
	enum outcome outcome = team_secret_unwrap(
	    entry->wrapped.bytes, entry->wrapped.length, password, &secret);

	if (outcome != DONE)
		return (outcome);
	if (!holds_secret(entry->staff.role)) {
		team_secret_close(secret);
		secret = NULL;
	}
	if (entry->is_theirs && !entry->staff.is_disabled)
		convert(store, entry, password, secret);
	*secret_r = secret;
	return (DONE);
}

MUST_USE static enum outcome
open_own(const struct entry *entry, const char *password,
    struct team_secret **secret_r)
{
	struct person_secret *own = NULL;
	enum outcome outcome = person_secret_unwrap(
	    entry->wrapped.bytes, entry->wrapped.length, password, &own);

	if (outcome != DONE)
		return (outcome);
	if (holds_secret(entry->staff.role) && entry->is_theirs)
		outcome = team_secret_unseal(
		    entry->sealed.bytes, entry->sealed.length, own, secret_r);
	person_secret_close(own);
	if (outcome != DONE)
		log_err("staff=%lld: their keys do not open the team's",
		    (long long)entry->staff.id);
	return (outcome);
}

enum outcome
staff_sign_in(struct store *store, const char *name, const char *password,
    struct staff *staff_r, struct team_secret **secret_r)
{
	struct entry entry = { 0 };
	struct team_secret *secret = NULL;
	enum outcome outcome = find_entry(store, name, &entry);

	if (outcome == NOTHING)
		outcome = REFUSED;
	else if (outcome == DONE && entry.has_own_keys)
		outcome = open_own(&entry, password, &secret);
	else if (outcome == DONE)
		outcome = open_old(store, &entry, password, &secret);
	if (outcome == DONE && (!entry.is_theirs || entry.staff.is_disabled)) {
		team_secret_close(secret);
		outcome = REFUSED;
	}
	if (outcome == DONE) {
		*staff_r = entry.staff;
		*secret_r = secret;
	}
	text_free(&entry.wrapped);
	text_free(&entry.sealed);
	return (outcome);
}

enum outcome
staff_check_secret(struct store *store, const struct team_secret *secret)
{
	struct team_public held, current;
	enum outcome outcome = store_team(store, &current);

	if (outcome != DONE)
		return (outcome);
	team_secret_public(secret, &held);
	return (memcmp(held.bytes, current.bytes, sizeof(held.bytes)) == 0
		? DONE
		: REFUSED);
}

/* -- the recovery key ------------------------------------------------------- */

/* As printed, however it was typed: capitals, nothing between the signs. */
static void
add_typed(struct text *signs, const char *key)
{
	for (; *key != '\0'; key++) {
		if (isalnum((unsigned char)*key))
			text_add_byte(signs, toupper((unsigned char)*key));
	}
}

void
staff_wrap_recovery(const struct recovery_key *key,
    const struct team_secret *secret, struct text *wrapped)
{
	struct text signs = { 0 };

	add_typed(&signs, key->text);
	team_secret_wrap(secret, text_string(&signs), wrapped);
	text_free(&signs);
}

enum outcome
staff_write_recovery(
    struct store *store, const struct text *wrapped, int64_t now_utc_s)
{
	struct query query = query_of(store->database, &sql, SQL_SET_RECOVERY);

	query_blob(&query, ":wrapped", wrapped);
	query_integer(&query, ":now", now_utc_s);
	return (query_run(&query, NULL));
}

enum outcome
staff_set_recovery(struct store *store, const struct recovery_key *key,
    const struct team_secret *secret, int64_t now_utc_s)
{
	struct text wrapped = { 0 };
	enum outcome outcome;

	staff_wrap_recovery(key, secret, &wrapped);
	outcome = staff_write_recovery(store, &wrapped, now_utc_s);
	text_free(&wrapped);
	return (outcome);
}

enum outcome
staff_recover(
    struct store *store, const char *key, struct team_secret **secret_r)
{
	struct query query = query_of(store->database, &sql, SQL_RECOVERY);
	struct text signs = { 0 };
	const void *wrapped;
	size_t length;
	enum outcome outcome = query_next(&query);

	if (outcome != DONE)
		return (outcome == NOTHING ? REFUSED : outcome);
	add_typed(&signs, key);
	wrapped = query_get_bytes(&query, 0, &length);
	outcome =
	    team_secret_unwrap(wrapped, length, text_string(&signs), secret_r);
	query_end(&query);
	text_free(&signs);
	return (outcome);
}
