#include "gateway/hub/missed_calls.h"

int
missed_calls_are_listed(const struct line_settings *line)
{
	return (strcmp(line->missed_calls, "list") == 0);
}

static enum missed_call
way_of(const struct line_settings *line)
{
	if (strcmp(line->missed_calls, "ignore") == 0)
		return (MISSED_IGNORE);
	return (missed_calls_are_listed(line) ? MISSED_LIST : MISSED_GREET);
}

enum missed_call
missed_calls_sort(struct hub *hub, size_t child,
    const struct caller_key *caller, uint64_t token, int64_t now_utc_s)
{
	struct missed_calls *calls = &hub->missed_calls;
	const struct line_settings *line = hub->children[child].line;
	struct missed_call_entry *entry;

	if (caller == NULL) {
		hub->children[child].hidden_calls++;
		return (MISSED_IGNORE);
	}
	for (size_t i = 0; i < calls->count; i++) {
		entry = &calls->entries[i];
		if (entry->child != child ||
		    memcmp(&entry->caller, caller, sizeof(*caller)) != 0 ||
		    now_utc_s - entry->utc_s >= line->missed_calls_window_s)
			continue;
		return (entry->token == token ? way_of(line) : MISSED_AGAIN);
	}
	entry = &calls->entries[calls->next++ % MISSED_CALLS_KEPT];
	if (calls->count < MISSED_CALLS_KEPT)
		calls->count++;
	*entry = (struct missed_call_entry){
		.child = child,
		.caller = *caller,
		.token = token,
		.utc_s = now_utc_s,
	};
	return (way_of(line));
}
