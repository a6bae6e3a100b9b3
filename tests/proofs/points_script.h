/* Conversations with a helpline as rows of a table, and how they are played.
 *
 * A script is played once undisturbed; that is what every later run of it is
 * held against: what each person must hear after each step, and what the store
 * must hold in the end.
 */
#ifndef TESTS_PROOFS_POINTS_SCRIPT_H
#define TESTS_PROOFS_POINTS_SCRIPT_H

#include "tests/proofs/points_world.h"

enum {
	POINTS_STEPS_MOST = 32,
	POINTS_WORDS_MOST = 10,
	POINTS_HEARD_MOST = 48,
};

enum points_step_kind {
	STEP_END, /* of the script */
	STEP_SAY, /* who, text */
	STEP_PART, /* who, reference, parts, part, text */
	STEP_PDU, /* hexadecimal */
	STEP_DESK, /* words of a command; {ref} is the newest request's */
	STEP_PASS, /* seconds: the clock goes through them */
	STEP_SLEEP, /* seconds: the clock leaps over them */
	STEP_RELOAD, /* SIGHUP */
};

struct points_step {
	enum points_step_kind kind;
	const char *words[POINTS_WORDS_MOST];
	int goes_on; /* the next step comes before this one has had its say */
};

struct points_script {
	const char *name;
	struct points_step steps[POINTS_STEPS_MOST];
};

extern const struct points_script points_scripts[];
extern const size_t points_script_count;

/* What was heard: "NUMBER text", in the order of the alphabet. */
struct points_heard_list {
	char *items[POINTS_HEARD_MOST];
	size_t count;
};

/* A script as it was played. */
struct points_play {
	struct points_heard_list heard;
	struct text store; /* what it holds, in numbers; states of sending
			      left out */
	int64_t sent;
	int64_t unsure;
	int64_t doubts; /* texts that may have gone and were sent again, as
			   their kind allows */
	long repeated; /* parts that went out twice */
	char last_repeated[160];
	long commands_again; /* commands given again after they were killed */
	long points[POINTS_ROLES];
	char trouble[200]; /* why it could not be played to the end; "" */
};

/* Plays a script from the first second to a clean end. */
void points_play_script(struct points_world *world,
    const struct points_script *script, struct points_play *play_r);
void points_play_free(struct points_play *play);

/* Holds a play against the undisturbed one: 1, or 0 and why in words added to
 * *why. */
int points_judge(struct points_world *world, const struct points_play *wanted,
    const struct points_play *played, struct text *why);

#endif
