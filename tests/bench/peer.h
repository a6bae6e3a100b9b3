/* Helplines that are measured side by side: ours, and programs of others set
 * up to answer each text, as fast as their own settings let them.
 *
 * Theirs answer with one fixed text, from a handler as their manuals show it;
 * ours walks its menus and keeps everything durably.  Each runs in a folder of
 * its own.  Whatever does not go as it must ends the bench with a message.
 */
#ifndef TESTS_BENCH_PEER_H
#define TESTS_BENCH_PEER_H

#include <stddef.h>
#include <sys/types.h>

#include "tests/lab.h"
#include "tests/sim/sim_client.h"

/* Where texts come from. */
enum peer_wire {
	PEER_MODEM, /* the simulated modem */
	PEER_FAST, /* a socket that takes texts as fast as it is read */
};

enum {
	PEER_PROCESSES_MOST = 2,
	PEER_PATH_BYTES = 100,
};

struct peer;

struct peer_kind {
	const char *name;
	enum peer_wire wire;
	const char *program; /* that must be there; NULL: ours */
	const char *package; /* of Debian */
	void (*prepare)(struct peer *peer); /* writes its configuration */
	void (*start)(struct peer *peer);
	/* SIGKILL for what answers, and starts it again. */
	void (*restart_killed)(struct peer *peer);
	void (*stop)(struct peer *peer);
	/* Fast ones: a connection that texts, and how a text is written. */
	int (*dial)(struct peer *peer);
	void (*write_text)(struct text *out, const char *number);
	/* The number that a line which came back was sent to, into number. */
	int (*read_answer)(const char *line, char *number, size_t size);
};

struct peer {
	const struct peer_kind *kind;
	char folder[64];
	struct sim sim; /* of those on a modem */
	struct lab lab; /* of ours */
	int port; /* of Kannel: the first of three */
	pid_t processes[PEER_PROCESSES_MOST]; /* their eldest; 0: none */
};

extern const struct peer_kind peer_waymark;
extern const struct peer_kind peer_gammu_smsd;
extern const struct peer_kind peer_smstools;
extern const struct peer_kind peer_waymark_fast;
extern const struct peer_kind peer_kannel;

/* Of about the length of our first answer. */
#define PEER_ANSWER \
	"Thank you for your message. Write 1 to check a job offer, 2 to" \
	" learn your rights, 3 to find help near you, or HELP to reach a" \
	" person."

/* Whether its program is there. */
int peer_is_here(const struct peer_kind *kind);

/* A folder (and a modem), prepared and started. */
void peer_open(struct peer *peer, const struct peer_kind *kind);
void peer_close(struct peer *peer);

/* What all of its processes have cost so far. */
double peer_cpu_s(const struct peer *peer);
long peer_rss_kib(const struct peer *peer);
long peer_wakes(const struct peer *peer);

/* -- for the kinds ------------------------------------------------------------ */

/* A program in the peer's folder, its words up to a NULL; what it prints goes
 * to the file "said" there. */
pid_t peer_spawn(const struct peer *peer, const char *const *words);
/* SIGKILL for a process and all that it has started, and waits for it. */
void peer_kill(pid_t pid);
/* Writes a file in the peer's folder; every "@" in it stands for the folder. */
void peer_write(
    const struct peer *peer, const char *name, int mode, const char *content);
void peer_path(const struct peer *peer, const char *name, char *path);

#endif
