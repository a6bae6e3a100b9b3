/* How fast a page of the queue is read out of many cases.
 *
 *     queue_bench [CASES] [PAGES]
 *
 * Makes a store of 100,000 cases: five corridors, twelve languages, a fifth
 * with labels, half of them ended, a third of the rest claimed, a tenth
 * asleep.  Reads pages of 50 with every filter, from the top and from the
 * middle of the list, and sets each beside what the same rows cost one by one
 * by their primary key, in the same run.  Exits 1 when half the pages of one
 * filter take longer than a millisecond, or of three filters together longer
 * than 50 (not in a sanitized build).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gateway/base/memory.h"
#include "store/requests.h"
#include "store/staff.h"

enum {
	PAGE = 50,
	AT_ONCE = 1000, /* cases in one transaction */
	SLOW_US = 1000,
	SLOW_WITH_THREE_US = 50000,
	NOW_UTC_S = 1795000000,
};

#if defined(__SANITIZE_ADDRESS__)
enum { IS_SANITIZED = 1 };
#else
enum { IS_SANITIZED = 0 };
#endif

static const char *const corridors[] = { "nepal-gulf", "bangladesh-gulf",
	"ethiopia-kenya-gulf", "myanmar-thailand", "ukraine-eu" };
static const char *const languages[] = { "ne", "ne-Latn", "bn", "bn-Latn", "hi",
	"am", "om", "sw", "ar", "my", "uk", "id" };

static struct store *store;
static uint64_t state = 88172645463325252ULL;

static unsigned
dice(unsigned sides)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return ((unsigned)(state >> 33) % sides);
}

static void
must(enum outcome outcome, const char *what)
{
	if (outcome == DONE)
		return;
	fprintf(stderr, "%s: %s\n", what, outcome_name(outcome));
	exit(EXIT_FAILURE);
}

static double
now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return ((double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3);
}

/* -- the cases -------------------------------------------------------------- */

static void
make_store(const char *folder)
{
	char store_path[96];
	char box_path[96];
	struct team_public team;
	struct team_secret *secret;
	struct box_key *box;

	snprintf(store_path, sizeof(store_path), "%s/waymark.db", folder);
	snprintf(box_path, sizeof(box_path), "%s/box.key", folder);
	seal_start();
	must(box_key_make(box_path), "box key");
	must(box_key_open(box_path, &box), "box key");
	team_make(&team, &secret);
	must(store_make(store_path, &team, box), "store");
	must(store_open(store_path, STORE_DESK, box, &store), "store");
	must(store_begin(store), "begin");
	must(staff_add(
		 store, "Sita", "lead", "mountain-river", secret, NOW_UTC_S),
	    "staff");
	must(staff_add(store, "Ram", "caseworker", "river-mountain", secret,
		 NOW_UTC_S),
	    "staff");
	must(store_commit(store), "commit");
	team_secret_close(secret);
}

static void
remove_store(const char *folder)
{
	static const char *const names[] = { "waymark.db", "waymark.db-wal",
		"waymark.db-shm", "waymark.db.lock", "box.key" };

	store_close(store);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		char path[96];

		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		(void)unlink(path);
	}
	(void)rmdir(folder);
}

/* What becomes of it. */
static void
lead_life(struct request_id id)
{
	struct request request;
	int64_t staff = 1 + dice(2);

	if (dice(5) == 0) {
		must(requests_get(store, id, &request), "get");
		must(requests_set_labels(store, &request,
			 dice(2) ? "passport" : "agent\nminor"),
		    "labels");
	}
	if (dice(10) < 7)
		must(requests_claim(store, id, staff, NOW_UTC_S), "claim");
	else
		return;
	if (dice(10) < 7)
		must(
		    requests_close(store, id, staff, "advice given", NOW_UTC_S),
		    "close");
	else if (dice(3) == 0)
		must(requests_snooze(store, id,
			 &(struct request_snooze){
			     .until_utc_s = NOW_UTC_S + 86400,
			     .staff = staff,
			     .now_utc_s = NOW_UTC_S }),
		    "snooze");
}

/* "AAAAA" on, in the signs that are no others. */
static void
write_ref(size_t number, char ref[8])
{
	static const char signs[] = "ACDEFGHJKLMNPRTUVWXY";

	for (int i = REQUEST_REF_SIGNS - 1; i >= 0; i--) {
		ref[i] = signs[number % (sizeof(signs) - 1)];
		number /= sizeof(signs) - 1;
	}
	ref[REQUEST_REF_SIGNS] = '\0';
}

static void
add_case(size_t number)
{
	struct caller_key caller = { { 0 } };
	struct number e164 = { "" };
	char ref[8];
	struct request_id id;
	struct request_opening opening = {
		.ref = ref,
		.caller = &caller,
		.number = &e164,
		.line = "north",
		.corridor = corridors[dice(COUNT_OF(corridors))],
		.language = languages[dice(COUNT_OF(languages))],
		.opened_by = "help",
		.urgency = (enum request_urgency)dice(4),
		.now_utc_s = NOW_UTC_S,
	};
	char answers[400];

	write_ref(number, ref);
	memcpy(caller.bytes, &number, sizeof(number));
	snprintf(e164.e164, sizeof(e164.e164), "+97798%08zu", number);
	memset(answers, 'a', sizeof(answers) - 1);
	answers[sizeof(answers) - 1] = '\0';
	must(requests_open(store, &opening, &id), "open");
	must(requests_update(
		 store, id, opening.urgency, "yes", 0, answers, NOW_UTC_S),
	    "update");
	lead_life(id);
}

static void
add_cases(size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i % AT_ONCE == 0)
			must(store_begin(store), "begin");
		if (i == 0)
			must(store_begin_epoch(store, NOW_UTC_S), "epoch");
		add_case(i);
		if (i % AT_ONCE == AT_ONCE - 1 || i + 1 == count)
			must(store_commit(store), "commit");
	}
}

/* -- measuring -------------------------------------------------------------- */

static int
compare(const void *a, const void *b)
{
	double left = *(const double *)a;
	double right = *(const double *)b;

	return (left < right ? -1 : left > right);
}

/* The middle and the 99th percentile of times that are put in order. */
struct times {
	double middle_us;
	double worst_us;
};

static struct times
sum_up(double *times, size_t count)
{
	qsort(times, count, sizeof(*times), compare);
	return ((struct times){ times[count / 2], times[count * 99 / 100] });
}

/* What one row by its primary key takes. */
static double
read_rows(size_t cases, size_t count)
{
	double start = now_us();
	struct request request;

	for (size_t i = 0; i < count; i++) {
		struct request_id id = { 1 + (int64_t)dice((unsigned)cases) };

		must(requests_get(store, id, &request), "get");
	}
	return ((now_us() - start) / (double)count);
}

static size_t rows_seen;

static struct times
read_pages(const struct request_filter *filter, size_t count)
{
	double *times = memory_new(count, sizeof(*times));
	struct times sum;

	for (size_t i = 0; i < count; i++) {
		double start = now_us();
		struct request_list list;

		must(requests_page(store, filter, &list), "page");
		rows_seen = list.count;
		free(list.items);
		times[i] = now_us() - start;
	}
	sum = sum_up(times, count);
	free(times);
	return (sum);
}

static const struct kind {
	const char *name;
	struct request_filter filter;
} kinds[] = {
	{ "the queue", { .shelf = SHELF_QUEUE } },
	{ "open only", { .shelf = SHELF_ANY, .state = "open" } },
	{ "claimed only", { .shelf = SHELF_QUEUE, .state = "claimed" } },
	{ "one's own", { .shelf = SHELF_ANY, .staff = 1 } },
	{ "asleep", { .shelf = SHELF_SNOOZED } },
	{ "ended", { .shelf = SHELF_ENDED } },
	{ "all", { .shelf = SHELF_ANY } },
	{ "a corridor", { .shelf = SHELF_QUEUE, .corridor = "nepal-gulf" } },
	{ "a language", { .shelf = SHELF_QUEUE, .language = "my" } },
	{ "a label", { .shelf = SHELF_QUEUE, .label = "minor" } },
	{ "corridor, language and label",
	    { .shelf = SHELF_QUEUE,
		.corridor = "nepal-gulf",
		.language = "my",
		.label = "minor" } },
	{ "a corridor that is not there",
	    { .shelf = SHELF_QUEUE, .corridor = "mars-venus" } },
};

/* From the top and from the middle. */
static int
measure(const struct kind *kind, size_t cases, size_t pages, double row_us)
{
	struct request_filter filter = kind->filter;
	int is_slow = 0;

	filter.most = PAGE;
	for (int deep = 0; deep < 2; deep++) {
		struct times times;

		if (deep)
			filter.after = (struct request_place){ URGENCY_NORMAL,
				(int64_t)cases / 2 };
		times = read_pages(&filter, pages);
		printf("%-30s %-7s %3zu rows %8.0f us, p99 %8.0f us, %5.2f"
		       " times the rows by key\n",
		    kind->name, deep ? "middle" : "top", rows_seen,
		    times.middle_us, times.worst_us,
		    times.middle_us /
			(row_us * (double)(rows_seen > 0 ? rows_seen : 1)));
		is_slow |= times.middle_us >
		    (filter.corridor != NULL && filter.label != NULL
			    ? SLOW_WITH_THREE_US
			    : SLOW_US);
	}
	return (is_slow);
}

static void
measure_rest(size_t pages)
{
	struct request_health health;
	double start = now_us();

	for (size_t i = 0; i < pages; i++)
		must(requests_health(store, &health), "health");
	printf("health of all                  %8.0f us\n",
	    (now_us() - start) / (double)pages);
	start = now_us();
	for (size_t i = 0; i < pages; i++) {
		struct requests_tidied tidied;

		must(requests_tidy(store, NOW_UTC_S + 60, 86400, &tidied),
		    "tidy");
	}
	printf("whether anything is due        %8.0f us\n",
	    (now_us() - start) / (double)pages);
}

int
main(int argc, char **argv)
{
	char folder[] = "/tmp/waymark-queue-XXXXXX";
	int64_t cases = 100000;
	int64_t pages = 300;
	int is_slow = 0;
	double row_us;

	if ((argc > 1 && !text_read_integer(argv[1], 100, 10000000, &cases)) ||
	    (argc > 2 && !text_read_integer(argv[2], 10, 1000000, &pages)) ||
	    mkdtemp(folder) == NULL)
		return (EXIT_FAILURE);
	make_store(folder);
	add_cases((size_t)cases);
	row_us = read_rows((size_t)cases, 20000);
	printf("%lld cases; one row by its key: %.2f us\n", (long long)cases,
	    row_us);
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		is_slow |=
		    measure(&kinds[i], (size_t)cases, (size_t)pages, row_us);
	measure_rest((size_t)pages);
	remove_store(folder);
	return (is_slow && !IS_SANITIZED ? EXIT_FAILURE : EXIT_SUCCESS);
}
