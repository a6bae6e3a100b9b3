/* A process gives up what it will never need, before it reads what strangers
 * send: each line of its own accord, and the desk.
 */
#ifndef GATEWAY_BASE_CONFINE_H
#define GATEWAY_BASE_CONFINE_H

#include <stddef.h>

#include "gateway/base/outcome.h"

/* Closes every descriptor but standard input, output, error and these. */
void confine_close_others(const int *keep, size_t count);

/*
 * For good: no new privileges (PR_SET_NO_NEW_PRIVS), not dumpable, no
 * capabilities (root is then a user like others who owns many files), and as
 * far as the kernel allows no new files beyond the paths given (Landlock; read
 * and write) and no system calls that start programs or processes, open
 * sockets, signal or look into others (seccomp; they fail with EPERM).  `paths`
 * may name devices that come and go; a folder opens all in it, what is missing
 * is left out.  Descriptors that are open stay so.  What could not be
 * forbidden is logged once, at INFO.
 *
 * Whatever else a process needs it names; nothing named is nothing left.
 *
 * Under sanitizers the leak check at the end needs to look into its own
 * process; that much is then left.
 */
struct confinement {
	const char *const *paths;
	size_t path_count;
	int may_accept; /* accepts clients on a socket it holds */
	int may_use_sockets; /* connects by itself, again and again */
	int may_use_local_sockets; /* opens unix sockets alone, for the hub */
	int may_use_files; /* any file, and makes new ones: a store.  Root
			      then also keeps what lets it use files of the
			      helpline's own user */
	int may_connect; /* needs sockets or a program of its own, and files of
			    theirs */
};
void confine(const struct confinement *confinement);

#endif
