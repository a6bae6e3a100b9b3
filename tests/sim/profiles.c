#include "tests/sim/modem.h"

static const struct profile profiles[] = {
	{ .name = "generic",
	    .manufacturer = "Waymark",
	    .model = "Simulated",
	    .revision = "1.0",
	    .first_place = 1,
	    .card_places = 30 },
	{ .name = "simcom",
	    .manufacturer = "SIMCOM_Ltd",
	    .model = "SIMCOM_SIM800L",
	    .revision = "Revision:1418B05SIM800L24",
	    .first_place = 1,
	    .card_places = 50 },
	{ .name = "huawei",
	    .manufacturer = "huawei",
	    .model = "E1550",
	    .revision = "11.608.12.10.156",
	    .maker_commands = "^CURC ^PORTSEL",
	    .packs_ussd = 1,
	    .first_place = 0,
	    .card_places = 20 },
};

const struct profile *
profile_find(const char *name)
{
	size_t i;

	for (i = 0; i < COUNT_OF(profiles); i++) {
		if (strcmp(profiles[i].name, name) == 0)
			return (&profiles[i]);
	}
	return (NULL);
}
