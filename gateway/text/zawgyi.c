#include "gateway/text/zawgyi.h"

#include <unistr.h>

#include "gateway/base/memory.h"
#include "gateway/text/zawgyi_letter.h"

enum {
	CODE_NGA = 0x1004,
	CODE_ASAT = 0x103a,
	CODE_VIRAMA = 0x1039,
	CODE_E = 0x1031,
	CODE_ZERO = 0x1040,
	CODE_SEVEN = 0x1047,
	CODE_WA = 0x101d,
	CODE_RA = 0x101b,
};

/* A text as code points with room to look two ahead and one back. */
struct codes {
	uint32_t *list; /* two zeros follow the last */
	size_t count;
};

static struct codes
read_codes(const char *utf8)
{
	struct codes codes = { memory_new(strlen(utf8) + 3, sizeof(uint32_t)),
		0 };
	const uint8_t *at = (const uint8_t *)utf8;
	ucs4_t code;

	while ((at = u8_next(&code, at)) != NULL)
		codes.list[codes.count++] = code;
	return (codes);
}

/* -- which of the two ------------------------------------------------------- */

/* What may stand before a vowel e in Unicode: a letter and its medials. */
static int
carries_e(uint32_t code)
{
	return (zawgyi_is_base(code) || (code >= 0x103b && code <= 0x103e));
}

static int
is_vowel_or_medial(uint32_t code)
{
	return ((code >= 0x102b && code <= 0x102e) || code == 0x1032 ||
	    code == 0x103c || code == 0x103d);
}

/* The code points Burmese has in Zawgyi only. */
static int
is_zawgyi_only(uint32_t code)
{
	return (code == 0x1033 || code == 0x1034 || code == 0x105a ||
	    (code >= 0x1060 && code <= 0x1097));
}

static int
speaks_for_zawgyi(uint32_t before, const uint32_t *at)
{
	uint32_t next = at[1];

	switch (at[0]) {
	case CODE_E:
		return (!carries_e(before));
	case CODE_VIRAMA:
		return (!zawgyi_is_consonant(next));
	case 0x103b:
		return (!zawgyi_is_consonant(before) && before != 0x103a);
	case CODE_ASAT:
		/* Or a letter with a killed one behind it: in Unicode that
		 * would be a stack right after an asat, and no syllable begins
		 * so. */
		return (is_vowel_or_medial(next) ||
		    (zawgyi_is_consonant(next) && at[2] == CODE_VIRAMA));
	default:
		return (is_zawgyi_only(at[0]));
	}
}

static int
speaks_for_unicode(uint32_t before, uint32_t code, uint32_t next)
{
	switch (code) {
	case 0x103e:
		return (1);
	case CODE_E:
		return (next == 0x102b || next == 0x102c);
	case CODE_ASAT:
		return (next == CODE_VIRAMA || before == 0x1037 ||
		    before == 0x102b || before == 0x102c);
	default:
		return (0);
	}
}

enum zawgyi_guess
zawgyi_guess(const char *utf8)
{
	struct codes codes = read_codes(utf8);
	size_t zawgyi = 0;
	size_t unicode = 0;
	size_t asats = 0;
	uint32_t before = 0;

	for (size_t i = 0; i < codes.count; i++) {
		uint32_t code = codes.list[i];
		uint32_t next = codes.list[i + 1];

		zawgyi += (size_t)speaks_for_zawgyi(before, &codes.list[i]);
		unicode += (size_t)speaks_for_unicode(before, code, next);
		/* An asat ends most syllables in Unicode; Zawgyi's ya, which
		 * has its code point, ends few. */
		asats += code == CODE_ASAT && !is_vowel_or_medial(next);
		before = code;
	}
	free(codes.list);
	if (zawgyi > unicode)
		return (ZAWGYI_YES);
	if (unicode > 0 || asats > 0)
		return (ZAWGYI_NO);
	return (ZAWGYI_UNKNOWN);
}

/* -- from one to the other -------------------------------------------------- */

struct converting {
	struct zawgyi_letter letter; /* being read */
	int is_open; /* there is one */
	void (*write)(const struct zawgyi_letter *letter, struct text *out);
	struct text *out;
};

static void
close_letter(struct converting *converting)
{
	if (converting->is_open)
		converting->write(&converting->letter, converting->out);
	converting->letter = (struct zawgyi_letter){ 0 };
	converting->is_open = 0;
}

static void
take_base(struct converting *converting, uint32_t base)
{
	if (converting->letter.base != 0)
		close_letter(converting);
	converting->letter.base = base;
	converting->is_open = 1;
}

static void
take_signs(struct converting *converting, unsigned signs)
{
	converting->letter.signs |= signs;
	converting->is_open = 1;
}

static int
is_sign_behind(uint32_t code)
{
	const struct zawgyi_meaning *meaning = zawgyi_meaning_of(code);

	if (code == CODE_E)
		return (0);
	if (meaning != NULL)
		return (meaning->base == 0 &&
		    (meaning->signs & 1u << SIGN_RA) == 0);
	return (zawgyi_sign_of(code) != SIGN_COUNT);
}

/* Many Zawgyi keyboards give the digits zero and seven for the letters wa and
 * ra, which look alike: with a sign they are letters. */
static uint32_t
digit_as_letter(
    const struct converting *converting, uint32_t code, uint32_t next)
{
	int is_letter = is_sign_behind(next) ||
	    (converting->is_open && converting->letter.base == 0);

	if (is_letter && code == CODE_ZERO)
		return (CODE_WA);
	if (is_letter && code == CODE_SEVEN)
		return (CODE_RA);
	return (code);
}

static void
take_meaning(
    struct converting *converting, const struct zawgyi_meaning *meaning)
{
	/* A ra stands before its letter, so it begins a new one. */
	int is_before = (meaning->signs & 1u << SIGN_RA) != 0;

	if (is_before && converting->letter.base != 0)
		close_letter(converting);
	if (meaning->base != 0)
		take_base(converting, meaning->base);
	if (meaning->stacked != 0)
		converting->letter.stacked = meaning->stacked;
	converting->letter.has_kinzi |= meaning->has_kinzi;
	take_signs(converting, meaning->signs);
}

static void
take_zawgyi(struct converting *converting, uint32_t code, uint32_t next)
{
	const struct zawgyi_meaning *meaning = zawgyi_meaning_of(code);
	enum zawgyi_sign sign = zawgyi_sign_of(code);

	code = digit_as_letter(converting, code, next);
	if (meaning != NULL) {
		take_meaning(converting, meaning);
	} else if (code == CODE_E) {
		if (converting->letter.base != 0)
			close_letter(converting);
		take_signs(converting, 1u << SIGN_E);
	} else if (sign != SIGN_COUNT) {
		take_signs(converting, 1u << sign);
	} else if (zawgyi_is_base(code)) {
		take_base(converting, code);
	} else {
		close_letter(converting);
		zawgyi_add_code(converting->out, code);
	}
}

void
zawgyi_to_unicode(const char *utf8, struct text *out)
{
	struct codes codes = read_codes(utf8);
	struct converting converting = { .write = zawgyi_write_unicode,
		.out = out };

	for (size_t i = 0; i < codes.count; i++)
		take_zawgyi(&converting, codes.list[i], codes.list[i + 1]);
	close_letter(&converting);
	free(codes.list);
}

/* How many code points a kinzi or a stacked letter takes here, or 0. */
static size_t
take_joined(struct converting *converting, const uint32_t *at)
{
	if (at[0] == CODE_NGA && at[1] == CODE_ASAT && at[2] == CODE_VIRAMA) {
		close_letter(converting);
		converting->letter.has_kinzi = 1;
		converting->is_open = 1;
		return (3);
	}
	if (at[0] != CODE_VIRAMA || !zawgyi_is_consonant(at[1]) ||
	    converting->letter.base == 0)
		return (0);
	converting->letter.stacked = at[1];
	return (2);
}

static void
take_unicode(struct converting *converting, uint32_t code)
{
	enum zawgyi_sign sign = zawgyi_sign_of(code);

	if (sign != SIGN_COUNT) {
		take_signs(converting, 1u << sign);
	} else if (zawgyi_is_base(code)) {
		take_base(converting, code);
	} else {
		close_letter(converting);
		zawgyi_add_code(converting->out, code);
	}
}

void
zawgyi_from_unicode(const char *utf8, struct text *out)
{
	struct codes codes = read_codes(utf8);
	struct converting converting = { .write = zawgyi_write_zawgyi,
		.out = out };

	for (size_t i = 0; i < codes.count;) {
		size_t joined = take_joined(&converting, &codes.list[i]);

		if (joined == 0)
			take_unicode(&converting, codes.list[i++]);
		i += joined;
	}
	close_letter(&converting);
	free(codes.list);
}
