/* Plays a talk on the engine, without a hub, and checks it.
 *
 * Takes no time, so that a corridor's talks are its tests.
 */
#ifndef GATEWAY_DESK_TALK_TRY_H
#define GATEWAY_DESK_TALK_TRY_H

#include "gateway/desk/phone_talk.h"
#include "menus/menu_trial.h"

/* The phone of a talk that does not say `from`. */
#define TALK_PHONE "+9779800000001"

/* Hears each thing that is done and what came of it (empty for all but texts
 * and calls); may be NULL. */
struct talk_listener {
	void (*hear)(void *into, const struct talk_step *step,
	    const struct trial_result *result);
	void *into;
};

/*
 * Plays `talk` on a corridor of `menus`.  Where it does not say so, the line
 * speaks the corridor's first language and the day is `today_utc_s`.
 *
 * DONE     it went as written
 * REFUSED  it did not: *told is "file:line: what was expected and what came"
 */
MUST_USE enum outcome talk_try(const struct talk *talk,
    const struct trial_line *line, const struct talk_listener *listener,
    struct text *told);

/* The line of a talk on a corridor, as above. */
struct trial_line talk_line(const struct talk *talk, const struct menus *menus,
    const struct corridor *corridor, int64_t today_utc_s);

#endif
