/* One Burmese letter, written the Zawgyi way: each sign in the form that does
 * not run into the others. */
#include "gateway/base/outcome.h"
#include "gateway/text/zawgyi_letter.h"

/* Two letters that share one glyph. */
static const struct pair {
	uint32_t base;
	uint32_t stacked;
	uint32_t code;
} pairs[] = {
	{ 0x100b, 0x100b, 0x1097 },
	{ 0x100b, 0x100c, 0x1092 },
	{ 0x100d, 0x100d, 0x106e },
	{ 0x100d, 0x100e, 0x106f },
	{ 0x100f, 0x100d, 0x1091 },
};

static const struct stacked {
	uint32_t letter;
	uint32_t code;
} stacked_codes[] = {
	{ 0x1000, 0x1060 },
	{ 0x1001, 0x1061 },
	{ 0x1002, 0x1062 },
	{ 0x1003, 0x1063 },
	{ 0x1005, 0x1065 },
	{ 0x1006, 0x1066 },
	{ 0x1007, 0x1068 },
	{ 0x1008, 0x1069 },
	{ 0x100b, 0x106c },
	{ 0x100c, 0x106d },
	{ 0x100f, 0x1070 },
	{ 0x1010, 0x1071 },
	{ 0x1011, 0x1073 },
	{ 0x1012, 0x1075 },
	{ 0x1013, 0x1076 },
	{ 0x1014, 0x1077 },
	{ 0x1015, 0x1078 },
	{ 0x1016, 0x1079 },
	{ 0x1017, 0x107a },
	{ 0x1018, 0x107b },
	{ 0x1019, 0x107c },
	{ 0x101c, 0x1085 },
};

static uint32_t
pair_code(const struct zawgyi_letter *letter)
{
	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		if (pairs[i].base == letter->base &&
		    pairs[i].stacked == letter->stacked)
			return (pairs[i].code);
	return (0);
}

static uint32_t
stacked_code(uint32_t letter)
{
	for (size_t i = 0; i < COUNT_OF(stacked_codes); i++)
		if (stacked_codes[i].letter == letter)
			return (stacked_codes[i].code);
	return (0);
}

/* Letters of two circles, which the ra must reach around. */
static int
is_wide(uint32_t base)
{
	static const uint32_t wide[] = { 0x1000, 0x1003, 0x1006, 0x100a, 0x100f,
		0x1010, 0x1011, 0x1018, 0x101a, 0x101c, 0x101e, 0x101f, 0x1021,
		0x103f };

	for (size_t i = 0; i < COUNT_OF(wide); i++)
		if (wide[i] == base)
			return (1);
	return (0);
}

static uint32_t
ra_code(const struct zawgyi_letter *letter)
{
	int wide = is_wide(letter->base);
	int above = letter->has_kinzi || HAS(letter, SIGN_I) ||
	    HAS(letter, SIGN_II) || HAS(letter, SIGN_AI) ||
	    HAS(letter, SIGN_ANUSVARA);
	int below = HAS(letter, SIGN_WA) || letter->stacked != 0;

	if (above && below)
		return (wide ? 0x1084 : 0x1083);
	if (below)
		return (wide ? 0x1082 : 0x1081);
	if (above)
		return (wide ? 0x1080 : 0x107f);
	return (wide ? 0x107e : 0x103b);
}

static int
has_below(const struct zawgyi_letter *letter)
{
	return (letter->stacked != 0 || HAS(letter, SIGN_WA) ||
	    HAS(letter, SIGN_HA) || HAS(letter, SIGN_U) ||
	    HAS(letter, SIGN_UU));
}

static uint32_t
base_code(const struct zawgyi_letter *letter)
{
	uint32_t base = letter->base;

	if (base == 0x103f)
		return (0x1086);
	if (base == 0x1009 && letter->stacked != 0)
		return (0x106a);
	if (base == 0x1009 && HAS(letter, SIGN_ASAT))
		return (0x1025);
	if (!has_below(letter))
		return (base);
	if (base == 0x100a)
		return (0x106b);
	if (base == 0x1014)
		return (0x108f);
	if (base == 0x101b && (HAS(letter, SIGN_U) || HAS(letter, SIGN_UU)))
		return (0x1090);
	return (base);
}

static void
write_stacked(const struct zawgyi_letter *letter, struct text *out)
{
	uint32_t code = stacked_code(letter->stacked);

	if (letter->stacked == 0x1010 && HAS(letter, SIGN_WA)) {
		zawgyi_add_code(out, 0x1096);
	} else if (code != 0) {
		zawgyi_add_code(out, code);
	} else {
		/* No form below the line: side by side it can be read. */
		zawgyi_add_code(out, 0x1039);
		zawgyi_add_code(out, letter->stacked);
	}
}

static void
write_medials(const struct zawgyi_letter *letter, struct text *out)
{
	int wa = HAS(letter, SIGN_WA) && letter->stacked != 0x1010;
	int ha = HAS(letter, SIGN_HA);

	if (HAS(letter, SIGN_YA))
		zawgyi_add_code(out, wa || ha ? 0x107d : 0x103a);
	if (wa && ha)
		zawgyi_add_code(out, 0x108a);
	else if (wa)
		zawgyi_add_code(out, 0x103c);
	else if (ha && HAS(letter, SIGN_RA))
		zawgyi_add_code(out, 0x1087);
	else if (ha && HAS(letter, SIGN_U))
		zawgyi_add_code(out, 0x1088);
	else if (ha && HAS(letter, SIGN_UU))
		zawgyi_add_code(out, 0x1089);
	else if (ha)
		zawgyi_add_code(out, 0x103d);
}

/* Ha took the vowel below into its own form. */
static int
vowel_is_said(const struct zawgyi_letter *letter)
{
	return (HAS(letter, SIGN_HA) && !HAS(letter, SIGN_RA) &&
	    !HAS(letter, SIGN_WA));
}

/* Something stands where u would: it moves to the right of it. */
static int
vowel_is_long(const struct zawgyi_letter *letter)
{
	return (HAS(letter, SIGN_YA) || HAS(letter, SIGN_RA) ||
	    HAS(letter, SIGN_WA) || letter->stacked != 0 ||
	    (letter->base >= 0x1008 && letter->base <= 0x100d &&
		letter->base != 0x100a) ||
	    letter->base == 0x1020 || letter->base == 0x1025);
}

static void
write_upper(const struct zawgyi_letter *letter, struct text *out)
{
	int i = HAS(letter, SIGN_I);
	int ii = HAS(letter, SIGN_II);
	int anusvara = HAS(letter, SIGN_ANUSVARA);

	if (letter->has_kinzi && i)
		zawgyi_add_code(out, 0x108b);
	else if (letter->has_kinzi && ii)
		zawgyi_add_code(out, 0x108c);
	else if (letter->has_kinzi && anusvara)
		zawgyi_add_code(out, 0x108d);
	else if (letter->has_kinzi)
		zawgyi_add_code(out, 0x1064);
	else if (i && anusvara)
		zawgyi_add_code(out, 0x108e);
	else if (i)
		zawgyi_add_code(out, 0x102d);
	else if (ii)
		zawgyi_add_code(out, 0x102e);
	if (HAS(letter, SIGN_AI))
		zawgyi_add_code(out, 0x1032);
}

/* The anusvara that no other sign has taken with it. */
static int
anusvara_is_left(const struct zawgyi_letter *letter)
{
	int i = HAS(letter, SIGN_I);

	if (!HAS(letter, SIGN_ANUSVARA))
		return (0);
	if (letter->has_kinzi)
		return (i || HAS(letter, SIGN_II));
	return (!i);
}

static uint32_t
dot_code(const struct zawgyi_letter *letter)
{
	int has_vowel = HAS(letter, SIGN_U) || HAS(letter, SIGN_UU);

	if ((has_vowel && vowel_is_long(letter)) || letter->base == 0x101b ||
	    HAS(letter, SIGN_YA))
		return (0x1095);
	if (has_vowel || letter->base == 0x1014 || HAS(letter, SIGN_HA) ||
	    HAS(letter, SIGN_WA))
		return (0x1094);
	return (0x1037);
}

static void
write_rest(const struct zawgyi_letter *letter, struct text *out)
{
	int is_long = vowel_is_long(letter);
	int asat = HAS(letter, SIGN_ASAT);
	uint32_t dot = HAS(letter, SIGN_DOT) ? dot_code(letter) : 0;

	if (HAS(letter, SIGN_U) && !vowel_is_said(letter))
		zawgyi_add_code(out, is_long ? 0x1033 : 0x102f);
	if (HAS(letter, SIGN_UU) && !vowel_is_said(letter))
		zawgyi_add_code(out, is_long ? 0x1034 : 0x1030);
	if (HAS(letter, SIGN_TALL_AA))
		zawgyi_add_code(out, asat ? 0x105a : 0x102b);
	if (HAS(letter, SIGN_AA))
		zawgyi_add_code(out, 0x102c);
	if (anusvara_is_left(letter))
		zawgyi_add_code(out, 0x1036);
	/* The plain dot is typed before the asat, one moved aside behind it. */
	if (dot == 0x1037)
		zawgyi_add_code(out, dot);
	if (asat && !HAS(letter, SIGN_TALL_AA))
		zawgyi_add_code(out, 0x1039);
	if (dot != 0 && dot != 0x1037)
		zawgyi_add_code(out, dot);
	if (HAS(letter, SIGN_VISARGA))
		zawgyi_add_code(out, 0x1038);
}

void
zawgyi_write_zawgyi(const struct zawgyi_letter *letter, struct text *out)
{
	uint32_t pair = pair_code(letter);

	if (HAS(letter, SIGN_E))
		zawgyi_add_code(out, 0x1031);
	if (HAS(letter, SIGN_RA))
		zawgyi_add_code(out, ra_code(letter));
	if (pair != 0)
		zawgyi_add_code(out, pair);
	else if (letter->base != 0)
		zawgyi_add_code(out, base_code(letter));
	if (pair == 0 && letter->stacked != 0)
		write_stacked(letter, out);
	write_medials(letter, out);
	write_upper(letter, out);
	write_rest(letter, out);
}
