/* Pages: what a caller on USSD reads.
 *
 * A step of a USSD session is an arrival like others: journalled, handled and
 * committed; then its page goes to the dialogue it came by, and nowhere else.
 * It is no text of the outbox: when the dialogue is gone nobody reads it, and
 * whoever dials again goes on from what was stored.  Nothing that was said on
 * USSD ever leaves by SMS but what a caseworker writes to somebody who agreed.
 */
#ifndef GATEWAY_HUB_PAGES_H
#define GATEWAY_HUB_PAGES_H

#include "gateway/hub/state.h"
#include "menus/menu_walk.h"

/* What a line's answers may hold: a page of its USSD, or three segments. */
const struct channel_limit *pages_channel(const struct line_settings *line);

/* Where a page goes. */
struct dialogue_place {
	size_t child;
	unsigned generation; /* of the child; a later one has forgotten it */
	uint64_t id; /* 0: no dialogue */
};

/* Notes a page, to be said after the commit.  `language` is for the words the
 * line closes with when nobody answers. */
void pages_note(struct hub *hub, const struct dialogue_place *place,
    const struct step *step, int is_last);

/* One that says that without a number there is no helpline to dial. */
void pages_note_no_number(
    struct hub *hub, const struct dialogue_place *place, const char *language);

/* Which dialogue a row of the journal that is handled later came by.  The last
 * few are known; an older one's caller has long hung up. */
void pages_remember(struct hub *hub, struct journal_id journal,
    const struct dialogue_place *place);
struct dialogue_place pages_recall(
    const struct hub *hub, struct journal_id journal);

#endif
