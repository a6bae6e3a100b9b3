/* What a caller texts, in any script: made clean, read, counted, cut and turned
 * to and from Zawgyi. */
#include "gateway/text/answer.h"
#include "gateway/text/gsm0338.h"
#include "gateway/text/number.h"
#include "gateway/text/segments.h"
#include "gateway/text/utf8.h"
#include "gateway/text/zawgyi.h"
#include "tests/fuzz/target.h"

static void
one(const uint8_t *octets, size_t length)
{
	static const char *const options[] = { "help|sos|help me", "yes|हो",
		"passport and papers" };
	struct text clean = { 0 }, other = { 0 };
	struct answer answer;
	struct number number;
	enum alphabet alphabet;
	unsigned units;

	utf8_add_clean(&clean, octets, length);
	if (!utf8_is_clean(text_string(&clean), clean.length))
		abort();
	answer_read(text_string(&clean), &answer);
	answer_is(&answer, options[0]);
	answer_starts_with(&answer, options[0]);
	answer_choose(&answer, options, COUNT_OF(options));
	segments_count(text_string(&clean), &alphabet, &units);
	if (utf8_cut(text_string(&clean), length / 2) > length / 2)
		abort();
	(void)number_read(text_string(&clean), "977", &number);
	gsm0338_add_simplified(&other, text_string(&clean), 1);
	text_clear(&other);
	zawgyi_guess(text_string(&clean));
	zawgyi_to_unicode(text_string(&clean), &other);
	text_clear(&other);
	zawgyi_from_unicode(text_string(&clean), &other);
	text_free(&clean);
	text_free(&other);
}
