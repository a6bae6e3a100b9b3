/* The conversations that are killed at each of their points.  Nobody rings: a
 * modem keeps no rings, so that a kill may swallow one. */
#include "gateway/base/outcome.h"
#include "tests/proofs/points_script.h"

#define ASHA  "+9779850000001"
#define BINA  "+9779850000002"
#define CHAND "+9779850000003"
#define PHONE "+9779850000077" /* a caseworker's */

#define SAY(who, text) \
	{ \
		STEP_SAY, { who, text }, 0 \
	}
#define SAY_ON(who, text) \
	{ \
		STEP_SAY, { who, text }, 1 \
	}
#define PDU(bytes) \
	{ \
		STEP_PDU, { bytes }, 0 \
	}
#define PASS(seconds) \
	{ \
		STEP_PASS, { seconds }, 0 \
	}
#define SLEEP(seconds) \
	{ \
		STEP_SLEEP, { seconds }, 0 \
	}
#define RELOAD() \
	{ \
		STEP_RELOAD, { NULL }, 0 \
	}
#define DESK(...) \
	{ \
		STEP_DESK, { __VA_ARGS__ }, 0 \
	}
#define PART(who, of, part, text) \
	{ \
		STEP_PART, { who, "7", of, part, text }, 0 \
	}
#define PART_ON(who, of, part, text) \
	{ \
		STEP_PART, { who, "7", of, part, text }, 1 \
	}

/* From HELP to the end of its questions. */
#define ASKS_FOR_HELP(who) \
	SAY(who, "HELP"), SAY(who, "1"), SAY(who, "1."), SAY(who, "1"), \
	    SAY(who, "2"), SAY(who, "Qatar"), SAY(who, "1"), \
	    SAY(who, "bluebird")

#define LONG_TEXT \
	"I came here in March. The agent said I would work in a hotel, but I" \
	" clean a house with eleven rooms, from five in the morning until" \
	" midnight, every day. They took my passport at the airport and my" \
	" phone for two weeks. I was paid for the first month only. My sister" \
	" does not know where I am, and I do not know the name of the street." \
	" Please write in the evening."

const struct points_script points_scripts[] = {
	{ "menu",
	    { SAY(ASHA, "hello"), SAY(ASHA, "1"), SAY(ASHA, "1."),
		SAY(ASHA, "2"), SAY(ASHA, "1"), SAY(ASHA, "00"),
		SAY(BINA, "namaste"), SAY(BINA, "4"), PASS("8") } },
	{ "help",
	    { ASKS_FOR_HELP(ASHA), SAY(ASHA, LONG_TEXT), SAY(ASHA, "MENU"),
		PASS("8") } },
	{ "crowd",
	    { SAY_ON(ASHA, "hello"), SAY_ON(BINA, "HELP"),
		SAY(CHAND, "namaste"), SAY_ON(ASHA, "1"), SAY_ON(BINA, "1."),
		SAY(CHAND, "2"), SAY_ON(ASHA, "HELP"), SAY_ON(BINA, "1"),
		SAY(CHAND, "STOP") } },
	{ "parts",
	    { SAY(ASHA, "hello"), PART_ON(BINA, "2", "2", "tell me more"),
		PART_ON(ASHA, "3", "3", "my passport"),
		PART_ON(ASHA, "3", "1", "HELP the agent "),
		PART(BINA, "2", "1", "hello, please "),
		PART_ON(ASHA, "3", "1", "HELP the agent "),
		PART(ASHA, "3", "2", "has "), SAY(ASHA, "1"),
		PART(CHAND, "3", "1", "HELP me "), SLEEP("3590"),
		PASS("15") } },
	{ "case",
	    { ASKS_FOR_HELP(ASHA), DESK("queue", "claim", "{ref}"),
		DESK("queue", "reply", "{ref}",
		    "bluebird. Hello Asha, how are you?"),
		SAY(ASHA, "he took my passport"),
		DESK("queue", "note", "{ref}", "call the embassy"),
		DESK("queue", "label", "{ref}", "passport"),
		DESK("queue", "reply", "{ref}", LONG_TEXT),
		DESK("queue", "close", "{ref}", "--outcome", "advice given"),
		PASS("70"), SLEEP("7200"), PASS("8"), SAY(ASHA, "1"),
		SAY(ASHA, "2"), SAY(ASHA, "1."), SAY(ASHA, "hello again") } },
	{ "referral",
	    { ASKS_FOR_HELP(ASHA),
		DESK("partners", "add", "Asha House", "--kind", "shelter"),
		DESK("queue", "claim", "{ref}"),
		DESK("queue", "refer", "{ref}", "Asha House", "ask",
		    "bluebird. May we tell Asha House about you? YES or NO"),
		SAY(ASHA, "YES"), SAY(ASHA, "yes."),
		DESK("queue", "refer", "{ref}", "Asha House", "sheet",
		    "--field", "number", "-o", "{file}"),
		DESK("queue", "refer", "{ref}", "Asha House", "accepted"),
		DESK("queue", "pass", "{ref}"),
		DESK("queue", "snooze", "{ref}", "1d", "--wake-on-reply"),
		SAY(ASHA, "thank you") } },
	{ "stop",
	    { SAY(ASHA, "hello"), SAY(ASHA, "1"), SAY(ASHA, "STOP"),
		SAY(ASHA, "hello?"), SAY(ASHA, "HELP"), SAY(ASHA, "1."),
		SAY(ASHA, "FORGET"), SAY(ASHA, "hello again"), PASS("8") } },
	{ "key",
	    { ASKS_FOR_HELP(ASHA), DESK("queue", "claim", "{ref}"),
		SAY(ASHA, "he keeps my passport"),
		DESK("staff", "rotate", "--recovery-file", "{file}"),
		SAY(ASHA, "and my phone too"),
		DESK("queue", "reply", "{ref}", "bluebird. We read it.") } },
	{ "alarm",
	    { DESK("staff", "phone", LAB_STAFF, PHONE, "--line", "modem-1"),
		DESK("staff", "duty", LAB_STAFF, "on"), ASKS_FOR_HELP(ASHA),
		PASS("8"), SLEEP("600"), PASS("8"),
		DESK("queue", "claim", "{ref}"), PASS("8") } },
	{ "kept",
	    { ASKS_FOR_HELP(ASHA), DESK("queue", "claim", "{ref}"),
		DESK("queue", "close", "{ref}"), PASS("70"), SLEEP("180000"),
		PASS("30"), SAY(ASHA, "hello") } },
	{ "odd",
	    { SAY(ASHA, "1"), PDU("00"), SAY("10086", "your credit ends"),
		RELOAD(), SAY(BINA, "hello"),
		PDU("07917283010010F5040BC87238880900F10008993092516195800AE8"
		    "329BFD4697D9EC37"),
		PASS("30") } },
};

const size_t points_script_count = COUNT_OF(points_scripts);
