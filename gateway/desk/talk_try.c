#include "gateway/desk/talk_try.h"

#include <stdarg.h>

#include "gateway/text/utf8.h"

struct trying {
	const struct talk *talk;
	const struct talk_listener *listener;
	const struct talk_step *step;
	struct trial *trial;
	const char *number;
	struct trial_result result; /* of the last text */
	const char *reply; /* of its two, the one that is looked at */
	int has_unheard; /* that nobody has looked at */
	int has_besides; /* that nobody has looked at */
	struct text *told;
};

static enum outcome __attribute__((format(printf, 2, 3)))
mismatch(struct trying *trying, const char *format, ...)
{
	va_list arguments;
	char *made = NULL;

	va_start(arguments, format);
	if (vasprintf(&made, format, arguments) < 0)
		abort();
	va_end(arguments);
	/* A complaint is one line, a reply may be several. */
	for (char *at = made; *at != '\0'; at++)
		*at = *at == '\n' ? ' ' : *at;
	text_printf(trying->told, "%s:%u: %s", trying->talk->path,
	    trying->step->line, made);
	free(made);
	return (REFUSED);
}

/* A text that the talk says nothing more of gets some reply. */
MUST_USE static enum outcome
settle(struct trying *trying)
{
	if (trying->has_unheard && trying->result.reply.length == 0)
		return (mismatch(
		    trying, "no reply came to what was said before this"));
	if (trying->has_besides)
		return (
		    mismatch(trying, "before this a text came as well: '%s'",
			text_string(&trying->result.besides)));
	trying->has_unheard = 0;
	return (DONE);
}

static void
tell_listener(struct trying *trying, const struct trial_result *result)
{
	const struct talk_listener *listener = trying->listener;

	if (listener != NULL)
		listener->hear(listener->into, trying->step, result);
}

MUST_USE static enum outcome
say(struct trying *trying, enum input_kind kind)
{
	struct text clean = { 0 };

	if (settle(trying) != DONE)
		return (REFUSED);
	utf8_add_clean(
	    &clean, trying->step->words, strlen(trying->step->words));
	if (kind == INPUT_DIALLED)
		trial_dial(trying->trial, trying->number, text_string(&clean),
		    &trying->result);
	else
		trial_say(trying->trial, trying->number, kind,
		    text_string(&clean), &trying->result);
	text_free(&clean);
	trying->has_unheard = 1;
	trying->has_besides = trying->result.besides.length > 0;
	trying->reply = text_string(&trying->result.reply);
	tell_listener(trying, &trying->result);
	return (DONE);
}

MUST_USE static enum outcome
check_reply(struct trying *trying)
{
	if (talk_reply_has(trying->reply, trying->step->words))
		return (DONE);
	return (
	    mismatch(trying, "the reply should have '%s' in it, but it is '%s'",
		trying->step->words, trying->reply));
}

MUST_USE static enum outcome
take_reply(struct trying *trying)
{
	if (!trying->has_unheard && trying->has_besides) {
		trying->has_besides = 0;
		trying->reply = text_string(&trying->result.besides);
		return (check_reply(trying));
	}
	if (!trying->has_unheard || trying->result.reply.length == 0)
		return (mismatch(trying, "no reply came; '%s' was expected",
		    trying->step->words));
	trying->has_unheard = 0;
	return (check_reply(trying));
}

MUST_USE static enum outcome
check_silence(struct trying *trying)
{
	trying->has_unheard = 0;
	if (trying->result.reply.length == 0)
		return (DONE);
	return (mismatch(trying, "no reply was expected, but one came: '%s'",
	    trying->reply));
}

MUST_USE static enum outcome
pass_time(struct trying *trying)
{
	static const struct trial_result nothing;

	if (settle(trying) != DONE)
		return (REFUSED);
	if (trying->step->kind == TALK_WAIT)
		trial_wait(trying->trial, trying->step->wait_s);
	else if (trying->step->kind == TALK_CLAIM &&
	    !trial_claim(trying->trial, trying->number))
		return (mismatch(trying,
		    "there is no open help request of this caller to claim"));
	else if (trying->step->kind == TALK_HANG_UP)
		trial_hang_up(trying->trial, trying->number);
	else
		trying->number = trying->step->kind == TALK_FROM
		    ? trying->step->words
		    : trying->number;
	tell_listener(trying, &nothing);
	return (DONE);
}

MUST_USE static enum outcome
try_step(struct trying *trying)
{
	switch (trying->step->kind) {
	case TALK_SEND:
		return (say(trying, INPUT_TEXT));
	case TALK_CALL:
		return (say(trying, INPUT_CALL));
	case TALK_DIAL:
		return (say(trying, INPUT_DIALLED));
	case TALK_NEXT_REPLY:
		return (take_reply(trying));
	case TALK_SAME_REPLY:
		return (check_reply(trying));
	case TALK_NO_REPLY:
		return (check_silence(trying));
	case TALK_FROM:
	case TALK_HANG_UP:
	case TALK_WAIT:
	case TALK_CLAIM:
		return (pass_time(trying));
	}
	return (REFUSED);
}

enum outcome
talk_try(const struct talk *talk, const struct trial_line *line,
    const struct talk_listener *listener, struct text *told)
{
	struct trying trying = {
		.talk = talk,
		.listener = listener,
		.trial = trial_new(line),
		.number = TALK_PHONE,
		.reply = "",
		.told = told,
	};
	enum outcome outcome = DONE;

	if (catalog_find_language(menus_catalog(line->menus), line->language) ==
	    NULL) {
		text_printf(told, "%s:1: there is no language '%s'", talk->path,
		    line->language);
		outcome = REFUSED;
	}
	for (size_t i = 0; i < talk->count && outcome == DONE; i++) {
		trying.step = &talk->steps[i];
		outcome = try_step(&trying);
	}
	if (outcome == DONE)
		outcome = settle(&trying);
	trial_result_free(&trying.result);
	trial_free(trying.trial);
	return (outcome);
}

static const struct channel_limit *
pages_of(const struct talk *talk)
{
	const struct channel_limit *const pages[] = { &channel_ussd_160,
		&channel_ussd_128, &channel_ussd_120 };

	for (size_t i = 0; i < COUNT_OF(pages); i++)
		if (pages[i]->gsm_units == (unsigned)talk->page)
			return (pages[i]);
	return (&channel_ussd_182);
}

/* Whoever dials a code texts otherwise. */
static int
dials(const struct talk *talk)
{
	for (size_t i = 0; i < talk->count; i++) {
		if (talk->steps[i].kind == TALK_DIAL)
			return (1);
	}
	return (0);
}

struct trial_line
talk_line(const struct talk *talk, const struct menus *menus,
    const struct corridor *corridor, int64_t today_utc_s)
{
	return ((struct trial_line){
	    .menus = menus,
	    .corridor = corridor->id,
	    .language = talk->language != NULL ? talk->language
					       : corridor->languages[0],
	    .channel =
		talk->page == 0 || dials(talk) ? &channel_sms : pages_of(talk),
	    .pages = pages_of(talk),
	    .start_utc_s = talk->on_utc_s != 0 ? talk->on_utc_s : today_utc_s,
	});
}
