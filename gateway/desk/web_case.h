/* A case's page, and drawing it again with what somebody typed when it was
 * refused.
 */
#ifndef GATEWAY_DESK_WEB_CASE_H
#define GATEWAY_DESK_WEB_CASE_H

#include "gateway/desk/web.h"

/* What the page holds besides the case. */
struct web_case_wish {
	int with_number; /* audited */
	const char *reply; /* a draft to keep, or NULL */
	const char *note; /* likewise */
	const char *open; /* the form to unfold: "note", "later" ... or NULL */
	int asks_reason; /* a reason would let the reply go */
	int shows_cost; /* of the draft */
};

/* Reads the case and writes the page, or says why it cannot be had. */
void web_case_write(struct web_visit *visit, const struct web_case_wish *wish);

/* "/case/KM7P4" of the visit; adds to *path. */
void web_case_path(
    const struct web_visit *visit, const char *behind, struct text *path);

/* The head of a page about the visit's case: the way back, and the title
 * (English) with the reference. */
void web_case_add_head(struct web_visit *visit, const char *title);

/* An errand of the signed-in person on the visit's case. */
struct errand web_case_errand(const struct web_visit *visit);

/* Ends a form: to the case with the words told (English) after DONE, else the
 * case as it is now with why and what was typed. */
void web_case_finish(struct web_visit *visit, const struct errand *errand,
    enum outcome outcome, const char *done);
void web_case_refuse(struct web_visit *visit, const struct errand *errand,
    const struct web_case_wish *wish);

#endif
