/* Screens of the kinds checklist, quiz and corridor, as far as one can be
 * checked alone.
 */
#ifndef MENUS_READ_KINDS_H
#define MENUS_READ_KINDS_H

#include "menus/read_screen.h"

/* Each fills in what its kind adds; what is wrong is in the log. */
void read_checklist(
    struct screen_reader *reader, struct node *node, struct screen *screen);
void read_quiz(
    struct screen_reader *reader, struct node *node, struct screen *screen);
/* `corridor = "gulf"; screen = "fees";` of a link. */
void read_link(
    struct screen_reader *reader, struct node *node, struct screen *screen);

#endif
