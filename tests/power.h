/* A power cut: a process that ran with tests/unsynced.so was killed, and what
 * it had not synced is taken back.
 */
#ifndef TESTS_POWER_H
#define TESTS_POWER_H

#include <stdint.h>

/* Before a write of unsynced.so: what stood there. */
struct note {
	int64_t offset;
	uint64_t length; /* of the bytes that follow */
	int64_t size; /* of the file */
};

/* Takes back all writes of a file after some of those that were not synced: a
 * cut leaves any beginning of them, and perhaps half of the next.  `folder` is
 * where the notes are; how many were taken back. */
long power_cut(const char *path, const char *folder);

#endif
