#include "gateway/hub/unsent.h"

#include <inttypes.h>

#include "gateway/base/log.h"
#include "gateway/base/marked_words.h"
#include "store/requests.h"

/* What the case is told, or NULL. */
static const char *
words_of(const struct outbox_ended *ended)
{
	int is_unsure = ended->state == OUTBOX_UNSURE;

	switch (ended->kind) {
	case OUTBOX_REPLY:
		return (is_unsure ? WORDS("a reply may not have arrived")
				  : WORDS("a reply could not be sent"));
	case OUTBOX_FEEDBACK:
	case OUTBOX_FOLLOWUP:
		return (
		    is_unsure ? NULL : WORDS("a question could not be sent"));
	case OUTBOX_ANSWER:
	case OUTBOX_OPENING: /* gate_note_failed() tells of it */
	case OUTBOX_COVER:
	case OUTBOX_ALARM:
	case OUTBOX_STAFF:
	case OUTBOX_KINDS:
		break;
	}
	return (NULL);
}

enum outcome
unsent_note(struct hub *hub, struct outbox_id id, int64_t now_utc_s)
{
	struct outbox_ended ended;
	struct request_id request;
	const char *words;
	enum outcome outcome = outbox_find_ended(hub->store, id, &ended);

	if (outcome != DONE)
		return (outcome == NOTHING ? DONE : outcome);
	words = words_of(&ended);
	if (words == NULL || ended.request == 0)
		return (DONE);
	log_notice("outbox=%" PRId64 ": %s", id.row, words);
	request.row = ended.request;
	outcome = requests_add_event(hub->store, request, 0, words, now_utc_s);
	if (outcome == DONE && ended.kind == OUTBOX_REPLY)
		outcome = requests_wait_again(hub->store, request, now_utc_s);
	return (outcome == NOTHING ? DONE : outcome);
}
