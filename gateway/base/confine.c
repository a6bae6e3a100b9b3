#include "gateway/base/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef HAVE_LINUX_LANDLOCK_H
#include <linux/landlock.h>
#endif
#ifdef HAVE_SECCOMP
#include <seccomp.h>
#endif

#include "gateway/base/log.h"

enum {
	DESCRIPTORS_MOST = 1024, /* where close_range() is missing */
};

static void
close_from_to(unsigned first, unsigned last)
{
	if (first > last)
		return;
	if (syscall(SYS_close_range, first, last, 0) == 0)
		return;
	for (unsigned i = first; i <= last && i < DESCRIPTORS_MOST; i++)
		close((int)i);
}

void
confine_close_others(const int *keep, size_t count)
{
	unsigned first = STDERR_FILENO + 1;

	/* The lowest that is kept, again and again; there are few. */
	for (;;) {
		int next = -1;

		for (size_t i = 0; i < count; i++) {
			if (keep[i] >= (int)first &&
			    (next < 0 || keep[i] < next))
				next = keep[i];
		}
		if (next < 0)
			break;
		if (next > (int)first)
			close_from_to(first, (unsigned)next - 1);
		first = (unsigned)next + 1;
	}
	close_from_to(first, ~0U);
}

static void
tell_missing(const char *what)
{
	log_info("confinement: %s: %s", what, strerror(errno));
}

/* The kernel's own calls: libcap would be one more library for ten lines. */
static void
drop_capabilities(uint32_t kept)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };

	/* What is not there cannot be kept. */
	if (kept != 0 && syscall(SYS_capget, &header, data) != 0)
		tell_missing("cannot read the capabilities");
	for (size_t i = 0; i < COUNT_OF(data); i++) {
		data[i].permitted &= i == 0 ? kept : 0;
		data[i].effective = data[i].permitted;
		data[i].inheritable = 0;
	}
	if (syscall(SYS_capset, &header, data) != 0)
		tell_missing("cannot drop the capabilities");
}

#ifdef HAVE_LINUX_LANDLOCK_H

enum {
	REFER_SINCE = 2, /* Landlock's own versions */
	TRUNCATE_SINCE = 3,
};

#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

static uint64_t
all_rights(long version)
{
	uint64_t rights = LANDLOCK_ACCESS_FS_EXECUTE |
	    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |
	    LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR |
	    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
	    LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
	    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
	    LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

	if (version >= REFER_SINCE)
		rights |= LANDLOCK_ACCESS_FS_REFER;
	if (version >= TRUNCATE_SINCE)
		rights |= LANDLOCK_ACCESS_FS_TRUNCATE;
	return (rights);
}

static void
open_path(int ruleset, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr rule = { 0 };
	struct stat status;

	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return;
	rule.allowed_access = rights;
	if (fstat(rule.parent_fd, &status) == 0 && !S_ISDIR(status.st_mode))
		rule.allowed_access &= ~LANDLOCK_ACCESS_FS_READ_DIR;
	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH,
		&rule, 0) != 0)
		tell_missing("cannot open a path to the line");
	close(rule.parent_fd);
}

static void
restrict_files(const struct confinement *confinement)
{
	const uint64_t use = LANDLOCK_ACCESS_FS_READ_FILE |
	    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
	struct landlock_ruleset_attr rules = { 0 };
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	int ruleset;

	if (version < 1) {
		tell_missing("the kernel has no Landlock; files stay open");
		return;
	}
	rules.handled_access_fs = all_rights(version);
	ruleset =
	    (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules), 0);
	if (ruleset < 0) {
		tell_missing("cannot restrict files");
		return;
	}
	for (size_t i = 0; i < confinement->path_count; i++)
		open_path(ruleset, confinement->paths[i], use);
#ifdef SANITIZED
	open_path(ruleset, "/proc",
	    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR);
#endif
	if (syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
		tell_missing("cannot restrict files");
	close(ruleset);
}

#else

static void
restrict_files(const struct confinement *confinement)
{
	(void)confinement;
	log_info("confinement: built without Landlock; files stay open");
}

#endif

#ifdef HAVE_SECCOMP

/* For everybody. */
static const int never[] = {
	SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev),
	SCMP_SYS(process_madvise),
	SCMP_SYS(pidfd_open),
	SCMP_SYS(pidfd_getfd),
	SCMP_SYS(pidfd_send_signal),
	SCMP_SYS(kcmp),
	SCMP_SYS(tkill),
	SCMP_SYS(rt_sigqueueinfo),
	SCMP_SYS(rt_tgsigqueueinfo),
	SCMP_SYS(bpf),
	SCMP_SYS(perf_event_open),
	SCMP_SYS(userfaultfd),
	SCMP_SYS(io_uring_setup),
	SCMP_SYS(keyctl),
	SCMP_SYS(add_key),
	SCMP_SYS(request_key),
	SCMP_SYS(mount),
	SCMP_SYS(umount2),
	SCMP_SYS(move_mount),
	SCMP_SYS(open_tree),
	SCMP_SYS(fsopen),
	SCMP_SYS(fsmount),
	SCMP_SYS(pivot_root),
	SCMP_SYS(chroot),
	SCMP_SYS(unshare),
	SCMP_SYS(setns),
	SCMP_SYS(name_to_handle_at),
	SCMP_SYS(open_by_handle_at),
	SCMP_SYS(mknod),
	SCMP_SYS(mknodat),
	SCMP_SYS(setuid),
	SCMP_SYS(setgid),
	SCMP_SYS(setreuid),
	SCMP_SYS(setregid),
	SCMP_SYS(setresuid),
	SCMP_SYS(setresgid),
	SCMP_SYS(setgroups),
	SCMP_SYS(init_module),
	SCMP_SYS(finit_module),
	SCMP_SYS(delete_module),
	SCMP_SYS(kexec_load),
	SCMP_SYS(kexec_file_load),
	SCMP_SYS(reboot),
	SCMP_SYS(swapon),
	SCMP_SYS(swapoff),
	SCMP_SYS(acct),
	SCMP_SYS(quotactl),
	SCMP_SYS(settimeofday),
	SCMP_SYS(clock_settime),
	SCMP_SYS(adjtimex),
	SCMP_SYS(clock_adjtime),
	SCMP_SYS(sethostname),
	SCMP_SYS(setdomainname),
	SCMP_SYS(iopl),
	SCMP_SYS(ioperm),
	SCMP_SYS(personality),
	SCMP_SYS(syslog),
	SCMP_SYS(listen),
};

/* For whoever makes no files of its own. */
static const int without_modes[] = {
	SCMP_SYS(chmod),
	SCMP_SYS(fchmod),
	SCMP_SYS(fchmodat),
	SCMP_SYS(chown),
	SCMP_SYS(fchown),
	SCMP_SYS(lchown),
	SCMP_SYS(fchownat),
	SCMP_SYS(setxattr),
	SCMP_SYS(lsetxattr),
	SCMP_SYS(fsetxattr),
	SCMP_SYS(removexattr),
	SCMP_SYS(lremovexattr),
	SCMP_SYS(fremovexattr),
};

/* For whoever opens no socket on this machine. */
static const int without_binding[] = {
	SCMP_SYS(bind),
};

/* For whoever needs no program of another. */
static const int without_programs[] = {
	SCMP_SYS(execve),
	SCMP_SYS(execveat),
	SCMP_SYS(fork),
	SCMP_SYS(vfork),
	SCMP_SYS(clone3),
	SCMP_SYS(clone),
	SCMP_SYS(socketpair),
	SCMP_SYS(kill),
};

/* For whoever has its device or socket already. */
static const int without_sockets[] = {
	SCMP_SYS(socket),
	SCMP_SYS(connect),
};

static const int without_accepting[] = {
	SCMP_SYS(accept),
	SCMP_SYS(accept4),
};

/* The leak check of the sanitizers clones itself and traces its parent. */
static int
is_left(int call)
{
#ifdef SANITIZED
	return (call == SCMP_SYS(ptrace) || call == SCMP_SYS(clone) ||
	    call == SCMP_SYS(clone3));
#else
	(void)call;
	return (0);
#endif
}

static int
forbid(scmp_filter_ctx filter, const int *calls, size_t count)
{
	int error = 0;

	/* Every call by itself: one that this kernel or machine does not have
	 * must not keep the others open. */
	for (size_t i = 0; i < count; i++) {
		if (!is_left(calls[i]) &&
		    seccomp_rule_add(
			filter, SCMP_ACT_ERRNO(EPERM), calls[i], 0) != 0)
			error = 1;
	}
	return (error);
}

/* Whole lists, by what the process may. */
static int
forbid_lists(scmp_filter_ctx filter, const struct confinement *may)
{
	const struct {
		int is_left;
		const int *calls;
		size_t count;
	} lists[] = {
		{ 0, never, COUNT_OF(never) },
		{ may->may_use_files, without_modes, COUNT_OF(without_modes) },
		{ may->may_use_local_sockets, without_binding,
		    COUNT_OF(without_binding) },
		{ may->may_connect, without_programs,
		    COUNT_OF(without_programs) },
		{ may->may_connect || may->may_use_sockets ||
			may->may_use_local_sockets,
		    without_sockets, COUNT_OF(without_sockets) },
		{ may->may_accept, without_accepting,
		    COUNT_OF(without_accepting) },
	};
	int error = 0;

	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		if (!lists[i].is_left)
			error |= forbid(filter, lists[i].calls, lists[i].count);
	}
	return (error);
}

/* Calls that are forbidden by what they are called with. */
static int
forbid_arguments(scmp_filter_ctx filter, const struct confinement *may)
{
	int error = 0;

	/* abort() signals its own process, and only that is left. */
	error |=
	    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(tgkill), 1,
		SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)getpid(), 0));
	/* Typing into somebody's terminal. */
	error |=
	    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1,
		SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffff, TIOCSTI));
	if (may->may_use_local_sockets && !may->may_use_sockets &&
	    !may->may_connect)
		error |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM),
		    SCMP_SYS(socket), 1,
		    SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)AF_UNIX, 0));
	return (error);
}

static void
restrict_calls(const struct confinement *confinement)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int error;

	if (filter == NULL) {
		tell_missing("seccomp does not start");
		return;
	}
	error = forbid_lists(filter, confinement);
	error |= forbid_arguments(filter, confinement);
	if (error != 0)
		log_info("confinement: some system calls stay allowed");
	error = seccomp_load(filter);
	if (error != 0) {
		errno = -error;
		tell_missing("seccomp does not load; system calls stay");
	}
	seccomp_release(filter);
}

#else

static void
restrict_calls(const struct confinement *confinement)
{
	(void)confinement;
	log_info("confinement: built without seccomp; system calls stay");
}

#endif

void
confine(const struct confinement *confinement)
{
	const uint32_t kept = confinement->may_use_files && geteuid() == 0
	    ? 1U << CAP_DAC_OVERRIDE
	    : 0;

	/* The C library reads the time zone when it first needs it. */
	tzset();
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		tell_missing("privileges can be gained");
#ifndef SANITIZED
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		tell_missing("core dumps are possible");
#endif
	drop_capabilities(kept);
	if (!confinement->may_connect && !confinement->may_use_files)
		restrict_files(confinement);
	restrict_calls(confinement);
}
