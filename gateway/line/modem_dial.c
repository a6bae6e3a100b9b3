/* Codes of the operator's own, such as the one for the balance: "*100#", or
 * "*100#,1,2", where what stands behind a comma answers a menu.
 *
 * Past libGammu, which never delivers an answer with a line feed in it, nor one
 * packed by a modem that it does not know.  While a code runs nothing else is
 * done: the hub dials when nobody waits.
 */
#include <poll.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/line/modem.h"
#include "gateway/line/ussd_answer.h"
#include "gateway/line/wire.h"

enum {
	NETWORK_MS = 20000, /* for an answer */
	QUIET_MS = 50,
	ANSWER_MS = 5000,
	HEARD_MAX_BYTES = 4096,
};

/* How one code ended. */
struct dialled {
	enum outcome how;
	enum ussd_mode mode;
	const char *cause;
};

/* Reads on until the answer is whole. */
static struct dialled
hear_answer(struct modem *modem, struct text *heard, struct text *text)
{
	int64_t end_ms = clock_monotonic_ms() + NETWORK_MS;
	struct pollfd device = { modem->descriptor, POLLIN, 0 };
	struct dialled dialled = { TRY_LATER, USSD_TIMEOUT,
		"the network gave no answer" };
	char block[512];
	int64_t left_ms;
	int is_quiet = 0;

	while ((left_ms = end_ms - clock_monotonic_ms()) > 0 &&
	    heard->length < HEARD_MAX_BYTES) {
		ssize_t length = 0;

		/* It may hold quotes: whole is what nothing comes behind. */
		if (poll(&device, 1, is_quiet ? (int)left_ms : QUIET_MS) > 0)
			length = read(modem->descriptor, block, sizeof(block));
		if (length > 0) {
			text_add_bytes(heard, block, (size_t)length);
			is_quiet = 0;
			continue;
		}
		text_clear(text);
		if (ussd_answer_read(text_string(heard), heard->length,
			&dialled.mode, text) == DONE) {
			dialled.how = DONE;
			dialled.cause = "";
			return (dialled);
		}
		if (is_quiet || length < 0)
			break;
		is_quiet = 1;
	}
	return (dialled);
}

static int
write_code(struct modem *modem, const char *code, int is_packed)
{
	struct text line = { 0 };
	struct text hex = { 0 };
	int is_written = 0;

	if (is_packed && !ussd_code_pack(code, &hex))
		goto out;
	text_printf(&line, "AT+CUSD=1,\"%s\",15\r",
	    is_packed ? text_string(&hex) : code);
	is_written = wire_write(modem->descriptor, line.bytes);
out:
	text_free(&line);
	text_free(&hex);
	return (is_written);
}

/* Waits for the command's own end; what comes behind it stays in *heard. */
static int
is_accepted(struct modem *modem, struct text *heard)
{
	int64_t end_ms = clock_monotonic_ms() + ANSWER_MS;
	struct pollfd device = { modem->descriptor, POLLIN, 0 };
	char block[512];
	int64_t left_ms;

	while ((left_ms = end_ms - clock_monotonic_ms()) > 0 &&
	    poll(&device, 1, (int)left_ms) > 0) {
		ssize_t length = read(modem->descriptor, block, sizeof(block));

		if (length <= 0)
			return (0);
		text_add_bytes(heard, block, (size_t)length);
		if (strstr(text_string(heard), "\r\nOK\r\n") != NULL ||
		    strstr(text_string(heard), "+CUSD:") != NULL)
			return (1);
		if (strstr(text_string(heard), "ERROR") != NULL)
			return (0);
	}
	return (0);
}

/* Plainly, and packed if that is not understood: no modem says which of the two
 * it is. */
static struct dialled
dial_one(struct modem *modem, const char *code, struct text *text)
{
	struct dialled dialled = { REFUSED, USSD_NOT_SUPPORTED,
		"the modem refuses the code" };
	struct text heard = { 0 };

	for (int is_packed = 0; is_packed <= 1; is_packed++) {
		text_clear(&heard);
		modem_be_patient(modem, NETWORK_MS / 1000);
		if (!write_code(modem, code, is_packed) ||
		    !is_accepted(modem, &heard))
			continue;
		dialled = hear_answer(modem, &heard, text);
		if (dialled.how == DONE && dialled.mode == USSD_NOT_SUPPORTED) {
			dialled.how = REFUSED;
			dialled.cause = "the network does not know the code";
			continue;
		}
		break;
	}
	if (strstr(text_string(&heard), "+CMT") != NULL)
		modem_sweep_soon(modem);
	text_free(&heard);
	return (dialled);
}

/* A session that ended without what it was asked for. */
static struct dialled
judge(struct dialled dialled, const char *rest, const struct text *text)
{
	if (dialled.how != DONE)
		return (dialled);
	if (dialled.mode == USSD_TIMEOUT || dialled.mode == USSD_OTHER) {
		dialled.how = TRY_LATER;
		dialled.cause = "the network gave no answer";
	} else if (dialled.mode == USSD_ASKS) {
		dialled.cause = "it waits for an answer, and was closed";
	} else if (rest != NULL) {
		dialled.cause = "it ended before all answers were typed";
	} else if (text->length == 0) {
		dialled.cause = "it ended without a word";
	}
	return (dialled);
}

static void
tell(struct modem *modem, const struct dialled *dialled,
    const struct text *text, int is_last)
{
	struct line_message message = { .kind = LINE_DIALLED };

	message.how = dialled->how;
	message.is_last = is_last;
	snprintf(message.text, sizeof(message.text), "%s", text_string(text));
	snprintf(message.cause, sizeof(message.cause), "%s", dialled->cause);
	modem_tell(modem, &message);
}

static struct dialled
dial_all(struct modem *modem, char *codes, struct text *text)
{
	struct dialled dialled = { REFUSED, USSD_DONE, "there is no code" };
	char answer[WIRE_ANSWER_MAX_BYTES];
	char *code;

	while ((code = strsep(&codes, ",")) != NULL) {
		text_clear(text);
		dialled = dial_one(modem, code, text);
		if (dialled.how != DONE || dialled.mode != USSD_ASKS)
			break;
		if (codes != NULL)
			tell(modem, &dialled, text, 0);
	}
	/* A menu that nobody answers blocks the one session there is. */
	if (dialled.mode == USSD_ASKS || dialled.how == TRY_LATER)
		(void)wire_exchange(modem->descriptor, "AT+CUSD=2\r", ANSWER_MS,
		    answer, sizeof(answer));
	modem->unexplained_bytes++;
	modem_flush(modem);
	return (judge(dialled, codes, text));
}

void
modem_dial(struct modem *modem)
{
	struct dialled dialled = { TRY_LATER, USSD_TIMEOUT,
		"the modem is gone" };
	struct text text = { 0 };

	if (modem->machine != NULL && !modem->is_lost)
		modem_settle(modem);
	if (modem->machine != NULL && !modem->is_lost) {
		modem_filter_keep(0);
		dialled = dial_all(modem, modem->codes, &text);
		modem_filter_keep(1);
	}
	explicit_bzero(modem->codes, sizeof(modem->codes));
	tell(modem, &dialled, &text, 1);
	text_free(&text);
}

/* -- what the network sends by itself --------------------------------------- */

void
modem_take_pushed(struct modem *modem)
{
	struct line_message message = { .kind = LINE_PUSHED, .is_last = 1 };
	char answer[WIRE_ANSWER_MAX_BYTES];
	enum ussd_mode mode = USSD_DONE;
	struct text text = { 0 };

	(void)!ussd_answer_read(
	    modem_filter_pushed(), strlen(modem_filter_pushed()), &mode, &text);
	modem_filter_forget_pushed();
	/* Until somebody answers it, no code can be dialled, and some modems
	 * send no text either. */
	if (mode == USSD_ASKS) {
		message.is_last = 0;
		(void)modem_ask_raw(
		    modem, "AT+CUSD=2\r", ANSWER_MS, answer, sizeof(answer));
	}
	snprintf(message.text, sizeof(message.text), "%s", text_string(&text));
	modem_tell(modem, &message);
	text_free(&text);
}
