#include "gateway/hub/recruiters.h"

#include <inttypes.h>
#include <stdlib.h>

#include "gateway/base/log.h"

static void
take(const struct recruiter *row, void *into)
{
	struct lookup_record record = {
		.name = row->name,
		.other_names = row->other_names,
		.licences = row->licences,
		.place = row->place,
		.status = LOOKUP_UNCLEAR,
	};

	/* The store holds only statuses that are known. */
	(void)lookup_status_read(row->status, &record.status);
	lookup_add(into, &record);
}

enum outcome
recruiters_load(struct store *store, struct lookup_index **index_r)
{
	struct lookup_index *index = lookup_new();
	struct recruiter_list *lists = NULL;
	size_t count = 0;
	enum outcome outcome = recruiters_lists(store, &lists, &count);

	for (size_t i = 0; outcome == DONE && i < count; i++) {
		lookup_begin(index, lists[i].country, lists[i].authority,
		    lists[i].as_of_utc_s);
		outcome = recruiters_each(store, lists[i].country, take, index);
		if (outcome == DONE)
			log_info("%" PRId64 " recruiters of %s", lists[i].count,
			    lists[i].country);
	}
	free(lists);
	if (outcome != DONE) {
		lookup_free(index);
		return (outcome);
	}
	lookup_finish(index);
	*index_r = index;
	return (DONE);
}
