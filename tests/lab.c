#include "tests/lab.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"

enum {
	START_WAIT_MS = 120000,
	FILE_MOST = 256 << 20,
	LAST_BYTES = 1500,
};

/* Of the last helpline that was opened: its hub may have said why. */
static char last_log[100];

static void
say_end_of_log(void)
{
	struct text log = { 0 };
	const char *bytes;

	if (last_log[0] == '\0' || file_read(last_log, FILE_MOST, &log) != DONE)
		return;
	bytes = text_string(&log);
	if (log.length > LAST_BYTES)
		bytes += log.length - LAST_BYTES;
	fprintf(stderr, "the end of its log:\n%s\n", bytes);
	text_free(&log);
}

void
lab_fail(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	say_end_of_log();
	fputs("FAILED: the laboratory itself\n", stderr);
	puts("0 passed, 1 failed");
	exit(EXIT_FAILURE);
}

static const char *
program(void)
{
	const char *path = getenv("WAYMARK_PROGRAM");

	return (path != NULL ? path : "./waymark");
}

void
lab_prefer_fast(void)
{
	const char *folder = getenv("fast_builddir");
	char path[400];

	if (getenv("WAYMARK_PROGRAM") != NULL || folder == NULL)
		return;
	snprintf(path, sizeof(path), "%s/waymark", folder);
	if (access(path, X_OK) == 0)
		setenv("WAYMARK_PROGRAM", path, 1);
}

static void
write_file(const char *path, const char *content)
{
	if (file_write(path, 0600, content, strlen(content)) != DONE)
		lab_fail("cannot write %s", path);
}

void
lab_open(struct lab *lab, const char *modem_device)
{
	lab_open_corridor(lab, "nepal-gulf", modem_device);
}

void
lab_open_corridor(
    struct lab *lab, const char *corridor, const char *modem_device)
{
	char home[100];
	char recovery[100];
	const char *arguments[] = { "setup", home, "--staff", LAB_STAFF,
		"--corridor", corridor, "--password-file", lab->password_file,
		"--recovery-file", recovery,
		modem_device != NULL ? "--modem" : NULL, modem_device, NULL };

	*lab = (struct lab){ .hub = -1 };
	snprintf(lab->folder, sizeof(lab->folder), "%s/waymark-lab.XXXXXX",
	    getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");
	if (mkdtemp(lab->folder) == NULL)
		lab_fail("cannot make a folder: %s", strerror(errno));
	snprintf(home, sizeof(home), "%s/h", lab->folder);
	snprintf(recovery, sizeof(recovery), "%s/recovery", lab->folder);
	snprintf(
	    lab->config, sizeof(lab->config), "%s/h/waymark.conf", lab->folder);
	snprintf(lab->demo_socket, sizeof(lab->demo_socket), "%s/h/demo.socket",
	    lab->folder);
	snprintf(
	    lab->store, sizeof(lab->store), "%s/h/waymark.db", lab->folder);
	snprintf(lab->log, sizeof(lab->log), "%s/log", lab->folder);
	snprintf(last_log, sizeof(last_log), "%s", lab->log);
	snprintf(lab->password_file, sizeof(lab->password_file), "%s/password",
	    lab->folder);
	write_file(lab->password_file, LAB_PASSWORD "\n");
	if (lab_run(lab, NULL, arguments) != 0)
		lab_fail("cannot set up a helpline in %s", home);
}

void
lab_close(struct lab *lab)
{
	struct text command = { 0 };

	if (lab->hub > 0)
		lab_stop(lab, SIGKILL);
	last_log[0] = '\0';
	text_printf(&command, "rm -rf '%s'", lab->folder);
	if (system(command.bytes) != 0)
		fprintf(stderr, "cannot remove %s\n", lab->folder);
	text_free(&command);
}

void
lab_configure(struct lab *lab, const char *from, const char *to)
{
	struct text content = { 0 };
	struct text changed = { 0 };
	const char *at;

	if (file_read(lab->config, 1 << 20, &content) != DONE)
		lab_fail("cannot read %s", lab->config);
	at = strstr(text_string(&content), from);
	if (at == NULL)
		lab_fail("'%s' does not stand in %s", from, lab->config);
	text_add_bytes(&changed, content.bytes, (size_t)(at - content.bytes));
	text_add(&changed, to);
	text_add(&changed, at + strlen(from));
	write_file(lab->config, changed.bytes);
	text_free(&content);
	text_free(&changed);
}

static int
listens(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int result;

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	result =
	    connect(fd, (const struct sockaddr *)&address, sizeof(address));
	close(fd);
	return (result == 0);
}

static void
set_preload(const struct lab *lab)
{
	char libraries[300];

	if (lab->preload == NULL && !lab->forgets_unsynced)
		return;
	snprintf(libraries, sizeof(libraries), "%s%s%s",
	    lab->preload != NULL ? lab->preload : "",
	    lab->preload != NULL && lab->forgets_unsynced ? ":" : "",
	    lab->forgets_unsynced ? "./tests/unsynced.so" : "");
	setenv("LD_PRELOAD", libraries, 1);
	if (lab->forgets_unsynced)
		setenv("UNSYNCED_FOLDER", lab->folder, 1);
	/* The sanitizers' run time would like to be first. */
	setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
}

static void
become(struct lab *lab, const char *const *arguments, int out)
{
	const char *all[32] = { program() };
	size_t count = 1;
	int log =
	    open(lab->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	for (; *arguments != NULL && count < 31; arguments++)
		all[count++] = *arguments;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	set_preload(lab);
	setenv("WAYMARK_CONFIG", lab->config, 1);
	/* Menus and translations of the source, unless told otherwise. */
	setenv("WAYMARK_DATA", SOURCE_TREE, 0);
	if (out >= 0)
		dup2(out, STDOUT_FILENO);
	dup2(log, STDERR_FILENO);
	execv(all[0], (char *const *)(uintptr_t)all);
	_exit(127);
}

void
lab_launch(struct lab *lab)
{
	static const char *const arguments[] = { "serve", NULL };

	lab->hub = fork();
	if (lab->hub < 0)
		lab_fail("no process: %s", strerror(errno));
	if (lab->hub == 0)
		become(lab, arguments, -1);
}

int
lab_listens(const struct lab *lab)
{
	return (listens(lab->demo_socket));
}

void
lab_start(struct lab *lab)
{
	int64_t until_ms = clock_monotonic_ms() + START_WAIT_MS;
	int status;

	lab_launch(lab);
	while (!listens(lab->demo_socket)) {
		if (waitpid(lab->hub, &status, WNOHANG) == lab->hub)
			lab_fail("the hub ended at once; see %s", lab->log);
		if (clock_monotonic_ms() > until_ms)
			lab_fail("the demo line does not listen");
		usleep(2000);
	}
}

/* A line outlives a killed hub by a moment, and the next hub must not be taken
 * for started because the old one's phone still rings. */
static void
wait_for_lines(struct lab *lab)
{
	lab->hub = -1;
	while (listens(lab->demo_socket))
		usleep(2000);
}

int
lab_has_ended(struct lab *lab)
{
	int status;

	if (lab->hub > 0 && waitpid(lab->hub, &status, WNOHANG) != lab->hub)
		return (0);
	wait_for_lines(lab);
	return (1);
}

void
lab_kill(const struct lab *lab, int signal)
{
	/* 0 and -1 are others' processes as well. */
	if (lab->hub <= 0)
		lab_fail("there is no hub to signal");
	kill(lab->hub, signal);
}

int
lab_stop(struct lab *lab, int signal)
{
	int status = 0;

	lab_kill(lab, signal);
	if (waitpid(lab->hub, &status, 0) != lab->hub)
		lab_fail("the hub does not end");
	wait_for_lines(lab);
	return (status);
}

int
lab_run(struct lab *lab, struct text *out, const char *const *arguments)
{
	char block[4096];
	int ends[2];
	int status;
	ssize_t got;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) != 0)
		lab_fail("no pipe");
	pid = fork();
	if (pid == 0)
		become(lab, arguments, ends[1]);
	close(ends[1]);
	while ((got = read(ends[0], block, sizeof(block))) > 0) {
		if (out != NULL)
			text_add_bytes(out, block, (size_t)got);
	}
	close(ends[0]);
	if (waitpid(pid, &status, 0) != pid)
		lab_fail("a command does not end");
	return (
	    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

pid_t
lab_spawn(struct lab *lab, const char *const *arguments)
{
	pid_t pid = fork();

	if (pid < 0)
		lab_fail("no process: %s", strerror(errno));
	if (pid == 0)
		become(lab, arguments, -1);
	return (pid);
}

void
lab_query(const struct lab *lab, const char *sql, struct text *out)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;

	text_clear(out);
	if (sqlite3_open_v2(lab->store, &db, SQLITE_OPEN_READWRITE, NULL) !=
	    SQLITE_OK)
		lab_fail("cannot open the store: %s", sqlite3_errmsg(db));
	sqlite3_busy_timeout(db, 10000);
	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
		lab_fail("%s: %s", sql, sqlite3_errmsg(db));
	if (sqlite3_step(statement) == SQLITE_ROW &&
	    sqlite3_column_type(statement, 0) != SQLITE_NULL)
		text_add(out, (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	sqlite3_close(db);
}

int64_t
lab_query_integer(const struct lab *lab, const char *sql)
{
	struct text out = { 0 };
	int64_t value = 0;

	lab_query(lab, sql, &out);
	if (!text_read_integer(text_string(&out), INT64_MIN, INT64_MAX, &value))
		lab_fail("%s gave '%s'", sql, text_string(&out));
	text_free(&out);
	return (value);
}

pid_t
lab_line_process(struct lab *lab, const char *kind)
{
	struct text command = { 0 };
	long pid = -1;
	FILE *out;

	text_printf(&command, "pgrep -P %d -f 'line %s'", (int)lab->hub, kind);
	out = popen(command.bytes, "r");
	text_free(&command);
	if (out == NULL || fscanf(out, "%ld", &pid) != 1)
		pid = -1;
	if (out != NULL)
		pclose(out);
	return ((pid_t)pid);
}

static int
file_has(const char *path, const char *bytes)
{
	struct text content = { 0 };
	enum outcome outcome = file_read(path, FILE_MOST, &content);
	int found = 0;

	if (outcome == DONE)
		found = memmem(text_string(&content), content.length, bytes,
			    strlen(bytes)) != NULL;
	text_free(&content);
	return (found);
}

int
lab_finds(struct lab *lab, const char *bytes)
{
	static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
	char path[224];

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", lab->store, endings[i]);
		if (file_has(path, bytes))
			return (1);
	}
	return (file_has(lab->log, bytes));
}

int
lab_status_says(
    struct lab *lab, const char *option, const char *words, int wait_ms)
{
	enum { STEP_US = 100000 };
	const char *arguments[] = { "status", option, NULL };
	int64_t until_ms = clock_monotonic_ms() + wait_ms;
	struct text out = { 0 };
	int says;

	for (;;) {
		text_clear(&out);
		(void)lab_run(lab, &out, arguments);
		says = strstr(text_string(&out), words) != NULL;
		if (says || clock_monotonic_ms() >= until_ms)
			break;
		usleep(STEP_US);
	}
	if (!says)
		fprintf(stderr, "status says: %s\n", text_string(&out));
	text_free(&out);
	return (says);
}

long
lab_log_count(struct lab *lab, const char *bytes)
{
	struct text log = { 0 };
	const char *at;
	long count = 0;

	if (file_read(lab->log, FILE_MOST, &log) != DONE)
		lab_fail("cannot read %s", lab->log);
	for (at = strstr(text_string(&log), bytes); at != NULL;
	     at = strstr(at + 1, bytes))
		count++;
	text_free(&log);
	return (count);
}
