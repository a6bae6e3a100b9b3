#include "gateway/hub/contact_gate.h"

enum contact_verdict
contact_gate(enum contact_purpose purpose, const struct contact_facts *facts)
{
	if (purpose == CONTACT_ANSWER)
		return (CONTACT_SEND);
	/* These hold against everybody: nobody here overrides them. */
	if (!facts->is_known || facts->is_stopped || facts->is_withdrawn)
		return (CONTACT_REFUSE);
	if (facts->is_on_hold && !facts->overrides_hold)
		return (CONTACT_REFUSE);
	return (CONTACT_SEND);
}
