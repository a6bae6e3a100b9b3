#include "gateway/text/doubt_rules.h"

#include <assert.h>

#include "gateway/base/outcome.h"

static const int repeats_most[] = {
	[CONTACT_ANSWER] = 0,
	[CONTACT_REPLY] = 0,
	[CONTACT_OPENING] = 0,
	[CONTACT_COVER] = 0,
	[CONTACT_FEEDBACK] = 0,
	[CONTACT_FOLLOWUP] = 0,
	[CONTACT_ALARM] = 1,
	[CONTACT_STAFF] = 1,
};
static_assert(
    COUNT_OF(repeats_most) == CONTACT_PURPOSES, "a purpose has no rule");

int
doubt_repeats_most(enum contact_purpose purpose)
{
	return (repeats_most[purpose]);
}
