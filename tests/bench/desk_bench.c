/* How fast the queue's page goes out: 50 of 100,000 cases, over TLS, from one
 * core, to 50 connections that stay open.
 *
 *   tests/bench/desk_bench [PROGRAM]     (default: waymark)
 *
 * Sets up a helpline in a folder of its own, fills its store, runs the desk on
 * one core and asks from the other: as fast as it can (how many a second), and
 * at a steady pace (how long one waits).  What is asked for is the page as the
 * desk keeps it for a session while nothing changes; the same is done for a
 * page that is made anew each time, and for a plain reply of as many bytes
 * from a bare libmicrohttpd with TLS, which is what can be had at all.
 */
#include "tests/bench/desk_load.h"

#include <inttypes.h>
#include <microhttpd.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/desk/web_listen.h"
#include "gateway/desk/web_tls.h"
#include "store/callers.h"
#include "store/requests.h"
#include "tests/lab.h"

enum {
	CASES = 100000,
	CASES_EACH = 1000, /* a transaction */
	CORE_OF_DESK = 0,
	CORE_OF_LOAD = 1,
	RUN_MS = 5000,
	PACE_PER_S = 1500,
	/* The aim: so many pages a second, 99 of 100 within so long, and in
	 * so much memory. */
	BOUND_PER_S = 5000,
	BOUND_P99_MS = 5,
	BOUND_MIB = 20,
};

static void
stay_on(int core)
{
	cpu_set_t cores;

	CPU_ZERO(&cores);
	CPU_SET((unsigned)core, &cores);
	/* Where there is one core only, both share it. */
	(void)!sched_setaffinity(0, sizeof(cores), &cores);
}

/* -- the store -------------------------------------------------------------- */

static void
must(enum outcome outcome, const char *what)
{
	if (outcome != DONE)
		lab_fail("%s: %s", what, outcome_name(outcome));
}

static void
add_case(struct store *store, int64_t count, int64_t now_utc_s)
{
	struct caller_key key;
	struct number number;
	struct request_id id;
	char ref[8];
	const struct request_opening opening = { .ref = ref,
		.caller = &key,
		.number = &number,
		.line = "demo",
		.corridor = "nepal-gulf",
		.language = "ne",
		.opened_by = "help",
		.urgency = (enum request_urgency)(count % (URGENCY_NOW + 1)),
		.now_utc_s = now_utc_s - count };

	struct caller caller = { .line = "demo",
		.corridor = "nepal-gulf",
		.language = "ne",
		.last_utc_s = now_utc_s };

	snprintf(number.e164, sizeof(number.e164), "+97798%08d",
	    (int)(count % CASES));
	seal_caller_key(store_box_key(store), &number, &key);
	caller.key = key;
	must(callers_put(store, &caller, &number), "caller");
	do {
		seal_random_signs(ref, REQUEST_REF_SIGNS);
		ref[REQUEST_REF_SIGNS] = '\0';
	} while (requests_open(store, &opening, &id) == REFUSED);
}

static void
fill(struct lab *lab)
{
	int64_t now_utc_s = clock_utc_s();
	struct box_key *box;
	struct store *store;
	char *box_path = file_path(lab->folder, "h/box.key");

	must(box_key_open(box_path, &box), "box key");
	must(store_open(lab->store, STORE_DESK, box, &store), "store");
	for (int64_t done = 0; done < CASES; done += CASES_EACH) {
		must(store_begin(store), "begin");
		if (done == 0)
			must(store_begin_epoch(store, now_utc_s), "epoch");
		for (int64_t i = 0; i < CASES_EACH; i++)
			add_case(store, done + i, now_utc_s);
		must(store_commit(store), "commit");
	}
	store_close(store);
	box_key_close(box);
	free(box_path);
}

/* -- what is measured ------------------------------------------------------- */

static int
free_port(void)
{
	enum { FIRST = 20000, LAST = 30000 };
	int fd;
	int port;

	for (int try = FIRST + getpid() % 5000; try < LAST; try++) {
		char listen_on[32];

		snprintf(listen_on, sizeof(listen_on), "127.0.0.1:%d", try);
		if (web_listen(listen_on, &fd, &port) == DONE) {
			close(fd);
			return (port);
		}
	}
	lab_fail("there is no free port");
}

static pid_t
start_desk(struct lab *lab, const char *program, int port)
{
	char listen_on[40];
	pid_t child;

	snprintf(listen_on, sizeof(listen_on), "\"127.0.0.1:%d\"", port);
	lab_configure(lab, "\"127.0.0.1:8443\"", listen_on);
	child = fork();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		stay_on(CORE_OF_DESK);
		execl(program, program, "desk", "-c", lab->config, NULL);
		_exit(EXIT_FAILURE);
	}
	usleep(1500000);
	return (child);
}

/* The same bytes from libmicrohttpd itself: what can be had at all. */
static enum MHD_Result
answer_plainly(void *into, struct MHD_Connection *connection, const char *path,
    const char *method, const char *version, const char *piece,
    size_t *piece_bytes, void **state)
{
	struct MHD_Response *response = into;

	(void)path;
	(void)method;
	(void)version;
	(void)piece;
	(void)piece_bytes;
	/* Answered at the end of a request, not at its head: else the
	 * connection would not stay open. */
	if (*state == NULL) {
		*state = response;
		return (MHD_YES);
	}
	return (MHD_queue_response(connection, MHD_HTTP_OK, response));
}

static void
serve_plainly(const struct desk_settings *desk, int port, size_t bytes)
{
	struct text certificate = { 0 };
	struct text key = { 0 };
	char *body = calloc(1, bytes);
	struct MHD_Response *response;

	memset(body, 'x', bytes);
	must(web_tls_load(desk, &certificate, &key), "certificate");
	response = MHD_create_response_from_buffer(
	    bytes, body, MHD_RESPMEM_PERSISTENT);
	if (MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TLS,
		(uint16_t)port, NULL, NULL, answer_plainly, response,
		MHD_OPTION_HTTPS_MEM_CERT, certificate.bytes,
		MHD_OPTION_HTTPS_MEM_KEY, key.bytes, MHD_OPTION_END) == NULL)
		_exit(EXIT_FAILURE);
	for (;;)
		pause();
}

static pid_t
start_plain(struct lab *lab, int port, size_t bytes)
{
	struct settings settings;
	pid_t child;

	must(settings_load(lab->config, &settings), "settings");
	child = fork();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		stay_on(CORE_OF_DESK);
		serve_plainly(&settings.desk, port, bytes);
	}
	settings_free(&settings);
	usleep(500000);
	return (child);
}

static void
stop(pid_t child)
{
	kill(child, SIGTERM);
	waitpid(child, NULL, 0);
}

/* Signs in and adds the header that says so. */
static void
sign_in(int port, struct text *cookie)
{
	static const char body[] =
	    "name=" LAB_STAFF "&password=a+password+for+tests";
	struct text request = { 0 };
	struct text answer = { 0 };
	const char *found;

	text_printf(&request,
	    "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
	    "Connection: close\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\n"
	    "Content-Length: %zu\r\n\r\n%s",
	    port, sizeof(body) - 1, body);
	load_ask(port, request.bytes, &answer);
	found = strstr(text_string(&answer), "__Host-waymark=");
	if (found == NULL)
		lab_fail("nobody is signed in: %.200s", text_string(&answer));
	text_add(cookie, "Cookie: ");
	text_add_bytes(cookie, found, strcspn(found, ";"));
	text_add(cookie, "\r\n");
	text_free(&request);
	text_free(&answer);
}

static void
make_request(
    int port, const char *path, const struct text *cookie, struct text *request)
{
	text_clear(request);
	text_printf(request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n",
	    path, port, text_string(cookie));
}

static long
memory_kib(pid_t process, const char *name)
{
	char path[64];
	char line[256];
	long kib = -1;
	FILE *status;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)process);
	status = fopen(path, "r");
	while (status != NULL && fgets(line, sizeof(line), status) != NULL) {
		if (strncmp(line, name, strlen(name)) == 0)
			kib = strtol(line + strlen(name) + 1, NULL, 10);
	}
	if (status != NULL)
		fclose(status);
	return (kib);
}

static double
per_second(const struct load_result *result)
{
	return ((double)result->answers * 1e6 / (double)result->took_us);
}

static struct load_result
measure(struct load *load, const char *name, const char *request,
    int64_t pace_per_s)
{
	const struct load_plan plan = { request, RUN_MS, pace_per_s };
	struct load_result result = load_run(load, &plan);

	printf("%-36s %8.0f/s  p50 %6.2f ms  p99 %6.2f ms  %zu bytes%s\n", name,
	    per_second(&result), (double)result.p50_us / 1e3,
	    (double)result.p99_us / 1e3, result.body_bytes,
	    result.bad > 0 ? "  NOT ALL WERE PAGES" : "");
	return (result);
}

/* What the desk must hold, and what it did. */
struct bounds {
	struct load_result all_at_once; /* 50 connections, as fast as it goes */
	struct load_result at_bound; /* 5,000 a second */
	struct load_result at_twice; /* 10,000 a second */
	long memory_kib;
};

static void
tell_row(const char *what, double measured, double bound, const char *unit)
{
	printf("%-40s %10.2f %10.2f %-6s %8.2f\n", what, measured, bound, unit,
	    measured / bound);
}

static void
tell_bounds(const struct bounds *bounds)
{
	printf("\n%-40s %10s %10s %-6s %8s\n", "the queue's page", "measured",
	    "bound", "", "of it");
	tell_row("at least, 50 connections", per_second(&bounds->all_at_once),
	    BOUND_PER_S, "/s");
	tell_row("p99 at most, 50 at 5,000/s",
	    (double)bounds->at_bound.p99_us / 1e3, BOUND_P99_MS, "ms");
	tell_row("p99 at most, 50 at 10,000/s",
	    (double)bounds->at_twice.p99_us / 1e3, BOUND_P99_MS, "ms");
	tell_row("memory at most, with all of them",
	    (double)bounds->memory_kib / 1024, BOUND_MIB, "MiB");
	putchar('\n');
}

/* Every page as a browser asks for it, by so many at once. */
static void
measure_crowd(int port, pid_t desk, const char *request)
{
	enum { CONNECTIONS = 50 };
	struct load *load = load_open(port, CONNECTIONS);
	struct bounds bounds;

	bounds.all_at_once =
	    measure(load, "queue, kept, 50 at once", request, 0);
	measure(load, "queue, 50 open, 1,500/s", request, PACE_PER_S);
	bounds.at_bound =
	    measure(load, "queue, 50 open, 5,000/s", request, BOUND_PER_S);
	bounds.at_twice =
	    measure(load, "queue, 50 open, 10,000/s", request, 2 * BOUND_PER_S);
	bounds.memory_kib = memory_kib(desk, "VmRSS:");
	printf("with 50 connections: RSS %ld KiB (most %ld KiB: Argon2id takes"
	       " 64 MiB while somebody signs in)\n",
	    bounds.memory_kib, memory_kib(desk, "VmHWM:"));
	tell_bounds(&bounds);
	load_close(load);
}

static struct load_result
measure_desk(int port, pid_t desk)
{
	enum { FEW = 8 };
	struct text cookie = { 0 };
	struct text request = { 0 };
	struct load_result kept;
	struct load *load;

	printf("before sign-in: RSS %ld KiB\n", memory_kib(desk, "VmRSS:"));
	sign_in(port, &cookie);
	load = load_open(port, FEW);
	make_request(port, "/", &cookie, &request);
	kept = measure(load, "queue, kept, 8 at once", request.bytes, 0);
	make_request(port, "/queue/live", &cookie, &request);
	measure(load, "its list alone, made anew each time", request.bytes, 0);
	load_close(load);
	make_request(port, "/", &cookie, &request);
	measure_crowd(port, desk, request.bytes);
	text_free(&cookie);
	text_free(&request);
	return (kept);
}

/* What can be had on this machine at this moment, on the same pace: waits that
 * a plain reply has too are the machine's. */
static struct load_result
measure_plain(int port)
{
	enum { FEW = 8, CONNECTIONS = 50 };
	static const char request[] = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
	struct load *load = load_open(port, FEW);
	struct load_result plain =
	    measure(load, "plain reply of as many bytes", request, 0);

	load_close(load);
	load = load_open(port, CONNECTIONS);
	measure(load, "plain reply, 50 open, 5,000/s", request, BOUND_PER_S);
	measure(
	    load, "plain reply, 50 open, 10,000/s", request, 2 * BOUND_PER_S);
	load_close(load);
	return (plain);
}

int
main(int argc, char **argv)
{
	const char *program = argc > 1 ? argv[1] : "./waymark";
	struct load_result plain;
	struct load_result kept;
	struct lab lab;
	int port = free_port();
	pid_t child;

	setenv("WAYMARK_PROGRAM", program, 1);
	signal(SIGPIPE, SIG_IGN);
	seal_start();
	lab_open(&lab, NULL);
	printf("filling the store with %d cases\n", CASES);
	fill(&lab);
	child = start_desk(&lab, program, port);
	stay_on(CORE_OF_LOAD);
	kept = measure_desk(port, child);
	stop(child);
	child = start_plain(&lab, port + 1, kept.body_bytes);
	plain = measure_plain(port + 1);
	stop(child);
	printf("the queue's page goes out %.2f times as often as a plain"
	       " reply\n",
	    per_second(&kept) / per_second(&plain));
	lab_close(&lab);
	return (EXIT_SUCCESS);
}
