/* A team of three and one request, in a store of their own: for the suites
 * about keys.
 *
 * Sita is a lead, Hari a caseworker, Tek a technician; the request holds one
 * text of its caller's, TEAM_WORDS.
 */
#ifndef TESTS_TEAM_FIXTURE_H
#define TESTS_TEAM_FIXTURE_H

#include <sodium.h>

#include "store/schema.h"
#include "store/staff.h"
#include "store/statement.h"
#include "tests/store_fixture.h"

#define TEAM_WORDS    "the employer keeps my passport"
#define LEAD_PASSWORD "mountain river"
#define HARI_PASSWORD "river mountain"
#define TEK_PASSWORD  "cable and modem"

static struct request_id team_request;

/* Runs SQL on the store's file behind its back. */
static inline void
tamper(const char *script)
{
	struct database *database;

	MUST(database_open(fixture_store_path, DATABASE_WRITE, &database));
	MUST(database_script(database, script));
	database_close(database);
}

static inline void
add(const char *name, const char *role, const char *password)
{
	MUST(store_begin(fixture_store));
	MUST(staff_add(
	    fixture_store, name, role, password, fixture_secret, 1000));
	MUST(store_commit(fixture_store));
}

static inline void
seal_words(const char *sealed, int64_t now_utc_s)
{
	MUST(store_begin(fixture_store));
	MUST(requests_add_text(fixture_store, team_request, sealed,
	    (struct journal_id){ 1 }, now_utc_s));
	MUST(store_commit(fixture_store));
}

static inline void
open_request(void)
{
	struct person person = person_of(1);
	struct caller caller = { .key = person.key, .last_utc_s = 1000 };
	struct request_opening opening = {
		.ref = "KM7P4",
		.caller = &person.key,
		.number = &person.number,
		.line = "demo",
		.corridor = "nepal-gulf",
		.language = "ne",
		.opened_by = "help",
		.urgency = URGENCY_HIGH,
		.now_utc_s = 1000,
	};

	MUST(store_begin(fixture_store));
	MUST(callers_put(fixture_store, &caller, &person.number));
	MUST(requests_open(fixture_store, &opening, &team_request));
	MUST(store_commit(fixture_store));
}

static inline void
open_team(void)
{
	struct recovery_key key;

	fixture_open();
	add("Sita", "lead", LEAD_PASSWORD);
	add("Hari", "caseworker", HARI_PASSWORD);
	add("Tek", "technician", TEK_PASSWORD);
	recovery_key_make(&key);
	MUST(store_begin(fixture_store));
	MUST(staff_set_recovery(fixture_store, &key, fixture_secret, 1));
	MUST(store_commit(fixture_store));
	open_request();
	seal_words(TEAM_WORDS, 1000);
}

static inline enum outcome
sign_in(const char *name, const char *password, struct team_secret **secret_r)
{
	struct staff staff;

	*secret_r = NULL;
	return (staff_sign_in(fixture_store, name, password, &staff, secret_r));
}

/* How many texts of the request this secret opens; -1: it opens none. */
static inline int
count_opened(const struct team_secret *secret, const char *expected)
{
	struct case_thread thread;
	int opened = 0;

	MUST(requests_unseal_thread(
	    fixture_store, secret, team_request, &thread));
	for (size_t i = 0; i < thread.count; i++) {
		if (thread.items[i].text != NULL &&
		    strcmp(thread.items[i].text, expected) == 0)
			opened++;
	}
	case_thread_free(&thread);
	return (opened);
}

static inline void
check_reads(const char *name, const char *password)
{
	struct team_secret *secret;

	MUST(sign_in(name, password, &secret));
	ck_assert_int_eq(count_opened(secret, TEAM_WORDS), 1);
	team_secret_close(secret);
}

static inline void
check_refused(const char *name, const char *password)
{
	struct team_secret *secret;

	ck_assert_int_eq(sign_in(name, password, &secret), REFUSED);
	ck_assert_ptr_null(secret);
}

static inline int64_t
id_of(const char *name)
{
	struct staff staff;

	MUST(staff_find(fixture_store, name, &staff));
	return (staff.id);
}

/* A row as version 1 wrote it. */
static inline void
make_old(const char *name, const char *password)
{
	struct text wrapped = { 0 }, script = { 0 };
	char hex[512];

	team_secret_wrap(fixture_secret, password, &wrapped);
	sodium_bin2hex(hex, sizeof(hex), (const unsigned char *)wrapped.bytes,
	    wrapped.length);
	text_printf(&script,
	    "UPDATE staff SET wrapped = x'%s', team_sealed = NULL,"
	    " public_key = NULL WHERE name = '%s'",
	    hex, name);
	tamper(script.bytes);
	text_free(&wrapped);
	text_free(&script);
}

static inline int
must_sign_in(const char *name)
{
	struct staff staff;

	MUST(staff_find(fixture_store, name, &staff));
	return (staff.must_sign_in);
}

#endif
