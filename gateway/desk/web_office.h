/* The office: the pages that are about the helpline and its team, not about
 * one case.  They hang together behind one link of the way about, so that the
 * room of whoever works with callers stays calm.
 *
 * A new page of the office is a row of the table in web_office.c, beside its
 * row in web_routes.c.
 */
#ifndef GATEWAY_DESK_WEB_OFFICE_H
#define GATEWAY_DESK_WEB_OFFICE_H

#include "gateway/desk/web.h"

/* 1 when a page (the `here` of its frame; may be NULL) is one of the
 * office's. */
int web_office_has(const char *here);

/* Writes the way about inside the office, where `here` is one of its pages. */
void web_office_add_ways(struct web_visit *visit, const char *here);

#endif
