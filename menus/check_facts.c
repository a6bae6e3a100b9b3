/* Facts by themselves, whether a text names them or not: numbers of another
 * country, and those that soon expire. */
#include "menus/facts.h"

#include "menus/finding.h"

enum { SOON_S = 30 * 86400, CODE_LEAST_DIGITS = 6 };

/* The calling codes of the countries that corridors are about (ITU-T E.164);
 * names as they stand in the names of facts. */
static const struct {
	const char *country;
	const char *code;
} codes[] = {
	{ "austria", "43" },
	{ "bahrain", "973" },
	{ "bangladesh", "880" },
	{ "bulgaria", "359" },
	{ "czechia", "420" },
	{ "estonia", "372" },
	{ "ethiopia", "251" },
	{ "france", "33" },
	{ "germany", "49" },
	{ "hungary", "36" },
	{ "india", "91" },
	{ "indonesia", "62" },
	{ "ireland", "353" },
	{ "italy", "39" },
	{ "jordan", "962" },
	{ "kenya", "254" },
	{ "kuwait", "965" },
	{ "latvia", "371" },
	{ "lebanon", "961" },
	{ "lithuania", "370" },
	{ "malaysia", "60" },
	{ "moldova", "373" },
	{ "myanmar", "95" },
	{ "nepal", "977" },
	{ "netherlands", "31" },
	{ "oman", "968" },
	{ "pakistan", "92" },
	{ "philippines", "63" },
	{ "poland", "48" },
	{ "portugal", "351" },
	{ "qatar", "974" },
	{ "romania", "40" },
	{ "saudi", "966" },
	{ "singapore", "65" },
	{ "slovakia", "421" },
	{ "spain", "34" },
	{ "srilanka", "94" },
	{ "thailand", "66" },
	{ "turkey", "90" },
	{ "uae", "971" },
	{ "uganda", "256" },
	{ "ukraine", "380" },
	{ "vietnam", "84" },
};

/* The digits behind + or 00, when the value is a number with a country code;
 * else NULL. */
static const char *
international_digits(const char *value)
{
	if (value[0] == '+')
		value++;
	else if (strncmp(value, "00", 2) == 0)
		value += 2;
	else
		return (NULL);
	return (
	    strspn(value, "0123456789 -") >= CODE_LEAST_DIGITS ? value : NULL);
}

/* 1 when a country's name is one of the words of a fact's name. */
static int
names(const char *fact_name, const char *country)
{
	size_t length = strlen(country);
	const char *found = fact_name;

	while ((found = strstr(found, country)) != NULL) {
		int starts =
		    found == fact_name || found[-1] == '_' || found[-1] == '-';
		int ends = found[length] == '\0' || found[length] == '_' ||
		    found[length] == '-';

		if (starts && ends)
			return (1);
		found++;
	}
	return (0);
}

/* An embassy's number may be of either country its name has. */
static void
check_code(struct checking *checking, const struct fact *fact)
{
	const char *digits = international_digits(fact->value);
	struct place place = { checking->corridor->facts->file, fact->line };
	const char *country = NULL;

	if (digits == NULL || names(fact->name, "international"))
		return;
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		if (!names(fact->name, codes[i].country))
			continue;
		country = codes[i].country;
		if (strncmp(digits, codes[i].code, strlen(codes[i].code)) == 0)
			return;
	}
	if (country != NULL)
		finding_add(checking, FINDING_ERROR, place,
		    "find the right number, or put 'international' into the"
		    " fact's name where it is one",
		    "the number of '%s' has a country code that is not that of"
		    " %s",
		    fact->name, country);
	else
		finding_add(checking, FINDING_WARNING, place,
		    "name the country in the fact's name, such as"
		    " hotline_qatar, or 'international'",
		    "nobody can tell which country's number '%s' is",
		    fact->name);
}

static void
check_expiry(struct checking *checking, const struct fact *fact)
{
	if (!fact_may_be_sent(fact, checking->now_utc_s) ||
	    fact->expires_utc_s - checking->now_utc_s > SOON_S)
		return;
	finding_add(checking, FINDING_WARNING,
	    (struct place){ checking->corridor->facts->file, fact->line },
	    "check it again and write the new dates",
	    "the fact '%s' is only sent until %s", fact->name,
	    fact->expires_on);
}

void
check_fact_rows(struct checking *checking)
{
	const struct facts *facts = checking->corridor->facts;

	for (size_t i = 0; facts != NULL && i < facts->count; i++) {
		check_code(checking, &facts->list[i]);
		check_expiry(checking, &facts->list[i]);
	}
}
