/* What `waymark doctor` finds out about a modem, and how each finding is mended.
 *
 * With the hub stopped a modem is asked itself, past libGammu (wire.h), by a
 * table of questions.  While a hub runs it holds the modems, and is asked what
 * it knows of them.
 */
#ifndef GATEWAY_HUB_DOCTOR_H
#define GATEWAY_HUB_DOCTOR_H

#include "gateway/base/command.h"
#include "gateway/base/settings.h"
#include "gateway/base/text.h"

enum verdict {
	VERDICT_GOOD,
	VERDICT_LOOK, /* it works, and may not for long */
	VERDICT_BAD,
};

struct finding {
	const char *line; /* its name */
	const char *what; /* "SIM", "network" ... */
	enum verdict verdict;
	struct text found; /* what is so, in plain words */
	const char *mend; /* what to do; "" when good */
};

struct findings {
	struct finding *list;
	size_t count;
	size_t room;
};

/* Adds one; `found` is copied. */
void findings_add(struct findings *findings, const struct finding *finding,
    const char *found);
void findings_free(struct findings *findings);

/* Asks the modem of a line.  Stops at what keeps it from answering the rest. */
void doctor_ask_modem(
    const struct line_settings *line, struct findings *findings);

/* Explains one line of a running hub's status (control.h), which is cut up. */
void doctor_explain_status(char *status, struct findings *findings);

/* The hub's answer to "status", or NOTHING when none answers. */
MUST_USE enum outcome doctor_ask_hub(
    const char *control_path, struct text *answer);

extern const struct command command_doctor;

#endif
