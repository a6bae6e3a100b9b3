/* Setting facts of a case: whoever has claimed it, with the names and values
 * of htcds.h.  What a machine could guess is never filled in. */
#ifndef GATEWAY_DESK_CASE_FACTS_SET_H
#define GATEWAY_DESK_CASE_FACTS_SET_H

#include "gateway/desk/cases.h"
#include "gateway/desk/htcds.h"

struct case_fact {
	const struct htcds_field *field;
	char *value;
	char *by; /* who set it; "" when that was not kept */
	int64_t at_utc_s; /* when; 0 likewise */
};
struct case_facts {
	struct case_fact *items;
	size_t count;
};

/* All that are set, in the order of htcds_fields(); for everybody who sees the
 * case.  DONE also when there are none. */
MUST_USE enum outcome cases_facts(
    struct errand *errand, struct case_facts *facts_r);
void case_facts_free(struct case_facts *facts);

/* Sets a fact, or takes it away with a value of "".  REFUSED with
 * errand->why CASE_FINE when the name or the value is none: *trouble then says
 * in a sentence what may stand there. */
MUST_USE enum outcome cases_set_fact(struct errand *errand, const char *name,
    const char *value, struct text *trouble);

#endif
