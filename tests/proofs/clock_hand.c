#include "tests/proofs/clock_hand.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "tests/lab.h"

enum { LOOK_US = 500, BURY_EVERY = 64, WIRE_MOST_MS = 40 };

/* What a process had done when we began to watch it. */
struct seen {
	int pid;
	long long wakeups;
};

void
clock_hand_open(struct clock_hand *hand, const char *folder)
{
	int fd;

	snprintf(hand->path, sizeof(hand->path), "%s/clock", folder);
	fd = open(hand->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || ftruncate(fd, sizeof(*hand->shared)) != 0)
		lab_fail("cannot make %s", hand->path);
	hand->shared = mmap(NULL, sizeof(*hand->shared), PROT_READ | PROT_WRITE,
	    MAP_SHARED, fd, 0);
	close(fd);
	if (hand->shared == MAP_FAILED)
		lab_fail("cannot map %s", hand->path);
	setenv(SIMULATED_ENVIRONMENT, hand->path, 1);
}

void
clock_hand_close(struct clock_hand *hand)
{
	munmap(hand->shared, sizeof(*hand->shared));
	unlink(hand->path);
	unsetenv(SIMULATED_ENVIRONMENT);
}

int64_t
clock_hand_ms(const struct clock_hand *hand)
{
	return (clock_monotonic_ms() + atomic_load(&hand->shared->ahead_ms));
}

int64_t
clock_hand_utc_s(const struct clock_hand *hand)
{
	return (clock_utc_s() + atomic_load(&hand->shared->ahead_ms) / 1000);
}

void
clock_hand_move_to(struct clock_hand *hand, int64_t ms)
{
	int64_t wait_ms = ms - clock_hand_ms(hand);

	if (wait_ms <= 0)
		return;
	atomic_fetch_add(&hand->shared->ahead_ms, wait_ms);
	for (int i = 0; i < SIMULATED_PROCESSES; i++) {
		struct simulated_process *process = &hand->shared->processes[i];
		int pid = atomic_load(&process->pid);

		if (pid > 0 && atomic_load(&process->state) == SIMULATED_WAITS)
			kill(pid, SIMULATED_SIGNAL);
	}
}

/* The kernel's letter for it: S sleeps, R runs ... ; Z when it is gone, also
 * when its parent has not looked yet. */
static char
kernel_state(int pid)
{
	char path[40], words[512] = "";
	const char *state;
	ssize_t got;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return ('Z');
	got = read(fd, words, sizeof(words) - 1);
	close(fd);
	state = strrchr(words, ')');
	if (got <= 0 || state == NULL || state[2] == 'X')
		return ('Z');
	return (state[2]);
}

static void
forget_the_dead(struct clock_hand *hand)
{
	for (int i = 0; i < SIMULATED_PROCESSES; i++) {
		atomic_int *place = &hand->shared->processes[i].pid;
		int pid = atomic_load(place);

		if (pid > 0 && kernel_state(pid) == 'Z')
			atomic_compare_exchange_strong(place, &pid, 0);
	}
}

/*
 * Looks at everybody: 1 when all sleep in their wait; what is done for one that
 * sleeps wakes it at once, so that then nothing is under way, provided that it
 * held for all of them at the same time: when the second look finds them as the
 * first did.
 */
static int
do_all_sleep(const struct clock_hand *hand, struct seen *seen, int is_second)
{
	for (int i = 0; i < SIMULATED_PROCESSES; i++) {
		struct simulated_process *process = &hand->shared->processes[i];
		struct seen now = { .pid = atomic_load(&process->pid) };

		if (is_second && now.pid != seen[i].pid)
			return (0);
		if (now.pid != 0) {
			now.wakeups = atomic_load(&process->wakeups);
			if (now.pid < 0 ||
			    atomic_load(&process->state) != SIMULATED_WAITS ||
			    kernel_state(now.pid) != 'S' ||
			    (is_second && now.wakeups != seen[i].wakeups))
				return (0);
		}
		seen[i] = now;
	}
	return (1);
}

static int64_t
first_due_ms(const struct clock_hand *hand)
{
	int64_t first_ms = -1;

	for (int i = 0; i < SIMULATED_PROCESSES; i++) {
		struct simulated_process *process = &hand->shared->processes[i];
		int64_t due_ms = atomic_load(&process->due_ms);

		if (atomic_load(&process->pid) != 0 && due_ms >= 0 &&
		    (first_ms < 0 || due_ms < first_ms))
			first_ms = due_ms;
	}
	return (first_ms);
}

static int
is_empty(const struct simulated_wire *wire)
{
	return (atomic_load(&wire->written) == atomic_load(&wire->read));
}

/* What a line that was killed had not read never comes: it is waited for a
 * while, and that is all. */
static int
are_wires_empty(const struct clock_hand *hand, int64_t asleep_since_ms)
{
	return ((is_empty(&hand->shared->to_line) &&
		    is_empty(&hand->shared->to_modem)) ||
	    clock_monotonic_ms() - asleep_since_ms > WIRE_MOST_MS);
}

int
clock_hand_rests(struct clock_hand *hand, int most_ms, int64_t *due_ms_r)
{
	int64_t until_ms = clock_monotonic_ms() + most_ms;
	int64_t asleep_since_ms = 0;
	struct seen seen[SIMULATED_PROCESSES];

	for (unsigned i = 0;; i++) {
		if (i % BURY_EVERY == 0)
			forget_the_dead(hand);
		if (!do_all_sleep(hand, seen, 0) ||
		    !do_all_sleep(hand, seen, 1)) {
			asleep_since_ms = 0;
		} else {
			if (asleep_since_ms == 0)
				asleep_since_ms = clock_monotonic_ms();
			/* Looked at before the second look would be too early:
			 * whoever has just written sleeps only now. */
			if (are_wires_empty(hand, asleep_since_ms) &&
			    do_all_sleep(hand, seen, 1)) {
				*due_ms_r = first_due_ms(hand);
				return (1);
			}
		}
		if (clock_monotonic_ms() > until_ms)
			return (0);
		usleep(LOOK_US);
	}
}

int
clock_hand_count(struct clock_hand *hand, int role)
{
	int count = 0;

	forget_the_dead(hand);
	for (int i = 0; i < SIMULATED_PROCESSES; i++) {
		struct simulated_process *process = &hand->shared->processes[i];

		count += atomic_load(&process->pid) != 0 &&
		    atomic_load(&process->role) == role;
	}
	return (count);
}

int64_t
clock_hand_wakeups(struct clock_hand *hand, int role)
{
	int64_t count = 0;

	for (int i = 0; i < SIMULATED_PROCESSES; i++) {
		struct simulated_process *process = &hand->shared->processes[i];

		if (atomic_load(&process->pid) != 0 &&
		    atomic_load(&process->role) == role)
			count += atomic_load(&process->wakeups);
	}
	return (count);
}

int
clock_hand_has_waited(struct clock_hand *hand, pid_t pid)
{
	for (int i = 0; i < SIMULATED_PROCESSES; i++) {
		struct simulated_process *process = &hand->shared->processes[i];

		if (atomic_load(&process->pid) == (int)pid)
			return (atomic_load(&process->wakeups) > 0 ||
			    atomic_load(&process->state) == SIMULATED_WAITS);
	}
	return (0);
}
