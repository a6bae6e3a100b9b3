#include "tests/desk_world.h"

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "tests/known_words.h"

/* What every test starts from. */
static struct {
	char folder[64];
	struct staff sita;
	struct staff ram;
	struct team_secret *secret;
} made;

static char *
path_in(const char *folder, const char *name)
{
	return (file_path(folder, name));
}

static void
make_folder(char *folder, size_t size)
{
	snprintf(folder, size, "/tmp/waymark-desk-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void
remove_folder(const char *folder)
{
	DIR *entries = opendir(folder);
	const struct dirent *entry;

	ck_assert_ptr_nonnull(entries);
	while ((entry = readdir(entries)) != NULL)
		(void)unlinkat(dirfd(entries), entry->d_name, 0);
	closedir(entries);
	(void)rmdir(folder);
}

static void
add_staff(struct store *store)
{
	ck_assert_int_eq(store_begin(store), DONE);
	ck_assert_int_eq(staff_add(store, "Sita", "lead", "mountain-river",
			     made.secret, WORLD_NOW_UTC_S),
	    DONE);
	ck_assert_int_eq(staff_add(store, "Ram", "caseworker", "river-mountain",
			     made.secret, WORLD_NOW_UTC_S),
	    DONE);
	ck_assert_int_eq(staff_add(store, "Hari", "technician", "forest-meadow",
			     made.secret, WORLD_NOW_UTC_S),
	    DONE);
	ck_assert_int_eq(store_commit(store), DONE);
}

static void
sign_in(struct store *store)
{
	struct team_secret *secret;

	ck_assert_int_eq(
	    staff_sign_in(store, "Ram", "river-mountain", &made.ram, &secret),
	    DONE);
	team_secret_close(secret);
	team_secret_close(made.secret);
	/* What the tests open cases with is what signing in gave. */
	ck_assert_int_eq(staff_sign_in(store, "Sita", "mountain-river",
			     &made.sita, &made.secret),
	    DONE);
}

void
world_make_once(void)
{
	struct team_public team;
	struct box_key *box;
	struct store *store;
	char *store_path;
	char *box_path;

	seal_start();
	make_folder(made.folder, sizeof(made.folder));
	store_path = path_in(made.folder, "waymark.db");
	box_path = path_in(made.folder, "box.key");
	ck_assert_int_eq(box_key_make(box_path), DONE);
	ck_assert_int_eq(box_key_open(box_path, &box), DONE);
	team_make(&team, &made.secret);
	ck_assert_int_eq(store_make(store_path, &team, box), DONE);
	ck_assert_int_eq(store_open(store_path, STORE_DESK, box, &store), DONE);
	add_staff(store);
	sign_in(store);
	store_close(store);
	box_key_close(box);
	free(store_path);
	free(box_path);
}

void
world_remove(void)
{
	team_secret_close(made.secret);
	remove_folder(made.folder);
}

static void
copy_file(const char *from_folder, const char *to_folder, const char *name)
{
	char *from = path_in(from_folder, name);
	char *to = path_in(to_folder, name);
	struct text bytes = { 0 };

	ck_assert_int_eq(file_read(from, 1 << 24, &bytes), DONE);
	ck_assert_int_eq(file_write(to, 0600, bytes.bytes, bytes.length), DONE);
	text_free(&bytes);
	free(from);
	free(to);
}

struct store *
world_connect(const struct world *world)
{
	char *path = path_in(world->folder, "waymark.db");
	struct store *store;

	ck_assert_int_eq(
	    store_open(path, STORE_DESK, world->box, &store), DONE);
	free(path);
	return (store);
}

void
world_open(struct world *world)
{
	char *box_path;

	*world = (struct world){ 0 };
	make_folder(world->folder, sizeof(world->folder));
	copy_file(made.folder, world->folder, "waymark.db");
	copy_file(made.folder, world->folder, "box.key");
	box_path = path_in(world->folder, "box.key");
	ck_assert_int_eq(box_key_open(box_path, &world->box), DONE);
	free(box_path);
	world->store = world_connect(world);
	world->sita = (struct caseworker){ .store = world->store,
		.staff = &made.sita,
		.secret = made.secret };
	world->ram = (struct caseworker){
		.store = world->store, .staff = &made.ram, .secret = made.secret
	};
}

void
world_close(struct world *world)
{
	char *path = path_in(world->folder, "waymark.db");

	/* Whatever a test has done: its words are for translators, too. */
	check_stored_words(path);
	free(path);
	store_close(world->store);
	box_key_close(world->box);
	remove_folder(world->folder);
}

static void
add_caller(struct world *world, const char *e164, struct number *number_r,
    struct caller_key *key_r)
{
	struct caller caller = { .line = WORLD_LINE,
		.corridor = "nepal-gulf",
		.language = "ne",
		.last_utc_s = WORLD_NOW_UTC_S };

	snprintf(number_r->e164, sizeof(number_r->e164), "%s", e164);
	seal_caller_key(world->box, number_r, key_r);
	caller.key = *key_r;
	ck_assert_int_eq(callers_put(world->store, &caller, number_r), DONE);
}

void
world_add_request(struct world *world, const char *ref, const char *e164)
{
	struct caller_key key;
	struct number number;
	struct request_id id;
	struct request_opening opening = { .ref = ref,
		.caller = &key,
		.number = &number,
		.line = WORLD_LINE,
		.corridor = "nepal-gulf",
		.language = "ne",
		.opened_by = "help",
		.urgency = URGENCY_NORMAL,
		.now_utc_s = WORLD_NOW_UTC_S };

	ck_assert_int_eq(store_begin(world->store), DONE);
	if (store_epoch(world->store) == 0)
		ck_assert_int_eq(
		    store_begin_epoch(world->store, WORLD_NOW_UTC_S), DONE);
	add_caller(world, e164, &number, &key);
	ck_assert_int_eq(requests_open(world->store, &opening, &id), DONE);
	ck_assert_int_eq(
	    requests_update(world->store, id, URGENCY_NORMAL, "yes", 0,
		"danger\tAre you in danger now?\tno\n", WORLD_NOW_UTC_S),
	    DONE);
	ck_assert_int_eq(store_commit(world->store), DONE);
}

void
world_add_text(struct world *world, const char *ref, const char *text)
{
	struct request request = world_request(world, ref);

	ck_assert_int_eq(store_begin(world->store), DONE);
	ck_assert_int_eq(requests_add_text(world->store, request.id, text,
			     (struct journal_id){ 0 }, WORLD_NOW_UTC_S),
	    DONE);
	ck_assert_int_eq(store_commit(world->store), DONE);
}

struct request
world_request(struct world *world, const char *ref)
{
	struct request request;

	ck_assert_int_eq(requests_find(world->store, ref, &request), DONE);
	return (request);
}

int
world_count_events(struct world *world, const char *ref, const char *what)
{
	struct request request = world_request(world, ref);
	struct request_event *events = NULL;
	size_t count = 0;
	int found = 0;

	ck_assert_int_eq(
	    requests_events(world->store, request.id, &events, &count), DONE);
	for (size_t i = 0; i < count; i++)
		found += strcmp(events[i].what, what) == 0;
	free(events);
	return (found);
}

int64_t
world_count_outbox(struct world *world)
{
	int64_t counts[6];
	int64_t sum = 0;

	ck_assert_int_eq(outbox_count(world->store, counts), DONE);
	for (size_t i = 0; i < COUNT_OF(counts); i++)
		sum += counts[i];
	return (sum);
}

struct errand *
world_errand(
    struct world *world, const struct caseworker *worker, const char *ref)
{
	memset(&world->errand, 0xa5, sizeof(world->errand));
	world->errand.worker = worker;
	world->errand.ref = ref;
	world->errand.now_utc_s = WORLD_NOW_UTC_S;
	return (&world->errand);
}

int
world_holds(const struct world *world, const char *bytes)
{
	DIR *entries = opendir(world->folder);
	const struct dirent *entry;
	int found = 0;

	ck_assert_ptr_nonnull(entries);
	while ((entry = readdir(entries)) != NULL) {
		char *path = path_in(world->folder, entry->d_name);
		struct text content = { 0 };

		if (entry->d_type == DT_REG &&
		    file_read(path, 1 << 24, &content) == DONE)
			found |= memmem(text_string(&content), content.length,
				     bytes, strlen(bytes)) != NULL;
		text_free(&content);
		free(path);
	}
	closedir(entries);
	return (found);
}
