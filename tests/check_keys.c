/* What opens what: passwords, people's own keys, a new key for the team. */
#include <signal.h>
#include <sodium.h>
#include <sys/wait.h>
#include <time.h>

#include "store/schema.h"
#include "store/staff.h"
#include "store/statement.h"
#include "tests/store_fixture.h"

static const char words[] = "the employer keeps my passport";
static const char lead_password[] = "mountain river";
static const char hari_password[] = "river mountain";
static const char tek_password[] = "cable and modem";

static struct request_id request;

/* Runs SQL on the store's file behind its back. */
static void
tamper(const char *script)
{
	struct database *database;

	MUST(database_open(fixture_store_path, DATABASE_WRITE, &database));
	MUST(database_script(database, script));
	database_close(database);
}

static void
add(const char *name, const char *role, const char *password)
{
	MUST(store_begin(fixture_store));
	MUST(staff_add(
	    fixture_store, name, role, password, fixture_secret, 1000));
	MUST(store_commit(fixture_store));
}

static void
seal_words(const char *sealed, int64_t now_utc_s)
{
	MUST(store_begin(fixture_store));
	MUST(requests_add_text(fixture_store, request, sealed,
	    (struct journal_id){ 1 }, now_utc_s));
	MUST(store_commit(fixture_store));
}

static void
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
	MUST(requests_open(fixture_store, &opening, &request));
	MUST(store_commit(fixture_store));
}

static void
open_team(void)
{
	struct recovery_key key;

	fixture_open();
	add("Sita", "lead", lead_password);
	add("Hari", "caseworker", hari_password);
	add("Tek", "technician", tek_password);
	recovery_key_make(&key);
	MUST(store_begin(fixture_store));
	MUST(staff_set_recovery(fixture_store, &key, fixture_secret, 1));
	MUST(store_commit(fixture_store));
	open_request();
	seal_words(words, 1000);
}

static enum outcome
sign_in(const char *name, const char *password, struct team_secret **secret_r)
{
	struct staff staff;

	*secret_r = NULL;
	return (staff_sign_in(fixture_store, name, password, &staff, secret_r));
}

/* How many texts of the request this secret opens; -1: it opens none. */
static int
count_opened(const struct team_secret *secret, const char *expected)
{
	struct case_thread thread;
	int opened = 0;

	MUST(requests_unseal_thread(fixture_store, secret, request, &thread));
	for (size_t i = 0; i < thread.count; i++) {
		if (thread.items[i].text != NULL &&
		    strcmp(thread.items[i].text, expected) == 0)
			opened++;
	}
	case_thread_free(&thread);
	return (opened);
}

static void
check_reads(const char *name, const char *password)
{
	struct team_secret *secret;

	MUST(sign_in(name, password, &secret));
	ck_assert_int_eq(count_opened(secret, words), 1);
	team_secret_close(secret);
}

static void
check_refused(const char *name, const char *password)
{
	struct team_secret *secret;

	ck_assert_int_eq(sign_in(name, password, &secret), REFUSED);
	ck_assert_ptr_null(secret);
}

static int64_t
id_of(const char *name)
{
	struct staff staff;

	MUST(staff_find(fixture_store, name, &staff));
	return (staff.id);
}

/* -- people ----------------------------------------------------------------- */

START_TEST(each_reads_the_same_case_with_a_password_of_their_own)
{
	check_reads("Sita", lead_password);
	check_reads("Hari", hari_password);
	check_refused("Hari", lead_password);
}
END_TEST

START_TEST(a_technician_signs_in_and_holds_no_secret)
{
	struct team_secret *secret = (void *)1;
	struct staff staff;

	MUST(
	    staff_sign_in(fixture_store, "Tek", tek_password, &staff, &secret));
	ck_assert_ptr_null(secret);
	ck_assert_str_eq(staff.role, "technician");
	check_refused("Tek", hari_password);
}
END_TEST

/* What stands in a row of Hari's. */
static void
read_hari(struct text *wrapped, struct text *sealed)
{
	struct database *database;

	MUST(database_open(fixture_store_path, DATABASE_READ, &database));
	MUST(database_text(database,
	    "SELECT hex(wrapped) FROM staff WHERE name = 'Hari'", wrapped));
	MUST(database_text(database,
	    "SELECT hex(team_sealed) FROM staff WHERE name = 'Hari'", sealed));
	database_close(database);
}

static int
has_hex(const struct text *hex)
{
	unsigned char bytes[256];
	size_t length;

	ck_assert_int_eq(sodium_hex2bin(bytes, sizeof(bytes), hex->bytes,
			     hex->length, NULL, &length, NULL),
	    0);
	return (fixture_has_bytes(bytes, length));
}

START_TEST(whoever_is_disabled_leaves_nothing_their_password_opens)
{
	struct text wrapped = { 0 }, sealed = { 0 };
	struct staff staff;

	read_hari(&wrapped, &sealed);
	ck_assert_int_eq(has_hex(&wrapped) && has_hex(&sealed), 1);
	MUST(store_begin(fixture_store));
	MUST(staff_disable(fixture_store, id_of("Hari")));
	ck_assert_int_eq(staff_disable(fixture_store, id_of("Hari")), NOTHING);
	MUST(store_commit(fixture_store));
	check_refused("Hari", hari_password);
	/* Nor in the file, nor in its log. */
	MUST(store_empty_log(fixture_store));
	ck_assert_int_eq(has_hex(&wrapped), 0);
	ck_assert_int_eq(has_hex(&sealed), 0);
	MUST(staff_find(fixture_store, "hari", &staff));
	ck_assert_int_eq(staff.is_disabled, 1);
	check_reads("Sita", lead_password);
	text_free(&wrapped);
	text_free(&sealed);
}
END_TEST

START_TEST(a_disabled_person_comes_back_with_a_new_password_only)
{
	struct staff_renewal renewal = { .staff = id_of("Hari"),
		.password = "a new password",
		.secret = fixture_secret };

	MUST(store_begin(fixture_store));
	MUST(staff_disable(fixture_store, renewal.staff));
	MUST(staff_renew(fixture_store, &renewal));
	MUST(store_commit(fixture_store));
	check_refused("Hari", hari_password);
	check_reads("Hari", "a new password");
}
END_TEST

START_TEST(the_last_lead_stays)
{
	MUST(store_begin(fixture_store));
	ck_assert_int_eq(staff_disable(fixture_store, id_of("Sita")), REFUSED);
	ck_assert_int_eq(staff_set_role(fixture_store, id_of("Sita"),
			     "caseworker", fixture_secret),
	    REFUSED);
	MUST(staff_set_role(
	    fixture_store, id_of("Hari"), "lead", fixture_secret));
	MUST(staff_disable(fixture_store, id_of("Sita")));
	ck_assert_int_eq(staff_disable(fixture_store, id_of("Hari")), REFUSED);
	MUST(store_commit(fixture_store));
	check_reads("Hari", hari_password);
	check_refused("Sita", lead_password);
}
END_TEST

START_TEST(who_becomes_a_technician_loses_the_secret_and_may_get_it_back)
{
	struct team_secret *secret;

	MUST(store_begin(fixture_store));
	MUST(staff_set_role(
	    fixture_store, id_of("Hari"), "technician", fixture_secret));
	MUST(store_commit(fixture_store));
	MUST(sign_in("Hari", hari_password, &secret));
	ck_assert_ptr_null(secret);
	MUST(store_begin(fixture_store));
	ck_assert_int_eq(staff_set_role(fixture_store, id_of("Hari"), "king",
			     fixture_secret),
	    REFUSED);
	MUST(staff_set_role(
	    fixture_store, id_of("Hari"), "caseworker", fixture_secret));
	MUST(store_commit(fixture_store));
	check_reads("Hari", hari_password);
}
END_TEST

START_TEST(a_key_that_is_not_the_teams_is_given_to_nobody)
{
	struct staff_renewal renewal = { .staff = id_of("Hari"),
		.password = "a new password" };
	struct team_secret *other;
	struct team_public public;

	team_make(&public, &other);
	renewal.secret = other;
	MUST(store_begin(fixture_store));
	ck_assert_int_eq(
	    staff_add(fixture_store, "Ram", "caseworker", "password", other, 1),
	    REFUSED);
	ck_assert_int_eq(staff_renew(fixture_store, &renewal), REFUSED);
	renewal.secret = NULL;
	ck_assert_int_eq(staff_renew(fixture_store, &renewal), BROKEN);
	MUST(store_commit(fixture_store));
	check_reads("Hari", hari_password);
	team_secret_close(other);
}
END_TEST

/* -- rows of before people had keys ----------------------------------------- */

/* A row as version 1 wrote it. */
static void
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

static int
must_sign_in(const char *name)
{
	struct staff staff;

	MUST(staff_find(fixture_store, name, &staff));
	return (staff.must_sign_in);
}

START_TEST(a_row_of_the_old_form_is_changed_when_its_owner_signs_in)
{
	make_old("Hari", hari_password);
	ck_assert_int_eq(must_sign_in("Hari"), 1);
	check_refused("Hari", "not this one");
	ck_assert_int_eq(must_sign_in("Hari"), 1);
	check_reads("Hari", hari_password);
	ck_assert_int_eq(must_sign_in("Hari"), 0);
	check_reads("Hari", hari_password);
}
END_TEST

START_TEST(a_technicians_old_row_loses_the_secret_at_the_next_sign_in)
{
	struct team_secret *secret;

	make_old("Tek", tek_password);
	for (int i = 0; i < 2; i++) {
		MUST(sign_in("Tek", tek_password, &secret));
		ck_assert_ptr_null(secret);
		ck_assert_int_eq(must_sign_in("Tek"), 0);
	}
}
END_TEST

START_TEST(an_old_row_signs_in_while_the_store_cannot_be_written)
{
	struct store *other;

	make_old("Hari", hari_password);
	MUST(store_open(fixture_store_path, STORE_DESK, fixture_box, &other));
	MUST(store_begin(other));
	check_reads("Hari", hari_password);
	ck_assert_int_eq(must_sign_in("Hari"), 1);
	store_rollback(other);
	store_close(other);
}
END_TEST

static void
add_hex(struct text *script, const void *bytes, size_t length)
{
	char hex[512];

	sodium_bin2hex(hex, sizeof(hex), bytes, length);
	text_printf(script, "x'%s'", hex);
}

/* A store as version 2 left it: Hari, and Ram, who was disabled then. */
static void
write_version_2(const char *path)
{
	struct database *database;
	struct text script = { 0 };
	struct text wrapped = { 0 };
	unsigned char fingerprint[8];

	box_key_fingerprint(fixture_box, fingerprint);
	team_secret_wrap(fixture_secret, hari_password, &wrapped);
	text_add(&script, "INSERT INTO meta VALUES (1, ");
	add_hex(&script, fixture_team.bytes, sizeof(fixture_team.bytes));
	text_add(&script, ", ");
	add_hex(&script, fingerprint, sizeof(fingerprint));
	text_add(&script,
	    ", '2026-01-01', 1); INSERT INTO staff (name,"
	    " name_folded, role, is_disabled, added_utc_s,"
	    " wrapped) VALUES ('Hari', 'hari', 'caseworker', 0, 1,");
	add_hex(&script, wrapped.bytes, wrapped.length);
	text_add(&script, "), ('Ram', 'ram', 'lead', 1, 1, ");
	add_hex(&script, wrapped.bytes, wrapped.length);
	text_add(&script, ");");
	MUST(file_write(path, 0600, "", 0));
	MUST(database_open(path, DATABASE_MAKE, &database));
	MUST(schema_upgrade(database, schemas, 2));
	MUST(database_script(database, script.bytes));
	database_close(database);
	text_free(&script);
	text_free(&wrapped);
}

START_TEST(people_of_an_older_store_sign_in_and_the_disabled_do_not)
{
	char *path = file_path(fixture_folder, "old.db");
	struct store *now = fixture_store;
	struct team_secret *secret;
	struct team_public public;

	write_version_2(path);
	MUST(store_open(path, STORE_HUB, fixture_box, &fixture_store));
	ck_assert_int_eq(must_sign_in("Hari"), 1);
	ck_assert_int_eq(must_sign_in("Ram"), 0);
	MUST(sign_in("Hari", hari_password, &secret));
	team_secret_public(secret, &public);
	ck_assert_mem_eq(&public, &fixture_team, sizeof(public));
	team_secret_close(secret);
	ck_assert_int_eq(must_sign_in("Hari"), 0);
	check_refused("Ram", hari_password);
	store_close(fixture_store);
	fixture_store = now;
	free(path);
}
END_TEST

/* -- a new key for the team ------------------------------------------------- */

static struct recovery_key
rotate(const char *name, const char *password)
{
	struct staff_rotation *rotation;
	struct recovery_key key;
	struct team_secret *secret;

	MUST(sign_in(name, password, &secret));
	MUST(staff_rotate_prepare(fixture_store, secret, &rotation));
	MUST(store_begin(fixture_store));
	MUST(staff_rotate_write(fixture_store, rotation, 2000));
	MUST(store_commit(fixture_store));
	key = *staff_rotation_recovery(rotation);
	staff_rotation_free(rotation);
	team_secret_close(secret);
	return (key);
}

START_TEST(after_a_new_key_everybody_reads_old_cases_with_their_password)
{
	fixture_begin_epoch(5000);
	fixture_begin_epoch(9000);
	rotate("Sita", lead_password);
	check_reads("Sita", lead_password);
	check_reads("Hari", hari_password);
	rotate("Sita", lead_password);
	check_reads("Hari", hari_password);
	check_refused("Hari", "not this one");
}
END_TEST

START_TEST(an_old_secret_opens_nothing_of_the_new_team)
{
	ck_assert_int_eq(count_opened(fixture_secret, words), 1);
	MUST(staff_check_secret(fixture_store, fixture_secret));
	rotate("Sita", lead_password);
	ck_assert_int_eq(count_opened(fixture_secret, words), 0);
	ck_assert_int_eq(
	    staff_check_secret(fixture_store, fixture_secret), REFUSED);
}
END_TEST

START_TEST(a_hub_that_runs_seals_to_the_new_key)
{
	struct team_secret *secret;
	struct store *desk;
	struct store *hub = fixture_store;

	/* The desk replaces the key; the hub's handle was open before. */
	MUST(store_open(fixture_store_path, STORE_DESK, fixture_box, &desk));
	fixture_store = desk;
	rotate("Sita", lead_password);
	fixture_store = hub;
	seal_words("of the epoch that runs on", 2001);
	fixture_begin_epoch(6000);
	seal_words("of the next epoch", 6001);
	MUST(sign_in("Hari", hari_password, &secret));
	ck_assert_int_eq(count_opened(secret, words), 1);
	ck_assert_int_eq(count_opened(secret, "of the epoch that runs on"), 1);
	ck_assert_int_eq(count_opened(secret, "of the next epoch"), 1);
	ck_assert_int_eq(count_opened(fixture_secret, "of the next epoch"), 0);
	team_secret_close(secret);
	store_close(desk);
}
END_TEST

START_TEST(an_epoch_that_began_while_a_key_was_prepared_is_not_lost)
{
	struct staff_rotation *rotation;
	struct team_secret *secret;

	MUST(staff_rotate_prepare(fixture_store, fixture_secret, &rotation));
	fixture_begin_epoch(6000);
	seal_words("in between", 6001);
	MUST(store_begin(fixture_store));
	MUST(staff_rotate_write(fixture_store, rotation, 2000));
	MUST(store_commit(fixture_store));
	staff_rotation_free(rotation);
	MUST(sign_in("Hari", hari_password, &secret));
	ck_assert_int_eq(count_opened(secret, "in between"), 1);
	team_secret_close(secret);
}
END_TEST

START_TEST(two_who_replace_the_key_at_once_do_not_both)
{
	struct staff_rotation *first, *second;

	MUST(staff_rotate_prepare(fixture_store, fixture_secret, &first));
	MUST(staff_rotate_prepare(fixture_store, fixture_secret, &second));
	MUST(store_begin(fixture_store));
	MUST(staff_rotate_write(fixture_store, first, 2000));
	MUST(store_commit(fixture_store));
	MUST(store_begin(fixture_store));
	ck_assert_int_eq(
	    staff_rotate_write(fixture_store, second, 2000), REFUSED);
	store_rollback(fixture_store);
	ck_assert_int_eq(
	    staff_rotate_prepare(fixture_store, fixture_secret, &second),
	    REFUSED);
	check_reads("Hari", hari_password);
	staff_rotation_free(first);
	staff_rotation_free(second);
}
END_TEST

START_TEST(a_key_that_was_rolled_back_changed_nothing)
{
	struct staff_rotation *rotation;
	struct team_secret *secret = NULL;

	MUST(staff_rotate_prepare(fixture_store, fixture_secret, &rotation));
	MUST(store_begin(fixture_store));
	MUST(staff_rotate_write(fixture_store, rotation, 2000));
	store_rollback(fixture_store);
	check_reads("Sita", lead_password);
	check_reads("Hari", hari_password);
	ck_assert_int_eq(staff_recover(fixture_store,
			     staff_rotation_recovery(rotation)->text, &secret),
	    REFUSED);
	staff_rotation_free(rotation);
}
END_TEST

START_TEST(only_the_newest_recovery_key_opens)
{
	struct recovery_key first = rotate("Sita", lead_password);
	struct recovery_key second = rotate("Sita", lead_password);
	struct team_secret *secret = NULL;

	ck_assert_int_eq(
	    staff_recover(fixture_store, first.text, &secret), REFUSED);
	MUST(staff_recover(fixture_store, second.text, &secret));
	ck_assert_int_eq(count_opened(secret, words), 1);
	team_secret_close(secret);
}
END_TEST

START_TEST(who_has_not_signed_in_is_named_and_cut_off_by_a_new_key)
{
	struct staff_list list;
	struct staff staff;

	make_old("Hari", hari_password);
	make_old("Tek", tek_password);
	MUST(staff_list_unready(fixture_store, &list));
	ck_assert_uint_eq(list.count, 1);
	ck_assert_str_eq(list.items[0].name, "Hari");
	free(list.items);
	rotate("Sita", lead_password);
	check_refused("Hari", hari_password);
	MUST(staff_find(fixture_store, "Hari", &staff));
	ck_assert_int_eq(staff.is_disabled, 1);
	/* A technician holds no secret: nothing is cut off. */
	MUST(staff_find(fixture_store, "Tek", &staff));
	ck_assert_int_eq(staff.is_disabled, 0);
}
END_TEST

START_TEST(an_epoch_that_is_damaged_does_not_hold_up_a_new_key)
{
	fixture_begin_epoch(5000);
	tamper("UPDATE epochs SET wrapped = zeroblob(80) WHERE id ="
	       " (SELECT max(id) FROM epochs)");
	rotate("Sita", lead_password);
	check_reads("Hari", hari_password);
}
END_TEST

/* Replaces the key in a process of its own, which says when it begins to
 * write. */
static pid_t
start_replacing(int say)
{
	pid_t pid = fork();
	struct staff_rotation *rotation;
	struct team_secret *secret;
	struct staff staff;

	if (pid != 0)
		return (pid);
	if (store_open(fixture_store_path, STORE_DESK, fixture_box,
		&fixture_store) == DONE &&
	    staff_sign_in(fixture_store, "Sita", lead_password, &staff,
		&secret) == DONE &&
	    staff_rotate_prepare(fixture_store, secret, &rotation) == DONE &&
	    write(say, "w", 1) == 1 && store_begin(fixture_store) == DONE &&
	    staff_rotate_write(fixture_store, rotation, 2000) == DONE &&
	    store_commit(fixture_store) == DONE)
		_exit(0);
	_exit(1);
}

START_TEST(a_replacement_killed_while_it_is_written_leaves_one_key)
{
	enum { EPOCHS = 400, ROUNDS = 24, STEP_US = 700 };
	struct team_public before, after;
	int replaced = 0;

	for (int i = 0; i < EPOCHS; i++)
		fixture_begin_epoch(5000 + i);
	for (int round = 0; round < ROUNDS; round++) {
		int ends[2];
		char byte;
		pid_t pid;

		MUST(store_team(fixture_store, &before));
		store_close(fixture_store);
		fixture_store = NULL;
		ck_assert_int_eq(pipe(ends), 0);
		pid = start_replacing(ends[1]);
		ck_assert_int_eq(read(ends[0], &byte, 1), 1);
		usleep((useconds_t)(round * STEP_US));
		kill(pid, SIGKILL);
		ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
		close(ends[0]);
		close(ends[1]);
		fixture_reopen();
		MUST(store_team(fixture_store, &after));
		replaced += memcmp(&before, &after, sizeof(before)) != 0;
		check_reads("Hari", hari_password);
	}
	check_reads("Sita", lead_password);
	printf(
	    "killed while writing: %d of %d were replaced\n", replaced, ROUNDS);
	ck_assert_int_lt(replaced, ROUNDS);
}
END_TEST

/* -- what a guess costs ----------------------------------------------------- */

static double
cost_of(const char *name, const char *password)
{
	struct timespec before, after;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
	check_refused(name, password);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
	return ((double)(after.tv_sec - before.tv_sec) +
	    (double)(after.tv_nsec - before.tv_nsec) / 1e9);
}

START_TEST(a_wrong_name_costs_the_work_of_a_wrong_password)
{
	double password, nobody, disabled;

	MUST(store_begin(fixture_store));
	MUST(staff_disable(fixture_store, id_of("Hari")));
	MUST(store_commit(fixture_store));
	(void)cost_of("Sita", "to warm up");
	password = cost_of("Sita", "not this one");
	nobody = cost_of("Nobody", "not this one");
	disabled = cost_of("Hari", hari_password);
	ck_assert(nobody > password / 3 && nobody < password * 3);
	ck_assert(disabled > password / 3 && disabled < password * 3);
}
END_TEST

/* -- without a password ----------------------------------------------------- */

/* Every file of the machine, one after another. */
static void
read_files(struct text *all)
{
	DIR *folder = opendir(fixture_folder);
	struct dirent *entry;

	ck_assert_ptr_nonnull(folder);
	while ((entry = readdir(folder)) != NULL) {
		char *path = file_path(fixture_folder, entry->d_name);

		if (entry->d_name[0] != '.')
			MUST(file_read(path, 1 << 28, all));
		free(path);
	}
	closedir(folder);
}

struct target {
	struct team_public team;
	unsigned char people[3][32];
	struct text sealed; /* a text of the caller's */
	struct text epoch; /* its key, sealed to the team */
};

static void
find_target(struct target *target)
{
	struct database *database;
	struct text hex = { 0 };
	size_t length;
	unsigned char bytes[1024];

	MUST(store_team(fixture_store, &target->team));
	MUST(database_open(fixture_store_path, DATABASE_READ, &database));
	MUST(database_text(
	    database, "SELECT hex(content) FROM case_texts LIMIT 1", &hex));
	ck_assert_int_eq(sodium_hex2bin(bytes, sizeof(bytes), hex.bytes,
			     hex.length, NULL, &length, NULL),
	    0);
	text_add_bytes(&target->sealed, bytes, length);
	text_clear(&hex);
	MUST(database_text(database,
	    "SELECT group_concat(hex(public_key), '') FROM staff", &hex));
	ck_assert_int_eq(sodium_hex2bin((unsigned char *)target->people,
			     sizeof(target->people), hex.bytes, hex.length,
			     NULL, &length, NULL),
	    0);
	ck_assert_uint_eq(length, sizeof(target->people));
	database_close(database);
	text_free(&hex);
}

/* 1 when these 32 bytes open the caller's words: as an epoch's key, as the
 * team's or as a person's private key. */
static int
opens(const struct target *target, const unsigned char *key)
{
	unsigned char plain[1024], public[32];
	const unsigned char *sealed =
	    (const unsigned char *)target->sealed.bytes;
	const unsigned char purpose = SEAL_CASE_TEXT;

	if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL,
		sealed + 24, target->sealed.length - 24, &purpose, 1, sealed,
		key) == 0)
		return (1);
	if (crypto_scalarmult_base(public, key) != 0)
		return (0);
	for (size_t i = 0; i < 3; i++) {
		if (memcmp(public, target->people[i], 32) == 0)
			return (1);
	}
	return (memcmp(public, target->team.bytes, 32) == 0);
}

START_TEST(nothing_on_the_machine_opens_a_sealed_text_without_a_password)
{
	struct target target = { 0 };
	struct text all = { 0 };
	struct team_secret *secret = NULL;
	int tried = 0;

	/* The hub's own epoch is in its memory: the machine is off. */
	find_target(&target);
	store_close(fixture_store);
	fixture_store = NULL;
	read_files(&all);
	ck_assert_uint_gt(all.length, 32);
	for (size_t i = 0; i + 32 <= all.length; i++) {
		const unsigned char *at = (unsigned char *)all.bytes + i;

		/* Pages are mostly empty. */
		if (at[0] == 0 && at[31] == 0)
			continue;
		ck_assert_int_eq(opens(&target, at), 0);
		tried++;
	}
	ck_assert_int_gt(tried, 5000);
	fixture_reopen();
	/* Nor does what stands there, taken as a password. */
	ck_assert_int_eq(sign_in("Sita", "Sita", &secret), REFUSED);
	ck_assert_int_eq(sign_in("Sita", "", &secret), REFUSED);
	text_free(&all);
	text_free(&target.sealed);
}
END_TEST

START_TEST(the_search_finds_a_key_that_lies_about)
{
	struct target target = { 0 };
	struct epoch_key *key = epoch_key_make();

	/* What an epoch's key is in memory; the search would see it. */
	find_target(&target);
	text_free(&target.sealed);
	seal_text(key, SEAL_CASE_TEXT, words, sizeof(words), &target.sealed);
	ck_assert_int_eq(opens(&target, (const unsigned char *)key), 1);
	epoch_key_close(key);
	text_free(&target.sealed);
}
END_TEST

static Suite *
suite_of_keys(void)
{
	Suite *suite = suite_create("keys");
	TCase *tests = tcase_create("keys");

	tcase_add_checked_fixture(tests, open_team, fixture_close);
	tcase_set_timeout(tests, 180);
	tcase_add_test(
	    tests, each_reads_the_same_case_with_a_password_of_their_own);
	tcase_add_test(tests, a_technician_signs_in_and_holds_no_secret);
	tcase_add_test(
	    tests, whoever_is_disabled_leaves_nothing_their_password_opens);
	tcase_add_test(
	    tests, a_disabled_person_comes_back_with_a_new_password_only);
	tcase_add_test(tests, the_last_lead_stays);
	tcase_add_test(tests,
	    who_becomes_a_technician_loses_the_secret_and_may_get_it_back);
	tcase_add_test(tests, a_key_that_is_not_the_teams_is_given_to_nobody);
	tcase_add_test(
	    tests, a_row_of_the_old_form_is_changed_when_its_owner_signs_in);
	tcase_add_test(
	    tests, a_technicians_old_row_loses_the_secret_at_the_next_sign_in);
	tcase_add_test(
	    tests, an_old_row_signs_in_while_the_store_cannot_be_written);
	tcase_add_test(
	    tests, people_of_an_older_store_sign_in_and_the_disabled_do_not);
	tcase_add_test(tests,
	    after_a_new_key_everybody_reads_old_cases_with_their_password);
	tcase_add_test(tests, an_old_secret_opens_nothing_of_the_new_team);
	tcase_add_test(tests, a_hub_that_runs_seals_to_the_new_key);
	tcase_add_test(
	    tests, an_epoch_that_began_while_a_key_was_prepared_is_not_lost);
	tcase_add_test(tests, two_who_replace_the_key_at_once_do_not_both);
	tcase_add_test(tests, a_key_that_was_rolled_back_changed_nothing);
	tcase_add_test(tests, only_the_newest_recovery_key_opens);
	tcase_add_test(
	    tests, who_has_not_signed_in_is_named_and_cut_off_by_a_new_key);
	tcase_add_test(
	    tests, an_epoch_that_is_damaged_does_not_hold_up_a_new_key);
	tcase_add_test(
	    tests, a_replacement_killed_while_it_is_written_leaves_one_key);
	tcase_add_test(tests, a_wrong_name_costs_the_work_of_a_wrong_password);
	tcase_add_test(tests,
	    nothing_on_the_machine_opens_a_sealed_text_without_a_password);
	tcase_add_test(tests, the_search_finds_a_key_that_lies_about);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_keys);
