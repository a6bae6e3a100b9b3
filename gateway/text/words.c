#include "gateway/text/words.h"

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

static int
is_part_of_word(ucs4_t character)
{
	return (uc_is_property_alphabetic(character) ||
	    uc_is_general_category(character, UC_CATEGORY_M) ||
	    uc_decimal_value(character) >= 0);
}

static void
add_character(struct text *words, ucs4_t character, const uint8_t *at, int size)
{
	if (is_part_of_word(character))
		text_add_bytes(words, at, (size_t)size);
	else if (!uc_is_general_category(character, UC_CATEGORY_Cf) &&
	    words->bytes[words->length - 1] != ' ')
		text_add_byte(words, ' ');
}

void
words_add(const char *string, struct text *words)
{
	words_add_bytes(string, strlen(string), words);
}

void
words_add_bytes(const char *bytes, size_t byte_count, struct text *words)
{
	size_t length = 0;
	uint8_t *folded = u8_casefold((const uint8_t *)bytes, byte_count, NULL,
	    UNINORM_NFKD, NULL, &length);
	ucs4_t character;

	if (folded == NULL)
		abort();
	text_add_byte(words, ' ');
	for (size_t i = 0; i < length;) {
		int size = u8_mbtouc(&character, folded + i, length - i);

		add_character(words, character, folded + i, size);
		i += (size_t)size;
	}
	if (words->bytes[words->length - 1] != ' ')
		text_add_byte(words, ' ');
	explicit_bzero(folded, length);
	free(folded);
}
