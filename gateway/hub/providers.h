/* What the hub must know of the providers behind its lines of kind ussd: where
 * the profile of each is, and how much a page of it holds.
 */
#ifndef GATEWAY_HUB_PROVIDERS_H
#define GATEWAY_HUB_PROVIDERS_H

#include <stddef.h>

#include "gateway/base/outcome.h"
#include "gateway/base/settings.h"

/* The path of a profile: a name is that of one that comes with us. */
void provider_path(const char *profile, char *path, size_t room);

/* Reads the profiles of all lines, and fills in the pages that the
 * configuration leaves to them.
 *
 * DONE     each line has its page
 * REFUSED  a profile has mistakes, which are in the log with file and line
 */
MUST_USE enum outcome providers_read(struct settings *settings);

#endif
