#include "gateway/desk/phone_play.h"

#include <inttypes.h>
#include <stdarg.h>

#include "gateway/text/utf8.h"

struct play {
	struct phone_link *link;
	const struct talk *talk;
	const struct talk_step *step; /* the one being played */
	const char *number;
	int64_t wait_ms;
	int is_on_ussd; /* a page waits for its answer */
	int owes_reply; /* the last text's reply was not looked at */
	struct text reply; /* the last one, clean */
};

static enum outcome __attribute__((format(printf, 2, 3)))
mismatch(struct play *play, const char *format, ...)
{
	va_list arguments;

	/* The conversation so far belongs above what is wrong with it. */
	fflush(stdout);
	fprintf(stderr, "%s:%u: ", play->talk->path, play->step->line);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	return (REFUSED);
}

/* "caller:    first line" and the others below it. */
static void
print_said(const char *who, const char *words)
{
	size_t length = strcspn(words, "\n");

	printf("%-11s%.*s\n", who, (int)length, words);
	while (words[length] == '\n') {
		words += length + 1;
		length = strcspn(words, "\n");
		printf("%s%.*s\n", length > 0 ? "           " : "", (int)length,
		    words);
	}
	fflush(stdout);
}

MUST_USE static enum outcome
take_reply(struct play *play, struct phone_line *line)
{
	enum outcome outcome = DONE;

	text_clear(&play->reply);
	utf8_add_clean(
	    &play->reply, text_string(&line->text), line->text.length);
	if (line->kind == PHONE_ERROR)
		outcome = mismatch(
		    play, "the line says: %s", text_string(&play->reply));
	else
		print_said("helpline:", text_string(&play->reply));
	if (line->kind == PHONE_PAGE)
		play->is_on_ussd = !line->is_last;
	phone_line_free(line);
	return (outcome);
}

/* DONE, NOTHING when none came, REFUSED when it is over. */
MUST_USE static enum outcome
next_reply(struct play *play, int64_t wait_ms)
{
	struct phone_line line;
	enum outcome outcome;

	outcome = phone_link_receive(play->link, wait_ms, &line);
	if (outcome == REFUSED)
		return (mismatch(play, "the helpline is gone"));
	return (outcome == DONE ? take_reply(play, &line) : outcome);
}

MUST_USE static enum outcome
await_reply(struct play *play)
{
	enum outcome outcome = next_reply(play, play->wait_ms);

	if (outcome == NOTHING)
		return (mismatch(play, "no reply came within %g s",
		    (double)play->wait_ms / 1000));
	return (outcome);
}

/* A text whose reply the talk does not speak of gets one all the same; the
 * next reply is then the next text's. */
MUST_USE static enum outcome
settle(struct play *play)
{
	if (!play->owes_reply)
		return (DONE);
	play->owes_reply = 0;
	return (await_reply(play));
}

MUST_USE static enum outcome
say(struct play *play, enum phone_line_kind kind)
{
	const struct talk_step *step = play->step;

	if (settle(play) != DONE)
		return (REFUSED);
	print_said("caller:",
	    kind == PHONE_CALL          ? "(lets it ring once)"
		: kind == PHONE_HANG_UP ? "(hangs up)"
					: step->words);
	play->owes_reply = kind != PHONE_HANG_UP;
	if (phone_link_say(play->link, kind, play->number, step->words) != DONE)
		return (mismatch(play, "the helpline is gone"));
	return (DONE);
}

/* Into the session, if the last page waits for an answer. */
MUST_USE static enum outcome
say_words(struct play *play)
{
	if (settle(play) != DONE)
		return (REFUSED);
	return (say(play, play->is_on_ussd ? PHONE_USSD : PHONE_SMS));
}

MUST_USE static enum outcome
check_reply(struct play *play)
{
	if (talk_reply_has(text_string(&play->reply), play->step->words))
		return (DONE);
	return (
	    mismatch(play, "the reply should have '%s' in it, but it is '%s'",
		play->step->words, text_string(&play->reply)));
}

MUST_USE static enum outcome
play_step(struct play *play)
{
	switch (play->step->kind) {
	case TALK_FROM:
		if (settle(play) != DONE)
			return (REFUSED);
		play->number = play->step->words;
		return (DONE);
	case TALK_SEND:
		return (say_words(play));
	case TALK_DIAL:
		return (say(play, PHONE_USSD));
	case TALK_HANG_UP:
		play->is_on_ussd = 0;
		return (say(play, PHONE_HANG_UP));
	case TALK_CALL:
		return (say(play, PHONE_CALL));
	case TALK_NEXT_REPLY:
		play->owes_reply = 0;
		if (await_reply(play) != DONE)
			return (REFUSED);
		return (check_reply(play));
	case TALK_SAME_REPLY:
		return (check_reply(play));
	case TALK_NO_REPLY:
		play->owes_reply = 0;
		return (DONE);
	case TALK_WAIT:
	case TALK_CLAIM:
		return (mismatch(play,
		    "a phone cannot do this; play it with"
		    " `waymark menus try --talk`"));
	}
	return (REFUSED);
}

/* Replies keep their order, so one that should not have come shows at the next
 * text; only after the last must it be waited for. */
MUST_USE static enum outcome
check_end(struct play *play)
{
	enum outcome outcome = settle(play);

	if (outcome != DONE)
		return (outcome);
	outcome = next_reply(play, PHONE_QUIET_MS);
	if (outcome == DONE)
		return (mismatch(play,
		    "after this no reply was expected, but one came: '%s'",
		    text_string(&play->reply)));
	return (outcome == NOTHING ? DONE : REFUSED);
}

enum outcome
phone_play(struct phone_link *link, const struct talk *talk, const char *number,
    int64_t wait_ms)
{
	struct play play = {
		.link = link,
		.talk = talk,
		.number = number,
		.wait_ms = wait_ms,
	};
	enum outcome outcome = DONE;

	for (size_t i = 0; i < talk->count && outcome == DONE; i++) {
		play.step = &talk->steps[i];
		outcome = play_step(&play);
	}
	if (outcome == DONE)
		outcome = check_end(&play);
	text_free(&play.reply);
	return (outcome);
}
