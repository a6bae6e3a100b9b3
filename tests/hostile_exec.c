/* For LD_PRELOAD into a hub: its modem lines become HOSTILE_LINE, a program
 * that says to the hub whatever comes to its mind.
 */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
execv(const char *path, char *const arguments[])
{
	int (*real)(const char *, char *const[]) =
	    (int (*)(const char *, char *const[]))dlsym(RTLD_NEXT, "execv");
	const char *hostile = getenv("HOSTILE_LINE");

	if (hostile != NULL && arguments[1] != NULL && arguments[2] != NULL &&
	    strcmp(arguments[1], "line") == 0 &&
	    strcmp(arguments[2], "modem") == 0) {
		unsetenv("LD_PRELOAD");
		path = hostile;
	}
	return (real(path, arguments));
}
