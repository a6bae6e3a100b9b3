/* A page that has not changed is not made twice.
 *
 * People who work from the queue load it again and again.  Each session keeps
 * the page it saw last, and gets the same bytes again while nothing was
 * written to the store, the lines are as they were, and the ages on it are no
 * older than some seconds.  What is kept belongs to the session (its name and
 * token are in it) and is overwritten when that ends.
 */
#ifndef GATEWAY_DESK_WEB_KEPT_H
#define GATEWAY_DESK_WEB_KEPT_H

#include "gateway/desk/web.h"

enum { WEB_KEPT_MS = 5000 };

/* 1 when the answer is the kept page; else the handler makes it. */
int web_kept_use(struct web_visit *visit);

/* Keeps the page that was just made. */
void web_kept_put(struct web_visit *visit);

#endif
