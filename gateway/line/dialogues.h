/* The USSD sessions a line holds open, whatever carries them.
 *
 *            +--> asks the number --+
 *   (dialled)|                      v
 *            +--------------> waits for the hub <--(typed)--+
 *                                   |                       |
 *                                   +--(page)--> waits for the caller
 *
 * Each ends by a last page, by the peer, by time, or with the peer's link.
 * Nobody says reliably that a caller has hung up, so every state has its time:
 * the caller's runs out before the network's own, so that they read a closing
 * text and are not left in silence.
 *
 * A dialogue is found by the line's handle, which is never used twice, or by
 * the peer's key.  The key is the peer's, so what it says counts only on the
 * dialogue that has it.
 */
#ifndef GATEWAY_LINE_DIALOGUES_H
#define GATEWAY_LINE_DIALOGUES_H

#include <stdint.h>

#include "gateway/base/outcome.h"
#include "gateway/line/protocol.h"

enum {
	DIALOGUES_MOST = 16384, /* open at a time; more are refused kindly */
	DIALOGUE_KEY_MAX_BYTES = 79,
};

enum dialogue_state {
	DIALOGUE_FREE,
	DIALOGUE_ASKS_NUMBER,
	DIALOGUE_WAITS_FOR_HUB,
	DIALOGUE_WAITS_FOR_CALLER,
	DIALOGUE_OVER, /* kept a while, to answer who asks once more */
};

struct dialogue {
	uint64_t handle;
	enum dialogue_state state;
	char key[DIALOGUE_KEY_MAX_BYTES + 1];
	char number[PROTOCOL_SENDER_MAX_BYTES + 1]; /* "" not known */
	int64_t due_ms;
	uint64_t peer; /* whatever its line knows the other side by */
	int invoke_id; /* of the component that began it, where there is one */
	char *typed; /* what came last, where its line needs that */
	char *shown; /* the last page, the same */
	int64_t since_ms; /* when it was shown */
	char *ours; /* the address of ours that was dialled, the same */
	char *kept; /* what only the first request said, the same */
	char *closing; /* the last words its timer would say, or NULL */
	uint16_t next; /* in its chain */
};

struct dialogues;

struct dialogues *dialogues_new(void);
void dialogues_free(struct dialogues *dialogues);
size_t dialogues_count(const struct dialogues *dialogues);

/* A new dialogue by this key, to be put into a state; NULL when there are
 * DIALOGUES_MOST already or the key is too long.  One that has the key already
 * is ended: the peer began anew. */
struct dialogue *dialogues_begin(struct dialogues *dialogues, const char *key);

/* Borrowed, or NULL. */
struct dialogue *dialogues_by_key(struct dialogues *dialogues, const char *key);
struct dialogue *dialogues_by_handle(
    struct dialogues *dialogues, uint64_t handle);

void dialogue_set(struct dialogues *dialogues, struct dialogue *dialogue,
    enum dialogue_state state, int64_t due_ms);
void dialogue_set_closing(struct dialogue *dialogue, const char *closing);
void dialogue_set_typed(struct dialogue *dialogue, const char *typed);
void dialogue_set_ours(struct dialogue *dialogue, const char *address);
void dialogue_set_kept(struct dialogue *dialogue, const char *kept);
void dialogue_set_shown(struct dialogue *dialogue, const char *page);
void dialogue_end(struct dialogues *dialogues, struct dialogue *dialogue);

/* When the first may be due, or -1; a time that has passed may find none. */
int64_t dialogues_next_ms(const struct dialogues *dialogues);

/* One that is due, borrowed: its owner ends it or sets another time, and asks
 * again until it is NULL: there is none. */
struct dialogue *dialogues_due(struct dialogues *dialogues, int64_t now_ms);

/* Any one that is open, or NULL: to end them all. */
struct dialogue *dialogues_any(struct dialogues *dialogues);

#endif
