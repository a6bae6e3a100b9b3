/* Who has looked at a language: the X-Review line of a PO file's header.
 *
 *	X-Review: draft
 *	X-Review: native-checked: NAME, YYYY-MM-DD
 *	X-Review: survivor-reviewed: ORGANISATION, YYYY-MM-DD
 *
 * A signature without a name or a date is none, and the language a draft.
 * Pure.
 */
#ifndef LOCALES_REVIEW_H
#define LOCALES_REVIEW_H

enum review_state {
	REVIEW_DRAFT,
	REVIEW_NATIVE_CHECKED,
	REVIEW_SURVIVOR_REVIEWED,
	REVIEW_STATE_COUNT,
};

struct review {
	enum review_state state;
	char *by; /* "" for a draft */
	char date[11]; /* "2026-11-21", "" for a draft */
};

/* Reads the words behind "X-Review:".  1, or 0 when they are none of the
 * three; *review_r is then a draft.  Free in both cases. */
int review_read(const char *words, struct review *review_r);
void review_free(struct review *review);

/* "draft", "native-checked", "survivor-reviewed". */
const char *review_state_name(enum review_state state);

#endif
