/* A folder of its own for targets that read files. */
#ifndef TESTS_FUZZ_FILES_H
#define TESTS_FUZZ_FILES_H

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/file.h"

static char fuzz_folder[] = "/dev/shm/waymark-fuzz-XXXXXX";

static void
remove_fuzz_folder(void)
{
	char command[80];

	snprintf(command, sizeof(command), "rm -rf %s", fuzz_folder);
	(void)!system(command);
}

/* The file of this name in it, with this content; made at the first call. */
static void
put_file(const char *name, const void *bytes, size_t length)
{
	static int is_made;
	char path[120];

	if (!is_made) {
		if (mkdtemp(fuzz_folder) == NULL)
			abort();
		is_made = 1;
		atexit(remove_fuzz_folder);
	}
	snprintf(path, sizeof(path), "%s/%s", fuzz_folder, name);
	if (file_write(path, 0600, bytes, length) != DONE)
		abort();
}

#endif
