/* Nothing on the machine opens what is sealed. */
#include "tests/team_fixture.h"

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
	seal_text(key, SEAL_CASE_TEXT, TEAM_WORDS, sizeof(TEAM_WORDS),
	    &target.sealed);
	ck_assert_int_eq(opens(&target, (const unsigned char *)key), 1);
	epoch_key_close(key);
	text_free(&target.sealed);
}
END_TEST

static Suite *
suite_of_sealed(void)
{
	Suite *suite = suite_create("sealed");
	TCase *tests = tcase_create("sealed");

	tcase_add_checked_fixture(tests, open_team, fixture_close);
	tcase_set_timeout(tests, 180);
	tcase_add_test(tests,
	    nothing_on_the_machine_opens_a_sealed_text_without_a_password);
	tcase_add_test(tests, the_search_finds_a_key_that_lies_about);
	suite_add_tcase(suite, tests);
	return (suite);
}

CHECK_MAIN(suite_of_sealed);
