/* What a modem says besides libGammu's own answers: sessions of codes in every
 * manner, and lines that are left out before libGammu sees them.  The first
 * octet says where the rest is cut. */
#include "gateway/base/memory.h"
#include "gateway/line/ussd_answer.h"
/* It has a read() of its own, which no other target is to be linked with. */
#include "gateway/line/modem_filter.c"
#include "gateway/text/utf8.h"
#include "tests/fuzz/target.h"

static void
read_answer(const char *bytes, size_t length, int dcs)
{
	enum ussd_mode mode;
	struct text text = { 0 };

	if (ussd_answer_read(bytes, length, &mode, &text) == DONE &&
	    !utf8_is_clean(text_string(&text), text.length))
		abort();
	text_clear(&text);
	ussd_answer_decode(bytes, length, dcs, &text);
	if (!utf8_is_clean(text_string(&text), text.length))
		abort();
	text_free(&text);
}

/* In two pieces, each with the room that the filter is promised. */
static void
filter(const char *bytes, size_t length, size_t cut)
{
	struct modem_filter filter = { .keeps_ussd = (int)(cut & 1) };
	size_t pieces[] = { cut < length ? cut : length,
		length - (cut < length ? cut : length) };
	size_t at = 0, passed = 0;

	for (size_t i = 0; i < COUNT_OF(pieces); i++) {
		char *out = memory_new(pieces[i] + FILTER_HELD_MOST, 1);
		size_t count =
		    modem_filter_bytes(&filter, bytes + at, pieces[i], out);

		if (count > pieces[i] + FILTER_HELD_MOST)
			abort();
		passed += count;
		at += pieces[i];
		free(out);
	}
	if (passed > length || filter.kept_count > FILTER_KEPT_MOST ||
	    (filter.kept_is_whole && strlen(filter.kept) > filter.kept_count))
		abort();
}

static void
one(const uint8_t *octets, size_t length)
{
	char *bytes;

	if (length == 0)
		return;
	bytes = memory_new(length, 1);
	memcpy(bytes, octets + 1, length - 1);
	read_answer(bytes, length - 1, octets[0]);
	filter(bytes, length - 1, octets[0]);
	free(bytes);
}
