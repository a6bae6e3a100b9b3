#include "store/staff.h"

#include <assert.h>
#include <ctype.h>
#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>

#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "store/store_parts.h"

enum sql { SQL_ADD, SQL_SIGN_IN, SQL_SET_RECOVERY, SQL_RECOVERY, SQL_COUNT };

static const char *const sql_text[] = {
	[SQL_ADD] =
	    "INSERT INTO staff (name, name_folded, role, wrapped,"
	    " added_utc_s) VALUES (:name, :folded, :role, :wrapped, :now)"
	    " ON CONFLICT (name_folded) DO NOTHING",
	/* Somebody else's row when there is no such name, so that a wrong name
	 * costs the same work as a wrong password. */
	[SQL_SIGN_IN] = "SELECT id, name, role, is_disabled, wrapped,"
			" name_folded = :folded AS is_theirs FROM staff"
			" ORDER BY is_theirs DESC, id LIMIT 1",
	[SQL_SET_RECOVERY] =
	    "INSERT INTO recovery (only_row, wrapped, made_utc_s)"
	    " VALUES (1, :wrapped, :now)"
	    " ON CONFLICT (only_row) DO UPDATE SET wrapped = excluded.wrapped,"
	    " made_utc_s = excluded.made_utc_s",
	[SQL_RECOVERY] = "SELECT wrapped FROM recovery WHERE only_row = 1",
};
static_assert(COUNT_OF(sql_text) == SQL_COUNT, "a statement is missing");
static const struct sql_table sql = { SQL_OF_STAFF, SQL_COUNT, sql_text };

/* A name without regard to case and ways of writing it; free() it.  NULL when
 * it is no UTF-8. */
static char *
fold(const char *name)
{
	const uint8_t *bytes = (const uint8_t *)name;
	size_t length = strlen(name) + 1;

	if (u8_check(bytes, length) != NULL)
		return (NULL);
	return ((char *)u8_casefold(
	    bytes, length, NULL, UNINORM_NFKC, NULL, &length));
}

static int
is_fit(const char *name, const char *role, const char *password)
{
	static const char *const roles[] = { "caseworker", "lead",
		"technician" };
	size_t length = strlen(name);

	if (length == 0 || length > STAFF_NAME_MAX_BYTES ||
	    strlen(password) < STAFF_PASSWORD_MIN_BYTES)
		return (0);
	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		if (strcmp(role, roles[i]) == 0)
			return (1);
	}
	return (0);
}

enum outcome
staff_add(struct store *store, const char *name, const char *role,
    const char *password, const struct team_secret *secret, int64_t now_utc_s)
{
	struct text wrapped = { 0 };
	struct query query;
	char *folded = NULL;
	int64_t row;
	enum outcome outcome;

	if (!is_fit(name, role, password) || (folded = fold(name)) == NULL)
		return (REFUSED);
	team_secret_wrap(secret, password, &wrapped);
	query = query_of(store->database, &sql, SQL_ADD);
	query_text(&query, ":name", name);
	query_text(&query, ":folded", folded);
	query_text(&query, ":role", role);
	query_blob(&query, ":wrapped", &wrapped);
	query_integer(&query, ":now", now_utc_s);
	outcome = query_add(&query, &row);
	text_free(&wrapped);
	free(folded);
	return (outcome == NOTHING ? REFUSED : outcome);
}

enum outcome
staff_sign_in(struct store *store, const char *name, const char *password,
    struct staff *staff_r, struct team_secret **secret_r)
{
	enum { ID, NAME, ROLE, IS_DISABLED, WRAPPED, IS_THEIRS };
	struct query query = query_of(store->database, &sql, SQL_SIGN_IN);
	struct team_secret *secret = NULL;
	struct staff staff = { 0 };
	char *folded = fold(name);
	const void *wrapped;
	size_t length;
	int is_theirs;
	enum outcome outcome;

	query_text(&query, ":folded", folded != NULL ? folded : "");
	outcome = query_next(&query);
	if (outcome != DONE) {
		free(folded);
		return (outcome == NOTHING ? REFUSED : outcome);
	}
	staff.id = query_get_integer(&query, ID);
	query_copy_text(&query, NAME, staff.name, sizeof(staff.name));
	query_copy_text(&query, ROLE, staff.role, sizeof(staff.role));
	staff.is_disabled = (int)query_get_integer(&query, IS_DISABLED);
	is_theirs = (int)query_get_integer(&query, IS_THEIRS);
	wrapped = query_get_bytes(&query, WRAPPED, &length);
	outcome = team_secret_unwrap(wrapped, length, password, &secret);
	query_end(&query);
	free(folded);
	if (outcome == DONE && (!is_theirs || staff.is_disabled)) {
		team_secret_close(secret);
		outcome = REFUSED;
	}
	if (outcome != DONE)
		return (outcome);
	*staff_r = staff;
	*secret_r = secret;
	return (DONE);
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

enum outcome
staff_set_recovery(struct store *store, const struct recovery_key *key,
    const struct team_secret *secret, int64_t now_utc_s)
{
	struct text wrapped = { 0 };
	struct text signs = { 0 };
	struct query query;
	enum outcome outcome;

	add_typed(&signs, key->text);
	team_secret_wrap(secret, text_string(&signs), &wrapped);
	query = query_of(store->database, &sql, SQL_SET_RECOVERY);
	query_blob(&query, ":wrapped", &wrapped);
	query_integer(&query, ":now", now_utc_s);
	outcome = query_run(&query, NULL);
	text_free(&signs);
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
