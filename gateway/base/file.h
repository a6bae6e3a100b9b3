/* Whole files: read at once, or written so that a power cut leaves the old
 * one or the new one.
 */
#ifndef GATEWAY_BASE_FILE_H
#define GATEWAY_BASE_FILE_H

#include <sys/types.h>

#include "gateway/base/outcome.h"
#include "gateway/base/text.h"

/*
 * Adds a file's bytes to *text.
 *
 * DONE     they are there
 * NOTHING  there is no such file
 * REFUSED  it cannot be read, or is larger than max_bytes; logged
 */
MUST_USE enum outcome file_read(
    const char *path, size_t max_bytes, struct text *text);

/*
 * Writes a new file, or replaces one, with this mode: a temporary name beside
 * it, fsync, rename, fsync of the folder.
 *
 * DONE       it stands on the disk
 * TRY_LATER  it could not be written (full, not allowed); logged
 */
MUST_USE enum outcome file_write(
    const char *path, mode_t mode, const void *bytes, size_t length);

/* folder + "/" + name, or name alone when it is absolute; yours to free. */
char *file_path(const char *folder, const char *name);

/* The folder a path stands in ("." for a bare name); yours to free. */
char *file_folder(const char *path);

/* Puts the names in the folder a path stands in on the disk, after a rename:
 * 0, or -1 and errno. */
int file_sync_folder(const char *path);

#endif
