/* A modem line on a simulated modem, and a test in the hub's place.
 *
 * The line is a process of its own, forked from the test, as the hub would
 * have it.  What it says is taken off the socket by bench_hear().
 */
#ifndef TESTS_MODEM_BENCH_H
#define TESTS_MODEM_BENCH_H

#include <stdint.h>
#include <sys/types.h>

#include "gateway/line/protocol.h"
#include "tests/sim/sim_client.h"

enum {
	SOON_MS = 20000, /* it takes a moment; the machine may be busy */
	LONG_MS = 60000, /* a send that is not answered takes 30 s */
	SILENT_MS = 5000, /* of what does not come */
	SHORT_MS = 300,
	QUICK_MS = 150,
	PAUSE_MS = 20,
	PATIENCE_S = 90,
	CHECK_S = 30,
};

#define NEPALI "+9779812345678"
#define OTHER  "+9779800000001"

struct bench {
	const char *test; /* its name */
	const char *program; /* modem_sim */
	char directory[64];
	struct sim sim;
	int is_simulated;
	pid_t line;
	int socket; /* the hub's end */
	int64_t pause_ms;
	int64_t patience_s;
	int64_t check_s;
	int64_t may_power;
	struct ladder ladder; /* what the line is told of the one before it */
	const char *suspects; /* of the line, NULL for none */
	int64_t is_careful;
	struct line_message heard; /* by the last bench_hear() */
	int failures; /* of the test that runs */
};

/* Fails the test that runs, and goes on. */
#define EXPECT(bench, condition) \
	bench_expect((bench), (condition), #condition, __FILE__, __LINE__)
void bench_expect(struct bench *bench, int is_true, const char *words,
    const char *file, int line);

/* A modem of this profile (NULL: the plain one), and no line yet. */
void bench_start_modem(struct bench *bench, const char *profile);
void bench_start_line(struct bench *bench);
/* Both, and waits until the line says that the modem is up. */
void bench_start(struct bench *bench);

/* SIGKILL; the socket is closed. */
void bench_kill_line(struct bench *bench);
/* Waits for the line to end by itself: its exit status, 128 and more for a
 * signal, or -1. */
int bench_wait_line(struct bench *bench, int wait_ms);
void bench_stop(struct bench *bench);

/* The next message of this kind into bench->heard, passing over others: 1, or 0
 * when none came. */
int bench_hear(struct bench *bench, enum line_message_kind kind, int wait_ms);
/* The next news that the modem is up, or not. */
int bench_hear_health(struct bench *bench, int is_up, int wait_ms);

void bench_release(struct bench *bench, uint64_t slot);
void bench_send(struct bench *bench, uint64_t id, const char *to,
    const char *text, int reference, int first_part);
void bench_say(struct bench *bench, enum line_message_kind kind);
void bench_say_words(
    struct bench *bench, enum line_message_kind kind, const char *words);

/* What the modem has counted (stats of control.h), or -1. */
long bench_count(struct bench *bench, const char *name);

/* Waits until the modem holds that many messages: 1, or 0 after 30 s. */
int bench_stored(struct bench *bench, long count);

/* The n-th text that went out, from 1, as control.h says. */
struct bench_sent {
	char to[32];
	char join_reference[8];
	char parts[8];
	char part[8];
	char alphabet[8];
	char text[1024];
};
int bench_sent(struct bench *bench, long n, struct bench_sent *sent_r);

struct bench_test {
	const char *name;
	void (*run)(struct bench *bench);
};

/* Ends in one without a name. */
extern const struct bench_test arrival_tests[];
extern const struct bench_test mend_tests[];

#endif
