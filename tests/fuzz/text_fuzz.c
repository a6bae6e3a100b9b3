/* Any text on its way to the network, and any sender: cut into segments it is
 * the same text again, and what is taken for a number is one. */
#include "gateway/base/memory.h"
#include "gateway/text/gsm0338.h"
#include "gateway/text/number.h"
#include "gateway/text/segments.h"
#include "gateway/text/utf8.h"
#include "gateway/text/zawgyi.h"
#include "tests/fuzz/target.h"

static void
cut(const char *utf8)
{
	static struct segments segments;
	struct text joined = { 0 };
	enum alphabet alphabet;
	unsigned units;

	if (segments_cut(utf8, &segments) != DONE)
		return;
	for (unsigned i = 0; i < segments.count; i++)
		text_add(&joined, segments.list[i].utf8);
	if (strcmp(text_string(&joined), utf8) != 0 ||
	    segments_count(utf8, &alphabet, &units) != segments.count ||
	    alphabet != segments.alphabet || units != segments.units)
		abort();
	text_free(&joined);
}

static void
spell(const char *utf8)
{
	struct text out = { 0 };

	zawgyi_to_unicode(utf8, &out);
	zawgyi_from_unicode(utf8, &out);
	gsm0338_add_simplified(&out, utf8, 1);
	if (!utf8_is_clean(text_string(&out), out.length))
		abort();
	text_free(&out);
}

static void
one(const uint8_t *octets, size_t length)
{
	char *raw = memory_new(length + 1, 1);
	struct number number;

	memcpy(raw, octets, length);
	if (number_read(raw, "977", &number) == SENDER_NUMBER &&
	    !number_is_e164(number.e164))
		abort();
	if (utf8_is_clean(raw, strlen(raw))) {
		cut(raw);
		spell(raw);
	}
	free(raw);
}
