/* The queue beside a case.
 */
#ifndef GATEWAY_DESK_WEB_QUEUE_H
#define GATEWAY_DESK_WEB_QUEUE_H

#include "gateway/desk/web.h"

/* Writes the list as a way about; `here` is the reference of the case that is
 * open. */
void web_queue_add(struct web_visit *visit, const char *here);

#endif
