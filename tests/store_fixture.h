/* A store in a folder of its own, for the suites of store/.
 *
 * fixture_open() makes folder, keys and store and opens it as a hub, inside
 * no transaction, with an epoch; fixture_close() takes all of it away.
 */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include <dirent.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "gateway/base/memory.h"
#include "store/callers.h"
#include "store/requests.h"
#include "store/staff.h"
#include "tests/check_main.h"

#define MUST(call) ck_assert_int_eq((call), DONE)

static char *fixture_folder;
static char *fixture_store_path;
static struct box_key *fixture_box;
static struct team_public fixture_team;
static struct team_secret *fixture_secret;
static struct store *fixture_store;

static inline void
fixture_make_keys(void)
{
	char folder[] = "/tmp/waymark-store-XXXXXX";
	char *key_path;

	seal_start();
	ck_assert_ptr_nonnull(mkdtemp(folder));
	fixture_folder = memory_copy(folder);
	fixture_store_path = file_path(folder, "waymark.db");
	key_path = file_path(folder, "box.key");
	MUST(box_key_make(key_path));
	MUST(box_key_open(key_path, &fixture_box));
	free(key_path);
	team_make(&fixture_team, &fixture_secret);
}

static inline void
fixture_begin_epoch(int64_t now_utc_s)
{
	MUST(store_begin(fixture_store));
	MUST(store_begin_epoch(fixture_store, now_utc_s));
	MUST(store_commit(fixture_store));
}

static inline void
fixture_open(void)
{
	fixture_make_keys();
	MUST(store_make(fixture_store_path, &fixture_team, fixture_box));
	MUST(store_open(
	    fixture_store_path, STORE_HUB, fixture_box, &fixture_store));
	fixture_begin_epoch(1000);
}

static inline void
fixture_reopen(void)
{
	store_close(fixture_store);
	fixture_store = NULL;
	MUST(store_open(
	    fixture_store_path, STORE_HUB, fixture_box, &fixture_store));
}

static inline void
fixture_close(void)
{
	DIR *folder = opendir(fixture_folder);
	struct dirent *entry;

	store_close(fixture_store);
	fixture_store = NULL;
	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		char *path = file_path(fixture_folder, entry->d_name);

		unlink(path);
		free(path);
	}
	if (folder != NULL)
		closedir(folder);
	rmdir(fixture_folder);
	team_secret_close(fixture_secret);
	box_key_close(fixture_box);
	free(fixture_store_path);
	free(fixture_folder);
}

/* Whether these bytes stand in the store's file, its log or its index. */
static inline int
fixture_has_bytes(const void *bytes, size_t length)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	int found = 0;

	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		struct text path = { 0 };
		struct text content = { 0 };

		text_printf(&path, "%s%s", fixture_store_path, ends[i]);
		if (file_read(path.bytes, 1 << 28, &content) == DONE &&
		    content.length > 0 &&
		    memmem(content.bytes, content.length, bytes, length) !=
			NULL)
			found = 1;
		text_free(&path);
		text_free(&content);
	}
	return (found);
}

static inline int
fixture_has_string(const char *string)
{
	return (fixture_has_bytes(string, strlen(string)));
}

/* A number and its key. */
struct person {
	struct number number;
	struct caller_key key;
};

static inline struct person
person_of(int n)
{
	struct person person;

	memset(&person, 0, sizeof(person));
	snprintf(person.number.e164, sizeof(person.number.e164),
	    "+97798765%05u", (unsigned)n % 100000);
	seal_caller_key(fixture_box, &person.number, &person.key);
	return (person);
}

#endif
