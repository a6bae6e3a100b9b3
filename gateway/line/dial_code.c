#include "gateway/line/dial_code.h"

#include <string.h>

#include "gateway/base/text.h"
#include "gateway/line/protocol.h"

#define KEYS "0123456789*#"

/* 3GPP TS 22.030 annex B, and section 6.6 for those of the SIM. */
static const struct {
	const char *service;
	const char *harm;
} services[] = {
	{ "21", "forwards the calls of this SIM" },
	{ "61", "forwards the calls of this SIM" },
	{ "62", "forwards the calls of this SIM" },
	{ "67", "forwards the calls of this SIM" },
	{ "002", "forwards the calls of this SIM" },
	{ "004", "forwards the calls of this SIM" },
	{ "33", "bars calls of this SIM" },
	{ "331", "bars calls of this SIM" },
	{ "332", "bars calls of this SIM" },
	{ "35", "bars calls of this SIM" },
	{ "351", "bars calls of this SIM" },
	{ "330", "bars calls of this SIM" },
	{ "333", "bars calls of this SIM" },
	{ "353", "bars calls of this SIM" },
	{ "03", "changes a password of this SIM" },
	{ "04", "changes the PIN of this SIM" },
	{ "042", "changes the PIN of this SIM" },
	{ "05", "changes the PIN of this SIM" },
	{ "052", "changes the PIN of this SIM" },
	{ "31", "changes whether this SIM's number is shown" },
	{ "43", "changes how calls of this SIM wait" },
	{ "76", "changes whose numbers are shown" },
	{ "77", "changes whose numbers are shown" },
	{ "300", "changes whose names are shown" },
};

int
dial_code_is_sound(const char *codes)
{
	size_t first = strcspn(codes, ",");
	size_t at = 0;

	if (strlen(codes) > PROTOCOL_CODES_MAX_BYTES || first < 2 ||
	    codes[first - 1] != '#' || strchr("*#", codes[0]) == NULL)
		return (0);
	while (codes[at] != '\0') {
		size_t keys = strspn(codes + at, KEYS);

		if (keys == 0)
			return (0);
		at += keys;
		if (codes[at] == ',' && codes[at + 1] != '\0')
			at++;
		else if (codes[at] != '\0')
			return (0);
	}
	return (1);
}

const char *
dial_code_harm(const char *codes)
{
	size_t signs = strspn(codes, "*#");
	size_t digits = strspn(codes + signs, "0123456789");

	/* "*#21#" only asks how it stands. */
	if (signs == 2 && codes[0] == '*' && codes[1] == '#')
		return (NULL);
	for (size_t i = 0; i < COUNT_OF(services); i++) {
		const char *service = services[i].service;

		if (strlen(service) == digits &&
		    memcmp(service, codes + signs, digits) == 0)
			return (services[i].harm);
	}
	return (NULL);
}
