#include "tests/bench/peer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/file.h"
#include "tests/bench/measure.h"

int
peer_is_here(const struct peer_kind *kind)
{
	static const char *const folders[] = { "/usr/bin", "/usr/sbin",
		"/usr/local/bin", "/usr/local/sbin" };
	char path[PEER_PATH_BYTES];

	if (kind->program == NULL)
		return (1);
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		snprintf(
		    path, sizeof(path), "%s/%s", folders[i], kind->program);
		if (access(path, X_OK) == 0)
			return (1);
	}
	return (0);
}

void
peer_path(const struct peer *peer, const char *name, char *path)
{
	snprintf(path, PEER_PATH_BYTES, "%s/%s", peer->folder, name);
}

void
peer_write(
    const struct peer *peer, const char *name, int mode, const char *content)
{
	struct text whole = { 0 };
	char path[PEER_PATH_BYTES];

	for (; *content != '\0'; content++) {
		if (*content == '@')
			text_add(&whole, peer->folder);
		else
			text_add_byte(&whole, *content);
	}
	peer_path(peer, name, path);
	if (file_write(path, (mode_t)mode, whole.bytes, whole.length) != DONE)
		lab_fail("cannot write %s", path);
	text_free(&whole);
}

pid_t
peer_spawn(const struct peer *peer, const char *const *words)
{
	char said[PEER_PATH_BYTES];
	pid_t pid = fork();
	int out;

	if (pid != 0)
		return (pid);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	peer_path(peer, "said", said);
	out = open(said, O_WRONLY | O_CREAT | O_APPEND, 0600);
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	if (chdir(peer->folder) == 0)
		execvp(words[0], (char *const *)(uintptr_t)words);
	_exit(127);
}

void
peer_kill(pid_t pid)
{
	int status;

	measure_family_kill(pid);
	waitpid(pid, &status, 0);
}

void
peer_open(struct peer *peer, const struct peer_kind *kind)
{
	*peer = (struct peer){ .kind = kind };
	snprintf(peer->folder, sizeof(peer->folder), "/tmp/peer.XXXXXX");
	if (mkdtemp(peer->folder) == NULL)
		lab_fail("cannot make a folder: %s", strerror(errno));
	if (kind->wire == PEER_MODEM) {
		sim_start(&peer->sim, "./modem_sim", peer->folder);
		sim_ask(&peer->sim, "places", "250", NULL);
	}
	kind->prepare(peer);
	kind->start(peer);
}

void
peer_close(struct peer *peer)
{
	struct text command = { 0 };

	peer->kind->stop(peer);
	if (peer->kind->wire == PEER_MODEM)
		sim_stop(&peer->sim);
	text_printf(&command, "rm -rf '%s'", peer->folder);
	if (system(command.bytes) != 0)
		fprintf(stderr, "cannot remove %s\n", peer->folder);
	text_free(&command);
}

double
peer_cpu_s(const struct peer *peer)
{
	double sum = 0;

	for (size_t i = 0; i < PEER_PROCESSES_MOST; i++) {
		if (peer->processes[i] > 0)
			sum += measure_family_cpu_s(peer->processes[i]);
	}
	return (sum);
}

long
peer_rss_kib(const struct peer *peer)
{
	long sum = 0;

	for (size_t i = 0; i < PEER_PROCESSES_MOST; i++) {
		if (peer->processes[i] > 0)
			sum += measure_family_rss_kib(peer->processes[i]);
	}
	return (sum);
}

long
peer_wakes(const struct peer *peer)
{
	long sum = 0;

	for (size_t i = 0; i < PEER_PROCESSES_MOST; i++) {
		if (peer->processes[i] > 0)
			sum += measure_family_wakes(peer->processes[i]);
	}
	return (sum);
}
