/* Which language a page speaks: what the person chose, else what the browser
 * asks for, else the desk's own.
 */
#ifndef GATEWAY_DESK_WEB_LANGUAGE_H
#define GATEWAY_DESK_WEB_LANGUAGE_H

#include "gateway/desk/web.h"

/* A tag of the catalog; borrowed from it. */
const char *web_language_choose(
    const struct web *web, const struct web_request *request);

/* "ltr" or "rtl", for the page's language. */
const char *web_language_direction(const struct page *page);

/* Links to this page's other languages, each by its own name. */
void web_language_add_choice(struct web_visit *visit);

/* POST /language: the person chooses. */
void web_language_set(struct web_visit *visit);

#endif
