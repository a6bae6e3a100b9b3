#include "gateway/text/answer.h"

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "gateway/base/memory.h"
#include "gateway/base/outcome.h"
#include "gateway/text/answer_number.h"

enum {
	FEWEST_BYTES_OF_PREFIX = 3,
	SKIPPED = 0,
	NO_CHARACTER = 0xfffd,

	ARABIC_TATWEEL = 0x640,
	FIRST_ARABIC_VOWEL = 0x64b,
	LAST_ARABIC_VOWEL = 0x65f,
	ARABIC_SMALL_ALEF = 0x670,
	FIRST_ETHIOPIC_DIGIT = 0x1369,
	LAST_ETHIOPIC_DIGIT = 0x1371,
};

/* Opens a list that answer_fold_spellings() made, and stands between and
 * behind its spellings.  No clean text has it. */
static const char FOLDED_MARK = 0x1f;

/* A text on its way to be folded, at first with its punctuation. */
struct plain {
	char *bytes; /* ends in a NUL */
	size_t length;
	char small[ANSWER_MAX_BYTES];
};

static void
plain_free(struct plain *plain)
{
	explicit_bzero(plain->bytes, plain->length);
	if (plain->bytes != plain->small)
		free(plain->bytes);
}

static int
is_ascii(const char *utf8, size_t length)
{
	unsigned char all = 0;

	for (size_t i = 0; i < length; i++)
		all |= (unsigned char)utf8[i];
	return (all < 0x80);
}

static char
lower_ascii(char byte)
{
	if (byte >= 'A' && byte <= 'Z')
		return ((char)(byte - 'A' + 'a'));
	if (byte == '`')
		return ('\'');
	return (byte == '\n' ? ' ' : byte);
}

static void
make_plain_ascii(const char *utf8, size_t length, struct plain *plain)
{
	plain->bytes = length < sizeof(plain->small)
	    ? plain->small
	    : memory_new(length + 1, 1);
	for (size_t i = 0; i < length; i++)
		plain->bytes[i] = lower_ascii(utf8[i]);
	plain->bytes[length] = '\0';
	plain->length = length;
}

/* Characters that people, phones and keyboards use one for another. */
static ucs4_t
usual_twin(ucs4_t character)
{
	switch (character) {
	case 0x622: /* alef with madda, with hamza above and below, wasla */
	case 0x623:
	case 0x625:
	case 0x671:
		return (0x627);
	case 0x629: /* teh marbuta */
		return (0x647);
	case 0x649: /* alef maksura, and the yeh of Persian and Urdu */
	case 0x6cc:
		return (0x64a);
	case 0x6a9: /* the kaf of Persian and Urdu */
		return (0x643);
	case 0x2bc: /* apostrophes */
	case 0x2018:
	case 0x2019:
	case '`':
		return ('\'');
	case 0x60c: /* commas between digits */
	case 0x66c:
		return (',');
	case 0x66b:
		return ('.');
	default:
		return (character);
	}
}

/* The character to keep, or SKIPPED. */
static ucs4_t
plain_character(ucs4_t character)
{
	int digit = uc_decimal_value(character);

	if (digit >= 0)
		return ((ucs4_t)('0' + digit));
	if (character >= FIRST_ETHIOPIC_DIGIT &&
	    character <= LAST_ETHIOPIC_DIGIT)
		return ('1' + (character - FIRST_ETHIOPIC_DIGIT));
	if (uc_is_property_white_space(character))
		return (' ');
	/* Joiners, variation selectors, soft hyphens; the frame of a keycap. */
	if (uc_is_property_default_ignorable_code_point(character) ||
	    uc_is_general_category(character, UC_CATEGORY_Me))
		return (SKIPPED);
	if (character == ARABIC_TATWEEL || character == ARABIC_SMALL_ALEF ||
	    (character >= FIRST_ARABIC_VOWEL && character <= LAST_ARABIC_VOWEL))
		return (SKIPPED);
	return (usual_twin(character));
}

/* Puts one character back, which never takes more room than it had. */
static size_t
put_character(char *out, ucs4_t character)
{
	enum { MOST_UTF8_BYTES = 4 };

	if (character < 0x80) {
		*out = (char)character;
		return (1);
	}
	return ((size_t)u8_uctomb((uint8_t *)out, character, MOST_UTF8_BYTES));
}

static void
make_plain_wide(const char *utf8, size_t length, struct plain *plain)
{
	size_t folded = sizeof(plain->small) - 1;
	uint8_t *bytes = u8_casefold((const uint8_t *)utf8, length, NULL,
	    UNINORM_NFKC, (uint8_t *)plain->small, &folded);
	const uint8_t *at = bytes;
	const uint8_t *end;

	if (bytes == NULL)
		abort();
	if (bytes != (uint8_t *)plain->small)
		bytes = memory_grow(bytes, folded, folded + 1, 1);
	at = bytes;
	end = bytes + folded;
	plain->bytes = (char *)bytes;
	plain->length = 0;
	while (at < end) {
		ucs4_t character;

		at += u8_mbtouc(&character, at, (size_t)(end - at));
		character = plain_character(character);
		if (character != SKIPPED)
			plain->length += put_character(
			    plain->bytes + plain->length, character);
	}
	plain->bytes[plain->length] = '\0';
}

static void
make_plain(const char *utf8, size_t length, struct plain *plain)
{
	if (is_ascii(utf8, length))
		make_plain_ascii(utf8, length, plain);
	else
		make_plain_wide(utf8, length, plain);
}

enum role {
	ROLE_LETTER, /* also digits and the signs on letters */
	ROLE_BETWEEN, /* ends a word */
	ROLE_NOTHING, /* an apostrophe: don't is dont */
};

static enum role
role_of(ucs4_t character, int keeps_pictures)
{
	if (character == '\'')
		return (ROLE_NOTHING);
	if (keeps_pictures && character != NO_CHARACTER &&
	    uc_is_general_category(character, UC_CATEGORY_So))
		return (ROLE_LETTER);
	if (uc_is_general_category_withtable(character,
		UC_CATEGORY_MASK_P | UC_CATEGORY_MASK_S | UC_CATEGORY_MASK_Z |
		    UC_CATEGORY_MASK_C))
		return (ROLE_BETWEEN);
	return (ROLE_LETTER);
}

static enum role
role_of_ascii(unsigned char byte)
{
	if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9'))
		return (ROLE_LETTER);
	return (byte == '\'' ? ROLE_NOTHING : ROLE_BETWEEN);
}

/* Moves the words of a plain text to its front with one space between; the
 * number of words. */
static unsigned
squeeze(struct plain *plain, int keeps_pictures, size_t *length_r)
{
	char *out = plain->bytes;
	const uint8_t *at = (const uint8_t *)plain->bytes;
	const uint8_t *end = at + plain->length;
	size_t length = 0;
	unsigned words = 0;
	int is_between = 1;

	while (at < end) {
		ucs4_t character = *at;
		size_t taken = 1;
		enum role role;

		if (character < 0x80) {
			role = role_of_ascii(*at);
		} else {
			taken = (size_t)u8_mbtouc(
			    &character, at, (size_t)(end - at));
			role = role_of(character, keeps_pictures);
		}
		if (role == ROLE_LETTER && is_between) {
			if (words++ > 0)
				out[length++] = ' ';
			is_between = 0;
		}
		if (role == ROLE_LETTER) {
			memmove(out + length, at, taken);
			length += taken;
		} else if (role == ROLE_BETWEEN) {
			is_between = 1;
		}
		at += taken;
	}
	*length_r = length;
	return (words);
}

/* Folds in place.  A text of nothing but pictures keeps them, so that a thumb
 * can be a spelling of yes; elsewhere they are marks. */
static unsigned
plain_fold(struct plain *plain)
{
	size_t length;
	unsigned words = squeeze(plain, 0, &length);

	/* Without a word nothing was written, so it can be gone through again. */
	if (words == 0)
		words = squeeze(plain, 1, &length);
	plain->bytes[length] = '\0';
	plain->length = length;
	return (words);
}

static void
take_first_word(struct answer *answer)
{
	size_t length = strcspn(answer->folded, " ");

	if (length >= sizeof(answer->first_word))
		length = 0;
	memcpy(answer->first_word, answer->folded, length);
	answer->first_word[length] = '\0';
}

/* Readies what is read field by field; the rest of the strings stays as it
 * is, which saves half a kilobyte a message. */
static void
answer_empty(struct answer *answer)
{
	answer->folded[0] = '\0';
	answer->first_word[0] = '\0';
	answer->words = 0;
	answer->is_empty = 0;
	answer->has_number = 0;
	answer->has_lead_word = 0;
	answer->number = 0;
	answer->leading_zeros = 0;
	answer->has_leading_number = 0;
	answer->leading_number = 0;
}

void
answer_read(const char *utf8, struct answer *answer_r)
{
	struct plain plain;

	answer_empty(answer_r);
	make_plain(utf8, strlen(utf8), &plain);
	answer_number_read(plain.bytes, answer_r);
	answer_r->words = plain_fold(&plain);
	answer_r->is_empty = answer_r->words == 0;
	if (!answer_r->has_number && answer_r->words > ANSWER_SHORT_WORDS)
		answer_r->has_leading_number = 0;
	if (!answer_r->has_leading_number)
		answer_r->leading_number = 0;
	if (plain.length < sizeof(answer_r->folded)) {
		memcpy(answer_r->folded, plain.bytes, plain.length + 1);
		take_first_word(answer_r);
	}
	plain_free(&plain);
}

void
answer_fold(const char *utf8, struct text *folded)
{
	struct plain plain;

	make_plain(utf8, strlen(utf8), &plain);
	plain_fold(&plain);
	text_add_bytes(folded, plain.bytes, plain.length);
	plain_free(&plain);
}

void
answer_fold_spellings(const char *spellings, struct text *folded)
{
	text_add_byte(folded, FOLDED_MARK);
	while (*spellings != '\0') {
		size_t length = strcspn(spellings, "|");
		struct plain plain;

		make_plain(spellings, length, &plain);
		plain_fold(&plain);
		if (plain.length > 0) {
			text_add_bytes(folded, plain.bytes, plain.length);
			text_add_byte(folded, FOLDED_MARK);
		}
		plain_free(&plain);
		spellings += length + (spellings[length] == '|');
	}
}

/* How an answer and one folded spelling can fit. */
typedef int spelling_test(
    const struct answer *answer, const char *spelling, size_t length);

static int
is_same(const struct answer *answer, const char *spelling, size_t length)
{
	return (strncmp(answer->folded, spelling, length) == 0 &&
	    answer->folded[length] == '\0');
}

static int
begins_answer(const struct answer *answer, const char *spelling, size_t length)
{
	return (strncmp(answer->folded, spelling, length) == 0 &&
	    (answer->folded[length] == '\0' || answer->folded[length] == ' '));
}

static int
begins_with_answer(
    const struct answer *answer, const char *spelling, size_t length)
{
	size_t bytes = strlen(answer->folded);

	return (bytes < length && spelling[bytes] == ' ' &&
	    memcmp(answer->folded, spelling, bytes) == 0);
}

static int
fits_folded(
    const struct answer *answer, const char *spellings, spelling_test *fits)
{
	const char *at = spellings + 1;
	const char *end;

	while ((end = strchr(at, FOLDED_MARK)) != NULL) {
		if (fits(answer, at, (size_t)(end - at)))
			return (1);
		at = end + 1;
	}
	return (0);
}

/* 1 when one of the spellings passes the test. */
static int
fits_one(
    const struct answer *answer, const char *spellings, spelling_test *fits)
{
	struct text folded = { 0 };
	int result;

	if (answer->folded[0] == '\0')
		return (0);
	if (spellings[0] == FOLDED_MARK)
		return (fits_folded(answer, spellings, fits));
	answer_fold_spellings(spellings, &folded);
	result = fits_folded(answer, folded.bytes, fits);
	text_free(&folded);
	return (result);
}

int
answer_is(const struct answer *answer, const char *spellings)
{
	return (fits_one(answer, spellings, is_same));
}

int
answer_starts_with(const struct answer *answer, const char *spellings)
{
	return (fits_one(answer, spellings,
	    answer->words <= ANSWER_SHORT_WORDS ? begins_answer : is_same));
}

/* The position from 1 of the only list with a spelling that passes, or 0;
 * *count_r says how many lists there are. */
static size_t
choose_by(const struct answer *answer, const char *const *spellings,
    size_t count, spelling_test *fits, size_t *count_r)
{
	size_t chosen = 0;

	*count_r = 0;
	for (size_t i = 0; i < count; i++) {
		if (!fits_one(answer, spellings[i], fits))
			continue;
		chosen = i + 1;
		++*count_r;
	}
	return (*count_r == 1 ? chosen : 0);
}

size_t
answer_choose(
    const struct answer *answer, const char *const *spellings, size_t count)
{
	size_t fitting;
	size_t chosen = choose_by(answer, spellings, count, is_same, &fitting);

	/* What two lists have word for word is not settled by a third that
	 * only begins so. */
	if (fitting > 0 || strlen(answer->folded) < FEWEST_BYTES_OF_PREFIX)
		return (chosen);
	return (
	    choose_by(answer, spellings, count, begins_with_answer, &fitting));
}
