#include "tests/proof.h"

#include <stdarg.h>

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
