/* Holds what was played against what must be. */
#include <inttypes.h>

#include "gateway/base/outcome.h"
#include "store/audit.h"
#include "store/seal.h"
#include "tests/proofs/points_script.h"

/* What is in one list and not in the other, both in the order of the alphabet;
 * how many. */
static long
add_missing(const struct points_heard_list *from,
    const struct points_heard_list *in, const char *what, struct text *why)
{
	size_t other = 0;
	long count = 0;

	for (size_t i = 0; i < from->count; i++) {
		while (other < in->count &&
		    strcmp(in->items[other], from->items[i]) < 0)
			other++;
		if (other < in->count &&
		    strcmp(in->items[other], from->items[i]) == 0) {
			other++;
			continue;
		}
		count++;
		text_printf(why, "    %s: %s\n", what, from->items[i]);
	}
	return (count);
}

static int
is_sound(struct points_world *world, struct text *why)
{
	struct text found = { 0 };
	int sound;

	lab_query(&world->lab, "PRAGMA integrity_check", &found);
	sound = strcmp(text_string(&found), "ok") == 0;
	if (!sound)
		text_printf(
		    why, "    the store is damaged: %s\n", text_string(&found));
	text_free(&found);
	return (sound);
}

/* Every row of the trail follows from the one before. */
static int
is_chain_whole(struct points_world *world, struct text *why)
{
	struct audit_verdict verdict = { 0 };
	struct box_key *key = NULL;
	struct store *store = NULL;
	char path[160];
	enum outcome outcome;

	snprintf(path, sizeof(path), "%s/h/box.key", world->lab.folder);
	outcome = box_key_open(path, &key);
	if (outcome == DONE)
		outcome = store_open(world->lab.store, STORE_DESK, key, &store);
	if (outcome == DONE)
		outcome = audit_verify(store, NULL, &verdict);
	if (store != NULL)
		store_close(store);
	if (key != NULL)
		box_key_close(key);
	if (outcome != DONE)
		text_printf(why,
		    "    the audit trail breaks at row %" PRId64 "\n",
		    verdict.broken_id);
	return (outcome == DONE);
}

int
points_judge(struct points_world *world, const struct points_play *wanted,
    const struct points_play *played, struct text *why)
{
	struct text gaps = { 0 };
	struct text extra = { 0 };
	long missing;
	int holds = 1;

	if (played->trouble[0] != '\0') {
		text_printf(why, "    %s\n", played->trouble);
		holds = 0;
	}
	/* Twice is what is marked as sent again, and nothing else. */
	if (add_missing(&played->heard, &wanted->heard, "nobody should hear",
		&extra) > played->doubts) {
		text_printf(why, "%s    %" PRId64 " in doubt\n",
		    text_string(&extra), played->doubts);
		holds = 0;
	}
	text_free(&extra);
	missing =
	    add_missing(&wanted->heard, &played->heard, "not heard", &gaps);
	/* What is marked unsure may be missing, and nothing else. */
	if (missing > played->unsure) {
		text_printf(why, "    %ld missing, %" PRId64 " unsure\n%s",
		    missing, played->unsure, text_string(&gaps));
		holds = 0;
	}
	text_free(&gaps);
	if (played->repeated > 0) {
		text_printf(why, "    %ld parts went out twice: %s\n",
		    played->repeated, played->last_repeated);
		holds = 0;
	}
	if (strcmp(text_string(&wanted->store), text_string(&played->store)) !=
	    0) {
		text_printf(why,
		    "    the store holds\n      %s\n    not\n"
		    "      %s\n",
		    text_string(&played->store), text_string(&wanted->store));
		holds = 0;
	}
	return (is_sound(world, why) & is_chain_whole(world, why) & holds);
}
