#include "gateway/base/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/check_main.h"

enum {
	LANDLOCK_VERSION_QUESTION = 1, /* LANDLOCK_CREATE_RULESET_VERSION */
};

static const char *const null_device[] = { "/dev/null", "/nowhere/at/all" };
static const struct confinement plain = { .paths = null_device,
	.path_count = 2 };

static int
kernel_restricts_files(void)
{
#ifdef HAVE_LINUX_LANDLOCK_H
	if (syscall(SYS_landlock_create_ruleset, NULL, 0,
		LANDLOCK_VERSION_QUESTION) > 0)
		return (1);
#endif
	fprintf(stderr, "skipped: no Landlock in this kernel or build\n");
	return (0);
}

static int
kernel_restricts_calls(void)
{
#ifdef HAVE_SECCOMP
	unsigned action = SECCOMP_RET_ERRNO;

	if (syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0)
		return (1);
#endif
	fprintf(stderr, "skipped: no seccomp in this kernel or build\n");
	return (0);
}

/* What a confined child answers; it cannot be unconfined again. */
static int
ask_child(const struct confinement *confinement, int (*question)(void))
{
	int status;
	pid_t child = fork();

	ck_assert_int_ge(child, 0);
	if (child == 0) {
		confine(confinement);
		_exit(question());
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	if (WIFSIGNALED(status))
		return (-WTERMSIG(status));
	return (WEXITSTATUS(status));
}

/* The errno of what was tried, 0 when it worked. */
static int
outcome_of(long result)
{
	return (result < 0 ? errno : 0);
}

static int
open_passwd(void)
{
	return (outcome_of(open("/etc/passwd", O_RDONLY)));
}

static int
create_file(void)
{
	return (outcome_of(open("/tmp/confined", O_CREAT | O_WRONLY, 0600)));
}

static int
open_null(void)
{
	return (outcome_of(open("/dev/null", O_RDWR)));
}

static int
start_program(void)
{
	char *const arguments[] = { NULL };

	return (outcome_of(execve("/bin/true", arguments, arguments)));
}

static int
open_socket(void)
{
	return (outcome_of(socket(AF_INET, SOCK_STREAM, 0)));
}

static int
open_unix_socket(void)
{
	return (outcome_of(socket(AF_UNIX, SOCK_STREAM, 0)));
}

static int
signal_parent(void)
{
	return (outcome_of(kill(getppid(), 0)));
}

static int
look_into_parent(void)
{
	char byte;
	struct iovec here = { &byte, 1 };
	struct iovec there = { &byte, 1 };

	return (outcome_of(
	    syscall(SYS_process_vm_readv, getppid(), &here, 1, &there, 1, 0)));
}

static int
make_ring(void)
{
	return (outcome_of(syscall(SYS_io_uring_setup, 1, NULL)));
}

static int
fall_over(void)
{
	abort();
}

static int
accept_client(void)
{
	return (outcome_of(accept(STDIN_FILENO, NULL, NULL)));
}

static int
gain_nothing(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	memset(data, 0xa5, sizeof(data));
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
		return (1);
	if (syscall(SYS_capget, &header, data) != 0)
		return (2);
	if (data[0].effective != 0 || data[0].permitted != 0 ||
	    data[1].effective != 0 || data[1].permitted != 0)
		return (3);
#ifndef SANITIZED
	if (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0)
		return (4);
#endif
	return (0);
}

START_TEST(only_what_was_named_is_open)
{
	if (!kernel_restricts_files())
		return;
	ck_assert_int_eq(ask_child(&plain, open_passwd), EACCES);
	ck_assert_int_eq(ask_child(&plain, create_file), EACCES);
	ck_assert_int_eq(ask_child(&plain, open_null), 0);
}
END_TEST

START_TEST(a_folder_opens_what_is_in_it)
{
	static const char *const folders[] = { "/dev" };
	static const struct confinement devices = { .paths = folders,
		.path_count = 1 };

	if (!kernel_restricts_files())
		return;
	ck_assert_int_eq(ask_child(&devices, open_null), 0);
	ck_assert_int_eq(ask_child(&devices, open_passwd), EACCES);
}
END_TEST

START_TEST(no_program_starts_and_no_socket_opens)
{
	if (!kernel_restricts_calls())
		return;
	ck_assert_int_eq(ask_child(&plain, start_program), EPERM);
	ck_assert_int_eq(ask_child(&plain, open_socket), EPERM);
	ck_assert_int_eq(ask_child(&plain, open_unix_socket), EPERM);
	ck_assert_int_eq(ask_child(&plain, accept_client), EPERM);
}
END_TEST

START_TEST(others_are_neither_signalled_nor_looked_into)
{
	if (!kernel_restricts_calls())
		return;
	ck_assert_int_eq(ask_child(&plain, signal_parent), EPERM);
	ck_assert_int_eq(ask_child(&plain, look_into_parent), EPERM);
	ck_assert_int_eq(ask_child(&plain, make_ring), EPERM);
}
END_TEST

START_TEST(what_a_line_asks_for_is_left)
{
	static const struct confinement accepting = {
		.paths = null_device, .path_count = 1, .may_accept = 1
	};
	static const struct confinement connecting = { .may_connect = 1 };

	/* Not a socket: that the kernel says so means that it may be tried. */
	ck_assert_int_eq(ask_child(&accepting, accept_client), ENOTSOCK);
	ck_assert_int_eq(ask_child(&connecting, open_unix_socket), 0);
	ck_assert_int_eq(ask_child(&connecting, open_passwd), 0);
}
END_TEST

static int
open_packet_socket(void)
{
	return (outcome_of(socket(AF_PACKET, SOCK_RAW, 0)));
}

static int
bind_local_socket(void)
{
	struct sockaddr_un unnamed = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	return (outcome_of(bind(fd, (const struct sockaddr *)&unnamed,
	    sizeof(unnamed.sun_family))));
}

static int
listen_for_others(void)
{
	return (outcome_of(listen(STDIN_FILENO, 1)));
}

static int
change_mode(void)
{
	return (outcome_of(fchmod(STDIN_FILENO, 0600)));
}

static int
make_process(void)
{
	return (outcome_of(syscall(SYS_vfork)));
}

/* As gateway/desk/web_server.c has it. */
static const struct confinement desk = {
	.may_accept = 1,
	.may_use_local_sockets = 1,
	.may_use_files = 1,
};

START_TEST(the_desk_starts_nothing_and_calls_nobody)
{
	if (!kernel_restricts_calls())
		return;
	ck_assert_int_eq(ask_child(&desk, start_program), EPERM);
	ck_assert_int_eq(ask_child(&desk, make_process), EPERM);
	ck_assert_int_eq(ask_child(&desk, open_socket), EPERM);
	ck_assert_int_eq(ask_child(&desk, open_packet_socket), EPERM);
	ck_assert_int_eq(ask_child(&desk, listen_for_others), EPERM);
	ck_assert_int_eq(ask_child(&desk, signal_parent), EPERM);
	ck_assert_int_eq(ask_child(&desk, look_into_parent), EPERM);
	ck_assert_int_eq(ask_child(&desk, make_ring), EPERM);
}
END_TEST

START_TEST(the_desk_keeps_its_clients_its_hub_and_its_store)
{
	ck_assert_int_eq(ask_child(&desk, accept_client), ENOTSOCK);
	ck_assert_int_eq(ask_child(&desk, bind_local_socket), 0);
	ck_assert_int_eq(ask_child(&desk, open_passwd), 0);
	ck_assert_int_eq(ask_child(&desk, fall_over), -SIGABRT);
}
END_TEST

START_TEST(modes_of_files_are_for_whoever_makes_them)
{
	static const struct confinement line = { .may_use_sockets = 1 };

	if (!kernel_restricts_calls())
		return;
	ck_assert_int_eq(ask_child(&line, change_mode), EPERM);
	ck_assert_int_ne(ask_child(&line, bind_local_socket), 0);
}
END_TEST

START_TEST(no_privilege_is_kept_or_gained)
{
	ck_assert_int_eq(ask_child(&plain, gain_nothing), 0);
}
END_TEST

START_TEST(a_confined_process_can_still_abort)
{
	ck_assert_int_eq(ask_child(&plain, fall_over), -SIGABRT);
}
END_TEST

START_TEST(only_named_descriptors_stay)
{
	static const int places[] = { 20, 10 };
	int status;
	pid_t child;

	for (int i = 8; i < 30; i++)
		ck_assert_int_eq(dup2(STDIN_FILENO, i), i);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		int wrong = 0;

		confine_close_others(places, 2);
		for (int i = 0; i < 40; i++) {
			int is_open = fcntl(i, F_GETFD) != -1;
			int is_wanted =
			    i <= STDERR_FILENO || i == 10 || i == 20;

			wrong += is_open != is_wanted;
		}
		_exit(wrong);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(WEXITSTATUS(status), 0);
	for (int i = 8; i < 30; i++)
		close(i);
}
END_TEST

static Suite *
suite_of_confine(void)
{
	Suite *suite = suite_create("confine");
	TCase *group = tcase_create("confine");

	/* Something to accept on that is no socket. */
	if (freopen("/dev/null", "r", stdin) == NULL)
		abort();
	tcase_add_test(group, only_what_was_named_is_open);
	tcase_add_test(group, a_folder_opens_what_is_in_it);
	tcase_add_test(group, no_program_starts_and_no_socket_opens);
	tcase_add_test(group, others_are_neither_signalled_nor_looked_into);
	tcase_add_test(group, what_a_line_asks_for_is_left);
	tcase_add_test(group, the_desk_starts_nothing_and_calls_nobody);
	tcase_add_test(group, the_desk_keeps_its_clients_its_hub_and_its_store);
	tcase_add_test(group, modes_of_files_are_for_whoever_makes_them);
	tcase_add_test(group, no_privilege_is_kept_or_gained);
	tcase_add_test(group, a_confined_process_can_still_abort);
	tcase_add_test(group, only_named_descriptors_stay);
	suite_add_tcase(suite, group);
	return (suite);
}

CHECK_MAIN(suite_of_confine);
