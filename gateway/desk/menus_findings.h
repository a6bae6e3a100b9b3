/* All that is wrong with a folder of menus: what stops it from being loaded,
 * what menus_check() finds, and talks that go otherwise than written.
 */
#ifndef GATEWAY_DESK_MENUS_FINDINGS_H
#define GATEWAY_DESK_MENUS_FINDINGS_H

#include "gateway/base/text.h"
#include "gateway/desk/cli_menus.h"
#include "menus/menu_check.h"

/* Adds everything, as of now. */
void menus_find_all(
    const struct menus_folders *folders, struct check_findings *findings);

/* Adds a line for each that is as grave as `least` or graver, and one that
 * counts all. */
void menus_findings_add(const struct check_findings *findings,
    enum finding_severity least, struct text *out);

#endif
