/* libGammu takes every line that it does not know for an answer: the command
 * that waits fails, or the next one waits for all of its time-out, up to
 * minutes.  Makers' modems throw in lines of their own all the time.
 *
 * libGammu reads its device by read(); a read() in the executable comes before
 * the C library's, and this one leaves those lines out.  Only what comes from
 * a character device in a modem line's process is looked at; and only lines
 * that begin as notices do and no answer to a question of ours or libGammu's.
 *
 * A +CUSD that nobody asked for (a text of a USSD session that the network
 * began) is kept for modem_dial.c: libGammu would wait for ever for the end of
 * one that has a line feed in it.
 *
 * The second global variable beside that of modem_pause.c, for the same reason.
 */
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "gateway/line/modem.h"
#include "gateway/line/ussd_answer.h"

static const char *const beginnings[] = {
	"^", /* Huawei */
	"*", /* SIMCom, Ericsson */
	"+Z", /* ZTE */
	"+Q", /* Quectel */
	"+PSUTTZ", /* SIMCom */
	"+PACSP", /* Sierra, Option */
	"+WIND", /* Wavecom, Sierra */
	"+SIND", /* Telit and others */
	"+CIEV", /* 3GPP TS 27.007, asked for by nobody here */
	"+CTZ",
	"+CGEV",
	"+CCINFO",
	"+STIN",
	"+STK",
	"+UU", /* u-blox */
	"#", /* Telit */
	"_O", /* Option */
	"DST:",
	"RDY",
	"Call Ready",
	"SMS Ready",
	"SMS DONE",
	"PB DONE",
	"SIM ",
	"POWERED DOWN",
	"NORMAL POWER DOWN",
	"UNDER-VOLTAGE",
	"OVER-VOLTAGE",
};

static const char ussd[] = "+CUSD:";

/* What a beginning may still become. */
enum match {
	MATCH_NONE,
	MATCH_MAYBE,
	MATCH_WHOLE,
	MATCH_USSD,
};

static enum match
match(const char *bytes, size_t length, int keeps_ussd)
{
	enum match found = MATCH_NONE;

	if (keeps_ussd && length <= sizeof(ussd) - 1 &&
	    memcmp(bytes, ussd, length) == 0)
		found = length == sizeof(ussd) - 1 ? MATCH_USSD : MATCH_MAYBE;

	for (size_t i = 0; i < COUNT_OF(beginnings); i++) {
		size_t whole = strlen(beginnings[i]);

		if (length >= whole && memcmp(bytes, beginnings[i], whole) == 0)
			return (MATCH_WHOLE);
		if (length < whole && memcmp(bytes, beginnings[i], length) == 0)
			found = MATCH_MAYBE;
	}
	return (found);
}

static size_t
let_go(struct modem_filter *filter, char *out, size_t used)
{
	memcpy(out + used, filter->held, filter->held_count);
	used += filter->held_count;
	filter->held_count = 0;
	filter->place = FILTER_PASSES;
	return (used);
}

/* One more byte of a +CUSD.  A line's end is its end only when all of it is
 * there. */
static void
keep(struct modem_filter *filter, char byte)
{
	struct text text = { 0 };
	enum ussd_mode mode;

	filter->dropped++;
	if (filter->kept_count == FILTER_KEPT_MOST) {
		filter->kept_count = 0;
		filter->place = FILTER_DROPS;
		return;
	}
	filter->kept[filter->kept_count++] = byte;
	if (byte != '\n')
		return;
	filter->kept[filter->kept_count] = '\0';
	if (ussd_answer_read(filter->kept, filter->kept_count, &mode, &text) ==
	    DONE) {
		filter->kept_is_whole = 1;
		filter->place = FILTER_BEGINS;
	}
	text_free(&text);
}

static void
begin_to_keep(struct modem_filter *filter)
{
	filter->dropped += filter->held_count;
	filter->held_count = 0;
	if (filter->kept_is_whole) {
		filter->place = FILTER_DROPS;
		return;
	}
	memcpy(filter->kept, ussd, sizeof(ussd));
	filter->kept_count = sizeof(ussd) - 1;
	filter->place = FILTER_KEEPS;
}

/* A byte at the beginning of a line. */
static size_t
take_beginning(struct modem_filter *filter, char byte, char *out, size_t used)
{
	filter->held[filter->held_count++] = byte;
	switch (match(filter->held, filter->held_count, filter->keeps_ussd)) {
	case MATCH_USSD:
		begin_to_keep(filter);
		return (used);
	case MATCH_WHOLE:
		filter->dropped += filter->held_count;
		filter->held_count = 0;
		filter->place = FILTER_DROPS;
		return (used);
	case MATCH_MAYBE:
		return (used);
	case MATCH_NONE:
		break;
	}
	return (let_go(filter, out, used));
}

size_t
modem_filter_bytes(
    struct modem_filter *filter, const char *bytes, size_t length, char *out)
{
	size_t used = 0;

	for (size_t i = 0; i < length; i++) {
		char byte = bytes[i];

		if (filter->place == FILTER_KEEPS) {
			keep(filter, byte);
			continue;
		}
		if (filter->place == FILTER_BEGINS)
			used = take_beginning(filter, byte, out, used);
		else if (filter->place == FILTER_DROPS)
			filter->dropped++;
		else
			out[used++] = byte;
		if (byte != '\n')
			continue;
		if (filter->held_count > 0)
			used = let_go(filter, out, used);
		filter->place = FILTER_BEGINS;
	}
	return (used);
}

/* -- in the place of read() ---------------------------------------------------- */

static struct {
	int is_on;
	struct modem_filter filter;
} device;

void
modem_filter_start(void)
{
	device.is_on = 1;
	memset(&device.filter, 0, sizeof(device.filter));
	device.filter.keeps_ussd = 1;
}

void
modem_filter_keep(int keeps_ussd)
{
	device.filter.keeps_ussd = keeps_ussd;
}

const char *
modem_filter_pushed(void)
{
	return (device.filter.kept_is_whole ? device.filter.kept : NULL);
}

void
modem_filter_forget_pushed(void)
{
	explicit_bzero(device.filter.kept, sizeof(device.filter.kept));
	device.filter.kept_count = 0;
	device.filter.kept_is_whole = 0;
}

long
modem_filter_dropped(void)
{
	return (device.filter.dropped);
}

static ssize_t
plain_read(int descriptor, void *bytes, size_t size)
{
	return (syscall(SYS_read, descriptor, bytes, size));
}

/* The C library's own name for it only where the linker looks: its headers may
 * have made `read` an inline function. */
ssize_t filtered_read(int descriptor, void *bytes, size_t size) __asm__("read");

ssize_t
filtered_read(int descriptor, void *bytes, size_t size)
{
	char block[FILTER_BLOCK_BYTES];
	struct stat status;
	size_t most = size;
	ssize_t length;

	if (!device.is_on || size <= FILTER_HELD_MOST ||
	    fstat(descriptor, &status) != 0 || !S_ISCHR(status.st_mode))
		return (plain_read(descriptor, bytes, size));
	most = size - FILTER_HELD_MOST;
	if (most > sizeof(block))
		most = sizeof(block);
	length = plain_read(descriptor, block, most);
	if (length <= 0)
		return (length);
	return ((ssize_t)modem_filter_bytes(
	    &device.filter, block, (size_t)length, bytes));
}
