/* What a modem says that lies: on purpose, or because nothing in it is right
 * any more. */
#include "tests/sim/command.h"

enum {
	ONE_IN = 3, /* answers are touched */
	LONG_BYTES = 40000,
	MUTATIONS_MOST = 4,
	RANDOM_MOST_BYTES = 40,
};

/* What was asked is done, and something else is said about it. */
static enum fault_verdict
do_and_lie(struct modem *modem, struct fault *fault, const char *line)
{
	struct text answer = { 0 };

	if (strncmp(line, fault->word, strlen(fault->word)) != 0)
		return (FAULT_PASS);
	command_line_do(modem, line);
	answer_line(
	    &answer, "%s", fault->second[0] != '\0' ? fault->second : "ERROR");
	answer_send(modem, &answer, 0);
	text_free(&answer);
	return (FAULT_TAKEN);
}

static enum outcome
needs_word(struct modem *modem, struct fault *fault)
{
	(void)modem;
	return (fault->word[0] != '\0' ? DONE : REFUSED);
}

/* -- chance ------------------------------------------------------------------ */

static enum outcome
begin_hostile(struct modem *modem, struct fault *fault)
{
	(void)modem;
	return (fault->number >= 0 ? DONE : REFUSED);
}

/* The fault's number is its seed and its state. */
static size_t
next(struct fault *fault, size_t most)
{
	uint64_t chance = (uint64_t)fault->number;

	chance = chance * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	fault->number = (int64_t)(chance & INT64_MAX);
	return (most > 0 ? (size_t)((chance >> 33) % most) : 0);
}

static void
add_random(struct fault *fault, struct text *bytes)
{
	size_t count = next(fault, RANDOM_MOST_BYTES);

	for (size_t i = 0; i < count; i++)
		text_add_byte(bytes, (char)next(fault, 256));
}

static void
add_long(struct fault *fault, struct text *bytes)
{
	static const char letters[] = "0F\r,\"+:";
	char letter = letters[next(fault, sizeof(letters) - 1)];
	size_t count = next(fault, LONG_BYTES);

	for (size_t i = 0; i < count; i++)
		text_add_byte(bytes, letter);
}

/* Lines with numbers, quotes and lengths that are none. */
static void
add_notice(struct fault *fault, struct text *bytes)
{
	static const char *const notices[] = { "+CMTI: \"SM\",99999999999",
		"+CMTI: \"SM\",-1", "+CMTI: \"\",", "+CMTI: \"ME\",0",
		"+CMT: ,24\r\n0791", "+CDS: 25\r\n00",
		"+CDSI: \"SR\",4294967295", "+CLIP: \"\",255,,,,", "RING",
		"+CRING: VOICE", "+CUSD: 1,\"", "+CUSD: 0,\"0\",72", "+CUSD: 7",
		"+CREG: 9,\"ZZ\",\"\"", "+CMGL: 1,1,,9999\r\n",
		"+CMGR: 1,,160\r\n07917799080000F0040D9177998143",
		"+CMS ERROR:", "+CME ERROR: SIM failure", "> ", "OK", "ERROR",
		"+CMGS: 999", "+CPMS: 255,1,\"\"", "+CSQ: 99,99,99",
		"AT+CMGD=1,4", "NO CARRIER", "+CPIN: SIM PUK",
		"+CMGL:", "+CMGR:", "\x1a" };

	text_add(bytes, "\r\n");
	text_add(bytes, notices[next(fault, COUNT_OF(notices))]);
	text_add(bytes, "\r\n");
}

/* One touch at a place in the answer; `whole` takes the place of it. */
static void
touch(struct fault *fault, const struct text *answer, struct text *whole)
{
	const char *bytes = text_string(answer);
	size_t at = next(fault, answer->length + 1);
	size_t skip = next(fault, answer->length - at + 1);

	text_add_bytes(whole, bytes, at);
	switch (next(fault, 7)) {
	case 0:
		add_random(fault, whole);
		break;
	case 1:
		add_notice(fault, whole);
		break;
	case 2:
		add_long(fault, whole);
		break;
	case 3: /* something is missing */
		at += skip;
		break;
	case 4: /* something comes twice */
		text_add_bytes(whole, bytes + at, skip);
		break;
	case 5: /* one octet is another */
		if (at < answer->length) {
			text_add_byte(whole, (char)next(fault, 256));
			at++;
		}
		break;
	default: /* a number grows */
		text_add(whole, "4294967296");
		break;
	}
	text_add_bytes(whole, bytes + at, answer->length - at);
}

static enum fault_verdict
answer_hostile(struct modem *modem, struct fault *fault, struct text *answer,
    int64_t *wait_ms)
{
	size_t times =
	    next(fault, ONE_IN) == 0 ? 1 + next(fault, MUTATIONS_MOST) : 0;

	(void)modem;
	(void)wait_ms;
	for (; times > 0; times--) {
		struct text whole = { 0 };

		touch(fault, answer, &whole);
		text_clear(answer);
		text_add_bytes(answer, text_string(&whole), whole.length);
		text_free(&whole);
	}
	return (FAULT_TAKEN);
}

const struct fault_kind fault_kinds_hostile[] = {
	{ .name = "lying-command",
	    .usage = "BEGINNING [LINE]",
	    .what = "commands that begin so are done and end in ERROR or that "
		    "line",
	    .begin = needs_word,
	    .on_line = do_and_lie },
	{ .name = "hostile",
	    .usage = "SEED",
	    .what = "answers are cut, doubled, lengthened and made of anything",
	    .begin = begin_hostile,
	    .on_answer = answer_hostile },
	{ .name = NULL },
};
