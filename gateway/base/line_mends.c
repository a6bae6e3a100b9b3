#include "gateway/base/line_mends.h"

#include "gateway/base/marked_words.h"
#include "gateway/base/outcome.h"

/* The causes that lines tell. */
static const struct {
	const char *cause;
	const char *mend;
} causes[] = {
	{ "PIN was wrong",
	    WORDS("Correct pin for this line, or take the PIN off in a phone;"
		  " then restart the hub.") },
	{ "wants its PIN",
	    WORDS("Set pin for this line, or take it off in a phone.") },
	{ "wants its PUK", WORDS("Put the SIM in a phone and enter its PUK.") },
	{ "locked to another SIM", WORDS("Have the modem unlocked.") },
	{ "no SIM", WORDS("Put a SIM in, or wipe its contacts.") },
	{ "no such device",
	    WORDS("Plug it in; set device to its path in"
		  " /dev/serial/by-id.") },
	{ "device is gone", WORDS("Plug it in; try another cable or port.") },
	{ "another process",
	    WORDS("Stop ModemManager, gammu-smsd or minicom.") },
	{ "not allowed", WORDS("Add the hub's user to the group dialout.") },
	{ "refuses the SIM", WORDS("Is the SIM registered and paid for?") },
	{ "no network", WORDS("Move the modem or its aerial to a window.") },
	{ "emergency calls", WORDS("Try the SIM in a phone.") },
	{ "does not answer",
	    WORDS("Unplug it for ten seconds; set power_cycle so that the hub"
		  " can do it by itself.") },
};

const char *
line_mend_of_cause(const char *cause)
{
	for (size_t i = 0; i < COUNT_OF(causes); i++) {
		if (strstr(cause, causes[i].cause) != NULL)
			return (causes[i].mend);
	}
	return (WORDS("Look at the hub's log; stop the hub and run waymark"
		      " doctor again, which then asks the modem itself."));
}

const char *
line_mend_of_credit(const char *credit, const char **found_r)
{
	*found_r = "";
	if (strcmp(credit, "low") == 0) {
		*found_r = WORDS("low");
		return (WORDS("Top it up: a person does that, never the"
			      " hub."));
	}
	if (strcmp(credit, "unread") == 0) {
		*found_r = WORDS("the operator's answer has no amount where it"
				 " should be");
		return (WORDS("Dial balance_code in a phone and set"
			      " balance_pattern by what it says."));
	}
	return ("");
}

const char *
line_mend_of_memory(int64_t percent)
{
	if (percent < LINE_MEMORY_ALARM_PERCENT)
		return ("");
	return (WORDS("It is emptied as messages are taken; where it stays"
		      " full, stop the hub and delete old texts in a"
		      " phone."));
}
