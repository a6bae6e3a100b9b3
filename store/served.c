#include "store/served.h"

#include <string.h>

static uint64_t
mark_of(const struct caller_key *caller)
{
	uint64_t mark;

	memcpy(&mark, caller->bytes, sizeof(mark));
	return (mark);
}

int
served_is_by_age(const struct served *served)
{
	return (served->texts % SERVED_BY_AGE == SERVED_BY_AGE - 1);
}

int
served_has(const struct served *served, const struct caller_key *caller)
{
	uint64_t mark = mark_of(caller);

	for (size_t i = 0; i < served->count; i++) {
		if (served->callers[i] == mark)
			return (1);
	}
	return (0);
}

void
served_note(struct served *served, const struct caller_key *caller)
{
	served->texts++;
	if (served_has(served, caller))
		return;
	served->callers[served->next++ % SERVED_MOST] = mark_of(caller);
	if (served->count < SERVED_MOST)
		served->count++;
}

void
served_begin_round(struct served *served)
{
	served->count = 0;
	served->next = 0;
}
