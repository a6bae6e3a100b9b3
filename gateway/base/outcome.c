#include "gateway/base/outcome.h"

static const char *const names[] = {
	[DONE] = "done",
	[NOTHING] = "nothing",
	[TRY_LATER] = "try later",
	[REFUSED] = "refused",
	[UNSURE] = "unsure",
	[BROKEN] = "broken",
};

const char *
outcome_name(enum outcome outcome)
{
	if ((unsigned)outcome >= COUNT_OF(names))
		return ("no such outcome");
	return (names[outcome]);
}
