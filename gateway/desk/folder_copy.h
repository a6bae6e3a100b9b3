/* Whole folders: copied so that they stand on the disk, and removed.
 */
#ifndef GATEWAY_DESK_FOLDER_COPY_H
#define GATEWAY_DESK_FOLDER_COPY_H

#include "gateway/base/outcome.h"

/* Copies regular files and folders, but none whose name begins with a point
 * or ends in ~ (an editor's own): DONE, or TRY_LATER (logged; a part may have
 * been copied). */
MUST_USE enum outcome folder_copy(const char *from, const char *to);

/* Removes a folder and all in it, if it is there; logged when it cannot. */
void folder_remove(const char *path);

#endif
