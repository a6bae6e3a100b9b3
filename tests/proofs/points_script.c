#include "tests/proofs/points_script.h"

#include <inttypes.h>
#include <signal.h>
#include <unistd.h>

#include "gateway/base/outcome.h"

enum { KILLED = 128 + SIGKILL, TRIES_MOST = 4, WORDS_MORE = 5 };

/* A play that is going on. */
struct stage {
	struct points_world *world;
	struct points_play *play;
	int files; /* made so far, for commands that write one */
};

__attribute__((format(printf, 2, 3))) static void
give_up(struct stage *stage, const char *format, ...)
{
	va_list arguments;

	if (stage->play->trouble[0] != '\0')
		return;
	va_start(arguments, format);
	vsnprintf(stage->play->trouble, sizeof(stage->play->trouble), format,
	    arguments);
	va_end(arguments);
}

static void
hear(void *into, const char *to, char *text)
{
	struct stage *stage = into;
	struct points_heard_list *list = &stage->play->heard;
	struct text line = { 0 };
	size_t i;

	text_printf(&line, "%s %s", to, text);
	free(text);
	if (list->count == POINTS_HEARD_MOST) {
		give_up(stage, "more is heard than can be kept");
		text_free(&line);
		return;
	}
	for (i = list->count;
	     i > 0 && strcmp(list->items[i - 1], line.bytes) > 0; i--)
		list->items[i] = list->items[i - 1];
	list->items[i] = text_take(&line);
	list->count++;
}

/* -- commands --------------------------------------------------------------- */

/* What people did on the desk; whoever signs in has done nothing yet. */
static int64_t
count_deeds(struct stage *stage)
{
	return (lab_query_integer(&stage->world->lab,
	    "SELECT count(*) FROM audit WHERE what NOT LIKE 'sign%'"));
}

static const char *
fill_in(struct stage *stage, const char *word, char *room, size_t size)
{
	struct text ref = { 0 };

	if (strcmp(word, "{file}") == 0) {
		snprintf(room, size, "%s/file-%d-%ld", stage->world->lab.folder,
		    stage->files++, (long)stage->world->restarts);
		unlink(room);
		return (room);
	}
	if (strcmp(word, "{ref}") != 0)
		return (word);
	lab_query(&stage->world->lab,
	    "SELECT ref FROM requests ORDER BY id DESC", &ref);
	snprintf(room, size, "%s", text_string(&ref));
	text_free(&ref);
	return (room);
}

static int
command(struct stage *stage, const struct points_step *step)
{
	const char *words[POINTS_WORDS_MOST + WORDS_MORE] = { NULL };
	char rooms[POINTS_WORDS_MOST][120];
	struct lab *lab = &stage->world->lab;
	size_t count = 0;

	while (count < POINTS_WORDS_MOST && step->words[count] != NULL) {
		words[count] = fill_in(stage, step->words[count], rooms[count],
		    sizeof(rooms[count]));
		count++;
	}
	words[count++] = "--staff";
	words[count++] = LAB_STAFF;
	words[count++] = "--password-file";
	words[count++] = lab->password_file;
	return (lab_run(lab, NULL, words));
}

/* Whoever's command was killed looks whether it did its work, and gives it
 * again if not. */
static void
work_at_desk(struct stage *stage, const struct points_step *step)
{
	int64_t before = count_deeds(stage);

	for (int i = 0; i < TRIES_MOST; i++) {
		int status = command(stage, step);

		if (status == 0)
			return;
		/* The hub may have been killed under it. */
		points_world_settle(stage->world, hear, stage);
		if (count_deeds(stage) > before)
			return;
		if (status != KILLED) {
			give_up(stage, "'%s %s' ended with status %d",
			    step->words[0], step->words[1], status);
			return;
		}
		stage->play->commands_again++;
	}
	give_up(stage, "'%s %s' is killed again and again", step->words[0],
	    step->words[1]);
}

/* -- steps ------------------------------------------------------------------ */

static int64_t
seconds_of(const struct points_step *step)
{
	int64_t seconds = 0;

	if (!text_read_integer(step->words[0], 0, INT32_MAX, &seconds))
		lab_fail("'%s' are no seconds", step->words[0]);
	return (seconds);
}

static void
take_step(struct stage *stage, const struct points_step *step)
{
	struct points_world *world = stage->world;
	const char *const *words = step->words;

	switch (step->kind) {
	case STEP_END:
		break;
	case STEP_SAY:
		sim_ask(&world->sim, "text", words[0], words[1], NULL);
		break;
	case STEP_PART:
		sim_ask(&world->sim, "part", words[0], words[1], words[2],
		    words[3], words[4], NULL);
		break;
	case STEP_PDU:
		sim_ask(&world->sim, "pdu", words[0], NULL);
		break;
	case STEP_DESK:
		work_at_desk(stage, step);
		break;
	case STEP_PASS:
		points_world_pass(world, seconds_of(step), hear, stage);
		break;
	case STEP_SLEEP:
		points_world_jump(world, seconds_of(step));
		break;
	case STEP_RELOAD:
		lab_kill(&world->lab, SIGHUP);
		break;
	}
	if (!step->goes_on)
		points_world_settle(world, hear, stage);
}

/* All of the store that does not hang on whether a text is known to have left:
 * one line. */
static const char summary[] =
    "SELECT group_concat(line, '; ') FROM ("
    "SELECT 'journal ' || state || ' ' || kind || ' ' || count(*) AS line"
    " FROM journal GROUP BY state, kind"
    " UNION ALL SELECT 'outbox ' || kind || ' ' || CASE WHEN state IN"
    "  ('sent', 'unsure') THEN 'ended' ELSE state END || ' ' || count(*)"
    "  FROM outbox GROUP BY kind, state NOT IN ('sent', 'unsure'), CASE WHEN"
    "  state IN ('sent', 'unsure') THEN '' ELSE state END"
    " UNION ALL SELECT 'requests ' || state || ' ' || urgency || ' ' ||"
    "  consent || (claimed_by IS NOT NULL) || ' ' || count(*)"
    "  FROM requests GROUP BY state, urgency, consent, claimed_by IS NOT NULL"
    " UNION ALL SELECT 'texts ' || kind || ' ' || count(*) FROM case_texts"
    "  GROUP BY kind"
    " UNION ALL SELECT 'events ' || what || ' ' || count(*) FROM events"
    "  WHERE what <> 'a reply may not have arrived' GROUP BY what"
    " UNION ALL SELECT 'audit ' || what || ' ' || count(*) FROM audit"
    "  WHERE what NOT LIKE 'sign%' GROUP BY what"
    " UNION ALL SELECT 'referrals ' || state || ' ' || count(*) FROM"
    "  referrals GROUP BY state"
    " UNION ALL SELECT 'labels ' || count(*) FROM case_labels"
    " UNION ALL SELECT 'partners ' || count(*) FROM partners"
    " UNION ALL SELECT 'callers ' || sum(is_stopped) || ' ' || count(*)"
    "  FROM callers"
    " UNION ALL SELECT 'walks ' || count(*) FROM walks)";

static void
note_end(struct stage *stage)
{
	struct points_play *play = stage->play;
	struct lab *lab = &stage->world->lab;

	lab_query(lab, summary, &play->store);
	play->sent = lab_query_integer(
	    lab, "SELECT count(*) FROM outbox WHERE state = 'sent'");
	play->unsure = lab_query_integer(
	    lab, "SELECT count(*) FROM outbox WHERE state = 'unsure'");
	play->doubts = lab_query_integer(
	    lab, "SELECT coalesce(sum(doubts), 0) FROM outbox");
	if (play->unsure < stage->world->unsure)
		play->unsure = stage->world->unsure;
	play->repeated = stage->world->air.repeated;
	snprintf(play->last_repeated, sizeof(play->last_repeated), "%s",
	    stage->world->air.last_repeated);
	for (int i = 0; i < POINTS_ROLES; i++)
		play->points[i] = atomic_load(&stage->world->points->count[i]);
}

void
points_play_script(struct points_world *world,
    const struct points_script *script, struct points_play *play_r)
{
	struct stage stage = { .world = world, .play = play_r };
	const struct points_step *step = script->steps;

	*play_r = (struct points_play){ 0 };
	points_world_start(world);
	/* The modem is there before anybody rings. */
	points_world_settle(world, hear, &stage);
	for (; step->kind != STEP_END && play_r->trouble[0] == '\0' &&
	     world->trouble[0] == '\0';
	     step++)
		take_step(&stage, step);
	if (world->trouble[0] != '\0')
		give_up(&stage, "step %zu: %s", (size_t)(step - script->steps),
		    world->trouble);
	else
		points_world_stop(world);
	if (play_r->trouble[0] == '\0' && world->trouble[0] != '\0')
		give_up(&stage, "%s", world->trouble);
	note_end(&stage);
}

void
points_play_free(struct points_play *play)
{
	for (size_t i = 0; i < play->heard.count; i++)
		free(play->heard.items[i]);
	text_free(&play->store);
	*play = (struct points_play){ 0 };
}
