/* What `waymark export trends` prints and draws; for cli_export.c. */
#ifndef GATEWAY_DESK_CLI_EXPORT_TRENDS_H
#define GATEWAY_DESK_CLI_EXPORT_TRENDS_H

#include "gateway/desk/trends.h"

/* Each as a sentence and a table, or as JSON; added to *out. */
void cli_trends_print(const struct trends *trends, struct text *out);
void cli_trends_print_json(const struct trends *trends, struct text *out);

/* One picture, the plots one below the other, into a file: an exit status,
 * told. */
int cli_trends_draw(const struct trends *trends, const char *path);

#endif
