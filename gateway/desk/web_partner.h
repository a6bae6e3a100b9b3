/* What the pages of all partners and of one share. */
#ifndef GATEWAY_DESK_WEB_PARTNER_H
#define GATEWAY_DESK_WEB_PARTNER_H

#include "gateway/desk/web.h"
#include "store/partners.h"

/* What a partner is, as a list. */
void web_partner_add_details(struct page *page, const struct partner *partner);

/* The field of the name; what was refused is still there to be mended. */
void web_partner_add_name(struct web_visit *visit, const char *name);

/* The fields of a form about a partner, but for the name; filled in. */
void web_partner_add_fields(
    struct web_visit *visit, const struct partner *partner);

#endif
