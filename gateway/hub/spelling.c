#include "gateway/hub/spelling.h"

#include "gateway/text/zawgyi.h"
#include "menus/menu_walk.h"
#include "store/callers.h"

enum {
	SAID_BYTES = sizeof(struct dedupe_key), /* before a walk: apply.c */
};

enum outcome
spelling_fit(struct hub *hub, struct outbox_row *row)
{
	struct text boxed = { 0 };
	struct text shown = { 0 };
	enum outcome outcome;

	/* Nothing to turn: most texts, and those the menus have turned. */
	if (zawgyi_guess(text_string(&row->text)) != ZAWGYI_NO)
		return (DONE);
	outcome = walks_get(hub->store, &row->caller, &boxed);
	if (outcome == DONE && boxed.length > SAID_BYTES &&
	    walk_bytes_are_zawgyi(
		boxed.bytes + SAID_BYTES, boxed.length - SAID_BYTES)) {
		zawgyi_from_unicode(text_string(&row->text), &shown);
		text_free(&row->text);
		row->text = shown;
	}
	text_free(&boxed);
	return (outcome == NOTHING ? DONE : outcome);
}
