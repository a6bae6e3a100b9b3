/* Questions to a modem, as rows of a table. */
#include <inttypes.h>

#include "gateway/base/memory.h"
#include "gateway/hub/doctor.h"
#include "gateway/line/wire.h"

enum {
	ANSWER_MS = 3000,
	FULL_PERCENT = 80,
	WEAK_SIGNAL = 8, /* of 31 */
	SIGNAL_MOST = 31,
	WORDS_SIZE = 160,
};

void
findings_add(
    struct findings *findings, const struct finding *finding, const char *found)
{
	struct finding *copy;

	if (findings->count == findings->room) {
		size_t room = 2 * findings->room + 16;

		findings->list = memory_grow(findings->list, findings->room,
		    room, sizeof(*findings->list));
		findings->room = room;
	}
	copy = &findings->list[findings->count++];
	*copy = *finding;
	copy->found = (struct text){ 0 };
	text_add(&copy->found, found);
}

void
findings_free(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		text_free(&findings->list[i].found);
	free(findings->list);
	*findings = (struct findings){ 0 };
}

/* What one question found. */
struct answer {
	enum verdict verdict;
	char words[WORDS_SIZE];
	const char *mend;
};

static struct answer
good(const char *words)
{
	struct answer answer = { VERDICT_GOOD, "", "" };

	snprintf(
	    answer.words, sizeof(answer.words), "%.*s", WORDS_SIZE - 1, words);
	return (answer);
}

static struct answer
not_good(enum verdict verdict, const char *words, const char *mend)
{
	struct answer answer = good(words);

	answer.verdict = verdict;
	answer.mend = mend;
	return (answer);
}

/* The words behind `name` in the answer to a question, "" for none. */
static int
ask(int wire, const char *line, const char *name, char *words, size_t size)
{
	char answer[WIRE_ANSWER_MAX_BYTES];
	int is_ok =
	    wire_exchange(wire, line, ANSWER_MS, answer, sizeof(answer));

	words[0] = '\0';
	return (wire_find(answer, name, words, size) || is_ok);
}

static int64_t
number_at(const char *words, int n)
{
	char digits[12];
	int64_t number;

	for (; n > 0 && words != NULL; n--) {
		words = strchr(words, ',');
		words = words != NULL ? words + 1 : NULL;
	}
	if (words == NULL)
		return (-1);
	snprintf(digits, sizeof(digits), "%.*s",
	    (int)strspn(words, "0123456789"), words);
	return (text_read_integer(digits, 0, INT32_MAX, &number) ? number : -1);
}

static struct answer
ask_sim(int wire)
{
	char words[WORDS_SIZE];

	(void)ask(wire, "AT+CMEE=1\r", "+CMEE: ", words, sizeof(words));
	if (!ask(wire, "AT+CPIN?\r", "+CPIN: ", words, sizeof(words)))
		return (not_good(VERDICT_BAD,
		    "the modem has no SIM it can read",
		    "Put the SIM in, the cut corner as drawn on the modem; wipe"
		    " its contacts; try it in a phone."));
	if (strcmp(words, "READY") == 0 || words[0] == '\0')
		return (good("ready"));
	if (strncmp(words, "SIM PUK", 7) == 0)
		return (not_good(VERDICT_BAD, "it wants its PUK",
		    "Put the SIM in a phone and enter the PUK that came with"
		    " it; never guess, ten wrong ones end it."));
	if (strncmp(words, "SIM PIN", 7) == 0)
		return (not_good(VERDICT_BAD, "it wants its PIN",
		    "Set pin = \"...\" for this line, or take the PIN off in a"
		    " phone.  A wrong one is tried once."));
	return (not_good(VERDICT_BAD, "the modem is locked to another SIM",
	    "Ask whoever sold the modem to unlock it, or use a SIM of that"
	    " operator."));
}

static struct answer
ask_network(int wire)
{
	char words[WORDS_SIZE];

	if (!ask(wire, "AT+CREG?\r", "+CREG: ", words, sizeof(words)))
		return (not_good(VERDICT_LOOK, "the modem does not tell", ""));
	switch (number_at(words, 1)) {
	case 1:
		return (good("at home"));
	case 5:
		return (not_good(VERDICT_LOOK, "as a guest (roaming)",
		    "Texts may cost more: use a SIM of this country."));
	case 3:
		return (not_good(VERDICT_BAD, "the network refuses the SIM",
		    "Is the SIM registered, paid for, and not too old for this"
		    " network?  Try it in a phone."));
	case 6:
	case 7:
		return (good("for texts only"));
	default:
		return (not_good(VERDICT_BAD, "in no network",
		    "Move the modem or its aerial to a window; try the SIM in"
		    " a phone at the same place; wait two minutes after"
		    " plugging it in."));
	}
}

static struct answer
ask_signal(int wire)
{
	char words[WORDS_SIZE];
	char found[32];
	int64_t level;

	(void)ask(wire, "AT+CSQ\r", "+CSQ: ", words, sizeof(words));
	level = number_at(words, 0);
	if (level < 0 || level > SIGNAL_MOST)
		return (not_good(VERDICT_LOOK, "not known",
		    "Look again when it is in its network."));
	snprintf(
	    found, sizeof(found), "%" PRId64 " %%", level * 100 / SIGNAL_MOST);
	if (level < WEAK_SIGNAL)
		return (not_good(VERDICT_LOOK, found,
		    "Weak: move the modem or its aerial higher, to a window,"
		    " away from the computer, by a USB cable."));
	return (good(found));
}

static struct answer
ask_centre(int wire)
{
	char words[WORDS_SIZE];

	(void)ask(wire, "AT+CSCA?\r", "+CSCA: ", words, sizeof(words));
	if (strncmp(words, "\"\"", 2) == 0 || words[0] == '\0')
		return (not_good(VERDICT_BAD, "the SIM has no number of it",
		    "Ask the operator for the number of its message centre and"
		    " set it in a phone; it stays on the SIM."));
	return (good("known"));
}

static struct answer
ask_storage(int wire)
{
	char words[WORDS_SIZE];
	char found[48];
	int64_t percent = -1;

	(void)ask(wire, "AT+CPMS?\r", "+CPMS: ", words, sizeof(words));
	for (int i = 0; i < 3; i++) {
		int64_t used = number_at(words, 3 * i + 1);
		int64_t size = number_at(words, 3 * i + 2);

		if (used >= 0 && size > 0 && used * 100 / size > percent)
			percent = used * 100 / size;
	}
	if (percent < 0)
		return (not_good(VERDICT_LOOK, "the modem does not tell", ""));
	snprintf(found, sizeof(found), "%" PRId64 " %% full", percent);
	if (percent >= FULL_PERCENT)
		return (not_good(VERDICT_LOOK, found,
		    "The hub empties it as it takes what is there: start it."
		    "  Where it stays full, delete old texts in a phone."));
	return (good(found));
}

static struct answer
ask_mode(int wire)
{
	char words[WORDS_SIZE];

	if (!ask(wire, "AT+CMGF=0\r", "+CMGF: ", words, sizeof(words)))
		return (not_good(VERDICT_BAD, "it cannot carry texts as PDUs",
		    "Use another modem: this one cannot be used for texts."));
	return (good("yes"));
}

static struct answer
ask_notices(int wire)
{
	char words[WORDS_SIZE];

	if (!ask(wire, "AT+CNMI=?\r", "+CNMI: ", words, sizeof(words)))
		return (not_good(VERDICT_LOOK, "no",
		    "Texts are found by looking, every sweep_s seconds: make"
		    " that shorter for this line."));
	return (good("yes"));
}

static struct answer
ask_charset(int wire)
{
	char words[WORDS_SIZE];

	if (!ask(wire, "AT+CSCS=\"GSM\"\r", "+CSCS: ", words, sizeof(words)))
		return (not_good(VERDICT_LOOK, "it does not take GSM",
		    "Texts are not touched by that; codes of the operator may"
		    " not work."));
	return (good("GSM"));
}

static struct answer
ask_operator(int wire)
{
	char words[WORDS_SIZE];
	const char *name;

	(void)ask(wire, "AT+COPS?\r", "+COPS: ", words, sizeof(words));
	name = strchr(words, '"');
	if (name == NULL)
		return (not_good(VERDICT_LOOK, "not known", ""));
	words[(size_t)(name - words) + 1 + strcspn(name + 1, "\"")] = '\0';
	return (good(name + 1));
}

static const struct question {
	const char *what;
	struct answer (*ask)(int wire);
	int is_needed; /* no further question where it is bad */
} questions[] = {
	{ "SIM", ask_sim, 1 },
	{ "network", ask_network, 0 },
	{ "operator", ask_operator, 0 },
	{ "signal", ask_signal, 0 },
	{ "message centre", ask_centre, 0 },
	{ "memory", ask_storage, 0 },
	{ "PDU mode", ask_mode, 1 },
	{ "notices of texts", ask_notices, 0 },
	{ "character set", ask_charset, 0 },
};

static const char *
mend_of(enum ladder_finding finding, const char *cause)
{
	if (finding == FOUND_GONE)
		return ("Is it plugged in?  ls -l /dev/serial/by-id shows what"
			" is; set device to such a path, which stays the same"
			" when the modem is plugged in elsewhere.");
	if (strstr(cause, "not allowed") != NULL)
		return ("Add the user that the hub runs as to the group of the"
			" device (dialout).");
	return ("Stop what else uses it: ModemManager, gammu-smsd, minicom.");
}

static void
add(struct findings *findings, const struct line_settings *line,
    const char *what, const struct answer *answer)
{
	struct finding finding = {
		.line = line->name,
		.what = what,
		.verdict = answer->verdict,
		.mend = answer->mend,
	};

	findings_add(findings, &finding, answer->words);
}

void
doctor_ask_modem(const struct line_settings *line, struct findings *findings)
{
	const char *cause = "";
	struct answer answer = good("it answers");
	int wire = -1;
	enum ladder_finding found =
	    wire_open(line->device, line->connection, &wire, &cause);

	if (found != FOUND_WELL)
		answer = not_good(VERDICT_BAD, cause, mend_of(found, cause));
	else if (!wire_answers(wire))
		answer = not_good(VERDICT_BAD, "the modem does not answer",
		    "Unplug it, wait ten seconds, plug it in.  A modem has"
		    " several ports: try the others of /dev/serial/by-id.");
	add(findings, line, "device", &answer);
	for (size_t i = 0;
	     i < COUNT_OF(questions) && answer.verdict != VERDICT_BAD; i++) {
		answer = questions[i].ask(wire);
		add(findings, line, questions[i].what, &answer);
		if (!questions[i].is_needed)
			answer.verdict = VERDICT_GOOD;
	}
	wire_close(wire);
}
