#include "gateway/line/modem.h"

/*
 * The question of every row: is this text or its recipient at fault (REFUSED,
 * it never will go as it stands), or the modem, the SIM or the network
 * (TRY_LATER)?  Either way the network said no, or was never asked.  Where it
 * may have said yes without our hearing it, UNSURE.
 */
static const struct cause {
	int from;
	int to;
	enum outcome how;
	const char *words;
} causes[] = {
	/* "ERROR" without a number: a failure all the same (27.005 3.5.1) */
	{ -1, -1, TRY_LATER, "the modem said ERROR" },

	/* RP-causes, 3GPP TS 24.011 table 8.4 and annex E-2 */
	{ 1, 1, REFUSED, "unassigned number" },
	{ 8, 8, TRY_LATER, "the operator bars this SIM" },
	{ 10, 10, TRY_LATER, "sending is barred on this SIM" },
	{ 21, 21, REFUSED, "short message transfer rejected" },
	{ 22, 22, TRY_LATER, "memory capacity exceeded" },
	{ 27, 27, TRY_LATER, "destination out of order" },
	{ 28, 28, REFUSED, "unidentified subscriber" },
	{ 29, 29, TRY_LATER, "facility rejected (credit or SMSC)" },
	{ 30, 30, REFUSED, "unknown subscriber" },
	{ 38, 38, TRY_LATER, "network out of order" },
	{ 41, 41, TRY_LATER, "temporary failure" },
	{ 42, 42, TRY_LATER, "congestion" },
	{ 47, 47, TRY_LATER, "resources unavailable" },
	{ 50, 50, TRY_LATER, "facility not subscribed" },
	{ 69, 69, TRY_LATER, "facility not implemented" },
	{ 81, 81, TRY_LATER, "invalid transfer reference" },
	{ 95, 96, REFUSED, "invalid message" },
	{ 97, 99, TRY_LATER, "protocol trouble with the network" },
	{ 111, 111, TRY_LATER, "protocol error" },
	{ 127, 127, TRY_LATER, "interworking" },

	/* What the service centre says (TP-FCS), 3GPP TS 23.040 9.2.3.22 */
	{ 128, 143, REFUSED, "protocol identifier not supported" },
	{ 144, 159, REFUSED, "coding not supported" },
	{ 160, 175, REFUSED, "command not supported" },
	{ 176, 176, REFUSED, "PDU not supported" },
	{ 192, 192, TRY_LATER, "service centre busy" },
	{ 193, 193, TRY_LATER, "no subscription at the service centre" },
	{ 194, 194, TRY_LATER, "service centre failed" },
	{ 195, 195, REFUSED, "invalid address" },
	{ 196, 196, REFUSED, "destination barred" },
	{ 197, 197, UNSURE, "rejected as a duplicate" },
	{ 198, 199, REFUSED, "validity period not supported" },
	{ 208, 213, TRY_LATER, "SIM or modem memory" },
	{ 255, 255, TRY_LATER, "unspecified error" },

	/* What the modem says, 3GPP TS 27.005 3.2.5 */
	{ 300, 300, TRY_LATER, "modem failure" },
	{ 301, 303, TRY_LATER, "the modem does not allow it" },
	{ 304, 305, REFUSED, "invalid PDU" },
	{ 310, 310, TRY_LATER, "no SIM" },
	{ 311, 312, TRY_LATER, "the SIM wants its PIN" },
	{ 313, 315, TRY_LATER, "SIM failure" },
	{ 316, 318, TRY_LATER, "the SIM wants its PUK" },
	{ 320, 322, TRY_LATER, "SIM or modem memory" },
	{ 330, 330, TRY_LATER, "service centre's number unknown" },
	{ 331, 331, TRY_LATER, "no network" },
	/* It was sent and nobody answered. */
	{ 332, 332, UNSURE, "network timeout" },
	{ 500, 500, UNSURE, "unknown error" },
	/* From 512 each maker has its own; all of them say it failed. */
	{ 512, 65535, TRY_LATER, "the maker's own error" },
};

enum outcome
modem_cause_read(int status, const char **words_r)
{
	for (size_t i = 0; i < COUNT_OF(causes); i++) {
		if (status >= causes[i].from && status <= causes[i].to) {
			*words_r = causes[i].words;
			return (causes[i].how);
		}
	}
	*words_r = "an error without a meaning";
	return (UNSURE);
}
