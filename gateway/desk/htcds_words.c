/* What fields and values of the standard are called for people. */
#include <ctype.h>
#include <string.h>

#include "gateway/base/marked_words.h"
#include "gateway/base/outcome.h"
#include "gateway/desk/htcds.h"

/* The standard's own sections, by the beginning of a name; English. */
static const struct {
	const char *prefix;
	const char *words;
} groups[] = {
	{ "prs_", WORDS("Person") },
	{ "vic_", WORDS("What was done to the person") },
	{ "cas_", WORDS("Case") },
	{ "hte_", WORDS("When and where it happened") },
	{ "spl_", WORDS("Support plan") },
	{ "con_", WORDS("Consent") },
	{ "wmk_", WORDS("Of this helpline") },
};

const char *
htcds_group(const struct htcds_field *field)
{
	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		if (strncmp(field->name, groups[i].prefix,
			strlen(groups[i].prefix)) == 0)
			return (groups[i].words);
	}
	return ("");
}

/* "WithholdsDocuments" is written apart, "4Sale" and "WhatsApp" are names. */
static int
is_names(const struct htcds_field *field)
{
	static const char end[] = "WebsitesAndApps";
	size_t length = strlen(field->name);

	return (length >= sizeof(end) - 1 &&
	    strcmp(field->name + length - (sizeof(end) - 1), end) == 0);
}

/* The letter of an industry ("F_Construction") is for machines. */
static void
add_apart(struct text *words, const char *value, size_t length)
{
	if (length > 2 && value[1] == '_') {
		value += 2;
		length -= 2;
	}
	for (size_t i = 0; i < length; i++) {
		unsigned char sign = (unsigned char)value[i];
		unsigned char before = i > 0 ? (unsigned char)value[i - 1] : 0;

		if (isupper(sign) && islower(before)) {
			text_add_byte(words, ' ');
			/* "NGO" stays; "Forced Labour" is no title. */
			if (i + 1 < length &&
			    islower((unsigned char)value[i + 1]))
				sign = (unsigned char)tolower(sign);
		}
		text_add_byte(words, sign);
	}
}

void
htcds_add_value_words(
    const struct htcds_field *field, const char *value, struct text *words)
{
	int is_list =
	    field->kind == HTCDS_PICK || field->kind == HTCDS_PICK_SOME;

	for (const char *at = value; *at != '\0';) {
		size_t has = strcspn(at, ";\n");

		if (is_list && !is_names(field))
			add_apart(words, at, has);
		else
			text_add_bytes(words, at, has);
		at += has;
		if (*at == '\n')
			return;
		if (*at == ';') {
			text_add(words, ", ");
			at++;
		}
	}
}
