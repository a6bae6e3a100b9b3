#include "gateway/hub/contact_gate.h"

enum contact_verdict
contact_gate(enum contact_purpose purpose, const struct contact_facts *facts)
{
	if (purpose == CONTACT_ANSWER)
		return (CONTACT_SEND);
	/* STOP holds against everybody: nobody here overrides it. */
	if (!facts->is_known || facts->is_stopped)
		return (CONTACT_REFUSE);
	if (facts->is_on_hold && !facts->is_overridden)
		return (CONTACT_REFUSE);
	return (CONTACT_SEND);
}
