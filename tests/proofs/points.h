/* Points: the moments at which a process changes something that outlives it.
 *
 * tests/points.so, loaded before the C library, counts them in every process
 * of a helpline and ends one of them by SIGKILL right before its n-th.  What
 * is a point: each write to a file, a terminal or a socket, each change of a
 * file's length, each rename or removal, each wait for the disk.
 *
 * It also makes passwords quick, which are slow on purpose.
 *
 * The counts are in a file that test and processes share; it is mapped before
 * a line is confined.
 */
#ifndef TESTS_PROOFS_POINTS_H
#define TESTS_PROOFS_POINTS_H

#include <stdatomic.h>

/* Where the shared file is. */
#define POINTS_ENVIRONMENT "POINTS_FILE"

enum points_role {
	POINTS_HUB,
	POINTS_LINE,
	POINTS_COMMAND, /* whatever else of the program */
	POINTS_ROLES,
};

struct points {
	atomic_long count[POINTS_ROLES];
	atomic_int kill_role; /* -1 nobody */
	atomic_long kill_at; /* the n-th of that role, from 1 */
	atomic_int killed; /* how many were */
};

#endif
