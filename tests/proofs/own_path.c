/* For LD_PRELOAD under valgrind: there /proc/self/exe is valgrind's own tool,
 * and a hub that starts its lines by it would start that.  $OWN_PATH is the
 * program it means. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
execv(const char *path, char *const arguments[])
{
	__typeof__(&execv) real = (__typeof__(&execv))dlsym(RTLD_NEXT, "execv");
	const char *own = getenv("OWN_PATH");

	if (own != NULL && strcmp(path, "/proc/self/exe") == 0)
		path = own;
	return (real(path, arguments));
}
