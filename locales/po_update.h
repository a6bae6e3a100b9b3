/* A PO file brought up to date with what the menus say now.
 *
 * What is new is added where it stands in the menus, what is gone becomes
 * obsolete at the end of the file (and comes back from there), and a
 * translation whose English text has changed is marked fuzzy with the old
 * text beside it, so that callers get English until somebody has looked.
 * Nothing else changes a byte.  Pure.
 */
#ifndef LOCALES_PO_UPDATE_H
#define LOCALES_PO_UPDATE_H

#include "locales/kept_po.h"

/* One text as the menus have it; all borrowed. */
struct po_wanted {
	const char *id;
	const char *source;
	const char *note;
	const char *reference;
	/* A list of words the helpline listens to is each language's own, and
	 * a change of the English one makes it no worse. */
	int is_own_words;
};

struct po_update {
	size_t added;
	size_t stale; /* marked by this update */
	size_t gone;
	size_t revived; /* came back from the obsolete ones */
	size_t moved; /* got another note or place */
};

/* Brings `file` up to `count` texts, in their order. */
void po_update(struct kept_po *file, const struct po_wanted *wanted,
    size_t count, struct po_update *done_r);

/* 1 when the update changed anything. */
int po_update_is_news(const struct po_update *done);

#endif
