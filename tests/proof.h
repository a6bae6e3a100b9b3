/* Tests that run the whole helpline, one after another in one process: a table
 * of them, expectations that are counted, and the plain closing line.
 *
 *	static const struct proof proofs[] = { { "a_sentence", function }, };
 *	return (proof_run(proofs, COUNT_OF(proofs)));
 */
#ifndef TESTS_PROOF_H
#define TESTS_PROOF_H

#include <stddef.h>
#include <stdint.h>

struct proof {
	const char *name;
	void (*run)(void);
};

/* Notes a failure of the running proof, with where and what; goes on. */
#define expect(condition, ...) \
	do { \
		if (!(condition)) \
			proof_failed(__FILE__, __LINE__, __VA_ARGS__); \
	} while (0)

void proof_failed(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Says that the running proof needs more than this machine has. */
void proof_skip(const char *reason);

/* A time that is promised of a machine that does nothing else: what was
 * waited for a processor is taken off, twice (by the kernel's own account of
 * it, or most of the time where it keeps none). */
struct proof_watch {
	int64_t began_ms;
	int64_t stalled_ms;
};
void proof_watch_start(struct proof_watch *watch);
int64_t proof_watch_ms(const struct proof_watch *watch);

/* Runs them (only those whose name holds argv's words, if any), prints
 * `N passed, N failed[, N skipped]`; an exit status. */
int proof_run(const struct proof *proofs, size_t count, int argc, char **argv);

#endif
