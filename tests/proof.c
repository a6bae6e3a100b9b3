#include "tests/proof.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "gateway/base/clock.h"

enum {
	SHARE_WITHOUT_ACCOUNT = 4,
	/* Who waited finds cold caches and pauses that have grown. */
	STALLS_COUNT = 2,
	US_PER_MS = 1000,
};

static int failures;
static const char *skipped_because;

void
proof_failed(const char *file, int line, const char *format, ...)
{
	va_list arguments;

	failures++;
	printf("  FAILED %s:%d: ", file, line);
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	putchar('\n');
}

void
proof_skip(const char *reason)
{
	skipped_because = reason;
}

/* Since the machine was started; -1 where nobody counts it. */
static int64_t
stalled_ms(void)
{
	FILE *pressure = fopen("/proc/pressure/cpu", "r");
	int64_t total_us = -US_PER_MS;

	if (pressure == NULL)
		return (-1);
	if (fscanf(pressure,
		"some avg10=%*s avg60=%*s avg300=%*s total=%" SCNd64,
		&total_us) != 1)
		total_us = -US_PER_MS;
	fclose(pressure);
	return (total_us / US_PER_MS);
}

void
proof_watch_start(struct proof_watch *watch)
{
	watch->began_ms = clock_monotonic_ms();
	watch->stalled_ms = stalled_ms();
}

int64_t
proof_watch_ms(const struct proof_watch *watch)
{
	int64_t took_ms = clock_monotonic_ms() - watch->began_ms;
	int64_t now_ms = stalled_ms();

	if (watch->stalled_ms < 0 || now_ms < 0)
		return (took_ms / SHARE_WITHOUT_ACCOUNT);
	now_ms = STALLS_COUNT * (now_ms - watch->stalled_ms);
	return (now_ms < took_ms ? took_ms - now_ms : 0);
}

static int
is_wanted(const char *name, int argc, char **argv)
{
	if (argc < 2)
		return (1);
	for (int i = 1; i < argc; i++) {
		if (strstr(name, argv[i]) != NULL)
			return (1);
	}
	return (0);
}

int
proof_run(const struct proof *proofs, size_t count, int argc, char **argv)
{
	int passed = 0;
	int failed = 0;
	int skipped = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (size_t i = 0; i < count; i++) {
		if (!is_wanted(proofs[i].name, argc, argv))
			continue;
		failures = 0;
		skipped_because = NULL;
		proofs[i].run();
		if (failures > 0)
			failed++;
		else if (skipped_because != NULL)
			skipped++;
		else
			passed++;
		printf("%s %s%s%s\n",
		    failures > 0                  ? "not ok"
			: skipped_because != NULL ? "skipped"
						  : "ok",
		    proofs[i].name, skipped_because != NULL ? ": " : "",
		    skipped_because != NULL ? skipped_because : "");
	}
	if (skipped > 0)
		printf("%d passed, %d failed, %d skipped\n", passed, failed,
		    skipped);
	else
		printf("%d passed, %d failed\n", passed, failed);
	return (failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}
