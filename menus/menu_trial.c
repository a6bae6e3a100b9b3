#include "menus/menu_trial.h"

#include "gateway/base/memory.h"
#include "menus/menu_inside.h"
#include "menus/menu_say.h"

/* What the hub would have in its store of one caller. */
struct phone {
	char *number;
	struct walk walk;
	int64_t wrote_utc_s;
	char language[sizeof(((struct walk *)0)->language)];
	int is_stopped;
	int has_request;
	int is_claimed;
	int menu_is_back;
	int is_on_ussd; /* it has a session that it dialled */
	char *request; /* what a caseworker was last told of it */
};

struct trial {
	struct trial_line line;
	int64_t now_utc_s;
	struct phone *phones;
	size_t phone_count;
};

struct trial *
trial_new(const struct trial_line *line)
{
	struct trial *trial = memory_new(1, sizeof(*trial));

	trial->line = *line;
	trial->now_utc_s = line->start_utc_s;
	return (trial);
}

/* All but its number. */
static void
forget_phone(struct phone *phone)
{
	char *number = phone->number;

	walk_free(&phone->walk);
	free(phone->request);
	*phone = (struct phone){ .number = number };
}

void
trial_free(struct trial *trial)
{
	if (trial == NULL)
		return;
	for (size_t i = 0; i < trial->phone_count; i++) {
		forget_phone(&trial->phones[i]);
		free(trial->phones[i].number);
	}
	free(trial->phones);
	free(trial);
}

static struct phone *
find_phone(struct trial *trial, const char *number)
{
	struct phone *phone;

	for (size_t i = 0; i < trial->phone_count; i++) {
		if (strcmp(trial->phones[i].number, number) == 0)
			return (&trial->phones[i]);
	}
	trial->phones = memory_grow(trial->phones, trial->phone_count,
	    trial->phone_count + 1, sizeof(*trial->phones));
	phone = &trial->phones[trial->phone_count++];
	phone->number = memory_copy(number);
	return (phone);
}

/* -- notes ------------------------------------------------------------------ */

static const char *
urgency_name(int urgency)
{
	static const char *const names[] = { "low", "normal", "high", "now" };

	return (names[urgency >= 0 && urgency < (int)COUNT_OF(names) ? urgency
								     : 1]);
}

static const char *
opener_name(const char *opened_by)
{
	if (strcmp(opened_by, "help") == 0)
		return ("by the word HELP");
	if (strcmp(opened_by, "menu") == 0)
		return ("from the menu");
	return ("since two answers could not be read");
}

/* "name<TAB>question<TAB>answer<LF>" as lines of notes. */
static void
add_answers(const char *answers, struct text *notes)
{
	while (*answers != '\0') {
		size_t name = strcspn(answers, "\t");
		const char *question = answers + name + (answers[name] != '\0');
		size_t length = strcspn(question, "\t");
		const char *answer =
		    question + length + (question[length] != '\0');
		size_t rest = strcspn(answer, "\n");

		text_printf(notes, "  %.*s: %.*s\n", (int)name, answers,
		    (int)rest, answer);
		answers = answer + rest + (answer[rest] != '\0');
	}
}

/* What the request says now, if that is other than before. */
static void
note_request(struct phone *phone, const struct step *step, struct text *notes)
{
	struct text now = { 0 };

	text_printf(&now, "the help request says: urgency %s, consent %s%s\n",
	    urgency_name(step->urgency), step->consent,
	    step->is_on_hold ? ", on hold: nobody texts first" : "");
	add_answers(text_string(&step->answers), &now);
	if (phone->request == NULL ||
	    strcmp(phone->request, text_string(&now)) != 0) {
		text_add(notes, text_string(&now));
		free(phone->request);
		phone->request = text_take(&now);
	}
	text_free(&now);
}

static void
note_effects(struct phone *phone, const struct step *step, struct text *notes)
{
	static const struct {
		enum step_effect effect;
		const char *words;
	} rows[] = {
		{ EFFECT_ASKED_AGAIN, "they ask for help once more" },
		{ EFFECT_WITHDRAW,
		    "the help request is withdrawn; nothing of"
		    " it is kept" },
		{ EFFECT_JOIN_CASE, "this text goes to the caseworker" },
		{ EFFECT_STOP, "nothing is sent to this number any more" },
		{ EFFECT_START, "texts are sent to this number again" },
		{ EFFECT_FORGET, "all that is known of this number is erased" },
		{ EFFECT_MENU_BACK,
		    "the menu answers again, though a"
		    " caseworker has the request" },
		{ EFFECT_ERASE_WALK, "the conversation is over and erased" },
		{ EFFECT_TEXT_FIRST,
		    "they asked to go on by texts; the first"
		    " one tells nothing" },
	};

	if ((step->effects & EFFECT_OPEN_REQUEST) && !phone->has_request)
		text_printf(notes,
		    "a help request is opened %s: urgency %s, consent %s\n",
		    opener_name(step->opened_by), urgency_name(step->urgency),
		    step->consent);
	if ((step->effects & EFFECT_UPDATE_REQUEST) &&
	    (phone->has_request || (step->effects & EFFECT_OPEN_REQUEST)))
		note_request(phone, step, notes);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (step->effects & rows[i].effect)
			text_printf(notes, "%s\n", rows[i].words);
	}
}

/* -- steps ------------------------------------------------------------------ */

/* Who asked for texts gets one that tells nothing (gateway/hub/text_first.c);
 * a session ends with its last page. */
static void
leave_session(const struct trial *trial, struct phone *phone,
    const struct step *step, struct text *besides)
{
	if (!phone->is_on_ussd)
		return;
	if (step->effects & EFFECT_TEXT_FIRST)
		text_add(besides,
		    menus_say(
			trial->line.menus, phone->walk.language, SAY_OPENING));
	if (step->reply.length == 0 || step_ends_session(&phone->walk, step))
		phone->is_on_ussd = 0;
}

/* What the hub would keep (gateway/hub/apply.c does it with rows). */
static void
keep_effects(struct phone *phone, const struct step *step)
{
	unsigned effects = step->effects;

	if (effects & EFFECT_FORGET) {
		forget_phone(phone);
		return;
	}
	if (step->language[0] != '\0')
		snprintf(phone->language, sizeof(phone->language), "%s",
		    step->language);
	if (effects & EFFECT_STOP)
		phone->is_stopped = 1;
	if (effects & EFFECT_START)
		phone->is_stopped = 0;
	if (effects & EFFECT_OPEN_REQUEST)
		phone->has_request = 1;
	if (phone->has_request && (effects & EFFECT_MENU_BACK))
		phone->menu_is_back = 1;
	if (effects & EFFECT_WITHDRAW) {
		phone->has_request = 0;
		phone->is_claimed = 0;
		phone->menu_is_back = 0;
	}
	if (effects & EFFECT_ERASE_WALK)
		walk_free(&phone->walk);
}

void
trial_say(struct trial *trial, const char *number, enum input_kind kind,
    const char *text, struct trial_result *result)
{
	struct phone *phone = find_phone(trial, number);
	struct step step = { 0 };
	struct step_input input = {
		.kind = kind,
		.text = text,
		.channel =
		    phone->is_on_ussd ? trial->line.pages : trial->line.channel,
		.may_text = phone->is_on_ussd,
		.now_utc_s = trial->now_utc_s,
		.resume_after_s = TRIAL_RESUME_AFTER_S,
		.corridor = trial->line.corridor,
		.line_language = trial->line.language,
		.known_language = phone->language,
		.is_stopped = phone->is_stopped,
		.has_request = phone->has_request,
		.is_claimed = phone->is_claimed,
		.menu_is_back = phone->menu_is_back,
		.ref = TRIAL_REF,
	};

	text_clear(&result->reply);
	text_clear(&result->besides);
	text_clear(&result->notes);
	if (trial->now_utc_s - phone->wrote_utc_s > TRIAL_FORGET_AFTER_S)
		walk_free(&phone->walk);
	menu_step(trial->line.menus, &phone->walk, &input, &step);
	text_add(&result->reply, text_string(&step.reply));
	note_effects(phone, &step, &result->notes);
	phone->wrote_utc_s = trial->now_utc_s;
	leave_session(trial, phone, &step, &result->besides);
	keep_effects(phone, &step);
	step_free(&step);
	trial->now_utc_s += TRIAL_TEXT_S;
}

void
trial_dial(struct trial *trial, const char *number, const char *code,
    struct trial_result *result)
{
	find_phone(trial, number)->is_on_ussd = 1;
	trial_say(trial, number, INPUT_DIALLED, code, result);
}

void
trial_hang_up(struct trial *trial, const char *number)
{
	find_phone(trial, number)->is_on_ussd = 0;
}

void
trial_result_free(struct trial_result *result)
{
	text_free(&result->besides);
	text_free(&result->reply);
	text_free(&result->notes);
}

void
trial_wait(struct trial *trial, int64_t seconds)
{
	trial->now_utc_s += seconds;
}

int
trial_claim(struct trial *trial, const char *number)
{
	struct phone *phone = find_phone(trial, number);

	phone->is_claimed = phone->has_request;
	return (phone->is_claimed);
}
