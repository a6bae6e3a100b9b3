/* One Burmese letter, written the Unicode way; and what Zawgyi's code points
 * mean. */
#include "gateway/text/zawgyi_letter.h"

#include <unistr.h>

#include "gateway/base/outcome.h"

#define BIT(sign) (1u << (sign))

static const uint32_t sign_codes[SIGN_COUNT] = {
	[SIGN_YA] = 0x103b,
	[SIGN_RA] = 0x103c,
	[SIGN_WA] = 0x103d,
	[SIGN_HA] = 0x103e,
	[SIGN_E] = 0x1031,
	[SIGN_I] = 0x102d,
	[SIGN_II] = 0x102e,
	[SIGN_AI] = 0x1032,
	[SIGN_U] = 0x102f,
	[SIGN_UU] = 0x1030,
	[SIGN_TALL_AA] = 0x102b,
	[SIGN_AA] = 0x102c,
	[SIGN_ANUSVARA] = 0x1036,
	[SIGN_DOT] = 0x1037,
	[SIGN_ASAT] = 0x103a,
	[SIGN_VISARGA] = 0x1038,
};

/* Where Zawgyi differs from Unicode: one code point is a form of a letter, a
 * letter below, a sign, or several at once. */
static const struct zawgyi_meaning meanings[] = {
	{ 0x1033, 0, 0, 0, BIT(SIGN_U) },
	{ 0x1034, 0, 0, 0, BIT(SIGN_UU) },
	{ 0x1039, 0, 0, 0, BIT(SIGN_ASAT) },
	{ 0x103a, 0, 0, 0, BIT(SIGN_YA) },
	{ 0x103b, 0, 0, 0, BIT(SIGN_RA) },
	{ 0x103c, 0, 0, 0, BIT(SIGN_WA) },
	{ 0x103d, 0, 0, 0, BIT(SIGN_HA) },
	{ 0x103e, 0, 0, 0, BIT(SIGN_HA) },
	{ 0x105a, 0, 0, 0, BIT(SIGN_TALL_AA) | BIT(SIGN_ASAT) },
	{ 0x1060, 0, 0x1000, 0, 0 },
	{ 0x1061, 0, 0x1001, 0, 0 },
	{ 0x1062, 0, 0x1002, 0, 0 },
	{ 0x1063, 0, 0x1003, 0, 0 },
	{ 0x1064, 0, 0, 1, 0 },
	{ 0x1065, 0, 0x1005, 0, 0 },
	{ 0x1066, 0, 0x1006, 0, 0 },
	{ 0x1067, 0, 0x1006, 0, 0 },
	{ 0x1068, 0, 0x1007, 0, 0 },
	{ 0x1069, 0, 0x1008, 0, 0 },
	{ 0x106a, 0x1009, 0, 0, 0 },
	{ 0x106b, 0x100a, 0, 0, 0 },
	{ 0x106c, 0, 0x100b, 0, 0 },
	{ 0x106d, 0, 0x100c, 0, 0 },
	{ 0x106e, 0x100d, 0x100d, 0, 0 },
	{ 0x106f, 0x100d, 0x100e, 0, 0 },
	{ 0x1070, 0, 0x100f, 0, 0 },
	{ 0x1071, 0, 0x1010, 0, 0 },
	{ 0x1072, 0, 0x1010, 0, 0 },
	{ 0x1073, 0, 0x1011, 0, 0 },
	{ 0x1074, 0, 0x1011, 0, 0 },
	{ 0x1075, 0, 0x1012, 0, 0 },
	{ 0x1076, 0, 0x1013, 0, 0 },
	{ 0x1077, 0, 0x1014, 0, 0 },
	{ 0x1078, 0, 0x1015, 0, 0 },
	{ 0x1079, 0, 0x1016, 0, 0 },
	{ 0x107a, 0, 0x1017, 0, 0 },
	{ 0x107b, 0, 0x1018, 0, 0 },
	{ 0x107c, 0, 0x1019, 0, 0 },
	{ 0x107d, 0, 0, 0, BIT(SIGN_YA) },
	{ 0x107e, 0, 0, 0, BIT(SIGN_RA) },
	{ 0x107f, 0, 0, 0, BIT(SIGN_RA) },
	{ 0x1080, 0, 0, 0, BIT(SIGN_RA) },
	{ 0x1081, 0, 0, 0, BIT(SIGN_RA) },
	{ 0x1082, 0, 0, 0, BIT(SIGN_RA) },
	{ 0x1083, 0, 0, 0, BIT(SIGN_RA) },
	{ 0x1084, 0, 0, 0, BIT(SIGN_RA) },
	{ 0x1085, 0, 0x101c, 0, 0 },
	{ 0x1086, 0x103f, 0, 0, 0 },
	{ 0x1087, 0, 0, 0, BIT(SIGN_HA) },
	{ 0x1088, 0, 0, 0, BIT(SIGN_HA) | BIT(SIGN_U) },
	{ 0x1089, 0, 0, 0, BIT(SIGN_HA) | BIT(SIGN_UU) },
	{ 0x108a, 0, 0, 0, BIT(SIGN_WA) | BIT(SIGN_HA) },
	{ 0x108b, 0, 0, 1, BIT(SIGN_I) },
	{ 0x108c, 0, 0, 1, BIT(SIGN_II) },
	{ 0x108d, 0, 0, 1, BIT(SIGN_ANUSVARA) },
	{ 0x108e, 0, 0, 0, BIT(SIGN_I) | BIT(SIGN_ANUSVARA) },
	{ 0x108f, 0x1014, 0, 0, 0 },
	{ 0x1090, 0x101b, 0, 0, 0 },
	{ 0x1091, 0x100f, 0x100d, 0, 0 },
	{ 0x1092, 0x100b, 0x100c, 0, 0 },
	{ 0x1093, 0, 0x1018, 0, 0 },
	{ 0x1094, 0, 0, 0, BIT(SIGN_DOT) },
	{ 0x1095, 0, 0, 0, BIT(SIGN_DOT) },
	{ 0x1096, 0, 0x1010, 0, BIT(SIGN_WA) },
	{ 0x1097, 0x100b, 0x100b, 0, 0 },
};

const struct zawgyi_meaning *
zawgyi_meaning_of(uint32_t code)
{
	for (size_t i = 0; i < COUNT_OF(meanings); i++)
		if (meanings[i].code == code)
			return (&meanings[i]);
	return (NULL);
}

enum zawgyi_sign
zawgyi_sign_of(uint32_t code)
{
	for (int i = 0; i < SIGN_COUNT; i++)
		if (sign_codes[i] == code)
			return ((enum zawgyi_sign)i);
	return (SIGN_COUNT);
}

uint32_t
zawgyi_sign_code(enum zawgyi_sign sign)
{
	return (sign_codes[sign]);
}

int
zawgyi_is_consonant(uint32_t code)
{
	return (code >= 0x1000 && code <= 0x1021);
}

int
zawgyi_is_base(uint32_t code)
{
	return ((code >= 0x1000 && code <= 0x1027) || code == 0x1029 ||
	    code == 0x102a || code == 0x103f || code == 0x104e);
}

void
zawgyi_add_code(struct text *out, uint32_t code)
{
	uint8_t bytes[6];
	int length = u8_uctomb(bytes, code, sizeof(bytes));

	if (length > 0)
		text_add_bytes(out, bytes, (size_t)length);
}

static void
write_signs(const struct zawgyi_letter *letter, struct text *out)
{
	/* A killed letter that still carries u, as in "kyun-op", has the asat
	 * first. */
	int asat_first = HAS(letter, SIGN_ASAT) &&
	    (HAS(letter, SIGN_U) || HAS(letter, SIGN_UU)) &&
	    !HAS(letter, SIGN_AA) && !HAS(letter, SIGN_TALL_AA);

	for (int i = 0; i < SIGN_COUNT; i++) {
		if (i == SIGN_U && asat_first)
			zawgyi_add_code(out, sign_codes[SIGN_ASAT]);
		if (i == SIGN_ASAT && asat_first)
			continue;
		if ((letter->signs & BIT(i)) != 0)
			zawgyi_add_code(out, sign_codes[i]);
	}
}

void
zawgyi_write_unicode(const struct zawgyi_letter *letter, struct text *out)
{
	uint32_t base = letter->base;
	struct zawgyi_letter rest = *letter;

	/* Zawgyi writes two more letters with the one for U. */
	if (base == 0x1025 && HAS(letter, SIGN_ASAT))
		base = 0x1009;
	if (base == 0x1025 && HAS(letter, SIGN_II)) {
		base = 0x1026;
		rest.signs &= ~BIT(SIGN_II);
	}
	if (letter->has_kinzi) {
		zawgyi_add_code(out, 0x1004);
		zawgyi_add_code(out, 0x103a);
		zawgyi_add_code(out, 0x1039);
	}
	if (base != 0)
		zawgyi_add_code(out, base);
	if (letter->stacked != 0) {
		zawgyi_add_code(out, 0x1039);
		zawgyi_add_code(out, letter->stacked);
	}
	write_signs(&rest, out);
}
