#include "gateway/desk/web_confine.h"

#include <errno.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef HAVE_SECCOMP
#include <seccomp.h>
#endif

#include "gateway/base/log.h"
#include "gateway/base/outcome.h"

static void
tell_missing(const char *what)
{
	log_info("confinement: %s: %s", what, strerror(errno));
}

/* The kernel's own calls: libcap would be one more library for ten lines.
 * Root keeps what lets it use files of the helpline's own user, where somebody
 * starts the desk by hand. */
static void
drop_capabilities(void)
{
	const uint32_t kept = geteuid() == 0 ? 1U << CAP_DAC_OVERRIDE : 0;
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };

	if (syscall(SYS_capget, &header, data) != 0) {
		tell_missing("cannot read the capabilities");
		return;
	}
	for (size_t i = 0; i < COUNT_OF(data); i++) {
		data[i].permitted &= i == 0 ? kept : 0;
		data[i].effective = data[i].permitted;
		data[i].inheritable = 0;
	}
	if (syscall(SYS_capset, &header, data) != 0)
		tell_missing("cannot drop the capabilities");
}

#ifdef HAVE_SECCOMP

static const int never[] = {
	SCMP_SYS(execve),
	SCMP_SYS(execveat),
	SCMP_SYS(fork),
	SCMP_SYS(vfork),
	SCMP_SYS(listen),
	SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev),
	SCMP_SYS(pidfd_open),
	SCMP_SYS(pidfd_getfd),
	SCMP_SYS(pidfd_send_signal),
	SCMP_SYS(kill),
	SCMP_SYS(tkill),
	SCMP_SYS(bpf),
	SCMP_SYS(perf_event_open),
	SCMP_SYS(userfaultfd),
	SCMP_SYS(io_uring_setup),
	SCMP_SYS(keyctl),
	SCMP_SYS(add_key),
	SCMP_SYS(request_key),
	SCMP_SYS(mount),
	SCMP_SYS(umount2),
	SCMP_SYS(pivot_root),
	SCMP_SYS(chroot),
	SCMP_SYS(unshare),
	SCMP_SYS(setns),
	SCMP_SYS(init_module),
	SCMP_SYS(finit_module),
	SCMP_SYS(kexec_load),
	SCMP_SYS(reboot),
	SCMP_SYS(settimeofday),
	SCMP_SYS(clock_settime),
	SCMP_SYS(setuid),
	SCMP_SYS(setgid),
	SCMP_SYS(setresuid),
	SCMP_SYS(setresgid),
#ifndef SANITIZED
	/* The leak check at the end clones itself and traces its parent. */
	SCMP_SYS(clone),
	SCMP_SYS(clone3),
	SCMP_SYS(ptrace),
#endif
};

static void
restrict_calls(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int error;

	if (filter == NULL) {
		tell_missing("seccomp does not start");
		return;
	}
	/* One that this kernel does not have must not keep the others open. */
	for (size_t i = 0; i < COUNT_OF(never); i++) {
		if (seccomp_rule_add(
			filter, SCMP_ACT_ERRNO(EPERM), never[i], 0) != 0)
			log_info("confinement: a system call stays allowed");
	}
	if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1,
		SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)AF_UNIX, 0)) != 0)
		log_info("confinement: sockets stay allowed");
	error = seccomp_load(filter);
	if (error != 0) {
		errno = -error;
		tell_missing("seccomp does not load; system calls stay");
	}
	seccomp_release(filter);
}

#else

static void
restrict_calls(void)
{
	log_info("confinement: built without seccomp; system calls stay");
}

#endif

void
web_confine(void)
{
	/* The C library reads the time zone when it first needs it. */
	tzset();
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		tell_missing("privileges can be gained");
#ifndef SANITIZED
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		tell_missing("core dumps are possible");
#endif
	drop_capabilities();
	restrict_calls();
}
