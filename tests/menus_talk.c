#include "tests/menus_talk.h"

#include <check.h>

#include "gateway/text/segments.h"

void
talk_begin(struct talk *talk, const struct menus *menus, const char *corridor,
    const char *line_language)
{
	*talk = (struct talk){
		.menus = menus,
		.corridor = corridor,
		.line_language = line_language,
		.now_utc_s = TALK_NOON,
	};
}

void
talk_end(struct talk *talk)
{
	step_free(&talk->step);
	walk_free(&talk->walk);
}

static void
check_piece(const struct turn *turn, const char *reply, const char *piece)
{
	if (piece[0] == '=')
		ck_assert_msg(strcmp(reply, piece + 1) == 0,
		    "'%s': not '%s' but '%s'", turn->in, piece + 1, reply);
	else if (piece[0] == '-')
		ck_assert_msg(strstr(reply, piece + 1) == NULL,
		    "'%s': '%s' is in '%s'", turn->in, piece + 1, reply);
	else
		ck_assert_msg(strstr(reply, piece) != NULL,
		    "'%s': '%s' is not in '%s'", turn->in, piece, reply);
}

static const struct channel_limit *
channel_of(const struct talk *talk)
{
	return (talk->channel != NULL ? talk->channel : &channel_sms);
}

static void
check_reply(const struct talk *talk, const struct turn *turn, const char *reply)
{
	const struct channel_limit *channel = channel_of(talk);
	char pieces[1000];
	char *piece = pieces;
	enum alphabet alphabet;
	unsigned units;

	(void)segments_count(reply, &alphabet, &units);
	ck_assert_msg(units <= (alphabet == ALPHABET_GSM ? channel->gsm_units
							 : channel->ucs2_units),
	    "'%s': too long: '%s'", turn->in, reply);
	if (turn->reply[0] == '\0')
		ck_assert_msg(reply[0] == '\0', "'%s': not silent but '%s'",
		    turn->in, reply);
	snprintf(pieces, sizeof(pieces), "%s", turn->reply);
	while (*piece != '\0') {
		size_t length = strcspn(piece, "|");
		int is_last = piece[length] == '\0';

		piece[length] = '\0';
		check_piece(turn, reply, piece);
		piece += length + !is_last;
	}
}

static void
keep_effects(struct talk *talk, unsigned effects)
{
	if (effects & EFFECT_STOP)
		talk->is_stopped = 1;
	if (effects & EFFECT_START)
		talk->is_stopped = 0;
	if (effects & EFFECT_OPEN_REQUEST)
		talk->has_request = 1;
	if (effects & EFFECT_MENU_BACK)
		talk->menu_is_back = 1;
	if (effects & EFFECT_WITHDRAW)
		talk->has_request = 0;
	if (effects & EFFECT_FORGET)
		talk->language[0] = '\0';
}

/* Between two turns the walk goes through its bytes, as it does in the hub. */
static void
write_and_read(struct talk *talk)
{
	struct text bytes = { 0 };

	walk_write(&talk->walk, &bytes);
	walk_free(&talk->walk);
	ck_assert_int_eq(
	    walk_read(bytes.bytes, bytes.length, &talk->walk), DONE);
	text_free(&bytes);
}

static void
step(struct talk *talk, const struct turn *turn)
{
	static const char prompt[] = "@prompt ";
	struct step_input input = {
		.kind =
		    strcmp(turn->in, "@call") == 0 ? INPUT_CALL : INPUT_TEXT,
		.text = turn->in,
		.channel = channel_of(talk),
		.now_utc_s = talk->now_utc_s,
		.resume_after_s = 3600,
		.corridor = talk->corridor,
		.line_language = talk->line_language,
		.known_language = talk->language,
		.is_stopped = talk->is_stopped,
		.has_request = talk->has_request,
		.is_claimed = talk->is_claimed,
		.menu_is_back = talk->menu_is_back,
		.ref = "KX47",
	};

	if (strncmp(turn->in, prompt, strlen(prompt)) == 0) {
		input.kind = INPUT_PROMPT;
		input.screen = turn->in + strlen(prompt);
		input.text = NULL;
	}
	step_free(&talk->step);
	memset(&talk->step, 0xa5, sizeof(talk->step));
	menu_step(talk->menus, &talk->walk, &input, &talk->step);
	check_reply(talk, turn, text_string(&talk->step.reply));
	ck_assert_msg(talk->step.effects == turn->effects,
	    "'%s': effects %#x, not %#x", turn->in, talk->step.effects,
	    turn->effects);
	memcpy(talk->language, talk->step.language, sizeof(talk->language));
	keep_effects(talk, talk->step.effects);
	write_and_read(talk);
	talk->now_utc_s += 10;
}

void
talk_turn(struct talk *talk, const struct turn *turn)
{
	if (strcmp(turn->in, "@claim") == 0)
		talk->is_claimed = 1;
	else if (strcmp(turn->in, "@close") == 0)
		talk->has_request = talk->is_claimed = talk->menu_is_back = 0;
	else if (strcmp(turn->in, "@silence") == 0)
		talk->now_utc_s += 86400;
	else
		step(talk, turn);
}

void
talk_run(struct talk *talk, const struct turn *turns)
{
	for (; turns->in != NULL; turns++)
		talk_turn(talk, turns);
}
