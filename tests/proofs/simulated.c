/* The half of simulated.h that runs in the helpline's processes. */
#define _GNU_SOURCE
#include "tests/proofs/simulated.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { MS_PER_S = 1000, NS_PER_MS = 1000000, US_PER_MS = 1000 };

static struct simulated *simulated;
static struct simulated_process *self;
static volatile sig_atomic_t was_moved;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static long long
ahead_ms(void)
{
	return (simulated != NULL ? atomic_load(&simulated->ahead_ms) : 0);
}

static long long
now_ms(void)
{
	struct timespec now;

	REAL(clock_gettime)(CLOCK_MONOTONIC, &now);
	return ((long long)now.tv_sec * MS_PER_S + now.tv_nsec / NS_PER_MS +
	    ahead_ms());
}

static void
note_move(int signal)
{
	(void)signal;
	was_moved = 1;
}

static void begin_wire(struct simulated_wire *wire);

/* -- who takes part --------------------------------------------------------- */

/* 's' of serve, 'l' of line, 'm' of modem_sim; 0: a command, which is not
 * waited for. */
static int
find_role(void)
{
	char words[256] = "";
	int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
	const char *second;

	if (fd < 0 || read(fd, words, sizeof(words) - 1) <= 0)
		abort();
	close(fd);
	second = words + strlen(words) + 1;
	if (strstr(words, "modem_sim") != NULL)
		return ('m');
	if (strcmp(second, "serve") == 0 || strcmp(second, "desk") == 0)
		return (second[0]);
	return (strcmp(second, "line") == 0 ? 'l' : 0);
}

/* A free place, now this process's; one that works. */
static struct simulated_process *
take_place(int pid)
{
	for (int i = 0; i < SIMULATED_PROCESSES; i++) {
		struct simulated_process *place = &simulated->processes[i];
		int nobody = 0;

		if (!atomic_compare_exchange_strong(&place->pid, &nobody, pid))
			continue;
		atomic_store(&place->state, SIMULATED_WORKS);
		atomic_store(&place->role, 0);
		atomic_store(&place->wakeups, 0);
		return (place);
	}
	abort();
}

/* The hub took a place for its line when it forked. */
static struct simulated_process *
find_place(void)
{
	for (int i = 0; i < SIMULATED_PROCESSES; i++) {
		if (atomic_load(&simulated->processes[i].pid) == (int)getpid())
			return (&simulated->processes[i]);
	}
	return (take_place((int)getpid()));
}

__attribute__((constructor)) static void
take_part(void)
{
	const char *path = getenv(SIMULATED_ENVIRONMENT);
	int role = find_role();
	int fd;

	if (path == NULL)
		return;
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return;
	simulated = mmap(NULL, sizeof(*simulated), PROT_READ | PROT_WRITE,
	    MAP_SHARED, fd, 0);
	close(fd);
	if (simulated == MAP_FAILED)
		abort();
	if (role == 0)
		return;
	sigaction(SIMULATED_SIGNAL,
	    &(struct sigaction){
		.sa_handler = note_move, .sa_flags = SA_RESTART },
	    NULL);
	self = find_place();
	atomic_store(&self->role, role);
	if (role == 'l') {
		begin_wire(&simulated->to_line);
		begin_wire(&simulated->to_modem);
	}
}

/* A line that is being started works, also before it can say so. */
pid_t
fork(void)
{
	struct simulated_process *place = self != NULL ? take_place(-1) : NULL;
	pid_t pid = REAL(fork)();

	if (place != NULL)
		atomic_store(&place->pid,
		    pid == 0      ? (int)getpid()
			: pid < 0 ? 0
				  : pid);
	if (pid == 0)
		self = NULL;
	return (pid);
}

__attribute__((destructor)) static void
leave(void)
{
	if (self != NULL)
		atomic_store(&self->pid, 0);
}

/* -- octets under way ------------------------------------------------------- */

/* The process before this one, or its modem, may have left some unread. */
static void
begin_wire(struct simulated_wire *wire)
{
	atomic_store(&wire->read, atomic_load(&wire->written));
}

static int
is_wire(int fd)
{
	int kept = errno;
	int is_terminal = self != NULL && fd > STDERR_FILENO &&
	    atomic_load(&self->role) != 's' && isatty(fd);

	errno = kept;
	return (is_terminal);
}

static void
note_read(int fd, ssize_t got)
{
	if (got > 0 && is_wire(fd))
		atomic_fetch_add(atomic_load(&self->role) == 'l'
			? &simulated->to_line.read
			: &simulated->to_modem.read,
		    got);
}

ssize_t
read(int fd, void *bytes, size_t length)
{
	ssize_t got = REAL(read)(fd, bytes, length);

	note_read(fd, got);
	return (got);
}

/* A modem line has a read() of its own, around this one. */
long
syscall(long number, ...)
{
	enum { ARGUMENTS = 6 };
	long arguments[ARGUMENTS];
	__builtin_va_list more;
	long result;

	__builtin_va_start(more, number);
	for (int i = 0; i < ARGUMENTS; i++)
		arguments[i] = __builtin_va_arg(more, long);
	__builtin_va_end(more);
	result = REAL(syscall)(number, arguments[0], arguments[1], arguments[2],
	    arguments[3], arguments[4], arguments[5]);
	if (number == SYS_read)
		note_read((int)arguments[0], (ssize_t)result);
	return (result);
}

ssize_t
write(int fd, const void *bytes, size_t length)
{
	struct simulated_wire *wire = NULL;
	ssize_t put;

	if (is_wire(fd))
		wire = atomic_load(&self->role) == 'l' ? &simulated->to_modem
						       : &simulated->to_line;
	/* Counted before anybody can read it. */
	if (wire != NULL)
		atomic_fetch_add(&wire->written, (long long)length);
	put = REAL(write)(fd, bytes, length);
	if (wire != NULL && put < (ssize_t)length)
		atomic_fetch_sub(
		    &wire->written, (long long)length - (put > 0 ? put : 0));
	return (put);
}

/* -- the time --------------------------------------------------------------- */

int
clock_gettime(clockid_t clock, struct timespec *now)
{
	int result = REAL(clock_gettime)(clock, now);
	long long ahead = ahead_ms();

	if (result != 0 || clock == CLOCK_PROCESS_CPUTIME_ID ||
	    clock == CLOCK_THREAD_CPUTIME_ID)
		return (result);
	now->tv_sec += (time_t)(ahead / MS_PER_S);
	now->tv_nsec += (long)(ahead % MS_PER_S * NS_PER_MS);
	if (now->tv_nsec >= MS_PER_S * (long)NS_PER_MS) {
		now->tv_nsec -= MS_PER_S * (long)NS_PER_MS;
		now->tv_sec++;
	}
	return (result);
}

int
gettimeofday(struct timeval *restrict now, void *restrict zone)
{
	struct timespec precise;

	(void)zone;
	if (clock_gettime(CLOCK_REALTIME, &precise) != 0)
		return (-1);
	*now = (struct timeval){ precise.tv_sec, precise.tv_nsec / US_PER_MS };
	return (0);
}

time_t
time(time_t *seconds_r)
{
	struct timespec now;

	if (clock_gettime(CLOCK_REALTIME, &now) != 0)
		return (-1);
	if (seconds_r != NULL)
		*seconds_r = now.tv_sec;
	return (now.tv_sec);
}

/* -- waiting ---------------------------------------------------------------- */

static long long
begin_wait(int timeout_ms)
{
	long long due_ms = timeout_ms < 0 ? -1 : now_ms() + timeout_ms;

	atomic_store(&self->due_ms, due_ms);
	atomic_store(&self->state, SIMULATED_WAITS);
	return (due_ms);
}

/* How long to sleep now; nothing when the time has come. */
static struct timespec
until_look(long long due_ms)
{
	long long left_ms = SIMULATED_LOOK_MS;

	if (due_ms >= 0 && due_ms - now_ms() < left_ms)
		left_ms = due_ms - now_ms();
	return ((struct timespec){
	    0, left_ms > 0 ? (long)left_ms * NS_PER_MS : 0 });
}

static void
end_wait(void)
{
	int kept = errno;

	atomic_store(&self->state, SIMULATED_WORKS);
	atomic_fetch_add(&self->wakeups, 1);
	errno = kept;
}

int
poll(struct pollfd *files, nfds_t count, int timeout_ms)
{
	struct timespec look;
	long long due_ms;
	int ready;

	if (self == NULL || timeout_ms == 0)
		return (REAL(poll)(files, count, timeout_ms));
	due_ms = begin_wait(timeout_ms);
	do {
		was_moved = 0;
		look = until_look(due_ms);
		ready = ppoll(files, count, &look, NULL);
	} while ((ready == 0 && look.tv_nsec > 0) ||
	    (ready < 0 && errno == EINTR && was_moved));
	end_wait();
	return (ready);
}

int
epoll_wait(int epoll, struct epoll_event *events, int most, int timeout_ms)
{
	struct pollfd file = { .fd = epoll, .events = POLLIN };

	if (self != NULL && timeout_ms != 0) {
		if (poll(&file, 1, timeout_ms) < 0)
			return (-1);
		timeout_ms = 0;
	}
	return (REAL(epoll_wait)(epoll, events, most, timeout_ms));
}
