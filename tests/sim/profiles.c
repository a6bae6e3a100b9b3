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
	    .chatter = "+PSUTTZ: 2026,11,22,2,10,0,\"+22\",0|DST: 0|"
		       "Call Ready|SMS Ready|*PSNWID: \"429\",\"01\",\"\",0",
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
	/* As later sticks of theirs speak: libGammu's table has it not. */
	{ .name = "huawei-e3131",
	    .manufacturer = "huawei",
	    .model = "E3131",
	    .revision = "21.157.41.00.26",
	    .maker_commands = "^CURC ^PORTSEL",
	    .packs_ussd = 1,
	    .chatter = "^RSSI:17|^BOOT:20140000,0,0,0,75|^MODE:5,4|"
		       "^DSFLOWRPT:00000001,0,0,0,0,0,0|^THERM: 32",
	    .first_place = 0,
	    .card_places = 20 },
	{ .name = "zte",
	    .manufacturer = "ZTE INCORPORATED",
	    .model = "MF190",
	    .revision = "BD_MF190V1.0.0B05",
	    .maker_commands = "+ZCDRUN +ZOPRT",
	    .chatter =
		"+ZUSIMR:2|+ZDONR: \"Simulated\",429,1,\"CS_PS\",\"ROAM_OFF\"|"
		"+ZPASR: \"UMTS\"",
	    .first_place = 0,
	    .card_places = 20 },
	{ .name = "quectel",
	    .manufacturer = "Quectel",
	    .model = "EC25",
	    .revision = "Revision: EC25EFAR06A06M4G",
	    .chatter =
		"+QIND: \"csq\",21,99|RDY|+QIND: SMS DONE|+QUSIM: 1|POWERED "
		"DOWN",
	    .receives_in = MEMORY_MODEM,
	    .first_place = 0,
	    .card_places = 50 },
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
