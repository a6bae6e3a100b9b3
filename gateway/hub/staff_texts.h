/* One text to the phones of some of the staff, each by the line that routes.h
 * says.  Inside a transaction. */
#ifndef GATEWAY_HUB_STAFF_TEXTS_H
#define GATEWAY_HUB_STAFF_TEXTS_H

#include "gateway/hub/routes.h"
#include "gateway/hub/state.h"
#include "store/staff.h"

struct staff_text {
	const char *words;
	const struct staff_phones *phones;
	const struct routes *routes; /* a line that must not carry it is down
					in these */
	int waits; /* 1: with no line up it waits on the phone's own, else on
		      the first; 0: it is not written then */
	int64_t now_utc_s;
};

/* DONE and how many phones it goes to; TRY_LATER or BROKEN. */
MUST_USE enum outcome staff_texts_add(
    struct hub *hub, const struct staff_text *text, size_t *count_r);

/* Whether it would go to anybody. */
int staff_texts_can_go(const struct staff_text *text);

#endif
