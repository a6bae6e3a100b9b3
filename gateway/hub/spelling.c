#include "gateway/hub/spelling.h"

#include "gateway/text/zawgyi.h"
#include "store/callers.h"

/* The menus have turned their own texts, and what they have turned must not be
 * turned again; who else wrote wrote Unicode, unless it cannot be. */
static int
is_unicode(const struct outbox_row *row)
{
	enum zawgyi_guess guess = zawgyi_guess(text_string(&row->text));

	switch (row->kind) {
	case OUTBOX_ANSWER:
	case OUTBOX_COVER:
	case OUTBOX_FEEDBACK:
		return (guess == ZAWGYI_NO);
	case OUTBOX_REPLY:
	case OUTBOX_OPENING:
	case OUTBOX_FOLLOWUP:
		return (guess != ZAWGYI_YES);
	case OUTBOX_ALARM:
	case OUTBOX_STAFF:
	case OUTBOX_KINDS:
		break;
	}
	return (0);
}

/* Texts of Latin letters and of other scripts, which is most of them, need no
 * look into the store. */
static int
has_burmese(const struct text *text)
{
	struct text shown = { 0 };
	int differs;

	zawgyi_from_unicode(text_string(text), &shown);
	differs = strcmp(text_string(&shown), text_string(text)) != 0;
	text_free(&shown);
	return (differs);
}

enum outcome
spelling_fit(struct hub *hub, struct outbox_row *row)
{
	struct text shown = { 0 };
	struct caller_key key;
	struct caller caller;
	enum outcome outcome;

	if (!is_unicode(row) || !has_burmese(&row->text))
		return (DONE);
	/* Of the phone it goes to: callers may have named another. */
	seal_caller_key(hub->box_key, &row->number, &key);
	outcome = callers_find(hub->store, &key, &caller);
	if (outcome == DONE && caller.is_zawgyi) {
		zawgyi_from_unicode(text_string(&row->text), &shown);
		text_free(&row->text);
		row->text = shown;
	}
	return (outcome == NOTHING ? DONE : outcome);
}
