/* What the sections of the standard are called for people. */
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
