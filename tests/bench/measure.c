#include "tests/bench/measure.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FAMILY_MOST = 64 };

double
measure_now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return ((double)now.tv_sec + (double)now.tv_nsec / 1e9);
}

static int
compare_doubles(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;

	return (x < y ? -1 : x > y);
}

double
measure_percentile(double *values, size_t count, double share)
{
	size_t at = (size_t)((double)count * share);

	if (count == 0)
		return (0);
	qsort(values, count, sizeof(*values), compare_doubles);
	return (values[at < count ? at : count - 1]);
}

/* -- /proc/PID/stat ----------------------------------------------------------- */

struct stat_line {
	pid_t parent;
	unsigned long own; /* clock ticks */
	unsigned long waited; /* of children that have ended */
};

/* 1, or 0 when there is no such process any more. */
static int
read_stat(pid_t pid, struct stat_line *line)
{
	unsigned long user, kernel;
	long child_user, child_kernel;
	char path[64];
	char content[1024] = "";
	const char *behind_name;
	size_t got;
	int parent;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	file = fopen(path, "r");
	if (file == NULL)
		return (0);
	got = fread(content, 1, sizeof(content) - 1, file);
	fclose(file);
	content[got] = '\0';
	/* A name may hold blanks and brackets. */
	behind_name = strrchr(content, ')');
	if (behind_name == NULL ||
	    sscanf(behind_name + 1,
		" %*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %ld %ld",
		&parent, &user, &kernel, &child_user, &child_kernel) != 5)
		return (0);
	*line = (struct stat_line){
		.parent = parent,
		.own = user + kernel,
		.waited = (unsigned long)(child_user + child_kernel),
	};
	return (1);
}

static double
seconds(unsigned long ticks)
{
	return ((double)ticks / (double)sysconf(_SC_CLK_TCK));
}

double
measure_cpu_s(pid_t pid)
{
	struct stat_line line = { 0 };

	return (read_stat(pid, &line) ? seconds(line.own) : 0);
}

/* -- a family ------------------------------------------------------------------ */

struct family {
	pid_t pids[FAMILY_MOST];
	size_t count;
};

static int
is_of(const struct family *family, pid_t pid)
{
	for (size_t i = 0; i < family->count; i++) {
		if (family->pids[i] == pid)
			return (1);
	}
	return (0);
}

/* Adds the processes whose parent is known; how many. */
static size_t
add_generation(struct family *family)
{
	size_t before = family->count;
	DIR *proc = opendir("/proc");
	struct dirent *entry;

	while (proc != NULL && (entry = readdir(proc)) != NULL) {
		pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
		struct stat_line line;

		if (pid <= 0 || is_of(family, pid) || !read_stat(pid, &line))
			continue;
		if (is_of(family, line.parent) && family->count < FAMILY_MOST)
			family->pids[family->count++] = pid;
	}
	if (proc != NULL)
		closedir(proc);
	return (family->count - before);
}

static struct family
family_of(pid_t pid)
{
	struct family family = { .pids = { pid }, .count = 1 };

	while (add_generation(&family) > 0)
		continue;
	return (family);
}

double
measure_family_cpu_s(pid_t pid)
{
	struct family family = family_of(pid);
	unsigned long ticks = 0;

	for (size_t i = 0; i < family.count; i++) {
		struct stat_line line = { 0 };

		if (read_stat(family.pids[i], &line))
			ticks += line.own + line.waited;
	}
	return (seconds(ticks));
}

static long
number_in(const char *path, const char *name)
{
	char line[256];
	long value = -1;
	FILE *file = fopen(path, "r");

	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		if (strncmp(line, name, strlen(name)) == 0)
			value = strtol(line + strlen(name) + 1, NULL, 10);
	}
	if (file != NULL)
		fclose(file);
	return (value);
}

long
measure_status(pid_t pid, const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	return (number_in(path, name));
}

long
measure_family_rss_kib(pid_t pid)
{
	struct family family = family_of(pid);
	long sum = 0;

	for (size_t i = 0; i < family.count; i++) {
		long rss = measure_status(family.pids[i], "VmRSS");

		sum += rss > 0 ? rss : 0;
	}
	return (sum);
}

static long
wakes_of(pid_t pid)
{
	char path[300];
	long sum = 0;
	struct dirent *entry;
	DIR *threads;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	threads = opendir(path);
	while (threads != NULL && (entry = readdir(threads)) != NULL) {
		long switches;

		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "/proc/%d/task/%.20s/status",
		    (int)pid, entry->d_name);
		switches = number_in(path, "voluntary_ctxt_switches");
		sum += switches > 0 ? switches : 0;
	}
	if (threads != NULL)
		closedir(threads);
	return (sum);
}

long
measure_family_wakes(pid_t pid)
{
	struct family family = family_of(pid);
	long sum = 0;

	for (size_t i = 0; i < family.count; i++)
		sum += wakes_of(family.pids[i]);
	return (sum);
}

void
measure_family_kill(pid_t pid)
{
	struct family family = family_of(pid);

	for (size_t i = 0; i < family.count; i++)
		kill(family.pids[i], SIGKILL);
}
