#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/log.h"
#include "store/store_parts.h"

/* A lock of this process on a file beside the store.  Not an OFD lock and not
 * flock(): those live on in children, and a line process that outlives a
 * killed hub by a moment would keep the next hub out. */
enum outcome
store_lock(const char *path, int *fd_r)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	struct text name = { 0 };
	enum outcome outcome = DONE;
	int fd;

	text_printf(&name, "%s.lock", path);
	fd = open(name.bytes, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
	    S_IRUSR | S_IWUSR);
	if (fd < 0) {
		log_err("cannot lock '%s': %s", name.bytes, strerror(errno));
		outcome = TRY_LATER;
	} else if (fcntl(fd, F_SETLK, &lock) != 0) {
		int cause = errno;

		outcome = TRY_LATER;
		if (cause == EACCES || cause == EAGAIN)
			outcome = REFUSED;
		if (outcome == REFUSED && fcntl(fd, F_GETLK, &lock) == 0)
			log_err("another hub (process %d) runs on the store"
				" '%s'; stop it first",
			    (int)lock.l_pid, path);
		else
			log_err("cannot lock '%s': %s", name.bytes,
			    strerror(cause));
		close(fd);
	}
	if (outcome == DONE)
		*fd_r = fd;
	text_free(&name);
	return (outcome);
}

int
store_hub_runs(const char *path)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	struct text name = { 0 };
	int runs = 0;
	int fd;

	text_printf(&name, "%s.lock", path);
	fd = open(name.bytes, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd >= 0) {
		runs = fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
		close(fd);
	}
	text_free(&name);
	return (runs);
}
