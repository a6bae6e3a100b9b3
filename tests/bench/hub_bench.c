/* How fast the hub is, and what it costs: a whole helpline with its demo line,
 * every message a durable commit (synchronous=FULL).
 *
 *   hub_bench [--messages N] [--one-by-one N] [--idle SECONDS]
 *
 * Prints figures; asserts nothing, since machines are noisy.  To compare
 * machines, the same run also measures a limit: how many rows a bare program
 * can commit one by one with SQLite on the same disk.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "gateway/base/memory.h"
#include "tests/bench/measure.h"
#include "tests/lab.h"

enum {
	CALLERS = 2000,
	IN_FLIGHT = 512,
	WARM_UP = 2000,
	LIMIT_COMMITS = 2000,
};

static const char *const words[] = { "hello", "1", "2", "1", "3", "0", "00",
	"3", "1", "0" };

struct phone {
	int socket;
	struct text in;
};

static struct phone
dial(const struct lab *lab)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct phone phone = { socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0),
		{ 0 } };

	snprintf(
	    address.sun_path, sizeof(address.sun_path), "%s", lab->demo_socket);
	if (connect(phone.socket, (const struct sockaddr *)&address,
		sizeof(address)) != 0)
		lab_fail("no demo line: %s", strerror(errno));
	return (phone);
}

static void
add_message(struct text *out, long index)
{
	text_printf(out, "sms\t+97798%08ld\t%s\n", index % CALLERS,
	    words[(index / CALLERS) %
		(long)(sizeof(words) / sizeof(words[0]))]);
}

static void
write_all(int fd, struct text *out)
{
	size_t done = 0;

	while (done < out->length) {
		ssize_t put = write(fd, out->bytes + done, out->length - done);

		if (put < 0)
			lab_fail("the demo line is gone: %s", strerror(errno));
		done += (size_t)put;
	}
	text_clear(out);
}

/* How many answers are there now; waits for one at least. */
static long
hear(struct phone *phone)
{
	char block[65536];
	ssize_t got = read(phone->socket, block, sizeof(block));
	long lines = 0;

	if (got <= 0)
		lab_fail("the demo line is gone: %s", strerror(errno));
	for (ssize_t i = 0; i < got; i++)
		lines += block[i] == '\n';
	return (lines);
}

/* Sends `count` messages from `first` on with at most `in_flight` open; the
 * seconds it took. */
static double
pump(struct phone *phone, long first, long count, long in_flight)
{
	struct text out = { 0 };
	double began_s = measure_now_s();
	long sent = 0;
	long heard = 0;

	while (heard < count) {
		while (sent < count && sent - heard < in_flight)
			add_message(&out, first + sent++);
		write_all(phone->socket, &out);
		heard += hear(phone);
	}
	text_free(&out);
	return (measure_now_s() - began_s);
}

static void
print_percentiles(const char *what, double *took_ms, long count)
{
	printf("%-15s p50 %.2f ms, p99 %.2f ms (%ld)\n", what,
	    measure_percentile(took_ms, (size_t)count, 0.5),
	    measure_percentile(took_ms, (size_t)count, 0.99), count);
}

static void
measure_one_by_one(struct phone *phone, long count)
{
	double *took_ms = memory_new((size_t)count, sizeof(*took_ms));

	for (long i = 0; i < count; i++)
		took_ms[i] = pump(phone, i, 1, 1) * 1000;
	print_percentiles("one at a time", took_ms, count);
	free(took_ms);
}

/* The limit: one row, one commit, as fast as this disk and SQLite go. */
static double
bare_commits_per_s(const struct lab *lab)
{
	char path[256];
	static double took_ms[LIMIT_COMMITS];
	sqlite3 *db = NULL;
	double began_s;

	snprintf(path, sizeof(path), "%s/limit.db", lab->folder);
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db,
		"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
		"CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB);",
		NULL, NULL, NULL) != SQLITE_OK)
		lab_fail("cannot make a bare store");
	began_s = measure_now_s();
	for (int i = 0; i < LIMIT_COMMITS; i++) {
		double one_s = measure_now_s();

		sqlite3_exec(db, "INSERT INTO t (b) VALUES (randomblob(200))",
		    NULL, NULL, NULL);
		took_ms[i] = (measure_now_s() - one_s) * 1000;
	}
	print_percentiles("a bare commit", took_ms, LIMIT_COMMITS);
	sqlite3_close(db);
	return (LIMIT_COMMITS / (measure_now_s() - began_s));
}

static void
measure_load(struct lab *lab, struct phone *phone, pid_t line, long count)
{
	double limit = bare_commits_per_s(lab);
	double cpu_before_s = measure_cpu_s(lab->hub);
	double line_before_s = measure_cpu_s(line);
	double took_s = pump(phone, WARM_UP, count, IN_FLIGHT);
	double rate = (double)count / took_s;

	printf("load            %.0f messages/s (%ld messages, %d in flight)\n",
	    rate, count, IN_FLIGHT);
	printf("                %.2f times %.0f bare commits/s of one row\n",
	    rate / limit, limit);
	printf("CPU per 1,000   hub %.3f s, demo line %.3f s\n",
	    (measure_cpu_s(lab->hub) - cpu_before_s) * 1000 / (double)count,
	    (measure_cpu_s(line) - line_before_s) * 1000 / (double)count);
}

static long
switches_of(pid_t pid)
{
	return (measure_status(pid, "voluntary_ctxt_switches"));
}

static void
measure_idle(struct lab *lab, pid_t line, unsigned seconds)
{
	long hub_before;
	long line_before;

	if (seconds == 0)
		return;
	/* The work that quiet brings comes first. */
	sleep(8);
	hub_before = switches_of(lab->hub);
	line_before = switches_of(line);
	sleep(seconds);
	printf("idle %u s       hub woke %ld times, demo line %ld times\n",
	    seconds, switches_of(lab->hub) - hub_before,
	    switches_of(line) - line_before);
}

static const struct option long_options[] = {
	{ "messages", required_argument, NULL, 'm' },
	{ "one-by-one", required_argument, NULL, 'o' },
	{ "idle", required_argument, NULL, 'i' },
	{ 0 },
};

int
main(int argc, char **argv)
{
	int64_t messages = 20000;
	int64_t one_by_one = 2000;
	int64_t idle_s = 0;
	struct lab lab;
	struct phone phone;
	pid_t line;
	int option;

	while (
	    (option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		int64_t *into = option == 'm' ? &messages
		    : option == 'o'           ? &one_by_one
					      : &idle_s;

		if (option == '?' ||
		    !text_read_integer(optarg, 0, 100000000, into))
			return (EXIT_FAILURE);
	}
	lab_open(&lab, NULL);
	lab_start(&lab);
	line = lab_line_process(&lab, "demo");
	phone = dial(&lab);
	pump(&phone, 0, WARM_UP, IN_FLIGHT);
	measure_load(&lab, &phone, line, (long)messages);
	if (one_by_one > 0)
		measure_one_by_one(&phone, (long)one_by_one);
	printf("RSS             hub %.1f MiB, demo line %.1f MiB\n",
	    (double)measure_status(lab.hub, "VmRSS") / 1024,
	    (double)measure_status(line, "VmRSS") / 1024);
	measure_idle(&lab, line, (unsigned)idle_s);
	close(phone.socket);
	text_free(&phone.in);
	lab_stop(&lab, SIGTERM);
	lab_close(&lab);
	return (EXIT_SUCCESS);
}
